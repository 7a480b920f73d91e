// SPDX-License-Identifier: Apache-2.0
#include "eval/language.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>

#include "core/conllu.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"
#include "eval/language_scores.hpp"
#include "eval/text_files.hpp"

namespace relata::eval {
namespace {

constexpr std::string_view k_sentence_id = "# sent_id = ";

std::vector<std::string> sentence_ids(std::string_view text) {
    std::vector<std::string> ids;
    each_line(text, [&](std::string_view line) {
        if (line.starts_with(k_sentence_id)) ids.emplace_back(line.substr(k_sentence_id.size()));
    });
    return ids;
}

// Sentences over all documents, in order.
std::vector<std::pair<std::size_t, std::size_t>> sentence_places(
    std::span<const AnalysedDocument> documents) {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (std::size_t d = 0; d < documents.size(); ++d)
        for (std::size_t s = 0; s < documents[d].sentences.size(); ++s) places.emplace_back(d, s);
    return places;
}

// UNER: id, form, IOB2 tag; the treebank's sentences under their sent_id (`ids`, by sentence). It was made
// over an older release that parts some words otherwise, so names are placed by counting the bytes of the
// words.
void read_uner(const std::string& text, const std::string& source, const std::vector<std::string>& ids,
               std::span<AnalysedDocument> documents) {
    const auto places = sentence_places(documents);
    std::map<std::string_view, std::size_t> by_id;
    for (std::size_t i = 0; i < ids.size() && i < places.size(); ++i) by_id.emplace(ids[i], i);
    AnalysedDocument* analysed = nullptr;
    std::size_t sentence = 0, line_number = 0, at = 0;
    std::vector<std::size_t> bytes;  // where each byte of the sentence's words stands in the text
    bool inside = false;
    each_line(text, [&](std::string_view line) {
        ++line_number;
        if (line.starts_with(k_sentence_id)) {
            const auto found = by_id.find(line.substr(k_sentence_id.size()));
            analysed = nullptr;
            bytes.clear();
            at = 0;
            inside = false;
            if (found == by_id.end()) return;
            analysed = &documents[places[found->second].first];
            sentence = places[found->second].second;
            for (const Token& token : analysed->sentences[sentence].tokens)
                for (std::size_t i = token.span.begin; i < token.span.end; ++i) bytes.push_back(i);
        }
        if (line.empty() || line.starts_with('#')) return;
        const auto fields = split(line, "\t");
        if (fields.size() < 3) throw InputError(source, "expected id, form and tag", line_number);
        if (analysed == nullptr) return;
        const std::size_t first = at, last = at + fields[1].size();
        at = last;
        const std::string_view tag = fields[2];
        if (last > bytes.size() || first == last || tag == "O") {
            inside = false;
        } else if (tag.starts_with("B-")) {
            Mention mention;
            mention.sentence = sentence;
            mention.span = {bytes[first], bytes[last - 1] + 1};
            mention.type = tag == "B-PER"   ? EntityType::PERSON
                           : tag == "B-ORG" ? EntityType::ORG
                           : tag == "B-LOC" ? EntityType::LOC
                                            : EntityType::OTHER;
            analysed->mentions.push_back(mention);
            inside = true;
        } else if (inside) {
            analysed->mentions.back().span.end = bytes[last - 1] + 1;
        }
    });
    for (AnalysedDocument& document : documents)
        std::stable_sort(document.mentions.begin(), document.mentions.end(),
                         [](const Mention& a, const Mention& b) { return a.span < b.span; });
}

std::vector<AnalysedDocument> without_annotation(const std::vector<AnalysedDocument>& gold,
                                                 bool keep_tokens) {
    std::vector<AnalysedDocument> documents(gold.size());
    for (std::size_t d = 0; d < gold.size(); ++d) {
        documents[d].document = gold[d].document;
        if (!keep_tokens) continue;
        for (const Sentence& sentence : gold[d].sentences) {
            Sentence bare;
            bare.span = sentence.span;
            bare.block = sentence.block;
            bare.block_index = sentence.block_index;
            for (const Token& token : sentence.tokens) bare.tokens.emplace_back().span = token.span;
            documents[d].sentences.push_back(std::move(bare));
        }
    }
    return documents;
}

// \w of regular expressions, near enough: ASCII, and beyond it everything but blanks and general punctuation.
bool is_word(char32_t c) {
    if (c < 128) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_';
    return c > 0xBF && !(c >= 0x2000 && c <= 0x206F) && c != 0xD7 && c != 0xF7;
}

char32_t before(std::string_view text, std::size_t at) {
    if (at == 0) return 0;
    std::size_t begin = at - 1;
    while (!utf8::is_boundary(text, begin)) --begin;
    return utf8::decode(text, begin).value;
}

std::vector<std::size_t> occurrences(std::string_view text, std::string_view surface) {
    std::vector<std::size_t> found;
    const bool word_first = is_word(utf8::decode(surface, 0).value);
    const bool word_last = is_word(before(surface, surface.size()));
    for (std::size_t at = text.find(surface); at != std::string_view::npos; at = text.find(surface, at)) {
        const std::size_t end = at + surface.size();
        const bool clear_left = !word_first || !is_word(before(text, at));
        const bool clear_right = !word_last || end == text.size() || !is_word(utf8::decode(text, end).value);
        if (clear_left && clear_right) found.push_back(at);
        at = clear_left && clear_right ? end : at + 1;
    }
    return found;
}

}  // namespace

void read_propbank(const std::string& text, const std::string& source, const std::vector<std::string>& ids,
                   std::span<AnalysedDocument> documents) {
    const auto places = sentence_places(documents);
    std::map<std::string_view, std::size_t> by_id;
    for (std::size_t i = 0; i < ids.size() && i < places.size(); ++i) by_id.emplace(ids[i], i);
    std::vector<std::vector<std::string_view>> rows;
    std::string_view id;
    std::size_t line_number = 0;
    const auto finish = [&] {
        const auto found = by_id.find(id);
        if (rows.empty() || found == by_id.end()) {
            rows.clear();
            return;
        }
        Sentence& sentence = documents[places[found->second].first].sentences[places[found->second].second];
        if (sentence.tokens.size() != rows.size())
            throw InputError(source, "other words than the treebank", line_number);
        std::vector<std::size_t> heads;  // 1-based
        for (const auto& row : rows) {
            std::size_t head = 0;
            std::from_chars(row[5].data(), row[5].data() + row[5].size(), head);
            heads.push_back(head);
        }
        std::size_t column = 9;
        for (std::size_t p = 0; p < rows.size(); ++p) {
            if (rows[p][8] == "-") continue;
            Predicate predicate;
            predicate.token = p;
            predicate.score = 1;
            std::map<std::size_t, std::string> roles;
            std::vector<std::pair<std::string, std::size_t>> open;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (column >= rows[i].size())
                    throw InputError(source, "too few argument columns", line_number);
                const std::string_view cell = rows[i][column];
                for (std::size_t at = 0; at < cell.size(); ++at) {
                    if (cell[at] == '(') {
                        const auto end = std::min(cell.find_first_of("(*)", at + 1), cell.size());
                        open.emplace_back(cell.substr(at + 1, end - at - 1), i);
                    } else if (cell[at] == ')' && !open.empty()) {
                        const auto [label, first] = open.back();
                        open.pop_back();
                        if (label == "V" || label == "C-V") continue;
                        std::size_t head = first;
                        for (std::size_t w = i + 1; w-- > first;)
                            if (heads[w] == 0 || heads[w] - 1 < first || heads[w] - 1 > i) head = w;
                        roles[head] = label;
                    }
                }
            }
            for (const auto& [word, label] : roles) predicate.roles.push_back({word, label, 1});
            sentence.predicates.push_back(std::move(predicate));
            ++column;
        }
        rows.clear();
    };
    each_line(text, [&](std::string_view line) {
        ++line_number;
        if (line.starts_with(k_sentence_id)) {
            finish();
            id = line.substr(k_sentence_id.size());
        } else if (line.empty()) {
            finish();
        } else if (line[0] != '#') {
            rows.push_back(split(line, "\t"));
            if (rows.back().size() < 9) throw InputError(source, "expected at least 9 columns", line_number);
        }
    });
    finish();
}

