// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "cli/command.hpp"
#include "cli/engine.hpp"
#include "cli/fact_json.hpp"
#include "cli/terminal.hpp"
#include "cli/text_input.hpp"

namespace relata::cli {
namespace {

class ExtractCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.optional("FILE", paths_, "files or folders; without them standard input");
        arguments.choice("--from", from_, {"text", "sentences", "jsonl"},
                         "text: articles; sentences: one a line; jsonl: records with \"id\" and \"text\"");
        arguments.flag("--all", all_, "every proposition of every clause, not only facts for a graph");
        engine_.declare_facts(arguments);
    }

    int run() override {
        const TextFrom from = from_ == "sentences" ? TextFrom::sentences
                              : from_ == "jsonl"   ? TextFrom::json_lines
                                                   : TextFrom::text;
        const ingest::Extent extent = all_ ? ingest::Extent::facts_and_propositions : ingest::Extent::facts;
        const Engine engine(engine_);
        json::Writer writer;
        std::size_t documents = 0;
        ingest::PipelineSink sink;
        std::size_t skipped = 0;
        sink.document = [&](const AnalysedDocument& analysed) {
            ++documents;
            const std::string name = shown_name(analysed.document, from);
            const auto print = [&](const auto& statement) {
                writer.clear();
                write_fact(writer, analysed, statement, name);
                std::cout << writer.text() << '\n';
            };
            if (all_) {
                for (const Proposition& proposition : analysed.propositions) print(proposition);
            } else {
                for (const FactMention& fact : analysed.facts)
                    if (fact.for_graph) print(fact);
            }
        };
        sink.skipped = [&](const InputError& error) {
            ++skipped;
            report(error.what());
        };
        sink.warning = [](const InputError& error) { report(std::string("warning: ") + error.what()); };
        ingest::run_pipeline(text_source(paths_, from), engine.stages(extent), engine_.threads, sink);
        return documents == 0 && skipped > 0 ? 1 : 0;
    }

  private:
    std::vector<std::string> paths_;
    std::string from_ = "text";
    bool all_ = false;
    EngineOptions engine_;
};

}  // namespace

std::unique_ptr<Command> make_extract_command() {
    return std::make_unique<ExtractCommand>();
}

}  // namespace relata::cli
