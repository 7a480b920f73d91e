// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/relations.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "ingest/facts/clause_reading.hpp"
#include "ingest/facts/clauses.hpp"
#include "ingest/facts/fact_builder.hpp"
#include "ingest/facts/figures.hpp"
#include "ingest/facts/learned_relations.hpp"
#include "ingest/facts/lexicon.hpp"
#include "ingest/facts/nameless_things.hpp"
#include "ingest/facts/nominal_relations.hpp"
#include "ingest/facts/open_relations.hpp"
#include "ingest/facts/role_relations.hpp"

namespace relata::ingest {

namespace {

bool preposition_matches(std::string_view said, std::string_view wanted) {
    if (said == wanted) return true;
    // "out of" holds the "of" of "pull+out of"; "from within" the "from".
    return said.size() > wanted.size() &&
           ((said.ends_with(wanted) && said[said.size() - wanted.size() - 1] == ' ') ||
            (said.starts_with(wanted) && said[wanted.size()] == ' '));
}

class VerbRelations {
  public:
    VerbRelations(DocumentView& view, const Ontology& ontology, FactBuilder& builder)
        : view_(view), ontology_(ontology), builder_(builder) {}

    void read(std::size_t sentence) {
        sentence_ = sentence;
        tree_ = &view_.tree(sentence);
        reading_.emplace(view_, builder_, sentence);
        const OpenRelations open(*reading_, view_, builder_);
        const Figures figures(view_, builder_, sentence);
        for (const Clause& clause : find_clauses(*tree_)) {
            const Qualifiers qualifiers = clause_qualifiers(clause);
            known_.clear();
            canonical(clause, qualifiers);
            figures.read(clause, qualifiers);
            open.read(clause, qualifiers, known_);
        }
    }

  private:
    Qualifiers clause_qualifiers(const Clause& clause) const {
        Qualifiers q = read_qualifiers(*tree_, clause.trigger);
        if (clause.copular) {
            const std::size_t copula = tree_->child(clause.trigger, "cop");
            if (copula != k_none && tree_->has_tag(copula, {"VBD"})) q.past = true;
        }
        return q;
    }

    // Whether the types of the arguments must be those of the relation, or may be types that the recogniser
    // of names takes for one another.
    enum class Types { strict, loose };

    // --- relations that the ontology knows --------------------------------------------------------------

    void canonical(const Clause& clause, const Qualifiers& qualifiers) {
        // Fuller patterns first: "take stake in" before "take".
        std::vector<const VerbPattern*> patterns;
        for (const VerbPattern& pattern : ontology_.verbs(clause.lemma)) patterns.push_back(&pattern);
        const auto weight = [](const VerbPattern& p) {
            return (p.object_noun.empty() ? 0 : 4) + (p.prepositional_noun.empty() ? 0 : 4) +
                   (p.particle.empty() ? 0 : 2) + (p.b.slot == Slot::preposition ? 1 : 0) +
                   (p.a.slot == Slot::preposition ? 1 : 0);
        };
        std::stable_sort(patterns.begin(), patterns.end(),
                         [&](const VerbPattern* a, const VerbPattern* b) { return weight(*a) > weight(*b); });
        for (const VerbPattern* pattern : patterns) apply(*pattern, clause, qualifiers, Types::strict);
        // The verb knows better than the recogniser of names what "sold its holding in Palaver" is about.
        for (const VerbPattern* pattern : patterns) apply(*pattern, clause, qualifiers, Types::loose);
    }

    bool has_particle(const Clause& clause, const std::string& particle) const {
        if (clause.particle == particle) return true;
        for (const std::size_t c : tree_->children(clause.trigger)) {
            if (tree_->lemma(c) == particle && tree_->is_any(c, {"advmod", "compound:prt", "obl", "case"}))
                return true;
        }
        for (const ClauseArgument& argument : clause.arguments)
            if (argument.slot == Slot::preposition && argument.preposition.starts_with(particle + " "))
                return true;
        return false;
    }

    bool value_object(const Clause& clause) const {
        return std::any_of(clause.arguments.begin(), clause.arguments.end(),
                           [&](const ClauseArgument& argument) {
                               return argument.slot == Slot::object &&
                                      view_.value_over(sentence_, argument.token) != nullptr;
                           });
    }

    // Token of the required object noun or complement, or k_none. "percent" stands for any percentage.
    std::size_t required_noun(const Clause& clause, const std::string& noun) const {
        for (const ClauseArgument& argument : clause.arguments) {
            if (argument.slot != Slot::object) continue;
            if (tree_->lemma(argument.token) == noun) return argument.token;
            const FoundValue* value = view_.value_over(sentence_, argument.token);
            if (noun == "percent" && value && value->value.kind == ValueKind::percent) return argument.token;
        }
        for (const std::size_t c : tree_->children(clause.trigger))
            if (tree_->lemma(c) == noun && tree_->is_any(c, {"xcomp", "advmod", "obl:unmarked", "compound"}))
                return c;
        return k_none;
    }

