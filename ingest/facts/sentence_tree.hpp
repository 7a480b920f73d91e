// SPDX-License-Identifier: Apache-2.0
// SentenceTree: a sentence with its children lists and lower-case lemmas, the shape in which all rules read
// it. Regular verbs that lost too much of their ending get their base form back; "the carmaker Halden"
// with two subjects in a row is read as an apposition. Broken heads (out of range, cycles) become roots, so
// that walks up and down always end. Refers to the Sentence and the text; both must outlive it.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.hpp"

namespace relata::ingest {

inline constexpr std::size_t k_none = static_cast<std::size_t>(-1);

class SentenceTree {
  public:
    SentenceTree(const Sentence& sentence, std::string_view text);

    const Sentence& sentence() const { return *sentence_; }
    std::string_view text() const { return text_; }
    std::size_t size() const { return sentence_->tokens.size(); }
    const Token& token(std::size_t i) const { return sentence_->tokens[i]; }
    std::string_view form(std::size_t i) const { return token(i).span.of(text_); }
    // Lower case.
    std::string_view lemma(std::size_t i) const { return lemmas_[i]; }
    Upos upos(std::size_t i) const { return token(i).upos; }
    // Head, or k_none at a root.
    std::size_t head(std::size_t i) const { return heads_[i]; }
    const std::vector<std::size_t>& children(std::size_t i) const { return children_[i]; }
    // The whole relation, "nsubj:pass".
    std::string_view relation(std::size_t i) const { return relations_[i]; }
    // True for "nsubj" and "nsubj:pass" when `name` is "nsubj"; a name with a colon must be equal.
    bool is(std::size_t i, std::string_view name) const;
    bool is_any(std::size_t i, std::initializer_list<std::string_view> names) const;
    // First child with that relation, or k_none.
    std::size_t child(std::size_t i, std::string_view name) const;
    bool has_child_lemma(std::size_t i, std::string_view relation, std::string_view lemma) const;
    bool has_lemma(std::size_t i, std::initializer_list<std::string_view> lemmas) const;
    // True when `i` is `ancestor` or below it.
    bool below(std::size_t i, std::size_t ancestor) const;
    // Lemmas of the case markers of a nominal joined by a blank ("out of", "according to"), or empty.
    std::string preposition(std::size_t i) const;
    // Leftmost and one behind the rightmost token of the subtree.
    std::size_t leftmost(std::size_t i) const { return left_[i]; }
    std::size_t behind(std::size_t i) const { return right_[i] + 1; }
    // First token of [first, last) whose own head lies outside.
    std::size_t head_of(std::size_t first, std::size_t last) const;
    // Bytes of tokens [first, last).
    ByteSpan span(std::size_t first, std::size_t last) const;
    // Penn tag equals one of these.
    bool has_tag(std::size_t i, std::initializer_list<std::string_view> tags) const;
    bool has_feature(std::size_t i, std::string_view feature) const;

  private:
    const Sentence* sentence_;
    std::string_view text_;
    std::vector<std::string> lemmas_;
    std::vector<std::size_t> heads_;
    std::vector<std::string_view> relations_;
    std::vector<std::vector<std::size_t>> children_;
    std::vector<std::size_t> left_, right_;
};

// ASCII lower case, and of two-byte Latin letters; enough to compare words.
std::string lower(std::string_view text);

}  // namespace relata::ingest
