// SPDX-License-Identifier: Apache-2.0
// Scores the facts that go into a graph against gold facts (gold_facts.hpp), article by article, by the rules
// of FactMatcher; says where misses come from and which relations are confused, and how far confidence can be
// trusted.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/analysed_document.hpp"
#include "eval/fact_matcher.hpp"
#include "eval/score.hpp"

namespace relata::eval {

struct FactTally {
    std::size_t gold = 0;
    std::size_t full = 0, vague = 0, pair = 0;
    void count(FactLevel level);
};

// Edges of one stretch of confidence, the width of a tenth.
struct ConfidenceBin {
    std::size_t edges = 0, full = 0, vague = 0;
    double confidence = 0;  // sum over the edges
};

struct RelationTally {
    std::size_t gold = 0, gold_found = 0;    // facts of that name, found: full or vague
    std::size_t edges = 0, edges_found = 0;  // edges of that name
};

struct FactScores {
    FactTally key, all;
    std::map<std::string, FactTally> by_difficulty;   // of all facts
    std::map<Cause, std::size_t> key_causes, causes;  // of facts that are not full
    std::size_t edges = 0;                            // facts for the graph
    std::size_t edges_full = 0, edges_vague = 0, edges_pair = 0;
    std::size_t traps = 0, traps_fallen = 0;
    std::size_t timed = 0, timed_right = 0;  // full facts with a time in the gold
    std::size_t articles = 0;
    std::array<ConfidenceBin, 10> bins;
    std::map<std::string, RelationTally> relations;
    std::map<std::pair<std::string, std::string>, std::size_t> confused;  // gold relation, the edge's instead
    // One line a fact that is not full ("missed …", "vague …"), an unmatched edge ("edge …") or a trap ("trap
    // …").
    std::vector<std::string> remarks;

    FactScores& operator+=(const FactScores& other);
};

// Gives the analysed article: the file and, for a file of many records, the id of the record (else empty).
using ArticleExtractor =
    std::function<AnalysedDocument(const std::filesystem::path& article, const std::string& record)>;

// Scores all gold files (*.json with "facts") of `folder`, by name. The articles are looked for beside them
// and in ../articles. Throws InputError or IoError for a broken gold file.
FactScores score_facts(const std::filesystem::path& folder, const ArticleExtractor& extract,
                       const RelationTable& relations);

// Tables for people: by difficulty, by cause of the miss, by confidence.
std::string format_table(const std::string& title, const FactScores& scores);
// The relations missed most, those found wrongly most, and which stands for which.
std::string format_confusions(const FactScores& scores);
// The rows of the table of all parts, with their limits.
std::vector<Score> fact_rows(const FactScores& scores);

}  // namespace relata::eval
