// SPDX-License-Identifier: Apache-2.0
#include "graph/store.hpp"

#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/error.hpp"
#include "tests/graph/sample_graph.hpp"

using namespace relata;
namespace fs = std::filesystem;
using graph::KnowledgeGraph;

namespace {

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "relata-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    fs::path operator/(const std::string& name) const { return path_ / name; }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
    }

  private:
    fs::path path_;
};

std::string bytes(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void run(const fs::path& path, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    char* message = nullptr;
    const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
    INFO((message == nullptr ? "" : message));
    CHECK(code == SQLITE_OK);
    sqlite3_close(database);
}

std::string answer(const fs::path& path, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    std::string text;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        text = static_cast<const char*>(sqlite3_column_blob(statement, 0));
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return text;
}

}  // namespace

TEST_CASE("a saved graph comes back whole and saves to the same bytes", "[graph][store]") {
    const Folder folder;
    const KnowledgeGraph graph = tests::sample_graph();
    graph::save(graph, folder / "a.relata");
    CHECK(answer(folder / "a.relata", "PRAGMA integrity_check") == "ok");
    CHECK(answer(folder / "a.relata", "SELECT count(*) || '' FROM pragma_foreign_key_check") == "0");
    const KnowledgeGraph again = graph::load(folder / "a.relata");
    graph::save(again, folder / "b.relata");
    CHECK(bytes(folder / "a.relata") == bytes(folder / "b.relata"));

    REQUIRE(again.facts().size() == graph.facts().size());
    REQUIRE(again.entities().size() == graph.entities().size());
    CHECK(again.merges().size() == graph.merges().size());
    CHECK(again.relations().size() == graph.relations().size());
    for (std::size_t i = 0; i < graph.facts().size(); ++i) {
        const graph::Fact& a = graph.facts()[i];
        const graph::Fact& b = again.facts()[i];
        CHECK(a.id == b.id);
        CHECK(a.relation == b.relation);
        CHECK(a.modality == b.modality);
        CHECK(a.confidence == b.confidence);
        CHECK(graph.object_text(a) == again.object_text(b));
        REQUIRE(a.evidences.size() == b.evidences.size());
        for (std::size_t j = 0; j < a.evidences.size(); ++j) {
            CHECK(graph.sentence_text(a.evidences[j]) == again.sentence_text(b.evidences[j]));
            CHECK(a.evidences[j].subject == b.evidences[j].subject);
            CHECK(a.evidences[j].arguments.size() == b.evidences[j].arguments.size());
            CHECK(a.evidences[j].attribution.has_value() == b.evidences[j].attribution.has_value());
            CHECK(a.evidences[j].time.has_value() == b.evidences[j].time.has_value());
        }
    }
    CHECK(again.documents()[0].title == "Halden & Orsava");
    CHECK(again.documents()[0].mentions.size() == graph.documents()[0].mentions.size());
}

TEST_CASE("the order of documents does not show in the file", "[graph][store]") {
    const Folder folder;
    auto articles = tests::sample_articles();
    graph::GraphBuilder builder(tests::sample_relations());
    for (auto article = articles.rbegin(); article != articles.rend(); ++article) builder.add(*article);
    graph::save(builder.finish(), folder / "reversed.relata");
    graph::save(tests::sample_graph(), folder / "a.relata");
    CHECK(bytes(folder / "a.relata") == bytes(folder / "reversed.relata"));
}

TEST_CASE("an empty graph can be saved", "[graph][store]") {
    const Folder folder;
    graph::save(KnowledgeGraph(), folder / "empty.relata");
    CHECK(graph::load(folder / "empty.relata").entities().empty());
}

TEST_CASE("saving leaves no other file and replaces only when asked", "[graph][store]") {
    const Folder folder;
    graph::save(tests::sample_graph(), folder / "a.relata");
    CHECK(folder.files() == 1);
    const std::string before = bytes(folder / "a.relata");
    CHECK_THROWS_AS(graph::save(KnowledgeGraph(), folder / "a.relata", graph::IfExists::refuse), IoError);
    CHECK(bytes(folder / "a.relata") == before);
    graph::save(KnowledgeGraph(), folder / "a.relata", graph::IfExists::replace);
    CHECK(graph::load(folder / "a.relata").entities().empty());
    CHECK_THROWS_AS(graph::save(KnowledgeGraph(), folder / "no" / "such.relata"), IoError);
    CHECK(folder.files() == 1);
}

