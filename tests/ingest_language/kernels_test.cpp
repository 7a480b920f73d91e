// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/kernels.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "ingest/language/products.hpp"

using namespace relata::ingest;

namespace {

std::vector<float> noise(std::size_t n, float spread = 2) {
    std::mt19937 random(11);
    std::normal_distribution<float> normal(0, spread);
    std::vector<float> values(n);
    for (float& value : values) value = normal(random);
    return values;
}

// The builds that this processor can run.
std::vector<const Kernels*> builds() {
    std::vector<const Kernels*> all = {&kernels(VectorSet::baseline)};
    const VectorSet best = effective_processor().vectors;
    if (best != VectorSet::baseline) all.push_back(&kernels(VectorSet::avx2));
    if (best == VectorSet::avx512) all.push_back(&kernels(VectorSet::avx512));
    return all;
}

}  // namespace

TEST_CASE("all instruction sets give the same bits", "[language][kernels]") {
    constexpr std::size_t n = 21;
    const auto qkv = noise(n * 3 * k_hidden);
    const auto values = noise(n * k_hidden), weight = noise(k_hidden), bias = noise(k_hidden);
    constexpr std::size_t in = 48, columns = 32;
    const auto stripes = noise(in * columns);
    std::vector<std::vector<float>> mixed, normed, gelus, products;
    std::vector<std::vector<std::uint8_t>> quantised;
    for (const Kernels* build : builds()) {
        std::vector<float> out(n * k_hidden), scratch(attention_scratch(n));
        build->attention(qkv.data(), n, out.data(), scratch.data());
        mixed.push_back(out);
        auto x = values;
        std::vector<std::uint8_t> q(n * k_hidden);
        std::vector<float> scales(n);
        build->normalise(x.data(), n, {weight.data(), bias.data()}, {q.data(), scales.data()});
        normed.push_back(x);
        quantised.push_back(q);
        auto g = values;
        build->gelu(g.data(), g.size());
        gelus.push_back(g);
        std::vector<float> product(n * columns);
        build->affine(values.data(), n, k_hidden, {stripes.data(), bias.data(), in, columns}, product.data());
        products.push_back(product);
    }
    for (std::size_t i = 1; i < mixed.size(); ++i) {
        CHECK(mixed[i] == mixed[0]);
        CHECK(normed[i] == normed[0]);
        CHECK(quantised[i] == quantised[0]);
        CHECK(gelus[i] == gelus[0]);
        CHECK(products[i] == products[0]);
    }
}

TEST_CASE("an affine product reads its weights in stripes", "[language][kernels]") {
    constexpr std::size_t rows = 5, in = 3, columns = 32;
    const auto x = noise(rows * in), weights = noise(in * columns), bias = noise(columns);
    std::vector<float> out(rows * columns);
    builds().back()->affine(x.data(), rows, in, {weights.data(), bias.data(), in, columns}, out.data());
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t j = 0; j < columns; ++j) {
            float expected = bias[j];
            for (std::size_t k = 0; k < in; ++k)
                expected += x[r * in + k] * weights[(j / k_stripe * in + k) * k_stripe + j % k_stripe];
            CHECK(out[r * columns + j] == Approx(expected).margin(1e-5));
        }
    }
}

TEST_CASE("GELU is the exact one", "[language][kernels]") {
    std::vector<float> x;
    for (int i = -80; i < 80; ++i) x.push_back(static_cast<float>(i) / 10);
    auto y = x;
    for (const Kernels* build : builds()) {
        y = x;
        build->gelu(y.data(), y.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double exact =
                static_cast<double>(x[i]) * 0.5 * std::erfc(-static_cast<double>(x[i]) / std::sqrt(2.0));
            CHECK(static_cast<double>(y[i]) == Approx(exact).margin(2e-6));
        }
    }
}

TEST_CASE("attention is the weighted mean of the values", "[language][kernels]") {
    // Queries of nothing: every key weighs the same.
    constexpr std::size_t n = 5;
    auto qkv = noise(n * 3 * k_hidden);
    for (std::size_t r = 0; r < n; ++r)
        std::fill_n(qkv.begin() + static_cast<std::ptrdiff_t>(r * 3 * k_hidden), k_hidden, 0.0F);
    for (const Kernels* build : builds()) {
        std::vector<float> out(n * k_hidden), scratch(attention_scratch(n));
        build->attention(qkv.data(), n, out.data(), scratch.data());
        for (const std::size_t column : {std::size_t{0}, std::size_t{200}, k_hidden - 1}) {
            float mean = 0;
            for (std::size_t r = 0; r < n; ++r) mean += qkv[r * 3 * k_hidden + 2 * k_hidden + column] / n;
            CHECK(out[2 * k_hidden + column] == Approx(mean).margin(1e-5));
        }
    }
}

TEST_CASE("quantised rows come back within half a step", "[language][kernels]") {
    const auto x = noise(2 * k_hidden);
    std::vector<std::uint8_t> q(x.size());
    std::vector<float> scales(2);
    for (const Kernels* build : builds()) {
        build->quantise(x.data(), 2, k_hidden, {q.data(), scales.data()});
        for (std::size_t i = 0; i < x.size(); ++i) {
            const float scale = scales[i / k_hidden];
            CHECK(std::abs((static_cast<float>(q[i]) - 128) * scale - x[i]) <= scale * 0.501F);
        }
        const std::vector<float> zeros(k_hidden);
        build->quantise(zeros.data(), 1, k_hidden, {q.data(), scales.data()});
        CHECK(q[0] == 128);
        CHECK(scales[0] == 0);
    }
}
