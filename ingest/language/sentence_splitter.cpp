// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/sentence_splitter.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace relata::ingest {
namespace {

// FNV-1a, continued over the parts of a feature.
struct Hash {
    std::uint64_t value = 0xcbf29ce484222325u;
    Hash& operator<<(std::string_view text) {
        for (const char c : text) {
            value ^= static_cast<unsigned char>(c);
            value *= 0x100000001b3u;
        }
        return *this;
    }
    Hash& operator<<(char c) { return *this << std::string_view(&c, 1); }
};

std::string lowered(std::string_view form) {
    std::string text(form.substr(0, 64));
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

// Runs of the same kind of character, at most six: Xx, XX, X., 0:0; punctuation is its first character. The
// same as shape() of train/splitter.py.
std::string shape(std::string_view form) {
    const auto is_alnum = [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; };
    bool word = false;
    for (std::size_t i = 0; i < form.size() && !word;) {
        const auto [c, length] = utf8::decode(form, i);
        word = is_alnum(c);
        i += length;
    }
    std::string out;
    if (!word) {
        const auto [c, length] = utf8::decode(form, 0);
        utf8::append(out, c);
        if (length < form.size()) out += '+';
        return out;
    }
    std::size_t runs = 0;
    char32_t last = 0;
    for (std::size_t i = 0; i < form.size() && runs < 6;) {
        const auto [c, length] = utf8::decode(form, i);
        i += length;
        char32_t kind = c;
        if (u_isalpha(static_cast<UChar32>(c))) {
            kind = u_isupper(static_cast<UChar32>(c)) ? U'X' : U'x';
        } else if (u_isdigit(static_cast<UChar32>(c))) {
            kind = U'0';
        }
        // A single capital is not the same as many.
        if (runs > 0 && kind == last && !(kind == U'X' && runs == 1 && out.size() == 1)) continue;
        utf8::append(out, kind);
        last = kind;
        ++runs;
    }
    return out;
}

char bucket(std::size_t n) {
    constexpr std::array<std::size_t, 9> limits = {1, 2, 3, 5, 8, 12, 18, 25, 40};
    const auto at = std::lower_bound(limits.begin(), limits.end(), n) - limits.begin();
    return static_cast<char>('0' + at);
}

}  // namespace

SentenceSplitter SentenceSplitter::load(const std::filesystem::path& table) {
    std::ifstream in(table, std::ios::binary);
    if (!in) throw IoError(table.string(), "open", errno);
    SentenceSplitter splitter;
    std::string line;
    while (std::getline(in, line)) {
        if (line.starts_with("# ")) continue;
        const auto tab = line.rfind('\t');
        if (tab == std::string::npos) throw FormatError(table.string(), "a line without a tab");
        const std::string_view name = std::string_view(line).substr(0, tab);
        const std::string_view value = std::string_view(line).substr(tab + 1);
        if (name == "w") {
            splitter.words_.insert((Hash() << value).value);
            continue;
        }
        float weight = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), weight);
        if (error != std::errc() || end != value.data() + value.size())
            throw FormatError(table.string(), "not a number: " + std::string(value));
        splitter.weights_.emplace((Hash() << name).value, weight);
    }
    if (splitter.weights_.empty()) throw FormatError(table.string(), "no weights");
    return splitter;
}

std::vector<std::size_t> SentenceSplitter::split(std::string_view text,
                                                 std::span<const ByteSpan> tokens) const {
    std::vector<std::size_t> ends;
    const std::size_t n = tokens.size();
    if (n == 0) return ends;
    std::size_t stops = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const char last = text[tokens[i].end - 1];
        if (last == '.' || last == '?' || last == '!') ++stops;
    }
    // Shape and word of tokens i - 1 to i + 2; beyond the edges both are "<>".
    struct View {
        std::string shape = "<>", word = "<>";
    };
    const auto view = [&](std::size_t i) {
        View v;
        if (i >= n) return v;
        v.shape = shape(tokens[i].of(text));
        v.word = lowered(tokens[i].of(text));
        if (!words_.contains((Hash() << v.word).value)) v.word.clear();
        return v;
    };
    View previous, current = view(0), following = view(1), second = view(2);
    const auto weight = [this](const Hash& feature) {
        const auto found = weights_.find(feature.value);
        return found == weights_.end() ? 0.0F : found->second;
    };
    std::size_t length = 0, quotes = 0, brackets = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const auto form = tokens[i].of(text);
        ++length;
        if (form == "\"") ++quotes;
        if (form == "(" || form == "[" || form == "{") ++brackets;
        if ((form == ")" || form == "]" || form == "}") && brackets > 0) --brackets;
        const std::string& s = current.shape;
        const std::string& next = following.shape;
        const std::string& word = current.word;
        const char blank = tokens[i].end == tokens[i + 1].begin ? '^' : '_';
        const std::string kind = s.find_first_of("Xx0") == std::string::npos ? s : "w";
        // The templates of features() in train/splitter.py, in its order.
        const float score =
            weight(Hash() << 'a' << s) + weight(Hash() << 'b' << next) +
            weight(Hash() << 'c' << s << blank << next) +
            weight(Hash() << 'd' << previous.shape << ' ' << s) +
            weight(Hash() << 'e' << previous.shape << ' ' << s << blank << next) +
            weight(Hash() << 'f' << word) + weight(Hash() << 'g' << following.word) +
            weight(Hash() << 'h' << word << ' ' << next) +
            weight(Hash() << 'i' << s << blank << following.word) +
            weight(Hash() << 'j' << s << ' ' << next << ' ' << second.shape) +
            weight(Hash() << 'k' << (quotes % 2 ? '1' : '0') << (brackets ? '1' : '0') << kind) +
            weight(Hash() << 'l' << bucket(length) << kind) +
            weight(Hash() << 'm' << bucket(n - 1 - i) << kind) +
            weight(Hash() << 'n' << bucket(stops) << kind) +
            weight(Hash() << 'o' << word << ' ' << following.word);
        if (score > 0) {
            ends.push_back(i + 1);
            length = quotes = brackets = 0;
        }
        previous = std::exchange(current, std::exchange(following, std::exchange(second, view(i + 3))));
    }
    ends.push_back(n);
    return ends;
}

}  // namespace relata::ingest
