// SPDX-License-Identifier: Apache-2.0
// Document-level coreference by rules: names by their forms (full name, surname, acronym, name without legal
// suffix), appositions, definite nominals and pronouns by type, gender, number, recency and syntactic
// salience. Precision before recall: a mention without a clear best antecedent stays unresolved.
// The order of the passes follows Lee et al., "Deterministic coreference resolution based on entity-centric,
// precision-ranked rules" (2013).
#pragma once

#include "ingest/facts/document_view.hpp"

namespace relata::ingest {

// Fills AnalysedDocument::chains and Mention::chain. A resolved nominal or pronoun gets the certainty of the
// link as its score. Nominals that nothing resolves get no chain here.
void resolve_coreference(DocumentView& view);

}  // namespace relata::ingest
