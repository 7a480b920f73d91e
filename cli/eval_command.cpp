// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <thread>

#include "cli/command.hpp"
#include "cli/engine.hpp"
#include "cli/judging.hpp"
#include "cli/terminal.hpp"
#include "cli/text_input.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/resources.hpp"
#include "eval/coreference.hpp"
#include "eval/fact_pairs.hpp"
#include "eval/facts.hpp"
#include "eval/language.hpp"
#include "eval/open_extraction.hpp"
#include "eval/text_files.hpp"
#include "eval/typed_facts.hpp"
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

// The parts of a folder of corpora, in the order in which they are told of.
constexpr std::array<const char*, 6> k_parts = {"language", "facts", "pairs", "carb", "typed", "coreference"};

std::set<std::string> parse_parts(const std::string& list) {
    std::set<std::string> parts;
    for (const std::string_view part : eval::split(list, ",")) {
        if (std::find(k_parts.begin(), k_parts.end(), part) == k_parts.end()) {
            std::string message = "--only: " + std::string(part) + " is none of";
            for (const char* known : k_parts) message += std::string(" ") + known;
            throw UsageError(message);
        }
        parts.emplace(part);
    }
    return parts;
}

eval::RelationTable relation_table(const Engine& engine) {
    eval::RelationTable table;
    for (const graph::RelationInfo& relation : engine.relations())
        table.emplace(relation.name,
                      eval::RelationNames{relation.label, relation.inverse_label, relation.symmetric});
    return table;
}

// All tables of a folder, by name.
std::vector<eval::NamedText> all_tables(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".tsv") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<eval::NamedText> texts;
    for (const auto& path : paths) texts.push_back({path.string(), eval::read_text(path)});
    return texts;
}

class EvalCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.required("DATA", data_,
                           "a folder of gold facts (samples/gold), or of corpora (train/README.md)");
        arguments.option(
            "--only", only_, "PARTS",
            "corpora: some parts alone, with commas between: language, facts, pairs, carb, typed, "
            "coreference");
        arguments.flag("--remarks", remarks_,
                       "name each missed fact, unmatched edge, trap, open tuple and chain, part by part");
        arguments.choice("--by", engine_.sources, {"both", "rules", "heads"},
                         "who may find facts (default: both)");
        arguments.number(
            "--sample", sample_, 100000,
            "instead of scores: that many random facts of the articles in DATA, to be judged by hand");
        arguments.number("--seed", seed_, std::numeric_limits<std::size_t>::max() / 2,
                         "which random facts (default: 0)");
        arguments.flag("--strict", strict_, "exit code 1 when a score breaks its limit");
        engine_.declare_facts(arguments);
    }

    int run() override {
        if (!std::filesystem::is_directory(data_)) throw InputError(data_, "is no folder");
        if (sample_ > 0) return run_sample();
        const std::filesystem::path data = data_;
        const bool corpora =
            std::filesystem::is_directory(data / "ud") || std::filesystem::is_directory(data / "facts");
        if (!corpora) {
            run_facts({data});
            return finish();
        }
        const std::set<std::string> parts =
            only_.empty() ? std::set<std::string>(k_parts.begin(), k_parts.end()) : parse_parts(only_);
        if (parts.contains("language")) run_language(data);
        if (parts.contains("facts")) run_facts({data / "facts" / "wikinews", data / "facts" / "written"});
        if (parts.contains("pairs")) run_pairs(data);
        if (parts.contains("carb")) run_open_extraction(data / "openie" / "carb-dev.tsv");
        if (parts.contains("typed")) run_typed(data / "relations" / "knowledgenet-folds1-3.jsonl");
        if (parts.contains("coreference")) run_coreference(data);
        return finish();
    }

  private:
    const Engine& engine() {
        if (!loaded_) loaded_.emplace(engine_);
        return *loaded_;
    }

    // A fact's place in the order is the hash of its own row, so that the same facts are drawn whatever the
    // number of threads and whatever other articles say.
    int run_sample() {
        std::set<std::pair<std::uint64_t, std::string>> drawn;
        ingest::PipelineSink sink;
        sink.document = [&](const AnalysedDocument& analysed) {
            for (const FactMention& fact : analysed.facts) {
                if (!fact.for_graph) continue;
                std::string row = judging_row(analysed, fact);
                const std::uint64_t place = content_hash(row, seed_);
                drawn.emplace(place, std::move(row));
                if (drawn.size() > sample_) drawn.erase(std::prev(drawn.end()));
            }
        };
        sink.skipped = [](const InputError& error) { report(error.what()); };
        sink.warning = [](const InputError& error) { report(std::string("warning: ") + error.what()); };
        ingest::run_pipeline(text_source({data_}, TextFrom::text), engine().stages(), engine_.threads, sink);
        std::cout << judging_header() << '\n';
        for (const auto& [place, row] : drawn) std::cout << row << '\n';
        return 0;
    }

    Analysis extraction(ingest::Extent extent = ingest::Extent::facts) {
        const Engine& engine = this->engine();
        return in_parallel(
            [&engine, extent](std::span<AnalysedDocument> documents) {
                const auto vectors = engine.analyser().analyse(documents);
                for (std::size_t i = 0; i < documents.size(); ++i)
                    engine.extractor().extract(documents[i], vectors[i], extent);
            },
            ingest::usable_threads(engine_.threads));
    }

    void run_language(const std::filesystem::path& data) {
        const ingest::Analyser& analyser = engine().analyser();
        const std::size_t threads = ingest::usable_threads(engine_.threads);
        eval::LanguageAnalyser ways;
        ways.analyse =
            in_parallel([&](std::span<AnalysedDocument> documents) { analyser.analyse(documents); }, threads);
        ways.analyse_tokens = in_parallel(
            [&](std::span<AnalysedDocument> documents) { analyser.analyse_tokens(documents); }, threads);
        add(eval::evaluate_language(ways, data));
    }

    void run_facts(const std::vector<std::filesystem::path>& folders) {
        const Engine& engine = this->engine();
        const auto extract = [&](const std::filesystem::path& article, const std::string& record) {
            ingest::ReadResult read = ingest::read_file(article.string());
            for (Document& document : read.documents) {
                if (!record.empty() && document.source != article.string() + "#" + record) continue;
                AnalysedDocument analysed;
                analysed.document = std::move(document);
                const auto vectors = engine.analyser().analyse(std::span(&analysed, 1));
                engine.extractor().extract(analysed, vectors.front());
                return analysed;
            }
            if (!read.skipped.empty()) throw read.skipped.front();
            throw InputError(article.string(), "holds no record " + record);
        };
        eval::FactScores all;
        for (const std::filesystem::path& folder : folders) {
            const eval::FactScores scores = eval::score_facts(folder, extract, relation_table(engine));
            if (folders.size() > 1) std::cout << eval::format_table(folder.string(), scores);
            all += scores;
        }
        std::cout << eval::format_table(folders.size() > 1 ? "all together" : folders.front().string(), all);
        if (remarks_) std::cout << eval::format_confusions(all);
        tell(all.remarks);
        if (folders.size() > 1) add(eval::fact_rows(all));
    }

    void run_open_extraction(const std::filesystem::path& gold) {
        std::vector<eval::OpenSentence> sentences =
            eval::read_open_gold(eval::read_text(gold), gold.string());
        eval::extract_open(sentences, extraction(ingest::Extent::facts_and_propositions));
        add(eval::open_scores(sentences));
        if (remarks_) tell(eval::open_remarks(sentences));
    }

    void run_pairs(const std::filesystem::path& data) {
        const auto gold =
            eval::read_pair_documents(all_tables(data / "ner" / "news"), all_tables(data / "facts" / "train"),
                                      eval::in_held_out_eighth);
        std::vector<AnalysedDocument> documents(gold.size());
        for (std::size_t d = 0; d < gold.size(); ++d) documents[d].document = gold[d].document;
        extraction()(documents);
        // The trainer's table of names belongs to the source tree; without it fewer relations count as right.
        const auto names =
            find_resource_directory("ontology").parent_path() / "train" / "data" / "relation-names.tsv";
        const auto synonyms = std::filesystem::exists(names)
                                  ? eval::read_relation_synonyms(eval::read_text(names), names.string())
                                  : eval::RelationSynonyms();
        const eval::PairScores scores =
            eval::score_pairs(gold, documents, relation_table(engine()), synonyms);
        add(eval::pair_rows(scores));
        tell(scores.remarks);
    }

    void run_coreference(const std::filesystem::path& data) {
        const Engine& engine = this->engine();
        eval::CoreferenceAnalyser ways;
        ways.analyse = extraction();
        ways.analyse_tokens = in_parallel(
            [&engine](std::span<AnalysedDocument> documents) {
                const auto vectors = engine.analyser().analyse_tokens(documents);
                for (std::size_t d = 0; d < documents.size(); ++d)
                    engine.extractor().extract(documents[d], vectors[d]);
            },
            ingest::usable_threads(engine_.threads));
        std::vector<std::string> remarks;
        add(eval::evaluate_coreference(ways, data, remarks_ ? &remarks : nullptr));
        tell(remarks);
    }

    void run_typed(const std::filesystem::path& gold) {
        constexpr std::size_t fold = 3;  // 1 and 2 are for training
        const auto documents = eval::read_knowledgenet(eval::read_text(gold), gold.string(), fold);
        const eval::TypedScores scores = eval::evaluate_typed_facts(documents, extraction());
        add(eval::typed_rows(scores));
        tell(scores.remarks);
    }

    void add(std::vector<eval::Score> scores) {
        std::move(scores.begin(), scores.end(), std::back_inserter(scores_));
    }

    void tell(const std::vector<std::string>& remarks) const {
        if (!remarks_) return;
        for (const std::string& remark : remarks) std::cout << printable(remark) << '\n';
    }

    int finish() const {
        if (!scores_.empty())
            std::cout << "computed with " << loaded_->analyser().description() << "\n"
                      << eval::format_table(scores_);
        const bool kept = std::all_of(scores_.begin(), scores_.end(),
                                      [](const eval::Score& score) { return score.keeps_limits(); });
        return strict_ && !kept ? 1 : 0;
    }

    std::string data_, only_;
    std::size_t sample_ = 0, seed_ = 0;
    bool remarks_ = false;
    bool strict_ = false;
    EngineOptions engine_;
    std::optional<Engine> loaded_;
    std::vector<eval::Score> scores_;
};

}  // namespace

std::unique_ptr<Command> make_eval_command() {
    return std::make_unique<EvalCommand>();
}

}  // namespace relata::cli
