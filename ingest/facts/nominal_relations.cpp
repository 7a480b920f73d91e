// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/nominal_relations.hpp"

#include <algorithm>
#include <utility>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

bool is_person(const Resolved& r) {
    return r.type == EntityType::PERSON;
}
bool is_place(const Resolved& r) {
    return r.type == EntityType::GPE || r.type == EntityType::LOC;
}

}  // namespace

void NominalRelations::read(std::size_t sentence) {
    sentence_ = sentence;
    tree_ = &view_.tree(sentence);
    for (std::size_t i = 0; i < tree_->size(); ++i) {
        const std::size_t name = view_.name_over(sentence, i);
        const bool head_of_name = name != k_none && view_.mention(name).head == i;
        if (name == k_none) {
            roles(i);
            event_noun(i);
        }
        if (name == k_none || head_of_name) {
            possessive(i);
            origin(i);
            place_of(i);
        }
        if (head_of_name) {
            compound(i);
            parenthesis(i);
            age(i);
        }
    }
}

bool NominalRelations::emit(const char* relation, const Resolved& a, const Resolved& b, float confidence,
                            std::string by, const Qualifiers& qualifiers, std::vector<std::size_t> words,
                            std::string phrase) {
    const std::size_t index = ontology_.find(relation);
    if (index == Ontology::npos || !builder_.admits(index, a, b)) return false;
    Proposal proposal;
    proposal.relation = index;
    proposal.phrase = phrase.empty() ? ontology_.relations()[index].label : std::move(phrase);
    proposal.words = std::move(words);
    proposal.qualifiers = qualifiers;
    proposal.confidence = confidence;
    proposal.by = std::move(by);
    return builder_.add(sentence_, proposal, a, b);
}

// --- roles -------------------------------------------------------------------------------------------------

// The noun and the words before it spell the role: "chief" + "executive". `words` gets their tokens.
bool NominalRelations::role_matches(std::size_t noun, const RolePattern& pattern,
                                    std::vector<std::size_t>& words) const {
    words = {noun};
    if (!pattern.modifier.empty()) {
        std::string_view rest = pattern.modifier;
        std::size_t at = noun;
        while (!rest.empty()) {
            if (at == 0) return false;
            --at;
            if (tree_->form(at) == "-") continue;
            const std::size_t blank = rest.rfind(' ');
            const std::string_view word = blank == std::string_view::npos ? rest : rest.substr(blank + 1);
            if (tree_->lemma(at) != word && lower(tree_->form(at)) != word) return false;
            words.push_back(at);
            rest = blank == std::string_view::npos ? std::string_view() : rest.substr(0, blank);
        }
    }
    if (!pattern.complement.empty()) {
        for (const std::size_t c : tree_->children(noun)) {
            if (!tree_->is(c, "nmod") || tree_->lemma(c) != pattern.complement) continue;
            words.push_back(c);
            return true;
        }
        return false;
    }
    return true;
}

void NominalRelations::roles(std::size_t noun) {
    const bool word = tree_->upos(noun) == Upos::NOUN || tree_->upos(noun) == Upos::PROPN;
    if (!word) return;
    std::string lemma(tree_->lemma(noun));
    // "brother - in - law" is no brother.
    if (noun + 4 < tree_->size() && tree_->form(noun + 1) == "-" && tree_->form(noun + 4) == "law")
        lemma += "-in-law";
    const auto& patterns = ontology_.roles(lemma);
    if (patterns.empty()) return;
    // "chief" in "chief executive" is no role of its own.
    if (tree_->is_any(noun, {"compound", "amod"}) && tree_->head(noun) != k_none &&
        view_.name_over(sentence_, tree_->head(noun)) == k_none)
        return;
    std::size_t best = 0;  // number of words of the longest role name that matched
    const RolePattern* best_pattern = nullptr;
    bool found = false;
    for (const RolePattern& pattern : patterns) {
        std::vector<std::size_t> words;
        if (!role_matches(noun, pattern, words) || words.size() < best) continue;
        if (words.size() > best || !best_pattern) best_pattern = &pattern;
        best = words.size();
        role(noun, pattern, found);
        if (found) return;
    }
    if (best == 0) return;
    const std::vector<Holder> who = holders(noun);
    title(noun, who);
    if (best_pattern->inverse) return;
    for (const Holder& holder : who) {
        if (holder.how != std::string_view("compound") && holder.how != std::string_view("appos")) continue;
        Qualifiers q;
        for (const std::size_t c : tree_->children(noun))
            if (tree_->is(c, "amod") && lexicon::is_past_modifier(tree_->lemma(c))) q.past = true;
        ownerless_.push_back({sentence_, noun, best_pattern->relation, resolve(holder.token), q});
    }
}

