// SPDX-License-Identifier: Apache-2.0
// The encoder and its heads (model/FORMAT.md): wordpieces in, logits out. Sequences are packed behind one
// another without padding; what comes out for one does not depend on the others. Immutable after
// construction; each thread brings its own Workspace.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ingest/language/encoder_layer.hpp"
#include "ingest/language/model.hpp"
#include "ingest/language/products.hpp"
#include "ingest/language/word_vectors.hpp"

namespace relata::ingest {

// The pieces of one sequence: [CLS], those of its words, [SEP].
struct Sequence {
    std::vector<std::int32_t> pieces;
    std::vector<std::uint8_t> casing;    // of each piece
    std::vector<std::uint32_t> offsets;  // first piece of each word, and behind the last word
    std::size_t words() const { return offsets.size() - 1; }
};
inline constexpr std::size_t k_longest_sequence = 512;  // pieces

// Logits of one sequence, valid until the workspace is used again.
struct Outputs {
    std::size_t words = 0;
    const float* tags = nullptr;     // [words][tag_columns]
    const float* hidden = nullptr;   // [1 + words][hidden columns]: the MLPs of the root and the words
    const float* vectors = nullptr;  // [1 + words][k_hidden]: what the heads read
};

struct Workspace {
    LayerMemory memory;
    Buffer<float> x, vectors, tags, hidden, rows;
    std::vector<std::size_t> lengths;
    std::vector<Outputs> outputs;
};

class Network {
  public:
    // Throws FormatError when tensors are missing or do not fit the labels.
    Network(const WeightFile& weights, const Labels& labels, Arithmetic arithmetic, VectorSet vectors);

    // One Outputs per sequence in `workspace`. Precondition: each has at most k_longest_sequence pieces.
    void run(std::span<const Sequence> batch, Workspace& workspace) const;

    // Appends a stretch: the root's row and those of its words, which stand behind the first `skipped` ones.
    void keep(const Outputs& outputs, std::size_t skipped, WordVectors::Stretch stretch,
              WordVectors& vectors) const;

    std::size_t tag_columns() const { return tags_->columns(); }
    static constexpr std::size_t k_hidden_columns = 1024;

    // scores[d * (words + 1) + h]: how well h heads d; h = 0 is the root, word i is h = i + 1.
    void arc_scores(const Outputs& outputs, Workspace& workspace, std::vector<float>& scores) const;

    // scores[i * labels + l] of the pairs (word, head); head 0 is the root.
    struct Pair {
        std::size_t word = 0;
        std::size_t head = 0;
    };
    void label_scores(const Outputs& outputs, std::span<const Pair> pairs, Workspace& workspace,
                      std::vector<float>& scores) const;
    // scores[(i * words + word) * roles + r] of the i-th predicate.
    void role_scores(const Outputs& outputs, std::span<const std::size_t> predicates, Workspace& workspace,
                     std::vector<float>& scores) const;

  private:
    void encode(std::span<const Sequence> batch, std::size_t rows, Workspace& workspace) const;

    const WeightFile& weights_;
    Arithmetic arithmetic_;
    const Kernels& kernels_;
    std::size_t labels_ = 0, roles_ = 0;
    std::span<const std::int8_t> word_weight_;
    std::vector<float> word_scale_, position_, casing_, norm_weight_, norm_bias_;
    std::vector<EncoderLayer> layers_;
    std::vector<float> arc_weight_, arc_bias_;  // in f32 always, see Stripes
    std::unique_ptr<Linear> tags_, hidden_, label_, role_;
};

}  // namespace relata::ingest
