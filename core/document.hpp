// SPDX-License-Identifier: Apache-2.0
// Document: one article as read. `text` is valid UTF-8, immutable after reading and never normalised in
// place: every span in Relata counts its bytes. `blocks` are the parts of the text that hold prose, in order,
// without overlap; sentences never cross a block. What a reader leaves out of the blocks (navigation,
// bylines) is not analysed.
#pragma once

#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/span.hpp"

namespace relata {

enum class BlockKind {
    title,  // the headline; part of the text, so that its facts have evidence
    heading,
    paragraph,
    list_item,
    sentence,  // exactly one sentence, as its source says; not split further
};

struct Block {
    ByteSpan span;
    BlockKind kind = BlockKind::paragraph;
};

struct Document {
    DocumentId id;       // derived from source and text by make_document_id
    std::string source;  // path as given by the user, or path#id for one record of a JSON-lines file
    std::string uri;     // where it was published, if the file says so
    std::string title;
    std::string author;
    std::string published;  // ISO 8601 date with the precision known ("2026-03", "2026-03-12"), or empty
    std::string publisher;  // the outlet, if the file says so
    std::string language = "en";  // BCP 47
    std::string text;
    std::vector<Block> blocks;
};

// Same source and same text give the same id on every machine.
DocumentId make_document_id(const std::string& source, const std::string& text);

}  // namespace relata
