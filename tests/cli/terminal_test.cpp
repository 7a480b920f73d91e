// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.hpp"

#include <catch2/catch.hpp>

using namespace relata::cli;

TEST_CASE("messages cannot steer the terminal", "[cli][unit]") {
    CHECK(printable("\x1B[31mred\x07.txt") == "\\x1b[31mred\\x07.txt");
    CHECK(printable("a\nb\tc") == "a\\x0ab\\x09c");
    CHECK(printable("Åse\xFF \xE2\x80\xAEtxt") == "Åse\\xff \\u{202e}txt");
    CHECK(printable("\xC2\x9B") == "\\u{9b}");
}

TEST_CASE("durations are short", "[cli][unit]") {
    CHECK(duration_text(0.04) == "0.0 s");
    CHECK(duration_text(1.25) == "1.3 s");
    CHECK(duration_text(185.2) == "3 min 05 s");
}
