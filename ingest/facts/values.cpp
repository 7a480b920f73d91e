// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace relata::ingest {

namespace {

template <class T, std::size_t N>
std::optional<T> find_in(const std::array<std::pair<std::string_view, T>, N>& table, std::string_view word) {
    for (const auto& [name, value] : table)
        if (name == word) return value;
    return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, double>, 32> k_number_words = {{
    {"one", 1},        {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},        {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},    {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16},   {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},    {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},    {"ninety", 90},    {"dozen", 12},    {"half", 0.5},    {"hundred", 100},
    {"thousand", 1e3}, {"million", 1e6},
}};

constexpr std::array<std::pair<std::string_view, double>, 17> k_scales = {{
    {"hundred", 100},
    {"thousand", 1e3},
    {"k", 1e3},
    {"lakh", 1e5},
    {"million", 1e6},
    {"mn", 1e6},
    {"m", 1e6},
    {"mln", 1e6},
    {"crore", 1e7},
    {"billion", 1e9},
    {"bn", 1e9},
    {"b", 1e9},
    {"trillion", 1e12},
    {"tn", 1e12},
    {"millions", 1e6},
    {"billions", 1e9},
    {"dozen", 12},
}};

// ISO 4217. "$" is the US dollar unless a letter says otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 33> k_currency_signs = {{
    {"$", "USD"},   {"us$", "USD"}, {"€", "EUR"},   {"£", "GBP"},   {"¥", "JPY"},   {"₹", "INR"},
    {"nt$", "TWD"}, {"c$", "CAD"},  {"a$", "AUD"},  {"nz$", "NZD"}, {"hk$", "HKD"}, {"s$", "SGD"},
    {"r$", "BRL"},  {"₩", "KRW"},   {"₽", "RUB"}, {"₺", "TRY"},   {"₴", "UAH"},   {"₦", "NGN"},
    {"usd", "USD"}, {"eur", "EUR"}, {"gbp", "GBP"}, {"chf", "CHF"}, {"sek", "SEK"}, {"nok", "NOK"},
    {"dkk", "DKK"}, {"jpy", "JPY"}, {"inr", "INR"}, {"cny", "CNY"}, {"rs", "INR"},  {"rs.", "INR"},
    {"skr", "SEK"}, {"nkr", "NOK"}, {"dkr", "DKK"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 40> k_currency_words = {{
    {"dollar", "USD"}, {"dollars", "USD"},   {"euro", "EUR"},    {"euros", "EUR"},    {"pound", "GBP"},
    {"pounds", "GBP"}, {"yen", "JPY"},       {"yuan", "CNY"},    {"renminbi", "CNY"}, {"franc", "CHF"},
    {"francs", "CHF"}, {"rupee", "INR"},     {"rupees", "INR"},  {"rouble", "RUB"},   {"roubles", "RUB"},
    {"ruble", "RUB"},  {"rubles", "RUB"},    {"real", "BRL"},    {"reais", "BRL"},    {"reals", "BRL"},
    {"krona", "SEK"},  {"kronor", "SEK"},    {"krone", "NOK"},   {"kroner", "NOK"},   {"crown", "SEK"},
    {"crowns", "SEK"}, {"won", "KRW"},       {"peso", "MXN"},    {"pesos", "MXN"},    {"rand", "ZAR"},
    {"lira", "TRY"},   {"zloty", "PLN"},     {"zlotys", "PLN"},  {"forint", "HUF"},   {"forints", "HUF"},
    {"naira", "NGN"},  {"shillings", "KES"}, {"shekels", "ILS"}, {"ringgit", "MYR"},  {"baht", "THB"},
}};

// "130 Danish crowns": the adjective decides which crown.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> k_currency_nations = {{
    {"danish", "DKK"},  {"norwegian", "NOK"}, {"swedish", "SEK"},    {"czech", "CZK"},
    {"swiss", "CHF"},   {"canadian", "CAD"},  {"australian", "AUD"}, {"us", "USD"},
    {"u.s.", "USD"},    {"american", "USD"},  {"singapore", "SGD"},  {"taiwan", "TWD"},
    {"british", "GBP"}, {"egyptian", "EGP"},  {"mexican", "MXN"},    {"argentine", "ARS"},
    {"chilean", "CLP"}, {"colombian", "COP"}, {"philippine", "PHP"}, {"kenyan", "KES"},
    {"indian", "INR"},  {"pakistani", "PKR"},
}};

constexpr std::array<std::pair<std::string_view, int>, 23> k_months = {{
    {"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
    {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
    {"jan", 1},     {"feb", 2},      {"apr", 4},       {"aug", 8},      {"sept", 9},      {"sep", 9},
    {"oct", 10},    {"nov", 11},     {"dec", 12},      {"jun", 6},      {"jul", 7},
}};

constexpr std::array<std::pair<std::string_view, int>, 7> k_weekdays = {{
    {"monday", 0},
    {"tuesday", 1},
    {"wednesday", 2},
    {"thursday", 3},
    {"friday", 4},
    {"saturday", 5},
    {"sunday", 6},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> k_time_units = {{
    {"second", "second"},
    {"seconds", "second"},
    {"minute", "minute"},
    {"minutes", "minute"},
    {"hour", "hour"},
    {"hours", "hour"},
    {"day", "day"},
    {"days", "day"},
    {"week", "week"},
    {"weeks", "week"},
    {"month", "month"},
    {"months", "month"},
    {"year", "year"},
    {"years", "year"},
    {"decade", "decade"},
    {"decades", "decade"},
    {"quarter", "quarter"},
    {"quarters", "quarter"},
}};

// Days since 1970-01-01 and back: Howard Hinnant, "chrono-compatible low-level date algorithms".
std::int64_t days_from_civil(int year, int month, int day) {
    year -= month <= 2;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int yoe = year - era * 400;
    const int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return static_cast<std::int64_t>(era) * 146097 + doe - 719468;
}

struct Date {
    int year = 0;
    int month = 0;  // 0: unknown
    int day = 0;    // 0: unknown
};

Date civil_from_days(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto doe = static_cast<int>(days - era * 146097);
    const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153;
    Date date;
    date.day = doy - (153 * mp + 2) / 5 + 1;
    date.month = mp + (mp < 10 ? 3 : -9);
    date.year = yoe + static_cast<int>(era) * 400 + (date.month <= 2);
    return date;
}

int weekday(std::int64_t days) {  // 0 = Monday
    return static_cast<int>(((days + 3) % 7 + 7) % 7);
}

std::string digits(int number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string iso(const Date& date) {
    std::string text = digits(date.year, 4);
    if (date.month == 0) return text;
    text += '-' + digits(date.month, 2);
    if (date.day != 0) text += '-' + digits(date.day, 2);
    return text;
}

std::optional<Date> parse_iso(std::string_view text) {
    const auto number = [&text](std::size_t at, std::size_t length) -> int {
        int value = -1;
        if (at + length > text.size()) return -1;
        const auto result = std::from_chars(text.data() + at, text.data() + at + length, value);
        return result.ptr == text.data() + at + length ? value : -1;
    };
    Date date;
    date.year = number(0, 4);
    if (date.year < 1000) return std::nullopt;
    if (text.size() >= 7 && text[4] == '-') date.month = number(5, 2);
    if (text.size() >= 10 && text[7] == '-') date.day = number(8, 2);
    if (date.month < 0 || date.month > 12 || date.day < 0 || date.day > 31) return std::nullopt;
    return date;
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

// The numeral at the start of `word` and what follows it: "2.1bn" -> 2.1, "bn".
std::optional<std::pair<double, std::string_view>> numeral(std::string_view word) {
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

class Scanner {
  public:
    Scanner(const SentenceTree& tree, std::string_view published) : tree_(tree) {
        published_ = parse_iso(published);
        words_.reserve(tree.size());
        for (std::size_t i = 0; i < tree.size(); ++i) words_.push_back(lower(tree.form(i)));
    }

    std::vector<FoundValue> scan() {
        std::size_t at = 0;
        while (at < words_.size()) {
            FoundValue found;
            if (date(at, found) || number(at, found)) {
                found.value.text = std::string(tree_.span(found.first, found.last).of(tree_.text()));
                at = std::max(found.last, at + 1);
                result_.push_back(std::move(found));
            } else {
                ++at;
            }
        }
        return std::move(result_);
    }

  private:
    std::string_view word(std::size_t i) const { return i < words_.size() ? words_[i] : std::string_view(); }
    bool is_word(std::size_t i, std::initializer_list<std::string_view> list) const {
        return i < words_.size() && std::find(list.begin(), list.end(), words_[i]) != list.end();
    }

    // A number of one or more tokens from `at`; moves `at` behind it. Keeps the rest of "2.1bn" out.
    std::optional<double> amount(std::size_t& at, std::string* suffix) const {
        std::size_t i = at;
        double value = 0;
        if (const auto parsed = numeral(word(i))) {
            value = parsed->first;
            const std::string_view rest = parsed->second;
            if (!rest.empty()) {
                if (const auto scale = find_in(k_scales, rest))
                    value *= *scale;
                else if (suffix)
                    *suffix = std::string(rest);
                else
                    return std::nullopt;
                at = i + 1;
                return value;
            }
            ++i;
        } else if (const auto spelled = find_in(k_number_words, word(i))) {
            value = *spelled;
            ++i;
            // "twenty - five", "a hundred and twenty"
            if (value >= 20 && value < 100 && is_word(i, {"-"})) {
                if (const auto unit = find_in(k_number_words, word(i + 1)); unit && *unit < 10) {
                    value += *unit;
                    i += 2;
                }
            }
        } else if (const std::size_t hyphen = word(i).find('-'); hyphen != std::string_view::npos) {
            const auto tens = find_in(k_number_words, word(i).substr(0, hyphen));
            const auto unit = find_in(k_number_words, word(i).substr(hyphen + 1));
            if (!tens || !unit || *tens < 20 || *unit >= 10) return std::nullopt;
            value = *tens + *unit;
            ++i;
        } else {
            return std::nullopt;
        }
        while (i < words_.size()) {
            const auto scale = find_in(k_scales, word(i));
            // "5 m" is five metres when nothing else speaks of money.
            if (!scale || word(i) == "m" || word(i) == "b" || word(i) == "k") break;
            value *= *scale;
            ++i;
        }
        at = i;
        return value;
    }

    void put(FoundValue& found, std::size_t first, std::size_t last, ValueKind kind,
             std::optional<double> amount, std::string unit) const {
        found.first = first;
        found.last = last;
        found.value.kind = kind;
        found.value.amount = amount;
        found.value.unit = std::move(unit);
    }

    bool number(std::size_t at, FoundValue& found) const {
        // "$ 4.1 billion", "CHF 1.4 million"; also one token: "€612", "US$27.1bn"
        std::size_t i = at;
        std::string unit;
        if (const auto sign = find_in(k_currency_signs, word(i))) {
            unit = *sign;
            ++i;
            if (std::string suffix; auto value = amount(i, &suffix)) {
                scale_letter(*value, suffix);
                put(found, at, i, ValueKind::money, *value, unit);
                return true;
            }
            return false;
        }
        for (const auto& [sign, code] : k_currency_signs) {
            if (!word(at).starts_with(sign) || word(at).size() == sign.size() ||
                !is_digit(word(at)[sign.size()]))
                continue;
            const auto parsed = numeral(word(at).substr(sign.size()));
            if (!parsed) break;
            double value = parsed->first;
            i = at + 1;
            scale_letter(value, std::string(parsed->second));
            while (const auto scale = find_in(k_scales, word(i))) {
                value *= *scale;
                ++i;
            }
            put(found, at, i, ValueKind::money, value, std::string(code));
            return true;
        }
        std::string suffix;
        const auto value = amount(i, &suffix);
        if (!value) return false;
        // "12 %", "12 percent", "3.5%"
        if (suffix == "%" || is_word(i, {"%", "percent", "pct"})) {
            put(found, at, suffix == "%" ? i : i + 1, ValueKind::percent, *value, "%");
            return true;
        }
        if (is_word(i, {"per"}) && is_word(i + 1, {"cent"})) {
            put(found, at, i + 2, ValueKind::percent, *value, "%");
            return true;
        }
        if (is_word(i, {"percentage"}) && is_word(i + 1, {"points", "point"})) {
            put(found, at, i + 2, ValueKind::percent, *value, "percentage point");
            return true;
        }
        // "4.2 million reais", "130 Danish crowns", "60 euro cents" (the cents win)
        std::size_t money = i;
        const auto nation = find_in(k_currency_nations, word(i));
        if (nation) ++money;
        if (const auto currency = find_in(k_currency_words, word(money))) {
            // "5 pounds of flour" and "50 real jobs" are no money.
            const bool weight = word(money).starts_with("pound") && is_word(money + 1, {"of"});
            const bool adjective = word(money) == "real" && tree_.upos(money) != Upos::NOUN;
            if (!weight && !adjective) {
                const bool other_dollar =
                    word(money).starts_with("dollar") || word(money).starts_with("crown") ||
                    word(money).starts_with("kron") || word(money).starts_with("pound") ||
                    word(money).starts_with("franc") || word(money).starts_with("peso") ||
                    word(money).starts_with("rupee") || word(money).starts_with("shilling");
                put(found, at, money + 1, ValueKind::money, *value,
                    std::string(nation && other_dollar ? *nation : *currency));
                return true;
            }
        }
        if (const auto code = find_in(k_currency_signs, word(i)); code && word(i).size() == 3) {
            put(found, at, i + 1, ValueKind::money, *value, std::string(*code));
            return true;
        }
        return time_length(at, i, *value, found) || counted_noun(at, i, *value, suffix, found);
    }

    static void scale_letter(double& value, const std::string& suffix) {
        if (const auto scale = find_in(k_scales, suffix)) value *= *scale;
    }

    // "nine years and four months", "54 - year - old", "54-year-old", "aged 54"
    bool time_length(std::size_t at, std::size_t i, double value, FoundValue& found) const {
        if (is_word(i, {"-", "–"})) ++i;
        auto unit = find_in(k_time_units, word(i));
        if (!unit || *unit == "second") return false;
        ++i;
        if (is_word(i, {"-"}) && is_word(i + 1, {"old"}))
            i += 2;
        else if (is_word(i, {"old"}))
            i += 1;
        if (*unit == "year" && is_word(i, {"and"})) {
            std::size_t more = i + 1;
            const auto months = amount(more, nullptr);
            if (months && is_word(more, {"months", "month"})) {
                put(found, at, more + 1, ValueKind::quantity, value * 12 + *months, "month");
                found.duration = true;
                return true;
            }
        }
        put(found, at, i, ValueKind::quantity, value, std::string(*unit));
        found.duration = true;

        return true;
    }

    // "12.4 million scooters", "600 doctors' surgeries": the number counts the noun that it modifies.
    bool counted_noun(std::size_t at, std::size_t i, double value, const std::string& suffix,
                      FoundValue& found) const {
        if (!suffix.empty()) {
            // "40km", "3-2" and "737-800": only a unit of letters makes a quantity.
            const bool letters = std::all_of(suffix.begin(), suffix.end(), [](char byte) {
                return (byte >= 'a' && byte <= 'z') || byte == '/';
            });
            const bool ordinal = suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th";
            if (!letters || ordinal || suffix == "s") return false;
            put(found, at, i, ValueKind::quantity, value, suffix);
            return true;
        }
        if (tree_.upos(at) != Upos::NUM && tree_.upos(i - 1) != Upos::NUM) return false;
        std::size_t noun = k_none;
        for (std::size_t k = at; k < i; ++k)
            if (tree_.is(k, "nummod") && tree_.head(k) != k_none && tree_.head(k) >= i) noun = tree_.head(k);
        if (noun == k_none || noun > i + 4 || tree_.upos(noun) == Upos::PROPN) {
            put(found, at, i, ValueKind::quantity, value, "");
            return true;
        }
        put(found, at, noun + 1, ValueKind::quantity, value, std::string(tree_.lemma(noun)));
        return true;
    }

    // The clause around `at` speaks of the future.
    bool future(std::size_t at) const {
        for (std::size_t i = at, steps = 0; i != k_none && steps < 6; i = tree_.head(i), ++steps) {
            for (const std::size_t c : tree_.children(i)) {
                if (tree_.is(c, "aux") && tree_.has_lemma(c, {"will", "shall", "'ll"})) return true;
                if (tree_.is(c, "mark") && tree_.lemma(c) == "to" && tree_.has_tag(c, {"TO"})) return true;
            }
        }
        return false;
    }

    void put_date(FoundValue& found, std::size_t first, std::size_t last, std::string normalised) const {
        found.first = first;
        found.last = last;
        found.value.kind = ValueKind::date;
        found.value.normalised = std::move(normalised);
    }

    // A four-digit year from 1500 to 2199, else 0.
    int year(std::size_t i) const {
        const std::string_view text = word(i);
        if (text.size() != 4 || !std::all_of(text.begin(), text.end(), is_digit)) return 0;
        int value = 0;
        std::from_chars(text.data(), text.data() + 4, value);
        return value >= 1500 && value < 2200 ? value : 0;
    }

    // "3", "3rd", "21st": a day of the month, else 0.
    int day(std::size_t i) const {
        const std::string_view text = word(i);
        int value = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        if (result.ec != std::errc() || value < 1 || value > 31) return 0;
        const std::string_view rest = text.substr(static_cast<std::size_t>(result.ptr - text.data()));
        return rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th" ? value : 0;
    }

    int month(std::size_t i) const {
        std::string_view text = word(i);
        if (text.ends_with('.')) text.remove_suffix(1);
        const auto found = find_in(k_months, text);
        if (!found) return 0;
        // "may", "march" and "august" as verbs and adjectives are written small.
        const char first = tree_.form(i)[0];
        return first >= 'A' && first <= 'Z' && tree_.upos(i) != Upos::AUX && tree_.upos(i) != Upos::VERB
                   ? *found
                   : 0;
    }

    // The year of a date that names none: the nearest past one, or the next one when the clause looks ahead.
    int year_for(int month_number, std::size_t at) const {
        if (!published_) return 0;
        if (published_->month == 0) return published_->year;
        if (future(at)) return month_number >= published_->month ? published_->year : published_->year + 1;
        return month_number <= published_->month ? published_->year : published_->year - 1;
    }

    bool date(std::size_t at, FoundValue& found) const {
        // "2024-09-03"
        if (word(at).size() == 10) {
            if (const auto full = parse_iso(word(at)); full && full->day > 0) {
                put_date(found, at, at + 1, iso(*full));
                return true;
            }
        }
        return calendar_date(at, found) || relative_date(at, found) || year_alone(at, found);
    }

    // "3 March 2021", "March 3, 2021", "March 2021", "in March", "early March"
    bool calendar_date(std::size_t at, FoundValue& found) const {
        std::size_t i = at;
        Date date;
        if (find_in(k_weekdays, word(i))) {
            std::size_t next = i + 1;
            if (is_word(next, {","})) ++next;
            if (!month(next) && !(day(next) && month(next + 1))) return false;
            i = next;
        }
        if (day(i) && month(i + 1)) {
            date.day = day(i);
            date.month = month(i + 1);
            i += 2;
        } else if (day(i) && is_word(i + 1, {"of"}) && month(i + 2)) {
            date.day = day(i);
            date.month = month(i + 2);
            i += 3;
        } else if (month(i)) {
            date.month = month(i);
            ++i;
            if (day(i) && !is_word(i + 1, {"%", "percent", "million", "billion"}) &&
                tree_.relation(i) != "root") {
                date.day = day(i);
                ++i;
            }
        } else {
            return false;
        }
        std::size_t behind = i;
        if (is_word(behind, {",", "of"})) ++behind;
        if (const int named = year(behind)) {
            date.year = named;
            i = behind + 1;
        } else {
            date.year = year_for(date.month, at);
        }
        std::size_t first = at;
        if (at > 0 && is_word(at - 1, {"last", "next", "this", "early", "late", "mid"})) {
            first = at - 1;
            if (published_ && published_->month && year(behind) == 0) {
                if (is_word(first, {"last"}) && date.month == published_->month)
                    date.year = published_->year - 1;
                if (is_word(first, {"next"}))
                    date.year = date.month > published_->month ? published_->year : published_->year + 1;
            }
        }
        put_date(found, first, i, date.year ? iso(date) : std::string());
        return true;
    }

    bool relative_date(std::size_t at, FoundValue& found) const {
        const auto resolved = [this](std::int64_t offset) -> std::string {
            if (!published_ || published_->day == 0) return {};
            return iso(civil_from_days(days_from_civil(published_->year, published_->month, published_->day) +
                                       offset));
        };
        if (is_word(at, {"today", "tonight"})) return put_date(found, at, at + 1, resolved(0)), true;
        if (is_word(at, {"yesterday"})) return put_date(found, at, at + 1, resolved(-1)), true;
        if (is_word(at, {"tomorrow"})) return put_date(found, at, at + 1, resolved(1)), true;
        // "last Tuesday", "on Tuesday": the latest one up to publication, the next one in a look ahead.
        const bool last = is_word(at, {"last", "past", "previous"});
        const bool next = is_word(at, {"next", "coming"});
        const bool here = is_word(at, {"this"});
        const std::size_t unit_at = at + (last || next || here ? 1 : 0);
        if (const auto named = find_in(k_weekdays, word(unit_at));
            named && tree_.upos(unit_at) == Upos::PROPN) {
            std::string value;
            if (published_ && published_->day) {
                const std::int64_t today =
                    days_from_civil(published_->year, published_->month, published_->day);
                const int back = (weekday(today) - *named + 7) % 7;
                const bool ahead = next || (!last && future(unit_at));
                std::int64_t offset = ahead ? (7 - back) % 7 : -back;
                if (last && back == 0) offset = -7;
                if (next && offset == 0) offset = 7;
                value = resolved(offset);
            }
            put_date(found, at, unit_at + 1, value);
            return true;
        }
        if (last || next || here) {
            const int step = last ? -1 : next ? 1 : 0;
            std::string value;
            const std::string_view unit = word(unit_at);
            if (unit == "year") {
                if (published_) value = digits(published_->year + step, 4);
            } else if (unit == "month") {
                if (published_ && published_->month) value = shifted_month(step);
            } else if (unit == "week") {
                if (published_ && published_->day && step == 0)
                    value = resolved(0).substr(0, 7);
                else if (published_ && published_->day)
                    value = resolved(step * 7).substr(0, 7);
            } else if (unit == "summer" || unit == "spring" || unit == "winter" || unit == "autumn" ||
                       unit == "fall") {
                if (published_) value = digits(published_->year + step, 4);
            } else if (unit == "quarter" || unit == "decade" || unit == "season" || unit == "weekend") {
                value.clear();
            } else {
                return false;
            }
            put_date(found, at, unit_at + 1, value);
            return true;
        }
        // "three years ago", "a month ago", "two days earlier"
        std::size_t i = at;
        std::optional<double> count;
        if (is_word(i, {"a", "an"})) {
            count = 1;
            ++i;
        } else {
            count = amount(i, nullptr);
        }
        if (!count) return false;
        const auto unit = find_in(k_time_units, word(i));
        if (!unit || !is_word(i + 1, {"ago"}) || *count > 3000) return false;
        const auto n = static_cast<int>(std::lround(*count));
        std::string value;
        if (published_) {
            if (*unit == "year")
                value = digits(published_->year - n, 4);
            else if (*unit == "decade")
                value = digits(published_->year - 10 * n, 4);
            else if (*unit == "month" && published_->month)
                value = shifted_month(-n);
            else if (*unit == "week" && published_->day)
                value = resolved(-7 * n);
            else if (*unit == "day" && published_->day)
                value = resolved(-n);
        }
        put_date(found, at, i + 2, value);
        return true;
    }

    std::string shifted_month(int step) const {
        const int months = published_->year * 12 + published_->month - 1 + step;
        return iso({months / 12, months % 12 + 1, 0});
    }

    // "in 2019", "2019", "the 1990s"; not "2,019 people" nor "the 2019 model" (there it modifies a noun).
    bool year_alone(std::size_t at, FoundValue& found) const {
        if (word(at).size() == 5 && word(at).back() == 's') {
            const std::string_view text = word(at).substr(0, 4);
            if (std::all_of(text.begin(), text.end(), is_digit) && text.back() == '0') {
                put_date(found, at, at + 1, std::string(text.substr(0, 3)) + "X");
                return true;
            }
        }
        const int value = year(at);
        if (!value) return false;
        if (tree_.is(at, "nummod") && tree_.head(at) != k_none && tree_.head(at) > at &&
            !is_word(at > 0 ? at - 1 : at, {"in", "since", "until", "by", "from", "of"}))
            return false;
        put_date(found, at, at + 1, digits(value, 4));
        return true;
    }

    const SentenceTree& tree_;
    std::optional<Date> published_;
    std::vector<std::string> words_;
    std::vector<FoundValue> result_;
};

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    const std::string word = lower(text);
    if (const auto parsed = numeral(word)) {
        if (parsed->second.empty()) return parsed->first;
        if (const auto scale = find_in(k_scales, parsed->second)) return parsed->first * *scale;
        return std::nullopt;
    }
    return find_in(k_number_words, word);
}

std::vector<FoundValue> find_values(const SentenceTree& tree, std::string_view published) {
    return Scanner(tree, published).scan();
}

}  // namespace relata::ingest
