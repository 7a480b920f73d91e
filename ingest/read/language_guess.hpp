// SPDX-License-Identifier: Apache-2.0
// Whether a text is English, as far as its function words tell. Relata understands English only, and a German
// article analysed as English would fill the graph with nonsense.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace relata::ingest {

// Why `text` is not worth analysing ("looks like German, not English"; "holds no words"), or nullopt. Judges
// the first 200 words; fewer than 12 are never judged by their language.
std::optional<std::string> reason_not_english(std::string_view text);

}  // namespace relata::ingest
