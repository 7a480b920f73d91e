// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/open_relations.hpp"

#include <algorithm>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

bool is_support_verb(std::string_view lemma) {
    return lemma == "take" || lemma == "make" || lemma == "have" || lemma == "hold" || lemma == "give" ||
           lemma == "play" || lemma == "pay" || lemma == "put" || lemma == "keep" || lemma == "file";
}

}  // namespace

void OpenRelations::read(const Clause& clause, const Qualifiers& qualifiers, const TokenPairs& known) const {
    if (clause.copular && clause.lemma == "be") return;
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
        if (a.token == b.token || known.holds(a.token, b.token) || tree_.upos(b.token) == Upos::VERB) return;
        const Resolved subject = reading_.resolve(a.token);
        Resolved object = reading_.resolve(b.token);
        if (!subject.is_thing()) return;
        if (!object.is_thing() && !object.value) {
            object = builder_.phrase(sentence_, b.token, ValueKind::text);
            graph = false;
        }
        if (object.value && (object.value->value.kind == ValueKind::date || object.value->duration)) return;
        if (object.value && b.slot == Slot::preposition) graph = false;
        if (object.is_thing() && builder_.linked(sentence_, subject, object)) return;
        // The words of a quotation are no arguments of the verb before it.
        if (quoted_apart(clause.trigger, b.token)) graph = false;
        Proposal proposal;
        proposal.trigger = clause.trigger;
        proposal.qualifiers = qualifiers;
        proposal.words = std::move(tokens);
        proposal.phrase = std::move(text);
        proposal.confidence = 0.75F * certainty_of(a) * certainty_of(b);
        proposal.by = "open." + clause.lemma;
        proposal.graph = graph && a.confirmed && b.confirmed;
        builder_.add(sentence_, proposal, subject, object);
    };
    const std::size_t object_noun = objects.empty() || view_.value_over(sentence_, objects.front()->token) ||
                                            builder_.resolve(sentence_, objects.front()->token).named
                                        ? k_none
                                        : objects.front()->token;
    for (const ClauseArgument* a : subjects)
        for (const ClauseArgument* b : objects)
            state(*a, *b, reading_.phrase(clause, k_none, {}), reading_.words(clause, k_none), !light);
    bool named_object = false;
    for (const ClauseArgument* b : objects) named_object |= builder_.resolve(sentence_, b->token).named;
    for (const ClauseArgument* b : obliques) {
        const Resolved object = builder_.resolve(sentence_, b->token);
        const bool local = object.type == EntityType::GPE || object.type == EntityType::LOC ||
                           object.type == EntityType::FAC;
        const bool reported =
            b->preposition.starts_with("accord") || b->preposition == "by" || b->preposition == "like" ||
            b->preposition == "than" || b->preposition == "despite" || b->preposition == "such as" ||
            b->preposition == "including" || b->preposition == "because of" || b->preposition == "unlike" ||
            b->preposition == "without" || b->preposition == "along with";
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
            std::vector<std::size_t> tokens = reading_.words(clause, object_noun);
            state(*a, *b, reading_.phrase(clause, object_noun, b->preposition), tokens, graph);
        }
        // "Klinova was spun off from Halden" without an agent
        if (subjects.empty() && clause.passive) {
            for (const ClauseArgument* a : objects) {
                if (a->slot == Slot::iobject) continue;
                std::string text = "be " + lower(tree_.form(clause.trigger));
                if (!clause.particle.empty()) text += ' ' + clause.particle;
                text += ' ' + b->preposition;
                state(*a, *b, text, reading_.words(clause, k_none), !reported && !light && b->via == k_none);
            }
        }
    }
    if (objects.empty() && obliques.empty() && !subjects.empty()) {
        // A proposition without an object counts only for open extraction.
        for (const ClauseArgument* a : subjects) {
            const Resolved subject = reading_.resolve(a->token);
            if (!subject.is_thing()) continue;
            Proposal proposal;
            proposal.trigger = clause.trigger;
            proposal.qualifiers = qualifiers;
            proposal.words = reading_.words(clause, k_none);
            proposal.phrase = reading_.phrase(clause, k_none, {});
            proposal.confidence = 0.6F;
            proposal.by = "open." + clause.lemma;
            proposal.graph = false;
            builder_.add(sentence_, proposal, subject, std::nullopt);
        }
    }
}

// An odd number of quotation marks between two tokens.
bool OpenRelations::quoted_apart(std::size_t a, std::size_t b) const {
    std::size_t marks = 0;
    for (std::size_t i = std::min(a, b); i < std::max(a, b); ++i) {
        const std::string_view form = tree_.form(i);
        marks += form == "\"" || form == "“" || form == "”" || form == "``" || form == "''";
    }
    return marks % 2 == 1;
}

// "take part in", "sign a deal with": an object noun with more below it makes no readable phrase.
bool OpenRelations::short_noun(std::size_t noun) const {
    if (noun == k_none) return true;
    for (const std::size_t c : tree_.children(noun))
        if (tree_.is_any(c, {"acl", "acl:relcl", "conj", "appos", "nummod"})) return false;
    return tree_.upos(noun) == Upos::NOUN && !view_.value_over(sentence_, noun);
}

}  // namespace relata::ingest
