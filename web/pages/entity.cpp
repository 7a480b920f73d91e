// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "web/neighbourhood.hpp"
#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {
namespace {

constexpr std::size_t k_facts_per_group = 8;

// The facts of one relation in one direction, as they stand on an entity's page.
struct Group {
    bool outgoing = true;
    const RelationGroup* relation = nullptr;
    std::vector<std::size_t> facts;
};

std::vector<Group> grouped_facts(const Site& site, const graph::Entity& entity, const FactFilter& filter) {
    std::map<std::pair<const RelationGroup*, bool>, std::vector<std::size_t>> by_relation;
    for (const std::size_t at : site.graph.facts_of(entity.id)) {
        const graph::Fact& fact = site.graph.facts()[at];
        if (!filter.admits(site.graph, fact, entity.id)) continue;
        const bool outgoing = fact.subject == entity.id || site.graph.is_symmetric(fact);
        by_relation[{site.find_relation(fact.relation_name(), fact.open()), outgoing}].push_back(at);
    }
    std::vector<Group> groups;
    for (auto& [key, facts] : by_relation) groups.push_back({key.second, key.first, std::move(facts)});
    // Relations that the ontology knows come first, then the larger groups.
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        return std::tuple(a.relation->open, b.facts.size(), std::string_view(a.relation->label), b.outgoing) <
               std::tuple(b.relation->open, a.facts.size(), std::string_view(b.relation->label), a.outgoing);
    });
    for (Group& group : groups) {
        const auto key = [&](std::size_t at) {
            const graph::Fact& fact = site.graph.facts()[at];
            const bool plain = fact.polarity == Polarity::positive && fact.modality == Modality::asserted;
            return std::tuple(plain, Site::articles_of(fact), static_cast<int>(fact.confidence * 1000));
        };
        std::stable_sort(group.facts.begin(), group.facts.end(),
                         [&](std::size_t a, std::size_t b) { return key(a) > key(b); });
    }
    return groups;
}

Html heading(const Group& group, const graph::Entity& entity) {
    const RelationGroup& relation = *group.relation;
    const std::string path = relation_path(relation.name, relation.open);
    const std::string_view open = relation.open ? " open" : "";
    const std::string count = grouped(group.facts.size());
    if (group.outgoing)
        return html("<h3><a class=\"relation{}\" href=\"{}\">{}</a> <span class=\"count\">{}</span></h3>",
                    open, path, relation.label, count);
    if (!relation.inverse_label.empty())
        return html("<h3><a class=\"relation{}\" href=\"{}\">{}</a> <span class=\"count\">{}</span></h3>",
                    open, path, relation.inverse_label, count);
    return html(
        "<h3><a class=\"relation{}\" href=\"{}\">{}</a> "
        "<span class=\"quiet\"><bdi>{}</bdi></span> <span class=\"count\">{}</span></h3>",
        open, path, relation.label, entity.name, count);
}

Html other_side(const Site& site, const graph::Fact& fact, EntityId self) {
    if (fact.subject != self) return entity_link(site, fact.subject);
    return object_of(site, fact);
}

Html names(const graph::Entity& entity) {
    if (entity.aliases.empty()) return {};
    Html out = html("<p class=\"aliases\">also ");
    constexpr std::size_t most = 6;
    for (std::size_t at = 0; at < entity.aliases.size() && at < most; ++at)
        out.add("{}<bdi>{}</bdi>", at == 0 ? "" : ", ", entity.aliases[at].text);
    if (entity.aliases.size() > most) out.add(" and {} more", entity.aliases.size() - most);
    return out.add("</p>");
}

std::string_view reason_in_words(graph::MergeReason reason) {
    switch (reason) {
        case graph::MergeReason::spelling:
            return "same name in another spelling";
        case graph::MergeReason::legal_suffix:
            return "same name but for the legal form";
        case graph::MergeReason::title:
            return "same name but for a title";
        case graph::MergeReason::document_chain:
            return "one article uses both for the same thing";
        case graph::MergeReason::alias:
            return "short form of the only longer name that fits";
        case graph::MergeReason::acronym:
            return "its initials";
        case graph::MergeReason::surname:
            return "surname of the only person who fits";
        case graph::MergeReason::middle_name:
            return "same name but for a middle name";
        case graph::MergeReason::known_name:
            return "a known name of the same country or union";
        case graph::MergeReason::retyped:
            return "one article takes the word for a person, others name something else with it";
    }
    return to_string(reason);
}

