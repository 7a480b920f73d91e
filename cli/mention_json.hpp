// SPDX-License-Identifier: Apache-2.0
// The format of `relata analyse --mentions`: one JSON object a sentence with its tokens and everything that
// can be an argument of a fact. docs/analyse.md documents it; the trainer relies on it.
#pragma once

#include <string_view>

#include "core/analysed_document.hpp"
#include "core/json.hpp"

namespace relata::cli {

// One object a line. Precondition: mentions and chains are those of ingest::find_mentions. `document` is the
// document's name as shown.
void write_mentions(json::Writer& writer, const AnalysedDocument& analysed, std::size_t sentence,
                    std::string_view document);

}  // namespace relata::cli
