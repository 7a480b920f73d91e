// SPDX-License-Identifier: Apache-2.0
// OpenRelations: facts of clauses for which the ontology has no relation: "Halden called off the strike",
// "Ana Lind drew support from Klinova". The relation is a normalised phrase; one of the ends must be known by
// name.
#pragma once

#include <cstddef>

#include "ingest/facts/clause_reading.hpp"
#include "ingest/facts/qualifiers.hpp"

namespace relata::ingest {

class OpenRelations {
  public:
    // Refers to all three.
    OpenRelations(const ClauseReading& reading, const DocumentView& view, FactBuilder& builder)
        : view_(view),
          builder_(builder),
          reading_(reading),
          sentence_(reading.sentence()),
          tree_(reading.tree()) {}

    // Adds what the clause says about pairs that are not in `known`.
    void read(const Clause& clause, const Qualifiers& qualifiers, const TokenPairs& known) const;

  private:
    bool quoted_apart(std::size_t a, std::size_t b) const;
    bool short_noun(std::size_t noun) const;

    const DocumentView& view_;
    FactBuilder& builder_;
    const ClauseReading& reading_;
    std::size_t sentence_;
    const SentenceTree& tree_;
};

}  // namespace relata::ingest
