// SPDX-License-Identifier: Apache-2.0
#include "web/neighbourhood.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numbers>

#include "core/utf8.hpp"
#include "web/parts.hpp"

namespace relata::web {
namespace {

// An upper bound on the facts that one request looks at: a hub of a million facts must not hold a thread.
constexpr std::size_t k_most_facts = 200'000;

constexpr double k_label_height = 15;
constexpr double k_node_radius = 7;
constexpr double k_character_width = 6.6;  // of the sans face at 12 px, on average
constexpr double k_margin = 14;

std::size_t other_end(const graph::KnowledgeGraph& graph, const graph::Fact& fact, EntityId self) {
    return graph.index_of(fact.subject == self ? *fact.object_entity() : fact.subject);
}

// `type` has chosen the entities; between the chosen ones every relation counts.
FactFilter without_type(FactFilter filter) {
    filter.type.reset();
    filter.values_only = false;
    return filter;
}

// Adds the edges: every admitted fact between two chosen entities.
void connect(const Site& site, const FactFilter& filter, Neighbourhood& view) {
    std::map<std::size_t, std::size_t> place;
    for (std::size_t at = 0; at < view.nodes.size(); ++at) place[view.nodes[at].entity] = at;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> facts_of_pair;
    std::size_t looked_at = 0;
    for (std::size_t at = 0; at < view.nodes.size(); ++at) {
        const EntityId id = site.graph.entities()[view.nodes[at].entity].id;
        for (const std::size_t index : site.graph.facts_from(id)) {
            if (++looked_at > k_most_facts) {
                view.complete = false;
                break;
            }
            const graph::Fact& fact = site.graph.facts()[index];
            if (!fact.object_entity()) continue;
            const auto object = place.find(site.graph.index_of(*fact.object_entity()));
            if (object == place.end() || object->second == at || !filter.admits(site.graph, fact)) continue;
            facts_of_pair[std::minmax(at, object->second)].push_back(index);
        }
    }
    for (auto& [pair, facts] : facts_of_pair) {
        std::stable_sort(facts.begin(), facts.end(), [&](std::size_t a, std::size_t b) {
            const auto key = [&](std::size_t index) {
                const graph::Fact& fact = site.graph.facts()[index];
                return std::pair(Site::articles_of(fact), static_cast<int>(fact.confidence * 1000));
            };
            return key(a) > key(b);
        });
        const graph::Fact& strongest = site.graph.facts()[facts.front()];
        const std::size_t from = place[site.graph.index_of(strongest.subject)];
        view.edges.push_back({from, from == pair.first ? pair.second : pair.first, std::move(facts)});
    }
}

// Stress majorisation (Gansner, Koren, North 2005) by local updates: distances in the picture follow
// distances in the graph. n is at most a few hundred.
void place_by_stress(Neighbourhood& view) {
    const std::size_t count = view.nodes.size();
    if (count < 2) return;
    std::vector<std::vector<std::size_t>> next(count);
    for (const PictureEdge& edge : view.edges) {
        next[edge.from].push_back(edge.to);
        next[edge.to].push_back(edge.from);
    }
    // Nodes without a path between them keep a distance a little beyond the longest that is usual.
    constexpr double apart = 4;
    std::vector<double> distance(count * count, apart);
    for (std::size_t source = 0; source < count; ++source) {
        std::vector<std::size_t> queue{source};
        std::vector<bool> seen(count, false);
        seen[source] = true;
        distance[source * count + source] = 0;
        for (std::size_t head = 0; head < queue.size(); ++head) {
            for (const std::size_t target : next[queue[head]]) {
                if (seen[target]) continue;
                seen[target] = true;
                distance[source * count + target] =
                    std::min(apart + 2, distance[source * count + queue[head]] + 1);
                queue.push_back(target);
            }
        }
    }
    // Golden angle: neighbours in the order of importance spread evenly without symmetry.
    const double angle = std::numbers::pi * (3 - std::sqrt(5.0));
    for (std::size_t at = 0; at < count; ++at) {
        const double radius = at == 0 ? 0 : 0.6 + std::sqrt(static_cast<double>(at)) * 0.35;
        view.nodes[at].x = radius * std::cos(angle * static_cast<double>(at));
        view.nodes[at].y = radius * std::sin(angle * static_cast<double>(at));
    }
    const std::size_t rounds = count > 150 ? 60 : 150;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::size_t at = 0; at < count; ++at) {
            double x = 0;
            double y = 0;
            double weights = 0;
            for (std::size_t other = 0; other < count; ++other) {
                if (other == at) continue;
                const double ideal = distance[at * count + other];
                const double weight = 1 / (ideal * ideal);
                const double dx = view.nodes[at].x - view.nodes[other].x;
                const double dy = view.nodes[at].y - view.nodes[other].y;
                const double length = std::max(1e-6, std::sqrt(dx * dx + dy * dy));
                x += weight * (view.nodes[other].x + ideal * dx / length);
                y += weight * (view.nodes[other].y + ideal * dy / length);
                weights += weight;
            }
            view.nodes[at].x = x / weights;
            view.nodes[at].y = y / weights;
        }
    }
}

