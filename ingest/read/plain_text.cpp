// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <vector>

#include "core/error.hpp"
#include "core/utf8.hpp"
#include "ingest/read/dates.hpp"
#include "ingest/read/document_builder.hpp"
#include "ingest/read/formats.hpp"

namespace relata::ingest {
namespace {

// Longer lines are never the result of wrapping by hand.
constexpr std::size_t k_widest_wrap = 110;
constexpr std::size_t k_longest_heading = 90;
constexpr std::size_t k_longest_title = 220;
constexpr std::array<std::string_view, 7> k_credits{"image:",  "photo:",  "picture:",   "file photo",
                                                    "source:", "credit:", "photograph:"};

struct Line {
    ByteSpan span;  // without blanks at its ends
    std::size_t width = 0;
    bool after_blank = true;  // a blank line or nothing stands before it
};

// White space including the no-break space, which Wikinews puts behind its date lines.
std::size_t blank_at(std::string_view text, std::size_t i) {
    if (text[i] == ' ' || text[i] == '\t') return 1;
    return text.substr(i, 2) == "\xC2\xA0" ? 2 : 0;
}

ByteSpan trim(std::string_view text, ByteSpan span) {
    while (!span.empty()) {
        const std::size_t length = blank_at(text, span.begin);
        if (length == 0 || span.begin + length > span.end) break;
        span.begin += length;
    }
    while (!span.empty()) {
        const char last = text[span.end - 1];
        if (last == ' ' || last == '\t') {
            --span.end;
        } else if (span.size() >= 2 && text.substr(span.end - 2, 2) == "\xC2\xA0") {
            span.end -= 2;
        } else {
            break;
        }
    }
    return span;
}

std::vector<Line> lines_of(std::string_view text, std::size_t from) {
    std::vector<Line> lines;
    bool blank = true;
    while (from < text.size()) {
        std::size_t end = text.find('\n', from);
        if (end == std::string_view::npos) end = text.size();
        const ByteSpan span = trim(text, {from, end});
        if (!span.empty()) {
            // Only short lines are measured exactly; of a long one it is enough to know that it is long.
            const std::size_t width =
                span.size() > 4 * k_widest_wrap ? span.size() : utf8::code_points(span.of(text));
            lines.push_back({span, width, blank});
        }
        blank = span.empty();
        from = end + 1;
    }
    return lines;
}

bool is_address(std::string_view line) {
    return (line.rfind("http://", 0) == 0 || line.rfind("https://", 0) == 0 || line.rfind("www.", 0) == 0) &&
           line.find(' ') == std::string_view::npos;
}

// "Source: Reuters" is no prose, and neither is a picture's credit "Image: Jo Lind."
bool is_credit(std::string_view line) {
    if (line.size() > 200) return false;
    const std::string start = ascii_lower(line.substr(0, 14));
    return std::any_of(k_credits.begin(), k_credits.end(),
                       [&](std::string_view lead) { return start.rfind(lead, 0) == 0; });
}

// A mark of enumeration with the blank behind it: its length, or 0.
std::size_t bullet_length(std::string_view line) {
    for (const std::string_view mark : {"- ", "* ", "+ ", "\xE2\x80\xA2 ", "\xE2\x80\xA3 ", "\xC2\xB7 "}) {
        if (line.rfind(mark, 0) == 0) return mark.size();
    }
    std::size_t digits = 0;
    while (digits < line.size() && digits < 3 && line[digits] >= '0' && line[digits] <= '9') ++digits;
    const bool numbered = digits > 0 && digits < 3 && digits + 1 < line.size() &&
                          (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
    return numbered ? digits + 2 : 0;
}

// Ends like a sentence, closing quotes and brackets aside: "… on Monday.”"
bool ends_sentence(std::string_view line) {
    while (!line.empty()) {
        const char c = line.back();
        if (c == '.' || c == '!' || c == '?') return true;
        if (line.size() >= 3 && line.substr(line.size() - 3) == "\xE2\x80\xA6") return true;
        if (c == '"' || c == '\'' || c == ')' || c == ']') {
            line.remove_suffix(1);
        } else if (line.size() >= 3 && (line.substr(line.size() - 3) == "\xE2\x80\x9D" ||
                                        line.substr(line.size() - 3) == "\xE2\x80\x99")) {
            line.remove_suffix(3);
        } else {
            return false;
        }
    }
    return false;
}

bool starts_lower(std::string_view line) {
    return !line.empty() && line.front() >= 'a' && line.front() <= 'z';
}

std::size_t first_word_width(std::string_view line) {
    return utf8::code_points(line.substr(0, std::min(line.find(' '), k_widest_wrap)));
}

// Whether line b continues the paragraph of line a. `width` is the widest line of their paragraph.
// The greedy test: where the next word would have fitted easily, the break was meant.
bool continues(std::string_view text, const Line& a, const Line& b, std::size_t width) {
    const std::string_view first = a.span.of(text);
    const std::string_view second = b.span.of(text);
    if (b.after_blank || bullet_length(second) > 0) return false;
    if (a.width > k_widest_wrap) return false;
    if (starts_lower(second)) return true;
    const std::size_t filled = a.width + 1 + first_word_width(second);
    if (ends_sentence(first)) return filled > width;
    return filled * 4 > width * 3;
}

constexpr std::array<std::string_view, 10> k_endings{
    "sources",      "related news",  "related articles", "external links",  "references",
    "sister links", "external link", "related links",    "further reading", "see also"};

// What stands behind such a line is about other pages.
bool is_ending(std::string_view line) {
    if (line.size() > 30) return false;
    std::string name = ascii_lower(line);
    while (!name.empty() && (name.back() == ':' || name.back() == ' ')) name.pop_back();
    return std::find(k_endings.begin(), k_endings.end(), name) != k_endings.end();
}

bool is_boilerplate(std::string_view line) {
    if (line.size() > 80) return false;
    const std::string name = ascii_lower(line);
    return name.rfind("have an opinion on this story", 0) == 0 || name == "share this:" ||
           name == "share this story" || name == "advertisement" || name.rfind("read more:", 0) == 0;
}

bool is_heading(std::string_view line, const Line& place, bool more_behind) {
    if (!more_behind || place.width > k_longest_heading || ends_sentence(line) || starts_lower(line))
        return false;
    const char last = line.back();
    if (last == ',' || last == ';' || last == ':' || last == '-') return false;
    return std::count(line.begin(), line.end(), ' ') < 12;
}

void add_blocks(Document& document, const std::vector<Line>& lines) {
    const std::string_view text = document.text;
    for (std::size_t i = 0; i < lines.size();) {
        // One group: lines without a blank line between them.
        std::size_t group_end = i + 1;
        std::size_t width = lines[i].width;
        while (group_end < lines.size() && !lines[group_end].after_blank) {
            width = std::max(width, lines[group_end].width);
            ++group_end;
        }
        width = std::min(width, k_widest_wrap);
        const bool alone = group_end == i + 1;
        if (alone && !document.blocks.empty() && is_ending(lines[i].span.of(text))) return;
        while (i < group_end) {
            std::size_t end = i + 1;
            while (end < group_end && continues(text, lines[end - 1], lines[end], width)) ++end;
            ByteSpan span{lines[i].span.begin, lines[end - 1].span.end};
            const std::string_view line = lines[i].span.of(text);
            const std::size_t bullet = bullet_length(line);
            if (end == i + 1 && (is_boilerplate(line) || is_credit(line) || is_address(line))) {
                i = end;
                continue;
            }
            BlockKind kind = BlockKind::paragraph;
            if (bullet > 0) {
                kind = BlockKind::list_item;
                span = trim(text, {span.begin + bullet, span.end});
            } else if (end == i + 1 && is_heading(line, lines[i], end < lines.size())) {
                kind = BlockKind::heading;
            }
            if (!span.empty()) document.blocks.push_back({span, kind});
            i = end;
        }
    }
}

// Takes the lines about the article that stand between title and text; returns how many lines are used.
std::size_t read_header(Document& document, const std::vector<Line>& lines) {
    const std::string_view text = document.text;
    const auto metadata = [&](std::size_t i) {
        if (i >= lines.size()) return false;
        const std::string_view line = lines[i].span.of(text);
        if (const auto date = parse_date(line)) {
            if (document.published.empty()) document.published = *date;
            return true;
        }
        if (const auto byline = parse_byline(line)) {
            if (document.author.empty()) document.author = byline->author;
            if (document.published.empty()) document.published = byline->published;
            return true;
        }
        if (is_address(line)) {
            if (document.uri.empty()) document.uri = std::string(line);
            return true;
        }
        return false;
    };
    std::size_t used = 0;
    while (metadata(used)) ++used;
    if (used >= lines.size()) return used;
    const Line& first = lines[used];
    const std::string_view line = first.span.of(text);
    const bool shaped = first.width <= k_longest_title && bullet_length(line) == 0;
    const bool open_end = line.back() != '.' && line.back() != ',' && line.back() != ';';
    // Wrapped prose also starts with a short line without a full stop; a title stands alone or above
    // metadata.
    const bool alone = used + 1 < lines.size() && lines[used + 1].after_blank;
    std::size_t next = used + 1;
    while (metadata(next)) ++next;
    const bool above_metadata = next > used + 1;
    if (shaped && (above_metadata || (alone && open_end)) && next < lines.size()) {
        document.title = collapse_space(line);
        document.blocks.push_back({first.span, BlockKind::title});
        return next;
    }
    return used;
}

}  // namespace

void lay_out_body(Document& document, std::size_t from) {
    add_blocks(document, lines_of(document.text, from));
}

Document read_plain_text(std::string text, const std::string& source) {
    Document document;
    document.source = source;
    document.text = std::move(text);
    std::vector<Line> lines = lines_of(document.text, 0);
    if (lines.empty()) throw InputError(source, "holds no text");
    const std::size_t used = read_header(document, lines);
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(used));
    if (!lines.empty()) lines.front().after_blank = true;
    add_blocks(document, lines);
    if (document.blocks.empty()) throw InputError(source, "holds no prose, only lines about an article");
    return document;
}

}  // namespace relata::ingest
