// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/dates.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

enum class Tense { unknown, past, future };

class DateReader {
  public:
    DateReader(const ValueWords& words, const DateFrame& frame)
        : words_(words), tree_(words.tree()), frame_(frame) {}

    std::optional<FoundDate> read(std::size_t at) const {
        auto found = qualified(at);
        if (!found) return found;
        if (auto range = ranged(at, *found)) return range;
        return found;
    }

  private:
    static FoundDate make(std::size_t first, std::size_t last, const Date& date) {
        return {first, last, date.year ? iso(date) : std::string(),
                date.year ? std::optional(date) : std::nullopt};
    }
    static FoundDate make(std::size_t first, std::size_t last, std::string value, std::optional<Date> start) {
        return {first, last, std::move(value), start};
    }

    bool has_day() const { return frame_.published && frame_.published->day; }
    bool has_month() const { return frame_.published && frame_.published->month; }

    // --- words --------------------------------------------------------------------------------------------

    // A four-digit year from 1500 to 2199, else 0.
    static int year_of(std::string_view text) {
        if (text.size() != 4 || !std::all_of(text.begin(), text.end(), is_digit)) return 0;
        int value = 0;
        std::from_chars(text.data(), text.data() + 4, value);
        return value >= 1500 && value < 2200 ? value : 0;
    }
    int year(std::size_t i) const { return year_of(words_[i]); }

    // "3", "3rd", "21st": a day of the month, else 0.
    int day(std::size_t i) const {
        const std::string_view text = words_[i];
        if (text.empty() || !is_digit(text[0])) return 0;
        int value = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        if (result.ec != std::errc() || value < 1 || value > 31) return 0;
        const std::string_view rest = text.substr(static_cast<std::size_t>(result.ptr - text.data()));
        return rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th" ? value : 0;
    }

    int month(std::size_t i) const {
        const int found = words_.sense(i).month;
        if (!found) return 0;
        // "may", "march" and "august" as verbs and adjectives are written small.
        const char first = tree_.form(i)[0];
        const bool name =
            first >= 'A' && first <= 'Z' && tree_.upos(i) != Upos::AUX && tree_.upos(i) != Upos::VERB;
        return name ? found : 0;
    }

    bool is_part_of_day(std::size_t i) const {
        return words_.is(i, {"morning", "afternoon", "evening", "night", "noon", "lunchtime", "midnight"});
    }

    // --- tense --------------------------------------------------------------------------------------------

    // Of the clause around `at`: dates without a year look back or ahead with it.
    Tense tense(std::size_t at) const {
        std::size_t i = at;
        for (int steps = 0; i != k_none && steps < 8; ++steps, i = tree_.head(i)) {
            bool past = false;
            for (const std::size_t c : tree_.children(i)) {
                if (tree_.is(c, "aux")) {
                    if (tree_.has_lemma(c, {"will", "shall", "'ll", "would"})) return Tense::future;
                    if (tree_.has_tag(c, {"MD"})) return Tense::future;
                    past |= tree_.has_tag(c, {"VBD"}) || tree_.lemma(c) == "have";
                }
                if (tree_.is(c, "cop") && tree_.has_tag(c, {"VBD"})) past = true;
                if (tree_.is(c, "mark") && tree_.lemma(c) == "to" && tree_.has_tag(c, {"TO"}))
                    return Tense::future;
            }
            const Tense verb = tense_of_verb(i, past);
            if (verb != Tense::unknown) return verb;
        }
        return Tense::unknown;
    }

    Tense tense_of_verb(std::size_t i, bool past) const {
        const bool plans =
            tree_.has_lemma(i, {"expect", "schedule", "plan", "slate", "set", "due", "forecast", "project"});
        if (tree_.has_tag(i, {"VBN"}) || tree_.upos(i) == Upos::ADJ) {
            if (plans && !past) return Tense::future;
            if (past || tree_.has_tag(i, {"VBN"})) return Tense::past;
            return Tense::unknown;
        }
        if (past || tree_.has_tag(i, {"VBD"})) return Tense::past;
        if (tree_.has_tag(i, {"VBG"}) && tree_.child(i, "aux") != k_none) return Tense::future;
        const bool event = tree_.has_lemma(
            i, {"begin", "start", "open", "end", "close", "expire", "retire", "leave", "take", "come",
                "return", "resume", "launch", "meet", "play", "vote", "arrive", "run", "go"});
        if (tree_.has_tag(i, {"VBZ", "VBP"}) && event) return Tense::future;
        return Tense::unknown;
    }

