// SPDX-License-Identifier: Apache-2.0
#include "eval/coreference.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/conllu.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"
#include "eval/text_files.hpp"

namespace relata::eval {
namespace {

constexpr std::string_view k_document_id = "# newdoc id = ";

// The lines of a file, whatever their ends.
template <class Visit>
void each_line_of(std::string_view text, const Visit& visit) {
    each_line(text, [&](std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        visit(line);
    });
}

std::size_t token_count(const AnalysedDocument& analysed) {
    std::size_t count = 0;
    for (const Sentence& sentence : analysed.sentences) count += sentence.tokens.size();
    return count;
}

// Index of the first token of each sentence in the document.
std::vector<std::size_t> sentence_starts(const AnalysedDocument& analysed) {
    std::vector<std::size_t> starts;
    std::size_t at = 0;
    for (const Sentence& sentence : analysed.sentences) {
        starts.push_back(at);
        at += sentence.tokens.size();
    }
    return starts;
}

// A dependent that belongs to the phrase of its noun.
bool inside_phrase(const Sentence& sentence, std::size_t child, std::size_t head) {
    const std::string& relation = sentence.tokens[child].deprel;
    if (relation == "case") return child > head;  // the 's of a possessor
    if (relation == "punct") return false;
    static constexpr std::string_view kept[] = {"det", "amod", "compound", "nmod",  "nummod",
                                                "acl", "flat", "fixed",    "appos", "goeswith"};
    const std::string_view base = std::string_view(relation).substr(0, relation.find(':'));
    return std::find(std::begin(kept), std::end(kept), base) != std::end(kept);
}

// First and last token of the subtree of `top`.
TokenRange subtree(const Sentence& sentence, std::size_t top) {
    TokenRange range{top, top + 1};
    for (bool grown = true; grown;) {
        grown = false;
        for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
            if (i >= range.first && i < range.second) continue;
            std::size_t above = i;
            for (std::size_t steps = 0; above != top && above != k_root && steps < sentence.tokens.size();
                 ++steps)
                above = sentence.tokens[above].head;
            if (above != top) continue;
            range = {std::min(range.first, i), std::max(range.second, i + 1)};
            grown = true;
        }
    }
    return range;
}

TokenRange whole_phrase(const Sentence& sentence, const Mention& mention) {
    TokenRange range{mention.head, mention.head + 1};
    if (mention.kind == MentionKind::pronoun) return range;
    range = {mention.first, mention.last};
    for (std::size_t c = 0; c < sentence.tokens.size(); ++c) {
        if (sentence.tokens[c].head != mention.head || !inside_phrase(sentence, c, mention.head)) continue;
        const TokenRange below = subtree(sentence, c);
        range = {std::min(range.first, below.first), std::max(range.second, below.second)};
    }
    while (range.second > mention.head + 1 && sentence.tokens[range.second - 1].deprel == "punct")
        --range.second;
    return range;
}

std::string words(const AnalysedDocument& analysed, const std::vector<std::size_t>& starts,
                  TokenRange range) {
    const auto sentence = static_cast<std::size_t>(
        std::upper_bound(starts.begin(), starts.end(), range.first) - starts.begin() - 1);
    const auto& tokens = analysed.sentences[sentence].tokens;
    const std::size_t last = std::min(range.second - starts[sentence], tokens.size());
    const ByteSpan span{tokens[range.first - starts[sentence]].span.begin, tokens[last - 1].span.end};
    return std::to_string(sentence) + ":" + std::string(span.of(analysed.document.text));
}

// The chains of one side beside what the other side makes of them: what to mend next.
void remark_chains(const std::string& document, const AnalysedDocument& analysed, const Chains& gold,
                   const Chains& predicted, std::vector<std::string>& remarks) {
    const auto starts = sentence_starts(analysed);
    std::map<TokenRange, std::size_t> found, wanted;
    for (std::size_t c = 0; c < predicted.size(); ++c)
        for (const TokenRange& range : predicted[c]) found.emplace(range, c);
    for (std::size_t c = 0; c < gold.size(); ++c)
        for (const TokenRange& range : gold[c]) wanted.emplace(range, c);
    const auto write = [&](std::string_view side, std::size_t number, const std::vector<TokenRange>& chain,
                           const std::map<TokenRange, std::size_t>& others) {
        std::string line = std::string(side) + " " + document + " " + std::to_string(number) + ":";
        for (const TokenRange& range : chain) {
            const auto other = others.find(range);
            line += " [" + words(analysed, starts, range) + "]" +
                    (other == others.end() ? "-" : std::to_string(other->second));
        }
        remarks.push_back(std::move(line));
    };
    for (std::size_t c = 0; c < gold.size(); ++c) write("gold", c, gold[c], found);
    for (std::size_t c = 0; c < predicted.size(); ++c) write("chain", c, predicted[c], wanted);
}

void score_ontogum(const CoreferenceAnalyser& analyser, const std::filesystem::path& data,
                   std::vector<Score>& scores, std::vector<std::string>* remarks) {
    const auto trees = data / "ud" / "en_gum-ud-dev.conllu";
    const std::string text = read_text(trees);
    std::vector<std::string> ids;
    each_line(text, [&](std::string_view line) {
        if (line.starts_with(k_document_id)) ids.emplace_back(line.substr(k_document_id.size()));
    });
    std::vector<AnalysedDocument> documents = read_conllu(text, trees.string());
    if (ids.size() != documents.size()) throw InputError(trees.string(), "has documents without an id");
    for (AnalysedDocument& document : documents) {
        document.mentions.clear();
        for (Sentence& sentence : document.sentences) sentence.predicates.clear();
    }
    analyser.analyse_tokens(documents);
    ChainScores all;
    for (std::size_t d = 0; d < documents.size(); ++d) {
        const auto path = data / "coref" / "ontogum" / "dev" / (ids[d] + ".conll");
        const std::string column = read_text(path);
        const Chains gold = read_chain_column(column, path.string());
        const auto tokens = static_cast<std::size_t>(std::count(column.begin(), column.end(), '\n'));
        if (tokens < token_count(documents[d])) throw InputError(path.string(), "other words than the trees");
        const Chains predicted = whole_phrases(documents[d]);
        all += score_chains(gold, predicted);
        if (remarks != nullptr) remark_chains(ids[d], documents[d], gold, predicted, *remarks);
    }
    const std::string corpus = "OntoGUM dev, gold tokens";
    scores.push_back({corpus, "coreference, CoNLL average", all.conll(), 55.0});
    scores.push_back({corpus, "MUC", all.muc.f1()});
    scores.push_back({corpus, "B3", all.b_cubed.f1()});
    scores.push_back({corpus, "CEAFe", all.ceaf_e.f1()});
    scores.push_back({corpus, "mentions, precision", all.mentions.precision()});
    scores.push_back({corpus, "mentions, recall", all.mentions.recall()});
}

std::size_t byte_of(std::string_view text, std::size_t code_point) {
    std::size_t at = 0;
    for (; code_point > 0 && at < text.size(); --code_point) at += utf8::decode(text, at).length;
    return at;
}

bool is_feminine(std::string_view pronoun) {
    return pronoun.starts_with('s') || pronoun.starts_with('S') || pronoun.starts_with("her") ||
           pronoun.starts_with("Her");
}

void score_gap(const CoreferenceAnalyser& analyser, const std::filesystem::path& path,
               std::vector<Score>& scores, std::vector<std::string>* remarks) {
    const std::vector<GapSnippet> snippets = read_gap(read_text(path), path.string());
    std::vector<AnalysedDocument> documents(snippets.size());
    for (std::size_t i = 0; i < snippets.size(); ++i) {
        documents[i].document.text = snippets[i].text;
        documents[i].document.blocks.push_back({{0, snippets[i].text.size()}, BlockKind::paragraph});
    }
    analyser.analyse(documents);
    Tally all, feminine, masculine;
    for (std::size_t i = 0; i < snippets.size(); ++i) {
        const GapSnippet& snippet = snippets[i];
        Tally tally;
        const auto answer = [&](ByteSpan name, bool coreferent) {
            const bool said = chained(documents[i], snippet.pronoun, name);
            tally.gold += coreferent ? 1U : 0U;
            tally.predicted += said ? 1U : 0U;
            tally.right += said && coreferent ? 1U : 0U;
            if (said != coreferent && remarks != nullptr)
                remarks->push_back("gap " + snippet.id + (said ? ": wrongly " : ": missed ") +
                                   std::string(snippet.pronoun.of(snippet.text)) + " = " +
                                   std::string(name.of(snippet.text)) + ": " + snippet.text);
        };
        answer(snippet.a, snippet.a_coreferent);
        answer(snippet.b, snippet.b_coreferent);
        all += tally;
        (is_feminine(snippet.pronoun.of(snippet.text)) ? feminine : masculine) += tally;
    }
    const std::string corpus = "GAP validation";
    scores.push_back({corpus, "F1", all.f1(), 78.0});
    scores.push_back({corpus, "precision", all.precision()});
    scores.push_back({corpus, "recall", all.recall()});
    scores.push_back({corpus, "F1, feminine", feminine.f1()});
    scores.push_back({corpus, "F1, masculine", masculine.f1()});
}

}  // namespace

