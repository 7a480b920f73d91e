// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/tokeniser.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "core/utf8.hpp"

namespace relata::ingest {
namespace {

using Words = std::unordered_set<std::string_view>;

// Written with a full stop that belongs to them. Lower-cased here; those of k_capital_abbreviations only
// count when capitalised, because they are words or verbs otherwise ("He sat.", "The sun.").
const Words k_abbreviations = {
    "mr",     "mrs",  "ms",   "dr",   "prof", "rev", "gen",  "gov",  "lt",    "sgt",    "capt", "cmdr",
    "adm",    "jr",   "sr",   "inc",  "corp", "ltd", "bros", "vs",   "etc",   "jan",    "feb",  "apr",
    "aug",    "sept", "sep",  "oct",  "nov",  "dec", "tues", "thur", "thurs", "ft",     "mt",   "ave",
    "blvd",   "dept", "univ", "assn", "vol",  "fig", "pp",   "nos",  "esp",   "incl",   "oz",   "lb",
    "lbs",    "yrs",  "mins", "hrs",  "ca",   "cf",  "esq",  "mlle", "mme",   "messrs", "supt", "insp",
    "approx", "est",  "ext",  "attn", "tel",  "pvt", "cpl",  "brig", "reps",  "sens",   "intl", "natl",
    "govt",   "ph",   "viz",  "eg",   "ie",   "st",  "co",   "col",  "maj",   "hon",    "sen",  "rep",
    "mgr",    "sqq",  "seq",  "stat", "cir",  "ct",
};
const Words k_capital_abbreviations = {
    "va",  "la",   "que",  "calif", "conn", "fla", "wash", "tex", "pa",  "md",   "mass", "mich", "minn",
    "wis", "ariz", "colo", "okla",  "tenn", "ont", "pres", "det", "sec", "conf", "mar",  "rd",   "ste",
};
// Abbreviations only before a number or a month: "No. 5", "Sat. 12 June".
const Words k_before_number = {"no",  "sat", "sun", "mon", "tue", "wed", "thu",
                               "fri", "p",   "c",   "art", "ch",  "v"};

// Currencies written in letters straight before a number; upper and lower case count the same.
const Words k_currency_letters = {"skr", "nkr", "dkr", "rs",  "chf", "eur", "usd",
                                  "gbp", "sek", "nok", "dkk", "jpy", "inr"};

// After these a hyphen does not part: "non-profit", "e-mail", "mid-July".
const Words k_prefixes = {
    "e",     "non", "pre",    "anti",  "mid",   "re",    "post",  "co",      "over",    "pro",
    "multi", "ex",  "sub",    "semi",  "cross", "neo",   "socio", "arch",    "counter", "intra",
    "micro", "un",  "psycho", "inter", "ultra", "super", "mini",  "mega",    "pseudo",  "quasi",
    "bi",    "tri", "de",     "dis",   "mis",   "trans", "extra", "infra",   "meta",    "proto",
    "para",  "uni", "under",  "vice",  "hyper", "geo",   "bio",   "electro", "eco",     "nano",
};

// Two words written as one; the number of letters of the first part. EWT parts them as UD's English
// guidelines do.
struct Joined {
    std::string_view word;
    std::array<std::size_t, 2> parts;  // lengths of the first and, where there are three, the second part
};
constexpr Joined k_joined[] = {
    {"cannot", {3, 0}},  {"gonna", {3, 0}},    {"wanna", {3, 0}}, {"gotta", {3, 0}},  {"dont", {2, 0}},
    {"wont", {2, 0}},    {"cant", {2, 0}},     {"didnt", {3, 0}}, {"doesnt", {4, 0}}, {"couldnt", {5, 0}},
    {"wouldnt", {5, 0}}, {"shouldnt", {6, 0}}, {"isnt", {2, 0}},  {"wasnt", {3, 0}},  {"arent", {3, 0}},
    {"werent", {4, 0}},  {"havent", {4, 0}},   {"hasnt", {3, 0}}, {"hadnt", {3, 0}},  {"aint", {2, 0}},
    {"im", {1, 0}},      {"ive", {1, 0}},      {"thats", {4, 0}}, {"whats", {4, 0}},  {"theres", {5, 0}},
    {"youre", {3, 0}},   {"youll", {3, 0}},    {"youve", {3, 0}}, {"theyre", {4, 0}}, {"theyll", {4, 0}},
    {"heres", {4, 0}},   {"lotta", {3, 0}},    {"outta", {3, 0}}, {"gimme", {3, 0}},  {"lemme", {3, 0}},
    {"dunno", {2, 1}},   {"itll", {2, 0}},     {"hes", {2, 0}},   {"shes", {3, 0}},   {"whos", {3, 0}},
    {"alot", {1, 0}},
};
// "its" before one of these is "it s": "its a pity", "its not far".
const Words k_after_it_is = {"a",      "an",    "the",   "not",    "been",    "very",   "so",    "really",
                             "just",   "too",   "about", "like",   "because", "always", "never", "going",
                             "all",    "hard",  "great", "nice",   "ok",      "only",   "still", "more",
                             "pretty", "there", "in",    "called", "worth",   "also"};

// Units that stand apart from the number before them: "35 mm", "10 pm", "5 k". Not "5G", "3D", "1980s",
// "4th".
const Words k_units = {
    "m",   "pm",  "am",   "k",    "b",   "mm",  "ft",   "x",    "bn",   "cm",   "kg",   "km",   "hz",
    "t",   "mb",  "gb",   "tb",   "kb",  "ghz", "mhz",  "khz",  "mw",   "gw",   "kw",   "kwh",  "mwh",
    "gwh", "mg",  "ml",   "lb",   "lbs", "oz",  "min",  "mins", "hr",   "hrs",  "sec",  "secs", "sq",
    "yr",  "yrs", "tn",   "mn",   "mph", "kph", "km/h", "nm",   "mi",   "hh",   "p",    "days", "percent",
    "p.m", "a.m", "p.m.", "a.m.", "°",   "°c",  "°f",   "bps",  "kbps", "mbps", "gbps",
};

const Words k_emoticons = {
    ":)",  ":(",  ";)", ":d", ":p",  ":o",  ":-)", ":-(", ";-)", ":-d", ":-p", ":/",
    ":'(", "=)",  "=(", "=d", "^_^", "<3",  ";p",  ":|",  ":]",  "(:",  "):",  ":-/",
    "xd",  ":))", "8)", "d:", "-_-", "o_o", ">:(", ":s",  ":>",  ";d",
};

const Words k_clitics = {"s", "m", "re", "ve", "ll", "d"};
// Words that begin with an apostrophe of their own.
const Words k_apostrophe_first = {"em",  "n", "til", "cause", "bout", "round", "nuff",
                                  "cuz", "s", "re",  "ve",    "ll",   "m",     "d"};
// Endings by which a bare "name.ending" is an address or a file rather than two sentences without a blank.
const Words k_address_endings = {
    "com",  "org", "net",  "edu", "gov", "mil", "int",  "info", "biz", "io",  "ai",  "tv",   "co",
    "uk",   "de",  "fr",   "no",  "eu",  "us",  "ca",   "au",   "nz",  "in",  "jp",  "cn",   "ru",
    "ch",   "at",  "nl",   "se",  "dk",  "fi",  "es",   "it",   "pl",  "br",  "ie",  "be",   "doc",
    "docx", "xls", "xlsx", "pdf", "txt", "htm", "html", "php",  "asp", "zip", "jpg", "jpeg", "png",
    "gif",  "exe", "csv",  "ppt", "mp3", "mp4", "js",   "py",   "cpp", "me",  "ly",  "app",  "dev",
};

// One run without white space, as code points; offsets[i] is the byte offset of character i in the document.
struct Chunk {
    std::vector<char32_t> c;
    std::vector<std::size_t> offsets;  // one more than c
};

constexpr std::size_t k_longest_chunk =
    2000;  // code points; no word is longer, and rules look back and forth

bool is_letter(char32_t c) {
    return c < 128 ? ((c | 32) >= 'a' && (c | 32) <= 'z') : u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool is_digit(char32_t c) {
    return c < 128 ? (c >= '0' && c <= '9') : u_isdigit(static_cast<UChar32>(c)) != 0;
}
bool is_upper(char32_t c) {
    return c < 128 ? (c >= 'A' && c <= 'Z') : u_isupper(static_cast<UChar32>(c)) != 0;
}
bool is_lower(char32_t c) {
    return c < 128 ? (c >= 'a' && c <= 'z') : u_islower(static_cast<UChar32>(c)) != 0;
}
bool is_word(char32_t c) {
    if (c < 128) return is_letter(c) || is_digit(c);
    const auto category = u_charType(static_cast<UChar32>(c));
    return is_letter(c) || is_digit(c) || category == U_NON_SPACING_MARK ||
           category == U_COMBINING_SPACING_MARK || category == U_ENCLOSING_MARK ||
           category == U_OTHER_NUMBER || category == U_LETTER_NUMBER || category == U_FORMAT_CHAR;
}
// What parts chunks: white space, and controls, which carry no text.
bool is_gap(char32_t c) {
    if (c < 128) return c <= 32 || c == 127;
    return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || u_iscntrl(static_cast<UChar32>(c)) != 0 ||
           c == 0xFEFF || c == 0x200B;
}
bool is_apostrophe(char32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == '`' || c == 0xB4;
}
bool is_quote(char32_t c) {
    return c == '"' || is_apostrophe(c) || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
           c == 0x2039 || c == 0x203A;
}
bool is_opening(char32_t c) {
    return c == '(' || c == '[' || c == '{' || c == '<';
}
bool is_closing(char32_t c) {
    return c == ')' || c == ']' || c == '}' || c == '>';
}
bool is_terminal(char32_t c) {
    return c == '.' || c == '?' || c == '!' || c == 0x2026;
}
bool is_dash(char32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}
bool is_currency(char32_t c) {
    return c == '$' || (c >= 128 && u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL);
}
// Scripts written without blanks: each character is a token of its own.
bool is_ideograph(char32_t c) {
    return c >= 0x3040 && (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) || c <= 0x30FF);
}

class ChunkTokeniser {
  public:
    ChunkTokeniser(const Chunk& chunk, std::string_view before, std::string_view after,
                   std::vector<ByteSpan>& out)
        : c_(chunk.c), offsets_(chunk.offsets), before_(before), after_(after), out_(out) {}

