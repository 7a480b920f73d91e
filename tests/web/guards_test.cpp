// SPDX-License-Identifier: Apache-2.0
// Every guard of the server against the attack it stands for, with raw bytes on a real socket.
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <memory>
#include <vector>

#include "connection.hpp"
#include "core/error.hpp"
#include "example.hpp"

using namespace relata;
using namespace relata::web;
using namespace relata::web::testing;

namespace {

const graph::KnowledgeGraph& ferries() {
    static const graph::KnowledgeGraph graph = example::ferries();
    return graph;
}

std::size_t resident_megabytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    file >> total >> resident;
    return resident * 4096 >> 20;
}

std::string request(const std::string& first_line, const std::string& headers, const std::string& body = "") {
    return first_line + " HTTP/1.1\r\n" + headers + "\r\n" + body;
}

}  // namespace

TEST_CASE("the server answers under its own names only, so that DNS rebinding finds nothing",
          "[web][guards]") {
    Running running(ferries());
    const int port = running.port();
    const std::string number = std::to_string(port);
    for (const std::string& host : {"127.0.0.1:" + number, "localhost:" + number, "[::1]:" + number})
        CHECK(status_of(talk(port, request("GET /", "Host: " + host + "\r\n"))) == 200);
    for (const std::string& host :
         {std::string("evil.example"), "evil.example:" + number, std::string("127.0.0.1"),
          "127.0.0.1:" + number + "0", std::string("127.0.0.1:1"), "127.0.0.1.evil.example:" + number,
          std::string()}) {
        const std::string answer = talk(port, request("GET /", "Host: " + host + "\r\n"));
        CHECK(status_of(answer) == 421);
        CHECK(answer.find("Norrvik") == std::string::npos);
        CHECK(answer.find("ferries") == std::string::npos);
    }
    CHECK(status_of(talk(port, request("GET /", ""))) == 421);
    CHECK(status_of(talk(
              port, request("GET /", "Host: 127.0.0.1:" + number + "\r\nHost: evil.example\r\n"))) == 421);
    ServerOptions options;
    options.allowed_hosts = {"relata.example:443"};
    Running proxied(ferries(), options);
    CHECK(status_of(talk(proxied.port(), request("GET /", "Host: relata.example:443\r\n"))) == 200);
}

TEST_CASE("another site may link to a page and do nothing else", "[web][guards]") {
    Running running(ferries());
    const int port = running.port();
    CHECK(status_of(get(port, "/", "Origin: http://" + running.host() + "\r\n")) == 200);
    CHECK(status_of(get(port, "/", "Origin: http://evil.example\r\n")) == 403);
    CHECK(status_of(get(port, "/", "Origin: null\r\n")) == 403);
    CHECK(status_of(get(port, "/", "Origin: https://" + running.host() + "\r\n")) == 403);
    CHECK(status_of(get(port, "/", "Sec-Fetch-Site: same-origin\r\n")) == 200);
    CHECK(status_of(get(port, "/", "Sec-Fetch-Site: none\r\n")) == 200);
    CHECK(status_of(get(port, "/", "Sec-Fetch-Site: cross-site\r\n")) == 403);
    CHECK(status_of(get(port, "/api/v1/meta", "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n")) ==
          403);
    const std::string link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";
    CHECK(status_of(get(port, "/", link + "document\r\n")) == 200);
    CHECK(status_of(get(port, "/", link + "iframe\r\n")) == 403);
    CHECK(status_of(get(port, "/api/v1/meta", link + "document\r\n")) == 403);
    // No cross-origin reading is ever granted.
    CHECK(get(port, "/api/v1/meta").find("Access-Control") == std::string::npos);
}

TEST_CASE("only reading methods are answered", "[web][guards]") {
    Running running(ferries());
    for (const std::string method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
        const std::string answer = get(running.port(), "/api/v1/meta", "", method);
        CHECK(status_of(answer) == 405);
        CHECK(header_of(answer, "Allow") == "GET, HEAD");
    }
    for (const std::string method : {"TRACE", "CONNECT", "BREW", "get"})
        CHECK(status_of(get(running.port(), "/", "", method)) >= 400);
    const std::string head = get(running.port(), "/", "", "HEAD");
    CHECK(status_of(head) == 200);
    CHECK(body_of(head).empty());
    CHECK(std::stoul(header_of(head, "Content-Length")) == body_of(get(running.port(), "/")).size());
}

