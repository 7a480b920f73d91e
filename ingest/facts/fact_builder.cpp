// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/fact_builder.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ingest/facts/fact_time.hpp"
#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

bool same_argument(const std::optional<Argument>& a, const std::optional<Argument>& b) {
    if (!a || !b) return !a && !b;
    return a->span == b->span;
}

// "Reporting by Ana Lind in Oslo", "Contact: …", "Read more: …": who made the page, not what it tells.
bool is_page_furniture(const SentenceTree& tree) {
    std::string start;
    for (std::size_t i = 0; i < tree.size() && start.size() < 32; ++i) {
        if (tree.upos(i) == Upos::PUNCT && start.empty()) continue;
        start += lower(tree.form(i)) + ' ';
    }
    for (const std::string_view words : {"reporting by ",
                                         "editing by ",
                                         "writing by ",
                                         "additional reporting ",
                                         "contact : ",
                                         "contacts : ",
                                         "media contact ",
                                         "press contact ",
                                         "read more ",
                                         "share this ",
                                         "follow us ",
                                         "subscribe ",
                                         "sign up ",
                                         "copyright ",
                                         "all rights reserved ",
                                         "related : ",
                                         "photo : ",
                                         "image : ",
                                         "source : ",
                                         "click here "})
        if (start.starts_with(words)) return true;
    return false;
}

// The word that states a fact; of facts that position alone states, none.
std::size_t anchor_of(const SentenceTree& tree, const Proposal& proposal) {
    if (proposal.trigger != k_none) return proposal.trigger;
    if (proposal.words.empty()) return k_none;
    for (const std::size_t word : proposal.words) {
        const std::size_t head = tree.head(word);
        if (std::find(proposal.words.begin(), proposal.words.end(), head) == proposal.words.end())
            return word;
    }
    return proposal.words.front();
}

}  // namespace

Resolved FactBuilder::resolve(std::size_t sentence, std::size_t token) const {
    Resolved result;
    result.token = token;
    const std::size_t name = view_.name_over(sentence, token);
    const FoundValue* value = view_.value_over(sentence, token);
    if (name == k_none && value) {
        // "two ministers" with a chain of its own stays a thing; numbers of things are values.
        result.value = value;
        return result;
    }
    result.mention = name != k_none ? name : view_.mention_at(sentence, token);
    if (result.mention == k_none) return result;
    // "the SpaceX Crew Dragon capsule" is Crew Dragon: a name before the noun of its own kind.
    if (name == k_none && view_.mention(result.mention).kind == MentionKind::nominal) {
        const SentenceTree& tree = view_.tree(sentence);
        const std::size_t before = token > 0 ? view_.name_over(sentence, token - 1) : k_none;
        if (before != k_none && tree.is_any(token - 1, {"compound", "nmod:desc", "flat"}) &&
            tree.head(token - 1) == token && view_.mention(before).type != EntityType::OTHER &&
            view_.mention(before).type == view_.mention(result.mention).type &&
            view_.mention(before).type != EntityType::PERSON)
            result.mention = before;
    }
    const Mention& mention = view_.mention(result.mention);
    result.type = mention.type;
    result.certainty = mention.kind == MentionKind::name ? 0.6F + 0.4F * mention.score : mention.score;
    if (mention.chain) {
        const Chain& chain = view_.analysed().chains[*mention.chain];
        result.chain = *mention.chain;
        result.named = chain.named;
        result.event = !chain.named && mention.kind == MentionKind::nominal &&
                       (mention.type == EntityType::EVENT || mention.type == EntityType::LAW);
        if (chain.named || mention.type == EntityType::OTHER) result.type = chain.type;
    }
    return result;
}

