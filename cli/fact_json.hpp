// SPDX-License-Identifier: Apache-2.0
// The format of `relata extract`: one JSON object a fact. docs/extract.md documents it; others rely on it.
#pragma once

#include <string_view>

#include "core/analysed_document.hpp"
#include "core/json.hpp"

namespace relata::cli {

// Writes one object. `document` is the document's name as shown.
void write_fact(json::Writer& writer, const AnalysedDocument& analysed, const FactMention& fact,
                std::string_view document);
void write_fact(json::Writer& writer, const AnalysedDocument& analysed, const Proposition& proposition,
                std::string_view document);

}  // namespace relata::cli
