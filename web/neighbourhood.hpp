// SPDX-License-Identifier: Apache-2.0
// Neighbourhood: the part of the graph around one entity that fits a picture, with positions. Who is left out
// is counted, never hidden. The same graph and request give the same picture.
#pragma once

#include <cstddef>
#include <vector>

#include "web/filter.hpp"
#include "web/html.hpp"
#include "web/site.hpp"

namespace relata::web {

struct PictureNode {
    std::size_t entity = 0;  // index in KnowledgeGraph::entities()
    std::size_t hop = 0;     // 0: the centre; a backbone has none
    double x = 0;            // centre of the shape; y grows downwards
    double y = 0;
};
// All facts between two entities of the picture.
struct PictureEdge {
    std::size_t from = 0;  // indices in nodes; subject and object of the strongest fact
    std::size_t to = 0;
    std::vector<std::size_t> facts;  // indices in KnowledgeGraph::facts(), strongest first
};
struct Neighbourhood {
    std::vector<PictureNode> nodes;  // the centre first, then by hop and importance
    std::vector<PictureEdge> edges;
    std::size_t reachable = 0;  // entities within the hops that the filter admits, the centre included
    bool complete = true;       // false: the search stopped early, `reachable` is a lower bound
    double width = 0;           // of the drawing; all labels lie inside
    double height = 0;
};

struct NeighbourhoodOptions {
    std::size_t hops = 1;
    std::size_t limit = 60;  // nodes, the centre included
    double aspect = 1.6;     // wished width / height
    double width = 1080;     // wished width; a picture of few entities is spread up to it
};

// Precondition: centre < entities().size().
Neighbourhood neighbourhood(const Site& site, std::size_t centre, const FactFilter& filter,
                            const NeighbourhoodOptions& options);
// The most important entities and what connects them: a picture of the whole graph.
Neighbourhood backbone(const Site& site, const FactFilter& filter, std::size_t limit);

// Label of a node as drawn: the name, cut at about 26 characters.
std::string picture_label(const graph::Entity& entity);

enum class EdgeLabels { show, hide };
// The picture as SVG without styles of its own: classes only.
Html picture(const Site& site, const Neighbourhood& view, EdgeLabels labels);
// The same as a list for those who do not see the picture.
Html picture_list(const Site& site, const Neighbourhood& view);

}  // namespace relata::web