TEST_CASE("requests with a body are refused unread, and memory stays flat", "[web][guards]") {
    Running running(ferries());
    const int port = running.port();
    CHECK(status_of(get(port, "/", "Content-Length: 5\r\n")) == 400);
    CHECK(status_of(get(port, "/", "Transfer-Encoding: chunked\r\n")) == 400);
    CHECK(status_of(get(port, "/", "Expect: 100-continue\r\nContent-Length: 5\r\n")) >= 400);

    const std::string host = "Host: " + running.host() + "\r\n";
    // Made once: what this client frees would stay in AddressSanitizer's quarantine and count as the
    // server's.
    const std::string plain = std::string(1 << 20, 'x') + "\r\n";
    const std::string chunk = "100000\r\n" + plain;
    const std::size_t before = resident_megabytes();
    for (const std::string& headers :
         {std::string("Content-Length: 52428800\r\n"), std::string("Transfer-Encoding: chunked\r\n"),
          std::string("Content-Encoding: gzip\r\nContent-Length: 52428800\r\n"),
          std::string("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")}) {
        for (const std::string method : {"POST", "GET"}) {
            Connection connection(port);
            connection.send(request(method + " /api/v1/meta", host + headers));
            const std::string& body = headers.find("chunked") == std::string::npos ? plain : chunk;
            bool open = true;
            for (int part = 0; part < 50 && open; ++part) open = connection.send(body);
            const std::string answer = connection.receive();
            CHECK((answer.empty() || status_of(answer) >= 400));
        }
    }
    CHECK(resident_megabytes() < before + 40);
    CHECK(status_of(get(port, "/")) == 200);
}

TEST_CASE("the unread body of a refused request never becomes a request", "[web][guards]") {
    Running running(ferries());
    const int port = running.port();
    const std::string host = "Host: " + running.host() + "\r\n";
    const std::string smuggled = request("GET /api/v1/health", host);
    // The library reads 4096 bytes at a time: the second request is put at every place around that border.
    for (const std::size_t padding : {0U, 100U, 3800U, 4000U, 4096U, 8192U}) {
        for (const std::string& kind : {std::string("POST"), std::string("GET")}) {
            const std::string head = kind + " / HTTP/1.1\r\n" + host +
                                     "Origin: http://evil.example\r\nContent-Length: " +
                                     std::to_string(padding + smuggled.size()) + "\r\nX-Padding: ";
            const std::string fill(padding > head.size() + 4 ? padding - head.size() - 4 : 0, 'p');
            Connection connection(port);
            connection.send(head + fill + "\r\n\r\n");
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            connection.send(std::string(padding, 'b') + smuggled);
            const std::string answer = connection.receive();
            CHECK(count(answer, "HTTP/1.1 ") <= 1);
            CHECK(answer.find("\"ok\"") == std::string::npos);
        }
    }
    // Two well-formed requests in one piece: one answer, then the connection is closed.
    CHECK(count(talk(port, smuggled + smuggled), "HTTP/1.1 ") == 1);
    // Two lengths, or a length and chunks.
    CHECK(count(talk(port, request("POST /", host + "Content-Length: 0\r\nContent-Length: 60\r\n", smuggled)),
                "HTTP/1.1 ") == 1);
    CHECK(count(talk(port, request("POST /", host + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                                   "0\r\n\r\n" + smuggled)),
                "HTTP/1.1 ") == 1);
}

