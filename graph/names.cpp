// SPDX-License-Identifier: Apache-2.0
#include "graph/names.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace relata::graph {
namespace {

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& sorted, std::string_view word) {
    return std::binary_search(sorted.begin(), sorted.end(), word);
}

// Legal forms after folding ("S.p.A." -> "spa"), by country:
// wikipedia.org/wiki/List_of_legal_entity_types_by_country. Example: "Halden Motor AG", "Orsava Inc.",
// "Pelagio S.p.A.", "Kestria Pty Ltd".
constexpr std::array<std::string_view, 74> k_legal_forms = {
    "ab",   "ad",          "ag",           "ao",   "aps", "as",   "asa",  "bhd",  "bv",      "co",  "company",
    "corp", "corporation", "cv",           "dd",   "doo", "ehf",  "eood", "ev",   "gbr",     "gk",  "gmbh",
    "hf",   "inc",         "incorporated", "jsc",  "kft", "kg",   "kgaa", "kk",   "limited", "llc", "llp",
    "lp",   "ltd",         "ltda",         "mbh",  "nv",  "nyrt", "ohg",  "ojsc", "ood",     "ooo", "ou",
    "oy",   "oyj",         "pao",          "pjsc", "plc", "pte",  "pty",  "pvt",  "rt",      "sa",  "sab",
    "sae",  "saoc",        "sarl",         "sas",  "sdn", "se",   "sia",  "sl",   "slu",     "spa", "srl",
    "srls", "sro",         "tbk",          "uab",  "ug",  "vof",  "zao",  "zrt"};
// Forms that are also words or parts of names: dropped only when written as a form ("Nesje AS", "Nesje
// a.s.").
constexpr std::array<std::string_view, 15> k_ambiguous_forms = {
    "ad", "ag", "ao", "as", "co", "cv", "dd", "ev", "hf", "ou", "rt", "sa", "se", "sia", "sl"};

// Titles in front of a person's name. Those that reign are no titles here: "Pope Leo" without "Pope" would be
// nobody. Example: "Dr. Mei Tanaka", "Prime Minister Ivo Kestrel".
constexpr std::array<std::string_view, 60> k_titles = {
    "admiral", "ambassador", "attorney",     "brigadier",   "capt",          "captain",
    "ceo",     "chairman",   "chairwoman",   "chancellor",  "chief",         "col",
    "colonel", "commander",  "commissioner", "congressman", "congresswoman", "councillor",
    "dame",    "detective",  "dr",           "executive",   "father",        "gen",
    "general", "gov",        "governor",     "herr",        "hon",           "inspector",
    "judge",   "justice",    "lady",         "lieutenant",  "lord",          "lt",
    "madame",  "maj",        "mayor",        "minister",    "miss",          "mr",
    "mrs",     "ms",         "mx",           "officer",     "president",     "prime",
    "prof",    "professor",  "rep",          "rev",         "reverend",      "secretary",
    "sen",     "senator",    "sgt",          "sheriff",     "sir",           "vice"};
constexpr std::array<std::string_view, 12> k_post_nominals = {"cbe", "esq", "kbe", "kc",  "mba", "mbe",
                                                              "md",  "mep", "mp",  "obe", "phd", "qc"};
constexpr std::array<std::string_view, 13> k_small_words = {"and", "de",  "del", "der", "des", "di", "du",
                                                            "et",  "for", "la",  "of",  "on",  "the"};

