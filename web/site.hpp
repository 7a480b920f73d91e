// SPDX-License-Identifier: Apache-2.0
// Site: a graph with everything that the pages need to know about it at once (ranks, counts, orders), worked
// out when the server starts. It never changes afterwards, so any number of threads may read it. It refers to
// the graph, which must outlive it.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/knowledge_graph.hpp"
#include "graph/statistics.hpp"

namespace relata::web {

// The facts of one canonical relation or one open phrase.
struct RelationGroup {
    std::string name;  // canonical name or phrase
    std::string label;
    std::string inverse_label;  // may be empty
    bool open = false;
    bool symmetric = false;
    std::vector<std::size_t> facts;  // indices, strongest first
};

struct Asset {
    std::string path;  // holds a hash of the content: it may be cached for ever
    std::string type;
    std::string body;
};

struct Site {
    Site(const graph::KnowledgeGraph& knowledge, std::string site_name, std::string program_version);

    const graph::KnowledgeGraph& graph;
    std::string name;     // of the graph, shown beside the program's
    std::string version;  // of the program
    graph::Statistics statistics;
    std::vector<std::size_t> degrees;         // of each entity
    std::vector<double> ranks;                // PageRank of each entity
    std::vector<std::size_t> by_degree;       // indices of entities, most facts first, then most important
    std::vector<std::size_t> by_rank;         // indices of entities, most important first
    std::vector<std::size_t> by_strength;     // indices of facts: most articles, then highest confidence
    std::vector<std::size_t> by_date;         // indices of facts: said in the latest article first
    std::vector<std::size_t> by_publication;  // indices of documents, newest first, undated last
    std::vector<RelationGroup> relations;     // most facts first; canonical before open at equal counts
    // Of each entity: the articles that mention it, newest first, with the sentence of its first mention
    // there.
    struct Appearance {
        std::size_t document = 0;
        std::size_t sentence = 0;
    };
    std::vector<std::vector<Appearance>> appearances;
    std::vector<Asset> assets;  // style, script, icon, in this order
    std::string revision;       // changes when anything of the graph that is shown changes

    // Number of different articles that say it.
    static std::size_t articles_of(const graph::Fact& fact);
    // nullptr when there is none.
    const RelationGroup* find_relation(std::string_view relation_name, bool open) const;
    const Asset* find_asset(std::string_view path) const;

  private:
    std::map<std::pair<bool, std::string>, std::size_t, std::less<>> relation_places_;
};

}  // namespace relata::web
