// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/document_view.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

namespace {

bool is_personal_pronoun(const SentenceTree& tree, std::size_t i) {
    static const std::unordered_set<std::string_view> words = {
        "i",         "me",    "my",     "mine",       "myself",   "we",         "us",  "our",    "ours",
        "ourselves", "you",   "your",   "yours",      "yourself", "yourselves", "he",  "him",    "his",
        "himself",   "she",   "her",    "hers",       "herself",  "it",         "its", "itself", "they",
        "them",      "their", "theirs", "themselves", "'em",      "’em",        "'s",  "’s"};
    if (!tree.has_tag(i, {"PRP", "PRP$"})) return false;
    return words.contains(lower(tree.form(i)));
}

bool is_person_pronoun(std::string_view word) {
    return word == "i" || word == "me" || word == "mine" || word.starts_with("my") ||
           word.starts_with("you") || word.starts_with("he") || word.starts_with("hi") ||
           word.starts_with("she");
}

// Words that are written with a capital and name nothing by themselves.
bool is_no_name(const SentenceTree& tree, std::size_t token) {
    const std::string_view lemma = tree.lemma(token);
    return tree.form(token).size() < 3 || lexicon::noun_type(lemma).has_value() ||
           !lexicon::country_of_demonym(lemma).empty() ||
           tree.has_lemma(
               token, {"monday",  "tuesday",   "wednesday", "thursday",  "friday",   "saturday", "sunday",
                       "january", "february",  "march",     "april",     "may",      "june",     "july",
                       "august",  "september", "october",   "november",  "december", "mr",       "mrs",
                       "ms",      "dr",        "sir",       "lord",      "lady",     "god",      "internet",
                       "photo",   "image",     "easter",    "christmas", "i",        "ii",       "iii",
                       "north",   "south",     "east",      "west",      "day",      "night",    "speaker",
                       "sheriff", "general",   "primary",   "elector",   "fourth",   "trust",    "covid",
                       "hiv",     "party",     "mayor",     "dollar",    "euro",     "pm",       "am",
                       "gmt",     "utc",       "est",       "ceo",       "cfo",      "chapter",  "section",
                       "round"});
}

}  // namespace

DocumentView::DocumentView(AnalysedDocument& analysed) : analysed_(&analysed) {
    const std::string_view text = analysed.document.text;
    trees_.reserve(analysed.sentences.size());
    DateFrame frame{parse_iso(analysed.document.published), std::nullopt};
    for (const Sentence& sentence : analysed.sentences) {
        trees_.emplace_back(sentence, text);
        values_.push_back(find_values(trees_.back(), frame));
    }
    // Names only: nominals and pronouns of an earlier run are made anew.
    std::erase_if(analysed.mentions, [&](const Mention& mention) {
        return mention.kind != MentionKind::name || is_value(mention.type) ||
               mention.sentence >= analysed.sentences.size() || mention.first >= mention.last ||
               mention.last > analysed.sentences[mention.sentence].tokens.size() ||
               (mention.last - mention.first == 1 &&
                trees_[mention.sentence].upos(mention.first) == Upos::PRON);
    });
    for (Mention& mention : analysed.mentions) {
        mention.chain.reset();
        const SentenceTree& tree = trees_[mention.sentence];
        if (mention.head < mention.first || mention.head >= mention.last)
            mention.head = tree.head_of(mention.first, mention.last);
    }
    index_mentions();
    for (Mention& mention : analysed.mentions) retype_described(mention);
    std::vector<Mention> mentions = analysed.mentions;
    for (std::size_t s = 0; s < trees_.size(); ++s) add_unknown_names(s, mentions);
    if (mentions.size() != analysed.mentions.size()) {
        analysed.mentions = mentions;
        index_mentions();
    }
    for (std::size_t s = 0; s < trees_.size(); ++s) add_nominals(s, mentions);
    std::stable_sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
        return a.sentence != b.sentence ? a.sentence < b.sentence : a.first < b.first;
    });
    analysed.mentions = std::move(mentions);
    index_mentions();
}

void DocumentView::index_mentions() {
    at_head_.assign(trees_.size(), {});
    name_over_.assign(trees_.size(), {});
    value_over_.assign(trees_.size(), {});
    for (std::size_t s = 0; s < trees_.size(); ++s) {
        at_head_[s].assign(trees_[s].size(), k_none);
        name_over_[s].assign(trees_[s].size(), k_none);
        value_over_[s].assign(trees_[s].size(), k_none);
        for (std::size_t v = 0; v < values_[s].size(); ++v)
            for (std::size_t i = values_[s][v].first; i < values_[s][v].last; ++i) value_over_[s][i] = v;
    }
    for (std::size_t m = 0; m < analysed_->mentions.size(); ++m) {
        const Mention& mention = analysed_->mentions[m];
        at_head_[mention.sentence][mention.head] = m;
        if (mention.kind == MentionKind::name)
            for (std::size_t i = mention.first; i < mention.last; ++i) name_over_[mention.sentence][i] = m;
    }
}

