// SPDX-License-Identifier: Apache-2.0
// Search in names, relations and sentences of a graph in memory, the same for the page and the API.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "web/site.hpp"

namespace relata::web {

struct SentencePlace {
    std::size_t document = 0;  // index in KnowledgeGraph::documents()
    std::size_t sentence = 0;
};
struct SentenceMatches {
    std::vector<SentencePlace> places;  // newest article first
    std::size_t total = 0;
    bool complete = true;  // false: time ran out before all articles were read
};

// Lower-cased words (ASCII case only; other letters as they are), parted by white space, at most eight.
std::vector<std::string> search_words(std::string_view text);
// Sentences that hold every word, each at the start of a word of the sentence.
SentenceMatches find_sentences(const Site& site, const std::vector<std::string>& words, std::size_t limit,
                               std::size_t offset);
// Where the words begin a word of `text`: sorted, without overlap.
std::vector<ByteSpan> matches(std::string_view text, const std::vector<std::string>& words);
// Relations whose label, name or phrase holds every word, most facts first.
std::vector<const RelationGroup*> find_relations(const Site& site, const std::vector<std::string>& words,
                                                 std::size_t limit);

}  // namespace relata::web
