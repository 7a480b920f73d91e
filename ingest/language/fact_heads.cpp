// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/fact_heads.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/json.hpp"

namespace relata::ingest {
namespace {

// Columns of facts.words.
constexpr std::size_t k_side = 256, k_trigger = 128;
constexpr std::size_t k_subject = 0, k_object = k_subject + k_side, k_between = k_object + k_side;
constexpr std::size_t k_trigger_words = k_between + k_side, k_word_columns = k_trigger_words + k_trigger;
// Rows of facts.output.
constexpr std::size_t k_flags_at = 1, k_relations_at = k_flags_at + k_fact_flags;

constexpr std::size_t k_buckets = 7;       // of distances, once for each order
constexpr std::size_t k_batch_rows = 192;  // words computed together, as in the encoder
constexpr std::size_t k_pair_rows = 256;   // pairs computed together
constexpr std::size_t k_kept_relations = 8;
constexpr float k_least_relation = 0.02F, k_least_trigger = 0.3F;

// Bucket of the number of words between two mentions: 0, 1, 2, 3-4, 5-8, 9-16, 17 and more.
std::size_t bucket(std::size_t words) {
    constexpr std::size_t last[] = {0, 1, 2, 4, 8, 16};
    return static_cast<std::size_t>(std::lower_bound(std::begin(last), std::end(last), words) -
                                    std::begin(last));
}

float rounded(float probability) {
    return std::round(probability * 200) / 200;
}

float sigmoid(float logit) {
    return rounded(1 / (1 + std::exp(-logit)));
}

std::vector<std::string> labels(const WeightFile& weights, const json::Value& config, std::string_view key) {
    std::vector<std::string> names;
    for (const json::Value& value : config.array_at(key)) {
        if (value.string() == nullptr) throw FormatError(weights.path(), "a label that is no string");
        names.push_back(*value.string());
    }
    if (names.empty()) throw FormatError(weights.path(), "no labels under " + std::string(key));
    return names;
}

std::vector<std::string> labels(const WeightFile& weights, std::string_view key) {
    try {
        return labels(weights, json::parse(weights.config(), weights.path()), key);
    } catch (const FormatError&) {
        throw;
    } catch (const Error& broken) {
        throw FormatError(weights.path(), broken.what());
    }
}

// The first row of a layer alone: it decides which pairs are worth the others.
Linear load_first_row(const WeightFile& weights, Arithmetic arithmetic, const std::string& name,
                      std::size_t out, std::size_t in) {
    const auto scale = weights.f32(name + ".scale", out), bias = weights.f32(name + ".bias", out);
    return {arithmetic, weights.int8(name + ".weight", out, in).first(in), std::span(scale).first(1),
            std::span(bias).first(1), in};
}

// Mean of `width` columns over rows [first, last) that lie `stride` apart.
void mean_rows(const float* rows, std::size_t stride, std::size_t first, std::size_t last, std::size_t width,
               float* out) {
    std::copy_n(rows + first * stride, width, out);
    for (std::size_t r = first + 1; r < last; ++r)
        for (std::size_t j = 0; j < width; ++j) out[j] += rows[r * stride + j];
    if (last - first == 1) return;
    const float share = 1.0F / static_cast<float>(last - first);
    for (std::size_t j = 0; j < width; ++j) out[j] *= share;
}

}  // namespace

struct FactHeads::Memory {
    LayerMemory layer;
    Buffer<float> x, words, coreference, subjects, objects, between, pairs, hidden, gates, outputs;
    std::vector<std::size_t> lengths, marks, order;
    std::vector<ScoredPair> open;  // pairs of the rows that wait in `pairs`
    std::vector<float> dots;
};

// Stretches that are computed together.
struct FactHeads::Batch {
    const WordVectors& vectors;
    std::span<const WordVectors::Stretch> stretches;
    std::span<const std::vector<MarkedMention>> mentions;
    std::span<const std::size_t> mentions_before;  // number of mentions in earlier sentences
};

FactHeads::FactHeads(const WeightFile& weights, Arithmetic arithmetic, VectorSet vectors)
    : arithmetic_(arithmetic),
      kernels_(kernels(vectors)),
      relations_(labels(weights, "fact_relations")),
      categories_(labels(weights, "mention_classes")),
      marks_(weights.f32("facts.marks.weight", 1 + 2 * categories_.size(), k_hidden)),
      distance_(weights.f32("facts.distance.weight", 2 * k_buckets, k_side)),
      trigger_bias_(weights.f32("facts.trigger.bias", 1)[0]),
      layer_(weights, arithmetic, "facts.layer."),
      words_(load_linear(weights, arithmetic, "facts.words", k_word_columns, k_hidden)),
      pair_(load_linear(weights, arithmetic, "facts.pair", k_side, k_side)),
      gate_(load_first_row(weights, arithmetic, "facts.output",
                           k_relations_at + relations_.size() + k_trigger, k_side)),
      output_(load_linear(weights, arithmetic, "facts.output", k_relations_at + relations_.size() + k_trigger,
                          k_side)) {
    if (weights.rows("coref.words.weight") > 0)
        coreference_ = std::make_unique<Linear>(
            load_linear(weights, arithmetic, "coref.words", k_coreference_columns, k_hidden));
    if (CoreferenceScorer::in(weights)) scorer_.emplace(weights);
    constexpr std::string_view order[] = {"name:", "value:", "pronoun:", "nominal:"};
    for (const std::string& category : categories_) {
        const auto kind = std::find_if(std::begin(order), std::end(order),
                                       [&](std::string_view k) { return category.starts_with(k); });
        if (kind == std::end(order))
            throw FormatError(weights.path(), "unknown class of mentions " + category);
        rank_.push_back(static_cast<std::size_t>(kind - std::begin(order)));
    }
}

std::size_t FactHeads::category(std::string_view kind, std::string_view type) const {
    const auto find = [&](const std::string& name) {
        return static_cast<std::size_t>(std::find(categories_.begin(), categories_.end(), name) -
                                        categories_.begin());
    };
    const std::string prefix = std::string(kind) + ":";
    const std::size_t exact = find(prefix + std::string(type));
    if (exact < categories_.size()) return exact;
    const std::size_t other = find(prefix + (kind == "name"    ? "ORG"
                                             : kind == "value" ? "QUANTITY"
                                                               : "OTHER"));
    return other < categories_.size() ? other : 0;
}

FactScores FactHeads::score(const WordVectors& vectors, std::span<const std::vector<MarkedMention>> mentions,
                            float floor) const {
    thread_local Memory memory;
    FactScores scores;
    scores.pairs.resize(mentions.size());
    std::vector<std::size_t> before = {0};
    for (const auto& of_sentence : mentions) before.push_back(before.back() + of_sentence.size());
    if (coreference_) scores.coreference.assign(before.back() * k_coreference_columns, 0.0F);
    const std::span<const WordVectors::Stretch> stretches = vectors.stretches;
    for (std::size_t first = 0; first < stretches.size();) {
        std::size_t last = first, rows = 0;
        while (last < stretches.size()) {
            const std::size_t more = stretches[last].last - stretches[last].first + 1;
            if (last > first && rows + more > k_batch_rows) break;
            RELATA_EXPECTS(stretches[last].sentence < mentions.size());
            rows += more;
            ++last;
        }
        run_batch({vectors, stretches.subspan(first, last - first), mentions, before}, memory, floor, scores);
        first = last;
    }
    for (auto& pairs : scores.pairs)
        std::sort(pairs.begin(), pairs.end(), [](const ScoredPair& a, const ScoredPair& b) {
            return a.subject != b.subject ? a.subject < b.subject : a.object < b.object;
        });
    return scores;
}

// Rows of the stretch's root and words, the words marked with the mention that covers them.
void FactHeads::mark(const WordVectors& vectors, const WordVectors::Stretch& stretch,
                     std::span<const MarkedMention> mentions, float* rows,
                     std::vector<std::size_t>& marks) const {
    const std::size_t words = stretch.last - stretch.first;
    marks.assign(words + 1, 0);
    for (const MarkedMention& mention : mentions) {
        for (std::size_t i = std::max(mention.first, stretch.first); i < std::min(mention.last, stretch.last);
             ++i) {
            std::size_t& word = marks[1 + i - stretch.first];
            if (word > 0 && rank_[(word - 1) / 2] <= rank_[mention.category]) continue;
            word = 1 + 2 * mention.category + (i > mention.first ? 1 : 0);
        }
    }
    for (std::size_t r = 0; r <= words; ++r) {
        const std::uint8_t* from = vectors.values.data() + (stretch.row + r) * k_hidden;
        const float scale = vectors.scales[stretch.row + r];
        const float* mark = marks_.data() + marks[r] * k_hidden;
        float* to = rows + r * k_hidden;
        for (std::size_t j = 0; j < k_hidden; ++j)
            to[j] = static_cast<float>(static_cast<int>(from[j]) - 128) * scale + mark[j];
    }
}

void FactHeads::run_batch(const Batch& batch, Memory& m, float floor, FactScores& scores) const {
    m.lengths.clear();
    std::size_t rows = 0, longest = 0;
    for (const WordVectors::Stretch& stretch : batch.stretches) {
        m.lengths.push_back(stretch.last - stretch.first + 1);
        rows += m.lengths.back();
        longest = std::max(longest, m.lengths.back());
    }
    const std::size_t room = padded_rows(rows);
    float* x = m.x.need(room * k_hidden);
    std::fill(x + rows * k_hidden, x + room * k_hidden, 0.0F);
    float* to = x;
    for (const WordVectors::Stretch& stretch : batch.stretches) {
        mark(batch.vectors, stretch, batch.mentions[stretch.sentence], to, m.marks);
        to += (stretch.last - stretch.first + 1) * k_hidden;
    }
    EncoderLayer::prepare(arithmetic_, rows, longest, m.layer);
    if (arithmetic_ == Arithmetic::int8)
        kernels_.quantise(x, rows, k_hidden, {m.layer.quantised.data(), m.layer.scales.data()});
    layer_.run(kernels_, m.lengths, rows, x, m.layer);

    float* words = m.words.need(room * k_word_columns);
    apply_linear(kernels_, words_, arithmetic_, x, rows, words, m.layer);
    float* links = nullptr;
    if (coreference_) {
        links = m.coreference.need(room * k_coreference_columns);
        apply_linear(kernels_, *coreference_, arithmetic_, x, rows, links, m.layer);
    }
    std::size_t row = 0;
    for (const WordVectors::Stretch& stretch : batch.stretches) {
        const auto& mentions = batch.mentions[stretch.sentence];
        score_pairs(stretch, mentions, words + (row + 1) * k_word_columns, m, floor,
                    scores.pairs[stretch.sentence]);
        for (std::size_t i = 0; links != nullptr && i < mentions.size(); ++i) {
            // A name over the border of two stretches is read where it begins.
            if (mentions[i].first < stretch.first || mentions[i].first >= stretch.last) continue;
            mean_rows(links + (row + 1) * k_coreference_columns, k_coreference_columns,
                      mentions[i].first - stretch.first,
                      std::min(mentions[i].last, stretch.last) - stretch.first, k_coreference_columns,
                      scores.coreference.data() +
                          (batch.mentions_before[stretch.sentence] + i) * k_coreference_columns);
        }
        row += stretch.last - stretch.first + 1;
    }
}

// `words` holds the columns of facts.words of the stretch's words.
void FactHeads::score_pairs(const WordVectors::Stretch& stretch, std::span<const MarkedMention> mentions,
                            const float* words, Memory& m, float floor,
                            std::vector<ScoredPair>& pairs) const {
    m.order.clear();
    for (std::size_t i = 0; i < mentions.size(); ++i)
        if (mentions[i].first >= stretch.first && mentions[i].last <= stretch.last) m.order.push_back(i);
    std::stable_sort(m.order.begin(), m.order.end(),
                     [&](std::size_t a, std::size_t b) { return mentions[a].first < mentions[b].first; });
    const std::size_t count = m.order.size();
    float* subjects = m.subjects.need(count * k_side);
    float* objects = m.objects.need(count * k_side);
    for (std::size_t i = 0; i < count; ++i) {
        const MarkedMention& mention = mentions[m.order[i]];
        const std::size_t first = mention.first - stretch.first, last = mention.last - stretch.first;
        mean_rows(words + k_subject, k_word_columns, first, last, k_side, subjects + i * k_side);
        mean_rows(words + k_object, k_word_columns, first, last, k_side, objects + i * k_side);
    }
    float* rows = m.pairs.need(padded_rows(k_pair_rows) * k_side);
    float* between = m.between.need(k_side);
    m.open.clear();
    const auto put = [&](std::size_t a, std::size_t b, const float* distance) {
        float* row = rows + m.open.size() * k_side;
        const float* subject = subjects + a * k_side;
        const float* object = objects + b * k_side;
        for (std::size_t j = 0; j < k_side; ++j)
            row[j] = (((subject[j] + object[j]) + subject[j] * object[j]) + between[j]) + distance[j];
        ScoredPair pair;
        pair.subject = m.order[a];
        pair.object = m.order[b];
        m.open.push_back(std::move(pair));
    };
    for (std::size_t a = 0; a < count; ++a) {
        const std::size_t behind = mentions[m.order[a]].last - stretch.first;
        std::fill(between, between + k_side, 0.0F);
        std::size_t seen = behind;  // words up to here are in `between`
        for (std::size_t b = a + 1; b < count; ++b) {
            const std::size_t next = mentions[m.order[b]].first - stretch.first;
            if (next < behind) continue;  // the two overlap
            for (; seen < next; ++seen) {
                const float* word = words + seen * k_word_columns + k_between;
                if (seen == behind) {
                    std::copy_n(word, k_side, between);
                } else {
                    for (std::size_t j = 0; j < k_side; ++j) between[j] = std::max(between[j], word[j]);
                }
            }
            const float* distance = distance_.data() + bucket(next - behind) * k_side;
            put(a, b, distance);
            put(b, a, distance + k_buckets * k_side);
            if (m.open.size() + 2 > k_pair_rows) decide_pairs(stretch, words, m.open.size(), m, floor, pairs);
        }
    }
    decide_pairs(stretch, words, m.open.size(), m, floor, pairs);
}

// Decides the pairs whose rows wait, and keeps those that are likely enough.
void FactHeads::decide_pairs(const WordVectors::Stretch& stretch, const float* words, std::size_t count,
                             Memory& m, float floor, std::vector<ScoredPair>& pairs) const {
    if (count == 0) return;
    const std::size_t room = padded_rows(count);
    float* rows = m.pairs.data();
    std::fill(rows + count * k_side, rows + room * k_side, 0.0F);
    kernels_.gelu(rows, count * k_side);
    float* hidden = m.hidden.need(room * k_side);
    apply_linear(kernels_, pair_, arithmetic_, rows, count, hidden, m.layer);
    std::fill(hidden + count * k_side, hidden + room * k_side, 0.0F);
    kernels_.gelu(hidden, count * k_side);
    float* gates = m.gates.need(room * gate_.columns());
    apply_linear(kernels_, gate_, arithmetic_, hidden, count, gates, m.layer);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        m.open[i].fact = sigmoid(gates[i * gate_.columns()]);
        if (m.open[i].fact < floor) continue;
        if (kept < i) {
            std::copy_n(hidden + i * k_side, k_side, hidden + kept * k_side);
            m.open[kept] = std::move(m.open[i]);
        }
        ++kept;
    }
    if (kept > 0) {
        float* outputs = m.outputs.need(padded_rows(kept) * output_.columns());
        apply_linear(kernels_, output_, arithmetic_, hidden, kept, outputs, m.layer);
        for (std::size_t i = 0; i < kept; ++i)
            describe(stretch, words, outputs + i * output_.columns(), m, m.open[i]);
        std::move(m.open.begin(), m.open.begin() + static_cast<std::ptrdiff_t>(kept),
                  std::back_inserter(pairs));
    }
    m.open.clear();
}

