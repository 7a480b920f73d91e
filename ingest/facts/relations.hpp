// SPDX-License-Identifier: Apache-2.0
// Relations: turns clauses, event nouns, role nouns, appositions, possessives, compounds and parentheses of a
// document with resolved chains into facts. The ontology names a relation where it knows the trigger and the
// types of the arguments; what remains is an open relation, a normalised phrase.
#pragma once

#include "ingest/facts/document_view.hpp"
#include "ingest/facts/learned_scores.hpp"
#include "ingest/facts/ontology.hpp"

namespace relata::ingest {

// Who may speak: the rules over the trees, the heads of the encoder, or both.
enum class FactSources { both, rules, heads };

// Fills AnalysedDocument::facts, by sentence and position. Without scores the rules speak alone.
void extract_relations(DocumentView& view, const Ontology& ontology, const LearnedScores& scores,
                       FactSources sources);

}  // namespace relata::ingest