    // The year of a month or day that names none: the nearest one that fits the tense.
    int year_for(int month_number, int day_number, std::size_t at) const {
        if (!frame_.published) return 0;
        const Date& today = *frame_.published;
        if (today.month == 0) return today.year;
        const bool later = month_number > today.month || (month_number == today.month && day_number != 0 &&
                                                          today.day != 0 && day_number > today.day);
        const bool earlier = month_number < today.month || (month_number == today.month && day_number != 0 &&
                                                            today.day != 0 && day_number < today.day);
        const Tense when = tense(at);
        if (when == Tense::future) return earlier ? today.year + 1 : today.year;
        // A few weeks ahead is nearer than eleven months back: "the 12 February summit" in January.
        const int ahead = (month_number - today.month + 12) % 12;
        if (later && when == Tense::unknown && day_number != 0 && ahead <= 2)
            return month_number < today.month ? today.year + 1 : today.year;
        return later ? today.year - 1 : today.year;
    }

    // --- what stands around a date ------------------------------------------------------------------------

    // "early March", "the end of June", "late on Tuesday", "the night of June 8", "Monday evening"
    std::optional<FoundDate> qualified(std::size_t at) const {
        std::size_t inner = at;
        if (words_.is(at, {"early", "late", "mid", "earlier", "later"})) {
            ++inner;
            if (words_.is(inner, {"-", "in", "on"})) ++inner;
        } else if (words_.is(at, {"end", "beginning", "start", "middle", "night", "morning", "evening",
                                  "afternoon", "eve", "week", "day"}) &&
                   words_.is(at + 1, {"of"})) {
            inner = at + 2;
            if (words_.is(inner, {"the"})) ++inner;
        }
        std::optional<FoundDate> found = point(inner);
        if (!found && inner != at) found = point(inner = at);
        if (!found) return found;
        found->first = at;
        while (is_part_of_day(found->last)) ++found->last;
        clock_behind(*found);
        return found;
    }

    // "today at 1429 UTC", "on Wednesday around 7:30 p.m. local time"
    void clock_behind(FoundDate& found) const {
        std::size_t i = found.last;
        if (!words_.is(i, {"at", "around", "about"})) return;
        ++i;
        const std::string_view clock = words_[i];
        if (clock.empty() || (!is_digit(clock[0]) && !words_.is(i, {"noon", "midnight", "dawn"}))) return;
        const bool time = clock.find(':') != std::string_view::npos ||
                          words_.is(i + 1, {"a.m.", "p.m.", "am", "pm", "utc", "gmt", "o'clock"}) ||
                          words_.is(i, {"noon", "midnight", "dawn"});
        if (!time) return;
        ++i;
        while (words_.is(i, {"a.m.", "p.m.", "am", "pm", "utc", "gmt", "o'clock", "local", "time"})) ++i;
        found.last = i;
    }

    // "from 3 to 7 March", "between 2009 and 2017", "2009 - 2017"
    std::optional<FoundDate> ranged(std::size_t at, const FoundDate& first) const {
        std::size_t i = first.last;
        const std::string_view before = words_.before(at);
        const bool joined = (before == "from" && words_.is(i, {"to", "until", "till", "through"})) ||
                            (before == "between" && words_.is(i, {"and"})) ||
                            words_.is(i, {"–", "through"}) ||
                            (words_.is(i, {"-", "to"}) && year(i - 1) && year(i + 1));
        if (!joined) return std::nullopt;
        ++i;
        std::optional<FoundDate> second = point(i);
        if (!second && day(i) && first.start && first.start->day) {
            second = make(i, i + 1, Date{first.start->year, first.start->month, day(i)});
        }
        if (!second || second->value.empty() || first.value.empty()) return std::nullopt;
        if (second->value.find('/') != std::string::npos || first.value.find('/') != std::string::npos)
            return std::nullopt;
        std::optional<Date> start = first.start;
        std::string from = first.value;
        // "from March to August 2019": the year stands once.
        if (start && second->start && start->month && second->start->month && year(second->last - 1) &&
            !year(first.last - 1)) {
            start->year = second->start->year - (start->month > second->start->month ? 1 : 0);
            from = iso(*start);
        }
        return make(at, second->last, from + "/" + second->value, start);
    }

