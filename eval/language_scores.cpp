// SPDX-License-Identifier: Apache-2.0
#include "eval/language_scores.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/error.hpp"

namespace relata::eval {
namespace {

double percent(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// What two sorted sets share.
template <class T>
Tally compare(const std::set<T>& gold, const std::set<T>& predicted) {
    Tally tally;
    tally.gold = gold.size();
    tally.predicted = predicted.size();
    for (const T& item : predicted) tally.right += gold.count(item);
    return tally;
}

struct Word {
    const Token* token = nullptr;
    std::optional<ByteSpan> head;  // none for the root
};

// The words of a document by span.
std::map<ByteSpan, Word> words_of(const AnalysedDocument& analysed) {
    std::map<ByteSpan, Word> words;
    for (const Sentence& sentence : analysed.sentences) {
        for (const Token& token : sentence.tokens) {
            Word word;
            word.token = &token;
            if (token.head != k_root) word.head = sentence.tokens[token.head].span;
            words.emplace(token.span, word);
        }
    }
    return words;
}

std::set<ByteSpan> sentences_of(const AnalysedDocument& analysed) {
    std::set<ByteSpan> spans;
    for (const Sentence& sentence : analysed.sentences)
        if (!sentence.tokens.empty())
            spans.insert({sentence.tokens.front().span.begin, sentence.tokens.back().span.end});
    return spans;
}

void check_alignable(std::span<const AnalysedDocument> gold, std::span<const AnalysedDocument> predicted) {
    RELATA_EXPECTS(gold.size() == predicted.size());
    for (std::size_t d = 0; d < gold.size(); ++d)
        RELATA_EXPECTS(gold[d].document.text == predicted[d].document.text);
}

}  // namespace

double Tally::precision() const {
    return percent(right, predicted);
}
double Tally::recall() const {
    return percent(right, gold);
}
double Tally::f1() const {
    return percent(2 * right, predicted + gold);
}
Tally& Tally::operator+=(const Tally& other) {
    right += other.right;
    predicted += other.predicted;
    gold += other.gold;
    return *this;
}

TreeScores score_trees(std::span<const AnalysedDocument> gold, std::span<const AnalysedDocument> predicted) {
    check_alignable(gold, predicted);
    TreeScores scores;
    for (std::size_t d = 0; d < gold.size(); ++d) {
        const auto truth = words_of(gold[d]), guess = words_of(predicted[d]);
        scores.sentences += compare(sentences_of(gold[d]), sentences_of(predicted[d]));
        Tally words;
        words.gold = truth.size();
        words.predicted = guess.size();
        std::size_t upos = 0, xpos = 0, feats = 0, lemmas = 0, uas = 0, las = 0;
        for (const auto& [span, word] : guess) {
            const auto found = truth.find(span);
            if (found == truth.end()) continue;
            const Token &mine = *word.token, &theirs = *found->second.token;
            ++words.right;
            upos += mine.upos == theirs.upos;
            xpos += mine.xpos == theirs.xpos;
            feats += mine.feats == theirs.feats;
            // "_": the treebank gives none
            lemmas += theirs.lemma.empty() || mine.lemma == theirs.lemma;
            const bool attached = word.head == found->second.head;
            uas += attached;
            las += attached && mine.deprel == theirs.deprel;
        }
        const auto with = [&words](std::size_t right) { return Tally{right, words.predicted, words.gold}; };
        scores.tokens += words;
        scores.upos += with(upos);
        scores.xpos += with(xpos);
        scores.feats += with(feats);
        scores.lemmas += with(lemmas);
        scores.uas += with(uas);
        scores.las += with(las);
    }
    return scores;
}

std::optional<std::string> coarse_type(EntityType type) {
    switch (type) {
        case EntityType::PERSON:
            return "PER";
        case EntityType::ORG:
            return "ORG";
        case EntityType::GPE:
        case EntityType::LOC:
        case EntityType::FAC:
            return "LOC";
        default:
            return std::nullopt;
    }
}

NameScores score_names(std::span<const AnalysedDocument> gold, std::span<const AnalysedDocument> predicted,
                       const TypeLabel& label) {
    check_alignable(gold, predicted);
    using Name = std::pair<ByteSpan, std::string>;
    const auto names_of = [&label](const AnalysedDocument& analysed) {
        std::set<Name> names;
        for (const Mention& mention : analysed.mentions) {
            if (mention.kind != MentionKind::name) continue;
            if (const auto type = label(mention.type)) names.emplace(mention.span, *type);
        }
        return names;
    };
    NameScores scores;
    for (std::size_t d = 0; d < gold.size(); ++d) {
        const auto truth = names_of(gold[d]), guess = names_of(predicted[d]);
        scores.all += compare(truth, guess);
        std::set<ByteSpan> true_spans, guessed_spans;
        std::map<std::string, std::pair<std::set<Name>, std::set<Name>>> by_type;
        for (const Name& name : truth) {
            true_spans.insert(name.first);
            by_type[name.second].first.insert(name);
        }
        for (const Name& name : guess) {
            guessed_spans.insert(name.first);
            by_type[name.second].second.insert(name);
        }
        scores.spans += compare(true_spans, guessed_spans);
        for (const auto& [type, sides] : by_type) scores.by_type[type] += compare(sides.first, sides.second);
    }
    return scores;
}

RoleScores score_roles(std::span<const AnalysedDocument> gold, std::span<const AnalysedDocument> predicted) {
    check_alignable(gold, predicted);
    using Argument = std::tuple<ByteSpan, ByteSpan, std::string>;
    struct Side {
        std::set<ByteSpan> predicates;
        std::set<Argument> arguments, core;
    };
    const auto side_of = [](const AnalysedDocument& analysed) {
        Side side;
        for (const Sentence& sentence : analysed.sentences) {
            for (const Predicate& predicate : sentence.predicates) {
                const ByteSpan at = sentence.tokens[predicate.token].span;
                side.predicates.insert(at);
                for (const Role& role : predicate.roles) {
                    const Argument argument{at, sentence.tokens[role.token].span, role.label};
                    side.arguments.insert(argument);
                    if (role.label.size() == 4 && role.label.starts_with("ARG") && role.label[3] <= '5')
                        side.core.insert(argument);
                }
            }
        }
        return side;
    };
    RoleScores scores;
    for (std::size_t d = 0; d < gold.size(); ++d) {
        const Side truth = side_of(gold[d]), guess = side_of(predicted[d]);
        scores.predicates += compare(truth.predicates, guess.predicates);
        scores.arguments += compare(truth.arguments, guess.arguments);
        scores.core += compare(truth.core, guess.core);
    }
    return scores;
}

}  // namespace relata::eval
