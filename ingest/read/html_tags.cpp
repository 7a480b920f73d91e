// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/html_tags.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "ingest/read/document_builder.hpp"

namespace relata::ingest {
namespace {

// Elements without content, and those that the parser closes by itself when the next one starts (HTML
// standard, 13.1.2.4 "Optional tags"): pages leave their end tags out, and they do not nest.
constexpr std::array<std::string_view, 33> k_not_counted{
    "area",   "base",  "br",     "col",      "embed", "hr", "img",  "input", "link", "meta",     "param",
    "source", "track", "wbr",    "p",        "li",    "dt", "dd",   "tr",    "td",   "th",       "thead",
    "tbody",  "tfoot", "option", "optgroup", "rt",    "rp", "html", "head",  "body", "colgroup", "caption"};
// Their content is no markup.
constexpr std::array<std::string_view, 6> k_raw{"script", "style", "textarea", "title", "xmp", "iframe"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Where the tag that starts at `at` ends (behind '>'); quoted attribute values may hold '>'.
std::size_t tag_end(std::string_view html, std::size_t at) {
    char quote = 0;
    for (std::size_t i = at; i < html.size(); ++i) {
        const char c = html[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if ((c == '"' || c == '\'') && html[i - 1] == '=') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
    }
    return html.size();
}

}  // namespace

std::string limit_depth(std::string_view html) {
    std::string result(html);
    std::size_t depth = 0;
    std::size_t removed = 0;
    std::vector<std::string> unclosed;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
        if (html.substr(at, 4) == "<!--") {
            const std::size_t end = html.find("-->", at + 4);
            if (end == std::string_view::npos) break;
            at = end + 3;
            continue;
        }
        const bool closing = at + 1 < html.size() && html[at + 1] == '/';
        const std::size_t name_begin = at + (closing ? 2 : 1);
        std::size_t name_end = name_begin;
        const auto is_name = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        };
        while (name_end < html.size() && name_end - name_begin < 32 && is_name(html[name_end])) ++name_end;
        if (name_end == name_begin) {
            ++at;
            continue;
        }
        const std::string name = ascii_lower(html.substr(name_begin, name_end - name_begin));
        const std::size_t end = tag_end(html, name_end);
        const auto blank_out = [&] {
            std::fill(result.begin() + static_cast<std::ptrdiff_t>(at),
                      result.begin() + static_cast<std::ptrdiff_t>(end), ' ');
        };
        const bool drawing = name == "svg" || name == "math";
        if (!closing && (drawing || among(k_raw, name))) {
            std::size_t close = end;
            // Once an end tag is missing, it is missing for all that follows: no second search.
            const bool hopeless = std::find(unclosed.begin(), unclosed.end(), name) != unclosed.end();
            if (hopeless) close = std::string_view::npos;
            while (close != std::string_view::npos &&
                   (close = html.find("</", close)) != std::string_view::npos &&
                   ascii_lower(html.substr(close + 2, name.size())) != name) {
                close += 2;
            }
            if (close == std::string_view::npos && !hopeless) unclosed.push_back(name);
            const std::size_t behind = close == std::string_view::npos ? html.size() : tag_end(html, close);
            // Drawings hold no prose, and their elements obey other rules of nesting.
            if (drawing) {
                std::fill(result.begin() + static_cast<std::ptrdiff_t>(at),
                          result.begin() +
                              static_cast<std::ptrdiff_t>(close == std::string_view::npos ? end : behind),
                          ' ');
                at = close == std::string_view::npos ? end : behind;
            } else {
                at = behind;
            }
            continue;
        }
        // <div/> opens an element in HTML as <div> does.
        if (!among(k_not_counted, name)) {
            if (closing) {
                if (removed > 0) {
                    --removed;
                    blank_out();
                } else if (depth > 0) {
                    --depth;
                }
            } else if (depth >= k_deepest_html) {
                ++removed;
                blank_out();
            } else {
                ++depth;
            }
        }
        at = end;
    }
    return result;
}

}  // namespace relata::ingest
