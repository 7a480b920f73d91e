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

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class QualifierReader {
  public:
    explicit QualifierReader(const SentenceTree& tree) : tree_(tree) {}

    Qualifiers read(std::size_t word) {
        const std::size_t trigger = content_word(word);
        Qualifiers result;
        own_words(trigger, result);
        own_meaning(trigger, result);
        governors(trigger, result, 0);
        question(trigger, result);
        if (result.modality == Modality::alleged && result.source != k_none && is_accuser(result.source) &&
            is_legal_step(trigger))
            result.modality = Modality::asserted;
        return result;
    }

  private:
    static void reserve(Qualifiers& q, Modality modality) {
        q.modality = more_reserved(q.modality, modality);
    }
    static void negate(Qualifiers& q) {
        q.polarity = q.polarity == Polarity::positive ? Polarity::negative : Polarity::positive;
    }

    // A preposition, copula or marker speaks for the word that it belongs to.
    std::size_t content_word(std::size_t word) const {
        for (int i = 0; i < 3; ++i) {
            const bool function = tree_.is_any(word, {"case", "mark", "aux", "cop", "det", "cc", "punct"}) ||
                                  tree_.is(word, "compound:prt") || tree_.is(word, "fixed");
            if (!function || tree_.head(word) == k_none) break;
            word = tree_.head(word);
        }
        return word;
    }

    bool is_verbal(std::size_t word) const {
        return tree_.upos(word) == Upos::VERB || tree_.upos(word) == Upos::AUX ||
               tree_.child(word, "cop") != k_none;
    }

    // Verb of speech above the clause, or beside it.
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

    // --- the predicate's own words ------------------------------------------------------------------------

    void own_words(std::size_t trigger, Qualifiers& q) const {
        const bool verbal = is_verbal(trigger);
        if (inverted_condition(trigger)) reserve(q, Modality::hypothetical);
        const bool negative = is_negated(trigger, verbal, q);
        // "did not open until 2019" opened in 2019.
        if (negative && !has_until(trigger)) negate(q);
        for (const std::size_t c : tree_.children(trigger)) {
            const std::string_view lemma = tree_.lemma(c);
            if (tree_.is(c, "advmod")) {
                if (one_of(lemma, {"formerly", "previously", "once", "originally"})) q.past = true;
                if (const auto modality = lexicon::modality_of_adverb(lemma)) reserve(q, *modality);
            } else if (verbal && tree_.is(c, "aux")) {
                auxiliary(trigger, c, negative, q);
            } else if (verbal && tree_.is(c, "cop")) {
                // "was chairman of": a state of the past, unless it only follows the tense of "said"
                if (tree_.upos(trigger) == Upos::NOUN && tree_.has_tag(c, {"VBD"}) &&
                    !governed_by_speech(trigger))
                    q.past = true;
            } else if (tree_.is(c, "mark")) {
                marker(c, q);
            } else if (verbal && tree_.is(c, "advcl")) {
                condition(trigger, c, q);
            } else if (tree_.is_any(c, {"obl", "nmod"})) {
                source_phrase(c, q);
            } else if (tree_.is(c, "parataxis")) {
                speech_parataxis(c, q);
            } else if (!verbal && tree_.is(c, "amod")) {
                attribute(c, q);
            }
        }
    }

    // "not", "never", "no longer", "neither … nor", "no deal was signed", "without buying".
    bool is_negated(std::size_t trigger, bool verbal, Qualifiers& q) const {
        bool negative = false;
        for (const std::size_t c : tree_.children(trigger)) {
            const std::string_view lemma = tree_.lemma(c);
            if (tree_.is_any(c, {"advmod", "cc", "cc:preconj"}) || tree_.is(c, "det")) {
                const bool word = one_of(lemma, {"not", "n't", "never", "nor", "neither", "hardly"}) ||
                                  one_of(tree_.form(c), {"n't", "n’t"});
                // "not only joined but leads"
                if (word && !(c + 1 < tree_.size() &&
                              one_of(tree_.lemma(c + 1), {"only", "just", "merely", "simply", "least"})))
                    negative = true;
                if (one_of(lemma, {"long", "longer"}) && has_no(c)) {
                    negative = true;
                    q.past = true;
                }
                if (!verbal && tree_.is(c, "det") && lemma == "no") negative = true;
            } else if (tree_.is_any(c, {"mark", "case"}) && lemma == "without") {
                negative = true;
            } else if (verbal && tree_.is_any(c, {"nsubj", "obj"})) {
                if (tree_.has_lemma(c, {"nobody", "nothing", "none", "neither"})) negative = true;
                for (const std::size_t d : tree_.children(c))
                    if (tree_.is(d, "det") && tree_.has_lemma(d, {"no", "neither"})) negative = true;
            }
        }
        return negative;
    }

    bool has_no(std::size_t i) const {
        return std::any_of(tree_.children(i).begin(), tree_.children(i).end(),
                           [&](std::size_t c) { return tree_.lemma(c) == "no"; }) ||
               (i > 0 && tree_.lemma(i - 1) == "no");
    }

    bool has_until(std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb)) {
            if (!tree_.is_any(c, {"obl", "advcl"})) continue;
            for (const std::size_t d : tree_.children(c))
                if (tree_.is_any(d, {"case", "mark"}) && tree_.has_lemma(d, {"until", "till"})) return true;
        }
        return false;
    }

    // "Had she joined Klinova, …", "Should Halden buy it, …", "Were they to sell, …"
    bool inverted_condition(std::size_t verb) const {
        const std::size_t subject = tree_.child(verb, "nsubj");
        if (subject == k_none || tree_.form(tree_.size() - 1) == "?") return false;
        for (const std::size_t c : tree_.children(verb)) {
            if (c >= tree_.leftmost(subject) || !tree_.is_any(c, {"aux", "cop"})) continue;
            const std::string word = lower(tree_.form(c));
            if (word != "had" && word != "should" && word != "were") continue;
            // "Never had he …", "and so had she": something else stands first.
            return c == tree_.leftmost(verb) || tree_.form(c - 1) == "," || tree_.is(c - 1, "cc");
        }
        return false;
    }

    bool has_modal(std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb))
            if (tree_.is(c, "aux") && tree_.has_tag(c, {"MD"})) return true;
        return false;
    }

    void auxiliary(std::size_t verb, std::size_t aux, bool negative, Qualifiers& q) const {
        const std::string word = lower(tree_.form(aux));
        if (one_of(word, {"will", "shall", "'ll", "’ll", "wo", "must", "should", "ought"})) {
            reserve(q, Modality::planned);
        } else if (one_of(word, {"may", "might", "could", "can", "ca"})) {
            // "could not find it" did not.
            if (!negative || one_of(word, {"may", "might"})) reserve(q, Modality::possible);
        } else if (one_of(word, {"would", "'d", "’d"})) {
            // "would not say" did not; "would have won" did not either.
            if (negative && tree_.has_lemma(verb, {"say", "comment", "name", "disclose", "confirm", "discuss",
                                                   "reveal", "speak", "answer"}))
                return;
            reserve(q, is_perfect(verb) ? Modality::hypothetical : Modality::planned);
        } else if (tree_.lemma(aux) == "use") {
            q.past = true;
        }
    }

    bool is_perfect(std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb))
            if (tree_.is(c, "aux") && tree_.lemma(c) == "have") return true;
        return false;
    }

    // "if Halden buys", "unless", "whether"
    void marker(std::size_t mark, Qualifiers& q) const {
        const std::string_view lemma = tree_.lemma(mark);
        if (one_of(lemma, {"if", "unless", "lest", "provided", "supposing", "assuming"}))
            reserve(q, Modality::hypothetical);
        if (lemma == "whether") reserve(q, Modality::possible);
    }

    // "would sue if …", "faces jail if convicted": what holds only under a condition
    void condition(std::size_t verb, std::size_t clause, Qualifiers& q) const {
        const bool condition = starts_condition(clause) || inverted_condition(clause);
        if (!condition) return;
        const bool done = tree_.has_tag(verb, {"VBD"}) || (is_perfect(verb) && !has_modal(verb));
        // "said they would sue if": the condition is that of the reported clause
        if (!done) reserve(q, Modality::hypothetical);
    }

    bool starts_condition(std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb))
            if (tree_.is(c, "mark") && tree_.has_lemma(c, {"if", "unless", "lest", "provided", "supposing"}))
                return !(c > 0 && tree_.has_lemma(c - 1, {"even", "as"}));
        return false;
    }

    // "the proposed merger", "the failed attempt", "an alleged plot"
    void attribute(std::size_t word, Qualifiers& q) const {
        const std::string_view lemma = tree_.lemma(word);
        const std::string form = lower(tree_.form(word));
        if (one_of(form,
                   {"alleged", "reported", "rumoured", "rumored", "purported", "suspected", "supposed"}))
            reserve(q, Modality::alleged);
        else if (one_of(form, {"possible", "potential", "prospective", "likely", "mooted"}))
            reserve(q, Modality::possible);
        else if (one_of(form, {"planned", "proposed", "pending", "intended", "forthcoming", "imminent",
                               "impending", "attempted", "scheduled", "expected"}) ||
                 lexicon::is_future_modifier(lemma))
            reserve(q, Modality::planned);
        else if (lexicon::is_past_modifier(lemma))
            q.past = true;
        else if (one_of(form, {"failed", "abandoned", "cancelled", "canceled", "aborted", "abortive",
                               "scrapped", "unsuccessful", "thwarted", "foiled", "aborted", "shelved"}))
            negate(q);
    }

    // "according to Ana", "by one account"
    void source_phrase(std::size_t oblique, Qualifiers& q) const {
        if (!tree_.preposition(oblique).starts_with("accord")) return;
        if (q.source == k_none) q.source = oblique;
        if (is_accuser(oblique)) reserve(q, Modality::alleged);
    }

    // What prosecutors, complaints and critics say is a claim.
    bool is_accuser(std::size_t word) const {
        return tree_.has_lemma(word, {"prosecutor", "plaintiff", "accuser", "indictment", "lawsuit",
                                      "complaint", "critic", "opponent", "rumour", "rumor", "suit",
                                      "allegation", "prosecution", "tradition", "legend"});
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
        if (q.source != k_none && is_accuser(q.source)) reserve(q, Modality::alleged);
    }

    // What the law itself does is no claim: "was arrested, prosecutors said".
    bool is_legal_step(std::size_t verb) const {
        return tree_.has_lemma(verb, {"arrest", "detain", "charge",  "indict",    "sentence",    "convict",
                                      "acquit", "seek",   "release", "extradite", "investigate", "sue",
                                      "file",   "appeal", "search",  "question",  "summon",      "ask",
                                      "drop",   "raid",   "seize",   "plead"});
    }

    // "is expected in October", "is scheduled for", "is rumoured": the participle is the reserve.
    void own_meaning(std::size_t trigger, Qualifiers& q) const {
        if (!tree_.has_tag(trigger, {"VBN"}) && tree_.upos(trigger) != Upos::ADJ) return;
        const std::string form = lower(tree_.form(trigger));
        if (one_of(form, {"expected", "scheduled", "due", "slated", "planned", "forecast", "projected",
                          "intended", "poised"}))
            reserve(q, Modality::planned);
        else if (one_of(form, {"feared", "believed", "thought", "presumed", "tipped"}))
            reserve(q, Modality::possible);
        else if (one_of(form, {"rumoured", "rumored", "alleged", "suspected"}))
            reserve(q, Modality::alleged);
    }

    // --- the words above: what they do to the clause, and what is done to them
    // ------------------------------

    void governors(std::size_t at, Qualifiers& q, int depth) const {
        const std::size_t head = tree_.head(at);
        if (depth > k_depth) return;
        const bool infinitive = tree_.has_child_lemma(at, "mark", "to");
        if (head == k_none) {
            // "Halden to Buy Klinova": the headline's infinitive is a plan.
            if (infinitive) reserve(q, Modality::planned);
            return;
        }
        if (tree_.is(at, "conj")) {
            coordinated(at, head, q, depth);
        } else if (tree_.is_any(at, {"xcomp", "ccomp"}) || (tree_.is(at, "advcl") && !starts_condition(at)) ||
                   tree_.relation(at) == "acl") {
            complement(at, head, infinitive, q, depth);
        } else if (tree_.is(at, "parataxis")) {
            // "Halden will buy Klinova, Ana said": either of the two may be the head.
            const auto effect = lexicon::effect_of_verb(tree_.lemma(head));
            if (effect && effect->speech && tree_.child(head, "ccomp") == k_none) {
                take_source(head, q);
                if (effect->modality) reserve(q, *effect->modality);
            }
        } else if (tree_.relation(at) == "acl:relcl") {
            relative(at, head, q, depth);
        } else if (tree_.is_any(at, {"obj", "nsubj", "obl", "nmod", "compound"}) &&
                   tree_.child(at, "cop") == k_none && tree_.upos(at) == Upos::NOUN) {
            noun_in_clause(at, head, q, depth);
        }
    }

    // "will buy X and sell Y", "did not buy or sell": the second verb shares what stands before both; "if A
    // buys X and B sells Y": also a condition that both stand under.
    void coordinated(std::size_t at, std::size_t head, Qualifiers& q, int depth) const {
        const bool own_auxiliary = tree_.child(at, "aux") != k_none || tree_.child(at, "cop") != k_none;
        const bool own_subject = tree_.child(at, "nsubj") != k_none;
        const bool same_form = tree_.token(at).xpos == tree_.token(head).xpos ||
                               (tree_.has_tag(head, {"VB"}) && tree_.has_tag(at, {"VBP", "VBN"}));
        const bool shared = !own_subject && !own_auxiliary && same_form;
        Qualifiers first;
        if (shared) own_words(head, first);
        for (const std::size_t c : tree_.children(head))
            if (tree_.is(c, "mark")) marker(c, first);
        governors(head, first, depth + 1);
        reserve(q, first.modality);
        // "ordered a juice and did not drink it": a negation before the second verb is its own.
        if (shared && first.polarity == Polarity::negative && !contrasted(at)) negate(q);
        if (q.source == k_none) q.source = first.source;
    }

    // "did not sell but kept it"
    bool contrasted(std::size_t at) const { return tree_.has_child_lemma(at, "cc", "but"); }

    // "a deal under which Halden sells it", "a plan that would close it": the plan's own clause
    void relative(std::size_t at, std::size_t head, Qualifiers& q, int depth) const {
        Qualifiers above;
        const auto effect = lexicon::effect_of_noun(tree_.lemma(head));
        bool under = false;
        for (const std::size_t c : tree_.children(at))
            under |= tree_.is(c, "obl") && one_of(tree_.preposition(c), {"under", "by", "in"}) &&
                     one_of(tree_.lemma(c), {"which", "whom"});
        if (under && effect && effect->modality) reserve(q, *effect->modality);
        governors(head, above, depth + 1);
        if (q.source == k_none) q.source = above.source;
        if (above.source != k_none && above.modality == Modality::alleged) reserve(q, above.modality);
    }

    std::optional<lexicon::Effect> effect_on_complement(std::size_t at, std::size_t head,
                                                        bool infinitive) const {
        const std::string_view lemma = tree_.lemma(head);
        const bool noun = tree_.upos(head) == Upos::NOUN;
        if (tree_.upos(head) == Upos::ADJ || (infinitive && tree_.has_lemma(head, {"set", "slate", "due"})))
            return lexicon::effect_of_adjective(lemma == "slate" ? "slated" : lemma);
        if (!noun) return lexicon::effect_of_verb(lemma);
        // "a plan announced by", "a plan covering" describe the plan.
        if (!infinitive && tree_.has_tag(at, {"VBN"})) return std::nullopt;
        if (tree_.has_tag(at, {"VBG"}) && tree_.child(at, "mark") == k_none) return std::nullopt;
        return lexicon::effect_of_noun(lemma);
    }

    void complement(std::size_t at, std::size_t head, bool infinitive, Qualifiers& q, int depth) const {
        const bool adverbial = tree_.is(at, "advcl");
        auto effect = effect_on_complement(at, head, infinitive);
        // Adverbial clauses are governed only by verbs that take them as complements: "accused of stealing".
        const bool tied = has_tying_marker(at);
        if (adverbial && !tied && !infinitive) effect.reset();
        if (adverbial && infinitive && effect && effect->speech) effect.reset();
        if (effect)
            governed(at, head, *effect, q);
        else
            ungoverned(at, head, infinitive, q);
        // A factual adverbial or attribute keeps only the source of its clause.
        if (adverbial && !tied && !infinitive) {
            Qualifiers above;
            governors(head, above, depth + 1);
            if (q.source == k_none) q.source = above.source;
            if (above.modality == Modality::alleged || above.modality == Modality::denied)
                reserve(q, above.modality);
            return;
        }
        governors(head, q, depth + 1);
    }

    bool has_tying_marker(std::size_t at) const {
        for (const std::size_t c : tree_.children(at))
            if (tree_.is(c, "mark") &&
                tree_.has_lemma(c, {"of", "from", "with", "for", "in", "over", "against"}))
                return true;
        return false;
    }

    // The governing word has an effect of its own: "denied that", "plans to", "failed to".
    void governed(std::size_t at, std::size_t head, const lexicon::Effect& effect, Qualifiers& q) const {
        const bool passive = is_passive(tree_, head);
        Qualifiers own;
        own_words(head, own);
        // "was able to buy" bought.
        const bool achieved = tree_.lemma(head) == "able" && has_past_copula(head);
        if (effect.modality && !achieved)
            reserve(q, *effect.modality);
        else if (effect.speech && passive && tree_.is(at, "xcomp"))
            reserve(q, Modality::alleged);  // "is said to have bought": somebody says so
        if (effect.negates) negate(q);
        if (effect.speech && tree_.is_any(at, {"ccomp", "xcomp"}) && !passive) take_source(head, q);
        // "told the court that": a claim before a judge
        if (effect.speech && testifies(head)) reserve(q, Modality::alleged);
        if (own.polarity == Polarity::negative) {
            // "did not say that": nobody says so
            if (effect.speech)
                reserve(q, Modality::possible);
            else
                negate(q);
        }
        if (!effect.speech || own.modality == Modality::hypothetical) reserve(q, own.modality);
        if (q.source == k_none) q.source = own.source;
    }

    bool has_past_copula(std::size_t word) const {
        const std::size_t copula = tree_.child(word, "cop");
        return copula != k_none && tree_.has_tag(copula, {"VBD"});
    }

    bool testifies(std::size_t verb) const {
        if (tree_.lemma(verb) != "tell") return false;
        const std::size_t to =
            tree_.child(verb, "iobj") != k_none ? tree_.child(verb, "iobj") : tree_.child(verb, "obj");
        return to != k_none && tree_.has_lemma(to, {"court", "juror", "jury", "judge", "tribunal", "police",
                                                    "investigator", "inquest", "detective"});
    }

    void ungoverned(std::size_t at, std::size_t head, bool infinitive, Qualifiers& q) const {
        const bool noun = tree_.upos(head) == Upos::NOUN;
        if (tree_.is(at, "advcl")) {
            // "left Halden to join Klinova": a purpose
            if (infinitive && !takes_result(head)) reserve(q, Modality::planned);
            if (tree_.has_child_lemma(at, "mark", "instead") || tree_.has_child_lemma(at, "mark", "rather") ||
                tree_.has_child_lemma(at, "mark", "than"))
                negate(q);
            if (accuses_of_deed(head, at)) reserve(q, Modality::alleged);
            if (waits_for(at, head)) reserve(q, Modality::planned);
            return;
        }
        Qualifiers own;
        own_words(head, own);
        if (noun) {
            // "the first firm to buy", "the only woman to have run it" did it, unless they "would be" the
            // first.
            if (!infinitive) return;
            if (is_first_of(head) || is_perfect(at))
                reserve(q, own.modality);
            else
                reserve(q, Modality::planned);
            return;
        }
        // "has yet to buy", "yet to be sold"
        const bool yet = infinitive && (tree_.has_child_lemma(head, "advmod", "yet") ||
                                        (tree_.token(at).span.begin > 0 && before_to(at) == "yet"));
        if (own.polarity == Polarity::negative || yet) negate(q);
        reserve(q, own.modality);
        if (q.source == k_none) q.source = own.source;
        // "is to buy", "is going to buy"; "had to buy" did.
        if (infinitive && !yet &&
            (tree_.has_lemma(head, {"be", "go"}) ||
             (tree_.lemma(head) == "have" && !tree_.has_tag(head, {"VBD"}))))
            reserve(q, Modality::planned);
    }

    // Lemma before the "to" of an infinitive.
    std::string_view before_to(std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb))
            if (tree_.is(c, "mark") && tree_.lemma(c) == "to" && c > 0) return tree_.lemma(c - 1);
        return {};
    }

    // "used the majority to block it", "took three hours to convict him": the end is reached with the means.
    bool takes_result(std::size_t verb) const {
        return tree_.has_lemma(
                   verb, {"use",    "take",    "beat",     "grow",   "rise",  "fall",    "go",    "come",
                          "edge",   "drop",    "overcome", "defeat", "help",  "combine", "merge", "emerge",
                          "return", "survive", "live",     "wake",   "climb", "slip"}) &&
               (tree_.has_tag(verb, {"VBD"}) || (tree_.has_tag(verb, {"VBN"}) && is_perfect(verb)));
    }

    bool is_first_of(std::size_t noun) const {
        if (tree_.has_lemma(noun, {"first", "last", "latest", "only", "second", "third"})) return true;
        for (const std::size_t c : tree_.children(noun))
            if (c < noun && tree_.has_lemma(c, {"first", "last", "latest", "only", "second", "third",
                                                "fourth", "fifth", "next", "youngest", "oldest"}))
                return true;
        return false;
    }

    // "arrested for stealing", "is being investigated over paying": not proven yet
    bool accuses_of_deed(std::size_t verb, std::size_t at) const {
        return tree_.has_lemma(verb, {"arrest", "detain", "investigate", "probe", "prosecute", "try",
                                      "question", "indict", "sue", "summon"}) &&
               (tree_.has_child_lemma(at, "mark", "for") || tree_.has_child_lemma(at, "mark", "over") ||
                tree_.has_child_lemma(at, "mark", "of"));
    }

    // "until it hears the case", "once the deal closes": the present tense of what is to come
    bool waits_for(std::size_t at, std::size_t head) const {
        if (!tree_.has_tag(at, {"VBZ", "VBP"}) && !(tree_.has_tag(at, {"VBN"}) && is_passive(tree_, at)))
            return false;
        bool waiting = false;
        for (const std::size_t c : tree_.children(at)) {
            if (tree_.is_any(c, {"mark", "advmod"}) &&
                tree_.has_lemma(c, {"until", "before", "once", "when", "after", "till"}))
                waiting = true;
            if (tree_.is(c, "aux") && tree_.has_tag(c, {"VBD"})) return false;
        }
        Qualifiers main;
        own_words(head, main);
        return waiting && main.modality != Modality::asserted;
    }

    // --- event nouns: "denied the merger", "plans a takeover of", "talks about a merger"
    // ---------------------

    void noun_in_clause(std::size_t at, std::size_t head, Qualifiers& q, int depth) const {
        const bool noun = tree_.upos(head) == Upos::NOUN;
        if (noun)
            noun_of_noun(at, head, q, depth);
        else if (is_verbal(head) || tree_.upos(head) == Upos::ADJ)
            noun_of_verb(at, head, q, depth);
    }

    // "plans for a merger", "denial of the takeover", "merger talks"
    void noun_of_noun(std::size_t at, std::size_t head, Qualifiers& q, int depth) const {
        if (!lexicon::is_event_noun(tree_.lemma(at)) || tree_.is(at, "nmod:poss")) return;
        const auto effect = lexicon::effect_of_noun(tree_.lemma(head));
        if (!effect) return;
        const bool tied =
            tree_.is(at, "compound") ||
            one_of(tree_.preposition(at), {"of", "for", "about", "on", "over", "to", "against"});
        if (!tied) return;
        if (effect->modality) reserve(q, *effect->modality);
        if (effect->negates) {
            reserve(q, Modality::planned);
            negate(q);
        }
        Qualifiers own;
        own_words(head, own);
        reserve(q, own.modality);
        if (own.polarity == Polarity::negative) negate(q);
        governors(head, q, depth + 1);
    }

    void noun_of_verb(std::size_t at, std::size_t head, Qualifiers& q, int depth) const {
        const bool subject = tree_.is(at, "nsubj") && !is_passive(tree_, head);
        Qualifiers own;
        own_words(head, own);
        if (q.source == k_none) q.source = own.source;
        Qualifiers above;
        governors(head, above, depth + 1);
        if (q.source == k_none) q.source = above.source;
        if (!lexicon::is_event_noun(tree_.lemma(at))) return;
        if (subject) {
            // "the merger would create": it has not happened yet
            for (const std::size_t c : tree_.children(head))
                if (tree_.is(c, "aux") && tree_.lemma(c) == "would") reserve(q, Modality::planned);
            return;
        }
        const auto effect = lexicon::effect_of_verb(tree_.lemma(head));
        const bool about =
            tree_.is(at, "obl") &&
            !one_of(tree_.preposition(at), {"on", "to", "for", "about", "of", "from", "over", "in"});
        const bool prospect =
            tree_.has_lemma(head, {"approve", "clear", "oppose", "support", "back", "review", "vote", "block",
                                   "announce", "unveil", "hold", "call", "favour", "favor", "lobby", "rule"});
        if (about) return;
        if (effect && !effect->speech) {
            if (effect->modality) reserve(q, *effect->modality);
            // "blocked the merger", "scrapped the sale"; "halted the output" had an output.
            if (effect->negates && effect->modality) {
                reserve(q, Modality::planned);
                negate(q);
            }
        } else if (effect && effect->modality && *effect->modality != Modality::planned) {
            reserve(q, *effect->modality);
        }
        // "announced the takeover": said, and not closed yet
        if (prospect && !tree_.is(at, "obl")) reserve(q, Modality::planned);
        const bool achieving = tree_.has_lemma(
            head, {"make",   "complete", "sign",  "reach", "have",  "hold",  "do",    "conduct", "launch",
                   "close",  "finalise", "win",   "get",   "seal",  "enter", "take",  "carry",   "stage",
                   "strike", "finalize", "start", "begin", "place", "file",  "lodge", "receive", "secure"});
        if (!achieving && !effect && !prospect) return;
        reserve(q, own.modality);
        if (own.polarity == Polarity::negative) negate(q);
        reserve(q, above.modality);
        if (above.polarity == Polarity::negative) negate(q);
    }

    // "Will Halden buy Klinova?"
    void question(std::size_t trigger, Qualifiers& q) const {
        if (tree_.size() == 0 || tree_.form(tree_.size() - 1) != "?") return;
        std::size_t at = trigger;
        for (std::size_t i = 0; i < k_depth && tree_.head(at) != k_none; ++i) {
            if (!tree_.is_any(at, {"xcomp", "ccomp", "conj"})) return;
            at = tree_.head(at);
        }
        if (tree_.head(at) == k_none) reserve(q, Modality::hypothetical);
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
