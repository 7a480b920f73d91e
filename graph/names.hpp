// SPDX-License-Identifier: Apache-2.0
// Names as people write them -> keys that are equal when the names are. A key depends on the name and the
// type group alone, so any machine computes the same one. Nothing here looks at other names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.hpp"

namespace relata::graph {

// Entities of different groups are never the same thing. GPE, LOC and FAC share a group, because one place is
// tagged as city here and as location there ("Strait of Ormana", "Port of Nordvik"); every other type stands
// alone: "Glass Tide" the film is not "Glass Tide" the company, and NORP "Chinese" is not the place "China".
enum class TypeGroup { person, organisation, place, norp, product, work, event, law, other };
// Precondition: !is_value(type).
TypeGroup group_of(EntityType type);
std::string_view to_string(TypeGroup group);

// Folds case, compatibility forms, accents and punctuation: "Ångström & Söhne" -> "angstrom and sohne". Words
// are parted by one space. Empty only when the text holds nothing visible.
std::string fold(std::string_view text);

struct NameKey {
    std::string text;             // what two spellings of one name share
    bool dropped_suffix = false;  // a legal form of companies
    bool dropped_title = false;   // a title or post-nominal of a person
    bool single_word = false;
};
// fold() plus: a leading "the" and a possessive 's go, legal suffixes of organisations, titles of persons
// (but for those that reign: "Pope Leo" keeps his).
NameKey name_key(std::string_view name, TypeGroup group);

// Other names of a country or union: "usa" -> "united states". Empty when the table knows none.
std::string_view known_name(std::string_view key, TypeGroup group);

// The initials of a key's words, with the small words ("of", "and") left out and, if that differs, kept.
std::vector<std::string> acronyms(std::string_view key);
// True for "ECB", "E.C.B.", "AT&T": two to seven letters, all upper case.
bool is_acronym(std::string_view name);
// True when no letter of a longer name is lower case although the script has case: "HALDEN MOTOR".
bool is_shouting(std::string_view name);

// False for a name that was cut badly: "Jim) Hedges", "Park Won-", "Life and".
bool is_whole(std::string_view name);

// A name fit for showing: control and bidirectional control characters out, white space collapsed, possessive
// and a lower-case "the" off. May be empty.
std::string clean_name(std::string_view name);
// A phrase without its determiners: "the collision off Nordvik" -> "collision off Nordvik", "his rally" ->
// "rally".
std::string without_determiners(std::string_view phrase);
// The name without leading titles: "Dr. Mei Tanaka" -> "Mei Tanaka".
std::string without_titles(std::string_view name);

}  // namespace relata::graph
