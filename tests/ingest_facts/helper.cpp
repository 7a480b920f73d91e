// SPDX-License-Identifier: Apache-2.0
#include "tests/ingest_facts/helper.hpp"

#include <fstream>
#include <sstream>

#include "core/conllu.hpp"
#include "ingest/facts/extractor.hpp"

namespace relata::ingest::testing {

const Ontology& news() {
    static const Ontology ontology = Ontology::load(RELATA_SOURCE_DIR "/ontology/news.json");
    return ontology;
}

std::string read_fixture(const std::string& name) {
    std::ifstream stream(RELATA_SOURCE_DIR "/tests/ingest_facts/" + name, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

AnalysedDocument extract(std::string_view conllu) {
    AnalysedDocument analysed = std::move(read_conllu(conllu, "test").front());
    analysed.document.published = "2025-06-04";
    FactExtractor(news()).extract(analysed);
    return analysed;
}

std::string name_of(const AnalysedDocument& analysed, const Argument& argument) {
    if (argument.mention) {
        const Mention& mention = analysed.mentions[*argument.mention];
        if (mention.chain && analysed.chains[*mention.chain].named)
            return analysed.chains[*mention.chain].name;
        return std::string(mention.span.of(analysed.document.text));
    }
    return argument.value ? argument.value->text : std::string(argument.span.of(analysed.document.text));
}

std::vector<std::string> lines(const AnalysedDocument& analysed, bool all) {
    std::vector<std::string> result;
    for (const FactMention& fact : analysed.facts) {
        if (!all && !fact.for_graph) continue;
        const std::string relation =
            fact.relation.name.empty() ? '"' + fact.relation.text + '"' : fact.relation.name;
        std::string line = name_of(analysed, fact.subject) + " | " + relation + " | " +
                           (fact.object ? name_of(analysed, *fact.object) : std::string());
        std::string flags;
        const auto add = [&flags](const std::string& flag) { flags += (flags.empty() ? "" : " ") + flag; };
        if (fact.polarity == Polarity::negative) add("not");
        if (fact.modality != Modality::asserted) add(std::string(to_string(fact.modality)));
        if (fact.past) add("past");
        if (fact.attribution && fact.attribution->mention)
            add("by=" + name_of(analysed, {"by", fact.attribution->span, fact.attribution->mention, {}}));
        if (fact.time) add("time=" + fact.time->value);
        if (!flags.empty()) line += " | " + flags;
        result.push_back(std::move(line));
    }
    return result;
}

}  // namespace relata::ingest::testing
