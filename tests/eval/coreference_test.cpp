// SPDX-License-Identifier: Apache-2.0
#include "eval/coreference.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/conllu.hpp"
#include "core/error.hpp"

using namespace relata;
using namespace relata::eval;

namespace {

// One-token mentions, by their positions.
Chains chains_of(std::initializer_list<std::initializer_list<std::size_t>> chains) {
    Chains result;
    for (const auto& chain : chains) {
        result.emplace_back();
        for (const std::size_t token : chain) result.back().emplace_back(token, token + 1);
    }
    return result;
}

std::string row(int id, const std::string& form, int head, const std::string& deprel) {
    return std::to_string(id) + "\t" + form + "\t" + form + "\tNOUN\tNN\t_\t" + std::to_string(head) + "\t" +
           deprel + "\t_\t_\n";
}

Mention mention(std::size_t first, std::size_t last, std::size_t head, MentionKind kind) {
    Mention result;
    result.first = first;
    result.last = last;
    result.head = head;
    result.kind = kind;
    return result;
}

}  // namespace

TEST_CASE("chains that are right score full marks", "[eval][coreference]") {
    const Chains gold = chains_of({{1, 2, 3}, {4, 5}});
    const ChainScores scores = score_chains(gold, gold);
    CHECK(scores.muc.f1() == Approx(100));
    CHECK(scores.b_cubed.f1() == Approx(100));
    CHECK(scores.ceaf_e.f1() == Approx(100));
    CHECK(scores.conll() == Approx(100));
    CHECK(score_chains(gold, {}).conll() == 0);
    CHECK(score_chains({}, gold).conll() == 0);
}

TEST_CASE("MUC, B3 and CEAFe of the worked example of Pradhan et al. 2014", "[eval][coreference]") {
    // key {a,b,c} {d,e,f,g}; response {a,b} {c,d} {f,g,h,i}: section 3.2 and figure 1 of the paper
    const Chains key = chains_of({{1, 2, 3}, {4, 5, 6, 7}});
    const Chains response = chains_of({{1, 2}, {3, 4}, {6, 7, 8, 9}});
    const ChainScores scores = score_chains(key, response);
    CHECK(scores.mentions.recall() == Approx(100.0 * 6 / 7));
    CHECK(scores.mentions.precision() == Approx(100.0 * 6 / 8));
    // links kept: {a,b,c} falls into 2 parts, {d,e,f,g} into 3
    CHECK(scores.muc.recall() == Approx(40));
    CHECK(scores.muc.precision() == Approx(40));
    CHECK(scores.b_cubed.recall() == Approx(100 * (4.0 / 3 + 1.0 / 3 + 1.0 / 4 + 4.0 / 4) / 7));
    CHECK(scores.b_cubed.precision() == Approx(100 * (4.0 / 2 + 1.0 / 2 + 1.0 / 2 + 4.0 / 4) / 8));
    // {a,b,c} with {a,b}: 2*2/5; {d,e,f,g} with {f,g,h,i}: 2*2/8
    CHECK(scores.ceaf_e.recall() == Approx(100 * (0.8 + 0.5) / 2));
    CHECK(scores.ceaf_e.precision() == Approx(100 * (0.8 + 0.5) / 3));
}

TEST_CASE("the best one-to-one match is no greedy one", "[eval][coreference]") {
    // greedy takes 0.9 and is left with 0.1
    CHECK(best_assignment({{0.9, 0.8}, {0.8, 0.1}}) == Approx(1.6));
    CHECK(best_assignment({{0.2, 0.7, 0.1}}) == Approx(0.7));
    CHECK(best_assignment({{0.2}, {0.7}, {0.1}}) == Approx(0.7));
    CHECK(best_assignment({}) == 0);
}

