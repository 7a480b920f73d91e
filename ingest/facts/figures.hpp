// SPDX-License-Identifier: Apache-2.0
// Figures: what the numbers of a clause say of a company or competitor: revenue, profit and loss with their
// change, share prices, places in a competition. "Klinova's revenue rose 12% to $40 million", "Shares in
// Klinova closed 5% lower at 12 euros", "Klinova reported a profit of $4 million, up 8%", "Ana Lind finished
// third".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/document_view.hpp"
#include "ingest/facts/fact_builder.hpp"

namespace relata::ingest {

class Figures {
  public:
    // Keeps the references; both must outlive it.
    Figures(const DocumentView& view, FactBuilder& builder, std::size_t sentence)
        : view_(view), builder_(builder), sentence_(sentence), tree_(view.tree(sentence)) {}

    // Adds the facts of one clause to the document.
    void read(const Clause& clause, const Qualifiers& qualifiers) const;

  private:
    // A figure of an owner in one clause.
    struct Figure {
        std::string_view level, change;  // relations for the amount and for the percentage
        std::size_t noun = k_none;
        Resolved owner;
    };

    void moves(const Clause& clause, const Qualifiers& qualifiers) const;
    void company_moves(const Clause& clause, const Qualifiers& qualifiers) const;
    void reported(const Clause& clause, const Qualifiers& qualifiers) const;
    void rank(const Clause& clause, const Qualifiers& qualifiers) const;
    Resolved owner_of(std::size_t noun) const;
    void state_values(const Clause& clause, const Qualifiers& qualifiers, const Figure& figure) const;
    void state(std::string_view relation, const Clause& clause, const Qualifiers& qualifiers,
               const Figure& figure, const FoundValue& value) const;
    bool belongs(const FoundValue& value, std::size_t trigger, std::size_t noun) const;
    std::string_view before(const FoundValue& value) const;

    const DocumentView& view_;
    FactBuilder& builder_;
    std::size_t sentence_;
    const SentenceTree& tree_;
};

}  // namespace relata::ingest