struct Box {
    double left, right, top, bottom;
};

double label_width(std::string_view label) {
    return static_cast<double>(utf8::code_points(label)) * k_character_width;
}

// Half extents of a node with the label under it.
Box extent(const graph::Entity& entity) {
    const double half = std::max(k_node_radius, label_width(picture_label(entity)) / 2) + 3;
    return {half, half, k_node_radius + 3, k_node_radius + k_label_height + 3};
}

// Pushes nodes apart until no two labels overlap, along the shorter way.
void separate(const Site& site, Neighbourhood& view) {
    std::vector<Box> boxes;
    for (const PictureNode& node : view.nodes) boxes.push_back(extent(site.graph.entities()[node.entity]));
    for (std::size_t round = 0; round < 120; ++round) {
        bool moved = false;
        for (std::size_t a = 0; a < view.nodes.size(); ++a) {
            for (std::size_t b = a + 1; b < view.nodes.size(); ++b) {
                PictureNode& first = view.nodes[a];
                PictureNode& second = view.nodes[b];
                const double x = boxes[a].right + boxes[b].left - std::abs(second.x - first.x);
                const bool below = second.y >= first.y;
                const double y = (below ? boxes[a].bottom + boxes[b].top : boxes[b].bottom + boxes[a].top) -
                                 std::abs(second.y - first.y);
                if (x <= 0 || y <= 0) continue;
                moved = true;
                if (x < y) {
                    const double push = (x / 2 + 0.5) * (second.x >= first.x ? 1 : -1);
                    first.x -= push;
                    second.x += push;
                } else {
                    const double push = (y / 2 + 0.5) * (below ? 1 : -1);
                    first.y -= push;
                    second.y += push;
                }
            }
        }
        if (!moved) break;
    }
}

Box bounds_of(const Site& site, const Neighbourhood& view) {
    Box bounds{1e9, -1e9, 1e9, -1e9};
    for (const PictureNode& node : view.nodes) {
        const Box box = extent(site.graph.entities()[node.entity]);
        bounds.left = std::min(bounds.left, node.x - box.left);
        bounds.right = std::max(bounds.right, node.x + box.right);
        bounds.top = std::min(bounds.top, node.y - box.top);
        bounds.bottom = std::max(bounds.bottom, node.y + box.bottom);
    }
    return bounds;
}