// Who bears the role noun.
std::vector<NominalRelations::Holder> NominalRelations::holders(std::size_t noun) const {
    std::vector<Holder> result;
    const auto add = [&](std::size_t token, const char* how, float certainty, std::size_t verb = k_none) {
        for (const Holder& holder : result)
            if (holder.token == token) return;
        const Resolved who = resolve(token);
        if (who.is_thing() && who.named) result.push_back({token, how, certainty, verb});
    };
    const std::size_t head = tree_->head(noun);
    // "the engineers Ana Lind and Per Dahl": a plural role has all members of the list as holders.
    const bool plural = tree_->has_feature(noun, "Number=Plur");
    const auto add_all = [&](std::size_t token, const char* how, float certainty) {
        if (!plural) return add(token, how, certainty, k_none);
        for (const std::size_t member : coordination(*tree_, token)) add(member, how, certainty, k_none);
    };
    // "Renault Chairman Ana Lind": the title hangs on the name.
    if (head != k_none && tree_->is_any(noun, {"nmod:desc", "compound", "flat", "nmod", "dep"}) &&
        view_.name_over(sentence_, head) != k_none && tree_->preposition(noun).empty() && head > noun &&
        !tree_->is(noun, "nmod:poss"))
        add_all(head, "compound", 0.95F);
    // "Ana Lind, chief executive of Halden"
    if (head != k_none && tree_->is(noun, "appos")) add_all(head, "appos", 0.93F);
    for (const std::size_t c : tree_->children(noun)) {
        // "Halden's chief executive, Ana Lind", "chief executive Ana Lind"
        if (tree_->is_any(c, {"appos", "flat"})) add_all(c, "appos", 0.93F);
        // "Ana Lind is chief executive"
        if (tree_->is(c, "nsubj") && tree_->child(noun, "cop") != k_none)
            for (const std::size_t member : coordination(*tree_, antecedent(*tree_, c)))
                add(member, "copula", 0.93F);
    }
    if (head == k_none) return result;
    // "the chairman and chief executive": the first role's holder
    // … but not "his wife, Ana, and his sisters"
    const bool own_phrase = tree_->child(noun, "nmod:poss") != k_none || tree_->child(noun, "det") != k_none;
    if (tree_->is(noun, "conj") && result.empty() && !own_phrase &&
        plural == tree_->has_feature(head, "Number=Plur")) {
        for (Holder holder : holders(head)) {
            holder.certainty *= 0.9F;
            result.push_back(holder);
        }
    }
    // "joined Halden as chief executive", "was named chief executive", "became chairman of"
    const std::size_t verb = head;
    if (tree_->upos(verb) == Upos::VERB) {
        const bool as = tree_->is_any(noun, {"obl", "advcl", "nmod"}) && tree_->preposition(noun) == "as";
        const bool becoming =
            tree_->is_any(noun, {"xcomp", "obj"}) && tree_->has_lemma(verb, {"become", "serve", "remain"});
        const bool naming = tree_->is_any(noun, {"xcomp", "obj", "obl"}) &&
                            tree_->has_lemma(verb, {"name", "appoint", "elect", "make", "hire", "promote",
                                                    "choose", "pick", "nominate", "crown", "install"});
        const bool serving =
            as && tree_->has_lemma(
                      verb, {"join", "serve", "work", "start", "begin", "return", "act", "resign", "quit",
                             "retire", "step", "stand", "continue", "succeed", "replace", "take"});
        if (naming) {
            const bool passive = is_passive(*tree_, verb);
            const std::size_t object = tree_->child(verb, "obj");
            if (passive) {
                for (const std::size_t s : surface_subjects(*tree_, verb)) add(s, "naming", 0.85F, verb);
            } else if (object != k_none && object != noun) {
                for (const std::size_t s : coordination(*tree_, object)) add(s, "naming", 0.85F, verb);
            } else if (const std::size_t receiver = tree_->child(verb, "iobj"); receiver != k_none) {
                add(receiver, "naming", 0.85F, verb);
            }
        } else if (becoming || serving) {
            for (const std::size_t s : surface_subjects(*tree_, verb)) add(s, "as", 0.85F, verb);
        }
    }
    // "Halden's boss said …" with the boss known from elsewhere
    if (result.empty() && tree_->is_any(noun, {"nsubj", "obj", "obl", "nmod:poss", "nmod"})) {
        const Resolved self = resolve(noun);
        if (self.named && self.type == EntityType::PERSON) result.push_back({noun, "nominal", 0.8F, k_none});
    }
    return result;
}

