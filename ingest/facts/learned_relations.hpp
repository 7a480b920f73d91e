// SPDX-License-Identifier: Apache-2.0
// LearnedRelations: facts that the heads find, beside those of the rules. Where both say the same of a pair
// they make one fact; a pair of which the heads think little loses confidence; pairs that no rule reaches
// become facts of their own. The heads name the pair, its words and its relation; the tree says what hangs on
// it (time, place, source), and both together with what reserve it is said.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ingest/facts/fact_builder.hpp"
#include "ingest/facts/learned_scores.hpp"
#include "ingest/facts/ontology.hpp"

namespace relata::ingest {

class LearnedRelations {
  public:
    // Refers to all four.
    LearnedRelations(DocumentView& view, const Ontology& ontology, const LearnedScores& scores,
                     FactBuilder& builder);

    // After the rules have read the sentence and before they read the next one.
    void read(std::size_t sentence);

  private:
    // The relation that a pair is given: one of the ontology, or a phrase.
    struct Named {
        std::size_t relation = k_none;  // index in the ontology, or k_none
        std::string phrase;
        float certainty = 0;
    };

    void judge_rules(std::size_t first_fact);
    void add_pair(const ScoredPair& pair, std::size_t first_fact);
    bool confirm(const ScoredPair& pair, const Resolved& subject, const Resolved& object,
                 std::size_t first_fact);
    std::optional<Named> name(const ScoredPair& pair, const Resolved& subject, const Resolved& object,
                              const std::vector<std::size_t>& words) const;
    bool triggered(std::size_t relation, const std::vector<std::size_t>& words) const;
    bool is_content(std::size_t token) const;
    std::vector<std::size_t> core_words(const std::vector<std::size_t>& words, const Resolved& subject,
                                        const Resolved& object) const;
    std::string phrase(const std::vector<std::size_t>& words) const;
    std::vector<std::size_t> relation_words(const ScoredPair& pair, const Resolved& subject,
                                            const Resolved& object) const;
    bool inside(const Resolved& argument, std::size_t word) const;
    bool undergoes(const std::vector<std::size_t>& words, const Resolved& object) const;
    std::vector<std::size_t> together(const std::vector<std::size_t>& words, std::size_t governor) const;
    std::size_t governor(const std::vector<std::size_t>& words, std::size_t subject,
                         std::size_t object) const;
    Qualifiers qualifiers(const ScoredPair& pair, std::size_t trigger) const;
    Resolved resolve(const Candidate& candidate) const;
    std::size_t candidate_of(const Argument& argument) const;

    DocumentView& view_;
    const Ontology& ontology_;
    const LearnedScores& scores_;
    FactBuilder& builder_;
    std::vector<std::size_t> in_ontology_;  // index of each label of the heads in the ontology, or k_none
    std::size_t sentence_ = 0;
    const SentenceTree* tree_ = nullptr;
};

}  // namespace relata::ingest
