// SPDX-License-Identifier: Apache-2.0
// Measures of a graph. Results are indexed as KnowledgeGraph::entities(). All of them are deterministic: no
// clock, no random device, no threads. Facts with values are no edges.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/knowledge_graph.hpp"

namespace relata::graph {

// Number of facts that touch each entity (subject or object), values included.
std::vector<std::size_t> degrees(const KnowledgeGraph& graph);

struct Components {
    std::vector<std::size_t> of;     // component of each entity; 0 is the largest
    std::vector<std::size_t> sizes;  // descending
};
Components components(const KnowledgeGraph& graph);

// Whether rank flows from subject to object only, or both ways. Who acquires ten companies matters as much as
// who is acquired: sizes in pictures use both_ways.
enum class RankFlow { subject_to_object, both_ways };
// PageRank (Brin and Page 1998) with damping 0.85; the rank of entities without edges is spread evenly; sums
// to 1.
std::vector<double> page_rank(const KnowledgeGraph& graph, RankFlow flow = RankFlow::both_ways);

struct Communities {
    std::vector<std::size_t> of;     // community of each entity; 0 is the largest
    std::vector<std::size_t> sizes;  // descending
    double modularity = 0;
};
// Louvain (Blondel et al. 2008), undirected, edge weight = number of evidences.
Communities communities(const KnowledgeGraph& graph);

struct Point {
    double x = 0;
    double y = 0;
};
struct LayoutOptions {
    std::uint64_t seed = 1;
    std::size_t iterations = 0;  // 0: chosen by the size of the graph so that the time stays bounded
};
// Force-directed positions (ForceAtlas2's forces, Jacomy et al. 2014; Barnes-Hut above 500 vertices) with
// room for circles of radius 10 to 50; components packed around the largest, which is centred on the origin.
std::vector<Point> layout(const KnowledgeGraph& graph, const LayoutOptions& options = {});

}  // namespace relata::graph