    void run() { split(0, c_.size()); }

  private:
    void emit(std::size_t lo, std::size_t hi) {
        if (lo < hi) out_.push_back({offsets_[lo], offsets_[hi]});
    }

    // ASCII lower case of [lo, hi); other characters stand as '?', curly apostrophes as '\''.
    std::string lowered(std::size_t lo, std::size_t hi) const {
        std::string text;
        for (std::size_t i = lo; i < hi; ++i) {
            const char32_t c = c_[i];
            if (is_apostrophe(c)) {
                text += '\'';
            } else if (c == 0xB0) {
                text += "°";
            } else if (c >= 128) {
                text += '?';
            } else {
                text += static_cast<char>(is_upper(c) ? c + 32 : c);
            }
        }
        return text;
    }
    bool contains(const Words& words, std::size_t lo, std::size_t hi) const {
        return hi > lo && hi - lo < 16 && words.contains(lowered(lo, hi));
    }
    template <class Test>
    bool all(std::size_t lo, std::size_t hi, Test test) const {
        return std::all_of(c_.begin() + static_cast<std::ptrdiff_t>(lo),
                           c_.begin() + static_cast<std::ptrdiff_t>(hi), test);
    }
    std::size_t find(std::size_t lo, std::size_t hi, char32_t wanted) const {
        return static_cast<std::size_t>(std::find(c_.begin() + static_cast<std::ptrdiff_t>(lo),
                                                  c_.begin() + static_cast<std::ptrdiff_t>(hi), wanted) -
                                        c_.begin());
    }

