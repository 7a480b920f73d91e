// SPDX-License-Identifier: Apache-2.0
// Finds the data that belongs to the program (model/, ontology/), wherever the program is called from:
//   1. $RELATA_HOME/NAME   2. next to the executable and its parents (a build tree inside the sources)
//   3. PREFIX/share/relata/NAME for an executable in PREFIX/bin
#pragma once

#include <filesystem>
#include <string_view>

namespace relata {

// The directory `name`. Throws FormatError naming the places that were tried when there is none.
std::filesystem::path find_resource_directory(std::string_view name);

}  // namespace relata
