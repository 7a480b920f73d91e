// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/qualifiers.hpp"

#include <algorithm>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

constexpr int k_depth = 12;

int reservation(Modality modality) {
    switch (modality) {
        case Modality::asserted:
            return 0;
        case Modality::planned:
            return 1;
        case Modality::alleged:
            return 2;
        case Modality::possible:
            return 3;
        case Modality::hypothetical:
            return 4;
        case Modality::denied:
            return 5;
    }
    return 0;
}

class QualifierReader {
  public:
    explicit QualifierReader(const SentenceTree& tree) : tree_(tree) {}

    Qualifiers read(std::size_t trigger) {
        Qualifiers result;
        own_words(trigger, result);
        governors(trigger, result, 0);
        question(trigger, result);
        return result;
    }

  private:
    static void reserve(Qualifiers& q, Modality modality) {
        q.modality = more_reserved(q.modality, modality);
    }
    static void negate(Qualifiers& q) {
        q.polarity = q.polarity == Polarity::positive ? Polarity::negative : Polarity::positive;
    }

    bool governed_by_speech(std::size_t verb) const {
        for (std::size_t at = verb, i = 0; at != k_none && i < k_depth; at = tree_.head(at), ++i) {
            const std::size_t head = tree_.head(at);
            if (head == k_none) return false;
            if (tree_.is_any(at, {"ccomp", "parataxis"})) {
                const auto effect = lexicon::effect_of_verb(tree_.lemma(head));
                if (effect && effect->speech) return true;
            }
        }
        return false;
    }

    // Markers that hang on the predicate itself.
    void own_words(std::size_t trigger, Qualifiers& q) {
        const bool verbal = tree_.upos(trigger) == Upos::VERB || tree_.upos(trigger) == Upos::AUX ||
                            tree_.child(trigger, "cop") != k_none;
        for (const std::size_t c : tree_.children(trigger)) {
            const std::string_view lemma = tree_.lemma(c);
            if (tree_.is(c, "advmod")) {
                // "did not buy", "never bought", "is no longer chairman"
                if (lemma == "not" || lemma == "n't" || lemma == "never" || lemma == "hardly" ||
                    lemma == "nor" || tree_.form(c) == "n't" || tree_.form(c) == "n’t")
                    negate(q);
                if (lemma == "long" && has_no(c)) {
                    negate(q);
                    q.past = true;
                }
                if (lemma == "longer" && has_no(c)) {
                    negate(q);
                    q.past = true;
                }
                if (lemma == "formerly" || lemma == "previously" || lemma == "once") q.past = true;
                if (const auto modality = lexicon::modality_of_adverb(lemma)) reserve(q, *modality);
            } else if (verbal && tree_.is(c, "aux")) {
                auxiliary(trigger, c, q);
            } else if (tree_.is(c, "mark")) {
                // "if Halden buys", "unless", "whether"
                if (lemma == "if" || lemma == "unless" || lemma == "lest") reserve(q, Modality::hypothetical);
                if (lemma == "whether") reserve(q, Modality::possible);
                if (lemma == "without") negate(q);
            } else if (tree_.is(c, "case") && lemma == "without") {
                negate(q);
            } else if (verbal && (tree_.is(c, "nsubj") || tree_.is(c, "obj"))) {
                // "No deal was signed", "Neither firm bought it"
                for (const std::size_t d : tree_.children(c))
                    if (tree_.is(d, "det") && tree_.has_lemma(d, {"no", "neither"})) negate(q);
                if (tree_.has_lemma(c, {"nobody", "nothing", "none", "neither"})) negate(q);
            } else if (verbal && tree_.is(c, "advcl") && tree_.has_child_lemma(c, "mark", "if")) {
                // "would sue if": a main clause that holds only under a condition
                if (has_modal(trigger)) reserve(q, Modality::hypothetical);
            } else if (tree_.is(c, "obl")) {
                source_phrase(c, q);
            } else if (tree_.is(c, "parataxis")) {
                speech_parataxis(c, q);
            }
            if (!verbal && tree_.is(c, "amod")) {
                if (tree_.has_lemma(c,
                                    {"alleged", "reported", "rumoured", "rumored", "purported", "suspected"}))
                    reserve(q, Modality::alleged);
                else if (tree_.has_lemma(c, {"possible", "potential", "prospective", "likely"}))
                    reserve(q, Modality::possible);
                else if (lexicon::is_future_modifier(lemma) ||
                         tree_.has_lemma(c, {"planned", "proposed", "propose", "plan", "pending", "intend"}))
                    reserve(q, Modality::planned);
                else if (lexicon::is_past_modifier(lemma))
                    q.past = true;
                else if (tree_.has_lemma(c, {"failed", "fail", "abandoned", "abandon", "cancelled"})) {
                    negate(q);
                }
            }
            if (!verbal && tree_.is(c, "det") && lemma == "no") negate(q);
        }
    }

