// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>

#include "web/neighbourhood.hpp"
#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {
namespace {

constexpr std::size_t k_most_nodes = 200;

Html legend(const Site& site, const Neighbourhood& view) {
    std::map<EntityType, std::size_t> types;
    for (const PictureNode& node : view.nodes) ++types[site.graph.entities()[node.entity].type];
    Html out;
    for (const auto& [type, count] : types)
        out.add("<span>{}{} {}</span>", type_mark(type),
                count == 1 ? type_name(type) : type_name_plural(type), count);
    return html(
        "<p class=\"legend quiet\">{}<span class=\"dashed\">dashed: planned, denied, negated or "
        "alleged</span></p>",
        out);
}

}  // namespace

Answer graph_page(const Site& site, const Request& request) {
    const Query query(request,
                      {"around", "hops", "limit", "rel", "type", "from", "to", "conf", "said", "src"});
    const FactFilter filter = parse_filter(query);
    const std::size_t hops = query.number("hops", 1, 1, 3);
    const std::size_t limit = query.number("limit", 60, 2, k_most_nodes);
    const std::string& around = query.text("around");

    Page page;
    page.section = Section::graph;
    Neighbourhood view;
    std::vector<std::pair<std::string, std::string>> kept;
    if (around.empty()) {
        page.title = "Graph";
        view = backbone(site, filter, limit);
        page.body.add("<h1>Graph</h1>");
    } else {
        const std::optional<EntityId> id = EntityId::parse(around);
        const graph::Entity* entity = id ? site.graph.find_entity(*id) : nullptr;
        if (!entity) throw RequestError(404, "around", "No entity has this id.");
        page.title = "Around " + entity->name;
        view = neighbourhood(site, site.graph.index_of(*id), filter,
                             {.hops = hops, .limit = limit, .aspect = 1.7});
        page.body.add("<h1>Around {}</h1>", entity_link(site, *id));
        kept.emplace_back("around", around);
    }
    if (hops != 1) kept.emplace_back("hops", std::to_string(hops));
    if (limit != 60) kept.emplace_back("limit", std::to_string(limit));

    const auto choice = [&](std::string_view words, std::size_t other_hops, std::size_t other_limit) {
        const bool current = other_hops == hops && other_limit == limit;
        std::string target = around.empty() ? "" : "&around=" + around;
        if (other_hops != 1) target += "&hops=" + std::to_string(other_hops);
        if (other_limit != 60) target += "&limit=" + std::to_string(other_limit);
        target = with_parameters("/graph", target + filter.parameters());
        return html("<a href=\"{}\"{}>{}</a>", target, current ? html(" aria-current=\"true\"") : Html(),
                    words);
    };
    Html choices;
    if (!around.empty())
        choices.add("<span class=\"quiet\">steps</span>{}{}{}", choice("1", 1, limit), choice("2", 2, limit),
                    choice("3", 3, limit));
    choices.add("<span class=\"quiet\">at most</span>");
    for (const std::size_t size : {std::size_t{30}, std::size_t{60}, std::size_t{120}, k_most_nodes})
        choices.add(choice(std::to_string(size), hops, size));

    page.body.add(
        "<div class=\"bar-line\"><nav class=\"tabs\" aria-label=\"Size of the picture\">{}</nav>{}</div>",
        choices, filter_form(site, "/graph", filter, kept));
    if (view.edges.empty()) {
        page.body.add("<section class=\"empty\"><h2>Nothing to draw</h2><p>{}</p></section>",
                      site.graph.facts().empty() ? "The graph holds no facts yet."
                      : filter.active()          ? "No connection between two entities passes the filter."
                                                 : "No fact connects it with another entity.");
        return render(site, page);
    }
    page.body.add("<p class=\"quiet\" role=\"status\">Showing {} of {}{} and {}.{}</p>", view.nodes.size(),
                  view.complete ? "" : "at least ", counted(view.reachable, "entity", "entities"),
                  counted(view.edges.size(), "connection"),
                  view.nodes.size() < view.reachable
                      ? (around.empty() ? " The most important ones that connect with each other are drawn."
                                        : " Those with the most facts are drawn.")
                      : "");
    page.body.add(
        "<div class=\"canvas\" tabindex=\"0\" role=\"group\" aria-label=\"Picture of the graph\">{}</div>{}",
        picture(site, view, view.edges.size() <= 40 ? EdgeLabels::show : EdgeLabels::hide),
        legend(site, view));
    page.body.add("<section><h2>The same as a list</h2>{}</section>", picture_list(site, view));
    return render(site, page);
}

}  // namespace relata::web
