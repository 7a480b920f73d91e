// SPDX-License-Identifier: Apache-2.0
// The passes of the encoder between its matrix products, one build per instruction set, chosen when the
// program runs. All builds give the same bits: sums run over 16 lanes in a fixed order and nothing is
// contracted to fused multiply-adds. Every row of a matrix is computed on its own, so results do not depend
// on what else is in the batch. Rows are contiguous; columns are multiples of 16.
#pragma once

#include <cstddef>
#include <cstdint>

namespace relata::ingest {

inline constexpr std::size_t k_hidden = 384;
inline constexpr std::size_t k_inner = 1536;
inline constexpr std::size_t k_attention_heads = 12;
inline constexpr std::size_t k_head_size = k_hidden / k_attention_heads;

// What turns the sums of a product into values: for 8-bit sums
// value = (sum - offset[column]) * row_scale * scale[column] + bias[column], for f32 sums value = sum +
// bias[column].
struct Dequantiser {
    const float* scale = nullptr;
    const std::int32_t* offset = nullptr;
    const float* bias = nullptr;
    std::size_t columns = 0;
};

// f32 weights [in, columns] in stripes of 16 columns, one behind the other: a product walks through memory.
inline constexpr std::size_t k_stripe = 16;
struct Stripes {
    const float* weights = nullptr;
    const float* bias = nullptr;
    std::size_t in = 0, columns = 0;
};

struct Norm {
    const float* weight = nullptr;
    const float* bias = nullptr;
};

// u8 values with zero point 128 and one scale per row.
struct QuantisedRows {
    std::uint8_t* values = nullptr;
    float* scales = nullptr;
};

struct Kernels {
    const char* name;

    void (*quantise)(const float* x, std::size_t rows, std::size_t columns, QuantisedRows out);
    // x = norm(x) in place, and quantised into `out` unless that is empty.
    void (*normalise)(float* x, std::size_t rows, Norm norm, QuantisedRows out);

    // out = values of the sums.
    void (*linear_int8)(const std::int32_t* sums, std::size_t rows, const Dequantiser& d,
                        const float* row_scales, float* out);
    void (*linear_f32)(const float* sums, std::size_t rows, const Dequantiser& d, float* out);
    // out = gelu(values of the sums); in 8 bits also quantised into `quantised`, which `out` then is scratch
    // for (one row).
    void (*gelu_int8)(const std::int32_t* sums, std::size_t rows, const Dequantiser& d,
                      const float* row_scales, float* scratch, QuantisedRows quantised);
    void (*gelu_f32)(const float* sums, std::size_t rows, const Dequantiser& d, float* out);
    void (*gelu)(float* x, std::size_t n);
    // x = norm(x + values of the sums), quantised into `out` unless that is empty.
    void (*residual_int8)(const std::int32_t* sums, std::size_t rows, const Dequantiser& d,
                          const float* row_scales, float* x, Norm norm, QuantisedRows out);
    void (*residual_f32)(const float* sums, std::size_t rows, const Dequantiser& d, float* x, Norm norm);

    // Self-attention of one sequence: qkv [n, 3 * k_hidden] -> out [n, k_hidden]. `scratch` holds
    // attention_scratch(n) floats.
    void (*attention)(const float* qkv, std::size_t n, float* out, float* scratch);

    // out[i] = a · rows[i] for `count` rows that lie `stride` floats apart. columns is a multiple of 16.
    void (*dots)(const float* a, const float* rows, std::size_t count, std::size_t stride,
                 std::size_t columns, float* out);

    // out = x · weights + bias for rows of x that lie `stride` floats apart. Sums run over `in` in order.
    void (*affine)(const float* x, std::size_t rows, std::size_t stride, const Stripes& s, float* out);
};

constexpr std::size_t attention_scratch(std::size_t n) {
    return (n + 15) / 16 * 16 * (k_head_size + 4);
}

enum class VectorSet { baseline, avx2, avx512 };
const Kernels& kernels(VectorSet set);

}  // namespace relata::ingest
