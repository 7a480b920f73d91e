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
    check("$ 70 a barrel", 70, "USD/barrel");
    check("$ 12.40 per share", 12.4, "USD/share");
    check("90 Hong Kong dollars", 90, "HKD");
    check("about 40 million Swiss francs", 40e6, "CHF");
    check("up to € 5 million", 5e6, "EUR");
    check("3 million CAD", 3e6, "CAD");
}

TEST_CASE("of a range the lower end counts, in the scale of the upper one", "[ingest_facts][values]") {
    const auto check = [](const char* text, double amount, const char* unit, const char* words) {
        INFO(text);
        const auto found = values(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].value.amount == amount);
        CHECK(found[0].value.unit == unit);
        CHECK(found[0].value.text == words);
    };
    check("between 5 and 7 million euros", 5e6, "EUR", "5 and 7 million euros");
    check("5 to 7 %", 5, "%", "5 to 7 %");
    check("$ 2 - 3 billion", 2e9, "USD", "$ 2 - 3 billion");
    check("20 – 25 km", 20, "km", "20 – 25 km");
}

TEST_CASE("approximators stand in the words of the value, not in its amount", "[ingest_facts][values]") {
    const auto check = [](const char* text, double amount, const char* words) {
        INFO(text);
        const auto found = values(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].value.amount == amount);
        CHECK(found[0].value.text == words);
    };
    check("hired some 40 engineers", 40, "some 40 engineers");
    check("with more than 300 ferries", 300, "more than 300 ferries");
    check("at least 12 %", 12, "at least 12 %");
    check("as many as 80 jobs", 80, "as many as 80 jobs");
    check("a dozen ferries", 12, "a dozen ferries");
    const auto many = values("dozens of ferries");
    REQUIRE(many.size() == 1);
    CHECK_FALSE(many[0].value.amount.has_value());
    CHECK(many[0].value.unit == "ferries");
}

TEST_CASE("a conversion in brackets is a value of its own", "[ingest_facts][values]") {
    const auto found = values("NT$ 880 ( US$ 27.1 )");
    REQUIRE(found.size() == 2);
    CHECK(found[0].value.unit == "TWD");
    CHECK(found[1].value.amount == 27.1);
    CHECK(found[1].value.unit == "USD");
}

TEST_CASE("lengths of time are ISO 8601 periods, scores are no ranges", "[ingest_facts][values]") {
    const auto check = [](const char* text, const char* period) {
        INFO(text);
        const auto found = values(text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].duration);
        CHECK(found[0].value.normalised == period);
    };
    check("nine years", "P9Y");
    check("nine years and four months", "P9Y4M");
    check("3 hours 20 minutes", "PT3H20M");
    check("2:17:01", "PT2H17M1S");
    check("two decades", "P20Y");
    const auto score = values("won 7 - 2");
    REQUIRE(score.size() == 1);
    CHECK(score[0].value.unit == "score");
    CHECK(score[0].value.text == "7 - 2");
    CHECK(values("10:30 a.m.").empty());
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

TEST_CASE("what only looks like a value is none", "[ingest_facts][values]") {
    CHECK(values("may march").empty());
    CHECK(values("737-800").empty());
    CHECK(values("the dollar").empty());
}
