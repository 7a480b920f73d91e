// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/learned_relations.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

// A pair at least this likely becomes a fact of its own.
constexpr float k_fact = 0.5F;
// So likely must a pair be for which the ontology has no name, and one whose object has none.
constexpr float k_open = 0.6F;
constexpr float k_phrase = 0.75F;
// A word at least this likely is one of those that express the fact.
constexpr float k_trigger = 0.5F;
// A relation must be that likely to name a pair, or so when one of its triggers stands there.
constexpr float k_relation = 0.4F;
constexpr float k_triggered = 0.05F;
// And this share of the likeliest one's; and much more where the object is a date.
constexpr float k_share = 0.5F;
constexpr float k_dated = 0.6F;
// A name that the ontology does not know stands for the words of the sentence when it is that likely.
constexpr float k_label = 0.5F;
constexpr float k_flag = 0.5F;
// Words of a relation that lie further apart than this do not belong together.
constexpr std::size_t k_gap = 4;
// What is assumed of a pair that the heads did not even mention.
constexpr float k_unlikely = 0.025F;

float logit(float probability) {
    const float p = std::clamp(probability, 0.005F, 0.995F);
    return std::log(p / (1 - p));
}

float logistic(float x) {
    return 1 / (1 + std::exp(-x));
}

// Confidence in a fact of the rules whose pair the heads find that likely. On the articles with gold facts a
// named relation of the rules is right almost as often where the heads see nothing, so they weigh little.
float combined(float rule, float pair) {
    return std::round(200 * logistic(0.2F + 0.6F * logit(rule) + 0.25F * logit(pair))) / 200;
}

float flag(const ScoredPair& pair, FactFlag which) {
    return pair.flags[static_cast<std::size_t>(which)];
}

// Share of the likeliest relation, known to the ontology or not.
float likeliest(const ScoredPair& pair) {
    return pair.relations.empty() ? 0 : pair.relations.front().second;
}

bool same_thing(const Argument& argument, const Resolved& resolved, const SentenceTree& tree) {
    if (resolved.mention != k_none && !resolved.text) return argument.mention == resolved.mention;
    if (resolved.value)
        return argument.value && argument.span == tree.span(resolved.value->first, resolved.value->last);
    return resolved.text && argument.span.overlaps(resolved.text_span);
}

}  // namespace

LearnedRelations::LearnedRelations(DocumentView& view, const Ontology& ontology, const LearnedScores& scores,
                                   FactBuilder& builder)
    : view_(view), ontology_(ontology), scores_(scores), builder_(builder) {
    if (scores.empty()) return;
    for (const std::string& name : scores.heads().relations()) {
        const std::size_t index = ontology.find(name);
        in_ontology_.push_back(index == Ontology::npos ? k_none : index);
    }
}

void LearnedRelations::read(std::size_t sentence) {
    if (scores_.empty()) return;
    sentence_ = sentence;
    tree_ = &view_.tree(sentence);
    const std::vector<FactMention>& facts = view_.analysed().facts;
    std::size_t first_fact = facts.size();
    while (first_fact > 0 && facts[first_fact - 1].sentence == sentence) --first_fact;
    judge_rules(first_fact);
    std::vector<const ScoredPair*> pairs;
    for (const ScoredPair& pair : scores_.pairs(sentence))
        if (pair.fact >= k_fact) pairs.push_back(&pair);
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const ScoredPair* a, const ScoredPair* b) { return a->fact > b->fact; });
    for (const ScoredPair* pair : pairs) add_pair(*pair, first_fact);
}

// The candidate that an argument of a fact is, or k_none: a title or a phrase is none.
std::size_t LearnedRelations::candidate_of(const Argument& argument) const {
    if (argument.mention) return scores_.candidate(sentence_, *argument.mention, k_none);
    const auto& values = view_.values(sentence_);
    for (std::size_t v = 0; v < values.size(); ++v)
        if (argument.value && argument.span == tree_->span(values[v].first, values[v].last))
            return scores_.candidate(sentence_, k_none, v);
    return k_none;
}

