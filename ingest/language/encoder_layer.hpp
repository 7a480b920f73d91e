// SPDX-License-Identifier: Apache-2.0
// One transformer layer after BERT over packed sequences, and the memory that layers and heads compute in.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ingest/language/kernels.hpp"
#include "ingest/language/model.hpp"
#include "ingest/language/products.hpp"

namespace relata::ingest {

// Memory that grows and is kept: cache-line aligned, uninitialised.
template <class T>
class Buffer {
  public:
    T* need(std::size_t n) {
        if (n > size_) {
            data_.reset(static_cast<T*>(::operator new[](n * sizeof(T), std::align_val_t{64})));
            size_ = n;
        }
        return data_.get();
    }
    T* data() { return data_.get(); }

  private:
    struct Free {
        void operator()(T* p) const { ::operator delete[](p, std::align_val_t{64}); }
    };
    std::unique_ptr<T[], Free> data_;
    std::size_t size_ = 0;
};

// What layers and single products compute in; one a thread.
struct LayerMemory {
    Buffer<float> wide, mixed, scratch, products;
    Buffer<std::int32_t> sums;
    Buffer<std::uint8_t> quantised, inner;
    Buffer<float> scales, inner_scales;
};

// The linear layer `name` of the file. Throws FormatError.
Linear load_linear(const WeightFile& weights, Arithmetic arithmetic, const std::string& name, std::size_t out,
                   std::size_t in);

// y = x Wᵀ + b of rows that are not yet quantised; x, y have room for padded_rows(rows) rows, y must not lie
// in `memory`. In 8 bits the quantised rows stay in memory.quantised and memory.scales.
void apply_linear(const Kernels& kernels, const Linear& linear, Arithmetic arithmetic, const float* x,
                  std::size_t rows, float* y, LayerMemory& memory);

class EncoderLayer {
  public:
    // Tensors `at`attention.qkv.weight and so on. Throws FormatError.
    EncoderLayer(const WeightFile& weights, Arithmetic arithmetic, const std::string& at);

    // Makes `memory` ready for `rows` rows of sequences of at most `longest` rows; before the first run of
    // some layers over the same rows.
    static void prepare(Arithmetic arithmetic, std::size_t rows, std::size_t longest, LayerMemory& memory);
    // x [rows, k_hidden] in place, in sequences of `lengths` rows one behind the other; x has room for
    // padded_rows(rows) rows. In 8 bits memory.quantised and memory.scales hold x before and after.
    void run(const Kernels& kernels, std::span<const std::size_t> lengths, std::size_t rows, float* x,
             LayerMemory& memory) const;

  private:
    void run_int8(const Kernels& kernels, std::span<const std::size_t> lengths, std::size_t rows, float* x,
                  LayerMemory& memory) const;
    void run_f32(const Kernels& kernels, std::span<const std::size_t> lengths, std::size_t rows, float* x,
                 LayerMemory& memory) const;

    Arithmetic arithmetic_;
    Linear qkv_, attention_output_, inner_, outer_;
    std::vector<float> attention_weight_, attention_bias_, ffn_weight_, ffn_bias_;
};

}  // namespace relata::ingest
