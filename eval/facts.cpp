// SPDX-License-Identifier: Apache-2.0
#include "eval/facts.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "eval/gold_facts.hpp"
#include "eval/normal_forms.hpp"

namespace relata::eval {
namespace {

std::string flags(Polarity polarity, Modality modality) {
    std::string text;
    if (polarity == Polarity::negative) text += " not";
    if (modality != Modality::asserted) text += ' ' + std::string(to_string(modality));
    return text;
}

std::string relation_shown(const FactMention& edge) {
    return edge.relation.name + '/' + edge.relation.text;
}

// The name under which an edge is counted; open relations under their phrase.
std::string relation_name(const FactMention& edge) {
    return edge.relation.name.empty() ? '/' + edge.relation.text : edge.relation.name;
}

class ArticleScorer {
  public:
    ArticleScorer(const GoldArticle& gold, const AnalysedDocument& analysed, const RelationTable& relations,
                  FactScores& scores)
        : gold_(gold), analysed_(analysed), matcher_(gold, analysed, relations), scores_(scores) {
        for (const FactMention& fact : analysed.facts)
            if (fact.for_graph) edges_.push_back(&fact);
        edge_levels_.assign(edges_.size(), FactLevel::missed);
    }

    void run() {
        for (const GoldFact& fact : gold_.facts) score_fact(fact);
        for (std::size_t e = 0; e < edges_.size(); ++e) score_edge(*edges_[e], edge_levels_[e]);
        for (const std::string& trap : gold_.traps) score_trap(trap);
    }

  private:
    void score_fact(const GoldFact& fact) {
        Judgement best;
        const FactMention* match = nullptr;
        bool time_right = false;
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            const Judgement judgement = matcher_.judge(*edges_[e], fact);
            edge_levels_[e] = std::max(edge_levels_[e], judgement.level);
            if (judgement.level == FactLevel::full)
                time_right = time_right || FactMatcher::time_right(*edges_[e], fact);
            if (judgement <= best) continue;
            best = judgement;
            match = edges_[e];
        }
        if (best.level == FactLevel::missed && best.cause == Cause::none)
            best.cause = matcher_.cause_without_edge(fact);
        count(fact, best, match);
        // All edges that say the fact are evidence of one fact of the graph: one time is enough.
        if (best.level == FactLevel::full && carries_time(fact)) {
            ++scores_.timed;
            scores_.timed_right += time_right ? 1 : 0;
            if (!time_right)
                remark("time   ", fact, match,
                       match->time ? match->time->value + '/' + match->time->text : "-");
        }
        if (best.level != FactLevel::full)
            remark(best.level == FactLevel::vague ? "vague  " : "missed ", fact, match,
                   std::string(to_string(best.cause)));
    }

    static bool carries_time(const GoldFact& fact) {
        return !fact.time.empty() && fact.time != "former" && fact.time != "past";
    }

    void count(const GoldFact& fact, const Judgement& best, const FactMention* match) {
        scores_.all.count(best.level);
        scores_.by_difficulty[fact.difficulty].count(best.level);
        if (fact.key) scores_.key.count(best.level);
        if (best.level != FactLevel::full) {
            ++scores_.causes[best.cause];
            if (fact.key) ++scores_.key_causes[best.cause];
        }
        RelationTally& relation = scores_.relations[fact.relation];
        ++relation.gold;
        relation.gold_found += best.level >= FactLevel::vague ? 1 : 0;
        if (best.cause == Cause::relation && match)
            ++scores_.confused[{fact.relation, relation_name(*match)}];
    }

    void score_edge(const FactMention& edge, FactLevel level) {
        ++scores_.edges;
        scores_.edges_full += level == FactLevel::full ? 1 : 0;
        scores_.edges_vague += level == FactLevel::vague ? 1 : 0;
        scores_.edges_pair += level == FactLevel::pair ? 1 : 0;
        RelationTally& relation = scores_.relations[relation_name(edge)];
        ++relation.edges;
        relation.edges_found += level >= FactLevel::vague ? 1 : 0;
        ConfidenceBin& bin =
            scores_.bins[static_cast<std::size_t>(std::clamp(edge.confidence * 10, 0.0F, 9.0F))];
        ++bin.edges;
        bin.full += level == FactLevel::full ? 1 : 0;
        bin.vague += level == FactLevel::vague ? 1 : 0;
        bin.confidence += static_cast<double>(edge.confidence);
        if (level >= FactLevel::vague) return;
        scores_.remarks.push_back((level == FactLevel::pair ? "pair   " : "edge   ") + gold_.id + ": " +
                                  matcher_.shown(edge.subject) + " | " + relation_shown(edge) + " | " +
                                  matcher_.shown(*edge.object) + flags(edge.polarity, edge.modality) + "  [" +
                                  edge.by + "]  :: " + std::string(sentence_of(edge)));
    }

