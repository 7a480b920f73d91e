// SPDX-License-Identifier: Apache-2.0
// One function a format; each stands in the file of its name and is known to the registry in exporter.cpp
// alone.
#pragma once

#include <ostream>

#include "export/exporter.hpp"

namespace relata::exporters {

void write_csv(const graph::KnowledgeGraph& graph, std::ostream& stream, const Options& options);
void write_graphml(const graph::KnowledgeGraph& graph, std::ostream& stream, const Options& options);
void write_jsonl(const graph::KnowledgeGraph& graph, std::ostream& stream, const Options& options);

}  // namespace relata::exporters
