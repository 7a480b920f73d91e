// SPDX-License-Identifier: Apache-2.0
// Engine: what the commands that read text share: weights and ontology, and their options.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "graph/fact.hpp"
#include "ingest/facts/extractor.hpp"
#include "ingest/facts/ontology.hpp"
#include "ingest/language/analyser.hpp"
#include "ingest/pipeline.hpp"

namespace relata::cli {

struct EngineOptions {
    std::string model;
    std::vector<std::string> ontologies;  // besides our own
    std::string precision = "auto";
    std::size_t threads = 0;
    double minimum_confidence = 0;
    std::string sources = "both";  // of facts: "rules", "heads" or "both"

    void declare_language(Arguments& arguments);
    void declare_facts(Arguments& arguments);
};

class Engine {
  public:
    // Throws as Analyser::load and Ontology::load.
    explicit Engine(const EngineOptions& options);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    const ingest::Analyser& analyser() const { return analyser_; }
    const ingest::Ontology& ontology() const { return ontology_; }
    const ingest::FactExtractor& extractor() const { return extractor_; }
    ingest::PipelineStages stages(ingest::Extent extent = ingest::Extent::facts) const {
        return ingest::make_stages(analyser_, &extractor_, extent);
    }
    ingest::PipelineStages language_stages() const { return ingest::make_stages(analyser_, nullptr); }
    // The ontology as the graph knows it.
    std::vector<graph::RelationInfo> relations() const;

  private:
    ingest::Ontology ontology_;
    ingest::Analyser analyser_;
    ingest::FactExtractor extractor_;
};

// Our relations with those of the user.
ingest::Ontology load_ontology(const EngineOptions& options);
// The weights alone, for commands that stop at the language.
ingest::Analyser load_analyser(const EngineOptions& options);

}  // namespace relata::cli
