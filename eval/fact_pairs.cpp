// SPDX-License-Identifier: Apache-2.0
#include "eval/fact_pairs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "eval/text_files.hpp"

namespace relata::eval {
namespace {

bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           static_cast<unsigned char>(byte) >= 0x80;
}

// Whole words alone: "Oslo" does not stand in "Oslofjord".
bool whole_words(std::string_view text, std::size_t at, std::size_t size) {
    const bool left = at > 0 && is_word_byte(text[at]) && is_word_byte(text[at - 1]);
    const std::size_t end = at + size;
    const bool right = end < text.size() && is_word_byte(text[end - 1]) && is_word_byte(text[end]);
    return !left && !right;
}

std::optional<ByteSpan> nth_place(std::string_view text, std::string_view surface, std::size_t which) {
    if (surface.empty()) return std::nullopt;
    for (std::size_t at = text.find(surface); at != std::string_view::npos; at = text.find(surface, at + 1)) {
        if (!whole_words(text, at, surface.size()) || --which > 0) continue;
        return ByteSpan{at, at + surface.size()};
    }
    return std::nullopt;
}

// "MONEY:$3 million", "it#2 => Tolm": the words of the sentence and which of their occurrences.
std::optional<ByteSpan> argument_place(std::string_view sentence, std::string_view argument) {
    argument = split(argument, " => ").front();
    if (const std::size_t colon = argument.find(':');
        colon != std::string_view::npos && parse_value_kind(argument.substr(0, colon)))
        argument = argument.substr(colon + 1);
    std::size_t which = 1;
    if (const std::size_t mark = argument.rfind('#'); mark != std::string_view::npos) {
        const std::string_view number = argument.substr(mark + 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), which);
        if (error == std::errc() && end == number.data() + number.size() && which > 0)
            argument = argument.substr(0, mark);
        else
            which = 1;
    }
    return nth_place(sentence, argument, which);
}

ByteSpan moved(ByteSpan span, std::size_t by) {
    return {span.begin + by, span.end + by};
}

bool is_preposition(std::string_view word) {
    static constexpr std::array<std::string_view, 9> prepositions = {"of",   "in", "at",   "for", "on",
                                                                     "from", "to", "with", "by"};
    return std::find(prepositions.begin(), prepositions.end(), word) != prepositions.end();
}

// The last word before a preposition: of "deputy head of the port" the head is "head".
ByteSpan head_word(std::string_view text, ByteSpan span) {
    ByteSpan head{span.begin, span.begin};
    std::size_t at = span.begin;
    while (at < span.end) {
        const std::size_t end = std::min(text.find(' ', at), span.end);
        const std::string_view word = text.substr(at, end - at);
        if (!head.empty() && is_preposition(word)) break;
        if (end > at) head = {at, end};
        at = end + 1;
    }
    return head;
}

std::string_view article_of(std::string_view id) {
    return id.substr(0, std::min(id.find(':'), id.size()));
}

// The facts of a sentence as (subject, object) pairs with all that is said of each.
struct GoldPair {
    ByteSpan subject, object;
    std::vector<const PairFact*> facts;
    bool found = false;
};

class PairScorer {
  public:
    PairScorer(const PairDocument& gold, const AnalysedDocument& analysed, const RelationTable& relations,
               const RelationSynonyms& synonyms, PairScores& scores)
        : gold_(gold), analysed_(analysed), relations_(relations), synonyms_(synonyms), scores_(scores) {}

    void run() {
        for (const PairSentence& sentence : gold_.sentences) score(sentence);
    }

  private:
    // The ontology's name; swapped says that it stands the other way round.
    std::pair<std::string, bool> ontology_name(const std::string& relation) const {
        const auto found = synonyms_.find(relation);
        if (found == synonyms_.end()) return {relation, false};
        if (found->second.starts_with('~')) return {found->second.substr(1), true};
        return {found->second, false};
    }

    std::vector<GoldPair> gold_pairs(const PairSentence& sentence) const {
        std::map<std::pair<ByteSpan, ByteSpan>, GoldPair> pairs;
        for (const PairFact& fact : sentence.facts) {
            const bool swapped = ontology_name(fact.relation).second;
            const ByteSpan subject = swapped ? fact.object : fact.subject;
            const ByteSpan object = swapped ? fact.subject : fact.object;
            GoldPair& pair = pairs[{subject, object}];
            pair.subject = subject;
            pair.object = object;
            pair.facts.push_back(&fact);
        }
        std::vector<GoldPair> result;
        for (auto& [ends, pair] : pairs) result.push_back(std::move(pair));
        return result;
    }

    // One edge a pair of places, the surest.
    std::vector<const FactMention*> edges(const PairSentence& sentence) const {
        std::map<std::pair<ByteSpan, ByteSpan>, const FactMention*> edges;
        for (const FactMention& fact : analysed_.facts) {
            if (!fact.object || !sentence.span.contains(fact.subject.span) ||
                !sentence.span.contains(fact.object->span) || !is_fact(fact))
                continue;
            const auto [at, fresh] = edges.try_emplace({fact.subject.span, fact.object->span}, &fact);
            if (!fresh && fact.confidence > at->second->confidence) at->second = &fact;
        }
        std::vector<const FactMention*> result;
        for (const auto& [ends, fact] : edges) result.push_back(fact);
        return result;
    }

