// SPDX-License-Identifier: Apache-2.0
// The example sentence of each relation, read by the real weights.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/resources.hpp"
#include "ingest/facts/extractor.hpp"
#include "ingest/facts/ontology.hpp"
#include "ingest/language/analyser.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

std::vector<AnalysedDocument> analyse_examples(const Ontology& ontology) {
    std::vector<AnalysedDocument> documents;
    for (const RelationType& relation : ontology.relations()) {
        AnalysedDocument analysed;
        if (relation.example) {
            analysed.document.text = relation.example->text;
            analysed.document.blocks.push_back({{0, analysed.document.text.size()}, BlockKind::paragraph});
        }
        documents.push_back(std::move(analysed));
    }
    const Analyser analyser = Analyser::load({.model = find_resource_directory("model")});
    const std::vector<WordVectors> vectors = analyser.analyse(documents);
    const FactExtractor extractor(ontology, {.heads = &analyser.fact_heads()});
    for (std::size_t i = 0; i < documents.size(); ++i) extractor.extract(documents[i], vectors[i]);
    return documents;
}

std::string words(const AnalysedDocument& analysed, const Argument& argument) {
    return argument.value ? argument.value->text : std::string(argument.span.of(analysed.document.text));
}

bool states(const AnalysedDocument& analysed, const RelationType& relation) {
    const RelationExample& example = *relation.example;
    return std::any_of(analysed.facts.begin(), analysed.facts.end(), [&](const FactMention& fact) {
        if (!fact.for_graph || !fact.object || fact.relation.name != relation.name) return false;
        const std::string subject = words(analysed, fact.subject);
        const std::string object = words(analysed, *fact.object);
        return (subject == example.subject && object == example.object) ||
               (relation.symmetric && subject == example.object && object == example.subject);
    });
}

}  // namespace

TEST_CASE("each relation of the ontology is found in its example sentence", "[ingest][ontology]") {
    const Ontology ontology = Ontology::load(find_resource_directory("ontology") / "news.json");
    const std::vector<AnalysedDocument> documents = analyse_examples(ontology);
    std::string lost;
    std::size_t found = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const RelationType& relation = ontology.relations()[i];
        INFO(relation.name);
        REQUIRE(relation.example);
        if (states(documents[i], relation))
            ++found;
        else
            lost += "\n  " + relation.name + ": " + relation.example->text;
    }
    INFO("not found:" << lost);
    // Other weights or other arithmetic may misread a sentence or two; more is a mistake.
    CHECK(found * 100 >= documents.size() * 94);
}