// Whose role it is: possessor, complement with a preposition, or a name set before the noun.
std::vector<std::size_t> NominalRelations::owners(std::size_t noun, std::size_t complement,
                                                  bool share) const {
    std::vector<std::size_t> result;
    const auto add = [&](std::size_t token) {
        for (const std::size_t member : coordination(*tree_, antecedent(*tree_, token)))
            if (std::find(result.begin(), result.end(), member) == result.end()) result.push_back(member);
    };
    for (const std::size_t c : tree_->children(noun)) {
        if (c == complement) continue;
        const std::string preposition = tree_->preposition(c);
        if (tree_->is(c, "nmod:poss") || tree_->is(c, "det:poss"))
            add(c);
        else if (tree_->is_any(c, {"nmod", "obl"}) &&
                 (preposition == "of" || preposition == "at" || preposition == "for" || preposition == "to" ||
                  preposition == "with" || preposition == "in" || preposition == "on" ||
                  preposition == "behind" || preposition == "from"))
            add(c);
        else if (c < noun && tree_->is_any(c, {"compound", "amod", "nmod:desc", "nmod"}) &&
                 preposition.empty() && view_.name_over(sentence_, c) != k_none)
            add(view_.mention(view_.name_over(sentence_, c)).head);
    }
    // "vice-president of immunology at Halden": the field has the owner.
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::size_t field = result[i];
        if (resolve(field).named || tree_->upos(field) != Upos::NOUN) continue;
        for (const std::size_t c : tree_->children(field)) {
            const std::string preposition = tree_->preposition(c);
            if (tree_->is(c, "appos")) add(c);
            if (tree_->is(c, "nmod") && (preposition == "at" || preposition == "of" || preposition == "for"))
                add(c);
        }
        break;
    }
    // A complement's own complement: "head of technology at Halden"
    if (complement != k_none)
        for (const std::size_t c : tree_->children(complement))
            if (tree_->is(c, "nmod")) add(c);
    const std::size_t head = tree_->head(noun);
    if (share && result.empty() && head != k_none) {
        // "New Zealand's Prime Minister Ana Lind": the possessor hangs on the name.
        if (tree_->is_any(noun, {"nmod:desc", "compound", "flat"}) &&
            view_.name_over(sentence_, head) != k_none) {
            const std::size_t possessor = tree_->child(head, "nmod:poss");
            if (possessor != k_none && possessor < noun) add(possessor);
            // "Mayor Ana Lind of Bergen", "Judge Per Dahl of the Federal Court"
            for (const std::size_t c : tree_->children(head)) {
                const std::string preposition = tree_->preposition(c);
                if (result.empty() && tree_->is(c, "nmod") && c > head &&
                    (preposition == "of" || preposition == "at") && view_.name_over(sentence_, c) != k_none)
                    add(c);
            }
            for (const std::size_t c : tree_->children(head)) {
                if (c >= noun || !tree_->is_any(c, {"amod", "compound"})) continue;
                if (view_.name_over(sentence_, c) != k_none &&
                    view_.name_over(sentence_, c) != view_.name_over(sentence_, head))
                    add(view_.mention(view_.name_over(sentence_, c)).head);
            }
        }
        // "chairman and chief executive of Halden": one owner for both
        if (tree_->is(noun, "conj")) result = owners(head, k_none, false);
        if (result.empty())
            for (const std::size_t c : tree_->children(noun))
                if (tree_->is(c, "conj") && !ontology_.roles(tree_->lemma(c)).empty() && result.empty())
                    result = owners(c, k_none, false);
        // "joined Halden as chief executive", "Halden named Ana chief executive"
        if (result.empty() && tree_->upos(head) == Upos::VERB) {
            const std::size_t object = tree_->child(head, "obj");
            if (tree_->has_lemma(head, {"join", "quit", "leave", "lead", "run"}) && object != k_none &&
                tree_->preposition(noun) == "as")
                add(object);
            if (tree_->has_lemma(head, {"name", "appoint", "hire", "promote", "elect", "choose", "pick"}) &&
                !is_passive(*tree_, head))
                for (const std::size_t s : surface_subjects(*tree_, head)) add(s);
            if (tree_->has_lemma(head, {"name", "appoint"}) && is_passive(*tree_, head)) {
                const std::size_t agent = tree_->child(head, "obl:agent");
                if (agent != k_none) add(agent);
            }
            for (const std::size_t c : tree_->children(head)) {
                const std::string preposition = tree_->preposition(c);
                if (c != noun && tree_->is(c, "obl") && (preposition == "at" || preposition == "for")) add(c);
            }
        }
    }
    return result;
}

