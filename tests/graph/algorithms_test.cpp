// SPDX-License-Identifier: Apache-2.0
#include "graph/algorithms.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "graph/statistics.hpp"
#include "tests/graph/sample_graph.hpp"

using namespace relata;
using graph::KnowledgeGraph;

namespace {

// A graph of entities "0000", "0001", … in this order.
KnowledgeGraph graph_of(std::size_t size, const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
    graph::GraphParts parts;
    graph::SourceDocument document;
    document.text = "x";
    document.sentences.push_back({{0, 1}, BlockKind::paragraph});
    parts.documents.push_back(document);
    for (std::size_t i = 0; i < size; ++i) {
        graph::Entity entity;
        entity.id = EntityId{i};
        entity.name = std::to_string(1000000 + i);
        parts.entities.push_back(entity);
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
        graph::Fact fact;
        fact.id = FactId{i};
        fact.subject = EntityId{edges[i].first};
        fact.object = EntityId{edges[i].second};
        fact.relation = "knows";
        fact.evidences.emplace_back();
        parts.facts.push_back(fact);
    }
    return KnowledgeGraph(std::move(parts));
}

// W. W. Zachary, An information flow model for conflict and fission in small groups, 1977: 34 members, 78
// ties.
const std::vector<std::pair<std::size_t, std::size_t>> k_karate = {
    {0, 1},   {0, 2},   {0, 3},   {0, 4},   {0, 5},   {0, 6},   {0, 7},   {0, 8},   {0, 10},  {0, 11},
    {0, 12},  {0, 13},  {0, 17},  {0, 19},  {0, 21},  {0, 31},  {1, 2},   {1, 3},   {1, 7},   {1, 13},
    {1, 17},  {1, 19},  {1, 21},  {1, 30},  {2, 3},   {2, 7},   {2, 8},   {2, 9},   {2, 13},  {2, 27},
    {2, 28},  {2, 32},  {3, 7},   {3, 12},  {3, 13},  {4, 6},   {4, 10},  {5, 6},   {5, 10},  {5, 16},
    {6, 16},  {8, 30},  {8, 32},  {8, 33},  {9, 33},  {13, 33}, {14, 32}, {14, 33}, {15, 32}, {15, 33},
    {18, 32}, {18, 33}, {19, 33}, {20, 32}, {20, 33}, {22, 32}, {22, 33}, {23, 25}, {23, 27}, {23, 29},
    {23, 32}, {23, 33}, {24, 25}, {24, 27}, {24, 31}, {25, 31}, {26, 29}, {26, 33}, {27, 33}, {28, 31},
    {28, 33}, {29, 32}, {29, 33}, {30, 32}, {30, 33}, {31, 32}, {31, 33}, {32, 33}};

}  // namespace

TEST_CASE("PageRank of the karate club is the published one", "[graph][algorithms]") {
    // NetworkX 2.8, nx.pagerank of the unweighted club, alpha 0.85.
    const auto rank = graph::page_rank(graph_of(34, k_karate));
    CHECK(rank[0] == Approx(0.09700).margin(2e-5));
    CHECK(rank[1] == Approx(0.05288).margin(2e-5));
    CHECK(rank[33] == Approx(0.10092).margin(2e-5));
    CHECK(rank[32] == Approx(0.07169).margin(2e-5));
    CHECK(rank[11] == Approx(0.00956).margin(2e-5));
    CHECK(std::accumulate(rank.begin(), rank.end(), 0.0) == Approx(1));
}

TEST_CASE("rank flows along facts and what has no way out is spread", "[graph][algorithms]") {
    const KnowledgeGraph chain = graph_of(3, {{0, 1}, {1, 2}});
    const auto rank = graph::page_rank(chain, graph::RankFlow::subject_to_object);
    CHECK(rank[0] < rank[1]);
    CHECK(rank[1] < rank[2]);
    CHECK(rank[0] + rank[1] + rank[2] == Approx(1));
    const auto both = graph::page_rank(chain, graph::RankFlow::both_ways);
    CHECK(both[0] == Approx(both[2]));
    CHECK(graph::page_rank(graph_of(0, {})).empty());
    CHECK(graph::page_rank(graph_of(2, {}))[0] == Approx(0.5));
}

