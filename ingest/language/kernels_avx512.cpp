// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/kernels.hpp"

#define RELATA_VECTOR_NAME "avx512"
#define RELATA_REGISTER_FLOATS 16
#define RELATA_MIX_ROWS 4
#include "ingest/language/kernels_body.inc"

namespace relata::ingest {

const Kernels& avx512_kernels() {
    return k_table;
}

}  // namespace relata::ingest
