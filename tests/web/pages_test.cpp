// SPDX-License-Identifier: Apache-2.0
// The pages as values, without a socket.
#include <catch2/catch.hpp>
#include <set>

#include "connection.hpp"
#include "example.hpp"
#include "web/parts.hpp"
#include "web/routes.hpp"

using namespace relata;
using namespace relata::web;
using relata::web::testing::count;

namespace {

Answer open(const Site& site, const std::string& address) {
    Request request;
    const std::size_t mark = address.find('?');
    request.path = address.substr(0, mark);
    if (mark != std::string::npos) {
        std::string rest = address.substr(mark + 1);
        for (std::size_t at = 0; at <= rest.size();) {
            const std::size_t end = std::min(rest.size(), rest.find('&', at));
            const std::string pair = rest.substr(at, end - at);
            const std::size_t equals = pair.find('=');
            std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
            std::string decoded;
            for (std::size_t in = 0; in < value.size(); ++in) {
                if (value[in] == '%' && in + 2 < value.size()) {
                    decoded += static_cast<char>(std::stoi(value.substr(in + 1, 2), nullptr, 16));
                    in += 2;
                } else {
                    decoded += value[in];
                }
            }
            request.parameters.emplace_back(pair.substr(0, equals), decoded);
            at = end + 1;
        }
    }
    return answer(site, request);
}

bool holds(const Answer& page, std::string_view words) {
    return page.body.find(words) != std::string::npos;
}

const graph::Entity& entity(const graph::KnowledgeGraph& graph, std::string_view name) {
    return *graph.find_entity(graph.search_names(name, 1).front());
}

// All addresses of this site that the page links to, without fragments.
std::set<std::string> links(const std::string& body) {
    std::set<std::string> found;
    for (std::size_t at = body.find("href=\"/"); at != std::string::npos;
         at = body.find("href=\"/", at + 1)) {
        const std::size_t begin = at + 6;
        std::string link = body.substr(begin, body.find('"', begin) - begin);
        link = link.substr(0, link.find('#'));
        for (std::size_t amp = link.find("&amp;"); amp != std::string::npos;
             amp = link.find("&amp;", amp + 1))
            link.replace(amp, 5, "&");
        found.insert(link);
    }
    return found;
}

}  // namespace

TEST_CASE("the overview counts, names the most connected and shows facts with their sentences",
          "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const Answer page = open(site, "/");
    CHECK(page.status == 200);
    CHECK(holds(page, "<b>10</b> entities"));
    CHECK(holds(page, "Celdra Power"));
    CHECK(holds(page, "A prize for quiet ships"));
    CHECK(holds(page, "<mark class=\"subject\">"));
    CHECK(holds(page, "Said most often"));
}

TEST_CASE("an entity page groups facts by relation in both directions, each with its marked sentence",
          "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const graph::Entity& celdra = entity(graph, "Celdra Power");
    const Answer page = open(site, entity_path(celdra));
    CHECK(page.status == 200);
    CHECK(holds(page, "also <bdi>Celdra</bdi>"));
    // The inverse label where the ontology has one, the label with the name behind it where not.
    CHECK(holds(page, ">is acquired by</a>"));
    CHECK(holds(page, ">has chief executive</a>"));
    CHECK(holds(page, ">invests in</a> <span class=\"quiet\"><bdi>Celdra Power</bdi></span>"));
    CHECK(holds(page, "<span class=\"chip planned\">planned</span>"));
    CHECK(holds(page, "<span class=\"chip no\">not so</span>"));
    CHECK(holds(page, "alleged by"));
    CHECK(holds(page, "380 people"));
    CHECK(holds(page, "[object: </span>Inês Barreto<span"));
    CHECK(holds(page, "#s2\"><bdi>Norrvik and Celdra join forces"));
    CHECK(holds(page, "1 more sentence that says the same"));
    CHECK(holds(page, "one article uses both for the same thing"));
    CHECK(count(page.body, "class=\"fact\"") == graph.facts_of(celdra.id).size());
}

TEST_CASE("a wrong slug leads to the right address and keeps the filter", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const graph::Entity& ines = entity(graph, "Inês Barreto");
    CHECK(entity_path(ines).ends_with("/ines-barreto"));
    const Answer moved = open(site, "/e/" + ines.id.text() + "?conf=0.5");
    CHECK(moved.status == 301);
    CHECK(moved.location == entity_path(ines) + "?conf=0.50");
}

TEST_CASE("a filter narrows an entity page and says so when nothing is left", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    const std::string path = entity_path(entity(graph, "Celdra Power"));
    CHECK(count(open(site, path + "?type=PERSON").body, "class=\"fact\"") == 2);
    CHECK(count(open(site, path + "?said=qualified").body, "class=\"fact\"") == 4);
    CHECK(holds(open(site, path + "?from=2030"), "passes the filter"));
}

