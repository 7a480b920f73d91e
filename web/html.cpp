// SPDX-License-Identifier: Apache-2.0
#include "web/html.hpp"

#include <charconv>

#include "core/utf8.hpp"

namespace relata::web {
namespace {

// U+202A..202E and U+2066..2069 change the direction of everything behind them. Marks (U+200E, U+200F) and
// joiners are part of ordinary Arabic, Hebrew and Indic text and stay.
bool overrides_direction(char32_t code_point) {
    return (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
}

void append_note(std::string& out, char32_t code_point) {
    char digits[8];
    const auto end = std::to_chars(digits, digits + sizeof digits, static_cast<unsigned>(code_point), 16).ptr;
    out += "[U+";
    for (const char* at = digits; at != end; ++at)
        out += (*at >= 'a') ? static_cast<char>(*at - 'a' + 'A') : *at;
    out += ']';
}

void append_escaped(std::string& out, std::string_view words) {
    out.reserve(out.size() + words.size());
    for (std::size_t at = 0; at < words.size();) {
        const auto byte = static_cast<unsigned char>(words[at]);
        if (byte < 0x80) {
            ++at;
            switch (byte) {
                case '&':
                    out += "&amp;";
                    break;
                case '<':
                    out += "&lt;";
                    break;
                case '>':
                    out += "&gt;";
                    break;
                case '"':
                    out += "&quot;";
                    break;
                case '\'':
                    out += "&#39;";
                    break;
                case '\t':
                case '\n':
                case '\r':
                    out += static_cast<char>(byte);
                    break;
                default:
                    if (byte < 0x20)
                        utf8::append(out, U'\u2400' + byte);
                    else if (byte == 0x7F)
                        utf8::append(out, U'\u2421');
                    else
                        out += static_cast<char>(byte);
            }
            continue;
        }
        const auto [code_point, length] = utf8::decode(words, at);
        if (overrides_direction(code_point))
            append_note(out, code_point);
        else if (code_point >= 0x80 && code_point < 0xA0)
            utf8::append(out, U'\uFFFD');
        else
            utf8::append(out, code_point);
        at += length;
    }
}

}  // namespace

Html& Html::text(std::string_view words) {
    append_escaped(bytes_, words);
    return *this;
}

std::string escape(std::string_view words) {
    std::string out;
    append_escaped(out, words);
    return out;
}

Html external_link(std::string_view address, std::string_view words) {
    if (!address.starts_with("https://") && !address.starts_with("http://")) return html("{}", words);
    return html("<a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">{}</a>", address,
                words);
}

std::string grouped(std::size_t number) {
    const std::string digits = std::to_string(number);
    if (digits.size() < 5) return digits;
    std::string out;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > 0 && (digits.size() - at) % 3 == 0) out += "\u202F";
        out += digits[at];
    }
    return out;
}

std::string counted(std::size_t number, std::string_view singular, std::string_view plural) {
    std::string out = grouped(number) + " ";
    if (number == 1) return out += singular;
    if (!plural.empty()) return out += plural;
    return (out += singular) += "s";
}

std::string decimal(double number) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, 2).ptr;
    return {digits, end};
}

}  // namespace relata::web