TEST_CASE("foreign, newer, empty, missing and damaged files are refused in words",
          "[graph][store][hostile]") {
    const Folder folder;
    const auto refused = [](const fs::path& path, const std::string& words) {
        CHECK_THROWS_WITH(graph::load(path), Catch::Contains(words));
        CHECK_THROWS_WITH(graph::Search(path), Catch::Contains(words));
    };
    refused(folder / "missing.relata", "No such file");
    fs::create_directory(folder / "folder");
    refused(folder / "folder", "Is a directory");
    std::ofstream(folder / "empty.relata").close();
    refused(folder / "empty.relata", "not a Relata graph");
    std::ofstream(folder / "text.relata") << std::string(5000, 'x');
    refused(folder / "text.relata", "not a Relata graph");
    run(folder / "foreign.relata", "CREATE TABLE t(x)");
    refused(folder / "foreign.relata", "not a Relata graph");
    graph::save(tests::sample_graph(), folder / "newer.relata");
    run(folder / "newer.relata", "PRAGMA user_version=2");
    refused(folder / "newer.relata", "newer Relata");
    graph::save(tests::sample_graph(), folder / "damaged.relata");
    run(folder / "damaged.relata", "UPDATE facts SET subject=77");
    CHECK_THROWS_WITH(graph::load(folder / "damaged.relata"), Catch::Contains("damaged"));
    graph::save(tests::sample_graph(), folder / "damaged.relata");
    run(folder / "damaged.relata", "UPDATE evidence SET object_end=100000");
    CHECK_THROWS_WITH(graph::load(folder / "damaged.relata"), Catch::Contains("damaged"));
    graph::save(tests::sample_graph(), folder / "damaged.relata");
    run(folder / "damaged.relata", "UPDATE evidence SET arguments='[{' WHERE arguments IS NOT NULL");
    CHECK_THROWS_AS(graph::load(folder / "damaged.relata"), FormatError);
    graph::save(tests::sample_graph(), folder / "damaged.relata");
    run(folder / "damaged.relata", "DROP TABLE mentions");
    CHECK_THROWS_AS(graph::load(folder / "damaged.relata"), FormatError);
    graph::save(tests::sample_graph(), folder / "cut.relata");
    fs::resize_file(folder / "cut.relata", 9000);
    CHECK_THROWS_AS(graph::load(folder / "cut.relata"), FormatError);
}

TEST_CASE("full text finds sentences and names, and any query is valid", "[graph][store]") {
    const Folder folder;
    graph::save(tests::sample_graph(), folder / "a.relata");
    const graph::Search search(folder / "a.relata");
    const auto hits = search.sentences("acquires orsava", 10);
    REQUIRE(hits.size() == 2);
    CHECK_THAT(hits[0].text, Catch::Contains("acquires Orsava"));
    CHECK(search.sentences("acq", 10).size() == 2);
    CHECK(search.sentences("acquires", 1, 1).size() == 1);
    CHECK(search.sentences("acquires nothing", 10).empty());
    CHECK(search.entities("halden", 10).size() == 1);
    CHECK(search.entities("motor AG", 10).size() == 1);
    for (const std::string query : {"\"", "a\"b", "*", "NEAR(", "AND", "-x", "col:y", "(((", "\x01", "🚀",
                                    "'; DROP TABLE facts", " ", "", "\xFF\xFE"}) {
        INFO(query);
        CHECK_NOTHROW(search.sentences(query, 10));
        CHECK_NOTHROW(search.entities(query, 10));
    }
    CHECK_NOTHROW(search.sentences(std::string(100000, 'x') + " y", 10));
    CHECK_NOTHROW(search.sentences(std::string("a\0b", 3), 10));
}

TEST_CASE("hostile names and texts survive the store", "[graph][store][hostile]") {
    const Folder folder;
    graph::GraphParts parts;
    std::uint64_t number = 0;
    for (const std::string& name :
         {std::string("a\0b", 3), std::string("' \" ]]> &#x1; <script>"), std::string(10000, 'n'),
          std::string("שלום 🚀\n\x01"), std::string("INFOSYS"), std::string("null"), std::string("=cmd")}) {
        graph::Entity entity;
        entity.id = EntityId{++number};
        entity.name = name;
        parts.entities.push_back(entity);
    }
    const KnowledgeGraph graph(parts);
    graph::save(graph, folder / "a.relata");
    const KnowledgeGraph again = graph::load(folder / "a.relata");
    for (const graph::Entity& entity : parts.entities)
        CHECK(again.find_entity(entity.id)->name == entity.name);
}
