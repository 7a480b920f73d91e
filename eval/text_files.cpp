// SPDX-License-Identifier: Apache-2.0
#include "eval/text_files.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>

#include "core/error.hpp"

namespace relata::eval {

std::string read_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw IoError(path.string(), "open", errno);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const auto end = text.find(separator, begin);
        if (end == std::string_view::npos) {
            parts.push_back(text.substr(begin));
            return parts;
        }
        parts.push_back(text.substr(begin, end - begin));
        begin = end + separator.size();
    }
}

std::vector<std::string_view> split_blanks(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    std::vector<std::string_view> parts;
    for (std::size_t begin = text.find_first_not_of(blanks); begin < text.size();) {
        const auto end = std::min(text.find_first_of(blanks, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = std::min(text.find_first_not_of(blanks, end), text.size());
    }
    return parts;
}

}  // namespace relata::eval
