// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/kernels.hpp"

#define RELATA_VECTOR_NAME "avx2"
#define RELATA_REGISTER_FLOATS 8
#define RELATA_MIX_ROWS 2
#include "ingest/language/kernels_body.inc"

namespace relata::ingest {

const Kernels& avx2_kernels() {
    return k_table;
}

}  // namespace relata::ingest
