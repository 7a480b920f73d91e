// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/file_list.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

namespace relata::ingest {
namespace {

std::string reason_of(int error) {
    if (error == ENOENT) return "does not exist";
    if (error == EACCES) return "may not be read (permission denied)";
    return "cannot be read: " + std::generic_category().message(error);
}

// Names below a directory in byte order, hidden ones left out.
std::vector<std::string> names_in(const std::string& path, int& error) {
    std::vector<std::string> names;
    const auto close = [](DIR* directory) { closedir(directory); };
    const std::unique_ptr<DIR, decltype(close)> directory(opendir(path.c_str()), close);
    error = directory ? 0 : errno;
    if (!directory) return names;
    while (const dirent* entry = readdir(directory.get())) {
        if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Walk {
  public:
    explicit Walk(FileList& list) : list_(list) {}

    // An own stack: the depth of folders is the user's and must not be ours.
    void add(const std::string& given) {
        std::vector<std::string> open{given};
        while (!open.empty()) {
            const std::string path = std::move(open.back());
            open.pop_back();
            struct stat status {};
            if (stat(path.c_str(), &status) != 0) {
                list_.problems.emplace_back(path, reason_of(errno));
            } else if (S_ISREG(status.st_mode)) {
                list_.files.push_back(path);
            } else if (S_ISDIR(status.st_mode)) {
                if (!seen_.emplace(status.st_dev, status.st_ino).second) continue;
                int error = 0;
                std::vector<std::string> names = names_in(path, error);
                if (error != 0) list_.problems.emplace_back(path, reason_of(error));
                const std::string prefix = path.back() == '/' ? path : path + "/";
                for (auto name = names.rbegin(); name != names.rend(); ++name) open.push_back(prefix + *name);
            } else if (path == given) {
                list_.problems.emplace_back(path, "is neither a file nor a folder");
            }
        }
    }

  private:
    FileList& list_;
    std::set<std::pair<dev_t, ino_t>> seen_;
};

}  // namespace

FileList list_files(const std::vector<std::string>& paths) {
    FileList list;
    std::vector<std::string> ordered = paths;
    std::sort(ordered.begin(), ordered.end());
    ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
    Walk walk(list);
    for (const std::string& path : ordered) {
        const std::size_t before = list.files.size() + list.problems.size();
        if (path.empty()) {
            list.problems.emplace_back("(empty path)", "does not exist");
            continue;
        }
        walk.add(path);
        if (list.files.size() + list.problems.size() == before) {
            list.problems.emplace_back(path, "holds no files");
        }
    }
    std::sort(list.files.begin(), list.files.end());
    list.files.erase(std::unique(list.files.begin(), list.files.end()), list.files.end());
    return list;
}

}  // namespace relata::ingest
