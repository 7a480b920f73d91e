// SPDX-License-Identifier: Apache-2.0
#include "eval/fact_pairs.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"

using namespace relata;
using namespace relata::eval;

namespace {

const std::vector<NamedText> k_names = {
    {"n",
     "x1:0\tTolm bought Oslofjord Lines of Oslo for $3 million, it said.\tORG=Tolm\nx2:0\tNothing.\t\n"}};
const std::vector<NamedText> k_facts = {{"f",
                                         "x1:0\tTolm\tbuys\tOslofjord Lines\tbought\tclause\t\t\n"
                                         "x1:0\tOslofjord Lines\tbased_in\tOslo\t\tother\t\t\n"
                                         "x1:0\tit => Tolm\tpays\tMONEY:$3 million\tfor\tclause\t\t\n"
                                         "x1:0\tTolm\tbuys\tElsewhere\tbought\tclause\t\t\n"}};

bool first_article(std::string_view article) {
    return article == "x1";
}

Mention mention(AnalysedDocument& analysed, std::size_t begin, std::size_t end) {
    Token token;
    token.span = {begin, end};
    analysed.sentences[0].tokens.push_back(token);
    Mention result;
    result.span = {begin, end};
    result.head = analysed.sentences[0].tokens.size() - 1;
    return result;
}

FactMention edge(const AnalysedDocument& analysed, std::size_t subject, std::size_t object, const char* name,
                 ByteSpan trigger) {
    FactMention fact;
    fact.subject.mention = subject;
    fact.subject.span = analysed.mentions[subject].span;
    fact.object.emplace();
    fact.object->mention = object;
    fact.object->span = analysed.mentions[object].span;
    fact.relation.name = name;
    fact.relation.text = name;
    fact.relation.span = trigger;
    fact.for_graph = true;
    return fact;
}

}  // namespace

TEST_CASE("annotated arguments are whole words of their sentence", "[eval][pairs]") {
    const auto documents = read_pair_documents(k_names, k_facts, first_article);
    REQUIRE(documents.size() == 1);
    REQUIRE(documents[0].sentences.size() == 1);
    const PairSentence& sentence = documents[0].sentences[0];
    const std::string& text = documents[0].document.text;
    REQUIRE(sentence.facts.size() == 3);  // "Elsewhere" does not occur
    CHECK(sentence.facts[1].object == ByteSpan{text.find("Oslo for"), text.find(" for")});
    CHECK(sentence.facts[2].object.of(text) == "$3 million");
    CHECK(sentence.facts[2].subject.of(text) == "it");
    REQUIRE(sentence.facts[0].trigger.size() == 1);
    CHECK(sentence.facts[0].trigger[0].of(text) == "bought");
    CHECK_THROWS_AS(
        read_pair_documents(k_names, std::vector<NamedText>{{"f", "x1:0\tTolm\n"}}, first_article),
        InputError);
}

TEST_CASE("directed pairs are counted once, their names and triggers apart", "[eval][pairs]") {
    const auto gold = read_pair_documents(k_names, k_facts, first_article);
    AnalysedDocument analysed;
    analysed.document = gold[0].document;
    analysed.sentences.emplace_back();
    analysed.mentions = {mention(analysed, 0, 4), mention(analysed, 12, 27), mention(analysed, 31, 35)};
    const ByteSpan bought{5, 11};
    // right; the same pair again; the wrong way round; without a fact
    analysed.facts = {edge(analysed, 0, 1, "acquires", bought), edge(analysed, 0, 1, "", {0, 0}),
                      edge(analysed, 2, 1, "based_in", {28, 30}), edge(analysed, 0, 2, "visits", bought)};
    analysed.facts[0].confidence = 0.9F;
    const std::vector<AnalysedDocument> documents{analysed};
    const PairScores scores = score_pairs(gold, documents, {}, {});
    CHECK(scores.pairs.gold == 3);
    CHECK(scores.pairs.predicted == 3);
    CHECK(scores.pairs.right == 1);
    CHECK(scores.trigger_right == 1);
    CHECK(scores.relation_right == 0);
    CHECK(score_pairs(gold, documents, {}, {{"buys", "acquires"}}).both_right == 1);
    // a synonym that stands the other way round turns the annotated pair
    CHECK(score_pairs(gold, documents, {}, {{"buys", "~sold_to"}}).pairs.right == 0);
    CHECK(score_pairs(gold, documents, {{"based_in", {"based in", "", true}}}, {}).pairs.right == 2);
}

TEST_CASE("an argument must share its head with the annotated one", "[eval][pairs]") {
    const std::vector<NamedText> names = {{"n", "x1\tThe head of Tolm left Orsa.\t\n"}};
    const std::vector<NamedText> facts = {{"f", "x1\thead of Tolm\tleaves\tOrsa\tleft\tclause\t\t\n"}};
    const auto gold = read_pair_documents(names, facts, first_article);
    AnalysedDocument analysed;
    analysed.document = gold[0].document;
    analysed.sentences.emplace_back();
    analysed.mentions = {mention(analysed, 4, 8), mention(analysed, 12, 16), mention(analysed, 22, 26)};
    analysed.facts = {edge(analysed, 1, 2, "leaves", {17, 21})};
    CHECK(score_pairs(gold, std::vector<AnalysedDocument>{analysed}, {}, {}).pairs.right == 0);
    analysed.facts = {edge(analysed, 0, 2, "leaves", {17, 21})};
    CHECK(score_pairs(gold, std::vector<AnalysedDocument>{analysed}, {}, {}).both_right == 1);
}

TEST_CASE("synonyms are two names a line", "[eval][pairs]") {
    const RelationSynonyms synonyms =
        read_relation_synonyms("# names\nbuys\tacquires\nbought_by\t~acquires\n", "s");
    CHECK(synonyms.at("bought_by") == "~acquires");
    CHECK_THROWS_WITH(read_relation_synonyms("buys\n", "s"), Catch::Contains("s:1"));
}

TEST_CASE("about an eighth of the articles is held out, always the same", "[eval][pairs]") {
    std::size_t held = 0;
    for (int i = 0; i < 800; ++i) held += in_held_out_eighth("article" + std::to_string(i)) ? 1U : 0U;
    CHECK(held > 70);
    CHECK(held < 130);
    CHECK(in_held_out_eighth("a") == (0xE40C292CU % 8 == 0));
}