void NominalRelations::role(std::size_t noun, const RolePattern& pattern, bool& found) {
    std::vector<std::size_t> words;
    role_matches(noun, pattern, words);
    const std::size_t complement = pattern.complement.empty() ? k_none : words.back();
    const std::vector<std::size_t> owned_by = owners(noun, complement);
    if (owned_by.empty()) return;
    const std::vector<Holder> who = holders(noun);
    const RelationType& relation = ontology_.relations()[pattern.relation];
    const Qualifiers own = read_qualifiers(*tree_, noun);
    for (const Holder& holder : who) {
        for (const std::size_t owner : owned_by) {
            if (owner == holder.token) continue;
            Resolved a = resolve(holder.token);
            Resolved b = resolve(owner);
            if (pattern.inverse) std::swap(a, b);
            if (!builder_.admits(pattern.relation, a, b)) continue;
            // "Halden Chairman Ana Lind" needs the type; "of" between two people is another relation.
            Proposal proposal;
            proposal.relation = pattern.relation;
            proposal.words = words;
            std::sort(proposal.words.begin(), proposal.words.end());
            for (const std::size_t w : proposal.words)
                proposal.phrase += (proposal.phrase.empty() ? "" : " ") + std::string(tree_->lemma(w));
            proposal.phrase += " of";
            proposal.confidence = 0.93F * holder.certainty;
            if (tree_->is(owner, "conj")) proposal.confidence *= 0.93F;
            proposal.by = std::string(holder.how) + '.' + std::string(tree_->lemma(noun));
            Qualifiers q;
            if (holder.how == std::string_view("copula")) {
                q = own;
                const std::size_t copula = tree_->child(noun, "cop");
                if (copula != k_none && tree_->has_tag(copula, {"VBD"}) && q.source == k_none &&
                    !tree_->is(noun, "ccomp"))
                    q.past = true;
            } else if (holder.verb != k_none) {
                q = read_qualifiers(*tree_, holder.verb);
                // "resigned as chairman", "served as", "quit as": the role is over or was held once.
                if (tree_->has_lemma(holder.verb, {"resign", "quit", "retire", "step", "stand"})) {
                    q.past = q.modality == Modality::asserted;
                    q.modality = Modality::asserted;
                    q.polarity = Polarity::positive;
                }
                if (tree_->has_lemma(holder.verb, {"serve", "work", "act"}) &&
                    tree_->has_tag(holder.verb, {"VBD"}))
                    q.past = true;
                proposal.trigger = holder.verb;
            } else if (own.modality == Modality::alleged && tree_->child(noun, "amod") != k_none) {
                q.modality = own.modality;
            }
            // "former", "incoming" before the noun or before its compound
            std::size_t outer = noun;
            for (int level = 0; level < 2 && outer != k_none; ++level) {
                for (const std::size_t c : tree_->children(outer)) {
                    if (c > noun || !tree_->is_any(c, {"amod", "advmod", "compound", "nmod:desc"})) continue;
                    if (lexicon::is_past_modifier(tree_->lemma(c))) q.past = true;
                    if (lexicon::is_future_modifier(tree_->lemma(c)) &&
                        !tree_->has_lemma(c, {"possible", "potential"}))
                        q.modality = more_reserved(q.modality, Modality::planned);
                }
                outer = tree_->is_any(outer, {"nmod:desc", "compound", "flat", "conj"}) ? tree_->head(outer)
                                                                                        : k_none;
            }
            const std::size_t first = *std::min_element(words.begin(), words.end());
            if (first >= 2 && tree_->form(first - 1) == "-" && lower(tree_->form(first - 2)) == "ex")
                q.past = true;
            if (lower(tree_->form(first)).starts_with("ex-")) q.past = true;
            for (std::size_t i = noun + 1; i < tree_->size() && i < noun + 4; ++i)
                if (tree_->has_lemma(i, {"designate", "elect"}) && tree_->form(i - 1) == "-")
                    q.modality = more_reserved(q.modality, Modality::planned);
            proposal.qualifiers = q;
            if (relation.event && q.modality == Modality::asserted &&
                holder.how == std::string_view("compound"))
                proposal.confidence *= 0.9F;
            found |= builder_.add(sentence_, proposal, a, b);
            // "resigned as chairman of Halden", "was named chairman of Halden": the event beside the office
            if (holder.verb == k_none) continue;
            const Qualifiers event = read_qualifiers(*tree_, holder.verb);
            const bool leaving = tree_->has_lemma(holder.verb, {"resign", "quit", "retire", "step", "stand"});
            const bool naming = holder.how == std::string_view("naming");
            if (leaving || naming)
                emit(leaving ? "resigns_from" : "appointed_to", a, b, 0.85F * holder.certainty,
                     "office." + std::string(tree_->lemma(holder.verb)), event, {holder.verb},
                     std::string(tree_->lemma(holder.verb)));
        }
    }
}

void NominalRelations::infer_owners() {
    // Which chains own each office, by the facts found so far.
    struct Owner {
        std::size_t mention = k_none;
        std::size_t chain = k_none;
        bool unique = true;
    };
    std::vector<Owner> owners(ontology_.relations().size());
    std::vector<std::pair<std::size_t, std::size_t>> holds;  // relation and chain of the person
    for (const FactMention& fact : view_.analysed().facts) {
        if (!fact.for_graph || !fact.object || !fact.object->mention || fact.relation.name.empty()) continue;
        const std::size_t index = ontology_.find(fact.relation.name);
        const Mention& mention = view_.mention(*fact.object->mention);
        if (!ontology_.relations()[index].functional || !mention.chain ||
            mention.kind == MentionKind::pronoun)
            continue;
        if (const Mention& who = view_.mention(*fact.subject.mention); who.chain)
            holds.emplace_back(index, *who.chain);
        Owner& owner = owners[index];
        if (owner.chain != k_none && owner.chain != *mention.chain) owner.unique = false;
        owner.chain = *mention.chain;
        owner.mention = *fact.object->mention;
    }
    for (const Ownerless& office : ownerless_) {
        const RelationType& relation = ontology_.relations()[office.relation];
        const std::size_t owner = owners[office.relation].mention;
        if (owner == k_none || !owners[office.relation].unique) continue;
        // One town and one company stand in the middle of an article; countries come in numbers.
        const bool local = relation.name == "mayor_of" || relation.name == "ceo_of" ||
                           relation.name == "cfo_of" || relation.name == "chairman_of";
        const bool same_person = std::find(holds.begin(), holds.end(),
                                           std::pair(office.relation, office.person.chain)) != holds.end();
        if (!local && !same_person) continue;
        sentence_ = office.sentence;
        tree_ = &view_.tree(sentence_);
        const Resolved whose = builder_.resolve(view_.mention(owner).sentence, view_.mention(owner).head);
        if (!builder_.admits(office.relation, office.person, whose)) continue;
        Proposal proposal;
        proposal.relation = office.relation;
        proposal.words = {office.noun};
        proposal.phrase = relation.label;
        proposal.confidence = 0.6F;
        proposal.by = "document." + std::string(tree_->lemma(office.noun));
        proposal.qualifiers = office.qualifiers;
        builder_.add(office.sentence, proposal, office.person, whose);
    }
}

