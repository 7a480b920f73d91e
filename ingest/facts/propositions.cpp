// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/propositions.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/phrases.hpp"
#include "ingest/facts/qualifiers.hpp"

namespace relata::ingest {

namespace {

// Bounds chains of verbs: "had hoped to be able to start to …".
constexpr int k_depth = 6;

// One argument of a predicate before it is spelled out.
struct Piece {
    std::size_t head = k_none;
    std::string role;
    TokenSet tokens;
    TokenSet preposition;              // its case markers, which may move into the relation
    bool object = false;               // object or complement: stands first
    std::vector<std::size_t> members;  // heads of its coordination, itself first
};

// What a predicate says about its subject.
struct Frame {
    TokenSet relation;
    std::vector<Piece> pieces;
};

// What tells how far a proposition can be trusted.
struct Traits {
    enum class Kind { verb, copula, apposition, possessive } kind = Kind::verb;
    std::size_t sentence_words = 1, subject_words = 1, relation_words = 1, object_words = 0, arguments = 0;
    std::string_view dependency;  // of the predicate: "advcl"
    bool pronoun = false;         // subject
    bool name = false;            // subject
    bool infinitive = false;
    bool gerund = false;
    bool inherited = false;  // the subject stands with another predicate
    bool reserved = false;   // not asserted
};

// Logistic regression of the share of a proposition's words that annotators wrote, one to one, on the 484
// dev sentences of CaRB.
float confidence_of(const Traits& t) {
    const auto log_ratio = [](std::size_t words, double usual) {
        return std::log(static_cast<double>(std::max<std::size_t>(words, 1)) / usual);
    };
    double z = 0.33 - 0.45 * log_ratio(t.sentence_words, 20) - 0.16 * log_ratio(t.subject_words, 2);
    if (t.pronoun) z -= 0.25;
    if (t.name) z += 0.41;
    if (t.kind == Traits::Kind::apposition) z -= 0.89;
    if (t.kind == Traits::Kind::possessive) z -= 1.65;
    if (t.kind == Traits::Kind::verb || t.kind == Traits::Kind::copula) {
        static constexpr std::pair<std::string_view, double> weights[] = {
            {"root", 0.84},      {"conj", 0.69}, {"parataxis", 0.56}, {"advcl", 0.22},
            {"acl:relcl", 0.13}, {"acl", -0.06}, {"ccomp", -0.10}};
        for (const auto& [dependency, weight] : weights)
            if (t.dependency == dependency) z += weight;
        if (t.kind == Traits::Kind::copula) z -= 0.55;
        if (t.arguments == 0) z -= 0.39;
        if (t.arguments == 1) z += 0.19;
        if (t.arguments > 0 && t.object_words < 2) z -= 0.35;
        if (t.infinitive) z -= 0.37;
        if (t.gerund) z -= 0.64;
        if (t.inherited) z -= 0.17;
        if (t.reserved) z -= 0.43;
        z += 0.18 * (static_cast<double>(std::min<std::size_t>(t.relation_words, 4)) - 2);
    }
    return static_cast<float>(1 / (1 + std::exp(-z)));
}

bool holds(const TokenSet& set, std::size_t token) {
    return std::find(set.begin(), set.end(), token) != set.end();
}

void append(TokenSet& to, const TokenSet& from) {
    to.insert(to.end(), from.begin(), from.end());
}

void move_preposition(Piece& piece, TokenSet& relation) {
    std::erase_if(piece.tokens, [&](std::size_t t) { return holds(piece.preposition, t); });
    append(relation, piece.preposition);
    piece.preposition.clear();
}

bool has_subject(const SentenceTree& tree, std::size_t predicate) {
    return tree.child(predicate, "nsubj") != k_none || tree.child(predicate, "csubj") != k_none;
}

bool is_full_verb(const SentenceTree& tree, std::size_t i) {
    return tree.upos(i) == Upos::VERB &&
           !tree.is_any(i, {"amod", "case", "compound", "fixed", "mark", "flat"});
}

bool is_copular(const SentenceTree& tree, std::size_t i) {
    return tree.child(i, "cop") != k_none && tree.upos(i) != Upos::VERB;
}

bool is_nominal(const SentenceTree& tree, std::size_t i) {
    switch (tree.upos(i)) {
        case Upos::NOUN:
        case Upos::PROPN:
        case Upos::PRON:
        case Upos::NUM:
        case Upos::SYM:
        case Upos::X:
            return true;
        default:
            return false;
    }
}

// "agreed to [buy]" is told with "agreed"; "asked her to [leave]" is not: its subject is another.
bool is_chained(const SentenceTree& tree, std::size_t verb) {
    const std::size_t head = tree.head(verb);
    if (!tree.is(verb, "xcomp") || head == k_none) return false;
    const std::size_t object = tree.child(head, "obj");
    return object == k_none || object > verb;
}

// A question word or relative pronoun, or a phrase with one.
bool is_interrogative(const SentenceTree& tree, std::size_t i) {
    const auto wh = [&](std::size_t t) { return tree.has_tag(t, {"WDT", "WP", "WP$", "WRB"}); };
    return wh(i) || std::any_of(tree.children(i).begin(), tree.children(i).end(), wh);
}

bool is_simple_adverb(const SentenceTree& tree, std::size_t i) {
    return tree.is(i, "advmod") && tree.children(i).empty() && !tree.has_tag(i, {"WRB"});
}

TokenSet case_words(const SentenceTree& tree, std::size_t head) {
    TokenSet words;
    for (const std::size_t c : tree.children(head)) {
        if (!tree.is(c, "case") || c > head) continue;
        words.push_back(c);
        for (const std::size_t fixed : tree.children(c))
            if (tree.is(fixed, "fixed")) words.push_back(fixed);
    }
    return words;
}

// The child of `ancestor` below which `token` stands, or k_none.
std::size_t branch(const SentenceTree& tree, std::size_t ancestor, std::size_t token) {
    for (; token != k_none; token = tree.head(token))
        if (tree.head(token) == ancestor) return token;
    return k_none;
}

// Heads of the coordination of `head`, itself first.
std::vector<std::size_t> members_of(const SentenceTree& tree, std::size_t head) {
    std::vector<std::size_t> members{head};
    for (const std::size_t c : tree.children(head)) {
        if (!tree.is(c, "conj") || is_copular(tree, c)) continue;
        if (is_full_verb(tree, c) && !is_full_verb(tree, head)) continue;
        for (const std::size_t member : members_of(tree, c)) members.push_back(member);
    }
    return members;
}

// One member of a coordination, with the possessor and the preposition that the first one lends it.
TokenSet member_phrase(const SentenceTree& tree, std::size_t first, std::size_t member, PhraseRule rule) {
    rule.coordination = false;
    TokenSet tokens = noun_phrase(tree, member, rule);
    if (member == first) return tokens;
    const auto is_own = [&](std::size_t c) { return tree.is_any(c, {"det", "nmod:poss", "nummod"}); };
    const auto& children = tree.children(member);
    if (tree.upos(member) != Upos::PROPN && std::none_of(children.begin(), children.end(), is_own)) {
        const std::size_t possessor = tree.child(first, "nmod:poss");
        if (possessor != k_none) append(tokens, clause_phrase(tree, possessor, true));
    }
    if (rule.preposition && case_words(tree, member).empty()) append(tokens, case_words(tree, first));
    return tokens;
}

// Reads off the tree what a predicate says: its words, its arguments, and those of the verbs chained to it.
class FrameReader {
  public:
    FrameReader(const DocumentView& view, std::size_t sentence)
        : view_(view), sentence_(sentence), tree_(view.tree(sentence)) {}

