// SPDX-License-Identifier: Apache-2.0
// The fact heads on small random weights, against the same computation written down plainly after
// model/FORMAT.md.
#include "ingest/language/fact_heads.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

using Rows = std::vector<std::vector<double>>;

// Numbers that look random and are the same everywhere.
class Numbers {
  public:
    double next() {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(state_ >> 33) / static_cast<double>(1ULL << 31) * 2 - 1;  // -1 .. 1
    }

  private:
    std::uint64_t state_ = 1;
};

// A weight file under construction, and the same weights for the plain computation.
class Weights {
  public:
    void f32(const std::string& name, std::size_t rows, std::size_t columns, double size, double centre = 0) {
        Rows matrix(rows, std::vector<double>(columns));
        std::vector<float> values;
        for (auto& row : matrix)
            for (double& value : row) {
                values.push_back(static_cast<float>(centre + size * numbers_.next()));
                value = static_cast<double>(values.back());
            }
        add(name, "F32", rows, columns, values.data(), values.size() * sizeof(float));
        tensors[name] = std::move(matrix);
    }
    void linear(const std::string& name, std::size_t rows, std::size_t columns, double size) {
        std::vector<std::int8_t> values;
        Rows matrix(rows, std::vector<double>(columns));
        f32(name + ".scale", rows, 1, 0, size / 63);
        f32(name + ".bias", rows, 1, 0.1);
        for (std::size_t r = 0; r < rows; ++r)
            for (double& value : matrix[r]) {
                values.push_back(static_cast<std::int8_t>(std::lround(63 * numbers_.next())));
                value = values.back() * tensors[name + ".scale"][r][0];
            }
        add(name + ".weight", "I8", rows, columns, values.data(), values.size());
        tensors[name] = std::move(matrix);
    }
    std::filesystem::path write(const std::string& config) const {
        std::string escaped;
        for (const char c : config) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
        const std::string header = R"({"__metadata__":{"format":"relata-model","version":"2","config":")" +
                                   escaped + "\"}" + header_ + "}";
        const auto path = std::filesystem::temp_directory_path() / "relata-fact-heads.safetensors";
        const std::uint64_t length = header.size();
        std::string bytes(sizeof length, '\0');
        std::memcpy(bytes.data(), &length, sizeof length);
        std::ofstream(path, std::ios::binary) << bytes << header << data_;
        return path;
    }
    std::map<std::string, Rows> tensors;

  private:
    void add(const std::string& name, const std::string& type, std::size_t rows, std::size_t columns,
             const void* from, std::size_t bytes) {
        const std::size_t begin = data_.size();
        data_.append(static_cast<const char*>(from), bytes);
        header_ += ",\"" + name + R"(":{"dtype":")" + type + R"(","shape":[)" + std::to_string(rows) + "," +
                   std::to_string(columns) + R"(],"data_offsets":[)" + std::to_string(begin) + "," +
                   std::to_string(data_.size()) + "]}";
    }
    Numbers numbers_;
    std::string header_, data_;
};

const std::vector<std::string> k_relations = {"_other", "acquires", "leads"};

const Weights& weights() {
    static const Weights made = [] {
        Weights w;
        w.f32("facts.marks.weight", 1 + 2 * 4, 384, 0.5);
        w.linear("facts.layer.attention.qkv", 1152, 384, 0.1);
        w.linear("facts.layer.attention.output", 384, 384, 0.1);
        w.linear("facts.layer.ffn.inner", 1536, 384, 0.1);
        w.linear("facts.layer.ffn.outer", 384, 1536, 0.05);
        for (const char* norm : {"attention", "ffn"}) {
            w.f32("facts.layer." + std::string(norm) + ".norm.weight", 384, 1, 0.2, 1);
            w.f32("facts.layer." + std::string(norm) + ".norm.bias", 384, 1, 0.2);
        }
        w.linear("facts.words", 896, 384, 0.08);
        w.f32("facts.distance.weight", 14, 256, 0.5);
        w.linear("facts.pair", 256, 256, 0.2);
        w.linear("facts.output", 1 + 7 + k_relations.size() + 128, 256, 0.15);
        w.f32("facts.trigger.bias", 1, 1, 0, -1);
        w.linear("coref.words", 384, 384, 0.1);
        w.f32("coref.features.weight", 7, 128, 0.5);
        w.f32("coref.output.weight", 1, 128, 0.5);
        w.f32("coref.output.bias", 1, 1, 0.5);
        w.f32("coref.product.weight", 128, 128, 0.1);
        return w;
    }();
    return made;
}

