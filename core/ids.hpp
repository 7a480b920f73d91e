// SPDX-License-Identifier: Apache-2.0
// Tagged ids: 64-bit values derived from content (never from order), so that links shown to users survive a
// rebuild. Ids of different things do not convert into one another. The textual form is 16 lower-case
// hexadecimal digits.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace relata {

std::string to_hex(std::uint64_t value);
// Exactly 16 hexadecimal digits, else nullopt.
std::optional<std::uint64_t> parse_hex(std::string_view text);

template <class Tag>
struct Id {
    std::uint64_t value = 0;

    friend constexpr auto operator<=>(const Id&, const Id&) = default;
    std::string text() const { return to_hex(value); }
    static std::optional<Id> parse(std::string_view text) {
        if (const auto parsed = parse_hex(text)) return Id{*parsed};
        return std::nullopt;
    }
};

using DocumentId = Id<struct DocumentTag>;
using EntityId = Id<struct EntityTag>;
using FactId = Id<struct FactTag>;

// A stable 64-bit hash of bytes (XXH3), equal on every machine; the source of all ids.
std::uint64_t content_hash(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace relata

template <class Tag>
struct std::hash<relata::Id<Tag>> {
    std::size_t operator()(relata::Id<Tag> id) const noexcept { return static_cast<std::size_t>(id.value); }
};