std::vector<Score> evaluate_coreference(const CoreferenceAnalyser& analyser,
                                        const std::filesystem::path& data,
                                        std::vector<std::string>* remarks) {
    std::vector<Score> scores;
    score_ontogum(analyser, data, scores, remarks);
    score_gap(analyser, data / "coref" / "gap" / "gap-validation.tsv", scores, remarks);
    return scores;
}

Chains read_chain_column(std::string_view text, const std::string& source) {
    std::map<std::string, std::vector<TokenRange>> chains;
    std::map<std::string, std::vector<std::size_t>> open;
    std::size_t line_number = 0, token = 0;
    each_line_of(text, [&](std::string_view line) {
        ++line_number;
        if (line.empty() || line.starts_with('#')) return;
        const auto columns = split(line, "\t");
        if (columns.size() < 3) throw InputError(source, "expected index, form and chains", line_number);
        const std::string_view cell = columns.back();
        for (std::size_t at = 0; at < cell.size() && cell != "_";) {
            const bool opens = cell[at] == '(';
            const std::size_t begin = at + (opens ? 1 : 0);
            at = std::min(cell.find_first_of("()", begin), cell.size());
            const std::string id(cell.substr(begin, at - begin));
            const bool closes = at < cell.size() && cell[at] == ')';
            if (id.empty() || (!opens && !closes)) throw InputError(source, "odd chains", line_number);
            if (opens) open[id].push_back(token);
            if (!closes) continue;
            ++at;
            if (open[id].empty()) throw InputError(source, "chain " + id + " does not open", line_number);
            chains[id].emplace_back(open[id].back(), token + 1);
            open[id].pop_back();
        }
        ++token;
    });
    Chains result;
    for (auto& [id, chain] : chains) {
        std::sort(chain.begin(), chain.end());
        result.push_back(std::move(chain));
    }
    std::sort(result.begin(), result.end());
    return result;
}