const WeightFile& file() {
    static const WeightFile read(
        weights().write(R"({"mention_classes":["name:PERSON","nominal:OTHER","pronoun:OTHER","value:DATE"],)"
                        R"("fact_relations":["_other","acquires","leads"]})"));
    return read;
}

FactHeads heads(Arithmetic arithmetic, VectorSet vectors) {
    return {file(), arithmetic, vectors};
}

// Stretches of those lengths, a sentence each.
WordVectors vectors(const std::vector<std::size_t>& lengths) {
    Numbers numbers;
    WordVectors made;
    for (std::size_t s = 0; s < lengths.size(); ++s) {
        made.stretches.push_back({s, 0, lengths[s], made.scales.size()});
        for (std::size_t r = 0; r <= lengths[s]; ++r) {
            made.scales.push_back(static_cast<float>(0.01 + 0.005 * numbers.next()));
            for (std::size_t j = 0; j < k_hidden; ++j)
                made.values.push_back(static_cast<std::uint8_t>(128 + std::lround(127 * numbers.next())));
        }
    }
    return made;
}

std::vector<double> plain_linear(const std::string& name, const std::vector<double>& x) {
    const Rows& weight = weights().tensors.at(name);
    const Rows& bias = weights().tensors.at(name + ".bias");
    std::vector<double> y;
    for (std::size_t r = 0; r < weight.size(); ++r) {
        double sum = bias[r][0];
        for (std::size_t i = 0; i < x.size(); ++i) sum += weight[r][i] * x[i];
        y.push_back(sum);
    }
    return y;
}

void add_and_normalise(std::vector<double>& x, const std::vector<double>& y, const std::string& norm) {
    double mean = 0, variance = 0;
    for (std::size_t i = 0; i < x.size(); ++i) mean += (x[i] += y[i]) / static_cast<double>(x.size());
    for (const double value : x) variance += (value - mean) * (value - mean) / static_cast<double>(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = (x[i] - mean) / std::sqrt(variance + 1e-12) * weights().tensors.at(norm + ".weight")[i][0] +
               weights().tensors.at(norm + ".bias")[i][0];
}

double gelu(double x) {
    return x * 0.5 * (1 + std::erf(x / std::sqrt(2.0)));
}

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}

Rows attention(const Rows& qkv) {
    Rows mixed(qkv.size(), std::vector<double>(384));
    for (std::size_t h = 0; h < 384; h += 32)
        for (std::size_t i = 0; i < qkv.size(); ++i) {
            std::vector<double> shares;
            double total = 0;
            for (const auto& other : qkv) {
                double score = 0;
                for (std::size_t j = h; j < h + 32; ++j) score += qkv[i][j] * other[384 + j];
                shares.push_back(std::exp(score / std::sqrt(32.0)));
                total += shares.back();
            }
            for (std::size_t k = 0; k < qkv.size(); ++k)
                for (std::size_t j = h; j < h + 32; ++j) mixed[i][j] += shares[k] / total * qkv[k][768 + j];
        }
    return mixed;
}

// The rows of facts.words of the words of one sentence.
Rows plain_words(const WordVectors& from, std::size_t stretch, const std::vector<std::size_t>& marks) {
    const auto& at = from.stretches[stretch];
    Rows x;
    for (std::size_t r = 0; r <= at.last; ++r) {
        x.emplace_back();
        for (std::size_t j = 0; j < k_hidden; ++j)
            x.back().push_back((static_cast<double>(from.values[(at.row + r) * k_hidden + j]) - 128) *
                                   static_cast<double>(from.scales[at.row + r]) +
                               weights().tensors.at("facts.marks.weight")[marks[r]][j]);
    }
    Rows qkv;
    for (const auto& row : x) qkv.push_back(plain_linear("facts.layer.attention.qkv", row));
    const Rows mixed = attention(qkv);
    Rows words;
    for (std::size_t r = 0; r < x.size(); ++r) {
        add_and_normalise(x[r], plain_linear("facts.layer.attention.output", mixed[r]),
                          "facts.layer.attention.norm");
        auto inner = plain_linear("facts.layer.ffn.inner", x[r]);
        for (double& value : inner) value = gelu(value);
        add_and_normalise(x[r], plain_linear("facts.layer.ffn.outer", inner), "facts.layer.ffn.norm");
        if (r > 0) words.push_back(plain_linear("facts.words", x[r]));
    }
    return words;
}

