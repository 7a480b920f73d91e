// SPDX-License-Identifier: Apache-2.0
// Exporters: one format, one file, one entry in the registry. Each writes a whole graph to a stream, in the
// graph's order, without holding the output in memory; the same graph gives the same bytes.
#pragma once

#include <filesystem>
#include <ostream>
#include <span>
#include <string_view>

#include "graph/knowledge_graph.hpp"

namespace relata::exporters {

enum class ValueNodes { leave_out, include };
enum class Isolated { leave_out, include };

struct Options {
    // graphml: facts with a value ("employs 4,200 people") as edges to a node for each value. Left out, they
    // stay on their subject as the text attribute `values`.
    ValueNodes values = ValueNodes::leave_out;
    // graphml: entities that no fact touches (they stay in the store and in the other formats).
    Isolated isolated = Isolated::include;
};

using Function = void (*)(const graph::KnowledgeGraph&, std::ostream&, const Options&);

struct Exporter {
    std::string_view name;         // "graphml"
    std::string_view suffix;       // ".graphml"
    std::string_view media_type;   // "application/graphml+xml"
    std::string_view description;  // one line for --list
    Function write;
};

// All formats, by name.
std::span<const Exporter> all();
// nullptr when there is none.
const Exporter* find(std::string_view name);

// Writes to a temporary file beside `path`, flushes and renames it: never half a file under the final name.
// Throws IoError.
void write_file(const Exporter& exporter, const graph::KnowledgeGraph& graph,
                const std::filesystem::path& path, const Options& options = {});

}  // namespace relata::exporters
