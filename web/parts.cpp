// SPDX-License-Identifier: Apache-2.0
#include "web/parts.hpp"

#include <algorithm>
#include <array>

#include "core/utf8.hpp"
#include "graph/names.hpp"

namespace relata::web {
namespace {

// Longest stretch without a mark that a list shows; the page of the fact shows everything.
constexpr std::size_t k_longest_unmarked = 360;

std::size_t boundary_at_or_before(std::string_view text, std::size_t at) {
    while (at > 0 && !utf8::is_boundary(text, at)) --at;
    return at;
}

// Keeps the words next to the marks: the end of what stands before them, the start of what follows.
Html shortened(std::string_view text, bool first, bool last) {
    Html out;
    if (text.size() <= k_longest_unmarked) return out.text(text);
    const std::size_t half = k_longest_unmarked / 2;
    const std::size_t head = first && !last ? 0 : last ? k_longest_unmarked : half;
    const std::size_t tail = last ? 0 : first ? k_longest_unmarked : half;
    out.text(text.substr(0, boundary_at_or_before(text, head)));
    out.add(
        "<span class=\"cut\" title=\"shortened; the page of the fact has the whole "
        "sentence\">\u2009…\u2009</span>");
    out.text(text.substr(boundary_at_or_before(text, text.size() - tail)));
    return out;
}

std::string_view month(std::string_view digits) {
    constexpr std::array<std::string_view, 12> names{"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};
    if (digits.size() != 2) return {};
    const int number = (digits[0] - '0') * 10 + (digits[1] - '0');
    return number >= 1 && number <= 12 ? names[static_cast<std::size_t>(number - 1)] : std::string_view{};
}

std::string day_in_words(std::string_view iso) {
    const bool dated = iso.size() >= 7 && iso[4] == '-';
    const std::string_view name = dated ? month(iso.substr(5, 2)) : std::string_view{};
    if (name.empty()) return std::string(iso);
    std::string out;
    if (iso.size() == 10 && iso[7] == '-') {
        const std::string_view day = iso.substr(8, 2);
        (out += day[0] == '0' ? day.substr(1) : day) += ' ';
    } else if (iso.size() != 7) {
        return std::string(iso);
    }
    ((out += name) += ' ') += iso.substr(0, 4);
    return out;
}

Html attributions(const Site& site, const graph::Fact& fact) {
    std::vector<Html> sayers;
    std::vector<std::string> seen;
    for (const graph::Evidence& evidence : fact.evidences) {
        if (!evidence.attribution) continue;
        const auto& [text, span, entity] = *evidence.attribution;
        const std::string key = entity ? entity->text() : text;
        if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
        seen.push_back(key);
        sayers.push_back(entity ? entity_link(site, *entity) : html("<bdi>{}</bdi>", text));
    }
    Html out;
    for (std::size_t at = 0; at < sayers.size() && at < 3; ++at) {
        out.add(at == 0 ? html(" ") : html(", "));
        out.add(sayers[at]);
    }
    if (sayers.size() > 3) out.add(" and {} more", sayers.size() - 3);
    return out;
}

bool former(const graph::Fact& fact) {
    return std::all_of(fact.evidences.begin(), fact.evidences.end(),
                       [](const graph::Evidence& evidence) { return evidence.past; });
}

}  // namespace

std::string slug(std::string_view name) {
    std::string out;
    for (const char character : graph::fold(name)) {
        if (out.size() >= 60) break;
        if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9'))
            out += character;
        else if (character >= 'A' && character <= 'Z')
            out += static_cast<char>(character - 'A' + 'a');
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out.empty() ? "-" : out;
}

std::string entity_path(const graph::Entity& entity) {
    return "/e/" + entity.id.text() + "/" + slug(entity.name);
}
std::string fact_path(const graph::Fact& fact) {
    return "/f/" + fact.id.text();
}
std::string article_path(const graph::SourceDocument& document) {
    return "/a/" + document.id.text();
}
std::string sentence_path(const graph::SourceDocument& document, std::size_t sentence) {
    std::string path = article_path(document);
    if (const std::size_t part = sentence / k_sentences_per_part; part > 0)
        path += "?part=" + std::to_string(part + 1);
    return path + "#s" + std::to_string(sentence + 1);
}
std::string relation_path(std::string_view name, bool open) {
    return std::string(open ? "/r?phrase=" : "/r/") + url_encode(name);
}
std::string with_parameters(std::string path, std::string_view parameters) {
    if (parameters.empty()) return path;
    path += path.find('?') == std::string::npos ? '?' : '&';
    return path += parameters.substr(1);
}

std::string_view type_name(EntityType type) {
    switch (type) {
        case EntityType::PERSON:
            return "person";
        case EntityType::ORG:
            return "organisation";
        case EntityType::GPE:
            return "country or town";
        case EntityType::LOC:
            return "place";
        case EntityType::FAC:
            return "building";
        case EntityType::NORP:
            return "group of people";
        case EntityType::PRODUCT:
            return "product";
        case EntityType::WORK:
            return "work";
        case EntityType::EVENT:
            return "event";
        case EntityType::LAW:
            return "law";
        case EntityType::DATE:
            return "date";
        case EntityType::TIME:
            return "time";
        case EntityType::MONEY:
            return "money";
        case EntityType::PERCENT:
            return "percentage";
        case EntityType::QUANTITY:
            return "quantity";
        case EntityType::ORDINAL:
            return "rank";
        case EntityType::CARDINAL:
            return "number";
        case EntityType::OTHER:
            return "other thing";
    }
    return "thing";
}

std::string_view type_name_plural(EntityType type) {
    switch (type) {
        case EntityType::PERSON:
            return "people";
        case EntityType::ORG:
            return "organisations";
        case EntityType::GPE:
            return "countries and towns";
        case EntityType::LOC:
            return "places";
        case EntityType::FAC:
            return "buildings";
        case EntityType::NORP:
            return "groups of people";
        case EntityType::PRODUCT:
            return "products";
        case EntityType::WORK:
            return "works";
        case EntityType::EVENT:
            return "events";
        case EntityType::LAW:
            return "laws";
        case EntityType::OTHER:
            return "other things";
        default:
            return "values";
    }
}

std::string_view modality_name(Modality modality) {
    return to_string(modality);
}

std::string date_in_words(std::string_view iso) {
    const std::size_t slash = iso.find('/');
    if (slash == std::string_view::npos) return day_in_words(iso);
    return day_in_words(iso.substr(0, slash)) + " – " + day_in_words(iso.substr(slash + 1));
}

std::string article_title(const graph::SourceDocument& document) {
    return document.title.empty() ? document.source : document.title;
}

Html type_mark(EntityType type) {
    return html("<i class=\"mark t-{}\" aria-hidden=\"true\"></i>", to_string(type));
}

Html entity_link(const Site& site, EntityId id) {
    const graph::Entity& entity = *site.graph.find_entity(id);
    return html("<a class=\"entity\" href=\"{}\" title=\"{}\">{}<bdi>{}</bdi></a>", entity_path(entity),
                type_name(entity.type), type_mark(entity.type), entity.name);
}

Html value_text(const Value& value) {
    return html("<span class=\"value\"><bdi>{}</bdi></span>", value.text);
}

Html object_of(const Site& site, const graph::Fact& fact) {
    if (const EntityId* id = fact.object_entity()) return entity_link(site, *id);
    return value_text(*fact.object_value());
}

Html qualifiers(const Site& site, const graph::Fact& fact) {
    Html out;
    if (fact.polarity == Polarity::negative) out.add("<span class=\"chip no\">not so</span>");
    if (fact.modality != Modality::asserted)
        out.add("<span class=\"chip {}\">{}{}</span>", modality_name(fact.modality), modality_name(fact.modality),
                fact.modality == Modality::alleged || fact.modality == Modality::denied
                    ? [&] {
                          Html by = attributions(site, fact);
                          return by.empty() ? by : html(" by{}", by);
                      }()
                    : Html());
    if (former(fact)) out.add("<span class=\"chip\">former</span>");
    const graph::Validity when = graph::validity(fact);
    if (!when.from.empty() && !when.to.empty() && when.from != when.to)
        out.add("<span class=\"when\">{} – {}</span>", day_in_words(when.from), day_in_words(when.to));
    else if (!when.from.empty())
        out.add("<span class=\"when\">{}</span>", date_in_words(when.from));
    else if (!when.to.empty())
        out.add("<span class=\"when\">until {}</span>", date_in_words(when.to));
    return out;
}

Html support(const graph::Fact& fact) {
    return html(
        "<span class=\"support\"><span title=\"how many articles say it\">{}</span> "
        "<a href=\"{}\" title=\"confidence; why this was extracted\">{}</a></span>",
        counted(Site::articles_of(fact), "article"), fact_path(fact), decimal(fact.confidence));
}

Html statement(const Site& site, const graph::Fact& fact) {
    return html("{} <a class=\"relation{}\" href=\"{}\">{}</a> {} {}", entity_link(site, fact.subject),
                fact.open() ? " open" : "", relation_path(fact.relation_name(), fact.open()),
                site.graph.relation_label(fact), object_of(site, fact), qualifiers(site, fact));
}

Html quotation(const Site& site, const graph::Fact& fact, const graph::Evidence& evidence, Length length) {
    const graph::SourceDocument& document = *site.graph.find_document(evidence.document);
    Html words;
    const std::vector<Segment> pieces = segments(site.graph, evidence);
    for (std::size_t at = 0; at < pieces.size(); ++at) {
        const auto& [text, role] = pieces[at];
        if (role != SegmentRole::none)
            words.add(
                "<mark class=\"{}\"><span class=\"hidden\">[{}: </span>{}<span "
                "class=\"hidden\">]</span></mark>",
                to_string(role), to_string(role), text);
        else if (length == Length::shortened)
            words.add(shortened(text, at == 0, at + 1 == pieces.size()));
        else
            words.text(text);
    }
    Html where = html("<a href=\"{}\"><bdi>{}</bdi></a>", sentence_path(document, evidence.sentence),
                      article_title(document));
    if (!document.publisher.empty()) where.add(" · <bdi>{}</bdi>", document.publisher);
    if (!document.published.empty())
        where.add(" · <time datetime=\"{}\">{}</time>", document.published,
                  date_in_words(document.published));
    if (evidence.attribution && (fact.modality == Modality::asserted || fact.modality == Modality::planned))
        where.add(" · said by <bdi>{}</bdi>", evidence.attribution->text);
    return html(
        "<figure class=\"evidence\"><blockquote lang=\"{}\" dir=\"auto\">{}</blockquote>"
        "<figcaption>{}</figcaption></figure>",
        document.language, words, where);
}

Html quotations(const Site& site, const graph::Fact& fact) {
    // The most certain sentence first; equal ones in the order of the articles.
    std::vector<const graph::Evidence*> order;
    for (const graph::Evidence& evidence : fact.evidences) order.push_back(&evidence);
    std::stable_sort(order.begin(), order.end(), [](const graph::Evidence* a, const graph::Evidence* b) {
        return static_cast<int>(a->confidence * 1000) > static_cast<int>(b->confidence * 1000);
    });
    Html out = quotation(site, fact, *order.front(), Length::shortened);
    if (order.size() == 1) return out;
    constexpr std::size_t most = 6;
    Html others;
    for (std::size_t at = 1; at < order.size() && at < most; ++at)
        others.add(quotation(site, fact, *order[at], Length::shortened));
    if (order.size() > most)
        others.add("<p><a href=\"{}\">All {}</a></p>", fact_path(fact), counted(order.size(), "sentence"));
    out.add("<details class=\"others\"><summary>{} that {} the same</summary>{}</details>",
            counted(order.size() - 1, "more sentence"), order.size() == 2 ? "says" : "say", others);
    return out;
}

Html fact_item(const Site& site, const graph::Fact& fact, const Html& line) {
    return html("<li class=\"fact\"><div class=\"line\"><div class=\"says\">{}</div>{}</div>{}</li>", line,
                support(fact), quotations(site, fact));
}

Html pager(std::string_view address, std::size_t page, std::size_t total_rows) {
    const std::size_t pages = (total_rows + k_rows_per_page - 1) / k_rows_per_page;
    Html out;
    if (pages < 2) return out;
    const auto link = [&](std::size_t target, std::string_view words, std::string_view rel) {
        return html("<a rel=\"{}\" href=\"{}\">{}</a>", rel,
                    with_parameters(std::string(address), "&page=" + std::to_string(target)), words);
    };
    out.add("<nav class=\"pager\" aria-label=\"Pages\">");
    if (page > 1) out.add(link(page - 1, "← previous", "prev"));
    out.add("<span>page {} of {}</span>", grouped(page), grouped(pages));
    if (page < pages) out.add(link(page + 1, "next →", "next"));
    return out.add("</nav>");
}

Html filter_form(const Site& site, std::string_view action, const FactFilter& filter,
                 const std::vector<std::pair<std::string, std::string>>& kept) {
    const auto option = [](std::string_view value, std::string_view words, bool chosen) {
        return chosen ? html("<option value=\"{}\" selected>{}</option>", value, words)
                      : html("<option value=\"{}\">{}</option>", value, words);
    };
    Html hidden;
    for (const auto& [name, value] : kept)
        hidden.add("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);

    Html types = option("", "any", !filter.type && !filter.values_only);
    for (const EntityType type : {EntityType::PERSON, EntityType::ORG, EntityType::GPE, EntityType::LOC,
                                  EntityType::FAC, EntityType::NORP, EntityType::PRODUCT, EntityType::WORK,
                                  EntityType::EVENT, EntityType::LAW, EntityType::OTHER})
        types.add(option(to_string(type), type_name_plural(type), filter.type == type));
    types.add(option("VALUE", "values", filter.values_only));

    Html relations = option("", "any", filter.relation.empty());
    bool listed = filter.relation.empty();
    for (const RelationGroup& group : site.relations) {
        if (group.open) continue;
        relations.add(option(group.name, group.label, group.name == filter.relation));
        listed = listed || group.name == filter.relation;
    }
    if (!listed) relations.add(option(filter.relation, filter.relation, true));

    const Html said = html("{}{}{}", option("", "everything", filter.said == Said::any),
                           option("asserted", "said to be so", filter.said == Said::asserted),
                           option("qualified", "planned, denied, negated …", filter.said == Said::qualified));
    Html confidence = option("", "any", filter.confidence <= 0);
    bool stepped = filter.confidence <= 0;
    for (const double step : {0.5, 0.7, 0.9}) {
        const bool chosen = filter.confidence > step - 0.001 && filter.confidence < step + 0.001;
        confidence.add(option(decimal(step), decimal(step), chosen));
        stepped = stepped || chosen;
    }
    if (!stepped) confidence.add(option(decimal(filter.confidence), decimal(filter.confidence), true));
    if (filter.source) hidden.add("<input type=\"hidden\" name=\"src\" value=\"{}\">", filter.source->text());

    return html(
        "<details class=\"filter\"{}><summary>Filter</summary><form action=\"{}\" method=\"get\">{}"
        "<label>relation <select name=\"rel\">{}</select></label>"
        "<label>with <select name=\"type\">{}</select></label>"
        "<label>from <input name=\"from\" value=\"{}\" size=\"10\" placeholder=\"2024\" "
        "inputmode=\"numeric\"></label>"
        "<label>to <input name=\"to\" value=\"{}\" size=\"10\" placeholder=\"2025-06\" "
        "inputmode=\"numeric\"></label>"
        "<label>confidence ≥ <select name=\"conf\">{}</select></label>"
        "<label>show <select name=\"said\">{}</select></label>"
        "<button>Apply</button>{}</form></details>",
        filter.active() ? html(" open") : Html(), action, hidden, relations, types, filter.from, filter.to,
        confidence, said, filter.active() ? html("<a href=\"{}\">clear</a>", action) : Html());
}

Answer render(const Site& site, const Page& page) {
    struct Entry {
        Section section;
        std::string_view path;
        std::string_view words;
    };
    constexpr std::array<Entry, 5> entries{{{Section::overview, "/", "Overview"},
                                            {Section::entities, "/entities", "Entities"},
                                            {Section::relations, "/relations", "Relations"},
                                            {Section::articles, "/articles", "Articles"},
                                            {Section::graph, "/graph", "Graph"}}};
    Html navigation;
    for (const Entry& entry : entries)
        navigation.add("<a href=\"{}\"{}>{}</a>", entry.path,
                       entry.section == page.section ? html(" aria-current=\"page\"") : Html(), entry.words);

    Html out;
    out.add(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<meta name=\"color-scheme\" content=\"light dark\">"
        "<title>{}{} – Relata</title>"
        "<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"{}\">"
        "<script src=\"{}\" defer></script></head>\n<body>"
        "<a class=\"skip\" href=\"#main\">Skip to the content</a>"
        "<header class=\"top\"><div class=\"wide\">"
        "<a class=\"brand\" href=\"/\"><b>Relata</b> <span><bdi>{}</bdi></span></a>"
        "<form class=\"search\" role=\"search\" action=\"/search\" method=\"get\">"
        "<input type=\"search\" name=\"q\" value=\"{}\" aria-label=\"Search entities, relations and "
        "sentences\" "
        "placeholder=\"Search names and sentences\" autocomplete=\"off\" spellcheck=\"false\" data-suggest>"
        "<button>Search</button></form>"
        "<nav aria-label=\"Main\">{}</nav></div></header>\n<main id=\"main\" class=\"wide\">",
        page.title.empty() ? html("") : html("{} – ", page.title), site.name, site.assets[2].path,
        site.assets[0].path, site.assets[1].path, site.name, page.search, navigation);
    out.add(page.body);
    out.add(
        "</main>\n<footer><div class=\"wide\"><span>{} · {} · {}</span>"
        "<span><a href=\"/export\">Take it along</a> · <a href=\"/about\">About this page</a></span>"
        "</div></footer></body></html>\n",
        counted(site.graph.entities().size(), "entity", "entities"),
        counted(site.graph.facts().size(), "fact"), counted(site.graph.documents().size(), "article"));
    Answer answer;
    answer.status = page.status;
    answer.body = std::move(out).bytes();
    return answer;
}

}  // namespace relata::web
