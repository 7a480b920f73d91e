// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/language_guess.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/utf8.hpp"

namespace relata::ingest {
namespace {

struct Language {
    std::string_view name;
    std::string_view words;  // frequent function words, blanks around each
};

// The most frequent function words of each language, after the lists of the Snowball project
// (snowballstem.org/algorithms), without those that are English words as well ("die" and "on" stay: they are
// frequent there and rare or outweighed here).
constexpr std::string_view k_english =
    " the of and to a in that is was for it with as his on be at by i this had not are but from or have an "
    "they "
    "which one you were her all she there would their we him been has when who will more no if out so said "
    "what up "
    "its about into than them can only other new some could time these two may then do first any my now such "
    "like "
    "our over me even most made after also did many before must through ";
constexpr std::array<Language, 12> k_languages{{
    {"German",
     " der die das und ist nicht ein eine einen einem einer von zu mit sich auf den dem des im für als auch "
     "es er "
     "sie wir nach bei aus wie dass hat haben wird werden sind war wurde über vor zum zur noch nur oder "
     "aber "},
    {"French",
     " le la les de des du un une et est en que qui dans pour par sur pas au aux avec il elle ne se ce cette "
     "sont "
     "plus ont été mais ou son sa ses leur nous vous être fait comme "},
    {"Spanish",
     " el la los las de del que en un una y es por con no se para su al lo como más pero sus le ha este esta "
     "son "
     "entre cuando muy sin sobre también fue había "},
    {"Italian",
     " il lo la gli le di del della dei delle che e è un una in per con non si da dal al alla sono come più "
     "ma ha "
     "anche nel nella questo questa stato hanno dopo "},
    {"Portuguese",
     " o os as de do da dos das que e em um uma para com não se por mais como mas foi ao ele ela sua seu à "
     "ou "
     "quando muito nos já também pelo pela são "},
    {"Dutch",
     " de het een en van ik te dat die in niet zijn is op aan met als voor er maar om hem dan zou of wat "
     "mijn dit "
     "zo door over ze bij ook tot je naar heeft hebben worden werd wordt "},
    {"Swedish",
     " och att det som en på är av för med den till inte har de ett om var jag han men sig så från vi kan "
     "när "
     "skulle ska hade eller efter vid "},
    {"Norwegian or Danish",
     " og det at en den til er som på de med han av af ikke der var seg sig for et har om vi men hun jeg fra "
     "skal "
     "kan ble blev etter efter også være "},
    {"Finnish",
     " ja on ei että se hän oli mutta ovat kun niin myös tai kuin joka mitä ole sen sitä vain voi jos mukaan "
     "nyt "},
    {"Polish",
     " i w nie na się z do to że jest o jak ale po co za od przez dla przy są być było był oraz jego jej "
     "który "},
    {"Turkish", " ve bir bu da de için ile çok daha gibi olarak olan ne var ama o sonra kadar değil her "},
    {"Indonesian",
     " yang dan di ini itu dengan untuk dari tidak pada adalah dalam akan ke juga oleh bisa ada mereka "
     "telah "},
}};

bool holds(std::string_view list, const std::string& padded) {
    return list.find(padded) != std::string_view::npos;
}

// Scripts that no English text is written in, by code point block (Unicode 15, Blocks.txt).
std::string_view script_of(char32_t c) {
    if (c >= 0x370 && c <= 0x3FF) return "Greek";
    if (c >= 0x400 && c <= 0x52F) return "Cyrillic";
    if (c >= 0x590 && c <= 0x5FF) return "Hebrew";
    if ((c >= 0x600 && c <= 0x6FF) || (c >= 0x750 && c <= 0x77F)) return "Arabic";
    if (c >= 0x900 && c <= 0xDFF) return "Indic";
    if (c >= 0xE00 && c <= 0xE7F) return "Thai";
    if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF)) return "Chinese or Japanese";
    if (c >= 0xAC00 && c <= 0xD7AF) return "Korean";
    return {};
}

struct Words {
    std::vector<std::string> padded;  // " word ", in lower case
    std::size_t latin = 0;            // letters
    std::size_t foreign = 0;
    std::string_view script;  // first foreign script met
};

Words first_words(std::string_view text) {
    constexpr std::size_t judged = 200;
    constexpr std::size_t longest = 40;
    Words words;
    std::string word = " ";
    const auto finish = [&] {
        if (word.size() > 1 && word.size() < longest) words.padded.push_back(word + " ");
        word = " ";
    };
    for (std::size_t i = 0; i < text.size() && words.padded.size() < judged && words.foreign < 2000;) {
        const auto [value, length] = utf8::decode(text, i);
        const auto c = static_cast<char>(value < 0x80 ? value : 0);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (value >= 0xC0 && value <= 0x24F && value != 0xD7 && value != 0xF7);
        if (letter) {
            ++words.latin;
            if (c >= 'A' && c <= 'Z') {
                word += static_cast<char>(c + 32);
            } else if (value >= 0xC0 && value <= 0xDE) {
                utf8::append(word, value + 0x20);
            } else {
                word.append(text, i, length);
            }
        } else {
            if (const std::string_view script = script_of(value); !script.empty()) {
                ++words.foreign;
                if (words.script.empty()) words.script = script;
            }
            finish();
        }
        i += length;
    }
    finish();
    return words;
}

}  // namespace

std::optional<std::string> reason_not_english(std::string_view text) {
    const Words words = first_words(text);
    if (words.latin + words.foreign == 0) return "holds no words";
    if (words.foreign > words.latin) return "is in " + std::string(words.script) + " script, not English";
    const std::size_t total = words.padded.size();
    if (total < 12) return std::nullopt;
    const auto hits = [&](std::string_view list) {
        return static_cast<std::size_t>(
            std::count_if(words.padded.begin(), words.padded.end(),
                          [&](const std::string& word) { return holds(list, word); }));
    };
    const std::size_t english = hits(k_english);
    std::size_t best = 0;
    std::string_view name;
    for (const Language& language : k_languages) {
        const std::size_t count = hits(language.words);
        if (count > best) {
            best = count;
            name = language.name;
        }
    }
    // English prose has 35 to 55 function words in a hundred; the other languages reach 20 to 50 with their
    // own list and stay under 15 with the English one.
    if (best * 100 > total * 18 && best * 2 > english * 3) {
        return "looks like " + std::string(name) + ", not English";
    }
    return std::nullopt;
}

}  // namespace relata::ingest
