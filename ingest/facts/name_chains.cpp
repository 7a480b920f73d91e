// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/name_chains.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace relata::ingest {

namespace {

using lexicon::Gender;
using Words = std::vector<std::string>;

// Mentions that the search for the nearest full name looks at, so that its cost is bounded in any document.
constexpr std::size_t k_candidates = 1000;

std::string join(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// The place that modifies a noun: "the [Dutch] firm", "the [Genoa] company", "the [Oslo]-based
// bank".
std::size_t place_modifier_of(const DocumentView& view, const NameChains& chains, std::size_t sentence,
                              std::size_t noun) {
    const SentenceTree& t = view.tree(sentence);
    for (const std::size_t c : t.children(noun)) {
        if (c > noun || !t.is_any(c, {"amod", "compound", "nmod:poss", "nmod:desc"})) continue;
        std::size_t name = view.name_over(sentence, c);
        if (name == k_none && t.has_lemma(c, {"base", "based"}))
            for (const std::size_t p : t.children(c))
                if (view.name_over(sentence, p) != k_none) name = view.name_over(sentence, p);
        if (name == k_none || chains.cluster_of[name] == k_none) continue;
        const EntityType type = chains.clusters[chains.cluster_of[name]].type;
        if (type == EntityType::GPE || type == EntityType::LOC) return chains.cluster_of[name];
    }
    return k_none;
}

class NameClusterer {
  public:
    explicit NameClusterer(const DocumentView& view)
        : view_(view), clusters_(chains_.clusters), cluster_of_(chains_.cluster_of) {
        cluster_of_.assign(view.analysed().mentions.size(), k_none);
    }

    NameChains run() {
        cluster_names();
        for (std::size_t m = 0; m < cluster_of_.size(); ++m) describe_name(m);
        for (const auto& [name, country] : country_names_) chains_.countries.insert(name);
        return std::move(chains_);
    }

  private:
    const SentenceTree& tree(std::size_t m) const { return view_.tree(view_.mention(m).sentence); }
    std::size_t place_of(std::size_t sentence, std::size_t noun) const {
        return place_modifier_of(view_, chains_, sentence, noun);
    }

    Words words_of(std::size_t m) const {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        Words words;
        for (std::size_t i = mention.first; i < mention.last; ++i) {
            const bool dash = t.form(i) == "-" || t.form(i) == "–";
            if (t.upos(i) == Upos::PUNCT && !dash && t.form(i) != "&") continue;
            std::string word = dash ? "-" : lower(t.form(i));
            if (word == "'s" || word == "’s" || (words.empty() && word == "the")) continue;
            words.push_back(std::move(word));
        }
        if (words.empty()) words.push_back(lower(view_.text(mention)));
        return words;
    }

    static Words without_legal_suffix(Words words) {
        while (words.size() > 1 && lexicon::is_legal_suffix(words.back())) words.pop_back();
        return words;
    }

    struct Surface {
        Words words;
        std::string key;
        std::vector<std::size_t> mentions;
        std::map<EntityType, float> types;
        EntityType type = EntityType::OTHER;
    };

    void cluster_names() {
        std::vector<Surface> surfaces;
        std::unordered_map<std::string, std::size_t> index;
        for (std::size_t m = 0; m < cluster_of_.size(); ++m) {
            const Mention& mention = view_.mention(m);
            if (mention.kind != MentionKind::name) continue;
            Words words = words_of(m);
            EntityType type = mention.type;
            std::string key = join(words);
            // "the Swedish firm", "U.S. officials": the adjective and the short form stand for the
            // country.
            std::string_view country = lexicon::full_country(key);
            if (country.empty() && type == EntityType::NORP && is_adjectival(m))
                country = lexicon::country_of_demonym(key);
            if (!country.empty()) {
                key = lower(country);
                words = split(key);
                if (country != "European Union" && country != "United Nations") type = EntityType::GPE;
                country_names_[key] = country;
            }
            const auto [at, fresh] = index.try_emplace(key, surfaces.size());
            if (fresh) surfaces.push_back({std::move(words), key, {}, {}, type});
            Surface& surface = surfaces[at->second];
            surface.mentions.push_back(m);
            float weight = std::max(mention.score, 0.1F);
            if (type == EntityType::PERSON && surface.words.size() == 1) {
                if (const auto better = type_by_office(m)) {
                    type = *better;
                    weight = 4;  // what has a finance director is a company, however often it looks like
                                 // a name
                }
            }
            surface.types[type] += weight;
        }
        for (Surface& surface : surfaces) {
            float best = 0;
            for (const auto& [type, weight] : surface.types) {
                if (weight > best) {
                    best = weight;
                    surface.type = type;
                }
            }
        }
        for (const Surface& surface : surfaces)
            if (surface.type == EntityType::PERSON && surface.words.size() > 1)
                person_words_.insert(surface.words.begin(), surface.words.end());
        // Longest first, so that a short form finds its full name wherever that stands in the document.
        std::vector<std::size_t> order(surfaces.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&surfaces](std::size_t a, std::size_t b) {
            return surfaces[a].words.size() > surfaces[b].words.size();
        });
        for (const std::size_t s : order) {
            Surface& surface = surfaces[s];
            std::vector<std::size_t> matches;
            for (const std::size_t c : likely_clusters(surface))
                if (short_form(surface, c)) matches.push_back(c);
            if (matches.empty()) {
                Cluster cluster;
                cluster.type = surface.type;
                const auto country = country_names_.find(surface.key);
                cluster.name = country != country_names_.end()
                                   ? std::string(country->second)
                                   : std::string(name_text(view_, surface.mentions.front()));
                clusters_.push_back(std::move(cluster));
                full_words_.push_back(surface.words);
                matches.push_back(clusters_.size() - 1);
                index_cluster(clusters_.size() - 1);
            }
            for (const std::size_t m : surface.mentions) cluster_of_[m] = nearest(matches, m);
        }
        link_apposed_acronyms();
    }

    // Clusters by the words and initials of their names, so that a long document costs no more a name.
    void index_cluster(std::size_t c) {
        const Words& full = full_words_[c];
        by_first_[full.front()].push_back(c);
        by_last_[full.back()].push_back(c);
        if (full.size() < 2) return;
        const auto [initials, all] = initials_of(full);
        by_initials_[initials].push_back(c);
        if (all != initials) by_initials_[all].push_back(c);
    }
    std::vector<std::size_t> likely_clusters(const Surface& surface) const {
        std::vector<std::size_t> result;
        // "Group" ends thousands of names; what so many share identifies none.
        constexpr std::size_t too_many = 200;
        const auto add = [&result](const auto& index, const std::string& key) {
            const auto found = index.find(key);
            if (found != index.end() && found->second.size() <= too_many)
                result.insert(result.end(), found->second.begin(), found->second.end());
        };
        add(by_first_, surface.words.front());
        add(by_last_, surface.words.back());
        add(by_last_, surface.words.front());
        add(by_first_, surface.words.back());
        if (surface.words.size() == 1) {
            std::string letters = surface.words[0];
            std::erase(letters, '.');
            add(by_initials_, letters);
        }
        std::sort(result.begin(), result.end());
        result.erase(std::unique(result.begin(), result.end()), result.end());
        return result;
    }

    static Words split(const std::string& text) {
        Words words;
        std::size_t begin = 0;
        while (begin < text.size()) {
            const std::size_t end = std::min(text.find(' ', begin), text.size());
            words.push_back(text.substr(begin, end - begin));
            begin = end + 1;
        }
        return words;
    }

    std::optional<EntityType> type_by_office(std::size_t m) const {
        const SentenceTree& t = tree(m);
        const std::size_t head = view_.mention(m).head;
        const std::size_t noun = t.head(head);
        if (noun == k_none || !t.is_any(head, {"nmod:poss", "compound"}) || noun < head) return std::nullopt;
        if (t.has_lemma(noun, {"executive", "director",  "chairman",    "chairwoman",   "ceo",
                               "cfo",       "board",     "shareholder", "share",        "subsidiary",
                               "unit",      "spokesman", "spokeswoman", "headquarters", "revenue",
                               "profit",    "engineer",  "employee",    "plant",        "factory"}))
            return EntityType::ORG;
        if (t.has_lemma(noun, {"president", "minister", "parliament", "government", "capital", "mayor",
                               "opposition", "leader", "army", "border", "embassy", "ambassador"}))
            return EntityType::GPE;
        return std::nullopt;
    }

    // "Swedish" before a noun, not "the Swedes".
    bool is_adjectival(std::size_t m) const {
        const SentenceTree& t = tree(m);
        const std::size_t head = view_.mention(m).head;
        return t.upos(head) == Upos::ADJ || t.is_any(head, {"amod", "compound", "nmod:desc"});
    }

    // `surface` may be a shorter form of the cluster's full name.
    bool short_form(const Surface& surface, std::size_t c) const {
        const Words& full = full_words_[c];
        const Words& words = surface.words;
        const Cluster& cluster = clusters_[c];
        if (surface.type == EntityType::PERSON && cluster.type == EntityType::PERSON) {
            // "Lind" and "Ana" for "Ana Lind"; "A. Lind"; never "Per Lind".
            // "the Arden-Voss debate": two people, or one surname of two parts; either way no part is
            // short for it.
            if (full.size() == 3 && full[1] == "-") return false;
            if (words.size() >= full.size()) return false;
            if (words.size() == 1) return full.back() == words[0] || full.front() == words[0];
            return std::equal(words.rbegin(), words.rend(), full.rbegin()) ||
                   (words.back() == full.back() && words.front() == full.front());
        }
        // "Kaldera" alone looks like a surname; "Kaldera Ferries" tells what it is.
        if (surface.type == EntityType::PERSON && cluster.type == EntityType::ORG && words.size() == 1 &&
            full.size() > 1 && full.front() == words[0] && !lexicon::noun_type(words[0]))
            return !person_words_.contains(words[0]);
        if (surface.type == EntityType::PERSON || cluster.type == EntityType::PERSON) return false;
        if (surface.type == EntityType::GPE || surface.type == EntityType::NORP) return false;
        const bool same = surface.type == cluster.type;
        if (!same && !(surface.type == EntityType::ORG && cluster.type != EntityType::GPE) &&
            !(cluster.type == EntityType::ORG))
            return false;
        if (same && without_legal_suffix(words) == without_legal_suffix(full)) return true;
        if (words.size() == 1 && is_acronym(surface.mentions.front(), full)) return true;
        if (!same) return false;
        if (surface.type != EntityType::ORG && surface.type != EntityType::LAW &&
            surface.type != EntityType::FAC && surface.type != EntityType::EVENT &&
            surface.type != EntityType::WORK)
            return false;
        if (words.size() >= full.size()) return false;
        // "Halden" for "Halden Motor AG"; not "Bank" for "Bank of Oslo" and not "University".
        const bool generic = words.size() == 1 && lexicon::noun_type(words[0]).has_value();
        if (!generic && surface.type == EntityType::ORG &&
            std::equal(words.begin(), words.end(), full.begin()))
            return true;
        // "the Commission" for "European Commission", "the Savel Treaty" for "Upper Savel Treaty"
        return (generic || words.size() > 1) && std::equal(words.rbegin(), words.rend(), full.rbegin());
    }

    // "ECB" for "European Central Bank"
    bool is_acronym(std::size_t m, const Words& full) const {
        const std::string_view text = view_.text(view_.mention(m));
        std::string letters;
        for (const char byte : text) {
            if (byte == '.') continue;
            if (byte < 'A' || byte > 'Z') return false;
            letters += static_cast<char>(byte - 'A' + 'a');
        }
        if (letters.size() < 2 || full.size() < 2) return false;
        const auto [initials, all] = initials_of(full);
        return letters == initials || letters == all;
    }

    // Without small words and legal suffixes, and of all words.
    static std::pair<std::string, std::string> initials_of(const Words& full) {
        std::string initials, all;
        for (const std::string& word : full) {
            all += word[0];
            if (word != "of" && word != "and" && word != "for" && word != "the" && word != "in" &&
                !lexicon::is_legal_suffix(word))
                initials += word[0];
        }
        return {initials, all};
    }

    // Of several full names that fit, the one mentioned last before `m`, else the first.
    std::size_t nearest(const std::vector<std::size_t>& matches, std::size_t m) const {
        if (matches.size() == 1) return matches[0];
        for (std::size_t before = m, visits = k_candidates; before-- > 0 && visits-- > 0;)
            if (std::find(matches.begin(), matches.end(), cluster_of_[before]) != matches.end())
                return cluster_of_[before];
        return matches[0];
    }

    // "Lake Ormana Research Trust (LORT)", "the Northern Union, or NU": an apposed capital name is an
    // alias.
    void link_apposed_acronyms() {
        for (std::size_t m = 0; m < cluster_of_.size(); ++m) {
            const Mention& mention = view_.mention(m);
            if (mention.kind != MentionKind::name) continue;
            const SentenceTree& t = tree(m);
            if (!t.is(mention.head, "appos") || mention.last - mention.first != 1) continue;
            const std::size_t head = t.head(mention.head);
            if (head == k_none) continue;
            const std::size_t whole = view_.name_over(mention.sentence, head);
            if (whole == k_none || cluster_of_[whole] == cluster_of_[m]) continue;
            if (is_acronym(m, words_of(whole)) && clusters_[cluster_of_[whole]].type != EntityType::PERSON)
                merge(cluster_of_[whole], cluster_of_[m]);
        }
    }

    void merge(std::size_t into, std::size_t from) {
        for (std::size_t& cluster : cluster_of_)
            if (cluster == from) cluster = into;
    }

    // --- what the text says about names
    // -----------------------------------------------------------------

    void describe_name(std::size_t m) {
        const Mention& mention = view_.mention(m);
        if (mention.kind != MentionKind::name || cluster_of_[m] == k_none) return;
        Cluster& cluster = clusters_[cluster_of_[m]];
        const SentenceTree& t = tree(m);
        const std::size_t head = mention.head;
        const auto describe = [&](std::size_t i) {
            cluster.describe(t.lemma(i));
            if (cluster.type == EntityType::PERSON && cluster.gender == Gender::unknown)
                cluster.gender = lexicon::gender_of_word(t.lemma(i));
            for (const std::size_t c : t.children(i))
                if (t.is(c, "conj") && t.upos(c) == Upos::NOUN) cluster.describe(t.lemma(c));
        };
        for (std::size_t i = mention.first; i < mention.last; ++i) {
            // "Federal Court": the court. "Ana Lind": a first name may tell the gender.
            const std::string word = lower(t.form(i));
            if (cluster.type == EntityType::PERSON) {
                if (cluster.gender == Gender::unknown && i == mention.first &&
                    mention.last - mention.first > 1)
                    cluster.gender = lexicon::gender_of_word(word);
            } else if (lexicon::noun_type(word)) {
                cluster.describe(word);
            }
        }
        for (const std::size_t c : t.children(head)) {
            if (c >= mention.first && c < mention.last) continue;
            if (t.is_any(c, {"appos", "nmod:desc", "compound", "flat", "amod"}) && t.upos(c) != Upos::ADJ &&
                view_.name_over(mention.sentence, c) == k_none)
                describe(c);
        }
        if (mention.first > 0) {
            const std::string before = lower(t.form(mention.first - 1));
            if (cluster.type == EntityType::PERSON && cluster.gender == Gender::unknown &&
                (before.starts_with("mr") || before.starts_with("ms") || before == "sir" ||
                 before == "dame" || before == "lady" || before == "lord"))
                cluster.gender = lexicon::gender_of_word(before);
        }
        if (cluster.type == EntityType::ORG) tie_to_places(m);
        const std::size_t above = t.head(head);
        if (above == k_none) return;
        // "the mayor of Bodø" makes Bodø a city.
        if (cluster.type == EntityType::GPE && t.is_any(head, {"nmod", "nmod:poss", "compound"})) {
            if (t.has_lemma(above, {"mayor", "councillor"})) cluster.describe("city");
            if (t.has_lemma(above, {"governor"})) cluster.describe("state");
            if (t.has_lemma(above, {"minister", "ambassador", "premier", "king", "queen", "chancellor"}))
                cluster.describe("country");
        }
        // "the carmaker Halden": the name hangs below the noun
        if (t.is_any(head, {"appos", "flat"}) && t.upos(above) == Upos::NOUN &&
            view_.name_over(mention.sentence, above) == k_none)
            describe(above);
        // "Halden is a carmaker"
        if (t.is(head, "nsubj") && t.child(above, "cop") != k_none && t.upos(above) == Upos::NOUN)
            describe(above);
    }

    // Ties the cluster of name `m` to places: "Halden of Bodø", "the Danish brewer Halden", "Halden, a
    // Danish brewer".
    void tie_to_places(std::size_t m) {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        std::vector<std::size_t>& places = clusters_[cluster_of_[m]].places;
        const auto tie = [&](std::size_t place) {
            if (place != k_none && std::find(places.begin(), places.end(), place) == places.end())
                places.push_back(place);
        };
        tie(place_of(mention.sentence, mention.head));
        for (const std::size_t c : t.children(mention.head)) {
            if (t.is_any(c, {"appos", "nmod:desc", "compound"})) tie(place_of(mention.sentence, c));
            const std::size_t name = view_.name_over(mention.sentence, c);
            if (t.is(c, "nmod") && name != k_none && name != m &&
                clusters_[cluster_of_[name]].type == EntityType::GPE)
                tie(cluster_of_[name]);
        }
        const std::size_t above = t.head(mention.head);
        if (above != k_none && t.is_any(mention.head, {"appos", "flat"}))
            tie(place_of(mention.sentence, above));
        if (above != k_none && t.is(mention.head, "nsubj") && t.child(above, "cop") != k_none)
            tie(place_of(mention.sentence, above));
    }

    const DocumentView& view_;
    NameChains chains_;
    std::vector<Cluster>& clusters_;
    std::vector<std::size_t>& cluster_of_;
    std::vector<Words> full_words_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_first_, by_last_, by_initials_;
    std::unordered_set<std::string> person_words_;  // words of people's names of more than one word
    std::map<std::string, std::string_view> country_names_;
};

}  // namespace

bool Cluster::has_descriptor(std::string_view lemma) const {
    return std::find(descriptors.begin(), descriptors.end(), lemma) != descriptors.end();
}
void Cluster::describe(std::string_view lemma) {
    if (!has_descriptor(lemma)) descriptors.emplace_back(lemma);
}

NameChains find_name_chains(const DocumentView& view) {
    return NameClusterer(view).run();
}

std::string_view name_text(const DocumentView& view, std::size_t m) {
    std::string_view text = view.text(view.mention(m));
    for (const std::string_view suffix : {"'s", "’s"})
        if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
    return text;
}

std::size_t place_modifier(const DocumentView& view, const NameChains& chains, std::size_t m) {
    return place_modifier_of(view, chains, view.mention(m).sentence, view.mention(m).head);
}

}  // namespace relata::ingest
