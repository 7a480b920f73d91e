// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/decoder.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/utf8.hpp"
#include "ingest/language/wordpieces.hpp"

namespace relata::ingest {
namespace {

// https://universaldependencies.org/tagset-conversion/en-penn-uposf.html, with what the English treebanks add
// ("the Superior Court": ADJ NNP; "everyone": PRON NN).
constexpr std::pair<std::string_view, std::string_view> k_tag_pairs[] = {
    {"$", "SYM"},
    {"''", "PUNCT"},
    {",", "PUNCT SYM"},
    {"-LRB-", "PUNCT"},
    {"-RRB-", "PUNCT"},
    {".", "PUNCT"},
    {":", "PUNCT"},
    {"``", "PUNCT"},
    {"HYPH", "PUNCT SYM"},
    {"NFP", "PUNCT SYM"},
    {"SYM", "SYM PUNCT"},
    {"ADD", "PROPN X"},
    {"CC", "CCONJ"},
    {"CD", "NUM"},
    {"DT", "DET PRON"},
    {"PDT", "DET"},
    {"EX", "PRON"},
    {"FW", "X NOUN ADV"},
    {"IN", "ADP SCONJ"},
    {"JJ", "ADJ"},
    {"JJR", "ADJ"},
    {"JJS", "ADJ"},
    {"LS", "NUM X"},
    {"MD", "AUX"},
    {"NN", "NOUN PRON SYM X"},
    {"NNS", "NOUN"},
    {"NNP", "PROPN ADJ VERB"},
    {"NNPS", "PROPN"},
    {"POS", "PART"},
    {"PRP", "PRON"},
    {"PRP$", "PRON"},
    {"RB", "ADV PART"},
    {"RBR", "ADV"},
    {"RBS", "ADV"},
    {"RP", "ADP"},
    {"TO", "PART"},
    {"UH", "INTJ"},
    {"VB", "VERB AUX"},
    {"VBD", "VERB AUX"},
    {"VBG", "VERB AUX"},
    {"VBN", "VERB AUX"},
    {"VBP", "VERB AUX"},
    {"VBZ", "VERB AUX"},
    {"WDT", "PRON DET"},
    {"WP", "PRON"},
    {"WP$", "PRON"},
    {"WRB", "ADV"},
};

constexpr double k_never = -std::numeric_limits<double>::infinity();

// Nodes 0..n, 0 the root; score[h * (n + 1) + d]. Contracts cycles one after the other.
std::vector<std::size_t> best_arborescence(const std::vector<double>& score, std::size_t nodes) {
    std::vector<std::size_t> head(nodes, 0);
    for (std::size_t d = 1; d < nodes; ++d) {
        double best = k_never;
        for (std::size_t h = 0; h < nodes; ++h) {
            if (h != d && score[h * nodes + d] > best) {
                best = score[h * nodes + d];
                head[d] = h;
            }
        }
    }
    // A cycle among the best heads?
    std::vector<std::size_t> seen(nodes, 0);
    std::vector<std::size_t> cycle;
    for (std::size_t start = 1; start < nodes && cycle.empty(); ++start) {
        std::size_t at = start;
        while (at != 0 && seen[at] == 0) {
            seen[at] = start;
            at = head[at];
        }
        if (at != 0 && seen[at] == start) {
            const std::size_t first = at;
            do {
                cycle.push_back(at);
                at = head[at];
            } while (at != first);
        }
    }
    if (cycle.empty()) return head;

    std::vector<bool> in_cycle(nodes, false);
    double total = 0;
    for (const std::size_t d : cycle) {
        in_cycle[d] = true;
        total += score[head[d] * nodes + d];
    }
    // The smaller graph: the nodes outside, then the cycle as one node.
    std::vector<std::size_t> outside;  // new number -> old number
    for (std::size_t i = 0; i < nodes; ++i)
        if (!in_cycle[i]) outside.push_back(i);
    const std::size_t fewer = outside.size() + 1, merged = outside.size();
    std::vector<double> smaller(fewer * fewer, k_never);
    std::vector<std::size_t> enters(fewer, 0), leaves(fewer, 0);
    for (std::size_t a = 0; a < outside.size(); ++a) {
        for (std::size_t b = 0; b < outside.size(); ++b)
            if (a != b) smaller[a * fewer + b] = score[outside[a] * nodes + outside[b]];
        for (const std::size_t d : cycle) {
            const double in = score[outside[a] * nodes + d] - score[head[d] * nodes + d] + total;
            if (in > smaller[a * fewer + merged]) {
                smaller[a * fewer + merged] = in;
                enters[a] = d;
            }
            const double out = score[d * nodes + outside[a]];
            if (out > smaller[merged * fewer + a]) {
                smaller[merged * fewer + a] = out;
                leaves[a] = d;
            }
        }
    }
    const auto inner = best_arborescence(smaller, fewer);
    for (std::size_t b = 1; b < outside.size(); ++b)
        head[outside[b]] = inner[b] == merged ? leaves[b] : outside[inner[b]];
    head[enters[inner[merged]]] = outside[inner[merged]];
    return head;
}

bool is_single_rooted_tree(const std::vector<std::size_t>& heads) {
    const std::size_t n = heads.size();
    if (std::count(heads.begin(), heads.end(), 0U) != 1) return false;
    std::vector<std::size_t> seen(n + 1, 0);
    for (std::size_t start = 1; start <= n; ++start) {
        std::size_t at = start;
        while (at != 0 && seen[at] == 0) {
            seen[at] = start;
            at = heads[at - 1];
        }
        if (at != 0 && seen[at] == start) return false;
    }
    return true;
}

}  // namespace

std::vector<std::size_t> best_tree(std::span<const float> scores, std::size_t n) {
    RELATA_EXPECTS(scores.size() == n * (n + 1));
    std::vector<std::size_t> heads(n, 0);
    double lowest = 0, highest = 0;
    for (std::size_t d = 0; d < n; ++d) {
        const auto row = scores.subspan(d * (n + 1), n + 1);
        float best = -std::numeric_limits<float>::infinity();
        for (std::size_t h = 0; h <= n; ++h) {
            lowest = std::min(lowest, static_cast<double>(row[h]));
            highest = std::max(highest, static_cast<double>(row[h]));
            if (h != d + 1 && row[h] > best) {
                best = row[h];
                heads[d] = h;
            }
        }
    }
    if (n == 0 || is_single_rooted_tree(heads)) return heads;
    // Every further child of the root costs more than all other arcs together can gain.
    const double fine = (highest - lowest + 1) * static_cast<double>(n + 1);
    const std::size_t nodes = n + 1;
    std::vector<double> graph(nodes * nodes, k_never);
    for (std::size_t d = 0; d < n; ++d)
        for (std::size_t h = 0; h <= n; ++h)
            if (h != d + 1)
                graph[h * nodes + d + 1] = static_cast<double>(scores[d * (n + 1) + h]) - (h == 0 ? fine : 0);
    const auto found = best_arborescence(graph, nodes);
    for (std::size_t d = 0; d < n; ++d) heads[d] = found[d + 1];
    return heads;
}

BioLabels::BioLabels(const std::vector<std::string>& names) {
    bool has_outside = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string& name = names[i];
        if (name == "O") {
            outside_ = i;
            has_outside = true;
            type_.push_back(k_outside);
            begin_.push_back(true);
            continue;
        }
        if (name.size() < 3 || name[1] != '-' || (name[0] != 'B' && name[0] != 'I'))
            throw Error("entity label \"" + name + "\" is not in BIO");
        const std::string type = name.substr(2);
        auto at = static_cast<std::size_t>(std::find(types_.begin(), types_.end(), type) - types_.begin());
        if (at == types_.size()) {
            types_.push_back(type);
            begins_.push_back(k_outside);
            insides_.push_back(k_outside);
        }
        (name[0] == 'B' ? begins_ : insides_)[at] = i;
        type_.push_back(at);
        begin_.push_back(name[0] == 'B');
    }
    if (!has_outside) throw Error("no entity label O");
    for (std::size_t t = 0; t < types_.size(); ++t)
        if (begins_[t] == k_outside || insides_[t] == k_outside)
            throw Error("entity type " + types_[t] + " needs a B- and an I- label");
}

