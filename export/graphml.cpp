// SPDX-License-Identifier: Apache-2.0
// GraphML that arrives complete in Gephi, Gephi Lite, NetworkX, Cytoscape and yEd; docs/exports.md tells
// users what they get. What the readers do decides the form:
// - Gephi keeps edges between two nodes apart by the attribute `label` of <edge> alone, so each (source,
// target, label)
//   stands once, and the label says polarity and modality ("not acquires", "acquires (planned)").
// - key ids carry a prefix, because Gephi takes a key called r or color for a colour;
// - attribute types are boolean, long, double and string only; no defaults, no empty values;
// - all edges are directed, symmetric relations are marked.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/utf8.hpp"
#include "export/formats.hpp"
#include "export/output.hpp"
#include "graph/algorithms.hpp"
#include "graph/palette.hpp"

namespace relata::exporters {
namespace {

using graph::Entity;
using graph::Evidence;
using graph::Fact;
using graph::KnowledgeGraph;
using graph::Point;

enum class Place { text, attribute };

// XML 1.0, section 2.2: other control characters cannot be written at all, not even as references. Quotes
// stay as they are in text: some readers lose the space between two references.
std::string escape(std::string_view text, Place place) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, length] = utf8::decode(text, at);
        switch (c) {
            case U'&':
                result += "&amp;";
                break;
            case U'<':
                result += "&lt;";
                break;
            case U'>':
                result += "&gt;";
                break;  // "]]>" may not stand in text
            case U'\r':
                result += "&#13;";
                break;
            case U'"':
                result += place == Place::attribute ? "&quot;" : "\"";
                break;
            case U'\n':
                result += place == Place::attribute ? "&#10;" : "\n";
                break;
            case U'\t':
                result += place == Place::attribute ? "&#9;" : "\t";
                break;
            default:
                // decode() gives U+FFFD for an ill-formed byte; appending it anew repairs the text.
                if (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) utf8::append(result, c);
        }
        at += length;
    }
    return result;
}

struct Key {
    std::string_view id;
    std::string_view name;
    std::string_view type;
};
constexpr std::array<Key, 14> k_node_keys = {{{"n_label", "label", "string"},
                                              {"n_type", "entity_type", "string"},
                                              {"n_size", "size", "double"},
                                              {"n_color", "color", "string"},
                                              {"n_x", "x", "double"},
                                              {"n_y", "y", "double"},
                                              {"n_mentions", "mentions", "long"},
                                              {"n_documents", "documents", "long"},
                                              {"n_facts", "facts", "long"},
                                              {"n_rank", "page_rank", "double"},
                                              {"n_community", "community", "long"},
                                              {"n_named", "named", "boolean"},
                                              {"n_aliases", "aliases", "string"},
                                              {"n_values", "values", "string"}}};
constexpr std::array<Key, 16> k_edge_keys = {{{"e_label", "label", "string"},
                                              {"e_weight", "weight", "double"},
                                              {"e_relation", "relation", "string"},
                                              {"e_open", "open", "boolean"},
                                              {"e_negated", "negated", "boolean"},
                                              {"e_modality", "modality", "string"},
                                              {"e_symmetric", "symmetric", "boolean"},
                                              {"e_confidence", "confidence", "double"},
                                              {"e_from", "valid_from", "string"},
                                              {"e_to", "valid_to", "string"},
                                              {"e_past", "past", "boolean"},
                                              {"e_documents", "documents", "long"},
                                              {"e_said", "attributed_to", "string"},
                                              {"e_evidence", "evidence", "string"},
                                              {"e_article", "article", "string"},
                                              {"e_published", "published", "string"}}};

class GraphmlWriter {
  public:
    GraphmlWriter(const KnowledgeGraph& graph, std::ostream& stream, const Options& options)
        : graph_(graph), out_(stream), options_(options) {}

    void write() {
        out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
        for (const Key& key : k_node_keys) write_key(key, "node");
        for (const Key& key : k_edge_keys) write_key(key, "edge");
        out_ << "  <graph id=\"G\" edgedefault=\"directed\">\n";
        write_nodes();
        for (const Entity& entity : graph_.entities()) write_edges(entity);
        out_ << "  </graph>\n</graphml>\n";
        out_.finish();
    }

  private:
    void write_key(const Key& key, std::string_view owner) {
        out_ << "  <key id=\"" << key.id << "\" for=\"" << owner << "\" attr.name=\"" << key.name
             << "\" attr.type=\"" << key.type << "\"/>\n";
    }
    void data(std::string_view key, std::string_view text) {
        const std::string escaped = escape(text, Place::text);
        if (!escaped.empty()) out_ << "      <data key=\"" << key << "\">" << escaped << "</data>\n";
    }
    void data(std::string_view key, std::size_t number) { data(key, std::to_string(number)); }
    void flag(std::string_view key, bool set) { data(key, set ? "true" : "false"); }

    std::string value_list(const Entity& entity) const {
        std::string text;
        for (const std::size_t index : graph_.facts_from(entity.id)) {
            const Fact& fact = graph_.facts()[index];
            if (fact.object_value() == nullptr) continue;
            if (!text.empty()) text += "; ";
            text += graph::certainty_label(graph_.relation_label(fact), fact.polarity, fact.modality);
            (text += ": ") += fact.object_value()->text;
        }
        return text;
    }

