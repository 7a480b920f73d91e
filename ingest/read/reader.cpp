// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "core/json.hpp"
#include "core/utf8.hpp"
#include "ingest/read/dates.hpp"
#include "ingest/read/document_builder.hpp"
#include "ingest/read/encoding.hpp"
#include "ingest/read/formats.hpp"
#include "ingest/read/language_guess.hpp"

namespace relata::ingest {
namespace {

// One article of this size would be forty bibles; it is a mistake, and would cost its size many times over.
constexpr std::size_t k_largest_file = 256 * 1024 * 1024;
constexpr std::size_t k_largest_record = 64 * 1024 * 1024;

// A file open for reading; throws IoError in words of the operating system.
class InputFile {
  public:
    // `name` stands for the file in messages.
    InputFile(const std::string& path, std::string name)
        : name_(std::move(name)), descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0) fail(errno);
    }
    ~InputFile() { close(descriptor_); }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    // Appends up to `size` bytes; false at the end of the file.
    bool read_some(std::string& text, std::size_t size) {
        const std::size_t before = text.size();
        text.resize(before + size);
        ssize_t got = 0;
        do {
            got = ::read(descriptor_, text.data() + before, size);
        } while (got < 0 && errno == EINTR);
        text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0) fail(errno);
        return got > 0;
    }

  private:
    [[noreturn]] void fail(int error) const {
        if (error == EACCES) throw InputError(name_, "may not be read (permission denied)");
        if (error == ENOENT) throw InputError(name_, "does not exist");
        if (error == EISDIR) throw InputError(name_, "is a folder");
        throw IoError(name_, "read", error);
    }

    std::string name_;
    int descriptor_;
};

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

// The charset that an HTML file declares within its first kilobyte, or empty.
std::string declared_charset(std::string_view bytes) {
    const std::string head = ascii_lower(bytes.substr(0, 1024));
    std::size_t at = head.find("charset=");
    if (at == std::string::npos) return {};
    at += 8;
    while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
    std::size_t end = at;
    while (end < head.size() && (std::string_view("abcdefghijklmnopqrstuvwxyz0123456789-_").find(head[end]) !=
                                 std::string_view::npos)) {
        ++end;
    }
    return head.substr(at, end - at);
}

FileFormat sniff(std::string_view bytes) {
    const std::string head = ascii_lower(trimmed(bytes.substr(0, 1024)));
    const bool html = head.rfind("<!doctype html", 0) == 0 || head.rfind("<html", 0) == 0 ||
                      (head.rfind("<?xml", 0) == 0 && head.find("<html") != std::string::npos);
    return html ? FileFormat::html : FileFormat::plain_text;
}

void require_english(const Document& document, const std::string& source, std::size_t line = 0) {
    const std::size_t from = document.blocks.empty() ? 0 : document.blocks.front().span.begin;
    if (const auto reason = reason_not_english(std::string_view(document.text).substr(from))) {
        throw InputError(source, *reason, line);
    }
}

Document read_document(std::string_view bytes, FileFormat format, const std::string& source,
                       const ReadSink& sink) {
    if (bytes.empty()) throw InputError(source, "is empty");
    DecodedText decoded =
        decode_text(bytes, source, format == FileFormat::html ? declared_charset(bytes) : std::string());
    if (decoded.repaired > 0 && sink.warning) {
        sink.warning(InputError(source, "holds " + std::to_string(decoded.repaired) +
                                            " bytes that are not UTF-8; each is read as U+FFFD"));
    }
    Document document = format == FileFormat::html       ? read_html(decoded.text, source)
                        : format == FileFormat::markdown ? read_markdown(decoded.text, source)
                                                         : read_plain_text(std::move(decoded.text), source);
    require_english(document, source);
    document.id = make_document_id(document.source, document.text);
    return document;
}

// Cuts a stream into lines. A line that is longer than any record may be is skipped with its number.
class LineReader {
  public:
    LineReader(std::string source, const ReadSink& sink) : source_(std::move(source)), sink_(sink) {}

    void feed(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            const std::string_view part = bytes.substr(0, end);
            if (line_.size() + part.size() > k_largest_record) {
                too_long_ = true;
                line_.clear();
            } else if (!too_long_) {
                line_ += part;
            }
            if (end == std::string_view::npos) return;
            finish_line();
            bytes.remove_prefix(end + 1);
        }
    }
    void finish() {
        if (!line_.empty() || too_long_) finish_line();
        if (records_ == 0) sink_.skipped(InputError(source_, number_ == 0 ? "is empty" : "holds no records"));
    }

  private:
    void finish_line() {
        ++number_;
        std::string_view line = line_;
        if (number_ == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
        line = trimmed(line);
        try {
            if (too_long_) throw InputError(source_, "record is longer than 64 MiB", number_);
            if (!line.empty()) {
                ++records_;
                Document document = read_json_record(line, source_, number_);
                require_english(document, source_, number_);
                sink_.document(std::move(document));
            }
        } catch (const InputError& error) {
            sink_.skipped(error);
        }
        line_.clear();
        too_long_ = false;
    }

    std::string source_;
    const ReadSink& sink_;
    std::string line_;
    std::size_t number_ = 0;
    std::size_t records_ = 0;
    bool too_long_ = false;
};

