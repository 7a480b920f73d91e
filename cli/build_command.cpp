// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <filesystem>
#include <iostream>

#include "cli/command.hpp"
#include "cli/graph_building.hpp"
#include "cli/output_file.hpp"
#include "cli/terminal.hpp"
#include "graph/store.hpp"

namespace relata::cli {
namespace {

class BuildCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.required("PATH", paths_, "files and folders of articles (.txt .md .html .jsonl)");
        arguments.option("-o,--output", output_, "FILE", "the graph to write (required)");
        arguments.flag("--force", force_, "replace FILE when it exists");
        engine_.declare_facts(arguments);
    }

    int run() override {
        const auto start = std::chrono::steady_clock::now();
        if (output_.empty()) throw UsageError("build needs -o FILE");
        require_writable(output_, force_);
        const BuiltGraph built = build_graph(paths_, engine_);
        graph::save(built.graph, output_, graph::IfExists::replace);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::cout << "documents  " << built.documents << "\nsentences  " << built.sentences << "\nentities   "
                  << built.graph.entities().size() << "\nfacts      " << built.graph.facts().size()
                  << "\nskipped    " << built.skipped.size() << "\ntime       " << duration_text(seconds)
                  << "\nwritten    " << printable(output_) << '\n';
        return 0;
    }

  private:
    std::vector<std::string> paths_;
    std::string output_;
    bool force_ = false;
    EngineOptions engine_;
};

}  // namespace

std::unique_ptr<Command> make_build_command() {
    return std::make_unique<BuildCommand>();
}

}  // namespace relata::cli
