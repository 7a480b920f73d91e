// SPDX-License-Identifier: Apache-2.0
// Words as the encoder sees them: ids of wordpieces (BERT uncased) and a class for how the word is
// capitalised. model/FORMAT.md defines both. Immutable after loading.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relata::ingest {

inline constexpr std::size_t k_pieces_per_word = 12;

class WordPieces {
  public:
    // One piece a line, the line number from 0 is its id. Throws IoError or FormatError.
    static WordPieces load(const std::filesystem::path& vocabulary);

    // Appends 1 to 12 ids; what a longer word has beyond them is dropped.
    void append(std::string_view word, std::vector<std::int32_t>& ids) const;

    std::int32_t start() const { return start_; }  // [CLS]
    std::int32_t end() const { return end_; }      // [SEP]
    std::size_t size() const { return size_; }

  private:
    void append_part(std::u32string_view part, std::vector<std::int32_t>& ids) const;

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    using Pieces = std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>>;
    Pieces initial_, continued_;  // "play", and "##ing" without its ##
    std::size_t longest_ = 0;     // bytes
    std::size_t size_ = 0;
    std::int32_t start_ = 0, end_ = 0, unknown_ = 0;
};

// 1..15, the casing class of a word; the first word of a sentence has classes of its own.
std::uint8_t casing_class(std::string_view word, bool first);

// Lower case by one-to-one mappings only.
char32_t simple_lower(char32_t c);
char32_t simple_upper(char32_t c);

}  // namespace relata::ingest
