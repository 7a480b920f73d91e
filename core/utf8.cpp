// SPDX-License-Identifier: Apache-2.0
#include "core/utf8.hpp"

#include "core/error.hpp"

namespace relata::utf8 {
namespace {

constexpr char32_t k_replacement = 0xFFFD;

struct Sequence {
    char32_t value;
    std::size_t length;  // bytes used; for an ill-formed sequence its maximal subpart, at least 1
    bool valid;
};

// Unicode 15.0, table 3-7 (well-formed byte sequences) and the "maximal subpart" practice of section 3.9.
Sequence read(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return {lead, 1, true};
    std::size_t needed = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    char32_t value = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        needed = 1;
        value = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        needed = 2;
        value = lead & 0x0FU;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        needed = 3;
        value = lead & 0x07U;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {k_replacement, 1, false};
    }
    for (std::size_t i = 1; i <= needed; ++i) {
        if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high)
            return {k_replacement, i, false};
        value = (value << 6) | (byte(at + i) & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return {value, needed + 1, true};
}

}  // namespace

std::size_t first_invalid(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const Sequence sequence = read(text, at);
        if (!sequence.valid) return at;
        at += sequence.length;
    }
    return text.size();
}

std::string repair(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = read(text, at);
        if (sequence.valid) {
            out.append(text.substr(at, sequence.length));
        } else {
            append(out, k_replacement);
        }
        at += sequence.length;
    }
    return out;
}

CodePoint decode(std::string_view text, std::size_t at) {
    RELATA_EXPECTS(at < text.size());
    const Sequence sequence = read(text, at);
    return {sequence.value, sequence.valid ? sequence.length : 1};
}

void append(std::string& text, char32_t c) {
    const auto put = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

bool is_boundary(std::string_view text, std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

std::size_t utf16_offset(std::string_view text, std::size_t at) {
    RELATA_EXPECTS(at <= text.size());
    std::size_t units = 0;
    for (std::size_t i = 0; i < at; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;  // beyond the BMP: a surrogate pair
    }
    return units;
}

}  // namespace relata::utf8