TEST_CASE("strange targets lead nowhere", "[web][guards]") {
    Running running(ferries());
    const int port = running.port();
    for (const std::string& target :
         {std::string("/../../etc/passwd"), std::string("/%2e%2e/%2e%2e/etc/passwd"),
          std::string("/assets/../../etc/passwd"), std::string("//etc/passwd"),
          std::string("/..%2fetc%2fpasswd"), std::string("/index.html%00.js"),
          std::string("/assets/style.css"), std::string("/e/zz"), std::string("/e/0123456789abcdef"),
          std::string("/f/"), std::string("/a/0123456789abcdef%2Fx")}) {
        const std::string answer = get(port, target);
        CHECK(status_of(answer) == 404);
        CHECK(answer.find("root:") == std::string::npos);
    }
    CHECK(status_of(get(port, "http://evil.example/")) >= 400);
    CHECK(status_of(get(port, "*")) >= 400);
    CHECK(status_of(get(port, "/?" + std::string(9'000, 'a'))) == 414);
    CHECK(status_of(get(port, "/" + std::string(7'900, 'a'))) == 404);
}

TEST_CASE("ranges are ignored: a thousand of them do not make a large answer", "[web][guards]") {
    Running running(ferries());
    const std::string whole = get(running.port(), "/");
    CHECK(get(running.port(), "/", "Range: bytes=0-1\r\n") == whole);
    std::string ranges = "Range: bytes=0-1";
    for (int part = 0; part < 1000; ++part) ranges += ",0-1";
    CHECK(get(running.port(), "/", ranges + "\r\n") == whole);
    CHECK(status_of(get(running.port(), "/", "Range: nonsense\r\n")) >= 200);
}

TEST_CASE("every answer carries the policy headers, errors included", "[web][guards]") {
    Running running(ferries());
    const int port = running.port();
    std::vector<std::string> answers{get(port, "/"),
                                     get(port, "/api/v1/meta"),
                                     get(port, "/nothing"),
                                     get(port, "/api/v1/nothing"),
                                     get(port, "/", "", "POST"),
                                     get(port, "/", "Origin: http://evil.example\r\n"),
                                     talk(port, request("GET /", "")),
                                     talk(port, "nonsense\r\n\r\n"),
                                     get(port, "/?" + std::string(9'000, 'a')),
                                     get(port, "/e/" + ferries().entities().front().id.text())};
    const std::string etag = header_of(answers.front(), "ETag");
    CHECK_FALSE(etag.empty());
    answers.push_back(get(port, "/", "If-None-Match: " + etag + "\r\n"));
    CHECK(status_of(answers.back()) == 304);
    CHECK(body_of(answers.back()).empty());
    // A browser keeps the headers of the 304: another policy would break the page that it has.
    CHECK(header_of(answers.back(), "Content-Security-Policy") ==
          header_of(answers.front(), "Content-Security-Policy"));
    for (const std::string& answer : answers) {
        INFO(answer.substr(0, 400));
        CHECK(status_of(answer) != 0);
        CHECK(header_of(answer, "X-Content-Type-Options") == "nosniff");
        CHECK(header_of(answer, "Referrer-Policy") == "no-referrer");
        CHECK(header_of(answer, "Cross-Origin-Opener-Policy") == "same-origin");
        CHECK(header_of(answer, "Cross-Origin-Resource-Policy") == "same-origin");
        CHECK_FALSE(header_of(answer, "Permissions-Policy").empty());
        const std::string policy = header_of(answer, "Content-Security-Policy");
        CHECK(policy.starts_with("default-src 'none'"));
        CHECK(policy.find("unsafe") == std::string::npos);
        CHECK(policy.find('*') == std::string::npos);
        CHECK(count(answer, "Content-Security-Policy: ") == 1);
    }
    CHECK(header_of(get(port, "/api/v1/meta"), "Content-Security-Policy").find("sandbox") !=
          std::string::npos);
}

TEST_CASE("an error inside shows no text of the exception", "[web][guards]") {
    // A broken fact cannot be made through the public door, so the exporter's address is asked with a
    // parameter that it does not know, and the largest numbers that parse.
    Running running(ferries());
    for (const std::string& target :
         {std::string("/export/graphml?x=1"), std::string("/articles?page=99999999999999999999"),
          std::string("/graph?limit=0"), std::string("/api/v1/entities?cursor=ffff-1")}) {
        const std::string answer = get(running.port(), target);
        CHECK(status_of(answer) >= 400);
        CHECK(status_of(answer) < 500);
        CHECK(answer.find("EXCEPTION") == std::string::npos);
        CHECK(answer.find("std::") == std::string::npos);
    }
}

TEST_CASE("a second server on the same port fails instead of sharing it", "[web][guards]") {
    Running running(ferries());
    ServerOptions options;
    options.port = running.port();
    CHECK_THROWS_AS(Server(ferries(), options), Error);
}

TEST_CASE("other interfaces need to be allowed, and then a token", "[web][guards]") {
    ServerOptions options;
    options.host = "0.0.0.0";
    CHECK_THROWS_AS(Server(ferries(), options), Error);
    options.allow_remote = true;
    Running running(ferries(), options);
    const int port = running.port();
    CHECK(status_of(get(port, "/")) == 403);
    CHECK(status_of(get(port, "/api/v1/meta")) == 403);
    CHECK(status_of(get(port, "/?token=wrong")) == 403);
    CHECK(status_of(talk(port, request("GET /", "Host: evil.example\r\n"))) == 421);
    const std::string address = running.server().address();
    const std::string token = address.substr(address.find("token=") + 6);
    CHECK(token.size() == 32);
    const std::string entry = get(port, "/?token=" + token);
    CHECK(status_of(entry) == 303);
    CHECK(header_of(entry, "Location") == "/");
    const std::string cookie = header_of(entry, "Set-Cookie");
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Strict") != std::string::npos);
    CHECK(status_of(get(port, "/", "Cookie: a=b; relata_token=" + token + "; c=d\r\n")) == 200);
    CHECK(status_of(get(port, "/", "Cookie: relata_token=" + token.substr(1) + "\r\n")) == 403);
    CHECK(status_of(get(port, "/", "Cookie: relata_token=\r\n")) == 403);
}

TEST_CASE("forty slow, idle or silent sockets do not stop the others", "[web][guards]") {
    Running running(ferries());
    std::vector<std::unique_ptr<Connection>> slow;
    for (int at = 0; at < 40; ++at) {
        slow.push_back(std::make_unique<Connection>(running.port()));
        REQUIRE(slow.back()->connected());
        if (at % 3 == 0) slow.back()->send("GET / HTTP/1.1\r\nHost: " + running.host() + "\r\nX-Slow: ");
        if (at % 3 == 1) slow.back()->send("G");
    }
    const auto begin = std::chrono::steady_clock::now();
    CHECK(status_of(get(running.port(), "/")) == 200);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
    // Each of them is let go after the time limit.
    CHECK(status_of(slow[0]->receive()) != 200);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(8));
}

TEST_CASE("many visitors at once get the same answers", "[web][guards]") {
    Running running(ferries());
    const std::string expected = get(running.port(), "/");
    std::vector<std::thread> visitors;
    std::atomic<int> right{0};
    for (int visitor = 0; visitor < 8; ++visitor) {
        visitors.emplace_back([&] {
            for (int round = 0; round < 25; ++round)
                if (get(running.port(), "/") == expected) ++right;
        });
    }
    for (std::thread& visitor : visitors) visitor.join();
    CHECK(right == 200);
}

TEST_CASE("visitors who come at the same moment do not wait for a second", "[web][guards]") {
    Running running(ferries());
    std::vector<std::unique_ptr<Connection>> crowd;
    const auto begin = std::chrono::steady_clock::now();
    for (int at = 0; at < 60; ++at) {
        crowd.push_back(std::make_unique<Connection>(running.port()));
        REQUIRE(crowd.back()->connected());
    }
    for (const std::unique_ptr<Connection>& visitor : crowd)
        visitor->send("GET / HTTP/1.1\r\nHost: " + running.host() + "\r\n\r\n");
    for (const std::unique_ptr<Connection>& visitor : crowd) CHECK(status_of(visitor->receive()) == 200);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(900));
}

TEST_CASE("a server can be stopped before, while and after it runs", "[web][guards]") {
    {
        Server server(ferries(), {});
        server.stop();
        server.run();
    }
    {
        Server server(ferries(), {});
        std::thread thread([&] { server.run(); });
        server.stop();
        thread.join();
        server.stop();
    }
}
