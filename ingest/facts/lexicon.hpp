// SPDX-License-Identifier: Apache-2.0
// Word lists behind the rules: what kind of thing a common noun names, the gender that a word or first name
// tells, countries behind demonyms, verbs by their effect on what depends on them. All lookups take
// lower-case lemmas and are hashed. The lists are our own, from general knowledge of English.
#pragma once

#include <optional>
#include <string_view>

#include "core/annotation.hpp"
#include "core/fact.hpp"

namespace relata::ingest::lexicon {

// Type of thing that a common noun names ("airline" -> ORG, "minister" -> PERSON), if it tells.
std::optional<EntityType> noun_type(std::string_view lemma);

enum class Gender { unknown, female, male };
// From words for people ("chairwoman", "son"), titles ("Mr") and common first names.
Gender gender_of_word(std::string_view word);

// "swiss" -> "Switzerland"; empty when unknown.
std::string_view country_of_demonym(std::string_view word);
// True for the names of countries behind a demonym: "Sweden".
bool is_country(std::string_view name);
// "u.s." -> "United States", "uk" -> "United Kingdom"; empty for all others.
std::string_view full_country(std::string_view name);

// Legal suffix of a company name: "ag", "inc", "ltd".
bool is_legal_suffix(std::string_view word);

// What a governing verb does to the clause that depends on it.
struct Effect {
    std::optional<Modality> modality;
    bool negates = false;
    bool speech = false;  // the subject is the source of the clause
};
// "plan" -> planned, "deny" -> denied, "fail" -> negates, "say" -> speech; nullopt: the verb has no effect.
std::optional<Effect> effect_of_verb(std::string_view lemma);
// The same for nouns ("plan to", "claim that") and for adjectives ("likely to").
std::optional<Effect> effect_of_noun(std::string_view lemma);
std::optional<Effect> effect_of_adjective(std::string_view lemma);
// Adverbs: "reportedly" -> alleged, "perhaps" -> possible.
std::optional<Modality> modality_of_adverb(std::string_view lemma);

// Nouns that name an event, which may come or not ("merger", "election"); "plants" and "officers" are there
// whatever is planned.
bool is_event_noun(std::string_view lemma);

// The infinitive's subject is the object of these verbs ("X ordered Y to leave": Y leaves).
bool controls_object(std::string_view lemma);
// Verbs that say little by themselves ("be", "have", "make", "say", "begin"): no open relation alone.
bool is_light_verb(std::string_view lemma);
// "former", "ex", "then": the state is over.
bool is_past_modifier(std::string_view lemma);
// "incoming", "proposed", "planned": not yet.
bool is_future_modifier(std::string_view lemma);

}  // namespace relata::ingest::lexicon