    // "3:30", "100,000", "11/28/2000", "713-853-3989": digits with single separators between them.
    // False for ranges and scores, which are parted: "5-10", "1971-1972".
    bool is_whole_number(std::size_t lo, std::size_t hi) const {
        std::vector<std::size_t> lengths;
        std::vector<int> values;
        std::string separators;
        for (std::size_t i = lo; i < hi;) {
            std::size_t end = i;
            int value = 0;
            while (end < hi && is_digit(c_[end])) {
                value = std::min(value * 10 + static_cast<int>(c_[end] - U'0'), 100000);
                ++end;
            }
            if (end == i) return false;
            lengths.push_back(end - i);
            values.push_back(value);
            if (end == hi) break;
            const char32_t separator = c_[end];
            if (separator != '.' && separator != ',' && separator != ':' && separator != '/' &&
                separator != '-')
                return false;
            separators += static_cast<char>(separator);
            i = end + 1;
            if (i == hi) return false;
        }
        const bool slashes = separators.find('/') != std::string::npos;
        const bool hyphens = separators.find('-') != std::string::npos;
        if (!slashes && !hyphens) return true;
        if (separators == "-") return lengths[0] == 3 && lengths[1] == 4;  // a local telephone number
        if (separators == "/")                                             // a date, not a fraction
            return values[0] <= 12 && values[1] <= 31 && !(values[0] < values[1] && values[1] <= 10);
        // Two times or amounts joined by a dash are a range: "5:00-8:30".
        if (std::count(separators.begin(), separators.end(), '-') == 1 && !slashes) return false;
        return lengths.size() >= 3;
    }

