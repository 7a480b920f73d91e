// SPDX-License-Identifier: Apache-2.0
// FactFilter: which facts a view shows. The parameters have the same names on every page and in the API:
//   rel   canonical relation or open phrase      type  entity type of the other side (VALUE: values)
//   from, to   years or dates; a fact counts when its time overlaps, facts without a time are left out
//   conf  least confidence, 0..1                 said  asserted | qualified (planned, denied, negated, …)
//   src   id of an article that says it
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/annotation.hpp"
#include "core/ids.hpp"
#include "graph/knowledge_graph.hpp"
#include "web/exchange.hpp"

namespace relata::web {

enum class Said { any, asserted, qualified };

struct FactFilter {
    std::string relation;
    std::optional<EntityType> type;
    bool values_only = false;
    std::string from;
    std::string to;
    double confidence = 0;
    Said said = Said::any;
    std::optional<DocumentId> source;

    bool active() const;
    // `seen_from`: the entity on whose page the fact stands; `type` judges the other end, or the object when
    // there is none.
    bool admits(const graph::KnowledgeGraph& graph, const graph::Fact& fact,
                std::optional<EntityId> seen_from = std::nullopt) const;
    // "&rel=…&conf=0.5" in the fixed order, without defaults; empty or starting with '&'.
    std::string parameters() const;
};

// Throws RequestError 422 on a value that no filter can have.
FactFilter parse_filter(const Query& query);

}  // namespace relata::web
