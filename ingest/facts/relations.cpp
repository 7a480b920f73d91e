// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/relations.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/fact_builder.hpp"
#include "ingest/facts/lexicon.hpp"
#include "ingest/facts/nominal_relations.hpp"

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
        for (const Clause& clause : find_clauses(*tree_)) {
            const Qualifiers qualifiers = clause_qualifiers(clause);
            canonical(clause, qualifiers);
            figures(clause, qualifiers);
            open(clause, qualifiers);
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
        for (const VerbPattern* pattern : patterns) apply(*pattern, clause, qualifiers);
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

    std::vector<const ClauseArgument*> fillers(const Clause& clause, const PatternArgument& wanted,
                                               std::size_t noun) const {
        std::vector<const ClauseArgument*> result;
        for (const ClauseArgument& argument : clause.arguments) {
            if (argument.token == noun) continue;
            if (wanted.slot == Slot::preposition) {
                if (argument.slot != Slot::preposition ||
                    !preposition_matches(argument.preposition, wanted.preposition))
                    continue;
                // "sold its unit to X": loosely attached; "of" and "in" belong to their noun.
                if (argument.via != k_none && noun == k_none && wanted.preposition != "to" &&
                    wanted.preposition != "with" && wanted.preposition != "from" &&
                    wanted.preposition != "against" && wanted.preposition != "as")
                    continue;
                result.push_back(&argument);
            } else if (argument.slot == wanted.slot) {
                result.push_back(&argument);
            } else if (wanted.slot == Slot::object && argument.slot == Slot::iobject &&
                       (noun != k_none || value_object(clause))) {
                result.push_back(&argument);  // "awarded Klinova a contract", "fined her 4 million"
            } else if (wanted.slot == Slot::iobject && argument.slot == Slot::object &&
                       value_object(clause) && !view_.value_over(sentence_, argument.token)) {
                result.push_back(&argument);  // "lends Klinova $5m", with two objects to the parser
            }
        }
        return result;
    }

    void apply(const VerbPattern& pattern, const Clause& clause, const Qualifiers& qualifiers) {
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
        const auto as = fillers(clause, pattern.a, noun);
        const auto bs = fillers(clause, pattern.b, noun);
        if (pattern.together) {
            for (std::size_t i = 0; i < as.size(); ++i)
                for (std::size_t j = i + 1; j < as.size(); ++j)
                    emit(pattern, clause, qualifiers, *as[i], *as[j], noun);
            return;
        }
        for (const ClauseArgument& a : members(as))
            for (const ClauseArgument& b : members(bs))
                if (a.token != b.token) emit(pattern, clause, qualifiers, a, b, noun);
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

    // "the Klinova board", "shares in Klinova": no argument itself, but what it belongs to acts through it.
    Resolved resolve(std::size_t token) const {
        Resolved result = builder_.resolve(sentence_, token);
        if (result.named || result.value) return result;
        if (!tree_->has_lemma(
                token,
                {"board",      "management", "shareholder", "director",       "lawyer",     "government",
                 "parliament", "official",   "executive",   "police",         "army",       "troops",
                 "force",      "team",       "researcher",  "scientist",      "share",      "authority",
                 "prosecutor", "unit",       "arm",         "division",       "subsidiary", "employee",
                 "worker",     "staff",      "group",       "administration", "campaign"}))
            return result;
        for (const std::size_t c : tree_->children(token)) {
            if (!tree_->is_any(c, {"nmod:poss", "compound", "amod", "nmod"})) continue;
            if (tree_->is(c, "nmod") && !tree_->is(c, "nmod:poss")) {
                const std::string preposition = tree_->preposition(c);
                if (preposition != "of" && preposition != "at" && preposition != "in") continue;
            }
            Resolved whole = builder_.resolve(sentence_, antecedent(*tree_, c));
            const bool person =
                whole.type == EntityType::PERSON && tree_->is(c, "nmod:poss") &&
                tree_->has_lemma(token, {"team", "group", "administration", "government", "campaign"});
            if (!whole.named || (whole.type != EntityType::ORG && whole.type != EntityType::GPE && !person))
                continue;
            whole.certainty *= 0.75F;
            return whole;
        }
        return result;
    }

    void emit(const VerbPattern& pattern, const Clause& clause, const Qualifiers& qualifiers,
              const ClauseArgument& a, const ClauseArgument& b, std::size_t noun) {
        const RelationType& relation = ontology_.relations()[pattern.relation];
        const Resolved subject = resolve(a.token);
        if (!builder_.admits_subject(pattern.relation, subject)) return;
        Resolved object = resolve(b.token);
        if (!builder_.admits_object(pattern.relation, object)) {
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
        proposal.words = words(clause, noun);
        proposal.phrase = phrase(clause, noun, b.slot == Slot::preposition ? b.preposition : std::string());
        proposal.by = "verb." + clause.lemma;
        proposal.confidence = 0.92F * argument_certainty(a) * argument_certainty(b);
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
        if (object.is_thing() && known(a.token, b.token)) return;
        if (!builder_.add(sentence_, proposal, subject, object)) return;
        known_.emplace_back(a.token, b.token);
        if (noun != k_none) known_.emplace_back(a.token, noun);
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
        // "filed for bankruptcy", not "filed for divorce"; "denied wrongdoing", not "deny terrorists a haven"
        if (object.text && relation.name == "files_for_bankruptcy")
            return holds(object.text->text,
                         {"ankrupt", "insolven", "rotection", "hapter 11", "dministration"});
        if (object.text && relation.name == "denies")
            return holds(object.text->text,
                         {"wrongdoing", "allegation", "charge", "claim", "accusation", "report",
                          "involvement", "rumour", "rumor", "guilt", "responsib", "knowledge"});
        if (!object.value) return true;
        const Value& value = object.value->value;
        if (relation.name == "sentenced_to") return object.value->duration || value.kind == ValueKind::money;
        if (relation.name == "lays_off" || relation.name == "employs")
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

    static float argument_certainty(const ClauseArgument& argument) {
        float certainty = 1;
        if (argument.distributed) certainty *= 0.92F;
        if (argument.inherited) certainty *= 0.93F;
        if (!argument.confirmed) certainty *= 0.8F;
        if (argument.via != k_none) certainty *= 0.93F;
        return certainty;
    }

    std::vector<std::size_t> words(const Clause& clause, std::size_t noun) const {
        std::vector<std::size_t> result{clause.trigger};
        for (const std::size_t c : tree_->children(clause.trigger))
            if (tree_->is(c, "compound:prt")) result.push_back(c);
        if (noun != k_none) result.push_back(noun);
        return result;
    }

    // "file lawsuit against", "be founded in"
    std::string phrase(const Clause& clause, std::size_t noun, const std::string& preposition) const {
        std::string text = clause.lemma;
        if (!clause.particle.empty()) text += ' ' + clause.particle;
        if (noun != k_none) text += ' ' + std::string(tree_->lemma(noun));
        if (!preposition.empty()) text += ' ' + preposition;
        return text;
    }

    // --- figures: "shares in Klinova rose 5% to 12 euros" --------------------------------------------------

    void figures(const Clause& clause, const Qualifiers& qualifiers) {
        const ClauseArgument* subject = clause.find(Slot::subject);
        if (!subject) return;
        const std::size_t noun = subject->token;
        const bool shares = tree_->has_lemma(noun, {"share", "stock"});
        std::string_view relation;
        if (tree_->has_lemma(noun, {"revenue", "sale", "turnover"}))
            relation = "has_revenue";
        else if (tree_->has_lemma(noun, {"profit", "earnings", "income"}))
            relation = "has_profit";
        else if (tree_->lemma(noun) == "loss")
            relation = "has_loss";
        else if (!shares)
            return;
        if (!tree_->has_lemma(
                clause.trigger,
                {"rise",     "fall",   "jump",   "drop",  "climb", "slip", "gain",    "lose",    "tumble",
                 "surge",    "plunge", "close",  "slide", "soar",  "sink", "advance", "decline", "increase",
                 "decrease", "grow",   "shrink", "reach", "total", "hit",  "add",     "trade",   "narrow",
                 "widen",    "ease",   "edge",   "leap",  "rally", "dip",  "be",      "come",    "stand"}))
            return;
        Resolved owner;
        for (const std::size_t c : tree_->children(noun)) {
            if (!tree_->is_any(c, {"nmod", "compound", "nmod:poss"})) continue;
            const Resolved candidate = builder_.resolve(sentence_, c);
            if (candidate.is_thing() && candidate.type == EntityType::ORG) owner = candidate;
        }
        if (!owner.is_thing()) return;
        const auto emit_value = [&](std::string_view name, const FoundValue& found) {
            const std::size_t index = ontology_.find(name);
            if (index == Ontology::npos) return;
            Proposal proposal;
            proposal.relation = index;
            proposal.trigger = clause.trigger;
            proposal.qualifiers = qualifiers;
            proposal.words = {noun, clause.trigger};
            proposal.phrase = std::string(tree_->lemma(noun)) + ' ' + clause.lemma;
            proposal.confidence = 0.85F;
            proposal.by = "figure." + std::string(tree_->lemma(noun));
            Resolved value;
            value.value = &found;
            builder_.add(sentence_, proposal, owner, value);
        };
        for (const FoundValue& found : view_.values(sentence_)) {
            if (!tree_->below(found.last - 1, clause.trigger) || found.first < noun) continue;
            const std::size_t head = tree_->head(found.last - 1);
            const bool direct = head == clause.trigger || (head != k_none && head >= found.first &&
                                                           tree_->head(head) == clause.trigger);
            if (!direct) continue;
            if (shares && found.value.kind == ValueKind::percent)
                emit_value("share_price_change", found);
            else if (shares && found.value.kind == ValueKind::money)
                emit_value("share_price", found);
            else if (!shares && found.value.kind == ValueKind::money && !preceded_by(found.first, "from"))
                emit_value(relation, found);
        }
    }

    bool preceded_by(std::size_t token, std::string_view word) const {
        return token > 0 && tree_->lemma(token - 1) == word;
    }

    // --- open relations -----------------------------------------------------------------------------------

    bool known(std::size_t a, std::size_t b) const {
        return std::any_of(known_.begin(), known_.end(), [&](const auto& pair) {
            return (pair.first == a && pair.second == b) || (pair.first == b && pair.second == a);
        });
    }

    void open(const Clause& clause, const Qualifiers& qualifiers) {
        if (clause.copular && clause.lemma == "be") {
            known_.clear();
            return;
        }
        std::vector<const ClauseArgument*> subjects, objects, obliques;
        for (const ClauseArgument& argument : clause.arguments) {
            if (argument.slot == Slot::subject)
                subjects.push_back(&argument);
            else if (argument.slot == Slot::object || argument.slot == Slot::iobject)
                objects.push_back(&argument);
            else
                obliques.push_back(&argument);
        }
        const bool light = lexicon::is_light_verb(clause.lemma) || clause.copular;
        const auto state = [&](const ClauseArgument& a, const ClauseArgument& b, std::string text,
                               std::vector<std::size_t> tokens, bool graph) {
            if (a.token == b.token || known(a.token, b.token) || tree_->upos(b.token) == Upos::VERB) return;
            const Resolved subject = resolve(a.token);
            Resolved object = resolve(b.token);
            if (!subject.is_thing()) return;
            if (!object.is_thing() && !object.value) {
                object = builder_.phrase(sentence_, b.token, ValueKind::text);
                graph = false;
            }
            if (object.value && (object.value->value.kind == ValueKind::date || object.value->duration))
                return;
            if (object.value && b.slot == Slot::preposition) graph = false;
            if (object.is_thing() && builder_.linked(sentence_, subject, object)) return;
            // The words of a quotation are no arguments of the verb before it.
            if (quoted_apart(clause.trigger, b.token)) graph = false;
            Proposal proposal;
            proposal.trigger = clause.trigger;
            proposal.qualifiers = qualifiers;
            proposal.words = std::move(tokens);
            proposal.phrase = std::move(text);
            proposal.confidence = 0.75F * argument_certainty(a) * argument_certainty(b);
            proposal.by = "open." + clause.lemma;
            proposal.graph = graph && a.confirmed && b.confirmed;
            builder_.add(sentence_, proposal, subject, object);
        };
        const std::size_t object_noun = objects.empty() ||
                                                view_.value_over(sentence_, objects.front()->token) ||
                                                builder_.resolve(sentence_, objects.front()->token).named
                                            ? k_none
                                            : objects.front()->token;
        for (const ClauseArgument* a : subjects)
            for (const ClauseArgument* b : objects)
                state(*a, *b, phrase(clause, k_none, {}), words(clause, k_none), !light);
        bool named_object = false;
        for (const ClauseArgument* b : objects) named_object |= builder_.resolve(sentence_, b->token).named;
        for (const ClauseArgument* b : obliques) {
            const Resolved object = builder_.resolve(sentence_, b->token);
            const bool local = object.type == EntityType::GPE || object.type == EntityType::LOC ||
                               object.type == EntityType::FAC;
            const bool reported =
                b->preposition.starts_with("accord") || b->preposition == "by" || b->preposition == "like" ||
                b->preposition == "than" || b->preposition == "despite" || b->preposition == "such as" ||
                b->preposition == "including" || b->preposition == "because of" ||
                b->preposition == "unlike" || b->preposition == "without" || b->preposition == "along with";
            // With a named object, a place is a circumstance of that fact.
            const bool circumstance = (named_object || !objects.empty()) && local;
            for (const ClauseArgument* a : subjects) {
                // "takes part in", "files a case against", "draws support from"; not "kills the ambassador
                // to".
                const bool support = object_noun != k_none && is_support_verb(clause.lemma);
                const bool tight = b->preposition == "against" || b->preposition == "with";
                const bool attached = b->via == k_none ? !(local && object_noun != k_none) : support || tight;
                const bool graph =
                    !reported && !circumstance && (!light || support) && attached && short_noun(object_noun);
                std::vector<std::size_t> tokens = words(clause, object_noun);
                state(*a, *b, phrase(clause, object_noun, b->preposition), tokens, graph);
            }
            // "Klinova was spun off from Halden" without an agent
            if (subjects.empty() && clause.passive) {
                for (const ClauseArgument* a : objects) {
                    if (a->slot == Slot::iobject) continue;
                    std::string text = "be " + lower(tree_->form(clause.trigger));
                    if (!clause.particle.empty()) text += ' ' + clause.particle;
                    text += ' ' + b->preposition;
                    state(*a, *b, text, words(clause, k_none), !reported && !light && b->via == k_none);
                }
            }
        }
        if (objects.empty() && obliques.empty() && !subjects.empty()) {
            // A proposition without an object counts only for open extraction.
            for (const ClauseArgument* a : subjects) {
                const Resolved subject = resolve(a->token);
                if (!subject.is_thing()) continue;
                Proposal proposal;
                proposal.trigger = clause.trigger;
                proposal.qualifiers = qualifiers;
                proposal.words = words(clause, k_none);
                proposal.phrase = phrase(clause, k_none, {});
                proposal.confidence = 0.6F;
                proposal.by = "open." + clause.lemma;
                proposal.graph = false;
                builder_.add(sentence_, proposal, subject, std::nullopt);
            }
        }
        known_.clear();
    }

    // An odd number of quotation marks between two tokens.
    bool quoted_apart(std::size_t a, std::size_t b) const {
        std::size_t marks = 0;
        for (std::size_t i = std::min(a, b); i < std::max(a, b); ++i) {
            const std::string_view form = tree_->form(i);
            marks += form == "\"" || form == "“" || form == "”" || form == "``" || form == "''";
        }
        return marks % 2 == 1;
    }

    static bool is_support_verb(std::string_view lemma) {
        return lemma == "take" || lemma == "make" || lemma == "have" || lemma == "hold" || lemma == "give" ||
               lemma == "play" || lemma == "pay" || lemma == "put" || lemma == "keep" || lemma == "file";
    }

    // "take part in", "sign a deal with": an object noun with more below it makes no readable phrase.
    bool short_noun(std::size_t noun) const {
        if (noun == k_none) return true;
        for (const std::size_t c : tree_->children(noun))
            if (tree_->is_any(c, {"acl", "acl:relcl", "conj", "appos", "nummod"})) return false;
        return tree_->upos(noun) == Upos::NOUN && !view_.value_over(sentence_, noun);
    }

    DocumentView& view_;
    const Ontology& ontology_;
    FactBuilder& builder_;
    std::size_t sentence_ = 0;
    const SentenceTree* tree_ = nullptr;
    std::vector<std::pair<std::size_t, std::size_t>>
        known_;  // pairs of this clause with a canonical relation
};

}  // namespace

void extract_relations(DocumentView& view, const Ontology& ontology) {
    view.analysed().facts.clear();
    FactBuilder builder(view, ontology);
    VerbRelations verbs(view, ontology, builder);
    NominalRelations nominals(view, ontology, builder);
    for (std::size_t s = 0; s < view.sentences(); ++s) {
        nominals.read(s);
        verbs.read(s);
    }
    nominals.infer_owners();
    builder.finish();
}

}  // namespace relata::ingest