    Frame read(std::size_t predicate) const {
        Frame frame;
        read_into(predicate, frame, 0);
        if (!is_copular(tree_, predicate)) add_relative_object(predicate, frame);
        // "awoke when the meteorite hit the Earth": what would else stand alone
        if (frame.pieces.empty()) {
            for (const std::size_t c : tree_.children(predicate))
                if (tree_.is(c, "advcl") && c > predicate && frame.pieces.empty())
                    frame.pieces.push_back(clause(c, "clause", true));
        }
        return frame;
    }

  private:
    void read_into(std::size_t predicate, Frame& frame, int depth) const {
        if (is_copular(tree_, predicate))
            add_copula(predicate, frame);
        else
            add_verb(predicate, frame, depth);
    }

    void add_verb(std::size_t verb, Frame& frame, int depth) const {
        add_verb_words(verb, frame.relation);
        std::vector<Piece> front;
        std::vector<std::size_t> chained;
        const auto add = [&](Piece piece) {
            (piece.head < verb && !piece.object ? front : frame.pieces).push_back(std::move(piece));
        };
        for (const std::size_t c : tree_.children(verb)) {
            if (tree_.is_any(c, {"obj", "iobj"})) {
                if (!tree_.has_tag(c, {"WDT", "WP"})) add(argument(c, true));
            } else if (tree_.is_any(c, {"obl", "nmod"})) {
                if (!is_interrogative(tree_, c)) add(argument(c, false));
            } else if (tree_.is(c, "advmod")) {
                // Connectives stand in front: "However"
                const bool temporal = tree_.has_lemma(c, {"currently", "recently", "later", "now"});
                if (!holds(frame.relation, c) && !is_interrogative(tree_, c) && (c > verb || temporal))
                    add(clause(c, "manner", false));
            } else if (tree_.is(c, "xcomp")) {
                const bool verbal = is_full_verb(tree_, c) || is_copular(tree_, c);
                if (verbal && is_chained(tree_, c) && depth < k_depth)
                    chained.push_back(c);
                else
                    add(clause(c, "complement", true));
            } else if (tree_.is(c, "ccomp")) {
                for (const std::size_t m : tree_.children(c))
                    if (tree_.is(m, "mark") && tree_.lemma(m) == "that") frame.relation.push_back(m);
                add(clause(c, "clause", true));
            }
        }
        for (const std::size_t c : chained) {
            for (const std::size_t m : tree_.children(c))
                if (tree_.is(m, "mark")) frame.relation.push_back(m);
            read_into(c, frame, depth + 1);
        }
        for (Piece& piece : front) frame.pieces.push_back(std::move(piece));
    }

