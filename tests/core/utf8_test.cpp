// SPDX-License-Identifier: Apache-2.0
#include "core/utf8.hpp"

#include <catch2/catch.hpp>

using namespace relata;

TEST_CASE("first_invalid finds the first ill-formed byte", "[core][utf8]") {
    CHECK(utf8::is_valid("plain, Zoë, 東京, 🚢"));
    CHECK(utf8::first_invalid("ab\xFFz") == 2);
    CHECK(utf8::first_invalid("\xC0\xAF") == 0);          // overlong
    CHECK(utf8::first_invalid("a\xED\xA0\x80") == 1);     // surrogate
    CHECK(utf8::first_invalid("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
    CHECK(utf8::first_invalid("x\xE2\x82") == 1);         // truncated
}

TEST_CASE("repair replaces each maximal subpart by one replacement character", "[core][utf8]") {
    CHECK(utf8::repair("caf\xE9 noir") == "caf\xEF\xBF\xBD noir");
    CHECK(utf8::repair("x\xE2\x82") == "x\xEF\xBF\xBD");
    CHECK(utf8::repair("\xFF\xFE") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(utf8::repair("Zoë") == "Zoë");
}

TEST_CASE("decode and append are inverse for every plane", "[core][utf8]") {
    for (const char32_t c : {U'a', U'é', U'東', U'🚢', U'\U0010FFFF'}) {
        std::string text;
        utf8::append(text, c);
        const utf8::CodePoint read = utf8::decode(text, 0);
        CHECK(read.value == c);
        CHECK(read.length == text.size());
    }
}

TEST_CASE("utf16_offset counts a surrogate pair beyond the basic plane", "[core][utf8]") {
    const std::string text = "é🚢x";
    CHECK(utf8::utf16_offset(text, text.size()) == 4);
    CHECK(utf8::utf16_offset(text, 2) == 1);
    CHECK(utf8::code_points(text) == 3);
    CHECK(utf8::is_boundary(text, 2));
    CHECK_FALSE(utf8::is_boundary(text, 3));
}
