// SPDX-License-Identifier: Apache-2.0
// What the coreference scorer is told about a nominal or pronoun and each of its possible antecedents, as
// indices of rows of one embedding table (model/FORMAT.md, coref.features). Decisions of the scorer do not
// flow back into them: they follow from trees, quotations and the chains of the names alone, so training
// sees what the program sees.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/facts/document_view.hpp"
#include "ingest/facts/name_chains.hpp"
#include "ingest/facts/quotes.hpp"
#include "ingest/language/coreference_scorer.hpp"

namespace relata::ingest {

// Rows of the table, all groups together.
std::size_t coreference_feature_rows();

// What is known about one mention.
struct MentionTraits {
    enum class Pronoun : std::uint8_t { none, i, we, you, he, she, it, they };
    enum class Determiner : std::uint8_t { none, definite, indefinite, demonstrative, possessive, other };

    Pronoun pronoun = Pronoun::none;
    bool reflexive = false;
    Number number = Number::unknown;
    lexicon::Gender gender = lexicon::Gender::unknown;
    Determiner determiner = Determiner::none;
    std::uint8_t role = 0;      // of its phrase; a conjunct has that of the first one
    bool coordinated = false;   // one of several
    bool names_itself = false;  // "the city of Bodø": the phrase says what it means
    std::size_t quotation = k_none;
    std::size_t verb = k_none;  // token of the clause's predicate, or k_none
    std::string head;           // lower-case lemma of a nominal's head
    std::string modifiers;      // adjectives and compounds before it
};

class CandidateFinder {
  public:
    // All three must outlive the finder; chains that nominals and pronouns join later do not count.
    CandidateFinder(const DocumentView& view, const NameChains& names, const Quotations& quotations);

    // Pronouns, and nominals that may refer back (no "a company", no "every company").
    bool is_anaphor(std::size_t mention) const;
    // The nearest first; those behind a pronoun in its sentence ("When she left, Lind …") come last.
    std::vector<CoreferencePair> candidates(std::size_t anaphor) const;

    const MentionTraits& traits(std::size_t mention) const { return traits_[mention]; }
    // Both cannot be the same for grammar's sake: gender, number, two arguments of one verb, a phrase inside
    // the other's.
    bool excluded(std::size_t anaphor, std::size_t candidate) const;

  private:
    MentionTraits read(std::size_t mention) const;
    std::uint8_t match(std::size_t anaphor, std::size_t candidate) const;
    bool fits(std::size_t anaphor, std::size_t candidate) const;
    bool in_reach(std::size_t anaphor, std::size_t candidate) const;
    bool same_clause(std::size_t a, std::size_t b) const;
    bool nested(std::size_t a, std::size_t b) const;
    std::uint8_t quotation_relation(std::size_t anaphor, std::size_t candidate) const;
    CoreferencePair pair(std::size_t anaphor, std::size_t candidate, std::size_t mentions,
                         std::size_t rank) const;

    const DocumentView& view_;
    const NameChains& names_;
    const std::vector<std::size_t> chain_of_;  // as it was at first: nominals and pronouns have none
    const Quotations& quotations_;
    std::vector<MentionTraits> traits_;
    std::vector<std::uint16_t> seen_;  // names: how often the chain was mentioned before
    std::vector<bool> opening_;        // clusters: named in the first sentence
    std::vector<std::size_t> order_;   // mentions by sentence and head
    std::vector<std::size_t> place_;   // of each mention in order_
};

}  // namespace relata::ingest