// Countries and unions under several names (their own governments' and the press's usage).
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> k_known_places = {{
    {"britain", "united kingdom"},
    {"burma", "myanmar"},
    {"cote divoire", "ivory coast"},
    {"czech republic", "czechia"},
    {"dprk", "north korea"},
    {"dr congo", "democratic republic of the congo"},
    {"drc", "democratic republic of the congo"},
    {"eu", "european union"},
    {"great britain", "united kingdom"},
    {"holland", "netherlands"},
    {"kingdom of saudi arabia", "saudi arabia"},
    {"peoples republic of china", "china"},
    {"prc", "china"},
    {"republic of china", "taiwan"},
    {"republic of ireland", "ireland"},
    {"republic of korea", "south korea"},
    {"russian federation", "russia"},
    {"swaziland", "eswatini"},
    {"turkiye", "turkey"},
    {"uae", "united arab emirates"},
    {"uk", "united kingdom"},
    {"un", "united nations"},
    {"us", "united states"},
    {"usa", "united states"},
    {"united states of america", "united states"},
    {"vatican city", "vatican"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> k_known_organisations = {{
    {"eu", "european union"},
    {"imf", "international monetary fund"},
    {"nato", "north atlantic treaty organization"},
    {"north atlantic treaty organisation", "north atlantic treaty organization"},
    {"un", "united nations"},
    {"who", "world health organization"},
    {"world health organisation", "world health organization"},
    {"wto", "world trade organization"},
}};

// In front of an institution's name: "U.S. Senate", "UN Security Council", "EU Commission".
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> k_prefixes = {{
    {"eu", "european union"},
    {"uk", "united kingdom"},
    {"un", "united nations"},
    {"us", "united states"},
    {"usa", "united states"},
}};

// Letters that no canonical decomposition takes apart.
std::string_view plain_letter(char32_t letter) {
    switch (letter) {
        case U'ø':
            return "o";
        case U'ł':
            return "l";
        case U'đ':
            return "d";
        case U'ı':
            return "i";
        case U'æ':
            return "ae";
        case U'œ':
            return "oe";
        case U'þ':
            return "th";
        case U'ð':
            return "d";
        default:
            return {};
    }
}

// Case folded, compatibility forms united, invisible characters dropped, Latin, Greek and Cyrillic accents
// removed.
std::string fold_letters(std::string_view text) {
    std::string result;
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
    if (ascii) {
        for (const char c : text) result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return result;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold_case = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
    const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(status);
    icu::UnicodeString folded = fold_case->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))),
        status);
    icu::UnicodeString parted = decompose->normalize(folded, status);
    icu::UnicodeString bare;
    for (int32_t i = 0; i < parted.length(); i = parted.moveIndex32(i, 1)) {
        const UChar32 c = parted.char32At(i);
        if (c < 0x300 || c > 0x36F) bare.append(c);
    }
    std::string united;
    compose->normalize(bare, status).toUTF8String(united);
    if (U_FAILURE(status)) throw Error("the Unicode library failed to normalise a name");
    for (std::size_t at = 0; at < united.size();) {
        const auto [letter, length] = utf8::decode(united, at);
        if (const auto plain = plain_letter(letter); !plain.empty()) {
            result += plain;
        } else {
            result.append(united, at, length);
        }
        at += length;
    }
    return result;
}

struct Word {
    std::string text;
    bool marked = false;  // written with an upper-case letter or a full stop, as legal forms are
};

bool is_white(char32_t c) {
    return u_isUWhiteSpace(static_cast<UChar32>(c)) || c < 0x20 || c == 0x7F;
}

// A name's words, folded. Full stops vanish inside abbreviations ("U.S." -> "us"), but part initials of
// persons
// ("J.K." -> "j", "k") and stay between digits ("2.5").
std::vector<Word> words_of(std::string_view name, bool stops_part) {
    std::vector<Word> words;
    std::size_t at = 0;
    while (at < name.size()) {
        std::size_t end = at;
        bool marked = false;
        while (end < name.size()) {
            const auto [c, length] = utf8::decode(name, end);
            if (is_white(c)) break;
            marked = marked || u_isupper(static_cast<UChar32>(c)) || c == U'.';
            end += length;
        }
        if (end > at) {
            const std::string folded = fold_letters(name.substr(at, end - at));
            std::string word;
            const auto flush = [&] {
                if (!word.empty()) words.push_back({std::exchange(word, {}), marked});
            };
            for (std::size_t i = 0; i < folded.size();) {
                const auto [c, length] = utf8::decode(folded, i);
                const auto code = static_cast<UChar32>(c);
                if (c == U'&') {
                    flush();
                    words.push_back({"and", false});
                } else if (c == U'.') {
                    const bool decimal = i > 0 && i + 1 < folded.size() && u_isdigit(folded[i - 1]) &&
                                         u_isdigit(folded[i + 1]);
                    if (decimal) {
                        word += '.';
                    } else if (stops_part) {
                        flush();
                    }
                } else if (c == U'\'' || c == U'’' || c == U'ʼ') {
                    // "O'Brien" -> "obrien"
                } else if ((u_ispunct(code) && c != U'#') || is_white(c) ||
                           u_charType(code) == U_CONTROL_CHAR) {
                    flush();
                } else {
                    word.append(folded, i, length);
                }
                i += length;
            }
            flush();
        }
        at = end;
        if (at < name.size()) at += utf8::decode(name, at).length;
    }
    return words;
}

