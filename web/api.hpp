// SPDX-License-Identifier: Apache-2.0
// The JSON API under /api/v1, read-only; docs/web.md lists the addresses. Lists carry `total` and an opaque
// `next` cursor; a cursor of another revision of the graph is refused (410). Errors are RFC 9457 problems.
#pragma once

#include <string_view>

#include "web/exchange.hpp"
#include "web/site.hpp"

namespace relata::web {

inline constexpr std::string_view k_api_prefix = "/api/v1/";

// `request.path` begins with k_api_prefix. Throws RequestError.
Answer api_answer(const Site& site, const Request& request);
Answer problem(int status, std::string_view path, std::string_view parameter, std::string_view reason);

}  // namespace relata::web
