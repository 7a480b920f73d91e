// SPDX-License-Identifier: Apache-2.0
// The graph as Boost.Graph sees it; the only header with Boost in it, for .cpp files of this room alone.
// Vertex i is entities()[i]; edges are the facts between two entities, in the graph's order.
#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstddef>

#include "graph/knowledge_graph.hpp"

namespace relata::graph {

struct FactEdge {
    std::size_t fact = 0;      // index in facts()
    std::size_t evidence = 0;  // how many sentences say so
};
using BoostView =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property, FactEdge>;

inline BoostView boost_view(const KnowledgeGraph& graph) {
    BoostView view(graph.entities().size());
    for (std::size_t i = 0; i < graph.facts().size(); ++i) {
        const Fact& fact = graph.facts()[i];
        if (const EntityId* object = fact.object_entity()) {
            boost::add_edge(graph.index_of(fact.subject), graph.index_of(*object), {i, fact.evidences.size()},
                            view);
        }
    }
    return view;
}

}  // namespace relata::graph
