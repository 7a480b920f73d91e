// SPDX-License-Identifier: Apache-2.0
#include "eval/score.hpp"

#include <algorithm>
#include <cmath>

namespace relata::eval {
namespace {

std::string number(double value) {
    // two digits, rounded down: 78.999 is not 79
    std::string text = std::to_string(std::floor(value * 100) / 100);
    return text.substr(0, text.find('.') + 3);
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string right(const std::string& text, std::size_t width) {
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

}  // namespace

bool Score::keeps_limits() const {
    return (!floor || value >= *floor) && (!ceiling || value <= *ceiling);
}

std::string format_table(std::span<const Score> scores) {
    std::size_t corpus_width = 6, measure_width = 7;
    for (const auto& score : scores) {
        corpus_width = std::max(corpus_width, score.corpus.size());
        measure_width = std::max(measure_width, score.measure.size());
    }
    std::string out =
        padded("corpus", corpus_width) + "  " + padded("measure", measure_width) + "   score    floor\n";
    for (const auto& score : scores) {
        out += padded(score.corpus, corpus_width) + "  " + padded(score.measure, measure_width) + "  " +
               right(number(score.value), 6);
        if (score.floor) out += "   " + right(number(*score.floor), 6);
        if (score.ceiling) out += "   " + right("<= " + number(*score.ceiling), 6);
        if (!score.keeps_limits()) out += score.floor ? "  below" : "  above";
        out += '\n';
    }
    return out;
}

double percentage(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace relata::eval
