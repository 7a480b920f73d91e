// SPDX-License-Identifier: Apache-2.0
#include "web/exchange.hpp"

#include <algorithm>
#include <charconv>

#include "core/utf8.hpp"

namespace relata::web {

Query::Query(const Request& request, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : request.parameters) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw RequestError(400, utf8::repair(name), "is not a parameter of this address");
        for (const auto& [seen, unused] : parameters_)
            if (seen == name) throw RequestError(400, name, "is given twice");
        if (!utf8::is_valid(value)) throw RequestError(400, name, "is not valid UTF-8");
        parameters_.emplace_back(name, value);
    }
}

const std::string& Query::text(std::string_view name) const {
    static const std::string nothing;
    for (const auto& [seen, value] : parameters_)
        if (seen == name) return value;
    return nothing;
}

std::size_t Query::number(std::string_view name, std::size_t otherwise, std::size_t least,
                          std::size_t most) const {
    const std::string& digits = text(name);
    if (digits.empty()) return otherwise;
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < least || value > most)
        throw RequestError(
            422, std::string(name),
            "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return value;
}

std::string url_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_' ||
                           byte == '~';
        if (plain) {
            out += character;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

}  // namespace relata::web