    // An address: something://…, www.…, name@host, or host.ending with an optional path.
    bool is_address(std::size_t lo, std::size_t hi) const {
        if (hi - lo < 4) return false;
        const char32_t last = c_[hi - 1];
        if (!is_word(last) && last != '/' && last != '=' && last != '#' && last != '_' && last != '-')
            return false;
        if (!is_word(c_[lo]) && c_[lo] != '/') return false;
        for (std::size_t i = lo; i + 2 < hi; ++i)
            if (c_[i] == ':' && c_[i + 1] == '/' && c_[i + 2] == '/')
                return i > lo && all(lo, i, [](char32_t c) { return is_letter(c); });
        const std::size_t at = find(lo, hi, '@');
        if (at != hi && at > lo && at + 1 < hi)
            return all(lo, hi, [](char32_t c) {
                return is_word(c) || c == '@' || c == '.' || c == '-' || c == '_' || c == '+' || c == '/';
            });
        // host[.host]*.ending[/path][?query]
        std::size_t host_end = lo;
        while (host_end < hi &&
               (is_word(c_[host_end]) || c_[host_end] == '.' || c_[host_end] == '-' || c_[host_end] == '_'))
            ++host_end;
        if (host_end < hi && c_[host_end] != '/' && c_[host_end] != '?' && c_[host_end] != ':') return false;
        std::size_t dot = host_end;
        while (dot > lo && c_[dot - 1] != '.') --dot;
        if (dot <= lo + 1 || dot == host_end) return false;
        if (c_[dot - 2] == '.') return false;
        if (lowered(lo, std::min(hi, lo + 4)) == "www.") return true;
        if (!contains(k_address_endings, dot, host_end)) return false;
        // "He left.In May": a capital behind the stop starts a sentence, unless all is capital ("DATA.XLS").
        if (is_upper(c_[dot]) && !is_upper(c_[host_end - 1])) return false;
        return true;
    }

