// SPDX-License-Identifier: Apache-2.0
// Phrases: which words of a sentence make up a readable argument. Minimal but complete: a noun keeps its
// modifiers and its restrictive relative clause; asides (appositions, parentheses, further members of its
// coordination where they are read one by one) stay out. Token sets are ascending.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/fact.hpp"
#include "ingest/facts/sentence_tree.hpp"

namespace relata::ingest {

using TokenSet = std::vector<std::size_t>;

struct PhraseRule {
    bool preposition = false;      // keep the case markers of the head
    bool coordination = true;      // keep further members
    bool relative = true;          // keep restrictive relative clauses
    std::size_t without = k_none;  // leave out what stands below this token
};

// The noun phrase (or other nominal) headed by `head`.
TokenSet noun_phrase(const SentenceTree& tree, std::size_t head, const PhraseRule& rule);
// A whole clause, with or without its subordinator ("that").
TokenSet clause_phrase(const SentenceTree& tree, std::size_t head, bool marker);

// Adds the punctuation between neighbours, drops quotes and brackets without their partner, and spells it
// out.
Phrase spell(const SentenceTree& tree, const TokenSet& tokens);

}  // namespace relata::ingest
