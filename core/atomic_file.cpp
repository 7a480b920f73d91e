// SPDX-License-Identifier: Apache-2.0
#include "core/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace relata {
namespace {

void flush(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) throw IoError(path.string(), "open", errno);
    const int result = ::fsync(file);
    const int number = errno;
    ::close(file);
    // Some file systems cannot flush a directory; the rename is atomic there all the same.
    if (result != 0 && number != EINVAL && number != ENOTSUP) throw IoError(path.string(), "flush", number);
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path target)
    : target_(std::move(target)), temporary_(target_.string() + "." + std::to_string(::getpid()) + ".part") {
    const int file = ::open(temporary_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
    if (file < 0) throw IoError(target_.string(), "write", errno);
    ::close(file);
}

AtomicFile::~AtomicFile() {
    if (!committed_) ::unlink(temporary_.c_str());
}

void AtomicFile::commit() {
    flush(temporary_, O_RDONLY);
    if (::rename(temporary_.c_str(), target_.c_str()) != 0)
        throw IoError(target_.string(), "rename to", errno);
    committed_ = true;
    flush(std::filesystem::absolute(target_).parent_path(), O_RDONLY | O_DIRECTORY);
}

}  // namespace relata
