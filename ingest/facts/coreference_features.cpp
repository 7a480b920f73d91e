// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/coreference_features.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

using lexicon::Gender;
using Pronoun = MentionTraits::Pronoun;
using Determiner = MentionTraits::Determiner;

// Sentences that a pronoun looks back, and a nominal without a match of its words.
constexpr std::size_t k_pronoun_window = 5;
constexpr std::size_t k_nominal_window = 3;
constexpr std::size_t k_most_candidates = 50;
// Mentions that a search visits, so that its cost is bounded in any document.
constexpr std::size_t k_most_visits = 600;
constexpr std::size_t k_most_behind = 4;

constexpr std::string_view k_roles[] = {"other", "root",  "nsubj",    "nsubj:pass", "obj",
                                        "iobj",  "obl",   "nmod",     "nmod:poss",  "compound",
                                        "appos", "ccomp", "obl:agent"};
constexpr std::size_t k_role_count = std::size(k_roles);
constexpr std::size_t k_classes = 18, k_anaphor_classes = 14;
constexpr std::size_t k_sentence_buckets = 8, k_mention_buckets = 8, k_matches = 9, k_determiners = 6;
constexpr std::size_t k_quotation_relations = 6, k_pronouns = 8;

// Sizes of the groups, in the order of CoreferencePair::features.
constexpr std::array<std::size_t, k_pair_features> k_groups = {
    k_sentence_buckets * k_anaphor_classes,  // distance in sentences
    k_mention_buckets,                       // distance in mentions
    k_anaphor_classes* k_classes,            // kinds and types
    k_role_count* k_role_count * 2,          // roles; in the same sentence
    4 * 4 * 3,                               // genders, of the anaphor and of the candidate; is a person
    3 * 3,                                   // numbers
    k_matches* k_determiners * 2,            // words; determiner; names itself
    6,                                       // binding: same clause, nested, reflexive
    6 * k_anaphor_classes,                   // rank among those that fit
    k_quotation_relations* k_pronouns,       // quotations
    5 * 3,                                   // how often named before; where first
    k_sentence_buckets* k_role_count,        // distance and role of the candidate
    2 * 2 * 2 * 2,                           // coordinated, quoted
};

std::uint16_t row(std::size_t group, std::size_t index) {
    std::size_t begin = 0;
    for (std::size_t g = 0; g < group; ++g) begin += k_groups[g];
    return static_cast<std::uint16_t>(begin + index);
}

std::size_t bucket(std::size_t n, std::initializer_list<std::size_t> limits) {
    std::size_t index = 0;
    for (const std::size_t limit : limits) {
        if (n <= limit) return index;
        ++index;
    }
    return index;
}

Pronoun pronoun_of(std::string_view word) {
    if (word == "i" || word == "me" || word == "mine" || word.starts_with("my")) return Pronoun::i;
    if (word == "we" || word == "us" || word.starts_with("our") || word == "'s" || word == "’s")
        return Pronoun::we;
    if (word.starts_with("you")) return Pronoun::you;
    if (word == "he" || word.starts_with("hi")) return Pronoun::he;
    if (word.starts_with("she") || word.starts_with("her")) return Pronoun::she;
    if (word.starts_with("it")) return Pronoun::it;
    return Pronoun::they;
}

bool is_singular_person(Pronoun p) {
    return p == Pronoun::i || p == Pronoun::he || p == Pronoun::she;
}

// 0 to 10 for the types of things.
std::size_t type_class(EntityType type) {
    switch (type) {
        case EntityType::PERSON:
            return 0;
        case EntityType::ORG:
            return 1;
        case EntityType::GPE:
            return 2;
        case EntityType::LOC:
        case EntityType::FAC:
            return 3;
        case EntityType::NORP:
            return 4;
        default:
            return 5;
    }
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}
// Nouns for any company or any place: they say nothing that tells one from another.
constexpr std::string_view k_company_nouns[] = {
    "company",  "firm",    "group",        "business",     "corporation",  "maker",    "giant",
    "start-up", "startup", "organisation", "organization", "manufacturer", "operator", "producer"};