    // --- dates by kind
    // --------------------------------------------------------------------------------------

    std::optional<FoundDate> point(std::size_t at) const {
        if (at >= words_.size()) return std::nullopt;
        if (auto found = written_out(at)) return found;
        if (auto found = calendar_date(at)) return found;
        if (auto found = part_of_year(at)) return found;
        if (auto found = fiscal_year(at)) return found;
        if (auto found = deictic(at)) return found;
        if (auto found = shifted(at)) return found;
        if (auto found = told_before(at)) return found;
        if (auto found = decade(at)) return found;
        return year_alone(at);
    }

    // "2024-09-03"
    std::optional<FoundDate> written_out(std::size_t at) const {
        if (words_[at].size() != 10) return std::nullopt;
        const auto date = parse_iso(words_[at]);
        if (!date || date->day == 0) return std::nullopt;
        return make(at, at + 1, *date);
    }

    // "3 March 2021", "March 3, 2021", "Tuesday, 3 March", "March 2021", "in March", "March of last year"
    std::optional<FoundDate> calendar_date(std::size_t at) const {
        std::size_t i = at;
        const std::size_t modified = words_.is(i, {"last", "next", "this"}) && month(i + 1) ? i : k_none;
        if (modified != k_none) ++i;
        if (words_.sense(i).weekday >= 0) {
            ++i;
            if (words_.is(i, {","})) ++i;
            if (words_.is(i, {"the"})) ++i;
            if (!month(i) && !(day(i) && (month(i + 1) || month(i + 2)))) return std::nullopt;
        }
        Date date;
        if (day(i) && month(i + 1)) {
            date.day = day(i);
            date.month = month(i + 1);
            i += 2;
        } else if (day(i) && words_.is(i + 1, {"of"}) && month(i + 2)) {
            date.day = day(i);
            date.month = month(i + 2);
            i += 3;
        } else if (month(i)) {
            date.month = month(i++);
            if (day(i) && !words_.is(i + 1, {"%", "percent", "million", "billion"}) &&
                tree_.relation(i) != "root" && words_.sense(i + 1).currency.empty()) {
                date.day = day(i++);
            }
        } else {
            return std::nullopt;
        }
        date.year = year_behind(i, date, at);
        if (modified != k_none && has_month() && !year(i - 1)) {
            const Date& today = *frame_.published;
            if (words_.is(modified, {"last"}))
                date.year = date.month < today.month ? today.year : today.year - 1;
            if (words_.is(modified, {"next"}))
                date.year = date.month > today.month ? today.year : today.year + 1;
            if (words_.is(modified, {"this"})) date.year = today.year;
        }
        return make(at, i, date);
    }

    // The year behind a month or day; moves `i` behind its words.
    int year_behind(std::size_t& i, const Date& date, std::size_t at) const {
        std::size_t behind = i;
        if (words_.is(behind, {",", "of", "in"})) ++behind;
        if (const int named = year(behind); named && !(words_.is(i, {"in"}) && date.day == 0)) {
            i = behind + 1;
            return named;
        }
        if (words_.is(behind, {"the"})) ++behind;
        if (frame_.published && words_.is(behind, {"last", "this", "next", "same", "that", "previous"}) &&
            words_.is(behind + 1, {"year"})) {
            const int base = words_.is(behind, {"same", "that", "previous"}) && frame_.told
                                 ? frame_.told->year
                                 : frame_.published->year;
            const int step = words_.is(behind, {"last", "previous"}) ? -1
                             : words_.is(behind, {"next"})           ? 1
                                                                     : 0;
            i = behind + 2;
            return base + step;
        }
        return year_for(date.month, date.day, at);
    }

