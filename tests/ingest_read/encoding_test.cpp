// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/encoding.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

using namespace relata;
using namespace relata::ingest;
using namespace std::string_literals;

TEST_CASE("byte order marks name the encoding and leave no trace", "[read][encoding][unit]") {
    CHECK(decode_text("\xEF\xBB\xBFOslo", "t").text == "Oslo");
    CHECK(decode_text("\xFF\xFEO\0s\0l\0\xF8\0"s, "t").text == "Osl\xC3\xB8");
    CHECK(decode_text("\xFE\xFF\0O\0s\0l\0\xF8"s, "t").text == "Osl\xC3\xB8");
    CHECK(decode_text("\xFF\xFE\0\0O\0\0\0"s, "t").text == "O");
}

TEST_CASE("UTF-16 without a mark is recognised", "[read][encoding][unit]") {
    std::string bytes;
    for (const char c : "The ferry left Oslo."s) bytes += {c, '\0'};
    CHECK(decode_text(bytes, "t").text == "The ferry left Oslo.");
}

TEST_CASE("bytes that are not UTF-8 are read as Windows-1252", "[read][encoding][unit]") {
    const DecodedText decoded =
        decode_text("G\xF6ran \xC5kerholm said: \x93No deal.\x94 The fine is \x80 20.", "t");
    CHECK(decoded.encoding == "windows-1252");
    CHECK(decoded.text == "Göran Åkerholm said: “No deal.” The fine is € 20.");
}

TEST_CASE("a declared legacy encoding is believed when the bytes are not UTF-8", "[read][encoding][unit]") {
    CHECK(decode_text("Kov\xE1\xE8 left.", "t", "iso-8859-2").text == "Kováč left.");
    CHECK(decode_text("Kov\xC3\xA1\xC4\x8D left.", "t", "iso-8859-2").text == "Kováč left.");
    CHECK(decode_text("\x93Yes\x94", "t", "ISO-8859-1").text == "“Yes”");
}

TEST_CASE("UTF-8 with damage is repaired and counted", "[read][encoding][unit]") {
    const DecodedText decoded = decode_text("Čapek met Łuk\xC5 and Åse and Ørn.", "t");
    CHECK(decoded.repaired == 1);
    CHECK(decoded.text == "Čapek met Łuk\xEF\xBF\xBD and Åse and Ørn.");
}

TEST_CASE("control characters and marks that reverse the text become blanks", "[read][encoding][unit]") {
    CHECK(decode_text("a\x01"s + "b\tc\r\nd\re of the long line of text that makes one control character no"
                                 " sign of binary data",
                      "t")
              .text.substr(0, 9) == "a b\tc\nd\ne");
    CHECK(clean_text("\xE2\x80\xAEtxt\xE2\x80\xAC") == "   txt   ");
    CHECK(clean_text("\xC2\x85x") == "  x");
}

TEST_CASE("binary data is refused with what it looks like", "[read][encoding][unit]") {
    CHECK_THROWS_WITH(decode_text("%PDF-1.7 …", "a.txt"), "a.txt: is a PDF document, not text");
    CHECK_THROWS_WITH(decode_text("\x89PNG\r\n\x1A\n", "a.txt"), "a.txt: is a PNG picture, not text");
    CHECK_THROWS_WITH(decode_text("ab\0\x05\x7F\x02qwertz\0\0\x11\0"s, "a.txt"),
                      "a.txt: is binary data, not text");
}
