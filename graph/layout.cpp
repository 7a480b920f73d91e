// SPDX-License-Identifier: Apache-2.0
// ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian, PLoS ONE 9(6), 2014): degree-weighted repulsion, linear
// attraction, weak gravity, speed adapted to swinging. Repulsion through a quadtree (Barnes and Hut 1986) for
// large components. Each component is laid out alone and then packed on shelves. Only + - * / and square
// roots, so that all machines agree to the last bit.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "graph/algorithms.hpp"

namespace relata::graph {
namespace {

constexpr double k_repulsion = 10;
constexpr double k_gravity = 0.05;
constexpr double k_tolerance = 1;
constexpr double k_theta = 1.2;             // opening angle of the quadtree
constexpr std::size_t k_exact_up_to = 500;  // vertices
constexpr double k_gap = 30;                // between components
constexpr double k_least_distance = 0.01;

// Vigna's splitmix64: the same numbers everywhere.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    double unit() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1.0p-53;
    }

  private:
    std::uint64_t state_;
};

struct Body {
    Point at;
    Point force;
    Point before;  // force of the last round
    double mass = 1;
};

class Quadtree {
  public:
    explicit Quadtree(const std::vector<Body>& bodies) : bodies_(bodies) {
        double least_x = std::numeric_limits<double>::max();
        double least_y = least_x;
        double most_x = -least_x;
        double most_y = -least_x;
        for (const Body& body : bodies) {
            least_x = std::min(least_x, body.at.x);
            least_y = std::min(least_y, body.at.y);
            most_x = std::max(most_x, body.at.x);
            most_y = std::max(most_y, body.at.y);
        }
        cells_.reserve(2 * bodies.size());
        const double side = std::max({most_x - least_x, most_y - least_y, 1e-6});
        cells_.push_back(Cell{{(least_x + most_x) / 2, (least_y + most_y) / 2}, side, {}, 0, k_none, {}});
        for (std::size_t i = 0; i < bodies.size(); ++i) insert(i);
    }

    Point repulsion(std::size_t index) const {
        const Body& body = bodies_[index];
        Point force;
        std::array<std::size_t, 4 * k_deepest> stack{};
        std::size_t top = 0;
        stack[top++] = 0;
        while (top > 0) {
            const Cell& cell = cells_[stack[--top]];
            if (cell.mass == 0 || cell.body == index) continue;
            const double dx = body.at.x - cell.sum.x / cell.mass;
            const double dy = body.at.y - cell.sum.y / cell.mass;
            const double square = dx * dx + dy * dy;
            const bool leaf = cell.children[0] == 0;
            if (leaf || cell.side * cell.side < k_theta * k_theta * square) {
                const double strength = k_repulsion * body.mass * cell.mass /
                                        std::max(square, k_least_distance * k_least_distance);
                force.x += dx * strength;
                force.y += dy * strength;
            } else {
                for (const std::size_t child : cell.children) stack[top++] = child;
            }
        }
        return force;
    }

  private:
    static constexpr std::size_t k_none = static_cast<std::size_t>(-1);
    static constexpr std::size_t k_deepest = 40;
    struct Cell {
        Point centre;
        double side = 0;
        Point sum;  // of positions times mass
        double mass = 0;
        std::size_t body = k_none;  // of a leaf with one body
        std::array<std::size_t, 4> children{};
    };

