// SPDX-License-Identifier: Apache-2.0
// ByteSpan: the one unit of position in Relata.
// Half-open range of bytes [begin, end) of Document::text (UTF-8). Both ends lie on code-point boundaries.
// Code points and UTF-16 units appear only at the browser and RDF edges, through the named functions of
// utf8.hpp.
#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

namespace relata {

struct ByteSpan {
    std::size_t begin = 0;
    std::size_t end = 0;

    constexpr std::size_t size() const { return end - begin; }
    constexpr bool empty() const { return begin == end; }
    constexpr bool contains(ByteSpan other) const { return begin <= other.begin && other.end <= end; }
    constexpr bool overlaps(ByteSpan other) const { return begin < other.end && other.begin < end; }
    // The bytes of `text` under this span. Precondition: end <= text.size().
    constexpr std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
    friend constexpr auto operator<=>(const ByteSpan&, const ByteSpan&) = default;
};

// The smallest span that holds both.
constexpr ByteSpan cover(ByteSpan a, ByteSpan b) {
    return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace relata