// "Judge Ana Lind", "Per Dahl, a geologist": an office or occupation without an employer in sight.
void NominalRelations::title(std::size_t noun, const std::vector<Holder>& who) {
    for (const Holder& holder : who) {
        if (holder.how == std::string_view("nominal") || holder.verb != k_none) continue;
        const Resolved person = resolve(holder.token);
        if (!is_person(person) || !builder_.admits_subject(ontology_.find("title"), person)) continue;
        if (tree_->child(noun, "conj") != k_none) continue;
        Resolved value = builder_.phrase(sentence_, noun, ValueKind::title);
        value.text_span = title_span(noun);
        value.text->text = std::string(value.text_span.of(tree_->text()));
        Qualifiers q =
            holder.how == std::string_view("copula") ? read_qualifiers(*tree_, noun) : Qualifiers();
        for (const std::size_t c : tree_->children(noun))
            if (tree_->is(c, "amod") && lexicon::is_past_modifier(tree_->lemma(c))) q.past = true;
        const std::string words = lower(value.text->text);
        if (words.starts_with("ex-") || words.starts_with("ex ")) q.past = true;
        emit("title", person, value, 0.8F * holder.certainty, std::string(holder.how) + ".title", q, {noun});
    }
}

// "acting foreign minister", "attorney general", "chief of staff": the words of the title alone.
ByteSpan NominalRelations::title_span(std::size_t noun) const {
    std::size_t first = noun;
    for (const std::size_t c : tree_->children(noun)) {
        const bool part = c < noun && tree_->is_any(c, {"compound", "amod"}) &&
                          !lexicon::is_past_modifier(tree_->lemma(c)) &&
                          view_.name_over(sentence_, c) == k_none;
        if (part) first = std::min(first, tree_->leftmost(c));
    }
    while (first < noun && (tree_->form(first) == "," || tree_->upos(first) == Upos::DET)) ++first;
    std::size_t last = noun + 1;
    for (const std::size_t c : tree_->children(noun)) {
        const bool field = tree_->is(c, "nmod") && c == noun + 2 && tree_->preposition(c) == "of" &&
                           tree_->children(c).size() == 1 && view_.name_over(sentence_, c) == k_none;
        if (field) last = c + 1;
    }
    return tree_->span(first, last);
}

// --- event nouns -------------------------------------------------------------------------------------------

std::vector<std::size_t> NominalRelations::noun_slot(std::size_t noun,
                                                     const std::vector<PatternArgument>& slots) const {
    std::vector<std::size_t> result;
    for (const PatternArgument& slot : slots) {
        for (const std::size_t c : tree_->children(noun)) {
            bool fits = false;
            if (slot.slot == Slot::possessive)
                fits = tree_->is(c, "nmod:poss");
            else if (slot.slot == Slot::compound)
                fits = c < noun && tree_->is_any(c, {"compound", "nmod:desc"}) &&
                       view_.name_over(sentence_, c) != k_none;
            else
                fits = tree_->is_any(c, {"nmod", "obl"}) && tree_->preposition(c) == slot.preposition;
            if (!fits) continue;
            for (const std::size_t member : coordination(*tree_, antecedent(*tree_, c))) {
                const std::size_t name = view_.name_over(sentence_, member);
                const std::size_t token = name != k_none ? view_.mention(name).head : member;
                if (std::find(result.begin(), result.end(), token) == result.end()) result.push_back(token);
            }
        }
    }
    return result;
}

