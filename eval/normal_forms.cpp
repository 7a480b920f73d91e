// SPDX-License-Identifier: Apache-2.0
#include "eval/normal_forms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace relata::eval {
namespace {

using Words = std::vector<std::string>;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// "Lind’s" and "Lind's" are written alike.
std::string plain_apostrophes(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.substr(at).starts_with("\u2019")) {
            plain += '\'';
            at += 2;
        } else {
            plain += text[at];
        }
    }
    return plain;
}

std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// A company is the same with and without its legal form, nested ones too: "Tolm Holding Co. Ltd".
bool is_legal_suffix(std::string_view word) {
    return is_one_of(word,
                     {"inc",  "incorporated", "ltd",  "limited", "ag",      "plc",     "corp", "corporation",
                      "co",   "company",      "gmbh", "sa",      "ab",      "asa",     "llc",  "llp",
                      "nv",   "bv",           "se",   "as",      "a/s",     "oy",      "oyj",  "kg",
                      "kgaa", "spa",          "srl",  "pty",     "holding", "holdings"});
}

// A person is the same with and without a title or an office before the name: "Judge Ana Lind".
bool is_title(std::string_view word) {
    return is_one_of(word, {"mr",
                            "mrs",
                            "ms",
                            "miss",
                            "dr",
                            "prof",
                            "professor",
                            "sir",
                            "dame",
                            "lord",
                            "lady",
                            "judge",
                            "justice",
                            "president",
                            "chancellor",
                            "minister",
                            "prime",
                            "vice",
                            "senator",
                            "sen",
                            "rep",
                            "congressman",
                            "congresswoman",
                            "governor",
                            "gov",
                            "mayor",
                            "councillor",
                            "councilor",
                            "captain",
                            "capt",
                            "general",
                            "gen",
                            "colonel",
                            "col",
                            "major",
                            "lieutenant",
                            "lt",
                            "sergeant",
                            "sgt",
                            "officer",
                            "detective",
                            "inspector",
                            "king",
                            "queen",
                            "prince",
                            "princess",
                            "pope",
                            "archbishop",
                            "bishop",
                            "cardinal",
                            "father",
                            "sister",
                            "rev",
                            "reverend",
                            "ambassador",
                            "secretary",
                            "chief",
                            "director",
                            "chairman",
                            "chairwoman",
                            "commissioner",
                            "coach",
                            "former"});
}

// British and American spelling: criticise and criticize, labour and labor, licence and license, centre and
// center.
std::string one_spelling(std::string word) {
    const auto swap_end = [&word](std::string_view from, std::string_view to) {
        if (word.size() <= from.size() + 2 || !word.ends_with(from)) return false;
        word.replace(word.size() - from.size(), from.size(), to);
        return true;
    };
    swap_end("iz", "is") || swap_end("yz", "ys") || swap_end("our", "or") || swap_end("enc", "ens") ||
        swap_end("tr", "ter");
    return word;
}

// Past forms that no ending tells. "found" stays what it is: the past of "find" and the stem of "founded"
// are not told apart by a word alone, and gold relations write the present.
std::string base_of_irregular(const std::string& word) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 68> forms = {{
        {"bought", "buy"},    {"sold", "sell"},    {"won", "win"},       {"paid", "pay"},
        {"led", "lead"},      {"held", "hold"},    {"made", "make"},     {"said", "say"},
        {"took", "take"},     {"taken", "take"},   {"gave", "give"},     {"given", "give"},
        {"left", "leave"},    {"lost", "lose"},    {"built", "build"},   {"sent", "send"},
        {"spent", "spend"},   {"wrote", "write"},  {"written", "write"}, {"ran", "run"},
        {"rose", "rise"},     {"risen", "rise"},   {"fell", "fall"},     {"fallen", "fall"},
        {"grew", "grow"},     {"grown", "grow"},   {"began", "begin"},   {"begun", "begin"},
        {"met", "meet"},      {"kept", "keep"},    {"told", "tell"},     {"got", "get"},
        {"went", "go"},       {"gone", "go"},      {"came", "come"},     {"became", "become"},
        {"saw", "see"},       {"seen", "see"},     {"spoke", "speak"},   {"spoken", "speak"},
        {"broke", "break"},   {"broken", "break"}, {"chose", "choose"},  {"chosen", "choose"},
        {"drove", "drive"},   {"driven", "drive"}, {"flew", "fly"},      {"flown", "fly"},
        {"struck", "strike"}, {"stole", "steal"},  {"stolen", "steal"},  {"taught", "teach"},
        {"brought", "bring"}, {"caught", "catch"}, {"fought", "fight"},  {"sought", "seek"},
        {"stood", "stand"},   {"threw", "throw"},  {"thrown", "throw"},  {"drew", "draw"},
        {"drawn", "draw"},    {"hung", "hang"},    {"shot", "shoot"},    {"bred", "breed"},
        {"borne", "bear"},    {"lent", "lend"},    {"died", "die"},      {"lying", "lie"},
    }};
    for (const auto& [form, base] : forms)
        if (word == form) return std::string(base);
    return word;
}

