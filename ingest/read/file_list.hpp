// SPDX-License-Identifier: Apache-2.0
// The files of a build, in an order that depends on their names alone.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"

namespace relata::ingest {

struct FileList {
    std::vector<std::string>
        files;  // as given by the user joined with the way below; by byte order, no doubles
    std::vector<InputError> problems;  // paths that are missing, unreadable, empty folders or no files at all
};

// Files stand for themselves; folders for all files below them. Left out below a folder: hidden files and
// folders (".git"), pipes, sockets and devices. A link to a folder is followed once, so that cycles end.
FileList list_files(const std::vector<std::string>& paths);

}  // namespace relata::ingest