Resolved FactBuilder::phrase(std::size_t sentence, std::size_t token, ValueKind kind) const {
    const SentenceTree& tree = view_.tree(sentence);
    std::size_t first = token;
    std::size_t last = token + 1;
    // Left part without preposition and article, right part up to the first clause or comma.
    for (const std::size_t c : tree.children(token)) {
        if (c < token &&
            !tree.is_any(c, {"case", "det", "punct", "cc", "mark", "cop", "nsubj", "advmod", "aux"}))
            first = std::min(first, tree.leftmost(c));
        if (c > token) {
            if (tree.is_any(c, {"acl:relcl", "appos", "parataxis", "advcl", "punct", "dep", "list"})) break;
            if (tree.is(c, "conj") && kind == ValueKind::title) break;
            last = tree.behind(c);
        }
    }
    Resolved result;
    result.token = token;
    result.text_span = tree.span(first, last);
    Value value;
    value.kind = kind;
    value.text = std::string(result.text_span.of(tree.text()));
    result.text = std::move(value);
    return result;
}

bool FactBuilder::admits_subject(std::size_t index, const Resolved& a) const {
    if (!a.is_thing()) return false;
    return ontology_.allows_subject(ontology_.relations()[index], a.type);
}

bool FactBuilder::admits_object(std::size_t index, const Resolved& b) const {
    const RelationType& relation = ontology_.relations()[index];
    if (b.text) return ontology_.allows_object(relation, b.text->kind);
    if (b.value) return ontology_.allows_object(relation, b.value->value.kind);
    return b.is_thing() && ontology_.allows_object(relation, b.type);
}

bool FactBuilder::admits_loosely(std::size_t index, const Resolved& a, const Resolved& b) const {
    if (!a.is_thing() || !b.is_thing() || !a.named || !b.named) return false;
    const RelationType& relation = ontology_.relations()[index];
    const auto near = [](EntityType said, const std::vector<EntityType>& allowed) {
        using enum EntityType;
        static constexpr std::pair<EntityType, EntityType> confused[] = {
            {ORG, GPE}, {ORG, FAC}, {ORG, PRODUCT}, {GPE, FAC}, {GPE, LOC}, {FAC, LOC}};
        if (said == OTHER) return !allowed.empty();
        return std::any_of(std::begin(confused), std::end(confused), [&](const auto& pair) {
            if (said != pair.first && said != pair.second) return false;
            const EntityType other = said == pair.first ? pair.second : pair.first;
            return std::find(allowed.begin(), allowed.end(), other) != allowed.end();
        });
    };
    const bool subject_fits = ontology_.allows_subject(relation, a.type);
    const bool object_fits = ontology_.allows_object(relation, b.type);
    return (subject_fits && near(b.type, relation.range)) || (object_fits && near(a.type, relation.domain));
}

bool FactBuilder::admits(std::size_t index, const Resolved& a, const Resolved& b) const {
    return admits_subject(index, a) && admits_object(index, b);
}

Argument FactBuilder::argument(const char* role, const Resolved& resolved) const {
    Argument result;
    result.role = role;
    if (resolved.text) {
        result.span = resolved.text_span;
        result.value = resolved.text;
    } else if (resolved.value) {
        result.value = resolved.value->value;
    }
    if (!resolved.text && resolved.mention != k_none) {
        result.mention = resolved.mention;
        result.span = view_.mention(resolved.mention).span;
    }
    return result;
}

bool FactBuilder::hangs_on(const SentenceTree& tree, std::size_t token, std::size_t trigger) const {
    const std::size_t head = tree.head(token);
    if (head == trigger) return true;
    if (head == k_none) return false;
    // "agreed on Monday to buy": the time of the governing verb serves its infinitive.
    std::size_t at = trigger;
    for (int i = 0; i < 3 && tree.head(at) != k_none && tree.is_any(at, {"xcomp", "obj", "conj"}); ++i) {
        at = tree.head(at);
        if (at == head) return !tree.is(trigger, "conj") || token > trigger;
    }
    return false;
}

