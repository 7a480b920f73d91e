// SPDX-License-Identifier: Apache-2.0
// AtomicFile: a file that appears under its final name complete or not at all. Write to path(), then
// commit(), which flushes to the disk and renames. Without commit() the temporary file is removed and an
// older target stays as it was.
#pragma once

#include <filesystem>

namespace relata {

class AtomicFile {
  public:
    // Creates an empty temporary file beside `target`. Throws IoError.
    explicit AtomicFile(std::filesystem::path target);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    const std::filesystem::path& path() const { return temporary_; }
    // Precondition: everything is written to path() and closed. Throws IoError.
    void commit();

  private:
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    bool committed_ = false;
};

}  // namespace relata
