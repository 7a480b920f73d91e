// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/clauses.hpp"

#include <algorithm>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

// Bounds every walk from clause to clause; no English sentence nests deeper on purpose.
constexpr int k_depth = 12;

bool is_relative_pronoun(const SentenceTree& tree, std::size_t i) {
    return tree.has_tag(i, {"WDT", "WP", "WP$"}) || (tree.lemma(i) == "that" && tree.upos(i) == Upos::PRON);
}

bool is_verb(const SentenceTree& tree, std::size_t i) {
    return tree.upos(i) == Upos::VERB || (tree.upos(i) == Upos::AUX && !tree.is_any(i, {"aux", "cop"}));
}

bool is_predicate(const SentenceTree& tree, std::size_t i) {
    return is_verb(tree, i) || tree.child(i, "cop") != k_none;
}

bool has_to(const SentenceTree& tree, std::size_t verb) {
    return tree.has_child_lemma(verb, "mark", "to");
}

std::vector<std::size_t> own_subjects(const SentenceTree& tree, std::size_t verb) {
    std::vector<std::size_t> result;
    for (const std::size_t c : tree.children(verb))
        if (tree.is(c, "nsubj") && tree.relation(c) != "nsubj:outer") result.push_back(c);
    return result;
}

const Predicate* labels_of(const SentenceTree& tree, std::size_t verb) {
    for (const Predicate& predicate : tree.sentence().predicates)
        if (predicate.token == verb) return &predicate;
    return nullptr;
}

bool has_label(const SentenceTree& tree, std::size_t verb, std::size_t token, std::string_view label) {
    const Predicate* labels = labels_of(tree, verb);
    return labels && std::any_of(labels->roles.begin(), labels->roles.end(), [&](const Role& role) {
               return role.token == token && role.label == label;
           });
}

// "persuaded Klinova to sell Orsix", "had Ana Lind run the plant": an object of the governing verb that is
// the doer of the infinitive, by the sort of verb or by the role labels; or k_none.
std::size_t controlling_object(const SentenceTree& tree, std::size_t governor, std::size_t verb) {
    if (!is_verb(tree, governor)) return k_none;
    for (const char* relation : {"obj", "iobj"}) {
        const std::size_t object = tree.child(governor, relation);
        if (object == k_none || object > verb) continue;
        if (lexicon::controls_object(tree.lemma(governor)) || has_label(tree, verb, object, "ARG0"))
            return object;
    }
    return k_none;
}

std::vector<std::size_t> subjects(const SentenceTree& tree, std::size_t verb, int depth) {
    std::vector<std::size_t> result;
    if (depth > k_depth) return result;
    const auto own = own_subjects(tree, verb);
    if (!own.empty()) {
        for (const std::size_t s : own)
            for (const std::size_t member : coordination(tree, antecedent(tree, s))) result.push_back(member);
        return result;
    }
    const std::size_t head = tree.head(verb);
    if (head == k_none) return result;
    const auto from = [&](std::size_t i) { return coordination(tree, antecedent(tree, i)); };
    // "quit X and joined Y": the second verb has the first one's subject.
    if (tree.is(verb, "conj")) {
        if (is_predicate(tree, head)) return subjects(tree, head, depth + 1);
        return result;
    }
    // "agreed to buy" (subject control), "asked Ana to leave" (object control), "was expected to join"
    if (tree.is(verb, "xcomp") || tree.is(verb, "ccomp") || (tree.is(verb, "advcl") && has_to(tree, verb))) {
        if (tree.is(verb, "ccomp") && !has_to(tree, verb) && !tree.has_tag(verb, {"VBG"})) return result;
        const std::size_t object = controlling_object(tree, head, verb);
        if (object != k_none) return from(object);
        return subjects(tree, head, depth + 1);
    }
    // "accused Halden of hiding": the accused is the doer
    if (tree.is(verb, "advcl") && is_verb(tree, head) &&
        (tree.has_child_lemma(verb, "mark", "of") || tree.has_child_lemma(verb, "mark", "from"))) {
        const std::size_t object = tree.child(head, "obj");
        if (object != k_none) return from(object);
    }
    // "Founded in 1990, Halden …", "…, taking three colleagues with her", "after buying Klinova"
    if (tree.is(verb, "advcl")) return subjects(tree, head, depth + 1);
    if (tree.relation(verb) == "acl" || tree.is(verb, "acl")) {
        if (tree.has_tag(verb, {"VBG", "VBN"}) && !has_to(tree, verb) && tree.child(verb, "mark") == k_none)
            return from(head);
        // "Halden's plan to buy", "signed a deal to buy"
        // "asked the regulator to block": hung on the noun or on the verb, the regulator blocks
        if (has_to(tree, verb) && tree.is_any(head, {"obj", "iobj"}) && tree.head(head) != k_none &&
            is_verb(tree, tree.head(head)) && lexicon::controls_object(tree.lemma(tree.head(head))))
            return from(head);
        const std::size_t possessor = tree.child(head, "nmod:poss");
        if (possessor != k_none) return from(possessor);
        if (tree.is_any(head, {"obj", "obl", "nmod"}) && tree.head(head) != k_none) {
            std::size_t governor = tree.head(head);
            for (int i = 0; i < 3 && !is_predicate(tree, governor) && tree.head(governor) != k_none; ++i)
                governor = tree.head(governor);
            if (is_predicate(tree, governor)) return subjects(tree, governor, depth + 1);
        }
    }
    return result;
}

