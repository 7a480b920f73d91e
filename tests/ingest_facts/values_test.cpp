// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/values.hpp"

#include <catch2/catch.hpp>

#include "core/conllu.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

// Tokens parted by blanks; "N:" before a number marks it as a numeral that modifies the next noun.
std::vector<FoundValue> values(const std::string& text, const char* published = "2025-06-04") {
    static std::vector<AnalysedDocument> kept;  // trees refer to their documents
    kept.push_back(read_tokens(text, "test"));
    AnalysedDocument& document = kept.back();
    Sentence& sentence = document.sentences.front();
    for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
        Token& token = sentence.tokens[i];
        const std::string form(token.span.of(document.document.text));
        token.lemma = form;
        token.upos = form[0] >= '0' && form[0] <= '9'   ? Upos::NUM
                     : form[0] >= 'A' && form[0] <= 'Z' ? Upos::PROPN
                                                        : Upos::NOUN;
        if (token.upos == Upos::NUM && i + 1 < sentence.tokens.size()) {
            token.deprel = "nummod";
            token.head = i + 1;
        }
    }
    return find_values(SentenceTree(sentence, document.document.text), published);
}

}  // namespace

TEST_CASE("money has amount and ISO 4217 currency", "[ingest_facts][values]") {
    const auto check = [](const char* text, double amount, const char* unit) {
        INFO(text);
        const auto found = values(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].value.kind == ValueKind::money);
        CHECK(found[0].value.amount == amount);
        CHECK(found[0].value.unit == unit);
    };
    check("$ 1.9 billion", 1.9e9, "USD");
    check("CHF 1.4 million", 1.4e6, "CHF");
    check("4.2 million reais", 4.2e6, "BRL");
    check("€612m", 612e6, "EUR");
    check("2.1bn euros", 2.1e9, "EUR");
    check("NT$ 880", 880, "TWD");
    check("130 Danish crowns", 130, "DKK");
    check("1,500 pounds", 1500, "GBP");
    check("C$600mn", 600e6, "CAD");
    check("SKr 131.20", 131.2, "SEK");
}

TEST_CASE("percentages, ages, durations and counts have number and unit", "[ingest_facts][values]") {
    auto found = values("12 %");
    REQUIRE(found.size() == 1);
    CHECK(found[0].value.kind == ValueKind::percent);
    CHECK(found[0].value.amount == 12);
    found = values("nine years and four months");
    REQUIRE(found.size() == 1);
    CHECK(found[0].duration);
    CHECK(found[0].value.amount == 112);
    CHECK(found[0].value.unit == "month");
    found = values("54 - year - old");
    REQUIRE(found.size() == 1);
    CHECK(found[0].value.amount == 54);
    CHECK(found[0].value.unit == "year");
    found = values("300 jobs");
    REQUIRE(found.size() == 1);
    CHECK(found[0].value.kind == ValueKind::quantity);
    CHECK(found[0].value.amount == 300);
    CHECK(found[0].value.unit == "jobs");
}

TEST_CASE("dates become ISO 8601, relative ones counted from the day of publication",
          "[ingest_facts][values]") {
    const auto check = [](const char* text, const char* iso) {
        INFO(text);
        const auto found = values(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].value.kind == ValueKind::date);
        CHECK(found[0].value.normalised == iso);
    };
    check("3 March 2021", "2021-03-03");
    check("March 3 , 2021", "2021-03-03");
    check("March 2021", "2021-03");
    check("2024-09-03", "2024-09-03");
    check("Tuesday", "2025-06-03");
    check("last March", "2025-03");
    check("August", "2024-08");
    check("next year", "2026");
    check("three years ago", "2022");
    check("two weeks ago", "2025-05-21");
    check("yesterday", "2025-06-03");
    check("last month", "2025-05");
    CHECK(values("yesterday", "")[0].value.normalised.empty());
}

TEST_CASE("what only looks like a value is none", "[ingest_facts][values]") {
    CHECK(values("may march").empty());
    CHECK(values("737-800").empty());
    CHECK(values("the dollar").empty());
}
