// SPDX-License-Identifier: Apache-2.0
// Entity: one thing of the world, as far as the resolver could tell. Many mentions in many documents point to
// it. Its id is derived from its type group and canonical key, never from order, so that a link to an entity
// survives a rebuild. Every decision that joined two names is kept as a Merge with its reason.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.hpp"
#include "core/ids.hpp"

namespace relata::graph {

// One way in which documents write the entity's name.
struct Alias {
    std::string text;
    std::size_t mentions = 0;
};

struct Entity {
    EntityId id;
    std::string
        name;  // canonical: the most frequent of its fullest forms; never empty, no control characters
    EntityType type = EntityType::OTHER;  // the most frequent type of its mentions
    bool named = true;           // false: known by a phrase inside one document ("the collision off Nordvik")
    std::vector<Alias> aliases;  // forms other than `name`, most frequent first, ties by bytes
    std::size_t mentions = 0;    // names, nominals and pronouns
    std::size_t documents = 0;   // in which it is mentioned
};

// Why a name form belongs to an entity.
enum class MergeReason {
    spelling,        // differs by case, accents, punctuation or a leading "the"
    legal_suffix,    // "Halden Motor AG", "Halden Motor"
    title,           // "Dr Mei Tanaka", "Mei Tanaka"
    surname,         // "Tanaka" in a document with exactly one person of that surname
    document_chain,  // one document uses both for the same thing
    alias,           // a short form alone in one document, used for exactly one longer name in others
    acronym,         // "ECB", "European Central Bank"
    middle_name,     // "Mei L. Tanaka", "Mei Tanaka"
    known_name,      // the built-in table of countries and unions: "US", "United States"
    retyped,         // one word that one document takes for a person and others name as something else
};
std::string_view to_string(MergeReason reason);

struct Merge {
    EntityId entity;
    std::string form;  // as written
    std::string into;  // the canonical name
    MergeReason reason = MergeReason::spelling;
    double score = 0;           // 0..1, how sure the rule is
    std::size_t documents = 0;  // in which the form was seen
};

}  // namespace relata::graph
