// SPDX-License-Identifier: Apache-2.0
// Everything the graph holds, one JSON object a line, each with its "kind": first meta, then relations,
// documents, entities, merges, facts with their evidence. Spans are bytes of the document's text, half open.
#include <cmath>
#include <string>

#include "core/json.hpp"
#include "export/formats.hpp"
#include "export/output.hpp"

namespace relata::exporters {
namespace {

using graph::Evidence;
using graph::EvidenceArgument;
using graph::Fact;

constexpr int k_version = 1;

void write_span(json::Writer& writer, std::string_view name, ByteSpan span) {
    writer.key(name)
        .begin_array()
        .value(std::uint64_t{span.begin})
        .value(std::uint64_t{span.end})
        .end_array();
}

void write_value(json::Writer& writer, const Value& value) {
    writer.key("value").begin_object().member("kind", to_string(value.kind)).member("text", value.text);
    if (value.amount && std::isfinite(*value.amount)) writer.member("amount", *value.amount);
    if (!value.unit.empty()) writer.member("unit", value.unit);
    if (!value.normalised.empty()) writer.member("normalised", value.normalised);
    writer.end_object();
}

void write_document(json::Writer& writer, const graph::SourceDocument& document) {
    writer.begin_object().member("kind", "document").member("id", document.id.text());
    writer.member("source", document.source);
    const auto optional = [&](std::string_view name, const std::string& text) {
        if (!text.empty()) writer.member(name, text);
    };
    optional("uri", document.uri);
    optional("title", document.title);
    optional("author", document.author);
    optional("published", document.published);
    optional("publisher", document.publisher);
    optional("language", document.language);
    writer.member("text", document.text).key("sentences").begin_array();
    for (const graph::SourceSentence& sentence : document.sentences) {
        writer.begin_array()
            .value(std::uint64_t{sentence.span.begin})
            .value(std::uint64_t{sentence.span.end});
        writer.value(static_cast<int>(sentence.block)).end_array();
    }
    writer.end_array().key("mentions").begin_array();
    for (const graph::SourceMention& mention : document.mentions) {
        writer.begin_object().member("entity", mention.entity.text()).member("kind", to_string(mention.kind));
        writer.member("sentence", std::uint64_t{mention.sentence});
        write_span(writer, "span", mention.span);
        writer.end_object();
    }
    writer.end_array().end_object();
}

void write_entity(json::Writer& writer, const graph::Entity& entity) {
    writer.begin_object().member("kind", "entity").member("id", entity.id.text()).member("name", entity.name);
    writer.member("type", to_string(entity.type)).member("named", entity.named);
    writer.member("mentions", std::uint64_t{entity.mentions})
        .member("documents", std::uint64_t{entity.documents});
    writer.key("aliases").begin_array();
    for (const graph::Alias& alias : entity.aliases) {
        writer.begin_object()
            .member("text", alias.text)
            .member("mentions", std::uint64_t{alias.mentions})
            .end_object();
    }
    writer.end_array().end_object();
}

void write_argument(json::Writer& writer, const EvidenceArgument& argument) {
    writer.begin_object().member("role", argument.role).member("text", argument.text);
    write_span(writer, "span", argument.span);
    if (argument.entity) writer.member("entity", argument.entity->text());
    if (argument.value) write_value(writer, *argument.value);
    writer.end_object();
}

void write_evidence(json::Writer& writer, const graph::KnowledgeGraph& graph, const Evidence& evidence) {
    writer.begin_object().member("document", evidence.document.text());
    writer.member("sentence", std::uint64_t{evidence.sentence}).member("text", graph.sentence_text(evidence));
    write_span(writer, "subject", evidence.subject);
    write_span(writer, "relation", evidence.relation);
    write_span(writer, "object", evidence.object);
    writer.member("phrase", evidence.relation_text);
    if (evidence.attribution) {
        writer.key("attribution").begin_object().member("text", evidence.attribution->text);
        write_span(writer, "span", evidence.attribution->span);
        if (evidence.attribution->entity) writer.member("entity", evidence.attribution->entity->text());
        writer.end_object();
    }
    if (evidence.time) {
        writer.key("time")
            .begin_object()
            .member("text", evidence.time->text)
            .member("value", evidence.time->value);
        write_span(writer, "span", evidence.time->span);
        writer.end_object();
    }
    if (evidence.past) writer.member("past", true);
    if (!evidence.arguments.empty()) {
        writer.key("arguments").begin_array();
        for (const EvidenceArgument& argument : evidence.arguments) write_argument(writer, argument);
        writer.end_array();
    }
    writer.member("confidence", evidence.confidence).member("by", evidence.by).end_object();
}

void write_fact(json::Writer& writer, const graph::KnowledgeGraph& graph, const Fact& fact) {
    const auto name_of = [&](EntityId id) -> const std::string& {
        return graph.entities()[graph.index_of(id)].name;
    };
    writer.begin_object().member("kind", "fact").member("id", fact.id.text());
    writer.key("subject")
        .begin_object()
        .member("entity", fact.subject.text())
        .member("name", name_of(fact.subject));
    writer.end_object().key("relation").begin_object().key("name");
    fact.open() ? writer.null() : writer.value(fact.relation);
    writer.member("phrase", fact.phrase).end_object().key("object").begin_object();
    if (const EntityId* object = fact.object_entity()) {
        writer.member("entity", object->text()).member("name", name_of(*object));
    } else {
        write_value(writer, *fact.object_value());
    }
    writer.end_object()
        .member("polarity", to_string(fact.polarity))
        .member("modality", to_string(fact.modality));
    writer.member("confidence", fact.confidence).key("evidence").begin_array();
    for (const Evidence& evidence : fact.evidences) write_evidence(writer, graph, evidence);
    writer.end_array().end_object();
}

}  // namespace

void write_jsonl(const graph::KnowledgeGraph& graph, std::ostream& stream, const Options&) {
    Output out(stream);
    json::Writer writer;
    const auto line = [&](auto&& write) {
        writer.clear();
        write();
        out << writer.text() << "\n";
    };
    line([&] {
        writer.begin_object().member("kind", "meta").member("format", "relata").member("version", k_version);
        writer.member("documents", std::uint64_t{graph.documents().size()});
        writer.member("entities", std::uint64_t{graph.entities().size()});
        writer.member("facts", std::uint64_t{graph.facts().size()});
        writer.member("facts_without_entity", std::uint64_t{graph.parts().facts_without_entity});
        writer.member("facts_about_itself", std::uint64_t{graph.parts().facts_about_itself}).end_object();
    });
    for (const graph::RelationInfo& relation : graph.relations()) {
        line([&] {
            writer.begin_object().member("kind", "relation").member("name", relation.name);
            writer.member("label", relation.label).member("inverse_label", relation.inverse_label);
            writer.member("symmetric", relation.symmetric).end_object();
        });
    }
    for (const graph::SourceDocument& document : graph.documents())
        line([&] { write_document(writer, document); });
    for (const graph::Entity& entity : graph.entities()) line([&] { write_entity(writer, entity); });
    for (const graph::Merge& merge : graph.merges()) {
        line([&] {
            writer.begin_object().member("kind", "merge").member("entity", merge.entity.text());
            writer.member("form", merge.form)
                .member("into", merge.into)
                .member("reason", to_string(merge.reason));
            writer.member("score", merge.score)
                .member("documents", std::uint64_t{merge.documents})
                .end_object();
        });
    }
    for (const Fact& fact : graph.facts()) line([&] { write_fact(writer, graph, fact); });
    out.finish();
}

}  // namespace relata::exporters
