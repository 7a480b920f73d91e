// SPDX-License-Identifier: Apache-2.0
// One function a format: clean text (see encoding.hpp) -> Document without its id. They throw InputError when
// there is nothing to read in it. Inner to ingest/read; the way in is reader.hpp.
#pragma once

#include <string>
#include <string_view>

#include "core/document.hpp"

namespace relata::ingest {

// The text is kept as it is; blocks point into it.
Document read_plain_text(std::string text, const std::string& source);
// Adds the blocks of running text that starts at byte `from`; no title and no metadata are looked for.
void lay_out_body(Document& document, std::size_t from);
Document read_markdown(std::string_view text, const std::string& source);
Document read_html(std::string_view text, const std::string& source);

}  // namespace relata::ingest
