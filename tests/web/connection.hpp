// SPDX-License-Identifier: Apache-2.0
// A server on a free port and raw bytes to it: attacks cannot be made with a well-behaved client.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>

#include "web/server.hpp"

namespace relata::web::testing {

class Running {
  public:
    explicit Running(const graph::KnowledgeGraph& graph, ServerOptions options = {})
        : server_(graph, std::move(options)), thread_([this] { server_.run(); }) {}
    ~Running() {
        server_.stop();
        thread_.join();
    }
    Server& server() { return server_; }
    int port() const { return server_.port(); }
    std::string host() const { return "127.0.0.1:" + std::to_string(port()); }

  private:
    Server server_;
    std::thread thread_;
};

class Connection {
  public:
    explicit Connection(int port, int patience_in_seconds = 10) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval patience{patience_in_seconds, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        const void* plain = &address;
        connected_ = ::connect(socket_, static_cast<const sockaddr*>(plain), sizeof address) == 0;
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool connected() const { return connected_; }
    // False when the other side has closed.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // All bytes until the other side closes.
    std::string receive() {
        std::string all;
        char buffer[1 << 14];
        for (;;) {
            const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
            if (got <= 0) return all;
            all.append(buffer, static_cast<std::size_t>(got));
        }
    }

  private:
    int socket_;
    bool connected_ = false;
};

inline std::string talk(int port, std::string_view bytes) {
    Connection connection(port);
    connection.send(bytes);
    return connection.receive();
}

// GET with the right Host and further header lines, each ending in CRLF.
inline std::string get(int port, const std::string& target, const std::string& headers = "",
                       const std::string& method = "GET") {
    return talk(port, method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                          "\r\n" + headers + "\r\n");
}

inline int status_of(const std::string& answer) {
    return answer.size() > 12 && answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}
inline std::string body_of(const std::string& answer) {
    const std::size_t end = answer.find("\r\n\r\n");
    return end == std::string::npos ? "" : answer.substr(end + 4);
}
// Value of a header, names compared exactly; empty when missing.
inline std::string header_of(const std::string& answer, const std::string& name) {
    const std::string head = answer.substr(0, answer.find("\r\n\r\n"));
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}
inline std::size_t count(std::string_view text, std::string_view words) {
    std::size_t found = 0;
    for (std::size_t at = text.find(words); at != std::string_view::npos;
         at = text.find(words, at + words.size()))
        ++found;
    return found;
}

}  // namespace relata::web::testing
