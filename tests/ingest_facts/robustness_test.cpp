// SPDX-License-Identifier: Apache-2.0
// Broken and huge trees must neither crash nor take more than linear time.
#include <catch2/catch.hpp>
#include <chrono>

#include "ingest/facts/extractor.hpp"
#include "ingest/facts/lemma_repair.hpp"
#include "tests/ingest_facts/helper.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

// A sentence of `n` words "Halden buys and buys and …" whose heads are `head(i)`.
template <class Head>
AnalysedDocument chain(std::size_t n, const Head& head) {
    AnalysedDocument analysed;
    Sentence sentence;
    for (std::size_t i = 0; i < n; ++i) {
        Token token;
        token.span.begin = analysed.document.text.size();
        analysed.document.text += i % 3 == 0 ? "Halden" : "buys";
        token.span.end = analysed.document.text.size();
        analysed.document.text += ' ';
        token.lemma = i % 3 == 0 ? "Halden" : "buy";
        token.upos = i % 3 == 0 ? Upos::PROPN : Upos::VERB;
        token.xpos = i % 3 == 0 ? "NNP" : "VBZ";
        token.head = head(i);
        token.deprel = i % 3 == 0 ? "nsubj" : "conj";
        sentence.tokens.push_back(token);
        if (i % 3 == 0) {
            Mention mention;
            mention.first = mention.head = i;
            mention.last = i + 1;
            mention.span = token.span;
            mention.type = EntityType::ORG;
            mention.score = 1;
            analysed.mentions.push_back(mention);
        }
    }
    sentence.span = {0, analysed.document.text.size()};
    analysed.sentences.push_back(std::move(sentence));
    return analysed;
}

}  // namespace

TEST_CASE("heads in circles and out of range are survived", "[ingest_facts][robustness]") {
    const FactExtractor extractor(testing::news());
    AnalysedDocument circle = chain(60, [](std::size_t i) { return (i + 1) % 60; });
    CHECK_NOTHROW(extractor.extract(circle));
    AnalysedDocument self = chain(60, [](std::size_t i) { return i; });
    CHECK_NOTHROW(extractor.extract(self));
    AnalysedDocument outside = chain(60, [](std::size_t i) { return i + 1000; });
    CHECK_NOTHROW(extractor.extract(outside));
    AnalysedDocument empty;
    CHECK_NOTHROW(extractor.extract(empty));
    CHECK(empty.facts.empty());
}

TEST_CASE("a sentence of 5,000 words takes less than five seconds", "[ingest_facts][robustness]") {
    const FactExtractor extractor(testing::news());
    AnalysedDocument deep = chain(5000, [](std::size_t i) { return i == 0 ? k_root : i - 1; });
    const auto start = std::chrono::steady_clock::now();
    extractor.extract(deep);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("regular verbs get back the ending that the analyser cut", "[ingest_facts][lemma]") {
    CHECK(repair_verb_lemma("negotiated", "VBD", "negotiat") == "negotiate");
    CHECK(repair_verb_lemma("voted", "VBD", "vot") == "vote");
    CHECK(repair_verb_lemma("dropped", "VBD", "dropp") == "drop");
    CHECK(repair_verb_lemma("denies", "VBZ", "denie") == "deny");
    CHECK(repair_verb_lemma("succeeded", "VBN", "succeede") == "succeed");
    CHECK(repair_verb_lemma("led", "VBN", "l") == "lead");
    CHECK(repair_verb_lemma("visited", "VBD", "visit") == "visit");
    CHECK(repair_verb_lemma("passed", "VBD", "passe") == "pass");
    CHECK(repair_verb_lemma("acquired", "VBD", "acquire") == "acquire");
    CHECK(repair_verb_lemma("retained", "VBD", "retaine") == "retain");
    CHECK(repair_verb_lemma("organised", "VBD", "organiy") == "organise");
    CHECK(repair_verb_lemma("extradited", "VBN", "extradit") == "extradite");
    CHECK(repair_verb_lemma("guided", "VBD", "guide") == "guide");
    CHECK(repair_verb_lemma("called", "VBD", "call") == "call");
    CHECK(repair_verb_lemma("found", "VBD", "found") == "found");
}
