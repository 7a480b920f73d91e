// SPDX-License-Identifier: Apache-2.0
#include "core/json.hpp"

#include <rapidjson/encodings.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace relata::json {
namespace {

// SAX handler that builds a Value with its own stack, so that depth costs heap and not stack.
class Builder {
  public:
    bool Null() { return put(Value()); }
    bool Bool(bool flag) { return put(Value(flag)); }
    bool Int(int number) { return put(Value(static_cast<std::int64_t>(number))); }
    bool Uint(unsigned number) { return put(Value(static_cast<std::int64_t>(number))); }
    bool Int64(std::int64_t number) { return put(Value(number)); }
    bool Uint64(std::uint64_t number) {
        return number <= static_cast<std::uint64_t>(INT64_MAX) ? put(Value(static_cast<std::int64_t>(number)))
                                                               : put(Value(static_cast<double>(number)));
    }
    bool Double(double number) { return put(Value(number)); }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        return put(Value(std::string(text, length)));
    }
    bool StartObject() { return open(Frame{.is_object = true}); }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        frames_.back().keys.emplace_back(text, length);
        return true;
    }
    bool EndObject(rapidjson::SizeType) {
        Frame frame = std::move(frames_.back());
        frames_.pop_back();
        std::vector<std::string> sorted = frame.keys;
        std::sort(sorted.begin(), sorted.end());
        const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
        if (twice != sorted.end()) {
            duplicate_ = *twice;
            return false;
        }
        Object object;
        object.reserve(frame.keys.size());
        for (std::size_t i = 0; i < frame.keys.size(); ++i) {
            object.emplace_back(std::move(frame.keys[i]), std::move(frame.values[i]));
        }
        return put(Value(std::move(object)));
    }
    bool StartArray() { return open(Frame{.is_object = false}); }
    bool EndArray(rapidjson::SizeType) {
        Array array = std::move(frames_.back().values);
        frames_.pop_back();
        return put(Value(std::move(array)));
    }

    Value take() { return std::move(root_); }
    const std::string& duplicate() const { return duplicate_; }
    bool too_deep() const { return too_deep_; }

  private:
    // Destruction of nested values recurses; this bound keeps that far from any stack limit.
    static constexpr std::size_t k_max_depth = 1000;
    struct Frame {
        bool is_object = false;
        std::vector<std::string> keys = {};
        Array values = {};
    };
    bool open(Frame frame) {
        if (frames_.size() >= k_max_depth) {
            too_deep_ = true;
            return false;
        }
        frames_.push_back(std::move(frame));
        return true;
    }
    bool put(Value value) {
        if (frames_.empty()) {
            root_ = std::move(value);
        } else {
            frames_.back().values.push_back(std::move(value));
        }
        return true;
    }
    std::vector<Frame> frames_;
    Value root_;
    std::string duplicate_;
    bool too_deep_ = false;
};

[[noreturn]] void wrong_type(std::string_view key, std::string_view expected) {
    throw Error("member \"" + std::string(key) + "\": expected " + std::string(expected));
}

}  // namespace

std::optional<bool> Value::boolean() const {
    if (const bool* flag = std::get_if<bool>(&data_)) return *flag;
    return std::nullopt;
}

std::optional<double> Value::number() const {
    if (const double* number = std::get_if<double>(&data_)) return *number;
    if (const auto* number = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*number);
    return std::nullopt;
}

std::optional<std::int64_t> Value::integer() const {
    if (const auto* number = std::get_if<std::int64_t>(&data_)) return *number;
    return std::nullopt;
}

const Value* Value::find(std::string_view key) const {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    for (const auto& [name, value] : *members) {
        if (name == key) return &value;
    }
    return nullptr;
}

const std::string& Value::string_at(std::string_view key) const {
    const Value* member = find(key);
    if (member == nullptr || member->string() == nullptr) wrong_type(key, "string");
    return *member->string();
}

const Array& Value::array_at(std::string_view key) const {
    const Value* member = find(key);
    if (member == nullptr || member->array() == nullptr) wrong_type(key, "array");
    return *member->array();
}

