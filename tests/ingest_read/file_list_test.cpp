// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/file_list.hpp"

#include <sys/stat.h>

#include "reading.hpp"

using namespace relata;
using namespace relata::ingest;

TEST_CASE("files are listed recursively in byte order without hidden ones", "[read][files][unit]") {
    const TemporaryFolder folder;
    for (const char* name :
         {"b.txt", "B.txt", "a/z.txt", "a.txt", ".hidden.txt", ".git/x.txt", "a/.b/y.txt"}) {
        folder.write(name, "x");
    }
    const FileList list = list_files({folder.path()});
    CHECK(list.problems.empty());
    CHECK(list.files == std::vector<std::string>{folder.path("B.txt"), folder.path("a.txt"),
                                                 folder.path("a/z.txt"), folder.path("b.txt")});
}

TEST_CASE("the order of the arguments changes nothing and doubles are read once", "[read][files][unit]") {
    const TemporaryFolder folder;
    folder.write("a.txt", "x");
    folder.write("b.txt", "x");
    const FileList one = list_files({folder.path("b.txt"), folder.path("a.txt"), folder.path("b.txt")});
    CHECK(one.files == std::vector<std::string>{folder.path("a.txt"), folder.path("b.txt")});
    CHECK(list_files({folder.path(), folder.path("a.txt")}).files == one.files);
}

TEST_CASE("a cycle of links ends and pipes are left out", "[read][files][unit]") {
    const TemporaryFolder folder;
    folder.write("sub/a.txt", "x");
    std::filesystem::create_directory_symlink(folder.path(), folder.path("sub/up"));
    std::filesystem::create_symlink("loop", folder.path("loop"));
    REQUIRE(mkfifo(folder.path("pipe").c_str(), 0600) == 0);
    const FileList list = list_files({folder.path()});
    CHECK(list.files == std::vector<std::string>{folder.path("sub/a.txt")});
    REQUIRE(list.problems.size() == 1);
    CHECK_THAT(list.problems.front().what(), Catch::Contains("loop: cannot be read"));
    CHECK_THAT(list_files({folder.path("pipe")}).problems.at(0).what(),
               Catch::EndsWith("is neither a file nor a folder"));
}

TEST_CASE("missing paths and empty folders are problems in words", "[read][files][bad-input][unit]") {
    const TemporaryFolder folder;
    folder.write("full/a.txt", "x");
    std::filesystem::create_directory(folder.path("empty"));
    const FileList list = list_files({folder.path("full"), folder.path("empty"), folder.path("missing"), ""});
    CHECK(list.files.size() == 1);
    REQUIRE(list.problems.size() == 3);
    CHECK(list.problems[0].what() == std::string("(empty path): does not exist"));
    CHECK(list.problems[1].what() == folder.path("empty") + ": holds no files");
    CHECK(list.problems[2].what() == folder.path("missing") + ": does not exist");
}
