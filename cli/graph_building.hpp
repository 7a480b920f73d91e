// SPDX-License-Identifier: Apache-2.0
// Files -> graph: what `build` does, and `serve` when it is given a folder.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/engine.hpp"
#include "core/error.hpp"
#include "graph/knowledge_graph.hpp"

namespace relata::cli {

struct BuiltGraph {
    graph::KnowledgeGraph graph;
    std::size_t files = 0;
    std::size_t documents = 0;
    std::size_t sentences = 0;
    std::vector<InputError> skipped;  // in order of the files
    std::vector<InputError> warnings;
};

// Shows progress and, at the end, lists on standard error what was skipped and why. Throws Error when nothing
// at all could be read.
BuiltGraph build_graph(const std::vector<std::string>& paths, const EngineOptions& options);

}  // namespace relata::cli