    // "the third quarter of 2024", "Q3", "first half", "spring 2019", "in the summer"
    std::optional<FoundDate> part_of_year(std::size_t at) const {
        std::size_t i = at;
        std::string_view part;
        int number = 0;
        const std::string_view word = words_[i];
        if (word.size() == 2 && (word[0] == 'q' || word[0] == 'h') && word[1] >= '1' &&
            word[1] <= (word[0] == 'q' ? '4' : '2')) {
            part = word[0] == 'q' ? "Q" : "H";
            number = word[1] - '0';
            ++i;
        } else if (words_.sense(i).ordinal) {
            number = words_.sense(i).ordinal;
            ++i;
            if (words_.is(i, {"-"})) ++i;
            if (words_.is(i, {"quarter"}))
                part = "Q";
            else if (words_.is(i, {"half"}) && number <= 2)
                part = "H";
            else
                return std::nullopt;
            ++i;
            // "a quarter-final", "the first quarter-pounder"
            if (words_.is(i, {"-"})) return std::nullopt;
        } else if (!words_.sense(i).season.empty()) {
            return season(at, at, 0);
        } else {
            return std::nullopt;
        }
        const int months = part == "Q" ? 3 : 6;
        Date start{0, (number - 1) * months + 1, 0};
        std::size_t behind = i;
        if (words_.is(behind, {"of", "in", ",", "this", "last"}))
            behind += words_.is(behind, {"of", "in", ","});
        if (words_.is(behind, {"the"})) ++behind;
        const bool fiscal = words_.is(behind, {"fiscal", "financial"});
        if (fiscal) ++behind;
        if (fiscal && words_.is(behind, {"year"})) ++behind;
        if (year(behind)) {
            start.year = year(behind);
            i = behind + 1;
        } else if (frame_.published && words_.is(behind, {"last", "this", "next"}) &&
                   words_.is(behind + 1, {"year"})) {
            start.year = frame_.published->year + (words_.is(behind, {"last"})   ? -1
                                                   : words_.is(behind, {"next"}) ? 1
                                                                                 : 0);
            i = behind + 2;
        } else if (has_month()) {
            // The latest one that has begun; ahead, the first that has not ended.
            const Date& today = *frame_.published;
            start.year = today.year;
            if (tense(at) == Tense::future) {
                if (start.month + months <= today.month) ++start.year;
            } else if (start.month > today.month) {
                --start.year;
            }
        } else {
            return make(at, i, std::string(), std::nullopt);
        }
        const std::string year_text = (fiscal ? "FY" : "") + iso({start.year, 0, 0});
        return make(at, i, year_text + "-" + std::string(part) + std::to_string(number), start);
    }

    // "spring", with `step` -1 for "last", 1 for "next"; `modified`: such a word stands before.
    std::optional<FoundDate> season(std::size_t at, std::size_t word, int step, bool modified = false) const {
        const std::string_view code = words_.sense(word).season;
        std::size_t i = word + 1;
        std::size_t behind = i;
        if (words_.is(behind, {"of", ","})) ++behind;
        int of = year(behind);
        if (of) i = behind + 1;
        // "the fall of the house", "spring water": only with a year or after "in the", "last" …
        const bool temporal = modified || words_.is(word - 1, {"in", "by", "until", "since", "this"}) ||
                              (word > 1 && words_.is(word - 1, {"the"}) &&
                               words_.is(word - 2, {"in", "by", "until", "since", "during", "for", "to"}));
        if (!of && !temporal) return std::nullopt;
        if (!of && (words_.is(word + 1, {"of", "in", "from"}) || tree_.upos(word) == Upos::VERB))
            return std::nullopt;
        const int start = code == "SP" ? 3 : code == "SU" ? 6 : code == "FA" ? 9 : 12;
        if (!of && has_month()) {
            const Date& today = *frame_.published;
            if (modified && step < 0)
                of = start + 2 < today.month ? today.year : today.year - 1;
            else if (modified && step > 0)
                of = start > today.month ? today.year : today.year + 1;
            else if (modified)
                of = today.year;
            else
                of = year_for(start, 0, at);
        }
        if (!of) return make(at, i, std::string(), std::nullopt);
        return make(at, i, iso({of, 0, 0}) + "-" + std::string(code), Date{of, start, 0});
    }

