// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/coreference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

using lexicon::Gender;

// Sentences that a pronoun or a nominal looks back.
constexpr std::size_t k_window = 4;
// Mentions that the search for an antecedent looks at, so that its cost is bounded in any document.
constexpr std::size_t k_candidates = 1000;

enum class Number { unknown, singular, plural };

// All mentions of one thing, while they are found.
struct Cluster {
    std::string name;
    std::size_t name_words = 0;
    EntityType type = EntityType::OTHER;
    bool named = true;
    Gender gender = Gender::unknown;
    Number number = Number::unknown;
    std::vector<std::string> descriptors;  // lemmas: "carmaker", "minister"
    std::vector<std::size_t> mentions;     // by position
    std::vector<std::size_t> places;       // clusters of the places that the text ties it to
    bool has_descriptor(std::string_view lemma) const {
        return std::find(descriptors.begin(), descriptors.end(), lemma) != descriptors.end();
    }
    void describe(std::string_view lemma) {
        if (!has_descriptor(lemma)) descriptors.emplace_back(lemma);
    }
};

using Words = std::vector<std::string>;

std::string join(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

bool is_organisation_like(EntityType type) {
    return type == EntityType::ORG || type == EntityType::GPE || type == EntityType::PRODUCT ||
           type == EntityType::FAC || type == EntityType::WORK || type == EntityType::EVENT ||
           type == EntityType::LAW || type == EntityType::LOC || type == EntityType::OTHER;
}

// Nouns for any company: they say nothing that tells one from another.
bool is_generic_company(std::string_view lemma) {
    static constexpr std::string_view words[] = {
        "company",      "firm",         "group",    "business",     "corporation",
        "maker",        "giant",        "start-up", "startup",      "outfit",
        "organisation", "organization", "concern",  "conglomerate", "manufacturer"};
    return std::find(std::begin(words), std::end(words), lemma) != std::end(words);
}

bool is_generic_place(std::string_view lemma) {
    return lemma == "country" || lemma == "nation" || lemma == "city" || lemma == "town" ||
           lemma == "state" || lemma == "village" || lemma == "municipality" || lemma == "capital" ||
           lemma == "kingdom";
}

class Resolver {
  public:
    explicit Resolver(DocumentView& view)
        : view_(view), cluster_of_(view.analysed().mentions.size(), k_none) {}

    void run() {
        cluster_names();
        for (std::size_t m = 0; m < cluster_of_.size(); ++m) describe_name(m);
        for (std::size_t m = 0; m < cluster_of_.size(); ++m) {
            const Mention& mention = view_.mention(m);
            if (mention.kind == MentionKind::nominal)
                resolve_nominal(m);
            else if (mention.kind == MentionKind::pronoun)
                resolve_pronoun(m);
            else
                place(m, cluster_of_[m]);
        }
        write();
    }

  private:
    const SentenceTree& tree(std::size_t m) const { return view_.tree(view_.mention(m).sentence); }

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

    // --- names -----------------------------------------------------------------------------------------

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
            // "the Swedish firm", "U.S. officials": the adjective and the short form stand for the country.
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
                    weight =
                        4;  // what has a finance director is a company, however often it looks like a name
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
                                   : std::string(name_text(surface.mentions.front()));
                cluster.name_words = surface.words.size();
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

    std::string_view name_text(std::size_t m) const {
        const Mention& mention = view_.mention(m);
        std::string_view text = view_.text(mention);
        for (const std::string_view suffix : {"'s", "’s"})
            if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
        return text;
    }

    // "Kaldera's finance director", "the Kestria government": who has offices is no person, whatever the name
    // looks like.
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
            // "the Arden-Voss debate": two people, or one surname of two parts; either way no part is short
            // for it.
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

    // "Lake Ormana Research Trust (LORT)", "the Northern Union, or NU": an apposed capital name is an alias.
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

    // --- what the text says about names -----------------------------------------------------------------

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

    // The place that modifies a noun: "the [Dutch] firm", "the [Genoa] company", "the [Oslo]-based bank".
    std::size_t place_modifier_of(std::size_t sentence, std::size_t noun) const {
        const SentenceTree& t = view_.tree(sentence);
        for (const std::size_t c : t.children(noun)) {
            if (c > noun || !t.is_any(c, {"amod", "compound", "nmod:poss", "nmod:desc"})) continue;
            std::size_t name = view_.name_over(sentence, c);
            if (name == k_none && t.has_lemma(c, {"base", "based"}))
                for (const std::size_t p : t.children(c))
                    if (view_.name_over(sentence, p) != k_none) name = view_.name_over(sentence, p);
            if (name == k_none || cluster_of_[name] == k_none) continue;
            const EntityType type = clusters_[cluster_of_[name]].type;
            if (type == EntityType::GPE || type == EntityType::LOC) return cluster_of_[name];
        }
        return k_none;
    }
    std::size_t place_modifier(std::size_t m) const {
        return place_modifier_of(view_.mention(m).sentence, view_.mention(m).head);
    }
    // Ties the cluster of name `m` to places: "Halden of Bodø", "the Danish brewer Halden", "Halden, a Danish
    // brewer".
    void tie_to_places(std::size_t m) {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        std::vector<std::size_t>& places = clusters_[cluster_of_[m]].places;
        const auto tie = [&](std::size_t place) {
            if (place != k_none && std::find(places.begin(), places.end(), place) == places.end())
                places.push_back(place);
        };
        tie(place_modifier_of(mention.sentence, mention.head));
        for (const std::size_t c : t.children(mention.head)) {
            if (t.is_any(c, {"appos", "nmod:desc", "compound"})) tie(place_modifier_of(mention.sentence, c));
            const std::size_t name = view_.name_over(mention.sentence, c);
            if (t.is(c, "nmod") && name != k_none && name != m &&
                clusters_[cluster_of_[name]].type == EntityType::GPE)
                tie(cluster_of_[name]);
        }
        const std::size_t above = t.head(mention.head);
        if (above != k_none && t.is_any(mention.head, {"appos", "flat"}))
            tie(place_modifier_of(mention.sentence, above));
        if (above != k_none && t.is(mention.head, "nsubj") && t.child(above, "cop") != k_none)
            tie(place_modifier_of(mention.sentence, above));
    }

    // --- salience ---------------------------------------------------------------------------------------

    double role_weight(std::size_t m) const {
        const SentenceTree& t = tree(m);
        std::size_t head = view_.mention(m).head;
        // A possessor or an apposition counts by its noun's place, a little less.
        double penalty = 0;
        while (t.is_any(head, {"nmod:poss", "appos", "conj", "flat", "nmod", "compound", "nmod:desc"}) &&
               t.head(head) != k_none) {
            penalty += t.is(head, "appos") || t.is(head, "flat") ? 0.0 : 0.5;
            head = t.head(head);
        }
        double weight = 0.6;
        if (t.is(head, "nsubj"))
            weight = 2.0;
        else if (t.is(head, "obj"))
            weight = 1.3;
        else if (t.is(head, "obl:agent") || t.is(head, "iobj"))
            weight = 1.2;
        else if (t.is(head, "obl"))
            weight = 0.9;
        return std::max(weight - penalty, 0.2);
    }

    bool same_clause_subject(std::size_t candidate, std::size_t pronoun) const {
        const Mention& a = view_.mention(candidate);
        const Mention& b = view_.mention(pronoun);
        if (a.sentence != b.sentence) return false;
        const SentenceTree& t = tree(pronoun);
        if (!t.is_any(b.head, {"obj", "iobj", "obl"}) || t.lemma(b.head).ends_with("self")) return false;
        // "fined her and barred her": the subject of the first verb is the second one's too.
        std::size_t verb = t.head(b.head);
        for (int i = 0; i < 6 && verb != k_none; ++i) {
            if (t.head(a.head) == verb && (i == 0 || t.is(a.head, "nsubj"))) return true;
            if (!t.is(verb, "conj")) return false;
            verb = t.head(verb);
        }
        return false;
    }

    struct Ranked {
        std::size_t cluster = k_none;
        double score = 0;
        double margin = 0;  // to the second best
    };

    template <class Accept>
    Ranked rank(std::size_t m, std::size_t window, const Accept& accept) const {
        const Mention& mention = view_.mention(m);
        std::vector<std::pair<std::size_t, double>> scores;  // by cluster
        std::size_t visits = k_candidates;
        for (std::size_t at = placed_.size(); at-- > 0 && visits-- > 0;) {
            const std::size_t candidate = placed_[at];
            const Mention& other = view_.mention(candidate);
            if (other.sentence + window < mention.sentence) break;
            const std::size_t c = cluster_of_[candidate];
            if (same_clause_subject(candidate, m)) {
                scores.emplace_back(c, -100.0);
                continue;
            }
            // The possessor inside its own phrase: "its [own] Klinova".
            if (other.sentence == mention.sentence && tree(m).below(mention.head, other.head) &&
                !tree(m).is(mention.head, "nmod:poss") && tree(m).head(mention.head) == other.head)
                continue;
            const double boost = accept(c, candidate);
            if (boost < -10) continue;
            const auto distance = static_cast<double>(mention.sentence - other.sentence);
            double score = role_weight(candidate) - 1.1 * distance + boost;
            score += 0.3 * std::log2(1.0 + static_cast<double>(clusters_[c].mentions.size()));
            if (tree(m).is(mention.head, "nsubj") && tree(candidate).is(other.head, "nsubj")) score += 0.4;
            scores.emplace_back(c, score);
        }
        Ranked best;
        double second = -1e9;
        best.score = -1e9;
        std::stable_sort(scores.begin(), scores.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 0; i < scores.size();) {
            const std::size_t c = scores[i].first;
            double score = -1e9;
            bool excluded = false;
            for (; i < scores.size() && scores[i].first == c; ++i) {
                if (scores[i].second <= -100.0) excluded = true;
                score = std::max(score, scores[i].second);
            }
            if (excluded) continue;
            if (score > best.score) {
                second = best.score;
                best = {c, score, 0};
            } else {
                second = std::max(second, score);
            }
        }
        best.margin = best.score - second;
        return best;
    }

    void place(std::size_t m, std::size_t cluster) {
        if (cluster == k_none) return;
        cluster_of_[m] = cluster;
        clusters_[cluster].mentions.push_back(m);
        placed_.push_back(m);
    }

    void link(std::size_t m, const Ranked& ranked) {
        view_.analysed().mentions[m].score = ranked.margin > 1.5 ? 0.9F : ranked.margin > 0.7 ? 0.8F : 0.65F;
        place(m, ranked.cluster);
        if (view_.mention(m).type == EntityType::OTHER)
            view_.analysed().mentions[m].type = clusters_[ranked.cluster].type;
    }

    // --- nominals ---------------------------------------------------------------------------------------

    std::size_t apposed_name(std::size_t m) const {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        const std::size_t head = mention.head;
        for (const std::size_t c : t.children(head)) {
            if (!t.is_any(c, {"appos", "flat"})) continue;
            const std::size_t name = view_.name_over(mention.sentence, c);
            if (name != k_none && compatible(mention.type, view_.mention(name).type)) return name;
        }
        if (t.is(head, "appos") && t.head(head) != k_none) {
            const std::size_t name = view_.name_over(mention.sentence, t.head(head));
            if (name != k_none && compatible(mention.type, view_.mention(name).type)) return name;
        }
        return k_none;
    }

    static bool compatible(EntityType nominal, EntityType name) {
        if (nominal == EntityType::OTHER || nominal == name) return true;
        if (nominal == EntityType::PERSON || name == EntityType::PERSON) return false;
        if (nominal == EntityType::ORG) return name == EntityType::GPE || name == EntityType::FAC;
        if (nominal == EntityType::PRODUCT) return name == EntityType::FAC || name == EntityType::WORK;
        return nominal == EntityType::FAC && (name == EntityType::ORG || name == EntityType::LOC);
    }

    void resolve_nominal(std::size_t m) {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        const std::size_t head = mention.head;
        const std::string_view lemma = t.lemma(head);
        if (const std::size_t name = apposed_name(m); name != k_none && cluster_of_[name] != k_none) {
            view_.analysed().mentions[m].score = 0.95F;
            place(m, cluster_of_[name]);
            return;
        }
        const bool plural = t.has_feature(head, "Number=Plur");
        bool definite = false, indefinite = false, possessed = false;
        for (const std::size_t c : t.children(head)) {
            if (t.is(c, "det"))
                (t.has_lemma(c, {"the", "this", "that", "these", "those"}) ? definite : indefinite) = true;
            if (t.is(c, "nmod:poss")) possessed = true;
        }
        const auto type = lexicon::noun_type(lemma);
        const auto window = [&](std::size_t c) {
            return mention.sentence - view_.mention(clusters_[c].mentions.back()).sentence <= 3;
        };
        Ranked found;
        if (definite && !indefinite && !plural && !possessed && !names_itself(m)) {
            // "the carmaker" of the text, however long ago
            found = rank(m, 1000, [&](std::size_t c, std::size_t candidate) {
                const Cluster& cluster = clusters_[c];
                if (!cluster.named || !cluster.has_descriptor(lemma)) return -100.0;
                if (view_.mention(candidate).kind == MentionKind::pronoun) return -100.0;
                return is_generic_company(lemma) && !window(c) ? -100.0 : 3.0;
            });
            // "the Dutch firm", "the Genoa company": of all organisations the one that belongs there
            const std::size_t there = place_modifier(m);
            if (found.cluster == k_none && there != k_none && type != EntityType::PERSON) {
                found = rank(m, 1000, [&](std::size_t c, std::size_t candidate) {
                    const Cluster& cluster = clusters_[c];
                    const bool fits = cluster.named && cluster.type == EntityType::ORG &&
                                      view_.mention(candidate).kind != MentionKind::pronoun &&
                                      std::find(cluster.places.begin(), cluster.places.end(), there) !=
                                          cluster.places.end();
                    return fits ? 1.0 : -100.0;
                });
            }
            if (found.cluster == k_none && type) {
                const bool company = *type == EntityType::ORG && !is_public_body(lemma);
                const bool place_noun = is_generic_place(lemma);
                const bool person = *type == EntityType::PERSON;
                found = rank(m, 2, [&](std::size_t c, std::size_t candidate) {
                    const Cluster& cluster = clusters_[c];
                    if (!cluster.named || view_.mention(candidate).kind == MentionKind::pronoun)
                        return -100.0;
                    if (company && cluster.type == EntityType::ORG)
                        return is_public_name(cluster) ? -100.0 : 0.5;
                    if (place_noun && cluster.type == EntityType::GPE) {
                        const bool country = lexicon::is_country(cluster.name);
                        return country == (lemma == "country" || lemma == "nation" || lemma == "kingdom")
                                   ? 0.5
                                   : -100.0;
                    }
                    // "the bill", "the film", "the ferry": the only one of its kind that is near
                    const bool thing = *type == EntityType::LAW || *type == EntityType::WORK ||
                                       *type == EntityType::PRODUCT || *type == EntityType::FAC;
                    if (thing && cluster.type == *type) return 0.5;
                    // "the 54-year-old", "the woman": only for people without a conflicting gender
                    const Gender gender = lexicon::gender_of_word(lemma);
                    if (person && cluster.type == EntityType::PERSON &&
                        (gender == Gender::unknown || cluster.gender == Gender::unknown ||
                         gender == cluster.gender))
                        return gender != Gender::unknown ? 0.5 : -0.5;
                    return -100.0;
                });
                // A role noun that no text gave to the person is too weak a hint among several people.
                if (found.cluster != k_none && found.margin < (person ? 3.0 : 0.4)) found.cluster = k_none;
            }
        }
        if (possessed && !plural && type == EntityType::PERSON && lemma != "son" && lemma != "daughter") {
            found = rank(m, 1000, [&](std::size_t c, std::size_t) {
                const Cluster& cluster = clusters_[c];
                return cluster.named && cluster.type == EntityType::PERSON && cluster.has_descriptor(lemma)
                           ? 1.0
                           : -100.0;
            });
            if (found.cluster != k_none && found.margin < 2.0) found.cluster = k_none;
        }
        if (found.cluster != k_none) {
            link(m, found);
            return;
        }
        // "the deal" after "a deal": a thing without a name
        if (definite && !possessed) {
            found = rank(m, 8, [&](std::size_t c, std::size_t) {
                const Cluster& cluster = clusters_[c];
                return !cluster.named && cluster.has_descriptor(lemma) &&
                               (cluster.number == Number::plural) == plural
                           ? 1.0
                           : -100.0;
            });
            if (found.cluster != k_none) {
                link(m, found);
                return;
            }
        }
        Cluster cluster;
        cluster.named = false;
        cluster.type = mention.type;
        cluster.name = std::string(view_.text(mention));
        cluster.number = plural ? Number::plural : Number::singular;
        cluster.gender = lexicon::gender_of_word(lemma);
        cluster.describe(lemma);
        clusters_.push_back(std::move(cluster));
        place(m, clusters_.size() - 1);
    }

    // "the Klinova board", "the company's deal", "the city of Bodø": the phrase names what it means.
    bool names_itself(std::size_t m) const {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        for (const std::size_t c : t.children(mention.head)) {
            if (t.relation(c) == "acl:relcl" && t.upos(c) == Upos::VERB) return true;
            if (t.is(c, "nmod") && !t.is(c, "nmod:desc") && !t.is(c, "nmod:unmarked")) return true;
            if (t.is_any(c, {"compound", "amod"}) && view_.name_over(mention.sentence, c) != k_none) {
                const EntityType type = view_.mention(view_.name_over(mention.sentence, c)).type;
                if (type != EntityType::NORP && type != EntityType::GPE) return true;
            }
        }
        return false;
    }

    static bool is_public_body(std::string_view lemma) {
        static constexpr std::string_view words[] = {
            "court",      "ministry",  "government", "parliament", "senate",     "council",  "commission",
            "agency",     "authority", "university", "police",     "army",       "party",    "union",
            "regulator",  "watchdog",  "tribunal",   "committee",  "department", "hospital", "school",
            "team",       "club",      "museum",     "cabinet",    "board",      "assembly", "institute",
            "foundation", "newspaper", "college"};
        return std::find(std::begin(words), std::end(words), lemma) != std::end(words);
    }
    static bool is_public_name(const Cluster& cluster) {
        return std::any_of(cluster.descriptors.begin(), cluster.descriptors.end(),
                           [](const std::string& word) { return is_public_body(word); });
    }

    // --- pronouns ---------------------------------------------------------------------------------------

    void resolve_pronoun(std::size_t m) {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        const std::string_view lemma = t.lemma(mention.head);
        const std::string word = lower(t.form(mention.head));
        Ranked found;
        if (mention.type == EntityType::PERSON) {
            const Gender gender =
                word.starts_with("s") || word.starts_with("her") ? Gender::female : Gender::male;
            found = rank(m, k_window, [&](std::size_t c, std::size_t) {
                const Cluster& cluster = clusters_[c];
                if (cluster.type != EntityType::PERSON || cluster.number == Number::plural) return -100.0;
                if (cluster.gender != Gender::unknown && cluster.gender != gender) return -100.0;
                return (cluster.gender == gender ? 0.8 : 0.0) - (cluster.named ? 0.0 : 0.6);
            });
            if (found.cluster != k_none && clusters_[found.cluster].gender == Gender::unknown &&
                found.margin > 0.5)
                clusters_[found.cluster].gender = gender;
        } else if (lemma == "it" || lemma == "its" || lemma == "itself") {
            const bool possessive = word == "its";
            found = rank(m, 2, [&](std::size_t c, std::size_t candidate) {
                const Cluster& cluster = clusters_[c];
                if (!is_organisation_like(cluster.type) || cluster.number == Number::plural) return -100.0;
                if (!cluster.named && cluster.type == EntityType::OTHER && !subject_or_object(candidate))
                    return -100.0;
                double boost = cluster.type == EntityType::ORG ? 0.7 : 0.0;
                if (cluster.type == EntityType::LOC || cluster.type == EntityType::GPE) boost -= 0.5;
                if (!cluster.named) boost -= 0.5;
                if (possessive && same_sentence_subject(candidate, m)) boost += 0.6;
                return boost;
            });
        } else {
            found = rank(m, 2, [&](std::size_t c, std::size_t candidate) {
                const Cluster& cluster = clusters_[c];
                if (cluster.number == Number::plural) return 0.8;
                // "Halden and Klinova … they" means both, which one chain cannot say.
                if (coordinated(candidate)) return 0.5;
                if (cluster.number == Number::singular || cluster.type != EntityType::ORG) return -100.0;
                return -0.3;
            });
            if (found.cluster != k_none && coordinated(clusters_[found.cluster].mentions.back()))
                found.cluster = k_none;
        }
        if (found.cluster != k_none && found.margin >= 0.1 && found.score > -1.5) link(m, found);
    }

    bool subject_or_object(std::size_t m) const {
        return tree(m).is_any(view_.mention(m).head, {"nsubj", "obj"});
    }
    bool same_sentence_subject(std::size_t candidate, std::size_t m) const {
        return view_.mention(candidate).sentence == view_.mention(m).sentence &&
               tree(candidate).is(view_.mention(candidate).head, "nsubj");
    }
    bool coordinated(std::size_t m) const {
        const SentenceTree& t = tree(m);
        const std::size_t head = view_.mention(m).head;
        return t.is(head, "conj") || t.child(head, "conj") != k_none;
    }

    // --- result -----------------------------------------------------------------------------------------

    void write() {
        AnalysedDocument& analysed = view_.analysed();
        analysed.chains.clear();
        std::vector<std::size_t> chain_of(clusters_.size(), k_none);
        for (std::size_t m = 0; m < cluster_of_.size(); ++m) {
            const std::size_t c = cluster_of_[m];
            if (c == k_none) continue;
            if (chain_of[c] == k_none) {
                chain_of[c] = analysed.chains.size();
                analysed.chains.push_back({clusters_[c].name, clusters_[c].type, clusters_[c].named, {}});
            }
            analysed.mentions[m].chain = chain_of[c];
            analysed.chains[chain_of[c]].mentions.push_back(m);
        }
        for (Chain& chain : analysed.chains) choose_name(chain);
    }

    // The longest name of the chain, its first occurrence.
    void choose_name(Chain& chain) const {
        if (!chain.named || country_names_.contains(lower(chain.name))) return;
        std::size_t best = 0;
        for (const std::size_t m : chain.mentions) {
            if (view_.mention(m).kind != MentionKind::name) continue;
            const std::string_view text = name_text(m);
            if (text.size() > best) {
                best = text.size();
                chain.name = std::string(text);
            }
        }
    }

    DocumentView& view_;
    std::vector<std::size_t> cluster_of_;
    std::vector<Cluster> clusters_;
    std::vector<Words> full_words_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_first_, by_last_, by_initials_;
    std::unordered_set<std::string> person_words_;  // words of people's names of more than one word
    std::unordered_map<std::string, std::string_view> country_names_;
    std::vector<std::size_t> placed_;  // mentions with a cluster so far, in text order
};

}  // namespace

void resolve_coreference(DocumentView& view) {
    Resolver(view).run();
}

}  // namespace relata::ingest
