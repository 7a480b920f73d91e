// SPDX-License-Identifier: Apache-2.0
#include "web/api.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/json.hpp"
#include "core/utf8.hpp"
#include "export/exporter.hpp"
#include "web/filter.hpp"
#include "web/neighbourhood.hpp"
#include "web/parts.hpp"
#include "web/search.hpp"
#include "web/segments.hpp"

namespace relata::web {
namespace {

constexpr std::size_t k_default_limit = 50;
constexpr std::size_t k_most_items = 1000;

using Path = std::vector<std::string_view>;

Answer json_answer(const json::Writer& writer) {
    Answer answer;
    answer.type = "application/json";
    answer.body = writer.text();
    return answer;
}

std::uint64_t number(std::size_t value) {
    return std::uint64_t{value};
}

// Two decimals are what the confidence is good for, and they are the same on every machine.
double rounded(double value) {
    return static_cast<double>(static_cast<long long>(value * 10000 + 0.5)) / 10000;
}

void write_entity_head(json::Writer& out, const Site& site, const graph::Entity& entity) {
    out.member("id", entity.id.text()).member("name", entity.name).member("type", to_string(entity.type));
    out.member("facts", number(site.degrees[site.graph.index_of(entity.id)]));
    out.member("path", entity_path(entity));
}

void write_entity(json::Writer& out, const Site& site, const graph::Entity& entity) {
    out.begin_object();
    write_entity_head(out, site, entity);
    out.member("named", entity.named);
    out.key("aliases").begin_array();
    for (const graph::Alias& alias : entity.aliases)
        out.begin_object().member("text", alias.text).member("mentions", number(alias.mentions)).end_object();
    out.end_array();
    out.member("mentions", number(entity.mentions)).member("documents", number(entity.documents));
    out.end_object();
}

void write_value(json::Writer& out, const Value& value) {
    out.begin_object().member("kind", to_string(value.kind)).member("text", value.text);
    if (value.amount) out.member("amount", *value.amount);
    if (!value.unit.empty()) out.member("unit", value.unit);
    if (!value.normalised.empty()) out.member("value", value.normalised);
    out.end_object();
}

void write_span(json::Writer& out, std::string_view text, ByteSpan span) {
    out.begin_object()
        .key("byte")
        .begin_array()
        .value(number(span.begin))
        .value(number(span.end))
        .end_array();
    out.key("utf16").begin_array().value(number(utf8::utf16_offset(text, span.begin)));
    out.value(number(utf8::utf16_offset(text, span.end))).end_array().end_object();
}

void write_evidence(json::Writer& out, const Site& site, const graph::Evidence& evidence) {
    const graph::SourceDocument& document = *site.graph.find_document(evidence.document);
    out.begin_object();
    out.key("article")
        .begin_object()
        .member("id", document.id.text())
        .member("title", article_title(document));
    out.member("published", document.published).member("source", document.source);
    out.member("path", sentence_path(document, evidence.sentence)).end_object();
    out.member("sentence", number(evidence.sentence));
    out.key("span");
    write_span(out, document.text, site.graph.sentence_span(evidence));
    out.key("segments").begin_array();
    for (const Segment& segment : segments(site.graph, evidence)) {
        out.begin_object().member("t", segment.text);
        if (segment.role != SegmentRole::none) out.member("role", to_string(segment.role));
        out.end_object();
    }
    out.end_array();
    out.member("relation_text", evidence.relation_text);
    if (evidence.attribution) {
        out.key("attribution").begin_object().member("text", evidence.attribution->text);
        if (evidence.attribution->entity) out.member("entity", evidence.attribution->entity->text());
        out.end_object();
    }
    if (evidence.time)
        out.key("time")
            .begin_object()
            .member("text", evidence.time->text)
            .member("value", evidence.time->value)
            .end_object();
    if (evidence.past) out.member("past", true);
    out.key("arguments").begin_array();
    for (const graph::EvidenceArgument& argument : evidence.arguments) {
        out.begin_object().member("role", argument.role).member("text", argument.text);
        if (argument.entity) out.member("entity", argument.entity->text());
        if (argument.value) {
            out.key("value");
            write_value(out, *argument.value);
        }
        out.end_object();
    }
    out.end_array();
    out.member("confidence", rounded(evidence.confidence)).member("by", evidence.by);
    out.end_object();
}

enum class Evidences { all, best };

void write_fact(json::Writer& out, const Site& site, const graph::Fact& fact, Evidences which) {
    out.begin_object().member("id", fact.id.text()).member("path", fact_path(fact));
    out.key("subject").begin_object();
    write_entity_head(out, site, *site.graph.find_entity(fact.subject));
    out.end_object();
    out.key("relation").begin_object();
    if (fact.open())
        out.key("name").null();
    else
        out.member("name", fact.relation);
    out.member("label", site.graph.relation_label(fact)).member("phrase", fact.phrase);
    out.member("symmetric", site.graph.is_symmetric(fact)).end_object();
    out.key("object");
    if (const EntityId* object = fact.object_entity()) {
        out.begin_object();
        write_entity_head(out, site, *site.graph.find_entity(*object));
        out.end_object();
    } else {
        out.begin_object().key("value");
        write_value(out, *fact.object_value());
        out.end_object();
    }
    out.member("polarity", to_string(fact.polarity)).member("modality", to_string(fact.modality));
    const graph::Validity when = graph::validity(fact);
    out.member("from", when.from).member("to", when.to);
    out.member("confidence", rounded(fact.confidence));
    out.member("articles", number(Site::articles_of(fact)))
        .member("sentences", number(fact.evidences.size()));
    out.key("evidence").begin_array();
    for (const graph::Evidence& evidence : fact.evidences) {
        write_evidence(out, site, evidence);
        if (which == Evidences::best) break;
    }
    out.end_array().end_object();
}

// One page of a list: which rows, and the cursor of the next page.
struct Window {
    std::size_t begin = 0;
    std::size_t limit = k_default_limit;
};

Window window(const Site& site, const Query& query) {
    Window result;
    result.limit = query.number("limit", k_default_limit, 1, k_most_items);
    const std::string& cursor = query.text("cursor");
    if (cursor.empty()) return result;
    // REVISION-POSITION
    const std::size_t dash = cursor.find('-');
    if (dash == std::string::npos) throw RequestError(422, "cursor", "is no cursor of this API");
    if (cursor.substr(0, dash) != site.revision)
        throw RequestError(410, "cursor", "belongs to another state of the graph");
    const std::string digits = cursor.substr(dash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), result.begin);
    if (error != std::errc{} || end != digits.data() + digits.size())
        throw RequestError(422, "cursor", "is no cursor of this API");
    return result;
}

// `write` writes one item of `rows`.
template <class Rows, class Write>
Answer list(const Site& site, const Query& query, const Rows& rows, Write write) {
    const Window shown = window(site, query);
    const std::size_t end = std::min(rows.size(), shown.begin + shown.limit);
    json::Writer out;
    out.begin_object().key("items").begin_array();
    for (std::size_t at = shown.begin; at < end; ++at) write(out, rows[at]);
    out.end_array().member("total", number(rows.size()));
    if (end < rows.size())
        out.member("next", site.revision + "-" + std::to_string(end));
    else
        out.key("next").null();
    out.end_object();
    return json_answer(out);
}

template <class Id>
Id parse_id(std::string_view text, std::string_view what) {
    if (const std::optional<Id> id = Id::parse(text)) return *id;
    throw RequestError(404, "", std::string(what) + " ids are 16 hexadecimal digits");
}

const graph::Entity& entity_at(const Site& site, std::string_view text) {
    const graph::Entity* entity = site.graph.find_entity(parse_id<EntityId>(text, "entity"));
    if (!entity) throw RequestError(404, "", "no entity has this id");
    return *entity;
}

Answer meta(const Site& site, const Request& request) {
    const Query query(request, {});
    json::Writer out;
    out.begin_object().member("name", site.name).member("program", "relata").member("version", site.version);
    out.member("schema", 1).member("revision", site.revision);
    out.member("entities", number(site.graph.entities().size()))
        .member("facts", number(site.graph.facts().size()));
    out.member("articles", number(site.graph.documents().size()));
    out.member("limit", number(k_most_items)).member("edit", false).end_object();
    return json_answer(out);
}

Answer health(const Site&, const Request& request) {
    const Query query(request, {});
    json::Writer out;
    out.begin_object().member("status", "ok").end_object();
    return json_answer(out);
}

void write_counts(json::Writer& out, std::string_view name, const graph::Counts& counts) {
    out.key(name).begin_object();
    for (const auto& [key, count] : counts) out.member(key, number(count));
    out.end_object();
}

Answer stats(const Site& site, const Request& request) {
    const Query query(request, {});
    const graph::Statistics& numbers = site.statistics;
    json::Writer out;
    out.begin_object();
    out.member("articles", number(numbers.documents)).member("sentences", number(numbers.sentences));
    out.member("mentions", number(numbers.mentions)).member("entities", number(numbers.entities));
    out.member("facts", number(numbers.facts)).member("facts_with_value", number(numbers.facts_with_value));
    out.member("open_facts", number(numbers.open_facts)).member("evidences", number(numbers.evidences));
    out.member("facts_in_several_articles", number(numbers.facts_in_several_documents));
    out.member("merges", number(numbers.merges)).member("components", number(numbers.components));
    out.member("largest_component", number(numbers.largest_component));
    out.member("isolated_entities", number(numbers.isolated_entities));
    out.member("communities", number(numbers.communities));
    write_counts(out, "entities_by_type", numbers.entities_by_type);
    write_counts(out, "facts_by_modality", numbers.facts_by_modality);
    write_counts(out, "facts_by_polarity", numbers.facts_by_polarity);
    out.key("relations").begin_array();
    for (const RelationGroup& group : site.relations) {
        out.begin_object();
        if (group.open)
            out.key("name").null();
        else
            out.member("name", group.name);
        out.member("label", group.label).member("facts", number(group.facts.size())).end_object();
    }
    out.end_array().end_object();
    return json_answer(out);
}

Answer search(const Site& site, const Request& request) {
    const Query query(request, {"q", "limit"});
    const std::string& text = query.text("q");
    if (text.empty()) throw RequestError(400, "q", "must hold what to search for");
    if (text.size() > 200) throw RequestError(422, "q", "must not be longer than 200 bytes");
    const std::size_t limit = query.number("limit", 10, 1, 100);
    const std::vector<std::string> words = search_words(text);
    json::Writer out;
    out.begin_object().key("entities").begin_array();
    for (const EntityId id : site.graph.search_names(text, limit)) {
        const graph::Entity& entity = *site.graph.find_entity(id);
        out.begin_object();
        write_entity_head(out, site, entity);
        out.member("kind", type_name(entity.type));
        // The alias that explains the hit when the name itself does not.
        if (matches(entity.name, words).empty()) {
            for (const graph::Alias& alias : entity.aliases) {
                if (matches(alias.text, words).empty()) continue;
                out.member("alias", alias.text);
                break;
            }
        }
        out.end_object();
    }
    out.end_array().key("relations").begin_array();
    for (const RelationGroup* group : find_relations(site, words, limit)) {
        out.begin_object().member("label", group->label).member("facts", number(group->facts.size()));
        out.member("path", relation_path(group->name, group->open)).end_object();
    }
    out.end_array().end_object();
    return json_answer(out);
}

Answer entities(const Site& site, const Request& request) {
    const Query query(request, {"type", "limit", "cursor"});
    const FactFilter filter = parse_filter(query);
    std::vector<std::size_t> rows;
    for (const std::size_t at : site.by_degree)
        if (!filter.type || site.graph.entities()[at].type == *filter.type) rows.push_back(at);
    return list(site, query, rows, [&](json::Writer& out, std::size_t at) {
        write_entity(out, site, site.graph.entities()[at]);
    });
}

Answer entity(const Site& site, const Request& request, std::string_view id) {
    const Query query(request, {});
    json::Writer out;
    write_entity(out, site, entity_at(site, id));
    return json_answer(out);
}

Answer facts(const Site& site, const Request& request, const graph::Entity* of) {
    const Query query(request, {"rel", "type", "from", "to", "conf", "said", "src", "limit", "cursor"});
    const FactFilter filter = parse_filter(query);
    std::vector<std::size_t> rows;
    const std::optional<EntityId> self = of ? std::optional(of->id) : std::nullopt;
    const auto take = [&](const std::vector<std::size_t>& from) {
        for (const std::size_t at : from)
            if (filter.admits(site.graph, site.graph.facts()[at], self)) rows.push_back(at);
    };
    take(of ? site.graph.facts_of(of->id) : site.by_strength);
    return list(site, query, rows, [&](json::Writer& out, std::size_t at) {
        write_fact(out, site, site.graph.facts()[at], Evidences::best);
    });
}

Answer fact(const Site& site, const Request& request, std::string_view text) {
    const Query query(request, {});
    const graph::Fact* found = site.graph.find_fact(parse_id<FactId>(text, "fact"));
    if (!found) throw RequestError(404, "", "no fact has this id");
    json::Writer out;
    write_fact(out, site, *found, Evidences::all);
    return json_answer(out);
}

void write_article(json::Writer& out, const Site& site, const graph::SourceDocument& document) {
    out.member("id", document.id.text())
        .member("title", article_title(document))
        .member("source", document.source);
    out.member("uri", document.uri).member("author", document.author).member("publisher", document.publisher);
    out.member("published", document.published).member("language", document.language);
    out.member("sentences", number(document.sentences.size()));
    out.member("facts", number(site.graph.facts_in(document.id).size()))
        .member("path", article_path(document));
}

Answer articles(const Site& site, const Request& request) {
    const Query query(request, {"limit", "cursor"});
    return list(site, query, site.by_publication, [&](json::Writer& out, std::size_t at) {
        out.begin_object();
        write_article(out, site, site.graph.documents()[at]);
        out.end_object();
    });
}

Answer article(const Site& site, const Request& request, std::string_view text) {
    const Query query(request, {});
    const graph::SourceDocument* document = site.graph.find_document(parse_id<DocumentId>(text, "article"));
    if (!document) throw RequestError(404, "", "no article has this id");
    json::Writer out;
    out.begin_object();
    write_article(out, site, *document);
    out.member("text", document->text).key("sentence_spans").begin_array();
    for (const graph::SourceSentence& sentence : document->sentences)
        out.begin_array().value(number(sentence.span.begin)).value(number(sentence.span.end)).end_array();
    out.end_array().key("mentions").begin_array();
    for (const graph::SourceMention& mention : document->mentions) {
        out.begin_object()
            .member("entity", mention.entity.text())
            .member("sentence", number(mention.sentence));
        out.member("begin", number(mention.span.begin)).member("end", number(mention.span.end)).end_object();
    }
    out.end_array().end_object();
    return json_answer(out);
}

// Columns instead of objects: a third of the bytes, parsed several times as fast.
Answer columns(const Site& site, const Neighbourhood& view) {
    json::Writer out;
    const auto column = [&](std::string_view name, auto write) {
        out.key(name).begin_array();
        for (const PictureNode& node : view.nodes) write(node, site.graph.entities()[node.entity]);
        out.end_array();
    };
    const auto edge_column = [&](std::string_view name, auto write) {
        out.key(name).begin_array();
        for (const PictureEdge& edge : view.edges) write(edge, site.graph.facts()[edge.facts.front()]);
        out.end_array();
    };
    const auto tenth = [](double value) {
        return static_cast<double>(static_cast<long long>(value * 10)) / 10;
    };
    out.begin_object().key("nodes").begin_object();
    column("id", [&](const PictureNode&, const graph::Entity& entity) { out.value(entity.id.text()); });
    column("name", [&](const PictureNode&, const graph::Entity& entity) { out.value(entity.name); });
    column("type",
           [&](const PictureNode&, const graph::Entity& entity) { out.value(to_string(entity.type)); });
    column("x", [&](const PictureNode& node, const graph::Entity&) { out.value(tenth(node.x)); });
    column("y", [&](const PictureNode& node, const graph::Entity&) { out.value(tenth(node.y)); });
    column("hop", [&](const PictureNode& node, const graph::Entity&) { out.value(number(node.hop)); });
    column("facts", [&](const PictureNode& node, const graph::Entity&) {
        out.value(number(site.degrees[node.entity]));
    });
    out.end_object().key("edges").begin_object();
    edge_column("source", [&](const PictureEdge& edge, const graph::Fact&) { out.value(number(edge.from)); });
    edge_column("target", [&](const PictureEdge& edge, const graph::Fact&) { out.value(number(edge.to)); });
    edge_column("label", [&](const PictureEdge&, const graph::Fact& strongest) {
        out.value(graph::certainty_label(site.graph.relation_label(strongest), strongest.polarity,
                                         strongest.modality));
    });
    edge_column("confidence", [&](const PictureEdge&, const graph::Fact& strongest) {
        out.value(rounded(strongest.confidence));
    });
    edge_column("facts", [&](const PictureEdge& edge, const graph::Fact&) {
        out.begin_array();
        for (const std::size_t at : edge.facts) out.value(site.graph.facts()[at].id.text());
        out.end_array();
    });
    out.end_object().member("total", number(view.reachable));
    out.member("omitted", number(view.reachable - std::min(view.reachable, view.nodes.size())));
    out.member("complete", view.complete).end_object();
    return json_answer(out);
}

Answer neighbours(const Site& site, const Request& request, const graph::Entity& entity) {
    const Query query(request, {"rel", "type", "from", "to", "conf", "said", "src", "hops", "limit"});
    const NeighbourhoodOptions options{.hops = query.number("hops", 1, 1, 3),
                                       .limit = query.number("limit", 60, 2, 300)};
    return columns(site, neighbourhood(site, site.graph.index_of(entity.id), parse_filter(query), options));
}

Answer graph(const Site& site, const Request& request) {
    const Query query(request, {"rel", "type", "from", "to", "conf", "said", "src", "limit"});
    return columns(site, backbone(site, parse_filter(query), query.number("limit", 60, 2, 300)));
}

Answer export_graph(const Site& site, const Request& request) {
    const Query query(request, {"format"});
    const exporters::Exporter* exporter = exporters::find(query.text("format"));
    if (!exporter) throw RequestError(422, "format", "is no format that this program writes");
    Answer answer;
    answer.type = exporter->media_type;
    answer.filename = "graph" + std::string(exporter->suffix);
    answer.stream = [&site, exporter](std::ostream& out) { exporter->write(site.graph, out, {}); };
    return answer;
}

Path parts_of(std::string_view path) {
    Path parts;
    while (true) {
        const std::size_t slash = path.find('/');
        parts.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return parts;
        path.remove_prefix(slash + 1);
    }
}

}  // namespace

