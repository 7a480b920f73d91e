// SPDX-License-Identifier: Apache-2.0
// Files of gold data as text, and their lines and columns. Views point into the text they are made from.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace relata::eval {

// Throws IoError.
std::string read_text(const std::filesystem::path& path);

// Calls `visit` with each line, without its line feed.
template <class Visit>
void each_line(std::string_view text, const Visit& visit) {
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        visit(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

// The parts between separators; one part when there is none.
std::vector<std::string_view> split(std::string_view text, std::string_view separator);

// The stretches between ASCII blanks and tabs.
std::vector<std::string_view> split_blanks(std::string_view text);

}  // namespace relata::eval
