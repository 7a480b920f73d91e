// SPDX-License-Identifier: Apache-2.0
// Documents for tests out of CoNLL-U, and facts as lines: "Ana Lind | ceo_of | Halden Motor | past".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"
#include "ingest/facts/ontology.hpp"

namespace relata::ingest::testing {

// The shipped ontology, loaded once.
const Ontology& news();
// The text of a file in tests/ingest_facts.
std::string read_fixture(const std::string& name);
// One document from CoNLL-U (MISC: NER=, Pred=, Args=), published on 2025-06-04, with its facts extracted.
AnalysedDocument extract(std::string_view conllu);
// Name of an argument: of its chain, else its words.
std::string name_of(const AnalysedDocument& analysed, const Argument& argument);
// The facts for the graph, or all, as "subject | relation | object | flags".
std::vector<std::string> lines(const AnalysedDocument& analysed, bool all = false);

}  // namespace relata::ingest::testing
