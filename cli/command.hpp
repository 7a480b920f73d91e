// SPDX-License-Identifier: Apache-2.0
// Command: one subcommand of `relata`. It declares its options, then runs once; results go to standard
// output, messages to standard error. Errors are thrown (core/error.hpp); run_program turns them into
// messages and exit codes: 0 fine, 1 data, 2 usage.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"

namespace relata::cli {

class Command {
  public:
    virtual ~Command() = default;
    virtual void declare(Arguments& arguments) = 0;
    // The exit code.
    virtual int run() = 0;
};

struct CommandEntry {
    std::string_view name;
    std::string_view description;  // one line
    std::string_view details;      // shown below the options in help; examples
    std::unique_ptr<Command> (*make)();
};

// All commands in the order of help.
std::span<const CommandEntry> commands();

// The whole program: `arguments` without the program's name. Returns the exit code.
int run_program(const std::vector<std::string>& arguments);

std::unique_ptr<Command> make_build_command();
std::unique_ptr<Command> make_export_command();
std::unique_ptr<Command> make_serve_command();
std::unique_ptr<Command> make_stats_command();
std::unique_ptr<Command> make_extract_command();
std::unique_ptr<Command> make_analyse_command();
std::unique_ptr<Command> make_eval_command();
std::unique_ptr<Command> make_explain_command();
std::unique_ptr<Command> make_ontology_command();

}  // namespace relata::cli
