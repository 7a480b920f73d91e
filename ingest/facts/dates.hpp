// SPDX-License-Identifier: Apache-2.0
// Dates in a sentence: calendar dates, parts of years, and relative ones ("last March", "on Tuesday", "three
// years ago", "a week later"). Values are ISO 8601 with the precision that the words have, plus what ISO has
// no form for: quarters 2024-Q3, halves 2024-H1, seasons 2024-SP|SU|FA|WI (TIMEX3), decades 199X, centuries
// 18XX, fiscal years FY2025; intervals are "2019/2024". An empty value means that nothing resolves the words.
#pragma once

#include <optional>
#include <string>

#include "ingest/facts/calendar.hpp"
#include "ingest/facts/value_words.hpp"

namespace relata::ingest {

// What relative dates count from.
struct DateFrame {
    std::optional<Date> published;  // "last March", "on Tuesday"
    std::optional<Date> told;       // the date that the text told last: "a week later", "the same day"
};

struct FoundDate {
    std::size_t first = 0;  // words [first, last)
    std::size_t last = 0;
    std::string value;
    std::optional<Date> start;  // of which it is told, or begins
};

// The date that begins at word `at`, if one does. Sets `frame.told`.
std::optional<FoundDate> read_date(const ValueWords& words, std::size_t at, DateFrame& frame);

}  // namespace relata::ingest
