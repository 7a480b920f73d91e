// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/dates.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/utf8.hpp"

namespace relata::ingest {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

constexpr std::array<std::string_view, 12> k_months{"january",   "february", "march",    "april",
                                                    "may",       "june",     "july",     "august",
                                                    "september", "october",  "november", "december"};

// "March", "mar", "Sept." (without the point): 1..12.
std::optional<int> month_number(std::string_view word) {
    const std::string name = lower(word);
    if (name.size() < 3) return std::nullopt;
    for (std::size_t i = 0; i < k_months.size(); ++i) {
        if (name == k_months[i] || (name.size() <= 4 && k_months[i].substr(0, name.size()) == name)) {
            return static_cast<int>(i) + 1;
        }
    }
    return std::nullopt;
}

bool is_weekday(std::string_view word) {
    static constexpr std::array<std::string_view, 7> days{"monday", "tuesday",  "wednesday", "thursday",
                                                          "friday", "saturday", "sunday"};
    const std::string name = lower(word);
    return std::any_of(days.begin(), days.end(), [&](std::string_view day) {
        return name == day || (name.size() >= 3 && name.size() <= 5 && day.substr(0, name.size()) == name);
    });
}

// Letters, digits or one other character each; points and blanks are dropped, multi-byte characters kept
// whole.
std::vector<std::string_view> pieces(std::string_view text) {
    std::vector<std::string_view> result;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (is_digit(text[i])) {
            while (end < text.size() && is_digit(text[end])) ++end;
        } else if (is_letter(text[i])) {
            while (end < text.size() && is_letter(text[end])) ++end;
        } else {
            end = i + utf8::decode(text, i).length;
            const std::string_view sign = text.substr(i, end - i);
            if (sign == " " || sign == "\t" || sign == "." || sign == "\xC2\xA0") {
                i = end;
                continue;
            }
        }
        result.push_back(text.substr(i, end - i));
        i = end;
    }
    return result;
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
    return value;
}

bool is_year(std::string_view piece) {
    return piece.size() == 4 && is_digit(piece[0]) && number(piece) >= 1500 && number(piece) <= 2199;
}

std::optional<std::string> iso(int year, int month, int day) {
    static constexpr std::array<int, 12> lengths{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 0 || day > lengths[static_cast<std::size_t>(month - 1)]) {
        return std::nullopt;
    }
    const auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
    std::string text = std::to_string(year) + "-" + two(month);
    if (day > 0) text += "-" + two(day);
    return text;
}

// What may follow a date: a time of day and its zone ("at 10:15 a.m. GMT", "T10:15:00+02:00", "| 3 min
// read").
bool is_time_of_day(const std::vector<std::string_view>& words, std::size_t from) {
    static constexpr std::array<std::string_view, 22> allowed{
        "t",  "z",   "at",  "am",  "pm",  "a",    "p",  "m",   "gmt", "utc",   "bst",
        "et", "est", "edt", "cet", "pst", "cest", "pt", "ist", "h",   "hours", "updated"};
    return std::all_of(words.begin() + static_cast<std::ptrdiff_t>(from), words.end(),
                       [](std::string_view word) {
                           if (is_digit(word.front())) return word.size() <= 6;
                           if (!is_letter(word.front())) {
                               return word == ":" || word == "," || word == "+" || word == "-" ||
                                      word == "(" || word == ")" || word == "|" || word == "\xC2\xB7";
                           }
                           return std::find(allowed.begin(), allowed.end(), lower(word)) != allowed.end();
                       });
}

bool is_date_label(std::string_view word) {
    static constexpr std::array<std::string_view, 9> labels{"published", "posted", "updated", "last", "date",
                                                            "on",        "first",  "issued",  "dated"};
    return std::find(labels.begin(), labels.end(), lower(word)) != labels.end();
}

}  // namespace

