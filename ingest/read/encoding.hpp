// SPDX-License-Identifier: Apache-2.0
// Bytes of a file -> clean UTF-8. Understands byte order marks (UTF-8, UTF-16, UTF-32), UTF-8 and the legacy
// encodings that uchardet names; what is neither is read as Windows-1252, the superset of Latin-1 that
// western text of the last decades is written in. The result is valid UTF-8 with LF line ends and without
// control characters: each one but tab and newline becomes a blank, also C1 and the invisible marks that
// reverse text direction, so that no later module has to fear them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relata::ingest {

struct DecodedText {
    std::string text;
    std::string encoding;      // as ICU names it: "UTF-8", "windows-1252", …
    std::size_t repaired = 0;  // ill-formed sequences replaced by U+FFFD
};

// `declared` is the encoding that the file claims for itself (HTML), or empty; believed only when the bytes
// are not UTF-8. Throws InputError{source} when the bytes are no text at all, naming what they look like.
DecodedText decode_text(std::string_view bytes, const std::string& source, std::string_view declared = {});

// The second half of decode_text, for text that came in as valid UTF-8 (a string of a JSON file).
std::string clean_text(std::string_view utf8);

// C0, C1, and the marks that reverse the direction of text or show nothing (Unicode 15, section 23).
bool is_control(char32_t code_point);

}  // namespace relata::ingest
