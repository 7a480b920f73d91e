// SPDX-License-Identifier: Apache-2.0
#include "ingest/pipeline.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace relata;
using namespace relata::ingest;

namespace {

Document document(int number) {
    Document result;
    result.source = std::to_string(number);
    result.text = std::string(static_cast<std::size_t>(number % 7) * 2000 + 1, 'x');
    return result;
}

// Stages without a model: analysis takes longest for the first documents, so that later ones overtake them.
PipelineStages uneven_stages() {
    PipelineStages stages;
    stages.analyse = [](std::span<AnalysedDocument> documents) {
        for (AnalysedDocument& analysed : documents) {
            if (analysed.document.source.size() == 1)
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            analysed.document.title = "analysed";
        }
        return std::vector<WordVectors>(documents.size());
    };
    stages.extract = [](AnalysedDocument& analysed, const WordVectors&) {
        analysed.document.title += " extracted";
    };
    return stages;
}

}  // namespace

TEST_CASE("documents and problems come in reading order from any number of threads",
          "[ingest][pipeline][unit]") {
    const std::size_t threads = GENERATE(1U, 2U, 5U);
    std::vector<std::string> seen;
    PipelineSink sink;
    sink.document = [&](AnalysedDocument analysed) {
        CHECK(analysed.document.title == "analysed extracted");
        seen.push_back(analysed.document.source);
    };
    sink.skipped = [&](const InputError& error) { seen.push_back(error.what()); };
    sink.warning = sink.skipped;
    std::vector<std::string> expected;
    for (int i = 0; i < 400; ++i) {
        expected.push_back(i % 50 == 3 ? std::to_string(i) + ": is empty" : std::to_string(i));
    }
    run_pipeline(
        [&](const ReadSink& reader) {
            for (int i = 0; i < 400; ++i) {
                if (i % 50 == 3) {
                    (i % 100 == 3 ? reader.skipped
                                  : reader.warning)(InputError(std::to_string(i), "is empty"));
                } else {
                    reader.document(document(i));
                }
            }
        },
        uneven_stages(), threads, sink);
    CHECK(seen == expected);
}

TEST_CASE("a document that cannot be analysed is lost alone", "[ingest][pipeline][unit]") {
    PipelineStages stages;
    stages.analyse = [](std::span<AnalysedDocument> documents) {
        for (const AnalysedDocument& analysed : documents) {
            if (analysed.document.source == "7") throw Error("no way");
        }
        return std::vector<WordVectors>(documents.size());
    };
    stages.extract = [](AnalysedDocument& analysed, const WordVectors&) {
        if (analysed.document.source == "9") throw InputError("9", "is odd");
    };
    std::size_t documents = 0;
    std::vector<std::string> skipped;
    PipelineSink sink;
    sink.document = [&](const AnalysedDocument&) { ++documents; };
    sink.skipped = [&](const InputError& error) { skipped.push_back(error.what()); };
    run_pipeline(
        [](const ReadSink& reader) {
            for (int i = 0; i < 30; ++i) reader.document(document(i));
        },
        stages, 2, sink);
    CHECK(documents == 28);
    CHECK(skipped == std::vector<std::string>{"7: could not be analysed: no way", "9: is odd"});
}

TEST_CASE("reading waits for slow work, so memory stays bounded", "[ingest][pipeline][unit]") {
    std::atomic<int> read = 0;
    int delivered = 0;
    int most_ahead = 0;
    PipelineSink sink;
    sink.document = [&](const AnalysedDocument&) {
        most_ahead = std::max(most_ahead, read - delivered);
        ++delivered;
    };
    PipelineStages stages;
    stages.analyse = [](std::span<AnalysedDocument> documents) {
        return std::vector<WordVectors>(documents.size());
    };
    run_pipeline(
        [&](const ReadSink& reader) {
            for (int i = 0; i < 5000; ++i) {
                ++read;
                reader.document(document(0));
            }
        },
        stages, 1, sink);
    CHECK(delivered == 5000);
    CHECK(most_ahead <= 64 * 6);
}

TEST_CASE("what the receiver or the reader throws ends the run and comes out", "[ingest][pipeline][unit]") {
    PipelineSink sink;
    int delivered = 0;
    sink.document = [&](const AnalysedDocument&) {
        if (++delivered == 3) throw Error("disk is full");
    };
    const auto endless = [](const ReadSink& reader) {
        for (int i = 0;; ++i) reader.document(document(i));
    };
    CHECK_THROWS_WITH(run_pipeline(endless, uneven_stages(), 2, sink), "disk is full");
    CHECK(delivered == 3);
    sink.document = [](const AnalysedDocument&) {};
    CHECK_THROWS_WITH(
        run_pipeline([](const ReadSink&) { throw Error("cannot read"); }, uneven_stages(), 2, sink),
        "cannot read");
}