std::string join(const std::vector<Word>& words, std::size_t first, std::size_t last) {
    std::string text;
    for (std::size_t i = first; i < last; ++i) {
        if (!text.empty()) text += ' ';
        text += words[i].text;
    }
    return text;
}

// Length of a possessive ending in bytes: "Orsava's", "Orsava’s".
std::size_t possessive(std::string_view name) {
    for (const std::string_view ending : {"'s", "’s", "'S", "’S"}) {
        if (name.size() > ending.size() && name.ends_with(ending)) return ending.size();
    }
    return 0;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view key) {
    std::vector<std::string_view> words;
    while (!key.empty()) {
        const std::size_t space = key.find(' ');
        words.push_back(key.substr(0, space));
        if (space == std::string_view::npos) break;
        key.remove_prefix(space + 1);
    }
    return words;
}

}  // namespace

TypeGroup group_of(EntityType type) {
    RELATA_EXPECTS(!is_value(type));
    switch (type) {
        case EntityType::PERSON:
            return TypeGroup::person;
        case EntityType::ORG:
            return TypeGroup::organisation;
        case EntityType::GPE:
        case EntityType::LOC:
        case EntityType::FAC:
            return TypeGroup::place;
        case EntityType::NORP:
            return TypeGroup::norp;
        case EntityType::PRODUCT:
            return TypeGroup::product;
        case EntityType::WORK:
            return TypeGroup::work;
        case EntityType::EVENT:
            return TypeGroup::event;
        case EntityType::LAW:
            return TypeGroup::law;
        default:
            return TypeGroup::other;
    }
}

std::string_view to_string(TypeGroup group) {
    constexpr std::array<std::string_view, 9> names = {"person", "organisation", "place", "norp", "product",
                                                       "work",   "event",        "law",   "other"};
    return names[static_cast<std::size_t>(group)];
}

std::string fold(std::string_view text) {
    const std::vector<Word> words = words_of(text, false);
    std::string key = join(words, 0, words.size());
    // A name of punctuation alone ("!!!") still is a name.
    if (key.empty()) key = fold_letters(trim(clean_name(text)));
    return key;
}

NameKey name_key(std::string_view name, TypeGroup group) {
    name = trim(name);
    name.remove_suffix(possessive(name));
    const std::vector<Word> words = words_of(name, group == TypeGroup::person);
    NameKey key;
    std::size_t first = 0;
    std::size_t last = words.size();
    if (last - first > 1 && words[first].text == "the") ++first;
    if (group == TypeGroup::organisation) {
        const auto is_form = [&](const Word& word) {
            const bool ambiguous = std::find(k_ambiguous_forms.begin(), k_ambiguous_forms.end(), word.text) !=
                                   k_ambiguous_forms.end();
            return holds(k_legal_forms, word.text) && (word.marked || !ambiguous);
        };
        while (last - first > 1) {
            // "GmbH & Co. KG", "S.A. de C.V."
            const std::string& text = words[last - 1].text;
            const bool joint = key.dropped_suffix && (text == "and" || text == "de") && last - first > 2 &&
                               is_form(words[last - 2]);
            if (!joint && !is_form(words[last - 1])) break;
            --last;
            key.dropped_suffix = true;
        }
        // "Nesje & Co." leaves "nesje and".
        if (key.dropped_suffix && last - first > 1 && words[last - 1].text == "and") --last;
    } else if (group == TypeGroup::person) {
        while (last - first > 1 && holds(k_titles, words[first].text)) {
            ++first;
            key.dropped_title = true;
        }
        while (last - first > 1 && holds(k_post_nominals, words[last - 1].text)) {
            --last;
            key.dropped_title = true;
        }
    }
    key.text = join(words, first, last);
    const bool institution =
        group == TypeGroup::organisation || group == TypeGroup::law || group == TypeGroup::event;
    if (institution && last - first > 1) {
        for (const auto& [prefix, full] : k_prefixes) {
            if (words[first].text == prefix) key.text.replace(0, prefix.size(), full);
        }
    }
    if (key.text.empty()) key.text = fold(name);
    key.single_word = last - first <= 1;
    return key;
}