// Why other forms are taken for the same thing: a reader must be able to doubt it.
Html merges(const Site& site, const graph::Entity& entity) {
    Html rows;
    std::size_t count = 0;
    const std::vector<graph::Merge>& all = site.graph.merges();
    // merges() stands in the order of the entities.
    const std::size_t place = site.graph.index_of(entity.id);
    auto at =
        std::lower_bound(all.begin(), all.end(), place, [&](const graph::Merge& merge, std::size_t wanted) {
            return site.graph.index_of(merge.entity) < wanted;
        });
    for (; at != all.end() && at->entity == entity.id; ++at, ++count) {
        if (count < 40)
            rows.add("<li><bdi>{}</bdi><span class=\"quiet\">{} · {}</span></li>", at->form,
                     reason_in_words(at->reason), counted(at->documents, "article"));
    }
    if (count == 0) return {};
    return html("<details><summary>Why {} one thing</summary><ul class=\"rows\">{}</ul></details>",
                counted(count + 1, "name is", "names are"), rows);
}

Html mentioned_in(const Site& site, std::size_t place) {
    constexpr std::size_t most = 12;
    const std::vector<Site::Appearance>& appearances = site.appearances[place];
    Html rows;
    for (std::size_t at = 0; at < appearances.size() && at < most; ++at) {
        const graph::SourceDocument& document = site.graph.documents()[appearances[at].document];
        rows.add("<li><a href=\"{}\"><bdi>{}</bdi></a><span class=\"quiet\">{}</span></li>",
                 sentence_path(document, appearances[at].sentence), article_title(document),
                 date_in_words(document.published));
    }
    Html out = html("<section><h2>In the articles</h2><ul class=\"rows\">{}</ul>", rows);
    if (appearances.size() > most)
        out.add("<p class=\"quiet\">the newest {} of {}</p>", most, grouped(appearances.size()));
    return out.add("</section>");
}

}  // namespace

