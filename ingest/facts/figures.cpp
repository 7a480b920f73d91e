// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/figures.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace relata::ingest {

namespace {

struct Measure {
    std::string_view noun, level, change;
};

constexpr Measure k_measures[] = {{"revenue", "has_revenue", "revenue_change"},
                                  {"sale", "has_revenue", "revenue_change"},
                                  {"turnover", "has_revenue", "revenue_change"},
                                  {"profit", "has_profit", "profit_change"},
                                  {"earnings", "has_profit", "profit_change"},
                                  {"income", "has_profit", "profit_change"},
                                  {"loss", "has_loss", ""},
                                  {"share", "share_price", "share_price_change"},
                                  {"stock", "share_price", "share_price_change"}};

const Measure* measure(std::string_view noun) {
    const auto found = std::find_if(std::begin(k_measures), std::end(k_measures),
                                    [&](const Measure& m) { return m.noun == noun; });
    return found == std::end(k_measures) ? nullptr : found;
}

bool is_movement(std::string_view lemma) {
    static constexpr std::string_view verbs[] = {
        "rise",   "fall",   "jump",  "drop",  "climb", "slip", "gain",    "lose",    "tumble",   "surge",
        "plunge", "close",  "slide", "soar",  "sink",  "end",  "advance", "decline", "increase", "decrease",
        "grow",   "shrink", "reach", "total", "hit",   "add",  "trade",   "narrow",  "widen",    "ease",
        "edge",   "leap",   "rally", "dip",   "be",    "come", "stand",   "double",  "open",     "amount"};
    return std::find(std::begin(verbs), std::end(verbs), lemma) != std::end(verbs);
}

}  // namespace

void Figures::read(const Clause& clause, const Qualifiers& qualifiers) const {
    moves(clause, qualifiers);
    company_moves(clause, qualifiers);
    reported(clause, qualifiers);
    rank(clause, qualifiers);
}

// "Klinova's revenue rose 12% to $40 million", "shares in Klinova fell 5%"
void Figures::moves(const Clause& clause, const Qualifiers& qualifiers) const {
    const ClauseArgument* subject = clause.find(Slot::subject);
    if (!subject || !is_movement(clause.copular ? std::string_view("be") : tree_.lemma(clause.trigger)))
        return;
    const Measure* found = measure(tree_.lemma(subject->token));
    if (!found) return;
    const Figure figure{found->level, found->change, subject->token, owner_of(subject->token)};
    if (figure.owner.is_thing()) state_values(clause, qualifiers, figure);
}

// "Klinova rose 8.8% to 24 euros": its shares did.
void Figures::company_moves(const Clause& clause, const Qualifiers& qualifiers) const {
    if (!tree_.has_lemma(clause.trigger, {"rise", "fall",   "jump",  "drop",   "climb", "slip",  "gain",
                                          "lose", "tumble", "surge", "plunge", "close", "slide", "soar",
                                          "sink", "add",    "edge",  "rally",  "dip",   "shed"}))
        return;
    const ClauseArgument* subject = clause.find(Slot::subject);
    if (!subject) return;
    const Resolved owner = builder_.resolve(sentence_, subject->token);
    if (!owner.is_thing() || !owner.named || owner.type != EntityType::ORG) return;
    const auto& values = view_.values(sentence_);
    const bool percent = std::any_of(values.begin(), values.end(), [&](const FoundValue& value) {
        return value.value.kind == ValueKind::percent && value.first > clause.trigger &&
               value.first < clause.trigger + 4 && belongs(value, clause.trigger, clause.trigger);
    });
    if (percent)
        state_values(clause, qualifiers, {"share_price", "share_price_change", clause.trigger, owner});
}