    bool has_no(std::size_t i) const {
        return std::any_of(tree_.children(i).begin(), tree_.children(i).end(),
                           [&](std::size_t c) { return tree_.lemma(c) == "no"; }) ||
               (i > 0 && tree_.lemma(i - 1) == "no");
    }

    bool has_modal(std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb))
            if (tree_.is(c, "aux") && tree_.has_tag(c, {"MD"})) return true;
        return false;
    }

    void auxiliary(std::size_t verb, std::size_t aux, Qualifiers& q) {
        const std::string word = lower(tree_.form(aux));
        if (word == "will" || word == "shall" || word == "'ll" || word == "’ll" || word == "wo" ||
            word == "must") {
            reserve(q, Modality::planned);
        } else if (word == "may" || word == "might" || word == "could" || word == "can" || word == "ca") {
            reserve(q, Modality::possible);
        } else if (word == "would" || word == "'d" || word == "’d") {
            // "said it would buy" reports a plan; elsewhere "would" supposes.
            const bool plan = governed_by_speech(verb) || below_plan(verb);
            reserve(q, plan ? Modality::planned : Modality::hypothetical);
        } else if (word == "should" || word == "ought") {
            reserve(q, Modality::hypothetical);
        } else if (tree_.lemma(aux) == "use") {
            q.past = true;
        }
    }

    // "the deal, which would make Halden …"
    bool below_plan(std::size_t verb) const {
        if (tree_.relation(verb) != "acl:relcl" || tree_.head(verb) == k_none) return false;
        const auto effect = lexicon::effect_of_noun(tree_.lemma(tree_.head(verb)));
        return effect && effect->modality == Modality::planned;
    }

    // "according to Ana"
    void source_phrase(std::size_t oblique, Qualifiers& q) const {
        if (q.source == k_none && tree_.preposition(oblique).starts_with("accord")) q.source = oblique;
    }

    // "Halden, Ana said, will …": a speech verb set beside the clause.
    void speech_parataxis(std::size_t verb, Qualifiers& q) const {
        const auto effect = lexicon::effect_of_verb(tree_.lemma(verb));
        if (!effect || !effect->speech || tree_.child(verb, "ccomp") != k_none) return;
        if (tree_.child(verb, "nsubj") == k_none) return;

        take_source(verb, q);
        if (effect->modality) reserve(q, *effect->modality);
    }

    void take_source(std::size_t verb, Qualifiers& q) const {
        if (q.source != k_none) return;
        const auto sources = surface_subjects(tree_, verb);
        if (!sources.empty() && !is_passive(tree_, verb)) q.source = sources.front();
        for (const std::size_t c : tree_.children(verb))
            if (q.source == k_none && tree_.is(c, "obl:agent")) q.source = c;
    }

    // Words above: what they do to the clause, and what is done to them.
    void governors(std::size_t at, Qualifiers& q, int depth) {
        const std::size_t head = tree_.head(at);
        if (depth > k_depth) return;
        const bool infinitive = tree_.has_child_lemma(at, "mark", "to");
        if (head == k_none) {
            // "Halden to Buy Klinova": the headline's infinitive is a plan.
            if (infinitive) reserve(q, Modality::planned);
            return;
        }
        if (tree_.is(at, "conj")) {
            // "will buy X and sell Y"; "did not buy or sell": the second verb shares what stands before both.
            const bool own_auxiliary = tree_.child(at, "aux") != k_none || tree_.child(at, "cop") != k_none;
            const bool own_subject = tree_.child(at, "nsubj") != k_none;
            if (!own_subject && !own_auxiliary && tree_.token(at).xpos == tree_.token(head).xpos) {
                inherit(head, q, true, depth);
            } else {
                inherit(head, q, false, depth);
            }
            return;
        }
        if (tree_.is_any(at, {"xcomp", "ccomp"}) || (tree_.is(at, "advcl") && !starts_condition(at)) ||
            tree_.relation(at) == "acl") {
            complement(at, head, infinitive, q, depth);
            return;
        }
        if (tree_.is(at, "parataxis")) {
            // "Halden will buy Klinova, Ana said": either of the two may be the head.
            const auto effect = lexicon::effect_of_verb(tree_.lemma(head));
            if (effect && effect->speech && tree_.child(head, "ccomp") == k_none) {
                take_source(head, q);
                if (effect->modality) reserve(q, *effect->modality);
            }
            return;
        }
        // Event nouns: "denied the merger", "plans a takeover of", "talks about a merger"
        if (tree_.is_any(at, {"obj", "nsubj", "obl", "nmod"}) && tree_.child(at, "cop") == k_none &&
            tree_.upos(at) == Upos::NOUN) {
            noun_in_clause(at, head, q, depth);
        }
    }

    bool starts_condition(std::size_t verb) const {
        return tree_.has_child_lemma(verb, "mark", "if") || tree_.has_child_lemma(verb, "mark", "unless");
    }

    // What the coordinated verb `head` hands on; with `all` also its own auxiliaries and negation.
    void inherit(std::size_t head, Qualifiers& q, bool all, int depth) {
        Qualifiers first;
        if (all) own_words(head, first);
        governors(head, first, depth + 1);
        reserve(q, first.modality);
        if (all && first.polarity == Polarity::negative) negate(q);
        if (q.source == k_none) q.source = first.source;
    }

    void complement(std::size_t at, std::size_t head, bool infinitive, Qualifiers& q, int depth) {
        const std::string_view lemma = tree_.lemma(head);
        std::optional<lexicon::Effect> effect;
        const bool noun = tree_.upos(head) == Upos::NOUN;
        const bool adverbial = tree_.is(at, "advcl");
        if (tree_.upos(head) == Upos::ADJ || (infinitive && tree_.has_lemma(head, {"set", "slate", "due"})))
            effect = lexicon::effect_of_adjective(lemma == "slate" ? "slated" : lemma);
        else if (noun)
            effect = lexicon::effect_of_noun(lemma);
        else
            effect = lexicon::effect_of_verb(lemma);
        if (noun && !infinitive && tree_.has_tag(at, {"VBN"})) effect.reset();  // "a plan announced by"
        if (noun && tree_.has_tag(at, {"VBG"}) && tree_.child(at, "mark") == k_none) effect.reset();
        // Adverbial clauses are governed only by verbs that take them as complements: "accused of stealing".
        const bool of = tree_.has_child_lemma(at, "mark", "of") ||
                        tree_.has_child_lemma(at, "mark", "from") ||
                        tree_.has_child_lemma(at, "mark", "with") || tree_.has_child_lemma(at, "mark", "for");
        if (adverbial && !of && !infinitive) effect.reset();
        if (adverbial && infinitive && effect && effect->speech) effect.reset();
        if (effect) {
            const bool passive = is_passive(tree_, head);
            if (effect->modality) reserve(q, *effect->modality);
            // "is said to have bought": somebody says so
            else if (effect->speech && passive && tree_.is(at, "xcomp"))
                reserve(q, Modality::alleged);
            if (effect->negates) negate(q);
            if (effect->speech && tree_.is_any(at, {"ccomp", "xcomp"}) && !passive) take_source(head, q);
            // "did not say that": nobody says so
            Qualifiers own;
            own_words(head, own);
            if (own.polarity == Polarity::negative) {
                if (effect->speech)
                    reserve(q, Modality::possible);
                else
                    negate(q);
            }
            if (!effect->speech || own.modality == Modality::hypothetical) reserve(q, own.modality);
            if (q.source == k_none) q.source = own.source;
        } else {
            if (adverbial) {
                // "left Halden to join Klinova": a purpose
                if (infinitive) reserve(q, Modality::planned);
                if (tree_.has_child_lemma(at, "mark", "instead") ||
                    tree_.has_child_lemma(at, "mark", "rather"))
                    negate(q);
            } else if (noun) {
                if (infinitive) reserve(q, Modality::planned);
            } else {
                Qualifiers own;
                own_words(head, own);
                if (own.polarity == Polarity::negative) negate(q);
                reserve(q, own.modality);
                if (q.source == k_none) q.source = own.source;
                // "is to buy"
                if (infinitive && (lemma == "be" || lemma == "go" || lemma == "have"))
                    reserve(q, Modality::planned);
            }
        }
        // A factual adverbial or attribute keeps only the source of its clause.
        if (adverbial && !of && !infinitive) {
            Qualifiers above;
            governors(head, above, depth + 1);
            if (q.source == k_none) q.source = above.source;
            if (above.modality == Modality::alleged || above.modality == Modality::denied)
                reserve(q, above.modality);
            return;
        }
        governors(head, q, depth + 1);
    }

    void noun_in_clause(std::size_t at, std::size_t head, Qualifiers& q, int depth) {
        const bool noun = tree_.upos(head) == Upos::NOUN;
        const bool object = tree_.is(at, "obj") || (tree_.is(at, "nsubj") && is_passive(tree_, head)) ||
                            tree_.is(at, "obl") || noun;
        if (!object) return;
        const auto effect =
            noun ? lexicon::effect_of_noun(tree_.lemma(head)) : lexicon::effect_of_verb(tree_.lemma(head));
        if (effect) {
            if (effect->modality) reserve(q, *effect->modality);
            if (effect->negates) {
                reserve(q, Modality::planned);
                negate(q);
            }
        }
        if (!noun &&
            tree_.has_lemma(head, {"approve", "clear", "oppose", "support", "back", "review", "vote"}))
            reserve(q, Modality::planned);
        // "announced the takeover": said, and not closed yet
        if (!noun && tree_.has_lemma(head, {"announce", "unveil"})) reserve(q, Modality::planned);
        if (noun) return;
        Qualifiers own;
        own_words(head, own);
        reserve(q, own.modality);
        if (own.polarity == Polarity::negative) negate(q);
        if (q.source == k_none) q.source = own.source;
        governors(head, q, depth + 1);
    }

    // "Will Halden buy Klinova?"
    void question(std::size_t trigger, Qualifiers& q) {
        if (tree_.size() == 0 || tree_.form(tree_.size() - 1) != "?") return;
        if (tree_.head(trigger) == k_none) reserve(q, Modality::hypothetical);
    }

    const SentenceTree& tree_;
};

}  // namespace

Modality more_reserved(Modality a, Modality b) {
    return reservation(a) >= reservation(b) ? a : b;
}

Qualifiers read_qualifiers(const SentenceTree& tree, std::size_t trigger) {
    return QualifierReader(tree).read(trigger);
}

}  // namespace relata::ingest
