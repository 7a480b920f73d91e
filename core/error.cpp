// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"

#include <system_error>

namespace relata {
namespace {

std::string place_and_reason(const std::string& source, std::string_view reason, std::size_t line,
                             std::size_t byte_column) {
    std::string message = source;
    if (line != 0) message += ":" + std::to_string(line);
    if (line != 0 && byte_column != 0) message += ":" + std::to_string(byte_column);
    if (!message.empty()) message += ": ";
    message += reason;
    return message;
}

}  // namespace

InputError::InputError(std::string source, std::string_view reason, std::size_t line, std::size_t byte_column)
    : Error(place_and_reason(source, reason, line, byte_column)),
      source_(std::move(source)),
      reason_(reason) {}

FormatError::FormatError(std::string_view path, std::string_view reason)
    : Error(std::string(path) + ": " + std::string(reason)) {}

IoError::IoError(std::string_view path, std::string_view action, int error_number)
    : Error(std::string(path) + ": cannot " + std::string(action) + ": " +
            std::generic_category().message(error_number)) {}

ContractViolation::ContractViolation(std::string_view condition, const std::source_location& where)
    : std::logic_error(std::string(where.file_name()) + ":" + std::to_string(where.line()) +
                       ": contract broken: " + std::string(condition)) {}

void throw_contract_violation(std::string_view condition, const std::source_location& where) {
    throw ContractViolation(condition, where);
}

}  // namespace relata