// Flags, relations and triggers of a pair out of its row of facts.output.
void FactHeads::describe(const WordVectors::Stretch& stretch, const float* words, const float* outputs,
                         Memory& m, ScoredPair& pair) const {
    for (std::size_t f = 0; f < k_fact_flags; ++f) pair.flags[f] = sigmoid(outputs[k_flags_at + f]);
    const float* logits = outputs + k_relations_at;
    const std::size_t n = relations_.size();
    const float top = *std::max_element(logits, logits + n);
    float total = 0;
    for (std::size_t r = 0; r < n; ++r) total += std::exp(logits[r] - top);
    for (std::size_t r = 0; r < n; ++r) {
        const float probability = rounded(std::exp(logits[r] - top) / total);
        if (probability >= k_least_relation) pair.relations.emplace_back(r, probability);
    }
    std::stable_sort(pair.relations.begin(), pair.relations.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    if (pair.relations.size() > k_kept_relations) pair.relations.resize(k_kept_relations);

    const std::size_t count = stretch.last - stretch.first;
    m.dots.resize(count);
    kernels_.dots(logits + n, words + k_trigger_words, count, k_word_columns, k_trigger, m.dots.data());
    for (std::size_t i = 0; i < count; ++i) {
        const float probability = sigmoid(m.dots[i] + trigger_bias_);
        if (probability >= k_least_trigger) pair.triggers.emplace_back(stretch.first + i, probability);
    }
}

}  // namespace relata::ingest
