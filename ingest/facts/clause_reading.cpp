// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/clause_reading.hpp"

#include <algorithm>

namespace relata::ingest {

bool TokenPairs::holds(std::size_t a, std::size_t b) const {
    return std::any_of(pairs_.begin(), pairs_.end(), [&](const auto& pair) {
        return (pair.first == a && pair.second == b) || (pair.first == b && pair.second == a);
    });
}

float certainty_of(const ClauseArgument& argument) {
    float certainty = 1;
    if (argument.distributed) certainty *= 0.92F;
    if (argument.inherited) certainty *= 0.93F;
    if (!argument.confirmed) certainty *= 0.8F;
    if (argument.via != k_none) certainty *= 0.93F;
    return certainty;
}

Resolved ClauseReading::resolve(std::size_t token) const {
    Resolved result = builder_.resolve(sentence_, token);
    if (result.named || result.value) return result;
    if (!tree_.has_lemma(
            token, {"board",      "management", "shareholder", "director",       "lawyer",     "government",
                    "parliament", "official",   "executive",   "police",         "army",       "troops",
                    "force",      "team",       "researcher",  "scientist",      "share",      "authority",
                    "prosecutor", "unit",       "arm",         "division",       "subsidiary", "employee",
                    "worker",     "staff",      "group",       "administration", "campaign"}))
        return result;
    for (const std::size_t c : tree_.children(token)) {
        if (!tree_.is_any(c, {"nmod:poss", "compound", "amod", "nmod"})) continue;
        if (tree_.is(c, "nmod") && !tree_.is(c, "nmod:poss")) {
            const std::string preposition = tree_.preposition(c);
            if (preposition != "of" && preposition != "at" && preposition != "in") continue;
        }
        Resolved whole = builder_.resolve(sentence_, antecedent(tree_, c));
        const bool person =
            whole.type == EntityType::PERSON && tree_.is(c, "nmod:poss") &&
            tree_.has_lemma(token, {"team", "group", "administration", "government", "campaign"});
        if (!whole.named || (whole.type != EntityType::ORG && whole.type != EntityType::GPE && !person))
            continue;
        whole.certainty *= 0.75F;
        return whole;
    }
    return result;
}

std::vector<std::size_t> ClauseReading::words(const Clause& clause, std::size_t noun) const {
    std::vector<std::size_t> result{clause.trigger};
    for (const std::size_t c : tree_.children(clause.trigger))
        if (tree_.is(c, "compound:prt")) result.push_back(c);
    if (noun != k_none) result.push_back(noun);
    return result;
}

std::string ClauseReading::phrase(const Clause& clause, std::size_t noun,
                                  const std::string& preposition) const {
    std::string text = clause.lemma;
    if (!clause.particle.empty()) text += ' ' + clause.particle;
    if (noun != k_none) text += ' ' + std::string(tree_.lemma(noun));
    if (!preposition.empty()) text += ' ' + preposition;
    return text;
}

}  // namespace relata::ingest
