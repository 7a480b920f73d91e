// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/kernels.hpp"

#define RELATA_VECTOR_NAME "sse2"
#define RELATA_REGISTER_FLOATS 4
#define RELATA_MIX_ROWS 2
#include "ingest/language/kernels_body.inc"

namespace relata::ingest {

const Kernels& baseline_kernels() {
    return k_table;
}

}  // namespace relata::ingest
