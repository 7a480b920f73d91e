// SPDX-License-Identifier: Apache-2.0
// Dates and bylines as articles carry them above their text. Only forms with one reading are understood:
// 03/04/2026 is two different days on two continents and stays unread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace relata::ingest {

// The date that `text` consists of, as ISO 8601 with the precision given ("2026-03-12", "2026-03"); a weekday
// before, a time of day behind and words such as "Published on" are allowed. nullopt when anything else
// stands there: "12 March 2026", "March 12, 2026", "2026-03-12T10:15:00Z", "Wednesday, January 1, 2020".
std::optional<std::string> parse_date(std::string_view text);

struct Byline {
    std::string author;
    std::string published;  // ISO date or empty
};

// "By Ines Halloran", "By Rosalind Achebe, 17 August 2025", "Written by Jo Lind and Per Aas". nullopt when
// the line is something else.
std::optional<Byline> parse_byline(std::string_view line);

}  // namespace relata::ingest
