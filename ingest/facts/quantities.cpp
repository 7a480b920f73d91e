// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/quantities.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace relata::ingest {

namespace {

// "130 Danish crowns": the adjective decides which crown.
std::string_view currency_of_nation(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> nations[] = {
        {"danish", "DKK"},    {"norwegian", "NOK"}, {"swedish", "SEK"},    {"czech", "CZK"},
        {"swiss", "CHF"},     {"canadian", "CAD"},  {"australian", "AUD"}, {"us", "USD"},
        {"u.s.", "USD"},      {"american", "USD"},  {"singapore", "SGD"},  {"taiwan", "TWD"},
        {"british", "GBP"},   {"egyptian", "EGP"},  {"mexican", "MXN"},    {"argentine", "ARS"},
        {"chilean", "CLP"},   {"colombian", "COP"}, {"philippine", "PHP"}, {"kenyan", "KES"},
        {"indian", "INR"},    {"pakistani", "PKR"}, {"turkish", "TRY"},    {"israeli", "ILS"},
        {"icelandic", "ISK"}, {"hong", "HKD"},      {"zealand", "NZD"},    {"ugandan", "UGX"}};
    for (const auto& [nation, code] : nations)
        if (nation == word) return code;
    return {};
}

// Currencies that several countries have under one name.
bool is_shared_currency(std::string_view word) {
    return word.starts_with("dollar") || word.starts_with("crown") || word.starts_with("kron") ||
           word.starts_with("pound") || word.starts_with("franc") || word.starts_with("peso") ||
           word.starts_with("rupee") || word.starts_with("shilling");
}

std::string plain(double number) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    return {buffer, end};
}

class QuantityReader {
  public:
    QuantityReader(const ValueWords& words, std::size_t at) : words_(words), tree_(words.tree()), at_(at) {}

    std::optional<FoundValue> read() const {
        auto found = amount();
        if (found) {
            per_unit(*found);
            approximators(*found);
        }
        return found;
    }

  private:
    FoundValue make(std::size_t last, ValueKind kind, std::optional<double> amount, std::string unit) const {
        FoundValue found;
        found.first = at_;
        found.last = last;
        found.value.kind = kind;
        found.value.amount = amount;
        found.value.unit = std::move(unit);
        return found;
    }

    std::optional<FoundValue> amount() const {
        if (!words_.sense(at_).sign.empty()) return money_behind_sign();
        if (auto found = money_in_one_word()) return found;
        if (auto found = many()) return found;
        if (is_clock(at_)) return race_time();
        std::size_t i = at_;
        std::string suffix;
        const auto value = words_.amount(i, &suffix);
        if (!value) return std::nullopt;
        if (auto found = score(i)) return found;
        double low = *value;
        const std::size_t upper = upper_end(i, low, suffix);
        if (auto found = percentage(upper, low, suffix)) return found;
        if (auto found = money_before_word(upper, low)) return found;
        if (auto found = length_of_time(upper, low)) return found;
        return counted(upper, low, suffix);
    }

    // "$ 4.1 billion", "CHF 1.4 million", "$5-7 million"
    std::optional<FoundValue> money_behind_sign() const {
        std::size_t i = at_ + 1;
        std::string suffix;
        auto value = words_.amount(i, &suffix);
        if (!value) return std::nullopt;
        if (const double scale = value_sense(suffix).scale; scale > 0) *value *= scale;
        i = upper_end(i, *value, suffix);
        return make(i, ValueKind::money, *value, std::string(words_.sense(at_).sign));
    }

    // "€612", "US$27.1bn" in one word
    std::optional<FoundValue> money_in_one_word() const {
        const std::string_view word = words_[at_];
        const auto digit = std::find_if(word.begin(), word.end(), is_digit);
        const auto length = static_cast<std::size_t>(digit - word.begin());
        if (length == 0 || length == word.size() || length > 4) return std::nullopt;
        const std::string_view code = value_sense(word.substr(0, length)).sign;
        if (code.empty()) return std::nullopt;
        const auto parsed = leading_numeral(word.substr(length));
        if (!parsed) return std::nullopt;
        double value = parsed->first;
        if (const double scale = value_sense(parsed->second).scale; scale > 0) value *= scale;
        std::size_t i = at_ + 1;
        for (; words_.sense(i).scale > 0; ++i) value *= words_.sense(i).scale;
        i = upper_end(i, value, {});
        return make(i, ValueKind::money, value, std::string(code));
    }