constexpr std::string_view k_country_nouns[] = {"country", "nation", "kingdom", "republic"};
constexpr std::string_view k_town_nouns[] = {"city",    "town",  "village", "municipality",
                                             "capital", "state", "island"};

}  // namespace

std::size_t coreference_feature_rows() {
    std::size_t rows = 0;
    for (const std::size_t size : k_groups) rows += size;
    return rows;
}

CandidateFinder::CandidateFinder(const DocumentView& view, const NameChains& names,
                                 const Quotations& quotations)
    : view_(view), names_(names), chain_of_(names.cluster_of), quotations_(quotations) {
    const std::size_t count = view.analysed().mentions.size();
    for (std::size_t m = 0; m < count; ++m) {
        traits_.push_back(read(m));
        order_.push_back(m);
    }
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
        const Mention& x = view_.mention(a);
        const Mention& y = view_.mention(b);
        return std::pair(x.sentence, x.head) < std::pair(y.sentence, y.head);
    });
    place_.resize(count);
    seen_.resize(count);
    std::vector<std::uint16_t> mentions(names.clusters.size(), 0);
    opening_.assign(names.clusters.size(), false);
    for (std::size_t i = 0; i < count; ++i) {
        place_[order_[i]] = i;
        const std::size_t cluster = chain_of_[order_[i]];
        if (cluster == k_none) continue;
        if (mentions[cluster] < 1000) seen_[order_[i]] = mentions[cluster]++;
        if (view.mention(order_[i]).sentence == 0) opening_[cluster] = true;
    }
}

MentionTraits CandidateFinder::read(std::size_t m) const {
    const Mention& mention = view_.mention(m);
    const SentenceTree& t = view_.tree(mention.sentence);
    MentionTraits traits;
    traits.quotation = quotations_.around(mention.sentence, mention.head);
    std::size_t top = mention.head;
    while (t.is(top, "conj") && t.head(top) != k_none) {
        top = t.head(top);
        traits.coordinated = true;
    }
    if (t.child(top, "conj") != k_none) traits.coordinated = true;
    const std::string_view relation = t.relation(top);
    for (std::size_t r = 1; r < k_role_count; ++r)
        if (relation == k_roles[r]) traits.role = static_cast<std::uint8_t>(r);
    if (traits.role == 0) {
        if (t.is(top, "obl")) traits.role = 6;
        if (t.is(top, "nmod")) traits.role = 7;
        if (t.is(top, "nsubj") || t.is(top, "csubj")) traits.role = 2;
        if (t.is_any(top, {"parataxis", "acl", "advcl", "xcomp"})) traits.role = 11;
    }
    if (t.head(top) != k_none && (t.is_any(top, {"nsubj", "obj", "iobj", "obl"}))) traits.verb = t.head(top);

    if (mention.kind == MentionKind::pronoun) {
        const std::string word = lower(t.form(mention.head));
        traits.pronoun = pronoun_of(word);
        traits.reflexive = word.ends_with("self") || word.ends_with("selves");
        const bool plural = traits.pronoun == Pronoun::we || traits.pronoun == Pronoun::they;
        traits.number = plural                           ? Number::plural
                        : traits.pronoun == Pronoun::you ? Number::unknown
                                                         : Number::singular;
        if (traits.pronoun == Pronoun::he) traits.gender = Gender::male;
        if (traits.pronoun == Pronoun::she) traits.gender = Gender::female;
        return traits;
    }
    if (mention.kind == MentionKind::name) {
        const std::size_t cluster = chain_of_[m];
        if (cluster != k_none) traits.gender = names_.clusters[cluster].gender;
        traits.number = mention.type == EntityType::NORP ? Number::plural : Number::singular;
        if (t.has_feature(mention.head, "Number=Plur") && mention.type == EntityType::PERSON)
            traits.number = Number::plural;
        return traits;
    }
    traits.head = t.lemma(mention.head);
    traits.number = t.has_feature(mention.head, "Number=Plur") || t.has_tag(mention.head, {"NNS", "NNPS"})
                        ? Number::plural
                        : Number::singular;
    traits.gender = lexicon::gender_of_word(traits.head);
    for (const std::size_t c : t.children(mention.head)) {
        if (t.is(c, "det")) {
            if (t.has_lemma(c, {"the"}))
                traits.determiner = Determiner::definite;
            else if (t.has_lemma(c, {"this", "that", "these", "those"}))
                traits.determiner = Determiner::demonstrative;
            else if (t.has_lemma(c, {"a", "an"}))
                traits.determiner = Determiner::indefinite;
            else
                traits.determiner = Determiner::other;
        }
        if (t.is(c, "nmod:poss")) traits.determiner = Determiner::possessive;
        if (c < mention.head && t.is_any(c, {"amod", "compound", "nummod"}))
            traits.modifiers += lower(t.form(c)) + " ";
        if (t.is(c, "acl:relcl") ||
            (t.is(c, "nmod") && !t.is_any(c, {"nmod:poss", "nmod:desc", "nmod:unmarked"})))
            traits.names_itself = true;
        if (c < mention.head && t.is_any(c, {"compound", "amod"})) {
            const std::size_t name = view_.name_over(mention.sentence, c);
            if (name != k_none && view_.mention(name).type != EntityType::NORP &&
                view_.mention(name).type != EntityType::GPE)
                traits.names_itself = true;
        }
    }
    return traits;
}

