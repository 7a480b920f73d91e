// SPDX-License-Identifier: Apache-2.0
// Names for things without a name: a chain of "the deal" is called by its fullest description in the
// document, "deal between Halden Motor and Klinova", so that a reader of the graph knows what is meant.
#pragma once

#include <cstddef>

#include "ingest/facts/document_view.hpp"

namespace relata::ingest {

// Renames the nameless chains of the document. Facts in the graph whose relation is open and whose thing has
// no description but a vague noun ("the project") are taken out of the graph.
void describe_nameless_things(DocumentView& view);

}  // namespace relata::ingest