    // [lo, hi) ends in a full stop that belongs to the word.
    bool is_abbreviation(std::size_t lo, std::size_t hi) const {
        if (hi - lo < 2) return false;
        const std::size_t stop = hi - 1;
        if (hi - lo == 2) {  // an initial: "J. Ruiz"; "I." ends a sentence unless a name goes on
            if (is_upper(c_[lo])) return c_[lo] != 'I' || (!after_.empty() && is_upper(first_of(after_)));
            return contains(k_before_number, lo, stop) && next_is_number();
        }
        // "U.S.", "a.m.", "Ph.D.", "M.Sc.": letters in groups of at most three, at least one of them single
        bool dots = false, single = false, letters_only = true;
        std::size_t group = 0;
        for (std::size_t i = lo; i < hi && letters_only; ++i) {
            if (c_[i] == '.') {
                if (group == 0 || group > 3) letters_only = false;
                if (group == 1) single = true;
                if (i + 1 < hi) dots = true;
                group = 0;
            } else if (is_letter(c_[i])) {
                ++group;
            } else {
                letters_only = false;
            }
        }
        if (letters_only && dots && single) return true;
        // "etc." ends a sentence as a rule, and the stop is the sentence's then
        if (lowered(lo, stop) == "etc" && (after_.empty() || is_upper(first_of(after_)))) return false;
        if (contains(k_abbreviations, lo, stop)) return true;
        if (is_upper(c_[lo]) && contains(k_capital_abbreviations, lo, stop)) return true;
        if (contains(k_before_number, lo, stop) && next_is_number()) return true;
        // "et al."
        return lowered(lo, stop) == "al" && before_ == "et";
    }
    static char32_t first_of(std::string_view text) { return utf8::decode(text, 0).value; }
    bool next_is_number() const { return !after_.empty() && is_digit(first_of(after_)); }

    bool is_protected(std::size_t lo, std::size_t hi) const {
        if (contains(k_emoticons, lo, hi)) return true;
        if (is_digit(c_[lo]) && is_whole_number(lo, hi)) return true;
        // "+44", "#budget", "@desk", "'72", "'60s"
        if (c_[lo] == '+' && all(lo + 1, hi, is_digit)) return true;
        if ((c_[lo] == '#' && !is_digit(c_[lo + 1])) || c_[lo] == '@')
            return all(lo + 1, hi, [](char32_t c) { return is_word(c) || c == '_'; });
        if (is_apostrophe(c_[lo]) && hi - lo >= 3 && is_digit(c_[lo + 1]) && is_digit(c_[lo + 2]))
            return hi - lo == 3 || (hi - lo == 4 && c_[lo + 3] == 's');
        // "US$", "C$"
        if (c_[hi - 1] == '$' && hi - lo <= 3 && all(lo, hi - 1, is_upper)) return true;
        const auto word = hi - lo <= 6 ? lowered(lo, hi) : std::string();
        if (word == "w/o" || word == "b/c" || word == "w/out" || word == "l/c" || word == "o'clock" ||
            word == "c++")
            return true;
        return is_address(lo, hi);
    }

    // End of the run of equal characters at lo.
    std::size_t run_end(std::size_t lo, std::size_t hi) const {
        std::size_t end = lo + 1;
        while (end < hi && c_[end] == c_[lo]) ++end;
        return end;
    }

