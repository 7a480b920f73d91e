// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/sentence_splitter.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "ingest/language/tokeniser.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

std::vector<std::string> sentences(const std::string& text) {
    static const auto splitter =
        SentenceSplitter::load(std::filesystem::path(RELATA_SOURCE_DIR) / "model" / "splitter.tsv");
    const auto tokens = tokenise(text, {0, text.size()});
    std::vector<std::string> out;
    std::size_t first = 0;
    for (const std::size_t last : splitter.split(text, tokens)) {
        out.emplace_back(ByteSpan{tokens[first].begin, tokens[last - 1].end}.of(text));
        first = last;
    }
    CHECK(first == tokens.size());
    return out;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("a full stop before a capital ends a sentence", "[language][splitter]") {
    CHECK(sentences("The ferry sank. Nobody was hurt. What now? Wait!") ==
          Strings{"The ferry sank.", "Nobody was hurt.", "What now?", "Wait!"});
}

TEST_CASE("abbreviations, initials and decimals do not end a sentence", "[language][splitter]") {
    CHECK(sentences("Dr. Keller of Brandt Inc. met J. R. Ruiz in the U.S. on Friday.").size() == 1);
    CHECK(sentences("Shares rose 3.5 percent to $ 4.20 on Jan. 5 in St. Olav.").size() == 1);
}

TEST_CASE("a closing quotation mark belongs to the sentence that it ends", "[language][splitter]") {
    CHECK(sentences("\"We will not sell the yard.\" The board agreed.") ==
          Strings{"\"We will not sell the yard.\"", "The board agreed."});
}

TEST_CASE("a headline without a full stop is one sentence", "[language][splitter]") {
    CHECK(sentences("Harbour Ministry Rejects Brandt Bid for Northern Yards").size() == 1);
}

TEST_CASE("nothing gives no sentence", "[language][splitter]") {
    CHECK(sentences("").empty());
    CHECK(sentences(" \n ").empty());
}

TEST_CASE("a broken table is reported with its name", "[language][splitter]") {
    CHECK_THROWS_AS(SentenceSplitter::load("/nonexistent/splitter.tsv"), IoError);
    const auto path = std::filesystem::temp_directory_path() / "relata-broken-splitter.tsv";
    std::ofstream(path) << "a.\tmany\n";
    CHECK_THROWS_AS(SentenceSplitter::load(path), FormatError);
    std::filesystem::remove(path);
}
