// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/tokeniser.hpp"

#include <catch2/catch.hpp>
#include <string>

using relata::ByteSpan;
using relata::ingest::tokenise;

namespace {

// The tokens with single blanks between them.
std::string tokens(const std::string& text) {
    std::string out;
    for (const ByteSpan span : tokenise(text, {0, text.size()})) {
        if (!out.empty()) out += ' ';
        out += span.of(text);
    }
    return out;
}

}  // namespace

TEST_CASE("punctuation stands apart from words", "[language][tokeniser]") {
    CHECK(tokens("\"Stop,\" said Mara (the pilot).") == "\" Stop , \" said Mara ( the pilot ) .");
    CHECK(tokens("Really?! Yes...") == "Really ?! Yes ...");
    CHECK(tokens("“Fine”, he wrote; ‘done’.") == "“ Fine ” , he wrote ; ‘ done ’ .");
}

TEST_CASE("clitics are words of their own", "[language][tokeniser]") {
    CHECK(tokens("They don't know Ana's plan; it's hers and we'll see.") ==
          "They do n't know Ana 's plan ; it 's hers and we 'll see .");
    CHECK(tokens("The owners’ boat wasn’t sold.") == "The owners ’ boat was n’t sold .");
    CHECK(tokens("You cannot go, I'm gonna stay, dont ask.") ==
          "You can not go , I 'm gon na stay , do nt ask .");
    CHECK(tokens("It was built in the 1980's at five o'clock.") ==
          "It was built in the 1980's at five o'clock .");
}

TEST_CASE("its before an article is it s", "[language][tokeniser]") {
    CHECK(tokens("its a pity that its roof leaks") == "it s a pity that its roof leaks");
}

TEST_CASE("hyphenated compounds are parted except after a prefix", "[language][tokeniser]") {
    CHECK(tokens("a well-known Oslo-based firm") == "a well - known Oslo - based firm");
    CHECK(tokens("a non-profit e-mail list from mid-July") == "a non-profit e-mail list from mid-July");
    CHECK(tokens("the price -- or cost—rose") == "the price -- or cost — rose");
}

TEST_CASE("money and per cent are apart from numbers", "[language][tokeniser]") {
    CHECK(tokens("It cost $5.4m, US$40 or €1,200: 3.5% more.") ==
          "It cost $ 5.4 m , US$ 40 or € 1,200 : 3.5 % more .");
    CHECK(tokens("fell to SKr131.20, CHF1.4m and Rs500") == "fell to SKr 131.20 , CHF 1.4 m and Rs 500");
    CHECK(tokens("10km at 7:30pm, 5G and 3D in the 1990s") == "10 km at 7:30 pm , 5G and 3D in the 1990s");
}

TEST_CASE("numbers, dates and telephone numbers stay whole, ranges do not", "[language][tokeniser]") {
    CHECK(tokens("100,000 on 11/28/2025 by 713-555-0199") == "100,000 on 11/28/2025 by 713-555-0199");
    CHECK(tokens("aged 5-10 in 1971-1972") == "aged 5 - 10 in 1971 - 1972");
}

TEST_CASE("abbreviations and initials keep their stop", "[language][tokeniser]") {
    CHECK(tokens("Dr. J. Ruiz of Brandt Inc. left the U.S. at 5 p.m. on Oct. 4.") ==
          "Dr. J. Ruiz of Brandt Inc. left the U.S. at 5 p.m. on Oct. 4 .");
    CHECK(tokens("Flight No. 5 has no. 6 and no.") == "Flight No. 5 has no. 6 and no .");
    CHECK(tokens("tea, milk, etc.") == "tea , milk , etc .");
    CHECK(tokens("the U.S.?") == "the U.S. ?");
}

TEST_CASE("addresses and handles are one token", "[language][tokeniser]") {
    CHECK(tokens("See https://example.org/a?b=c, www.example.com or example.com.") ==
          "See https://example.org/a?b=c , www.example.com or example.com .");
    CHECK(tokens("Write to <ana.b@example.org>, @desk #budget.") ==
          "Write to < ana.b@example.org > , @desk #budget .");
}

TEST_CASE("slashes part words, a missing blank between sentences is seen", "[language][tokeniser]") {
    CHECK(tokens("and/or w/o AT&T") == "and / or w/o AT&T");
    CHECK(tokens("He left.Then it rained.") == "He left . Then it rained .");
}

TEST_CASE("emoticons and rules are one token", "[language][tokeniser]") {
    CHECK(tokens("good :) -----") == "good :) -----");
}

TEST_CASE("scripts without blanks give a token per character", "[language][tokeniser]") {
    CHECK(tokens("東京 is") == "東 京 is");
}

TEST_CASE("tokens are exact spans and gaps hold only white space and controls",
          "[language][tokeniser][property]") {
    const std::string text =
        "\t Caf\u00e9s\u00a0don't — \x01\x02 mind: “$5”…\r\n\u202ekcab\u202c ﬁne\u200b end.\xF0\x9F\x98\x80 ";
    const ByteSpan within{0, text.size()};
    std::size_t at = 0;
    for (const ByteSpan span : tokenise(text, within)) {
        REQUIRE(span.begin >= at);
        REQUIRE(span.end > span.begin);
        for (std::size_t i = at; i < span.begin; ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            // blanks, controls, and the bytes of U+00A0, U+200B
            CHECK((byte <= 32 || byte >= 0x80));
        }
        at = span.end;
    }
    CHECK(tokenise("", {0, 0}).empty());
    CHECK(tokenise(" \n\t", {0, 3}).empty());
}

TEST_CASE("only the asked part of the text is read", "[language][tokeniser]") {
    const std::string text = "one two three";
    const auto spans = tokenise(text, {4, 7});
    REQUIRE(spans.size() == 1);
    CHECK(spans[0] == ByteSpan{4, 7});
}

TEST_CASE("a line of ten million characters is read in linear time and loses nothing",
          "[language][tokeniser]") {
    const std::string text(10'000'000, 'a');
    std::size_t total = 0;
    for (const ByteSpan span : tokenise(text, {0, text.size()})) total += span.size();
    CHECK(total == text.size());
    const std::string dots(200'000, '.');
    CHECK_FALSE(tokenise(dots, {0, dots.size()}).empty());
    std::string nested;
    for (int i = 0; i < 20'000; ++i) nested += "a-(\"";
    CHECK_FALSE(tokenise(nested, {0, nested.size()}).empty());
}