    // "fiscal 2025", "the 2019/20 fiscal year", "the fiscal year ended March 31, 2023", "the 2019-20 season"
    std::optional<FoundDate> fiscal_year(std::size_t at) const {
        std::size_t i = at;
        if (words_.is(i, {"fiscal", "financial", "fy"})) {
            ++i;
            if (words_.is(i, {"year"})) ++i;
            if (const int of = year(i)) return make(at, i + 1, "FY" + iso({of, 0, 0}), Date{of, 0, 0});
            if (i == at + 2 && words_.is(i, {"ended", "ending", "to", "through"})) {
                if (const auto end = calendar_date(i + 1); end && end->start && end->start->day) {
                    const Date last = *end->start;
                    const Date first = plus_days({last.year - 1, last.month, last.day}, 1);
                    return make(at, end->last, iso(first) + "/" + iso(last), first);
                }
            }
            return std::nullopt;
        }
        const std::string_view word = words_[i];
        if (word.size() == 6 && word.starts_with("fy") && year_of(word.substr(2)))
            return make(at, at + 1, "FY" + std::string(word.substr(2)), Date{year_of(word.substr(2)), 0, 0});
        // "2019/20", "2019-20"
        const int first = word.size() >= 4 ? year_of(word.substr(0, 4)) : 0;
        if (!first) return std::nullopt;
        std::string_view second = word.substr(4);
        if (second.empty() && words_.is(i + 1, {"-", "/", "–"})) {
            second = words_[i + 2];
            i += 2;
        } else if (!second.empty() && (second[0] == '/' || second[0] == '-')) {
            second.remove_prefix(1);
        }
        if (second.size() != 2 || !is_digit(second[0]) || !is_digit(second[1])) return std::nullopt;
        const int last = first / 100 * 100 + (second[0] - '0') * 10 + (second[1] - '0');
        if (last != first + 1) return std::nullopt;
        ++i;
        if (words_.is(i, {"fiscal", "financial"})) ++i;
        if (words_.is(i, {"year", "season"})) ++i;
        return make(at, i, iso({first, 0, 0}) + "/" + iso({last, 0, 0}), Date{first, 0, 0});
    }

    // "yesterday", "last night", "last Tuesday", "next year", "this past Friday", "the past eighteen months"
    std::optional<FoundDate> deictic(std::size_t at) const {
        const auto day_from_today = [&](std::size_t last, int offset) {
            return make(at, last, has_day() ? plus_days(*frame_.published, offset) : Date{});
        };
        if (words_.is(at, {"today", "tonight"})) return day_from_today(at + 1, 0);
        if (words_.is(at, {"yesterday"})) return day_from_today(at + 1, -1);
        if (words_.is(at, {"tomorrow"})) return day_from_today(at + 1, 1);
        const bool last = words_.is(at, {"last", "past"});
        const bool next = words_.is(at, {"next", "coming"});
        const bool here = words_.is(at, {"this"});
        if (words_.sense(at).weekday >= 0) return weekday_at(at, at, 0);
        if (!last && !next && !here) return std::nullopt;
        std::size_t i = at + 1;
        int step = last ? -1 : next ? 1 : 0;
        if (here && words_.is(i, {"past"})) {
            step = -1;
            ++i;
        } else if (here && words_.is(i, {"coming"})) {
            step = 1;
            ++i;
        }
        if (words_.sense(i).weekday >= 0) return weekday_at(at, i, step);
        if (last && words_.is(i, {"night", "evening"})) return day_from_today(i + 1, -1);
        if (here && is_part_of_day(i)) return day_from_today(i + 1, 0);
        if (words_.is(i, {"fiscal", "financial"})) ++i;
        if (!words_.sense(i).season.empty()) return season(at, i, step, true);
        if (words_.sense(i).unit != TimeUnit::none && !words_[i].ends_with('s'))
            return this_unit(at, i, step);
        return span_of_units(at, i, step);
    }

    // "on Tuesday": the latest one up to publication, or the next one in a look ahead.
    std::optional<FoundDate> weekday_at(std::size_t at, std::size_t word, int step) const {
        if (tree_.upos(word) != Upos::PROPN && tree_.upos(word) != Upos::NOUN) return std::nullopt;
        if (!has_day()) return make(at, word + 1, Date{});
        const int back = (weekday(*frame_.published) - words_.sense(word).weekday + 7) % 7;
        int offset = -back;
        std::size_t last = word + 1;
        const std::size_t of = words_.is(last, {"of"}) ? last + 1 : last;
        if (step == 0 && words_.is(of, {"last", "next"}) && words_.is(of + 1, {"week"})) {
            // "on Tuesday of last week"
            offset =
                words_.sense(word).weekday - weekday(*frame_.published) + (words_.is(of, {"last"}) ? -7 : 7);
            last = of + 2;
        } else if (step > 0 || (step == 0 && tense(word) == Tense::future)) {
            offset = (7 - back) % 7;
            if (step > 0 && offset == 0) offset = 7;
        } else if (step < 0 && back == 0) {
            offset = -7;
        }
        return make(at, last, plus_days(*frame_.published, offset));
    }

