// SPDX-License-Identifier: Apache-2.0
// How good the language analyser is on the dev parts of public corpora (UD English-EWT and GUM, PropBank over
// EWT, UNER over EWT, names in news), beside the floors that it must not fall below. The corpora are not part
// of the project; the folder is laid out as the trainer's (train/README.md): ud/, propbank/, ner/.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/analysed_document.hpp"
#include "eval/score.hpp"

namespace relata::eval {

// The analyser's two ways, filling the documents in place.
struct LanguageAnalyser {
    std::function<void(std::span<AnalysedDocument>)> analyse;         // from text and blocks
    std::function<void(std::span<AnalysedDocument>)> analyse_tokens;  // from sentences and token spans
};

using LanguageScore = Score;

// In the order of the table. Throws IoError or InputError when a corpus is missing or broken.
std::vector<Score> evaluate_language(const LanguageAnalyser& analyser, const std::filesystem::path& data);

// The gold readers behind it, for tests and tools.
// PropBank columns joined to UD words: puts predicates and the head words of their arguments into the
// sentences that have the same sent_id (`ids`, by sentence over all documents).
void read_propbank(const std::string& text, const std::string& source, const std::vector<std::string>& ids,
                   std::span<AnalysedDocument> documents);
// id TAB text TAB `TYPE=surface | TYPE=surface#2`: documents by article, one block a line, gold names as
// mentions. `wanted` chooses articles by the id before a colon.
std::vector<AnalysedDocument> read_news_names(const std::string& text, const std::string& source,
                                              const std::function<bool(std::string_view)>& wanted);
// The held-out tenth: FNV-1a (32 bits) of the article's id is divisible by ten.
bool in_dev_tenth(std::string_view article);

}  // namespace relata::eval