// What facts.output says of the pair of stretches a and b.
std::vector<double> plain_pair(const Rows& words, const MarkedMention& a, const MarkedMention& b,
                               std::size_t distance) {
    const auto mean = [&](const MarkedMention& m, std::size_t column) {
        double sum = 0;
        for (std::size_t i = m.first; i < m.last; ++i) sum += words[i][column];
        return sum / static_cast<double>(m.last - m.first);
    };
    std::vector<double> z;
    for (std::size_t j = 0; j < 256; ++j) {
        const double s = mean(a, j), o = mean(b, 256 + j);
        double between = 0;
        const std::size_t first = std::min(a.last, b.last), last = std::max(a.first, b.first);
        for (std::size_t i = first; i < last; ++i)
            between = i == first ? words[i][512 + j] : std::max(between, words[i][512 + j]);
        z.push_back(
            gelu(s + o + s * o + between + weights().tensors.at("facts.distance.weight")[distance][j]));
    }
    auto hidden = plain_linear("facts.pair", z);
    for (double& value : hidden) value = gelu(value);
    return plain_linear("facts.output", hidden);
}

const std::vector<MarkedMention> k_mentions = {{0, 2, 0}, {4, 5, 1}, {7, 9, 3}};

void check_equal(const FactScores& a, const FactScores& b) {
    REQUIRE(a.pairs.size() == b.pairs.size());
    CHECK(a.coreference == b.coreference);
    for (std::size_t s = 0; s < a.pairs.size(); ++s) {
        REQUIRE(a.pairs[s].size() == b.pairs[s].size());
        for (std::size_t p = 0; p < a.pairs[s].size(); ++p) {
            CHECK(a.pairs[s][p].fact == b.pairs[s][p].fact);
            CHECK(a.pairs[s][p].flags == b.pairs[s][p].flags);
            CHECK(a.pairs[s][p].relations == b.pairs[s][p].relations);
            CHECK(a.pairs[s][p].triggers == b.pairs[s][p].triggers);
        }
    }
}

}  // namespace

TEST_CASE("the heads compute what the format says", "[language][facts]") {
    const bool exact = GENERATE(true, false);
    // Probabilities are rounded to 1/200; a query of 128 numbers in 8 bits adds up its roundings.
    const double margin = exact ? 0.006 : 0.05, trigger_margin = exact ? 0.012 : 0.2;
    const FactHeads h = heads(exact ? Arithmetic::f32 : Arithmetic::int8, effective_processor().vectors);
    const WordVectors from = vectors({10});
    const std::vector<std::vector<MarkedMention>> mentions = {k_mentions};
    const FactScores scores = h.score(from, mentions, 0);
    REQUIRE(scores.pairs[0].size() == 6);
    const Rows words = plain_words(from, 0, {0, 1, 2, 0, 0, 3, 0, 0, 7, 8, 0});
    const std::size_t distances[3][3] = {{0, 2, 4}, {9, 0, 2}, {11, 9, 0}};
    for (const ScoredPair& pair : scores.pairs[0]) {
        const auto out = plain_pair(words, k_mentions[pair.subject], k_mentions[pair.object],
                                    distances[pair.subject][pair.object]);
        CHECK(static_cast<double>(pair.fact) == Approx(sigmoid(out[0])).margin(margin));
        for (std::size_t f = 0; f < k_fact_flags; ++f)
            CHECK(static_cast<double>(pair.flags[f]) == Approx(sigmoid(out[1 + f])).margin(margin));
        double total = 0;
        for (std::size_t r = 0; r < k_relations.size(); ++r) total += std::exp(out[8 + r]);
        for (const auto& [relation, probability] : pair.relations)
            CHECK(static_cast<double>(probability) ==
                  Approx(std::exp(out[8 + relation]) / total).margin(margin));
        for (const auto& [token, probability] : pair.triggers) {
            double logit = -1;
            for (std::size_t j = 0; j < 128; ++j)
                logit += out[8 + k_relations.size() + j] * words[token][768 + j];
            CHECK(static_cast<double>(probability) == Approx(sigmoid(logit)).margin(trigger_margin));
        }
    }
    CHECK(scores.coreference.size() == 3 * FactHeads::k_coreference_columns);
}

