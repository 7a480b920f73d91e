// SPDX-License-Identifier: Apache-2.0
// Scores typed facts as KnowledgeNet does (Mesquita et al.: KnowledgeNet, a benchmark dataset for knowledge
// base population, EMNLP 2019; method "span overlap"): fifteen properties of people and organisations in
// passages that are annotated exhaustively for some of them. A predicted fact is right when passage and
// property are equal and both spans overlap those of a gold fact; a wrong one counts only for properties
// annotated in its passage. Gold lists a fact once for every mention of its ends in the passage, so a
// predicted fact stands for all mentions of its chains.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"
#include "eval/language_scores.hpp"
#include "eval/score.hpp"

namespace relata::eval {

struct TypedFact {
    std::string property;  // "PLACE_OF_BIRTH"
    ByteSpan subject, object;
    auto operator<=>(const TypedFact&) const = default;
};

struct TypedPassage {
    ByteSpan span;
    std::set<std::string> annotated;  // properties
    std::vector<TypedFact> facts;
};

struct TypedDocument {
    Document document;  // one block a passage; what stands between them is blank
    std::vector<TypedPassage> passages;
};

// One JSON document a line; those of `fold`. Throws InputError{source, line}.
std::vector<TypedDocument> read_knowledgenet(std::string_view text, const std::string& source,
                                             std::size_t fold);

// What the facts of an analysed document say in terms of the properties, inside one passage; sorted, each
// once.
std::vector<TypedFact> typed_facts(const AnalysedDocument& analysed, ByteSpan passage);

struct TypedScores {
    std::map<std::string, Tally> by_property;
    Tally all;
    std::vector<std::string> remarks;  // "missed …" and "wrong …", one fact a line
};
// Documents in the same order on both sides.
TypedScores score_typed_facts(std::span<const TypedDocument> gold,
                              std::span<const AnalysedDocument> analysed);

// Extracts (`extract` analyses and fills facts in place) and scores.
TypedScores evaluate_typed_facts(std::span<const TypedDocument> gold,
                                 const std::function<void(std::span<AnalysedDocument>)>& extract);
std::vector<Score> typed_rows(const TypedScores& scores);

}  // namespace relata::eval
