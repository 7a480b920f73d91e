// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/encoding.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace relata::ingest {
namespace {

// Enough of a file to tell what it is; detectors need no more and a 10 MB file would cost a second.
constexpr std::size_t k_sniffed_bytes = 256 * 1024;

// First bytes of files that people leave among their articles.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> k_signatures{{
    {"%PDF-", "a PDF document"},
    {"PK\x03\x04", "a ZIP archive or an office document"},
    {"\x89PNG", "a PNG picture"},
    {"\xFF\xD8\xFF", "a JPEG picture"},
    {"GIF8", "a GIF picture"},
    {"\x7F"
     "ELF",
     "a program"},
    {"MZ\x90", "a program"},
    {"\x1F\x8B", "gzip-compressed data"},
    {"BZh9", "bzip2-compressed data"},
    {"\xFD"
     "7zXZ",
     "xz-compressed data"},
    {"SQLite format 3", "a SQLite database"},
}};

std::string convert(std::string_view bytes, const std::string& encoding, const std::string& source) {
    UErrorCode status = U_ZERO_ERROR;
    const auto size = static_cast<std::int32_t>(bytes.size());
    const std::int32_t needed =
        ucnv_convert("UTF-8", encoding.c_str(), nullptr, 0, bytes.data(), size, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status)) {
        throw InputError(source, "cannot be converted from " + encoding);
    }
    std::string text(static_cast<std::size_t>(needed), '\0');
    status = U_ZERO_ERROR;
    ucnv_convert("UTF-8", encoding.c_str(), text.data(), needed, bytes.data(), size, &status);
    if (U_FAILURE(status)) throw InputError(source, "cannot be converted from " + encoding);
    return text;
}

bool known_to_icu(const std::string& encoding) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open(encoding.c_str(), &status);
    if (U_FAILURE(status)) return false;
    ucnv_close(converter);
    return true;
}

std::string detected_encoding(std::string_view bytes) {
    uchardet_t detector = uchardet_new();
    uchardet_handle_data(detector, bytes.data(), std::min(bytes.size(), k_sniffed_bytes));
    uchardet_data_end(detector);
    std::string name = uchardet_get_charset(detector);
    uchardet_delete(detector);
    return name;
}

std::string legacy_encoding(std::string_view bytes, std::string_view declared) {
    if (!declared.empty()) {
        std::string name(declared);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        // The HTML standard reads both labels as Windows-1252 (encoding.spec.whatwg.org, names and labels).
        if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii") {
            return "windows-1252";
        }
        if (name.rfind("utf", 0) != 0 && known_to_icu(name)) return name;
    }
    const auto high = std::count_if(bytes.begin(), bytes.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    // English with a few accents and curly quotes: too little for a statistical guess, and Windows-1252 it
    // is.
    if (static_cast<std::size_t>(high) * 20 < bytes.size()) return "windows-1252";
    const std::string name = detected_encoding(bytes);
    const bool western = name.empty() || name == "ASCII" || name == "ISO-8859-1" || name == "ISO-8859-15" ||
                         name == "WINDOWS-1252";
    return western || name.rfind("UTF-8", 0) == 0 || !known_to_icu(name) ? "windows-1252" : name;
}

// UTF-16 without a mark: half of the bytes of English text are then zero, all on one side.
std::optional<std::string> unmarked_utf16(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, std::min<std::size_t>(bytes.size(), 4096) / 2 * 2);
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i] == '\0') ++(i % 2 == 0 ? even : odd);
    }
    if (head.size() < 16) return std::nullopt;
    if (odd * 5 > head.size() * 2 && even * 50 < head.size()) return "UTF-16LE";
    if (even * 5 > head.size() * 2 && odd * 50 < head.size()) return "UTF-16BE";
    return std::nullopt;
}

// A stray control character is a slip of somebody's export; one in fifty bytes is no text.
void refuse_binary(std::string_view bytes, const std::string& source) {
    const std::string_view head = bytes.substr(0, k_sniffed_bytes);
    std::size_t zeros = 0;
    std::size_t controls = 0;
    for (const char c : head) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0) ++zeros;
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != '\v')
            ++controls;
    }
    if ((zeros >= 3 && zeros * 1000 > head.size()) || (controls >= 8 && controls * 50 > head.size())) {
        throw InputError(source, "is binary data, not text");
    }
}

std::size_t count_ill_formed(std::string_view text, std::size_t& multibyte) {
    std::size_t bad = 0;
    multibyte = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
            continue;
        }
        const auto [value, length] = utf8::decode(text, i);
        ++(length > 1 ? multibyte : bad);
        i += length;
    }
    return bad;
}

}  // namespace

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB);
}

std::string clean_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x80) {
            const auto [value, length] = utf8::decode(text, i);
            if (value == 0x2028 || value == 0x2029) {
                clean += '\n';
            } else if (is_control(value)) {
                clean.append(length, ' ');
            } else {
                clean.append(text, i, length);
            }
            i += length;
            continue;
        }
        if (byte == '\r') {
            clean += '\n';
            i += i + 1 < text.size() && text[i + 1] == '\n' ? 2U : 1U;
            continue;
        }
        const bool keep = byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7F);
        clean += keep ? text[i] : byte == '\f' || byte == '\v' ? '\n' : ' ';
        ++i;
    }
    return clean;
}

DecodedText decode_text(std::string_view bytes, const std::string& source, std::string_view declared) {
    for (const auto& [signature, what] : k_signatures) {
        if (bytes.substr(0, signature.size()) == signature) {
            throw InputError(source, "is " + std::string(what) + ", not text");
        }
    }
    constexpr std::string_view utf32_le("\xFF\xFE\0\0", 4);
    constexpr std::string_view utf32_be("\0\0\xFE\xFF", 4);
    const auto starts = [&](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
    DecodedText decoded;
    if (starts("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    } else if (starts(utf32_le)) {
        decoded.encoding = "UTF-32LE";
        bytes.remove_prefix(4);
    } else if (starts(utf32_be)) {
        decoded.encoding = "UTF-32BE";
        bytes.remove_prefix(4);
    } else if (starts("\xFF\xFE")) {
        decoded.encoding = "UTF-16LE";
        bytes.remove_prefix(2);
    } else if (starts("\xFE\xFF")) {
        decoded.encoding = "UTF-16BE";
        bytes.remove_prefix(2);
    } else if (const auto utf16 = unmarked_utf16(bytes)) {
        decoded.encoding = *utf16;
    }
    if (decoded.encoding.empty()) {
        refuse_binary(bytes, source);
        if (utf8::is_valid(bytes)) {
            decoded.encoding = "UTF-8";
            decoded.text = clean_text(bytes);
            return decoded;
        }
        std::size_t multibyte = 0;
        const std::size_t bad = count_ill_formed(bytes, multibyte);
        // Mostly well-formed sequences cannot be chance: UTF-8 with damage (RFC 3629, section 9).
        if (multibyte > 2 * bad) {
            decoded.encoding = "UTF-8";
            decoded.repaired = bad;
            decoded.text = clean_text(utf8::repair(bytes));
            return decoded;
        }
        decoded.encoding = legacy_encoding(bytes, declared);
    }
    decoded.text = clean_text(utf8::repair(convert(bytes, decoded.encoding, source)));
    return decoded;
}

}  // namespace relata::ingest