    std::size_t child_of(const Cell& cell, Point at) const {
        const std::size_t quarter = (at.x < cell.centre.x ? 0U : 1U) + (at.y < cell.centre.y ? 0U : 2U);
        return cell.children[quarter];
    }
    void split(std::size_t index) {
        const Point centre = cells_[index].centre;
        const double side = cells_[index].side / 2;
        for (std::size_t quarter = 0; quarter < 4; ++quarter) {
            const Point middle{centre.x + (quarter % 2 == 0 ? -side : side) / 2,
                               centre.y + (quarter < 2 ? -side : side) / 2};
            cells_[index].children[quarter] = cells_.size();
            cells_.push_back(Cell{middle, side, {}, 0, k_none, {}});
        }
    }
    void put(std::size_t cell, std::size_t body) {
        const Body& from = bodies_[body];
        cells_[cell].sum.x += from.at.x * from.mass;
        cells_[cell].sum.y += from.at.y * from.mass;
        cells_[cell].mass += from.mass;
    }
    void insert(std::size_t body) {
        std::size_t index = 0;
        for (std::size_t depth = 0;; ++depth) {
            const bool empty = cells_[index].mass == 0;
            const bool leaf = cells_[index].children[0] == 0;
            if (leaf && (empty || depth + 1 >= k_deepest)) {
                // Bodies on one spot share the deepest leaf.
                cells_[index].body = empty ? body : k_none;
                put(index, body);
                return;
            }
            if (leaf) {
                const std::size_t resident = std::exchange(cells_[index].body, k_none);
                split(index);
                const std::size_t child = child_of(cells_[index], bodies_[resident].at);
                cells_[child].body = resident;
                put(child, resident);
            }
            put(index, body);
            index = child_of(cells_[index], bodies_[body].at);
        }
    }

    const std::vector<Body>& bodies_;
    std::vector<Cell> cells_;
};

void repel(std::vector<Body>& bodies) {
    if (bodies.size() > k_exact_up_to) {
        const Quadtree tree(bodies);
        for (std::size_t i = 0; i < bodies.size(); ++i) bodies[i].force = tree.repulsion(i);
        return;
    }
    for (Body& body : bodies) body.force = {};
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        for (std::size_t j = i + 1; j < bodies.size(); ++j) {
            const double dx = bodies[i].at.x - bodies[j].at.x;
            const double dy = bodies[i].at.y - bodies[j].at.y;
            const double square = std::max(dx * dx + dy * dy, k_least_distance * k_least_distance);
            const double strength = k_repulsion * bodies[i].mass * bodies[j].mass / square;
            bodies[i].force.x += dx * strength;
            bodies[i].force.y += dy * strength;
            bodies[j].force.x -= dx * strength;
            bodies[j].force.y -= dy * strength;
        }
    }
}

using Edge = std::pair<std::size_t, std::size_t>;

std::size_t rounds_for(std::size_t size) {
    constexpr std::size_t k_budget = 3'000'000;  // body visits: a few seconds
    return std::clamp<std::size_t>(k_budget / std::max<std::size_t>(size, 1), 30, 400);
}

void settle(std::vector<Body>& bodies, const std::vector<Edge>& edges, std::size_t rounds) {
    double speed = 1;
    for (std::size_t round = 0; round < rounds; ++round) {
        repel(bodies);
        for (Body& body : bodies) {
            const double distance = std::sqrt(body.at.x * body.at.x + body.at.y * body.at.y);
            if (distance > 0) {
                body.force.x -= k_gravity * body.mass * body.at.x / distance;
                body.force.y -= k_gravity * body.mass * body.at.y / distance;
            }
        }
        for (const auto& [a, b] : edges) {
            const double dx = bodies[a].at.x - bodies[b].at.x;
            const double dy = bodies[a].at.y - bodies[b].at.y;
            bodies[a].force.x -= dx;
            bodies[a].force.y -= dy;
            bodies[b].force.x += dx;
            bodies[b].force.y += dy;
        }
        double swinging = 0;
        double traction = 0;
        const auto length = [](double x, double y) { return std::sqrt(x * x + y * y); };
        for (const Body& body : bodies) {
            swinging += body.mass * length(body.force.x - body.before.x, body.force.y - body.before.y);
            traction += body.mass * length(body.force.x + body.before.x, body.force.y + body.before.y) / 2;
        }
        if (swinging > 0) speed = std::min(k_tolerance * traction / swinging, speed * 1.5);
        for (Body& body : bodies) {
            const double swing =
                body.mass * length(body.force.x - body.before.x, body.force.y - body.before.y);
            const double factor = 0.1 * speed / (1 + std::sqrt(speed * swing));
            body.at.x += body.force.x * factor;
            body.at.y += body.force.y * factor;
            body.before = body.force;
        }
    }
}