// The noun on whose relative clause `verb` depends, and that clause's own verb.
std::size_t relative_head(const SentenceTree& tree, std::size_t verb) {
    std::size_t at = verb;
    for (int i = 0; i < k_depth; ++i) {
        if (tree.relation(at) == "acl:relcl") return tree.head(at);
        if (!tree.is_any(at, {"conj", "xcomp", "ccomp"}) || tree.head(at) == k_none) return k_none;
        at = tree.head(at);
    }
    return k_none;
}

class ClauseFinder {
  public:
    explicit ClauseFinder(const SentenceTree& tree) : tree_(tree), labels_(tree.size(), nullptr) {
        for (const Predicate& predicate : tree.sentence().predicates)
            if (predicate.token < tree.size()) labels_[predicate.token] = &predicate;
    }

    std::vector<Clause> find() {
        std::vector<Clause> clauses;
        for (std::size_t i = 0; i < tree_.size(); ++i) {
            if (tree_.child(i, "cop") != k_none && tree_.upos(i) != Upos::VERB)
                clauses.push_back(copular_clause(i));
            else if (is_verb(tree_, i))
                clauses.push_back(verb_clause(i));
        }
        return clauses;
    }

  private:
    void add(Clause& clause, Slot slot, std::size_t token, std::string preposition = {},
             bool inherited = false, std::size_t via = k_none) const {
        const std::size_t first = antecedent(tree_, token);
        for (const std::size_t member : coordination(tree_, first)) {
            const auto same = [&](const ClauseArgument& a) { return a.slot == slot && a.token == member; };
            if (slot != Slot::preposition &&
                std::any_of(clause.arguments.begin(), clause.arguments.end(), same))
                continue;
            ClauseArgument argument;
            argument.slot = slot;
            argument.preposition = preposition;
            argument.token = member;
            argument.distributed = member != first;
            argument.inherited = inherited;
            argument.via = via;
            clause.arguments.push_back(std::move(argument));
        }
    }

    void add_oblique(Clause& clause, std::size_t token, std::size_t via = k_none) const {
        std::string preposition = tree_.preposition(token);
        // "the fund [in which] Ana invested": the pronoun carries the preposition.
        if (preposition.empty()) return;
        add(clause, Slot::preposition, token, std::move(preposition), false, via);
    }

