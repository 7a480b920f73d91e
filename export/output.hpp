// SPDX-License-Identifier: Apache-2.0
// Output: a buffer in front of a stream, with the few ways of writing that exporters share. A stream that
// fails (a full disk, a closed pipe) ends the export with IoError instead of going on in vain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace relata::exporters {

class Output {
  public:
    explicit Output(std::ostream& stream) : stream_(stream) {}
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    Output& operator<<(std::string_view text) {
        buffer_ += text;
        if (buffer_.size() >= k_block) drain();
        return *this;
    }
    Output& operator<<(std::uint64_t number);
    // Writes what is left. Must be called once at the end.
    void finish();

  private:
    static constexpr std::size_t k_block = 1U << 16U;
    void drain();
    std::ostream& stream_;
    std::string buffer_;
};

// With `decimals` digits behind the point, never "-0.00". Precondition: finite.
std::string fixed(double number, int decimals);
// The shortest text that reads back equal. Precondition: finite.
std::string shortest(double number);
// White space, line ends included, becomes single spaces.
std::string on_one_line(std::string_view text);

}  // namespace relata::exporters
