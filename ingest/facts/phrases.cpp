// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/phrases.hpp"

#include <algorithm>
#include <string_view>

namespace relata::ingest {

namespace {

bool is_punctuation(const SentenceTree& tree, std::size_t i) {
    return tree.upos(i) == Upos::PUNCT || tree.is(i, "punct");
}

// The nearest word before the subtree is a comma, a dash or a bracket.
bool set_apart(const SentenceTree& tree, std::size_t i) {
    const std::size_t first = tree.leftmost(i);
    if (is_punctuation(tree, first)) {
        const std::string_view form = tree.form(first);
        return form != "``" && form != "“" && form != "\"" && form != "‘" && form != "'";
    }
    if (first == 0) return false;
    const std::string_view form = tree.form(first - 1);
    return form == "," || form == "(" || form == "-LRB-" || form == "--" || form == "–" || form == "—" ||
           form == ";" || form == ":" || form == "[";
}

bool is_genitive(const SentenceTree& tree, std::size_t i) {
    return tree.is(i, "case") && (tree.has_tag(i, {"POS"}));
}

class Collector {
  public:
    Collector(const SentenceTree& tree, const PhraseRule& rule) : tree_(tree), rule_(rule) {}

    TokenSet nominal(std::size_t head) {
        top_ = head;
        walk(head);
        std::sort(tokens_.begin(), tokens_.end());
        return std::move(tokens_);
    }

  private:
    void walk(std::size_t i) {
        tokens_.push_back(i);
        for (const std::size_t c : tree_.children(i))
            if (c != rule_.without && !left_out(i, c)) walk(c);
    }

    bool left_out(std::size_t parent, std::size_t c) const {
        if (is_punctuation(tree_, c) && tree_.children(c).empty()) return true;
        if (tree_.is_any(c, {"parataxis", "list", "discourse", "vocative", "dislocated", "reparandum"}))
            return true;
        if (tree_.relation(c) == "acl:relcl") return !rule_.relative || set_apart(tree_, c);
        if (tree_.is(c, "acl")) return set_apart(tree_, c);
        if (tree_.is(c, "appos")) return set_apart(tree_, c);
        if (parent != top_) return false;
        if (tree_.is(c, "case")) return is_genitive(tree_, c) || !rule_.preposition;
        if (tree_.is_any(c, {"conj", "cc"})) return !rule_.coordination;
        return tree_.is_any(c, {"mark", "cop", "aux", "nsubj", "csubj", "expl", "advcl"});
    }

    const SentenceTree& tree_;
    const PhraseRule& rule_;
    std::size_t top_ = 0;
    TokenSet tokens_;
};

bool opens(std::string_view form) {
    return form == "``" || form == "“" || form == "(" || form == "-LRB-" || form == "[" || form == "{";
}
bool closes(std::string_view form) {
    return form == "''" || form == "”" || form == ")" || form == "-RRB-" || form == "]" || form == "}";
}

}  // namespace

TokenSet noun_phrase(const SentenceTree& tree, std::size_t head, const PhraseRule& rule) {
    return Collector(tree, rule).nominal(head);
}

TokenSet clause_phrase(const SentenceTree& tree, std::size_t head, bool marker) {
    TokenSet tokens;
    const auto walk = [&](auto&& self, std::size_t i) -> void {
        if (!is_punctuation(tree, i)) tokens.push_back(i);
        for (const std::size_t c : tree.children(i)) {
            if (i == head && !marker && tree.is(c, "mark") && tree.lemma(c) == "that") continue;
            if (tree.is(c, "parataxis")) continue;
            self(self, c);
        }
    };
    walk(walk, head);
    std::sort(tokens.begin(), tokens.end());
    return tokens;
}

Phrase spell(const SentenceTree& tree, const TokenSet& tokens) {
    Phrase phrase;
    if (tokens.empty()) return phrase;
    TokenSet full;
    for (const std::size_t token : tokens) {
        if (!full.empty()) {
            bool only_punctuation = true;
            for (std::size_t i = full.back() + 1; i < token; ++i) only_punctuation &= is_punctuation(tree, i);
            if (only_punctuation)
                for (std::size_t i = full.back() + 1; i < token; ++i) full.push_back(i);
        }
        full.push_back(token);
    }
    // A quotation that embraces the whole phrase belongs to it.
    if (full.front() > 0 && full.back() + 1 < tree.size() && opens(tree.form(full.front() - 1)) &&
        closes(tree.form(full.back() + 1)) && full.back() - full.front() + 1 == full.size() &&
        tree.form(full.front() - 1) != "(") {
        full.insert(full.begin(), full.front() - 1);
        full.push_back(full.back() + 1);
    }
    // Quotes and brackets without a partner
    std::vector<std::size_t> open;
    std::vector<char> dropped(full.size(), 0);
    for (std::size_t k = 0; k < full.size(); ++k) {
        const std::string_view form = tree.form(full[k]);
        if (opens(form)) {
            open.push_back(k);
            dropped[k] = 1;
        } else if (closes(form)) {
            dropped[k] = open.empty();
            if (!open.empty()) {
                dropped[open.back()] = 0;
                open.pop_back();
            }
        }
    }
    std::size_t last = k_none;
    for (std::size_t k = 0; k < full.size(); ++k) {
        if (dropped[k]) continue;
        if (last != k_none) {
            if (full[k] == last + 1)
                phrase.text += tree.text().substr(tree.token(last).span.end,
                                                  tree.token(full[k]).span.begin - tree.token(last).span.end);
            else
                phrase.text += ' ';
        }
        phrase.text += tree.form(full[k]);
        last = full[k];
    }
    phrase.span = tree.span(full.front(), full.back() + 1);
    return phrase;
}

}  // namespace relata::ingest
