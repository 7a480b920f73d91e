// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/decoder.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "core/error.hpp"

using namespace relata::ingest;

namespace {

float total(const std::vector<float>& scores, const std::vector<std::size_t>& heads) {
    float sum = 0;
    for (std::size_t d = 0; d < heads.size(); ++d) sum += scores[d * (heads.size() + 1) + heads[d]];
    return sum;
}

bool is_tree(const std::vector<std::size_t>& heads) {
    if (std::count(heads.begin(), heads.end(), 0U) != 1) return false;
    for (std::size_t d = 0; d < heads.size(); ++d) {
        std::size_t at = d + 1, steps = 0;
        while (at != 0 && steps++ <= heads.size()) at = heads[at - 1];
        if (at != 0) return false;
    }
    return true;
}

// The best single-rooted tree by trying all.
float best_by_trial(const std::vector<float>& scores, std::size_t n) {
    std::vector<std::size_t> heads(n, 0);
    float best = -std::numeric_limits<float>::infinity();
    while (true) {
        if (is_tree(heads)) best = std::max(best, total(scores, heads));
        std::size_t d = 0;
        while (d < n && ++heads[d] > n) heads[d++] = 0;
        if (d == n) return best;
    }
}

}  // namespace

TEST_CASE("the best tree is found whatever cycles the best heads make", "[language][decoder][property]") {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> value(-5, 5);
    for (int round = 0; round < 300; ++round) {
        const std::size_t n = 1 + static_cast<std::size_t>(round) % 5;
        std::vector<float> scores(n * (n + 1));
        for (float& score : scores) score = value(random);
        const auto heads = best_tree(scores, n);
        REQUIRE(is_tree(heads));
        REQUIRE(total(scores, heads) == Approx(best_by_trial(scores, n)).margin(1e-4));
    }
    CHECK(best_tree({}, 0).empty());
}

TEST_CASE("two words that each like the root best get one root", "[language][decoder]") {
    // word 1: root 9, word 2: 1; word 2: root 8, word 1: 2
    const std::vector<float> scores = {9, 0, 1, 8, 2, 0};
    CHECK(best_tree(scores, 2) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("names are legal BIO sequences", "[language][decoder]") {
    const BioLabels labels({"O", "B-ORG", "I-ORG", "B-PERSON", "I-PERSON"});
    REQUIRE(labels.types() == std::vector<std::string>{"ORG", "PERSON"});
    // "Anna Keller left": the second word likes I-ORG a little better, but no ORG has begun
    const std::vector<float> logits = {0, 0, 0, 6, 0,  //
                                       0, 0, 5, 0, 4,  //
                                       8, 0, 0, 0, 0};
    const auto names = labels.best_names(logits.data(), 3, 5);
    REQUIRE(names.size() == 1);
    CHECK(names[0].first == 0);
    CHECK(names[0].last == 2);
    CHECK(names[0].types[1] > names[0].types[0]);
    CHECK(names[0].score > 0);
    CHECK(names[0].score <= 1);
    CHECK(labels.best_names(nullptr, 0, 5).empty());
}

TEST_CASE("label lists that are not BIO are refused", "[language][decoder]") {
    CHECK_THROWS_AS(BioLabels({"B-ORG", "I-ORG"}), relata::Error);
    CHECK_THROWS_AS(BioLabels({"O", "B-ORG"}), relata::Error);
    CHECK_THROWS_AS(BioLabels({"O", "ORG"}), relata::Error);
}

TEST_CASE("tags come in pairs that go together", "[language][decoder]") {
    const TagPairs pairs({"NOUN", "VERB", "PROPN"}, {"NN", "VBZ", "NNP", "ZZ"});
    // "ships" alone: VERB slightly before NOUN, but NN far before VBZ
    const float upos[] = {1.0F, 1.2F, 0}, xpos[] = {3, 0, 0, 0};
    const auto best = pairs.best(upos, xpos);
    CHECK(best.upos == 0);
    CHECK(best.xpos == 0);
    const float unknown[] = {0, 0, 0, 9};
    CHECK(pairs.best(upos, unknown).upos == 1);
}

TEST_CASE("lemma scripts cut, put and change case", "[language][decoder]") {
    CHECK(LemmaScript("l:0::3:y").apply("Studies") == "study");
    CHECK(LemmaScript("k:0::1:").apply("Fridays") == "Friday");
    CHECK(LemmaScript("t:0::0:").apply("WASHINGTON") == "Washington");
    CHECK(LemmaScript("u:0::0:").apply("nato") == "NATO");
    CHECK(LemmaScript("=be").apply("is") == "be");
    CHECK(LemmaScript("l:2:b:0:").apply("web") == "bb");
    CHECK(LemmaScript("l:0::9:").apply("Øre") == "øre");
    CHECK_THROWS_AS(LemmaScript("x:0::0:"), relata::Error);
    CHECK_THROWS_AS(LemmaScript("l:0:0"), relata::Error);
}