    // Length of the token of punctuation that starts the chunk, 0 when a word starts it.
    std::size_t leading(std::size_t lo, std::size_t hi) const {
        const char32_t c = c_[lo];
        if (is_word(c)) return 0;
        if (is_terminal(c)) {
            std::size_t end = lo;
            while (end < hi && is_terminal(c_[end])) ++end;
            // ".doc", ".5" are words
            if (end - lo == 1 && c == '.' && end < hi && is_word(c_[end])) return 0;
            return end - lo;
        }
        if (is_apostrophe(c)) {
            if (lo + 1 < hi && is_apostrophe(c_[lo + 1])) return 2;  // `` '' ‘’
            std::size_t end = lo + 1;
            while (end < hi && is_letter(c_[end])) ++end;
            if (end == hi && contains(k_apostrophe_first, lo + 1, end)) return 0;
            if (lo + 2 < hi && is_digit(c_[lo + 1]) && is_digit(c_[lo + 2])) return 0;
            return 1;
        }
        if ((c == '<' || c == '>') && lo + 1 < hi && c_[lo + 1] == c) return run_end(lo, hi) - lo;
        if (is_quote(c) || is_opening(c) || is_closing(c)) return 1;
        if (is_currency(c)) return run_end(lo, hi) - lo;
        if (c == '#' && lo + 1 < hi && !is_digit(c_[lo + 1])) return 0;
        if (c == '@' && lo + 1 < hi && is_word(c_[lo + 1])) return 0;
        if (c == '+' && lo + 1 < hi && is_digit(c_[lo + 1])) return 0;
        if (c == '/' && lo + 1 < hi && is_word(c_[lo + 1])) return 1;
        if (c == ',' || c == ';' || c == ':') return 1;
        return run_end(lo, hi) - lo;
    }

    // Length of the token of punctuation that ends the chunk, 0 when a word ends it.
    std::size_t trailing(std::size_t lo, std::size_t hi) const {
        const char32_t c = c_[hi - 1];
        if (is_word(c)) return 0;
        if (is_terminal(c)) {
            std::size_t begin = hi;
            while (begin > lo && is_terminal(c_[begin - 1])) --begin;
            const std::size_t run = hi - begin;
            // "etc.", and the mark alone goes from "the U.S.?"
            if (c_[begin] == '.' && begin > lo && (run == 1 || c_[begin + 1] != '.') &&
                is_abbreviation(lo, begin + 1))
                return run - 1;
            return run;
        }
        if (is_apostrophe(c)) {
            if (hi - lo >= 3 && is_apostrophe(c_[hi - 2])) return 2;
            // "lovin'": a dropped g
            if (hi - lo >= 5 && c_[hi - 2] == 'n' && c_[hi - 3] == 'i' && all(lo, hi - 1, is_lower)) return 0;
            return 1;
        }
        if ((c == '<' || c == '>') && hi - lo >= 2 && c_[hi - 2] == c) {
            std::size_t begin = hi;
            while (begin > lo && c_[begin - 1] == c) --begin;
            return hi - begin;
        }
        if (is_quote(c) || is_closing(c) || is_opening(c)) return 1;
        if (c == ',' || c == ';' || c == ':' || c == '%') return 1;
        if (is_currency(c)) return 1;
        if (c == '#' || c == '_' || c == '@') return c == '@' ? 1 : 0;
        std::size_t begin = hi;
        while (begin > lo && c_[begin - 1] == c) --begin;
        return hi - begin;
    }

    void split(std::size_t lo, std::size_t hi) {
        // Trailing tokens are found from the outside in, and written after the core.
        std::vector<std::size_t> ends;
        while (lo < hi) {
            if (all(lo, hi, [](char32_t c) { return is_letter(c) && !is_ideograph(c); })) {
                word(lo, hi);
                lo = hi;
                break;
            }
            if (hi - lo == 1 || is_protected(lo, hi)) break;
            if (const std::size_t n = leading(lo, hi); n > 0) {
                if (n == hi - lo) break;
                emit(lo, lo + n);
                lo += n;
                continue;
            }
            if (const std::size_t n = trailing(lo, hi); n > 0) {
                ends.push_back(hi);
                hi -= n;
                continue;
            }
            inside(lo, hi);
            lo = hi;
        }
        emit(lo, hi);
        for (std::size_t i = ends.size(); i-- > 0;) {
            emit(hi, ends[i]);
            hi = ends[i];
        }
    }