void FactBuilder::add_circumstances(std::size_t sentence, const Proposal& proposal, FactMention& fact) const {
    if (proposal.trigger == k_none) return;
    const SentenceTree& tree = view_.tree(sentence);
    const auto taken = [&](ByteSpan span) {
        return span.overlaps(fact.subject.span) || (fact.object && span.overlaps(fact.object->span));
    };
    for (const FoundValue& value : view_.values(sentence)) {
        const ByteSpan span = tree.span(value.first, value.last);
        if (taken(span)) continue;
        std::size_t top = value.last - 1;
        for (std::size_t i = value.first; i < value.last; ++i) {
            const std::size_t head = tree.head(i);
            if (head == k_none || head < value.first || head >= value.last) {
                top = i;
                break;
            }
        }
        if (value.value.kind == ValueKind::date || !hangs_on(tree, top, proposal.trigger)) continue;
        Argument more;
        const std::string preposition = tree.preposition(top);
        more.role = value.value.kind == ValueKind::money ? (preposition == "for" ? "price" : "amount")
                    : value.duration                     ? "duration"
                                                         : "amount";
        more.span = span;
        more.value = value.value;
        fact.arguments.push_back(std::move(more));
    }
    for (const std::size_t c : tree.children(proposal.trigger)) {
        if (!tree.is_any(c, {"obl", "nmod"}) || tree.is(c, "nmod:poss")) continue;
        const Resolved place = resolve(sentence, c);
        if (!place.is_thing() || taken(view_.mention(place.mention).span)) continue;
        const std::string preposition = tree.preposition(c);
        if (preposition.empty()) continue;
        const bool local =
            place.type == EntityType::GPE || place.type == EntityType::LOC || place.type == EntityType::FAC;
        const bool spatial = preposition == "in" || preposition == "at" || preposition == "on" ||
                             preposition == "near" || preposition == "off" || preposition == "outside";
        if (place.named && local && spatial)
            fact.arguments.push_back(argument("place", place));
        else if (place.named) {
            Argument more = argument("", place);
            more.role = preposition;
            fact.arguments.push_back(std::move(more));
        }
    }
    std::stable_sort(fact.arguments.begin(), fact.arguments.end(),
                     [](const Argument& a, const Argument& b) { return a.span < b.span; });
}

void FactBuilder::add_time(std::size_t sentence, const Proposal& proposal, FactMention& fact) const {
    const SentenceTree& tree = view_.tree(sentence);
    const std::size_t anchor = anchor_of(tree, proposal);
    if (anchor == k_none) return;
    // A date inside a name belongs to the name; one inside "October's election" tells when.
    std::vector<ByteSpan> taken{fact.subject.span};
    const bool phrase =
        fact.object &&
        ((fact.object->value && fact.object->value->kind == ValueKind::text) ||
         (fact.object->mention && view_.mention(*fact.object->mention).kind != MentionKind::name));
    if (fact.object && !phrase) taken.push_back(fact.object->span);
    fact.time = time_of_fact(tree, view_.values(sentence), anchor, taken);
    if (!fact.time) return;
    const std::string& published = view_.analysed().document.published;
    // "The trial opens on 3 August": the present tense of what is to come.
    const bool open_tense = !tree.has_tag(anchor, {"VBD"}) && tree.child(anchor, "aux:pass") == k_none;
    if (fact.modality == Modality::asserted && open_tense && lies_ahead(fact.time->value, published))
        fact.modality = Modality::planned;
    const bool state = proposal.relation != k_none && !ontology_.relations()[proposal.relation].event;
    if (state && fact.modality == Modality::asserted && is_over(fact.time->value, published))
        fact.past = true;
}