    std::vector<const ClauseArgument*> fillers(const Clause& clause, const VerbPattern& pattern,
                                               const PatternArgument& wanted, std::size_t noun) const {
        const bool takes_object = pattern.some_object || pattern.a.slot == Slot::object ||
                                  pattern.b.slot == Slot::object || !pattern.prepositional_noun.empty();
        std::vector<const ClauseArgument*> result;
        for (const ClauseArgument& argument : clause.arguments) {
            if (argument.token == noun) continue;
            if (wanted.slot == Slot::preposition) {
                if (argument.slot != Slot::preposition ||
                    !preposition_matches(argument.preposition, wanted.preposition))
                    continue;
                // "withdrew money from X" is no "withdraw from".
                if (wanted.preposition == "from" && !takes_object && noun == k_none &&
                    clause.find(Slot::object))
                    continue;
                // "sold its unit to X": loosely attached; "of" and "in" belong to their noun, and "suffered
                // losses from" is no "suffer from".
                if (argument.via != k_none && noun == k_none &&
                    (!takes_object || (wanted.preposition != "to" && wanted.preposition != "with" &&
                                       wanted.preposition != "from" && wanted.preposition != "against" &&
                                       wanted.preposition != "as")))
                    continue;
                result.push_back(&argument);
            } else if (argument.slot == wanted.slot) {
                result.push_back(&argument);
            } else if (wanted.slot == Slot::object && argument.slot == Slot::iobject &&
                       (noun != k_none || value_object(clause) || !clause.find(Slot::object))) {
                // "awarded Klinova a contract", "fined her 4 million", "urged Norway to pay"
                result.push_back(&argument);
            } else if (wanted.slot == Slot::iobject && argument.slot == Slot::object &&
                       value_object(clause) && !view_.value_over(sentence_, argument.token)) {
                result.push_back(&argument);  // "lends Klinova $5m", with two objects to the parser
            }
        }
        return result;
    }

    void apply(const VerbPattern& pattern, const Clause& clause, const Qualifiers& qualifiers, Types types) {
        if (pattern.particle.empty() ? !clause.particle.empty() : !has_particle(clause, pattern.particle))
            return;
        std::size_t noun = k_none;
        if (!pattern.object_noun.empty()) {
            noun = required_noun(clause, pattern.object_noun);
            if (noun == k_none) return;
        }
        if (!pattern.prepositional_noun.empty()) {
            const bool there = std::any_of(
                clause.arguments.begin(), clause.arguments.end(), [&](const ClauseArgument& argument) {
                    return argument.slot == Slot::preposition &&
                           argument.preposition == pattern.preposition &&
                           tree_->lemma(argument.token) == pattern.prepositional_noun;
                });
            if (!there) return;
        }
        const auto as = fillers(clause, pattern, pattern.a, noun);
        const auto bs = fillers(clause, pattern, pattern.b, noun);
        if (pattern.together) {
            for (std::size_t i = 0; i < as.size(); ++i)
                for (std::size_t j = i + 1; j < as.size(); ++j)
                    emit(pattern, clause, qualifiers, *as[i], *as[j], noun, types);
            return;
        }
        for (const ClauseArgument& a : members(as))
            for (const ClauseArgument& b : members(bs))
                if (a.token != b.token) emit(pattern, clause, qualifiers, a, b, noun, types);
    }

    // "two astronauts, Ana Lind and Per Dahl": the names apposed to a plural are the arguments.
    std::vector<ClauseArgument> members(const std::vector<const ClauseArgument*>& arguments) const {
        std::vector<ClauseArgument> result;
        for (const ClauseArgument* argument : arguments) {
            const std::size_t token = argument->token;
            if (view_.name_over(sentence_, token) == k_none && tree_->has_feature(token, "Number=Plur")) {
                const std::size_t first = tree_->child(token, "appos");
                if (first != k_none && view_.name_over(sentence_, first) != k_none) {
                    for (const std::size_t name : coordination(*tree_, first)) {
                        result.push_back(*argument);
                        result.back().token = name;
                        result.back().distributed = true;
                    }
                    continue;
                }
            }
            result.push_back(*argument);
        }
        return result;
    }

