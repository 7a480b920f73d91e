// SPDX-License-Identifier: Apache-2.0
#include "eval/typed_facts.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace relata;
using namespace relata::eval;

namespace {

// "Zoë Lind runs Tolm. Born in Oslo, she left." with the second sentence as the passage; offsets in code
// points.
constexpr const char* k_gold =
    R"({"fold":3,"documentId":"7","documentText":"Zoë Lind runs Tolm. Born in Oslo, she left.","passages":[)"
    R"({"passageStart":20,"passageEnd":43,"exhaustivelyAnnotatedProperties":[{"propertyId":"12","propertyName":"PLACE_OF_BIRTH"}],)"
    R"("facts":[{"propertyId":"12","subjectStart":34,"subjectEnd":37,"objectStart":28,"objectEnd":32}]}]})"
    "\n"
    R"({"fold":"1","documentId":"8","documentText":"x","passages":[]})"
    "\n";

FactMention fact(const AnalysedDocument& analysed, std::size_t subject, const char* relation,
                 std::size_t object) {
    FactMention result;
    result.subject.mention = subject;
    result.subject.span = analysed.mentions[subject].span;
    result.object.emplace();
    result.object->mention = object;
    result.object->span = analysed.mentions[object].span;
    result.relation.name = relation;
    return result;
}

AnalysedDocument analysed_article(const TypedDocument& gold) {
    AnalysedDocument analysed;
    analysed.document = gold.document;
    const auto add = [&](std::string_view words, std::size_t chain) {
        const std::size_t at = analysed.document.text.find(words);
        Mention mention;
        mention.span = {at, at + words.size()};
        mention.chain = chain;
        if (analysed.chains.size() <= chain) analysed.chains.resize(chain + 1);
        analysed.chains[chain].mentions.push_back(analysed.mentions.size());
        analysed.mentions.push_back(mention);
    };
    add("Zoë Lind", 0);
    add("Tolm", 1);
    add("Oslo", 2);
    add("she", 0);
    return analysed;
}

}  // namespace

TEST_CASE("KnowledgeNet's passages are read at their bytes, those of one fold", "[eval][typed]") {
    const auto documents = read_knowledgenet(k_gold, "k", 3);
    REQUIRE(documents.size() == 1);
    REQUIRE(documents[0].passages.size() == 1);
    const std::string& text = documents[0].document.text;
    CHECK(documents[0].passages[0].span.of(text) == "Born in Oslo, she left.");
    CHECK(documents[0].passages[0].facts[0].subject.of(text) == "she");
    CHECK(documents[0].passages[0].facts[0].object.of(text) == "Oslo");
    CHECK(documents[0].document.blocks.size() == 1);
    CHECK(read_knowledgenet(k_gold, "k", 1).size() == 1);
}

TEST_CASE("a predicted fact stands for all mentions of its chains in the passage", "[eval][typed]") {
    const auto gold = read_knowledgenet(k_gold, "k", 3);
    AnalysedDocument analysed = analysed_article(gold[0]);
    const auto score = [&] { return score_typed_facts(gold, std::vector<AnalysedDocument>{analysed}).all; };
    CHECK(score().gold == 1);
    CHECK(score().right == 0);
    // the fact names "Zoë Lind", which stands outside; "she" is the same
    analysed.facts = {fact(analysed, 0, "born_in", 2)};
    CHECK(score().right == 1);
    CHECK(score().predicted == 1);
    // what is not annotated in the passage does not count
    analysed.facts.push_back(fact(analysed, 0, "lives_in", 2));
    CHECK(score().predicted == 1);
    // the wrong end is a wrong fact
    analysed.facts = {fact(analysed, 2, "born_in", 3)};
    CHECK(score().right == 0);
    CHECK(score().predicted == 1);
    // nothing said with reserve or denied counts
    analysed.facts = {fact(analysed, 0, "born_in", 2)};
    analysed.facts[0].polarity = Polarity::negative;
    CHECK(score().predicted == 0);
    analysed.facts[0].polarity = Polarity::positive;
    analysed.facts[0].modality = Modality::possible;
    CHECK(score().predicted == 0);
}

TEST_CASE("relations map to properties, some the other way round, some by their time", "[eval][typed]") {
    const auto gold = read_knowledgenet(k_gold, "k", 3);
    AnalysedDocument analysed = analysed_article(gold[0]);
    const ByteSpan all{0, analysed.document.text.size()};
    analysed.facts = {fact(analysed, 3, "founder_of", 1)};
    analysed.facts[0].time = FactTime{"Born", "1998", {21, 25}};
    const auto facts = typed_facts(analysed, all);
    REQUIRE(facts.size() == 3);  // the date, and the founder under both mentions
    CHECK(facts[0].property == "DATE_FOUNDED");
    CHECK(facts[0].subject.of(analysed.document.text) == "Tolm");
    CHECK(facts[1].property == "FOUNDED_BY");
    CHECK(facts[1].object.of(analysed.document.text) == "Zoë Lind");
    analysed.document.text.replace(15, 4, "Grün");
    analysed.facts = {fact(analysed, 3, "member_of", 1)};
    CHECK(typed_facts(analysed, all).size() == 2);  // no party
}