void arrange(const Site& site, Neighbourhood& view, const NeighbourhoodOptions& options) {
    if (view.nodes.empty()) return;
    place_by_stress(view);
    // One step of graph distance is so many pixels; labels are wide, so x is stretched.
    const double count = static_cast<double>(view.nodes.size());
    const double step = count <= 40 ? 104 : 92;
    const double stretch = std::sqrt(options.aspect);
    for (PictureNode& node : view.nodes) {
        node.x *= step * stretch;
        node.y *= step / stretch;
    }
    separate(site, view);
    Box bounds = bounds_of(site, view);
    // Letters keep their size: only the room between them grows.
    const double room = bounds.right - bounds.left;
    const double wider = std::clamp((options.width - 2 * k_margin) / room, 1.0, 2.2);
    const double taller = std::clamp(
        (options.width / options.aspect - 2 * k_margin) / (bounds.bottom - bounds.top), 1.0, wider);
    for (PictureNode& node : view.nodes) {
        node.x *= wider;
        node.y *= taller;
    }
    bounds = bounds_of(site, view);
    view.width = bounds.right - bounds.left + 2 * k_margin;
    view.height = bounds.bottom - bounds.top + 2 * k_margin;
    // Never drawn larger than life: a small picture stands in the middle of its frame.
    const double left = k_margin - bounds.left + std::max(0.0, options.width - view.width) / 2;
    for (PictureNode& node : view.nodes) {
        node.x += left;
        node.y += k_margin - bounds.top;
    }
    view.width = std::max(view.width, options.width);
}

std::string tenth(double number) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, 1).ptr;
    return {digits, end};
}

// Types differ by shape as well as by colour: people are circles, organisations squares, places diamonds,
// events triangles, everything else hexagons.
Html shape(const Site& site, const PictureNode& node) {
    const graph::Entity& entity = site.graph.entities()[node.entity];
    const double size = k_node_radius - 1 +
                        std::min(4.0, std::log2(1.0 + static_cast<double>(site.degrees[node.entity])) / 2);
    std::string path;
    const auto polygon = [&](int corners, double turn, double radius) {
        for (int corner = 0; corner < corners; ++corner) {
            const double angle = turn + 2 * std::numbers::pi * corner / corners;
            path += (corner == 0 ? "M" : "L") + tenth(radius * std::cos(angle)) + " " +
                    tenth(radius * std::sin(angle));
        }
        path += "Z";
    };
    constexpr double up = -std::numbers::pi / 2;
    switch (entity.type) {
        case EntityType::PERSON:
            return html("<circle class=\"t-{}\" r=\"{}\"/>", to_string(entity.type), tenth(size));
        case EntityType::ORG:
            polygon(4, up / 2, size * 1.3);
            break;
        case EntityType::GPE:
        case EntityType::LOC:
        case EntityType::FAC:
            polygon(4, up, size * 1.25);
            break;
        case EntityType::EVENT:
            polygon(3, up, size * 1.3);
            break;
        default:
            polygon(6, up, size * 1.1);
    }
    return html("<path class=\"t-{}\" d=\"{}\"/>", to_string(entity.type), path);
}

std::string edge_words(const Site& site, const PictureEdge& edge) {
    const graph::Fact& strongest = site.graph.facts()[edge.facts.front()];
    std::string words =
        graph::certainty_label(site.graph.relation_label(strongest), strongest.polarity, strongest.modality);
    if (edge.facts.size() > 1) words += " +" + std::to_string(edge.facts.size() - 1);
    return words;
}

// Edge labels go where they cover no name and no other label; the middle is tried first.
class LabelPlaces {
  public:
    LabelPlaces(const Site& site, const Neighbourhood& view) {
        for (const PictureNode& node : view.nodes) {
            const Box box = extent(site.graph.entities()[node.entity]);
            taken_.push_back({node.x - box.left, node.x + box.right, node.y - box.top, node.y + box.bottom});
        }
    }
    // Centre of a label of this many characters on the line from -> to.
    std::pair<double, double> place(const PictureNode& from, const PictureNode& to, std::size_t characters) {
        constexpr double height = 12;
        const double half = static_cast<double>(characters) * k_character_width * 0.43 + 2;
        std::pair<double, double> best;
        Box best_box{};
        std::size_t fewest = taken_.size() + 1;
        for (const double part : {0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.27, 0.73}) {
            const double x = from.x + (to.x - from.x) * part;
            const double y = from.y + (to.y - from.y) * part;
            const Box box{x - half, x + half, y - height / 2, y + height / 2};
            const auto covered =
                static_cast<std::size_t>(std::count_if(taken_.begin(), taken_.end(), [&](const Box& other) {
                    return box.left < other.right && other.left < box.right && box.top < other.bottom &&
                           other.top < box.bottom;
                }));
            if (covered >= fewest) continue;
            fewest = covered;
            best = {x, y};
            best_box = box;
            if (covered == 0) break;
        }
        taken_.push_back(best_box);
        return best;
    }

