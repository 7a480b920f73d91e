// SPDX-License-Identifier: Apache-2.0
// Values in a sentence: money, percentages, dates, quantities, ages and durations, with amount, unit and ISO
// 8601 form (dates.hpp, quantities.hpp). Relative dates ("last March", "on Tuesday", "a week later") are
// resolved against the date of publication and the date told last.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/fact.hpp"
#include "ingest/facts/dates.hpp"
#include "ingest/facts/sentence_tree.hpp"

namespace relata::ingest {

struct FoundValue {
    std::size_t first = 0;  // tokens [first, last)
    std::size_t last = 0;
    Value value;
    bool duration = false;  // "for three years": a length, not a point in time
};

// By position, without overlap. `published` is ISO 8601 or empty.
std::vector<FoundValue> find_values(const SentenceTree& tree, std::string_view published);
// The same in a running text: `frame` carries the date told last from sentence to sentence.
std::vector<FoundValue> find_values(const SentenceTree& tree, DateFrame& frame);

// The number that a word or numeral stands for: "1,400" -> 1400, "twelve" -> 12, "2.1bn" -> 2.1e9.
std::optional<double> parse_number(std::string_view word);

}  // namespace relata::ingest
