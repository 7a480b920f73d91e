// SPDX-License-Identifier: Apache-2.0
#include "eval/coreference_scores.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace relata::eval {
namespace {

constexpr std::size_t k_nowhere = static_cast<std::size_t>(-1);

double per_cent(double part, double whole) {
    return whole > 0 ? 100 * part / whole : 0;
}

std::map<TokenRange, std::size_t> index_of(const Chains& chains) {
    std::map<TokenRange, std::size_t> index;
    for (std::size_t c = 0; c < chains.size(); ++c)
        for (const TokenRange& range : chains[c]) index.emplace(range, c);
    return index;
}

// How the mentions of one chain are spread over the other side's chains, and how many it does not have.
struct Spread {
    std::map<std::size_t, std::size_t> shared;
    std::size_t missing = 0;
};
Spread spread_of(const std::vector<TokenRange>& chain, const std::map<TokenRange, std::size_t>& others) {
    Spread spread;
    for (const TokenRange& range : chain) {
        const auto found = others.find(range);
        if (found == others.end())
            ++spread.missing;
        else
            ++spread.shared[found->second];
    }
    return spread;
}

struct Sums {
    double mentions = 0, mentions_whole = 0, muc = 0, muc_whole = 0, b_cubed = 0;
};
Sums one_way(const Chains& chains, const std::map<TokenRange, std::size_t>& others) {
    Sums sums;
    for (const auto& chain : chains) {
        const Spread spread = spread_of(chain, others);
        const auto size = static_cast<double>(chain.size());
        sums.mentions_whole += size;
        sums.mentions += size - static_cast<double>(spread.missing);
        sums.muc_whole += size - 1;
        sums.muc += size - static_cast<double>(spread.shared.size() + spread.missing);
        for (const auto& [other, count] : spread.shared)
            sums.b_cubed += static_cast<double>(count * count) / size;
    }
    return sums;
}

}  // namespace

double Ratio::recall() const {
    return per_cent(recall_part, recall_whole);
}
double Ratio::precision() const {
    return per_cent(precision_part, precision_whole);
}
double Ratio::f1() const {
    const double p = precision(), r = recall();
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}
Ratio& Ratio::operator+=(const Ratio& other) {
    recall_part += other.recall_part;
    recall_whole += other.recall_whole;
    precision_part += other.precision_part;
    precision_whole += other.precision_whole;
    return *this;
}

double ChainScores::conll() const {
    return (muc.f1() + b_cubed.f1() + ceaf_e.f1()) / 3;
}
ChainScores& ChainScores::operator+=(const ChainScores& other) {
    mentions += other.mentions;
    muc += other.muc;
    b_cubed += other.b_cubed;
    ceaf_e += other.ceaf_e;
    return *this;
}

double best_assignment(const std::vector<std::vector<double>>& weights) {
    // Shortest augmenting paths with potentials; costs are negative weights, missing rows and columns cost 0.
    const std::size_t rows = weights.size(), columns = rows == 0 ? 0 : weights[0].size();
    const std::size_t n = std::max(rows, columns);
    const auto cost = [&](std::size_t row, std::size_t column) {
        return row < rows && column < columns ? -weights[row][column] : 0.0;
    };
    std::vector<double> row_potential(n + 1, 0), column_potential(n + 1, 0);
    std::vector<std::size_t> row_of(n + 1, k_nowhere), before(n + 1, n);  // column n is the start
    for (std::size_t row = 0; row < n; ++row) {
        row_of[n] = row;
        std::size_t column = n;
        std::vector<double> slack(n + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> used(n + 1, false);
        do {
            used[column] = true;
            const std::size_t at = row_of[column];
            double least = std::numeric_limits<double>::infinity();
            std::size_t next = n;
            for (std::size_t c = 0; c < n; ++c) {
                if (used[c]) continue;
                const double reduced = cost(at, c) - row_potential[at] - column_potential[c];
                if (reduced < slack[c]) {
                    slack[c] = reduced;
                    before[c] = column;
                }
                if (slack[c] < least) {
                    least = slack[c];
                    next = c;
                }
            }
            for (std::size_t c = 0; c <= n; ++c) {
                if (used[c]) {
                    row_potential[row_of[c]] += least;
                    column_potential[c] -= least;
                } else {
                    slack[c] -= least;
                }
            }
            column = next;
        } while (row_of[column] != k_nowhere);
        for (; column != n; column = before[column]) row_of[column] = row_of[before[column]];
    }
    double sum = 0;
    for (std::size_t c = 0; c < n; ++c) sum -= cost(row_of[c], c);
    return sum;
}

ChainScores score_chains(const Chains& gold, const Chains& predicted) {
    const auto gold_index = index_of(gold), predicted_index = index_of(predicted);
    const Sums recall = one_way(gold, predicted_index), precision = one_way(predicted, gold_index);
    ChainScores scores;
    scores.mentions = {recall.mentions, recall.mentions_whole, precision.mentions, precision.mentions_whole};
    scores.muc = {recall.muc, recall.muc_whole, precision.muc, precision.muc_whole};
    scores.b_cubed = {recall.b_cubed, recall.mentions_whole, precision.b_cubed, precision.mentions_whole};
    std::vector<std::vector<double>> similarity(gold.size(), std::vector<double>(predicted.size(), 0));
    for (std::size_t g = 0; g < gold.size(); ++g)
        for (const auto& [p, count] : spread_of(gold[g], predicted_index).shared)
            similarity[g][p] =
                2 * static_cast<double>(count) / static_cast<double>(gold[g].size() + predicted[p].size());
    const double matched = best_assignment(similarity);
    scores.ceaf_e = {matched, static_cast<double>(gold.size()), matched,
                     static_cast<double>(predicted.size())};
    return scores;
}

}  // namespace relata::eval
