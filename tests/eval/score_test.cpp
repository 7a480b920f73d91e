// SPDX-License-Identifier: Apache-2.0
#include "eval/score.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace relata::eval;

TEST_CASE("the table marks what breaks its limit and never rounds up to a floor", "[eval][score]") {
    const std::vector<Score> scores = {{"corpus a", "LAS", 78.999, 79.0},
                                       {"corpus a", "UPOS", 97.5, 97.0},
                                       {"facts", "traps", 5.2, {}, 5.0},
                                       {"facts", "errors", 5.0, {}, 5.0},
                                       {"facts", "edges", 12.0}};
    const std::string table = format_table(scores);
    CHECK(table.find("LAS       78.99    79.00  below\n") != std::string::npos);
    CHECK(table.find("97.50    97.00\n") != std::string::npos);
    CHECK(table.find("5.20   <= 5.00  above\n") != std::string::npos);
    CHECK(table.find("5.00   <= 5.00\n") != std::string::npos);
    CHECK(table.find("12.00\n") != std::string::npos);
}
