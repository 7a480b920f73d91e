// SPDX-License-Identifier: Apache-2.0
// Amounts in a sentence: money, percentages, counts, measures, lengths of time, scores. Of a range ("between
// 5 and 7 million") `amount` is the lower end; approximators ("some forty staff", "up to 5 %") and prices per
// unit
// ("$70 a barrel", unit "USD/barrel") belong to the words of the value.
#pragma once

#include <cstddef>
#include <optional>

#include "ingest/facts/value_words.hpp"
#include "ingest/facts/values.hpp"

namespace relata::ingest {

// The amount that begins at word `at`, if one does; `value.text` is left empty.
std::optional<FoundValue> read_quantity(const ValueWords& words, std::size_t at);

}  // namespace relata::ingest