    // "last year", "next month", "this week"
    std::optional<FoundDate> this_unit(std::size_t at, std::size_t word, int step) const {
        const std::size_t last = word + 1;
        // "over the past year": the twelve months up to now
        const bool span = words_.is(word - 1, {"past"}) && !words_.is(at, {"this"});
        if (!frame_.published) return make(at, last, Date{});
        const Date& today = *frame_.published;
        switch (words_.sense(word).unit) {
            case TimeUnit::year:
                if (span) return interval(at, last, {today.year - 1, 0, 0}, {today.year, 0, 0});
                return make(at, last, Date{today.year + step, 0, 0});
            case TimeUnit::month:
                if (!has_month()) break;
                return make(at, last, plus_months(today, step));
            case TimeUnit::week:
                if (!has_day()) break;
                return make(at, last, iso_week(plus_days(today, 7 * step)), plus_days(today, 7 * step));
            case TimeUnit::weekend: {
                if (!has_day()) break;
                // The weekend at hand; on weekdays "last weekend" is over and "this weekend" to come.
                const int saturday = 5 - weekday(today);
                const int offset = saturday + (step < 0 ? -7 : step > 0 && saturday <= 0 ? 7 : 0);
                const Date first = plus_days(today, offset);
                return interval(at, last, first, plus_days(first, 1));
            }
            case TimeUnit::quarter: {
                if (!has_month()) break;
                const int quarter = today.year * 4 + (today.month - 1) / 3 + step;
                return make(at, last, iso({quarter / 4, 0, 0}) + "-Q" + std::to_string(quarter % 4 + 1),
                            Date{quarter / 4, quarter % 4 * 3 + 1, 0});
            }
            case TimeUnit::decade:
                return make(at, last, iso({today.year + 10 * step, 0, 0}).substr(0, 3) + "X", std::nullopt);
            case TimeUnit::day:
                // "the next day" follows the day told last.
                return words_.is(at, {"next"}) ? told_before(at) : std::nullopt;
            default:
                return std::nullopt;
        }
        return make(at, last, Date{});
    }

    FoundDate interval(std::size_t at, std::size_t last, const Date& from, const Date& to) const {
        return make(at, last, iso(from) + "/" + iso(to), from);
    }

    // "the past eighteen months", "the next three years", "the last few weeks"
    std::optional<FoundDate> span_of_units(std::size_t at, std::size_t i, int step) const {
        if (step == 0) return std::nullopt;
        std::optional<double> count = words_.amount(i, nullptr);
        if (!count && words_.is(i, {"few", "several", "couple"})) {
            ++i;
            if (words_.is(i, {"of"})) ++i;
        } else if (!count) {
            return std::nullopt;
        }
        const TimeUnit unit = words_.sense(i).unit;
        if (unit == TimeUnit::none || unit == TimeUnit::second) return std::nullopt;
        const auto other = count ? moved(frame_.published, step * *count, unit) : std::nullopt;
        if (!other) return make(at, i + 1, std::string(), std::nullopt);
        Date now = *frame_.published;
        now.day = other->day ? now.day : 0;
        now.month = other->month ? now.month : 0;
        return step < 0 ? interval(at, i + 1, *other, now) : interval(at, i + 1, now, *other);
    }

    // `base` moved by a number of units, in the precision that the unit has; nullopt without enough of a
    // base.
    static std::optional<Date> moved(const std::optional<Date>& base, double count, TimeUnit unit) {
        if (!base || std::abs(count) > 3000) return std::nullopt;
        const auto n = static_cast<int>(std::lround(count));
        const bool whole = std::abs(count - n) < 0.01;
        switch (unit) {
            case TimeUnit::century:
                return Date{base->year + 100 * n, 0, 0};
            case TimeUnit::decade:
                return Date{base->year + 10 * n, 0, 0};
            case TimeUnit::year:
                // "half a year ago" counts months.
                if (!whole && base->month)
                    return plus_months(*base, static_cast<int>(std::lround(count * 12)));
                return Date{base->year + n, 0, 0};
            case TimeUnit::quarter:
                return base->month ? std::optional(plus_months(*base, 3 * n)) : std::nullopt;
            case TimeUnit::month:
                return base->month ? std::optional(plus_months(*base, n)) : std::nullopt;
            case TimeUnit::week:
                return base->day ? std::optional(plus_days(*base, 7 * n)) : std::nullopt;
            case TimeUnit::day:
                return base->day ? std::optional(plus_days(*base, n)) : std::nullopt;
            case TimeUnit::hour:
            case TimeUnit::minute:
                return base->day ? base : std::nullopt;
            default:
                return std::nullopt;
        }
    }

