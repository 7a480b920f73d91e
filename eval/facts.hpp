// SPDX-License-Identifier: Apache-2.0
// Scores extracted facts against gold facts: one JSON file an article with entities (names, aliases), facts
// (subject, relation, accepted paraphrases, object, polarity, modality, key, difficulty) and traps (text that
// must not become a plain assertion). Entities match by normalised alias, values by number and unit,
// relations when the canonical name or the open phrase equals the gold relation or an accepted one, word
// forms apart. A program judges more strictly than a reader would: take the numbers as lower bounds.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/analysed_document.hpp"

namespace relata::eval {

// full: arguments, direction, relation, polarity and modality right. vague: the arguments and a generic
// relation, or a plan shown as done, or a former state as present. pair: an edge links the two in the right
// direction under another name. missed: the rest.
enum class FactLevel { missed, pair, vague, full };

struct FactTally {
    std::size_t gold = 0;
    std::size_t full = 0, vague = 0, pair = 0;
    void count(FactLevel level);
};

struct FactScores {
    FactTally key, all;
    std::map<std::string, FactTally> by_difficulty;  // of all facts
    std::size_t edges = 0;                           // facts for the graph
    std::size_t edges_full = 0, edges_vague = 0, edges_pair = 0;
    std::size_t traps = 0, traps_fallen = 0;
    std::size_t timed = 0, timed_right = 0;  // full facts with a time in the gold
    std::size_t articles = 0;
    // One line a missed fact ("missed …"), an unmatched edge ("edge …") or a trap ("trap …").
    std::vector<std::string> remarks;
};

// Gives the analysed article: the file and, for a file of many records, the id of the record (else empty).
using ArticleExtractor =
    std::function<AnalysedDocument(const std::filesystem::path& article, const std::string& record)>;

// Scores all gold files (*.json with "facts") of `folder`, by name. The articles are looked for beside them
// and in ../articles. Throws InputError or IoError for a broken gold file.
FactScores score_facts(const std::filesystem::path& folder, const ArticleExtractor& extract);

// A table of the scores for people.
std::string format_table(const std::string& title, const FactScores& scores);

}  // namespace relata::eval
