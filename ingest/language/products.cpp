// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/products.hpp"

#include <omp.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <shared_mutex>

#include "core/error.hpp"

namespace relata::ingest {
namespace {

using dnnl::memory;

dnnl::engine& cpu_engine() {
    static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

std::size_t round_up(std::size_t n, std::size_t step) {
    return (n + step - 1) / step * step;
}

// Few distinct row counts, so that few kernels are made: multiples of 16 up to 128, of 64 beyond.
std::size_t int8_rows(std::size_t rows) {
    return rows <= 128 ? round_up(rows, 16) : round_up(rows, 64);
}

memory::dim dim(std::size_t n) {
    return static_cast<memory::dim>(n);
}

// oneDNN's own threads are off: parallelism lies over documents, and a library called from many threads would
// start many teams.
class SingleThread {
  public:
    SingleThread() : before_(omp_get_max_threads()) {
        if (before_ != 1) omp_set_num_threads(1);
    }
    ~SingleThread() {
        if (before_ != 1) omp_set_num_threads(before_);
    }
    SingleThread(const SingleThread&) = delete;
    SingleThread& operator=(const SingleThread&) = delete;

  private:
    int before_;
};

// Scratch memory of the calling thread, at least `bytes` long.
void* scratch(std::size_t bytes) {
    thread_local std::vector<std::max_align_t> buffer;
    const std::size_t needed = bytes / sizeof(std::max_align_t) + 8;
    if (buffer.size() < needed) buffer.resize(needed);
    const auto address = reinterpret_cast<std::uintptr_t>(buffer.data());
    return reinterpret_cast<void*>((address + 63) & ~std::uintptr_t{63});
}

// 64-byte aligned memory for packed weights.
struct Packed {
    memory::desc layout;
    memory data;
};

}  // namespace

Processor effective_processor() {
    Processor processor;
    const auto isa = dnnl::get_effective_cpu_isa();
    const auto at_least = [isa](dnnl::cpu_isa wanted) {
        // The enumerators are masks of features: a better set contains the bits of a lesser one.
        const auto have = static_cast<unsigned>(isa), want = static_cast<unsigned>(wanted);
        return (have & want) == want;
    };
    if (at_least(dnnl::cpu_isa::avx512_core)) {
        processor.vectors = VectorSet::avx512;
    } else if (at_least(dnnl::cpu_isa::avx2)) {
        processor.vectors = VectorSet::avx2;
    }
    switch (isa) {
        case dnnl::cpu_isa::avx512_core_amx:
            processor.name = "avx512_core_amx";
            break;
        case dnnl::cpu_isa::avx512_core_bf16:
        case dnnl::cpu_isa::avx512_core_vnni:
            processor.name = "avx512_core_vnni";
            break;
        case dnnl::cpu_isa::avx512_core:
            processor.name = "avx512_core";
            break;
        case dnnl::cpu_isa::avx2_vnni:
            processor.name = "avx2_vnni";
            break;
        case dnnl::cpu_isa::avx2:
            processor.name = "avx2";
            break;
        default:
            processor.name = "sse41";
    }
    return processor;
}

std::size_t padded_rows(std::size_t rows) {
    return std::max(int8_rows(rows), round_up(rows, k_f32_rows));
}

struct Linear::State {
    Arithmetic arithmetic = Arithmetic::f32;
    std::size_t in = 0, columns = 0;
    std::vector<float> scale, bias;
    std::vector<std::int32_t> offset;
    Dequantiser dequantiser;
    Packed weights;

    struct Product {
        dnnl::matmul primitive;
        memory::desc from, to, scratchpad;
    };
    mutable std::shared_mutex mutex;
    mutable std::map<std::size_t, Product> products;  // by rows

    memory::data_type from_type() const {
        return arithmetic == Arithmetic::int8 ? memory::data_type::u8 : memory::data_type::f32;
    }
    memory::data_type weight_type() const {
        return arithmetic == Arithmetic::int8 ? memory::data_type::s8 : memory::data_type::f32;
    }
    memory::data_type sum_type() const {
        return arithmetic == Arithmetic::int8 ? memory::data_type::s32 : memory::data_type::f32;
    }

    dnnl::matmul::primitive_desc describe(std::size_t rows, const memory::desc& layout) const {
        const memory::desc from({dim(rows), dim(in)}, from_type(), memory::format_tag::ab);
        const memory::desc to({dim(rows), dim(columns)}, sum_type(), memory::format_tag::ab);
        dnnl::primitive_attr attributes;
        attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
        return {dnnl::matmul::desc(from, layout, to), attributes, cpu_engine()};
    }

