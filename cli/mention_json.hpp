// SPDX-License-Identifier: Apache-2.0
// The format of `relata analyse --mentions`: one JSON object a sentence with its tokens and everything that
// can be an argument of a fact; and of `--candidates`: one object a document with the questions of
// coreference. docs/analyse.md documents both; the trainer relies on them.
#pragma once

#include <string_view>

#include "core/analysed_document.hpp"
#include "core/json.hpp"
#include "ingest/language/fact_heads.hpp"

namespace relata::cli {

// One object a line. Precondition: mentions and chains are those of ingest::find_mentions. `document` is the
// document's name as shown.
void write_mentions(json::Writer& writer, const AnalysedDocument& analysed, std::size_t sentence,
                    std::string_view document);

// One object: tokens, mentions, each anaphor with its candidates and their features, and what the heads give
// for each mention. Precondition: names are there; mentions and chains are made anew.
void write_candidates(json::Writer& writer, AnalysedDocument& analysed, const ingest::FactHeads& heads,
                      const ingest::WordVectors& vectors);

}  // namespace relata::cli
