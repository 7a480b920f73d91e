// SPDX-License-Identifier: Apache-2.0
// WordVectors: what the encoder saw in the words of one document, kept beside the document for heads that
// need to know its mentions first. In 8 bits with one scale a row, as the heads read it: 388 bytes a word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest/language/kernels.hpp"

namespace relata::ingest {

struct WordVectors {
    // Words that the encoder read together: a sentence, or a part of a very long one.
    struct Stretch {
        std::size_t sentence = 0;
        std::size_t first = 0, last = 0;  // token indices, half open
        std::size_t row = 0;              // of the root; the words' rows follow
    };
    std::vector<Stretch> stretches;    // in text order
    std::vector<std::uint8_t> values;  // [rows][k_hidden], zero point 128
    std::vector<float> scales;         // [rows]

    bool empty() const { return stretches.empty(); }
};

}  // namespace relata::ingest