    void emit(const VerbPattern& pattern, const Clause& clause, const Qualifiers& qualifiers,
              const ClauseArgument& a, const ClauseArgument& b, std::size_t noun, Types types) {
        const RelationType& relation = ontology_.relations()[pattern.relation];
        const Resolved subject = reading_->resolve(a.token);
        Resolved object = reading_->resolve(b.token);
        if (types == Types::loose) {
            if (builder_.admits(pattern.relation, subject, object) ||
                !builder_.admits_loosely(pattern.relation, subject, object))
                return;
        } else if (!builder_.admits_subject(pattern.relation, subject)) {
            return;
        }
        // "infected with malaria": a common noun that no graph could show as a thing of its own.
        const bool bare = object.is_thing() && !object.named && !object.event &&
                          tree_->upos(b.token) == Upos::NOUN &&
                          allowed_text(relation, b.token) == ValueKind::text;
        if (types == Types::strict && (bare || !builder_.admits_object(pattern.relation, object))) {
            // "charged with fraud", "resigned as chief executive": the words are the value.
            const auto text_kind = allowed_text(relation, b.token);
            if (!text_kind || object.named) return;
            object = builder_.phrase(sentence_, b.token, *text_kind);
        }
        if (!sensible_value(relation, object)) return;
        Proposal proposal;
        proposal.relation = pattern.relation;
        proposal.trigger = clause.trigger;
        proposal.qualifiers = qualifiers;
        proposal.words = reading_->words(clause, noun);
        proposal.phrase =
            reading_->phrase(clause, noun, b.slot == Slot::preposition ? b.preposition : std::string());
        proposal.by = "verb." + clause.lemma;
        proposal.confidence = 0.92F * certainty_of(a) * certainty_of(b);
        if (types == Types::loose) proposal.confidence *= 0.8F;
        if (relation.event && clause.progressive && looks_ahead(clause.lemma))
            proposal.qualifiers.modality = more_reserved(proposal.qualifiers.modality, Modality::planned);
        // "announced a partnership": agreed and told, not yet there
        if (noun != k_none &&
            (clause.lemma == "announce" || clause.lemma == "propose" || clause.lemma == "plan"))
            proposal.qualifiers.modality = more_reserved(proposal.qualifiers.modality, Modality::planned);
        if (!relation.event && past_state(clause)) proposal.qualifiers.past = true;
        // An acquittal speaks of the same deed with the other sign.
        if (relation.name == "convicted_of" && clause.lemma == "acquit")
            proposal.qualifiers.polarity =
                proposal.qualifiers.polarity == Polarity::positive ? Polarity::negative : Polarity::positive;
        // "defend" is a lawyer's or a supporter's verb: the first relation that fits a pair of things counts.
        if (object.is_thing() && known_.holds(a.token, b.token)) return;
        if (!builder_.add(sentence_, proposal, subject, object)) return;
        known_.add(a.token, b.token);
        if (noun != k_none) known_.add(a.token, noun);
        amounts(relation, proposal, subject, object, clause, noun);
    }

    // Relations whose values must be of one sort: a sentence lasts, jobs are cut by number.
    static bool sensible_value(const RelationType& relation, const Resolved& object) {
        const auto holds = [](std::string_view text, std::initializer_list<std::string_view> words) {
            return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
                return text.find(word) != std::string_view::npos;
            });
        };
        if (object.text && relation.name == "sentenced_to")
            return holds(object.text->text,
                         {"prison", "jail", "life", "death", "probation", "service", "year", "month"});
        // "broke the law", not "broke news"
        if (object.text && relation.name == "violates")
            return holds(
                object.text->text,
                {"law",      "rule",     "right",        "code",   "regulation", "agreement", "treaty",
                 "term",     "sanction", "truce",        "fire",   "order",      "contract",  "ban",
                 "standard", "act",      "constitution", "patent", "copyright",  "privacy"});
        // "filed for bankruptcy", not "filed for divorce"; "denied wrongdoing", not "deny terrorists a haven"
        if (object.text && relation.name == "files_for_bankruptcy")
            return holds(object.text->text,
                         {"ankrupt", "insolven", "rotection", "hapter 11", "dministration"});
        if (!object.value) return true;
        const Value& value = object.value->value;
        if (relation.name == "sentenced_to") return object.value->duration || value.kind == ValueKind::money;
        if (relation.name == "lays_off" || relation.name == "employs" || relation.name == "hires")
            return holds(value.unit, {"job", "worker", "employee", "staff", "people", "person", "position",
                                      "post", "role", "engineer", "member"});
        if (relation.name == "population")
            return holds(value.unit, {"people", "inhabitant", "resident"}) || value.unit.empty();
        if (relation.name == "death_toll" || relation.name == "kills" || relation.name == "injures")
            return holds(value.unit,
                         {"people", "person", "passenger", "worker", "soldier", "civilian", "child", "man",
                          "woman", "patient", "student", "officer", "resident", "tourist", "miner"}) ||
                   value.unit.empty();
        return true;
    }

