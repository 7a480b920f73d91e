// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/nominal_relations.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

bool is_person(const Resolved& r) {
    return r.type == EntityType::PERSON;
}
// The words by which parties call themselves, in the languages of Europe's news.
bool is_party(std::string_view name) {
    const std::string words = lower(name);
    for (const std::string_view word :
         {"party", "partido", "partei", "parti", "partito", "movement", "movimento", "movimiento",
          "democrats", "greens", "labour", "conservatives", "republicans", "socialists"})
        if (words.find(word) != std::string::npos) return true;
    return false;
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
            event_noun(i);
            kind(i);
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
    // "Threadline, Klinova's messaging app"; a company's company may be anything to it.
    const std::size_t head = tree_->head(token);
    const bool apposed = things.empty() && tree_->is(token, "appos") && head != k_none &&
                         view_.name_over(sentence_, head) != k_none;
    if (apposed && (is_place(owner) || resolve(head).type == EntityType::PRODUCT)) things.push_back(head);
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
                builder_.state(sentence_, "based_in", thing, owner, 0.75F, by, {}, {});
            else if (thing.type == EntityType::FAC || is_place(thing))
                builder_.state(sentence_, "located_in", thing, owner, 0.75F, by, {}, {});
        } else if (owner.type == EntityType::ORG) {
            if (thing.type == EntityType::PRODUCT)
                builder_.state(sentence_, "owns_product", owner, thing, 0.8F, by, {}, {});
            else if (thing.type == EntityType::ORG) {
                const bool unit = view_.name_over(sentence_, token) != k_none ||
                                  tree_->has_lemma(token, {"unit", "arm", "business", "brand", "division",
                                                           "subsidiary", "chain", "affiliate", "label",
                                                           "studio", "department", "laboratory", "bank"});
                if (unit && !builder_.linked(sentence_, thing, owner))
                    builder_.state(sentence_, "subsidiary_of", thing, owner, 0.6F, by, {}, {});
            } else if (is_person(thing) && view_.name_over(sentence_, token) != k_none &&
                       tree_->child(token, "nmod:desc") == k_none)
                builder_.state(sentence_, "works_for", thing, owner, 0.7F, by, {}, {});
        } else if (is_person(owner) && thing.type == EntityType::WORK &&
                   view_.name_over(sentence_, token) != k_none) {
            builder_.state(sentence_, "writes", owner, thing, 0.55F, by, {}, {});
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
            builder_.state(sentence_, "owns_product", maker, thing, 0.75F, "compound.product", {}, {});
    }
}

// --- kinds -------------------------------------------------------------------------------------------------

// "Klinova, a brewery", "Klinova is a brewery", "the brewery Klinova": what a thing is, when the noun says
// more than its type. People have occupations instead.
void NominalRelations::kind(std::size_t noun) {
    if (tree_->upos(noun) != Upos::NOUN || !ontology_.roles(tree_->lemma(noun)).empty()) return;
    if (tree_->has_lemma(noun, {"company", "firm",    "group",  "organisation", "organization", "thing",
                                "place",   "country", "nation", "state",        "part",         "name",
                                "one",     "area",    "body",   "title",        "case",         "project",
                                "deal",    "site",    "system", "service",      "product"}))
        return;
    const std::optional<EntityType> type = lexicon::noun_type(tree_->lemma(noun));
    if (type == EntityType::PERSON || type == EntityType::GPE) return;
    // A noun that we know nothing of counts in an apposition with "a".
    const std::size_t article = tree_->child(noun, "det");
    const bool unknown =
        !type && tree_->is(noun, "appos") && article != k_none && tree_->has_lemma(article, {"a", "an"});
    if (!type && !unknown) return;
    std::vector<std::size_t> things;
    const std::size_t head = tree_->head(noun);
    const auto add_name = [&](std::size_t token) {
        if (view_.name_over(sentence_, token) != k_none) things.push_back(token);
    };
    if (head != k_none && tree_->is(noun, "appos")) add_name(head);
    if (head != k_none && head > noun && tree_->is(noun, "nmod:desc")) add_name(head);
    for (const std::size_t c : tree_->children(noun)) {
        if (tree_->is(c, "appos")) add_name(c);
        if (tree_->is(c, "nsubj") && tree_->child(noun, "cop") != k_none) add_name(antecedent(*tree_, c));
    }
    const Qualifiers own = tree_->child(noun, "cop") != k_none ? read_qualifiers(*tree_, noun) : Qualifiers();
    for (const std::size_t token : things) {
        const Resolved thing = resolve(token);
        if (type ? thing.type != *type : thing.type == EntityType::PERSON) continue;
        builder_.state(sentence_, "instance_of", thing, kind_phrase(noun), 0.8F,
                       "kind." + std::string(tree_->lemma(noun)), own, {});
    }
}