    // A plain assertion that no gold fact backs, whose words stand in the trap: the relation's and one
    // argument's, or, where position alone says it, both arguments.
    void score_trap(const std::string& trap) {
        ++scores_.traps;
        const std::size_t at = analysed_.document.text.find(trap);
        if (at == std::string::npos) return;
        const ByteSpan place{at, at + trap.size()};
        bool fallen = false;
        for (std::size_t e = 0; e < edges_.size(); ++e) {
            const FactMention& edge = *edges_[e];
            if (edge.modality != Modality::asserted || edge.polarity != Polarity::positive ||
                edge.attribution || edge_levels_[e] >= FactLevel::vague)
                continue;
            // That somebody in it is a judge is not what a trap is about.
            if (names_office(edge)) continue;
            const int arguments =
                (place.contains(edge.subject.span) ? 1 : 0) + (place.contains(edge.object->span) ? 1 : 0);
            const bool words = !edge.relation.span.empty() && place.contains(edge.relation.span);
            if (arguments < (words ? 1 : 2)) continue;
            if (!fallen)
                scores_.remarks.push_back("trap   " + gold_.id + ": " + trap + "  <- " +
                                          matcher_.shown(edge.subject) + " | " + relation_shown(edge) +
                                          " | " + matcher_.shown(*edge.object));
            fallen = true;
        }
        scores_.traps_fallen += fallen ? 1 : 0;
    }

    void remark(const char* what, const GoldFact& fact, const FactMention* match, const std::string& why) {
        const auto name = [this](const std::string& id) {
            const auto found = gold_.entities.find(id);
            return found == gold_.entities.end() ? id : found->second.name;
        };
        scores_.remarks.push_back(
            what + std::string(fact.key ? "KEY " : "    ") + gold_.id + ' ' + fact.id + ' ' +
            fact.difficulty + " (" + why + "): " + name(fact.subject) + " | " + fact.relation + " | " +
            (fact.value ? *fact.value : name(fact.object)) + flags(fact.polarity, fact.modality) +
            (fact.time.empty() ? "" : " @" + fact.time) +
            (match ? "  <- " + relation_shown(*match) + flags(match->polarity, match->modality)
                   : std::string()) +
            "  :: " + (fact.evidence.empty() ? std::string() : fact.evidence.front()));
    }

    std::string_view sentence_of(const FactMention& edge) const {
        return analysed_.sentences[edge.sentence].span.of(analysed_.document.text);
    }

    const GoldArticle& gold_;
    const AnalysedDocument& analysed_;
    FactMatcher matcher_;
    FactScores& scores_;
    std::vector<const FactMention*> edges_;
    std::vector<FactLevel> edge_levels_;
};

std::string percent(std::size_t part, std::size_t whole) {
    char text[32];
    std::snprintf(text, sizeof text, "%5.1f", percentage(part, whole));
    return text;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string number(std::size_t value, std::size_t width) {
    const std::string text = std::to_string(value);
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

void add_tally(FactTally& to, const FactTally& other) {
    to.gold += other.gold;
    to.full += other.full;
    to.vague += other.vague;
    to.pair += other.pair;
}

// The entries of a map of counts, largest first, ties in the map's order.
template <class Map, class Count>
std::vector<typename Map::const_iterator> largest(const Map& map, const Count& count, std::size_t limit) {
    std::vector<typename Map::const_iterator> entries;
    for (auto it = map.begin(); it != map.end(); ++it)
        if (count(it->second) > 0) entries.push_back(it);
    std::stable_sort(entries.begin(), entries.end(),
                     [&](const auto& a, const auto& b) { return count(a->second) > count(b->second); });
    if (entries.size() > limit) entries.resize(limit);
    return entries;
}

}  // namespace

void FactTally::count(FactLevel level) {
    ++gold;
    full += level == FactLevel::full ? 1 : 0;
    vague += level == FactLevel::vague ? 1 : 0;
    pair += level == FactLevel::pair ? 1 : 0;
}

FactScores& FactScores::operator+=(const FactScores& other) {
    add_tally(key, other.key);
    add_tally(all, other.all);
    for (const auto& [difficulty, tally] : other.by_difficulty) add_tally(by_difficulty[difficulty], tally);
    for (const auto& [cause, count] : other.key_causes) key_causes[cause] += count;
    for (const auto& [cause, count] : other.causes) causes[cause] += count;
    edges += other.edges;
    edges_full += other.edges_full;
    edges_vague += other.edges_vague;
    edges_pair += other.edges_pair;
    traps += other.traps;
    traps_fallen += other.traps_fallen;
    timed += other.timed;
    timed_right += other.timed_right;
    articles += other.articles;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        bins[i].edges += other.bins[i].edges;
        bins[i].full += other.bins[i].full;
        bins[i].vague += other.bins[i].vague;
        bins[i].confidence += other.bins[i].confidence;
    }
    for (const auto& [name, tally] : other.relations) {
        RelationTally& to = relations[name];
        to.gold += tally.gold;
        to.gold_found += tally.gold_found;
        to.edges += tally.edges;
        to.edges_found += tally.edges_found;
    }
    for (const auto& [pair, count] : other.confused) confused[pair] += count;
    remarks.insert(remarks.end(), other.remarks.begin(), other.remarks.end());
    return *this;
}

FactScores score_facts(const std::filesystem::path& folder, const ArticleExtractor& extract,
                       const RelationTable& relations) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json" && entry.path().stem() != "entities")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    FactScores scores;
    for (const auto& file : files) {
        const GoldArticle gold = read_gold_article(file);
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
        ArticleScorer(gold, analysed, relations, scores).run();
    }
    return scores;
}

