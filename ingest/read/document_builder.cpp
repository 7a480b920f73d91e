// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/document_builder.hpp"

#include <utility>

#include "core/utf8.hpp"
#include "ingest/read/encoding.hpp"

namespace relata::ingest {

std::string collapse_space(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    bool pending = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [value, length] = utf8::decode(text, i);
        const bool space = value == ' ' || value == 0xA0 || (value >= 0x2000 && value <= 0x200B) ||
                           value == 0x2028 || value == 0x2029 || value == 0x202F || value == 0x3000 ||
                           is_control(value);
        if (space) {
            pending = !result.empty();
        } else if (value != 0xAD) {
            if (pending) result += ' ';
            pending = false;
            result.append(text, i, length);
        }
        i += length;
    }
    return result;
}

std::string ascii_lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return result;
}

void DocumentBuilder::add(BlockKind kind, std::string_view text) {
    const std::string clean = collapse_space(text);
    if (clean.empty()) return;
    std::string& all = document_.text;
    if (!all.empty()) all += "\n\n";
    const std::size_t begin = all.size();
    all += clean;
    document_.blocks.push_back({{begin, all.size()}, kind});
    if (kind == BlockKind::title && document_.title.empty()) document_.title = clean;
}

}  // namespace relata::ingest
