// SPDX-License-Identifier: Apache-2.0
// Puts the text of a Document together block by block for formats whose files are not the text themselves
// (Markdown, HTML, JSON lines): title, headings, paragraphs and list items, parted by blank lines.
#pragma once

#include <string>
#include <string_view>

#include "core/document.hpp"

namespace relata::ingest {

// Runs of white space (no-break spaces too) become one blank; blanks at the ends and soft hyphens go. Control
// characters count as white space: character references (&#7;) bring them back after decoding.
std::string collapse_space(std::string_view text);

// ASCII letters in lower case, all else kept.
std::string ascii_lower(std::string_view text);

class DocumentBuilder {
  public:
    explicit DocumentBuilder(std::string source) { document_.source = std::move(source); }
    // Appends one block of collapsed text; empty text adds nothing.
    void add(BlockKind kind, std::string_view text);
    Document& document() { return document_; }
    bool empty() const { return document_.blocks.empty(); }

  private:
    Document document_;
};

}  // namespace relata::ingest
