// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "cli/command.hpp"

int main(int count, char** values) {
    std::ios::sync_with_stdio(false);
    return relata::cli::run_program({values + 1, values + count});
}
