// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "core/error.hpp"

namespace relata::cli {

void require_writable(const std::string& path, bool force) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::is_directory(status)) throw Error(path + ": is a folder");
    if (fs::exists(status) && !force) throw Error(path + ": exists already; --force replaces it");
    const fs::path parent = fs::path(path).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    if (!fs::is_directory(folder, ignored)) throw Error(path + ": there is no folder " + folder);
    if (access(folder.c_str(), W_OK) != 0) throw IoError(path, "write", errno);
}

}  // namespace relata::cli