    // "dozens of people", "hundreds of thousands of jobs": many, but nobody says how many.
    std::optional<FoundValue> many() const {
        if (!words_.is(at_, {"dozens", "scores", "hundreds", "thousands", "tens", "millions", "billions"}))
            return std::nullopt;
        std::size_t i = at_ + 1;
        while (words_.is(i, {"of"}) && words_.is(i + 1, {"thousands", "millions", "billions"})) i += 2;
        if (!words_.is(i, {"of"})) return std::nullopt;
        ++i;
        // "millions of euros"
        if (const std::string_view code = words_.sense(i).currency; !code.empty())
            return make(i + 1, ValueKind::money, std::nullopt, std::string(code));
        const std::size_t noun = noun_from(i);
        if (noun == k_none) return std::nullopt;
        return make(noun + 1, ValueKind::quantity, std::nullopt, std::string(tree_.lemma(noun)));
    }

    // The noun that the words from `i` lead to, without a clause between.
    std::size_t noun_from(std::size_t i) const {
        for (std::size_t k = i; k < words_.size() && k < i + 4; ++k) {
            if (tree_.upos(k) == Upos::NOUN && !(k + 1 < words_.size() && tree_.is(k, "compound"))) return k;
            if (tree_.upos(k) != Upos::ADJ && tree_.upos(k) != Upos::NOUN && tree_.upos(k) != Upos::PROPN)
                return k_none;
        }
        return k_none;
    }

    // The range that a number opens: moves the low end to the scale of the high one; index behind the range.
    std::size_t upper_end(std::size_t i, double& low, const std::string& suffix) const {
        const std::string_view before = words_.before(at_);
        const bool joined = (words_.is(i, {"-", "–", "to"}) && before != "from") ||
                            (words_.is(i, {"and"}) && before == "between");
        if (!joined || !suffix.empty()) return i;
        std::size_t behind = i + 1;
        if (!words_.sense(behind).sign.empty()) ++behind;  // "between $5 and $7 million"
        std::size_t bare = behind;
        std::string high_suffix;
        const auto high = words_.amount(behind, &high_suffix);
        if (!high || *high < low) return i;
        // "5 to 7 million": the scale stands once.
        const auto number = leading_numeral(words_[bare]);
        if (number && number->first > 0 && *high / number->first >= 1000 && low < 1000)
            low *= *high / number->first;
        // The sign of per cent belongs to the numeral of the high end.
        return high_suffix.empty() || high_suffix == "%" ? behind : i;
    }

    // "12 %", "12 percent", "3.5%", "two percentage points"
    std::optional<FoundValue> percentage(std::size_t i, double value, const std::string& suffix) const {
        if (suffix == "%" || words_.before(i).ends_with('%')) return make(i, ValueKind::percent, value, "%");
        if (words_.is(i, {"%", "percent", "pct"})) return make(i + 1, ValueKind::percent, value, "%");
        if (words_.is(i, {"-"}) && words_.is(i + 1, {"percent"}))
            return make(i + 2, ValueKind::percent, value, "%");
        if (words_.is(i, {"per"}) && words_.is(i + 1, {"cent"}))
            return make(i + 2, ValueKind::percent, value, "%");
        if (words_.is(i, {"percentage", "basis"}) && words_.is(i + 1, {"points", "point"}))
            return make(i + 2, ValueKind::percent, value,
                        words_.is(i, {"basis"}) ? "basis point" : "percentage point");
        return std::nullopt;
    }