    // "is also known", "could have been removed", "heats up"
    void add_verb_words(std::size_t verb, TokenSet& words) const {
        add_auxiliaries(verb, words);
        const std::size_t behind = behind_subject(verb);
        for (const std::size_t c : tree_.children(verb)) {
            const bool negation = tree_.has_lemma(c, {"not", "n't", "never"});
            const bool close = behind > 0 ? c >= behind : c + 2 >= verb;
            if (is_simple_adverb(tree_, c) && (negation || (c < verb && close))) words.push_back(c);
            if (tree_.is(c, "compound:prt")) words.push_back(c);
        }
        words.push_back(verb);
    }

    void add_auxiliaries(std::size_t verb, TokenSet& words) const {
        const std::size_t before = words.size();
        for (const std::size_t c : tree_.children(verb))
            if (tree_.is(c, "aux") && c < verb) words.push_back(c);
        // "was convicted and [was] sentenced"
        const std::size_t head = tree_.head(verb);
        if (words.size() == before && tree_.is(verb, "conj") && head != k_none && is_full_verb(tree_, head) &&
            !has_subject(tree_, verb) && tree_.has_tag(verb, {"VBN", "VBG", "VB"}))
            add_auxiliaries(head, words);
    }

    // One behind the subject that stands before the predicate, or 0.
    std::size_t behind_subject(std::size_t predicate) const {
        std::size_t behind = 0;
        for (const std::size_t c : tree_.children(predicate))
            if (tree_.is_any(c, {"nsubj", "csubj", "expl"}) && c < predicate)
                behind = std::max(behind, tree_.behind(c));
        return behind;
    }