TEST_CASE("the chain column opens, closes and nests", "[eval][coreference]") {
    const Chains chains = read_chain_column(
        "# begin document x\n0\tdaughter\t(2(13\n1\t's\t13)\n2\tdeath\t2)\n3\tit\t(2)\n4\tshe\t(13)\n", "x");
    REQUIRE(chains.size() == 2);
    CHECK(chains[0] == std::vector<TokenRange>{{0, 2}, {4, 5}});
    CHECK(chains[1] == std::vector<TokenRange>{{0, 3}, {3, 4}});
    CHECK_THROWS_AS(read_chain_column("0\tdeath\t2)\n", "x"), InputError);
    CHECK_THROWS_AS(read_chain_column("0\tdeath\n", "x"), InputError);
}

TEST_CASE("phrases get the extents that OntoNotes gives them", "[eval][coreference]") {
    // "in the old port of Brevik , which Lind 's crew and she left"
    AnalysedDocument analysed =
        read_conllu(row(1, "in", 4, "case") + row(2, "the", 4, "det") + row(3, "old", 4, "amod") +
                        row(4, "port", 0, "root") + row(5, "of", 6, "case") + row(6, "Brevik", 4, "nmod") +
                        row(7, ",", 13, "punct") + row(8, "Lind", 10, "nmod:poss") + row(9, "'s", 8, "case") +
                        row(10, "crew", 13, "nsubj") + row(11, "and", 12, "cc") + row(12, "she", 10, "conj") +
                        row(13, "left", 4, "parataxis"),
                    "x")[0];
    analysed.mentions = {mention(1, 4, 3, MentionKind::nominal), mention(7, 8, 7, MentionKind::name),
                         mention(9, 10, 9, MentionKind::nominal), mention(11, 12, 11, MentionKind::pronoun)};
    analysed.chains = {{"port", EntityType::FAC, false, {0, 2}}, {"Lind", EntityType::PERSON, true, {1, 3}}};
    const Chains chains = whole_phrases(analysed);
    REQUIRE(chains.size() == 2);
    CHECK(chains[0] == std::vector<TokenRange>{{1, 6}, {7, 10}});  // no preposition, no coordinated phrase
    CHECK(chains[1] == std::vector<TokenRange>{{7, 9}, {11, 12}});
    analysed.chains = {{"port", EntityType::FAC, false, {0}}};
    CHECK(whole_phrases(analysed).empty());  // one mention is no chain
}

TEST_CASE("GAP's snippets are read by code points", "[eval][coreference]") {
    const std::string heading =
        "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n";
    const auto snippets = read_gap(
        heading + "x-1\tJörg Ström met Mia; she left.\tshe\t20\tJörg Ström\t0\tFALSE\tMia\t15\tTRUE\tu\n",
        "x");
    REQUIRE(snippets.size() == 1);
    CHECK(snippets[0].pronoun.of(snippets[0].text) == "she");
    CHECK(snippets[0].pronoun.begin == 22);
    CHECK(snippets[0].b.of(snippets[0].text) == "Mia");
    CHECK_FALSE(snippets[0].a_coreferent);
    CHECK(snippets[0].b_coreferent);
    CHECK_THROWS_AS(read_gap(heading + "x-1\tMia left.\tshe\t1\tMia\t0\tFALSE\tMia\t0\tTRUE\tu\n", "x"),
                    InputError);
}

TEST_CASE("a pronoun means a name when they share a chain", "[eval][coreference]") {
    AnalysedDocument analysed = read_conllu(row(1, "Mia", 2, "nsubj") + row(2, "met", 0, "root") +
                                                row(3, "Bo", 2, "obj") + row(4, "she", 2, "ccomp"),
                                            "x")[0];
    analysed.mentions = {mention(0, 1, 0, MentionKind::name), mention(2, 3, 2, MentionKind::name),
                         mention(3, 4, 3, MentionKind::pronoun)};
    for (Mention& m : analysed.mentions) m.span = analysed.sentences[0].tokens[m.head].span;
    analysed.mentions[0].chain = 0;
    analysed.mentions[1].chain = 1;
    analysed.mentions[2].chain = 0;
    const ByteSpan she = analysed.mentions[2].span;
    CHECK(chained(analysed, she, analysed.mentions[0].span));
    CHECK_FALSE(chained(analysed, she, analysed.mentions[1].span));
    analysed.mentions[2].chain.reset();
    CHECK_FALSE(chained(analysed, she, analysed.mentions[0].span));
}