    // What the graph keeps, and typed facts about pronouns that nothing resolves; bare propositions are no
    // facts.
    static bool is_fact(const FactMention& fact) {
        const auto known = [](const Argument& argument) { return argument.mention || argument.value; };
        return fact.for_graph || (!fact.relation.name.empty() && known(fact.subject) && known(*fact.object));
    }

    // The heads lie in one another.
    bool same_place(const Argument& argument, ByteSpan gold) const {
        if (!argument.mention) return argument.span.overlaps(gold);
        const Mention& mention = analysed_.mentions[*argument.mention];
        const ByteSpan head = analysed_.sentences[mention.sentence].tokens.at(mention.head).span;
        return gold.overlaps(head) && argument.span.overlaps(head_word(analysed_.document.text, gold));
    }

    bool is_symmetric(const FactMention& edge, const GoldPair& pair) const {
        const auto symmetric = [this](const std::string& name) {
            const auto found = relations_.find(name);
            return found != relations_.end() && found->second.symmetric;
        };
        return symmetric(edge.relation.name) ||
               std::any_of(pair.facts.begin(), pair.facts.end(), [&](const PairFact* fact) {
                   return symmetric(ontology_name(fact->relation).first);
               });
    }

    void score(const PairSentence& sentence) {
        std::vector<GoldPair> pairs = gold_pairs(sentence);
        scores_.pairs.gold += pairs.size();
        for (const FactMention* edge : edges(sentence)) {
            ++scores_.pairs.predicted;
            const auto at = std::find_if(pairs.begin(), pairs.end(), [&](const GoldPair& pair) {
                if (pair.found) return false;
                if (same_place(edge->subject, pair.subject) && same_place(*edge->object, pair.object))
                    return true;
                return is_symmetric(*edge, pair) && same_place(edge->subject, pair.object) &&
                       same_place(*edge->object, pair.subject);
            });
            if (at == pairs.end()) {
                remark("spurious ", sentence, text(edge->subject.span), name(*edge), text(edge->object->span),
                       "");
                continue;
            }
            at->found = true;
            ++scores_.pairs.right;
            judge_name(*edge, *at, sentence);
        }
        for (const GoldPair& pair : pairs)
            if (!pair.found)
                remark("missed   ", sentence, text(pair.subject), pair.facts.front()->relation,
                       text(pair.object), "");
    }

    void judge_name(const FactMention& edge, const GoldPair& pair, const PairSentence& sentence) {
        bool relation = false, trigger = false, both = false;
        for (const PairFact* fact : pair.facts) {
            const bool words = same_trigger(edge, *fact);
            const bool label = same_name(edge, *fact, words);
            relation = relation || label;
            trigger = trigger || words;
            both = both || (label && words);
        }
        scores_.relation_right += relation ? 1 : 0;
        scores_.trigger_right += trigger ? 1 : 0;
        scores_.both_right += both ? 1 : 0;
        if (!both)
            remark("relation ", sentence, text(pair.subject), pair.facts.front()->relation, text(pair.object),
                   "  <- " + name(edge) + (relation ? " (trigger)" : ""));
    }

    // At least half of the annotated words, or none on either side. A preposition alone ("the port in Oslo")
    // is position, and so is a word that is an argument itself ("Judge Lind").
    bool same_trigger(const FactMention& edge, const PairFact& fact) const {
        const ByteSpan said = edge.relation.span;
        const bool by_position =
            said.empty() || edge.subject.span.contains(said) || edge.object->span.contains(said);
        std::vector<ByteSpan> words;
        for (const ByteSpan word : fact.trigger)
            if (!is_preposition(word.of(analysed_.document.text))) words.push_back(word);
        if (words.empty()) return by_position || fact.trigger.size() == covered(fact.trigger, said);
        return 2 * covered(words, said) >= words.size();
    }

    static std::size_t covered(const std::vector<ByteSpan>& words, ByteSpan said) {
        return static_cast<std::size_t>(
            std::count_if(words.begin(), words.end(), [said](ByteSpan word) { return said.overlaps(word); }));
    }

    // An open relation is named by its words; so is one that the ontology does not have.
    bool same_name(const FactMention& edge, const PairFact& fact, bool same_words) const {
        const std::string wanted = ontology_name(fact.relation).first;
        if (edge.relation.name.empty() && same_words && !fact.trigger.empty()) return true;
        for (const std::string& name : {edge.relation.name, edge.relation.text})
            for (const std::string& gold : {wanted, fact.relation})
                if (!name.empty() && same_relation(name, gold, ObjectSort::time_or_place)) return true;
        const auto found = relations_.find(edge.relation.name);
        return found != relations_.end() &&
               same_relation(found->second.label, wanted, ObjectSort::time_or_place);
    }

