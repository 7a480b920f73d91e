// SPDX-License-Identifier: Apache-2.0
// The parts that pages are put together from: links, chips, statements, quotations with marked spans, and the
// frame with head, navigation and foot. Addresses of things are made here and nowhere else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "web/exchange.hpp"
#include "web/filter.hpp"
#include "web/html.hpp"
#include "web/segments.hpp"
#include "web/site.hpp"

namespace relata::web {

// An article is shown in parts of so many sentences, so that a huge one cannot make a huge page.
inline constexpr std::size_t k_sentences_per_part = 300;
inline constexpr std::size_t k_rows_per_page = 50;

std::string slug(
    std::string_view name);  // lower-case ASCII letters, digits and hyphens; "-" when none remain
std::string entity_path(const graph::Entity& entity);
std::string fact_path(const graph::Fact& fact);
std::string article_path(const graph::SourceDocument& document);
// With the sentence as the fragment.
std::string sentence_path(const graph::SourceDocument& document, std::size_t sentence);
std::string relation_path(std::string_view name, bool open);
// `path` with "&a=b&c=d" (or nothing) as its query.
std::string with_parameters(std::string path, std::string_view parameters);

std::string_view type_name(EntityType type);  // "organisation"
std::string_view type_name_plural(EntityType type);
std::string_view modality_name(Modality modality);
std::string date_in_words(
    std::string_view iso);  // "2025-03-11" -> "11 March 2025", "2019/2024" -> "2019 – 2024"
std::string article_title(const graph::SourceDocument& document);

Html type_mark(EntityType type);  // the coloured shape alone
Html entity_link(const Site& site, EntityId id);
Html value_text(const Value& value);
// Entity link or value.
Html object_of(const Site& site, const graph::Fact& fact);
// "not", "planned", "alleged by …", "former", and the time: what qualifies the fact.
Html qualifiers(const Site& site, const graph::Fact& fact);
// "3 articles · 0.93"
Html support(const graph::Fact& fact);
// "Subject relation Object" in one line with links and qualifiers.
Html statement(const Site& site, const graph::Fact& fact);

enum class Length {
    shortened,  // long stretches between the marks are cut, visibly
    whole,
};
// The sentence with its marks and where it stands.
Html quotation(const Site& site, const graph::Fact& fact, const graph::Evidence& evidence, Length length);
// The best evidence of a fact, the others folded up.
Html quotations(const Site& site, const graph::Fact& fact);

// A fact as a list item: `line`, support, why, quotations.
Html fact_item(const Site& site, const graph::Fact& fact, const Html& line);

// "Page 2 of 7" with links; empty when there is one page. `address` is that of the view, with its other
// parameters.
Html pager(std::string_view address, std::size_t page, std::size_t total_rows);

// The filter form. `seen_from` as FactFilter::admits; `action` is the address of the view; `kept` are further
// parameters of the address that the form must keep.
Html filter_form(const Site& site, std::string_view action, const FactFilter& filter,
                 const std::vector<std::pair<std::string, std::string>>& kept = {});

enum class Section { none, overview, entities, relations, articles, graph, about };
struct Page {
    std::string title;  // without the site's name; empty on the overview
    Section section = Section::none;
    Html body;
    std::string search;  // what stands in the search box
    int status = 200;
};
Answer render(const Site& site, const Page& page);

}  // namespace relata::web
