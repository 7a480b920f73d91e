// SPDX-License-Identifier: Apache-2.0
// Document-level coreference by rules and a scorer: names by their forms (full name, surname, acronym, name
// without legal suffix), appositions, definite nominals and pronouns by type, gender, number, recency and
// syntactic salience. Precision before recall: a mention without a clear best antecedent stays unresolved.
// The order of the passes follows Lee et al., "Deterministic coreference resolution based on entity-centric,
// precision-ranked rules" (2013).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ingest/facts/coreference_features.hpp"
#include "ingest/facts/document_view.hpp"
#include "ingest/facts/learned_scores.hpp"

namespace relata::ingest {

// Fills AnalysedDocument::chains and Mention::chain. A resolved nominal or pronoun gets the certainty of the
// link as its score. Nominals that nothing resolves get no chain here.
// With a scorer among the heads it resolves pronouns but those of speaker and listener, and the nominals of
// which the rules know nothing by their words; else rules do all.
void resolve_coreference(DocumentView& view, const LearnedScores& scores = {});

// What the scorer chooses among: each anaphor with its candidates, in text order, and the cluster of each
// name. For the trainer.
struct AnaphorCandidates {
    std::size_t mention = 0;
    std::vector<CoreferencePair> candidates;
};
struct CoreferenceQuestions {
    std::vector<std::size_t> cluster_of;  // by mention; k_none for all that are no names
    std::vector<std::string> cluster_names;
    std::vector<AnaphorCandidates> anaphors;
};
CoreferenceQuestions coreference_questions(const DocumentView& view);

}  // namespace relata::ingest