  private:
    std::vector<Box> taken_;
};

void rank_candidates(const Site& site, std::map<std::size_t, std::size_t>& links,
                     std::vector<std::size_t>& order) {
    order.clear();
    for (const auto& [entity, count] : links) order.push_back(entity);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t at) {
            return std::pair(links[at], static_cast<long long>(site.ranks[at] * 1e9));
        };
        return key(a) > key(b);
    });
}

}  // namespace

std::string picture_label(const graph::Entity& entity) {
    constexpr std::size_t most = 26;
    if (utf8::code_points(entity.name) <= most) return entity.name;
    std::size_t at = 0;
    for (std::size_t seen = 0; seen < most - 1; ++seen) at += utf8::decode(entity.name, at).length;
    return entity.name.substr(0, at) + "…";
}

Neighbourhood neighbourhood(const Site& site, std::size_t centre, const FactFilter& filter,
                            const NeighbourhoodOptions& options) {
    RELATA_EXPECTS(centre < site.graph.entities().size());
    Neighbourhood view;
    view.nodes.push_back({centre, 0});
    view.reachable = 1;
    std::map<std::size_t, std::size_t> hop_of{{centre, 0}};
    std::vector<std::size_t> frontier{centre};
    std::size_t looked_at = 0;
    for (std::size_t hop = 1; hop <= options.hops && !frontier.empty(); ++hop) {
        // Entity -> number of admitted facts that lead to it from the ring inside.
        std::map<std::size_t, std::size_t> links;
        for (const std::size_t entity : frontier) {
            const EntityId id = site.graph.entities()[entity].id;
            for (const std::size_t index : site.graph.facts_of(id)) {
                if (++looked_at > k_most_facts) {
                    view.complete = false;
                    break;
                }
                const graph::Fact& fact = site.graph.facts()[index];
                if (!fact.object_entity() || !filter.admits(site.graph, fact, id)) continue;
                const std::size_t other = other_end(site.graph, fact, id);
                if (!hop_of.contains(other)) ++links[other];
            }
        }
        std::vector<std::size_t> order;
        rank_candidates(site, links, order);
        view.reachable += order.size();
        frontier.clear();
        for (const std::size_t entity : order) {
            hop_of[entity] = hop;
            if (view.nodes.size() >= options.limit) continue;
            view.nodes.push_back({entity, hop});
            frontier.push_back(entity);
        }
    }
    connect(site, without_type(filter), view);
    arrange(site, view, options);
    return view;
}

Neighbourhood backbone(const Site& site, const FactFilter& filter, std::size_t limit) {
    Neighbourhood view;
    for (const std::size_t entity : site.by_rank) {
        if (site.degrees[entity] == 0) continue;
        if (filter.type && site.graph.entities()[entity].type != *filter.type) continue;
        ++view.reachable;
        if (view.nodes.size() < limit) view.nodes.push_back({entity, 1});
    }
    connect(site, without_type(filter), view);
    // Those that nothing here connects say nothing in a picture.
    std::vector<bool> used(view.nodes.size(), false);
    for (const PictureEdge& edge : view.edges) used[edge.from] = used[edge.to] = true;
    std::vector<std::size_t> moved(view.nodes.size());
    std::vector<PictureNode> kept;
    for (std::size_t at = 0; at < view.nodes.size(); ++at) {
        moved[at] = kept.size();
        if (used[at]) kept.push_back(view.nodes[at]);
    }
    view.nodes = std::move(kept);
    for (PictureEdge& edge : view.edges) {
        edge.from = moved[edge.from];
        edge.to = moved[edge.to];
    }
    arrange(site, view, {});
    return view;
}

