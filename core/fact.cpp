// SPDX-License-Identifier: Apache-2.0
#include "core/fact.hpp"

#include <array>

namespace relata {
namespace {

constexpr std::array<std::string_view, 2> k_polarities = {"positive", "negative"};
constexpr std::array<std::string_view, 6> k_modalities = {"asserted",     "planned", "possible",
                                                          "hypothetical", "denied",  "alleged"};
constexpr std::array<std::string_view, 6> k_value_kinds = {"QUANTITY", "MONEY", "PERCENT",
                                                           "DATE",     "TITLE", "TEXT"};

template <class Enum, std::size_t size>
std::optional<Enum> parse(const std::array<std::string_view, size>& names, std::string_view name) {
    for (std::size_t i = 0; i < size; ++i) {
        if (names[i] == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(Polarity polarity) {
    return k_polarities[static_cast<std::size_t>(polarity)];
}
std::string_view to_string(Modality modality) {
    return k_modalities[static_cast<std::size_t>(modality)];
}
std::string_view to_string(ValueKind kind) {
    return k_value_kinds[static_cast<std::size_t>(kind)];
}
std::optional<Polarity> parse_polarity(std::string_view name) {
    return parse<Polarity>(k_polarities, name);
}
std::optional<Modality> parse_modality(std::string_view name) {
    return parse<Modality>(k_modalities, name);
}
std::optional<ValueKind> parse_value_kind(std::string_view name) {
    return parse<ValueKind>(k_value_kinds, name);
}

}  // namespace relata
