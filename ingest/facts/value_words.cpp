// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/value_words.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace relata::ingest {

namespace {

using Senses = std::unordered_map<std::string_view, ValueSense>;

void add_numbers(Senses& senses) {
    static constexpr std::pair<std::string_view, double> numbers[] = {
        {"one", 1},        {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
        {"six", 6},        {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
        {"eleven", 11},    {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
        {"sixteen", 16},   {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
        {"thirty", 30},    {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
        {"eighty", 80},    {"ninety", 90},    {"dozen", 12},    {"half", 0.5},    {"hundred", 100},
        {"thousand", 1e3}, {"million", 1e6},  {"billion", 1e9}};
    static constexpr std::pair<std::string_view, double> scales[] = {
        {"hundred", 100},  {"thousand", 1e3}, {"k", 1e3},         {"lakh", 1e5},  {"million", 1e6},
        {"mn", 1e6},       {"m", 1e6},        {"mln", 1e6},       {"crore", 1e7}, {"billion", 1e9},
        {"bn", 1e9},       {"b", 1e9},        {"trillion", 1e12}, {"tn", 1e12},   {"millions", 1e6},
        {"billions", 1e9}, {"dozen", 12}};
    static constexpr std::string_view ordinals[] = {"first", "second", "third", "fourth"};
    for (const auto& [word, number] : numbers) senses[word].number = number;
    for (const auto& [word, scale] : scales) senses[word].scale = scale;
    for (int i = 0; i < 4; ++i) senses[ordinals[i]].ordinal = i + 1;
    for (const auto& [word, ordinal] : {std::pair("1st", 1), {"2nd", 2}, {"3rd", 3}, {"4th", 4}})
        senses[word].ordinal = ordinal;
}

void add_money(Senses& senses) {
    // ISO 4217. "$" is the US dollar unless a letter says otherwise.
    static constexpr std::pair<std::string_view, std::string_view> signs[] = {
        {"$", "USD"},   {"us$", "USD"}, {"€", "EUR"},   {"£", "GBP"},   {"¥", "JPY"},   {"₹", "INR"},
        {"nt$", "TWD"}, {"c$", "CAD"},  {"a$", "AUD"},  {"nz$", "NZD"}, {"hk$", "HKD"}, {"s$", "SGD"},
        {"r$", "BRL"},  {"₩", "KRW"},   {"₽", "RUB"}, {"₺", "TRY"},   {"₴", "UAH"},   {"₦", "NGN"},
        {"usd", "USD"}, {"eur", "EUR"}, {"gbp", "GBP"}, {"chf", "CHF"}, {"sek", "SEK"}, {"nok", "NOK"},
        {"dkk", "DKK"}, {"jpy", "JPY"}, {"inr", "INR"}, {"cny", "CNY"}, {"rs", "INR"},  {"rs.", "INR"},
        {"skr", "SEK"}, {"nkr", "NOK"}, {"dkr", "DKK"}, {"cad", "CAD"}, {"aud", "AUD"}, {"pln", "PLN"},
        {"krw", "KRW"}, {"zar", "ZAR"}, {"brl", "BRL"}, {"twd", "TWD"}, {"hkd", "HKD"}, {"sgd", "SGD"},
        {"rmb", "CNY"}, {"try", "TRY"}, {"huf", "HUF"}, {"mx$", "MXN"}};
    static constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"dollar", "USD"}, {"dollars", "USD"},   {"euro", "EUR"},    {"euros", "EUR"},    {"pound", "GBP"},
        {"pounds", "GBP"}, {"yen", "JPY"},       {"yuan", "CNY"},    {"renminbi", "CNY"}, {"franc", "CHF"},
        {"francs", "CHF"}, {"rupee", "INR"},     {"rupees", "INR"},  {"rouble", "RUB"},   {"roubles", "RUB"},
        {"ruble", "RUB"},  {"rubles", "RUB"},    {"real", "BRL"},    {"reais", "BRL"},    {"reals", "BRL"},
        {"krona", "SEK"},  {"kronor", "SEK"},    {"krone", "NOK"},   {"kroner", "NOK"},   {"crown", "SEK"},
        {"crowns", "SEK"}, {"won", "KRW"},       {"peso", "MXN"},    {"pesos", "MXN"},    {"rand", "ZAR"},
        {"lira", "TRY"},   {"zloty", "PLN"},     {"zlotys", "PLN"},  {"forint", "HUF"},   {"forints", "HUF"},
        {"naira", "NGN"},  {"shillings", "KES"}, {"shekels", "ILS"}, {"ringgit", "MYR"},  {"baht", "THB"},
        {"rupiah", "IDR"}, {"dirhams", "AED"},   {"riyals", "SAR"},  {"hryvnia", "UAH"},  {"hryvnias", "UAH"},
        {"dong", "VND"},   {"taka", "BDT"},      {"lei", "RON"}};
    for (const auto& [word, code] : signs) senses[word].sign = code;
    for (const auto& [word, code] : words) senses[word].currency = code;
}

void add_dates(Senses& senses) {
    static constexpr std::pair<std::string_view, int> months[] = {
        {"january", 1},   {"february", 2},  {"march", 3},  {"april", 4},     {"may", 5},
        {"june", 6},      {"july", 7},      {"august", 8}, {"september", 9}, {"october", 10},
        {"november", 11}, {"december", 12}, {"jan", 1},    {"feb", 2},       {"apr", 4},
        {"aug", 8},       {"sept", 9},      {"sep", 9},    {"oct", 10},      {"nov", 11},
        {"dec", 12},      {"jun", 6},       {"jul", 7},    {"mar", 3},       {"jan.", 1},
        {"feb.", 2},      {"mar.", 3},      {"apr.", 4},   {"aug.", 8},      {"sept.", 9},
        {"sep.", 9},      {"oct.", 10},     {"nov.", 11},  {"dec.", 12},     {"jun.", 6},
        {"jul.", 7}};
    static constexpr std::pair<std::string_view, int> weekdays[] = {
        {"monday", 0}, {"tuesday", 1},  {"wednesday", 2}, {"thursday", 3},
        {"friday", 4}, {"saturday", 5}, {"sunday", 6}};
    static constexpr std::pair<std::string_view, TimeUnit> units[] = {
        {"second", TimeUnit::second},   {"seconds", TimeUnit::second},   {"minute", TimeUnit::minute},
        {"minutes", TimeUnit::minute},  {"hour", TimeUnit::hour},        {"hours", TimeUnit::hour},
        {"day", TimeUnit::day},         {"days", TimeUnit::day},         {"week", TimeUnit::week},
        {"weeks", TimeUnit::week},      {"weekend", TimeUnit::weekend},  {"month", TimeUnit::month},
        {"months", TimeUnit::month},    {"quarter", TimeUnit::quarter},  {"quarters", TimeUnit::quarter},
        {"season", TimeUnit::season},   {"seasons", TimeUnit::season},   {"year", TimeUnit::year},
        {"years", TimeUnit::year},      {"decade", TimeUnit::decade},    {"decades", TimeUnit::decade},
        {"century", TimeUnit::century}, {"centuries", TimeUnit::century}};
    static constexpr std::pair<std::string_view, std::string_view> seasons[] = {
        {"spring", "SP"}, {"summer", "SU"}, {"autumn", "FA"}, {"fall", "FA"}, {"winter", "WI"}};
    static constexpr std::string_view beginnings[] = {
        "today",     "tonight",   "yesterday", "tomorrow",  "last",      "past",    "previous", "next",
        "coming",    "this",      "that",      "same",      "following", "early",   "late",     "mid",
        "earlier",   "later",     "end",       "beginning", "start",     "middle",  "night",    "morning",
        "evening",   "afternoon", "a",         "an",        "several",   "few",     "half",     "fiscal",
        "financial", "day",       "q1",        "q2",        "q3",        "q4",      "h1",       "h2",
        "the",       "nineties",  "eighties",  "seventies", "sixties",   "fifties", "forties",  "thirties",
        "twenties",  "eve",       "fy"};
    for (const auto& [word, month] : months) senses[word].month = month;
    for (const auto& [word, day] : weekdays) senses[word].weekday = day;
    for (const auto& [word, unit] : units) senses[word].unit = unit;
    for (const auto& [word, season] : seasons) senses[word].season = season;
    for (const std::string_view word : beginnings) senses[word].begins_date = true;
    for (auto& [word, sense] : senses)
        sense.begins_date |=
            sense.month || sense.weekday >= 0 || sense.number > 0 || sense.ordinal || !sense.season.empty();
}

const Senses& senses() {
    static const Senses map = [] {
        Senses result;
        add_numbers(result);
        add_money(result);
        add_dates(result);
        return result;
    }();
    return map;
}

}  // namespace

std::string_view to_string(TimeUnit unit) {
    static constexpr std::string_view names[] = {"",     "second",  "minute", "hour",    "day",
                                                 "week", "weekend", "month",  "quarter", "season",
                                                 "year", "decade",  "century"};
    return names[static_cast<std::size_t>(unit)];
}

const ValueSense& ValueWords::nothing() {
    static const ValueSense sense;
    return sense;
}

const ValueSense& value_sense(std::string_view word) {
    static const ValueSense none;
    const auto found = senses().find(word);
    return found == senses().end() ? none : found->second;
}

ValueWords::ValueWords(const SentenceTree& tree) : tree_(&tree) {
    words_.reserve(tree.size());
    senses_.reserve(tree.size());
    for (std::size_t i = 0; i < tree.size(); ++i) {
        words_.push_back(lower(tree.form(i)));
        senses_.push_back(&value_sense(words_.back()));
    }
}

bool ValueWords::is(std::size_t i, std::initializer_list<std::string_view> list) const {
    return i < words_.size() && std::find(list.begin(), list.end(), words_[i]) != list.end();
}

std::optional<std::pair<double, std::string_view>> leading_numeral(std::string_view word) {
    std::string plain;
    std::size_t at = 0;
    for (; at < word.size(); ++at) {
        if (is_digit(word[at]))
            plain += word[at];
        else if (word[at] == ',' && at + 3 < word.size() && is_digit(word[at + 1]) &&
                 is_digit(word[at + 2]) && is_digit(word[at + 3]) && !plain.empty())
            continue;
        else if (word[at] == '.' && at + 1 < word.size() && is_digit(word[at + 1]) &&
                 plain.find('.') == std::string::npos)
            plain += plain.empty() ? "0." : ".";
        else
            break;
    }
    if (plain.empty() || plain.size() > 18) return std::nullopt;
    double value = 0;
    const auto result = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (result.ec != std::errc()) return std::nullopt;
    return std::pair(value, word.substr(at));
}

std::optional<double> ValueWords::amount(std::size_t& at, std::string* suffix) const {
    const std::string_view word = (*this)[at];
    if (word.empty()) return std::nullopt;
    std::size_t i = at;
    double value = 0;
    if (is_digit(word[0]) || word[0] == '.') {
        const auto parsed = leading_numeral(word);
        if (!parsed) return std::nullopt;
        value = parsed->first;
        ++i;
        if (!parsed->second.empty()) {
            const double scale = value_sense(parsed->second).scale;
            if (scale > 0)
                value *= scale;
            else if (suffix)
                *suffix = std::string(parsed->second);
            else
                return std::nullopt;
            at = i;
            return value;
        }
    } else if (sense(i).number >= 0) {
        value = sense(i).number;
        ++i;
        // "twenty - five", "a hundred and twenty"
        if (value >= 20 && value < 100 && is(i, {"-"}) && sense(i + 1).number > 0 &&
            sense(i + 1).number < 10) {
            value += sense(i + 1).number;
            i += 2;
        } else if (value >= 100 && is(i, {"and"}) && sense(i + 1).number > 0 && sense(i + 1).number < value) {
            value += sense(i + 1).number;
            i += 2;
        }
    } else if (const std::size_t hyphen = word.find('-'); hyphen != std::string_view::npos) {
        const double tens = value_sense(word.substr(0, hyphen)).number;
        const double unit = value_sense(word.substr(hyphen + 1)).number;
        if (tens < 20 || tens >= 100 || unit < 1 || unit >= 10) return std::nullopt;
        value = tens + unit;
        ++i;
    } else {
        return std::nullopt;
    }
    for (; i < size(); ++i) {
        const double scale = sense(i).scale;
        // "5 m" is five metres when nothing else speaks of money; "ten second" is no scale.
        if (scale <= 0 || is(i, {"m", "b", "k"})) break;
        value *= scale;
    }
    at = i;
    return value;
}

}  // namespace relata::ingest