void LearnedRelations::judge_rules(std::size_t first_fact) {
    std::vector<FactMention>& facts = view_.analysed().facts;
    for (std::size_t f = first_fact; f < facts.size(); ++f) {
        FactMention& fact = facts[f];
        if (!fact.object) continue;
        const std::size_t subject = candidate_of(fact.subject), object = candidate_of(*fact.object);
        if (subject == k_none || object == k_none) continue;
        const ScoredPair* pair = scores_.pair(sentence_, subject, object);
        const ScoredPair* inverse = scores_.pair(sentence_, object, subject);
        float likely = pair ? pair->fact : k_unlikely;
        // The heads learned one direction of relations that have two names: "hires" and "joins".
        if (inverse && inverse->fact > likely) likely = inverse->fact;
        fact.confidence = combined(fact.confidence, likely);
        if (likely >= k_fact) fact.by += "+learned";
        if (fact.relation.name.empty() && likely <= k_unlikely) fact.for_graph = false;
    }
}

Resolved LearnedRelations::resolve(const Candidate& candidate) const {
    if (candidate.mention != k_none) return builder_.resolve(sentence_, candidate.head);
    Resolved result;
    result.token = candidate.head;
    result.value = &view_.values(sentence_)[candidate.value];
    return result;
}

void LearnedRelations::add_pair(const ScoredPair& pair, std::size_t first_fact) {
    const auto& candidates = scores_.candidates(sentence_);
    const Resolved subject = resolve(candidates[pair.subject]);
    Resolved object = resolve(candidates[pair.object]);
    if (!subject.is_thing() || (!object.is_thing() && !object.value)) return;
    if (confirm(pair, subject, object, first_fact)) return;
    // A thing without a name says something as words: "backs | a ban on trawling".
    if (object.is_thing() && !object.named && !object.event) {
        const Candidate& candidate = candidates[pair.object];
        if (view_.mention(candidate.mention).kind != MentionKind::nominal) return;
        object = builder_.phrase(sentence_, candidate.head, ValueKind::text);
        if (pair.fact < k_phrase || object.text_span.overlaps(view_.mention(subject.mention).span)) return;
    }
    const std::vector<std::size_t> words = relation_words(pair, subject, object);
    const auto named = name(pair, subject, object, words);
    if (!named || (named->relation == k_none && pair.fact < k_open)) return;
    Proposal proposal;
    proposal.relation = named->relation;
    proposal.phrase = named->phrase;
    proposal.words = words;
    proposal.trigger = governor(words, subject.token, object.token);
    proposal.qualifiers = qualifiers(pair, proposal.trigger);
    proposal.confidence = pair.fact * (0.6F + 0.4F * named->certainty);
    proposal.by = "learned";
    builder_.add(sentence_, proposal, subject, object);
}

// True when a rule has said it already. A phrase of the rules gets the name that the heads know for it.
bool LearnedRelations::confirm(const ScoredPair& pair, const Resolved& subject, const Resolved& object,
                               std::size_t first_fact) {
    std::vector<FactMention>& facts = view_.analysed().facts;
    FactMention* open = nullptr;
    for (std::size_t f = first_fact; f < facts.size(); ++f) {
        FactMention& fact = facts[f];
        if (!fact.object) continue;
        const bool straight =
            same_thing(fact.subject, subject, *tree_) && same_thing(*fact.object, object, *tree_);
        const bool swapped =
            same_thing(fact.subject, object, *tree_) && same_thing(*fact.object, subject, *tree_);
        if (!straight && !swapped) continue;
        if (!fact.relation.name.empty() && fact.for_graph) return true;
        if (straight) open = &fact;
    }
    if (open == nullptr) return false;
    const auto named = name(pair, subject, object, relation_words(pair, subject, object));
    if (named && named->relation != k_none && open->relation.name.empty()) {
        open->relation.name = ontology_.relations()[named->relation].name;
    }
    open->confidence = std::max(open->confidence, pair.fact * 0.9F);
    if (!open->for_graph) {
        const bool good_object = object.named || object.event || object.value || object.text;
        open->for_graph = subject.named && good_object;
    }
    return open->for_graph;
}

