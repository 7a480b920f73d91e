// SPDX-License-Identifier: Apache-2.0
#include "cli/explanation.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/terminal.hpp"
#include "core/utf8.hpp"
#include "ingest/facts/clauses.hpp"
#include "ingest/facts/sentence_tree.hpp"

namespace relata::cli {
namespace {

using ingest::k_none;
using ingest::SentenceTree;

constexpr std::size_t k_width = 80;
constexpr std::size_t k_tree_width = 44;  // columns for the tree; deeper trees push the rest to the right
constexpr std::size_t k_label_width = 16;

std::string padded(std::string text, std::size_t width) {
    const std::size_t size = utf8::code_points(text);
    if (size < width) text.append(width - size, ' ');
    return text;
}

std::string cut(const std::string& text, std::size_t width) {
    if (utf8::code_points(text) <= width) return text;
    std::string head;
    for (std::size_t at = 0, count = 0; count + 1 < width; ++count) {
        const std::size_t length = utf8::decode(text, at).length;
        head += text.substr(at, length);
        at += length;
    }
    return head + "…";
}

// A paragraph whose first line starts with `label` and whose others are indented by `indent`.
std::string paragraph(const std::string& label, std::size_t indent, std::string_view text) {
    std::string out = padded(label, indent), line;
    const auto flush = [&] {
        out += line;
        out += '\n';
        line.clear();
    };
    bool first = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word(text.substr(at, end - at));
        const std::size_t room = k_width - indent;
        if (!line.empty() && utf8::code_points(line) + 1 + utf8::code_points(word) > room) {
            flush();
            out += std::string(indent, ' ');
        }
        line += (line.empty() ? "" : " ") + word;
        first = false;
        at = end + 1;
    }
    if (first && line.empty()) return out + '\n';
    flush();
    return out;
}

std::string in_quotes(std::string_view text) {
    return "\"" + printable(text) + "\"";
}

std::string listed(const std::vector<std::string>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

// The lines of a dependency tree beside its words: a word stands one step right of its head, and a vertical
// line joins a head and its dependents.
class TreeDrawing {
  public:
    explicit TreeDrawing(const SentenceTree& tree) : tree_(tree) {}

    std::string line(std::size_t token) const {
        std::vector<std::size_t> path{token};  // from the token up to its root
        while (tree_.head(path.back()) != k_none) path.push_back(tree_.head(path.back()));
        std::reverse(path.begin(), path.end());
        std::string text;
        for (std::size_t depth = 0; depth + 1 < path.size(); ++depth) {
            const auto [first, last] = family(path[depth]);
            if (depth + 2 < path.size())
                text += token > first && token < last ? "│ " : "  ";
            else
                text += token == first ? "┌─" : token == last ? "└─" : "├─";
        }
        const auto [first, last] = family(token);
        text += first < token && last > token ? "┤" : first < token ? "┘" : last > token ? "┐" : "─";
        return text + " " + printable(tree_.form(token));
    }

  private:
    // From the first to the last of a head and its dependents.
    std::pair<std::size_t, std::size_t> family(std::size_t head) const {
        const auto& children = tree_.children(head);
        if (children.empty()) return {head, head};
        return {std::min(head, *std::min_element(children.begin(), children.end())),
                std::max(head, *std::max_element(children.begin(), children.end()))};
    }

    const SentenceTree& tree_;
};

std::string slot_text(const ingest::PatternArgument& argument) {
    switch (argument.slot) {
        case ingest::Slot::subject:
            return "the subject";
        case ingest::Slot::object:
            return "the object";
        case ingest::Slot::iobject:
            return "the receiver";
        case ingest::Slot::preposition:
            return "behind \"" + argument.preposition + "\"";
        case ingest::Slot::possessive:
            return "the possessor";
        case ingest::Slot::compound:
            return "the name before the noun";
        case ingest::Slot::clause:
            return "the clause that depends on it";
        case ingest::Slot::none:
            break;
    }
    return "not said";
}

std::string types_text(const std::vector<EntityType>& types, const std::vector<ValueKind>& values) {
    std::string text;
    for (const EntityType type : types) text += (text.empty() ? "" : " or ") + std::string(to_string(type));
    for (const ValueKind kind : values) text += (text.empty() ? "" : " or ") + std::string(to_string(kind));
    return text.empty() ? "anything" : text;
}

// What a rule is, by the part of its name before the dot.
std::string_view rule_kind(std::string_view rule) {
    static constexpr std::pair<std::string_view, std::string_view> kinds[] = {
        {"verb", "a verb that the ontology knows"},
        {"noun", "an event noun that the ontology knows"},
        {"open", "a clause for which the ontology has no relation; the relation is its phrase"},
        {"office", "a verb that gives or ends an office"},
        {"kind", "a noun that says of what kind a name is"},
        {"appos", "an apposition"},
        {"copula", "\"A is B\""},
        {"compound", "words before a name"},
        {"possessive", "a possessor"},
        {"demonym", "an adjective of a place"},
        {"place", "a place beside a place"},
        {"affiliation", "an organisation behind a person's name"},
        {"figure", "a figure with its verb"},
        {"parenthesis", "words in brackets"},
        {"apposition", "a phrase beside a name"},
        {"hyphen", "a name before a hyphen, \"Oslo-based\""},
        {"document", "an office whose owner the article names elsewhere"},
        {"learned", "the learned heads of the encoder"}};
    const std::string_view kind = rule.substr(0, std::min(rule.find('.'), rule.size()));
    for (const auto& [name, text] : kinds)
        if (kind == name) return text;
    return "a rule of its own";
}

std::string number_text(float value) {
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", static_cast<double>(value));
    return text;
}

bool same_statement(const FactMention& a, const FactMention& b) {
    const bool objects =
        a.object.has_value() == b.object.has_value() && (!a.object || a.object->span == b.object->span);
    return a.sentence == b.sentence && a.subject.span == b.subject.span && objects &&
           a.relation.name == b.relation.name &&
           (!a.relation.name.empty() || a.relation.span == b.relation.span);
}

}  // namespace

Explanation::Explanation(AnalysedDocument language, Extraction extract, const ingest::Ontology& ontology)
    : language_(std::move(language)),
      analysed_(language_),
      extract_(std::move(extract)),
      ontology_(ontology) {
    extract_(analysed_, std::nullopt);
}

std::string Explanation::sentence(std::size_t index, Facts which) const {
    std::string text = words(index) + clauses(index);
    std::size_t number = 0;
    for (const FactMention& fact : analysed_.facts)
        if (fact.sentence == index && (which == Facts::all || fact.for_graph))
            text += fact_lines(fact, ++number);
    if (number == 0) text += which == Facts::all ? "No propositions.\n\n" : "No facts for a graph.\n\n";
    return text;
}

std::string Explanation::fact(std::size_t index) const {
    const FactMention& fact = analysed_.facts.at(index);
    return words(fact.sentence) + clauses(fact.sentence) + fact_lines(fact, 1);
}

// --- words and clauses -------------------------------------------------------------------------------------

std::string Explanation::words(std::size_t sentence) const {
    const Sentence& read = analysed_.sentences.at(sentence);
    const SentenceTree tree(read, analysed_.document.text);
    const TreeDrawing drawing(tree);
    std::vector<std::string> lines;
    std::size_t width = 0;
    for (std::size_t t = 0; t < tree.size(); ++t) {
        lines.push_back(drawing.line(t));
        width = std::max(width, utf8::code_points(lines.back()));
    }
    width = std::min(width, k_tree_width);
    std::string out = paragraph("", 0, printable(read.span.of(analysed_.document.text))) + "\nWords\n";
    for (std::size_t t = 0; t < tree.size(); ++t) {
        std::string line = "  " + padded(lines[t], width) + "  " +
                           padded(std::string(to_string(tree.upos(t))), 5) + " " +
                           padded(std::string(tree.relation(t)), 10);
        for (const Mention& mention : analysed_.mentions) {
            if (mention.sentence != sentence || mention.first != t) continue;
            line += " " + std::string(to_string(mention.type));
            if (mention.kind != MentionKind::name && mention.chain)
                line += " = " + printable(analysed_.chains[*mention.chain].name);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += cut(line, std::max(k_width, utf8::code_points(lines[t]) + 2)) + '\n';
    }
    return out + '\n';
}

std::string Explanation::clauses(std::size_t sentence) const {
    const SentenceTree tree(analysed_.sentences.at(sentence), analysed_.document.text);
    std::string out;
    for (const ingest::Clause& clause : ingest::find_clauses(tree)) {
        std::string text;
        const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
        if (clause.passive) add("passive");
        for (const ingest::ClauseArgument& argument : clause.arguments) {
            std::string part = argument.slot == ingest::Slot::subject   ? "subject"
                               : argument.slot == ingest::Slot::object  ? "object"
                               : argument.slot == ingest::Slot::iobject ? "receiver"
                                                                        : argument.preposition;
            part += " " + in_quotes(tree.form(argument.token));
            if (argument.inherited) part += " (from another clause)";
            if (argument.distributed) part += " (listed)";
            add(part);
        }
        const std::string label =
            "  " + clause.lemma + (clause.particle.empty() ? "" : " " + clause.particle);
        out += paragraph(cut(printable(label), k_label_width + 4) + "  ", k_label_width + 6, text);
    }
    return out.empty() ? out : "Clauses\n" + out + '\n';
}

// --- a fact ------------------------------------------------------------------------------------------------

std::string Explanation::rule(const FactMention& fact) const {
    // "verb.buy+learned": a rule and the heads say the same.
    const std::size_t plus = std::min(fact.by.find('+'), fact.by.size());
    const std::string by = fact.by.substr(0, plus);
    std::string text = by + ", " + std::string(rule_kind(by));
    if (plus < fact.by.size()) text += ", and the learned heads say it, too";
    const std::size_t dot = by.find('.');
    if (dot == std::string::npos || fact.relation.name.empty()) return text;
    const std::string trigger = by.substr(dot + 1);
    for (const ingest::VerbPattern& pattern : ontology_.verbs(trigger)) {
        if (!by.starts_with("verb.") || ontology_.relations()[pattern.relation].name != fact.relation.name)
            continue;
        // "buy out" is not what made the fact when no "out" is there.
        const auto said = [&fact](const std::string& part) {
            return part.empty() || fact.relation.text.find(part) != std::string::npos;
        };
        if (!said(pattern.particle) || !said(pattern.object_noun)) continue;
        std::string verb = trigger + (pattern.particle.empty() ? "" : " " + pattern.particle);
        if (!pattern.object_noun.empty()) verb += " " + pattern.object_noun;
        return text + ": with \"" + verb + "\" A is " + slot_text(pattern.a) + ", B " + slot_text(pattern.b);
    }
    return text;
}

std::string Explanation::entity(const Argument& argument) const {
    if (argument.value) {
        const Value& value = *argument.value;
        std::string text = in_quotes(value.text) + ", " + std::string(to_string(value.kind));
        if (!value.normalised.empty()) text += " " + value.normalised;
        if (!value.unit.empty()) text += " in " + value.unit;
        return text;
    }
    std::string text = in_quotes(argument.span.of(analysed_.document.text));
    if (!argument.mention) return text + ", no mention of a thing";
    const Mention& mention = analysed_.mentions[*argument.mention];
    text += ", " + std::string(to_string(mention.type)) + " " + std::string(to_string(mention.kind));
    if (!mention.chain) return text + ", which stands for itself";
    const Chain& chain = analysed_.chains[*mention.chain];
    std::vector<std::string> others;
    for (const std::size_t m : chain.mentions)
        if (m != *argument.mention && others.size() < 6)
            others.push_back(in_quotes(analysed_.mentions[m].span.of(analysed_.document.text)) +
                             " in sentence " + std::to_string(analysed_.mentions[m].sentence + 1));
    if (mention.kind != MentionKind::name)
        text += "; is " + printable(chain.name) + " with certainty " + number_text(mention.score);
    if (!others.empty()) text += "; the same as " + listed(others);
    return text;
}

const FactMention* Explanation::without(const FactMention& fact, std::size_t token,
                                        AnalysedDocument& again) const {
    again = language_;
    Token& taken = again.sentences[fact.sentence].tokens[token];
    taken.lemma = "_";
    std::fill_n(again.document.text.begin() + static_cast<std::ptrdiff_t>(taken.span.begin),
                taken.span.size(), '_');
    extract_(again, WordPlace{fact.sentence, token});
    for (const FactMention& other : again.facts)
        if (same_statement(other, fact)) return &other;
    return nullptr;
}

Explanation::Reasons Explanation::reasons(const FactMention& fact) const {
    Reasons reasons;
    const bool plain = fact.polarity == Polarity::positive && fact.modality == Modality::asserted &&
                       !fact.attribution && !fact.past;
    if (plain) return reasons;
    AnalysedDocument again;
    const std::vector<Token>& tokens = language_.sentences[fact.sentence].tokens;
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        if (tokens[t].upos == Upos::PUNCT || fact.subject.span.contains(tokens[t].span) ||
            (fact.object && fact.object->span.contains(tokens[t].span)))
            continue;
        const FactMention* other = without(fact, t, again);
        if (!other) continue;
        const std::string word = in_quotes(tokens[t].span.of(language_.document.text));
        if (other->polarity != fact.polarity) reasons.polarity.push_back(word);
        if (other->modality != fact.modality) reasons.modality.push_back(word);
        if (fact.attribution && (!other->attribution || other->attribution->span != fact.attribution->span))
            reasons.attribution.push_back(word);
        if (fact.past && !other->past) reasons.past.push_back(word);
    }
    return reasons;
}

std::string Explanation::qualifier(const char* label, const std::string& value,
                                   const std::vector<std::string>& because) const {
    const std::string why = because.empty() ? "; no single word makes it so"
                                            : "; without " + listed(because) + " it would not be";
    return paragraph(std::string("    ") + label, k_label_width, value + why);
}

std::string Explanation::fact_lines(const FactMention& fact, std::size_t number) const {
    const std::string_view text = analysed_.document.text;
    const auto name = [&](const Argument& argument) {
        if (argument.value) return printable(argument.value->text);
        if (argument.mention)
            if (const auto chain = analysed_.mentions[*argument.mention].chain)
                return printable(analysed_.chains[*chain].name);
        return printable(argument.span.of(text));
    };
    std::string title = name(fact.subject) + " | " +
                        printable(fact.relation.name.empty() ? fact.relation.text : fact.relation.name);
    if (fact.object) title += " | " + name(*fact.object);
    std::string out = paragraph("Fact " + std::to_string(number) + "  ", 8, title);
    const auto line = [&out](const std::string& label, const std::string& content) {
        out += paragraph("    " + label, k_label_width, content);
    };
    line("made by", rule(fact));
    line("words", fact.relation.span.empty() ? "none: position alone says it"
                                             : in_quotes(fact.relation.span.of(text)));
    if (const std::size_t index = ontology_.find(fact.relation.name); index != ingest::Ontology::npos) {
        const ingest::RelationType& relation = ontology_.relations()[index];
        line("types", fact.relation.name + " links " + types_text(relation.domain, {}) + " to " +
                          types_text(relation.range, relation.range_values));
    } else {
        line("types", "open: the phrase itself, between things of any type");
    }
    line("subject", entity(fact.subject));
    if (fact.object) line("object", entity(*fact.object));
    for (const Argument& argument : fact.arguments)
        line(cut(printable(argument.role), k_label_width - 5), entity(argument));
    const Reasons because = reasons(fact);
    if (fact.polarity == Polarity::negative)
        out += qualifier("negated", "the text says it is not so", because.polarity);
    if (fact.modality == Modality::asserted)
        line("modality", "asserted: no word reserves it");
    else
        out += qualifier("modality", std::string(to_string(fact.modality)), because.modality);
    if (fact.past) out += qualifier("past", "no longer so", because.past);
    if (fact.attribution) out += qualifier("said by", in_quotes(fact.attribution->text), because.attribution);
    if (fact.time)
        line("time",
             in_quotes(fact.time->text) + (fact.time->value.empty()
                                               ? std::string(", not resolved")
                                               : " is " + fact.time->value +
                                                     (analysed_.document.published.empty()
                                                          ? ""
                                                          : ", read on " + analysed_.document.published)));
    line("confidence", number_text(fact.confidence) +
                           (fact.for_graph ? ", kept for the graph" : ", not kept for the graph"));
    return out + '\n';
}

}  // namespace relata::cli
