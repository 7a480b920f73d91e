// SPDX-License-Identifier: Apache-2.0
// Runs shell commands as a user would, with the built program first in PATH.
#pragma once

#include <stdlib.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace relata::cli {

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

inline std::string read_whole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// A folder of its own, removed at the end; commands run inside.
class Workplace {
  public:
    Workplace() {
        std::string pattern = (std::filesystem::temp_directory_path() / "relata-cli-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
        std::filesystem::create_directory(path_ / "work");
    }
    ~Workplace() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    std::filesystem::path path(const std::string& name = {}) const { return path_ / "work" / name; }
    void write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories(path(name).parent_path());
        std::ofstream(path(name), std::ios::binary) << bytes;
    }
    Outcome run(const std::string& command) const {
        const std::string program_folder = std::filesystem::path(RELATA_PROGRAM).parent_path().string();
        std::ofstream(path_ / "cmd") << command << '\n';
        const std::string line = "cd '" + path().string() + "' && PATH='" + program_folder +
                                 "':\"$PATH\" sh '" + (path_ / "cmd").string() + "' >'" +
                                 (path_ / "out").string() + "' 2>'" + (path_ / "err").string() +
                                 "' </dev/null";
        const int status = std::system(line.c_str());
        REQUIRE(WIFEXITED(status));
        return {WEXITSTATUS(status), read_whole(path_ / "out"), read_whole(path_ / "err")};
    }

  private:
    std::filesystem::path path_;
};

}  // namespace relata::cli