void NominalRelations::event_noun(std::size_t noun) {
    if (tree_->upos(noun) != Upos::NOUN) return;
    for (const NounPattern& pattern : ontology_.nouns(tree_->lemma(noun))) {
        if (!pattern.modifier.empty()) {
            const std::size_t before = noun > 0 ? noun - 1 : noun;
            if (tree_->lemma(before) != pattern.modifier) continue;
        }
        std::vector<std::size_t> as = noun_slot(noun, pattern.a);
        std::vector<std::size_t> bs = noun_slot(noun, pattern.b);

        Qualifiers q = read_qualifiers(*tree_, noun);
        std::size_t trigger = noun;
        float confidence = 0.85F;
        // "signed a contract with Klinova", "completed the acquisition of Klinova": the verb's subject acts.
        const std::size_t head = tree_->head(noun);
        if (as.empty() && !bs.empty() && head != k_none && tree_->upos(head) == Upos::VERB) {
            const bool object = tree_->is(noun, "obj") && !is_passive(*tree_, head);
            if (object &&
                !tree_->has_lemma(head, {"oppose", "block", "reject", "criticise", "criticize", "approve",
                                         "welcome", "support", "condemn", "investigate", "report", "review",
                                         "clear", "back", "end", "follow", "describe", "see", "fund"})) {
                for (const std::size_t s : surface_subjects(*tree_, head)) as.push_back(s);
                trigger = head;
                confidence = 0.8F;
            }
        }
        const RelationType& relation = ontology_.relations()[pattern.relation];
        const auto state = [&](std::size_t a_token, std::size_t b_token) {
            if (a_token == b_token) return;
            const Resolved a = resolve(a_token);
            Resolved b = resolve(b_token);
            if (!builder_.admits_subject(pattern.relation, a)) return;
            if (!builder_.admits_object(pattern.relation, b)) {
                const auto& values = relation.range_values;
                const bool text = std::find(values.begin(), values.end(), ValueKind::text) != values.end();
                const bool office =
                    std::find(values.begin(), values.end(), ValueKind::title) != values.end() &&
                    !ontology_.roles(tree_->lemma(b_token)).empty();
                if (b.named || (!text && !office)) return;
                b = builder_.phrase(sentence_, b_token, office ? ValueKind::title : ValueKind::text);
            }
            Proposal proposal;
            proposal.relation = pattern.relation;
            proposal.trigger = trigger;
            proposal.words = {noun};
            if (trigger != noun) proposal.words.push_back(trigger);
            proposal.phrase = std::string(tree_->lemma(noun));
            proposal.qualifiers = q;
            proposal.confidence = confidence;
            proposal.by = "noun." + std::string(tree_->lemma(noun));
            builder_.add(sentence_, proposal, a, b);
        };
        if (relation.symmetric && bs.empty() && as.size() >= 2) {
            for (std::size_t i = 0; i < as.size(); ++i)
                for (std::size_t j = i + 1; j < as.size(); ++j) state(as[i], as[j]);
            continue;
        }
        for (const std::size_t a : as)
            for (const std::size_t b : bs) state(a, b);
    }
}

// --- possessives and compounds
// -------------------------------------------------------------------------------

// The names that a noun phrase stands for: itself, or the names apposed to it.
std::vector<std::size_t> NominalRelations::names_behind(std::size_t noun) const {
    std::vector<std::size_t> result;
    if (view_.name_over(sentence_, noun) != k_none) result.push_back(noun);
    for (const std::size_t c : tree_->children(noun))
        if (tree_->is(c, "appos") && view_.name_over(sentence_, c) != k_none) result.push_back(c);
    return result;
}

// "Halden's Klinova unit", "its S4 scooter", "Spain's Klinova"
void NominalRelations::possessive(std::size_t token) {
    const std::size_t possessor = tree_->child(token, "nmod:poss");
    if (possessor == k_none) return;
    const std::size_t owner_token = antecedent(*tree_, possessor);
    const Resolved owner = resolve(owner_token);
    if (!owner.is_thing()) return;
    std::vector<std::size_t> things;
    for (const std::size_t name : names_behind(token)) things.push_back(name);
    if (things.empty()) {
        for (const std::size_t c : tree_->children(token))
            if (c < token && c > possessor && tree_->is_any(c, {"compound", "nmod:desc"}) &&
                view_.name_over(sentence_, c) != k_none)
                things.push_back(view_.mention(view_.name_over(sentence_, c)).head);
    }
    for (const std::size_t thing_token : things) {
        const Resolved thing = resolve(thing_token);
        if (!thing.is_thing() || !thing.named) continue;
        const std::string by = "possessive." + lower(to_string(thing.type));
        if (is_place(owner)) {
            if (thing.type == EntityType::ORG)
                emit("based_in", thing, owner, 0.75F, by, {}, {});
            else if (thing.type == EntityType::FAC || is_place(thing))
                emit("located_in", thing, owner, 0.75F, by, {}, {});
        } else if (owner.type == EntityType::ORG) {
            if (thing.type == EntityType::PRODUCT)
                emit("owns_product", owner, thing, 0.8F, by, {}, {});
            else if (thing.type == EntityType::ORG) {
                if (!builder_.linked(sentence_, thing, owner))
                    emit("subsidiary_of", thing, owner, 0.6F, by, {}, {});
            } else if (is_person(thing) && view_.name_over(sentence_, token) != k_none &&
                       tree_->child(token, "nmod:desc") == k_none)
                emit("works_for", thing, owner, 0.7F, by, {}, {});
        } else if (is_person(owner) && thing.type == EntityType::WORK &&
                   view_.name_over(sentence_, token) != k_none) {
            emit("writes", owner, thing, 0.55F, by, {}, {});
        }
    }
}

