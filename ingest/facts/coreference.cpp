// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/coreference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "ingest/facts/coreference_features.hpp"
#include "ingest/facts/lexicon.hpp"
#include "ingest/facts/name_chains.hpp"
#include "ingest/facts/quotes.hpp"

namespace relata::ingest {

namespace {

using lexicon::Gender;

// Sentences that a pronoun or a nominal looks back.
constexpr std::size_t k_window = 4;
// Mentions that the search for an antecedent looks at, so that its cost is bounded in any document.
constexpr std::size_t k_candidates = 1000;
// Links that the scorer is less sure of are not made.
constexpr double k_least_certainty = 0.3;

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
    Resolver(DocumentView& view, const LearnedScores& scores)
        : view_(view),

          quotations_(view),
          names_(find_name_chains(view)),
          clusters_(names_.clusters),
          cluster_of_(names_.cluster_of) {
        if (scores.empty() || scores.heads().coreference() == nullptr) return;
        scorer_ = scores.heads().coreference();
        rows_ = scores.coreference_rows();
        finder_.emplace(view, names_, quotations_);
    }

    void run() {
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
            const std::size_t there = place_modifier(view_, names_, m);
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
        if (finder_ && finder_->is_anaphor(m) && link_learned(m)) return;
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
        found_nameless(m);
    }

    // A thing without a name, known inside its document only.
    void found_nameless(std::size_t m) {
        const Mention& mention = view_.mention(m);
        const std::string_view lemma = tree(m).lemma(mention.head);
        Cluster cluster;
        cluster.named = false;
        cluster.type = mention.type;
        cluster.name = std::string(view_.text(mention));
        cluster.number = tree(m).has_feature(mention.head, "Number=Plur") ? Number::plural : Number::singular;
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

    // The speaker and the one spoken to.
    static bool is_speech_participant(std::string_view word) {
        return word == "i" || word == "me" || word == "mine" || word == "we" || word == "us" ||
               word == "'s" || word == "’s" || word.starts_with("my") || word.starts_with("our") ||
               word.starts_with("you");
    }

    // "“We sold it,” said Ana Lind, chief executive of Halden": we is Halden; I would be Ana Lind. Without a
    // speaker all I of the text are one, and all we.
    void resolve_participant(std::size_t m, std::string_view word) {
        const Mention& mention = view_.mention(m);
        const bool many =
            word == "we" || word == "us" || word.starts_with("our") || word == "'s" || word == "’s";
        const bool listener = word.starts_with("you");
        const std::size_t quotation = quotations_.around(mention.sentence, mention.head);
        const std::size_t speaker = quotation == k_none ? k_none : quotations_[quotation].speaker;
        if (speaker != k_none && !listener) {
            const std::size_t meant = many ? organisation_of(speaker) : cluster_of_[speaker];
            if (meant != k_none && (many || clusters_[meant].type == EntityType::PERSON)) {
                link(m, {meant, 0, 1});
                return;
            }
        }
        // Spoken by the same mouth, as far as that is known.
        const bool known = speaker != k_none && cluster_of_[speaker] != k_none;
        const auto [at, fresh] = participants_.try_emplace({many       ? "we"
                                                            : listener ? "you"
                                                                       : "I",
                                                            known, known ? cluster_of_[speaker] : quotation},
                                                           clusters_.size());
        if (fresh) {
            Cluster cluster;
            cluster.named = false;
            cluster.type = many || listener ? EntityType::OTHER : EntityType::PERSON;
            cluster.name = std::string(view_.text(mention));
            cluster.number = many ? Number::plural : Number::singular;
            clusters_.push_back(std::move(cluster));
        }
        place(m, at->second);
    }

    // Whom a speaker speaks for: "Ana Lind, chief executive of Halden", "Halden's chief executive, Ana Lind",
    // "a Halden spokesman", "the company". k_none when the text does not tell.
    std::size_t organisation_of(std::size_t m) const {
        if (cluster_of_[m] != k_none && clusters_[cluster_of_[m]].type == EntityType::ORG)
            return cluster_of_[m];
        if (const std::size_t found = organisation_near(m); found != k_none) return found;
        if (cluster_of_[m] == k_none) return k_none;
        for (const std::size_t other : clusters_[cluster_of_[m]].mentions)
            if (const std::size_t found = organisation_near(other); found != k_none) return found;
        return k_none;
    }
    std::size_t organisation_near(std::size_t m) const {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        std::size_t found = organisation_below(mention.sentence, mention.head, 3);
        const std::size_t above = t.head(mention.head);
        if (found == k_none && above != k_none &&
            (t.is_any(mention.head, {"appos", "flat"}) ||
             (t.is(mention.head, "nsubj") && t.child(above, "cop") != k_none)))
            found = organisation_below(mention.sentence, above, 2);
        return found;
    }
    std::size_t organisation_below(std::size_t sentence, std::size_t head, int depth) const {
        const SentenceTree& t = view_.tree(sentence);
        for (const std::size_t c : t.children(head)) {
            if (!t.is_any(c, {"appos", "compound", "nmod", "nmod:poss", "nmod:desc", "flat"})) continue;
            const std::size_t name = view_.name_over(sentence, c);
            if (name != k_none && cluster_of_[name] != k_none &&
                clusters_[cluster_of_[name]].type == EntityType::ORG)
                return cluster_of_[name];
            if (depth > 1)
                if (const std::size_t found = organisation_below(sentence, c, depth - 1); found != k_none)
                    return found;
        }
        return k_none;
    }

    // --- learned ----------------------------------------------------------------------------------------

    // The cluster that the scorer prefers: the sum over its mentions, against all others and against "no
    // antecedent". False when nothing is likely enough.
    bool link_learned(std::size_t m) {
        const std::vector<CoreferencePair> pairs = finder_->candidates(m);
        if (pairs.empty()) return false;
        const std::vector<float> scores = scorer_->score(rows_, pairs);
        struct Choice {
            std::size_t cluster = k_none, nearest = k_none;
            double weight = 0;
        };
        std::vector<Choice> choices;
        double sum = 1;  // no antecedent
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const std::size_t c = cluster_of_[pairs[i].candidate];
            if (c == k_none || finder_->excluded(m, pairs[i].candidate) || !joins(m, c)) continue;
            const double weight = std::exp(std::min(static_cast<double>(scores[i]), 30.0));
            sum += weight;
            auto choice = std::find_if(choices.begin(), choices.end(),
                                       [c](const Choice& other) { return other.cluster == c; });
            if (choice == choices.end()) choice = choices.insert(choices.end(), {c, pairs[i].candidate, 0});
            choice->weight += weight;
        }
        Choice best;
        for (const Choice& choice : choices)
            if (choice.weight > best.weight) best = choice;
        // Rounded, so that last bits of another processor do not decide.
        const double certainty = std::round(best.weight / sum * 200) / 200;
        if (best.cluster == k_none || certainty < k_least_certainty) return false;
        Mention& mention = view_.analysed().mentions[m];
        mention.score = static_cast<float>(certainty);
        const Cluster& cluster = clusters_[best.cluster];
        place(m, best.cluster);
        if (mention.type == EntityType::OTHER) mention.type = cluster.type;
        if (cluster.gender == Gender::unknown && cluster.type == EntityType::PERSON)
            clusters_[best.cluster].gender = finder_->traits(m).gender;
        return true;
    }

