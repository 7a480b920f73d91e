// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/lemma_repair.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace relata::ingest {

namespace {

// Irregular forms of the verbs that news lives on.
std::string_view irregular(std::string_view form) {
    static const std::unordered_map<std::string_view, std::string_view> forms = {{"led", "lead"},
                                                                                 {"ran", "run"},
                                                                                 {"run", "run"},
                                                                                 {"held", "hold"},
                                                                                 {"sold", "sell"},
                                                                                 {"bought", "buy"},
                                                                                 {"took", "take"},
                                                                                 {"taken", "take"},
                                                                                 {"gave", "give"},
                                                                                 {"given", "give"},
                                                                                 {"won", "win"},
                                                                                 {"lost", "lose"},
                                                                                 {"left", "leave"},
                                                                                 {"met", "meet"},
                                                                                 {"made", "make"},
                                                                                 {"said", "say"},
                                                                                 {"told", "tell"},
                                                                                 {"went", "go"},
                                                                                 {"gone", "go"},
                                                                                 {"came", "come"},
                                                                                 {"became", "become"},
                                                                                 {"become", "become"},
                                                                                 {"wrote", "write"},
                                                                                 {"written", "write"},
                                                                                 {"built", "build"},
                                                                                 {"sought", "seek"},
                                                                                 {"fought", "fight"},
                                                                                 {"brought", "bring"},
                                                                                 {"caught", "catch"},
                                                                                 {"taught", "teach"},
                                                                                 {"found", "find"},
                                                                                 {"began", "begin"},
                                                                                 {"begun", "begin"},
                                                                                 {"chose", "choose"},
                                                                                 {"chosen", "choose"},
                                                                                 {"drew", "draw"},
                                                                                 {"drawn", "draw"},
                                                                                 {"drove", "drive"},
                                                                                 {"driven", "drive"},
                                                                                 {"fell", "fall"},
                                                                                 {"fallen", "fall"},
                                                                                 {"flew", "fly"},
                                                                                 {"owed", "owe"},
                                                                                 {"spun", "spin"},
                                                                                 {"flown", "fly"},
                                                                                 {"grew", "grow"},
                                                                                 {"grown", "grow"},
                                                                                 {"knew", "know"},
                                                                                 {"known", "know"},
                                                                                 {"laid", "lay"},
                                                                                 {"lent", "lend"},
                                                                                 {"paid", "pay"},
                                                                                 {"rose", "rise"},
                                                                                 {"risen", "rise"},
                                                                                 {"shot", "shoot"},
                                                                                 {"spent", "spend"},
                                                                                 {"spoke", "speak"},
                                                                                 {"spoken", "speak"},
                                                                                 {"stole", "steal"},
                                                                                 {"stolen", "steal"},
                                                                                 {"struck", "strike"},
                                                                                 {"sued", "sue"},
                                                                                 {"swore", "swear"},
                                                                                 {"sworn", "swear"},
                                                                                 {"threw", "throw"},
                                                                                 {"thrown", "throw"},
                                                                                 {"wore", "wear"},
                                                                                 {"beat", "beat"},
                                                                                 {"beaten", "beat"},
                                                                                 {"broke", "break"},
                                                                                 {"broken", "break"},
                                                                                 {"dealt", "deal"},
                                                                                 {"hit", "hit"},
                                                                                 {"cut", "cut"},
                                                                                 {"put", "put"},
                                                                                 {"set", "set"},
                                                                                 {"shut", "shut"},
                                                                                 {"quit", "quit"},
                                                                                 {"split", "split"},
                                                                                 {"spread", "spread"},
                                                                                 {"sent", "send"},
                                                                                 {"died", "die"},
                                                                                 {"dies", "die"},
                                                                                 {"lies", "lie"},
                                                                                 {"tied", "tie"},
                                                                                 {"ties", "tie"},
                                                                                 {"lied", "lie"},
                                                                                 {"dying", "die"},
                                                                                 {"lying", "lie"},
                                                                                 {"felt", "feel"},
                                                                                 {"kept", "keep"},
                                                                                 {"stood", "stand"},
                                                                                 {"thought", "think"},
                                                                                 {"understood", "understand"},
                                                                                 {"overthrew", "overthrow"},
                                                                                 {"withdrew", "withdraw"},
                                                                                 {"withdrawn", "withdraw"},
                                                                                 {"oversaw", "oversee"},
                                                                                 {"seen", "see"},
                                                                                 {"saw", "see"},
                                                                                 {"shown", "show"},
                                                                                 {"added", "add"},
                                                                                 {"sank", "sink"},
                                                                                 {"sunk", "sink"},
                                                                                 {"hurt", "hurt"},
                                                                                 {"bid", "bid"},
                                                                                 {"bore", "bear"},
                                                                                 {"born", "bear"},
                                                                                 {"borne", "bear"},
                                                                                 {"ate", "eat"},
                                                                                 {"froze", "freeze"},
                                                                                 {"frozen", "freeze"},
                                                                                 {"hid", "hide"},
                                                                                 {"hidden", "hide"},
                                                                                 {"sang", "sing"},
                                                                                 {"sung", "sing"},
                                                                                 {"swam", "swim"},
                                                                                 {"woke", "wake"},
                                                                                 {"upheld", "uphold"},
                                                                                 {"undertook", "undertake"}};
    const auto found = forms.find(form);
    return found == forms.end() ? std::string_view() : found->second;
}

bool is_vowel(char letter) {
    return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u';
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// True when the stem before "-ed" or "-ing" has lost an "e" (after the rules of Porter, "An algorithm for
// suffix stripping" (1980), step 1b, with the endings of common verbs added).
bool lost_e(std::string_view stem) {
    const std::size_t n = stem.size();
    if (n < 2) return false;
    const char last = stem[n - 1];
    const char before = stem[n - 2];
    const bool single_vowel = is_vowel(before) && (n < 3 || !is_vowel(stem[n - 3]));
    switch (last) {
        case 'c':
        case 'v':
        case 'u':
            return true;
        case 'z':
            return before != 'z';
        case 's':
            if (before == 's') return false;
            return !one_of(stem, {"focus", "bias", "canvas", "gas"});
        case 'g':
            if (is_vowel(before)) return true;
            if (before == 'd' || before == 'r' || before == 'l') return true;
            return one_of(
                stem, {"chang", "arrang", "challeng", "exchang", "plung", "aveng", "reveng", "rang", "hing"});
        case 'l':
            if (!is_vowel(before)) return before != 'l' && before != 'r' && before != 'w';
            return one_of(stem, {"compil", "smil", "reconcil", "fil", "pil", "til", "exil", "defil", "rul",
                                 "schedul", "scal", "inhal", "consol", "profil", "overrul"});
        case 't':
            if (stem.ends_with("at"))
                return n > 3 && (before == 'a' && (stem[n - 3] != 'e' && stem[n - 3] != 'o')) &&
                               !one_of(stem, {"combat", "format", "chat"})
                           ? true
                           : one_of(stem, {"creat", "recreat", "delineat", "nauseat", "stat", "dat", "rat"});
            return one_of(
                stem, {"vot",      "promot",    "devot",     "not",      "quot",   "denot",     "unit",
                       "invit",    "excit",     "cit",       "recit",    "incit",  "ignit",     "complet",
                       "compet",   "delet",     "execut",    "disput",   "salut",  "contribut", "distribut",
                       "institut", "constitut", "substitut", "pollut",   "dilut",  "persecut",  "prosecut",
                       "attribut", "comput",    "expedit",   "extradit", "reunit", "wast",      "tast",
                       "past",     "writ"});
        case 'r':
            if (!single_vowel) return false;
            if (before == 'a' || before == 'i') return stem != "altar";
            if (before == 'u') return !one_of(stem, {"murmur", "occur", "blur"});
            if (before == 'o')
                return one_of(stem, {"explor", "ignor", "restor", "scor", "stor", "ador", "bor", "deplor"});
            return one_of(stem, {"interfer", "adher", "persever", "rever"});
        case 'n':
            if (!single_vowel) return false;
            if (before == 'i') return true;
            return one_of(stem, {"postpon", "phon", "condon", "conven", "interven", "tun", "prun"});
        case 'm':
            return single_vowel && (before == 'u' || before == 'a' || before == 'i' || before == 'o');
        case 'p':
            return single_vowel && one_of(stem, {"escap", "shap", "rap", "scrap", "tap", "cop", "hop", "scop",
                                                 "typ", "wip", "telescop"});
        case 'k':
            return single_vowel;
        case 'b':
            return single_vowel && before != 'a';
        case 'd':
            return single_vowel && before != 'e' ? stem != "add"
                                                 : one_of(stem, {"persuad", "dissuad", "conced", "preced",
                                                                 "interced", "imped", "guid"});
        default:
            return false;
    }
}

}  // namespace

std::string repair_verb_lemma(std::string_view form, std::string_view tag, std::string_view lemma) {
    // "to found" is no form of "find".
    if (tag == "VB" && form.size() > 2 && form.find_first_of("'’") == std::string_view::npos && form != lemma)
        return std::string(form);
    if (tag == "VBD" || tag == "VBN" || tag == "VBG") {
        // "found" is both "found" (of companies) and "find"; there the analyser decides.
        if (const std::string_view known = irregular(form); !known.empty() && form != "found")
            return std::string(known);
    }
    std::string_view stem;
    if ((tag == "VBD" || tag == "VBN") && form.ends_with("ed"))
        stem = form.substr(0, form.size() - 2);
    else if (tag == "VBG" && form.ends_with("ing"))
        stem = form.substr(0, form.size() - 3);
    else if (tag.starts_with("VB") && form.ends_with("ies") && form.size() > 4)
        return std::string(form.substr(0, form.size() - 3)) + "y";
    else
        return std::string(lemma);
    if (stem.size() < 2) return std::string(lemma);
    // Only a lemma made by cutting is mended: "negotiat", "negotiate" stays, "succeede" loses its letter.
    const bool cut = lemma == stem || (lemma.size() < stem.size() && stem.starts_with(lemma)) ||
                     (lemma.size() == stem.size() + 1 && lemma.starts_with(stem) && lemma.back() == 'e') ||
                     // "organiy" of "organised": no English verb ends like that.
                     (lemma.size() == stem.size() &&
                      (lemma.ends_with("iy") || (lemma.ends_with("ay") && stem.ends_with("as"))));
    if (!cut) return std::string(lemma);
    const char last = stem.back();
    if (last == 'i') return std::string(stem.substr(0, stem.size() - 1)) + "y";
    const char before = stem[stem.size() - 2];
    if (last == before && last != 's' && last != 'z' && last != 'f' && !is_vowel(last)) {
        const bool keeps =
            last == 'l' && !one_of(stem, {"controll", "travell", "cancell", "compell", "expell", "propell",
                                          "modell", "labell", "signall", "levell", "excell", "repell",
                                          "rebell", "fuell", "quarrell", "totall", "channell"});
        if (keeps || one_of(stem, {"add", "err", "butt"})) return std::string(stem);
        return std::string(stem.substr(0, stem.size() - 1));
    }
    if (lost_e(stem)) return std::string(stem) + "e";
    // The analyser may know better about an "e" that no rule here predicts.
    const bool cluster = !is_vowel(before) && (last == 'n' || last == 'm' || last == 'p' || last == 'k');
    // "retained", "revealed", "appeared": nothing is lost behind two vowels.
    const bool long_vowel =
        is_vowel(before) && stem.size() > 3 && is_vowel(stem[stem.size() - 3]) &&
        stem[stem.size() - 4] != 'q' &&  // "acquired"
        (last == 'n' || last == 'l' || last == 'r' || last == 'm' || last == 'p' || last == 'k');
    const bool closed = last == 'd' || last == 't' || last == 's' || last == 'h' || last == 'w' ||
                        last == 'x' || last == 'y' || cluster || long_vowel;
    return lemma.size() <= stem.size() || closed ? std::string(stem) : std::string(lemma);
}

}  // namespace relata::ingest