    // "4.2 million reais", "130 Danish crowns", "1.4 million CHF"
    std::optional<FoundValue> money_before_word(std::size_t i, double value) const {
        std::size_t money = i;
        if (words_.is(money, {"-"}) && !words_.sense(money + 1).currency.empty())
            ++money;  // "a 50-euro fine"
        std::string_view nation = currency_of_nation(words_[money]);
        if (!nation.empty()) ++money;
        if (words_.is(money, {"kong"})) ++money;
        if (const std::string_view currency = words_.sense(money).currency; !currency.empty()) {
            // "5 pounds of flour" and "50 real jobs" are no money, nor is "two won".
            const bool weight = words_[money].starts_with("pound") && words_.is(money + 1, {"of"});
            const bool other =
                (words_.is(money, {"real", "won", "rand", "dong", "lei"}) && tree_.upos(money) != Upos::NOUN);
            if (!weight && !other)
                return make(
                    money + 1, ValueKind::money, value,
                    std::string(!nation.empty() && is_shared_currency(words_[money]) ? nation : currency));
        }
        if (const std::string_view code = words_.sense(i).sign; code.size() == 3 && words_[i].size() == 3)
            return make(i + 1, ValueKind::money, value, std::string(code));
        return std::nullopt;
    }

    // "nine years and four months", "3 hours 20 minutes", "54 - year - old", "a three-day strike"
    std::optional<FoundValue> length_of_time(std::size_t i, double value) const {
        if (words_.is(i, {"-", "–"})) ++i;
        TimeUnit unit = words_.sense(i).unit;
        if (unit == TimeUnit::none || (unit == TimeUnit::second && !words_.is(i, {"seconds"})))
            return std::nullopt;
        ++i;
        bool age = false;
        if (words_.is(i, {"-"}) && words_.is(i + 1, {"old"})) {
            age = true;
            i += 2;
        } else if (words_.is(i, {"old"})) {
            age = true;
            i += 1;
        }
        std::string period = period_of(value, unit);
        std::size_t more = i + (words_.is(i, {"and", ","}) ? 1 : 0);
        if (!age && words_.sense(more).unit == TimeUnit::none) {
            const auto small = words_.amount(more, nullptr);
            const TimeUnit below = words_.sense(more).unit;
            const double parts = small ? parts_of(unit, below) : 0;
            if (parts > 0) {
                value = value * parts + *small;
                unit = below;
                i = more + 1;
                period = joined_period(period, period_of(*small, below));
            }
        }
        FoundValue found = make(i, ValueKind::quantity, value, std::string(to_string(unit)));
        found.duration = true;
        if (!age) found.value.normalised = std::move(period);
        return found;
    }

    // How many of the smaller unit make the larger one; 0 where people do not say them together.
    static double parts_of(TimeUnit large, TimeUnit small) {
        if (large == TimeUnit::year && small == TimeUnit::month) return 12;
        if (large == TimeUnit::hour && small == TimeUnit::minute) return 60;
        if (large == TimeUnit::minute && small == TimeUnit::second) return 60;
        if (large == TimeUnit::day && small == TimeUnit::hour) return 24;
        if (large == TimeUnit::week && small == TimeUnit::day) return 7;
        return 0;
    }

    // ISO 8601: "P9Y", "PT20M".
    static std::string period_of(double value, TimeUnit unit) {
        switch (unit) {
            case TimeUnit::second:
                return "PT" + plain(value) + "S";
            case TimeUnit::minute:
                return "PT" + plain(value) + "M";
            case TimeUnit::hour:
                return "PT" + plain(value) + "H";
            case TimeUnit::day:
                return "P" + plain(value) + "D";
            case TimeUnit::week:
                return "P" + plain(value) + "W";
            case TimeUnit::month:
                return "P" + plain(value) + "M";
            case TimeUnit::quarter:
                return "P" + plain(3 * value) + "M";
            case TimeUnit::year:
                return "P" + plain(value) + "Y";
            case TimeUnit::decade:
                return "P" + plain(10 * value) + "Y";
            case TimeUnit::century:
                return "P" + plain(100 * value) + "Y";
            default:
                return {};
        }
    }