TEST_CASE("a hub shows its size and leads to the rest page by page", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::hub(400);
    const Site site(graph, "hub", "test");
    const std::string path = entity_path(entity(graph, "Union of Harbours"));
    const Answer page = open(site, path);
    CHECK(count(page.body, "class=\"fact\"") == 8);
    CHECK(holds(page, "All 400"));
    CHECK(holds(page, "12 of 400 neighbours"));
    std::size_t seen = 0;
    for (int number = 1; number <= 8; ++number)
        seen += count(open(site, path + "?rel=partners_with&page=" + std::to_string(number)).body,
                      "class=\"fact\"");
    CHECK(seen == 400);
}

TEST_CASE("a fact page shows all evidence, who says so and why", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    for (const graph::Fact& fact : graph.facts()) {
        const Answer page = open(site, fact_path(fact));
        CHECK(page.status == 200);
        CHECK(count(page.body, "<blockquote") == fact.evidences.size());
        CHECK(count(page.body, "verb.example") == fact.evidences.size());
    }
}

TEST_CASE("an article page holds the whole text, its mentions and its facts", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    for (const graph::SourceDocument& document : graph.documents()) {
        const Answer page = open(site, article_path(document));
        CHECK(page.status == 200);
        for (std::size_t at = 0; at < document.sentences.size(); ++at)
            CHECK(holds(page, "id=\"s" + std::to_string(at + 1) + "\""));
        CHECK(count(page.body, "class=\"mention ") == document.mentions.size());
    }
    const Answer page = open(site, article_path(graph.documents()[0]));
    CHECK(holds(page, "<a class=\"mention t-GPE\""));
    CHECK(holds(page, "class=\"margin\""));
}

TEST_CASE("a long article is shown in parts that together hold every sentence", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::hub(700);
    const Site site(graph, "hub", "test");
    const graph::SourceDocument& document = graph.documents()[0];
    std::size_t sentences = 0;
    for (int part = 1; part <= 3; ++part)
        sentences += count(open(site, article_path(document) + "?part=" + std::to_string(part)).body,
                           "class=\"sentence\"");
    CHECK(sentences == 700);
    CHECK(open(site, article_path(document) + "?part=4").status == 422);
    CHECK(sentence_path(document, 650) == article_path(document) + "?part=3#s651");
}

TEST_CASE("the headline is shown once, with its mentions", "[web][pages]") {
    graph::GraphParts parts;
    graph::SourceDocument document;
    document.id = DocumentId{7};
    document.title = "Norrvik wins";
    document.text = "Norrvik wins\n\nIt won.";
    document.sentences = {{{0, 12}, BlockKind::title}, {{14, 21}, BlockKind::paragraph}};
    document.mentions = {{0, {0, 7}, EntityId{1}, MentionKind::name}};
    parts.documents.push_back(document);
    graph::Entity norrvik;
    norrvik.id = EntityId{1};
    norrvik.name = "Norrvik";
    parts.entities.push_back(norrvik);
    const graph::KnowledgeGraph graph(std::move(parts));
    const Site site(graph, "wins", "test");
    const Answer page = open(site, article_path(graph.documents()[0]));
    CHECK(count(page.body, " wins</span></h1>") == 1);
    CHECK(count(page.body, "id=\"s1\"") == 1);
    CHECK(count(page.body, "class=\"mention ") == 1);
    CHECK(holds(page, "It won."));
}

TEST_CASE("text between sentences is shown too", "[web][pages]") {
    graph::GraphParts parts;
    graph::SourceDocument document;
    document.id = DocumentId{7};
    document.text = "By A. Writer\n\nIt rained.\n\nShare this page";
    document.sentences = {{{14, 24}, BlockKind::paragraph}};
    parts.documents.push_back(document);
    const graph::KnowledgeGraph graph(std::move(parts));
    const Site site(graph, "rain", "test");
    const Answer page = open(site, article_path(graph.documents()[0]));
    CHECK(holds(page, "By A. Writer"));
    CHECK(holds(page, "Share this page"));
}

TEST_CASE("search finds names, aliases, relations and sentences", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    CHECK(holds(open(site, "/search?q=barr"), "Inês"));
    CHECK(holds(open(site, "/search?q=Norrvik%20Marine%20AB"), "Norrvik Marine"));
    CHECK(holds(open(site, "/search?q=acquires"), "href=\"/r/acquires\""));
    CHECK(holds(open(site, "/search?q=cooling"), "<mark class=\"found\">cooling</mark>"));
    CHECK(holds(open(site, "/search?q=zzz"), "Nothing here"));
    CHECK(open(site, "/search").status == 200);
    CHECK(open(site, "/search?q=" + std::string(201, 'a')).status == 422);
}

