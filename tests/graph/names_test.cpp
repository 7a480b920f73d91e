// SPDX-License-Identifier: Apache-2.0
#include "graph/names.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using graph::name_key;
using graph::TypeGroup;

TEST_CASE("a key forgets case, accents, punctuation, a leading article and a possessive", "[graph][unit]") {
    CHECK(graph::fold("Ångström & Söhne") == "angstrom and sohne");
    CHECK(name_key("The Nordvik Post", TypeGroup::organisation).text == "nordvik post");
    CHECK(name_key("Nordvik-Post’s", TypeGroup::organisation).text == "nordvik post");
    CHECK(name_key("U.S.", TypeGroup::place).text == "us");
    CHECK(name_key("Løvenørn", TypeGroup::person).text == "lovenorn");
    CHECK(name_key("AT&T", TypeGroup::organisation).text == name_key("At & T", TypeGroup::organisation).text);
    CHECK(name_key("Model 2.5", TypeGroup::product).text != name_key("Model 25", TypeGroup::product).text);
    CHECK(name_key("Ｈａｌｄｅｎ", TypeGroup::organisation).text == "halden");
}

TEST_CASE("a key of an organisation drops legal forms of many countries", "[graph][unit]") {
    for (const char* name : {"Halden Motor", "Halden Motor AG", "Halden Motor, Inc.", "Halden Motor S.p.A.",
                             "Halden Motor plc", "Halden Motor Pty Ltd", "Halden Motor GmbH & Co. KG",
                             "HALDEN MOTOR LLC", "Halden Motor N.V.", "Halden Motor Oyj", "Halden Motor a.s.",
                             "The Halden Motor Company", "Halden Motor K.K.", "Halden Motor S.A. de C.V."}) {
        INFO(name);
        CHECK(name_key(name, TypeGroup::organisation).text == "halden motor");
    }
}

TEST_CASE("a legal form that is also a word stays unless it is written as a form", "[graph][unit]") {
    CHECK(name_key("Known as", TypeGroup::organisation).text == "known as");
    CHECK(name_key("Nesje AS", TypeGroup::organisation).text == "nesje");
    CHECK(name_key("AG", TypeGroup::organisation).text == "ag");
    CHECK(name_key("Halden Motor AG", TypeGroup::product).text == "halden motor ag");
}

TEST_CASE("a key of a person drops titles but not those that reign", "[graph][unit]") {
    CHECK(name_key("Dr. Mei Tanaka", TypeGroup::person).text == "mei tanaka");
    CHECK(name_key("Prime Minister Ivo Kestrel", TypeGroup::person).text == "ivo kestrel");
    CHECK(name_key("Mei Tanaka, PhD", TypeGroup::person).text == "mei tanaka");
    CHECK(name_key("Pope Leo", TypeGroup::person).text == "pope leo");
    CHECK(name_key("J.K. Ranganekar", TypeGroup::person).text == "j k ranganekar");
    CHECK(name_key("Mr. Tanaka", TypeGroup::person).single_word);
    CHECK(graph::without_titles("Dr. Mei Tanaka") == "Mei Tanaka");
    CHECK(graph::without_titles("President") == "President");
    CHECK(graph::without_determiners("the collision off Nordvik") == "collision off Nordvik");
    CHECK(graph::without_determiners("His") == "His");
}

TEST_CASE("countries and unions are known under several names", "[graph][unit]") {
    CHECK(graph::known_name("us", TypeGroup::place) == "united states");
    CHECK(graph::known_name("eu", TypeGroup::organisation) == "european union");
    CHECK(graph::known_name("us", TypeGroup::person).empty());
}

TEST_CASE("a country in front of an institution is one whatever its form", "[graph][unit]") {
    const auto key = [](const char* name) { return name_key(name, TypeGroup::organisation).text; };
    CHECK(key("U.S. Senate") == "united states senate");
    CHECK(key("the United States Senate") == key("US Senate"));
    CHECK(key("UN Security Council") == key("United Nations Security Council"));
    CHECK(key("US") == "us");
    CHECK(key("Us Weekly Group of Nordvik") != key("We Weekly Group of Nordvik"));
}

TEST_CASE("initials are taken with and without small words", "[graph][unit]") {
    CHECK(graph::acronyms("bank of nordvik") == std::vector<std::string>{"bn", "bon"});
    CHECK(graph::acronyms("halden").empty());
    CHECK(graph::is_acronym("E.C.B."));
    CHECK_FALSE(graph::is_acronym("Ecb"));
    CHECK_FALSE(graph::is_acronym("A"));
    CHECK_FALSE(graph::is_acronym("ECB 2"));
}

TEST_CASE("a name that was cut badly is seen", "[graph][unit]") {
    for (const char* name : {"Jim) Hedges", "(Jim Hedges", "Park Won-", "Life and", "Bank of", ""}) {
        INFO(name);
        CHECK_FALSE(graph::is_whole(name));
    }
    for (const char* name : {"Jim Hedges", "Nordvik (North)", "Orsava Inc.", "Yes!", "De La"}) {
        INFO(name);
        CHECK(graph::is_whole(name));
    }
}

TEST_CASE("a shown name has no control or bidirectional characters", "[graph][unit]") {
    CHECK(graph::clean_name("  the \tHalden\n Motor\x01's ") == "Halden Motor");
    CHECK(graph::clean_name("evil\xE2\x80\xAEtxt.exe") == "eviltxt.exe");
    CHECK(graph::clean_name("The Nordvik Post") == "The Nordvik Post");
    CHECK(graph::clean_name("\x01\x02").empty());
    CHECK(graph::clean_name("שלום עולם") == "שלום עולם");
}

TEST_CASE("a name of punctuation or symbols alone still has a key", "[graph][unit]") {
    CHECK(graph::fold("!!!") == "!!!");
    CHECK_FALSE(graph::fold("🚀").empty());
    CHECK(graph::fold("").empty());
    CHECK_FALSE(name_key("=", TypeGroup::other).text.empty());
    CHECK_FALSE(name_key("\xFF\xFE", TypeGroup::organisation).text.empty());
}
