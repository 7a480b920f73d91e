// SPDX-License-Identifier: Apache-2.0
// NominalRelations: facts that stand in noun phrases without a role: event nouns ("Halden's acquisition of
// Klinova"), possessives, compounds ("the Oslo-based Klinova"), demonyms, kinds ("Klinova, a brewery"),
// places inside places, parentheses and ages.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/document_view.hpp"
#include "ingest/facts/fact_builder.hpp"
#include "ingest/facts/ontology.hpp"

namespace relata::ingest {

class NominalRelations {
  public:
    NominalRelations(DocumentView& view, const Ontology& ontology, FactBuilder& builder)
        : view_(view), ontology_(ontology), builder_(builder) {}

    // Adds the facts of one sentence to the document.
    void read(std::size_t sentence);

  private:
    void event_noun(std::size_t noun);
    std::vector<std::size_t> noun_slot(std::size_t noun, const std::vector<PatternArgument>& slots) const;
    void kind(std::size_t noun);
    Resolved kind_phrase(std::size_t noun) const;
    void possessive(std::size_t token);
    void compound(std::size_t token);
    void origin(std::size_t token);
    bool hyphenated(std::size_t adjective, const std::vector<std::size_t>& described);
    void place_of(std::size_t token);
    void inside(std::size_t token, const Resolved& thing, std::size_t where, const Resolved& place);
    void affiliation(const Resolved& person, std::size_t token, std::size_t with, const Resolved& other);
    void parenthesis(std::size_t token);
    void age(std::size_t token);

    std::vector<std::size_t> names_behind(std::size_t noun) const;
    Resolved resolve(std::size_t token) const { return builder_.resolve(sentence_, token); }

    DocumentView& view_;
    const Ontology& ontology_;
    FactBuilder& builder_;
    std::size_t sentence_ = 0;
    const SentenceTree* tree_ = nullptr;
};

}  // namespace relata::ingest
