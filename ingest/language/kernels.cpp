// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/kernels.hpp"

namespace relata::ingest {

const Kernels& baseline_kernels();
const Kernels& avx2_kernels();
const Kernels& avx512_kernels();

const Kernels& kernels(VectorSet set) {
    switch (set) {
        case VectorSet::avx512:
            return avx512_kernels();
        case VectorSet::avx2:
            return avx2_kernels();
        case VectorSet::baseline:
            break;
    }
    return baseline_kernels();
}

}  // namespace relata::ingest
