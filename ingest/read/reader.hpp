// SPDX-License-Identifier: Apache-2.0
// Documents out of files. What cannot be read is reported and never stops the rest: `skipped` names what is
// lost with its reason, `warnings` what was read with damage. Nothing is thrown for wrong data.
// Text layout of a Document: the title, then paragraphs, headings and list items, each a block; lines about
// the article itself (byline, date, address) are metadata and no block.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "core/error.hpp"

namespace relata::ingest {

enum class FileFormat { plain_text, markdown, html, json_lines };

// By the ending of the name (.txt .text .md .markdown .html .htm .xhtml .jsonl .ndjson); nullopt for others.
std::optional<FileFormat> format_of_name(std::string_view path);

// Receives what a file holds, in file order, on the calling thread.
struct ReadSink {
    std::function<void(Document)> document;
    std::function<void(InputError)> skipped;
    std::function<void(InputError)> warning;
};

// Reads one file. A .jsonl file is read line by line: memory is bounded by its longest line. Files of unknown
// ending are judged by their content. Documents have source = path (path#id for a record).
void read_file(const std::string& path, const ReadSink& sink);

// The same with the format given (nullopt: by content) and under another name: /dev/stdin as "-".
void read_file_as(const std::string& path, std::optional<FileFormat> format, const std::string& source,
                  const ReadSink& sink);

// The same for bytes that are already in memory.
void read_bytes(std::string_view bytes, FileFormat format, const std::string& source, const ReadSink& sink);

// One record of a JSON-lines file: {"id","text"[,"title","date","author","source","url"]}. `record` is the
// 1-based line, used as id when there is none. Throws InputError{source, line}.
Document read_json_record(std::string_view line, const std::string& source, std::size_t record);

struct ReadResult {
    std::vector<Document> documents;
    std::vector<InputError> skipped;
    std::vector<InputError> warnings;
};
ReadResult read_file(const std::string& path);
ReadResult read_bytes(std::string_view bytes, FileFormat format, const std::string& source);

}  // namespace relata::ingest
