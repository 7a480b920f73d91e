// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/nameless_things.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace relata::ingest {

namespace {

constexpr std::size_t k_longest = 12;  // tokens of a description; longer ones read like sentences

// "between A and B", "of A", "with A": what says which deal or attack is meant.
bool tells_which(const SentenceTree& tree, std::size_t child) {
    if (!tree.is(child, "nmod") || tree.is(child, "nmod:poss")) return false;
    const std::string preposition = tree.preposition(child);
    return preposition == "of" || preposition == "between" || preposition == "with" ||
           preposition == "against" || preposition == "on" || preposition == "in" || preposition == "into" ||
           preposition == "for" || preposition == "by" || preposition == "at" || preposition == "over";
}

// Nouns that tell nothing unless something tells which one: "the project", not "the strike".
bool is_vague_noun(const SentenceTree& tree, std::size_t noun) {
    return tree.has_lemma(
        noun, {"deal",      "project",  "case",      "race",    "matter",  "issue",    "problem",
               "situation", "plan",     "move",      "event",   "process", "decision", "operation",
               "incident",  "campaign", "programme", "program", "effort",  "action",   "meeting"});
}

struct Description {
    std::size_t first = 0, last = 0;  // tokens
    std::size_t worth = 0;            // number of words that tell which one is meant
};

// The noun with its modifiers and complements, without article.
Description describe(const SentenceTree& tree, std::size_t noun) {
    Description result{noun, noun + 1, 0};
    for (const std::size_t c : tree.children(noun)) {
        if (c < noun) {
            const bool part = tree.is_any(c, {"amod", "compound", "nummod", "nmod:desc"});
            const bool possessor = tree.is(c, "nmod:poss") && tree.upos(c) != Upos::PRON;
            if (!part && !possessor) continue;
            result.first = std::min(result.first, tree.leftmost(c));
            ++result.worth;
        } else if (tells_which(tree, c) && tree.leftmost(c) == result.last &&
                   tree.behind(c) - result.first <= k_longest) {
            result.last = tree.behind(c);
            result.worth += 2;
        }
    }
    while (result.first < noun && tree.upos(result.first) == Upos::DET) ++result.first;
    return result;
}

}  // namespace

void describe_nameless_things(DocumentView& view) {
    AnalysedDocument& analysed = view.analysed();
    std::vector<bool> bare(analysed.chains.size(), false);
    for (std::size_t i = 0; i < analysed.chains.size(); ++i) {
        Chain& chain = analysed.chains[i];
        if (chain.named) continue;
        std::size_t best = 0;
        bool vague = false;
        for (const std::size_t m : chain.mentions) {
            const Mention& mention = analysed.mentions[m];
            if (mention.kind != MentionKind::nominal) continue;
            const SentenceTree& tree = view.tree(mention.sentence);
            vague = vague || is_vague_noun(tree, mention.head);
            const Description description = describe(tree, mention.head);
            if (description.worth <= best) continue;
            best = description.worth;
            chain.name = std::string(tree.span(description.first, description.last).of(tree.text()));
        }
        bare[i] = best == 0 && vague;
    }
    const auto is_bare = [&](const Argument& argument) {
        if (!argument.mention) return false;
        const Mention& mention = analysed.mentions[*argument.mention];
        return mention.chain && bare[*mention.chain];
    };
    for (FactMention& fact : analysed.facts)
        if (fact.relation.name.empty() && (is_bare(fact.subject) || (fact.object && is_bare(*fact.object))))
            fact.for_graph = false;
}

}  // namespace relata::ingest
