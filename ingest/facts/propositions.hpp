// SPDX-License-Identifier: Apache-2.0
// Propositions: open information extraction. Every clause, apposition and possessive says something in the
// words of its sentence: subject, relation with its auxiliaries and prepositions, object and further
// arguments as full phrases.
#pragma once

#include "ingest/facts/document_view.hpp"

namespace relata::ingest {

// Fills AnalysedDocument::propositions, by sentence and position. The facts must be there: a proposition in
// the words of a fact has its relation's name.
void extract_propositions(DocumentView& view);

}  // namespace relata::ingest
