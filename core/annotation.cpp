// SPDX-License-Identifier: Apache-2.0
#include "core/annotation.hpp"

#include <array>

namespace relata {
namespace {

constexpr std::array<std::string_view, 17> k_upos_names = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                           "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                           "PUNCT", "SCONJ", "SYM", "VERB", "X"};
constexpr std::array<std::string_view, 18> k_type_names = {
    "PERSON", "ORG",  "GPE",  "LOC",   "FAC",     "NORP",     "PRODUCT", "WORK",     "EVENT",
    "LAW",    "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "OTHER"};

template <class Enum, std::size_t size>
std::optional<Enum> parse(const std::array<std::string_view, size>& names, std::string_view name) {
    for (std::size_t i = 0; i < size; ++i) {
        if (names[i] == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(Upos upos) {
    return k_upos_names[static_cast<std::size_t>(upos)];
}

std::optional<Upos> parse_upos(std::string_view name) {
    return parse<Upos>(k_upos_names, name);
}

std::string_view to_string(EntityType type) {
    return k_type_names[static_cast<std::size_t>(type)];
}

std::optional<EntityType> parse_entity_type(std::string_view name) {
    return parse<EntityType>(k_type_names, name);
}

bool is_value(EntityType type) {
    return type >= EntityType::DATE && type <= EntityType::CARDINAL;
}

std::string_view to_string(MentionKind kind) {
    switch (kind) {
        case MentionKind::name:
            return "name";
        case MentionKind::nominal:
            return "nominal";
        case MentionKind::pronoun:
            return "pronoun";
    }
    return "name";
}

}  // namespace relata
