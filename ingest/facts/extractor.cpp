// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/extractor.hpp"

namespace relata::ingest {

void FactExtractor::extract(AnalysedDocument& analysed) const {
    analysed.chains.clear();
    analysed.facts.clear();
}

}  // namespace relata::ingest
