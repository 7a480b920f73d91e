// SPDX-License-Identifier: Apache-2.0
// One row a fact, after RFC 4180 (UTF-8, CRLF, quotes doubled). A text that a spreadsheet would run as a
// formula gets an apostrophe in front (owasp.org/www-community/attacks/CSV_Injection); numbers are written as
// numbers.
#include <array>
#include <set>
#include <string>

#include "core/utf8.hpp"
#include "export/formats.hpp"
#include "export/output.hpp"

namespace relata::exporters {
namespace {

std::string cell(std::string_view text) {
    std::string clean;
    bool quote = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, length] = utf8::decode(text, at);
        at += length;
        if (c < 0x20 && c != U'\n' && c != U'\t' && c != U'\r') continue;
        // The characters that start a formula, and their full-width doubles.
        const bool formula = c == U'=' || c == U'+' || c == U'-' || c == U'@' || c == U'\t' || c == U'\r' ||
                             c == U'＝' || c == U'＋' || c == U'－' || c == U'＠';
        if (clean.empty() && formula) clean += '\'';
        if (c == U'"') clean += '"';
        quote = quote || c == U'"' || c == U',' || c == U'\n' || c == U'\r';
        utf8::append(clean, c);
    }
    return quote ? '"' + clean + '"' : clean;
}

}  // namespace

void write_csv(const graph::KnowledgeGraph& graph, std::ostream& stream, const Options&) {
    Output out(stream);
    out << "subject,subject_type,relation,object,object_type,polarity,modality,valid_from,valid_to,"
           "confidence,"
           "sentences,documents,evidence,attributed_to,article,published,source,uri,fact_id,subject_id,"
           "object_id\r\n";
    for (const graph::Fact& fact : graph.facts()) {
        const graph::Entity& subject = graph.entities()[graph.index_of(fact.subject)];
        const EntityId* object = fact.object_entity();
        const graph::Validity when = graph::validity(fact);
        std::set<DocumentId> documents;
        const graph::Evidence* best = &fact.evidences.front();
        for (const graph::Evidence& evidence : fact.evidences) {
            documents.insert(evidence.document);
            if (evidence.confidence > best->confidence) best = &evidence;
        }
        const graph::SourceDocument& article = graph.documents()[graph.index_of(best->document)];
        out << cell(subject.name) << "," << to_string(subject.type) << "," << cell(graph.relation_label(fact))
            << "," << cell(graph.object_text(fact)) << ","
            << (object != nullptr ? to_string(graph.entities()[graph.index_of(*object)].type)
                                  : to_string(fact.object_value()->kind))
            << "," << to_string(fact.polarity) << "," << to_string(fact.modality) << "," << cell(when.from)
            << "," << cell(when.to) << "," << shortest(fact.confidence) << "," << fact.evidences.size() << ","
            << documents.size() << "," << cell(on_one_line(graph.sentence_text(*best))) << ","
            << cell(best->attribution ? on_one_line(best->attribution->text) : std::string()) << ","
            << cell(on_one_line(article.title)) << "," << cell(article.published) << ","
            << cell(article.source) << "," << cell(article.uri) << "," << fact.id.text() << ","
            << subject.id.text() << "," << (object != nullptr ? object->text() : std::string()) << "\r\n";
    }
    out.finish();
}

}  // namespace relata::exporters
