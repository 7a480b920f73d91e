// SPDX-License-Identifier: Apache-2.0
// Score: one number of the table that `relata eval` prints, with the limit it must keep.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace relata::eval {

struct Score {
    std::string corpus;                            // "EWT dev, gold tokens"
    std::string measure;                           // "LAS"
    double value = 0;                              // per cent
    std::optional<double> floor = std::nullopt;    // good when value >= floor
    std::optional<double> ceiling = std::nullopt;  // good when value <= ceiling

    bool keeps_limits() const;
};

// A table for people, two digits rounded down; scores that break their limit are marked.
std::string format_table(std::span<const Score> scores);

// 100 * part / whole; 0 when there is nothing.
double percentage(std::size_t part, std::size_t whole);

}  // namespace relata::eval
