// SPDX-License-Identifier: Apache-2.0
#include "eval/open_extraction.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <set>

#include "core/error.hpp"
#include "eval/text_files.hpp"

namespace relata::eval {
namespace {

using Words = std::vector<std::string_view>;

struct WordCounts {
    std::size_t common = 0, gold = 0, predicted = 0;
};

// How many gold words have a partner of their own among the predicted ones; removes those partners.
std::size_t take_common(const Words& gold, Words& predicted) {
    std::size_t common = 0;
    for (const std::string_view word : gold) {
        const auto partner = std::find(predicted.begin(), predicted.end(), word);
        if (partner == predicted.end()) continue;
        predicted.erase(partner);
        ++common;
    }
    return common;
}

// The relation's words; a predicted "be" also stands for one form of the verb.
std::size_t common_relation_words(const Words& gold, Words predicted) {
    static constexpr std::array<std::string_view, 8> forms = {"be",  "is",   "am",   "are",
                                                              "was", "were", "been", "being"};
    std::size_t common = take_common(gold, predicted);
    const bool left = std::find(predicted.begin(), predicted.end(), "be") != predicted.end();
    if (left && std::any_of(gold.begin(), gold.end(), [](std::string_view word) {
            return std::find(forms.begin(), forms.end(), word) != forms.end();
        }))
        ++common;
    return common;
}

// The first argument, and all others as one.
struct Arguments {
    Words first, others;
    bool has_others = false;

    explicit Arguments(const std::vector<std::string>& arguments) : has_others(arguments.size() > 1) {
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const Words words = split_blanks(arguments[i]);
            auto& into = i == 0 ? first : others;
            into.insert(into.end(), words.begin(), words.end());
        }
    }
};

TupleMatch match_words(const OpenTuple& gold, const OpenTuple& predicted, bool swapped) {
    const Words gold_relation = split_blanks(gold.relation), relation = split_blanks(predicted.relation);
    const std::size_t common_relation = common_relation_words(gold_relation, relation);
    if (common_relation == 0) return {};
    const Arguments wanted(gold.arguments);
    Arguments found(predicted.arguments);
    // A gold tuple with an object is not matched by one without.
    if (found.first.empty() || (wanted.has_others && !found.has_others)) return {};
    if (swapped && found.has_others) std::swap(found.first, found.others);
    WordCounts counts{common_relation, gold_relation.size(), relation.size()};
    const auto compare = [&counts](const Words& g, Words p) {
        counts.gold += g.size();
        counts.predicted += p.size();
        counts.common += take_common(g, p);
    };
    compare(wanted.first, found.first);
    if (wanted.has_others) compare(wanted.others, found.others);
    return {static_cast<double>(counts.common) / static_cast<double>(counts.predicted),
            static_cast<double>(counts.common) / static_cast<double>(counts.gold)};
}

// Gold tuples of speech have the words said before or behind the speaker.
bool tells_speech(const std::string& relation) {
    for (const char* verb : {"said", "told", "added", "adds", "says"})
        if (relation.find(verb) != std::string::npos) return true;
    return false;
}

using Matches = std::vector<std::vector<TupleMatch>>;  // [gold][predicted]

Matches all_matches(const OpenSentence& sentence) {
    Matches matches;
    for (const OpenTuple& gold : sentence.gold) {
        auto& row = matches.emplace_back();
        for (const OpenTuple& predicted : sentence.predicted) row.push_back(match_tuples(gold, predicted));
    }
    return matches;
}

// Precision of the pairs that come of taking the best pair again and again, each tuple once.
double one_to_one_precision(const Matches& matches, const std::vector<std::size_t>& columns) {
    std::set<std::size_t> used_rows, used_columns;
    double sum = 0;
    for (std::size_t pair = 0; pair < std::min(matches.size(), columns.size()); ++pair) {
        double best = -1;
        std::size_t best_row = 0, best_column = 0;
        for (std::size_t row = 0; row < matches.size(); ++row) {
            if (used_rows.contains(row)) continue;
            for (const std::size_t column : columns) {
                if (used_columns.contains(column) || matches[row][column].precision <= best) continue;
                best = matches[row][column].precision;
                best_row = row;
                best_column = column;
            }
        }
        used_rows.insert(best_row);
        used_columns.insert(best_column);
        sum += best;
    }
    return sum;
}

double best_recall_sum(const Matches& matches, const std::vector<std::size_t>& columns) {
    double sum = 0;
    for (const auto& row : matches) {
        double best = 0;
        for (const std::size_t column : columns) best = std::max(best, row[column].recall);
        sum += best;
    }
    return sum;
}

// Sums over sentences at one threshold.
struct Sums {
    double precision = 0, recall = 0;
    std::size_t predicted = 0;
};

// The sums of one sentence at each of its own thresholds, descending.
std::vector<std::pair<double, Sums>> sentence_sums(const OpenSentence& sentence) {
    const Matches matches = all_matches(sentence);
    std::set<double, std::greater<>> thresholds;
    for (const OpenTuple& tuple : sentence.predicted) thresholds.insert(tuple.confidence);
    std::vector<std::pair<double, Sums>> sums;
    for (const double threshold : thresholds) {
        std::vector<std::size_t> columns;
        for (std::size_t i = 0; i < sentence.predicted.size(); ++i)
            if (sentence.predicted[i].confidence >= threshold) columns.push_back(i);
        sums.push_back(
            {threshold,
             {one_to_one_precision(matches, columns), best_recall_sum(matches, columns), columns.size()}});
    }
    return sums;
}

double ratio(double part, std::size_t whole, double empty) {
    return whole == 0 ? empty : part / static_cast<double>(whole);
}

// Trapezoids from each point to the next with less recall, the last of them at precision 1 and recall 0.
double area_under(const std::vector<OpenPoint>& descending) {
    double area = 0;
    OpenPoint before{0, 1, 0};
    for (const OpenPoint& point : descending) {
        area += (point.recall - before.recall) * (point.precision + before.precision) / 2;
        before = point;
    }
    return area;
}

std::string shown(const OpenTuple& tuple) {
    std::string text = "(";
    for (std::size_t i = 0; i < tuple.arguments.size(); ++i) {
        if (i > 0) text += " | ";
        text += tuple.arguments[i];
        if (i == 0) text += " | " + tuple.relation;
    }
    return text + ")";
}

}  // namespace