bool CandidateFinder::is_anaphor(std::size_t m) const {
    const Mention& mention = view_.mention(m);
    if (mention.kind == MentionKind::name) return false;
    const MentionTraits& traits = traits_[m];
    return mention.kind == MentionKind::pronoun ||
           (traits.determiner != Determiner::indefinite && traits.determiner != Determiner::other);
}

bool CandidateFinder::same_clause(std::size_t a, std::size_t b) const {
    const Mention& x = view_.mention(a);
    const Mention& y = view_.mention(b);
    if (x.sentence != y.sentence) return false;
    return traits_[a].verb != k_none && traits_[a].verb == traits_[b].verb && !traits_[a].coordinated &&
           !traits_[b].coordinated;
}

bool CandidateFinder::nested(std::size_t a, std::size_t b) const {
    const Mention& x = view_.mention(a);
    const Mention& y = view_.mention(b);
    if (x.sentence != y.sentence) return false;
    const SentenceTree& t = view_.tree(x.sentence);
    return t.head(x.head) == y.head || t.head(y.head) == x.head;
}

bool CandidateFinder::excluded(std::size_t a, std::size_t c) const {
    const MentionTraits& x = traits_[a];
    const MentionTraits& y = traits_[c];
    const Mention& anaphor = view_.mention(a);
    const Mention& candidate = view_.mention(c);
    if (x.gender != Gender::unknown && y.gender != Gender::unknown && x.gender != y.gender) return true;
    const bool person = candidate.type == EntityType::PERSON;
    if (is_singular_person(x.pronoun) &&
        ((candidate.kind == MentionKind::name && !person) || y.number == Number::plural))
        return true;
    if (is_singular_person(y.pronoun) && anaphor.kind == MentionKind::nominal && x.number == Number::plural)
        return true;
    if (x.pronoun == Pronoun::it && (y.number == Number::plural || is_singular_person(y.pronoun) ||
                                     (person && candidate.kind == MentionKind::name)))
        return true;
    if (!x.reflexive && same_clause(a, c) && x.role != y.role) return true;
    // "his mother": he is not his mother. "its Klinova": not itself.
    const SentenceTree& t = view_.tree(anaphor.sentence);
    return nested(a, c) && !t.is(anaphor.head, "appos") && !t.is(candidate.head, "appos");
}

