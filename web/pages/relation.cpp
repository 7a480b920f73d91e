// SPDX-License-Identifier: Apache-2.0
#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {

Answer relations_page(const Site& site, const Request& request) {
    const Query query(request, {"page"});
    const std::size_t number = query.number("page", 1, 1, 1000000);
    Html rows;
    for (std::size_t at = (number - 1) * k_rows_per_page;
         at < site.relations.size() && at < number * k_rows_per_page; ++at) {
        const RelationGroup& group = site.relations[at];
        rows.add(
            "<tr><td><a class=\"relation{}\" href=\"{}\">{}</a></td><td>{}</td><td class=\"number\">{}</td>"
            "<td class=\"example\">{}</td></tr>",
            group.open ? " open" : "", relation_path(group.name, group.open), group.label,
            group.open ? "in the article’s words" : "ontology", group.facts.size(),
            statement(site, site.graph.facts()[group.facts.front()]));
    }
    Page page;
    page.title = "Relations";
    page.section = Section::relations;
    page.body.add(
        "<h1>Relations</h1><div class=\"scroll\"><table class=\"list\"><thead><tr><th>relation</th><th>named "
        "by</th>"
        "<th class=\"number\">facts</th><th>strongest "
        "fact</th></tr></thead><tbody>{}</tbody></table></div>{}",
        rows, pager("/relations", number, site.relations.size()));
    if (site.relations.empty()) page.body.add("<p>There are no facts yet, so there are no relations.</p>");
    return render(site, page);
}

Answer relation_page(const Site& site, const Request& request) {
    const Query query(request, {"name", "phrase", "type", "from", "to", "conf", "said", "src", "page"});
    const bool open = query.text("name").empty();
    const std::string& name = open ? query.text("phrase") : query.text("name");
    if (name.empty()) throw RequestError(400, "name", "needs the name of a relation");
    if (open == query.text("phrase").empty()) throw RequestError(400, "phrase", "cannot stand beside name");
    const RelationGroup* group = site.find_relation(name, open);
    if (!group) throw RequestError(404, "", "No fact has this relation.");
    const FactFilter filter = parse_filter(query);
    const std::size_t number = query.number("page", 1, 1, 1000000);

    Html items;
    std::size_t total = 0;
    const std::size_t begin = (number - 1) * k_rows_per_page;
    for (const std::size_t at : group->facts) {
        const graph::Fact& fact = site.graph.facts()[at];
        if (!filter.admits(site.graph, fact)) continue;
        if (total >= begin && total < begin + k_rows_per_page)
            items.add(fact_item(site, fact, statement(site, fact)));
        ++total;
    }
    const std::string path = relation_path(name, open);
    Page page;
    page.title = group->label;
    page.section = Section::relations;
    page.body.add(
        "<header><p class=\"kind\">{}</p><h1>{}</h1><p class=\"quiet\">{}{}{}</p></header>"
        "<div class=\"bar-line\"><h2>Facts</h2>{}</div><ul class=\"facts\">{}</ul>{}",
        open               ? "relation in the article’s own words"
        : group->symmetric ? "relation that holds both ways"
                           : "relation",
        group->label, counted(group->facts.size(), "fact"),
        filter.active() ? html(", {} after the filter", grouped(total)) : Html(),
        group->inverse_label.empty() ? Html() : html(" · read backwards: {}", group->inverse_label),
        open ? filter_form(site, "/r", filter, {{"phrase", name}}) : filter_form(site, path, filter), items,
        pager(with_parameters(path, filter.parameters()), number, total));
    if (total == 0)
        page.body.add("<p>None of its facts passes the filter. <a href=\"{}\">Show all</a></p>", path);
    return render(site, page);
}

}  // namespace relata::web
