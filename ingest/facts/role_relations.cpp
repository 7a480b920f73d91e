// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/role_relations.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

// "the Norwegian prime minister" serves Norway; "the Norwegian lawyer" only comes from there.
bool is_office_of_country(std::string_view relation) {
    static constexpr std::string_view offices[] = {
        "president_of", "vice_president_of", "prime_minister_of", "minister_of",   "governor_of",
        "mayor_of",     "senator_of",        "head_of_state_of",  "ambassador_of", "deputy_mayor_of",
        "leads",        "spokesperson_of",   "capital_of"};
    return std::find(std::begin(offices), std::end(offices), relation) != std::end(offices);
}

// People by what they are to an event or to others, not by what they do for a living.
bool is_no_occupation(std::string_view lemma) {
    static constexpr std::string_view words[] = {
        "man",         "woman",     "boy",       "girl",     "person",    "people",    "child",
        "baby",        "victim",    "resident",  "survivor", "suspect",   "defendant", "winner",
        "loser",       "passenger", "citizen",   "native",   "member",    "guest",     "hostage",
        "prisoner",    "inmate",    "plaintiff", "witness",  "neighbour", "neighbor",  "voter",
        "user",        "customer",  "client",    "owner",    "favourite", "favorite",  "successor",
        "predecessor", "rival",     "opponent",  "critic",   "supporter", "ally",      "partner",
        "friend",      "colleague", "candidate", "nominee",  "attacker",  "killer",    "murderer",
        "accused",     "refugee",   "migrant",   "teenager", "adult",     "fan",       "holder",
        "participant", "bidder",    "buyer",     "seller",   "creator",   "recipient", "patient",
        "lover",       "finalist",  "contender", "hero",     "figure",    "name",      "kid",
        "relative",    "descendant"};
    return std::find(std::begin(words), std::end(words), lemma) != std::end(words);
}

}  // namespace

void RoleRelations::read(std::size_t sentence) {
    sentence_ = sentence;
    tree_ = &view_.tree(sentence);
    for (std::size_t i = 0; i < tree_->size(); ++i)
        if (view_.name_over(sentence, i) == k_none) roles(i);
}

// The noun and the words before it spell the role: "chief" + "executive". `words` gets their tokens.
bool RoleRelations::role_matches(std::size_t noun, const RolePattern& pattern,
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

void RoleRelations::roles(std::size_t noun) {
    const bool word = tree_->upos(noun) == Upos::NOUN || tree_->upos(noun) == Upos::PROPN;
    if (!word) return;
    std::string lemma(tree_->lemma(noun));
    // "brother - in - law" is no brother.
    if (noun + 4 < tree_->size() && tree_->form(noun + 1) == "-" && tree_->form(noun + 4) == "law")
        lemma += "-in-law";
    const auto& patterns = ontology_.roles(lemma);
    // "chief" in "chief executive" is no role of its own.
    if (tree_->is_any(noun, {"compound", "amod"}) && tree_->head(noun) != k_none &&
        view_.name_over(sentence_, tree_->head(noun)) == k_none)
        return;
    if (patterns.empty()) {
        // "Ana Lind, a poet"
        if (lexicon::noun_type(lemma) == EntityType::PERSON) title(noun, holders(noun));
        return;
    }
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
std::vector<RoleRelations::Holder> RoleRelations::holders(std::size_t noun) const {
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
    // "The buyer of Klinova is Halden Motor"
    if (tree_->is(noun, "nsubj") && tree_->child(head, "cop") != k_none &&
        view_.name_over(sentence_, head) != k_none && tree_->preposition(head).empty())
        add(head, "copula", 0.9F);
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
    // … but not "What does the mayor of Bergen do?", which asks about the office.
    const bool asked = tree_->size() > 0 && tree_->form(tree_->size() - 1) == "?";
    if (!asked && result.empty() && tree_->is_any(noun, {"nsubj", "obj", "obl", "nmod:poss", "nmod"})) {
        const Resolved self = resolve(noun);
        if (self.named && self.type == EntityType::PERSON) result.push_back({noun, "nominal", 0.8F, k_none});
    }
    return result;
}

// Whose role it is: possessor, complement with a preposition, or a name set before the noun.
std::vector<std::size_t> RoleRelations::owners(std::size_t noun, std::size_t complement, bool share) const {
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
        // … but not "officers in contempt of Congress"
        if (tree_->preposition(field) != "of" && tree_->preposition(field) != "for") break;
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

void RoleRelations::role(std::size_t noun, const RolePattern& pattern, bool& found) {
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
            if (holder.how == std::string_view("nominal") && holds_elsewhere(pattern.relation, a, b))
                continue;
            const std::size_t owner_name = view_.name_over(sentence_, owner);
            if (owner_name != k_none && view_.mention(owner_name).type == EntityType::NORP &&
                !is_office_of_country(relation.name))
                continue;
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
                // "The buyer is Halden Motor": the name is the predicate.
                const std::size_t predicate = tree_->child(noun, "cop") == k_none ? tree_->head(noun) : noun;
                q = predicate == noun ? own : read_qualifiers(*tree_, predicate);
                const std::size_t copula = tree_->child(predicate, "cop");
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
                        !tree_->has_lemma(c, {"possible", "potential"}) && lower(tree_->form(c)) != "elected")
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
                builder_.state(sentence_, leaving ? "resigns_from" : "appointed_to", a, b,
                               0.85F * holder.certainty, "office." + std::string(tree_->lemma(holder.verb)),
                               event, {holder.verb}, std::string(tree_->lemma(holder.verb)));
        }
    }
}

