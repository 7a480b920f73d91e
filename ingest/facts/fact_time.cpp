// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/fact_time.hpp"

#include <algorithm>
#include <string>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

constexpr int k_far = 100;

// The token of a value whose head lies outside.
std::size_t top_of(const SentenceTree& tree, const FoundValue& value) {
    for (std::size_t i = value.first; i < value.last; ++i) {
        const std::size_t head = tree.head(i);
        if (head == k_none || head < value.first || head >= value.last) return i;
    }
    return value.last - 1;
}

bool is_verbal(const SentenceTree& tree, std::size_t i) {
    return tree.upos(i) == Upos::VERB || tree.child(i, "cop") != k_none;
}

class TimeFinder {
  public:
    TimeFinder(const SentenceTree& tree, std::size_t anchor) : tree_(tree), anchor_(anchor) {}

    // How far the value hangs from the anchor; k_far and more: not at all.
    int distance(const FoundValue& value) const {
        const std::size_t top = top_of(tree_, value);
        const std::size_t head = tree_.head(top);
        if (head == k_none || is_compared(value)) return k_far;
        if (inside_source(top, head)) return k_far;
        if (head == anchor_) return 0;
        if (is_then()) return 5;
        // "members of the tribe", "off the coast": what lasts takes no time from the events around it.
        if (tree_.upos(anchor_) == Upos::NOUN && !is_verbal(tree_, anchor_) &&
            !tree_.is_any(anchor_, {"appos"}) && !lexicon::is_event_noun(tree_.lemma(anchor_)))
            return k_far;
        return std::min(above(top, head), below(top, head));
    }

  private:
    // "According to a 3 March report, X bought Y": wherever the parser hangs the date of the source
    bool inside_source(std::size_t top, std::size_t head) const {
        if (tree_.preposition(head).starts_with("accord")) return true;
        const auto& siblings = tree_.children(head);
        return std::any_of(siblings.begin(), siblings.end(), [&](std::size_t c) {
            return tree_.leftmost(c) < top && top < c && tree_.preposition(c).starts_with("accord");
        });
    }

    // "In 2008, then-governor Ana Lind": held at the time that the sentence tells.
    bool is_then() const {
        const std::size_t first = tree_.leftmost(anchor_);
        for (std::size_t i = first; i < anchor_; ++i)
            if (lower(tree_.form(i)) == "then" || lower(tree_.form(i)).starts_with("then-")) return true;
        return first > 1 && tree_.form(first - 1) == "-" && lower(tree_.form(first - 2)) == "then";
    }

    // "up 9% from a year earlier", "more than in 2019", "compared with last year"
    bool is_compared(const FoundValue& value) const {
        if (value.first == 0) return false;
        std::size_t before = value.first - 1;
        if (tree_.upos(before) == Upos::DET && before > 0) --before;
        if (tree_.has_lemma(before, {"than"})) return true;
        if (before > 0 && tree_.has_lemma(before, {"in", "on", "with", "to"}) &&
            tree_.has_lemma(before - 1, {"than", "compare", "as", "compared"}))
            return true;
        return tree_.lemma(before) == "from" && tree_.has_lemma(value.last - 1, {"earlier", "before", "ago"});
    }

    // The value hangs on a word above the anchor.
    int above(std::size_t top, std::size_t head) const {
        std::size_t at = anchor_;
        for (int cost = 1; cost <= 4; ++cost) {
            const std::size_t next = tree_.head(at);
            if (next == k_none) break;
            if (!shares_time(at, next, top)) break;
            if (next == head) return cost;
            at = next;
        }
        return k_far;
    }

    // A time at `next`, the head of `at`, is also that of `at`.
    bool shares_time(std::size_t at, std::size_t next, std::size_t top) const {
        // "agreed on Monday to buy", "signed a deal on Friday"
        if (tree_.is(at, "xcomp")) return true;
        if (tree_.is(at, "obj")) return is_verbal(tree_, next);
        if (tree_.is(at, "nsubj")) return tree_.upos(at) == Upos::NOUN && is_verbal(tree_, next);
        // "formed in April by the merger of A and B"
        if (tree_.is_any(at, {"obl", "obl:agent"}))
            return lexicon::is_event_noun(tree_.lemma(at)) &&
                   (tree_.preposition(at) == "by" || tree_.preposition(at) == "through");
        // "In 2019, X bought A and Y sold B": in front of both; "bought A and sold B in 2019": behind both.
        if (tree_.is(at, "conj")) return top < next || top > at;
        // "an agreement to sell", "a deal whereby, on 3 May, X bought"
        if (tree_.relation(at) == "acl") return !tree_.has_tag(at, {"VBN"});
        if (tree_.relation(at) == "acl:relcl") return top > next && top < at;
        // "agreed on Monday to buy", "left in 2019, taking three with her"
        if (tree_.is(at, "advcl") && tree_.has_child_lemma(at, "mark", "to"))
            return lexicon::effect_of_verb(tree_.lemma(next)).has_value();
        if (tree_.is(at, "advcl"))
            return tree_.has_tag(at, {"VBG", "VBN"}) && tree_.child(at, "mark") == k_none &&
                   tree_.child(at, "advmod") == k_none;
        // "Ana Lind, chairman since 2019": the parser may hang the time on the name.
        if (tree_.is(at, "appos")) return top > at;
        if (tree_.is_any(at, {"flat", "compound", "nmod:desc"})) return true;
        return false;
    }

