// SPDX-License-Identifier: Apache-2.0
// When a fact is so: which date or length of time of its sentence belongs to its predicate, and what the
// preposition makes of it ("since 2019" -> "2019/..", "until June" -> "../2025-06", ISO 8601-2).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/fact.hpp"
#include "ingest/facts/sentence_tree.hpp"
#include "ingest/facts/values.hpp"

namespace relata::ingest {

// `anchor` is the word that states the fact; values that overlap `taken` (its arguments) are left out.
std::optional<FactTime> time_of_fact(const SentenceTree& tree, const std::vector<FoundValue>& values,
                                     std::size_t anchor, std::span<const ByteSpan> taken);

// The ISO 8601 value begins after the day of publication. False when either is unknown.
bool lies_ahead(std::string_view value, std::string_view published);
// It ended before.
bool is_over(std::string_view value, std::string_view published);

}  // namespace relata::ingest