    // "three years ago", "a year and a half ago", "two weeks later", "a day earlier"
    std::optional<FoundDate> shifted(std::size_t at) const {
        std::size_t i = at;
        std::optional<double> count;
        bool vague = false;
        if (words_.is(i, {"half"}) && words_.is(i + 1, {"a", "an"})) {
            count = 0.5;
            i += 2;
        } else if (words_.is(i, {"a", "an"})) {
            count = 1;
            ++i;
            if (words_.is(i, {"few", "couple"})) {
                vague = true;
                ++i;
                if (words_.is(i, {"of"})) ++i;
            } else if (words_.sense(i).number > 0 && words_.sense(i).scale > 0) {
                count = words_.amount(i, nullptr);  // "a decade", "a hundred years"
            }
        } else if (words_.is(i, {"several", "some", "few", "many"})) {
            vague = true;
            ++i;
        } else {
            count = words_.amount(i, nullptr);
        }
        if (!count && !vague) return std::nullopt;
        const TimeUnit unit = words_.sense(i).unit;
        if (unit == TimeUnit::none || unit == TimeUnit::second) return std::nullopt;
        ++i;
        if (words_.is(i, {"and"}) && words_.is(i + 1, {"a"}) && words_.is(i + 2, {"half"}) && count) {
            *count += 0.5;
            i += 3;
        }
        const bool ago = words_.is(i, {"ago"});
        const bool earlier = words_.is(i, {"earlier", "before", "previously", "prior"});
        const bool later = words_.is(i, {"later", "after", "afterwards", "on"}) &&
                           !(words_.is(i, {"on"}) && !ends_phrase(i + 1));
        const bool hence = words_.is(i, {"hence"}) || (words_.is(i, {"from"}) && words_.is(i + 1, {"now"}));
        if (!ago && !earlier && !later && !hence) return std::nullopt;
        const std::size_t last = i + (words_.is(i, {"from"}) ? 2 : 1);
        // "two days after the quake": counted from something that is no date
        const bool anchored = words_.is(i, {"before", "after", "prior"}) && !ends_phrase(i + 1);
        if (vague || anchored) return make(at, last, std::string(), std::nullopt);
        const auto base = (earlier || later) && frame_.told ? frame_.told : frame_.published;
        const auto date = moved(base, ago || earlier ? -*count : *count, unit);
        if (date) return make(at, last, *date);
        return make(at, last, std::string(), std::nullopt);
    }

    // Nothing that belongs to the phrase stands at `i`.
    bool ends_phrase(std::size_t i) const {
        if (i >= words_.size()) return true;
        return tree_.upos(i) == Upos::PUNCT || tree_.upos(i) == Upos::VERB || tree_.upos(i) == Upos::AUX ||
               tree_.upos(i) == Upos::CCONJ;
    }

    // "the same day", "that year", "the following month", "the previous day", "the day before"
    std::optional<FoundDate> told_before(std::size_t at) const {
        const std::optional<Date>& base = frame_.told ? frame_.told : frame_.published;
        std::size_t i = at;
        int step = 0;
        if (words_.is(i, {"day", "week", "month", "year"}) && words_.before(i) == "the" &&
            words_.is(i + 1, {"before", "after", "earlier", "later"})) {
            if (!ends_phrase(i + 2)) return std::nullopt;
            step = words_.is(i + 1, {"before", "earlier"}) ? -1 : 1;
            return told_unit(at, i, i + 2, step, base);
        }
        if (words_.is(i, {"same", "that"}))
            step = 0;
        else if (words_.is(i, {"following"}) || (words_.is(i, {"next"}) && words_.before(i) == "the"))
            step = 1;
        else if (words_.is(i, {"previous", "preceding"}))
            step = -1;
        else
            return std::nullopt;
        ++i;
        if (words_.sense(i).weekday >= 0 && words_.is(at, {"same"}) && base && base->day) {
            const int back = (weekday(*base) - words_.sense(i).weekday + 7) % 7;
            return make(at, i + 1, plus_days(*base, -back));
        }
        if (is_part_of_day(i)) return told_day(at, i + 1, step, base);
        return told_unit(at, i, i + 1, step, base);
    }