    // The value hangs on a word below the anchor: "opened a plant in Oslo in 2019", "Tuesday's verdict"
    int below(std::size_t top, std::size_t head) const {
        int cost = 1;
        for (std::size_t at = head; at != anchor_; at = tree_.head(at), ++cost) {
            if (cost > 3 || tree_.head(at) == k_none || !passes_time_up(at, top)) return k_far;
        }
        return cost + 1;
    }

    bool passes_time_up(std::size_t at, std::size_t top) const {
        // The date of a source is not that of what it tells.
        if (tree_.preposition(at).starts_with("accord")) return false;
        if (tree_.is_any(at, {"obj", "obl", "nmod", "obl:agent"})) return !is_verbal(tree_, at);
        if (tree_.is(at, "nsubj")) return tree_.upos(at) == Upos::NOUN;
        if (tree_.is(at, "xcomp")) return true;
        // "was arrested and charged on Friday": when the first verb has nothing of its own in between
        if (tree_.is(at, "conj"))
            return top > at && tree_.child(anchor_, "obj") == k_none &&
                   tree_.child(anchor_, "obl") == k_none && is_verbal(tree_, at);
        if (tree_.is(at, "appos")) return tree_.upos(at) == Upos::NOUN || tree_.upos(at) == Upos::NUM;
        if (tree_.lemma(at) == "effective") return true;
        return tree_.is_any(at, {"flat", "compound", "nmod:desc", "nummod", "amod", "advmod"});
    }

    const SentenceTree& tree_;
    std::size_t anchor_;
};

// "since", "until", "before" … in front of a value, with the token where the words begin.
std::string_view boundary(const SentenceTree& tree, const FoundValue& value, std::size_t& first) {
    std::size_t at = value.first;
    for (int i = 0; i < 3 && at > 0; ++i) {
        --at;
        if (tree.has_lemma(at, {"since", "until", "till", "before", "after", "through"})) {
            first = at;
            return tree.lemma(at);
        }
        if (tree.upos(at) != Upos::DET && !tree.has_lemma(at, {"at", "about", "around", "least", "the"}))
            break;
    }
    return {};
}

FactTime time_from(const SentenceTree& tree, const FoundValue& value) {
    std::size_t first = value.first;
    const std::string_view word = boundary(tree, value, first);
    FactTime time;
    time.span = tree.span(first, value.last);
    time.text = std::string(time.span.of(tree.text()));
    time.value = value.value.normalised;
    const bool point =
        !time.value.empty() && time.value.find('/') == std::string::npos && time.value[0] != 'P';
    if (!point) return time;
    if (word == "since" || word == "after")
        time.value += "/..";
    else if (!word.empty())
        time.value.insert(0, "../");
    return time;
}

// The part of a value before or behind its "/", cut to what compares with a day: "2025-Q1" -> "2025".
std::string_view comparable(std::string_view end) {
    std::size_t length = 0;
    while (length < end.size() && (is_digit(end[length]) || end[length] == '-')) ++length;
    while (length > 0 && end[length - 1] == '-') --length;
    return end.substr(0, length);
}

}  // namespace

std::optional<FactTime> time_of_fact(const SentenceTree& tree, const std::vector<FoundValue>& values,
                                     std::size_t anchor, std::span<const ByteSpan> taken) {
    const TimeFinder finder(tree, anchor);
    const FoundValue* best = nullptr;
    int least = k_far;
    for (const FoundValue& value : values) {
        const bool date = value.value.kind == ValueKind::date;
        if (!date && !value.duration) continue;
        const ByteSpan span = tree.span(value.first, value.last);
        if (std::any_of(taken.begin(), taken.end(), [&](ByteSpan other) { return span.overlaps(other); }))
            continue;
        int distance = finder.distance(value);
        // A length of time tells less than a date, and only beside its verb: "ran it for nine years".
        if (!date) {
            if (distance > 0 || value.value.normalised.empty()) continue;
            distance += 10;
        }
        if (distance < least) {
            least = distance;
            best = &value;
        }
    }
    if (!best) return std::nullopt;
    return time_from(tree, *best);
}

bool lies_ahead(std::string_view value, std::string_view published) {
    const std::string_view start = comparable(value.substr(0, value.find('/')));
    if (start.size() < 4 || published.size() < start.size()) return false;
    return start > published.substr(0, start.size());
}

bool is_over(std::string_view value, std::string_view published) {
    const std::size_t slash = value.find('/');
    if (slash == std::string_view::npos) return false;
    const std::string_view end = comparable(value.substr(slash + 1));
    if (end.size() < 4 || published.size() < end.size()) return false;
    return end < published.substr(0, end.size());
}

}  // namespace relata::ingest
