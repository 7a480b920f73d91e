// SPDX-License-Identifier: Apache-2.0
// Open information extraction: the sentences of propositions.txt with the trees of propositions.conllu.
#include <catch2/catch.hpp>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "core/conllu.hpp"
#include "ingest/facts/extractor.hpp"
#include "tests/ingest_facts/helper.hpp"

using namespace relata;
using namespace relata::ingest::testing;

namespace {

std::vector<AnalysedDocument> read_trees() {
    std::vector<AnalysedDocument> documents = read_conllu(read_fixture("propositions.conllu"), "test");
    for (AnalysedDocument& analysed : documents)
        ingest::FactExtractor(news()).extract(analysed, {}, ingest::Extent::facts_and_propositions);
    return documents;
}

// Sentence -> the lines below it.
std::map<std::string, std::vector<std::string>> read_wanted() {
    std::map<std::string, std::vector<std::string>> wanted;
    std::istringstream stream(read_fixture("propositions.txt"));
    std::string line;
    std::vector<std::string>* current = nullptr;
    while (std::getline(stream, line)) {
        if (line.starts_with("> ")) current = &wanted[line.substr(2)];
        if (line.starts_with("+ ")) current->push_back(line.substr(2));
    }
    return wanted;
}

std::string shown(const Proposition& proposition) {
    std::string line = proposition.subject.text + " | " + proposition.relation.text;
    if (proposition.object) line += " | " + proposition.object->text;
    for (const PropositionArgument& argument : proposition.arguments) line += " | " + argument.phrase.text;
    return line;
}

bool is_inside(const Phrase& phrase, ByteSpan sentence) {
    return phrase.span.begin <= phrase.span.end && sentence.begin <= phrase.span.begin &&
           phrase.span.end <= sentence.end;
}

}  // namespace

TEST_CASE("a sentence gives its propositions in full phrases and no others", "[ingest_facts][propositions]") {
    const auto wanted = read_wanted();
    const auto documents = read_trees();
    REQUIRE(wanted.size() == documents.size());
    for (const AnalysedDocument& analysed : documents) {
        INFO(analysed.document.source);
        std::vector<std::string> found;
        for (const Proposition& proposition : analysed.propositions) found.push_back(shown(proposition));
        const auto lines = wanted.find(analysed.document.source);
        REQUIRE(lines != wanted.end());
        CHECK(found == lines->second);
    }
}

TEST_CASE("propositions lie in their sentence, are ranked, and know the fact they state",
          "[ingest_facts][propositions]") {
    std::size_t stated = 0;
    for (const AnalysedDocument& analysed : read_trees()) {
        INFO(analysed.document.source);
        for (const Proposition& proposition : analysed.propositions) {
            const ByteSpan sentence = analysed.sentences.at(proposition.sentence).span;
            CHECK(is_inside(proposition.subject, sentence));
            CHECK(is_inside(proposition.relation, sentence));
            if (proposition.object) CHECK(is_inside(*proposition.object, sentence));
            CHECK_FALSE(proposition.subject.text.empty());
            CHECK_FALSE(proposition.relation.text.empty());
            CHECK(proposition.confidence > 0);
            CHECK(proposition.confidence < 1);
            if (!proposition.fact) continue;
            ++stated;
            CHECK(analysed.facts.at(*proposition.fact).sentence == proposition.sentence);
            CHECK(analysed.facts.at(*proposition.fact).for_graph);
        }
    }
    CHECK(stated > 3);
}

TEST_CASE("propositions are read only on request", "[ingest_facts][propositions]") {
    AnalysedDocument analysed = std::move(read_trees().front());
    REQUIRE_FALSE(analysed.propositions.empty());
    ingest::FactExtractor(news()).extract(analysed);
    CHECK(analysed.propositions.empty());
}