std::vector<BioLabels::Name> BioLabels::best_names(const float* logits, std::size_t words,
                                                   std::size_t stride) const {
    std::vector<Name> names;
    if (words == 0) return names;
    const std::size_t labels = size();
    // log softmax
    std::vector<double> p(words * labels);
    for (std::size_t w = 0; w < words; ++w) {
        const float* row = logits + w * stride;
        const auto top = static_cast<double>(*std::max_element(row, row + labels));
        double total = 0;
        for (std::size_t l = 0; l < labels; ++l) total += std::exp(static_cast<double>(row[l]) - top);
        const double normaliser = top + std::log(total);
        for (std::size_t l = 0; l < labels; ++l) p[w * labels + l] = static_cast<double>(row[l]) - normaliser;
    }
    std::vector<double> score(labels), next(labels);
    std::vector<std::size_t> from(words * labels, 0);
    for (std::size_t l = 0; l < labels; ++l) score[l] = begin_[l] ? p[l] : k_never;
    for (std::size_t w = 1; w < words; ++w) {
        const auto any =
            static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
        for (std::size_t l = 0; l < labels; ++l) {
            std::size_t previous = any;
            if (!begin_[l]) {
                const std::size_t b = begins_[type_[l]], i = insides_[type_[l]];
                previous = score[i] > score[b] ? i : b;
            }
            next[l] = score[previous] + p[w * labels + l];
            from[w * labels + l] = previous;
        }
        score.swap(next);
    }
    std::vector<std::size_t> best(words);
    best[words - 1] = static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
    for (std::size_t w = words - 1; w > 0; --w) best[w - 1] = from[w * labels + best[w]];

    for (std::size_t w = 0; w < words;) {
        if (best[w] == outside_) {
            ++w;
            continue;
        }
        Name name;
        name.first = w;
        const std::size_t type = type_[best[w]];
        for (++w; w < words && best[w] == insides_[type];) ++w;
        name.last = w;
        double highest = k_never, total = 0;
        std::vector<double> sums(types_.size());
        for (std::size_t t = 0; t < types_.size(); ++t) {
            sums[t] = p[name.first * labels + begins_[t]];
            for (std::size_t i = name.first + 1; i < name.last; ++i) sums[t] += p[i * labels + insides_[t]];
            highest = std::max(highest, sums[t]);
        }
        for (const double sum : sums) total += std::exp(sum - highest);
        for (const double sum : sums)
            name.types.push_back(static_cast<float>(sum - highest - std::log(total)));
        // the mean per word, so that long names are not worse for their length
        name.score = static_cast<float>(std::exp(sums[type] / static_cast<double>(name.last - name.first)));
        names.push_back(std::move(name));
    }
    return names;
}