const Object& Value::object_at(std::string_view key) const {
    const Value* member = find(key);
    if (member == nullptr || member->object() == nullptr) wrong_type(key, "object");
    return *member->object();
}

double Value::number_at(std::string_view key) const {
    const Value* member = find(key);
    if (member == nullptr || !member->number()) wrong_type(key, "number");
    return *member->number();
}

std::string Value::string_or(std::string_view key, std::string_view fallback) const {
    const Value* member = find(key);
    if (member == nullptr || member->is_null()) return std::string(fallback);
    if (member->string() == nullptr) wrong_type(key, "string");
    return *member->string();
}

bool Value::boolean_or(std::string_view key, bool fallback) const {
    const Value* member = find(key);
    if (member == nullptr || member->is_null()) return fallback;
    if (!member->boolean()) wrong_type(key, "boolean");
    return *member->boolean();
}

Value parse(std::string_view text, const std::string& source, std::size_t first_line) {
    const auto fail = [&](std::size_t offset, const std::string& reason) {
        const std::string_view before = text.substr(0, std::min(offset, text.size()));
        const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
        const std::size_t last_break = before.rfind('\n');
        const std::size_t column =
            last_break == std::string_view::npos ? before.size() : before.size() - last_break - 1;
        throw InputError(source, reason, first_line + line, column + 1);
    };
    const std::size_t invalid = utf8::first_invalid(text);
    if (invalid != text.size()) fail(invalid, "not valid UTF-8");
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    Builder builder;
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag;
    if (!reader.Parse<flags>(stream, builder)) {
        if (!builder.duplicate().empty())
            fail(reader.GetErrorOffset(), "duplicate key \"" + builder.duplicate() + "\"");
        if (builder.too_deep()) fail(reader.GetErrorOffset(), "nested too deeply");
        fail(reader.GetErrorOffset(), rapidjson::GetParseError_En(reader.GetParseErrorCode()));
    }
    return builder.take();
}

// Writer guards what rapidjson::Writer lets through: NaN (it writes nothing) and invalid UTF-8 (it passes it
// on).
struct Writer::State {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};

    static rapidjson::SizeType size(std::string_view text) {
        return static_cast<rapidjson::SizeType>(text.size());
    }
};

Writer::Writer() : state_(std::make_unique<State>()) {}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

Writer& Writer::begin_object() {
    state_->writer.StartObject();
    return *this;
}
Writer& Writer::end_object() {
    state_->writer.EndObject();
    return *this;
}
Writer& Writer::begin_array() {
    state_->writer.StartArray();
    return *this;
}
Writer& Writer::end_array() {
    state_->writer.EndArray();
    return *this;
}
Writer& Writer::key(std::string_view name) {
    state_->writer.Key(name.data(), State::size(name));
    return *this;
}
Writer& Writer::value(std::string_view content) {
    if (utf8::is_valid(content)) {
        state_->writer.String(content.data(), State::size(content));
    } else {
        const std::string repaired = utf8::repair(content);
        state_->writer.String(repaired.data(), State::size(repaired));
    }
    return *this;
}
Writer& Writer::value(bool flag) {
    state_->writer.Bool(flag);
    return *this;
}
Writer& Writer::value(std::int64_t number) {
    state_->writer.Int64(number);
    return *this;
}
Writer& Writer::value(std::uint64_t number) {
    state_->writer.Uint64(number);
    return *this;
}
Writer& Writer::value(double number) {
    RELATA_EXPECTS(std::isfinite(number));
    state_->writer.Double(number);
    return *this;
}
Writer& Writer::null() {
    state_->writer.Null();
    return *this;
}
std::string_view Writer::text() const {
    RELATA_EXPECTS(state_->writer.IsComplete());
    return {state_->buffer.GetString(), state_->buffer.GetSize()};
}
void Writer::clear() {
    state_->buffer.Clear();
    state_->writer.Reset(state_->buffer);
}

}  // namespace relata::json
