// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/calendar.hpp"

#include <charconv>

namespace relata::ingest {

namespace {

std::string digits(int number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

// Both ways after Howard Hinnant, "chrono-compatible low-level date algorithms".
std::int64_t days_from_civil(const Date& date) {
    const int year = date.year - (date.month <= 2);
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int yoe = year - era * 400;
    const int doy = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return static_cast<std::int64_t>(era) * 146097 + doe - 719468;
}

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

int weekday(const Date& date) {
    return static_cast<int>(((days_from_civil(date) + 3) % 7 + 7) % 7);
}

Date plus_days(const Date& date, std::int64_t days) {
    return civil_from_days(days_from_civil(date) + days);
}

Date plus_months(const Date& date, int months) {
    const int sum = date.year * 12 + date.month - 1 + months;
    return {sum / 12, sum % 12 + 1, 0};
}

std::string iso(const Date& date) {
    std::string text = digits(date.year, 4);
    if (date.month == 0) return text;
    text += '-' + digits(date.month, 2);
    if (date.day != 0) text += '-' + digits(date.day, 2);
    return text;
}

std::string iso_week(const Date& date) {
    // The week belongs to the year of its Thursday.
    const Date thursday = plus_days(date, 3 - weekday(date));
    const auto day_of_year = days_from_civil(thursday) - days_from_civil({thursday.year, 1, 1});
    return digits(thursday.year, 4) + "-W" + digits(static_cast<int>(day_of_year / 7) + 1, 2);
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

}  // namespace relata::ingest
