// SPDX-License-Identifier: Apache-2.0
// Arguments: how a command declares its options, and the only door to CLI11. Targets are filled when the
// command line is parsed and must live until the command has run.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace relata::cli {

class Arguments {
  public:
    explicit Arguments(CLI::App& app) : app_(app) {}

    // Names as "-o,--output"; `value` is what help calls the value: "FILE".
    Arguments& flag(const std::string& names, bool& target, const std::string& help);
    Arguments& option(const std::string& names, std::string& target, const std::string& value,
                      const std::string& help);
    // May be given several times.
    Arguments& options(const std::string& names, std::vector<std::string>& target, const std::string& value,
                       const std::string& help);
    Arguments& number(const std::string& names, std::size_t& target, std::size_t largest,
                      const std::string& help);
    // A number from 0 to 1.
    Arguments& fraction(const std::string& names, double& target, const std::string& help);
    // One of `choices`; anything else is a usage error that names them.
    Arguments& choice(const std::string& names, std::string& target, std::vector<std::string> choices,
                      const std::string& help);
    // What stands without a name.
    Arguments& required(const std::string& name, std::string& target, const std::string& help);
    Arguments& required(const std::string& name, std::vector<std::string>& target, const std::string& help);
    Arguments& optional(const std::string& name, std::vector<std::string>& target, const std::string& help);

  private:
    CLI::App& app_;
};

}  // namespace relata::cli