void FactBuilder::add_attribution(std::size_t sentence, const Proposal& proposal, const Resolved& subject,
                                  FactMention& fact) const {
    const SentenceTree& tree = view_.tree(sentence);
    Attribution attribution;
    const std::size_t source = proposal.qualifiers.source;
    const std::size_t anchor = anchor_of(tree, proposal);
    if (source != k_none) {
        const Resolved who = resolve(sentence, source);
        if (who.is_thing()) attribution.mention = who.mention;
        attribution.span = tree.token(source).span;
    } else {
        // "…," she said. "We bought Klinova.": the words of a quotation are the speaker's.
        const std::size_t word = anchor != k_none ? anchor : subject.token;
        const std::size_t quotation = quotations_.around(sentence, word);
        if (quotation == k_none || !quotations_[quotation].clause) return;
        if (quotations_[quotation].speaker == k_none) return;
        attribution.mention = quotations_[quotation].speaker;
    }
    if (attribution.mention) attribution.span = view_.mention(*attribution.mention).span;
    attribution.text = std::string(attribution.span.of(tree.text()));
    fact.attribution = std::move(attribution);
}

// "wants to sell Klinova", "agreed the sale of Klinova" as words for `sells`: the verb is not the relation's
// own but says what becomes of it.
void FactBuilder::add_meaning_of_trigger(const SentenceTree& tree, const Proposal& proposal,
                                         FactMention& fact) const {
    if (proposal.relation == k_none || proposal.trigger == k_none) return;
    if (tree.upos(proposal.trigger) != Upos::VERB) return;
    const std::string_view lemma = tree.lemma(proposal.trigger);
    const auto effect = lexicon::effect_of_verb(lemma);
    if (!effect) return;
    for (const VerbPattern& pattern : ontology_.verbs(lemma))
        if (pattern.relation == proposal.relation) return;
    if (effect->modality) fact.modality = more_reserved(fact.modality, *effect->modality);
    if (effect->negates) fact.polarity = Polarity::negative;
}

// "blamed the weather, not the pilots", "sold to Klinova rather than to Orsix": no fact of the second one.
void FactBuilder::add_negation_of_argument(const SentenceTree& tree, const Resolved& argument,
                                           FactMention& fact) const {
    if (argument.token == k_none || argument.token >= tree.size()) return;
    // The owner of an office may stand in another sentence.
    if (argument.mention != k_none && view_.mention(argument.mention).sentence != fact.sentence) return;
    for (const std::size_t c : tree.children(argument.token)) {
        if (c > argument.token || !tree.is_any(c, {"advmod", "cc", "cc:preconj", "det", "case"})) continue;
        const bool contrast = tree.has_lemma(c, {"not", "n't", "nor", "neither", "never"}) ||
                              (tree.lemma(c) == "rather" && tree.is_any(argument.token, {"conj"})) ||
                              (tree.lemma(c) == "instead" && tree.is(c, "case"));
        const bool only = c + 1 < tree.size() && tree.has_lemma(c + 1, {"only", "just", "merely"});
        if (!contrast || only) continue;
        fact.polarity = Polarity::negative;
        return;
    }
}