TagPairs::TagPairs(const std::vector<std::string>& upos, const std::vector<std::string>& xpos) {
    for (const std::string& penn : xpos) {
        std::vector<std::size_t> tags;
        const auto* known = std::find_if(std::begin(k_tag_pairs), std::end(k_tag_pairs),
                                         [&](const auto& row) { return row.first == penn; });
        for (std::size_t u = 0; u < upos.size(); ++u) {
            const std::string wanted = " " + upos[u] + " ";
            if (known == std::end(k_tag_pairs) ||
                (" " + std::string(known->second) + " ").find(wanted) != std::string::npos)
                tags.push_back(u);
        }
        allowed_.push_back(std::move(tags));
    }
}

TagPairs::Pair TagPairs::best(const float* upos_logits, const float* xpos_logits) const {
    Pair best;
    float highest = -std::numeric_limits<float>::infinity();
    for (std::size_t x = 0; x < allowed_.size(); ++x) {
        for (const std::size_t u : allowed_[x]) {
            const float score = upos_logits[u] + xpos_logits[x];
            if (score <= highest) continue;
            highest = score;
            best = {u, x};
        }
    }
    return best;
}

LemmaScript::LemmaScript(std::string_view script) {
    if (script.starts_with('=')) {
        whole_ = true;
        lemma_ = script.substr(1);
        return;
    }
    std::vector<std::string_view> fields;
    for (std::size_t begin = 0; fields.size() < 6;) {
        const auto end = std::min(script.find(':', begin), script.size());
        fields.push_back(script.substr(begin, end - begin));
        if (end == script.size()) break;
        begin = end + 1;
    }
    const auto number = [](std::string_view text, std::size_t& value) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size();
    };
    if (fields.size() != 5 || fields[0].size() != 1 ||
        std::string_view("kltu").find(fields[0]) == std::string_view::npos ||
        !number(fields[1], cut_front_) || !number(fields[3], cut_back_))
        throw Error("lemma script \"" + std::string(script) + "\" is malformed");
    casing_ = fields[0][0];
    const auto decode = [](std::string_view text) {
        std::u32string out;
        for (std::size_t i = 0; i < text.size();) {
            const auto [c, length] = utf8::decode(text, i);
            out += c;
            i += length;
        }
        return out;
    };
    front_ = decode(fields[2]);
    back_ = decode(fields[4]);
}

std::string LemmaScript::apply(std::string_view form) const {
    if (whole_) return lemma_;
    std::u32string base;
    for (std::size_t i = 0; i < form.size();) {
        const auto [c, length] = utf8::decode(form, i);
        base += casing_ == 'k' ? c : simple_lower(c);
        i += length;
    }
    if (cut_front_ + cut_back_ <= base.size())
        base = front_ + base.substr(cut_front_, base.size() - cut_front_ - cut_back_) + back_;
    if (casing_ == 'u')
        for (char32_t& c : base) c = simple_upper(c);
    if (casing_ == 't' && !base.empty()) base[0] = simple_upper(base[0]);
    std::string lemma;
    for (const char32_t c : base) utf8::append(lemma, c);
    return lemma;
}

}  // namespace relata::ingest