TEST_CASE("Louvain finds the karate club's factions", "[graph][algorithms]") {
    const graph::Communities groups = graph::communities(graph_of(34, k_karate));
    // The best known partition has 0.4198; Louvain finds 0.415 to 0.4198 by the order of its moves.
    CHECK(groups.modularity > 0.41);
    CHECK(groups.modularity < 0.4199);
    CHECK(groups.sizes.size() == 4);
    CHECK(groups.of[0] == groups.of[1]);
    CHECK(groups.of[33] == groups.of[32]);
    CHECK(groups.of[0] != groups.of[33]);
    CHECK(graph::communities(graph_of(3, {})).sizes.size() == 3);
}

TEST_CASE("components are numbered from the largest", "[graph][algorithms]") {
    const graph::Components parts = graph::components(graph_of(6, {{4, 5}, {5, 3}, {0, 1}}));
    CHECK(parts.sizes == std::vector<std::size_t>{3, 2, 1});
    CHECK(parts.of[3] == 0);
    CHECK(parts.of[0] == 1);
    CHECK(parts.of[2] == 2);
}

TEST_CASE("a layout is repeatable, finite and puts neighbours nearer than strangers", "[graph][algorithms]") {
    const KnowledgeGraph karate = graph_of(34, k_karate);
    const auto at = graph::layout(karate);
    const auto again = graph::layout(karate);
    const auto distance = [&](std::size_t a, std::size_t b) {
        return std::hypot(at[a].x - at[b].x, at[a].y - at[b].y);
    };
    double near = 0;
    for (const auto& [a, b] : k_karate) near += distance(a, b);
    double all = 0;
    for (std::size_t a = 0; a < 34; ++a) {
        CHECK(at[a].x == again[a].x);
        CHECK(at[a].y == again[a].y);
        CHECK(std::isfinite(at[a].x));
        for (std::size_t b = a + 1; b < 34; ++b) all += distance(a, b);
    }
    CHECK(near / 78 < 0.8 * all / (34 * 33 / 2));
    for (std::size_t a = 0; a < 34; ++a) {
        for (std::size_t b = a + 1; b < 34; ++b) CHECK(distance(a, b) > 1);
    }
    CHECK(graph::layout(karate, {.seed = 2})[0].x != at[0].x);
}

TEST_CASE("a large component goes through the quadtree and a star of equal leaves does not collapse",
          "[graph][algorithms]") {
    std::vector<std::pair<std::size_t, std::size_t>> star;
    for (std::size_t i = 1; i < 1200; ++i) star.emplace_back(0, i);
    const auto at = graph::layout(graph_of(1200, star), {.iterations = 50});
    double spread = 0;
    for (const graph::Point& point : at) {
        REQUIRE(std::isfinite(point.x));
        REQUIRE(std::isfinite(point.y));
        spread = std::max(spread, std::hypot(point.x - at[0].x, point.y - at[0].y));
    }
    CHECK(spread > 20);
}

TEST_CASE("components do not lie on one another", "[graph][algorithms]") {
    const auto at = graph::layout(graph_of(6, {{0, 1}, {2, 3}}));
    for (std::size_t a = 0; a < 6; ++a) {
        for (std::size_t b = a + 1; b < 6; ++b) CHECK(std::hypot(at[a].x - at[b].x, at[a].y - at[b].y) > 1);
    }
    CHECK(graph::layout(graph_of(0, {})).empty());
}

TEST_CASE("statistics count what the graph holds", "[graph][unit]") {
    const graph::Statistics counts = graph::statistics(tests::sample_graph());
    CHECK(counts.documents == 3);
    CHECK(counts.sentences == 8);
    CHECK(counts.entities == 6);
    CHECK(counts.unnamed_entities == 1);
    CHECK(counts.entities_in_several_documents == 4);
    CHECK(counts.facts == 6);
    CHECK(counts.facts_with_value == 1);
    CHECK(counts.open_facts == 1);
    CHECK(counts.facts_in_several_documents == 1);
    CHECK(counts.evidences == 7);
    CHECK(counts.isolated_entities == 1);
    CHECK(counts.components == 2);
    CHECK(counts.largest_component == 5);
    CHECK(counts.facts_by_relation.front() == std::pair<std::string, std::size_t>("partners_with", 2));
    CHECK(counts.entities_by_type.front() == std::pair<std::string, std::size_t>("ORG", 3));
    CHECK(counts.most_important.size() == 6);
    CHECK(counts.merges == counts.merges_by_reason[0].second + counts.merges_by_reason[1].second);
}