std::string format_table(const std::string& title, const FactScores& scores) {
    std::string text = title + ": " + std::to_string(scores.articles) + " articles\n";
    text += "                 gold   full %  full+vague %  +pair %\n";
    const auto row = [&text](const std::string& label, const FactTally& tally) {
        text += padded(label, 15) + number(tally.gold, 6) + "    " + percent(tally.full, tally.gold) +
                "         " + percent(tally.full + tally.vague, tally.gold) + "    " +
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
            std::to_string(scores.timed) + "\n\n";
    text += "not full because of        key    all\n";
    for (const auto& [cause, count] : scores.causes) {
        const auto key = scores.key_causes.find(cause);
        text += padded("  " + std::string(to_string(cause)), 24) +
                number(key == scores.key_causes.end() ? 0 : key->second, 6) + ' ' + number(count, 6) + '\n';
    }
    text += "\nconfidence    edges   mean   full %  full+vague %\n";
    for (std::size_t i = 0; i < scores.bins.size(); ++i) {
        const ConfidenceBin& bin = scores.bins[i];
        if (bin.edges == 0) continue;
        char range[32];
        std::snprintf(range, sizeof range, "  .%zu to %s%zu", i, i + 1 == scores.bins.size() ? "1." : ".",
                      (i + 1) % scores.bins.size());
        char mean[16];
        std::snprintf(mean, sizeof mean, "%.2f", bin.confidence / static_cast<double>(bin.edges));
        text += padded(range, 13) + number(bin.edges, 6) + "   " + mean + "    " +
                percent(bin.full, bin.edges) + "         " + percent(bin.full + bin.vague, bin.edges) + '\n';
    }
    return text + '\n';
}

std::string format_confusions(const FactScores& scores) {
    constexpr std::size_t limit = 30;
    std::string text = "missed most            gold  found\n";
    for (const auto& entry : largest(
             scores.relations, [](const RelationTally& t) { return t.gold - t.gold_found; }, limit))
        text += "  " + padded(entry->first, 20) + number(entry->second.gold, 5) + "  " +
                number(entry->second.gold_found, 5) + '\n';
    text += "\nunmatched most        edges  found\n";
    for (const auto& entry : largest(
             scores.relations, [](const RelationTally& t) { return t.edges - t.edges_found; }, limit))
        text += "  " + padded(entry->first, 20) + number(entry->second.edges, 5) + "  " +
                number(entry->second.edges_found, 5) + '\n';
    text += "\nother relation than the gold\n";
    for (const auto& entry : largest(
             scores.confused, [](std::size_t count) { return count; }, limit))
        text += number(entry->second, 5) + "  " + entry->first.first + " <- " + entry->first.second + '\n';
    return text + '\n';
}

std::vector<Score> fact_rows(const FactScores& scores) {
    const std::string corpus = "facts dev";
    std::vector<Score> rows = {
        {corpus, "key facts full", percentage(scores.key.full, scores.key.gold), 50.0},
        {corpus, "key facts full or vague", percentage(scores.key.full + scores.key.vague, scores.key.gold),
         65.0},
        {corpus, "time right", percentage(scores.timed_right, scores.timed), 80.0},
        {corpus, "traps fallen into", percentage(scores.traps_fallen, scores.traps), {}, 5.0},
        {corpus, "all facts full", percentage(scores.all.full, scores.all.gold)}};
    for (const auto& [difficulty, tally] : scores.by_difficulty)
        rows.push_back({corpus, difficulty + " full", percentage(tally.full, tally.gold)});
    rows.push_back(
        {corpus, "edges full or vague", percentage(scores.edges_full + scores.edges_vague, scores.edges)});
    return rows;
}

}  // namespace relata::eval