    Clause verb_clause(std::size_t verb) const {
        Clause clause;
        clause.trigger = verb;
        clause.lemma = std::string(tree_.lemma(verb));
        clause.passive = is_passive(tree_, verb);
        clause.progressive = tree_.has_tag(verb, {"VBG"}) && present_auxiliary(verb);
        std::size_t object = k_none;
        for (const std::size_t c : tree_.children(verb)) {
            if (tree_.is(c, "compound:prt")) clause.particle = std::string(tree_.lemma(c));
            // "was given four years": parsers take the object of the passive for a point in time.
            const bool sentence = tree_.relation(c) == "obl:unmarked" && clause.passive &&
                                  tree_.has_lemma(verb, {"give", "award", "pay", "offer", "hand"});
            if (tree_.is(c, "obj") || sentence) object = c;
        }
        // "a prize was awarded" against "Ana was awarded a prize": with an object left, the subject is the
        // receiver.
        const Slot subject_slot = !clause.passive    ? Slot::subject
                                  : object != k_none ? Slot::iobject
                                                     : Slot::object;
        const bool inherited = own_subjects(tree_, verb).empty();
        for (const std::size_t s : surface_subjects(tree_, verb)) {
            ClauseArgument argument;
            argument.slot = subject_slot;
            argument.token = s;
            argument.inherited = inherited;
            clause.arguments.push_back(std::move(argument));
        }
        mark_distributed(clause);
        for (const std::size_t c : tree_.children(verb)) {
            if (tree_.is(c, "obj") || c == object)
                add(clause, Slot::object, c);
            else if (tree_.is(c, "iobj"))
                add(clause, Slot::iobject, c);
            else if (tree_.is(c, "obl:agent") ||
                     (clause.passive && tree_.is(c, "obl") && tree_.preposition(c) == "by" && !is_time(c)))
                add(clause, Slot::subject, c);
            else if (tree_.is(c, "obl") && !clause.passive && is_company(c))
                add_company(clause, c);
            else if (shared_with(verb, c) != k_none)
                add(clause, Slot::object, c);
            else if (tree_.is(c, "obl") || tree_.is(c, "nmod"))
                add_oblique(clause, c);
            else if (tree_.is(c, "xcomp") && tree_.upos(c) != Upos::VERB)
                complement(clause, c);
            else if (tree_.is(c, "advcl") && tree_.has_tag(c, {"VBG"}))
                gerund(clause, c);
        }
        share_object(clause, verb);
        share_oblique(clause, verb);
        relative_object(clause, verb);
        // "filed a lawsuit against X", "took a stake in Y": what depends on the object noun
        if (object != k_none) {
            for (const std::size_t c : tree_.children(object)) {
                // "joined Klinova's board" is "joined the board of Klinova".
                if (tree_.is(c, "nmod:poss"))
                    add(clause, Slot::preposition, c, "of", false, object);
                else if (tree_.is(c, "nmod"))
                    add_oblique(clause, c, object);
            }
        }
        confirm(clause);
        return clause;
    }

    // "Halden, along with Klinova, sued": one more subject
    bool is_company(std::size_t oblique) const {
        const std::string preposition = tree_.preposition(oblique);
        return preposition == "along with" || preposition == "together with" || preposition == "as well as";
    }

    void add_company(Clause& clause, std::size_t oblique) const {
        if (!clause.find(Slot::subject)) return;
        add(clause, Slot::subject, oblique);
        clause.arguments.back().distributed = true;
    }

    // "acquired or invested in Klinova": the noun that hangs on the first verb while its preposition stands
    // behind a later one is the object of the first. That later verb, or k_none.
    std::size_t shared_with(std::size_t verb, std::size_t oblique) const {
        if (!tree_.is(oblique, "obl") || tree_.child(verb, "obj") != k_none) return k_none;
        for (const std::size_t c : tree_.children(verb)) {
            if (!tree_.is(c, "conj") || !is_verb(tree_, c) || c > tree_.leftmost(oblique)) continue;
            const bool bare = tree_.child(c, "obj") == k_none && tree_.child(c, "obl") == k_none;
            if (bare && has_label(tree_, verb, oblique, "ARG1")) return c;
        }
        return k_none;
    }

    // The other side of it: "invested [in Klinova]".
    void share_oblique(Clause& clause, std::size_t verb) const {
        const std::size_t head = tree_.head(verb);
        if (!tree_.is(verb, "conj") || head == k_none || !is_verb(tree_, head)) return;
        for (const std::size_t c : tree_.children(head))
            if (shared_with(head, c) == verb) add_oblique(clause, c);
    }

