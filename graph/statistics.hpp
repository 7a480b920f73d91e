// SPDX-License-Identifier: Apache-2.0
// Statistics: the counts that `relata stats` prints. Lists are by count, most first, ties by name.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "graph/knowledge_graph.hpp"

namespace relata::graph {

using Counts = std::vector<std::pair<std::string, std::size_t>>;

struct RankedEntity {
    EntityId id;
    std::string name;
    EntityType type = EntityType::OTHER;
    std::size_t facts = 0;
    double page_rank = 0;
};

struct Statistics {
    std::size_t documents = 0;
    std::size_t sentences = 0;
    std::size_t mentions = 0;
    std::size_t entities = 0;
    std::size_t unnamed_entities = 0;
    std::size_t entities_in_several_documents = 0;
    std::size_t facts = 0;
    std::size_t facts_with_value = 0;
    std::size_t open_facts = 0;
    std::size_t facts_in_several_documents = 0;
    std::size_t evidences = 0;
    std::size_t merges = 0;
    std::size_t facts_without_entity = 0;  // see GraphParts
    std::size_t facts_about_itself = 0;
    std::size_t components = 0;
    std::size_t largest_component = 0;
    std::size_t isolated_entities = 0;  // without any fact
    std::size_t communities = 0;
    double modularity = 0;
    Counts entities_by_type;
    Counts facts_by_relation;  // canonical relations; open ones together as "(open)"
    Counts facts_by_modality;
    Counts facts_by_polarity;
    Counts merges_by_reason;
    std::vector<RankedEntity> most_important;  // by PageRank, at most ten
};

Statistics statistics(const KnowledgeGraph& graph);

}  // namespace relata::graph
