// SPDX-License-Identifier: Apache-2.0
#include <cmark.h>

#include <memory>
#include <optional>

#include "core/error.hpp"
#include "ingest/read/dates.hpp"
#include "ingest/read/document_builder.hpp"
#include "ingest/read/formats.hpp"

namespace relata::ingest {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// A YAML scalar of one line: quotes go, '' inside single quotes is one quote.
std::string scalar(std::string_view value) {
    value = trimmed(value);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
        const char quote = value.front();
        std::string result;
        for (std::size_t i = 1; i + 1 < value.size(); ++i) {
            const bool escaped =
                i + 2 < value.size() && ((quote == '"' && value[i] == '\\') ||
                                         (quote == '\'' && value[i] == '\'' && value[i + 1] == '\''));
            if (escaped) ++i;
            result += value[i];
        }
        return result;
    }
    return std::string(value.substr(0, value.find(" #")));
}

// The YAML block between two lines of three dashes at the start (Jekyll's front matter); only plain members
// of the first level are read. Returns where the text behind it starts, 0 without front matter.
std::size_t read_front_matter(std::string_view text, Document& document) {
    if (text.substr(0, 4) != "---\n") return 0;
    std::size_t at = 4;
    Document found;
    while (at < text.size()) {
        std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) end = text.size();
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (trimmed(line) == "---" || trimmed(line) == "...") {
            document = std::move(found);
            return std::min(at, text.size());
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || line.front() == ' ' || line.front() == '#') continue;
        const std::string key = ascii_lower(line.substr(0, colon));
        const std::string value = scalar(line.substr(colon + 1));
        if (key == "title") found.title = collapse_space(value);
        if (key == "author") found.author = collapse_space(value);
        if (key == "date" || key == "published") found.published = parse_date(value).value_or("");
        if (key == "url" || key == "canonical" || key == "canonical_url") found.uri = collapse_space(value);
        if (key == "publisher" || key == "source" || key == "site") found.publisher = collapse_space(value);
    }
    return 0;
}

// The text of a block's inlines: emphasis and links give their text, pictures and raw HTML nothing.
std::string inline_text(cmark_node* block) {
    const auto free_iter = [](cmark_iter* iter) { cmark_iter_free(iter); };
    const std::unique_ptr<cmark_iter, decltype(free_iter)> iter(cmark_iter_new(block), free_iter);
    std::string text;
    std::size_t images = 0;
    for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter.get())) {
        cmark_node* node = cmark_iter_get_node(iter.get());
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_IMAGE) {
            if (event == CMARK_EVENT_ENTER) {
                ++images;
            } else {
                --images;
            }
        }
        if (images > 0 || event != CMARK_EVENT_ENTER) continue;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            text += cmark_node_get_literal(node);
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            text += ' ';
        }
    }
    return text;
}

// Metadata under the title: "*By Rosalind Achebe, 17 August 2025*".
bool read_metadata(const std::string& line, Document& document) {
    const std::string clean = collapse_space(line);
    if (const auto date = parse_date(clean)) {
        if (document.published.empty()) document.published = *date;
        return true;
    }
    if (const auto byline = parse_byline(clean)) {
        if (document.author.empty()) document.author = byline->author;
        if (document.published.empty()) document.published = byline->published;
        return true;
    }
    return false;
}

}  // namespace

Document read_markdown(std::string_view text, const std::string& source) {
    DocumentBuilder builder(source);
    Document& document = builder.document();
    const std::size_t from = read_front_matter(text, document);
    document.source = source;
    if (!document.title.empty()) builder.add(BlockKind::title, document.title);

    const auto free_node = [](cmark_node* node) { cmark_node_free(node); };
    const std::unique_ptr<cmark_node, decltype(free_node)> root(
        cmark_parse_document(text.data() + from, text.size() - from, CMARK_OPT_VALIDATE_UTF8), free_node);
    const auto free_iter = [](cmark_iter* iter) { cmark_iter_free(iter); };
    const std::unique_ptr<cmark_iter, decltype(free_iter)> iter(cmark_iter_new(root.get()), free_iter);
    bool header = true;  // still above the first paragraph
    std::size_t items = 0;
    for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter.get())) {
        cmark_node* node = cmark_iter_get_node(iter.get());
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_ITEM) {
            if (event == CMARK_EVENT_ENTER) {
                ++items;
            } else {
                --items;
            }
        }
        if (event != CMARK_EVENT_ENTER || (type != CMARK_NODE_HEADING && type != CMARK_NODE_PARAGRAPH))
            continue;
        const std::string block = inline_text(node);
        cmark_iter_reset(iter.get(), node, CMARK_EVENT_EXIT);
        if (header && type == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) == 1) {
            if (document.title.empty()) builder.add(BlockKind::title, block);
            if (document.title == collapse_space(block)) continue;
        }
        if (header && items == 0 && type == CMARK_NODE_PARAGRAPH && read_metadata(block, document)) continue;
        if (collapse_space(block).empty()) continue;
        header = false;
        builder.add(type == CMARK_NODE_HEADING ? BlockKind::heading
                    : items > 0                ? BlockKind::list_item
                                               : BlockKind::paragraph,
                    block);
    }
    if (builder.empty()) throw InputError(source, "holds no text");
    return std::move(builder.document());
}

}  // namespace relata::ingest
