// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/wordpieces.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

// [CLS] 0, [SEP] 1, [UNK] 2, then these from 3.
WordPieces small_vocabulary() {
    const auto path = std::filesystem::temp_directory_path() / "relata-test-vocabulary.txt";
    std::ofstream(path) << "[CLS]\n[SEP]\n[UNK]\nplay\n##ing\n##s\ncafe\n-\n北\nun\n##play\n";
    auto pieces = WordPieces::load(path);
    std::filesystem::remove(path);
    return pieces;
}

std::vector<std::int32_t> ids(const std::string& word) {
    static const WordPieces pieces = small_vocabulary();
    std::vector<std::int32_t> out;
    pieces.append(word, out);
    return out;
}

using Ids = std::vector<std::int32_t>;

}  // namespace

TEST_CASE("words are cut greedily into the longest pieces", "[language][wordpieces]") {
    CHECK(ids("playing") == Ids{3, 4});
    CHECK(ids("unplay") == Ids{9, 10});
    CHECK(ids("playx") == Ids{2});
}

TEST_CASE("case and accents are dropped, punctuation and ideographs stand alone", "[language][wordpieces]") {
    CHECK(ids("PLAYS") == Ids{3, 5});
    CHECK(ids("Café") == Ids{6});
    CHECK(ids("Cafe\u0301") == Ids{6});
    CHECK(ids("play-play") == Ids{3, 7, 3});
    CHECK(ids("北play") == Ids{8, 3});
}

TEST_CASE("every word has one to twelve pieces", "[language][wordpieces]") {
    CHECK(ids("\u0301") == Ids{2});
    CHECK(ids(std::string(40, '-')).size() == k_pieces_per_word);
    CHECK(ids(std::string(1'000'000, 'q')) == Ids{2});
}

TEST_CASE("a vocabulary without its special pieces is refused", "[language][wordpieces]") {
    const auto path = std::filesystem::temp_directory_path() / "relata-test-bad-vocabulary.txt";
    std::ofstream(path) << "play\n";
    CHECK_THROWS_AS(WordPieces::load(path), FormatError);
    std::filesystem::remove(path);
    CHECK_THROWS_AS(WordPieces::load("/nonexistent/vocab.txt"), IoError);
}

TEST_CASE("casing classes tell how a word is capitalised", "[language][wordpieces]") {
    CHECK(casing_class("ferry", false) == 1);
    CHECK(casing_class("A", false) == 2);
    CHECK(casing_class("NATO", false) == 3);
    CHECK(casing_class("Oslo", false) == 4);
    CHECK(casing_class("Østby", false) == 4);
    CHECK(casing_class("iPhone", false) == 5);
    CHECK(casing_class("McKinsey", false) == 6);
    CHECK(casing_class("A380", false) == 7);
    CHECK(casing_class("2026", false) == 8);
    CHECK(casing_class("--", false) == 9);
    CHECK(casing_class("The", true) == 13);
    CHECK(casing_class("2026", true) == 8);
}
