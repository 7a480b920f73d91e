// SPDX-License-Identifier: Apache-2.0
// The errors that cross module borders. Libraries throw, never print and never exit; cli/ and web/ turn these
// into messages and codes. "Not found" is std::optional, not an error.
#pragma once

#include <cstddef>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace relata {

// Base of all errors that are not bugs. what() is a complete sentence part fit for a user.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The user's data is wrong. what() reads "source:line:column: reason", leaving out what is unknown.
class InputError : public Error {
  public:
    // line and byte_column are 1-based; 0 means unknown.
    InputError(std::string source, std::string_view reason, std::size_t line = 0,
               std::size_t byte_column = 0);
    const std::string& source() const { return source_; }
    // The reason alone, without the place.
    const std::string& reason() const { return reason_; }

  private:
    std::string source_;
    std::string reason_;
};

// A file of our own (store, model, ontology) has the wrong kind, version or content.
class FormatError : public Error {
  public:
    FormatError(std::string_view path, std::string_view reason);
};

// The operating system refused; what() holds path, action and the text of errno.
class IoError : public Error {
  public:
    IoError(std::string_view path, std::string_view action, int error_number);
};

// The command line cannot be understood (cli only).
class UsageError : public Error {
  public:
    using Error::Error;
};

// The caller broke a documented precondition: a bug, never the user's fault.
class ContractViolation : public std::logic_error {
  public:
    ContractViolation(std::string_view condition, const std::source_location& where);
};

[[noreturn]] void throw_contract_violation(std::string_view condition, const std::source_location& where);

}  // namespace relata

// Checks a precondition in every build.
#define RELATA_EXPECTS(condition)                                                            \
    do {                                                                                     \
        if (!(condition)) [[unlikely]]                                                       \
            ::relata::throw_contract_violation(#condition, std::source_location::current()); \
    } while (false)