Answer problem(int status, std::string_view path, std::string_view parameter, std::string_view reason) {
    const auto title = [&]() -> std::string_view {
        switch (status) {
            case 400:
                return "Bad request";
            case 403:
                return "Forbidden";
            case 404:
                return "Not found";
            case 405:
                return "Method not allowed";
            case 410:
                return "Gone";
            case 411:
                return "Length required";
            case 413:
                return "Too large";
            case 414:
                return "Address too long";
            case 415:
                return "Unsupported media type";
            case 416:
                return "Range not satisfiable";
            case 421:
                return "Misdirected request";
            case 422:
                return "Wrong value";
            default:
                return "Internal error";
        }
    }();
    json::Writer out;
    out.begin_object().member("type", "about:blank").member("title", title).member("status", status);
    out.member("detail",
               parameter.empty() ? std::string(reason) : std::string(parameter) + " " + std::string(reason));
    out.member("instance", path);
    if (!parameter.empty()) {
        out.key("errors").begin_array().begin_object().member("param", parameter).member("reason", reason);
        out.end_object().end_array();
    }
    out.end_object();
    Answer answer;
    answer.status = status;
    answer.type = "application/problem+json";
    answer.body = out.text();
    return answer;
}

Answer api_answer(const Site& site, const Request& request) {
    const Path path = parts_of(std::string_view(request.path).substr(k_api_prefix.size()));
    const std::string_view head = path.front();
    if (path.size() == 1) {
        if (head == "meta") return meta(site, request);
        if (head == "health") return health(site, request);
        if (head == "stats") return stats(site, request);
        if (head == "search") return search(site, request);
        if (head == "entities") return entities(site, request);
        if (head == "facts") return facts(site, request, nullptr);
        if (head == "articles") return articles(site, request);
        if (head == "graph") return graph(site, request);
        if (head == "export") return export_graph(site, request);
    } else if (path.size() == 2) {
        if (head == "entities") return entity(site, request, path[1]);
        if (head == "facts") return fact(site, request, path[1]);
        if (head == "articles") return article(site, request, path[1]);
    } else if (path.size() == 3 && head == "entities") {
        if (path[2] == "facts") return facts(site, request, &entity_at(site, path[1]));
        if (path[2] == "neighbours") return neighbours(site, request, entity_at(site, path[1]));
    }
    throw RequestError(404, "", "the API has no such address");
}

}  // namespace relata::web
