// SPDX-License-Identifier: Apache-2.0
// Tokens after the conventions of UD English-EWT
// (https://universaldependencies.org/en/index.html#tokenization): clitics apart (do n't, Anna 's, gon na),
// hyphenated compounds in three (well - known) except after a prefix (non-profit), currency and % apart from
// numbers, web and mail addresses whole. Pure functions; linear time.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.hpp"

namespace relata::ingest {

// Tokens of text[within], in order, without overlap, none empty; what lies between them is white space or
// control characters. Spans count bytes of `text`. Precondition: text is valid UTF-8 and within lies on its
// boundaries.
std::vector<ByteSpan> tokenise(std::string_view text, ByteSpan within);

}  // namespace relata::ingest
