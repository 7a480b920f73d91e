// SPDX-License-Identifier: Apache-2.0
#include "eval/facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <set>

#include "core/error.hpp"
#include "core/json.hpp"
#include "eval/text_files.hpp"

namespace relata::eval {

namespace {

// Lower-case words of letters, digits and non-ASCII bytes.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char byte : text) {
        const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                            (byte >= '0' && byte <= '9') || static_cast<unsigned char>(byte) >= 0x80;
        if (letter) {
            word += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
        } else if (!word.empty()) {
            if (byte == '.' && word.size() == 1) continue;  // "U.S." -> "us"
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

bool is_legal_suffix(const std::string& word) {
    static const std::set<std::string> suffixes = {"inc",  "ltd", "ag", "plc", "corp",   "co",
                                                   "gmbh", "sa",  "ab", "asa", "llc",    "nv",
                                                   "se",   "as",  "oy", "kg",  "company"};
    return suffixes.contains(word);
}

std::string name_key(std::string_view name) {
    std::vector<std::string> words = words_of(name);
    if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
    if (words.size() > 1 && (words.back() == "s")) words.pop_back();
    while (words.size() > 1 && is_legal_suffix(words.back())) words.pop_back();
    std::string key;
    for (const std::string& word : words) key += (key.empty() ? "" : " ") + word;
    return key;
}

// The word without the endings that tell "buys", "bought by" (regular), "buying" and "buy" apart.
std::string stem(std::string word) {
    for (const auto& [from, to] : {std::pair("isation", "is"), std::pair("ization", "is")})
        if (word.size() > 9 && word.ends_with(from)) return word.substr(0, word.size() - 7) + to;
    const auto cut = [&word](std::size_t n) { word.resize(word.size() - n); };
    if (word.size() > 4 && word.ends_with("ies")) {
        cut(3);
        return word + "y";
    }
    if (word.size() > 4 && word.ends_with("ing"))
        cut(3);
    else if (word.size() > 3 && word.ends_with("ed"))
        cut(2);
    else if (word.size() > 3 && word.ends_with("es"))
        cut(2);
    else if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss"))
        cut(1);
    if (word.size() > 3 && word.ends_with("e")) cut(1);
    if (word.ends_with("iz")) word.back() = 's';
    // "planned" -> "plan"
    if (word.size() > 4 && word[word.size() - 1] == word[word.size() - 2] && word.back() != 's' &&
        word.back() != 'l')
        cut(1);
    return word;
}

std::string relation_key(std::string_view relation) {
    std::string key;
    for (const std::string& word : words_of(relation)) {
        // "has_revenue" and "revenue", "is_owned_by" and "owned by" say the same.
        if (key.empty() && (word == "has" || word == "is" || word == "be" || word == "have" || word == "was"))
            continue;
        key += (key.empty() ? "" : "_") + stem(word);
    }
    return key;
}

struct GoldEntity {
    std::set<std::string> keys;
    std::string name;
};

struct GoldFact {
    std::string id, subject, object_entity, relation, evidence, difficulty;
    std::optional<std::string> object_value;
    std::string object_kind;
    std::set<std::string> accept, accept_inverse;
    bool symmetric = false, negative = false, key = false, past = false;
    Modality modality = Modality::asserted;
    std::string time;
};

struct GoldArticle {
    std::string source_file, id;
    std::map<std::string, GoldEntity> entities;
    std::vector<GoldFact> facts;
    std::vector<std::string> traps;
};

void add_relations(const json::Value& fact, const char* key, std::set<std::string>& into) {
    if (const json::Value* list = fact.find(key); list && list->array())
        for (const json::Value& element : *list->array())
            if (element.string()) into.insert(relation_key(*element.string()));
}

GoldArticle read_gold(const std::filesystem::path& path) {
    const json::Value root = json::parse(read_text(path), path.string());
    GoldArticle gold;
    gold.id = root.string_or("id", path.stem().string());
    gold.source_file = root.string_or("source_file", path.stem().string() + ".txt");
    for (const json::Value& entity : root.array_at("entities")) {
        GoldEntity e;
        e.name = entity.string_at("name");
        e.keys.insert(name_key(e.name));
        for (const json::Value& alias : entity.array_at("aliases"))
            if (alias.string()) e.keys.insert(name_key(*alias.string()));
        gold.entities.emplace(entity.string_at("id"), std::move(e));
    }
    for (const json::Value& fact : root.array_at("facts")) {
        GoldFact f;
        f.id = fact.string_at("id");
        f.subject = fact.string_at("subject");
        f.relation = fact.string_at("relation");
        f.accept.insert(relation_key(f.relation));
        add_relations(fact, "accept", f.accept);
        add_relations(fact, "accept_inverse", f.accept_inverse);
        f.symmetric = fact.boolean_or("symmetric", false);
        f.key = fact.boolean_or("key", false);
        f.negative = fact.string_or("polarity", "positive") == "negative";
        f.modality = parse_modality(fact.string_or("modality", "asserted")).value_or(Modality::asserted);
        f.difficulty = fact.string_or("difficulty", "local");
        f.evidence = fact.string_or("evidence", "");
        f.time = fact.string_or("time", "");
        f.past = f.time == "former";
        const json::Value* object = fact.find("object");
        if (object && object->string()) {
            f.object_entity = *object->string();
        } else if (object && object->object()) {
            f.object_value = object->string_at("value");
            f.object_kind = object->string_or("kind", "TEXT");
        }
        gold.facts.push_back(std::move(f));
    }
    if (const json::Value* traps = root.find("traps"); traps && traps->array())
        for (const json::Value& trap : *traps->array()) gold.traps.push_back(trap.string_or("text", ""));
    return gold;
}

// The first number in a text with its scale word: "$1.9 billion" -> 1.9e9.
std::optional<double> number_in(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && (text[at] < '0' || text[at] > '9')) ++at;
    if (at == text.size()) return std::nullopt;
    std::string plain;
    for (; at < text.size(); ++at) {
        const char byte = text[at];
        if (byte == ',') continue;
        if ((byte < '0' || byte > '9') && byte != '.') break;
        plain += byte;
    }
    double value = 0;
    if (std::sscanf(plain.c_str(), "%lf", &value) != 1) return std::nullopt;
    while (at < text.size() && (text[at] == ' ' || text[at] == '-')) ++at;
    const std::string_view rest = text.substr(at);
    const auto starts = [&rest](std::string_view word) { return rest.starts_with(word); };
    if (starts("trillion"))
        value *= 1e12;
    else if (starts("billion") || starts("bn"))
        value *= 1e9;
    else if (starts("million") || starts("m ") || rest == "m")
        value *= 1e6;
    else if (starts("thousand") || starts("k "))
        value *= 1e3;
    return value;
}

std::optional<double> spelled_number(const std::string& word) {
    static const std::array<const char*, 21> words = {
        "zero",     "one",     "two",     "three",     "four",     "five",     "six",
        "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    for (std::size_t i = 0; i < words.size(); ++i)
        if (word == words[i]) return static_cast<double>(i);
    return std::nullopt;
}

class Matcher {
  public:
    Matcher(const GoldArticle& gold, const AnalysedDocument& analysed) : gold_(gold), analysed_(analysed) {
        for (const Chain& chain : analysed.chains) {
            std::set<std::string> keys;
            if (chain.named) {
                keys.insert(name_key(chain.name));
                for (const std::size_t m : chain.mentions)
                    if (analysed.mentions[m].kind == MentionKind::name)
                        keys.insert(name_key(analysed.mentions[m].span.of(analysed.document.text)));
            }
            chain_keys_.push_back(std::move(keys));
        }
    }

    bool is_entity(const Argument& argument, const std::string& entity) const {
        const auto found = gold_.entities.find(entity);
        if (found == gold_.entities.end() || !argument.mention) return false;
        const Mention& mention = analysed_.mentions[*argument.mention];
        if (!mention.chain) return false;
        const auto& keys = chain_keys_[*mention.chain];
        return std::any_of(keys.begin(), keys.end(),
                           [&](const std::string& key) { return found->second.keys.contains(key); });
    }

    bool is_value(const Argument& argument, const GoldFact& fact) const {
        std::string text;
        std::optional<double> amount;
        if (argument.value) {
            text = argument.value->text;
            amount = argument.value->amount;
            if (argument.value->kind == ValueKind::date && fact.object_kind == "DATE" &&
                !argument.value->normalised.empty() &&
                name_key(argument.value->normalised) == name_key(*fact.object_value))
                return true;
        } else {
            text = std::string(argument.span.of(analysed_.document.text));
        }
        const auto gold_words = words_of(*fact.object_value);
        if (amount) {
            auto wanted = number_in(*fact.object_value);
            for (const std::string& word : gold_words)
                if (!wanted) wanted = spelled_number(word);
            if (wanted) return std::abs(*wanted - *amount) <= 1e-6 * std::max(1.0, std::abs(*amount));
        }
        const auto words = words_of(text);
        const std::set<std::string> mine(words.begin(), words.end());
        const std::set<std::string> gold(gold_words.begin(), gold_words.end());
        std::size_t common = 0;
        for (const std::string& word : mine) common += gold.contains(word);
        return 2 * common >= std::max(mine.size(), gold.size()) && common > 0;
    }

    bool is_object(const Argument& argument, const GoldFact& fact) const {
        return fact.object_value ? is_value(argument, fact) : is_entity(argument, fact.object_entity);
    }

    FactLevel level(const FactMention& edge, const GoldFact& fact) const {
        if (!edge.object) return FactLevel::missed;
        const bool straight = is_entity(edge.subject, fact.subject) && is_object(*edge.object, fact);
        const bool swapped = !fact.object_value && is_entity(*edge.object, fact.subject) &&
                             is_entity(edge.subject, fact.object_entity);
        if (!straight && !swapped) return FactLevel::missed;
        const std::string name =
            relation_key(edge.relation.name.empty() ? edge.relation.text : edge.relation.name);
        const std::string phrase = relation_key(edge.relation.text);
        const auto in = [&](const std::set<std::string>& set) {
            return set.contains(name) || set.contains(phrase);
        };
        const bool same = (straight && in(fact.accept)) || (swapped && in(fact.accept_inverse)) ||
                          (swapped && fact.symmetric && in(fact.accept));
        if ((edge.polarity == Polarity::negative) != fact.negative) return FactLevel::missed;
        const bool plain = edge.modality == Modality::asserted && !edge.attribution;
        if (plain && (fact.modality == Modality::possible || fact.modality == Modality::hypothetical ||
                      fact.modality == Modality::denied))
            return FactLevel::missed;
        if (!same) {
            static const std::set<std::string> generic = {"works_for",   "leads",     "part_of",
                                                          "member_of",   "owns",      "partners_with",
                                                          "agrees_with", "located_in"};
            return straight && generic.contains(edge.relation.name) ? FactLevel::vague
                   : straight || fact.symmetric                     ? FactLevel::pair
                                                                    : FactLevel::missed;
        }
        const bool modality = edge.modality == fact.modality ||
                              (fact.modality == Modality::alleged && edge.attribution.has_value());
        const bool past = !fact.past || edge.past || edge.time.has_value();
        return modality && past ? FactLevel::full : FactLevel::vague;
    }

    std::string name(const Argument& argument) const {
        if (argument.mention) {
            const Mention& mention = analysed_.mentions[*argument.mention];
            if (mention.chain) return analysed_.chains[*mention.chain].name;
            return std::string(mention.span.of(analysed_.document.text));
        }
        return argument.value ? argument.value->text : std::string(argument.span.of(analysed_.document.text));
    }

  private:
    const GoldArticle& gold_;
    const AnalysedDocument& analysed_;
    std::vector<std::set<std::string>> chain_keys_;
};

std::string flags(Polarity polarity, Modality modality) {
    std::string text;
    if (polarity == Polarity::negative) text += " not";
    if (modality != Modality::asserted) text += ' ' + std::string(to_string(modality));
    return text;
}

void score_article(const GoldArticle& gold, const AnalysedDocument& analysed, FactScores& scores) {
    const Matcher matcher(gold, analysed);
    std::vector<const FactMention*> edges;
    for (const FactMention& fact : analysed.facts)
        if (fact.for_graph) edges.push_back(&fact);
    std::vector<FactLevel> edge_levels(edges.size(), FactLevel::missed);
    for (const GoldFact& fact : gold.facts) {
        FactLevel best = FactLevel::missed;
        const FactMention* match = nullptr;
        for (std::size_t e = 0; e < edges.size(); ++e) {
            const FactLevel level = matcher.level(*edges[e], fact);
            edge_levels[e] = std::max(edge_levels[e], level);
            if (level > best) {
                best = level;
                match = edges[e];
            }
        }
        scores.all.count(best);
        if (fact.key) scores.key.count(best);
        scores.by_difficulty[fact.difficulty].count(best);
        if (best == FactLevel::full && !fact.time.empty() && fact.time != "former") {
            ++scores.timed;
            scores.timed_right +=
                match->time && (match->time->value == fact.time || match->time->text == fact.time);
        }
        if (best < FactLevel::vague) {
            const auto subject = gold.entities.find(fact.subject);
            const auto object = gold.entities.find(fact.object_entity);
            scores.remarks.push_back(
                std::string(best == FactLevel::pair ? "pair   " : "missed ") + (fact.key ? "KEY " : "    ") +
                gold.id + ' ' + fact.id + ' ' + fact.difficulty + ": " +
                (subject == gold.entities.end() ? fact.subject : subject->second.name) + " | " +
                fact.relation + " | " +
                (fact.object_value
                     ? *fact.object_value
                     : (object == gold.entities.end() ? fact.object_entity : object->second.name)) +
                flags(fact.negative ? Polarity::negative : Polarity::positive, fact.modality) +
                (match ? "  <- " + match->relation.name + '/' + match->relation.text : std::string()) +
                "  :: " + fact.evidence);
        }
    }
    for (std::size_t e = 0; e < edges.size(); ++e) {
        ++scores.edges;
        scores.edges_full += edge_levels[e] == FactLevel::full;
        scores.edges_vague += edge_levels[e] == FactLevel::vague;
        scores.edges_pair += edge_levels[e] == FactLevel::pair;
        if (edge_levels[e] != FactLevel::missed) continue;
        const FactMention& edge = *edges[e];
        scores.remarks.push_back(
            "edge   " + gold.id + ": " + matcher.name(edge.subject) + " | " + edge.relation.name + '/' +
            edge.relation.text + " | " + matcher.name(*edge.object) + flags(edge.polarity, edge.modality) +
            "  [" + edge.by +
            "]  :: " + std::string(analysed.sentences[edge.sentence].span.of(analysed.document.text)));
    }
    for (const std::string& trap : gold.traps) {
        ++scores.traps;
        const std::string wanted = name_key(trap);
        bool fallen = false;
        for (std::size_t e = 0; e < edges.size(); ++e) {
            const FactMention& edge = *edges[e];
            if (edge.modality != Modality::asserted || edge.polarity != Polarity::positive ||
                edge.attribution || edge_levels[e] >= FactLevel::vague)
                continue;
            // Both arguments inside the trap's words.
            const std::string subject = name_key(edge.subject.span.of(analysed.document.text));
            const std::string object = name_key(edge.object->span.of(analysed.document.text));
            const std::string sentence =
                name_key(analysed.sentences[edge.sentence].span.of(analysed.document.text));
            const bool inside =
                sentence.find(wanted) != std::string::npos || wanted.find(sentence) != std::string::npos;
            if (inside && wanted.find(subject) != std::string::npos &&
                wanted.find(object) != std::string::npos) {
                if (!fallen)
                    scores.remarks.push_back("trap   " + gold.id + ": " + trap + "  <- " +
                                             edge.relation.name + '/' + edge.relation.text);
                fallen = true;
            }
        }
        scores.traps_fallen += fallen;
    }
}

std::string percent(std::size_t part, std::size_t whole) {
    char text[32];
    std::snprintf(text, sizeof text, "%5.1f",
                  whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
    return text;
}

}  // namespace

void FactTally::count(FactLevel level) {
    ++gold;
    full += level == FactLevel::full;
    vague += level == FactLevel::vague;
    pair += level == FactLevel::pair;
}

FactScores score_facts(const std::filesystem::path& folder, const ArticleExtractor& extract) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json" && entry.path().stem() != "entities")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    FactScores scores;
    for (const auto& file : files) {
        const GoldArticle gold = read_gold(file);
        // "briefs.jsonl#ferry" is the record "ferry" of a file of many.
        const std::size_t hash = std::min(gold.source_file.find('#'), gold.source_file.size());
        const std::filesystem::path name = std::filesystem::path(gold.source_file.substr(0, hash)).filename();
        const std::string record =
            hash < gold.source_file.size() ? gold.source_file.substr(hash + 1) : std::string();
        std::filesystem::path article = folder / name;
        if (!std::filesystem::exists(article)) article = folder / ".." / "articles" / name;
        if (!std::filesystem::exists(article)) article = folder / (file.stem().string() + ".txt");
        const AnalysedDocument analysed = extract(article, record);
        ++scores.articles;
        score_article(gold, analysed, scores);
    }
    return scores;
}

std::string format_table(const std::string& title, const FactScores& scores) {
    std::string text = title + ": " + std::to_string(scores.articles) + " articles\n";
    text += "                 gold   full %  full+vague %  +pair %\n";
    const auto row = [&text](std::string label, const FactTally& tally) {
        label.resize(15, ' ');
        std::string gold = std::to_string(tally.gold);
        gold.insert(0, gold.size() < 6 ? 6 - gold.size() : 0, ' ');
        text += label + gold + "    " + percent(tally.full, tally.gold) + "         " +
                percent(tally.full + tally.vague, tally.gold) + "    " +
                percent(tally.full + tally.vague + tally.pair, tally.gold) + '\n';
    };
    row("key facts", scores.key);
    row("all facts", scores.all);
    for (const auto& [difficulty, tally] : scores.by_difficulty) row("  " + difficulty, tally);
    text += "edges " + std::to_string(scores.edges) + ": in the gold full " +
            percent(scores.edges_full, scores.edges) + " %, full+vague " +
            percent(scores.edges_full + scores.edges_vague, scores.edges) + " %, +pair " +
            percent(scores.edges_full + scores.edges_vague + scores.edges_pair, scores.edges) + " %\n";
    text += "traps fallen into " + std::to_string(scores.traps_fallen) + " of " +
            std::to_string(scores.traps) + "; time right " + std::to_string(scores.timed_right) + " of " +
            std::to_string(scores.timed) + '\n';
    return text;
}

}  // namespace relata::eval
