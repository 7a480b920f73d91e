// SPDX-License-Identifier: Apache-2.0
// CoNLL-U in and out (https://universaldependencies.org/format.html). docs/analyse.md documents the MISC
// column: SpaceAfter=No, NER=B-ORG, Span=begin:end, Pred=Yes, Args=3:ARG0,7:ARGM-TMP. Readers make documents
// whose text is rebuilt from the tokens; multiword tokens are read as their syntactic words where these spell
// the token, else as the token's text split among them; empty nodes are skipped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"

namespace relata::ingest {

// One document per `# newdoc`, at least one when there is a sentence. Throws InputError{source, line}.
std::vector<AnalysedDocument> read_conllu(std::string_view text, const std::string& source);

// One sentence a line, tokens parted by blanks and kept as they are; one document. Empty lines are skipped.
AnalysedDocument read_tokens(std::string_view text, const std::string& source);

// Sentences with their trees, names (MISC NER=) and roles; ends with a blank line per sentence.
std::string write_conllu(const AnalysedDocument& analysed);

}  // namespace relata::ingest
