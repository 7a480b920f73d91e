// SPDX-License-Identifier: Apache-2.0
// Normal forms in which names, relations and values of a reader and of a program can be compared. Each
// leniency is one that a reader grants without thinking; its reason stands beside it in the source.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.hpp"
#include "core/fact.hpp"

namespace relata::eval {

// Lower-case words of letters, digits and non-ASCII bytes: "U.S. Steel's" -> "us", "steel", "s".
std::vector<std::string> words_of(std::string_view text);

// A name without article, possessive ending and legal suffixes: "the Halden Motor AG's" -> "halden motor".
std::string name_key(std::string_view name);

// The keys under which a name of a reader's list is known: with and without a person's title, without a
// parenthesis, and what stands in it when that is a name: "Judge Ana Lind", "Ana Lind".
std::set<std::string> name_keys(std::string_view name, EntityType type);

// A word without inflection and in one spelling: "criticizes", "criticised" -> "criticis".
std::string stem(std::string word);

// The stems of a relation's name or phrase without auxiliaries and articles: "is_owned_by" -> own, by.
std::vector<std::string> relation_stems(std::string_view relation);

// What a relation links: a time or a place takes one of several prepositions or none.
enum class ObjectSort { thing, time_or_place };
bool same_relation(std::string_view a, std::string_view b, ObjectSort object);

// An amount in a text: "about C$1.7bn" -> 1.7e9, CAD. The sign tells a fall ("fell 3.2%", "-3.2%").
struct Amount {
    double number = 0;
    int sign = 0;                      // -1 down, 1 up, 0 not told
    std::set<std::string> currencies;  // those it may be in: "$" is several
    std::set<std::string> words;       // stems of what is counted, and of all other words
    bool percent = false;
};
std::optional<Amount> amount_in(std::string_view text);

// True when a value as extracted says the number and the unit of `gold`.
bool same_amount(const Amount& gold, const Value& value);

// True when two texts share most of their content words; the head alone is less: see TextMatch.
enum class TextMatch { none, head, most };
TextMatch match_text(std::string_view gold, std::string_view text);

}  // namespace relata::eval
