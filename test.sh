#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds the developer build (warnings are errors, AddressSanitizer, UBSan) and the release
# build, and runs every test; ends with ctest's closing lines.
set -euo pipefail
cd "$(dirname "$0")"

./cmake/install_packages.sh
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"

cmake --preset release
cmake --build --preset release --target relata
cmake --preset dev
cmake --build --preset dev
cmake --build --preset dev --target all_verify_interface_header_sets
ctest --preset dev --parallel "$(nproc)"
