// SPDX-License-Identifier: Apache-2.0
// From scores to decisions: the best tree, the best name spans, lemmas from edit scripts. Pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relata::ingest {

// The best tree with exactly one child of the root, as heads: 0 is the root, i + 1 is word i. scores[d * (n +
// 1) + h] says how well h heads word d. Chu and Liu 1965, Edmonds 1967; the single root as in Zmigrod, Vieira
// and Cotterell 2020 (arcs from the root cost more than any tree can gain). O(n³) at worst, O(n²) as a rule.
std::vector<std::size_t> best_tree(std::span<const float> scores, std::size_t n);

// The labels of a BIO tagger.
class BioLabels {
  public:
    // Names such as "O", "B-ORG", "I-ORG". Throws Error on anything else, and on an I- without its B-.
    explicit BioLabels(const std::vector<std::string>& names);

    std::size_t size() const { return begin_.size(); }
    const std::vector<std::string>& types() const { return types_; }

    struct Name {
        std::size_t first = 0, last = 0;  // words, half open
        std::vector<float> types;  // log probability of each type over this span, normalised over the types
        float score = 0;           // probability that this span is a name of the best type
    };
    // The most probable legal sequence (Viterbi: I-X only behind B-X or I-X). logits[word * stride + label].
    std::vector<Name> best_names(const float* logits, std::size_t words, std::size_t stride) const;

  private:
    static constexpr std::size_t k_outside = static_cast<std::size_t>(-1);
    std::vector<std::string> types_;
    std::vector<std::size_t> type_;  // of each label, k_outside for O
    std::vector<bool> begin_;        // B- or O
    std::size_t outside_ = 0;
    std::vector<std::size_t> begins_, insides_;  // labels of each type
};

// Universal and Penn tags are two views of one decision: the best pair that UD's conversion table allows.
class TagPairs {
  public:
    // Penn tags that the table does not know go with every universal tag.
    TagPairs(const std::vector<std::string>& upos, const std::vector<std::string>& xpos);
    struct Pair {
        std::size_t upos = 0, xpos = 0;
    };
    Pair best(const float* upos_logits, const float* xpos_logits) const;

  private:
    std::vector<std::vector<std::size_t>> allowed_;  // universal tags of each Penn tag
};

// "l:0::3:y": how a lemma comes from a form. model/FORMAT.md has the grammar.
class LemmaScript {
  public:
    // Throws Error when the script is malformed.
    explicit LemmaScript(std::string_view script);
    std::string apply(std::string_view form) const;

  private:
    bool whole_ = false;
    char casing_ = 'k';
    std::size_t cut_front_ = 0, cut_back_ = 0;
    std::u32string front_, back_;
    std::string lemma_;
};

}  // namespace relata::ingest
