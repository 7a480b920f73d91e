// SPDX-License-Identifier: Apache-2.0
// RoleRelations: who is what to whom by a role noun: "Ana Lind, chief executive of Halden", "Halden's chief
// executive, Ana Lind", "Halden Chief Executive Ana Lind", "Ana Lind joined Halden as chief executive"; and
// the occupations of people without an employer in sight.
#pragma once

#include <cstddef>
#include <vector>

#include "ingest/facts/document_view.hpp"
#include "ingest/facts/fact_builder.hpp"
#include "ingest/facts/ontology.hpp"

namespace relata::ingest {

class RoleRelations {
  public:
    // Keeps the references; all must outlive it.
    RoleRelations(DocumentView& view, const Ontology& ontology, FactBuilder& builder)
        : view_(view), ontology_(ontology), builder_(builder) {}

    // Adds the facts of one sentence to the document.
    void read(std::size_t sentence);
    // After the last sentence: "Mayor Dahl" holds the office that the article gives its owner elsewhere.
    void infer_owners();

  private:
    struct Holder {
        std::size_t token = k_none;
        const char* how = "";
        float certainty = 1;
        std::size_t verb = k_none;  // the verb that gives the role: "joined as", "was appointed"
    };

    void roles(std::size_t noun);
    void role(std::size_t noun, const RolePattern& pattern, bool& found);
    bool role_matches(std::size_t noun, const RolePattern& pattern, std::vector<std::size_t>& words) const;
    std::vector<Holder> holders(std::size_t noun) const;
    // `share`: look also at the role noun's coordination and verb.
    std::vector<std::size_t> owners(std::size_t noun, std::size_t complement, bool share = true) const;
    void title(std::size_t noun, const std::vector<Holder>& who);
    ByteSpan title_span(std::size_t noun) const;
    bool holds_elsewhere(std::size_t relation, const Resolved& person, const Resolved& owner) const;
    bool is_kinship(std::size_t noun) const;
    Resolved resolve(std::size_t token) const { return builder_.resolve(sentence_, token); }

    // An office whose owner its sentence does not name.
    struct Ownerless {
        std::size_t sentence, noun, relation;
        Resolved person;
        Qualifiers qualifiers;
    };
    std::vector<Ownerless> ownerless_;

    DocumentView& view_;
    const Ontology& ontology_;
    FactBuilder& builder_;
    std::size_t sentence_ = 0;
    const SentenceTree* tree_ = nullptr;
};

}  // namespace relata::ingest