    void add_copula(std::size_t predicate, Frame& frame) const {
        std::size_t copula = 0;
        for (const std::size_t c : tree_.children(predicate)) {
            if (tree_.is_any(c, {"cop", "aux"})) frame.relation.push_back(c);
            if (tree_.is(c, "cop")) copula = c;
        }
        const std::size_t behind = behind_subject(predicate);
        for (const std::size_t c : tree_.children(predicate)) {
            const bool light = tree_.has_lemma(c, {"not", "n't", "also", "never", "still"});
            if (is_simple_adverb(tree_, c) && c >= behind && (c < copula || light))
                frame.relation.push_back(c);
        }
        if (is_nominal(tree_, predicate) || !add_adjective(predicate, copula, frame))
            add_complement(predicate, copula, behind, frame);
    }

    // "are familiar with | the situation"; false when nothing depends on the adjective.
    bool add_adjective(std::size_t adjective, std::size_t copula, Frame& frame) const {
        std::size_t oblique = k_none;
        for (const std::size_t c : tree_.children(adjective))
            if (tree_.is(c, "obl") && c > adjective && oblique == k_none && !case_words(tree_, c).empty())
                oblique = c;
        if (oblique == k_none) return false;
        for (const std::size_t c : tree_.children(adjective))
            if (tree_.is(c, "advmod") && c > copula && c < adjective && !holds(frame.relation, c))
                append(frame.relation, clause_phrase(tree_, c, true));
        frame.relation.push_back(adjective);
        Piece piece = argument(oblique, true);
        move_preposition(piece, frame.relation);
        frame.pieces.push_back(std::move(piece));
        add_obliques(adjective, oblique, frame);
        return true;
    }

    void add_complement(std::size_t predicate, std::size_t copula, std::size_t behind, Frame& frame) const {
        Piece piece;
        piece.head = predicate;
        piece.object = true;
        piece.role = "complement";
        PhraseRule rule;
        rule.preposition = true;
        piece.tokens = noun_phrase(tree_, predicate, rule);
        for (const std::size_t c : tree_.children(predicate)) {
            const bool before = c < behind || (tree_.is(c, "advmod") && c < copula);
            if (!before && !is_apart(predicate, c) && !holds(frame.relation, c)) continue;
            std::erase_if(piece.tokens, [&](std::size_t t) { return tree_.below(t, c); });
        }
        piece.preposition = case_words(tree_, predicate);
        piece.members = members_of(tree_, predicate);
        if (is_nominal(tree_, predicate)) move_preposition(piece, frame.relation);
        frame.pieces.push_back(std::move(piece));
        add_obliques(predicate, k_none, frame);
    }

    void add_obliques(std::size_t predicate, std::size_t but, Frame& frame) const {
        for (const std::size_t c : tree_.children(predicate))
            if (is_apart(predicate, c) && c != but && !is_interrogative(tree_, c))
                frame.pieces.push_back(argument(c, false));
    }

    // An oblique is an argument of its own; a measure belongs to its adjective: "[nine miles] long".
    bool is_apart(std::size_t predicate, std::size_t c) const {
        return tree_.is(c, "obl") &&
               !(c < predicate && c > behind_subject(predicate) && case_words(tree_, c).empty());
    }

