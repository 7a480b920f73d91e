// SPDX-License-Identifier: Apache-2.0
#include "web/api.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "connection.hpp"
#include "core/json.hpp"
#include "example.hpp"
#include "web/routes.hpp"

using namespace relata;
using namespace relata::web;

namespace {

json::Value ask(const Site& site, const std::string& path,
                std::vector<std::pair<std::string, std::string>> parameters = {}, int status = 200) {
    const Answer reply = answer(site, {"/api/v1/" + path, std::move(parameters)});
    INFO(path << " " << reply.body.substr(0, 300));
    CHECK(reply.status == status);
    CHECK(reply.type == (status == 200 ? "application/json" : "application/problem+json"));
    return json::parse(reply.body, path);
}

}  // namespace

TEST_CASE("the API describes the graph", "[web][api]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "1.2.3");
    const json::Value meta = ask(site, "meta");
    CHECK(meta.string_at("version") == "1.2.3");
    CHECK(meta.number_at("facts") == static_cast<double>(graph.facts().size()));
    CHECK(meta.string_at("revision") == site.revision);
    CHECK(ask(site, "health").string_at("status") == "ok");
    CHECK(ask(site, "stats").array_at("relations").size() == site.relations.size());
}

TEST_CASE("search names the alias that explains a hit", "[web][api]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const json::Value found = ask(site, "search", {{"q", "norrvik marine ab"}});
    REQUIRE(found.array_at("entities").size() >= 1);
    CHECK(found.array_at("entities")[0].string_at("name") == "Norrvik Marine");
    CHECK(ask(site, "search", {{"q", "acqu"}}).array_at("relations").size() == 1);
    ask(site, "search", {}, 400);
    ask(site, "search", {{"q", std::string(201, 'x')}}, 422);
}

TEST_CASE("a cursor walks a list exactly once", "[web][api]") {
    const graph::KnowledgeGraph graph = example::hub(130);
    const Site site(graph, "hub", "test");
    std::set<std::string> ids;
    std::string cursor;
    std::size_t items = 0;
    for (int page = 0; page < 10; ++page) {
        std::vector<std::pair<std::string, std::string>> parameters{{"limit", "40"}};
        if (!cursor.empty()) parameters.emplace_back("cursor", cursor);
        const json::Value list = ask(site, "entities", parameters);
        CHECK(list.number_at("total") == 131);
        for (const json::Value& item : list.array_at("items")) {
            ids.insert(item.string_at("id"));
            ++items;
        }
        cursor = list.string_or("next", "");
        if (cursor.empty()) break;
    }
    CHECK(items == 131);
    CHECK(ids.size() == 131);
    ask(site, "entities", {{"cursor", "0123456789abcdef-40"}}, 410);
    ask(site, "entities", {{"cursor", "x"}}, 422);
    ask(site, "entities", {{"limit", "1001"}}, 422);
}

TEST_CASE("a fact comes with evidence in segments and offsets in bytes and UTF-16", "[web][api]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const json::Value facts = ask(site, "facts", {{"rel", "founded_by"}});
    REQUIRE(facts.array_at("items").size() == 1);
    const json::Value fact = ask(site, "facts/" + facts.array_at("items")[0].string_at("id"));
    CHECK(fact.string_at("modality") == "asserted");
    CHECK(fact.string_at("from") == "2017");
    REQUIRE(fact.array_at("evidence").size() == 2);
    std::string joined;
    std::string object;
    for (const json::Value& segment : fact.array_at("evidence")[0].array_at("segments")) {
        joined += segment.string_at("t");
        if (segment.string_or("role", "") == "object") object = segment.string_at("t");
    }
    CHECK(object == "Inês Barreto");
    CHECK(joined.starts_with("Celdra, which"));
    const json::Value* span = fact.array_at("evidence")[0].find("span");
    REQUIRE(span);
    // "ê" is two bytes and one UTF-16 unit.
    const auto length = [&](std::string_view unit) {
        return *span->array_at(unit)[1].number() - *span->array_at(unit)[0].number();
    };
    CHECK(length("byte") == length("utf16") + 1);
}

