// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <iostream>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "core/error.hpp"
#include "export/exporter.hpp"
#include "graph/store.hpp"

namespace relata::cli {
namespace {

std::string format_names() {
    std::string names;
    for (const exporters::Exporter& exporter : exporters::all()) {
        names += (names.empty() ? "" : ", ") + std::string(exporter.name);
    }
    return names;
}

class ExportCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.optional("FILE", files_, "a graph that `relata build` wrote");
        arguments.option("-f,--format", format_, "FORMAT",
                         "one of " + format_names() + "; without it the ending of OUT");
        arguments.option("-o,--output", output_, "OUT", "the file to write; without it standard output");
        arguments.flag("--force", force_, "replace OUT when it exists");
        arguments.flag("--values", values_, "graphml: nodes for amounts, dates and other values too");
        arguments.flag("--connected", connected_, "graphml: leave out entities without any fact");
        arguments.flag("--list", list_, "list the formats");
    }

    int run() override {
        if (list_) {
            for (const exporters::Exporter& exporter : exporters::all()) {
                std::cout << exporter.name
                          << std::string(10 - std::min<std::size_t>(9, exporter.name.size()), ' ')
                          << exporter.suffix << "  " << exporter.description << '\n';
            }
            return 0;
        }
        if (files_.size() != 1) throw UsageError("export needs one FILE");
        const exporters::Exporter& exporter = choose();
        if (!output_.empty()) require_writable(output_, force_);
        exporters::Options options;
        options.values = values_ ? exporters::ValueNodes::include : exporters::ValueNodes::leave_out;
        options.isolated = connected_ ? exporters::Isolated::leave_out : exporters::Isolated::include;
        const graph::KnowledgeGraph graph = graph::load(files_.front());
        if (output_.empty()) {
            exporter.write(graph, std::cout, options);
        } else {
            exporters::write_file(exporter, graph, output_, options);
        }
        return 0;
    }

  private:
    const exporters::Exporter& choose() const {
        if (!format_.empty()) {
            if (const exporters::Exporter* exporter = exporters::find(format_)) return *exporter;
            throw UsageError("there is no format \"" + format_ + "\"; formats: " + format_names());
        }
        for (const exporters::Exporter& exporter : exporters::all()) {
            if (!output_.empty() && output_.ends_with(exporter.suffix)) return exporter;
        }
        throw UsageError("export needs -f FORMAT; formats: " + format_names());
    }

    std::vector<std::string> files_;
    std::string format_;
    std::string output_;
    bool force_ = false;
    bool values_ = false;
    bool connected_ = false;
    bool list_ = false;
};

}  // namespace

std::unique_ptr<Command> make_export_command() {
    return std::make_unique<ExportCommand>();
}

}  // namespace relata::cli
