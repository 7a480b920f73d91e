// SPDX-License-Identifier: Apache-2.0
// How good the chains are: on OntoGUM's dev documents (OntoNotes' guidelines; gold sentences and tokens,
// everything else predicted) by the CoNLL metrics, and on GAP's snippets (does the pronoun mean A, B or
// neither) by precision, recall and F1, for either gender too. The corpora are not part of the project.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"
#include "eval/coreference_scores.hpp"
#include "eval/language_scores.hpp"
#include "eval/score.hpp"

namespace relata::eval {

// Both ways fill trees, mentions and chains of the documents in place.
struct CoreferenceAnalyser {
    std::function<void(std::span<AnalysedDocument>)> analyse;         // from text and blocks
    std::function<void(std::span<AnalysedDocument>)> analyse_tokens;  // from sentences and token spans
};

// In the order of the table: CoNLL average, its three parts, GAP. Every wrong link of OntoGUM and every wrong
// answer of GAP adds a line to `remarks` when that is given. Throws IoError or InputError when a corpus is
// missing or broken.
std::vector<Score> evaluate_coreference(const CoreferenceAnalyser& analyser,
                                        const std::filesystem::path& data,
                                        std::vector<std::string>* remarks = nullptr);

// The parts behind it, for tests and tools.
// One token a line: index, form, chains that open and close there: "(3", "3)", "(3)", "(2(3)", "_".
// Throws InputError{source, line}.
Chains read_chain_column(std::string_view text, const std::string& source);
// Chains of two mentions or more with the extents that OntoNotes gives them: the whole phrase with what
// follows its head, without prepositions and coordinated phrases; a possessor with its 's.
Chains whole_phrases(const AnalysedDocument& analysed);

struct GapSnippet {
    std::string id, text;
    ByteSpan pronoun, a, b;
    bool a_coreferent = false, b_coreferent = false;
};
// The corpus's TSV with its heading line; offsets in code points. Throws InputError{source, line}.
std::vector<GapSnippet> read_gap(std::string_view text, const std::string& source);
// True when a mention whose head lies in `name` shares a chain with the pronoun.
bool chained(const AnalysedDocument& analysed, ByteSpan pronoun, ByteSpan name);

}  // namespace relata::eval
