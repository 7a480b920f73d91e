// SPDX-License-Identifier: Apache-2.0
#include "cli/engine.hpp"

#include <filesystem>

#include "core/resources.hpp"

namespace relata::cli {

ingest::Ontology load_ontology(const EngineOptions& options) {
    return ingest::Ontology::load(find_resource_directory("ontology") / "news.json",
                                  {options.ontologies.begin(), options.ontologies.end()});
}

namespace {

ingest::FactExtractorOptions extraction(const EngineOptions& options, const ingest::Analyser& analyser) {
    ingest::FactExtractorOptions extraction;
    extraction.heads = &analyser.fact_heads();
    extraction.sources = options.sources == "rules"   ? ingest::FactSources::rules
                         : options.sources == "heads" ? ingest::FactSources::heads
                                                      : ingest::FactSources::both;
    extraction.minimum_confidence = static_cast<float>(options.minimum_confidence);
    return extraction;
}

}  // namespace

void EngineOptions::declare_language(Arguments& arguments) {
    arguments.option("--model", model, "DIR", "weights to use instead of our own");
    arguments.choice("--precision", precision, {"auto", "int8", "f32"},
                     "arithmetic of the encoder (default: auto)");
    arguments.number("--threads", threads, 256, "threads to use (default: all of the machine)");
}

void EngineOptions::declare_facts(Arguments& arguments) {
    declare_language(arguments);
    arguments.options("--ontology", ontologies, "FILE",
                      "relations of your own, besides ours (ontology/README.md)");
    arguments.fraction("--min-confidence", minimum_confidence,
                       "leave out facts with less confidence, 0 to 1 (default: 0)");
}

ingest::Analyser load_analyser(const EngineOptions& options) {
    ingest::AnalyserOptions analyser;
    analyser.model =
        options.model.empty() ? find_resource_directory("model") : std::filesystem::path(options.model);
    analyser.precision = options.precision == "int8"  ? ingest::Precision::int8
                         : options.precision == "f32" ? ingest::Precision::f32
                                                      : ingest::Precision::automatic;
    return ingest::Analyser::load(analyser);
}

// The ontology first: a mistake in the user's file is told before the weights are loaded.
Engine::Engine(const EngineOptions& options)
    : ontology_(load_ontology(options)),
      analyser_(load_analyser(options)),
      extractor_(ontology_, extraction(options, analyser_)) {}

std::vector<graph::RelationInfo> Engine::relations() const {
    std::vector<graph::RelationInfo> infos;
    for (const ingest::RelationType& relation : ontology_.relations()) {
        infos.push_back({relation.name, relation.label, relation.inverse_label, relation.symmetric});
    }
    return infos;
}

}  // namespace relata::cli