TEST_CASE("every link of every page leads somewhere", "[web][pages]") {
    for (const auto& make : {example::ferries, example::hostile, example::silent}) {
        const graph::KnowledgeGraph graph = make();
        const Site site(graph, "test", "test");
        std::set<std::string> seen;
        std::vector<std::string> waiting{"/"};
        while (!waiting.empty()) {
            const std::string address = waiting.back();
            waiting.pop_back();
            if (!seen.insert(address).second) continue;
            const Answer page = open(site, address);
            INFO(address);
            CHECK(page.status == 200);
            if (page.type.starts_with("text/html"))
                for (const std::string& link : links(page.body)) waiting.push_back(link);
        }
        CHECK(seen.size() > 10);
    }
}

TEST_CASE("hostile names stay text on every page", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::hostile();
    const Site site(graph, "<script>name</script>", "test");
    std::set<std::string> seen;
    std::vector<std::string> waiting{"/"};
    while (!waiting.empty()) {
        const std::string address = waiting.back();
        waiting.pop_back();
        if (!seen.insert(address).second) continue;
        const Answer page = open(site, address);
        if (!page.type.starts_with("text/html")) continue;
        INFO(address);
        // One script only, our own; no element made by a name; nothing that reorders the text.
        CHECK(count(page.body, "<script") == 1);
        CHECK(page.body.find("<img") == std::string::npos);
        CHECK(page.body.find("<svg/") == std::string::npos);
        CHECK(page.body.find("<b>more") == std::string::npos);
        CHECK(page.body.find("\u202E") == std::string::npos);
        CHECK(page.body.find('\x01') == std::string::npos);
        for (const std::string& link : links(page.body)) waiting.push_back(link);
    }
    CHECK(holds(open(site, "/"), "&lt;img src=x onerror=window.xss=1&gt;"));
}

TEST_CASE("an empty graph explains itself", "[web][pages]") {
    const graph::KnowledgeGraph none;
    const Site site(none, "none", "test");
    CHECK(holds(open(site, "/"), "the graph is empty"));
    for (const char* address :
         {"/entities", "/relations", "/articles", "/graph", "/search?q=a", "/export", "/about"})
        CHECK(open(site, address).status == 200);
    CHECK(holds(open(site, "/graph"), "holds no facts yet"));
    const graph::KnowledgeGraph quiet = example::silent();
    const Site second(quiet, "silent", "test");
    CHECK(holds(open(second, "/"), "no sentence states a fact"));
    CHECK(holds(open(second, entity_path(quiet.entities()[0])), "no sentence states a fact about it"));
}

TEST_CASE("errors are said in words", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    CHECK(open(site, "/nothing").status == 404);
    CHECK(holds(open(site, "/nothing"), "There is nothing at this address."));
    CHECK(open(site, "/e/0000000000000000/x").status == 404);
    CHECK(open(site, "/f/0000000000000000").status == 404);
    CHECK(open(site, "/a/0000000000000000").status == 404);
    CHECK(open(site, "/r/unheard_of").status == 404);
    CHECK(open(site, "/r?name=acquires&phrase=win").status == 400);
    CHECK(open(site, "/?colour=blue").status == 400);
    CHECK(open(site, "/graph?limit=100000").status == 422);
    CHECK(open(site, "/export/unheard").status == 404);
}

TEST_CASE("a download carries the exporter's type and a safe name", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "my \"graph\"\r\nX: y.relata", "test");
    const Answer file = open(site, "/export/graphml");
    CHECK(file.status == 200);
    CHECK(file.filename == "my-graph-x-y.graphml");
    std::ostringstream out;
    REQUIRE(file.stream);
    file.stream(out);
    CHECK(out.str().find("Norrvik Marine") != std::string::npos);
}

TEST_CASE("assets are found under the hash of their content alone", "[web][pages]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries.relata", "test");
    for (const Asset& asset : site.assets) {
        const Answer file = open(site, asset.path);
        CHECK(file.status == 200);
        CHECK(file.immutable);
        CHECK(file.body.size() > 100);
    }
    CHECK(open(site, "/assets/style.0000000000000000.css").status == 404);
    CHECK(site.assets[0].body.find(".t-PERSON{--type:#") != std::string::npos);
    // Nothing is asked of any other machine.
    for (const Asset& asset : site.assets) {
        CHECK(asset.body.find("url(") == std::string::npos);
        CHECK(asset.body.find("@import") == std::string::npos);
    }
    CHECK(site.assets[0].body.size() < 40'000);
    CHECK(site.assets[1].body.size() < 20'000);
}

TEST_CASE("dates are written for people", "[web][unit]") {
    CHECK(date_in_words("2025-03-01") == "1 March 2025");
    CHECK(date_in_words("2025-12") == "December 2025");
    CHECK(date_in_words("2025") == "2025");
    CHECK(date_in_words("2019/2024-02") == "2019 – February 2024");
    CHECK(date_in_words("2025-13-01") == "2025-13-01");
    CHECK(date_in_words("") == "");
    CHECK(date_in_words("soon") == "soon");
}
