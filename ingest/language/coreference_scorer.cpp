// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/coreference_scorer.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace relata::ingest {

namespace {
// Parts of a mention's row: as anaphor, as antecedent, for the product of both.
constexpr std::size_t k_anaphor = 0, k_antecedent = 128, k_product = 256;
}  // namespace

bool CoreferenceScorer::in(const WeightFile& weights) {
    return weights.rows("coref.features.weight") > 0;
}

CoreferenceScorer::CoreferenceScorer(const WeightFile& weights)
    : features_(weights.f32("coref.features.weight", weights.rows("coref.features.weight"), k_hidden_units)),
      output_(weights.f32("coref.output.weight", 1, k_hidden_units)),
      product_(k_hidden_units * k_hidden_units),
      bias_(weights.f32("coref.output.bias", 1)[0]) {
    const std::vector<float> product = weights.f32("coref.product.weight", k_hidden_units, k_hidden_units);
    for (std::size_t out = 0; out < k_hidden_units; ++out)
        for (std::size_t in = 0; in < k_hidden_units; ++in)
            product_[in * k_hidden_units + out] = product[out * k_hidden_units + in];
}

std::vector<float> CoreferenceScorer::score(std::span<const float* const> mentions,
                                            std::span<const CoreferencePair> pairs) const {
    std::vector<float> scores;
    scores.reserve(pairs.size());
    std::array<float, k_hidden_units> asked{}, hidden{};
    std::size_t anaphor = static_cast<std::size_t>(-1);
    for (const CoreferencePair& pair : pairs) {
        const float* a = mentions[pair.anaphor];
        const float* c = mentions[pair.candidate];
        if (pair.anaphor != anaphor) {
            anaphor = pair.anaphor;
            asked.fill(0);
            for (std::size_t i = 0; i < k_hidden_units; ++i)
                for (std::size_t j = 0; j < k_hidden_units; ++j)
                    asked[j] += a[k_product + i] * product_[i * k_hidden_units + j];
        }
        for (std::size_t j = 0; j < k_hidden_units; ++j) hidden[j] = a[k_anaphor + j] + c[k_antecedent + j];
        for (const std::uint16_t row : pair.features) {
            RELATA_EXPECTS(row < features());
            const float* feature = features_.data() + row * k_hidden_units;
            for (std::size_t j = 0; j < k_hidden_units; ++j) hidden[j] += feature[j];
        }
        float score = bias_;
        for (std::size_t j = 0; j < k_hidden_units; ++j) {
            score += std::max(hidden[j], 0.0F) * output_[j];
            score += asked[j] * c[k_product + j];
        }
        scores.push_back(score);
    }
    return scores;
}

}  // namespace relata::ingest