// "Klinova reported a profit of $4 million, up 8%"
void Figures::reported(const Clause& clause, const Qualifiers& qualifiers) const {
    if (!tree_.has_lemma(clause.trigger,
                         {"report", "post", "book", "record", "generate", "make", "announce"}))
        return;
    const ClauseArgument* subject = clause.find(Slot::subject);
    if (!subject) return;
    const Resolved owner = builder_.resolve(sentence_, subject->token);
    if (!owner.is_thing() || owner.type != EntityType::ORG) return;
    for (const ClauseArgument& argument : clause.arguments) {
        const Measure* found = argument.slot == Slot::object ? measure(tree_.lemma(argument.token)) : nullptr;
        if (found && found->level != "share_price")
            state_values(clause, qualifiers, {found->level, found->change, argument.token, owner});
    }
}

// The company in "its revenue", "Klinova shares", "shares in Klinova".
Resolved Figures::owner_of(std::size_t noun) const {
    for (const std::size_t c : tree_.children(noun)) {
        if (!tree_.is_any(c, {"nmod", "compound", "nmod:poss", "nmod:desc"})) continue;
        const Resolved candidate = builder_.resolve(sentence_, antecedent(tree_, c));
        if (candidate.is_thing() && candidate.type == EntityType::ORG) return candidate;
    }
    return {};
}

void Figures::state_values(const Clause& clause, const Qualifiers& qualifiers, const Figure& figure) const {
    for (const FoundValue& found : view_.values(sentence_)) {
        if (!belongs(found, clause.trigger, figure.noun)) continue;
        if (found.value.kind == ValueKind::percent) {
            if (!figure.change.empty() && before(found) != "of" && before(found) != "to")
                state(figure.change, clause, qualifiers, figure, found);
        } else if (found.value.kind == ValueKind::money && before(found) != "from") {
            // "fell by $3 million" and "$3 million higher" are changes, not levels.
            if (before(found) != "by") state(figure.level, clause, qualifiers, figure, found);
        }
    }
}

// The value hangs on the verb or on the noun, and no other clause stands between.
bool Figures::belongs(const FoundValue& value, std::size_t trigger, std::size_t noun) const {
    std::size_t at = value.last - 1;
    for (std::size_t i = value.first; i < value.last; ++i)
        if (tree_.head(i) < value.first || tree_.head(i) >= value.last) at = i;
    for (int steps = 0; steps < 4; ++steps) {
        const std::size_t head = tree_.head(at);
        if (head == k_none) return at == trigger;
        if (head == trigger || head == noun) return value.first > noun || head == noun;
        if (tree_.is_any(at, {"acl:relcl", "ccomp", "parataxis"})) return false;
        if (tree_.upos(head) == Upos::VERB && head != trigger) return false;
        at = head;
    }
    return false;
}

std::string_view Figures::before(const FoundValue& value) const {
    return value.first > 0 ? tree_.lemma(value.first - 1) : std::string_view();
}

void Figures::state(std::string_view relation, const Clause& clause, const Qualifiers& qualifiers,
                    const Figure& figure, const FoundValue& value) const {
    Resolved object;
    object.value = &value;
    builder_.state(sentence_, relation, figure.owner, object, 0.85F,
                   "figure." + std::string(tree_.lemma(figure.noun)), qualifiers,
                   {figure.noun, clause.trigger}, std::string(tree_.lemma(figure.noun)) + ' ' + clause.lemma);
}

// "finished third in the Oslo Marathon", "came second"
void Figures::rank(const Clause& clause, const Qualifiers& qualifiers) const {
    if (!tree_.has_lemma(clause.trigger, {"finish", "come", "rank", "place"})) return;
    for (const std::size_t c : tree_.children(clause.trigger)) {
        if (c < clause.trigger || !tree_.has_feature(c, "NumType=Ord")) continue;
        for (const ClauseArgument& argument : clause.arguments) {
            if (argument.slot != Slot::subject) continue;
            builder_.state(sentence_, "rank", builder_.resolve(sentence_, argument.token),
                           builder_.phrase(sentence_, c, ValueKind::text), 0.85F, "figure.rank", qualifiers,
                           {clause.trigger});
        }
    }
}

}  // namespace relata::ingest