// The noun with the words that make it one: "cargo ship", "film festival"; no names, no clauses.
Resolved NominalRelations::kind_phrase(std::size_t noun) const {
    std::size_t first = noun;
    for (const std::size_t c : tree_->children(noun)) {
        const bool part = c < noun && tree_->is_any(c, {"compound", "amod"}) &&
                          view_.name_over(sentence_, c) == k_none &&
                          !lexicon::is_past_modifier(tree_->lemma(c));
        if (part) first = std::min(first, tree_->leftmost(c));
    }
    Resolved result;
    result.token = noun;
    result.text_span = tree_->span(first, noun + 1);
    Value value;
    value.kind = ValueKind::text;
    value.text = std::string(result.text_span.of(tree_->text()));
    result.text = std::move(value);
    return result;
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
        if (c < token && hyphenated(c, described)) continue;
        const std::size_t name = view_.name_over(sentence_, c);
        if (name == k_none || c > token || name == view_.name_over(sentence_, token)) continue;
        const Resolved country = resolve(view_.mention(name).head);
        const bool demonym = view_.mention(name).type == EntityType::NORP && country.type == EntityType::GPE;
        const bool city = view_.mention(name).type == EntityType::GPE;
        if (!demonym && !city) continue;
        for (const std::size_t d : described) {
            const Resolved thing = resolve(d);
            if (!thing.named) continue;
            if (thing.type == EntityType::ORG) {
                builder_.state(sentence_, "based_in", thing, country, 0.75F, "demonym.based", {},
                               {view_.mention(name).head});
            } else if (is_person(thing) && demonym && !builder_.linked(sentence_, thing, country)) {
                builder_.state(sentence_, "nationality", thing, country, 0.75F, "demonym.nationality", {},
                               {view_.mention(name).head});
            } else if (thing.type == EntityType::FAC || is_place(thing)) {
                builder_.state(sentence_, "located_in", thing, country, 0.7F, "demonym.located", {},
                               {view_.mention(name).head});
            }
        }
    }
}

// "the Oslo - based Klinova", "the Halden - owned Klinova": the name hangs on the adjective.
bool NominalRelations::hyphenated(std::size_t adjective, const std::vector<std::size_t>& described) {
    std::string_view word = tree_->lemma(adjective);
    if (ontology_.adjectives(word).empty()) {
        word = tree_->form(adjective);
        if (ontology_.adjectives(word).empty()) return false;
    }
    bool found = false;
    for (const std::size_t c : tree_->children(adjective)) {
        const std::size_t name = view_.name_over(sentence_, c);
        if (name == k_none || c > adjective) continue;
        found = true;
        const Resolved before = resolve(view_.mention(name).head);
        for (const AdjectivePattern& pattern : ontology_.adjectives(word)) {
            const std::string& relation = ontology_.relations()[pattern.relation].name;
            for (const std::size_t d : described) {
                const Resolved thing = resolve(d);
                const bool stated = pattern.inverse
                                        ? builder_.state(sentence_, relation.c_str(), before, thing, 0.88F,
                                                         "hyphen." + std::string(word), {}, {adjective})
                                        : builder_.state(sentence_, relation.c_str(), thing, before, 0.9F,
                                                         "hyphen." + std::string(word), {}, {adjective});
                if (!stated && relation == "headquartered_in")
                    builder_.state(sentence_, "based_in", thing, before, 0.85F, "hyphen.based", {},
                                   {adjective});
            }
        }
    }
    return found;
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
        // "Fjord Bank, formerly Lind Bank"
        if (tree_->is(c, "appos") && (tree_->has_child_lemma(c, "advmod", "formerly") ||
                                      tree_->has_child_lemma(c, "advmod", "previously"))) {
            if (thing.type == place.type)
                builder_.state(sentence_, "formerly_named", thing, place, 0.85F, "apposition.formerly", {},
                               {});
            continue;
        }
        if (tree_->is_any(c, {"appos", "nmod:unmarked", "obl:unmarked", "list", "flat", "dep"}) &&
            c > token) {
            const bool comma = tree_->form(token + 1) == "," ||
                               (view_.name_over(sentence_, token) != k_none &&
                                tree_->form(view_.mention(view_.name_over(sentence_, token)).last) == ",");
            // "Arizona, Florida, Illinois hold primaries" is a list.
            std::size_t members = 0;
            for (const std::size_t other : tree_->children(token))
                members += other > token && view_.name_over(sentence_, other) != k_none &&
                           tree_->is_any(other, {"appos", "conj", "list", "nmod:unmarked"}) &&
                           is_place(resolve(other));
            if (is_place(thing) && is_place(place) && comma && members < 2)
                builder_.state(sentence_, "located_in", thing, place, 0.85F, "apposition.place", {}, {});
            continue;
        }
        if (!tree_->is(c, "nmod") || tree_->is(c, "nmod:poss")) continue;
        inside(token, thing, c, place);
        if (view_.name_over(sentence_, token) != k_none) affiliation(thing, token, c, place);
    }
}

