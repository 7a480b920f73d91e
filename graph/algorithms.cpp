// SPDX-License-Identifier: Apache-2.0
#include "graph/algorithms.hpp"

#include <algorithm>
#include <boost/graph/incremental_components.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/range/iterator_range.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "graph/boost_view.hpp"

namespace relata::graph {
namespace {

// Numbers groups by size, largest first; equals by their first member. `of` comes in with any labels below
// of.size().
std::vector<std::size_t> number_by_size(std::vector<std::size_t>& of) {
    const std::size_t none = of.size();
    std::vector<std::size_t> count(of.size(), 0);
    std::vector<std::size_t> first(of.size(), none);
    std::vector<std::size_t> groups;
    for (std::size_t i = 0; i < of.size(); ++i) {
        if (first[of[i]] == none) {
            first[of[i]] = i;
            groups.push_back(of[i]);
        }
        ++count[of[i]];
    }
    std::stable_sort(groups.begin(), groups.end(), [&](auto a, auto b) { return count[a] > count[b]; });
    std::vector<std::size_t> sizes;
    std::vector<std::size_t> number(of.size(), 0);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        number[groups[i]] = i;
        sizes.push_back(count[groups[i]]);
    }
    for (std::size_t& group : of) group = number[group];
    return sizes;
}

// An undirected weighted graph for Louvain: sorted neighbours without repetition; loops apart.
struct WeightedGraph {
    std::vector<std::vector<std::pair<std::size_t, double>>> neighbours;
    std::vector<double> loops;
    double total = 0;  // sum of all edge weights

    explicit WeightedGraph(std::size_t size) : neighbours(size), loops(size, 0) {}
    void add(std::size_t a, std::size_t b, double weight) {
        total += weight;
        if (a == b) {
            loops[a] += weight;
            return;
        }
        neighbours[a].emplace_back(b, weight);
        neighbours[b].emplace_back(a, weight);
    }
    void unite() {
        for (auto& list : neighbours) {
            std::stable_sort(list.begin(), list.end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; });
            std::size_t kept = 0;
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (kept > 0 && list[kept - 1].first == list[i].first) {
                    list[kept - 1].second += list[i].second;
                } else {
                    list[kept++] = list[i];
                }
            }
            list.resize(kept);
        }
    }
    double strength(std::size_t vertex) const {
        double sum = 2 * loops[vertex];
        for (const auto& [other, weight] : neighbours[vertex]) sum += weight;
        return sum;
    }
};

// One level of Louvain: moves single vertices while modularity grows. True when anything moved.
bool move_vertices(const WeightedGraph& graph, std::vector<std::size_t>& of) {
    const std::size_t size = graph.neighbours.size();
    std::vector<double> strength(size);
    std::vector<double> community(size, 0);
    std::vector<double> link(size, 0);
    for (std::size_t i = 0; i < size; ++i) {
        strength[i] = graph.strength(i);
        community[of[i]] += strength[i];
    }
    // Gains below this are rounding, not structure; without it two equal communities swap for ever.
    constexpr double k_least_gain = 1e-9;
    constexpr int k_most_rounds = 100;
    bool moved_ever = false;
    bool moved = true;
    for (int round = 0; moved && round < k_most_rounds; ++round) {
        moved = false;
        for (std::size_t i = 0; i < size; ++i) {
            std::vector<std::size_t> near;
            for (const auto& [other, weight] : graph.neighbours[i]) {
                if (link[of[other]] == 0) near.push_back(of[other]);
                link[of[other]] += weight;
            }
            const std::size_t home = of[i];
            community[home] -= strength[i];
            const auto gain = [&](std::size_t c) {
                return link[c] - community[c] * strength[i] / (2 * graph.total);
            };
            std::sort(near.begin(), near.end());
            std::size_t best = home;
            double best_gain = gain(home);
            for (const std::size_t c : near) {
                if (gain(c) > best_gain + k_least_gain) {
                    best = c;
                    best_gain = gain(c);
                }
            }
            community[best] += strength[i];
            of[i] = best;
            if (best != home) moved = moved_ever = true;
            for (const std::size_t c : near) link[c] = 0;
        }
    }
    return moved_ever;
}

