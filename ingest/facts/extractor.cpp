// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/extractor.hpp"

#include "ingest/facts/coreference.hpp"
#include "ingest/facts/document_view.hpp"
#include "ingest/facts/relations.hpp"

namespace relata::ingest {

void find_mentions(AnalysedDocument& analysed) {
    DocumentView view(analysed);
    resolve_coreference(view);
}

void FactExtractor::extract(AnalysedDocument& analysed) const {
    DocumentView view(analysed);
    resolve_coreference(view);
    extract_relations(view, ontology_);
}

}  // namespace relata::ingest
