// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/quotes.hpp"

#include <algorithm>

#include "ingest/facts/clauses.hpp"
#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

bool opens(std::string_view form) {
    return form == "“" || form == "``" || form == "„" || form == "«";
}
bool closes(std::string_view form) {
    return form == "”" || form == "''" || form == "»";
}

bool is_speech(const SentenceTree& tree, std::size_t verb) {
    if (tree.upos(verb) != Upos::VERB) return false;
    const auto effect = lexicon::effect_of_verb(tree.lemma(verb));
    return (effect && effect->speech) ||
           tree.has_lemma(verb, {"go", "continue", "ask", "joke", "laugh", "agree"});
}

bool same_block(const DocumentView& view, std::size_t a, std::size_t b) {
    return view.tree(a).sentence().block_index == view.tree(b).sentence().block_index;
}

}  // namespace

Quotations::Quotations(const DocumentView& view) {
    find(view);
    for (std::size_t q = 0; q < quotations_.size(); ++q) {
        Quotation& quotation = quotations_[q];
        quotation.speaker = speaker_near(view, quotation);
        if (quotation.speaker == k_none) quotation.speaker = speaker_before(view, q);
    }
}

void Quotations::find(const DocumentView& view) {
    std::size_t open = k_none;
    for (std::size_t s = 0; s < view.sentences(); ++s) {
        const SentenceTree& tree = view.tree(s);
        around_.emplace_back(tree.size(), k_none);
        if (open != k_none && quotations_[open].block != tree.sentence().block_index) open = k_none;
        for (std::size_t i = 0; i < tree.size(); ++i) {
            const std::string_view form = tree.form(i);
            const bool straight = form == "\"";
            if (open != k_none && (closes(form) || straight)) {
                quotations_[open].closed = true;
                open = k_none;
            } else if (open == k_none && (opens(form) || straight)) {
                open = quotations_.size();
                Quotation quotation;
                quotation.sentence = quotation.last_sentence = s;
                quotation.first = quotation.last = i;
                quotation.block = tree.sentence().block_index;
                quotations_.push_back(quotation);
            } else if (open != k_none) {
                around_[s][i] = open;
                quotations_[open].last_sentence = s;
                quotations_[open].last = i;
                quotations_[open].clause |= tree.upos(i) == Upos::VERB || tree.upos(i) == Upos::AUX;
            }
        }
    }
}

// The speaker that the sentences of the quotation name: behind its end ("…," said Lind), else before it.
std::size_t Quotations::speaker_near(const DocumentView& view, const Quotation& quotation) const {
    const std::size_t behind = speaker_in(view, quotation.last_sentence, quotation.last);
    if (behind != k_none || quotation.sentence == quotation.last_sentence) return behind;
    return speaker_in(view, quotation.sentence, quotation.first);
}

// The subject of the verb of speech nearest to `near` that itself stands outside of quotation marks.
std::size_t Quotations::speaker_in(const DocumentView& view, std::size_t sentence, std::size_t near) const {
    const SentenceTree& tree = view.tree(sentence);
    std::size_t speaker = k_none;
    std::size_t least = k_none;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const std::size_t distance = i > near ? i - near : near - i;
        if (distance >= least || around(sentence, i) != k_none) continue;
        std::size_t found = k_none;
        if (is_speech(tree, i) && !is_passive(tree, i)) {
            const auto subjects = surface_subjects(tree, i);
            // "who said" speaks for its antecedent.
            if (!subjects.empty()) found = view.mention_at(sentence, antecedent(tree, subjects.front()));
        } else if (tree.is(i, "obl") && tree.preposition(i) == "according to") {
            found = view.mention_at(sentence, i);
        }
        if (found == k_none) continue;
        speaker = found;
        least = distance;
    }
    return speaker;
}

// "“We won,” said Lind. “We lead.”", "Lind was blunt: “…”", and quotations that go on in the next block.
std::size_t Quotations::speaker_before(const DocumentView& view, std::size_t index) const {
    const Quotation& quotation = quotations_[index];
    if (index > 0) {
        const Quotation& before = quotations_[index - 1];
        const std::size_t gap = quotation.sentence - before.last_sentence;
        if (before.block == quotation.block && gap <= 1) return before.speaker;
        if (!before.closed && gap == 1 && quotation.first == 0) return before.speaker;
    }
    if (quotation.sentence == 0) return k_none;
    const SentenceTree& previous = view.tree(quotation.sentence - 1);
    const bool announced = previous.size() > 0 && previous.form(previous.size() - 1) == ":";
    if (announced || same_block(view, quotation.sentence, quotation.sentence - 1))
        return speaker_in(view, quotation.sentence - 1, previous.size());
    return k_none;
}

}  // namespace relata::ingest
