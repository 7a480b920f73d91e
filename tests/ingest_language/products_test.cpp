// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/products.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>
#include <vector>

using namespace relata::ingest;

namespace {

struct Case {
    std::size_t in = 64, out = 40;
    std::vector<std::int8_t> weights;
    std::vector<float> scales, bias;
    Case() {
        std::mt19937 random(3);
        // Pairs of weights that the shipped model may hold (model/FORMAT.md): 255 times their sum stays
        // inside 16 bits, where processors without VNNI saturate.
        std::uniform_int_distribution<int> weight(-127, 127);
        while (weights.size() < in * out) {
            const int first = weight(random), second = weight(random);
            if (std::abs(first + second) > 128) continue;
            weights.push_back(static_cast<std::int8_t>(first));
            weights.push_back(static_cast<std::int8_t>(second));
        }
        scales.assign(out, 0.5F);
        bias.assign(out, 1);
    }
};

}  // namespace

TEST_CASE("8-bit sums are exact and do not depend on the number of rows", "[language][products]") {
    const Case c;
    const Linear linear(Arithmetic::int8, c.weights, c.scales, c.bias, c.in);
    REQUIRE(linear.columns() == 48);
    std::mt19937 random(5);
    std::uniform_int_distribution<int> value(0, 255);
    for (const std::size_t rows : {std::size_t{1}, std::size_t{17}, std::size_t{150}}) {
        std::vector<std::uint8_t> x(padded_rows(rows) * c.in, 128);
        for (std::size_t i = 0; i < rows * c.in; ++i) x[i] = static_cast<std::uint8_t>(value(random));
        std::fill_n(x.begin(), c.in, std::uint8_t{255});
        std::vector<std::int32_t> sums(padded_rows(rows) * linear.columns());
        linear.multiply(x.data(), rows, sums.data());
        for (const std::size_t r : {std::size_t{0}, rows - 1}) {
            for (std::size_t o = 0; o < c.out; ++o) {
                std::int32_t expected = 0;
                for (std::size_t i = 0; i < c.in; ++i) expected += x[r * c.in + i] * c.weights[o * c.in + i];
                REQUIRE(sums[r * linear.columns() + o] == expected);
            }
            REQUIRE(sums[r * linear.columns() + c.out] == 0);
        }
    }
}

TEST_CASE("f32 rows do not depend on the other rows", "[language][products]") {
    const Case c;
    const Linear linear(Arithmetic::f32, c.weights, c.scales, c.bias, c.in);
    std::mt19937 random(5);
    std::normal_distribution<float> value(0, 1);
    std::vector<float> x(padded_rows(100) * c.in, 0);
    for (float& v : x) v = value(random);
    std::vector<float> many(padded_rows(100) * linear.columns()), one(padded_rows(1) * linear.columns());
    linear.multiply(x.data(), 100, many.data());
    std::vector<float> alone(padded_rows(1) * c.in, 0);
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(77 * c.in), c.in, alone.begin());
    linear.multiply(alone.data(), 1, one.data());
    for (std::size_t o = 0; o < c.out; ++o) {
        float expected = 0;
        for (std::size_t i = 0; i < c.in; ++i)
            expected += alone[i] * static_cast<float>(c.weights[o * c.in + i]) * c.scales[o];
        CHECK(one[o] == many[77 * linear.columns() + o]);
        CHECK(one[o] == Approx(expected).margin(1e-3));
    }
}
