// SPDX-License-Identifier: Apache-2.0
#include "cli/graph_building.hpp"

#include <algorithm>
#include <atomic>
#include <iostream>
#include <utility>

#include "cli/terminal.hpp"
#include "graph/builder.hpp"
#include "ingest/pipeline.hpp"
#include "ingest/read/file_list.hpp"
#include "ingest/read/reader.hpp"

namespace relata::cli {
namespace {

// Graphs of earlier builds often lie among the articles; they are ours and no article.
bool is_our_own(const std::string& path) {
    return path.ends_with(".relata") || path.ends_with(".graphml");
}

void tell(const BuiltGraph& built) {
    for (const InputError& warning : built.warnings) report(std::string("warning: ") + warning.what());
    if (built.skipped.empty()) return;
    std::cerr << "relata: skipped " << built.skipped.size() << ":\n";
    for (const InputError& error : built.skipped) std::cerr << "  " << printable(error.what()) << '\n';
}

}  // namespace

BuiltGraph build_graph(const std::vector<std::string>& paths, const EngineOptions& options) {
    ingest::FileList list = ingest::list_files(paths);
    list.files.erase(std::remove_if(list.files.begin(), list.files.end(), is_our_own), list.files.end());
    BuiltGraph built;
    built.files = list.files.size();
    built.skipped = std::move(list.problems);
    if (!list.files.empty()) {
        const Engine engine(options);
        graph::GraphBuilder builder(engine.relations());
        Progress progress;
        std::atomic<std::size_t> files_read = 0;
        ingest::PipelineSink sink;
        sink.document = [&](const AnalysedDocument& analysed) {
            ++built.documents;
            built.sentences += analysed.sentences.size();
            builder.add(analysed);
            progress.update(files_read, built.files, built.sentences);
        };
        sink.skipped = [&](const InputError& error) { built.skipped.push_back(error); };
        sink.warning = [&](const InputError& error) { built.warnings.push_back(error); };
        ingest::run_pipeline(
            [&](const ingest::ReadSink& reader) {
                for (const std::string& file : list.files) {
                    ingest::read_file(file, reader);
                    ++files_read;
                }
            },
            engine.stages(), options.threads, sink);
        progress.clear();
        if (built.documents > 0) built.graph = builder.finish();
    }
    tell(built);
    if (built.documents == 0) throw Error("nothing could be read");
    return built;
}

}  // namespace relata::cli