struct Box {
    std::vector<std::size_t> vertices;
    std::vector<Point> at;
    double width = 0;
    double height = 0;
};

// Shelves from the largest box to the smallest, about as wide as high.
void pack(std::vector<Box>& boxes, std::vector<Point>& positions) {
    double area = 0;
    double widest = 0;
    for (const Box& box : boxes) {
        area += (box.width + k_gap) * (box.height + k_gap);
        widest = std::max(widest, box.width);
    }
    const double limit = std::max(widest, std::sqrt(area) * 1.2);
    std::stable_sort(boxes.begin(), boxes.end(),
                     [](const Box& a, const Box& b) { return a.height > b.height; });
    double x = 0;
    double y = 0;
    double shelf = 0;
    double right = 0;
    for (const Box& box : boxes) {
        if (x > 0 && x + box.width > limit) {
            x = 0;
            y += shelf + k_gap;
            shelf = 0;
        }
        for (std::size_t i = 0; i < box.vertices.size(); ++i) {
            positions[box.vertices[i]] = {x + box.at[i].x, y + box.at[i].y};
        }
        x += box.width + k_gap;
        right = std::max(right, x - k_gap);
        shelf = std::max(shelf, box.height);
    }
    for (Point& point : positions) {
        point.x -= right / 2;
        point.y -= (y + shelf) / 2;
    }
}

}  // namespace

std::vector<Point> layout(const KnowledgeGraph& graph, const LayoutOptions& options) {
    const std::size_t size = graph.entities().size();
    std::vector<Edge> edges;
    for (const Fact& fact : graph.facts()) {
        if (const EntityId* object = fact.object_entity()) {
            edges.push_back(std::minmax({graph.index_of(fact.subject), graph.index_of(*object)}));
        }
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());

    const Components parts = components(graph);
    std::vector<Box> boxes(parts.sizes.size());
    std::vector<std::size_t> place(size);
    for (std::size_t i = 0; i < size; ++i) {
        place[i] = boxes[parts.of[i]].vertices.size();
        boxes[parts.of[i]].vertices.push_back(i);
    }
    std::vector<std::vector<Edge>> edges_of(boxes.size());
    for (const auto& [a, b] : edges) edges_of[parts.of[a]].emplace_back(place[a], place[b]);

    Random random(options.seed);
    for (std::size_t c = 0; c < boxes.size(); ++c) {
        Box& box = boxes[c];
        std::vector<Body> bodies(box.vertices.size());
        const double spread = 10 * std::sqrt(static_cast<double>(bodies.size()));
        for (Body& body : bodies) {
            body.at.x = (random.unit() - 0.5) * spread;
            body.at.y = (random.unit() - 0.5) * spread;
        }
        for (const auto& [a, b] : edges_of[c]) {
            ++bodies[a].mass;
            ++bodies[b].mass;
        }
        if (bodies.size() > 1) {
            settle(bodies, edges_of[c],
                   options.iterations != 0 ? options.iterations : rounds_for(bodies.size()));
        }
        Point least = bodies.front().at;
        Point most = least;
        for (const Body& body : bodies) {
            least = {std::min(least.x, body.at.x), std::min(least.y, body.at.y)};
            most = {std::max(most.x, body.at.x), std::max(most.y, body.at.y)};
        }
        for (const Body& body : bodies) box.at.push_back({body.at.x - least.x, body.at.y - least.y});
        box.width = most.x - least.x;
        box.height = most.y - least.y;
    }
    std::vector<Point> positions(size);
    pack(boxes, positions);
    return positions;
}

}  // namespace relata::graph
