// SPDX-License-Identifier: Apache-2.0
// Rows for judging facts by hand: what is claimed beside the sentence that is said to say it, in columns with
// a tab between, fit for a spreadsheet. The first column is empty, for the judgement.
#pragma once

#include <string>

#include "core/analysed_document.hpp"

namespace relata::cli {

std::string judging_header();
// "Ana Lind (she)" where the words are another form of the thing's name. Without tabs and line ends inside.
std::string judging_row(const AnalysedDocument& analysed, const FactMention& fact);

}  // namespace relata::cli