TEST_CASE("instruction sets and neighbours change no bit of the heads", "[language][facts]") {
    const std::vector<std::size_t> lengths = {10, 1, 40, 180, 25};
    const WordVectors from = vectors(lengths);
    std::vector<std::vector<MarkedMention>> mentions;
    for (const std::size_t length : lengths) {
        mentions.emplace_back();
        for (std::size_t i = 0; i < length; i += 3)
            mentions.back().push_back({i, std::min(i + 1 + i % 2, length), i % 4});
    }
    const VectorSet best = effective_processor().vectors;
    const FactScores all = heads(Arithmetic::int8, best).score(from, mentions, 0.3F);
    if (best == VectorSet::avx512)
        check_equal(all, heads(Arithmetic::int8, VectorSet::avx2).score(from, mentions, 0.3F));
    check_equal(all, heads(Arithmetic::int8, VectorSet::baseline).score(from, mentions, 0.3F));
    // The third sentence alone.
    WordVectors alone = from;
    alone.stretches = {from.stretches[2]};
    const FactScores one = heads(Arithmetic::int8, best).score(alone, mentions, 0.3F);
    REQUIRE(one.pairs[2].size() == all.pairs[2].size());
    for (std::size_t p = 0; p < one.pairs[2].size(); ++p) CHECK(one.pairs[2][p].fact == all.pairs[2][p].fact);
}

TEST_CASE("sentences without mentions, of one word and of very many", "[language][facts]") {
    const FactHeads h = heads(Arithmetic::int8, effective_processor().vectors);
    CHECK(h.score({}, {}, 0).pairs.empty());
    const std::vector<std::vector<MarkedMention>> none(2);
    CHECK(h.score(vectors({1, 30}), none, 0).pairs[1].empty());
    const std::vector<std::vector<MarkedMention>> one = {{{0, 1, 0}}};
    CHECK(h.score(vectors({1}), one, 0).pairs[0].empty());
    // A list of 120 names in a stretch, a name over its border, and overlapping mentions.
    std::vector<std::vector<MarkedMention>> many(1);
    for (std::size_t i = 0; i < 240; i += 2) many[0].push_back({i, i + 1, 0});
    many[0].push_back({255, 257, 0});
    many[0].push_back({0, 1, 1});
    WordVectors long_one = vectors({256});
    const FactScores scores = h.score(long_one, many, 0);
    CHECK(scores.pairs[0].size() == 121 * 120 - 2);
}

TEST_CASE("mentions of unknown kinds take the class of their kind", "[language][facts]") {
    const FactHeads h = heads(Arithmetic::int8, VectorSet::baseline);
    CHECK(h.category("nominal", "ORG") == 1);
    CHECK(h.category("value", "DATE") == 3);
    CHECK(h.relations()[1] == "acquires");
}

TEST_CASE("antecedents are scored as the same computation written down plainly",
          "[ingest_language][fact_heads]") {
    const CoreferenceScorer scorer(file());
    CHECK(scorer.features() == 7);
    Numbers numbers;
    std::vector<std::vector<float>> rows(3, std::vector<float>(CoreferenceScorer::k_columns));
    for (auto& row : rows)
        for (float& value : row) value = static_cast<float>(numbers.next());
    const std::vector<const float*> mentions = {rows[0].data(), rows[1].data(), rows[2].data()};
    std::vector<CoreferencePair> pairs = {{2, 0, {}}, {2, 1, {}}, {1, 0, {}}};
    for (std::size_t i = 0; i < pairs.size(); ++i)
        for (std::size_t f = 0; f < k_pair_features; ++f)
            pairs[i].features[f] = static_cast<std::uint16_t>((i + 2 * f) % 7);
    const std::vector<float> scores = scorer.score(mentions, pairs);
    REQUIRE(scores.size() == pairs.size());
    const auto& tensors = weights().tensors;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto& a = rows[pairs[i].anaphor];
        const auto& c = rows[pairs[i].candidate];
        double expected = tensors.at("coref.output.bias")[0][0];
        for (std::size_t j = 0; j < 128; ++j) {
            double hidden = static_cast<double>(a[j]) + static_cast<double>(c[128 + j]), asked = 0;
            for (const std::uint16_t row : pairs[i].features)
                hidden += tensors.at("coref.features.weight")[row][j];
            for (std::size_t k = 0; k < 128; ++k)
                asked += tensors.at("coref.product.weight")[j][k] * static_cast<double>(a[256 + k]);
            expected += std::max(hidden, 0.0) * tensors.at("coref.output.weight")[0][j] +
                        asked * static_cast<double>(c[256 + j]);
        }
        CHECK(static_cast<double>(scores[i]) == Approx(expected).margin(1e-3));
    }
    pairs[0].features[3] = 7;
    CHECK_THROWS_AS(scorer.score(mentions, pairs), ContractViolation);
}