std::string_view known_name(std::string_view key, TypeGroup group) {
    const auto look_up = [key](const auto& table) -> std::string_view {
        for (const auto& [other, canonical] : table) {
            if (other == key) return canonical;
        }
        return {};
    };
    if (group == TypeGroup::place) return look_up(k_known_places);
    if (group == TypeGroup::organisation) return look_up(k_known_organisations);
    return {};
}

std::vector<std::string> acronyms(std::string_view key) {
    std::string all;
    std::string main;
    for (const std::string_view word : split(key)) {
        const std::string_view initial = word.substr(0, utf8::decode(word, 0).length);
        all += initial;
        if (!holds(k_small_words, word)) main += initial;
    }
    std::vector<std::string> result;
    if (utf8::code_points(main) >= 2) result.push_back(main);
    if (all != main && utf8::code_points(all) >= 2) result.push_back(all);
    return result;
}

bool is_acronym(std::string_view name) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < name.size();) {
        const auto [c, length] = utf8::decode(name, at);
        at += length;
        if (c == U'.' || c == U'&') continue;
        if (!u_isupper(static_cast<UChar32>(c))) return false;
        ++letters;
    }
    return letters >= 2 && letters <= 7;
}

bool is_shouting(std::string_view name) {
    std::size_t upper = 0;
    for (std::size_t at = 0; at < name.size();) {
        const auto [c, length] = utf8::decode(name, at);
        at += length;
        if (u_islower(static_cast<UChar32>(c))) return false;
        if (u_isupper(static_cast<UChar32>(c))) ++upper;
    }
    return upper >= 2;
}

bool is_whole(std::string_view name) {
    int open = 0;
    for (const char c : name) {
        if (c == '(') ++open;
        if (c == ')' && --open < 0) return false;
    }
    const std::size_t space = name.rfind(' ');
    const bool cut = space != std::string_view::npos && holds(k_small_words, name.substr(space + 1));
    return open == 0 && !cut && !name.empty() &&
           std::string_view("-,;:&/").find(name.back()) == std::string_view::npos;
}

std::string clean_name(std::string_view name) {
    std::string result;
    bool space = false;
    for (std::size_t at = 0; at < name.size();) {
        const auto [c, length] = utf8::decode(name, at);
        const auto code = static_cast<UChar32>(c);
        if (is_white(c) || u_charType(code) == U_CONTROL_CHAR) {
            space = !result.empty();
        } else if (!u_hasBinaryProperty(code, UCHAR_BIDI_CONTROL) &&
                   !u_hasBinaryProperty(code, UCHAR_NONCHARACTER_CODE_POINT)) {
            if (std::exchange(space, false)) result += ' ';
            result.append(name, at, length);
        }
        at += length;
    }
    result.resize(result.size() - possessive(result));
    result.resize(trim(result).size());
    if (result.starts_with("the ") && result.size() > 4) result.erase(0, 4);
    return result;
}

std::string without_determiners(std::string_view phrase) {
    constexpr std::array<std::string_view, 18> k_determiners = {
        "a",   "an",   "any",  "each", "every", "her",   "his",   "its",  "my",
        "our", "some", "such", "that", "the",   "their", "these", "this", "those"};
    std::string_view rest = trim(phrase);
    while (true) {
        const std::size_t space = rest.find(' ');
        if (space == std::string_view::npos || !holds(k_determiners, fold(rest.substr(0, space)))) break;
        rest = trim(rest.substr(space));
    }
    return std::string(rest);
}

std::string without_titles(std::string_view name) {
    std::string_view rest = trim(name);
    while (true) {
        const std::size_t space = rest.find(' ');
        if (space == std::string_view::npos) return std::string(rest);
        if (!holds(k_titles, fold(rest.substr(0, space)))) return std::string(rest);
        rest = trim(rest.substr(space));
    }
}

}  // namespace relata::graph
