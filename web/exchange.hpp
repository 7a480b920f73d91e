// SPDX-License-Identifier: Apache-2.0
// Request and Answer: what the pages and the API see of HTTP. They are plain values, so that every page can
// be tested without a socket; server.cpp alone turns them into bytes on the wire.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace relata::web {

struct Request {
    std::string path;                                             // decoded
    std::vector<std::pair<std::string, std::string>> parameters;  // decoded, by name
};

struct Answer {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body;
    std::string location;  // of a redirect; made by us, never by the visitor
    std::string filename;  // of a download
    bool immutable = false;
    // Writes a body that is not held in memory (exports); `body` is empty then.
    std::function<void(std::ostream&)> stream;
};

// The request is understood but wrong. `status` is 400, 404, 410 or 422; what() is a sentence for people.
class RequestError : public Error {
  public:
    RequestError(int status, std::string parameter, const std::string& reason)
        : Error(reason), status_(status), parameter_(std::move(parameter)) {}
    int status() const { return status_; }
    const std::string& parameter() const { return parameter_; }

  private:
    int status_;
    std::string parameter_;
};

// The parameters of a request, checked: a name that the view does not know, a name given twice and invalid
// UTF-8 are errors (400), because a misspelt filter must not silently widen what is shown.
class Query {
  public:
    Query(const Request& request, std::initializer_list<std::string_view> known);

    // Empty when missing.
    const std::string& text(std::string_view name) const;
    // Throws RequestError 422 outside [least, most].
    std::size_t number(std::string_view name, std::size_t otherwise, std::size_t least,
                       std::size_t most) const;
    const std::vector<std::pair<std::string, std::string>>& all() const { return parameters_; }

  private:
    std::vector<std::pair<std::string, std::string>> parameters_;
};

// Percent-encoded for a query string or a path segment (RFC 3986: all but unreserved characters).
std::string url_encode(std::string_view text);

}  // namespace relata::web
