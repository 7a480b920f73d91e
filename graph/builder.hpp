// SPDX-License-Identifier: Apache-2.0
// GraphBuilder: many analysed documents -> one graph. The result does not depend on the order of add().
// Memory is bounded by the graph, its evidence and the documents' text: tokens and trees are let go in add().
// Not thread-safe: one thread adds.
#pragma once

#include <memory>
#include <vector>

#include "core/analysed_document.hpp"
#include "graph/knowledge_graph.hpp"

namespace relata::graph {

class GraphBuilder {
  public:
    // `relations`: what the ontology knows. Facts of a symmetric relation are one fact whatever the order of
    // their ends.
    explicit GraphBuilder(std::vector<RelationInfo> relations = {});
    ~GraphBuilder();
    GraphBuilder(GraphBuilder&&) noexcept;
    GraphBuilder& operator=(GraphBuilder&&) noexcept;

    // Takes in the named entities, the facts marked for_graph, and the nameless things that those facts speak
    // of. A document whose id is already there is ignored.
    void add(const AnalysedDocument& analysed);
    // Resolves and assembles. The builder is empty afterwards.
    KnowledgeGraph finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relata::graph