    std::optional<FoundDate> told_day(std::size_t at, std::size_t last, int step,
                                      const std::optional<Date>& base) const {
        return make(at, last, base && base->day ? plus_days(*base, step) : Date{});
    }

    std::optional<FoundDate> told_unit(std::size_t at, std::size_t word, std::size_t last, int step,
                                       const std::optional<Date>& base) const {
        switch (words_.sense(word).unit) {
            case TimeUnit::day:
                return words_.is(word, {"day"}) ? told_day(at, last, step, base) : std::nullopt;
            case TimeUnit::week:
                if (!base || !base->day) return make(at, last, Date{});
                return make(at, last, iso_week(plus_days(*base, 7 * step)), plus_days(*base, 7 * step));
            case TimeUnit::month:
                return make(at, last, base && base->month ? plus_months(*base, step) : Date{});
            case TimeUnit::year:
                return make(at, last, base ? Date{base->year + step, 0, 0} : Date{});
            default:
                return std::nullopt;
        }
    }

    // "the 1990s", "the nineties", "the 19th century"
    std::optional<FoundDate> decade(std::size_t at) const {
        std::string_view word = words_[at];
        if (word.size() == 5 && word.back() == 's' && year_of(word.substr(0, 4)) && word[3] == '0')
            return make(at, at + 1, std::string(word.substr(0, 3)) + "X",
                        Date{year_of(word.substr(0, 4)), 0, 0});
        static constexpr std::string_view names[] = {"twenties", "thirties",  "forties",  "fifties",
                                                     "sixties",  "seventies", "eighties", "nineties"};
        for (int i = 0; i < 8; ++i) {
            if (word != names[i] || words_.before(at) != "the") continue;
            const int start = 1920 + 10 * i;
            return make(at, at + 1, iso({start, 0, 0}).substr(0, 3) + "X", Date{start, 0, 0});
        }
        if (words_.is(at + 1, {"century"}) && word.size() >= 4 && is_digit(word[0]) && word.ends_with("th")) {
            int number = 0;
            std::from_chars(word.data(), word.data() + word.size(), number);
            if (number >= 10 && number <= 21)
                return make(at, at + 2, iso({(number - 1) * 100, 0, 0}).substr(0, 2) + "XX", std::nullopt);
        }
        return std::nullopt;
    }

    // "in 2019", "2019", "the 2019 merger"; not "2,019 people" nor "2000 workers".
    std::optional<FoundDate> year_alone(std::size_t at) const {
        const int value = year(at);
        if (!value) return std::nullopt;
        const ValueSense& behind = words_.sense(at + 1);
        if (!behind.currency.empty() || !behind.sign.empty() || behind.unit != TimeUnit::none)
            return std::nullopt;
        if (words_.is(at + 1,
                      {"km", "m", "metres", "meters", "miles", "feet", "kg", "tonnes", "tons", "people", "ft",
                       "kilometres", "kilometers", "litres", "acres", "hectares", "words", "votes"}))
            return std::nullopt;
        const std::size_t head = tree_.head(at);
        if (tree_.is(at, "nummod") && head != k_none && head > at) {
            const bool introduced = words_.is(at - (at > 0), {"in", "since", "until", "by", "from"});
            const std::size_t before = at > 0 ? at - 1 : at;
            const bool modifies = value >= 1900 && value <= 2100 && at > 0 &&
                                  (tree_.upos(before) == Upos::DET || tree_.has_tag(before, {"POS", "PRP$"}));
            const bool of = words_.is(before, {"of"}) && !tree_.has_feature(head, "Number=Plur");
            if (!introduced && !modifies && !of) return std::nullopt;
        }
        return make(at, at + 1, Date{value, 0, 0});
    }

    const ValueWords& words_;
    const SentenceTree& tree_;
    const DateFrame& frame_;
};

bool may_begin(const ValueWords& words, std::size_t at) {
    const std::string_view word = words[at];
    if (word.empty()) return false;
    return words.sense(at).begins_date || is_digit(word[0]) || word.find('-') != std::string_view::npos ||
           word.starts_with("fy");
}

}  // namespace

std::optional<FoundDate> read_date(const ValueWords& words, std::size_t at, DateFrame& frame) {
    if (!may_begin(words, at)) return std::nullopt;
    auto found = DateReader(words, frame).read(at);
    if (found && found->start) frame.told = found->start;
    return found;
}

}  // namespace relata::ingest
