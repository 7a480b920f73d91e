// SPDX-License-Identifier: Apache-2.0
#include "ingest/pipeline.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace relata::ingest {
namespace {

// Enough short articles to fill the encoder's batches, and few enough that the first results come soon.
constexpr std::size_t k_batch_bytes = 32 * 1024;
constexpr std::size_t k_batch_items = 64;

struct Item {
    AnalysedDocument analysed;
    std::optional<InputError> problem;
    bool warning = false;
};
using Batch = std::vector<Item>;

// Thrown inside the reader's thread when the pipeline stops early, to leave the reader's code.
struct Stopped {};

class Pipeline {
  public:
    Pipeline(const PipelineStages& stages, std::size_t threads)
        : stages_(stages), capacity_(2 * threads + 2) {}

    void read(const std::function<void(const ReadSink&)>& source) {
        Batch batch;
        std::size_t bytes = 0;
        const auto add = [&](Item item) {
            bytes += item.analysed.document.text.size();
            batch.push_back(std::move(item));
            if (bytes < k_batch_bytes && batch.size() < k_batch_items) return;
            submit(std::exchange(batch, {}));
            bytes = 0;
        };
        try {
            source({[&](Document document) {
                        add({{std::move(document), {}, {}, {}, {}, {}}, std::nullopt, false});
                    },
                    [&](InputError error) {
                        add({{}, std::move(error), false});
                    },
                    [&](InputError error) {
                        add({{}, std::move(error), true});
                    }});
            if (!batch.empty()) submit(std::move(batch));
        } catch (const Stopped&) {
        } catch (...) {
            fail(std::current_exception());
        }
        const std::lock_guard lock(mutex_);
        reading_ = false;
        changed_.notify_all();
    }

    void work() {
        for (;;) {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return stopped_ || !queue_.empty() || !reading_; });
            if (stopped_ || queue_.empty()) return;
            auto [number, batch] = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            try {
                process(batch);
            } catch (...) {
                fail(std::current_exception());
                return;
            }
            lock.lock();
            done_.emplace(number, std::move(batch));
            changed_.notify_all();
        }
    }

    void deliver(const PipelineSink& sink) {
        for (std::size_t next = 0;; ++next) {
            std::unique_lock lock(mutex_);
            changed_.wait(
                lock, [&] { return stopped_ || done_.count(next) > 0 || (!reading_ && next == submitted_); });
            if (stopped_ || done_.count(next) == 0) return;
            Batch batch = std::move(done_.extract(next).mapped());
            lock.unlock();
            for (Item& item : batch) {
                if (!item.problem) {
                    sink.document(std::move(item.analysed));
                } else if (const auto& report = item.warning ? sink.warning : sink.skipped) {
                    report(*item.problem);
                }
            }
            lock.lock();
            delivered_ = next + 1;
            changed_.notify_all();
        }
    }

    void fail(std::exception_ptr error) {
        const std::lock_guard lock(mutex_);
        if (!stopped_) error_ = std::move(error);
        stopped_ = true;
        changed_.notify_all();
    }

    void rethrow() const {
        if (error_) std::rethrow_exception(error_);
    }

  private:
    // Waits while too many batches are on their way.
    void submit(Batch batch) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopped_ || submitted_ - delivered_ < capacity_; });
        if (stopped_) throw Stopped{};
        queue_.emplace_back(submitted_++, std::move(batch));
        changed_.notify_all();
    }

    void process(Batch& batch) const {
        std::vector<AnalysedDocument> documents;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch[i].problem) continue;
            documents.push_back(std::move(batch[i].analysed));
            places.push_back(i);
        }
        if (documents.empty()) return;
        bool together = true;
        std::vector<WordVectors> vectors(documents.size());
        try {
            vectors = stages_.analyse(documents);
        } catch (const std::exception&) {
            together = false;
        }
        for (std::size_t k = 0; k < documents.size(); ++k) {
            Item& item = batch[places[k]];
            try {
                // The batch failed: each document alone, so that only the one at fault is lost.
                if (!together) vectors[k] = stages_.analyse(std::span(&documents[k], 1)).at(0);
                if (stages_.extract) stages_.extract(documents[k], vectors.at(k));
                item.analysed = std::move(documents[k]);
            } catch (const InputError& error) {
                item.problem = error;
            } catch (const std::exception& error) {
                item.problem = InputError(documents[k].document.source,
                                          std::string("could not be analysed: ") + error.what());
            }
        }
    }

    const PipelineStages& stages_;
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<std::size_t, Batch>> queue_;
    std::map<std::size_t, Batch> done_;
    std::size_t submitted_ = 0;
    std::size_t delivered_ = 0;
    bool reading_ = true;
    bool stopped_ = false;
    std::exception_ptr error_;
};

}  // namespace

PipelineStages make_stages(const Analyser& analyser, const FactExtractor* extractor, Extent extent) {
    PipelineStages stages;
    stages.analyse = [&analyser](std::span<AnalysedDocument> documents) {
        return analyser.analyse(documents);
    };
    if (extractor)
        stages.extract = [extractor, extent](AnalysedDocument& analysed, const WordVectors& vectors) {
            extractor->extract(analysed, vectors, extent);
        };
    return stages;
}

std::size_t usable_threads(std::size_t wanted) {
    if (wanted > 0) return std::min<std::size_t>(wanted, 256);
    return std::max(1U, std::thread::hardware_concurrency());
}

void run_pipeline(const std::function<void(const ReadSink&)>& source, const PipelineStages& stages,
                  std::size_t threads, const PipelineSink& sink) {
    threads = usable_threads(threads);
    Pipeline pipeline(stages, threads);
    std::vector<std::jthread> workers;
    workers.emplace_back([&] { pipeline.read(source); });
    for (std::size_t i = 0; i < threads; ++i) workers.emplace_back([&] { pipeline.work(); });
    try {
        pipeline.deliver(sink);
    } catch (...) {
        pipeline.fail(std::current_exception());
    }
    workers.clear();
    pipeline.rethrow();
}

}  // namespace relata::ingest
