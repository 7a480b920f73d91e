// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/ontology.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/error.hpp"
#include "tests/ingest_facts/helper.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

// A file that is gone with its test.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& text)
        : path_(std::filesystem::temp_directory_path() /
                ("relata_ontology_" + std::to_string(++count_) + ".json")) {
        std::ofstream(path_) << text;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    static inline int count_ = 0;
    std::filesystem::path path_;
};

std::string file_with(const std::string& relation) {
    return "{\"format\":\"relata-ontology\",\"version\":1,\"relations\":[\n" + relation + "\n]}";
}

}  // namespace

TEST_CASE("the shipped ontology has a trigger or a rule for each of its relations and unique names",
          "[ingest_facts][ontology]") {
    const Ontology& ontology = testing::news();
    CHECK(ontology.relations().size() >= 120);
    std::set<std::string> names;
    for (const RelationType& relation : ontology.relations()) {
        INFO(relation.name);
        CHECK(names.insert(relation.name).second);
        CHECK_FALSE(relation.label.empty());
        CHECK_FALSE(relation.domain.empty());
        CHECK_FALSE(relation.family.empty());
        CHECK(relation.example);
        if (relation.symmetric) CHECK(relation.inverse_label == relation.label);
    }
}

TEST_CASE("a verb pattern tells slots, particle, object noun and preposition", "[ingest_facts][ontology]") {
    const TemporaryFile file(file_with(
        R"({"name":"takes_court","domain":["ORG"],"range":["ORG"],"verbs":["A take+over B","A file suit against B","_ award B A","A drag B to court","A+B merge"]})"));
    const Ontology ontology = Ontology::load(file.path());
    REQUIRE(ontology.verbs("take").size() == 1);
    CHECK(ontology.verbs("take")[0].particle == "over");
    CHECK(ontology.verbs("take")[0].b.slot == Slot::object);
    CHECK(ontology.verbs("file")[0].object_noun == "suit");
    CHECK(ontology.verbs("file")[0].b.preposition == "against");
    CHECK(ontology.verbs("award")[0].b.slot == Slot::iobject);
    CHECK(ontology.verbs("award")[0].a.slot == Slot::object);
    CHECK(ontology.verbs("drag")[0].prepositional_noun == "court");
    CHECK(ontology.verbs("merge")[0].together);
    CHECK(ontology.verbs("sing").empty());
}

TEST_CASE("events name the states that they start and end, by name or alias", "[ingest_facts][ontology]") {
    const TemporaryFile file(file_with(
        R"({"name":"buys","event":true,"starts":["has"],"aliases":["purchases"],"adjectives":["A-bought","fond of B"]},
           {"name":"owns","aliases":["has"]})"));
    const Ontology ontology = Ontology::load(file.path());
    REQUIRE(ontology.relations()[0].starts.size() == 1);
    CHECK(ontology.relations()[0].starts[0] == 1);
    CHECK(ontology.find_alias("purchases") == 0);
    CHECK(ontology.find("purchases") == Ontology::npos);
    CHECK(ontology.relations()[0].triggers == 2);
    REQUIRE(ontology.adjectives("bought").size() == 1);
    CHECK(ontology.adjectives("bought")[0].inverse);
    CHECK(ontology.verbs("be fond").size() == 1);
}

TEST_CASE("a later file replaces a relation of the same name and its triggers", "[ingest_facts][ontology]") {
    const TemporaryFile first(
        file_with(R"({"name":"buys","domain":["ORG"],"range":["ORG"],"verbs":["A buy B"]})"));
    const TemporaryFile second(
        file_with(R"({"name":"buys","domain":["ORG"],"range":["ORG"],"verbs":["A snatch B"]})"));
    const Ontology ontology = Ontology::load(first.path(), {second.path()});
    CHECK(ontology.relations().size() == 1);
    CHECK(ontology.verbs("buy").empty());
    CHECK(ontology.verbs("snatch").size() == 1);
}

TEST_CASE("a mistake in an ontology names file, line and relation", "[ingest_facts][ontology]") {
    const auto message = [](const std::string& relation) {
        const TemporaryFile file(file_with(relation));
        try {
            Ontology::load(file.path());
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string("no error");
    };
    CHECK_THAT(message("{\"name\":\"buys\",\n\"verbs\":[\"A buy B\",\n\"A purchase\"]}"),
               Catch::Contains(":4: relation \"buys\": pattern \"A purchase\" needs both A and B"));
    CHECK_THAT(message("{\"name\":\"buys\"},\n{\"name\":\"buys\"}"),
               Catch::Contains(":2: relation \"buys\": is defined twice"));
    CHECK_THAT(message(R"({"name":"buys","event":true,"starts":["owning"]})"),
               Catch::Contains("unknown state \"owning\""));
    CHECK_THAT(message(R"({"name":"buys","event":true,"starts":["buys"]})"),
               Catch::Contains("\"buys\" is an event and no state"));
    CHECK_THAT(message(R"({"name":"owns","ends":["owns"]})"), Catch::Contains("only an event"));
    CHECK_THAT(message(R"({"name":"buys","verb":["A buy B"]})"), Catch::Contains("unknown member \"verb\""));
    CHECK_THAT(message(R"({"name":"buys","symmetric":true,"label":"x","inverse_label":"y"})"),
               Catch::Contains("one label, not two"));
    CHECK_THAT(message(R"({"name":"buys","nouns":[{"noun":"purchase","a":["near to"],"b":["of"]}]})"),
               Catch::Contains("\"near to\" is no place of an argument"));
    CHECK_THAT(message(R"({"name":"buys","adjectives":["keen"]})"), Catch::Contains("adjective \"keen\""));
    CHECK_THAT(message(R"({"name":"buys","example":{"text":"x"}})"), Catch::Contains("subject"));
    CHECK_THAT(message(R"({"name":"buys","domain":["COMPANY"]})"),
               Catch::Contains(":2: relation \"buys\": unknown type \"COMPANY\""));
    CHECK_THAT(message(R"({"name":"buys","verbs":["buy"]})"), Catch::Contains("pattern \"buy\""));
    CHECK_THAT(message(R"({"name":"buys","verbs":["A buy"]})"), Catch::Contains("needs both A and B"));
    CHECK_THAT(message(R"({"name":"buys","verbs":"A buy B"})"),
               Catch::Contains("expected an array \"verbs\""));
    CHECK_THAT(message(R"({"label":"buys"})"), Catch::Contains("name"));
    CHECK_THROWS_AS(Ontology::load("/nowhere/at/all.json"), IoError);
    const TemporaryFile foreign("{\"format\":\"something else\"}");
    CHECK_THROWS_AS(Ontology::load(foreign.path()), InputError);
}
