// SPDX-License-Identifier: Apache-2.0
// Matrix products on oneDNN: y = x Wᵀ with fixed weights, in 8 bits (u8 × s8 -> exact s32 sums) or f32.
// Weights are packed once; execution is const and may run on many threads, one at a time each. A row of the
// result does not depend on the other rows: 8-bit sums are exact, and f32 products always run in blocks of
// k_f32_rows.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ingest/language/kernels.hpp"

namespace relata::ingest {

inline constexpr std::size_t k_f32_rows = 64;

// The CPU as oneDNN may use it (DNNL_MAX_CPU_ISA caps both alike).
struct Processor {
    std::string name;
    VectorSet vectors = VectorSet::baseline;
};
Processor effective_processor();

// Rows for which buffers of `rows` rows must have room, in either precision.
std::size_t padded_rows(std::size_t rows);

enum class Arithmetic { int8, f32 };

class Linear {
  public:
    // weights [out, in] with one scale per row; bias [out]. `out` is rounded up to a multiple of 16 by zero
    // rows: see columns(). The 8-bit copy is packed, the f32 one dequantised; only the one asked for is kept.
    Linear(Arithmetic arithmetic, std::span<const std::int8_t> weights, std::span<const float> scales,
           std::span<const float> bias, std::size_t in);
    ~Linear();
    Linear(Linear&&) noexcept;
    Linear& operator=(Linear&&) noexcept;

    std::size_t in() const;
    std::size_t columns() const;
    const Dequantiser& dequantiser() const;

    // x and sums have room for padded_rows(rows) rows; what x holds beyond `rows` is read and ignored.
    void multiply(const std::uint8_t* x, std::size_t rows, std::int32_t* sums) const;
    void multiply(const float* x, std::size_t rows, float* sums) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relata::ingest