std::vector<std::size_t> LearnedRelations::relation_words(const ScoredPair& pair, const Resolved& subject,
                                                          const Resolved& object) const {
    std::vector<std::size_t> words;
    for (const auto& [token, probability] : pair.triggers)
        if (probability >= k_trigger) words.push_back(token);
    words = core_words(words, subject, object);
    return together(words, governor(words, subject.token, object.token));
}

// The word that time, place and reserve hang on: of the trigger words the one highest in the tree; without
// any the argument that governs the other.
std::size_t LearnedRelations::governor(const std::vector<std::size_t>& words, std::size_t subject,
                                       std::size_t object) const {
    const auto depth = [&](std::size_t token) {
        std::size_t steps = 0;
        for (; tree_->head(token) != k_none; token = tree_->head(token)) ++steps;
        return steps;
    };
    std::size_t best = k_none;
    for (const std::size_t word : words)
        if (is_content(word) && (best == k_none || depth(word) < depth(best))) best = word;
    if (best != k_none) return best;
    return tree_->below(object, subject) ? subject : tree_->below(subject, object) ? object : subject;
}

// The word belongs to the argument itself: "a pact between" is no relation to the pact.
bool LearnedRelations::inside(const Resolved& argument, std::size_t word) const {
    if (argument.text) return argument.text_span.overlaps(tree_->token(word).span);
    if (argument.value) return word >= argument.value->first && word < argument.value->last;
    const Mention& mention = view_.mention(argument.mention);
    return word >= mention.first && word < mention.last;
}

// The object is the passive subject of one of the words: "the call was seconded by Ana Lind and Bo Dahl".
bool LearnedRelations::undergoes(const std::vector<std::size_t>& words, const Resolved& object) const {
    return tree_->is(object.token, "nsubj:pass") &&
           std::find(words.begin(), words.end(), tree_->head(object.token)) != words.end();
}

// Of words that lie apart those around the one that governs them, so that the words of a relation do not span
// half a sentence.
std::vector<std::size_t> LearnedRelations::together(const std::vector<std::size_t>& words,
                                                    std::size_t governor) const {
    const auto at = std::find(words.begin(), words.end(), governor);
    if (at == words.end()) return words;
    auto first = at, last = at + 1;
    while (first != words.begin() && *first - *(first - 1) <= k_gap) --first;
    while (last != words.end() && *last - *(last - 1) <= k_gap) ++last;
    return {first, last};
}

bool LearnedRelations::is_content(std::size_t token) const {
    const Upos upos = tree_->upos(token);
    return upos == Upos::VERB || upos == Upos::NOUN || upos == Upos::ADJ || upos == Upos::PROPN;
}

// The words of the relation itself: without auxiliaries and negation, without the verbs that only say with
// what reserve it holds ("wants to make" -> "make"), and without the "by" of an agent that became the
// subject.
std::vector<std::size_t> LearnedRelations::core_words(const std::vector<std::size_t>& words,
                                                      const Resolved& subject, const Resolved& object) const {
    std::vector<std::size_t> core;
    for (const std::size_t word : words) {
        if (inside(subject, word) || inside(object, word)) continue;
        const Upos upos = tree_->upos(word);
        if (upos == Upos::PUNCT || upos == Upos::PART || upos == Upos::AUX || upos == Upos::DET ||
            upos == Upos::PRON || tree_->has_lemma(word, {"not", "never"}))
            continue;
        if (tree_->lemma(word) == "by" && (tree_->head(word) == subject.token || undergoes(words, object)))
            continue;
        const bool infinitive_follows = std::any_of(words.begin(), words.end(), [&](std::size_t other) {
            return tree_->head(other) == word && tree_->is_any(other, {"xcomp", "ccomp"}) &&
                   tree_->upos(other) == Upos::VERB;
        });
        if (infinitive_follows && lexicon::effect_of_verb(tree_->lemma(word))) continue;
        core.push_back(word);
    }
    return core;
}