void RoleRelations::infer_owners() {
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
void RoleRelations::title(std::size_t noun, const std::vector<Holder>& who) {
    if (is_no_occupation(tree_->lemma(noun)) || is_kinship(noun)) return;
    for (const Holder& holder : who) {
        // "worked as a radio journalist"; "joined as chairman" is an office.
        const bool worked = holder.verb != k_none && tree_->has_lemma(holder.verb, {"work"});
        if (holder.how == std::string_view("nominal") || (holder.verb != k_none && !worked)) continue;
        const Resolved person = resolve(holder.token);
        if (person.type != EntityType::PERSON ||
            !builder_.admits_subject(ontology_.find("occupation"), person))
            continue;
        if (tree_->child(noun, "conj") != k_none) continue;
        Resolved value = builder_.phrase(sentence_, noun, ValueKind::title);
        value.text_span = title_span(noun);
        value.text->text = std::string(value.text_span.of(tree_->text()));
        Qualifiers q =
            holder.how == std::string_view("copula") ? read_qualifiers(*tree_, noun) : Qualifiers();
        if (worked) {
            q = read_qualifiers(*tree_, holder.verb);
            if (tree_->has_tag(holder.verb, {"VBD"})) q.past = true;
        }
        for (const std::size_t c : tree_->children(noun))
            if (tree_->is(c, "amod") && lexicon::is_past_modifier(tree_->lemma(c))) q.past = true;
        const std::string words = lower(value.text->text);
        if (words.starts_with("ex-") || words.starts_with("ex ")) q.past = true;
        builder_.state(sentence_, "occupation", person, value, 0.8F * holder.certainty,
                       std::string(holder.how) + ".occupation", q, {noun});
    }
}

// "The French president" is not the president of Brazil, whatever the chains say.
bool RoleRelations::holds_elsewhere(std::size_t relation, const Resolved& person,
                                    const Resolved& owner) const {
    const std::string& name = ontology_.relations()[relation].name;
    for (const FactMention& fact : view_.analysed().facts) {
        if (fact.relation.name != name || !fact.subject.mention || !fact.object || !fact.object->mention)
            continue;
        const auto chain = view_.mention(*fact.subject.mention).chain;
        const auto other = view_.mention(*fact.object->mention).chain;
        if (chain && *chain == person.chain && other && *other != owner.chain) return true;
    }
    return false;
}

// "his sister Ana Lind": kin of somebody, even if the text does not say of whom.
bool RoleRelations::is_kinship(std::size_t noun) const {
    for (const RolePattern& pattern : ontology_.roles(tree_->lemma(noun))) {
        const RelationType& relation = ontology_.relations()[pattern.relation];
        if (relation.range.size() == 1 && relation.range.front() == EntityType::PERSON) return true;
    }
    return false;
}

// "acting foreign minister", "attorney general", "chief of staff": the words of the title alone.
ByteSpan RoleRelations::title_span(std::size_t noun) const {
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
        // "chief of staff", "head of a regional civil defence office"
        bool field = tree_->is(c, "nmod") && tree_->preposition(c) == "of" &&
                     tree_->leftmost(c) == noun + 1 && tree_->behind(c) <= noun + 8;
        for (std::size_t i = noun + 1; field && i < tree_->behind(c); ++i)
            field = view_.name_over(sentence_, i) == k_none && tree_->upos(i) != Upos::VERB &&
                    tree_->upos(i) != Upos::PRON && tree_->upos(i) != Upos::PUNCT;
        if (field) last = tree_->behind(c);
    }
    return tree_->span(first, last);
}

}  // namespace relata::ingest
