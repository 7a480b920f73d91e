// SPDX-License-Identifier: Apache-2.0
#include "core/resources.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace relata {
namespace fs = std::filesystem;

fs::path find_resource_directory(std::string_view name) {
    std::vector<fs::path> places;
    if (const char* home = std::getenv("RELATA_HOME"); home != nullptr && *home != '\0') {
        places.push_back(fs::path(home) / name);
    }
    std::error_code error;
    const fs::path executable = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path folder = executable.parent_path();
        places.push_back(folder.parent_path() / "share" / "relata" / name);
        // A build tree lies at most three folders below the sources: build/release/relata,
        // build/dev/tests/x_tests.
        fs::path up = folder;
        for (int level = 0; level < 5 && up.has_relative_path(); ++level, up = up.parent_path()) {
            places.push_back(up / name);
        }
    }
    std::string tried;
    for (const fs::path& place : places) {
        // Each resource directory holds a README.md; that tells it from a build folder of the same name.
        if (fs::is_regular_file(place / "README.md", error)) return place;
        tried += "\n  " + place.string();
    }
    throw FormatError(std::string(name) + "/",
                      "not found; set RELATA_HOME to the folder that holds it. Tried:" + tried);
}

}  // namespace relata
