// SPDX-License-Identifier: Apache-2.0
// AnalysedDocument: the one value that ingest hands to graph. ingest fills it and knows no entity ids; graph
// reads it and knows no token heads beyond what stands here.
#pragma once

#include <vector>

#include "core/annotation.hpp"
#include "core/document.hpp"
#include "core/fact.hpp"

namespace relata {

struct AnalysedDocument {
    Document document;
    std::vector<Sentence> sentences;  // in text order
    std::vector<Mention> mentions;    // by sentence, then first token
    std::vector<Chain> chains;
    std::vector<FactMention> facts;         // by sentence
    std::vector<Proposition> propositions;  // by sentence; only where they were asked for
};

// The form of a token.
inline std::string_view form(const AnalysedDocument& analysed, const Token& token) {
    return token.span.of(analysed.document.text);
}

}  // namespace relata
