# SPDX-License-Identifier: Apache-2.0
# Linked PRIVATE by every room; never global flags, so that headers of third parties stay out of it.
add_library(relata_warnings INTERFACE)
target_compile_options(relata_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wduplicated-cond -Wlogical-op -Wuseless-cast
    # g++ 12 reports moves of std::variant and std::optional as uninitialised (PR 105562 and its kin).
    -Wno-maybe-uninitialized
    # … and finds overlapping copies in "literal" + std::string (PR 105651).
    -Wno-restrict)
