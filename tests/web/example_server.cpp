// SPDX-License-Identifier: Apache-2.0
// web_example (ferries|hostile|silent|hub) [PORT]: serves a graph made by hand, for the browser test. Prints
// the address, then serves until its standard input ends.
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include "example.hpp"
#include "web/server.hpp"

int main(int argc, char** argv) {
    using namespace relata;
    const std::string kind = argc > 1 ? argv[1] : "ferries";
    const graph::KnowledgeGraph graph = kind == "hostile"  ? web::example::hostile()
                                        : kind == "silent" ? web::example::silent()
                                        : kind == "hub"    ? web::example::hub(400)
                                                           : web::example::ferries();
    web::ServerOptions options;
    options.port = argc > 2 ? std::atoi(argv[2]) : 0;
    options.name = kind + ".relata";
    options.version = "test";
    web::Server server(graph, options);
    std::cout << server.address() << std::endl;
    std::thread waiting([&] {
        std::string line;
        while (std::getline(std::cin, line)) {
        }
        server.stop();
    });
    server.run();
    waiting.join();
}
