// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <span>

#include "cli/command.hpp"
#include "cli/engine.hpp"
#include "cli/mention_json.hpp"
#include "cli/terminal.hpp"
#include "cli/text_input.hpp"
#include "core/conllu.hpp"
#include "ingest/facts/extractor.hpp"
#include "ingest/read/encoding.hpp"

namespace relata::cli {
namespace {

class AnalyseCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.optional("FILE", paths_, "files or folders; without them standard input");
        arguments.choice(
            "--from", from_, {"text", "sentences", "tokens", "conllu", "jsonl"},
            "text: articles; sentences: one a line; tokens: one sentence a line, tokens parted by "
            "blanks and kept; conllu: sentences and tokens kept, all else anew");
        arguments.flag("--mentions", mentions_,
                       "JSON lines instead: the tokens of each sentence and its mentions (names, nominals, "
                       "pronouns, values) with their chains");
        arguments.flag(
            "--candidates", candidates_,
            "JSON lines instead: of each document the anaphors with their possible antecedents and "
            "features, for training");
        engine_.declare_language(arguments);
    }

    int run() override {
        const ingest::Analyser analyser = load_analyser(engine_);
        return from_ == "tokens" || from_ == "conllu" ? run_tokens(analyser) : run_text(analyser);
    }

  private:
    int run_text(const ingest::Analyser& analyser) {
        const TextFrom from = from_ == "sentences" ? TextFrom::sentences
                              : from_ == "jsonl"   ? TextFrom::json_lines
                                                   : TextFrom::text;
        std::size_t documents = 0;
        std::size_t skipped = 0;
        ingest::PipelineSink sink;
        sink.document = [&](AnalysedDocument analysed) {
            ++documents;
            analysed.document.source = shown_name(analysed.document, from);
            print(analyser, analysed);
        };
        sink.skipped = [&](const InputError& error) {
            ++skipped;
            report(error.what());
        };
        sink.warning = [](const InputError& error) { report(std::string("warning: ") + error.what()); };
        ingest::PipelineStages stages = ingest::make_stages(analyser, nullptr);
        if (mentions_)
            stages.extract = [](AnalysedDocument& analysed, const ingest::WordVectors&) {
                ingest::find_mentions(analysed);
            };
        ingest::run_pipeline(text_source(paths_, from), stages, engine_.threads, sink);
        return documents == 0 && skipped > 0 ? 1 : 0;
    }

    int run_tokens(const ingest::Analyser& analyser) {
        if (paths_.empty()) paths_.emplace_back("-");
        for (const std::string& path : paths_) {
            const std::string text = ingest::decode_text(read_all(path), path).text;
            std::vector<AnalysedDocument> documents;
            if (from_ == "tokens") {
                documents.push_back(read_tokens(text, path));
            } else {
                documents = read_conllu(text, path);
            }
            analyser.analyse_tokens(documents);
            for (AnalysedDocument& analysed : documents) {
                if (mentions_) ingest::find_mentions(analysed);
                print(analyser, analysed);
            }
        }
        return 0;
    }

    void print(const ingest::Analyser& analyser, AnalysedDocument& analysed) {
        if (candidates_) {
            // once more, for the vectors: only the trainer asks for this
            const auto vectors = analyser.analyse_tokens(std::span(&analysed, 1));
            writer_.clear();
            write_candidates(writer_, analysed, analyser.fact_heads(), vectors.front());
            std::cout << writer_.text() << '\n';
            return;
        }
        if (!mentions_) {
            std::cout << write_conllu(analysed);
            return;
        }
        for (std::size_t sentence = 0; sentence < analysed.sentences.size(); ++sentence) {
            writer_.clear();
            write_mentions(writer_, analysed, sentence, analysed.document.source);
            std::cout << writer_.text() << '\n';
        }
    }

    json::Writer writer_;
    bool mentions_ = false;
    bool candidates_ = false;
    std::vector<std::string> paths_;
    std::string from_ = "text";
    EngineOptions engine_;
};

}  // namespace

std::unique_ptr<Command> make_analyse_command() {
    return std::make_unique<AnalyseCommand>();
}

}  // namespace relata::cli
