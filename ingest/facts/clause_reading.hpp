// SPDX-License-Identifier: Apache-2.0
// ClauseReading: what typed and open relations ask of a clause: which thing an argument stands for, the words
// and the phrase that express the relation, how sure an argument is. Refers to the view and the builder; both
// must outlive it.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/fact_builder.hpp"

namespace relata::ingest {

// Pairs of argument tokens of one clause, in either order.
class TokenPairs {
  public:
    void clear() { pairs_.clear(); }
    void add(std::size_t a, std::size_t b) { pairs_.emplace_back(a, b); }
    bool holds(std::size_t a, std::size_t b) const;

  private:
    std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

// 1 for an argument that stands in its clause and that a role label confirms; less for each doubt.
float certainty_of(const ClauseArgument& argument);

class ClauseReading {
  public:
    ClauseReading(const DocumentView& view, const FactBuilder& builder, std::size_t sentence)
        : view_(view), builder_(builder), sentence_(sentence), tree_(view.tree(sentence)) {}

    std::size_t sentence() const { return sentence_; }
    const SentenceTree& tree() const { return tree_; }

    // "the Klinova board", "shares in Klinova": no argument itself, but what it belongs to acts through it.
    Resolved resolve(std::size_t token) const;
    // Verb, particle and object noun.
    std::vector<std::size_t> words(const Clause& clause, std::size_t noun) const;
    // "file lawsuit against", "be founded in"
    std::string phrase(const Clause& clause, std::size_t noun, const std::string& preposition) const;

  private:
    const DocumentView& view_;
    const FactBuilder& builder_;
    std::size_t sentence_;
    const SentenceTree& tree_;
};

}  // namespace relata::ingest