// "Halden Pelagio sonar": maker and product stand side by side as two names.
void NominalRelations::compound(std::size_t token) {
    const Resolved thing = resolve(token);
    for (const std::size_t c : tree_->children(token)) {
        if (c >= token || !tree_->is_any(c, {"compound", "nmod:desc"})) continue;
        const std::size_t other = view_.name_over(sentence_, c);
        if (other == k_none || other == view_.name_over(sentence_, token)) continue;
        const Resolved maker = resolve(view_.mention(other).head);
        if (maker.type == EntityType::ORG && thing.type == EntityType::PRODUCT)
            emit("owns_product", maker, thing, 0.75F, "compound.product", {}, {});
    }
}

// --- origin: "the Oslo-based Klinova", "the Swedish carmaker Halden", "Halden, a Swedish carmaker"
// ------------

void NominalRelations::origin(std::size_t token) {
    // Which named thing the phrase describes.
    std::vector<std::size_t> described = names_behind(token);
    const std::size_t head = tree_->head(token);
    if (described.empty() && head != k_none) {
        const bool below_name = view_.name_over(sentence_, head) != k_none;
        if (below_name && tree_->is_any(token, {"nmod:desc", "compound", "appos"})) described.push_back(head);
        if (described.empty() && tree_->child(token, "cop") != k_none)
            for (const std::size_t c : tree_->children(token))
                if (tree_->is(c, "nsubj")) described.push_back(antecedent(*tree_, c));
    } else if (described.empty() && tree_->child(token, "cop") != k_none) {
        for (const std::size_t c : tree_->children(token))
            if (tree_->is(c, "nsubj")) described.push_back(antecedent(*tree_, c));
    }
    if (described.empty() && tree_->upos(token) == Upos::NOUN && resolve(token).named)
        described.push_back(token);
    if (described.empty()) return;
    for (const std::size_t c : tree_->children(token)) {
        if (!tree_->is_any(c, {"amod", "compound", "acl", "nmod:desc", "nmod"})) continue;
        if (tree_->is(c, "nmod") && (!tree_->preposition(c).empty() || tree_->is(c, "nmod:poss"))) continue;
        // "Oslo - based": the place hangs on "based".
        if (tree_->has_lemma(c, {"base", "based", "headquarter", "headquartered"}) && c < token) {
            for (const std::size_t p : tree_->children(c)) {
                const std::size_t name = view_.name_over(sentence_, p);
                if (name == k_none) continue;
                const Resolved place = resolve(view_.mention(name).head);
                for (const std::size_t d : described)
                    if (!emit("headquartered_in", resolve(d), place, 0.9F, "compound.based", {}, {c}))
                        emit("based_in", resolve(d), place, 0.85F, "compound.based", {}, {c});
            }
            continue;
        }
        const std::size_t name = view_.name_over(sentence_, c);
        if (name == k_none || c > token || name == view_.name_over(sentence_, token)) continue;
        const Resolved country = resolve(view_.mention(name).head);
        const bool demonym = view_.mention(name).type == EntityType::NORP && country.type == EntityType::GPE;
        const bool city = view_.mention(name).type == EntityType::GPE;
        if (!demonym && !city) continue;
        // "Oslo mayor Ana Lind" is an office, "the Oslo company" a place of business.
        const bool office = !ontology_.roles(tree_->lemma(token)).empty();
        for (const std::size_t d : described) {
            const Resolved thing = resolve(d);
            if (!thing.named) continue;
            if (thing.type == EntityType::ORG) {
                emit("based_in", thing, country, 0.75F, "demonym.based", {}, {view_.mention(name).head});
            } else if (is_person(thing) && demonym && !office) {
                emit("nationality", thing, country, 0.75F, "demonym.nationality", {},
                     {view_.mention(name).head});
            } else if (thing.type == EntityType::FAC || is_place(thing)) {
                emit("located_in", thing, country, 0.7F, "demonym.located", {}, {view_.mention(name).head});
            }
        }
    }
}

