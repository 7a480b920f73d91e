// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <optional>

#include "cli/command.hpp"
#include "cli/engine.hpp"
#include "cli/explanation.hpp"
#include "cli/terminal.hpp"
#include "core/error.hpp"
#include "graph/store.hpp"

namespace relata::cli {
namespace {

// A stored document without its layout: each sentence a block of its own.
Document as_document(const graph::SourceDocument& source) {
    Document document;
    document.id = source.id;
    document.source = source.source;
    document.title = source.title;
    document.published = source.published;
    document.text = source.text;
    for (const graph::SourceSentence& sentence : source.sentences)
        if (!sentence.span.empty()) document.blocks.push_back({sentence.span, sentence.block});
    return document;
}

// The vectors with nothing in the place of a word.
ingest::WordVectors without(ingest::WordVectors vectors, const WordPlace& word) {
    constexpr std::uint8_t zero = 128;
    for (const auto& stretch : vectors.stretches) {
        if (stretch.sentence != word.sentence || word.token < stretch.first || word.token >= stretch.last)
            continue;
        const std::size_t width = vectors.values.size() / vectors.scales.size();
        const std::size_t row = stretch.row + 1 + word.token - stretch.first;
        std::fill_n(vectors.values.begin() + static_cast<std::ptrdiff_t>(row * width), width, zero);
    }
    return vectors;
}

class ExplainCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.required("SENTENCE", what_, "a text in quotes; or a graph and the id of one of its facts");
        arguments.option("--date", date_, "DATE",
                         "when the text was published, for \"last March\": 2026-03-12");
        arguments.flag("--all", all_, "a text: every proposition, not only facts for a graph");
        engine_.declare_facts(arguments);
    }

    int run() override {
        if (what_.size() > 2)
            throw UsageError("explain takes a sentence, or a graph and a fact; quote the sentence");
        return what_.size() == 2 ? explain_fact() : explain_text();
    }

  private:
    static Explanation read(const Engine& engine, Document document) {
        AnalysedDocument analysed;
        analysed.document = std::move(document);
        ingest::WordVectors vectors = std::move(engine.analyser().analyse(std::span(&analysed, 1)).front());
        const auto extract = [&engine, vectors = std::move(vectors)](AnalysedDocument& read,
                                                                     std::optional<WordPlace> taken) {
            engine.extractor().extract(read, taken ? without(vectors, *taken) : vectors);
        };
        return {std::move(analysed), extract, engine.ontology()};
    }

    int explain_text() {
        Document document;
        document.text = what_.front();
        document.published = date_;
        document.source = "-";
        document.blocks.push_back({{0, document.text.size()}, BlockKind::paragraph});
        document.id = make_document_id(document.source, document.text);
        const Engine engine(engine_);
        const Explanation explanation = read(engine, std::move(document));
        for (std::size_t s = 0; s < explanation.analysed().sentences.size(); ++s)
            std::cout << explanation.sentence(s,
                                              all_ ? Explanation::Facts::all : Explanation::Facts::for_graph);
        return 0;
    }

    int explain_fact() {
        const graph::KnowledgeGraph graph = graph::load(what_[0]);
        const auto id = FactId::parse(what_[1]);
        const graph::Fact* fact = id ? graph.find_fact(*id) : nullptr;
        if (!fact) throw InputError(what_[0], "holds no fact " + what_[1]);
        const Engine engine(engine_);
        for (const graph::Evidence& evidence : fact->evidences) explain_evidence(engine, graph, evidence);
        return 0;
    }

    void explain_evidence(const Engine& engine, const graph::KnowledgeGraph& graph,
                          const graph::Evidence& evidence) {
        const graph::SourceDocument& source = *graph.find_document(evidence.document);
        std::cout << printable(source.source) << ":\n";
        const Explanation explanation = read(engine, as_document(source));
        const std::vector<FactMention>& facts = explanation.analysed().facts;
        for (std::size_t f = 0; f < facts.size(); ++f) {
            if (facts[f].subject.span != evidence.subject || !facts[f].object ||
                facts[f].object->span != evidence.object || facts[f].relation.text != evidence.relation_text)
                continue;
            std::cout << explanation.fact(f);
            return;
        }
        std::cout << "Read today, this sentence gives other facts than when the graph was made:\n"
                  << printable(graph.sentence_text(evidence)) << "\n\n";
    }

    std::vector<std::string> what_;
    std::string date_;
    bool all_ = false;
    EngineOptions engine_;
};

}  // namespace

std::unique_ptr<Command> make_explain_command() {
    return std::make_unique<ExplainCommand>();
}

}  // namespace relata::cli
