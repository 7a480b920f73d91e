// SPDX-License-Identifier: Apache-2.0
// ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian, PLoS ONE 9(6), 2014): degree-weighted repulsion, linear
// attraction, weak gravity, speed adapted to swinging. Repulsion through a quadtree (Barnes and Hut 1986) for
// large components. Each component is laid out alone and then packed. Only + - * / and square
// roots, so that all machines agree to the last bit.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <unordered_set>
#include <utility>

#include "graph/algorithms.hpp"

namespace relata::graph {
namespace {

constexpr double k_repulsion = 10;
constexpr double k_gravity = 0.7;
constexpr double k_tolerance = 1;
constexpr double k_theta = 1.2;             // opening angle of the quadtree
constexpr std::size_t k_exact_up_to = 500;  // vertices
constexpr double k_least_distance = 0.01;
constexpr double k_square = 15;            // side of the packing's grid
constexpr std::size_t k_open_up_to = 100;  // vertices of pieces that others may nestle into
constexpr double k_margin = 8;             // kept free around a vertex
constexpr double k_scale = 8;              // so that vertices of radius 10 to 50 have room

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
    constexpr std::size_t k_budget = 2'000'000;  // body visits: a few seconds
    return std::clamp<std::size_t>(k_budget / std::max<std::size_t>(size, 1), 30, 400);
}

void settle(std::vector<Body>& bodies, const std::vector<Edge>& edges, std::size_t rounds) {
    // Repulsion grows with the whole mass; gravity follows, or the arms of a large component reach out for
    // ever.
    double mass = 0;
    for (const Body& body : bodies) mass += body.mass;
    const double gravity = k_gravity * std::sqrt(mass);
    double speed = 1;
    for (std::size_t round = 0; round < rounds; ++round) {
        repel(bodies);
        for (Body& body : bodies) {
            const double distance = std::sqrt(body.at.x * body.at.x + body.at.y * body.at.y);
            if (distance > 0) {
                body.force.x -= gravity * body.mass * body.at.x / distance;
                body.force.y -= gravity * body.mass * body.at.y / distance;
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

// A component and the squares of a coarse grid that its vertices and edges touch.
struct Piece {
    std::vector<std::size_t> vertices;
    std::vector<Edge> edges;  // positions in `vertices`
    std::vector<Point> at;
    std::vector<std::pair<std::int64_t, std::int64_t>> squares;  // sorted, without repetition
};

std::int64_t square_of(double coordinate) {
    return static_cast<std::int64_t>(std::floor(coordinate / k_square));
}

void find_squares(Piece& piece) {
    const auto touch = [&](Point at, double margin) {
        for (std::int64_t x = square_of(at.x - margin); x <= square_of(at.x + margin); ++x) {
            for (std::int64_t y = square_of(at.y - margin); y <= square_of(at.y + margin); ++y) {
                piece.squares.emplace_back(x, y);
            }
        }
    };
    for (const Point& at : piece.at) touch(at, k_margin);
    for (const auto& [a, b] : piece.edges) {
        const Point from = piece.at[a];
        const Point way{piece.at[b].x - from.x, piece.at[b].y - from.y};
        const double steps = std::ceil(2 * std::max(std::abs(way.x), std::abs(way.y)) / k_square);
        for (double step = 1; step < steps; ++step) {
            touch({from.x + way.x * step / steps, from.y + way.y * step / steps}, 0);
        }
    }
    std::sort(piece.squares.begin(), piece.squares.end());
    piece.squares.erase(std::unique(piece.squares.begin(), piece.squares.end()), piece.squares.end());
}

// Large pieces are closed: what lies between their squares in its row and in its column belongs to them, so
// that no small piece hides among their edges.
void close(Piece& piece) {
    struct Range {
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        std::int64_t most = std::numeric_limits<std::int64_t>::min();
        void add(std::int64_t value) {
            least = std::min(least, value);
            most = std::max(most, value);
        }
    };
    std::map<std::int64_t, Range> rows;
    std::map<std::int64_t, Range> columns;
    for (const auto& [x, y] : piece.squares) {
        columns[x].add(y);
        rows[y].add(x);
    }
    piece.squares.clear();
    for (const auto& [x, column] : columns) {
        for (std::int64_t y = column.least; y <= column.most; ++y) {
            const auto row = rows.find(y);
            if (row != rows.end() && row->second.least <= x && x <= row->second.most)
                piece.squares.emplace_back(x, y);
        }
    }
}

// The steps of a square spiral: (0,0), (1,0), (1,1), (0,1), (-1,1), …
class Spiral {
  public:
    std::pair<std::int64_t, std::int64_t> at() const { return {x_, y_}; }
    void advance() {
        x_ += dx_;
        y_ += dy_;
        if (++walked_ < side_) return;
        walked_ = 0;
        std::swap(dx_, dy_);
        dx_ = -dx_;
        if (dy_ == 0) ++side_;
    }

  private:
    std::int64_t x_ = 0;
    std::int64_t y_ = 0;
    std::int64_t dx_ = 1;
    std::int64_t dy_ = 0;
    std::int64_t side_ = 1;
    std::int64_t walked_ = 0;
};

// Polyomino packing (Freivalds, Dogrusoz and Kikusts, Disconnected graph layout and the polyomino packing
// approach, 2001): the largest piece in the middle, each further one on the first free place of a spiral
// around it.
void pack(std::vector<Piece>& pieces, std::vector<Point>& positions) {
    for (Piece& piece : pieces) {
        find_squares(piece);
        if (piece.vertices.size() > k_open_up_to) close(piece);
    }
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.squares.size() > b.squares.size(); });
    std::unordered_set<std::uint64_t> taken;
    const auto key = [](std::int64_t x, std::int64_t y) {
        return (static_cast<std::uint64_t>(x) << 32U) ^ (static_cast<std::uint64_t>(y) & 0xFFFFFFFFU);
    };
    Spiral spiral;
    std::size_t size = 0;
    for (const Piece& piece : pieces) {
        // Where a piece of the same size found no place the next one finds none either, shape aside.
        if (piece.squares.size() != size) spiral = {};
        size = piece.squares.size();
        const auto is_free = [&] {
            const auto [x, y] = spiral.at();
            return std::none_of(piece.squares.begin(), piece.squares.end(), [&](const auto& square) {
                return taken.count(key(square.first + x, square.second + y)) != 0;
            });
        };
        while (!is_free()) spiral.advance();
        const auto [x, y] = spiral.at();
        for (const auto& [column, row] : piece.squares) taken.insert(key(column + x, row + y));
        for (std::size_t i = 0; i < piece.vertices.size(); ++i) {
            positions[piece.vertices[i]] = {(piece.at[i].x + static_cast<double>(x) * k_square) * k_scale,
                                            (piece.at[i].y + static_cast<double>(y) * k_square) * k_scale};
        }
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
    std::vector<Piece> pieces(parts.sizes.size());
    std::vector<std::size_t> place(size);
    for (std::size_t i = 0; i < size; ++i) {
        place[i] = pieces[parts.of[i]].vertices.size();
        pieces[parts.of[i]].vertices.push_back(i);
    }
    for (const auto& [a, b] : edges) pieces[parts.of[a]].edges.emplace_back(place[a], place[b]);

    Random random(options.seed);
    for (Piece& piece : pieces) {
        std::vector<Body> bodies(piece.vertices.size());
        const double spread = 10 * std::sqrt(static_cast<double>(bodies.size()));
        for (Body& body : bodies) {
            body.at.x = (random.unit() - 0.5) * spread;
            body.at.y = (random.unit() - 0.5) * spread;
        }
        for (const auto& [a, b] : piece.edges) {
            ++bodies[a].mass;
            ++bodies[b].mass;
        }
        if (bodies.size() > 1) {
            settle(bodies, piece.edges,
                   options.iterations != 0 ? options.iterations : rounds_for(bodies.size()));
        }
        // Around its own centre.
        Point least = bodies.front().at;
        Point most = least;
        for (const Body& body : bodies) {
            least = {std::min(least.x, body.at.x), std::min(least.y, body.at.y)};
            most = {std::max(most.x, body.at.x), std::max(most.y, body.at.y)};
        }
        for (const Body& body : bodies) {
            piece.at.push_back({body.at.x - (least.x + most.x) / 2, body.at.y - (least.y + most.y) / 2});
        }
    }
    std::vector<Point> positions(size);
    pack(pieces, positions);
    return positions;
}

}  // namespace relata::graph