Chains whole_phrases(const AnalysedDocument& analysed) {
    const auto starts = sentence_starts(analysed);
    std::set<TokenRange> taken;
    Chains chains;
    for (const Chain& chain : analysed.chains) {
        std::vector<TokenRange> ranges;
        for (const std::size_t m : chain.mentions) {
            const Mention& mention = analysed.mentions[m];
            TokenRange range = whole_phrase(analysed.sentences[mention.sentence], mention);
            range = {range.first + starts[mention.sentence], range.second + starts[mention.sentence]};
            // "the carmaker Halden": two mentions for us, one for the corpus
            if (taken.insert(range).second) ranges.push_back(range);
        }
        if (ranges.size() > 1) chains.push_back(std::move(ranges));
    }
    return chains;
}

std::vector<GapSnippet> read_gap(std::string_view text, const std::string& source) {
    std::vector<GapSnippet> snippets;
    std::size_t line_number = 0;
    each_line_of(text, [&](std::string_view line) {
        if (++line_number == 1 || line.empty()) return;
        const auto columns = split(line, "\t");
        if (columns.size() < 10) throw InputError(source, "expected ten columns", line_number);
        GapSnippet snippet;
        snippet.id = columns[0];
        snippet.text = columns[1];
        const auto span_of = [&](std::string_view form, std::string_view offset) {
            std::size_t code_point = 0;
            const auto [end, error] =
                std::from_chars(offset.data(), offset.data() + offset.size(), code_point);
            const std::size_t begin = byte_of(snippet.text, code_point);
            if (error != std::errc() || end != offset.data() + offset.size() ||
                snippet.text.compare(begin, form.size(), form) != 0)
                throw InputError(source, "no " + std::string(form) + " at its offset", line_number);
            return ByteSpan{begin, begin + form.size()};
        };
        snippet.pronoun = span_of(columns[2], columns[3]);
        snippet.a = span_of(columns[4], columns[5]);
        snippet.a_coreferent = columns[6] == "TRUE";
        snippet.b = span_of(columns[7], columns[8]);
        snippet.b_coreferent = columns[9] == "TRUE";
        snippets.push_back(std::move(snippet));
    });
    return snippets;
}

bool chained(const AnalysedDocument& analysed, ByteSpan pronoun, ByteSpan name) {
    std::set<std::size_t> chains;
    for (const Mention& mention : analysed.mentions)
        if (mention.span == pronoun && mention.chain) chains.insert(*mention.chain);
    return std::any_of(analysed.mentions.begin(), analysed.mentions.end(), [&](const Mention& mention) {
        const ByteSpan head = analysed.sentences[mention.sentence].tokens[mention.head].span;
        return mention.chain && chains.contains(*mention.chain) && head.begin >= name.begin &&
               head.end <= name.end && mention.span != pronoun;
    });
}

}  // namespace relata::eval
