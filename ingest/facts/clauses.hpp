// SPDX-License-Identifier: Apache-2.0
// Clauses: every verb, adjective or nominal predicate with its arguments by deep slot, whatever the surface:
// passives are turned round, relative pronouns stand for their antecedents, subjects are carried over
// coordination and control ("agreed to buy"), coordinated arguments are listed one by one. The tree proposes;
// the role labels of the analyser confirm an argument or supply one that the tree has lost.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ingest/facts/ontology.hpp"
#include "ingest/facts/sentence_tree.hpp"

namespace relata::ingest {

struct ClauseArgument {
    Slot slot = Slot::none;    // subject, object, iobject or preposition
    std::string preposition;   // for Slot::preposition: "with", "according to"
    std::size_t token = 0;     // head of the argument
    bool distributed = false;  // a further member of a coordination
    bool inherited = false;    // carried over from another clause
    bool confirmed = true;     // a role label stands there too, or there are no labels at all
    std::size_t via = k_none;  // object noun that it depends on: "filed a lawsuit against X"
};

struct Clause {
    std::size_t trigger = 0;
    std::string lemma;     // "buy"; "be guilty" for a copula
    std::string particle;  // "up" of "team up"
    bool passive = false;
    bool copular = false;
    bool progressive = false;  // "is leaving"
    std::vector<ClauseArgument> arguments;

    const ClauseArgument* find(Slot slot) const;
};

// In order of their triggers.
std::vector<Clause> find_clauses(const SentenceTree& tree);

// What a relative pronoun stands for ("the firm [which] …" -> firm), else the token itself.
std::size_t antecedent(const SentenceTree& tree, std::size_t token);
// The token and the further members of its coordination.
std::vector<std::size_t> coordination(const SentenceTree& tree, std::size_t token);
// Subjects as they stand, own or carried over; `own` tells which.
std::vector<std::size_t> surface_subjects(const SentenceTree& tree, std::size_t verb);
bool is_passive(const SentenceTree& tree, std::size_t verb);

}  // namespace relata::ingest