    const Product& product(std::size_t rows) const {
        {
            const std::shared_lock lock(mutex);
            const auto found = products.find(rows);
            if (found != products.end()) return found->second;
        }
        const std::unique_lock lock(mutex);
        const auto found = products.find(rows);
        if (found != products.end()) return found->second;
        const auto description = describe(rows, weights.layout);
        return products
            .emplace(rows, Product{dnnl::matmul(description), description.src_desc(), description.dst_desc(),
                                   description.scratchpad_desc()})
            .first->second;
    }

    // `plain` holds the weights [columns, in] in row order.
    void pack(void* plain) {
        const SingleThread single;
        const memory::desc any({dim(in), dim(columns)}, weight_type(), memory::format_tag::any);
        weights.layout = describe(arithmetic == Arithmetic::int8 ? 128 : k_f32_rows, any).weights_desc();
        weights.data = memory(weights.layout, cpu_engine());
        const memory::desc rows({dim(in), dim(columns)}, weight_type(), memory::format_tag::ba);
        memory source(rows, cpu_engine(), plain);
        dnnl::stream stream(cpu_engine());
        dnnl::reorder(source, weights.data).execute(stream, source, weights.data);
        stream.wait();
        dequantiser = {scale.data(), offset.data(), bias.data(), columns};
    }

    void run(const void* x, std::size_t rows, void* sums) const {
        const SingleThread single;
        const Product& found = product(rows);
        thread_local dnnl::stream stream(cpu_engine());
        memory from(found.from, cpu_engine(), const_cast<void*>(x));
        memory to(found.to, cpu_engine(), sums);
        memory pad(found.scratchpad, cpu_engine(), scratch(found.scratchpad.get_size()));
        found.primitive.execute(stream, {{DNNL_ARG_SRC, from},
                                         {DNNL_ARG_WEIGHTS, weights.data},
                                         {DNNL_ARG_DST, to},
                                         {DNNL_ARG_SCRATCHPAD, pad}});
        stream.wait();
    }
};

Linear::Linear(Arithmetic arithmetic, std::span<const std::int8_t> weights, std::span<const float> scales,
               std::span<const float> bias, std::size_t in)
    : state_(std::make_unique<State>()) {
    RELATA_EXPECTS(in > 0 && weights.size() == scales.size() * in && bias.size() == scales.size());
    const std::size_t out = scales.size();
    State& s = *state_;
    s.arithmetic = arithmetic;
    s.in = in;
    s.columns = round_up(out, 16);
    s.bias.assign(bias.begin(), bias.end());
    s.bias.resize(s.columns);
    s.scale.assign(scales.begin(), scales.end());
    s.scale.resize(s.columns);
    s.offset.resize(s.columns);
    if (arithmetic == Arithmetic::int8) {
        std::vector<std::int8_t> plain(weights.begin(), weights.end());
        plain.resize(s.columns * in);
        for (std::size_t r = 0; r < out; ++r) {
            std::int32_t total = 0;
            for (std::size_t i = 0; i < in; ++i) total += plain[r * in + i];
            s.offset[r] = 128 * total;
        }
        s.pack(plain.data());
    } else {
        std::vector<float> plain(s.columns * in);
        for (std::size_t r = 0; r < out; ++r)
            for (std::size_t i = 0; i < in; ++i)
                plain[r * in + i] = static_cast<float>(weights[r * in + i]) * scales[r];
        s.pack(plain.data());
    }
}

Linear::~Linear() = default;
Linear::Linear(Linear&&) noexcept = default;
Linear& Linear::operator=(Linear&&) noexcept = default;

std::size_t Linear::in() const {
    return state_->in;
}
std::size_t Linear::columns() const {
    return state_->columns;
}
const Dequantiser& Linear::dequantiser() const {
    return state_->dequantiser;
}

void Linear::multiply(const std::uint8_t* x, std::size_t rows, std::int32_t* sums) const {
    RELATA_EXPECTS(state_->arithmetic == Arithmetic::int8);
    if (rows > 0) state_->run(x, int8_rows(rows), sums);
}

void Linear::multiply(const float* x, std::size_t rows, float* sums) const {
    RELATA_EXPECTS(state_->arithmetic == Arithmetic::f32);
    for (std::size_t r = 0; r < rows; r += k_f32_rows)
        state_->run(x + r * state_->in, k_f32_rows, sums + r * state_->columns);
}

}  // namespace relata::ingest