bool FactBuilder::add(std::size_t sentence, const Proposal& proposal, const Resolved& subject,
                      const std::optional<Resolved>& object) {
    if (!subject.is_thing()) return false;
    if (object && object->is_thing() && !object->text &&
        (object->mention == subject.mention || (object->chain != k_none && object->chain == subject.chain)))
        return false;
    const SentenceTree& tree = view_.tree(sentence);
    FactMention fact;
    fact.sentence = sentence;
    fact.subject = argument("subject", subject);
    if (object) {
        fact.object = argument("object", *object);
        if (object->value && !object->text)
            fact.object->span = tree.span(object->value->first, object->value->last);
    }
    if (proposal.relation != k_none) fact.relation.name = ontology_.relations()[proposal.relation].name;
    fact.relation.text = proposal.phrase;
    if (proposal.words.empty()) {
        fact.relation.span = {fact.subject.span.begin, fact.subject.span.begin};
    } else {
        const auto [first, last] = std::minmax_element(proposal.words.begin(), proposal.words.end());
        fact.relation.span = tree.span(*first, *last + 1);
    }
    const Qualifiers& q = proposal.qualifiers;
    fact.polarity = q.polarity;
    fact.modality = q.modality;
    fact.past = q.past;
    add_meaning_of_trigger(tree, proposal, fact);
    add_attribution(sentence, proposal, subject, fact);
    add_negation_of_argument(tree, subject, fact);
    if (object) add_negation_of_argument(tree, *object, fact);
    add_time(sentence, proposal, fact);
    add_circumstances(sentence, proposal, fact);
    fact.confidence = proposal.confidence * subject.certainty * (object ? object->certainty : 1.0F);
    fact.by = proposal.by;
    const bool good_object = object && (object->named || object->event || object->value || object->text);
    // One of the two must be known by name: "Halden called off the strike", "the fire destroyed Klinova's
    // plant".
    // "The fire killed 17 people"
    const bool counted = object && object->value && proposal.relation != k_none;
    const bool good_subject = subject.named || (subject.event && object && (object->named || counted));
    fact.for_graph =
        proposal.graph && good_subject && good_object && fact.confidence >= 0.3F && !is_page_furniture(tree);

    // Sentences come in order, so the facts of this one stand at the end.
    std::vector<FactMention>& facts = view_.analysed().facts;
    for (std::size_t i = facts.size(); i-- > 0 && facts[i].sentence == sentence;) {
        FactMention& other = facts[i];
        if (other.relation.name != fact.relation.name ||
            (fact.relation.name.empty() && other.relation.text != fact.relation.text))
            continue;
        const bool symmetric =
            proposal.relation != k_none && ontology_.relations()[proposal.relation].symmetric;
        const bool same = other.subject.span == fact.subject.span && same_argument(other.object, fact.object);
        const bool swapped = symmetric && other.object && fact.object &&
                             other.subject.span == fact.object->span &&
                             other.object->span == fact.subject.span;
        if (!same && !swapped) continue;
        if (fact.confidence > other.confidence) other = std::move(fact);
        return true;
    }
    facts.push_back(std::move(fact));
    return true;
}

bool FactBuilder::state(std::size_t sentence, std::string_view relation, const Resolved& subject,
                        const Resolved& object, float confidence, std::string by,
                        const Qualifiers& qualifiers, std::vector<std::size_t> words, std::string phrase) {
    const std::size_t index = ontology_.find(relation);
    if (index == Ontology::npos || !admits(index, subject, object)) return false;
    Proposal proposal;
    proposal.relation = index;
    proposal.phrase = phrase.empty() ? ontology_.relations()[index].label : std::move(phrase);
    proposal.words = std::move(words);
    proposal.qualifiers = qualifiers;
    proposal.confidence = confidence;
    proposal.by = std::move(by);
    return add(sentence, proposal, subject, object);
}

bool FactBuilder::linked(std::size_t sentence, const Resolved& a, const Resolved& b) const {
    const auto same = [this](const Argument& argument, const Resolved& resolved) {
        if (argument.mention && resolved.mention != k_none) return *argument.mention == resolved.mention;
        if (!argument.mention && resolved.value)
            return argument.value && argument.value->text == resolved.value->value.text;
        return false;
    };
    const std::vector<FactMention>& facts = view_.analysed().facts;
    for (std::size_t i = facts.size(); i-- > 0 && facts[i].sentence == sentence;) {
        const FactMention& fact = facts[i];
        if (!fact.object || fact.relation.name.empty()) continue;
        if ((same(fact.subject, a) && same(*fact.object, b)) ||
            (same(fact.subject, b) && same(*fact.object, a)))
            return true;
    }
    return false;
}

void FactBuilder::finish() {
    std::stable_sort(view_.analysed().facts.begin(), view_.analysed().facts.end(),
                     [](const FactMention& a, const FactMention& b) {
                         if (a.sentence != b.sentence) return a.sentence < b.sentence;
                         if (a.subject.span != b.subject.span) return a.subject.span < b.subject.span;
                         return a.relation.span < b.relation.span;
                     });
}

}  // namespace relata::ingest