    static std::string name(const FactMention& edge) { return edge.relation.name + '/' + edge.relation.text; }
    std::string text(ByteSpan span) const { return std::string(span.of(analysed_.document.text)); }

    void remark(const char* what, const PairSentence& sentence, const std::string& subject,
                const std::string& relation, const std::string& object, const std::string& more) {
        scores_.remarks.push_back(what + sentence.id + ": " + subject + " | " + relation + " | " + object +
                                  more + "  :: " + text(sentence.span));
    }

    const PairDocument& gold_;
    const AnalysedDocument& analysed_;
    const RelationTable& relations_;
    const RelationSynonyms& synonyms_;
    PairScores& scores_;
};

}  // namespace

bool in_held_out_eighth(std::string_view article) {
    std::uint32_t hash = 2166136261U;
    for (const char byte : article) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    return hash % 8 == 0;
}

std::vector<PairDocument> read_pair_documents(std::span<const NamedText> names,
                                              std::span<const NamedText> facts,
                                              const std::function<bool(std::string_view)>& wanted) {
    std::vector<PairDocument> documents;
    std::map<std::string, std::size_t, std::less<>> by_article;
    std::map<std::string, std::pair<std::size_t, std::size_t>, std::less<>> by_id;  // document, sentence
    for (const NamedText& file : names) {
        std::size_t line_number = 0;
        each_line(file.text, [&](std::string_view line) {
            ++line_number;
            if (line.empty()) return;
            const auto columns = split(line, "\t");
            if (columns.size() < 2)
                throw InputError(file.source, "a sentence needs an id and a text", line_number);
            const std::string_view article = article_of(columns[0]);
            if (!wanted(article) || columns[1].empty()) return;
            const auto [at, fresh] = by_article.try_emplace(std::string(article), documents.size());
            if (fresh) documents.emplace_back().document.source = article;
            PairDocument& paired = documents[at->second];
            std::string& text = paired.document.text;
            if (!text.empty()) text += "\n\n";
            const ByteSpan span{text.size(), text.size() + columns[1].size()};
            text += columns[1];
            paired.document.blocks.push_back({span, BlockKind::paragraph});
            by_id.try_emplace(std::string(columns[0]), at->second, paired.sentences.size());
            paired.sentences.push_back({std::string(columns[0]), span, {}});
        });
    }
    for (const NamedText& file : facts) {
        std::size_t line_number = 0;
        each_line(file.text, [&](std::string_view line) {
            ++line_number;
            if (line.empty()) return;
            const auto columns = split(line, "\t");
            if (columns.size() < 5) throw InputError(file.source, "a fact needs five columns", line_number);
            const auto found = by_id.find(columns[0]);
            if (found == by_id.end()) return;
            PairDocument& paired = documents[found->second.first];
            PairSentence& sentence = paired.sentences[found->second.second];
            const std::string_view text = sentence.span.of(paired.document.text);
            const auto subject = argument_place(text, columns[1]), object = argument_place(text, columns[3]);
            if (!subject || !object) return;
            PairFact fact;
            fact.relation = columns[2];
            fact.subject = moved(*subject, sentence.span.begin);
            fact.object = moved(*object, sentence.span.begin);
            for (const std::string_view word : split_blanks(columns[4]))
                if (const auto place = nth_place(text, word, 1))
                    fact.trigger.push_back(moved(*place, sentence.span.begin));
            sentence.facts.push_back(std::move(fact));
        });
    }
    for (PairDocument& paired : documents)
        paired.document.id = make_document_id(paired.document.source, paired.document.text);
    return documents;
}

RelationSynonyms read_relation_synonyms(std::string_view text, const std::string& source) {
    RelationSynonyms synonyms;
    std::size_t line_number = 0;
    each_line(text, [&](std::string_view line) {
        ++line_number;
        if (line.empty() || line.front() == '#') return;
        const auto columns = split(line, "\t");
        if (columns.size() != 2)
            throw InputError(source, "expected two names with a tab between", line_number);
        synonyms.emplace(columns[0], columns[1]);
    });
    return synonyms;
}

PairScores score_pairs(std::span<const PairDocument> gold, std::span<const AnalysedDocument> analysed,
                       const RelationTable& relations, const RelationSynonyms& synonyms) {
    RELATA_EXPECTS(gold.size() == analysed.size());
    PairScores scores;
    for (std::size_t d = 0; d < gold.size(); ++d)
        PairScorer(gold[d], analysed[d], relations, synonyms, scores).run();
    return scores;
}

std::vector<Score> pair_rows(const PairScores& scores) {
    const std::string corpus = "facts, held-out eighth";
    return {{corpus, "directed pairs F1", scores.pairs.f1(), 70.0},
            {corpus, "precision", scores.pairs.precision()},
            {corpus, "recall", scores.pairs.recall()},
            {corpus, "trigger and relation right", percentage(scores.both_right, scores.pairs.right), 80.0},
            {corpus, "relation right", percentage(scores.relation_right, scores.pairs.right)},
            {corpus, "trigger right", percentage(scores.trigger_right, scores.pairs.right)}};
}

}  // namespace relata::eval
