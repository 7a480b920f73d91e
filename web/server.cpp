// SPDX-License-Identifier: Apache-2.0
#include "web/server.hpp"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <random>
#include <streambuf>
#include <thread>

#include "core/error.hpp"
#include "web/api.hpp"
#include "web/html.hpp"
#include "web/routes.hpp"
#include "web/site.hpp"

namespace relata::web {
namespace {

constexpr std::size_t k_threads = 64;
constexpr int k_waiting = 128;
constexpr std::size_t k_longest_address = 8000;
constexpr std::string_view k_cookie = "relata_token=";

constexpr const char* k_page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
constexpr const char* k_data_policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

// Hands bytes to the connection in large pieces; throws when the visitor has gone away, so that an export for
// nobody ends.
class SinkBuffer : public std::streambuf {
  public:
    explicit SinkBuffer(httplib::DataSink& sink) : sink_(sink), bytes_(1 << 16) {
        setp(bytes_.data(), bytes_.data() + bytes_.size());
    }
    void flush() {
        const auto size = static_cast<std::size_t>(pptr() - pbase());
        if (size > 0 && !sink_.write(pbase(), size)) throw IoError("connection", "write to", EPIPE);
        setp(bytes_.data(), bytes_.data() + bytes_.size());
    }

  protected:
    int_type overflow(int_type character) override {
        flush();
        if (!traits_type::eq_int_type(character, traits_type::eof())) {
            *pptr() = traits_type::to_char_type(character);
            pbump(1);
        }
        return traits_type::not_eof(character);
    }
    int sync() override {
        flush();
        return 0;
    }

