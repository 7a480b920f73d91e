// SPDX-License-Identifier: Apache-2.0
// UTF-8: validation, walking code points, and conversion of byte offsets at the browser and RDF edges.
// Text inside Relata is valid UTF-8 (readers see to it), so the walking functions may assume it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relata::utf8 {

// Byte offset of the first ill-formed sequence (Unicode 15, table 3-7), or text.size() when all is well.
std::size_t first_invalid(std::string_view text);
inline bool is_valid(std::string_view text) {
    return first_invalid(text) == text.size();
}

// Replaces each ill-formed sequence (maximal subpart) by U+FFFD.
std::string repair(std::string_view text);

struct CodePoint {
    char32_t value;
    std::size_t length;  // in bytes, 1..4
};
// The code point that starts at `at`. An ill-formed byte gives U+FFFD of length 1. Precondition: at <
// text.size().
CodePoint decode(std::string_view text, std::size_t at);
void append(std::string& text, char32_t code_point);

// True where `at` is the end of the text or not inside a multi-byte sequence.
bool is_boundary(std::string_view text, std::size_t at);

std::size_t code_points(std::string_view text);
// Number of UTF-16 code units before byte offset `at`: the unit of JavaScript strings.
std::size_t utf16_offset(std::string_view text, std::size_t at);

}  // namespace relata::utf8
