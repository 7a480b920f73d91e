// SPDX-License-Identifier: Apache-2.0
// Scores of trees, names and roles as the field counts them. Gold and predicted documents come in the same
// order and share their text, so words, sentences and names are aligned by their byte spans; token borders
// may differ. Pure functions.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/analysed_document.hpp"

namespace relata::eval {

// Right, predicted and gold counts of anything that is found or not.
struct Tally {
    std::size_t right = 0, predicted = 0, gold = 0;
    double precision() const;  // all in per cent, 0 when nothing was there
    double recall() const;
    double f1() const;
    Tally& operator+=(const Tally& other);
};

// As the CoNLL 2018 shared task scores (Zeman et al. 2018): F1 over words; labels count on aligned words
// only, a head is right when it is aligned with the gold head; relations with their subtypes; punctuation
// counts.
struct TreeScores {
    Tally tokens, sentences, upos, xpos, feats, lemmas, uas, las;
};
TreeScores score_trees(std::span<const AnalysedDocument> gold, std::span<const AnalysedDocument> predicted);

// Name mentions with equal span and type. `label` merges types; nullopt leaves a mention out on both sides.
struct NameScores {
    Tally all, spans;  // spans: whatever their type
    std::map<std::string, Tally> by_type;
};
using TypeLabel = std::function<std::optional<std::string>(EntityType)>;
NameScores score_names(std::span<const AnalysedDocument> gold, std::span<const AnalysedDocument> predicted,
                       const TypeLabel& label);
// PER, ORG and LOC; GPE, LOC and FAC are LOC, other types are left out.
std::optional<std::string> coarse_type(EntityType type);

// Predicates, and (predicate, head word of the argument, role). core: ARG0 to ARG5 alone.
struct RoleScores {
    Tally predicates, arguments, core;
};
RoleScores score_roles(std::span<const AnalysedDocument> gold, std::span<const AnalysedDocument> predicted);

}  // namespace relata::eval