Html picture(const Site& site, const Neighbourhood& view, EdgeLabels labels) {
    Html edges;
    Html words;
    LabelPlaces places(site, view);
    for (std::size_t at = 0; at < view.edges.size(); ++at) {
        const PictureEdge& edge = view.edges[at];
        const PictureNode& from = view.nodes[edge.from];
        const PictureNode& to = view.nodes[edge.to];
        const graph::Fact& strongest = site.graph.facts()[edge.facts.front()];
        const bool plain =
            strongest.polarity == Polarity::positive && strongest.modality == Modality::asserted;
        const double dx = to.x - from.x;
        const double dy = to.y - from.y;
        const double length = std::max(1.0, std::sqrt(dx * dx + dy * dy));
        // The line ends before the shape, so that the arrow head can be seen.
        const double begin = 12 / length;
        const double end = 1 - 13 / length;
        const std::string description = edge_words(site, edge);
        edges.add(
            "<a href=\"{}\" class=\"edge{}\" data-a=\"{}\" data-b=\"{}\" aria-label=\"{} {} {}\">"
            "<title>{} {} {}</title>"
            "<path class=\"hit\" d=\"M{} {}L{} {}\"/><path class=\"line\"{} d=\"M{} {}L{} {}\"/></a>",
            fact_path(strongest), plain ? "" : " qualified", edge.from, edge.to,
            site.graph.entities()[from.entity].name, description, site.graph.entities()[to.entity].name,
            site.graph.entities()[from.entity].name, description, site.graph.entities()[to.entity].name,
            tenth(from.x), tenth(from.y), tenth(to.x), tenth(to.y),
            site.graph.is_symmetric(strongest) ? Html() : html(" marker-end=\"url(#arrow)\""),
            tenth(from.x + dx * begin), tenth(from.y + dy * begin), tenth(from.x + dx * end),
            tenth(from.y + dy * end));
        if (labels == EdgeLabels::show) {
            const auto [x, y] = places.place(from, to, utf8::code_points(description));
            words.add("<text class=\"edge-label\" data-a=\"{}\" data-b=\"{}\" x=\"{}\" y=\"{}\">{}</text>",
                      edge.from, edge.to, tenth(x), tenth(y + 4), description);
        }
    }
    Html nodes;
    for (std::size_t at = 0; at < view.nodes.size(); ++at) {
        const PictureNode& node = view.nodes[at];
        const graph::Entity& entity = site.graph.entities()[node.entity];
        nodes.add(
            "<a class=\"node{}\" href=\"{}\" data-n=\"{}\" transform=\"translate({} {})\" aria-label=\"{}, "
            "{}, {}\">"
            "<title>{} – {}, {}</title>{}<text y=\"{}\">{}</text></a>",
            node.hop == 0 ? " centre" : "", entity_path(entity), at, tenth(node.x), tenth(node.y),
            entity.name, type_name(entity.type), counted(site.degrees[node.entity], "fact"), entity.name,
            type_name(entity.type), counted(site.degrees[node.entity], "fact"), shape(site, node),
            tenth(k_node_radius + k_label_height - 1), picture_label(entity));
    }
    return html(
        "<svg class=\"picture\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" role=\"group\" "
        "aria-label=\"Picture of {} and {}; the list says the same\" data-picture>"
        "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
        "markerHeight=\"7\" orient=\"auto\"><path class=\"head\" d=\"M0 0.6L8 4L0 7.4Z\"/></marker></defs>"
        "<g class=\"view\">{}{}{}</g></svg>",
        tenth(view.width), tenth(view.height), tenth(view.width), tenth(view.height),
        counted(view.nodes.size(), "entity", "entities"), counted(view.edges.size(), "connection"), edges,
        words, nodes);
}

Html picture_list(const Site& site, const Neighbourhood& view) {
    Html items;
    for (const PictureEdge& edge : view.edges)
        for (const std::size_t fact : edge.facts)
            items.add("<li><div>{}</div>{}</li>", statement(site, site.graph.facts()[fact]),
                      support(site.graph.facts()[fact]));
    return html("<ul class=\"plain\">{}</ul>", items);
}

}  // namespace relata::web