    void write_node(std::string_view id, std::string_view label, std::string_view type, double size,
                    EntityType color, Point at) {
        out_ << "    <node id=\"" << id << "\">\n";
        data("n_label", label);
        data("n_type", type);
        data("n_size", fixed(size, 2));
        data("n_color", graph::color_of(color));
        data("n_x", fixed(at.x, 2));
        data("n_y", fixed(at.y, 2));
    }

    void write_nodes() {
        constexpr double k_smallest = 10;
        constexpr double k_range = 40;
        const std::vector<double> rank = graph::page_rank(graph_);
        const std::vector<std::size_t> degree = graph::degrees(graph_);
        const std::vector<Point> at = graph::layout(graph_);
        const std::vector<std::size_t> community = graph::communities(graph_).of;
        const double highest = rank.empty() ? 1 : *std::max_element(rank.begin(), rank.end());
        for (std::size_t i = 0; i < graph_.entities().size(); ++i) {
            if (degree[i] == 0 && options_.isolated == Isolated::leave_out) continue;
            const Entity& entity = graph_.entities()[i];
            write_node("n" + entity.id.text(), entity.name, to_string(entity.type),
                       k_smallest + k_range * std::sqrt(rank[i] / highest), entity.type, at[i]);
            data("n_mentions", entity.mentions);
            data("n_documents", entity.documents);
            data("n_facts", degree[i]);
            data("n_rank", fixed(rank[i], 8));
            data("n_community", community[i]);
            flag("n_named", entity.named);
            std::string aliases;
            for (const graph::Alias& alias : entity.aliases)
                (aliases += aliases.empty() ? "" : "; ") += alias.text;
            data("n_aliases", aliases);
            data("n_values", value_list(entity));
            out_ << "    </node>\n";
            if (options_.values == ValueNodes::include) write_value_nodes(entity, at[i]);
        }
    }

    // A node of its own for each fact: a shared "2019" would tie together what has nothing in common.
    void write_value_nodes(const Entity& entity, Point centre) {
        constexpr double k_size = 5;
        constexpr std::array<Point, 8> k_around = {
            {{12, 0}, {8.5, 8.5}, {0, 12}, {-8.5, 8.5}, {-12, 0}, {-8.5, -8.5}, {0, -12}, {8.5, -8.5}}};
        std::size_t count = 0;
        for (const std::size_t index : graph_.facts_from(entity.id)) {
            const Fact& fact = graph_.facts()[index];
            const Value* value = fact.object_value();
            if (value == nullptr) continue;
            const Point away = k_around[count % k_around.size()];
            const double ring = 1 + static_cast<double>(count / k_around.size());
            ++count;
            write_node("v" + fact.id.text(), value->text, to_string(value->kind), k_size,
                       EntityType::QUANTITY, {centre.x + away.x * ring, centre.y + away.y * ring});
            out_ << "    </node>\n";
        }
    }

    void write_edges(const Entity& entity) {
        std::set<std::pair<EntityId, std::string>> used;
        for (const std::size_t index : graph_.facts_from(entity.id)) {
            const Fact& fact = graph_.facts()[index];
            const EntityId* object = fact.object_entity();
            if (object == nullptr && options_.values == ValueNodes::leave_out) continue;
            std::string kind =
                escape(graph::certainty_label(graph_.relation_label(fact), fact.polarity, fact.modality),
                       Place::attribute);
            if (object != nullptr && !used.emplace(*object, kind).second) {
                // Two relations with one label: the second says its own name, or it would vanish in Gephi.
                kind += escape(fact.open() ? " [open]" : " [" + fact.relation + "]", Place::attribute);
                while (!used.emplace(*object, kind).second) kind += "'";
            }
            write_edge(fact, object != nullptr ? "n" + object->text() : "v" + fact.id.text(), kind);
        }
    }

    void write_edge(const Fact& fact, std::string_view target, std::string_view kind) {
        out_ << "    <edge id=\"f" << fact.id.text() << "\" source=\"n" << fact.subject.text()
             << "\" target=\"" << target << "\" label=\"" << kind << "\">\n";
        data("e_label", graph::certainty_label(graph_.relation_label(fact), fact.polarity, fact.modality));
        data("e_weight", fact.evidences.size());
        data("e_relation", fact.relation_name());
        flag("e_open", fact.open());
        flag("e_negated", fact.polarity == Polarity::negative);
        data("e_modality", to_string(fact.modality));
        flag("e_symmetric", graph_.is_symmetric(fact));
        data("e_confidence", shortest(fact.confidence));
        const graph::Validity when = graph::validity(fact);
        data("e_from", when.from);
        data("e_to", when.to);
        std::set<DocumentId> documents;
        const Evidence* best = &fact.evidences.front();
        bool past = true;
        for (const Evidence& evidence : fact.evidences) {
            documents.insert(evidence.document);
            past = past && evidence.past;
            if (evidence.confidence > best->confidence) best = &evidence;
        }
        flag("e_past", past);
        data("e_documents", documents.size());
        if (best->attribution) data("e_said", on_one_line(best->attribution->text));
        data("e_evidence", on_one_line(graph_.sentence_text(*best)));
        const graph::SourceDocument& article = graph_.documents()[graph_.index_of(best->document)];
        data("e_article", on_one_line(article.title.empty() ? article.source : article.title));
        data("e_published", article.published);
        out_ << "    </edge>\n";
    }

    const KnowledgeGraph& graph_;
    Output out_;
    const Options& options_;
};

}  // namespace

void write_graphml(const KnowledgeGraph& graph, std::ostream& stream, const Options& options) {
    GraphmlWriter(graph, stream, options).write();
}

}  // namespace relata::exporters
