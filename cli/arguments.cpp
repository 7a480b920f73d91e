// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <new>
#include <optional>
#include <utility>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "core/error.hpp"

namespace relata::cli {

Arguments& Arguments::flag(const std::string& names, bool& target, const std::string& help) {
    app_.add_flag(names, target, help);
    return *this;
}

Arguments& Arguments::option(const std::string& names, std::string& target, const std::string& value,
                             const std::string& help) {
    app_.add_option(names, target, help)->type_name(value);
    return *this;
}

Arguments& Arguments::options(const std::string& names, std::vector<std::string>& target,
                              const std::string& value, const std::string& help) {
    // Each option takes one value, so that what follows it may stand without a name.
    app_.add_option(names, target, help)->type_name(value)->expected(1)->take_all();
    return *this;
}

Arguments& Arguments::number(const std::string& names, std::size_t& target, std::size_t largest,
                             const std::string& help) {
    app_.add_option(names, target, help)->type_name("N")->check(CLI::Range(std::size_t{0}, largest));
    return *this;
}

Arguments& Arguments::fraction(const std::string& names, double& target, const std::string& help) {
    app_.add_option(names, target, help)->type_name("X")->check(CLI::Range(0.0, 1.0));
    return *this;
}

Arguments& Arguments::choice(const std::string& names, std::string& target, std::vector<std::string> choices,
                             const std::string& help) {
    app_.add_option(names, target, help)->check(CLI::IsMember(std::move(choices)));
    return *this;
}

Arguments& Arguments::required(const std::string& name, std::string& target, const std::string& help) {
    app_.add_option(name, target, help)->required()->type_name("");
    return *this;
}

Arguments& Arguments::required(const std::string& name, std::vector<std::string>& target,
                               const std::string& help) {
    app_.add_option(name, target, help)->required()->type_name("");
    return *this;
}

Arguments& Arguments::optional(const std::string& name, std::vector<std::string>& target,
                               const std::string& help) {
    app_.add_option(name, target, help)->type_name("");
    return *this;
}

namespace {

int run_command(Command& command) {
    const int code = command.run();
    std::cout.flush();
    if (!std::cout) throw Error("standard output: cannot be written (is the disk full?)");
    return code;
}

// The program's own flags: --version beside the command `version`.
struct Program {
    CLI::App app{
        "Relata turns articles into a knowledge graph: typed facts, each with the sentence that says so."};
    std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> commands;
    CLI::App* version = nullptr;
    CLI::App* help = nullptr;
    std::string topic;

    Program() {
        app.name("relata");
        app.set_version_flag("--version", version_line());
        app.require_subcommand(0, 1);
        app.footer("relata COMMAND --help says more. Exit codes: 0 fine, 1 data, 2 usage.");
        for (const CommandEntry& entry : cli::commands()) {
            CLI::App* sub = app.add_subcommand(std::string(entry.name), std::string(entry.description));
            sub->footer(std::string(entry.details));
            commands.emplace_back(sub, entry.make());
            Arguments arguments(*sub);
            commands.back().second->declare(arguments);
        }
        version = app.add_subcommand("version", "Print the version");
        help = app.add_subcommand("help", "Explain a command");
        help->add_option("COMMAND", topic, "the command to explain")->type_name("");
    }

    static std::string version_line() { return "relata " RELATA_VERSION; }

    // App::help() would explain the subcommand that was parsed.
    std::string overview() const {
        return app.get_formatter()->make_help(&app, "relata", CLI::AppFormatMode::Normal);
    }

    int run() {
        for (const auto& [sub, command] : commands) {
            if (sub->parsed()) return run_command(*command);
        }
        if (version->parsed()) {
            std::cout << version_line() << '\n';
            return 0;
        }
        if (help->parsed()) {
            if (topic.empty()) {
                std::cout << overview();
                return 0;
            }
            for (const auto& [sub, command] : commands) {
                if (sub->get_name() != topic) continue;
                std::cout << sub->get_formatter()->make_help(sub, "relata " + topic,
                                                             CLI::AppFormatMode::Normal);
                return 0;
            }
            throw UsageError("there is no command \"" + topic + "\"");
        }
        std::cerr << overview();
        return 2;
    }
};

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
    try {
        Program program;
        // CLI11 takes them from the back.
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        try {
            program.app.parse(std::move(reversed));
        } catch (const CLI::Success& success) {
            program.app.exit(success);
            return 0;
        } catch (const CLI::ParseError& error) {
            throw UsageError(error.what());
        }
        return program.run();
    } catch (const UsageError& error) {
        report(error.what());
        std::cerr << "relata help [COMMAND] explains.\n";
        return 2;
    } catch (const Error& error) {
        report(error.what());
    } catch (const std::bad_alloc&) {
        report("out of memory");
    } catch (const std::exception& error) {
        report(std::string("internal error: ") + error.what());
    }
    return 1;
}

}  // namespace relata::cli
