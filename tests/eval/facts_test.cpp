// SPDX-License-Identifier: Apache-2.0
#include "eval/facts.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace relata;

namespace {

constexpr const char* k_gold = R"({"id":"a","source_file":"a.txt","entities":[
 {"id":"e1","name":"Halden Motor AG","type":"ORG","aliases":["Halden"]},
 {"id":"e2","name":"Klinova","type":"ORG","aliases":["Klinova"]}],
 "facts":[
 {"id":"f1","subject":"e1","relation":"acquires","accept":["buys"],"accept_inverse":["bought_by"],"object":"e2",
  "time":null,"polarity":"positive","modality":"MODALITY","attribution":null,"evidence":"x","key":true,"difficulty":"local"},
 {"id":"f2","subject":"e2","relation":"purchase_price","accept":[],"object":{"value":"$1.9 billion","kind":"MONEY"},
  "time":null,"polarity":"positive","modality":"asserted","attribution":null,"evidence":"x","key":false,"difficulty":"local"}],
 "traps":[{"text":"Halden bought Klinova","why":"test"}]})";

// A folder with one gold file and its article, gone with its test.
class GoldFolder {
  public:
    explicit GoldFolder(const std::string& modality) {
        path_ = std::filesystem::temp_directory_path() / "relata_eval_facts_test";
        std::filesystem::create_directories(path_);
        std::string gold = k_gold;
        gold.replace(gold.find("MODALITY"), 8, modality);
        std::ofstream(path_ / "a.json") << gold;
        std::ofstream(path_ / "a.txt") << "Halden bought Klinova for $1.9 billion.";
    }
    ~GoldFolder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// "Halden bought Klinova …" with the facts that a test asks for.
AnalysedDocument article() {
    AnalysedDocument analysed;
    analysed.document.text = "Halden bought Klinova for $1.9 billion.";
    Sentence sentence;
    sentence.span = {0, analysed.document.text.size()};
    analysed.sentences.push_back(sentence);
    const auto add = [&](ByteSpan span) {
        Mention mention;
        mention.span = span;
        mention.type = EntityType::ORG;
        mention.chain = analysed.chains.size();
        analysed.chains.push_back({std::string(span.of(analysed.document.text)),
                                   EntityType::ORG,
                                   true,
                                   {analysed.mentions.size()}});
        analysed.mentions.push_back(mention);
    };
    add({0, 6});
    add({14, 21});
    return analysed;
}

FactMention fact(const AnalysedDocument& analysed, std::size_t a, std::size_t b, const char* relation) {
    FactMention result;
    result.subject.mention = a;
    result.subject.span = analysed.mentions[a].span;
    result.object.emplace();
    result.object->mention = b;
    result.object->span = analysed.mentions[b].span;
    result.relation.name = relation;
    result.relation.text = relation;
    result.for_graph = true;
    return result;
}

eval::FactScores score(const AnalysedDocument& analysed, const std::string& modality = "asserted") {
    const GoldFolder gold(modality);
    return eval::score_facts(gold.path(), [&](const auto&, const auto&) { return analysed; }, {});
}

}  // namespace

TEST_CASE("a fact counts as full under its name, a paraphrase or an accepted inverse", "[eval][facts]") {
    for (const char* relation : {"acquires", "buy"}) {
        AnalysedDocument analysed = article();
        analysed.facts.push_back(fact(analysed, 0, 1, relation));
        CHECK(score(analysed).key.full == 1);
    }
    AnalysedDocument inverse = article();
    inverse.facts.push_back(fact(inverse, 1, 0, "bought by"));
    CHECK(score(inverse).key.full == 1);
    AnalysedDocument backwards = article();
    backwards.facts.push_back(fact(backwards, 1, 0, "acquires"));
    CHECK(score(backwards).key.full == 0);
    CHECK(score(article()).key.full == 0);
}

TEST_CASE("a value matches by its number", "[eval][facts]") {
    AnalysedDocument analysed = article();
    FactMention price = fact(analysed, 1, 0, "purchase_price");
    price.object->mention.reset();
    price.object->value = Value{ValueKind::money, "$1.9 billion", 1.9e9, "USD", ""};
    analysed.facts.push_back(price);
    CHECK(score(analysed).all.full == 1);
    analysed.facts[0].object->value->amount = 1.9e6;
    CHECK(score(analysed).all.full == 0);
}

TEST_CASE("lost negation is a miss, a plan shown as done is vague, a possibility shown as done a miss",
          "[eval][facts]") {
    AnalysedDocument analysed = article();
    analysed.facts.push_back(fact(analysed, 0, 1, "acquires"));
    CHECK(score(analysed, "planned").key.vague == 1);
    CHECK(score(analysed, "possible").key.vague + score(analysed, "possible").key.full == 0);
    CHECK(score(analysed, "possible").key_causes.at(eval::Cause::modality) == 1);
    analysed.facts[0].modality = Modality::possible;
    CHECK(score(analysed, "possible").key.full == 1);
    analysed.facts[0].modality = Modality::asserted;
    analysed.facts[0].polarity = Polarity::negative;
    CHECK(score(analysed).key.full == 0);
}

TEST_CASE("a plain assertion inside a trap that no gold fact backs is counted", "[eval][facts]") {
    AnalysedDocument analysed = article();
    analysed.facts.push_back(fact(analysed, 0, 1, "sues"));
    CHECK(score(analysed).traps_fallen == 1);
    analysed.facts[0].modality = Modality::alleged;
    CHECK(score(analysed).traps_fallen == 0);
    // somebody's office is not what the trap is about
    analysed.facts[0].modality = Modality::asserted;
    analysed.facts[0].relation.name = "occupation";
    CHECK(score(analysed).traps_fallen == 0);
    analysed.facts[0].relation.name = "sues";
    // one argument and the words that say it are enough
    analysed.facts[0].modality = Modality::asserted;
    analysed.facts[0].object->span = {26, 38};
    CHECK(score(analysed).traps_fallen == 0);
    analysed.facts[0].relation.span = {7, 13};
    CHECK(score(analysed).traps_fallen == 1);
}

TEST_CASE("edges are counted by confidence and relations by how they are missed and found", "[eval][facts]") {
    AnalysedDocument analysed = article();
    analysed.facts.push_back(fact(analysed, 0, 1, "acquires"));
    analysed.facts.push_back(fact(analysed, 0, 1, "sues"));
    analysed.facts[0].confidence = 0.84F;
    analysed.facts[1].confidence = 1.0F;
    eval::FactScores scores = score(analysed);
    CHECK(scores.bins[8].edges == 1);
    CHECK(scores.bins[8].full == 1);
    CHECK(scores.bins[9].edges == 1);
    CHECK(scores.bins[9].full == 0);
    CHECK(scores.relations.at("acquires").gold_found == 1);
    CHECK(scores.relations.at("sues").edges_found == 0);
    CHECK(scores.causes.at(eval::Cause::no_edge) == 1);  // the price
    scores += scores;
    CHECK(scores.key.gold == 2);
    CHECK(scores.bins[8].edges == 2);
    CHECK(eval::format_confusions(scores).find("sues                    2      0") != std::string::npos);
}
