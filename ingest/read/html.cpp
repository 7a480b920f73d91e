// SPDX-License-Identifier: Apache-2.0
// The article out of a page: metadata from the head, then the part of the body that holds the most running
// text, without what surrounds articles. The approach is that of Kohlschütter et al., "Boilerplate detection
// using shallow text features" (WSDM 2010: text length and link density decide) with class names as in
// Mozilla's Readability.
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/utf8.hpp"
#include "ingest/read/dates.hpp"
#include "ingest/read/document_builder.hpp"
#include "ingest/read/formats.hpp"
#include "ingest/read/html_tags.hpp"

namespace relata::ingest {
namespace {

std::string_view attribute(const GumboNode* node, const char* name) {
    const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? std::string_view(found->value) : std::string_view();
}

bool is_element(const GumboNode* node) {
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

GumboTag tag(const GumboNode* node) {
    return is_element(node) ? node->v.element.tag : GUMBO_TAG_UNKNOWN;
}

// Depth is bounded by limit_depth, so recursion over the tree is safe.
template <class Function>
void for_each_child(const GumboNode* node, Function&& function) {
    if (node->type == GUMBO_NODE_DOCUMENT || !is_element(node)) return;
    const GumboVector& children = node->v.element.children;
    for (unsigned i = 0; i < children.length; ++i) function(static_cast<const GumboNode*>(children.data[i]));
}

bool is_text(const GumboNode* node) {
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA;
}

bool any_of(GumboTag value, std::initializer_list<GumboTag> tags) {
    return std::find(tags.begin(), tags.end(), value) != tags.end();
}

bool never_prose(const GumboNode* node) {
    return any_of(tag(node), {GUMBO_TAG_SCRIPT,     GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                              GUMBO_TAG_IFRAME,     GUMBO_TAG_SVG,    GUMBO_TAG_MATH,     GUMBO_TAG_CANVAS,
                              GUMBO_TAG_BUTTON,     GUMBO_TAG_INPUT,  GUMBO_TAG_SELECT,   GUMBO_TAG_TEXTAREA,
                              GUMBO_TAG_NAV,        GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE,    GUMBO_TAG_FIGURE,
                              GUMBO_TAG_FIGCAPTION, GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,    GUMBO_TAG_OBJECT,
                              GUMBO_TAG_EMBED,      GUMBO_TAG_PRE,    GUMBO_TAG_HEAD,     GUMBO_TAG_SUP,
                              GUMBO_TAG_LABEL,      GUMBO_TAG_MENU});
}

// All text below a node, prose or not.
void gather_text(const GumboNode* node, std::string& text) {
    if (is_text(node)) {
        text += node->v.text.text;
        return;
    }
    if (any_of(tag(node), {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE})) return;
    if (tag(node) == GUMBO_TAG_BR) text += ' ';
    for_each_child(node, [&](const GumboNode* child) { gather_text(child, text); });
}

std::string text_of(const GumboNode* node) {
    std::string text;
    gather_text(node, text);
    return collapse_space(text);
}

// Stops early: metadata is short, and a page may nest a thousand elements that call themselves metadata.
bool gather_short(const GumboNode* node, std::string& text) {
    if (is_text(node)) {
        text += node->v.text.text;
        return text.size() <= 1000;
    }
    if (any_of(tag(node), {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE})) return true;
    bool fits = true;
    for_each_child(node, [&](const GumboNode* child) { fits = fits && gather_short(child, text); });
    return fits;
}

// The text of an element that is short enough to be a byline or a date.
std::optional<std::string> short_text(const GumboNode* node) {
    std::string text;
    if (!gather_short(node, text)) return std::nullopt;
    text = collapse_space(text);
    if (text.size() > 200) return std::nullopt;
    return text;
}

// Words of class and id: "articleShare-box" gives article, share, box.
std::vector<std::string> class_words(const GumboNode* node) {
    std::vector<std::string> words;
    for (const char* name : {"class", "id"}) {
        std::string word;
        const std::string_view value = attribute(node, name);
        for (std::size_t i = 0; i < value.size() && i < 500; ++i) {
            const char c = value[i];
            const bool upper = c >= 'A' && c <= 'Z';
            const bool lower = c >= 'a' && c <= 'z';
            if ((upper && !word.empty() && value[i - 1] >= 'a' && value[i - 1] <= 'z') || !(upper || lower)) {
                if (!word.empty()) words.push_back(word);
                word.clear();
            }
            if (upper || lower) word += static_cast<char>(upper ? c + 32 : c);
        }
        if (!word.empty()) words.push_back(word);
    }
    return words;
}

// Names that sites give to the boxes around an article.
constexpr std::array<std::string_view, 62> k_box_names{
    "cookie",       "cookies",     "consent",       "gdpr",        "share",
    "sharing",      "social",      "newsletter",    "newsletters", "subscribe",
    "subscription", "signup",      "related",       "recommended", "recommendations",
    "recirc",       "readmore",    "sidebar",       "advert",      "adverts",
    "ad",           "ads",         "advertisement", "advertising", "sponsored",
    "promo",        "promotion",   "comment",       "comments",    "disqus",
    "breadcrumb",   "breadcrumbs", "nav",           "navbar",      "navigation",
    "menu",         "footer",      "banner",        "popup",       "modal",
    "overlay",      "paywall",     "teaser",        "teasers",     "tags",
    "taglist",      "caption",     "credit",        "credits",     "copyright",
    "widget",       "trending",    "popular",       "mostread",    "toolbar",
    "pagination",   "pager",       "print",         "outbrain",    "taboola",
    "login",        "masthead"};
// Names of lines that tell author and date.
constexpr std::array<std::string_view, 15> k_metadata_names{
    "byline",    "author",    "authors", "meta",   "metadata",  "dateline", "date",  "pubdate",
    "published", "timestamp", "updated", "posted", "entrymeta", "postmeta", "writer"};

template <std::size_t N>
bool has_name(const GumboNode* node, const std::array<std::string_view, N>& names) {
    const std::vector<std::string> words = class_words(node);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(names.begin(), names.end(), word) != names.end();
    });
}

bool is_hidden(const GumboNode* node) {
    const GumboVector* attributes = &node->v.element.attributes;
    if (gumbo_get_attribute(attributes, "hidden") || attribute(node, "aria-hidden") == "true") return true;
    const std::string style = ascii_lower(attribute(node, "style").substr(0, 500));
    return style.find("display:none") != std::string::npos ||
           style.find("display: none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos;
}

bool has_side_role(const GumboNode* node) {
    const std::string_view role = attribute(node, "role");
    static constexpr std::array<std::string_view, 11> roles{
        "navigation", "banner", "complementary", "contentinfo", "dialog",     "search",
        "alert",      "menu",   "menubar",       "toolbar",     "alertdialog"};
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// Length of the text in paragraphs below a node: what an article consists of.
std::size_t prose_length(const GumboNode* node, bool inside_paragraph = false) {
    if (is_text(node)) return inside_paragraph ? std::string_view(node->v.text.text).size() : 0;
    if (!is_element(node) || never_prose(node)) return 0;
    const bool paragraph = inside_paragraph || tag(node) == GUMBO_TAG_P;
    std::size_t length = 0;
    for_each_child(node, [&](const GumboNode* child) { length += prose_length(child, paragraph); });
    return length;
}

struct Page {
    std::size_t prose = 0;                   // of the whole page
    const GumboNode* heading = nullptr;      // first h1
    std::vector<const GumboNode*> metadata;  // elements that tell author or date
    std::unordered_set<const GumboNode*> is_metadata;
};

bool holds_heading(const GumboNode* node) {
    if (tag(node) == GUMBO_TAG_H1) return true;
    bool found = false;
    for_each_child(node, [&](const GumboNode* child) { found = found || holds_heading(child); });
    return found;
}

// Whether a subtree is one of the boxes around the article. A box never holds most of the page's prose: names
// such as "layout-with-sidebar" sit on elements that do.
bool is_box(const GumboNode* node, const Page& page) {
    if (never_prose(node) || is_hidden(node)) return true;
    if (any_of(tag(node), {GUMBO_TAG_BODY, GUMBO_TAG_HTML, GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE, GUMBO_TAG_P})) {
        if (tag(node) != GUMBO_TAG_P) return false;
        return has_name(node, k_box_names);
    }
    if (has_side_role(node) || has_name(node, k_box_names)) return prose_length(node) * 2 <= page.prose;
    const bool side = tag(node) == GUMBO_TAG_FORM || (tag(node) == GUMBO_TAG_HEADER && !holds_heading(node));
    return side && prose_length(node) * 2 <= page.prose;
}

bool is_block(const GumboNode* node) {
    return any_of(
        tag(node),
        {GUMBO_TAG_P,       GUMBO_TAG_DIV,        GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN,
         GUMBO_TAG_HEADER,  GUMBO_TAG_H1,         GUMBO_TAG_H2,      GUMBO_TAG_H3,      GUMBO_TAG_H4,
         GUMBO_TAG_H5,      GUMBO_TAG_H6,         GUMBO_TAG_UL,      GUMBO_TAG_OL,      GUMBO_TAG_LI,
         GUMBO_TAG_DL,      GUMBO_TAG_DT,         GUMBO_TAG_DD,      GUMBO_TAG_TABLE,   GUMBO_TAG_TBODY,
         GUMBO_TAG_THEAD,   GUMBO_TAG_TR,         GUMBO_TAG_TD,      GUMBO_TAG_TH,      GUMBO_TAG_BODY,
         GUMBO_TAG_CAPTION, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_CENTER,  GUMBO_TAG_HR,      GUMBO_TAG_ADDRESS,
         GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY,    GUMBO_TAG_HTML,    GUMBO_TAG_FIELDSET});
}

// Where the article stands: the deepest of body, main, article, articleBody, … that still holds most of the
// prose, or where no such element is marked, the deepest element of any name.
const GumboNode* find_root(const GumboNode* body, const Page& page) {
    const GumboNode* root = body;
    for (;;) {
        const GumboNode* next = nullptr;
        for_each_child(root, [&](const GumboNode* child) {
            if (next || !is_element(child) || tag(child) == GUMBO_TAG_P || !is_block(child)) return;
            if (prose_length(child) * 4 > page.prose * 3) next = child;
        });
        // Without paragraphs there is nothing to go by.
        if (!next || page.prose == 0) return root;
        root = next;
    }
}

void survey(const GumboNode* node, Page& page) {
    if (!is_element(node)) return;
    if (tag(node) == GUMBO_TAG_H1 && !page.heading) page.heading = node;
    if (tag(node) == GUMBO_TAG_TIME || attribute(node, "rel") == "author" ||
        attribute(node, "itemprop") == "author" || attribute(node, "itemprop") == "datePublished" ||
        has_name(node, k_metadata_names)) {
        page.metadata.push_back(node);
        page.is_metadata.insert(node);
    }
    for_each_child(node, [&](const GumboNode* child) { survey(child, page); });
}

bool starts_with_any(const std::string& text, std::initializer_list<std::string_view> leads) {
    return std::any_of(leads.begin(), leads.end(),
                       [&](std::string_view lead) { return text.rfind(lead, 0) == 0; });
}

// Short lines that sites put between the paragraphs.
bool is_boilerplate(const std::string& text) {
    if (text.size() > 160) return false;
    const std::string line = ascii_lower(text);
    return starts_with_any(line,
                           {"read more",        "read also",     "read next",      "sign up",
                            "subscribe",        "advertisement", "share this",     "all rights reserved",
                            "\xC2\xA9",         "copyright ",    "photo:",         "image:",
                            "picture:",         "follow us",     "click here",     "skip to",
                            "related:",         "see also:",     "listen to this", "watch:",
                            "continue reading", "photograph:"});
}

// Walks the article and hands its blocks to the builder.
class Collector {
  public:
    Collector(DocumentBuilder& builder, const Page& page, const std::string& title)
        : builder_(builder), page_(page), title_(title) {}

    void visit(const GumboNode* node) {
        if (is_text(node)) {
            const std::string_view text = node->v.text.text;
            if (collapse_space(text).empty()) {
                inline_ += ' ';
                return;
            }
            inline_ += text;
            breaks_ = 0;
            if (links_ > 0) link_length_ += text.size();
            return;
        }
        if (!is_element(node)) return;
        if (tag(node) == GUMBO_TAG_BR) {
            inline_ += ' ';
            if (++breaks_ == 2) flush(GUMBO_TAG_DIV);
            return;
        }
        if (is_box(node, page_) || is_metadata(node)) return;
        if (!is_block(node)) {
            const bool link = tag(node) == GUMBO_TAG_A;
            if (link) ++links_;
            for_each_child(node, [&](const GumboNode* child) { visit(child); });
            if (link) --links_;
            return;
        }
        flush(owner_);
        const GumboTag outer = owner_;
        // A paragraph inside a list item is still the item.
        if (!(outer == GUMBO_TAG_LI && tag(node) == GUMBO_TAG_P)) owner_ = tag(node);
        for_each_child(node, [&](const GumboNode* child) { visit(child); });
        flush(owner_);
        owner_ = outer;
    }

  private:
    // Short elements named like a byline hold no prose; a long one is an article whose class says "author".
    bool is_metadata(const GumboNode* node) const {
        if (std::find(page_.metadata.begin(), page_.metadata.end(), node) == page_.metadata.end())
            return false;
        if (tag(node) == GUMBO_TAG_TIME) return owner_ != GUMBO_TAG_P;
        return is_block(node) && short_text(node).has_value();
    }

    void flush(GumboTag owner) {
        const std::string text = collapse_space(inline_);
        const std::size_t linked = link_length_;
        inline_.clear();
        link_length_ = 0;
        breaks_ = 0;
        if (text.empty() || is_boilerplate(text) || text == title_) return;
        const bool mostly_links = linked * 3 > text.size() * 2;
        const auto words = std::count(text.begin(), text.end(), ' ') + 1;
        if (any_of(owner,
                   {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6})) {
            builder_.add(BlockKind::heading, text);
        } else if (owner == GUMBO_TAG_LI || owner == GUMBO_TAG_DD || owner == GUMBO_TAG_DT) {
            if (!mostly_links) builder_.add(BlockKind::list_item, text);
        } else if (owner == GUMBO_TAG_P) {
            if (is_line_about_article(text)) return;
            if (!mostly_links || words > 12) builder_.add(BlockKind::paragraph, text);
        } else if (words >= 6 && !mostly_links && !is_line_about_article(text)) {
            // Loose text in divisions and table cells: prose when it has a sentence's length.
            builder_.add(BlockKind::paragraph, text);
        }
    }

    bool is_line_about_article(const std::string& text) {
        Document& document = builder_.document();
        if (const auto date = parse_date(text)) {
            if (document.published.empty()) document.published = *date;
            return true;
        }
        if (const auto byline = parse_byline(text)) {
            if (document.author.empty()) document.author = byline->author;
            if (document.published.empty()) document.published = byline->published;
            return true;
        }
        return false;
    }

    DocumentBuilder& builder_;
    const Page& page_;
    const std::string& title_;
    std::string inline_;
    GumboTag owner_ = GUMBO_TAG_DIV;
    std::size_t link_length_ = 0;
    int links_ = 0;
    int breaks_ = 0;
};

struct Head {
    std::string title;     // <title>
    std::string og_title;  // og:title, twitter:title
    std::string headline;  // JSON-LD
    std::string author;
    std::string published;
    std::string publisher;
    std::string uri;
    std::string language;
};

void keep_first(std::string& target, std::string value) {
    if (target.empty()) target = std::move(value);
}

// The name or names in a JSON-LD author: "Ana", {"name": "Ana"}, [{"name": "Ana"}, {"name": "Bo"}].
std::string linked_names(const json::Value& value) {
    if (const std::string* text = value.string()) return text->rfind("http", 0) == 0 ? "" : *text;
    if (const json::Value* name = value.find("name")) return name->string() ? *name->string() : "";
    std::string names;
    if (const json::Array* array = value.array()) {
        for (const json::Value& one : *array) {
            const json::Value* name = one.string() ? &one : one.find("name");
            if (name && name->string()) names += (names.empty() ? "" : ", ") + *name->string();
        }
    }
    return names;
}

// schema.org's NewsArticle and its kin, alone, in an array or in @graph.
void read_linked_data(const json::Value& value, Head& head, int depth = 0) {
    if (depth > 4) return;
    if (const json::Array* array = value.array()) {
        for (const json::Value& one : *array) read_linked_data(one, head, depth + 1);
        return;
    }
    if (const json::Value* graph = value.find("@graph")) read_linked_data(*graph, head, depth + 1);
    const auto text = [&](const char* key) {
        const json::Value* member = value.find(key);
        return member && member->string() ? *member->string() : std::string();
    };
    const std::string headline = text("headline");
    if (headline.empty() && text("datePublished").empty()) return;
    keep_first(head.headline, collapse_space(headline));
    keep_first(head.published, parse_date(text("datePublished")).value_or(""));
    if (const json::Value* author = value.find("author"))
        keep_first(head.author, collapse_space(linked_names(*author)));
    if (const json::Value* publisher = value.find("publisher")) {
        keep_first(head.publisher, collapse_space(linked_names(*publisher)));
    }
}

void read_meta(const GumboNode* node, Head& head) {
    std::string name = ascii_lower(attribute(node, "property"));
    if (name.empty()) name = ascii_lower(attribute(node, "name"));
    if (name.empty()) name = ascii_lower(attribute(node, "itemprop"));
    const std::string content = collapse_space(attribute(node, "content"));
    if (content.empty()) return;
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is({"og:title", "twitter:title", "dc.title"})) keep_first(head.og_title, content);
    if (is({"author", "article:author", "dc.creator", "parsely-author", "byl"}) &&
        content.rfind("http", 0) != 0) {
        const auto byline = parse_byline(content);
        keep_first(head.author, byline ? byline->author : content);
    }
    if (is({"article:published_time", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate",
            "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "datepublished",
            "article.published", "og:pubdate", "dcterms.created"})) {
        keep_first(head.published, parse_date(content).value_or(""));
    }
    if (is({"og:site_name", "application-name", "dc.publisher"})) keep_first(head.publisher, content);
    if (is({"og:url"})) keep_first(head.uri, content);
}

void read_head(const GumboNode* node, Head& head) {
    if (!is_element(node)) return;
    switch (tag(node)) {
        case GUMBO_TAG_TITLE:
            keep_first(head.title, text_of(node));
            return;
        case GUMBO_TAG_META:
            read_meta(node, head);
            return;
        case GUMBO_TAG_LINK:
            if (attribute(node, "rel") == "canonical")
                keep_first(head.uri, collapse_space(attribute(node, "href")));
            return;
        case GUMBO_TAG_SCRIPT:
            if (ascii_lower(attribute(node, "type")) == "application/ld+json") {
                std::string text;
                for_each_child(node, [&](const GumboNode* child) {
                    if (is_text(child)) text += child->v.text.text;
                });
                try {
                    read_linked_data(json::parse(text, "JSON-LD"), head);
                } catch (const Error&) {
                    // Broken metadata of a page is common and costs only the metadata.
                }
            }
            return;
        default:
            for_each_child(node, [&](const GumboNode* child) { read_head(child, head); });
    }
}

struct TitleParts {
    std::string title;
    std::string site;
};

// "Ferry sinks | The Shipping Ledger" -> both parts. Only a last part shorter than the rest is a site's name.
TitleParts split_site(const std::string& title) {
    for (const std::string_view mark :
         {" | ", " \xE2\x80\x94 ", " \xE2\x80\x93 ", " - ", " \xC2\xB7 ", " :: "}) {
        const std::size_t at = title.rfind(mark);
        if (at == std::string::npos) continue;
        const std::size_t site = title.size() - at - mark.size();
        if (site < at && site <= 40) return {title.substr(0, at), title.substr(at + mark.size())};
    }
    return {title, ""};
}

// The heading in the page is what readers saw; the head's titles are often cut or written for search engines.
std::string choose_title(const Page& page, Head& head) {
    const TitleParts parts = split_site(head.title);
    const std::string heading = page.heading ? text_of(page.heading) : "";
    std::string title = heading;
    if (title.empty()) title = head.headline;
    if (title.empty()) title = head.og_title;
    if (title.empty()) title = parts.title;
    // An h1 that is the site's logo.
    if (!heading.empty() && (heading == head.publisher || heading == parts.site) && !parts.title.empty()) {
        title = parts.title;
    }
    if (!parts.site.empty() && title == parts.title) keep_first(head.publisher, parts.site);
    return title;
}

void read_body_metadata(const Page& page, Document& document) {
    for (const GumboNode* node : page.metadata) {
        if (document.published.empty()) {
            for (const char* name : {"datetime", "content"}) {
                if (const auto date = parse_date(attribute(node, name))) document.published = *date;
            }
        }
        const auto content = short_text(node);
        if (!content) continue;
        const std::string& text = *content;
        if (document.published.empty()) document.published = parse_date(text).value_or("");
        if (document.author.empty()) {
            if (const auto byline = parse_byline(text)) {
                document.author = byline->author;
                if (document.published.empty()) document.published = byline->published;
            } else if (attribute(node, "rel") == "author" || attribute(node, "itemprop") == "author") {
                document.author = text;
            }
        }
    }
}

}  // namespace

Document read_html(std::string_view text, const std::string& source) {
    const std::string html = limit_depth(text);
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
    const std::unique_ptr<GumboOutput, decltype(destroy)> output(
        gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
    const GumboNode* document_node = output->root;

    Head head;
    read_head(document_node, head);
    const GumboNode* body = document_node;
    for_each_child(document_node, [&](const GumboNode* child) {
        if (tag(child) == GUMBO_TAG_BODY) body = child;
    });
    Page page;
    survey(body, page);
    page.prose = prose_length(body);

    DocumentBuilder builder(source);
    Document& document = builder.document();
    document.author = head.author;
    document.published = head.published;
    document.uri = head.uri;
    const std::string title = choose_title(page, head);
    document.publisher = head.publisher;
    read_body_metadata(page, document);
    builder.add(BlockKind::title, title);
    Collector(builder, page, title).visit(find_root(body, page));
    if (document.blocks.size() <= (title.empty() ? 0U : 1U))
        throw InputError(source, "holds no article text");
    return std::move(document);
}

}  // namespace relata::ingest