bool in_dev_tenth(std::string_view article) {
    std::uint32_t hash = 0x811C9DC5;
    for (const char c : article) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
    return hash % 10 == 0;
}

std::vector<AnalysedDocument> read_news_names(const std::string& text, const std::string& source,
                                              const std::function<bool(std::string_view)>& wanted) {
    std::vector<AnalysedDocument> documents;
    std::string_view current;
    std::size_t line_number = 0;
    each_line(text, [&](std::string_view line) {
        ++line_number;
        if (line.empty()) return;
        const auto fields = split(line, "\t");
        if (fields.size() != 3)
            throw InputError(source, "expected id, text and mentions parted by tabs", line_number);
        const std::string_view article = fields[0].substr(0, fields[0].find(':'));
        if (!wanted(article)) return;
        if (documents.empty() || article != current) {
            documents.emplace_back().document.source = article;
            current = article;
        }
        AnalysedDocument& analysed = documents.back();
        std::string& out = analysed.document.text;
        if (!out.empty()) out += '\n';
        const std::size_t begin = out.size();
        out += fields[1];
        analysed.document.blocks.push_back({{begin, out.size()}, BlockKind::paragraph});

        auto items = split(fields[2], " | ");
        // Longer surfaces first: what lies inside them is theirs.
        const auto surface_size = [](std::string_view item) {
            return utf8::code_points(item.substr(item.find('=') + 1));
        };
        std::stable_sort(items.begin(), items.end(), [&](std::string_view a, std::string_view b) {
            return surface_size(a) > surface_size(b);
        });
        std::vector<bool> taken(fields[1].size(), false);
        std::vector<Mention> mentions;
        for (const auto item : items) {
            const auto equals = item.find('=');
            if (equals == std::string_view::npos) continue;
            const auto type = parse_entity_type(item.substr(0, equals));
            std::string_view surface = item.substr(equals + 1);
            std::size_t which = 0;
            if (const auto hash = surface.rfind('#');
                hash != std::string_view::npos && hash + 1 < surface.size()) {
                const auto digits = surface.substr(hash + 1);
                const auto [end, error] =
                    std::from_chars(digits.data(), digits.data() + digits.size(), which);
                if (error == std::errc() && end == digits.data() + digits.size()) {
                    surface = surface.substr(0, hash);
                } else {
                    which = 0;
                }
            }
            if (!type || surface.empty())
                throw InputError(source, "odd mention " + std::string(item), line_number);
            const auto places = occurrences(fields[1], surface);
            for (std::size_t i = 0; i < places.size(); ++i) {
                if (which > 0 && i + 1 != which) continue;
                const auto first = taken.begin() + static_cast<std::ptrdiff_t>(places[i]);
                const auto last = first + static_cast<std::ptrdiff_t>(surface.size());
                if (std::find(first, last, true) != last) continue;
                std::fill(first, last, true);
                Mention mention;
                mention.span = {begin + places[i], begin + places[i] + surface.size()};
                mention.type = *type;
                mentions.push_back(mention);
            }
        }
        std::sort(mentions.begin(), mentions.end(),
                  [](const Mention& a, const Mention& b) { return a.span < b.span; });
        analysed.mentions.insert(analysed.mentions.end(), mentions.begin(), mentions.end());
    });
    return documents;
}