    // "the ferry [that] Halden built": the noun is the missing object of its clause.
    void add_relative_object(std::size_t verb, Frame& frame) const {
        const std::size_t noun = tree_.head(verb);
        if (tree_.relation(verb) != "acl:relcl" || noun == k_none || is_passive(tree_, verb)) return;
        for (const Piece& piece : frame.pieces)
            if (piece.object) return;
        const auto subjects = surface_subjects(tree_, verb);
        if (subjects.empty() || std::find(subjects.begin(), subjects.end(), noun) != subjects.end()) return;
        for (std::size_t i = tree_.leftmost(verb); i < verb; ++i) {
            if (tree_.has_tag(i, {"WRB"})) return;
            if (tree_.has_tag(i, {"WDT", "WP", "WP$"}) && tree_.head(i) != verb) return;
        }
        Piece piece;
        piece.head = noun;
        piece.object = true;
        piece.role = "object";
        PhraseRule rule;
        rule.without = verb;
        piece.tokens = noun_phrase(tree_, noun, rule);
        frame.pieces.insert(frame.pieces.begin(), std::move(piece));
    }

    Piece argument(std::size_t head, bool object) const {
        Piece piece;
        piece.head = head;
        piece.object = object;
        PhraseRule rule;
        rule.preposition = true;
        piece.tokens = noun_phrase(tree_, head, rule);
        piece.preposition = case_words(tree_, head);
        piece.role = role(head);
        piece.members = members_of(tree_, head);
        return piece;
    }

    Piece clause(std::size_t head, const char* role, bool object) const {
        Piece piece;
        piece.head = head;
        piece.object = object;
        piece.role = role;
        piece.tokens = clause_phrase(tree_, head, !tree_.is(head, "ccomp"));
        return piece;
    }

    std::string role(std::size_t head) const {
        const FoundValue* value = view_.value_over(sentence_, head);
        if (value && value->value.kind == ValueKind::date) return "time";
        const std::string preposition = tree_.preposition(head);
        return preposition.empty() ? "object" : preposition;
    }

    const DocumentView& view_;
    std::size_t sentence_;
    const SentenceTree& tree_;
};

class PropositionReader {
  public:
    PropositionReader(DocumentView& view, std::size_t sentence)
        : view_(view), sentence_(sentence), tree_(view.tree(sentence)), frames_(view, sentence) {}

    void read() {
        for (std::size_t i = 0; i < tree_.size(); ++i) {
            if (is_copular(tree_, i) || is_full_verb(tree_, i)) read_predicate(i);
            if (tree_.is(i, "appos")) read_apposition(i);
            if (tree_.is(i, "nmod:poss")) read_possessor(i);
        }
    }

  private:
    void read_predicate(std::size_t predicate) {
        if (is_chained(tree_, predicate) || (is_copular(tree_, predicate) && tree_.is(predicate, "xcomp")))
            return;
        const std::size_t clausal = tree_.child(predicate, "csubj");
        std::vector<std::size_t> subjects;
        if (clausal != k_none)
            subjects.push_back(clausal);
        else
            subjects = surface_subjects(tree_, predicate);
        if (subjects.empty()) return;
        const Frame frame = frames_.read(predicate);
        std::size_t whole = k_none;
        for (const std::size_t subject : subjects) {
            // The first member speaks for its coordination.
            if (whole != k_none && tree_.is(subject, "conj") && tree_.below(subject, whole)) continue;
            whole = subject;
            PhraseRule rule;
            rule.without = branch(tree_, subject, predicate);
            const TokenSet words =
                subject == clausal ? clause_phrase(tree_, subject, true) : noun_phrase(tree_, subject, rule);
            state(predicate, subject, words, frame);
        }
    }

