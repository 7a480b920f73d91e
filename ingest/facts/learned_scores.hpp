// SPDX-License-Identifier: Apache-2.0
// LearnedScores: what the fact heads say of a document, in terms of its mentions and values. Computed once a
// document, after mentions and before chains are known.
#pragma once

#include <cstddef>
#include <vector>

#include "ingest/facts/document_view.hpp"
#include "ingest/language/fact_heads.hpp"

namespace relata::ingest {

// What a scored pair links: a mention of the document or a value of the sentence.
struct Candidate {
    std::size_t mention = k_none;  // index in AnalysedDocument::mentions
    std::size_t value = k_none;    // index in DocumentView::values of the sentence
    std::size_t head = 0;          // token
};

class LearnedScores {
  public:
    // No heads or no vectors: empty.
    LearnedScores() = default;
    LearnedScores(const DocumentView& view, const FactHeads& heads, const WordVectors& vectors);

    bool empty() const { return heads_ == nullptr; }
    const FactHeads& heads() const { return *heads_; }
    // Mentions of the sentence in their order, then its values.
    const std::vector<Candidate>& candidates(std::size_t sentence) const { return candidates_[sentence]; }
    // Pairs of candidates, by subject and object; unlikely ones are left out.
    const std::vector<ScoredPair>& pairs(std::size_t sentence) const { return scores_.pairs[sentence]; }
    // The pair, or nullptr when it is unlikely.
    const ScoredPair* pair(std::size_t sentence, std::size_t subject, std::size_t object) const;
    // Index of the candidate with that mention or value, or k_none.
    std::size_t candidate(std::size_t sentence, std::size_t mention, std::size_t value) const;
    // FactHeads::k_coreference_columns numbers of each mention; empty when the weights have no such head.
    std::vector<const float*> coreference_rows() const;

  private:
    const FactHeads* heads_ = nullptr;
    std::vector<std::vector<Candidate>> candidates_;
    std::vector<std::size_t> rows_;  // of each mention in FactScores::coreference
    FactScores scores_;
};

}  // namespace relata::ingest
