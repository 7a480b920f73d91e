// SPDX-License-Identifier: Apache-2.0
// Mends the names of one document after the network has read each sentence alone: a document is of one mind
// about its names. Every rule stands beside its example in names.cpp, and tests/ingest_language holds the
// same examples. What they bring on dev sets is in docs/analyse.md.
#pragma once

#include <span>
#include <vector>

#include "core/analysed_document.hpp"

namespace relata::ingest {

// A name as the network found it.
struct NameCandidate {
    std::size_t sentence = 0;
    std::size_t first = 0, last = 0;  // tokens, half open
    std::vector<float> types;         // log probability of each type, in the order of `types` below
    float score = 0;                  // probability of the span
};

// Candidates by sentence, then token; the result is in the same order, without overlap. Needs the tokens
// (spans, upos) of the document.
std::vector<NameCandidate> mend_names(const AnalysedDocument& analysed, std::vector<NameCandidate> candidates,
                                      std::span<const EntityType> types);

// Index of the best type.
std::size_t best_type(const NameCandidate& candidate);

}  // namespace relata::ingest