Answer entity_page(const Site& site, const Request& request, EntityId id, std::string_view given_slug) {
    const Query query(request, {"rel", "type", "from", "to", "conf", "said", "src", "page"});
    const FactFilter filter = parse_filter(query);
    const graph::Entity* found = site.graph.find_entity(id);
    if (!found)
        throw RequestError(404, "",
                           "No entity has this id. It may have had another name in an earlier build.");
    const graph::Entity& entity = *found;
    const std::string path = entity_path(entity);
    if (given_slug != slug(entity.name)) {
        Answer redirect;
        redirect.status = 301;
        redirect.location = with_parameters(path, filter.parameters());
        return redirect;
    }

    const std::size_t place = site.graph.index_of(id);
    const std::vector<Group> groups = grouped_facts(site, entity, filter);
    std::size_t admitted = 0;
    for (const Group& group : groups) admitted += group.facts.size();

    Page page;
    page.title = entity.name;
    page.body.add(
        "<article class=\"entity-page\"><header><p class=\"kind\">{}{}{}</p><h1><bdi>{}</bdi></h1>{}"
        "<p class=\"quiet\">{} · mentioned {} in {}</p></header>",
        type_mark(entity.type), type_name(entity.type),
        entity.named ? "" : ", known by this phrase in one article", entity.name, names(entity),
        counted(site.degrees[place], "fact"), counted(entity.mentions, "time"),
        counted(entity.documents, "article"));

    // One relation alone is shown in full, page by page.
    const bool single = !filter.relation.empty();
    const std::size_t number = query.number("page", 1, 1, 1000000);
    Html facts;
    for (const Group& group : groups) {
        Html items;
        const std::size_t most = single ? k_rows_per_page : k_facts_per_group;
        const std::size_t begin = single ? (number - 1) * k_rows_per_page : 0;
        for (std::size_t at = begin; at < group.facts.size() && at < begin + most; ++at) {
            const graph::Fact& fact = site.graph.facts()[group.facts[at]];
            items.add(
                fact_item(site, fact, html("{} {}", other_side(site, fact, id), qualifiers(site, fact))));
        }
        if (items.empty()) continue;
        Html more;
        if (!single && group.facts.size() > most) {
            FactFilter narrowed = filter;
            narrowed.relation = group.relation->name;
            more.add("<p class=\"more\"><a href=\"{}\">All {}</a></p>",
                     with_parameters(path, narrowed.parameters()), grouped(group.facts.size()));
        }
        facts.add("<section class=\"group\">{}<ul class=\"facts\">{}</ul>{}</section>",
                  heading(group, entity), items, more);
    }
    if (single) {
        std::size_t longest = 0;
        for (const Group& group : groups) longest = std::max(longest, group.facts.size());
        facts.add(pager(with_parameters(path, filter.parameters()), number, longest));
    }
    if (admitted == 0)
        facts.add(filter.active()
                      ? html("<p>None of the {} passes the filter. <a href=\"{}\">Show all</a></p>",
                             counted(site.degrees[place], "fact"), path)
                      : html("<p>The articles mention it, but no sentence states a fact about it that Relata "
                             "could hold "
                             "on to.</p>"));

    Html beside;
    const Neighbourhood view =
        neighbourhood(site, place, filter, {.hops = 1, .limit = 13, .aspect = 1.1, .width = 358});
    if (view.nodes.size() > 1) {
        beside.add(
            "<section class=\"around\"><h2>Around it</h2><div class=\"canvas small\">{}</div><p "
            "class=\"quiet\">",
            picture(site, view, EdgeLabels::hide));
        if (view.nodes.size() < view.reachable)
            beside.add("{} of {} neighbours, those with the most facts · ", view.nodes.size() - 1,
                       grouped(view.reachable - 1));
        beside.add("<a href=\"/graph?around={}{}\">larger, as picture and list</a></p></section>",
                   entity.id.text(), filter.parameters());
    }
    beside.add(mentioned_in(site, place)).add(merges(site, entity));

    page.body.add(
        "<div class=\"split\"><div><div class=\"bar-line\"><h2>Facts</h2>{}</div>{}</div>"
        "<aside aria-label=\"Around it\">{}</aside></div></article>",
        filter_form(site, path, filter), facts, beside);
    return render(site, page);
}

Answer entities_page(const Site& site, const Request& request) {
    const Query query(request, {"type", "page"});
    const FactFilter filter = parse_filter(query);
    const std::size_t number = query.number("page", 1, 1, 1000000);
    std::map<EntityType, std::size_t> types;
    for (const graph::Entity& entity : site.graph.entities()) ++types[entity.type];

    Html tabs =
        html("<a href=\"/entities\"{}>all <span class=\"count\">{}</span></a>",
             filter.type ? Html() : html(" aria-current=\"true\""), grouped(site.graph.entities().size()));
    for (const auto& [type, count] : types)
        tabs.add("<a href=\"/entities?type={}\"{}>{}{} <span class=\"count\">{}</span></a>", to_string(type),
                 filter.type == type ? html(" aria-current=\"true\"") : Html(), type_mark(type),
                 type_name_plural(type), grouped(count));

    Html rows;
    std::size_t total = 0;
    const std::size_t begin = (number - 1) * k_rows_per_page;
    for (const std::size_t at : site.by_degree) {
        const graph::Entity& entity = site.graph.entities()[at];
        if (filter.type && entity.type != *filter.type) continue;
        if (total >= begin && total < begin + k_rows_per_page)
            rows.add(
                "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
                entity_link(site, entity.id), type_name(entity.type), site.degrees[at], entity.documents);
        ++total;
    }
    Page page;
    page.title = "Entities";
    page.section = Section::entities;
    page.body.add(
        "<h1>Entities</h1><nav class=\"tabs\" aria-label=\"Types\">{}</nav><div class=\"scroll\">"
        "<table class=\"list\"><thead><tr><th>name</th><th>kind</th><th class=\"number\">facts</th>"
        "<th class=\"number\">articles</th></tr></thead><tbody>{}</tbody></table></div>{}",
        tabs, rows,
        pager(filter.type ? "/entities?type=" + std::string(to_string(*filter.type)) : "/entities", number,
              total));
    if (total == 0) page.body.add("<p>There is nothing of this kind.</p>");
    return render(site, page);
}

}  // namespace relata::web