double OpenPoint::f1() const {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

TupleMatch match_tuples(const OpenTuple& gold, const OpenTuple& predicted) {
    const TupleMatch straight = match_words(gold, predicted, false);
    if (!tells_speech(gold.relation)) return straight;
    const TupleMatch swapped = match_words(gold, predicted, true);
    return swapped.precision > straight.precision ? swapped : straight;
}

OpenScores score_open_extraction(std::span<const OpenSentence> sentences) {
    OpenScores scores;
    scores.sentences = sentences.size();
    // threshold -> what changes in the sums when the threshold falls to it
    std::map<double, Sums, std::greater<>> changes;
    for (const OpenSentence& sentence : sentences) {
        scores.gold += sentence.gold.size();
        scores.predicted += sentence.predicted.size();
        Sums before;
        for (const auto& [threshold, sums] : sentence_sums(sentence)) {
            Sums& change = changes[threshold];
            change.precision += sums.precision - before.precision;
            change.recall += sums.recall - before.recall;
            change.predicted += sums.predicted - before.predicted;
            before = sums;
        }
    }
    std::vector<OpenPoint> points;
    Sums sums;
    for (const auto& [threshold, change] : changes) {
        sums.precision += change.precision;
        sums.recall += change.recall;
        sums.predicted += change.predicted;
        points.push_back(
            {threshold, ratio(sums.precision, sums.predicted, 1), ratio(sums.recall, scores.gold, 0)});
        if (points.back().f1() >= scores.best.f1()) scores.best = points.back();
    }
    if (!points.empty()) scores.complete = points.back();
    scores.area = area_under(points);
    return scores;
}

std::vector<OpenSentence> read_open_gold(std::string_view text, const std::string& source) {
    std::vector<OpenSentence> sentences;
    std::map<std::string, std::size_t, std::less<>> places;
    std::size_t line_number = 0;
    each_line(text, [&](std::string_view line) {
        ++line_number;
        if (line.empty()) return;
        const auto columns = split(line, "\t");
        if (columns.size() < 3)
            throw InputError(source, "a tuple needs a relation and an argument", line_number);
        const auto [place, fresh] = places.try_emplace(std::string(columns[0]), sentences.size());
        if (fresh) sentences.push_back({std::string(columns[0]), {}, {}});
        sentences[place->second].gold.push_back(
            {std::string(columns[1]), {columns.begin() + 2, columns.end()}, 1});
    });
    return sentences;
}

OpenTuple open_tuple(const Proposition& proposition) {
    OpenTuple tuple;
    tuple.relation = proposition.relation.text;
    tuple.arguments.push_back(proposition.subject.text);
    if (proposition.object) tuple.arguments.push_back(proposition.object->text);
    for (const PropositionArgument& further : proposition.arguments)
        tuple.arguments.push_back(further.phrase.text);
    tuple.confidence = std::round(static_cast<double>(proposition.confidence) * 100) / 100;
    return tuple;
}

void extract_open(std::span<OpenSentence> sentences,
                  const std::function<void(std::span<AnalysedDocument>)>& extract) {
    std::vector<AnalysedDocument> documents(sentences.size());
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        Document& document = documents[i].document;
        document.text = sentences[i].text;
        document.source = std::to_string(i);
        document.id = make_document_id(document.source, document.text);
        document.blocks.push_back({{0, document.text.size()}, BlockKind::sentence});
    }
    extract(documents);
    for (std::size_t i = 0; i < sentences.size(); ++i)
        for (const Proposition& proposition : documents[i].propositions)
            sentences[i].predicted.push_back(open_tuple(proposition));
}

