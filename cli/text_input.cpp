// SPDX-License-Identifier: Apache-2.0
#include "cli/text_input.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "ingest/read/encoding.hpp"
#include "ingest/read/file_list.hpp"

namespace relata::cli {
namespace {

constexpr const char* k_standard_input = "/dev/stdin";

std::string file_name(const std::string& path) {
    return path == "-" ? k_standard_input : path;
}

void read_sentences(const std::string& path, std::size_t& number, const ingest::ReadSink& sink) {
    std::ifstream file(file_name(path), std::ios::binary);
    if (!file) {
        sink.skipped(InputError(path, std::filesystem::exists(path) ? "cannot be read" : "does not exist"));
        return;
    }
    std::string line;
    for (std::size_t line_number = 1; std::getline(file, line); ++line_number, ++number) {
        if (line.empty()) continue;
        try {
            Document document;
            document.source = std::to_string(number);
            document.text = ingest::decode_text(line, path).text;
            const std::size_t begin = document.text.find_first_not_of(" \t\n");
            if (begin == std::string::npos) continue;
            const std::size_t end = document.text.find_last_not_of(" \t\n") + 1;
            document.blocks.push_back({{begin, end}, BlockKind::sentence});
            document.id = make_document_id(document.source, document.text);
            sink.document(std::move(document));
        } catch (const InputError& error) {
            sink.skipped(InputError(path, error.reason(), line_number));
        }
    }
}

}  // namespace

std::function<void(const ingest::ReadSink&)> text_source(std::vector<std::string> paths, TextFrom from) {
    if (paths.empty()) paths.emplace_back("-");
    return [paths = std::move(paths), from](const ingest::ReadSink& sink) {
        std::size_t number = 0;
        const auto read = [&](const std::string& path) {
            if (from == TextFrom::sentences) {
                read_sentences(path, number, sink);
            } else if (from == TextFrom::json_lines) {
                ingest::read_file_as(file_name(path), ingest::FileFormat::json_lines, path, sink);
            } else if (path == "-") {
                ingest::read_file_as(k_standard_input, std::nullopt, path, sink);
            } else {
                ingest::read_file(path, sink);
            }
        };
        for (const std::string& path : paths) {
            std::error_code ignored;
            if (!std::filesystem::is_directory(path, ignored)) {
                read(path);
                continue;
            }
            const ingest::FileList list = ingest::list_files({path});
            for (const InputError& problem : list.problems) sink.skipped(problem);
            for (const std::string& file : list.files) read(file);
        }
    };
}

std::string shown_name(const Document& document, TextFrom from) {
    const std::size_t mark = document.source.find('#');
    return from == TextFrom::json_lines && mark != std::string::npos ? document.source.substr(mark + 1)
                                                                     : document.source;
}

std::string read_all(const std::string& path) {
    std::ifstream file(file_name(path), std::ios::binary);
    if (!file) throw InputError(path, std::filesystem::exists(path) ? "cannot be read" : "does not exist");
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (file.bad()) throw IoError(path, "read", errno);
    return bytes;
}

}  // namespace relata::cli
