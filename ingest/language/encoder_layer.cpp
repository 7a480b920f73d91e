// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/encoder_layer.hpp"

#include <algorithm>

namespace relata::ingest {
namespace {

void attend(const Kernels& kernels, std::span<const std::size_t> lengths, const float* qkv, float* mixed,
            float* scratch) {
    std::size_t at = 0;
    for (const std::size_t length : lengths) {
        kernels.attention(qkv + at * 3 * k_hidden, length, mixed + at * k_hidden, scratch);
        at += length;
    }
}

}  // namespace

Linear load_linear(const WeightFile& weights, Arithmetic arithmetic, const std::string& name, std::size_t out,
                   std::size_t in) {
    const auto scale = weights.f32(name + ".scale", out), bias = weights.f32(name + ".bias", out);
    return {arithmetic, weights.int8(name + ".weight", out, in), scale, bias, in};
}

void apply_linear(const Kernels& kernels, const Linear& linear, Arithmetic arithmetic, const float* x,
                  std::size_t rows, float* y, LayerMemory& memory) {
    const std::size_t room = padded_rows(rows);
    if (arithmetic == Arithmetic::int8) {
        const QuantisedRows q = {memory.quantised.need(room * linear.in()), memory.scales.need(room)};
        kernels.quantise(x, rows, linear.in(), q);
        std::fill(q.values + rows * linear.in(), q.values + room * linear.in(), std::uint8_t{128});
        std::int32_t* sums = memory.sums.need(room * linear.columns());
        linear.multiply(q.values, rows, sums);
        kernels.linear_int8(sums, rows, linear.dequantiser(), q.scales, y);
        return;
    }
    float* sums = memory.wide.need(room * linear.columns());
    linear.multiply(x, rows, sums);
    kernels.linear_f32(sums, rows, linear.dequantiser(), y);
}

EncoderLayer::EncoderLayer(const WeightFile& weights, Arithmetic arithmetic, const std::string& at)
    : arithmetic_(arithmetic),
      qkv_(load_linear(weights, arithmetic, at + "attention.qkv", 3 * k_hidden, k_hidden)),
      attention_output_(load_linear(weights, arithmetic, at + "attention.output", k_hidden, k_hidden)),
      inner_(load_linear(weights, arithmetic, at + "ffn.inner", k_inner, k_hidden)),
      outer_(load_linear(weights, arithmetic, at + "ffn.outer", k_hidden, k_inner)),
      attention_weight_(weights.f32(at + "attention.norm.weight", k_hidden)),
      attention_bias_(weights.f32(at + "attention.norm.bias", k_hidden)),
      ffn_weight_(weights.f32(at + "ffn.norm.weight", k_hidden)),
      ffn_bias_(weights.f32(at + "ffn.norm.bias", k_hidden)) {}

void EncoderLayer::prepare(Arithmetic arithmetic, std::size_t rows, std::size_t longest,
                           LayerMemory& memory) {
    const std::size_t room = padded_rows(rows);
    float* mixed = memory.mixed.need(room * k_hidden);
    std::fill(mixed + rows * k_hidden, mixed + room * k_hidden, 0.0F);
    float* wide = memory.wide.need(room * k_inner);
    memory.scratch.need(std::max(attention_scratch(longest), k_inner));
    if (arithmetic == Arithmetic::int8) {
        std::uint8_t* narrow = memory.quantised.need(room * k_hidden);
        std::uint8_t* inner = memory.inner.need(room * k_inner);
        memory.scales.need(room);
        memory.inner_scales.need(room);
        std::fill(narrow + rows * k_hidden, narrow + room * k_hidden, std::uint8_t{128});
        std::fill(inner + rows * k_inner, inner + room * k_inner, std::uint8_t{128});
        memory.sums.need(room * k_inner);
    } else {
        memory.products.need(room * k_inner);
        std::fill(wide, wide + room * k_inner, 0.0F);
    }
}

void EncoderLayer::run(const Kernels& kernels, std::span<const std::size_t> lengths, std::size_t rows,
                       float* x, LayerMemory& memory) const {
    if (arithmetic_ == Arithmetic::int8) {
        run_int8(kernels, lengths, rows, x, memory);
    } else {
        run_f32(kernels, lengths, rows, x, memory);
    }
}

void EncoderLayer::run_int8(const Kernels& kernels, std::span<const std::size_t> lengths, std::size_t rows,
                            float* x, LayerMemory& memory) const {
    const QuantisedRows narrow = {memory.quantised.data(), memory.scales.data()};
    const QuantisedRows inner = {memory.inner.data(), memory.inner_scales.data()};
    std::int32_t* sums = memory.sums.data();
    float* wide = memory.wide.data();
    float* mixed = memory.mixed.data();
    qkv_.multiply(narrow.values, rows, sums);
    kernels.linear_int8(sums, rows, qkv_.dequantiser(), narrow.scales, wide);
    attend(kernels, lengths, wide, mixed, memory.scratch.data());
    kernels.quantise(mixed, rows, k_hidden, narrow);
    attention_output_.multiply(narrow.values, rows, sums);
    kernels.residual_int8(sums, rows, attention_output_.dequantiser(), narrow.scales, x,
                          {attention_weight_.data(), attention_bias_.data()}, narrow);
    inner_.multiply(narrow.values, rows, sums);
    kernels.gelu_int8(sums, rows, inner_.dequantiser(), narrow.scales, memory.scratch.data(), inner);
    outer_.multiply(inner.values, rows, sums);
    kernels.residual_int8(sums, rows, outer_.dequantiser(), inner.scales, x,
                          {ffn_weight_.data(), ffn_bias_.data()}, narrow);
}

void EncoderLayer::run_f32(const Kernels& kernels, std::span<const std::size_t> lengths, std::size_t rows,
                           float* x, LayerMemory& memory) const {
    float* sums = memory.products.data();
    float* wide = memory.wide.data();
    float* mixed = memory.mixed.data();
    qkv_.multiply(x, rows, sums);
    kernels.linear_f32(sums, rows, qkv_.dequantiser(), wide);
    attend(kernels, lengths, wide, mixed, memory.scratch.data());
    attention_output_.multiply(mixed, rows, sums);
    kernels.residual_f32(sums, rows, attention_output_.dequantiser(), x,
                         {attention_weight_.data(), attention_bias_.data()});
    inner_.multiply(x, rows, sums);
    kernels.gelu_f32(sums, rows, inner_.dequantiser(), wide);
    outer_.multiply(wide, rows, sums);
    kernels.residual_f32(sums, rows, outer_.dequantiser(), x, {ffn_weight_.data(), ffn_bias_.data()});
}

}  // namespace relata::ingest
