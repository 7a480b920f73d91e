// SPDX-License-Identifier: Apache-2.0
#include "graph/statistics.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "graph/algorithms.hpp"

namespace relata::graph {
namespace {

Counts by_count(const std::map<std::string, std::size_t>& counts) {
    Counts sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return sorted;
}

}  // namespace

Statistics statistics(const KnowledgeGraph& graph) {
    Statistics result;
    result.documents = graph.documents().size();
    for (const SourceDocument& document : graph.documents()) {
        result.sentences += document.sentences.size();
        result.mentions += document.mentions.size();
    }
    std::map<std::string, std::size_t> types;
    result.entities = graph.entities().size();
    for (const Entity& entity : graph.entities()) {
        ++types[std::string(to_string(entity.type))];
        if (!entity.named) ++result.unnamed_entities;
        if (entity.documents > 1) ++result.entities_in_several_documents;
    }
    std::map<std::string, std::size_t> relations;
    std::map<std::string, std::size_t> modalities;
    std::map<std::string, std::size_t> polarities;
    result.facts = graph.facts().size();
    for (const Fact& fact : graph.facts()) {
        ++relations[fact.open() ? "(open)" : fact.relation];
        ++modalities[std::string(to_string(fact.modality))];
        ++polarities[std::string(to_string(fact.polarity))];
        result.evidences += fact.evidences.size();
        if (fact.open()) ++result.open_facts;
        if (fact.object_value() != nullptr) ++result.facts_with_value;
        // Evidences stand together by document.
        if (fact.evidences.front().document != fact.evidences.back().document)
            ++result.facts_in_several_documents;
    }
    std::map<std::string, std::size_t> reasons;
    result.merges = graph.merges().size();
    for (const Merge& merge : graph.merges()) ++reasons[std::string(to_string(merge.reason))];
    result.facts_without_entity = graph.parts().facts_without_entity;
    result.facts_about_itself = graph.parts().facts_about_itself;

    const Components parts = components(graph);
    result.components = parts.sizes.size();
    result.largest_component = parts.sizes.empty() ? 0 : parts.sizes.front();
    const std::vector<std::size_t> degree = degrees(graph);
    result.isolated_entities =
        static_cast<std::size_t>(std::count(degree.begin(), degree.end(), std::size_t{0}));
    const Communities groups = communities(graph);
    result.communities = groups.sizes.size();
    result.modularity = groups.modularity;

    result.entities_by_type = by_count(types);
    result.facts_by_relation = by_count(relations);
    result.facts_by_modality = by_count(modalities);
    result.facts_by_polarity = by_count(polarities);
    result.merges_by_reason = by_count(reasons);

    constexpr std::size_t k_shown = 10;
    const std::vector<double> rank = page_rank(graph);
    std::vector<std::size_t> order(graph.entities().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto shown = order.begin() + static_cast<std::ptrdiff_t>(std::min(k_shown, order.size()));
    std::partial_sort(order.begin(), shown, order.end(), [&](std::size_t a, std::size_t b) {
        return rank[a] != rank[b] ? rank[a] > rank[b] : a < b;
    });
    for (auto i = order.begin(); i != shown; ++i) {
        const Entity& entity = graph.entities()[*i];
        result.most_important.push_back({entity.id, entity.name, entity.type, degree[*i], rank[*i]});
    }
    return result;
}

}  // namespace relata::graph
