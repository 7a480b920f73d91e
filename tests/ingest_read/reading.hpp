// SPDX-License-Identifier: Apache-2.0
// What the tests of this room share: reading from memory, blocks as text, a folder that cleans up after
// itself.
#pragma once

#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/read/reader.hpp"

namespace relata::ingest {

inline Document read_one(std::string_view bytes, FileFormat format) {
    ReadResult result = read_bytes(bytes, format, "test");
    for (const InputError& error : result.skipped) FAIL(error.what());
    REQUIRE(result.documents.size() == 1);
    return std::move(result.documents.front());
}

// Why nothing was read.
inline std::string refusal(std::string_view bytes, FileFormat format) {
    const ReadResult result = read_bytes(bytes, format, "test");
    REQUIRE(result.documents.empty());
    REQUIRE(result.skipped.size() == 1);
    return result.skipped.front().what();
}

// "T " title, "H " heading, "P " paragraph, "L " list item, then the text with its newlines as " / ".
inline std::vector<std::string> blocks(const Document& document) {
    std::vector<std::string> result;
    for (const Block& block : document.blocks) {
        std::string line(1, "THPL"[static_cast<std::size_t>(block.kind)]);
        line += ' ';
        for (const char c : block.span.of(document.text))
            line += c == '\n' ? std::string(" / ") : std::string(1, c);
        result.push_back(line);
    }
    return result;
}

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "relata-read-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
        std::filesystem::permissions(path_, std::filesystem::perms(0755));
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string path(std::string_view name = {}) const {
        return name.empty() ? path_ : path_ + "/" + std::string(name);
    }
    std::string write(std::string_view name, std::string_view bytes) const {
        const std::string file = path(name);
        std::filesystem::create_directories(std::filesystem::path(file).parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }

  private:
    std::string path_;
};

}  // namespace relata::ingest
