// SPDX-License-Identifier: Apache-2.0
#include "eval/open_extraction.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"

using namespace relata;
using namespace relata::eval;

TEST_CASE("tuples are compared part by part, further arguments together", "[eval][open]") {
    const OpenTuple gold{"joined", {"Mara Lind", "the ferry line", "in 1941"}, 1};
    // 5 of 5 words; 6 words in the gold tuple beside "joined" and two of them missing
    const TupleMatch match = match_tuples(gold, {"joined", {"Mara Lind", "the line"}, 1});
    CHECK(match.precision == Approx(1));
    CHECK(match.recall == Approx(5.0 / 8));
    // a word counts only where it belongs: "Lind" stands in the wrong argument
    CHECK(match_tuples(gold, {"joined", {"Mara", "Lind line"}, 1}).precision == Approx(3.0 / 4));
    // and as often as it is there
    CHECK(match_tuples({"is", {"a", "b"}, 1}, {"is is", {"a a", "b"}, 1}).precision == Approx(3.0 / 5));
}

TEST_CASE("tuples whose relations share no word do not match", "[eval][open]") {
    const OpenTuple gold{"joined", {"Mara", "Tolm"}, 1};
    CHECK(match_tuples(gold, {"entered", {"Mara", "Tolm"}, 1}).recall == 0);
    CHECK(match_tuples(gold, {"joined", {"Mara"}, 1}).recall == 0);
    // "be" stands for its forms
    CHECK(match_tuples({"was", {"Mara", "a sailor"}, 1}, {"be", {"Mara", "a sailor"}, 1}).recall == 1);
}

TEST_CASE("speech may have the words said first", "[eval][open]") {
    const OpenTuple gold{"said", {"it is late", "Mara"}, 1};
    CHECK(match_tuples(gold, {"said", {"Mara", "it is late"}, 1}).recall == 1);
    CHECK(match_tuples({"wrote", {"it is late", "Mara"}, 1}, {"wrote", {"Mara", "it is late"}, 1}).recall ==
          Approx(1.0 / 5));
}

TEST_CASE("precision matches one to one, recall many to one, at each threshold", "[eval][open]") {
    const std::vector<OpenSentence> sentences = {{"s",
                                                  {{"r", {"a", "b"}, 1}, {"r", {"a", "c"}, 1}},
                                                  {{"r", {"a", "b c"}, 0.9}, {"r", {"x", "y"}, 0.5}}},
                                                 {"t", {{"q", {"d", "e"}, 1}}, {}}};
    const OpenScores scores = score_open_extraction(sentences);
    CHECK(scores.gold == 3);
    CHECK(scores.predicted == 2);
    // 0.9: one tuple, 3 of its 4 words; both gold tuples of "s" are whole in it
    CHECK(scores.best.threshold == Approx(0.9));
    CHECK(scores.best.precision == Approx(0.75));
    CHECK(scores.best.recall == Approx(2.0 / 3));
    CHECK(scores.best.f1() == Approx(2 * 0.75 * (2.0 / 3) / (0.75 + 2.0 / 3)));
    // 0.5: the second tuple takes the gold tuple left, one word of three
    CHECK(scores.complete.precision == Approx((0.75 + 1.0 / 3) / 2));
    CHECK(scores.complete.recall == Approx(2.0 / 3));
    // from (recall 0, precision 1) to (2/3, 0.75); the last step adds no recall
    CHECK(scores.area == Approx(2.0 / 3 * (1 + 0.75) / 2));
}

TEST_CASE("no predictions give no score", "[eval][open]") {
    const std::vector<OpenSentence> sentences = {{"s", {{"r", {"a", "b"}, 1}}, {}}};
    const OpenScores scores = score_open_extraction(sentences);
    CHECK(scores.best.f1() == 0);
    CHECK(scores.area == 0);
}

TEST_CASE("gold tuples are grouped by sentence in file order", "[eval][open]") {
    const auto sentences = read_open_gold("B .\tr\ta\tb\nA .\tr\ta\nB .\tq\ta\tb\tc\n", "g");
    REQUIRE(sentences.size() == 2);
    CHECK(sentences[0].text == "B .");
    REQUIRE(sentences[0].gold.size() == 2);
    CHECK(sentences[0].gold[1].arguments == std::vector<std::string>{"a", "b", "c"});
    CHECK_THROWS_WITH(read_open_gold("A .\tr\ta\nB .\tr\n", "g"), Catch::Contains("g:2"));
}

TEST_CASE("a proposition is compared with all its arguments", "[eval][open]") {
    Proposition proposition;
    proposition.subject.text = "Mara Lind";
    proposition.relation.text = "has left for";
    proposition.object.emplace();
    proposition.object->text = "Tolm";
    proposition.arguments.push_back({"time", {"in May", {}, {}}});
    proposition.confidence = 0.618F;
    const OpenTuple tuple = open_tuple(proposition);
    CHECK(tuple.relation == "has left for");
    CHECK(tuple.arguments == std::vector<std::string>{"Mara Lind", "Tolm", "in May"});
    CHECK(tuple.confidence == Approx(0.62));
}
