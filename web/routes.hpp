// SPDX-License-Identifier: Apache-2.0
// From a request to its answer, whatever happens: errors become a page in words or, under /api/, a problem
// document. Never throws RequestError; other exceptions are bugs and leave as they are.
#pragma once

#include "web/exchange.hpp"
#include "web/site.hpp"

namespace relata::web {

Answer answer(const Site& site, const Request& request);
// What a guard sends: words only. It holds nothing of the graph, because whoever asked may not see it.
Answer refusal(std::string_view path, int status, std::string_view reason);

}  // namespace relata::web
