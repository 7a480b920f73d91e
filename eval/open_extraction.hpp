// SPDX-License-Identifier: Apache-2.0
// Scores open information extraction as CaRB does (Bhardwaj, Aggarwal, Mausam: CaRB, a crowdsourced benchmark
// for open IE, EMNLP 2019), with the matching of its published scorer: a pair of tuples is compared token by
// token, relation with relation, first argument with first argument, all further arguments together; tuples
// whose relations share no word do not match. Recall takes for each gold tuple its best predicted tuple,
// which may serve several; precision matches one to one, best pairs first. Both are computed for every
// threshold of confidence, and the curve is closed at recall 0 with precision 1.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"
#include "eval/score.hpp"

namespace relata::eval {

struct OpenTuple {
    std::string relation;
    std::vector<std::string> arguments;  // subject first
    double confidence = 1;
};

// How much of the predicted tuple is in the gold tuple, and of the gold tuple in the predicted one; 0 to 1.
struct TupleMatch {
    double precision = 0, recall = 0;
};
TupleMatch match_tuples(const OpenTuple& gold, const OpenTuple& predicted);

struct OpenPoint {
    double threshold = 0, precision = 0, recall = 0;
    double f1() const;
};

struct OpenScores {
    OpenPoint best;      // with the highest F1
    OpenPoint complete;  // without a threshold
    double area = 0;     // under the curve of precision over recall
    std::size_t sentences = 0, gold = 0, predicted = 0;
};

// One sentence: its gold tuples and the predicted ones.
struct OpenSentence {
    std::string text;
    std::vector<OpenTuple> gold, predicted;
};
OpenScores score_open_extraction(std::span<const OpenSentence> sentences);

// Lines of sentence TAB relation TAB argument TAB …, the sentences in file order, each once. Throws
// InputError{source, line} for a line without an argument.
std::vector<OpenSentence> read_open_gold(std::string_view text, const std::string& source);

// The words of a proposition as `relata extract` prints them, its confidence in the two digits printed there.
OpenTuple open_tuple(const Proposition& proposition);

// Fills in the predicted tuples, as `relata extract --all` prints them for each sentence, a document of its
// own.
void extract_open(std::span<OpenSentence> sentences,
                  const std::function<void(std::span<AnalysedDocument>)>& extract);

// The rows of the table, with the floors for CaRB's dev half.
std::vector<Score> open_scores(std::span<const OpenSentence> sentences);

// The gold tuples found least and the predicted ones that fit least, one line each, worst first.
std::vector<std::string> open_remarks(std::span<const OpenSentence> sentences);

}  // namespace relata::eval