std::vector<Score> open_scores(std::span<const OpenSentence> sentences) {
    const OpenScores scores = score_open_extraction(sentences);
    const std::string corpus = "CaRB dev";
    return {{corpus, "F1", 100 * scores.best.f1(), 52.0},
            {corpus, "area under the curve", 100 * scores.area, 33.0},
            {corpus, "precision at the best F1", 100 * scores.best.precision},
            {corpus, "recall at the best F1", 100 * scores.best.recall},
            {corpus, "confidence there", 100 * scores.best.threshold},
            {corpus, "F1 of all tuples", 100 * scores.complete.f1()}};
}

std::vector<std::string> open_remarks(std::span<const OpenSentence> sentences) {
    std::vector<std::pair<double, std::string>> remarks;
    const auto add = [&remarks](double score, const char* what, const OpenTuple& tuple,
                                const OpenTuple* nearest, const OpenSentence& sentence) {
        char number[16];
        std::snprintf(number, sizeof number, "%.2f ", score);
        remarks.emplace_back(score, number + std::string(what) + shown(tuple) +
                                        (nearest ? "  ~ " + shown(*nearest) : std::string()) +
                                        "  :: " + sentence.text);
    };
    for (const OpenSentence& sentence : sentences) {
        const Matches matches = all_matches(sentence);
        for (std::size_t g = 0; g < sentence.gold.size(); ++g) {
            const auto& row = matches[g];
            const auto best = std::max_element(
                row.begin(), row.end(), [](const auto& a, const auto& b) { return a.recall < b.recall; });
            const OpenTuple* nearest =
                best == row.end() || best->recall == 0
                    ? nullptr
                    : &sentence.predicted[static_cast<std::size_t>(best - row.begin())];
            add(nearest ? best->recall : 0, "missed   ", sentence.gold[g], nearest, sentence);
        }
        for (std::size_t p = 0; p < sentence.predicted.size(); ++p) {
            double best = 0;
            const OpenTuple* nearest = nullptr;
            for (std::size_t g = 0; g < sentence.gold.size(); ++g) {
                if (matches[g][p].precision <= best) continue;
                best = matches[g][p].precision;
                nearest = &sentence.gold[g];
            }
            add(best, "spurious ", sentence.predicted[p], nearest, sentence);
        }
    }
    std::stable_sort(remarks.begin(), remarks.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> lines;
    for (auto& [score, line] : remarks) lines.push_back(std::move(line));
    return lines;
}

}  // namespace relata::eval
