// SPDX-License-Identifier: Apache-2.0
// What commands say on standard error: messages that cannot steer the terminal, and progress.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace relata::cli {

// Text with control characters, line breaks included, as \xNN and \u{NNNN}: file names are foreign text.
std::string printable(std::string_view text);

// "relata: message" on standard error.
void report(std::string_view message);

// "1.2 s", "3 min 05 s"
std::string duration_text(double seconds);

// A line on the terminal that tells how far a run is; silent when standard error is no terminal.
class Progress {
  public:
    Progress();
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // `done` of `total` files so far, with `sentences` in them. Draws a few times a second at most.
    void update(std::size_t done, std::size_t total, std::size_t sentences);
    // Takes the line away.
    void clear();

  private:
    using Clock = std::chrono::steady_clock;
    bool terminal_;
    bool drawn_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = start_;
};

}  // namespace relata::cli