    // Puts the object first, or the nearest argument with its preposition in the relation ("led to"), and
    // tells coordinated objects one by one.
    void state(std::size_t predicate, std::size_t subject, const TokenSet& subject_words,
               const Frame& frame) {
        TokenSet relation = frame.relation;
        std::vector<Piece> pieces = frame.pieces;
        std::erase_if(
            pieces, [&](const Piece& piece) { return piece.tokens.empty() || holds(piece.tokens, subject); });
        auto first =
            std::find_if(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.object; });
        const bool object = first != pieces.end();
        if (!object)
            first = std::find_if(pieces.begin(), pieces.end(), [&](const Piece& piece) {
                return !piece.preposition.empty() && piece.head > predicate;
            });
        if (first != pieces.end()) {
            std::rotate(pieces.begin(), first, first + 1);
            if (!object && pieces.front().role != "time") move_preposition(pieces.front(), relation);
        }
        if (pieces.empty() || pieces.front().members.size() < 2) {
            write(predicate, subject, subject_words, relation, pieces);
            return;
        }
        const std::vector<std::size_t> members = pieces.front().members;
        for (const std::size_t member : members) {
            PhraseRule rule;
            rule.preposition = !pieces.front().preposition.empty();
            rule.without = branch(tree_, member, predicate);
            pieces.front().tokens = member_phrase(tree_, members.front(), member, rule);
            pieces.front().head = member;
            write(predicate, subject, subject_words, relation, pieces);
        }
    }

    void write(std::size_t predicate, std::size_t subject, const TokenSet& subject_words,
               const TokenSet& relation, const std::vector<Piece>& pieces) {
        Proposition result;
        result.subject = phrase(subject_words, subject);
        result.relation = phrase(relation, k_none);
        for (const Piece& piece : pieces) {
            Phrase words = phrase(piece.tokens, piece.head);
            if (words.text.empty()) continue;
            if (piece.role == "time" && !result.time) add_time(piece, words, result);
            if (!result.object)
                result.object = std::move(words);
            else
                result.arguments.push_back({piece.role, std::move(words)});
        }
        Traits traits = traits_of(predicate, subject, subject_words);
        traits.kind = is_copular(tree_, predicate) ? Traits::Kind::copula : Traits::Kind::verb;
        traits.relation_words = relation.size();
        traits.arguments = pieces.size();
        if (!pieces.empty()) traits.object_words = pieces.front().tokens.size();
        result.by = is_copular(tree_, predicate) ? "clause.copula" : "clause.verb";
        finish(predicate, traits, std::move(result));
    }

    void add_time(const Piece& piece, const Phrase& words, Proposition& result) const {
        const FoundValue* value = view_.value_over(sentence_, piece.head);
        if (value) result.time = FactTime{value->value.text, value->value.normalised, words.span};
    }

    // "Ana Lind, the chief executive of Klinova, …"
    void read_apposition(std::size_t apposition) {
        const std::size_t head = tree_.head(apposition);
        if (head == k_none) return;
        PhraseRule rule;
        rule.without = apposition;
        rule.coordination = false;
        state_nominal(apposition, head, noun_phrase(tree_, head, rule), is_plural(head) ? "are" : "is",
                      apposition, noun_phrase(tree_, apposition, {}), Traits::Kind::apposition);
    }

    // "Klinova's chairman"
    void read_possessor(std::size_t possessor) {
        const std::size_t head = tree_.head(possessor);
        if (head == k_none || tree_.upos(possessor) == Upos::PRON) return;
        PhraseRule rule;
        rule.without = possessor;
        rule.coordination = false;
        rule.relative = false;
        state_nominal(head, possessor, noun_phrase(tree_, possessor, {}),
                      is_plural(possessor) ? "have" : "has", head, noun_phrase(tree_, head, rule),
                      Traits::Kind::possessive);
    }

    // The relation is told by position alone and has an empty span there.
    void state_nominal(std::size_t predicate, std::size_t subject, const TokenSet& subject_words,
                       const char* relation, std::size_t object, const TokenSet& object_words,
                       Traits::Kind kind) {
        Proposition result;
        result.subject = phrase(subject_words, subject);
        result.relation.text = relation;
        const std::size_t at = tree_.token(std::max(subject, object)).span.begin;
        result.relation.span = {at, at};
        result.object = phrase(object_words, object);
        if (result.object->text.empty()) return;
        Traits traits = traits_of(predicate, subject, subject_words);
        traits.kind = kind;
        result.by = kind == Traits::Kind::apposition ? "nominal.apposition" : "nominal.possessive";
        finish(predicate, traits, std::move(result));
    }

