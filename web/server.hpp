// SPDX-License-Identifier: Apache-2.0
// Server: the local page over a graph. It listens on the loopback interface unless remote access is allowed,
// answers GET and HEAD only, and refuses what no browser sends to its own page: foreign Host, Origin and
// Sec-Fetch-Site, bodies, ranges (docs/web.md lists every guard and its reason). The graph must outlive it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/knowledge_graph.hpp"

namespace relata::web {

struct ServerOptions {
    std::string host = "127.0.0.1";
    int port = 0;                // 0: any free one
    std::string name = "graph";  // shown in the head of every page
    std::string version;         // of the program
    // Further values of the Host header that are let in, with port ("relata.example:8080"): behind a proxy.
    std::vector<std::string> allowed_hosts;
    // Needed for a host that is not loopback. Visitors then need the token.
    bool allow_remote = false;
    std::string token;  // with allow_remote; made at random when empty
};

class Server {
  public:
    // Binds the port at once. Throws Error when it is taken, or when the host is not loopback and remote
    // access is not allowed.
    Server(const graph::KnowledgeGraph& graph, ServerOptions options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    int port() const;
    // "http://127.0.0.1:8080/", with the token when one is needed.
    std::string address() const;
    // Serves until stop(). Call once.
    void run();
    // From any thread, before, while or after run().
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relata::web
