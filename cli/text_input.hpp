// SPDX-License-Identifier: Apache-2.0
// What `extract` and `analyse` read: files, folders or standard input, as texts, sentences or records.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/document.hpp"
#include "ingest/read/reader.hpp"

namespace relata::cli {

enum class TextFrom { text, sentences, json_lines };

// A source for run_pipeline. No paths, or "-", mean standard input; folders stand for the files in them. Each
// sentence is a document whose source is its line number from 0, counted over all files.
std::function<void(const ingest::ReadSink&)> text_source(std::vector<std::string> paths, TextFrom from);

// The name of a document in what these commands print: for a record its id, else its source.
std::string shown_name(const Document& document, TextFrom from);

// All bytes of a file, "-" for standard input. Throws InputError, IoError.
std::string read_all(const std::string& path);

}  // namespace relata::cli