// Words that carry no meaning of their own in a relation's name: "has_revenue" and "revenue", "is_owned_by"
// and "owned by", "to_merge_with" and "merges with" say the same (whether it is planned is told apart).
bool is_auxiliary(std::string_view word) {
    return is_one_of(word, {"has", "have", "had", "is", "are", "be", "was", "were", "been", "being", "to",
                            "will", "a", "an", "the", "its", "his", "her", "their"});
}

bool is_preposition(std::string_view word) {
    return is_one_of(word,
                     {"in",   "on", "at",   "of",    "for",   "to",    "from",   "with",   "by",    "against",
                      "into", "as", "over", "about", "under", "after", "before", "during", "since", "near"});
}

// Time and place choose their preposition: founded in 1998, on 3 May, at Oslo; a plain "founded" says it too.
bool places_in_time_or_space(std::string_view word) {
    return is_one_of(word, {"in", "on", "at", "during"});
}

std::optional<double> spelled_number(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, double>, 33> numbers = {{
        {"zero", 0},        {"one", 1},        {"two", 2},        {"three", 3},     {"four", 4},
        {"five", 5},        {"six", 6},        {"seven", 7},      {"eight", 8},     {"nine", 9},
        {"ten", 10},        {"eleven", 11},    {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
        {"fifteen", 15},    {"sixteen", 16},   {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
        {"twenty", 20},     {"thirty", 30},    {"forty", 40},     {"fifty", 50},    {"sixty", 60},
        {"seventy", 70},    {"eighty", 80},    {"ninety", 90},    {"dozen", 12},    {"half", 0.5},
        {"third", 1.0 / 3}, {"quarter", 0.25}, {"hundred", 100},
    }};
    for (const auto& [name, number] : numbers)
        if (word == name) return number;
    return std::nullopt;
}

double scale_of(std::string_view word) {
    if (is_one_of(word, {"trillion", "tn", "trn"})) return 1e12;
    if (is_one_of(word, {"billion", "bn", "b"})) return 1e9;
    if (is_one_of(word, {"million", "mn", "m"})) return 1e6;
    if (is_one_of(word, {"thousand", "k"})) return 1e3;
    return 1;
}

// Signs and words for money. A bare dollar, crown or pound belongs to several countries.
std::set<std::string> currencies_in(std::string_view text) {
    struct Sign {
        std::string_view sign;
        std::vector<std::string> codes;
    };
    // Longer signs first: "C$" is no bare "$".
    static const std::vector<Sign> signs = {
        {"NT$", {"TWD"}}, {"US$", {"USD"}}, {"HK$", {"HKD"}},
        {"NZ$", {"NZD"}}, {"C$", {"CAD"}},  {"A$", {"AUD"}},
        {"S$", {"SGD"}},  {"R$", {"BRL"}},  {"$", {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"}},
        {"€", {"EUR"}},   {"£", {"GBP"}},   {"¥", {"JPY", "CNY"}},
        {"₹", {"INR"}}};
    for (const Sign& sign : signs)
        if (text.find(sign.sign) != std::string_view::npos) return {sign.codes.begin(), sign.codes.end()};
    static const std::vector<std::pair<std::string_view, std::vector<std::string>>> words = {
        {"euro", {"EUR"}},
        {"dollar", {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"}},
        {"pound", {"GBP"}},
        {"yuan", {"CNY"}},
        {"renminbi", {"CNY"}},
        {"yen", {"JPY"}},
        {"rupee", {"INR"}},
        {"real", {"BRL"}},
        {"zloty", {"PLN"}},
        {"złoty", {"PLN"}},
        {"złotys", {"PLN"}},
        {"forint", {"HUF"}},
        {"franc", {"CHF"}},
        {"rand", {"ZAR"}},
        {"naira", {"NGN"}},
        {"lira", {"TRY"}},
        {"ruble", {"RUB"}},
        {"rouble", {"RUB"}},
        {"won", {"KRW"}},
        {"peso", {"MXN", "ARS", "CLP", "PHP"}},
        {"krona", {"SEK", "ISK"}},
        {"kronor", {"SEK"}},
        {"krone", {"NOK", "DKK"}},
        {"kroner", {"NOK", "DKK"}},
        {"crown", {"SEK", "NOK", "DKK", "CZK"}}};
    std::set<std::string> codes;
    for (const std::string& word : words_of(text)) {
        if (word.size() == 3 &&
            is_one_of(word, {"usd", "eur", "gbp", "nok", "sek", "dkk", "cad", "aud", "chf", "inr", "pln",
                             "brl", "cny", "jpy", "zar", "twd", "huf"})) {
            std::string code = word;
            for (char& letter : code) letter = static_cast<char>(letter - 'a' + 'A');
            codes.insert(code);
        }
        for (const auto& [name, list] : words)
            if (word == name || stem(word) == name) codes.insert(list.begin(), list.end());
    }
    return codes;
}

int sign_of(std::string_view text) {
    const std::size_t digit = text.find_first_of("0123456789");
    if (digit != std::string_view::npos && digit > 0) {
        if (text[digit - 1] == '-') return -1;
        if (text[digit - 1] == '+') return 1;
    }
    for (const std::string& word : words_of(text)) {
        if (is_one_of(stem(word), {"down", "fall", "drop", "lose", "declin", "slip", "slid", "sink", "shed"}))
            return -1;
        if (is_one_of(stem(word), {"up", "ris", "rise", "gain", "climb", "jump", "add", "surg"})) return 1;
    }
    return 0;
}

// A number in figures: "1,300.5" at `at`, which moves behind it.
std::optional<double> figures(std::string_view text, std::size_t& at) {
    std::string plain;
    for (; at < text.size(); ++at) {
        const bool digit = text[at] >= '0' && text[at] <= '9';
        const bool next_digit = at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9';
        if (text[at] == ',' && next_digit) continue;
        if (!digit && !(text[at] == '.' && next_digit)) break;
        plain += text[at];
    }
    if (plain.empty()) return std::nullopt;
    return std::strtod(plain.c_str(), nullptr);
}

struct Counted {
    double number = 0;
    std::size_t end = 0;  // behind the number and its scale word
};

std::optional<Counted> count_in(std::string_view text) {
    std::size_t at = text.find_first_of("0123456789");
    if (at != std::string_view::npos) {
        const auto number = figures(text, at);
        if (!number) return std::nullopt;
        const std::size_t word = text.find_first_not_of(" -", at);
        const std::string_view rest = word == std::string_view::npos ? std::string_view() : text.substr(word);
        const std::size_t length = static_cast<std::size_t>(
            std::find_if(rest.begin(), rest.end(), [](char byte) { return byte < 'a' || byte > 'z'; }) -
            rest.begin());
        const double scale = scale_of(rest.substr(0, length));
        return Counted{*number * scale, scale == 1 ? at : word + length};
    }
    double number = 0;
    bool found = false;
    for (const std::string& word : words_of(text)) {
        if (const auto spelled = spelled_number(word)) {
            // "forty two" adds up, "two dozen" and "three hundred" multiply
            const bool multiplies = found && (*spelled == 12 || *spelled == 100);
            number = multiplies ? number * *spelled : number + *spelled;
            found = true;
        } else if (found && scale_of(word) > 1 && word.size() > 1) {
            number *= scale_of(word);
        }
    }
    if (!found) return std::nullopt;
    return Counted{number, text.size()};
}

// Words that only qualify a number; "about 150 jobs" and "150 jobs" are the same amount.
bool is_vague(std::string_view word) {
    return is_one_of(word, {"about", "around", "some", "roughly", "nearly", "almost", "over",
                            "more",  "than",   "up",   "to",      "at",     "least",  "of",
                            "the",   "a",      "an",   "in",      "per",    "cent",   "percent"});
}

// People are counted under many names: "180 jobs", "180 employees", "180 people". Stems.
bool counts_people(std::string_view word) {
    return is_one_of(word, {"peopl", "person", "employe", "staff", "job", "worker", "member", "position",
                            "post", "men", "women", "man", "woman"});
}

// The words that carry the content of a description.
Words content_words(std::string_view text) {
    Words words;
    for (std::string& word : words_of(text))
        if (!is_auxiliary(word) && !is_one_of(word, {"s", "this", "that", "these", "some", "any", "own"}))
            words.push_back(stem(std::move(word)));
    return words;
}

// The last word before the first preposition: "the planned merger of hospital software makers" -> merger.
std::string head_word(std::string_view text) {
    Words words;
    for (const std::string& word : words_of(text)) {
        if (!words.empty() && is_preposition(word)) break;
        words.push_back(word);
    }
    while (words.size() > 1 && words.back() == "s") words.pop_back();
    return words.empty() ? std::string() : stem(words.back());
}

}  // namespace

Words words_of(std::string_view text) {
    Words words;
    std::string word;
    const std::string plain = plain_apostrophes(text);
    for (const char byte : plain) {
        const bool upper = byte >= 'A' && byte <= 'Z';
        const bool letter = upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                            static_cast<unsigned char>(byte) >= 0x80;
        if (letter) {
            word += upper ? static_cast<char>(byte - 'A' + 'a') : byte;
        } else if (!word.empty()) {
            if (byte == '.' && word.size() == 1) continue;  // "U.S." -> "us"
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::string name_key(std::string_view name) {
    Words words = words_of(name);
    if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
    if (words.size() > 1 && words.back() == "s") words.pop_back();
    while (words.size() > 1 && is_legal_suffix(words.back())) words.pop_back();
    return joined(words);
}

std::set<std::string> name_keys(std::string_view name, EntityType type) {
    std::set<std::string> keys{name_key(name)};
    const std::size_t open = name.find('(');
    const std::size_t close = name.find(')', std::min(open, name.size()));
    if (open != std::string_view::npos && close != std::string_view::npos) {
        keys.insert(name_key(std::string(name.substr(0, open)) + std::string(name.substr(close + 1))));
        const std::string_view inside = name.substr(open + 1, close - open - 1);
        // "(KOIST)" is a name, "(film)" says which Delacroix is meant
        if (!inside.empty() && inside.front() >= 'A' && inside.front() <= 'Z') keys.insert(name_key(inside));
    }
    if (type == EntityType::PERSON) {
        Words words = words_of(name);
        while (words.size() > 1 && is_title(words.front())) words.erase(words.begin());
        keys.insert(joined(words));
    }
    return keys;
}

std::string stem(std::string word) {
    word = base_of_irregular(word);
    const auto cut = [&word](std::size_t n) { word.resize(word.size() - n); };
    if (word.size() > 4 && word.ends_with("ies"))
        word.replace(word.size() - 3, 3, "y");
    else if (word.size() > 4 && word.ends_with("ied"))
        word.replace(word.size() - 3, 3, "y");
    else if (word.size() > 4 && word.ends_with("ing"))
        cut(3);
    else if (word.size() > 3 && (word.ends_with("ed") || word.ends_with("es")))
        cut(2);
    else if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss"))
        cut(1);
    if (word.size() > 3 && word.ends_with("e")) cut(1);
    word = one_spelling(std::move(word));
    // "planned" -> "plan"; "sell", "pass" keep both
    if (word.size() > 4 && word[word.size() - 1] == word[word.size() - 2] && word.back() != 's' &&
        word.back() != 'l')
        cut(1);
    return word;
}

Words relation_stems(std::string_view relation) {
    Words stems;
    for (const std::string& word : words_of(relation))
        if (!is_auxiliary(word) || (word == "to" && !stems.empty())) stems.push_back(stem(word));
    // All words may be auxiliaries: "is_a", "has".
    if (stems.empty())
        for (const std::string& word : words_of(relation)) stems.push_back(word);
    return stems;
}

bool same_relation(std::string_view a, std::string_view b, ObjectSort object) {
    Words left = relation_stems(a), right = relation_stems(b);
    if (left == right) return true;
    const auto settle = [object](Words& stems) {
        if (stems.size() < 2 || !places_in_time_or_space(stems.back())) return;
        if (object == ObjectSort::time_or_place)
            stems.pop_back();
        else
            stems.back() = "in";
    };
    settle(left);
    settle(right);
    if (left == right) return true;
    // "disclose matter to" says what "discloses_to" says, and more: verb and preposition are the same.
    const auto with_object = [](const Words& phrase, const Words& name) {
        return name.size() == 2 && phrase.size() > 2 && is_preposition(name.back()) &&
               phrase.front() == name.front() && phrase.back() == name.back();
    };
    return with_object(left, right) || with_object(right, left);
}

std::optional<Amount> amount_in(std::string_view text) {
    const auto counted = count_in(text);
    if (!counted) return std::nullopt;
    Amount amount;
    amount.number = counted->number;
    amount.sign = sign_of(text);
    amount.currencies = currencies_in(text);
    amount.percent = text.find('%') != std::string_view::npos;
    for (const std::string& word : words_of(text)) {
        if (is_one_of(word, {"percent", "cent"})) amount.percent = true;
        const bool digits = word.find_first_of("0123456789") != std::string::npos;
        if (!digits && !is_vague(word) && !spelled_number(word) && scale_of(word) == 1)
            amount.words.insert(stem(word));
    }
    return amount;
}

bool same_amount(const Amount& gold, const Value& value) {
    if (!value.amount) return false;
    const double found = std::abs(*value.amount);
    if (std::abs(std::abs(gold.number) - found) > 1e-6 * std::max(1.0, found)) return false;
    const int sign = *value.amount < 0 ? -1 : sign_of(value.text);
    if (gold.sign * sign < 0) return false;
    if (value.kind == ValueKind::money && !value.unit.empty() && !gold.currencies.empty())
        return gold.currencies.contains(value.unit);
    if (value.kind == ValueKind::percent || gold.percent)
        return (value.kind == ValueKind::percent) == gold.percent || gold.words.empty();
    if (value.unit.empty() || gold.words.empty()) return true;
    const std::string unit = stem(words_of(value.unit).empty() ? value.unit : words_of(value.unit).back());
    if (gold.words.contains(unit)) return true;
    if (std::any_of(gold.words.begin(), gold.words.end(), counts_people)) return counts_people(unit);
    // "27,000 camera operators": the unit may be any word of the description as extracted
    for (const std::string& word : content_words(value.text))
        if (gold.words.contains(word)) return true;
    return false;
}

TextMatch match_text(std::string_view gold, std::string_view text) {
    const Words wanted = content_words(gold), found = content_words(text);
    if (wanted.empty() || found.empty()) return TextMatch::none;
    const std::set<std::string> a(wanted.begin(), wanted.end()), b(found.begin(), found.end());
    std::size_t common = 0;
    for (const std::string& word : a)
        if (b.contains(word)) ++common;
    if (2 * common >= std::max(a.size(), b.size()) && common > 0) return TextMatch::most;
    return head_word(gold) == head_word(text) ? TextMatch::head : TextMatch::none;
}

}  // namespace relata::eval