// 0 none, 1 same head, 2 same head and modifiers, 3 same head, other modifiers, 4 the name is called so, 5 it
// belongs to the place, 6 a company, 7 a country or town, 8 one of a kind.
std::uint8_t CandidateFinder::match(std::size_t a, std::size_t c) const {
    const MentionTraits& x = traits_[a];
    const MentionTraits& y = traits_[c];
    if (view_.mention(a).kind != MentionKind::nominal) return 0;
    const Mention& candidate = view_.mention(c);
    if (candidate.kind == MentionKind::nominal) {
        if (x.head != y.head) return 0;
        if (x.modifiers == y.modifiers) return 2;
        return x.modifiers.empty() || y.modifiers.empty() ? 1 : 3;
    }
    const std::size_t cluster = chain_of_[c];
    if (candidate.kind != MentionKind::name || cluster == k_none || x.number == Number::plural) return 0;
    const Cluster& named = names_.clusters[cluster];
    const std::size_t place = place_modifier(view_, names_, a);
    if (place != k_none)
        return std::find(named.places.begin(), named.places.end(), place) != named.places.end() ? 5 : 0;
    if (named.has_descriptor(x.head)) return 4;
    if (named.type == EntityType::ORG && is_one_of(x.head, k_company_nouns)) return 6;
    if (named.type == EntityType::GPE) {
        const bool country = lexicon::is_country(named.name);
        return (country ? is_one_of(x.head, k_country_nouns) : is_one_of(x.head, k_town_nouns)) ? 7 : 0;
    }
    return view_.mention(a).type == named.type && named.type != EntityType::OTHER ? 8 : 0;
}

bool CandidateFinder::fits(std::size_t a, std::size_t c) const {
    if (excluded(a, c)) return false;
    const MentionTraits& x = traits_[a];
    const MentionTraits& y = traits_[c];
    const Mention& candidate = view_.mention(c);
    const bool person = candidate.type == EntityType::PERSON;
    switch (x.pronoun) {
        case Pronoun::i:
        case Pronoun::he:
        case Pronoun::she:
            return person;
        case Pronoun::we:
            return y.pronoun == Pronoun::we || candidate.type == EntityType::ORG;
        case Pronoun::you:
            return y.pronoun == Pronoun::you || person;
        case Pronoun::it:
            return !person;
        case Pronoun::they:
            return y.number != Number::singular || candidate.type == EntityType::ORG;
        case Pronoun::none:
            break;
    }
    return match(a, c) > 0;
}

bool CandidateFinder::in_reach(std::size_t a, std::size_t c) const {
    const std::size_t distance = view_.mention(a).sentence - view_.mention(c).sentence;
    const MentionTraits& x = traits_[a];
    if (view_.mention(a).kind == MentionKind::pronoun) {
        if (x.pronoun == Pronoun::i || x.pronoun == Pronoun::we || x.pronoun == Pronoun::you)
            return distance <= 2 || traits_[c].pronoun == x.pronoun ||
                   (traits_[c].quotation == x.quotation && traits_[c].pronoun != Pronoun::none);
        return distance <= k_pronoun_window;
    }
    if (match(a, c) > 0 && match(a, c) != 8) return true;
    return distance <= k_nominal_window && !excluded(a, c) &&
           (x.determiner == Determiner::definite || x.determiner == Determiner::demonstrative);
}

// 0 none in quotations, 1 the same, 2 two quotations of one speaker, 3 the candidate is the anaphor's
// speaker, 4 the anaphor is the candidate's speaker, 5 on different sides.
std::uint8_t CandidateFinder::quotation_relation(std::size_t a, std::size_t c) const {
    const std::size_t x = traits_[a].quotation, y = traits_[c].quotation;
    if (x == k_none && y == k_none) return 0;
    if (x == y) return 1;
    const std::size_t speaker = x == k_none ? k_none : quotations_[x].speaker;
    const std::size_t other = y == k_none ? k_none : quotations_[y].speaker;
    if (speaker != k_none && other != k_none &&
        (speaker == other || (chain_of_[speaker] != k_none && chain_of_[speaker] == chain_of_[other])))
        return 2;
    if (speaker != k_none && (speaker == c || (chain_of_[c] != k_none && chain_of_[speaker] == chain_of_[c])))
        return 3;
    if (other != k_none && other == a) return 4;
    return 5;
}