// "Västerås, Sweden", "the Federal Court in Curitiba", "Ana Lind of Halden"
void NominalRelations::place_of(std::size_t token) {
    const Resolved thing = resolve(token);
    if (!thing.is_thing() || !thing.named) return;
    for (const std::size_t c : tree_->children(token)) {
        const std::size_t name = view_.name_over(sentence_, c);
        if (name == k_none || name == view_.name_over(sentence_, token) || view_.mention(name).head != c)
            continue;
        const Resolved place = resolve(c);
        const std::string preposition = tree_->preposition(c);
        if (tree_->is_any(c, {"appos", "nmod:unmarked", "obl:unmarked", "list", "flat", "dep"}) &&
            c > token) {
            const bool comma = tree_->form(token + 1) == "," ||
                               (view_.name_over(sentence_, token) != k_none &&
                                tree_->form(view_.mention(view_.name_over(sentence_, token)).last) == ",");
            if (is_place(thing) && is_place(place) && comma)
                emit("located_in", thing, place, 0.85F, "apposition.place", {}, {});
            continue;
        }
        if (!tree_->is(c, "nmod") || tree_->is(c, "nmod:poss")) continue;
        const bool inside = preposition == "in" || preposition == "at" || preposition == "on" ||
                            preposition == "near" || preposition == "outside" || preposition == "off";
        const bool local = is_place(place) || place.type == EntityType::FAC;
        const bool is_name = view_.name_over(sentence_, token) != k_none;
        if (inside && local && is_name) {
            if (thing.type == EntityType::FAC || is_place(thing) || thing.type == EntityType::ORG)
                emit("located_in", thing, place, 0.75F, "place." + preposition, {}, {});
            else if (thing.type == EntityType::EVENT)
                emit("held_in", thing, place, 0.75F, "place." + preposition, {}, {});
        }
        if (is_person(thing) && is_name && place.type == EntityType::ORG &&
            (preposition == "of" || preposition == "at" || preposition == "from" || preposition == "with"))
            emit("works_for", thing, place, 0.75F, "affiliation." + preposition, {}, {});
        // "Ana Lind of Norway"; "Ana Lind of Minnesota" only says where she comes from or whom she speaks
        // for.
        const std::string_view place_name = view_.text(view_.mention(name));
        const bool country =
            lexicon::is_country(place_name) || !lexicon::full_country(lower(place_name)).empty();
        if (is_person(thing) && is_name && country && preposition == "of")
            emit("nationality", thing, place, 0.5F, "affiliation.of", {}, {});
    }
}

// --- parentheses and ages
// --------------------------------------------------------------------------------------

// "Ana Lind (PVS)": a party; "Klinova (Nasdaq: KLIN)": an exchange and a ticker symbol.
void NominalRelations::parenthesis(std::size_t token) {
    const std::size_t name = view_.name_over(sentence_, token);
    const std::size_t open = view_.mention(name).last;
    if (open + 2 >= tree_->size() || tree_->form(open) != "(") return;
    std::size_t close = open + 1;
    while (close < tree_->size() && close < open + 8 && tree_->form(close) != ")") ++close;
    if (close >= tree_->size() || tree_->form(close) != ")") return;
    const Resolved thing = resolve(token);
    const std::size_t inner = view_.name_over(sentence_, open + 1);
    const char initial = inner == k_none ? 'a' : view_.text(view_.mention(inner))[0];
    const bool lower_case = initial >= 'a' && initial <= 'z';
    if (is_person(thing) && inner != k_none && !lower_case && view_.mention(inner).last == close) {
        const Resolved party = resolve(view_.mention(inner).head);
        if (party.type == EntityType::ORG)
            emit("member_of", thing, party, 0.8F, "parenthesis.member", {}, {});
        return;
    }
    const std::size_t colon = open + 2;
    if (thing.type == EntityType::ORG && inner != k_none && colon + 1 < close && tree_->form(colon) == ":") {
        emit("listed_on", thing, resolve(view_.mention(inner).head), 0.85F, "parenthesis.listed", {}, {});
        Resolved ticker = builder_.phrase(sentence_, colon + 1, ValueKind::text);
        emit("ticker_symbol", thing, ticker, 0.85F, "parenthesis.ticker", {}, {});
    }
}

// "Ana Lind, 54,", "Ana Lind (54)", "the 54-year-old Ana Lind", "Ana Lind, aged 54"
void NominalRelations::age(std::size_t token) {
    const Resolved person = resolve(token);
    if (!is_person(person)) return;
    const std::size_t name = view_.name_over(sentence_, token);
    for (const FoundValue& value : view_.values(sentence_)) {
        const Value& v = value.value;
        if (v.kind != ValueKind::quantity || !v.amount || *v.amount < 1 || *v.amount > 120) continue;
        const bool old = v.unit == "year" && v.text.ends_with("old");
        bool fits = false;
        const std::size_t last = view_.mention(name).last;
        const std::size_t behind = value.last < tree_->size() ? value.last : value.last - 1;
        const bool closed =
            tree_->form(behind) == "," || tree_->form(behind) == ")" || tree_->form(behind) == ".";
        if (old) {
            fits = tree_->head(value.first) == token || value.last == view_.mention(name).first;
            for (std::size_t i = value.first; i < value.last; ++i) fits |= tree_->head(i) == token;
        } else if (v.unit.empty() && closed) {
            fits = (value.first == last + 1 && (tree_->form(last) == "," || tree_->form(last) == "(")) ||
                   (value.first == last + 2 && tree_->form(last) == "," &&
                    lower(tree_->form(last + 1)) == "aged");
        }
        if (!fits) continue;
        Resolved years;
        years.value = &value;
        emit("age", person, years, 0.9F, "apposition.age", {}, {});
    }
}

}  // namespace relata::ingest
