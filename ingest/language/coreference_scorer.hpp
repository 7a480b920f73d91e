// SPDX-License-Identifier: Apache-2.0
// CoreferenceScorer: how well a mention fits as the antecedent of a nominal or pronoun, out of what the
// encoder saw in both and of features of the pair (model/FORMAT.md, coref.*). Plain f32 sums in a fixed
// order, so that every processor gives the same scores for the same rows. Immutable; const members may be
// called from many threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ingest/language/model.hpp"

namespace relata::ingest {

inline constexpr std::size_t k_pair_features = 13;

// Indices of mentions and rows of the feature table.
struct CoreferencePair {
    std::size_t anaphor = 0, candidate = 0;
    std::array<std::uint16_t, k_pair_features> features{};
};

class CoreferenceScorer {
  public:
    static constexpr std::size_t k_columns = 384;

    // True when the file holds the scorer.
    static bool in(const WeightFile& weights);
    // Throws FormatError when tensors are missing or do not fit.
    explicit CoreferenceScorer(const WeightFile& weights);

    // Rows of the feature table.
    std::size_t features() const { return features_.size() / k_hidden_units; }

    // A score of each pair; that there is no antecedent scores 0. `mentions` holds k_columns numbers of each
    // mention, those of FactScores::coreference. Precondition: indices are in range.
    std::vector<float> score(std::span<const float* const> mentions,
                             std::span<const CoreferencePair> pairs) const;

  private:
    static constexpr std::size_t k_hidden_units = 128;

    std::vector<float> features_;  // [rows][k_hidden_units]
    std::vector<float> output_;    // [k_hidden_units]
    std::vector<float> product_;   // [in][out], transposed
    float bias_ = 0;
};

}  // namespace relata::ingest