    // "convicted of trying to extort": the deed is an argument.
    void gerund(Clause& clause, std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb)) {
            if (!tree_.is(c, "mark") || !tree_.has_lemma(c, {"of", "for", "with"})) continue;
            ClauseArgument argument;
            argument.slot = Slot::preposition;
            argument.preposition = std::string(tree_.lemma(c));
            argument.token = verb;
            clause.arguments.push_back(std::move(argument));
        }
    }

    // "found guilty of": arguments of the adjective belong to the clause.
    void complement(Clause& clause, std::size_t token) const {
        for (const std::size_t c : tree_.children(token))
            if (tree_.is_any(c, {"obl", "nmod"})) add_oblique(clause, c, token);
    }

    Clause copular_clause(std::size_t predicate) const {
        Clause clause;
        clause.trigger = predicate;
        clause.copular = true;
        const std::string preposition = tree_.preposition(predicate);
        clause.lemma = "be";
        for (const std::size_t s : surface_subjects(tree_, predicate)) {
            ClauseArgument argument;
            argument.slot = Slot::subject;
            argument.token = s;
            argument.inherited = own_subjects(tree_, predicate).empty();
            clause.arguments.push_back(std::move(argument));
        }
        mark_distributed(clause);
        const bool nominal = tree_.upos(predicate) == Upos::NOUN || tree_.upos(predicate) == Upos::PROPN ||
                             tree_.upos(predicate) == Upos::NUM || tree_.upos(predicate) == Upos::PRON;
        if (!preposition.empty() && nominal) {
            // "the film is about Ana", "is in talks with Halden"
            clause.lemma = "be";
            add(clause, Slot::preposition, predicate, preposition);
        } else {
            clause.lemma = "be " + std::string(tree_.lemma(predicate));
        }
        for (const std::size_t c : tree_.children(predicate))
            if (tree_.is_any(c, {"obl", "nmod"}) && !tree_.is(c, "nmod:poss")) add_oblique(clause, c);
        return clause;
    }

    void mark_distributed(Clause& clause) const {
        for (std::size_t i = 1; i < clause.arguments.size(); ++i)
            clause.arguments[i].distributed = tree_.is(clause.arguments[i].token, "conj");
    }

    bool is_time(std::size_t token) const {
        return tree_.upos(token) == Upos::NUM ||
               tree_.has_lemma(token, {"year",      "month",     "week",    "day",      "monday",   "tuesday",
                                       "wednesday", "thursday",  "friday",  "saturday", "sunday",   "january",
                                       "february",  "march",     "april",   "may",      "june",     "july",
                                       "august",    "september", "october", "november", "december", "end"});
    }

    bool present_auxiliary(std::size_t verb) const {
        for (const std::size_t c : tree_.children(verb))
            if (tree_.is(c, "aux") && tree_.lemma(c) == "be" && tree_.has_tag(c, {"VBZ", "VBP"})) return true;
        return false;
    }

    // "designs and builds trams": one object for both verbs.
    void share_object(Clause& clause, std::size_t verb) const {
        if (clause.passive || clause.find(Slot::object)) return;
        const std::size_t head = tree_.head(verb);
        if (tree_.is(verb, "conj") && head != k_none && is_verb(tree_, head)) {
            const std::size_t object = tree_.child(head, "obj");
            if (object != k_none && object > verb) add(clause, Slot::object, object, {}, true);
            return;
        }
        for (const std::size_t c : tree_.children(verb)) {
            if (!tree_.is(c, "conj") || !is_verb(tree_, c) || c > verb + 3) continue;
            const std::size_t object = tree_.child(c, "obj");
            if (object != k_none && tree_.token(c).xpos == tree_.token(verb).xpos &&
                own_subjects(tree_, c).empty())
                add(clause, Slot::object, object, {}, true);
        }
    }

    // "the ferry Halden built": the noun is the missing object of its relative clause.
    void relative_object(Clause& clause, std::size_t verb) const {
        if (clause.passive || clause.find(Slot::object)) return;
        const std::size_t noun = relative_head(tree_, verb);
        if (noun == k_none) return;
        for (const ClauseArgument& argument : clause.arguments)
            if (argument.token == noun) return;
        // The pronoun may stand with another verb or a preposition; only a clause without one has the gap
        // here.
        const std::size_t left = tree_.leftmost(verb);
        for (std::size_t i = left; i < tree_.behind(verb); ++i)
            if (is_relative_pronoun(tree_, i)) return;
        if (tree_.child(verb, "xcomp") != k_none || tree_.child(verb, "ccomp") != k_none) return;
        if (clause.find(Slot::subject)) add(clause, Slot::object, noun, {}, true);
    }

    // Compares with the role labels and takes from them what the tree lacks.
    void confirm(Clause& clause) const {
        const Predicate* labels = labels_[clause.trigger];
        if (!labels || labels->roles.empty()) return;
        const auto label_at = [&](std::size_t token) -> const Role* {
            for (const Role& role : labels->roles)
                if (role.token == token) return &role;
            return nullptr;
        };
        for (ClauseArgument& argument : clause.arguments) {
            if (argument.slot == Slot::preposition || argument.inherited || argument.distributed) continue;
            const Role* role = label_at(argument.token);
            // A relative pronoun or the whole coordination may carry the label instead.
            argument.confirmed = role ? role->label.starts_with("ARG") && !role->label.starts_with("ARGM")
                                      : tree_.head(argument.token) != clause.trigger;
        }
        for (const Role& role : labels->roles) {
            if (role.token >= tree_.size() || role.score < 0.6F) continue;
            const bool nominal = tree_.upos(role.token) == Upos::PROPN ||
                                 tree_.upos(role.token) == Upos::NOUN || tree_.upos(role.token) == Upos::PRON;
            if (!nominal || is_relative_pronoun(tree_, role.token)) continue;
            const auto used = std::any_of(clause.arguments.begin(), clause.arguments.end(),
                                          [&](const ClauseArgument& a) { return a.token == role.token; });
            if (used || !tree_.preposition(role.token).empty()) continue;
            Slot slot = Slot::none;
            if (role.label == "ARG0" && !clause.find(Slot::subject)) slot = Slot::subject;
            if (role.label == "ARG1" && !clause.find(Slot::object) && clause.find(Slot::subject) &&
                !clause.passive)
                slot = Slot::object;
            if (slot == Slot::none) continue;
            ClauseArgument argument;
            argument.slot = slot;
            argument.token = role.token;
            argument.inherited = true;
            argument.confirmed = false;
            clause.arguments.push_back(std::move(argument));
        }
    }

    const SentenceTree& tree_;
    std::vector<const Predicate*> labels_;
};

}  // namespace

