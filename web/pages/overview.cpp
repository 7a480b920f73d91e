// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "web/neighbourhood.hpp"
#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {
namespace {

// A bar whose length is its share of the largest: SVG, because a page without inline styles cannot set
// widths.
Html bar(std::size_t value, std::size_t most) {
    const std::size_t length = most == 0 ? 0 : std::max<std::size_t>(1, value * 100 / most);
    return html(
        "<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        "<rect width=\"{}\" height=\"4\"/></svg>",
        length);
}

Html most_connected(const Site& site) {
    Html rows;
    std::size_t shown = 0;
    std::size_t most = 0;
    for (const std::size_t at : site.by_degree) {
        if (shown == 10 || site.degrees[at] == 0) break;
        most = std::max(most, site.degrees[at]);
        ++shown;
    }
    for (std::size_t at = 0; at < shown; ++at) {
        const std::size_t entity = site.by_degree[at];
        rows.add("<tr><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
                 entity_link(site, site.graph.entities()[entity].id), site.degrees[entity],
                 bar(site.degrees[entity], most));
    }
    return html(
        "<section><h2>Most connected</h2><table class=\"bars\"><thead class=\"hidden\"><tr><th>Entity</th>"
        "<th>Facts</th><th></th></tr></thead><tbody>{}</tbody></table>"
        "<p class=\"more\"><a href=\"/entities\">All {}</a></p></section>",
        rows, counted(site.graph.entities().size(), "entity", "entities"));
}

Html relations(const Site& site) {
    Html rows;
    std::size_t shown = 0;
    for (const RelationGroup& group : site.relations) {
        if (shown == 10) break;
        ++shown;
        rows.add(
            "<tr><td><a class=\"relation{}\" href=\"{}\">{}</a></td><td "
            "class=\"number\">{}</td><td>{}</td></tr>",
            group.open ? " open" : "", relation_path(group.name, group.open), group.label, group.facts.size(),
            bar(group.facts.size(), site.relations.front().facts.size()));
    }
    return html(
        "<section><h2>Relations</h2><table class=\"bars\"><thead class=\"hidden\"><tr><th>Relation</th>"
        "<th>Facts</th><th></th></tr></thead><tbody>{}</tbody></table>"
        "<p class=\"more\"><a href=\"/relations\">All {}</a></p></section>",
        rows, counted(site.relations.size(), "relation"));
}

Html articles(const Site& site) {
    Html rows;
    std::size_t shown = 0;
    for (const std::size_t at : site.by_publication) {
        if (shown == 8) break;
        ++shown;
        const graph::SourceDocument& document = site.graph.documents()[at];
        rows.add("<li><a href=\"{}\"><bdi>{}</bdi></a><span class=\"quiet\">{}{}</span></li>",
                 article_path(document), article_title(document),
                 document.published.empty() ? html("") : html("{} · ", date_in_words(document.published)),
                 counted(site.graph.facts_in(document.id).size(), "fact"));
    }
    return html(
        "<section><h2>Articles</h2><ul class=\"rows\">{}</ul><p class=\"more\"><a href=\"/articles\">All "
        "{}</a></p></section>",
        rows, counted(site.graph.documents().size(), "article"));
}

Html facts(const Site& site, std::string_view title, std::string_view note,
           const std::vector<std::size_t>& order, std::vector<bool>& used) {
    Html items;
    std::size_t shown = 0;
    // One fact a subject, so that one busy article does not fill the list.
    std::vector<EntityId> subjects;
    for (const std::size_t at : order) {
        if (shown == 5) break;
        const graph::Fact& fact = site.graph.facts()[at];
        if (used[at] || std::find(subjects.begin(), subjects.end(), fact.subject) != subjects.end()) continue;
        used[at] = true;
        subjects.push_back(fact.subject);
        ++shown;
        items.add(fact_item(site, fact, statement(site, fact)));
    }
    if (shown == 0) return {};
    return html("<section><h2>{}</h2><p class=\"quiet\">{}</p><ul class=\"facts\">{}</ul></section>", title,
                note, items);
}

Html empty(const Site& site) {
    const graph::Statistics& numbers = site.statistics;
    Html out = html("<section class=\"empty\"><h2>No facts yet</h2><p>{} with {} were read",
                    counted(numbers.documents, "article"), counted(numbers.sentences, "sentence"));
    if (numbers.documents == 0)
        return out.add(
            ": the graph is empty. Give <code>relata build</code> a folder with articles and open the "
            "graph that it writes.</p></section>");
    out.add(", and {} found in them, but no sentence states a fact that Relata can hold on to.",
            counted(numbers.entities, "entity was", "entities were"));
    if (numbers.facts_without_entity > 0)
        out.add(" {} could not enter because one side has no entity.",
                counted(numbers.facts_without_entity, "statement"));
    return out.add(
        "</p><p>The <a href=\"/articles\">articles</a> and the <a href=\"/entities\">entities</a> are here "
        "all the same. <code>relata extract --all</code> shows what each sentence says.</p></section>");
}

}  // namespace

Answer overview_page(const Site& site, const Request& request) {
    const Query query(request, {});
    const graph::Statistics& numbers = site.statistics;
    Page page;
    page.section = Section::overview;
    const auto figure = [](std::size_t number, std::string_view words, std::string_view address) {
        return html("<a href=\"{}\"><b>{}</b> {}</a>", address, grouped(number), words);
    };
    page.body.add(
        "<h1 class=\"hidden\">Overview</h1><div class=\"figures\">{}{}{}{}<span><b>{}</b> {}</span></div>",
        figure(numbers.entities, numbers.entities == 1 ? "entity" : "entities", "/entities"),
        figure(numbers.facts, numbers.facts == 1 ? "fact" : "facts", "/relations"),
        figure(site.relations.size(), site.relations.size() == 1 ? "relation" : "relations", "/relations"),
        figure(numbers.documents, numbers.documents == 1 ? "article" : "articles", "/articles"),
        grouped(numbers.evidences), numbers.evidences == 1 ? "evidence sentence" : "evidence sentences");
    if (site.graph.facts().empty()) {
        page.body.add(empty(site));
        if (!site.graph.documents().empty())
            page.body.add("<div class=\"columns\">{}{}</div>", articles(site), most_connected(site));
        return render(site, page);
    }
    std::vector<bool> used(site.graph.facts().size(), false);
    const bool several = numbers.facts_in_several_documents > 0;
    std::vector<std::size_t> strong = site.by_strength;
    if (several) strong.resize(numbers.facts_in_several_documents);  // those come first
    const Html strongest = facts(
        site, several ? "Said most often" : "Most certain",
        several ? "Facts that several articles state." : "Facts with the highest confidence.", strong, used);
    const Html newest = facts(site, "Latest", "From the newest articles.", site.by_date, used);
    page.body.add("<div class=\"columns\">{}{}{}</div><div class=\"columns two\">{}{}</div>",
                  most_connected(site), relations(site), articles(site), newest, strongest);
    return render(site, page);
}

}  // namespace relata::web
