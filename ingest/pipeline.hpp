// SPDX-License-Identifier: Apache-2.0
// Pipeline: documents of a reader through analysis and extraction, many at once. Results are delivered on the
// calling thread in reading order, whatever the number of threads; memory is bounded by a few batches of
// documents, never by the corpus. A document whose analysis fails is reported as skipped and the rest goes
// on.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "core/analysed_document.hpp"
#include "core/error.hpp"
#include "ingest/facts/extractor.hpp"
#include "ingest/language/analyser.hpp"
#include "ingest/read/reader.hpp"

namespace relata::ingest {

// What happens to the documents; both are called from several threads at once. What `analyse` gives for a
// document is handed to `extract` with it.
struct PipelineStages {
    std::function<std::vector<WordVectors>(std::span<AnalysedDocument>)> analyse;
    std::function<void(AnalysedDocument&, const WordVectors&)> extract;  // may be empty: language only
};

// Stages that refer to the analyser and the extractor; extractor may be nullptr.
PipelineStages make_stages(const Analyser& analyser, const FactExtractor* extractor,
                           Extent extent = Extent::facts);

struct PipelineSink {
    std::function<void(AnalysedDocument)> document;
    std::function<void(const InputError&)> skipped;
    std::function<void(const InputError&)> warning;
};

// 0: as many as the machine has.
std::size_t usable_threads(std::size_t wanted);

// Calls `source` on an own thread with a sink for its documents, analyses them on `threads` threads and hands
// them to `sink`. An exception of `source` or `sink` stops all and is thrown again.
void run_pipeline(const std::function<void(const ReadSink&)>& source, const PipelineStages& stages,
                  std::size_t threads, const PipelineSink& sink);

}  // namespace relata::ingest
