// SPDX-License-Identifier: Apache-2.0
#include "eval/language.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/conllu.hpp"
#include "core/error.hpp"
#include "eval/language_scores.hpp"

using namespace relata;
using namespace relata::eval;

namespace {

using Documents = std::vector<AnalysedDocument>;

std::string row(const std::string& id, const std::string& form, const std::string& head,
                const std::string& deprel, const std::string& misc = "_") {
    return id + "\t" + form + "\t" + form + "\tNOUN\tNN\t_\t" + head + "\t" + deprel + "\t_\t" + misc + "\n";
}

}  // namespace

TEST_CASE("trees are scored on aligned words", "[eval][language]") {
    const Documents gold = read_conllu(row("1", "can", "2", "aux", "SpaceAfter=No") +
                                           row("2", "not", "0", "root") + row("3", "sail", "2", "obj"),
                                       "g");
    // one word less, one label wrong
    const Documents guess = read_conllu(row("1", "cannot", "0", "root") + row("2", "sail", "1", "obl"), "p");
    REQUIRE(gold[0].document.text == guess[0].document.text);
    const TreeScores scores = score_trees(gold, guess);
    CHECK(scores.tokens.right == 1);
    CHECK(scores.tokens.f1() == Approx(40));
    CHECK(scores.sentences.f1() == Approx(100));
    // the head of "sail" is another word there
    CHECK(scores.uas.right == 0);
    CHECK(score_trees(gold, gold).las.f1() == Approx(100));
}

TEST_CASE("texts that differ cannot be aligned", "[eval][language]") {
    const Documents a = read_conllu(row("1", "sail", "0", "root"), "a");
    const Documents b = read_conllu(row("1", "sails", "0", "root"), "b");
    CHECK_THROWS_AS(score_trees(a, b), ContractViolation);
}

TEST_CASE("names are right with span and type, or with the span alone", "[eval][language]") {
    const Documents gold = read_conllu(row("1", "Mara", "0", "root", "NER=B-PERSON") +
                                           row("2", "Oslo", "1", "obj", "NER=B-GPE") +
                                           row("3", "Kray", "1", "obj", "NER=B-WORK"),
                                       "g");
    const Documents guess =
        read_conllu(row("1", "Mara", "0", "root", "NER=B-ORG") + row("2", "Oslo", "1", "obj", "NER=B-FAC") +
                        row("3", "Kray", "1", "obj"),
                    "p");
    const NameScores scores = score_names(gold, guess, coarse_type);
    CHECK(scores.all.gold == 2);
    CHECK(scores.all.predicted == 2);
    CHECK(scores.all.right == 1);  // GPE and FAC are both LOC
    CHECK(scores.spans.right == 2);
    CHECK(scores.by_type.at("PER").gold == 1);
    CHECK(scores.by_type.at("PER").right == 0);
}

TEST_CASE("roles are right with predicate, head word and label", "[eval][language]") {
    const Documents gold = read_conllu(row("1", "Mara", "2", "nsubj") +
                                           row("2", "left", "0", "root", "Args=1:ARG0,3:ARGM-LOC|Pred=Yes") +
                                           row("3", "Oslo", "2", "obl"),
                                       "g");
    const Documents guess = read_conllu(row("1", "Mara", "2", "nsubj") +
                                            row("2", "left", "0", "root", "Args=1:ARG1,3:ARGM-LOC|Pred=Yes") +
                                            row("3", "Oslo", "2", "obl"),
                                        "p");
    const RoleScores scores = score_roles(gold, guess);
    CHECK(scores.predicates.f1() == Approx(100));
    CHECK(scores.arguments.f1() == Approx(50));
    CHECK(scores.core.right == 0);
    CHECK(scores.core.gold == 1);
}

TEST_CASE("PropBank columns become predicates with the heads of their arguments", "[eval][language]") {
    Documents documents =
        read_conllu("# sent_id = s1\n" + row("1", "the", "2", "det") + row("2", "pilot", "3", "nsubj") +
                        row("3", "left", "0", "root") + row("4", "Oslo", "3", "obj"),
                    "g");
    const std::string columns =
        "# sent_id = s0\n1\tx\tx\tX\tX\t0\troot\t-\t-\n\n"
        "# sent_id = s1\n"
        "1\tthe\tthe\tDET\tDT\t2\tdet\t-\t-\t(ARG0*\n"
        "2\tpilot\tpilot\tNOUN\tNN\t3\tnsubj\t-\t-\t*)\n"
        "3\tleft\tleave\tVERB\tVBD\t0\troot\tleave\tleave.01\t(V*)\n"
        "4\tOslo\tOslo\tPROPN\tNNP\t3\tobj\t-\t-\t(ARG1*)\n";
    read_propbank(columns, "p", {"s1"}, documents);
    const auto& predicates = documents[0].sentences[0].predicates;
    REQUIRE(predicates.size() == 1);
    CHECK(predicates[0].token == 2);
    REQUIRE(predicates[0].roles.size() == 2);
    CHECK(predicates[0].roles[0].token == 1);
    CHECK(predicates[0].roles[0].label == "ARG0");
    CHECK(predicates[0].roles[1].token == 3);
    CHECK_THROWS_AS(read_propbank("# sent_id = s1\n1\tthe\n", "p", {"s1"}, documents), InputError);
}

TEST_CASE("news names are placed at every occurrence as whole words", "[eval][language]") {
    const std::string text =
        "x1:0\tOslo met “Oslo” and Oslofjord; Kray Oslo won, Ann and Anna\tGPE=Oslo | ORG=Kray Oslo | "
        "PERSON=Ann\n"
        "x1:1\tRed and Red\tORG=Red#2\n"
        "x2\tNothing here\t\n";
    const auto documents = read_news_names(text, "n", [](std::string_view) { return true; });
    REQUIRE(documents.size() == 2);
    CHECK(documents[0].document.blocks.size() == 2);
    std::string shown;
    for (const Mention& m : documents[0].mentions)
        shown +=
            std::to_string(m.span.begin) + ":" + std::string(m.span.of(documents[0].document.text)) + " ";
    CHECK(shown == "0:Oslo 12:Oslo 35:Kray Oslo 50:Ann 71:Red ");
    CHECK(read_news_names(text, "n", [](std::string_view id) { return id == "x2"; }).size() == 1);
    CHECK_THROWS_AS(read_news_names("one field\n", "n", [](std::string_view) { return true; }), InputError);
    CHECK_THROWS_AS(read_news_names("a\tb\tSHIP=b\n", "n", [](std::string_view) { return true; }),
                    InputError);
}
