// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/sentence_tree.hpp"

#include <algorithm>

#include "ingest/facts/lemma_repair.hpp"

namespace relata::ingest {

std::string lower(std::string_view text) {
    std::string result(text);
    for (std::size_t i = 0; i < result.size(); ++i) {
        const char byte = result[i];
        if (byte >= 'A' && byte <= 'Z') {
            result[i] = static_cast<char>(byte - 'A' + 'a');
        } else if (byte == '\xC3' && i + 1 < result.size()) {
            // U+00C0..U+00DE are C3 80..C3 9E; their lower case lies 0x20 above, except for U+00D7.
            const auto next = static_cast<unsigned char>(result[i + 1]);
            if (next >= 0x80 && next <= 0x9E && next != 0x97) result[i + 1] = static_cast<char>(next + 0x20);
            ++i;
        }
    }
    return result;
}

SentenceTree::SentenceTree(const Sentence& sentence, std::string_view text)
    : sentence_(&sentence), text_(text) {
    const std::size_t n = size();
    lemmas_.reserve(n);
    heads_.resize(n);
    children_.resize(n);
    left_.resize(n);
    right_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const Token& token = sentence.tokens[i];
        lemmas_.push_back(lower(token.lemma.empty() ? token.span.of(text) : std::string_view(token.lemma)));
        // Beside "to" the features are surer than the tag: "to found" is no past tense.
        const bool infinitive = token.feats.find("VerbForm=Inf") != std::string::npos;
        if (token.upos == Upos::VERB && token.xpos.starts_with("VB"))
            lemmas_.back() =
                repair_verb_lemma(lower(token.span.of(text)), infinitive ? "VB" : token.xpos, lemmas_.back());
        relations_.push_back(token.deprel);
        heads_[i] = token.head < n && token.head != i ? token.head : k_none;
        left_[i] = right_[i] = i;
    }
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const Token& noun = sentence.tokens[i];
        if (noun.upos != Upos::NOUN || heads_[i] == k_none) continue;
        const bool core = noun.deprel == "nsubj" || noun.deprel == "obj" || noun.deprel == "nsubj:pass" ||
                          noun.deprel == "obl" || noun.deprel == "obl:agent" || noun.deprel == "nmod";
        if (!core) continue;
        std::size_t j = i + 1;
        while (j < n && sentence.tokens[j].upos == Upos::PROPN && heads_[j] != heads_[i]) ++j;
        if (j >= n || sentence.tokens[j].upos != Upos::PROPN) continue;

        if (sentence.tokens[j].deprel != noun.deprel) continue;
        heads_[j] = i;
        relations_[j] = "appos";
    }
    // Depth of every token; a walk that meets its own path has found a cycle and cuts it.
    std::vector<std::size_t> depth(n, 0);  // 0: not known
    std::vector<char> on_path(n, 0);
    std::vector<std::size_t> path;
    for (std::size_t i = 0; i < n; ++i) {
        path.clear();
        std::size_t at = i;
        while (at != k_none && depth[at] == 0 && !on_path[at]) {
            on_path[at] = 1;
            path.push_back(at);
            at = heads_[at];
        }
        std::size_t base = 0;
        if (at != k_none && depth[at] == 0)
            heads_[path.back()] = k_none;
        else if (at != k_none)
            base = depth[at];
        while (!path.empty()) {
            depth[path.back()] = ++base;
            on_path[path.back()] = 0;
            path.pop_back();
        }
    }
    std::vector<std::size_t> by_depth(n);
    for (std::size_t i = 0; i < n; ++i) {
        by_depth[i] = i;
        if (heads_[i] != k_none) children_[heads_[i]].push_back(i);
    }
    std::stable_sort(by_depth.begin(), by_depth.end(),
                     [&depth](std::size_t a, std::size_t b) { return depth[a] > depth[b]; });
    for (const std::size_t i : by_depth) {
        if (heads_[i] == k_none) continue;
        left_[heads_[i]] = std::min(left_[heads_[i]], left_[i]);
        right_[heads_[i]] = std::max(right_[heads_[i]], right_[i]);
    }
}

bool SentenceTree::is(std::size_t i, std::string_view name) const {
    const std::string_view relation = relations_[i];
    if (!relation.starts_with(name)) return false;
    return relation.size() == name.size() || relation[name.size()] == ':';
}

bool SentenceTree::is_any(std::size_t i, std::initializer_list<std::string_view> names) const {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return is(i, name); });
}

std::size_t SentenceTree::child(std::size_t i, std::string_view name) const {
    for (const std::size_t c : children_[i])
        if (is(c, name)) return c;
    return k_none;
}

bool SentenceTree::has_child_lemma(std::size_t i, std::string_view relation, std::string_view lemma) const {
    return std::any_of(children_[i].begin(), children_[i].end(),
                       [&](std::size_t c) { return is(c, relation) && lemmas_[c] == lemma; });
}

bool SentenceTree::has_lemma(std::size_t i, std::initializer_list<std::string_view> lemmas) const {
    return std::find(lemmas.begin(), lemmas.end(), lemmas_[i]) != lemmas.end();
}

bool SentenceTree::below(std::size_t i, std::size_t ancestor) const {
    for (; i != k_none; i = heads_[i])
        if (i == ancestor) return true;
    return false;
}

std::string SentenceTree::preposition(std::size_t i) const {
    std::string result;
    const auto add = [&result](const std::string& word) {
        if (!result.empty()) result += ' ';
        result += word;
    };
    for (const std::size_t c : children_[i]) {
        if (!is(c, "case") || lemmas_[c] == "'s" || lemmas_[c] == "'" || lemmas_[c] == "’s") continue;
        if (c > i) continue;  // a case marker behind its noun is a genitive
        add(lemmas_[c]);
        for (const std::size_t fixed : children_[c])
            if (is(fixed, "fixed")) add(lemmas_[fixed]);
    }
    return result;
}

std::size_t SentenceTree::head_of(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i)
        if (heads_[i] == k_none || heads_[i] < first || heads_[i] >= last) return i;
    return last - 1;
}

ByteSpan SentenceTree::span(std::size_t first, std::size_t last) const {
    return {token(first).span.begin, token(last - 1).span.end};
}

bool SentenceTree::has_tag(std::size_t i, std::initializer_list<std::string_view> tags) const {
    return std::find(tags.begin(), tags.end(), token(i).xpos) != tags.end();
}

bool SentenceTree::has_feature(std::size_t i, std::string_view feature) const {
    return token(i).feats.find(feature) != std::string::npos;
}

}  // namespace relata::ingest
