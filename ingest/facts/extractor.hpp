// SPDX-License-Identifier: Apache-2.0
// FactExtractor: from analysed sentences (tokens, tree, roles, name mentions) to facts. It adds nominal,
// pronoun and value mentions, builds the document's coreference chains and the facts, each with its
// qualifiers, evidence spans and the rule that made it. Deterministic; knows nothing of other documents.
#pragma once

#include "core/analysed_document.hpp"
#include "ingest/facts/ontology.hpp"

namespace relata::ingest {

// The first part of what FactExtractor does: names (which must be there), nominals, pronouns and chains, no
// facts.
void find_mentions(AnalysedDocument& analysed);

class FactExtractor {
  public:
    // Keeps a reference: the ontology must outlive the extractor.
    explicit FactExtractor(const Ontology& ontology) : ontology_(ontology) {}

    // Fills mentions (besides the names, which must be there), chains and facts. Safe to call from several
    // threads on different documents. Linear in the text except for coreference, whose window is bounded.
    void extract(AnalysedDocument& analysed) const;

  private:
    const Ontology& ontology_;
};

}  // namespace relata::ingest
