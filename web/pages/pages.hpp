// SPDX-License-Identifier: Apache-2.0
// The pages. Each takes a request and gives an answer; each address can be kept as a link. Not found and
// wrong parameters are RequestErrors, which routes.cpp turns into a page in words.
#pragma once

#include <string_view>

#include "web/exchange.hpp"
#include "web/site.hpp"

namespace relata::web {

Answer overview_page(const Site& site, const Request& request);  // /
Answer search_page(const Site& site, const Request& request);    // /search?q=
Answer entities_page(const Site& site, const Request& request);  // /entities?type=&page=
Answer entity_page(const Site& site, const Request& request, EntityId id,
                   std::string_view slug);                                     // /e/ID/SLUG
Answer fact_page(const Site& site, const Request& request, FactId id);         // /f/ID
Answer articles_page(const Site& site, const Request& request);                // /articles?page=
Answer article_page(const Site& site, const Request& request, DocumentId id);  // /a/ID?part=
Answer relations_page(const Site& site, const Request& request);               // /relations?page=
Answer relation_page(const Site& site, const Request& request);  // /r/NAME or /r?phrase=, with filters
Answer graph_page(const Site& site, const Request& request);     // /graph?around=&hops=&limit=, with filters
Answer export_page(const Site& site, const Request& request);    // /export
Answer export_download(const Site& site, const Request& request, std::string_view format);  // /export/FORMAT
Answer about_page(const Site& site, const Request& request);                                // /about
Answer error_page(const Site& site, int status, std::string_view explanation);

}  // namespace relata::web