TEST_CASE("facts of an entity pass the same filters as the page", "[web][api]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const std::string id = graph.search_names("Celdra Power", 1).front().text();
    CHECK(ask(site, "entities/" + id + "/facts").number_at("total") == 10);
    CHECK(ask(site, "entities/" + id + "/facts", {{"type", "PERSON"}}).number_at("total") == 2);
    CHECK(ask(site, "entities/" + id + "/facts", {{"said", "qualified"}}).number_at("total") == 4);
    ask(site, "entities/" + id + "/facts", {{"tpye", "PERSON"}}, 400);
    CHECK(ask(site, "entities/" + id).string_at("name") == "Celdra Power");
}

TEST_CASE("a neighbourhood comes in columns of equal length and counts what is left out", "[web][api]") {
    const graph::KnowledgeGraph graph = example::hub(130);
    const Site site(graph, "hub", "test");
    const std::string id = graph.entities()[site.by_rank.front()].id.text();
    const json::Value view = ask(site, "entities/" + id + "/neighbours", {{"limit", "50"}});
    CHECK(view.number_at("total") == 131);
    CHECK(view.number_at("omitted") == 81);
    const json::Value* nodes = view.find("nodes");
    REQUIRE(nodes);
    for (const char* column : {"id", "name", "type", "x", "y", "hop", "facts"})
        CHECK(nodes->array_at(column).size() == 50);
    const json::Value* edges = view.find("edges");
    REQUIRE(edges);
    for (const char* column : {"source", "target", "label", "confidence", "facts"})
        CHECK(edges->array_at(column).size() == 49);
    CHECK(ask(site, "graph", {{"limit", "20"}}).number_at("total") == 131);
}

TEST_CASE("an article comes with its text and mentions", "[web][api]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const json::Value list = ask(site, "articles");
    CHECK(list.number_at("total") == 4);
    const json::Value article = ask(site, "articles/" + list.array_at("items")[0].string_at("id"));
    const std::string& text = article.string_at("text");
    for (const json::Value& mention : article.array_at("mentions"))
        CHECK(mention.number_at("end") <= static_cast<double>(text.size()));
}

TEST_CASE("API errors are problem documents", "[web][api]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    for (const char* path :
         {"", "nothing", "facts/zz", "facts/0000000000000000", "entities/0000000000000000",
          "entities/0000000000000000/facts", "articles/0000000000000000", "meta/x", "entities/1/2/3"}) {
        const json::Value problem = ask(site, path, {}, 404);
        CHECK(problem.number_at("status") == 404);
        CHECK_FALSE(problem.string_at("detail").empty());
    }
    const json::Value problem = ask(site, "meta", {{"<b>", "1"}}, 400);
    CHECK(problem.array_at("errors")[0].string_at("param") == "<b>");
    ask(site, "export", {{"format", "unheard"}}, 422);
}

TEST_CASE("hostile names survive the API as they are", "[web][api]") {
    const graph::KnowledgeGraph graph = example::hostile();
    const Site site(graph, "hostile", "test");
    std::set<std::string> names;
    const json::Value list = ask(site, "entities");
    for (const json::Value& item : list.array_at("items")) names.insert(item.string_at("name"));
    for (const graph::Entity& entity : graph.entities()) CHECK(names.contains(entity.name));
    CHECK(ask(site, "facts").number_at("total") == static_cast<double>(graph.facts().size()));
}

TEST_CASE("an export over the wire arrives whole", "[web][api]") {
    const graph::KnowledgeGraph graph = example::hub(400);
    testing::Running running(graph);
    const std::string reply = testing::get(running.port(), "/api/v1/export?format=graphml");
    CHECK(testing::status_of(reply) == 200);
    CHECK(testing::header_of(reply, "Content-Disposition").starts_with("attachment; filename=\"graph"));
    CHECK(reply.find("</graphml>") != std::string::npos);
    CHECK(reply.ends_with("0\r\n\r\n"));
}
