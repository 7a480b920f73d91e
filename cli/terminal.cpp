// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.hpp"

#include <unistd.h>

#include <array>
#include <charconv>
#include <cmath>
#include <iostream>

#include "core/utf8.hpp"

namespace relata::cli {
namespace {

std::string hex(std::uint32_t value) {
    std::array<char, 9> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
    return {digits.data(), end};
}

bool steers(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto [value, length] = utf8::decode(text, i);
        if (length == 1 && static_cast<unsigned char>(text[i]) >= 0x80) {
            result += "\\x" + hex(static_cast<unsigned char>(text[i]));
        } else if (steers(value)) {
            result += value < 0x20 ? (value < 0x10 ? "\\x0" : "\\x") + hex(value) : "\\u{" + hex(value) + "}";
        } else {
            result.append(text, i, length);
        }
        i += length;
    }
    return result;
}

void report(std::string_view message) {
    std::cout.flush();
    std::string text = "relata: ";
    for (;;) {
        const std::size_t end = message.find('\n');
        text += printable(message.substr(0, end)) + '\n';
        if (end == std::string_view::npos) break;
        // Further lines are indented, so that no name with a line break can pass for a message of its own.
        text += "  ";
        message.remove_prefix(end + 1);
    }
    std::cerr << text;
}

std::string duration_text(double seconds) {
    if (seconds < 60) {
        const long tenths = std::lround(seconds * 10);
        return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
    }
    const long whole = std::lround(seconds);
    const std::string rest = std::to_string(whole % 60);
    return std::to_string(whole / 60) + " min " + (rest.size() < 2 ? "0" : "") + rest + " s";
}

Progress::Progress() : terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    clear();
}

void Progress::update(std::size_t done, std::size_t total, std::size_t sentences) {
    if (!terminal_) return;
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    drawn_ = true;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    std::string line = "\r\x1B[K" + std::to_string(done) + "/" + std::to_string(total) + " files, " +
                       std::to_string(sentences) + " sentences, " +
                       std::to_string(std::lround(static_cast<double>(sentences) / seconds)) + "/s";
    if (done > 0 && done < total) {
        line += ", " +
                duration_text(seconds / static_cast<double>(done) * static_cast<double>(total - done)) +
                " left";
    }
    std::cerr << line << std::flush;
}

void Progress::clear() {
    if (drawn_) std::cerr << "\r\x1B[K" << std::flush;
    drawn_ = false;
}

}  // namespace relata::cli
