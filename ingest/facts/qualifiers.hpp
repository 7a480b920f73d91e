// SPDX-License-Identifier: Apache-2.0
// Qualifiers: whether the text asserts, negates, plans, supposes, alleges or attributes what a predicate
// says. Read from the predicate's own words and inherited down from the words that govern it ("denied that",
// "plans to", "if"), so that nothing said with reserve becomes a plain assertion.
#pragma once

#include <cstddef>

#include "core/fact.hpp"
#include "ingest/facts/sentence_tree.hpp"

namespace relata::ingest {

struct Qualifiers {
    Polarity polarity = Polarity::positive;
    Modality modality = Modality::asserted;
    std::size_t source = k_none;  // head token of who says so
    bool past = false;            // "used to", "formerly", "no longer"
};

// Of the clause or noun phrase headed by `trigger`.
Qualifiers read_qualifiers(const SentenceTree& tree, std::size_t trigger);

// The stronger reservation of two.
Modality more_reserved(Modality a, Modality b);

}  // namespace relata::ingest