const FoundValue* DocumentView::value_over(std::size_t sentence, std::size_t token) const {
    const std::size_t index = value_over_[sentence][token];
    return index == k_none ? nullptr : &values_[sentence][index];
}

bool DocumentView::is_name(std::size_t sentence, std::size_t token) const {
    const std::size_t index = mention_at(sentence, token);
    return index != k_none && mention(index).kind == MentionKind::name;
}

// "law firm Sidley Austin", "the newspaper Magyar Nemzet": the noun knows better than the recogniser of names
// what its name is the name of.
void DocumentView::retype_described(Mention& mention) const {
    if (mention.first == 0 || mention.kind != MentionKind::name) return;
    const SentenceTree& tree = trees_[mention.sentence];
    const std::size_t noun = mention.first - 1;
    if (tree.upos(noun) != Upos::NOUN || name_over(mention.sentence, noun) != k_none) return;
    const bool described =
        (tree.head(mention.head) == noun && tree.is_any(mention.head, {"appos", "flat"})) ||
        (tree.head(noun) == mention.head && tree.is(noun, "nmod:desc"));
    if (!described) return;
    const auto type = lexicon::noun_type(tree.lemma(noun));
    if (type == EntityType::ORG) mention.type = EntityType::ORG;
}

// "The Hargreaves", "KOIST": what the tags call a name and the recogniser of names has left out is a thing of
// unknown type.
void DocumentView::add_unknown_names(std::size_t sentence, std::vector<Mention>& mentions) const {
    const SentenceTree& tree = trees_[sentence];
    for (std::size_t i = 0; i < tree.size(); ++i) {
        if (!tree.has_tag(i, {"NNP", "NNPS"}) || name_over(sentence, i) != k_none ||
            value_over(sentence, i) || is_no_name(tree, i) ||
            !tree.is_any(i, {"nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "root"}))
            continue;
        Mention mention;
        mention.sentence = sentence;
        mention.head = i;
        mention.first = i;
        mention.last = i + 1;
        const auto part = [&](std::size_t token) {
            return tree.has_tag(token, {"NNP", "NNPS"}) && name_over(sentence, token) == k_none &&
                   tree.head(token) == i && tree.is_any(token, {"compound", "flat", "amod"});
        };
        while (mention.first > 0 && part(mention.first - 1)) --mention.first;
        while (mention.last < tree.size() && part(mention.last)) ++mention.last;
        // The first word of a sentence has a capital anyway; "mid-July" and "COVID-19" are parts of words.
        if (mention.first == 0 && mention.last == 1) continue;
        const bool hyphen = (mention.first > 0 && tree.form(mention.first - 1) == "-") ||
                            (mention.last < tree.size() && tree.form(mention.last) == "-") ||
                            tree.form(i).ends_with("-") || tree.form(i).starts_with("mid-");
        if (hyphen) continue;
        mention.kind = MentionKind::name;
        mention.type = EntityType::OTHER;
        mention.span = tree.span(mention.first, mention.last);
        mention.score = 0.5F;
        mentions.push_back(mention);
    }
}

void DocumentView::add_nominals(std::size_t sentence, std::vector<Mention>& mentions) const {
    const SentenceTree& tree = trees_[sentence];
    for (std::size_t i = 0; i < tree.size(); ++i) {
        if (name_over(sentence, i) != k_none) continue;
        Mention mention;
        mention.sentence = sentence;
        mention.head = i;
        if (is_personal_pronoun(tree, i)) {
            if (tree.is(i, "expl")) continue;  // "It is clear that"
            mention.first = i;
            mention.last = i + 1;
            mention.kind = MentionKind::pronoun;
            const bool person = is_person_pronoun(lower(tree.form(i)));
            mention.type = person ? EntityType::PERSON : EntityType::OTHER;
        } else if (tree.upos(i) == Upos::NOUN || tree.upos(i) == Upos::PROPN) {
            // Parts of larger words are no mentions of their own: "the [car] maker", "[Chairman] Ana Lind".
            if (tree.is_any(i, {"compound", "flat", "fixed", "goeswith", "nmod:desc"})) continue;
            const FoundValue* value = value_over(sentence, i);
            if (value && (value->value.kind != ValueKind::quantity || value->duration)) continue;
            std::size_t first = i;
            for (const std::size_t c : tree.children(i)) {
                if (c >= i ||
                    !tree.is_any(c, {"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc"}))
                    continue;
                if (tree.leftmost(c) < first) first = tree.leftmost(c);
                break;
            }
            mention.first = first;
            mention.last = i + 1;
            mention.kind = MentionKind::nominal;
            mention.type = lexicon::noun_type(tree.lemma(i)).value_or(EntityType::OTHER);
        } else {
            continue;
        }
        mention.span = tree.span(mention.first, mention.last);
        mention.score = 1;
        mentions.push_back(mention);
    }
}

}  // namespace relata::ingest