    // "is leaving" announces; "is suing" is under way.
    static bool looks_ahead(std::string_view lemma) {
        static constexpr std::string_view verbs[] = {
            "leave",  "join",  "buy",    "acquire", "sell",     "move",   "close", "open",
            "launch", "merge", "step",   "retire",  "quit",     "resign", "pull",  "spin",
            "invest", "raise", "become", "return",  "lend",     "hire",   "take",  "appoint",
            "build",  "lay",   "cut",    "visit",   "withdraw", "exit",   "marry"};
        return std::find(std::begin(verbs), std::end(verbs), lemma) != std::end(verbs);
    }

    // A past tense state that is reported directly is over: "ran Klinova", not "said he ran".
    bool past_state(const Clause& clause) const {
        if (clause.copular || !tree_->has_tag(clause.trigger, {"VBD"})) return false;
        if (!tree_->has_lemma(clause.trigger,
                              {"work",    "lead",   "run",    "head",   "own",     "control",  "hold",
                               "live",    "serve",  "chair",  "manage", "operate", "govern",   "rule",
                               "oversee", "employ", "belong", "reside", "advise",  "represent"}))
            return false;
        return !tree_->is_any(clause.trigger, {"ccomp", "parataxis"});
    }

    std::optional<ValueKind> allowed_text(const RelationType& relation, std::size_t token) const {
        const auto has = [&](ValueKind kind) {
            return std::find(relation.range_values.begin(), relation.range_values.end(), kind) !=
                   relation.range_values.end();
        };
        if (has(ValueKind::title) && !ontology_.roles(tree_->lemma(token)).empty()) return ValueKind::title;
        const bool noun = tree_->upos(token) == Upos::NOUN || tree_->has_tag(token, {"VBG"});
        if (has(ValueKind::text) && noun) return ValueKind::text;
        return std::nullopt;
    }

    // A price or a stake is a fact of its own.
    void amounts(const RelationType& relation, const Proposal& proposal, const Resolved& subject,
                 const Resolved& object, const Clause& clause, std::size_t noun) {
        const auto emit_value = [&](std::string_view name, const Resolved& of, const FoundValue& found) {
            const std::size_t index = ontology_.find(name);
            if (index == Ontology::npos) return;
            Proposal more = proposal;
            more.relation = index;
            more.phrase = ontology_.relations()[index].label;
            more.confidence *= 0.95F;
            Resolved value;
            value.value = &found;
            builder_.add(sentence_, more, of, value);
        };
        if (relation.name == "acquires" && object.is_thing()) {
            // "buy Klinova from the Hargreave family for $2bn": wherever the parser hangs the price
            for (const FoundValue& found : view_.values(sentence_)) {
                if (found.value.kind == ValueKind::money && found.first > clause.trigger && found.first > 0 &&
                    preceded_by(found.first, "for"))
                    emit_value("purchase_price", object, found);
            }
        }
        if (noun != k_none && (relation.name == "owns_stake_in" || relation.name == "buys_stake_in" ||
                               relation.name == "sells_stake_in")) {
            for (const FoundValue& found : view_.values(sentence_)) {
                if (found.value.kind != ValueKind::percent) continue;
                bool of_noun = false;
                for (std::size_t i = found.first; i < found.last; ++i) of_noun |= tree_->below(i, noun);
                if (of_noun && relation.name == "owns_stake_in") emit_value("stake_size", subject, found);
            }
        }
    }

    bool preceded_by(std::size_t token, std::string_view word) const {
        return token > 0 && tree_->lemma(token - 1) == word;
    }

    DocumentView& view_;
    const Ontology& ontology_;
    FactBuilder& builder_;
    std::size_t sentence_ = 0;
    const SentenceTree* tree_ = nullptr;
    std::optional<ClauseReading> reading_;  // of the sentence being read
    TokenPairs known_;                      // pairs of this clause with a canonical relation
};

}  // namespace

void extract_relations(DocumentView& view, const Ontology& ontology, const LearnedScores& scores,
                       FactSources sources) {
    view.analysed().facts.clear();
    FactBuilder builder(view, ontology);
    VerbRelations verbs(view, ontology, builder);
    RoleRelations roles(view, ontology, builder);
    NominalRelations nominals(view, ontology, builder);
    LearnedRelations learned(view, ontology, scores, builder);
    for (std::size_t s = 0; s < view.sentences(); ++s) {
        if (sources != FactSources::heads) {
            roles.read(s);
            nominals.read(s);
            verbs.read(s);
        }
        if (sources != FactSources::rules) learned.read(s);
    }
    roles.infer_owners();
    builder.finish();
    describe_nameless_things(view);
}

}  // namespace relata::ingest