    // "P9Y" + "P4M" -> "P9Y4M"; "P1D" + "PT4H" -> "P1DT4H"; "PT3H" + "PT20M" -> "PT3H20M"
    static std::string joined_period(const std::string& large, const std::string& small) {
        const bool same_part = large.starts_with("PT") == small.starts_with("PT");
        return large + small.substr(same_part && small.starts_with("PT") ? 2 : 1);
    }

    bool is_clock(std::size_t i) const {
        const std::string_view word = words_[i];
        const std::size_t colon = word.find(':');
        return colon != std::string_view::npos && colon > 0 && colon + 2 < word.size() && is_digit(word[0]) &&
               is_digit(word[colon + 1]);
    }

    // "2:17:01" is a length of time; "10:30" is an hour of the day and no amount.
    std::optional<FoundValue> race_time() const {
        double parts[3] = {0, 0, 0};
        std::size_t count = 0;
        std::string_view rest = words_[at_];
        while (count < 3) {
            const auto number = leading_numeral(rest);
            if (!number) return std::nullopt;
            parts[count++] = number->first;
            rest = number->second;
            if (rest.empty()) break;
            if (rest[0] != ':') return std::nullopt;
            rest.remove_prefix(1);
        }
        if (count != 3 || !rest.empty()) return std::nullopt;
        FoundValue found =
            make(at_ + 1, ValueKind::quantity, parts[0] * 3600 + parts[1] * 60 + parts[2], "second");
        found.duration = true;
        found.value.normalised = "PT" + plain(parts[0]) + "H" + plain(parts[1]) + "M" + plain(parts[2]) + "S";
        return found;
    }

    // "won 7-2", "a 5-4 vote"
    std::optional<FoundValue> score(std::size_t i) const {
        if (i != at_ + 1 || !words_.is(i, {"-", "–"})) return std::nullopt;
        const auto small = [&](std::size_t k) {
            const std::string_view word = words_[k];
            return !word.empty() && word.size() <= 2 && std::all_of(word.begin(), word.end(), is_digit);
        };
        if (!small(at_) || !small(i + 1)) return std::nullopt;
        const std::size_t behind = i + 2;
        const bool range = words_.sense(behind).scale > 0 || words_.sense(behind).unit != TimeUnit::none ||
                           words_.is(behind, {"%", "percent", "per", "-"}) ||
                           tree_.has_tag(behind < words_.size() ? behind : at_, {"NNS"}) ||
                           !words_.sense(behind).currency.empty();
        const bool verdict =
            behind < words_.size() && words_.is(behind, {"win", "victory", "defeat", "loss", "draw", "vote",
                                                         "ruling", "decision", "lead", "verdict"});
        const bool ends = behind >= words_.size() || tree_.upos(behind) != Upos::NOUN;
        if (range || (!verdict && !ends)) return std::nullopt;
        return make(behind, ValueKind::quantity, std::nullopt, "score");
    }

    // "12.4 million scooters", "600 doctors' surgeries", "40km": the number counts the noun that it modifies.
    std::optional<FoundValue> counted(std::size_t i, double value, const std::string& suffix) const {
        if (words_.is(i, {"a.m.", "p.m.", "am", "pm", "o'clock", "utc", "gmt"})) return std::nullopt;
        if (!suffix.empty()) {
            // "40km", but "3-2" and "737-800" are none: only letters make a unit.
            const bool letters = std::all_of(suffix.begin(), suffix.end(), [](char byte) {
                return (byte >= 'a' && byte <= 'z') || byte == '/';
            });
            const bool ordinal = suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th";
            if (!letters || ordinal || suffix == "s" || suffix == "am" || suffix == "pm") return std::nullopt;
            return make(i, ValueKind::quantity, value, suffix);
        }
        const bool round = words_.sense(at_).scale > 0;  // "a dozen", a noun of its own
        if (!round && tree_.upos(at_) != Upos::NUM && tree_.upos(i - 1) != Upos::NUM) return std::nullopt;
        std::size_t noun = k_none;
        for (std::size_t k = at_; k < i; ++k)
            if (tree_.is(k, "nummod") && tree_.head(k) != k_none && tree_.head(k) >= i) noun = tree_.head(k);
        if (noun == k_none && round) noun = noun_from(i);
        // "recalled 14,000 last year": the number counts what the sentence leaves out.
        if (noun == k_none || noun > i + 4 || tree_.upos(noun) == Upos::PROPN ||
            words_.sense(noun).unit != TimeUnit::none)
            return make(i, ValueKind::quantity, value, "");
        return make(noun + 1, ValueKind::quantity, value, std::string(tree_.lemma(noun)));
    }

