// SPDX-License-Identifier: Apache-2.0
// ValueWords: the forms of a sentence in lower case, each looked up once among the words that values are made
// of: numbers, scales, currencies, months, units of time. Refers to the tree, which must outlive it.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/facts/sentence_tree.hpp"

namespace relata::ingest {

enum class TimeUnit {
    none,
    second,
    minute,
    hour,
    day,
    week,
    weekend,
    month,
    quarter,
    season,
    year,
    decade,
    century
};
// "day"; empty for none.
std::string_view to_string(TimeUnit unit);

// What a word can mean in a value; most words mean nothing.
struct ValueSense {
    double number = -1;  // "twelve"
    double scale = 0;    // "million", "bn"
    int month = 0;       // 1 to 12
    int weekday = -1;    // 0 = Monday
    int ordinal = 0;     // "third"
    TimeUnit unit = TimeUnit::none;
    std::string_view season;    // "SP", "SU", "FA", "WI" (TIMEX3)
    std::string_view currency;  // ISO 4217 of a currency's noun
    std::string_view sign;      // ISO 4217 of a currency's sign or code
    bool begins_date = false;   // a date may begin here
};

class ValueWords {
  public:
    explicit ValueWords(const SentenceTree& tree);

    const SentenceTree& tree() const { return *tree_; }
    std::size_t size() const { return words_.size(); }
    // Empty beyond the end.
    std::string_view operator[](std::size_t i) const {
        return i < words_.size() ? std::string_view(words_[i]) : std::string_view();
    }
    const ValueSense& sense(std::size_t i) const { return i < senses_.size() ? *senses_[i] : nothing(); }
    bool is(std::size_t i, std::initializer_list<std::string_view> list) const;
    // The word before `i`; empty at the start.
    std::string_view before(std::size_t i) const { return i > 0 ? (*this)[i - 1] : std::string_view(); }

    // A number of one or more words from `at`; moves `at` behind it. What follows the digits in the same word
    // ("2.1bn", "3rd") is a scale, or goes to `suffix`; without `suffix` such a word is no number.
    std::optional<double> amount(std::size_t& at, std::string* suffix) const;

  private:
    static const ValueSense& nothing();

    const SentenceTree* tree_;
    std::vector<std::string> words_;
    std::vector<const ValueSense*> senses_;
};

// The meaning of a word in lower case.
const ValueSense& value_sense(std::string_view word);

// The numeral at the start of a word and what follows it: "2.1bn" -> 2.1, "bn".
std::optional<std::pair<double, std::string_view>> leading_numeral(std::string_view word);

inline bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

}  // namespace relata::ingest
