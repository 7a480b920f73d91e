// SPDX-License-Identifier: Apache-2.0
// Analyser: text -> sentences, tokens, tags, lemmas, dependency trees, name mentions and predicate-argument
// roles, by one pass of a small transformer encoder.
// Deterministic: what is said about a document depends on that document alone, never on the other documents
// of the call or on threads. All const members may be called from many threads at once; weights are shared
// and read-only. One call runs on the calling thread only; pass documents in handfuls, since short sentences
// of several documents are computed together. Nothing is cut: long sentences are read through overlapping
// windows. docs/analyse.md describes conventions and limits.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/analysed_document.hpp"
#include "ingest/language/fact_heads.hpp"
#include "ingest/language/word_vectors.hpp"

namespace relata::ingest {

// automatic: 8-bit products where the CPU has AVX2 or better, f32 elsewhere.
enum class Precision { automatic, int8, f32 };

struct AnalyserOptions {
    std::filesystem::path model;  // directory of the weights: find_resource_directory("model")
    Precision precision = Precision::automatic;
};

struct AnalyserState;

class Analyser {
  public:
    // Throws IoError or FormatError when the weights are missing or damaged.
    static Analyser load(const AnalyserOptions& options);
    ~Analyser();
    Analyser(Analyser&&) noexcept;
    Analyser& operator=(Analyser&&) noexcept;

    // Fills `sentences` (tokens, trees, predicates) and `mentions` (names) of each document from its text and
    // blocks. What stood there before, chains and facts included, is dropped. Gives what fact_heads() read,
    // one a document.
    std::vector<WordVectors> analyse(std::span<AnalysedDocument> documents) const;

    // The same, but keeps the sentences and token spans that are there and predicts everything else anew.
    std::vector<WordVectors> analyse_tokens(std::span<AnalysedDocument> documents) const;

    // The heads that read word vectors once mentions are known.
    const FactHeads& fact_heads() const;

    // What computes: "int8 avx512_core_vnni", for diagnostics and bench/.
    std::string description() const;

  private:
    explicit Analyser(std::unique_ptr<AnalyserState> state);
    std::unique_ptr<AnalyserState> state_;
};

}  // namespace relata::ingest
