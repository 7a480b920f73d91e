// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/learned_scores.hpp"

#include <algorithm>

namespace relata::ingest {

namespace {

// Pairs less likely than this are of no use to anybody.
constexpr float k_floor = 0.05F;

}  // namespace

LearnedScores::LearnedScores(const DocumentView& view, const FactHeads& heads, const WordVectors& vectors) {
    if (vectors.empty()) return;
    heads_ = &heads;
    candidates_.resize(view.sentences());
    std::vector<std::vector<MarkedMention>> marked(view.sentences());
    const auto& mentions = view.analysed().mentions;
    rows_.resize(mentions.size());
    std::size_t row = 0, next = 0;
    for (std::size_t s = 0; s < view.sentences(); ++s) {
        for (; next < mentions.size() && mentions[next].sentence == s; ++next) {
            const Mention& mention = mentions[next];
            const bool name = mention.kind == MentionKind::name;
            marked[s].push_back({name ? mention.first : mention.head, name ? mention.last : mention.head + 1,
                                 heads.category(to_string(mention.kind), to_string(mention.type))});
            candidates_[s].push_back({next, k_none, mention.head});
            rows_[next] = row++;
        }
        const auto& values = view.values(s);
        for (std::size_t v = 0; v < values.size(); ++v, ++row) {
            marked[s].push_back(
                {values[v].first, values[v].last, heads.category("value", to_string(values[v].value.kind))});
            candidates_[s].push_back({k_none, v, view.tree(s).head_of(values[v].first, values[v].last)});
        }
    }
    scores_ = heads.score(vectors, marked, k_floor);
}

const ScoredPair* LearnedScores::pair(std::size_t sentence, std::size_t subject, std::size_t object) const {
    const auto& pairs = scores_.pairs[sentence];
    const auto found = std::lower_bound(pairs.begin(), pairs.end(), std::pair(subject, object),
                                        [](const ScoredPair& pair, const auto& wanted) {
                                            return std::pair(pair.subject, pair.object) < wanted;
                                        });
    return found == pairs.end() || found->subject != subject || found->object != object ? nullptr : &*found;
}

std::size_t LearnedScores::candidate(std::size_t sentence, std::size_t mention, std::size_t value) const {
    const auto& candidates = candidates_[sentence];
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (candidates[i].mention == mention && candidates[i].value == value) return i;
    return k_none;
}

std::vector<const float*> LearnedScores::coreference_rows() const {
    std::vector<const float*> rows;
    if (scores_.coreference.empty()) return rows;
    for (const std::size_t row : rows_)
        rows.push_back(scores_.coreference.data() + row * FactHeads::k_coreference_columns);
    return rows;
}

}  // namespace relata::ingest