    // Nothing known about the whole cluster speaks against it.
    bool joins(std::size_t m, std::size_t c) const {
        const MentionTraits& traits = finder_->traits(m);
        const Cluster& cluster = clusters_[c];
        if (traits.gender != Gender::unknown && cluster.gender != Gender::unknown &&
            traits.gender != cluster.gender)
            return false;
        const bool person =
            traits.pronoun == MentionTraits::Pronoun::he || traits.pronoun == MentionTraits::Pronoun::she;
        if (person && cluster.named && cluster.type != EntityType::PERSON) return false;
        return !(traits.pronoun == MentionTraits::Pronoun::it && cluster.type == EntityType::PERSON);
    }

    void resolve_pronoun(std::size_t m) {
        const Mention& mention = view_.mention(m);
        const SentenceTree& t = tree(m);
        const std::string_view lemma = t.lemma(mention.head);
        const std::string word = lower(t.form(mention.head));
        if (is_speech_participant(word)) {
            resolve_participant(m, word);
            return;
        }
        if (finder_) {
            link_learned(m);
            return;
        }
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
        if (!chain.named || names_.countries.contains(lower(chain.name))) return;
        std::size_t best = 0;
        for (const std::size_t m : chain.mentions) {
            if (view_.mention(m).kind != MentionKind::name) continue;
            const std::string_view text = name_text(view_, m);
            if (text.size() > best) {
                best = text.size();
                chain.name = std::string(text);
            }
        }
    }

    DocumentView& view_;
    const CoreferenceScorer* scorer_ = nullptr;
    std::vector<const float*> rows_;  // of each mention, for the scorer
    Quotations quotations_;
    NameChains names_;
    std::optional<CandidateFinder> finder_;  // only with a scorer
    // Clusters of I, we and you: the word, whether the speaker is known, who it is or the quotation.
    std::map<std::tuple<std::string_view, bool, std::size_t>, std::size_t> participants_;
    std::vector<Cluster>& clusters_;
    std::vector<std::size_t>& cluster_of_;
    std::vector<std::size_t> placed_;  // mentions with a cluster so far, in text order
};

}  // namespace

void resolve_coreference(DocumentView& view, const LearnedScores& scores) {
    Resolver(view, scores).run();
}

CoreferenceQuestions coreference_questions(const DocumentView& view) {
    const NameChains names = find_name_chains(view);
    const Quotations quotations(view);
    const CandidateFinder finder(view, names, quotations);
    CoreferenceQuestions questions;
    questions.cluster_of = names.cluster_of;
    for (const Cluster& cluster : names.clusters) questions.cluster_names.push_back(cluster.name);
    for (std::size_t m = 0; m < view.analysed().mentions.size(); ++m)
        if (finder.is_anaphor(m)) questions.anaphors.push_back({m, finder.candidates(m)});
    return questions;
}

}  // namespace relata::ingest