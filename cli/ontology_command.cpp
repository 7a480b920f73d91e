// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>

#include "cli/command.hpp"
#include "cli/engine.hpp"
#include "cli/terminal.hpp"
#include "core/json.hpp"
#include "core/utf8.hpp"

namespace relata::cli {
namespace {

using ingest::Ontology;
using ingest::RelationType;

std::vector<std::string> names(const std::vector<EntityType>& types, const std::vector<ValueKind>& values) {
    std::vector<std::string> result;
    for (const EntityType type : types) result.emplace_back(to_string(type));
    for (const ValueKind kind : values) result.emplace_back(to_string(kind));
    return result;
}

std::vector<std::string> state_names(const Ontology& ontology, const std::vector<std::size_t>& states) {
    std::vector<std::string> result;
    for (const std::size_t state : states) result.push_back(ontology.relations()[state].name);
    return result;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text.empty() ? "any" : text;
}

std::string kind(const RelationType& relation) {
    std::string text = relation.event ? "event" : "state";
    if (relation.symmetric) text += ", symmetric";
    if (relation.functional) text += ", functional";
    return text;
}

using Row = std::vector<std::string>;

Row row(const RelationType& relation) {
    return {printable(relation.name),
            printable(relation.label),
            printable(relation.inverse_label),
            joined(names(relation.domain, {})),
            joined(names(relation.range, relation.range_values)),
            kind(relation),
            std::to_string(relation.triggers)};
}

// Columns as wide as their widest cell; the last one stands at the right.
void print_row(const Row& cells, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string blanks(widths[i] - utf8::code_points(cells[i]), ' ');
        const bool last = i + 1 == cells.size();
        line += last ? blanks + cells[i] : cells[i] + blanks + "  ";
    }
    std::cout << line << '\n';
}

void print_table(const Ontology& ontology) {
    const Row heading = {"relation", "label", "inverse", "subject", "object", "kind", "triggers"};
    std::vector<Row> rows;
    std::vector<std::size_t> widths;
    for (const std::string& cell : heading) widths.push_back(cell.size());
    for (const RelationType& relation : ontology.relations()) {
        rows.push_back(row(relation));
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], utf8::code_points(rows.back()[i]));
    }
    print_row(heading, widths);
    std::string family;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string& own = ontology.relations()[i].family;
        if (i == 0 || own != family) std::cout << '\n' << (own.empty() ? "others" : printable(own)) << '\n';
        family = own;
        print_row(rows[i], widths);
    }
}

void print_json_lines(const Ontology& ontology) {
    for (const RelationType& relation : ontology.relations()) {
        json::Writer writer;
        const auto list = [&writer](std::string_view name, const std::vector<std::string>& words) {
            writer.key(name).begin_array();
            for (const std::string& word : words) writer.value(word);
            writer.end_array();
        };
        writer.begin_object()
            .member("name", relation.name)
            .member("label", relation.label)
            .member("inverse_label", relation.inverse_label)
            .member("family", relation.family)
            .member("kind", relation.event ? "event" : "state")
            .member("symmetric", relation.symmetric)
            .member("functional", relation.functional);
        list("domain", names(relation.domain, {}));
        list("range", names(relation.range, relation.range_values));
        list("aliases", relation.aliases);
        list("inverse_aliases", relation.inverse_aliases);
        list("starts", state_names(ontology, relation.starts));
        list("ends", state_names(ontology, relation.ends));
        writer.member("wikidata", relation.wikidata)
            .member("schema_org", relation.schema_org)
            .member("triggers", std::uint64_t{relation.triggers})
            .member("example", relation.example ? relation.example->text : std::string())
            .end_object();
        std::cout << writer.text() << '\n';
    }
}

class OntologyCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.choice("-f,--format", format_, {"table", "jsonl"},
                         "a table for people (default), or one JSON object a line");
        arguments.options("--ontology", engine_.ontologies, "FILE",
                          "relations of your own, besides ours (ontology/README.md)");
    }

    int run() override {
        const Ontology ontology = load_ontology(engine_);
        if (format_ == "jsonl")
            print_json_lines(ontology);
        else
            print_table(ontology);
        return 0;
    }

  private:
    std::string format_ = "table";
    EngineOptions engine_;
};

}  // namespace

std::unique_ptr<Command> make_ontology_command() {
    return std::make_unique<OntologyCommand>();
}

}  // namespace relata::cli