double modularity(const WeightedGraph& graph, const std::vector<std::size_t>& of) {
    std::vector<double> inside(of.size(), 0);
    std::vector<double> all(of.size(), 0);
    for (std::size_t i = 0; i < of.size(); ++i) {
        all[of[i]] += graph.strength(i);
        inside[of[i]] += 2 * graph.loops[i];
        for (const auto& [other, weight] : graph.neighbours[i]) {
            if (of[other] == of[i]) inside[of[i]] += weight;
        }
    }
    double sum = 0;
    for (std::size_t c = 0; c < of.size(); ++c) {
        const double share = all[c] / (2 * graph.total);
        sum += inside[c] / (2 * graph.total) - share * share;
    }
    return sum;
}

}  // namespace

std::vector<std::size_t> degrees(const KnowledgeGraph& graph) {
    std::vector<std::size_t> result;
    result.reserve(graph.entities().size());
    for (const Entity& entity : graph.entities()) {
        result.push_back(graph.facts_from(entity.id).size() + graph.facts_to(entity.id).size());
    }
    return result;
}

Components components(const KnowledgeGraph& graph) {
    const BoostView view = boost_view(graph);
    const std::size_t size = boost::num_vertices(view);
    std::vector<std::size_t> rank(size, 0);
    std::vector<std::size_t> parent(size);
    boost::disjoint_sets sets(rank.data(), parent.data());
    boost::initialize_incremental_components(view, sets);
    boost::incremental_components(view, sets);
    Components result;
    result.of.resize(size);
    for (std::size_t i = 0; i < size; ++i) result.of[i] = sets.find_set(i);
    result.sizes = number_by_size(result.of);
    return result;
}

std::vector<double> page_rank(const KnowledgeGraph& graph, RankFlow flow) {
    constexpr double k_damping = 0.85;
    constexpr double k_tolerance = 1e-10;
    constexpr int k_most_rounds = 200;
    const BoostView view = boost_view(graph);
    const std::size_t size = boost::num_vertices(view);
    if (size == 0) return {};
    const auto count = static_cast<double>(size);
    std::vector<double> rank(size, 1 / count);
    std::vector<double> next(size);
    std::vector<double> share(size);
    for (int round = 0; round < k_most_rounds; ++round) {
        double lost = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t ways =
                boost::out_degree(i, view) + (flow == RankFlow::both_ways ? boost::in_degree(i, view) : 0);
            share[i] = ways == 0 ? 0 : rank[i] / static_cast<double>(ways);
            if (ways == 0) lost += rank[i];
        }
        double change = 0;
        for (std::size_t i = 0; i < size; ++i) {
            double sum = 0;
            for (const auto edge : boost::make_iterator_range(boost::in_edges(i, view))) {
                sum += share[boost::source(edge, view)];
            }
            if (flow == RankFlow::both_ways) {
                for (const auto edge : boost::make_iterator_range(boost::out_edges(i, view))) {
                    sum += share[boost::target(edge, view)];
                }
            }
            next[i] = (1 - k_damping) / count + k_damping * (sum + lost / count);
            change += std::abs(next[i] - rank[i]);
        }
        rank.swap(next);
        if (change < k_tolerance) break;
    }
    return rank;
}

Communities communities(const KnowledgeGraph& graph) {
    const BoostView view = boost_view(graph);
    WeightedGraph level(boost::num_vertices(view));
    for (const auto edge : boost::make_iterator_range(boost::edges(view))) {
        level.add(boost::source(edge, view), boost::target(edge, view),
                  static_cast<double>(view[edge].evidence));
    }
    level.unite();
    Communities result;
    result.of.resize(boost::num_vertices(view));
    std::iota(result.of.begin(), result.of.end(), std::size_t{0});
    if (level.total > 0) {
        const WeightedGraph whole = level;
        while (true) {
            std::vector<std::size_t> of(level.neighbours.size());
            std::iota(of.begin(), of.end(), std::size_t{0});
            if (!move_vertices(level, of)) break;
            // Every community becomes a vertex of the next level.
            const std::size_t groups = number_by_size(of).size();
            for (std::size_t& community : result.of) community = of[community];
            WeightedGraph next(groups);
            for (std::size_t i = 0; i < of.size(); ++i) {
                if (level.loops[i] > 0) next.add(of[i], of[i], level.loops[i]);
                for (const auto& [other, weight] : level.neighbours[i]) {
                    if (i < other) next.add(of[i], of[other], weight);
                }
            }
            next.unite();
            level = std::move(next);
        }
        result.modularity = modularity(whole, result.of);
    }
    result.sizes = number_by_size(result.of);
    return result;
}

}  // namespace relata::graph
