// SPDX-License-Identifier: Apache-2.0
// Scores facts sentence by sentence against sentences annotated exhaustively: which ordered pairs of
// arguments are linked by a fact (directed-pair F1), and of those found, whether relation and trigger are
// right. An argument is found when its place overlaps the annotated one; symmetric relations may stand in
// either order.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"
#include "eval/fact_matcher.hpp"
#include "eval/language_scores.hpp"
#include "eval/score.hpp"

namespace relata::eval {

struct PairFact {
    std::string relation;  // as annotated: "partners_with"
    ByteSpan subject, object;
    std::vector<ByteSpan> trigger;  // its words; empty when only position says it
};

struct PairSentence {
    std::string id;  // "article:number", or the article's id alone
    ByteSpan span;   // in the document
    std::vector<PairFact> facts;
};

// An article, one block a sentence.
struct PairDocument {
    Document document;
    std::vector<PairSentence> sentences;
};

// The held-out eighth: FNV-1a (32 bits) of the article's id is divisible by eight.
bool in_held_out_eighth(std::string_view article);

// The sentences of the articles that `wanted` chooses: `names` are lines of id TAB text TAB …, `facts` lines
// of id TAB subject TAB relation TAB object TAB trigger TAB …, where arguments are words of the sentence,
// "surface#2" its second occurrence, "surface => Name" a mention resolved, and "MONEY:surface" a value. Facts
// whose arguments do not stand in their sentence are left out. Throws InputError{source, line}.
struct NamedText {
    std::string source, text;
};
std::vector<PairDocument> read_pair_documents(std::span<const NamedText> names,
                                              std::span<const NamedText> facts,
                                              const std::function<bool(std::string_view)>& wanted);

// Names of relations in the annotation and the ontology's name for the same, "~" before a name that stands
// the other way round. An annotated name that is missing is its own.
using RelationSynonyms = std::map<std::string, std::string, std::less<>>;
// Lines of name TAB name. Throws InputError.
RelationSynonyms read_relation_synonyms(std::string_view text, const std::string& source);

struct PairScores {
    Tally pairs;                                                        // directed
    std::size_t relation_right = 0, trigger_right = 0, both_right = 0;  // of pairs.right
    std::vector<std::string> remarks;  // "missed …", "spurious …", "relation …"
};
PairScores score_pairs(std::span<const PairDocument> gold, std::span<const AnalysedDocument> analysed,
                       const RelationTable& relations, const RelationSynonyms& synonyms);

std::vector<Score> pair_rows(const PairScores& scores);

}  // namespace relata::eval
