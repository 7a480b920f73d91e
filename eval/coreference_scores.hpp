// SPDX-License-Identifier: Apache-2.0
// Scores of coreference chains as the CoNLL 2012 shared task counts them (Pradhan et al. 2014, "Scoring
// coreference partitions of predicted mentions"): MUC by links, B³ by mentions, CEAFe by the best one-to-one
// match of chains (phi 4). A mention is right when its span is exactly right. Pure functions.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace relata::eval {

// First token and one behind the last, counted over the whole document.
using TokenRange = std::pair<std::size_t, std::size_t>;
// Chains of one document. No range stands in two chains of the same side.
using Chains = std::vector<std::vector<TokenRange>>;

// Numerators and denominators, summed over documents.
struct Ratio {
    double recall_part = 0, recall_whole = 0, precision_part = 0, precision_whole = 0;
    double recall() const;  // all in per cent, 0 when nothing was there
    double precision() const;
    double f1() const;
    Ratio& operator+=(const Ratio& other);
};

struct ChainScores {
    Ratio mentions, muc, b_cubed, ceaf_e;
    // The mean of the F1 of MUC, B³ and CEAFe.
    double conll() const;
    ChainScores& operator+=(const ChainScores& other);
};
ChainScores score_chains(const Chains& gold, const Chains& predicted);

// Highest sum of weights[row][column] over one-to-one pairs (the Hungarian algorithm). Rows of equal length.
double best_assignment(const std::vector<std::vector<double>>& weights);

}  // namespace relata::eval
