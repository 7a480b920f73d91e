// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/dates.hpp"

#include <catch2/catch.hpp>
#include <utility>

using namespace relata::ingest;

TEST_CASE("dates of one reading become ISO 8601 with the precision given", "[read][dates][unit]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"2026-03-12", "2026-03-12"},
        {"2026-03-12T10:15:00+01:00", "2026-03-12"},
        {"2026/03/12", "2026-03-12"},
        {"20260312T101500Z", "2026-03-12"},
        {"2026-03", "2026-03"},
        {"12 March 2026", "2026-03-12"},
        {"12th of March, 2026", "2026-03-12"},
        {"March 12, 2026", "2026-03-12"},
        {"Mar. 5th, 2026 at 10:15 a.m. GMT", "2026-03-05"},
        {"Sept 1 2026", "2026-09-01"},
        {"Wednesday, January 1, 2020", "2020-01-01"},
        {"Friday, January 4, 2019\xC2\xA0", "2019-01-04"},
        {"Published: 3 June 2025 | 07:05", "2025-06-03"},
        {"Last updated on Tue 3 June 2025", "2025-06-03"},
        {"May 2026", "2026-05"},
    }));
    CAPTURE(text);
    CHECK(parse_date(text) == expected);
}

TEST_CASE("what is no date or has two readings stays unread", "[read][dates][unit]") {
    const std::string text = GENERATE(as<std::string>(), "", "03/04/2026", "31 February 2026", "March 12",
                                      "12 March 2026 was a cold day", "2026", "May the yard be rebuilt",
                                      "Monday", "Order 2026-14-01", "12 Marching bands 2026");
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
}

TEST_CASE("a byline gives author and date", "[read][dates][unit]") {
    CHECK(parse_byline("By Ines Halloran")->author == "Ines Halloran");
    const auto both = parse_byline("By Rosalind Achebe, 17 August 2025");
    REQUIRE(both);
    CHECK(both->author == "Rosalind Achebe");
    CHECK(both->published == "2025-08-17");
    CHECK(parse_byline("By Jo Aas, 3 May")->author == "Jo Aas");
    CHECK(parse_byline("Written by Jo Lind and Per van der Aas")->author == "Jo Lind and Per van der Aas");
    CHECK(parse_byline("By Eva Tamm Jr. in Oslo")->author == "Eva Tamm Jr. in Oslo");
}

TEST_CASE("a sentence that starts with By is no byline", "[read][dates][unit]") {
    CHECK_FALSE(parse_byline("By then the ferry had sunk."));
    CHECK_FALSE(parse_byline("By Monday, Lind had left."));
    CHECK_FALSE(parse_byline("Bygones"));
    CHECK_FALSE(parse_byline("By "));
}
