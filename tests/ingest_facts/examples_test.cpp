// SPDX-License-Identifier: Apache-2.0
// The example sentences of the rules (examples.txt) with the trees of examples.conllu.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "ingest/facts/extractor.hpp"
#include "tests/ingest_facts/helper.hpp"

using namespace relata;
using namespace relata::ingest::testing;

namespace {

struct Example {
    std::string text;
    std::vector<std::string> wanted, unwanted;
};

std::vector<Example> read_examples() {
    std::vector<Example> examples;
    std::istringstream stream(read_fixture("examples.txt"));
    std::string line;
    while (std::getline(stream, line)) {
        if (line.starts_with("> "))
            examples.push_back({line.substr(2), {}, {}});
        else if (line.starts_with("+ "))
            examples.back().wanted.push_back(line.substr(2));
        else if (line.starts_with("- "))
            examples.back().unwanted.push_back(line.substr(2));
    }
    return examples;
}

// Trees of the examples by "# newdoc id = TEXT".
std::map<std::string, std::string> read_trees() {
    std::map<std::string, std::string> trees;
    std::istringstream stream(read_fixture("examples.conllu"));
    std::string line;
    std::string* current = nullptr;
    while (std::getline(stream, line)) {
        const std::string_view mark = "# newdoc id = ";
        if (line.starts_with(mark)) current = &trees[line.substr(mark.size())];
        if (current) *current += line + '\n';
    }
    return trees;
}

std::string flags_of(const std::string& line) {
    std::size_t at = line.find(" | ");
    for (int i = 0; i < 2 && at != std::string::npos; ++i) at = line.find(" | ", at + 3);
    return at == std::string::npos ? std::string() : line.substr(at + 3);
}

// The same three parts; every flag that is asked for is there; no modality, negation or past that is not.
bool satisfies(const std::string& found, const std::string& wanted) {
    const std::string found_flags = ' ' + flags_of(found) + ' ';
    const std::string wanted_flags = ' ' + flags_of(wanted) + ' ';
    const auto core = [](const std::string& line) {
        const std::string flags = flags_of(line);
        return flags.empty() ? line : line.substr(0, line.size() - flags.size() - 3);
    };
    if (core(found) != core(wanted)) return false;
    for (const char* flag :
         {" not ", " planned ", " possible ", " hypothetical ", " denied ", " alleged ", " past "})
        if ((found_flags.find(flag) != std::string::npos) != (wanted_flags.find(flag) != std::string::npos))
            return false;
    for (const char* key : {"by=", "time="}) {
        const std::size_t at = wanted_flags.find(key);
        if (at == std::string::npos) continue;
        // A name after "by=" may hold blanks and stands last.
        const std::string value = wanted_flags.substr(at, wanted_flags.size() - at - 1);
        if (found_flags.find(value) == std::string::npos) return false;
    }
    return true;
}

std::string core_of(const std::string& line) {
    const std::string flags = flags_of(line);
    return flags.empty() ? line : line.substr(0, line.size() - flags.size() - 3);
}

}  // namespace

TEST_CASE("each rule finds the facts of its example sentence and no plain assertion beside them",
          "[ingest_facts][examples]") {
    const auto trees = read_trees();
    const auto examples = read_examples();
    REQUIRE(examples.size() > 60);
    for (const Example& example : examples) {
        INFO(example.text);
        const auto tree = trees.find(example.text);
        REQUIRE(tree != trees.end());
        const AnalysedDocument analysed = extract(tree->second);
        const std::vector<std::string> found = lines(analysed);
        std::string all;
        for (const std::string& line : lines(analysed, true)) all += line + '\n';
        INFO(all);
        for (const std::string& wanted : example.wanted) {
            INFO("wanted: " << wanted);
            CHECK(std::any_of(found.begin(), found.end(),
                              [&](const std::string& line) { return satisfies(line, wanted); }));
            // The same fact in another mood would be a contradiction.
            for (const std::string& line : found)
                if (core_of(line) == core_of(wanted)) CHECK(satisfies(line, wanted));
        }
        for (const std::string& unwanted : example.unwanted) {
            INFO("unwanted: " << unwanted);
            CHECK_FALSE(std::any_of(found.begin(), found.end(), [&](const std::string& line) {
                return core_of(line) == unwanted &&
                       (flags_of(line).empty() || flags_of(line).starts_with("time="));
            }));
        }
    }
}

TEST_CASE("every span of a fact lies inside the document and says what its argument says",
          "[ingest_facts][property]") {
    for (const auto& [text, tree] : read_trees()) {
        const AnalysedDocument analysed = extract(tree);
        const std::size_t size = analysed.document.text.size();
        for (const FactMention& fact : analysed.facts) {
            INFO(text);
            CHECK(fact.relation.span.begin <= fact.relation.span.end);
            CHECK(fact.relation.span.end <= size);
            CHECK(fact.subject.mention.has_value());
            CHECK(fact.subject.span == analysed.mentions[*fact.subject.mention].span);
            CHECK(fact.confidence > 0);
            CHECK(fact.confidence <= 1);
            CHECK_FALSE(fact.relation.text.empty());
            CHECK_FALSE(fact.by.empty());
            if (fact.object && fact.object->value)
                CHECK(fact.object->span.of(analysed.document.text) == fact.object->value->text);
            if (fact.for_graph) CHECK(fact.object.has_value());
        }
        for (std::size_t c = 0; c < analysed.chains.size(); ++c)
            for (const std::size_t m : analysed.chains[c].mentions) CHECK(analysed.mentions[m].chain == c);
    }
}

TEST_CASE("extraction twice gives the same facts", "[ingest_facts][property]") {
    for (const auto& [text, tree] : read_trees()) {
        AnalysedDocument analysed = extract(tree);
        const auto first = lines(analysed, true);
        ingest::FactExtractor(news()).extract(analysed);
        INFO(text);
        CHECK(lines(analysed, true) == first);
    }
}