// "filed a lawsuit against" -> "file lawsuit against"; empty when no word of content is among them.
std::string LearnedRelations::phrase(const std::vector<std::size_t>& words) const {
    if (std::none_of(words.begin(), words.end(), [&](std::size_t word) { return is_content(word); }))
        return {};
    std::string text;
    for (const std::size_t word : words) text += (text.empty() ? "" : " ") + std::string(tree_->lemma(word));
    return text;
}

// One of the words stands for that relation in the ontology.
bool LearnedRelations::triggered(std::size_t relation, const std::vector<std::size_t>& words) const {
    const auto names = [&](const auto& patterns) {
        return std::any_of(patterns.begin(), patterns.end(),
                           [&](const auto& pattern) { return pattern.relation == relation; });
    };
    return std::any_of(words.begin(), words.end(), [&](std::size_t word) {
        const std::string_view lemma = tree_->lemma(word);
        return names(ontology_.verbs(lemma)) || names(ontology_.nouns(lemma)) ||
               names(ontology_.roles(lemma));
    });
}

std::optional<LearnedRelations::Named> LearnedRelations::name(const ScoredPair& pair, const Resolved& subject,
                                                              const Resolved& object,
                                                              const std::vector<std::size_t>& words) const {
    // Most dates are circumstances, and few relations admit one: "acquired Tolm in 2024" founds nothing.
    const bool date = object.value && object.value->value.kind == ValueKind::date;
    Named best;
    float best_weight = 0;
    for (const auto& [label, probability] : pair.relations) {
        const std::size_t relation = in_ontology_[label];
        if (relation == k_none || !builder_.admits(relation, subject, object)) continue;
        const bool said = triggered(relation, words);
        const float weight = said ? 2 * probability : probability;
        const float least = date ? k_dated : said ? k_triggered : k_relation;
        if (probability < least || weight < k_share * likeliest(pair) || weight <= best_weight) continue;
        best_weight = weight;
        best.relation = relation;
        best.certainty = std::min(1.0F, weight);
    }
    best.phrase = phrase(words);
    if (best.relation != k_none) {
        if (best.phrase.empty()) best.phrase = ontology_.relations()[best.relation].label;
        return best;
    }
    // A name that the heads know and the ontology does not, or else the words of the sentence.
    if (!pair.relations.empty()) {
        const auto& [label, probability] = pair.relations.front();
        const std::string& text = scores_.heads().relations()[label];
        const float needed = best.phrase.empty() ? k_relation : k_label;
        if (!text.starts_with('_') && in_ontology_[label] == k_none && probability >= needed) {
            best.phrase = text;
            std::replace(best.phrase.begin(), best.phrase.end(), '_', ' ');
            best.certainty = probability;
            return best;
        }
    }
    // Without a name for it, a date is a circumstance of what happened.
    if (best.phrase.empty() || date) return std::nullopt;
    best.certainty = 0.7F;
    return best;
}

Qualifiers LearnedRelations::qualifiers(const ScoredPair& pair, std::size_t trigger) const {
    Qualifiers result = read_qualifiers(*tree_, trigger);
    if (flag(pair, FactFlag::negative) >= k_flag) result.polarity = Polarity::negative;
    if (flag(pair, FactFlag::past) >= k_flag) result.past = true;
    const std::pair<FactFlag, Modality> modalities[] = {{FactFlag::planned, Modality::planned},
                                                        {FactFlag::possible, Modality::possible},
                                                        {FactFlag::hypothetical, Modality::hypothetical},
                                                        {FactFlag::denied, Modality::denied},
                                                        {FactFlag::alleged, Modality::alleged}};
    float strongest = k_flag;
    Modality said = Modality::asserted;
    for (const auto& [which, modality] : modalities) {
        if (flag(pair, which) < strongest) continue;
        strongest = flag(pair, which);
        said = modality;
    }
    if (result.modality == Modality::asserted) result.modality = said;
    return result;
}

}  // namespace relata::ingest