const ClauseArgument* Clause::find(Slot slot) const {
    for (const ClauseArgument& argument : arguments)
        if (argument.slot == slot) return &argument;
    return nullptr;
}

std::size_t antecedent(const SentenceTree& tree, std::size_t token) {
    if (!is_relative_pronoun(tree, token)) return token;
    std::size_t at = token;
    for (int i = 0; i < k_depth && at != k_none; ++i) {
        // "It was Klinova that won": the clause of a cleft hangs on the predicate.
        const bool cleft = tree.relation(at) == "advcl:relcl" && tree.head(at) != k_none &&
                           tree.child(tree.head(at), "expl") != k_none;
        if (cleft || tree.relation(at) == "acl:relcl") return tree.head(at) == k_none ? token : tree.head(at);
        at = tree.head(at);
    }
    return token;
}

std::vector<std::size_t> coordination(const SentenceTree& tree, std::size_t token) {
    std::vector<std::size_t> result{token};
    for (const std::size_t c : tree.children(token)) {
        if (!tree.is(c, "conj") || is_predicate(tree, c)) continue;
        // "X, but not Y": the excluded member is no argument.
        if (tree.has_child_lemma(c, "advmod", "not") || tree.has_child_lemma(c, "cc", "but")) continue;
        // Parsers chain long lists: A <- B <- C.
        for (const std::size_t member : coordination(tree, c)) result.push_back(member);
    }
    return result;
}

std::vector<std::size_t> surface_subjects(const SentenceTree& tree, std::size_t verb) {
    return subjects(tree, verb, 0);
}

bool is_passive(const SentenceTree& tree, std::size_t verb) {
    std::size_t at = verb;
    for (int i = 0; i < k_depth; ++i) {
        for (const std::size_t c : tree.children(at))
            if (tree.relation(c) == "nsubj:pass" || tree.relation(c) == "aux:pass") return true;
        if (!tree.has_tag(at, {"VBN", "VBD"})) return false;
        const std::size_t head = tree.head(at);
        if (head == k_none) return false;
        const bool auxiliary = tree.child(at, "aux") != k_none;
        // "the firm founded by Ana", "Founded in 1990, the firm …"
        if (tree.has_tag(at, {"VBN"}) && !auxiliary && own_subjects(tree, at).empty() &&
            (tree.relation(at) == "acl" || tree.is(at, "advcl") || tree.is(at, "xcomp") ||
             tree.is(at, "amod")))
            return true;
        // "was convicted and sentenced"
        if (!tree.is(at, "conj") || auxiliary || !own_subjects(tree, at).empty() ||
            !tree.has_tag(head, {"VBN"}))
            return false;
        at = head;
    }
    return false;
}

std::vector<Clause> find_clauses(const SentenceTree& tree) {
    return ClauseFinder(tree).find();
}

}  // namespace relata::ingest