    Traits traits_of(std::size_t predicate, std::size_t subject, const TokenSet& subject_words) const {
        Traits traits;
        traits.sentence_words = tree_.size();
        traits.subject_words = subject_words.size();
        traits.dependency = tree_.relation(predicate);
        traits.pronoun = tree_.has_tag(subject, {"PRP", "DT", "WP", "EX"});
        traits.name = tree_.upos(subject) == Upos::PROPN;
        traits.infinitive = tree_.has_child_lemma(predicate, "mark", "to");
        traits.gerund = tree_.has_tag(predicate, {"VBG"}) && tree_.child(predicate, "aux") == k_none;
        traits.inherited = !has_subject(tree_, predicate);
        return traits;
    }

    void finish(std::size_t predicate, Traits& traits, Proposition result) {
        if (result.subject.text.empty() || result.relation.text.empty()) return;
        const Qualifiers qualifiers = read_qualifiers(tree_, predicate);
        result.sentence = sentence_;
        result.polarity = qualifiers.polarity;
        result.modality = qualifiers.modality;
        result.past = qualifiers.past;
        if (qualifiers.source != k_none) {
            const Phrase source = phrase({qualifiers.source}, qualifiers.source);
            const ByteSpan span = source.mention ? view_.mention(*source.mention).span : source.span;
            result.attribution = Attribution{std::string(span.of(tree_.text())), span, source.mention};
        }
        traits.reserved = result.modality != Modality::asserted;
        result.confidence = confidence_of(traits);
        view_.analysed().propositions.push_back(std::move(result));
    }

    Phrase phrase(TokenSet tokens, std::size_t head) const {
        std::sort(tokens.begin(), tokens.end());
        tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
        Phrase result = spell(tree_, tokens);
        if (head == k_none) return result;
        const std::size_t name = view_.name_over(sentence_, head);
        const std::size_t mention = name != k_none ? name : view_.mention_at(sentence_, head);
        if (mention != k_none) result.mention = mention;
        return result;
    }

    bool is_plural(std::size_t noun) const {
        return tree_.has_tag(noun, {"NNS", "NNPS"}) || tree_.has_feature(noun, "Number=Plur") ||
               tree_.child(noun, "conj") != k_none;
    }

    DocumentView& view_;
    std::size_t sentence_;
    const SentenceTree& tree_;
    FrameReader frames_;
};

// The fact is in the words of the proposition.
bool says(const Proposition& proposition, const FactMention& fact) {
    if (fact.relation.span.empty() || !fact.object) return false;
    if (!proposition.relation.span.overlaps(fact.relation.span)) return false;
    if (!proposition.subject.span.overlaps(fact.subject.span)) return false;
    if (proposition.object && proposition.object->span.overlaps(fact.object->span)) return true;
    return std::any_of(proposition.arguments.begin(), proposition.arguments.end(), [&](const auto& argument) {
        return argument.phrase.span.overlaps(fact.object->span);
    });
}

}  // namespace

void extract_propositions(DocumentView& view) {
    std::vector<Proposition>& propositions = view.analysed().propositions;
    const std::vector<FactMention>& facts = view.analysed().facts;
    propositions.clear();
    std::size_t fact = 0;
    for (std::size_t s = 0; s < view.sentences(); ++s) {
        const std::size_t first = propositions.size();
        PropositionReader(view, s).read();
        for (; fact < facts.size() && facts[fact].sentence <= s; ++fact) {
            if (!facts[fact].for_graph || facts[fact].sentence != s) continue;
            for (std::size_t p = first; p < propositions.size(); ++p)
                if (!propositions[p].fact && says(propositions[p], facts[fact])) propositions[p].fact = fact;
        }
    }
}

}  // namespace relata::ingest
