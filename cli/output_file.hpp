// SPDX-License-Identifier: Apache-2.0
// The rule for every file that a command writes: nothing is overwritten without --force, and what cannot be
// written is told before the work and not behind it.
#pragma once

#include <string>

namespace relata::cli {

// Throws Error when `path` exists and `force` is false, is a folder, or lies in no folder that may be
// written.
void require_writable(const std::string& path, bool force);

}  // namespace relata::cli
