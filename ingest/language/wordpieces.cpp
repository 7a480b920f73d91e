// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/wordpieces.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace relata::ingest {
namespace {

constexpr std::size_t k_longest_part = 100;  // characters; longer parts are [UNK]

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

bool is_cjk(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
           (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) ||
           (c >= 0x2B820 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

bool is_punctuation(char32_t c) {
    if ((c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126))
        return true;
    return c >= 128 && (U_MASK(u_charType(static_cast<UChar32>(c))) & U_GC_P_MASK) != 0;
}

std::u32string decomposed(std::string_view word) {
    std::u32string text;
    if (is_ascii(word)) {
        text.assign(word.begin(), word.end());
        return text;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    icu::UnicodeString source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
    if (U_SUCCESS(status)) source = nfd->normalize(source, status);
    for (std::int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1))
        text += static_cast<char32_t>(source.char32At(i));
    return text;
}

}  // namespace

char32_t simple_lower(char32_t c) {
    if (c < 128) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x130) return c;  // its full lower case has two characters
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

char32_t simple_upper(char32_t c) {
    if (c < 128) return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c == 0xDF) return c;
    return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
}

WordPieces WordPieces::load(const std::filesystem::path& vocabulary) {
    std::ifstream in(vocabulary, std::ios::binary);
    if (!in) throw IoError(vocabulary.string(), "open", errno);
    WordPieces pieces;
    pieces.initial_.reserve(32768);
    std::string line;
    std::int32_t id = 0;
    while (std::getline(in, line)) {
        if (line.starts_with("##") && line.size() > 2) {
            pieces.continued_.emplace(line.substr(2), id);
        } else {
            pieces.initial_.emplace(line, id);
        }
        pieces.longest_ = std::max(pieces.longest_, line.size());
        ++id;
    }
    pieces.size_ = static_cast<std::size_t>(id);
    const auto special = [&](const char* name) {
        const auto found = pieces.initial_.find(std::string_view(name));
        if (found == pieces.initial_.end())
            throw FormatError(vocabulary.string(), std::string("no piece ") + name);
        return found->second;
    };
    pieces.start_ = special("[CLS]");
    pieces.end_ = special("[SEP]");
    pieces.unknown_ = special("[UNK]");
    return pieces;
}

void WordPieces::append_part(std::u32string_view part, std::vector<std::int32_t>& ids) const {
    if (part.size() > k_longest_part) {
        ids.push_back(unknown_);
        return;
    }
    std::string text;
    std::vector<std::size_t> offsets;  // of each character, and the end
    for (const char32_t c : part) {
        offsets.push_back(text.size());
        utf8::append(text, c);
    }
    offsets.push_back(text.size());
    const std::size_t before = ids.size();
    for (std::size_t begin = 0; begin < part.size();) {
        const Pieces& pieces = begin == 0 ? initial_ : continued_;
        std::size_t end = part.size();
        std::int32_t found = -1;
        for (; end > begin; --end) {
            const std::size_t bytes = offsets[end] - offsets[begin];
            if (bytes > longest_) continue;
            const auto at = pieces.find(std::string_view(text).substr(offsets[begin], bytes));
            if (at == pieces.end()) continue;
            found = at->second;
            break;
        }
        if (found < 0) {
            ids.resize(before);
            ids.push_back(unknown_);
            return;
        }
        ids.push_back(found);
        begin = end;
    }
}

void WordPieces::append(std::string_view word, std::vector<std::int32_t>& ids) const {
    const std::size_t before = ids.size();
    std::u32string part;
    const auto finish = [&] {
        if (!part.empty()) append_part(part, ids);
        part.clear();
    };
    for (const char32_t c : decomposed(word.substr(0, 4096))) {
        if (ids.size() - before >= k_pieces_per_word) break;
        if (c >= 128) {
            const std::uint32_t category = U_MASK(u_charType(static_cast<UChar32>(c)));
            if (category & U_GC_MN_MASK) continue;
            if (category & (U_GC_Z_MASK | U_GC_C_MASK)) {
                finish();
                continue;
            }
        } else if (c <= 32 || c == 127) {
            finish();
            continue;
        }
        if (is_punctuation(c) || is_cjk(c)) {
            finish();
            append_part(std::u32string_view(&c, 1), ids);
            continue;
        }
        part += simple_lower(c);
    }
    finish();
    if (ids.size() == before) ids.push_back(unknown_);
    ids.resize(std::min(ids.size(), before + k_pieces_per_word));
}

std::uint8_t casing_class(std::string_view word, bool first) {
    std::size_t letters = 0, capitals = 0, digits = 0;
    bool first_is_capital = false;
    for (std::size_t i = 0; i < word.size();) {
        const auto [c, length] = utf8::decode(word, i);
        i += length;
        const std::uint32_t category = U_MASK(u_charType(static_cast<UChar32>(c)));
        if (category & U_GC_L_MASK) {
            if (category & (U_GC_LU_MASK | U_GC_LT_MASK)) {
                ++capitals;
                if (letters == 0) first_is_capital = true;
            }
            ++letters;
        } else if (category & U_GC_ND_MASK) {
            ++digits;
        }
    }
    if (letters == 0) return digits > 0 ? 8 : 9;
    if (digits > 0) return 7;
    std::uint8_t shape = 0;
    if (capitals == 0) {
        shape = 1;
    } else if (letters == 1) {
        shape = 2;
    } else if (capitals == letters) {
        shape = 3;
    } else if (capitals == 1 && first_is_capital) {
        shape = 4;
    } else {
        shape = first_is_capital ? 6 : 5;
    }
    return first ? static_cast<std::uint8_t>(shape + 9) : shape;
}

}  // namespace relata::ingest