    // "$70 a barrel", "2.5 % per year", "30,000 tonnes a year"
    void per_unit(FoundValue& found) const {
        std::size_t i = found.last;
        if (!words_.is(i, {"a", "an", "per", "each"}) || found.duration) return;
        if (words_.is(i, {"each"})) {
            if (found.value.kind == ValueKind::money) {
                ++found.last;
                found.value.unit += "/item";
            }
            return;
        }
        ++i;
        const bool noun = i < words_.size() && tree_.upos(i) == Upos::NOUN && !tree_.has_tag(i, {"NNS"});
        const bool unit =
            words_.sense(i).unit != TimeUnit::none ||
            words_.is(
                i, {"share",     "barrel", "tonne",         "ton",          "ounce", "litre",    "liter",
                    "gallon",    "head",   "person",        "passenger",    "unit",  "piece",    "kilo",
                    "kilogram",  "bottle", "ticket",        "hectare",      "acre",  "mile",     "km",
                    "dose",      "night",  "pound",         "bushel",       "user",  "employee", "customer",
                    "household", "gram",   "kilowatt-hour", "megawatt-hour"});
        if (!noun || !(unit || (words_.is(i - 1, {"per"}) && found.value.kind == ValueKind::money))) return;
        if (found.value.kind == ValueKind::quantity && found.value.unit.empty()) return;
        found.value.unit += '/' + std::string(tree_.lemma(i));
        found.last = i + 1;
    }

    // "some forty staff", "more than 300 people", "an estimated 5 %"
    void approximators(FoundValue& found) const {
        const std::size_t i = found.first;
        const auto two = [&](std::string_view a, std::initializer_list<std::string_view> b) {
            return i >= 2 && words_[i - 2] == a && words_.is(i - 1, b);
        };
        if (two("more", {"than"}) || two("less", {"than"}) || two("fewer", {"than"}) || two("up", {"to"}) ||
            two("at", {"least", "most"}) || two("an", {"estimated", "additional"}) ||
            two("just", {"over", "under"}) || two("well", {"over", "under"}) || two("close", {"to"}))
            found.first = i - 2;
        else if (i >= 3 && words_[i - 3] == "as" && words_.is(i - 2, {"many", "much", "few", "little"}) &&
                 words_.is(i - 1, {"as"}))
            found.first = i - 3;
        else if (words_.is(i - 1, {"about", "some", "nearly", "almost", "roughly", "approximately", "around",
                                   "barely"}) ||
                 (words_.is(i - 1, {"a"}) && words_.sense(i).scale > 0 && words_.sense(i).number > 0))
            found.first = i - 1;
        else if (!found.duration && words_.is(i - 1, {"over", "under"}) && tree_.relation(i - 1) != "case")
            found.first = i - 1;
    }

    const ValueWords& words_;
    const SentenceTree& tree_;
    std::size_t at_;
};

bool may_begin(const ValueWords& words, std::size_t at) {
    const std::string_view word = words[at];
    if (word.empty()) return false;
    const ValueSense& sense = words.sense(at);
    if (is_digit(word[0]) || word[0] == '.' || sense.number >= 0 || !sense.sign.empty()) return true;
    if (word.find('-') != std::string_view::npos) return true;
    // "€612", "us$27"; "dozens of"
    return std::any_of(word.begin(), word.end(), is_digit) ||
           words.is(at, {"dozens", "scores", "hundreds", "thousands", "tens", "millions", "billions"});
}

}  // namespace

std::optional<FoundValue> read_quantity(const ValueWords& words, std::size_t at) {
    if (!may_begin(words, at)) return std::nullopt;
    return QuantityReader(words, at).read();
}

}  // namespace relata::ingest