std::optional<std::string> parse_date(std::string_view text) {
    if (text.size() > 100) return std::nullopt;
    const std::vector<std::string_view> words = pieces(text);
    std::size_t i = 0;
    while (i < words.size() && (is_date_label(words[i]) || words[i] == ":" || words[i] == "(")) ++i;
    if (i < words.size() && is_weekday(words[i])) ++i;
    if (i < words.size() && words[i] == ",") ++i;
    const auto at = [&](std::size_t k) { return k < words.size() ? words[k] : std::string_view(); };
    const auto is_number = [&](std::size_t k) { return !at(k).empty() && is_digit(at(k).front()); };
    const auto is_day = [&](std::size_t k) { return is_number(k) && at(k).size() <= 2 && number(at(k)) > 0; };
    const auto skip_ordinal = [&](std::size_t k) {
        const std::string word = lower(at(k));
        return word == "st" || word == "nd" || word == "rd" || word == "th" ? k + 1 : k;
    };
    const auto finish = [&](std::optional<std::string> date, std::size_t next) -> std::optional<std::string> {
        return is_time_of_day(words, next) ? date : std::nullopt;
    };
    // 2026-03-12, 2026/03/12, 2026-03
    if (is_year(at(i)) && (at(i + 1) == "-" || at(i + 1) == "/") && is_day(i + 2)) {
        if (at(i + 3) == at(i + 1) && is_day(i + 4)) {
            return finish(iso(number(at(i)), number(at(i + 2)), number(at(i + 4))), i + 5);
        }
        return at(i + 3).empty() ? iso(number(at(i)), number(at(i + 2)), 0) : std::nullopt;
    }
    // 20260312T101500
    if (is_number(i) && at(i).size() == 8 && is_year(at(i).substr(0, 4))) {
        return finish(iso(number(at(i).substr(0, 4)), number(at(i).substr(4, 2)), number(at(i).substr(6, 2))),
                      i + 1);
    }
    // 12 March 2026, 12th of March, 2026
    if (is_day(i)) {
        std::size_t k = skip_ordinal(i + 1);
        if (lower(at(k)) == "of") ++k;
        const auto month = month_number(at(k));
        if (!month) return std::nullopt;
        ++k;
        if (at(k) == ",") ++k;
        return is_year(at(k)) ? finish(iso(number(at(k)), *month, number(at(i))), k + 1) : std::nullopt;
    }
    // March 12, 2026; March 2026
    if (const auto month = month_number(at(i))) {
        if (is_year(at(i + 1))) return finish(iso(number(at(i + 1)), *month, 0), i + 2);
        if (!is_day(i + 1)) return std::nullopt;
        std::size_t k = skip_ordinal(i + 2);
        if (at(k) == ",") ++k;
        return is_year(at(k)) ? finish(iso(number(at(k)), *month, number(at(i + 1))), k + 1) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Byline> parse_byline(std::string_view line) {
    line = trimmed(line);
    if (line.size() > 140) return std::nullopt;
    std::string start = lower(line.substr(0, 14));
    std::size_t skip = 0;
    for (const std::string_view lead :
         {"written by ", "reported by ", "story by ", "by: ", "by ", "author: "}) {
        if (start.rfind(lead, 0) == 0) {
            skip = lead.size();
            break;
        }
    }
    if (skip == 0) return std::nullopt;
    std::string_view rest = trimmed(line.substr(skip));
    Byline byline;
    // The date may stand behind a comma, a bar, a dash or a middle dot: "By Rosalind Achebe, 17 August 2025".
    for (std::size_t i = 1; i < rest.size(); ++i) {
        std::size_t length = 0;
        if (rest[i] == ',' || rest[i] == '|') length = 1;
        if (rest.substr(i, 2) == "\xC2\xB7") length = 2;
        if (rest.substr(i, 3) == "\xE2\x80\x93" || rest.substr(i, 3) == "\xE2\x80\x94") length = 3;
        if (rest.substr(i, 3) == " - ") length = 3;
        if (length == 0) continue;
        if (const auto date = parse_date(rest.substr(i + length))) {
            byline.published = *date;
            rest = trimmed(rest.substr(0, i));
            break;
        }
        // A date without its year ("By Jo Aas, 3 May") dates nothing, but is not part of the name.
        const std::string_view behind = trimmed(rest.substr(i + length));
        if (!behind.empty() && is_digit(behind.front()) && behind.size() <= 20) {
            rest = trimmed(rest.substr(0, i));
            break;
        }
    }
    // A name, not the begin of a sentence: "By then the ferry had sunk." Capitals, few words, no full stop
    // except behind an initial.
    if (rest.empty()) return std::nullopt;
    std::size_t words = 0;
    std::size_t capitals = 0;
    for (std::size_t i = 0; i < rest.size();) {
        std::size_t end = rest.find(' ', i);
        if (end == std::string_view::npos) end = rest.size();
        const std::string_view word = rest.substr(i, end - i);
        if (!word.empty()) {
            const std::string name = lower(word);
            const bool joint = name == "and" || name == "&" || name == "in" || name == "for" ||
                               name == "of" || name == "the" || name == "de" || name == "van" ||
                               name == "von" || name == "der" || name == "el" || name == "al" ||
                               name == "ten" || name == "di" || name == "da";
            ++words;
            if (!joint &&
                (static_cast<unsigned char>(word[0]) >= 0x80 || (word[0] >= 'A' && word[0] <= 'Z'))) {
                ++capitals;
            } else if (!joint) {
                return std::nullopt;
            }
        }
        i = end + 1;
    }
    if (words > 14 || capitals == 0) return std::nullopt;
    const char last = rest.back();
    const bool initial = last == '.' && rest.size() > 2 && rest[rest.size() - 3] == ' ';
    if ((last == '.' && !initial) || last == '!' || last == '?' || last == ':') return std::nullopt;
    byline.author = std::string(rest);
    return byline;
}

}  // namespace relata::ingest
