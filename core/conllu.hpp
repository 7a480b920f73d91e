// SPDX-License-Identifier: Apache-2.0
// CoNLL-U in and out (https://universaldependencies.org/format.html). docs/analyse.md documents the MISC
// column: SpaceAfter=No, NER=B-ORG (names, IOB2), Span=begin:end, Pred=Yes and Args=3:ARG0,7:ARGM-TMP (ids of
// the heads of its arguments). Readers build the text of a document from its tokens; multiword tokens are
// read as their syntactic words, empty nodes are skipped. A `# newpar` starts a block.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"

namespace relata {

// One document per `# newdoc`, at least one when there is a sentence. Its source is the id of its `# newdoc`,
// or `source` when there is none. Throws InputError{source, line}.
std::vector<AnalysedDocument> read_conllu(std::string_view text, const std::string& source);

// One sentence a line, tokens parted by blanks and kept as they are; one document, one block a line. Empty
// lines are skipped. Throws InputError when the text is not valid UTF-8.
AnalysedDocument read_tokens(std::string_view text, const std::string& source);

// Sentences with their trees, names and roles; a blank line behind each.
std::string write_conllu(const AnalysedDocument& analysed);

}  // namespace relata
