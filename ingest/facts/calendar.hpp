// SPDX-License-Identifier: Apache-2.0
// Calendar dates of known precision and their ISO 8601 form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relata::ingest {

struct Date {
    int year = 0;
    int month = 0;  // 0: unknown
    int day = 0;    // 0: unknown
};

// "2025", "2025-06" or "2025-06-04".
std::string iso(const Date& date);
// "2025-W23": the week of a full date (ISO 8601, weeks begin on Monday).
std::string iso_week(const Date& date);
// Of the forms that iso() writes; what follows the date is left out of account.
std::optional<Date> parse_iso(std::string_view text);

// Days since 1970-01-01 of a full date, and back.
std::int64_t days_from_civil(const Date& date);
Date civil_from_days(std::int64_t days);
// 0 = Monday.
int weekday(const Date& date);
Date plus_days(const Date& date, std::int64_t days);
// Of month precision.
Date plus_months(const Date& date, int months);

}  // namespace relata::ingest
