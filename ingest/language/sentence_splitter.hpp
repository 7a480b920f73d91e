// SPDX-License-Identifier: Apache-2.0
// Where sentences end: a linear classifier over the tokens around each gap inside a block
// (model/splitter.tsv, made by train/splitter.py). Web text without full stops and headlines are learned
// cases, abbreviations are tokens with their stop. Immutable after loading; linear time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/span.hpp"

namespace relata::ingest {

class SentenceSplitter {
  public:
    // Throws IoError or FormatError.
    static SentenceSplitter load(const std::filesystem::path& table);

    // Indices behind the last token of each sentence, ascending; the last one is tokens.size(). Empty for no
    // tokens.
    std::vector<std::size_t> split(std::string_view text, std::span<const ByteSpan> tokens) const;

  private:
    std::unordered_set<std::uint64_t> words_;           // hashes of the words that features name
    std::unordered_map<std::uint64_t, float> weights_;  // by hash of the feature
};

}  // namespace relata::ingest
