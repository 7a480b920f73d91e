// SPDX-License-Identifier: Apache-2.0
// FactExtractor: from analysed sentences (tokens, tree, roles, name mentions) to facts. It adds nominal,
// pronoun and value mentions, builds the document's coreference chains and the facts, each with its
// qualifiers, evidence spans and what made it: a rule, the heads of the encoder, or both. Deterministic;
// knows nothing of other documents.
#pragma once

#include "core/analysed_document.hpp"
#include "ingest/facts/ontology.hpp"
#include "ingest/facts/relations.hpp"
#include "ingest/language/fact_heads.hpp"
#include "ingest/language/word_vectors.hpp"

namespace relata::ingest {

// The first part of what FactExtractor does: names (which must be there), nominals, pronouns and chains, no
// facts.
void find_mentions(AnalysedDocument& analysed);

struct FactExtractorOptions {
    const FactHeads* heads = nullptr;  // Analyser::fact_heads(); without them the rules speak alone
    FactSources sources = FactSources::both;
    float minimum_confidence = 0;  // facts below it are dropped
};

// What is read out of a document: the facts alone, or every proposition of its clauses as well.
enum class Extent { facts, facts_and_propositions };

class FactExtractor {
  public:
    // Keeps references: ontology and heads must outlive the extractor.
    explicit FactExtractor(const Ontology& ontology, const FactExtractorOptions& options = {})
        : ontology_(ontology), options_(options) {}

    // Fills mentions (besides the names, which must be there), chains and facts. `vectors` is what the
    // analyser gave for the document. Safe to call from several threads on different documents. Linear in the
    // text except for coreference, whose window is bounded.
    void extract(AnalysedDocument& analysed, const WordVectors& vectors = {},
                 Extent extent = Extent::facts) const;

  private:
    const Ontology& ontology_;
    FactExtractorOptions options_;
};

}  // namespace relata::ingest
