// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/network.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/error.hpp"

namespace relata::ingest {
namespace {

// Columns of heads.mlp.
constexpr std::size_t k_arc = 256, k_label = 128;
constexpr std::size_t k_arc_dependent = 0, k_arc_head = k_arc_dependent + k_arc;
constexpr std::size_t k_label_dependent = k_arc_head + k_arc, k_label_head = k_label_dependent + k_label;
constexpr std::size_t k_role_predicate = k_label_head + k_label, k_role_argument = k_role_predicate + k_label;
static_assert(k_role_argument + k_label == Network::k_hidden_columns);

// Rows of the label and role products computed at once: their results are wide.
constexpr std::size_t k_wide_rows = 32;

// A biaffine tensor [labels * 129, 129]: its last column multiplies the constant 1 and so is a bias.
Linear load_biaffine(const WeightFile& weights, Arithmetic arithmetic, const std::string& name,
                     std::size_t labels) {
    const std::size_t rows = labels * (k_label + 1);
    const auto packed = weights.int8(name + ".weight", rows, k_label + 1);
    const auto scale = weights.f32(name + ".scale", rows);
    std::vector<std::int8_t> weight(rows * k_label);
    std::vector<float> bias(rows);
    for (std::size_t r = 0; r < rows; ++r) {
        std::memcpy(weight.data() + r * k_label, packed.data() + r * (k_label + 1), k_label);
        bias[r] = static_cast<float>(packed[r * (k_label + 1) + k_label]) * scale[r];
    }
    return {arithmetic, weight, scale, bias, k_label};
}

}  // namespace

Network::Network(const WeightFile& weights, const Labels& labels, Arithmetic arithmetic, VectorSet vectors)
    : weights_(weights),
      arithmetic_(arithmetic),
      kernels_(kernels(vectors)),
      labels_(labels.deprel.size()),
      roles_(labels.roles.size()) {
    const std::size_t words = weights.rows("embeddings.word.weight");
    word_weight_ = weights.int8("embeddings.word.weight", words, k_hidden);
    word_scale_ = weights.f32("embeddings.word.scale", words);
    position_ = weights.f32("embeddings.position.weight", k_longest_sequence, k_hidden);
    casing_ = weights.f32("embeddings.casing.weight", labels.casing, k_hidden);
    norm_weight_ = weights.f32("embeddings.norm.weight", k_hidden);
    norm_bias_ = weights.f32("embeddings.norm.bias", k_hidden);
    for (std::size_t i = 0; weights.rows("encoder." + std::to_string(i) + ".attention.qkv.weight") > 0; ++i) {
        const std::string at = "encoder." + std::to_string(i) + ".";
        layers_.emplace_back(weights, arithmetic, at);
    }
    if (layers_.empty()) throw FormatError(weights.path(), "no encoder layers");
    tags_ = std::make_unique<Linear>(load_linear(weights, arithmetic, "heads.tags", labels.tags(), k_hidden));
    hidden_ =
        std::make_unique<Linear>(load_linear(weights, arithmetic, "heads.mlp", k_hidden_columns, k_hidden));
    // U [257, 256], its last row as bias: (arc_dep U + u) · arc_head.
    const auto u = weights.f32("heads.arc.weight", k_arc + 1, k_arc);
    arc_weight_.resize(k_arc * k_arc);
    for (std::size_t i = 0; i < k_arc; ++i)
        for (std::size_t j = 0; j < k_arc; ++j)
            arc_weight_[(j / k_stripe * k_arc + i) * k_stripe + j % k_stripe] = u[i * k_arc + j];
    arc_bias_.assign(u.end() - k_arc, u.end());
    label_ = std::make_unique<Linear>(load_biaffine(weights, arithmetic, "heads.label", labels_));
    role_ = std::make_unique<Linear>(load_biaffine(weights, arithmetic, "heads.role", roles_));
}

void Network::encode(std::span<const Sequence> batch, std::size_t rows, Workspace& w) const {
    const std::size_t room = padded_rows(rows);
    float* x = w.x.need(room * k_hidden);
    w.lengths.clear();
    std::size_t row = 0, longest = 0;
    for (const Sequence& sequence : batch) {
        RELATA_EXPECTS(sequence.pieces.size() <= k_longest_sequence);
        longest = std::max(longest, sequence.pieces.size());
        w.lengths.push_back(sequence.pieces.size());
        for (std::size_t i = 0; i < sequence.pieces.size(); ++i, ++row) {
            const auto id = static_cast<std::size_t>(sequence.pieces[i]);
            const std::int8_t* word = word_weight_.data() + id * k_hidden;
            const float scale = word_scale_[id];
            const float* position = position_.data() + i * k_hidden;
            const float* casing = casing_.data() + sequence.casing[i] * k_hidden;
            float* to = x + row * k_hidden;
            for (std::size_t j = 0; j < k_hidden; ++j)
                to[j] = (static_cast<float>(word[j]) * scale + position[j]) + casing[j];
        }
    }
    std::fill(x + rows * k_hidden, x + room * k_hidden, 0.0F);
    EncoderLayer::prepare(arithmetic_, rows, longest, w.memory);
    const Norm first = {norm_weight_.data(), norm_bias_.data()};
    const bool exact = arithmetic_ == Arithmetic::f32;
    kernels_.normalise(
        x, rows, first,
        exact ? QuantisedRows{} : QuantisedRows{w.memory.quantised.data(), w.memory.scales.data()});
    for (const EncoderLayer& layer : layers_) layer.run(kernels_, w.lengths, rows, x, w.memory);
}

void Network::run(std::span<const Sequence> batch, Workspace& w) const {
    w.outputs.clear();
    std::size_t rows = 0, words = 0;
    for (const Sequence& sequence : batch) {
        rows += sequence.pieces.size();
        words += sequence.words();
    }
    if (rows == 0) return;
    encode(batch, rows, w);

    // Root and words of each sequence, one behind the other: the mean of each word's pieces.
    const std::size_t vectors = words + batch.size();
    const std::size_t room = padded_rows(vectors);
    float* vector = w.vectors.need(room * k_hidden);
    std::fill(vector + vectors * k_hidden, vector + room * k_hidden, 0.0F);
    const float* x = w.x.data();
    float* to = vector;
    for (const Sequence& sequence : batch) {
        std::copy(x, x + k_hidden, to);
        to += k_hidden;
        for (std::size_t i = 0; i < sequence.words(); ++i, to += k_hidden) {
            const std::size_t begin = sequence.offsets[i], end = sequence.offsets[i + 1];
            std::copy(x + begin * k_hidden, x + (begin + 1) * k_hidden, to);
            if (end - begin == 1) continue;
            for (std::size_t p = begin + 1; p < end; ++p)
                for (std::size_t j = 0; j < k_hidden; ++j) to[j] += x[p * k_hidden + j];
            const float share = 1.0F / static_cast<float>(end - begin);
            for (std::size_t j = 0; j < k_hidden; ++j) to[j] *= share;
        }
        x += sequence.pieces.size() * k_hidden;
    }

    float* tags = w.tags.need(room * tags_->columns());
    apply_linear(kernels_, *tags_, arithmetic_, vector, vectors, tags, w.memory);
    float* hidden = w.hidden.need(room * k_hidden_columns);
    if (arithmetic_ == Arithmetic::int8) {
        // the vectors are still quantised
        std::int32_t* sums = w.memory.sums.need(room * k_hidden_columns);
        hidden_->multiply(w.memory.quantised.data(), vectors, sums);
        kernels_.linear_int8(sums, vectors, hidden_->dequantiser(), w.memory.scales.data(), hidden);
        kernels_.gelu(hidden, vectors * k_hidden_columns);
    } else {
        float* sums = w.memory.wide.need(room * k_hidden_columns);
        hidden_->multiply(vector, vectors, sums);
        kernels_.gelu_f32(sums, vectors, hidden_->dequantiser(), hidden);
    }
    std::size_t at = 0;
    for (const Sequence& sequence : batch) {
        w.outputs.push_back({sequence.words(), tags + (at + 1) * tags_->columns(),
                             hidden + at * k_hidden_columns, vector + at * k_hidden});
        at += sequence.words() + 1;
    }
}

void Network::keep(const Outputs& outputs, std::size_t skipped, WordVectors::Stretch stretch,
                   WordVectors& to) const {
    const std::size_t words = stretch.last - stretch.first;
    RELATA_EXPECTS(skipped + words <= outputs.words);
    stretch.row = to.scales.size();
    to.values.resize((stretch.row + 1 + words) * k_hidden);
    to.scales.resize(stretch.row + 1 + words);
    const QuantisedRows rows = {to.values.data() + stretch.row * k_hidden, to.scales.data() + stretch.row};
    kernels_.quantise(outputs.vectors, 1, k_hidden, rows);
    kernels_.quantise(outputs.vectors + (1 + skipped) * k_hidden, words, k_hidden,
                      {rows.values + k_hidden, rows.scales + 1});
    to.stretches.push_back(stretch);
}

void Network::arc_scores(const Outputs& outputs, Workspace& w, std::vector<float>& scores) const {
    const std::size_t n = outputs.words;
    float* left = w.rows.need(n * k_arc);
    kernels_.affine(outputs.hidden + k_hidden_columns + k_arc_dependent, n, k_hidden_columns,
                    {arc_weight_.data(), arc_bias_.data(), k_arc, k_arc}, left);
    scores.resize(n * (n + 1));
    for (std::size_t i = 0; i < n; ++i)
        kernels_.dots(left + i * k_arc, outputs.hidden + k_arc_head, n + 1, k_hidden_columns, k_arc,
                      scores.data() + i * (n + 1));
}

void Network::label_scores(const Outputs& outputs, std::span<const Pair> pairs, Workspace& w,
                           std::vector<float>& scores) const {
    scores.resize(pairs.size() * labels_);
    std::vector<std::size_t> heads;
    for (const Pair& pair : pairs) heads.push_back(pair.head);
    std::sort(heads.begin(), heads.end());
    heads.erase(std::unique(heads.begin(), heads.end()), heads.end());
    const std::size_t columns = label_->columns(), room = padded_rows(k_wide_rows);
    for (std::size_t first = 0; first < heads.size(); first += k_wide_rows) {
        const std::size_t count = std::min(k_wide_rows, heads.size() - first);
        float* rows = w.rows.need(room * k_label);
        std::fill(rows, rows + room * k_label, 0.0F);
        for (std::size_t i = 0; i < count; ++i) {
            const float* from = outputs.hidden + heads[first + i] * k_hidden_columns + k_label_head;
            std::copy(from, from + k_label, rows + i * k_label);
        }
        float* products = w.memory.products.need(room * columns);
        apply_linear(kernels_, *label_, arithmetic_, rows, count, products, w.memory);
        for (std::size_t p = 0; p < pairs.size(); ++p) {
            const auto found =
                std::lower_bound(heads.begin() + static_cast<std::ptrdiff_t>(first),
                                 heads.begin() + static_cast<std::ptrdiff_t>(first + count), pairs[p].head);
            const auto i = static_cast<std::size_t>(found - heads.begin()) - first;
            if (i >= count || heads[first + i] != pairs[p].head) continue;
            const float* dependent =
                outputs.hidden + (pairs[p].word + 1) * k_hidden_columns + k_label_dependent;
            const float* product = products + i * columns;
            float* to = scores.data() + p * labels_;
            kernels_.dots(dependent, product, labels_, k_label + 1, k_label, to);
            for (std::size_t l = 0; l < labels_; ++l) to[l] += product[l * (k_label + 1) + k_label];
        }
    }
}

void Network::role_scores(const Outputs& outputs, std::span<const std::size_t> predicates, Workspace& w,
                          std::vector<float>& scores) const {
    scores.resize(predicates.size() * outputs.words * roles_);
    const std::size_t columns = role_->columns(), room = padded_rows(k_wide_rows);
    for (std::size_t first = 0; first < predicates.size(); first += k_wide_rows) {
        const std::size_t count = std::min(k_wide_rows, predicates.size() - first);
        float* rows = w.rows.need(room * k_label);
        std::fill(rows, rows + room * k_label, 0.0F);
        for (std::size_t i = 0; i < count; ++i) {
            const float* from =
                outputs.hidden + (predicates[first + i] + 1) * k_hidden_columns + k_role_predicate;
            std::copy(from, from + k_label, rows + i * k_label);
        }
        float* products = w.memory.products.need(room * columns);
        apply_linear(kernels_, *role_, arithmetic_, rows, count, products, w.memory);
        for (std::size_t i = 0; i < count; ++i) {
            const float* product = products + i * columns;
            for (std::size_t word = 0; word < outputs.words; ++word) {
                const float* argument = outputs.hidden + (word + 1) * k_hidden_columns + k_role_argument;
                float* to = scores.data() + ((first + i) * outputs.words + word) * roles_;
                kernels_.dots(argument, product, roles_, k_label + 1, k_label, to);
                for (std::size_t r = 0; r < roles_; ++r) to[r] += product[r * (k_label + 1) + k_label];
            }
        }
    }
}

}  // namespace relata::ingest