std::vector<Score> evaluate_language(const LanguageAnalyser& analyser, const std::filesystem::path& data) {
    std::vector<Score> scores;
    const auto add = [&scores](std::string corpus, std::string measure, double value,
                               std::optional<double> floor = std::nullopt) {
        scores.push_back({std::move(corpus), std::move(measure), value, floor});
    };

    const auto ewt_path = data / "ud" / "en_ewt-ud-dev.conllu";
    const std::string ewt_text = read_text(ewt_path);
    auto ewt = read_conllu(ewt_text, ewt_path.string());
    const auto propbank_path = data / "propbank" / "ewt-propbank.dev.conll";
    read_propbank(read_text(propbank_path), propbank_path.string(), sentence_ids(ewt_text), ewt);
    const auto uner_path = data / "ner" / "uner-ewt-dev.iob2";
    read_uner(read_text(uner_path), uner_path.string(), sentence_ids(ewt_text), ewt);

    auto read = without_annotation(ewt, true);
    analyser.analyse_tokens(read);
    const TreeScores trees = score_trees(ewt, read);
    const std::string gold_tokens = "EWT dev, gold tokens";
    add(gold_tokens, "UPOS", trees.upos.f1(), 97.3);
    add(gold_tokens, "XPOS", trees.xpos.f1());
    add(gold_tokens, "feats", trees.feats.f1());
    add(gold_tokens, "lemmas", trees.lemmas.f1(), 97.0);
    add(gold_tokens, "UAS", trees.uas.f1());
    add(gold_tokens, "LAS", trees.las.f1(), 89.5);
    const RoleScores roles = score_roles(ewt, read);
    add("PropBank EWT dev", "predicates", roles.predicates.f1(), 97.0);
    add("PropBank EWT dev", "argument heads", roles.arguments.f1(), 78.5);
    add("PropBank EWT dev", "argument heads, ARG0-5", roles.core.f1());
    const NameScores names = score_names(ewt, read, coarse_type);
    add("UNER EWT dev", "PER ORG LOC", names.all.f1(), 79.0);
    for (const auto& [type, tally] : names.by_type) add("UNER EWT dev", type, tally.f1());
    add("UNER EWT dev", "spans alone", names.spans.f1());

    auto raw = without_annotation(ewt, false);
    analyser.analyse(raw);
    const TreeScores from_raw = score_trees(ewt, raw);
    add("EWT dev, raw text", "tokens", from_raw.tokens.f1(), 99.0);
    add("EWT dev, raw text", "sentences", from_raw.sentences.f1(), 78.0);
    add("EWT dev, raw text", "UPOS", from_raw.upos.f1());
    add("EWT dev, raw text", "LAS", from_raw.las.f1(), 86.0);

    const auto gum_path = data / "ud" / "en_gum-ud-dev.conllu";
    const auto gum = read_conllu(read_text(gum_path), gum_path.string());
    auto gum_read = without_annotation(gum, true);
    analyser.analyse_tokens(gum_read);
    const TreeScores gum_trees = score_trees(gum, gum_read);
    add("GUM dev, gold tokens", "UPOS", gum_trees.upos.f1());
    add("GUM dev, gold tokens", "lemmas", gum_trees.lemmas.f1());
    add("GUM dev, gold tokens", "LAS", gum_trees.las.f1(), 89.3);
    auto gum_raw = without_annotation(gum, false);
    analyser.analyse(gum_raw);
    const TreeScores gum_from_raw = score_trees(gum, gum_raw);
    add("GUM dev, raw text", "tokens", gum_from_raw.tokens.f1());
    add("GUM dev, raw text", "sentences", gum_from_raw.sentences.f1());
    add("GUM dev, raw text", "LAS", gum_from_raw.las.f1());

    std::vector<std::filesystem::path> news_paths;
    for (const auto& entry : std::filesystem::directory_iterator(data / "ner" / "news"))
        if (entry.path().extension() == ".tsv") news_paths.push_back(entry.path());
    std::sort(news_paths.begin(), news_paths.end());
    std::vector<AnalysedDocument> news;
    for (const auto& path : news_paths) {
        auto part = read_news_names(read_text(path), path.string(), in_dev_tenth);
        std::move(part.begin(), part.end(), std::back_inserter(news));
    }
    auto news_read = without_annotation(news, false);
    analyser.analyse(news_read);
    const auto full = [](EntityType type) -> std::optional<std::string> {
        return std::string(to_string(type));
    };
    const NameScores news_names = score_names(news, news_read, full);
    add("news dev tenth, raw text", "ten types", news_names.all.f1(), 78.0);
    for (const auto& [type, tally] : news_names.by_type) add("news dev tenth, raw text", type, tally.f1());
    add("news dev tenth, raw text", "spans alone", news_names.spans.f1());
    const NameScores news_coarse = score_names(news, news_read, coarse_type);
    add("news dev tenth, raw text", "PER ORG LOC", news_coarse.all.f1(), 83.0);
    for (const auto& [type, tally] : news_coarse.by_type)
        add("news dev tenth, raw text", type + " of three", tally.f1());
    return scores;
}

}  // namespace relata::eval
