// SPDX-License-Identifier: Apache-2.0
#include "export/output.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>

#include "core/error.hpp"

namespace relata::exporters {

Output& Output::operator<<(std::uint64_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return *this << std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void Output::drain() {
    errno = 0;
    stream_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    if (!stream_) throw IoError("output", "write", errno != 0 ? errno : EIO);
    buffer_.clear();
}

void Output::finish() {
    drain();
    errno = 0;
    stream_.flush();
    if (!stream_) throw IoError("output", "write", errno != 0 ? errno : EIO);
}

std::string fixed(double number, int decimals) {
    RELATA_EXPECTS(std::isfinite(number));
    std::array<char, 400> digits{};  // 1e308 has 309 digits before the point
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                   std::chars_format::fixed, decimals)
                         .ptr;
    std::string text(digits.data(), end);
    if (text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
    return text;
}

std::string shortest(double number) {
    RELATA_EXPECTS(std::isfinite(number));
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return {digits.data(), end};
}

std::string on_one_line(std::string_view text) {
    std::string line;
    bool space = false;
    for (const char c : text) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            space = !line.empty();
        } else {
            if (space) line += ' ';
            space = false;
            line += c;
        }
    }
    return line;
}

}  // namespace relata::exporters
