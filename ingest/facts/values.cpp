// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/values.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "ingest/facts/quantities.hpp"
#include "ingest/facts/value_words.hpp"

namespace relata::ingest {

namespace {

std::optional<FoundValue> date_value(const ValueWords& words, std::size_t at, DateFrame& frame) {
    auto date = read_date(words, at, frame);
    if (!date) return std::nullopt;
    FoundValue found;
    found.first = date->first;
    found.last = date->last;
    found.value.kind = ValueKind::date;
    found.value.normalised = std::move(date->value);
    return found;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    const std::string word = lower(text);
    if (const auto parsed = leading_numeral(word)) {
        if (parsed->second.empty()) return parsed->first;
        const double scale = value_sense(parsed->second).scale;
        if (scale > 0) return parsed->first * scale;
        return std::nullopt;
    }
    const double number = value_sense(word).number;
    return number >= 0 ? std::optional(number) : std::nullopt;
}

std::vector<FoundValue> find_values(const SentenceTree& tree, DateFrame& frame) {
    const ValueWords words(tree);
    std::vector<FoundValue> result;
    std::size_t free = 0;  // where no value stands yet
    for (std::size_t at = 0; at < words.size();) {
        auto found = date_value(words, at, frame);
        if (!found) found = read_quantity(words, at);
        if (!found) {
            ++at;
            continue;
        }
        found->first = std::max(found->first, free);
        found->value.text = std::string(tree.span(found->first, found->last).of(tree.text()));
        at = free = std::max(found->last, at + 1);
        result.push_back(std::move(*found));
    }
    return result;
}

std::vector<FoundValue> find_values(const SentenceTree& tree, std::string_view published) {
    DateFrame frame{parse_iso(published), std::nullopt};
    return find_values(tree, frame);
}

}  // namespace relata::ingest
