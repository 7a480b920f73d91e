// SPDX-License-Identifier: Apache-2.0
// The JSON edge: the only door to RapidJSON. Parsing is iterative (deep nesting cannot overflow the stack),
// validates UTF-8 and rejects duplicate keys; writing is compact, deterministic and refuses NaN and infinity.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace relata::json {

class Value;
using Array = std::vector<Value>;
// Members in file order.
using Object = std::vector<std::pair<std::string, Value>>;

// A parsed JSON value. The checked accessors throw Error with the member's name when the type is another.
class Value {
  public:
    Value() = default;
    template <class T>
    explicit Value(T value) : data_(std::move(value)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    const std::string* string() const { return std::get_if<std::string>(&data_); }
    const Array* array() const { return std::get_if<Array>(&data_); }
    const Object* object() const { return std::get_if<Object>(&data_); }
    std::optional<bool> boolean() const;
    std::optional<double> number() const;         // integers too
    std::optional<std::int64_t> integer() const;  // integers that fit only

    // Member of an object, or nullptr (also when this is no object).
    const Value* find(std::string_view key) const;
    // Member that must be there with that type. Throws Error "member \"key\": expected string".
    const std::string& string_at(std::string_view key) const;
    const Array& array_at(std::string_view key) const;
    const Object& object_at(std::string_view key) const;
    double number_at(std::string_view key) const;
    // The member's string, or `fallback` when it is missing or null. Throws when it is another type.
    std::string string_or(std::string_view key, std::string_view fallback) const;
    bool boolean_or(std::string_view key, bool fallback) const;

  private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

// Throws InputError{source, line, column} on ill-formed text. `first_line` is the line number of text's first
// line.
Value parse(std::string_view text, const std::string& source, std::size_t first_line = 1);

// Builds one JSON text. Calls must nest properly; text() requires a complete value.
class Writer {
  public:
    Writer();
    ~Writer();
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);
    Writer& value(std::string_view text);  // invalid UTF-8 is repaired with U+FFFD
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(bool flag);
    Writer& value(std::int64_t number);
    Writer& value(std::uint64_t number);
    Writer& value(int number) { return value(static_cast<std::int64_t>(number)); }
    // Shortest text that reads back equal. Precondition: finite.
    Writer& value(double number);
    Writer& null();
    template <class T>
    Writer& member(std::string_view name, T&& content) {
        key(name);
        return value(std::forward<T>(content));
    }

    // The complete text, valid until the next call; the writer can be reused after clear().
    // Precondition: one value has been written and all objects and arrays are closed.
    std::string_view text() const;
    void clear();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relata::json
