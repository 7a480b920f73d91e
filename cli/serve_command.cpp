// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cli/command.hpp"
#include "cli/graph_building.hpp"
#include "cli/terminal.hpp"
#include "core/error.hpp"
#include "graph/store.hpp"
#include "web/server.hpp"

namespace relata::cli {
namespace {

class ServeCommand final : public Command {
  public:
    void declare(Arguments& arguments) override {
        arguments.required("FILE", path_, "a graph that `relata build` wrote, or a folder of articles");
        arguments.number("-p,--port", port_, 65535, "port to listen on (default: 7878; 0: any free one)");
        arguments.option("--host", host_, "ADDRESS", "address to listen on (default: 127.0.0.1)");
        arguments.flag("--allow-remote", allow_remote_, "let other machines in, with a token");
        arguments.option("--token", token_, "TOKEN", "the token, instead of a random one");
        arguments.options("--allow-host", hosts_, "HOST:PORT", "a name under which a proxy calls");
        engine_.declare_facts(arguments);
    }

    int run() override {
        const graph::KnowledgeGraph graph =
            std::filesystem::is_directory(path_) ? build_graph({path_}, engine_).graph : graph::load(path_);
        // Blocked here and therefore in every thread of the server, so that one thread can wait for them.
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        web::ServerOptions options;
        options.host = host_;
        options.port = static_cast<int>(port_);
        options.name = std::filesystem::path(path_).lexically_normal().stem().string();
        options.version = RELATA_VERSION;
        options.allowed_hosts = hosts_;
        options.allow_remote = allow_remote_;
        options.token = token_;
        web::Server server(graph, options);
        std::cout << server.address() << std::endl;
        std::cerr << "relata: serving " << printable(path_) << "; Ctrl-C ends it\n";
        std::jthread waiter([&] {
            int signal = 0;
            sigwait(&signals, &signal);
            server.stop();
        });
        server.run();
        // The server may have ended by itself: wake the waiter.
        pthread_kill(waiter.native_handle(), SIGUSR1);
        return 0;
    }

  private:
    std::string path_;
    std::size_t port_ = 7878;
    std::string host_ = "127.0.0.1";
    bool allow_remote_ = false;
    std::string token_;
    std::vector<std::string> hosts_;
    EngineOptions engine_;
};

}  // namespace

std::unique_ptr<Command> make_serve_command() {
    return std::make_unique<ServeCommand>();
}

}  // namespace relata::cli