    // A hyphen at i that stays inside its word: "non-profit", "e-mail". `lo` is where the hyphenated word
    // starts.
    bool hyphen_stays(std::size_t lo, std::size_t i, std::size_t hi) const {
        if (i == lo || i + 1 >= hi) return false;
        if (c_[i] != '-' && c_[i] != 0x2010 && c_[i] != 0x2011) return false;
        return is_letter(c_[i + 1]) && contains(k_prefixes, lo, i);
    }

    // "SKr131.20", "CHF1.4m", "Rs500": where the letters of a currency end and its number begins, else lo.
    std::size_t currency_end(std::size_t lo, std::size_t hi) const {
        std::size_t end = lo;
        while (end < hi && is_letter(c_[end])) ++end;
        return end > lo && end < hi && is_digit(c_[end]) && contains(k_currency_letters, lo, end) ? end : lo;
    }

    // No punctuation at either end: look for breaks inside.
    void inside(std::size_t lo, std::size_t hi) {
        if (const std::size_t end = currency_end(lo, hi); end > lo) {
            emit(lo, end);
            return split(end, hi);
        }
        for (std::size_t i = lo; i < hi; ++i) {
            const char32_t c = c_[i];
            if (is_ideograph(c)) {
                if (i > lo) split(lo, i);
                emit(i, i + 1);
                return split(i + 1, hi);
            }
            if (is_word(c) || i == lo || i + 1 == hi) continue;
            std::size_t end = i + 1;  // of the breaking token
            const bool digits_around = is_digit(c_[i - 1]) && is_digit(c_[i + 1]);
            if (c == '.') {
                while (end < hi && is_terminal(c_[end])) ++end;
                if (end - i < 2) {
                    // "left.The": a missing blank between sentences
                    const bool missing_blank = is_lower(c_[i - 1]) && i - lo >= 2 && is_upper(c_[i + 1]) &&
                                               i + 2 < hi && is_lower(c_[i + 2]) && all(lo, i, is_letter);
                    if (!missing_blank) continue;
                    if (is_abbreviation(lo, i + 1)) {
                        emit(lo, i + 1);
                        return split(i + 1, hi);
                    }
                }
            } else if (c == 0x2026 || c == '!' || c == '?') {
                while (end < hi && is_terminal(c_[end])) ++end;
            } else if (is_dash(c)) {
                while (end < hi && c_[end] == c) ++end;
                if (end - i == 1 && hyphen_stays(lo, i, hi)) continue;
                if (end - i == 1 && is_part_of_code(lo, hi)) continue;
            } else if (c == ',' || c == ':') {
                if (digits_around) continue;
            } else if (c == '/' || c == ';' || c == '"' || c == '=' || c == '|' || c == '+' || c == '\\' ||
                       c == '~' || c == 0x201C || c == 0x201D || is_opening(c) || is_closing(c)) {
                while (end < hi && c_[end] == c) ++end;
            } else if (c == '&') {
                // "AT&T" stays, "salt&pepper" does not
                if (is_upper(c_[i - 1]) && is_upper(c_[i + 1])) continue;
            } else if (c == '%') {
                if (!is_digit(c_[i - 1])) continue;
            } else if (is_currency(c)) {
                // "US$5", "C$40": the currency goes first
                if (is_digit(c_[i + 1]) && all(lo, i, is_upper)) {
                    emit(lo, i + 1);
                    return split(i + 1, hi);
                }
                if (is_digit(c_[i - 1]) || is_digit(c_[i + 1])) {
                    split(lo, i);
                    emit(i, i + 1);
                    return split(i + 1, hi);
                }
                continue;
            } else {
                continue;
            }
            split(lo, i);
            emit(i, end);
            return split(end, hi);
        }
        clitics(lo, hi);
    }

