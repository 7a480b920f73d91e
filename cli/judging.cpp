// SPDX-License-Identifier: Apache-2.0
#include "cli/judging.hpp"

#include <cstdio>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace relata::cli {
namespace {

std::string cell(std::string_view text) {
    std::string plain(text);
    for (char& byte : plain)
        if (static_cast<unsigned char>(byte) < 0x20) byte = ' ';
    // A spreadsheet would take these as a formula.
    if (!plain.empty() &&
        (plain.front() == '=' || plain.front() == '+' || plain.front() == '-' || plain.front() == '@'))
        plain.insert(plain.begin(), '\'');
    return plain;
}

std::string named(const AnalysedDocument& analysed, std::optional<std::size_t> mention,
                  std::string_view words) {
    if (!mention) return std::string(words);
    const auto chain = analysed.mentions.at(*mention).chain;
    if (!chain || analysed.chains.at(*chain).name == words) return std::string(words);
    return analysed.chains.at(*chain).name + " (" + std::string(words) + ")";
}

std::string shown(const AnalysedDocument& analysed, const Argument& argument) {
    if (argument.value)
        return argument.value->text +
               (argument.value->normalised.empty() ? "" : " [" + argument.value->normalised + "]");
    return named(analysed, argument.mention, argument.span.of(analysed.document.text));
}

std::string flags(const FactMention& fact) {
    std::string text;
    const auto add = [&text](std::string_view flag) {
        text += (text.empty() ? "" : " ") + std::string(flag);
    };
    if (fact.polarity == Polarity::negative) add("negative");
    if (fact.modality != Modality::asserted) add(to_string(fact.modality));
    if (fact.past) add("past");
    return text;
}

std::string further(const AnalysedDocument& analysed, const FactMention& fact) {
    std::string text;
    for (const Argument& argument : fact.arguments)
        text += (text.empty() ? "" : "; ") + argument.role + ": " + shown(analysed, argument);
    return text;
}

std::string row(std::initializer_list<std::string_view> cells) {
    std::string text;
    for (const std::string_view content : cells) {
        text += '\t';
        text += cell(content);
    }
    return text;
}

}  // namespace

std::string judging_header() {
    return "judgement" + row({"sentence", "subject", "relation", "object", "flags", "time", "more",
                              "attribution", "confidence", "by", "document"});
}

std::string judging_row(const AnalysedDocument& analysed, const FactMention& fact) {
    const std::string_view text = analysed.document.text;
    std::string time;
    if (fact.time) time = fact.time->text + (fact.time->value.empty() ? "" : " [" + fact.time->value + "]");
    char confidence[16];
    std::snprintf(confidence, sizeof confidence, "%.2f", static_cast<double>(fact.confidence));
    return row({analysed.sentences.at(fact.sentence).span.of(text), shown(analysed, fact.subject),
                fact.relation.name.empty() ? fact.relation.text : fact.relation.name,
                fact.object ? shown(analysed, *fact.object) : std::string(), flags(fact), time,
                further(analysed, fact),
                fact.attribution ? named(analysed, fact.attribution->mention, fact.attribution->text)
                                 : std::string(),
                confidence, fact.by, analysed.document.source});
}

}  // namespace relata::cli
