// SPDX-License-Identifier: Apache-2.0
// FactHeads: one more transformer layer over the words of a sentence whose mentions are marked, and the heads
// on it: between which ordered pairs of mentions there is a fact, which relation it is, which words say so
// and with what reserve; and rows for the coreference scorer (model/FORMAT.md). What is said about a sentence
// depends on that sentence alone. Immutable after construction; const members may be called from many
// threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/language/coreference_scorer.hpp"
#include "ingest/language/encoder_layer.hpp"
#include "ingest/language/model.hpp"
#include "ingest/language/word_vectors.hpp"

namespace relata::ingest {

// A mention as the heads see it: all words of a name or value, the head word of a nominal or pronoun.
struct MarkedMention {
    std::size_t first = 0, last = 0;  // tokens of its sentence, half open, not empty
    std::size_t category = 0;         // FactHeads::category
};

enum class FactFlag { negative, planned, possible, hypothetical, denied, alleged, past };
inline constexpr std::size_t k_fact_flags = 7;

// An ordered pair of mentions between which there may be a fact. Probabilities are rounded to 1/200.
struct ScoredPair {
    std::size_t subject = 0, object = 0;  // indices in the mentions of the sentence
    float fact = 0;                       // that there is a fact with this subject and this object
    std::array<float, k_fact_flags> flags{};
    std::vector<std::pair<std::size_t, float>> relations;  // of FactHeads::relations(), the likeliest first
    std::vector<std::pair<std::size_t, float>> triggers;   // tokens that may express it, in text order
};

// What the heads say of one document.
struct FactScores {
    std::vector<std::vector<ScoredPair>> pairs;  // of each sentence, by subject and object
    // Rows for the coreference scorer, means over the marked words: [mention][k_coreference_columns],
    // mentions of all sentences in order; empty when the weights have no such head.
    std::vector<float> coreference;
};

class FactHeads {
  public:
    static constexpr std::size_t k_coreference_columns = 384;

    // Throws FormatError when tensors are missing or do not fit the labels.
    FactHeads(const WeightFile& weights, Arithmetic arithmetic, VectorSet vectors);

    // Names of the relations by index: those of the ontology and "_other".
    const std::vector<std::string>& relations() const { return relations_; }
    // What scores antecedents by FactScores::coreference; nullptr when the weights have no such head.
    const CoreferenceScorer* coreference() const { return scorer_ ? &*scorer_ : nullptr; }
    // Category of mentions of that kind ("name", "nominal", "pronoun", "value") and type.
    std::size_t category(std::string_view kind, std::string_view type) const;

    // `mentions` holds one list a sentence. Pairs less likely than `floor` are left out.
    FactScores score(const WordVectors& vectors, std::span<const std::vector<MarkedMention>> mentions,
                     float floor) const;

  private:
    struct Memory;
    struct Batch;
    void run_batch(const Batch& batch, Memory& memory, float floor, FactScores& scores) const;
    void mark(const WordVectors& vectors, const WordVectors::Stretch& stretch,
              std::span<const MarkedMention> mentions, float* rows, std::vector<std::size_t>& marks) const;
    void score_pairs(const WordVectors::Stretch& stretch, std::span<const MarkedMention> mentions,
                     const float* words, Memory& memory, float floor, std::vector<ScoredPair>& pairs) const;
    void decide_pairs(const WordVectors::Stretch& stretch, const float* words, std::size_t count,
                      Memory& memory, float floor, std::vector<ScoredPair>& pairs) const;
    void describe(const WordVectors::Stretch& stretch, const float* words, const float* outputs,
                  Memory& memory, ScoredPair& pair) const;

    Arithmetic arithmetic_;
    const Kernels& kernels_;
    std::vector<std::string> relations_, categories_;
    std::vector<std::size_t> rank_;  // of each category: names, values, pronouns, nominals
    std::vector<float> marks_, distance_;
    float trigger_bias_ = 0;
    EncoderLayer layer_;
    Linear words_, pair_, gate_, output_;
    std::unique_ptr<Linear> coreference_;  // absent when the file has none
    std::optional<CoreferenceScorer> scorer_;
};

}  // namespace relata::ingest
