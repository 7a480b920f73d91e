// SPDX-License-Identifier: Apache-2.0
#include "web/site.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "graph/algorithms.hpp"
#include "graph/palette.hpp"
#include "web/assets.hpp"

namespace relata::web {
namespace {

// The type colours of the exports as custom properties, one class a type.
std::string type_colours() {
    std::string css;
    for (int at = 0; at <= static_cast<int>(EntityType::OTHER); ++at) {
        const auto type = static_cast<EntityType>(at);
        css += ".t-" + std::string(to_string(type)) + "{--type:" + std::string(graph::color_of(type)) + "}\n";
    }
    return css;
}

Asset hashed(std::string_view stem, std::string_view suffix, std::string type, std::string body) {
    std::string path =
        "/assets/" + std::string(stem) + "." + to_hex(content_hash(body)) + std::string(suffix);
    return {std::move(path), std::move(type), std::move(body)};
}

// The latest publication date among the articles that say it; empty when none is dated.
std::string_view last_said(const graph::KnowledgeGraph& graph, const graph::Fact& fact) {
    std::string_view latest;
    for (const graph::Evidence& evidence : fact.evidences)
        latest = std::max<std::string_view>(latest, graph.find_document(evidence.document)->published);
    return latest;
}

std::vector<std::size_t> places(std::size_t count) {
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

std::string revision_of(const graph::KnowledgeGraph& graph, std::string_view version) {
    std::string digest(version);
    for (const graph::SourceDocument& document : graph.documents()) digest += document.id.text();
    for (const graph::Entity& entity : graph.entities()) (digest += entity.id.text()) += entity.name;
    for (const graph::Fact& fact : graph.facts())
        digest += fact.id.text() + std::to_string(fact.evidences.size()) + "/";
    return to_hex(content_hash(digest));
}

}  // namespace

Site::Site(const graph::KnowledgeGraph& knowledge, std::string site_name, std::string program_version)
    : graph(knowledge),
      name(std::move(site_name)),
      version(std::move(program_version)),
      statistics(graph::statistics(knowledge)),
      degrees(graph::degrees(knowledge)),
      ranks(graph::page_rank(knowledge)),
      by_rank(places(knowledge.entities().size())),
      by_strength(places(knowledge.facts().size())),
      by_publication(places(knowledge.documents().size())),
      revision(revision_of(knowledge, version)) {
    // Ranks are rounded before they are compared: the last bits may differ between machines.
    std::vector<long long> rounded(ranks.size());
    std::transform(ranks.begin(), ranks.end(), rounded.begin(),
                   [](double rank) { return static_cast<long long>(rank * 1e9); });
    std::stable_sort(by_rank.begin(), by_rank.end(),
                     [&](std::size_t a, std::size_t b) { return rounded[a] > rounded[b]; });
    by_degree = by_rank;
    std::stable_sort(by_degree.begin(), by_degree.end(),
                     [&](std::size_t a, std::size_t b) { return degrees[a] > degrees[b]; });

    const std::vector<graph::Fact>& facts = graph.facts();
    std::vector<std::pair<std::size_t, int>> strength(facts.size());
    for (std::size_t at = 0; at < facts.size(); ++at)
        strength[at] = {articles_of(facts[at]), static_cast<int>(facts[at].confidence * 1000)};
    std::stable_sort(by_strength.begin(), by_strength.end(),
                     [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
    by_date = by_strength;
    std::vector<std::string_view> dates(facts.size());
    for (std::size_t at = 0; at < facts.size(); ++at) dates[at] = last_said(graph, facts[at]);
    std::stable_sort(by_date.begin(), by_date.end(),
                     [&](std::size_t a, std::size_t b) { return dates[a] > dates[b]; });
    std::stable_sort(by_publication.begin(), by_publication.end(), [&](std::size_t a, std::size_t b) {
        return graph.documents()[a].published > graph.documents()[b].published;
    });

    for (const std::size_t at : by_strength) {
        const graph::Fact& fact = facts[at];
        const auto [place, fresh] =
            relation_places_.try_emplace({fact.open(), fact.relation_name()}, relations.size());
        if (fresh) {
            RelationGroup group;
            group.name = fact.relation_name();
            group.label = graph.relation_label(fact);
            group.open = fact.open();
            group.symmetric = graph.is_symmetric(fact);
            if (const graph::RelationInfo* info = graph.find_relation(fact.relation); info && !fact.open())
                group.inverse_label = info->inverse_label;
            relations.push_back(std::move(group));
        }
        relations[place->second].facts.push_back(at);
    }
    std::stable_sort(relations.begin(), relations.end(), [](const RelationGroup& a, const RelationGroup& b) {
        return std::tuple(b.facts.size(), a.open, std::string_view(a.name)) <
               std::tuple(a.facts.size(), b.open, std::string_view(b.name));
    });
    for (std::size_t at = 0; at < relations.size(); ++at)
        relation_places_[{relations[at].open, relations[at].name}] = at;

    appearances.resize(graph.entities().size());
    for (const std::size_t at : by_publication) {
        for (const graph::SourceMention& mention : graph.documents()[at].mentions) {
            std::vector<Appearance>& places_of_entity = appearances[graph.index_of(mention.entity)];
            if (places_of_entity.empty() || places_of_entity.back().document != at)
                places_of_entity.push_back({at, mention.sentence});
        }
    }

    assets = {hashed("style", ".css", "text/css; charset=utf-8", std::string(k_style_sheet) + type_colours()),
              hashed("page", ".js", "text/javascript; charset=utf-8", std::string(k_script)),
              hashed("icon", ".svg", "image/svg+xml", std::string(k_icon))};
}

std::size_t Site::articles_of(const graph::Fact& fact) {
    std::vector<DocumentId> documents;
    for (const graph::Evidence& evidence : fact.evidences) documents.push_back(evidence.document);
    std::sort(documents.begin(), documents.end());
    return static_cast<std::size_t>(std::unique(documents.begin(), documents.end()) - documents.begin());
}

const RelationGroup* Site::find_relation(std::string_view relation_name, bool open) const {
    const auto found = relation_places_.find(std::pair(open, std::string(relation_name)));
    return found == relation_places_.end() ? nullptr : &relations[found->second];
}

const Asset* Site::find_asset(std::string_view path) const {
    for (const Asset& asset : assets)
        if (asset.path == path) return &asset;
    return nullptr;
}

}  // namespace relata::web