    // "ld2d-#69366-1.DOC", "A380-800F": file names and part numbers are left whole.
    bool is_part_of_code(std::size_t lo, std::size_t hi) const {
        return find(lo, hi, '#') != hi && find(lo, hi, '.') != hi;
    }

    // Clitics, joined words and units at the end of one word.
    void clitics(std::size_t lo, std::size_t hi) {
        for (std::size_t i = hi; i-- > lo + 1;) {
            if (!is_apostrophe(c_[i])) continue;
            const std::string ending = lowered(i + 1, hi);
            if (ending == "t" && (c_[i - 1] == 'n' || c_[i - 1] == 'N') && i - 1 > lo) {
                word(lo, i - 1);
                return emit(i - 1, hi);
            }
            // "Anna's", "they're"; decades keep theirs: "1980's"
            if (k_clitics.contains(ending) && !is_digit(c_[i - 1])) {
                clitics(lo, i);
                return emit(i, hi);
            }
            break;
        }
        word(lo, hi);
    }

    void word(std::size_t lo, std::size_t hi) {
        if (hi - lo >= 2 && hi - lo <= 8) {
            const std::string text = lowered(lo, hi);
            if (text == "its" && hi == c_.size() && k_after_it_is.contains(after_)) {
                emit(lo, lo + 2);
                return emit(lo + 2, hi);
            }
            for (const Joined& joined : k_joined) {
                if (text != joined.word) continue;
                // "IM", "CANT" in capitals are as often acronyms
                if (hi - lo <= 3 && is_upper(c_[lo + 1])) break;
                const std::size_t first = lo + joined.parts[0], second = first + joined.parts[1];
                emit(lo, first);
                if (second > first) emit(first, second);
                return emit(second, hi);
            }
        }
        if (is_digit(c_[lo])) {
            std::size_t end = lo;
            while (end < hi && (is_digit(c_[end]) || ((c_[end] == '.' || c_[end] == ',' || c_[end] == ':') &&
                                                      end + 1 < hi && is_digit(c_[end + 1]))))
                ++end;
            if (end < hi && contains(k_units, end, hi)) {
                emit(lo, end);
                return emit(end, hi);
            }
        }
        emit(lo, hi);
    }

    const std::vector<char32_t>& c_;
    const std::vector<std::size_t>& offsets_;
    std::string_view before_;  // the chunks around this one, empty at the ends
    std::string_view after_;
    std::vector<ByteSpan>& out_;
};

}  // namespace

std::vector<ByteSpan> tokenise(std::string_view text, ByteSpan within) {
    std::vector<ByteSpan> chunks;
    std::size_t at = within.begin;
    while (at < within.end) {
        std::size_t begin = at, length = 0;
        while (at < within.end) {
            const auto [value, bytes] = utf8::decode(text, at);
            if (is_gap(value)) break;
            at += bytes;
            if (++length == k_longest_chunk) break;
        }
        if (at > begin) {
            chunks.push_back({begin, at});
        } else {
            at += utf8::decode(text, at).length;
        }
    }
    std::vector<ByteSpan> tokens;
    tokens.reserve(chunks.size() + chunks.size() / 4);
    Chunk chunk;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        chunk.c.clear();
        chunk.offsets.clear();
        for (std::size_t byte = chunks[i].begin; byte < chunks[i].end;) {
            const auto [value, bytes] = utf8::decode(text, byte);
            chunk.c.push_back(value);
            chunk.offsets.push_back(byte);
            byte += bytes;
        }
        chunk.offsets.push_back(chunks[i].end);
        const std::string_view before = i > 0 ? chunks[i - 1].of(text) : std::string_view();
        const std::string_view after = i + 1 < chunks.size() ? chunks[i + 1].of(text) : std::string_view();
        ChunkTokeniser(chunk, before, after, tokens).run();
    }
    return tokens;
}

}  // namespace relata::ingest