  private:
    httplib::DataSink& sink_;
    std::vector<char> bytes_;
};

bool is_loopback(const std::string& host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_any_interface(const std::string& host) {
    return host == "0.0.0.0" || host == "::";
}

// "192.0.2.7:8080" or "[2001:db8::7]:8080". DNS rebinding needs a name, so addresses are safe to let in.
bool is_address_literal(const std::string& host) {
    return !host.empty() &&
           (host.front() == '[' || host.find_first_not_of("0123456789.:") == std::string::npos);
}

std::string host_with_port(const std::string& host, int port) {
    const bool version6 = host.find(':') != std::string::npos;
    return (version6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string random_token() {
    std::random_device device;  // getrandom(2) here
    std::string token;
    for (int word = 0; word < 2; ++word) {
        const std::uint64_t high = device();
        token += to_hex((high << 32) | device());
    }
    return token;
}

// In constant time, so that a visitor cannot measure how much of a guess is right.
bool same_token(std::string_view given, std::string_view wanted) {
    unsigned difference = given.size() == wanted.size() ? 0U : 1U;
    for (std::size_t at = 0; at < given.size(); ++at)
        difference |= static_cast<unsigned>(static_cast<unsigned char>(given[at]) ^
                                            static_cast<unsigned char>(wanted[at % wanted.size()]));
    return difference == 0;
}

std::string_view cookie_token(const std::string& cookies) {
    std::string_view rest = cookies;
    while (!rest.empty()) {
        const std::size_t end = rest.find(';');
        std::string_view cookie = rest.substr(0, end);
        cookie.remove_prefix(std::min(cookie.size(), cookie.find_first_not_of(' ')));
        if (cookie.starts_with(k_cookie)) return cookie.substr(k_cookie.size());
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return {};
}

Request to_request(const httplib::Request& request) {
    Request result{request.path, {}};
    for (const auto& [name, value] : request.params) result.parameters.emplace_back(name, value);
    return result;
}

}  // namespace

struct Server::State {
    Site site;
    ServerOptions options;
    httplib::Server server;
    int port = 0;
    socket_t listening = INVALID_SOCKET;
    std::vector<std::string> hosts;
    std::atomic<bool> entered{false};
    std::atomic<bool> left{false};
    std::atomic<bool> stopping{false};

    State(const graph::KnowledgeGraph& graph, ServerOptions given)
        : site(graph, given.name, given.version), options(std::move(given)) {
        if (!is_loopback(options.host) && !options.allow_remote)
            throw Error("host " + options.host +
                        " can be reached from other machines; allow remote access to use it");
        if (options.allow_remote && options.token.empty()) options.token = random_token();
        harden();
        if (options.port == 0) {
            port = server.bind_to_any_port(options.host);
        } else if (server.bind_to_port(options.host, options.port)) {
            port = options.port;
        }
        if (port <= 0)
            throw Error("cannot listen on " + host_with_port(options.host, options.port) +
                        ": the port is taken, or not allowed for this user");
        // The library lets five connections wait; the sixth would wait a second for its next try.
        ::listen(listening, k_waiting);
        hosts = options.allowed_hosts;
        for (const char* host : {"127.0.0.1", "localhost", "::1"})
            hosts.push_back(host_with_port(host, port));
        if (!is_any_interface(options.host)) hosts.push_back(host_with_port(options.host, port));
    }

    // Every line here answers an attack or a fault that was seen on cpp-httplib 0.11.4 (docs/web.md).
    void harden() {
        server.set_tcp_nodelay(true);
        server.set_keep_alive_max_count(1);  // an unread body must never become the next request
        server.set_read_timeout(2, 0);
        server.set_write_timeout(5, 0);
        server.set_payload_max_length(64 << 10);
        server.new_task_queue = [] { return new httplib::ThreadPool(k_threads); };
        server.set_socket_options([this](socket_t socket) {
            listening = socket;
            // No SO_REUSEPORT, so that a second program on the same port fails instead of sharing the
            // traffic.
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        server.set_expect_100_continue_handler(
            [](const httplib::Request&, httplib::Response&) { return 417; });
        server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            // Answers are sent whole: a thousand ranges would make a large answer out of a small page. The
            // request is the library's own object, const only to handlers.
            const_cast<httplib::Request&>(request).ranges.clear();
            handle(request, response);
            return httplib::Server::HandlerResponse::Handled;
        });
        // What the library refuses by itself (a malformed request line, an address that is too long).
        server.set_error_handler([](const httplib::Request& request, httplib::Response& response) {
            if (!response.has_header("Content-Type")) deny(request, response, response.status);
        });
        // Never the text of an exception: it may hold paths.
        server.set_exception_handler([](const httplib::Request& request, httplib::Response& response,
                                        std::exception_ptr) { deny(request, response, 500); });
        server.set_post_routing_handler(
            [](const httplib::Request&, httplib::Response& response) { protect(response); });
    }

    static void protect(httplib::Response& response) {
        const auto set = [&](const char* name, const char* value) {
            response.headers.erase(name);
            response.set_header(name, value);
        };
        if (!response.has_header("Content-Security-Policy")) set("Content-Security-Policy", k_data_policy);
        set("X-Content-Type-Options", "nosniff");
        set("Referrer-Policy", "no-referrer");
        set("Cross-Origin-Opener-Policy", "same-origin");
        set("Cross-Origin-Resource-Policy", "same-origin");
        set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        set("X-Frame-Options", "DENY");
    }

    static void deny(const httplib::Request& request, httplib::Response& response, int status) {
        const char* reason = [&] {
            switch (status) {
                case 400:
                    return "This is not a request that the page understands.";
                case 403:
                    return "Another site, or a visitor without the token, asked for this.";
                case 405:
                    return "The page only answers to reading (GET and HEAD).";
                case 411:
                case 413:
                case 415:
                case 417:
                    return "The page takes no data.";
                case 414:
                    return "The address is too long.";
                case 416:
                    return "The page sends whole answers only.";
                case 421:
                    return "The page does not answer under this host name.";
                default:
                    return "Something went wrong inside the program.";
            }
        }();
        response.headers.erase("Location");
        Answer refused = refusal(request.path, status, reason);
        response.set_header("Connection", "close");
        if (status == 405) response.set_header("Allow", "GET, HEAD");
        send(request, response, std::move(refused));
    }

    // Always through a content provider: the library would compress a plain body, slowly, for a loopback
    // connection that gains nothing.
    static void send(const httplib::Request& request, httplib::Response& response, Answer answer) {
        response.status = answer.status;
        // Also on 304, whose headers replace those that the browser keeps with the page.
        response.headers.erase("Content-Security-Policy");
        response.set_header("Content-Security-Policy",
                            answer.type.starts_with("text/html") ? k_page_policy : k_data_policy);
        if (!answer.location.empty()) response.set_header("Location", answer.location);
        if (!answer.filename.empty())
            response.set_header("Content-Disposition", "attachment; filename=\"" + answer.filename + "\"");
        if (answer.stream) {
            response.set_header("Cache-Control", "no-store");
            response.set_chunked_content_provider(
                answer.type, [stream = std::move(answer.stream)](std::size_t, httplib::DataSink& sink) {
                    try {
                        SinkBuffer buffer(sink);
                        std::ostream out(&buffer);
                        out.exceptions(std::ios::badbit);
                        stream(out);
                        buffer.flush();
                        sink.done();
                        return true;
                    } catch (const std::exception_ptr) {
                        return false;  // the connection ends without the last chunk: the visitor sees a
                                       // broken file
                    }
                });
            return;
        }
        if (answer.status < 300) {
            const std::string tag = "\"" + to_hex(content_hash(answer.body)) + "\"";
            response.set_header("ETag", tag);
            response.set_header("Cache-Control",
                                answer.immutable ? "public, max-age=31536000, immutable" : "no-cache");
            if (request.get_header_value("If-None-Match") == tag) {
                response.status = 304;
                return;
            }
        } else {
            response.set_header("Cache-Control", "no-store");
        }
        const std::size_t size = answer.body.size();
        if (size == 0) {
            response.set_content("", answer.type.c_str());
            return;
        }
        response.set_content_provider(size, answer.type,
                                      [body = std::make_shared<const std::string>(std::move(answer.body))](
                                          std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                          return sink.write(body->data() + offset, length);
                                      });
    }

    bool known_host(const std::string& host) const {
        if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) return true;
        return options.allow_remote && is_any_interface(options.host) && is_address_literal(host);
    }

    void handle(const httplib::Request& request, httplib::Response& response) const {
        if (request.get_header_value_count("Host") != 1 || !known_host(request.get_header_value("Host")))
            return deny(request, response, 421);
        const bool api = request.path.starts_with("/api/");
        const std::string origin = request.get_header_value("Origin");
        if (!origin.empty() && origin != "http://" + request.get_header_value("Host"))
            return deny(request, response, 403);
        const bool reading = request.method == "GET" || request.method == "HEAD";
        // A link on another site may open a page, and nothing else.
        const std::string site_kind = request.get_header_value("Sec-Fetch-Site");
        const bool own = site_kind.empty() || site_kind == "same-origin" || site_kind == "none";
        if (!own && !(reading && !api && request.get_header_value("Sec-Fetch-Mode") == "navigate" &&
                      request.get_header_value("Sec-Fetch-Dest") == "document"))
            return deny(request, response, 403);
        if (!reading) return deny(request, response, 405);
        if (request.has_header("Content-Length") || request.has_header("Transfer-Encoding"))
            return deny(request, response, 400);
        if (request.target.size() > k_longest_address) return deny(request, response, 414);
        if (!request.target.starts_with('/')) return deny(request, response, 400);
        if (options.allow_remote) {
            if (request.has_param("token") && same_token(request.get_param_value("token"), options.token)) {
                // Once in the address, then only in a cookie that no script and no other site can use.
                response.set_header("Set-Cookie", std::string(k_cookie) + options.token +
                                                      "; HttpOnly; SameSite=Strict; Path=/");
                Answer redirect;
                redirect.status = 303;
                redirect.location = "/";
                return send(request, response, std::move(redirect));
            }
            if (!same_token(cookie_token(request.get_header_value("Cookie")), options.token))
                return deny(request, response, 403);
        }
        send(request, response, answer(site, to_request(request)));
    }
};

Server::Server(const graph::KnowledgeGraph& graph, ServerOptions options)
    : state_(std::make_unique<State>(graph, std::move(options))) {}

Server::~Server() {
    stop();
}

int Server::port() const {
    return state_->port;
}

std::string Server::address() const {
    const std::string& host = is_any_interface(state_->options.host) ? "127.0.0.1" : state_->options.host;
    const std::string token = state_->options.allow_remote ? "?token=" + state_->options.token : "";
    return "http://" + host_with_port(host, state_->port) + "/" + token;
}

void Server::run() {
    RELATA_EXPECTS(!state_->entered);
    state_->entered = true;
    if (!state_->stopping) state_->server.listen_after_bind();
    state_->left = true;
}

void Server::stop() {
    state_->stopping = true;
    if (!state_->entered) return;
    // run() may stand between its check and the loop.
    while (!state_->left) {
        if (state_->server.is_running()) {
            state_->server.stop();
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace relata::web
