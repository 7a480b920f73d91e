// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/extractor.hpp"

#include <algorithm>

#include "ingest/facts/coreference.hpp"
#include "ingest/facts/document_view.hpp"
#include "ingest/facts/learned_scores.hpp"
#include "ingest/facts/propositions.hpp"

namespace relata::ingest {

void find_mentions(AnalysedDocument& analysed) {
    DocumentView view(analysed);
    resolve_coreference(view);
}

void FactExtractor::extract(AnalysedDocument& analysed, const WordVectors& vectors, Extent extent) const {
    DocumentView view(analysed);
    const LearnedScores scores =
        options_.heads == nullptr ? LearnedScores() : LearnedScores(view, *options_.heads, vectors);
    resolve_coreference(view, scores);
    extract_relations(view, ontology_, scores, options_.sources);
    const auto unsure = [&](const auto& statement) {
        return statement.confidence < options_.minimum_confidence;
    };
    std::erase_if(analysed.facts, unsure);
    analysed.propositions.clear();
    if (extent == Extent::facts) return;
    extract_propositions(view);
    std::erase_if(analysed.propositions, unsure);
}

}  // namespace relata::ingest