ReadSink collecting(ReadResult& result) {
    return {[&](Document document) { result.documents.push_back(std::move(document)); },
            [&](InputError error) { result.skipped.push_back(std::move(error)); },
            [&](InputError error) { result.warnings.push_back(std::move(error)); }};
}

// A member of a record as text; numbers are accepted for ids.
std::string member(const json::Value& record, std::string_view key) {
    const json::Value* value = record.find(key);
    if (!value || value->is_null()) return {};
    if (const auto number = value->integer()) return std::to_string(*number);
    if (const std::string* text = value->string()) return clean_text(*text);
    throw Error("member \"" + std::string(key) + "\" must be a string");
}

}  // namespace

std::optional<FileFormat> format_of_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    const std::string name = ascii_lower(slash == std::string_view::npos ? path : path.substr(slash + 1));
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos) return std::nullopt;
    static constexpr std::array<std::pair<std::string_view, FileFormat>, 9> endings{{
        {".txt", FileFormat::plain_text},
        {".text", FileFormat::plain_text},
        {".md", FileFormat::markdown},
        {".markdown", FileFormat::markdown},
        {".html", FileFormat::html},
        {".htm", FileFormat::html},
        {".xhtml", FileFormat::html},
        {".jsonl", FileFormat::json_lines},
        {".ndjson", FileFormat::json_lines},
    }};
    for (const auto& [ending, format] : endings) {
        if (name.substr(dot) == ending) return format;
    }
    return std::nullopt;
}

Document read_json_record(std::string_view line, const std::string& source, std::size_t record) {
    const json::Value value = json::parse(line, source, record);
    try {
        if (!value.object()) throw Error("record must be a JSON object");
        const std::string text = clean_text(value.string_at("text"));
        DocumentBuilder builder(source);
        Document& document = builder.document();
        const std::string id = member(value, "id");
        document.source += "#" + (id.empty() ? std::to_string(record) : collapse_space(id));
        document.published = parse_date(member(value, "date")).value_or("");
        document.author = collapse_space(member(value, "author"));
        document.publisher = collapse_space(member(value, "source"));
        document.uri = collapse_space(member(value, "url"));
        const std::string title = collapse_space(member(value, "title"));
        std::size_t from = 0;
        if (!title.empty() && collapse_space(std::string_view(text).substr(0, title.size())) != title) {
            builder.add(BlockKind::title, title);
            document.text += "\n\n";
            from = document.text.size();
        }
        document.title = title;
        document.text += text;
        lay_out_body(document, from);
        if (document.blocks.empty()) throw Error("record holds no text");
        document.id = make_document_id(document.source, document.text);
        return std::move(document);
    } catch (const InputError&) {
        throw;
    } catch (const Error& error) {
        throw InputError(source, error.what(), record);
    }
}

void read_bytes(std::string_view bytes, FileFormat format, const std::string& source, const ReadSink& sink) {
    try {
        if (format == FileFormat::json_lines) {
            LineReader reader(source, sink);
            reader.feed(bytes);
            reader.finish();
        } else {
            sink.document(read_document(bytes, format, source, sink));
        }
    } catch (const InputError& error) {
        sink.skipped(error);
    } catch (const IoError& error) {
        sink.skipped(InputError(source, error.what()));
    }
}

void read_file_as(const std::string& path, std::optional<FileFormat> format, const std::string& source,
                  const ReadSink& sink) {
    constexpr std::size_t chunk = 1024 * 1024;
    try {
        InputFile file(path, source);
        if (format == FileFormat::json_lines) {
            LineReader reader(source, sink);
            std::string bytes;
            while (file.read_some(bytes, chunk)) {
                reader.feed(bytes);
                bytes.clear();
            }
            reader.finish();
            return;
        }
        std::string bytes;
        while (file.read_some(bytes, chunk)) {
            if (bytes.size() > k_largest_file) throw InputError(source, "is larger than 256 MiB");
        }
        read_bytes(bytes, format.value_or(sniff(bytes)), source, sink);
    } catch (const InputError& error) {
        sink.skipped(error);
    } catch (const IoError& error) {
        sink.skipped(InputError(source, error.what()));
    }
}

void read_file(const std::string& path, const ReadSink& sink) {
    read_file_as(path, format_of_name(path), path, sink);
}

ReadResult read_file(const std::string& path) {
    ReadResult result;
    read_file(path, collecting(result));
    return result;
}

ReadResult read_bytes(std::string_view bytes, FileFormat format, const std::string& source) {
    ReadResult result;
    read_bytes(bytes, format, source, collecting(result));
    return result;
}

}  // namespace relata::ingest
