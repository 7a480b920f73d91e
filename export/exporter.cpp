// SPDX-License-Identifier: Apache-2.0
#include "export/exporter.hpp"

#include <array>
#include <cerrno>
#include <fstream>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "export/formats.hpp"

namespace relata::exporters {
namespace {

constexpr std::array<Exporter, 3> k_exporters = {{
    {"csv", ".csv", "text/csv; charset=utf-8", "one row a fact, for spreadsheets (formula-safe)", write_csv},
    {"graphml", ".graphml", "application/graphml+xml", "the graph for Gephi, Cytoscape, yEd, NetworkX",
     write_graphml},
    {"jsonl", ".jsonl", "application/jsonl", "everything, one JSON object a line", write_jsonl},
}};

}  // namespace

std::span<const Exporter> all() {
    return k_exporters;
}

const Exporter* find(std::string_view name) {
    for (const Exporter& exporter : k_exporters) {
        if (exporter.name == name) return &exporter;
    }
    return nullptr;
}

void write_file(const Exporter& exporter, const graph::KnowledgeGraph& graph,
                const std::filesystem::path& path, const Options& options) {
    AtomicFile file(path);
    {
        std::ofstream stream(file.path(), std::ios::binary);
        try {
            exporter.write(graph, stream, options);
            stream.close();
        } catch (const IoError&) {
            throw IoError(path.string(), "write", errno != 0 ? errno : EIO);
        }
        if (!stream) throw IoError(path.string(), "write", errno != 0 ? errno : EIO);
    }
    file.commit();
}

}  // namespace relata::exporters
