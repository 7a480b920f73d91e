// SPDX-License-Identifier: Apache-2.0
#include "eval/normal_forms.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using namespace relata::eval;

TEST_CASE("names are the same with and without article, possessive, legal form and title", "[eval][names]") {
    CHECK(name_key("the Halden Motor AG's") == "halden motor");
    CHECK(name_key("Halden Motor AG’s") == "halden motor");
    CHECK(name_key("Tolm Holding Co. Ltd") == "tolm");
    CHECK(name_key("U.S. Steel") == "us steel");
    CHECK(name_keys("Judge Ana Lind", EntityType::PERSON).contains("ana lind"));
    CHECK(name_keys("former Prime Minister Ana Lind", EntityType::PERSON).contains("ana lind"));
    // an organisation keeps its first word
    CHECK_FALSE(name_keys("General Tolm", EntityType::ORG).contains("tolm"));
    const auto telescope = name_keys("Orsa Survey Telescope (OST)", EntityType::FAC);
    CHECK(telescope.contains("orsa survey telescope"));
    CHECK(telescope.contains("ost"));
    CHECK_FALSE(name_keys("Marlow (film)", EntityType::WORK).contains("film"));
}

TEST_CASE("relations are the same but for inflection, spelling and auxiliaries", "[eval][relations]") {
    const auto same = [](const char* a, const char* b) { return same_relation(a, b, ObjectSort::thing); };
    CHECK(same("criticizes", "criticises"));
    CHECK(same("acquires", "has acquired"));
    CHECK(same("buys", "bought"));
    CHECK(same("is_owned_by", "owned by"));
    CHECK(same("to_merge_with", "merge with"));
    CHECK(same("has_revenue", "revenue"));
    CHECK(same("works_at", "work in"));
    // what the name would not bear
    CHECK_FALSE(same("sells", "sells_to"));
    CHECK_FALSE(same("votes_for", "votes_against"));
    CHECK_FALSE(same("withdraws_from", "withdraws_nomination_of"));
    CHECK_FALSE(same("attempts_to_extort", "extort"));
    CHECK_FALSE(same("accuses", "accused_by"));
    // an object inside the phrase
    CHECK(same("disclose matter to", "discloses_to"));
    CHECK_FALSE(same("disclose matter", "discloses_to"));
}

TEST_CASE("time and place choose their preposition", "[eval][relations]") {
    CHECK(same_relation("founded", "founded_in", ObjectSort::time_or_place));
    CHECK(same_relation("founded_on", "founded_in", ObjectSort::time_or_place));
    CHECK_FALSE(same_relation("invests", "invests_in", ObjectSort::thing));
    CHECK(same_relation("believes_in", "believes_at", ObjectSort::thing));
    CHECK_FALSE(same_relation("moves_to", "moves_from", ObjectSort::time_or_place));
}

namespace {

bool same(const char* gold, ValueKind kind, const char* text, double amount, const char* unit = "") {
    return same_amount(*amount_in(gold), Value{kind, text, amount, unit, ""});
}

}  // namespace

TEST_CASE("money is the same by number and currency", "[eval][values]") {
    CHECK(same("C$1.7bn", ValueKind::money, "C$1.7 billion", 1.7e9, "CAD"));
    CHECK(same("about $1.7 billion in cash", ValueKind::money, "C$1.7 billion", 1.7e9, "CAD"));
    CHECK_FALSE(same("US$1.7bn", ValueKind::money, "C$1.7 billion", 1.7e9, "CAD"));
    CHECK_FALSE(same("C$1.7bn", ValueKind::money, "C$1.7 million", 1.7e6, "CAD"));
    CHECK(same("9.6 million reais", ValueKind::money, "9.6 million reais", 9.6e6, "BRL"));
    CHECK(same("one billion złotys", ValueKind::money, "one billion złotys", 1e9, "PLN"));
    CHECK_FALSE(same("€40 million", ValueKind::money, "$40 million", 4e7, "USD"));
}

TEST_CASE("percentages are the same whichever way the change is told, unless it is told the other way",
          "[eval][values]") {
    CHECK(same("up 4.2%", ValueKind::percent, "4.2%", 4.2));
    CHECK(same("-3.2%", ValueKind::percent, "3.2 per cent", 3.2));
    CHECK(same("fell 0.8%", ValueKind::percent, "0.8%", -0.8));
    CHECK_FALSE(same("fell 0.8%", ValueKind::percent, "up 0.8%", 0.8));
    CHECK_FALSE(same("17 trams", ValueKind::percent, "17%", 17));
}

TEST_CASE("quantities are the same by number and by what is counted", "[eval][values]") {
    CHECK(same("40 trams", ValueKind::quantity, "40 trams", 40, "tram"));
    CHECK_FALSE(same("40 trams", ValueKind::quantity, "40 ferries", 40, "ferry"));
    CHECK(same("3,100 people", ValueKind::quantity, "3,100 employees", 3100, "employee"));
    CHECK(same("48-year-old", ValueKind::quantity, "48", 48, "year"));
    CHECK(same("49", ValueKind::quantity, "49", 49, "year"));
    CHECK(same("four possible fever drugs", ValueKind::quantity, "four drugs", 4, "drug"));
    CHECK(same("two dozen people", ValueKind::quantity, "24 people", 24, "people"));
}

TEST_CASE("texts are the same by most of their words, or known by their head", "[eval][values]") {
    CHECK(match_text("the tender documents", "tender documents") == TextMatch::most);
    CHECK(match_text("corruption and money laundering", "corruption") == TextMatch::none);
    CHECK(match_text("the planned merger of two ferry lines", "merger") == TextMatch::head);
    CHECK(match_text("a second data centre", "the data center") == TextMatch::most);
    CHECK(match_text("the strike", "the fire") == TextMatch::none);
    CHECK(match_text("the", "the") == TextMatch::none);
}
