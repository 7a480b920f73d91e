// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cli/command.hpp"
#include "cli/engine.hpp"
#include "cli/terminal.hpp"
#include "core/error.hpp"
#include "eval/facts.hpp"
#include "eval/language.hpp"
#include "ingest/read/reader.hpp"

namespace relata::cli {
namespace {

using Analysis = std::function<void(std::span<AnalysedDocument>)>;

// The same analysis, a few documents at a time on several threads. Documents do not influence one another.
Analysis in_parallel(Analysis analysis, std::size_t threads) {
    return [analysis = std::move(analysis), threads](std::span<AnalysedDocument> documents) {
        constexpr std::size_t portion = 8;
        std::atomic<std::size_t> next = 0;
        std::vector<std::exception_ptr> errors(threads);
        {
            std::vector<std::jthread> workers;
            for (std::size_t worker = 0; worker < threads; ++worker) {
                workers.emplace_back([&, worker] {
                    try {
                        for (std::size_t at = next.fetch_add(portion); at < documents.size();
                             at = next.fetch_add(portion)) {
                            analysis(documents.subspan(at, std::min(portion, documents.size() - at)));
                        }
                    } catch (...) {
                        errors[worker] = std::current_exception();
                    }
                });
            }
        }
        for (const std::exception_ptr& error : errors) {
            if (error) std::rethrow_exception(error);
        }
    };
}

class EvalCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.required("DATA", data_,
                           "a folder of gold facts (samples/gold), or of corpora (ud/, propbank/, ner/)");
        arguments.flag("--remarks", remarks_, "facts: name each missed fact, unmatched edge and trap");
        arguments.flag("--strict", strict_, "corpora: exit code 1 when a score is below its floor");
        engine_.declare_facts(arguments);
    }

    int run() override {
        if (!std::filesystem::is_directory(data_)) throw InputError(data_, "is no folder");
        return std::filesystem::is_directory(std::filesystem::path(data_) / "ud") ? run_language()
                                                                                  : run_facts();
    }

  private:
    int run_language() {
        const ingest::Analyser analyser = load_analyser(engine_);
        const std::size_t threads = ingest::usable_threads(engine_.threads);
        eval::LanguageAnalyser ways;
        ways.analyse =
            in_parallel([&](std::span<AnalysedDocument> documents) { analyser.analyse(documents); }, threads);
        ways.analyse_tokens = in_parallel(
            [&](std::span<AnalysedDocument> documents) { analyser.analyse_tokens(documents); }, threads);
        const std::vector<eval::LanguageScore> scores = eval::evaluate_language(ways, data_);
        std::cout << "computed with " << analyser.description() << "\n" << eval::format_table(scores);
        const bool fallen = std::any_of(scores.begin(), scores.end(), [](const eval::LanguageScore& score) {
            return score.floor && score.value < *score.floor;
        });
        return strict_ && fallen ? 1 : 0;
    }

    int run_facts() {
        const Engine engine(engine_);
        const auto extract = [&](const std::filesystem::path& article, const std::string& record) {
            ingest::ReadResult read = ingest::read_file(article.string());
            for (Document& document : read.documents) {
                if (!record.empty() && document.source != article.string() + "#" + record) continue;
                AnalysedDocument analysed;
                analysed.document = std::move(document);
                engine.analyser().analyse(std::span(&analysed, 1));
                engine.extractor().extract(analysed);
                return analysed;
            }
            if (!read.skipped.empty()) throw read.skipped.front();
            throw InputError(article.string(), "holds no record " + record);
        };
        const eval::FactScores scores = eval::score_facts(data_, extract);
        std::cout << eval::format_table(data_, scores);
        if (remarks_) {
            for (const std::string& remark : scores.remarks) std::cout << printable(remark) << '\n';
        }
        return 0;
    }

    std::string data_;
    bool remarks_ = false;
    bool strict_ = false;
    EngineOptions engine_;
};

}  // namespace

std::unique_ptr<Command> make_eval_command() {
    return std::make_unique<EvalCommand>();
}

}  // namespace relata::cli
