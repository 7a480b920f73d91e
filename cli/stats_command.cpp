// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <iostream>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "core/json.hpp"
#include "core/utf8.hpp"
#include "graph/statistics.hpp"
#include "graph/store.hpp"

namespace relata::cli {
namespace {

using graph::Statistics;

struct NamedCount {
    const char* key;    // in JSON
    const char* label;  // for people
    std::size_t Statistics::*member;
};

constexpr NamedCount k_counts[] = {
    {"documents", "documents", &Statistics::documents},
    {"sentences", "sentences", &Statistics::sentences},
    {"mentions", "mentions", &Statistics::mentions},
    {"entities", "entities", &Statistics::entities},
    {"unnamed_entities", "  without a name", &Statistics::unnamed_entities},
    {"entities_in_several_documents", "  in several documents", &Statistics::entities_in_several_documents},
    {"isolated_entities", "  without a fact", &Statistics::isolated_entities},
    {"facts", "facts", &Statistics::facts},
    {"facts_with_value", "  with a value", &Statistics::facts_with_value},
    {"open_facts", "  of open relations", &Statistics::open_facts},
    {"facts_in_several_documents", "  in several documents", &Statistics::facts_in_several_documents},
    {"evidences", "evidence sentences", &Statistics::evidences},
    {"merges", "merged names", &Statistics::merges},
    {"facts_without_entity", "facts left out: no entity", &Statistics::facts_without_entity},
    {"facts_about_itself", "facts left out: about itself", &Statistics::facts_about_itself},
    {"components", "components", &Statistics::components},
    {"largest_component", "  entities in the largest", &Statistics::largest_component},
    {"communities", "communities", &Statistics::communities},
};

struct NamedList {
    const char* key;
    const char* label;
    graph::Counts Statistics::*member;
};

constexpr NamedList k_lists[] = {
    {"entities_by_type", "Entities by type", &Statistics::entities_by_type},
    {"facts_by_relation", "Facts by relation", &Statistics::facts_by_relation},
    {"facts_by_modality", "Facts by modality", &Statistics::facts_by_modality},
    {"facts_by_polarity", "Facts by polarity", &Statistics::facts_by_polarity},
    {"merges_by_reason", "Merged names by reason", &Statistics::merges_by_reason},
};

std::string padded(std::string text, std::size_t width) {
    const std::size_t size = utf8::code_points(text);
    if (size < width) text.append(width - size, ' ');
    return text;
}

std::string fixed(double value, int digits) {
    char buffer[64];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, digits).ptr;
    return {buffer, end};
}

void print_text(const Statistics& statistics) {
    for (const NamedCount& count : k_counts) {
        std::cout << padded(count.label, 30) << statistics.*count.member << '\n';
    }
    std::cout << padded("modularity", 30) << fixed(statistics.modularity, 3) << '\n';
    for (const NamedList& list : k_lists) {
        if ((statistics.*list.member).empty()) continue;
        std::cout << '\n' << list.label << '\n';
        for (const auto& [name, count] : statistics.*list.member) {
            std::cout << "  " << padded(printable(name), 28) << count << '\n';
        }
    }
    if (!statistics.most_important.empty()) std::cout << "\nMost important entities\n";
    for (const graph::RankedEntity& entity : statistics.most_important) {
        std::cout << "  " << padded(printable(entity.name), 40)
                  << padded(std::string(to_string(entity.type)), 10) << entity.facts << " facts\n";
    }
}

void print_json(const Statistics& statistics) {
    json::Writer writer;
    writer.begin_object();
    for (const NamedCount& count : k_counts) {
        writer.member(count.key, std::uint64_t{statistics.*count.member});
    }
    writer.member("modularity", statistics.modularity);
    for (const NamedList& list : k_lists) {
        writer.key(list.key).begin_object();
        for (const auto& [name, count] : statistics.*list.member) {
            writer.member(name, std::uint64_t{count});
        }
        writer.end_object();
    }
    writer.key("most_important").begin_array();
    for (const graph::RankedEntity& entity : statistics.most_important) {
        writer.begin_object()
            .member("id", entity.id.text())
            .member("name", entity.name)
            .member("type", to_string(entity.type))
            .member("facts", std::uint64_t{entity.facts})
            .member("page_rank", entity.page_rank)
            .end_object();
    }
    writer.end_array().end_object();
    std::cout << writer.text() << '\n';
}

class StatsCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.required("FILE", path_, "a graph that `relata build` wrote");
        arguments.flag("--json", json_, "print one JSON object");
    }

    int run() override {
        const Statistics statistics = graph::statistics(graph::load(path_));
        if (json_) {
            print_json(statistics);
        } else {
            print_text(statistics);
        }
        return 0;
    }

  private:
    std::string path_;
    bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_stats_command() {
    return std::make_unique<StatsCommand>();
}

}  // namespace relata::cli
