// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

#include "core/utf8.hpp"
#include "web/api.hpp"
#include "web/html.hpp"
#include "web/pages/pages.hpp"

namespace relata::web {
namespace {

bool is_api(std::string_view path) {
    return path.starts_with("/api/");
}

// "/e/ID/SLUG" -> ID, SLUG.
std::pair<std::string_view, std::string_view> id_and_rest(std::string_view path) {
    path.remove_prefix(3);
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return {path, {}};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

Answer page(const Site& site, const Request& request) {
    const std::string_view path = request.path;
    if (path == "/") return overview_page(site, request);
    if (path == "/search") return search_page(site, request);
    if (path == "/entities") return entities_page(site, request);
    if (path == "/articles") return articles_page(site, request);
    if (path == "/relations") return relations_page(site, request);
    if (path == "/r") return relation_page(site, request);
    if (path == "/graph") return graph_page(site, request);
    if (path == "/export") return export_page(site, request);
    if (path == "/about") return about_page(site, request);
    if (path.starts_with("/export/")) return export_download(site, request, path.substr(8));
    if (path.starts_with("/r/")) {
        Request named{"/r", request.parameters};
        named.parameters.emplace_back("name", std::string(path.substr(3)));
        return relation_page(site, named);
    }
    if (path.starts_with("/e/")) {
        const auto [id, slug] = id_and_rest(path);
        if (const auto parsed = EntityId::parse(id)) return entity_page(site, request, *parsed, slug);
    } else if (path.starts_with("/f/")) {
        const auto [id, rest] = id_and_rest(path);
        if (const auto parsed = FactId::parse(id); parsed && rest.empty())
            return fact_page(site, request, *parsed);
    } else if (path.starts_with("/a/")) {
        const auto [id, rest] = id_and_rest(path);
        if (const auto parsed = DocumentId::parse(id); parsed && rest.empty())
            return article_page(site, request, *parsed);
    } else if (const Asset* asset = site.find_asset(path)) {
        Answer file;
        file.type = asset->type;
        file.body = asset->body;
        file.immutable = true;
        return file;
    }
    throw RequestError(404, "", "There is nothing at this address.");
}

}  // namespace

Answer answer(const Site& site, const Request& request) {
    try {
        if (request.path.starts_with(k_api_prefix)) return api_answer(site, request);
        return page(site, request);
    } catch (const RequestError& error) {
        if (is_api(request.path))
            return problem(error.status(), request.path, error.parameter(), error.what());
        return error_page(
            site, error.status(),
            error.parameter().empty() ? error.what() : "“" + error.parameter() + "” " + error.what() + ".");
    }
}

Answer refusal(std::string_view path, int status, std::string_view reason) {
    if (is_api(path)) return problem(status, path, "", reason);
    Answer refused;
    refused.status = status;
    refused.body =
        html(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Relata</title></head>"
            "<body><p>{}</p></body></html>\n",
            reason)
            .bytes();
    return refused;
}

}  // namespace relata::web