CoreferencePair CandidateFinder::pair(std::size_t a, std::size_t c, std::size_t mentions,
                                      std::size_t rank) const {
    CoreferencePair pair{a, c, {}};
    const Mention& x = view_.mention(a);
    const Mention& y = view_.mention(c);
    const MentionTraits& s = traits_[a];
    const MentionTraits& t = traits_[c];
    const bool behind = place_[c] > place_[a];
    const std::size_t sentences = behind ? 7 : bucket(x.sentence - y.sentence, {0, 1, 2, 3, 5, 8});
    const std::size_t anaphor_class =
        s.pronoun != Pronoun::none ? static_cast<std::size_t>(s.pronoun) : 8 + type_class(x.type);
    const std::size_t candidate_class = t.pronoun != Pronoun::none ? 10 + static_cast<std::size_t>(t.pronoun)
                                        : y.kind == MentionKind::name  ? type_class(y.type)
                                        : y.type == EntityType::PERSON ? 6
                                        : y.type == EntityType::ORG    ? 7
                                        : y.type == EntityType::GPE    ? 8
                                        : y.type == EntityType::OTHER  ? 9
                                                                       : 10;
    const std::size_t person = y.type == EntityType::PERSON ? 1 : y.type == EntityType::OTHER ? 2 : 0;
    const std::size_t names = y.kind == MentionKind::name ? bucket(seen_[c], {0, 1, 3, 7}) : 0;
    const std::size_t first = chain_of_[c] == k_none ? 0 : opening_[chain_of_[c]] ? 1 : 2;
    std::size_t g = 0;
    const auto add = [&](std::size_t index) {
        pair.features[g] = row(g, index);
        ++g;
    };
    add(sentences * k_anaphor_classes + anaphor_class);
    add(behind ? 7 : bucket(mentions, {1, 2, 4, 8, 16, 32}));
    add(anaphor_class * k_classes + candidate_class);
    add((std::size_t{s.role} * k_role_count + t.role) * 2 + (x.sentence == y.sentence ? 1 : 0));
    add((static_cast<std::size_t>(s.gender) * 4 + static_cast<std::size_t>(t.gender)) * 3 + person);
    add(static_cast<std::size_t>(s.number) * 3 + static_cast<std::size_t>(t.number));
    add((std::size_t{match(a, c)} * k_determiners + static_cast<std::size_t>(s.determiner)) * 2 +
        (s.names_itself ? 1 : 0));
    add((same_clause(a, c) ? 1U : nested(a, c) ? 2U : 0U) + (s.reflexive ? 3U : 0U));
    add(bucket(rank, {0, 1, 2, 3, 5}) * k_anaphor_classes + anaphor_class);
    add(std::size_t{quotation_relation(a, c)} * k_pronouns + static_cast<std::size_t>(s.pronoun));
    add(names * 3 + first);
    add(sentences * k_role_count + t.role);
    add((s.coordinated ? 1U : 0U) + (t.coordinated ? 2U : 0U) + (s.quotation != k_none ? 4U : 0U) +
        (t.quotation != k_none ? 8U : 0U));
    return pair;
}

std::vector<CoreferencePair> CandidateFinder::candidates(std::size_t a) const {
    std::vector<CoreferencePair> result;
    const std::size_t place = place_[a];
    std::size_t rank = 0, mentions = 0;
    for (std::size_t i = place, visits = k_most_visits; i-- > 0 && visits-- > 0;) {
        const std::size_t c = order_[i];
        ++mentions;
        if (!in_reach(a, c)) continue;
        result.push_back(pair(a, c, mentions, rank));
        if (fits(a, c)) ++rank;
        if (result.size() >= k_most_candidates) break;
    }
    if (view_.mention(a).kind != MentionKind::pronoun) return result;
    std::size_t behind = 0;
    for (std::size_t i = place + 1; i < order_.size() && behind < k_most_behind; ++i) {
        const std::size_t c = order_[i];
        if (view_.mention(c).sentence != view_.mention(a).sentence) break;
        if (view_.mention(c).kind != MentionKind::name || !fits(a, c)) continue;
        result.push_back(pair(a, c, 0, rank));
        ++behind;
        ++rank;
    }
    return result;
}

}  // namespace relata::ingest
