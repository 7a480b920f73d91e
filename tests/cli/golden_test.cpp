// SPDX-License-Identifier: Apache-2.0
// Each folder of tests/golden is a case: `cmd` runs (sh) in a copy of the folder, and output, messages and
// exit code must be expected.out, expected.err and expected.code (missing: empty, empty, 0) byte by byte.
// RELATA_UPDATE_GOLDEN=1 writes what came out instead, but never on a build server.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "running.hpp"

using namespace relata::cli;
namespace fs = std::filesystem;

namespace {

void update(const fs::path& path, const std::string& text, const std::string& usual) {
    if (text == usual) {
        fs::remove(path);
    } else {
        std::ofstream(path, std::ios::binary) << text;
    }
}

}  // namespace

TEST_CASE("the golden commands print what they always printed", "[cli][golden]") {
    const bool rewrite = std::getenv("RELATA_UPDATE_GOLDEN") != nullptr;
    if (rewrite && std::getenv("CI") != nullptr) FAIL("golden files are not rewritten on a build server");
    std::vector<fs::path> cases;
    for (const auto& entry : fs::directory_iterator(fs::path(RELATA_SOURCE_DIR) / "tests/golden")) {
        if (fs::exists(entry.path() / "cmd")) cases.push_back(entry.path());
    }
    std::sort(cases.begin(), cases.end());
    REQUIRE(cases.size() >= 5);
    for (const fs::path& folder : cases) {
        const Workplace workplace;
        for (const auto& entry : fs::directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            if (name.rfind("input", 0) == 0)
                fs::copy(entry.path(), workplace.path(name), fs::copy_options::recursive);
        }
        const Outcome outcome = workplace.run(read_whole(folder / "cmd"));
        const std::string code = std::to_string(outcome.code) + "\n";
        if (rewrite) {
            update(folder / "expected.out", outcome.out, "");
            update(folder / "expected.err", outcome.err, "");
            update(folder / "expected.code", code, "0\n");
            continue;
        }
        CAPTURE(folder.filename());
        CHECK(outcome.out == read_whole(folder / "expected.out"));
        CHECK(outcome.err == read_whole(folder / "expected.err"));
        CHECK(code == (fs::exists(folder / "expected.code") ? read_whole(folder / "expected.code") : "0\n"));
    }
}
