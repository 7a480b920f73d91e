// SPDX-License-Identifier: Apache-2.0
#include "web/search.hpp"

#include <algorithm>
#include <chrono>

namespace relata::web {
namespace {

constexpr std::size_t k_most_words = 8;
// A request must not hold a thread for long; the page says when it stopped early.
constexpr std::chrono::milliseconds k_budget{400};

char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

// Letters outside ASCII count as letters: no word begins inside "Åkerholm" after the "Å".
bool in_word(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           (lower(character) >= 'a' && lower(character) <= 'z');
}

// The first place at or after `from` where `word` begins a word of `text`, or npos.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
    while (from + word.size() <= text.size()) {
        const auto found =
            std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), word.begin(),
                        word.end(), [](char a, char b) { return lower(a) == b; });
        if (found == text.end()) return std::string_view::npos;
        const auto at = static_cast<std::size_t>(found - text.begin());
        if (at == 0 || !in_word(text[at - 1]) || !in_word(word.front())) return at;
        from = at + 1;
    }
    return std::string_view::npos;
}

bool holds_all(std::string_view text, const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return find_word(text, word, 0) != std::string_view::npos;
    });
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty() && words.size() < k_most_words) words.push_back(word);
        word.clear();
    };
    for (const char character : text) {
        if (character == ' ' || character == '\t' || character == '\n' || character == '\r')
            finish();
        else
            word += lower(character);
    }
    finish();
    return words;
}

SentenceMatches find_sentences(const Site& site, const std::vector<std::string>& words, std::size_t limit,
                               std::size_t offset) {
    SentenceMatches result;
    if (words.empty()) return result;
    const auto deadline = std::chrono::steady_clock::now() + k_budget;
    for (const std::size_t at : site.by_publication) {
        if (std::chrono::steady_clock::now() > deadline) {
            result.complete = false;
            break;
        }
        const graph::SourceDocument& document = site.graph.documents()[at];
        if (!holds_all(document.text, words)) continue;
        for (std::size_t sentence = 0; sentence < document.sentences.size(); ++sentence) {
            if (!holds_all(document.sentences[sentence].span.of(document.text), words)) continue;
            if (result.total >= offset && result.places.size() < limit)
                result.places.push_back({at, sentence});
            ++result.total;
        }
    }
    return result;
}

std::vector<ByteSpan> matches(std::string_view text, const std::vector<std::string>& words) {
    std::vector<ByteSpan> found;
    for (const std::string& word : words) {
        for (std::size_t at = find_word(text, word, 0); at != std::string_view::npos;
             at = find_word(text, word, at + word.size()))
            found.push_back({at, at + word.size()});
    }
    std::sort(found.begin(), found.end());
    std::vector<ByteSpan> apart;
    for (const ByteSpan span : found) {
        if (!apart.empty() && span.begin < apart.back().end) {
            apart.back().end = std::max(apart.back().end, span.end);
            continue;
        }
        apart.push_back(span);
    }
    return apart;
}

std::vector<const RelationGroup*> find_relations(const Site& site, const std::vector<std::string>& words,
                                                 std::size_t limit) {
    std::vector<const RelationGroup*> found;
    if (words.empty()) return found;
    for (const RelationGroup& group : site.relations) {
        if (found.size() >= limit) break;
        if (holds_all(group.label, words) || holds_all(group.name, words) ||
            holds_all(group.inverse_label, words))
            found.push_back(&group);
    }
    return found;
}

}  // namespace relata::web