// "the Federal Court in Curitiba", "Halden Motor of Oslo", "Klinova, a brewery in Bergen"
void NominalRelations::inside(std::size_t token, const Resolved& thing, std::size_t where,
                              const Resolved& place) {
    const std::string preposition = tree_->preposition(where);
    const bool spatial = preposition == "in" || preposition == "at" || preposition == "on" ||
                         preposition == "near" || preposition == "outside" || preposition == "off";
    const bool local = is_place(place) || place.type == EntityType::FAC;
    if (!local || (!spatial && preposition != "of")) return;
    const std::string by = "place." + preposition;
    if (view_.name_over(sentence_, token) == k_none) {
        const std::size_t head = tree_->head(token);
        const bool kind = tree_->is(token, "appos") && head != k_none && spatial &&
                          lexicon::noun_type(tree_->lemma(token)) == EntityType::ORG;
        if (kind && view_.name_over(sentence_, head) != k_none && resolve(head).type == EntityType::ORG)
            builder_.state(sentence_, "based_in", resolve(head), place, 0.75F, by, {}, {});
        return;
    }
    if (!spatial) {
        if (thing.type == EntityType::ORG)
            builder_.state(sentence_, "based_in", thing, place, 0.75F, by, {}, {});
    } else if (thing.type == EntityType::EVENT) {
        builder_.state(sentence_, "held_in", thing, place, 0.75F, by, {}, {});
    } else if (thing.type == EntityType::FAC || is_place(thing) || thing.type == EntityType::ORG) {
        // "Beni, Butembo and Katwa in the Congo": one place for all of the list.
        const bool towns = is_place(thing) && place.type == EntityType::GPE;
        const std::size_t list = tree_->is(token, "conj") ? tree_->head(token) : token;
        const auto members = towns ? coordination(*tree_, list) : std::vector<std::size_t>{token};
        for (const std::size_t member : members)
            if (resolve(member).type == thing.type)
                builder_.state(sentence_, "located_in", resolve(member), place, 0.75F, by, {}, {});
    }
}

// "Ana Lind of Halden Motor", "Ana Lind of the Green Party", "Ana Lind from Bergen"
void NominalRelations::affiliation(const Resolved& person, std::size_t token, std::size_t with,
                                   const Resolved& other) {
    if (!is_person(person)) return;
    const std::string preposition = tree_->preposition(with);
    const std::string_view name = view_.text(view_.mention(view_.name_over(sentence_, with)));
    const std::string by = "affiliation." + preposition;
    if (other.type == EntityType::ORG) {
        const bool direct = preposition == "of" || preposition == "at" || preposition == "from" ||
                            (preposition == "with" && tree_->is_any(token, {"nsubj", "appos"}));
        if (direct)
            builder_.state(sentence_, is_party(name) ? "member_of" : "works_for", person, other, 0.75F, by,
                           {}, {});
    } else if (is_place(other) && preposition == "from") {
        builder_.state(sentence_, "comes_from", person, other, 0.75F, by, {}, {});
    } else if (preposition == "of" &&
               (lexicon::is_country(name) || !lexicon::full_country(lower(name)).empty())) {
        // "Ana Lind of Minnesota" only says where she comes from or whom she speaks for.
        builder_.state(sentence_, "nationality", person, other, 0.5F, by, {}, {});
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
            builder_.state(sentence_, "member_of", thing, party, 0.8F, "parenthesis.member", {}, {});
        return;
    }
    const std::size_t colon = open + 2;
    if (thing.type == EntityType::ORG && inner != k_none && colon + 1 < close && tree_->form(colon) == ":") {
        builder_.state(sentence_, "listed_on", thing, resolve(view_.mention(inner).head), 0.85F,
                       "parenthesis.listed", {}, {});
        Resolved ticker = builder_.phrase(sentence_, colon + 1, ValueKind::text);
        builder_.state(sentence_, "ticker_symbol", thing, ticker, 0.85F, "parenthesis.ticker", {}, {});
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
        builder_.state(sentence_, "age", person, years, 0.9F, "apposition.age", {}, {});
    }
}

}  // namespace relata::ingest
