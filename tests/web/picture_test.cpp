// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <set>

#include "connection.hpp"
#include "example.hpp"
#include "web/neighbourhood.hpp"

using namespace relata;
using namespace relata::web;

TEST_CASE("a neighbourhood counts whom it leaves out", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::hub(300);
    const Site site(graph, "hub", "test");
    const std::size_t centre = site.by_rank.front();
    CHECK(graph.entities()[centre].name == "Union of Harbours");
    const Neighbourhood view = neighbourhood(site, centre, {}, {.hops = 1, .limit = 60});
    CHECK(view.nodes.size() == 60);
    CHECK(view.reachable == 301);
    CHECK(view.edges.size() == 59);
    CHECK(view.nodes.front().entity == centre);
}

TEST_CASE("names in a picture do not overlap and lie inside it", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries", "test");
    const Neighbourhood view = neighbourhood(site, site.by_rank.front(), {}, {.hops = 2, .limit = 60});
    CHECK(view.nodes.size() > 6);
    for (std::size_t a = 0; a < view.nodes.size(); ++a) {
        CHECK(view.nodes[a].x > 0);
        CHECK(view.nodes[a].x < view.width);
        CHECK(view.nodes[a].y > 0);
        CHECK(view.nodes[a].y < view.height);
        for (std::size_t b = a + 1; b < view.nodes.size(); ++b) {
            const bool apart_x = std::abs(view.nodes[a].x - view.nodes[b].x) > 30;
            const bool apart_y = std::abs(view.nodes[a].y - view.nodes[b].y) > 20;
            CHECK((apart_x || apart_y));
        }
    }
}

TEST_CASE("the same request draws the same picture", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries", "test");
    const auto draw = [&] {
        return picture(site, neighbourhood(site, 0, {}, {.hops = 2, .limit = 60}), EdgeLabels::show).bytes();
    };
    CHECK(draw() == draw());
}

TEST_CASE("the list beside a picture holds the same entities", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries", "test");
    const Neighbourhood view = neighbourhood(site, site.by_rank.front(), {}, {.hops = 2, .limit = 60});
    const std::string list = picture_list(site, view).bytes();
    const std::string drawn = picture(site, view, EdgeLabels::hide).bytes();
    for (const PictureNode& node : view.nodes) {
        const std::string id = graph.entities()[node.entity].id.text();
        CHECK(list.find(id) != std::string::npos);
        CHECK(drawn.find(id) != std::string::npos);
    }
    // All facts between two entities share one line.
    std::size_t facts = 0;
    for (const PictureEdge& edge : view.edges) facts += edge.facts.size();
    CHECK(facts > view.edges.size());
    CHECK(testing::count(list, "<li>") == facts);
}

TEST_CASE("a filter by type keeps the connections to the centre", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries", "test");
    FactFilter people;
    people.type = EntityType::PERSON;
    const std::size_t norrvik = graph.index_of(graph.search_names("Norrvik Marine", 1).front());
    const Neighbourhood view = neighbourhood(site, norrvik, people, {.hops = 1, .limit = 60});
    REQUIRE(view.nodes.size() == 2);
    CHECK(graph.entities()[view.nodes[1].entity].name == "Sten Odelius");
    CHECK(view.edges.size() == 1);
}
