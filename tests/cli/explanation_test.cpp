// SPDX-License-Identifier: Apache-2.0
#include "cli/explanation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>

#include "cli/judging.hpp"
#include "core/conllu.hpp"
#include "core/utf8.hpp"

using namespace relata;

namespace {

AnalysedDocument sentence() {
    const char* rows =
        "1\tTolm\tTolm\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n"
        "2\tplans\tplan\tVERB\tVBZ\t_\t0\troot\t_\t_\n"
        "3\tto\tto\tPART\tTO\t_\t4\tmark\t_\t_\n"
        "4\tbuy\tbuy\tVERB\tVB\t_\t2\txcomp\t_\t_\n"
        "5\tRhea\tRhea\tPROPN\tNNP\t_\t4\tobj\t_\tSpaceAfter=No\n"
        "6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
    return read_conllu(rows, "s").front();
}

// Stands for the rules: "buy" makes a fact, "plan" makes it planned.
void extract(AnalysedDocument& analysed, std::optional<cli::WordPlace>) {
    const auto& tokens = analysed.sentences[0].tokens;
    if (tokens[3].lemma != "buy") return;
    Mention tolm{0, 0, 1, 0, tokens[0].span, EntityType::ORG, MentionKind::name, 0, 1.0F};
    Mention rhea{0, 4, 5, 4, tokens[4].span, EntityType::ORG, MentionKind::name, 1, 1.0F};
    analysed.mentions = {tolm, rhea};
    analysed.chains = {{"Tolm Shipping", EntityType::ORG, true, {0}}, {"Rhea", EntityType::ORG, true, {1}}};
    FactMention fact;
    fact.subject = {"subject", tokens[0].span, 0, std::nullopt};
    fact.object = Argument{"object", tokens[4].span, 1, std::nullopt};
    fact.relation = {"", "buy", tokens[3].span};
    fact.modality = tokens[1].lemma == "plan" ? Modality::planned : Modality::asserted;
    fact.by = "open.buy";
    fact.confidence = 0.5F;
    fact.for_graph = true;
    analysed.facts = {fact};
}

ingest::Ontology our_ontology() {
    return ingest::Ontology::load(std::filesystem::path(RELATA_SOURCE_DIR) / "ontology" / "news.json");
}

}  // namespace

TEST_CASE("an explanation draws the tree and names the word that makes a fact planned", "[cli][explain]") {
    const ingest::Ontology ontology = our_ontology();
    const cli::Explanation explanation(sentence(), extract, ontology);
    const std::string text = explanation.sentence(0, cli::Explanation::Facts::for_graph);
    CHECK(text.find("  ┌── Tolm    PROPN nsubj      ORG\n"
                    "  ┤ plans     VERB  root\n"
                    "  │ ┌── to    PART  mark\n"
                    "  ├─┤ buy     VERB  xcomp\n"
                    "  │ └── Rhea  PROPN obj        ORG\n"
                    "  └── .       PUNCT punct\n") != std::string::npos);
    CHECK(text.find("Fact 1  Tolm Shipping | buy | Rhea\n") != std::string::npos);
    CHECK(text.find("modality    planned; without \"plans\" it would not be\n") != std::string::npos);
    CHECK(text.find("confidence  0.50, kept for the graph\n") != std::string::npos);
    CHECK(explanation.fact(0).find("Fact 1  Tolm Shipping") != std::string::npos);
}

TEST_CASE("an explanation keeps to eighty columns", "[cli][explain]") {
    const ingest::Ontology ontology = our_ontology();
    const cli::Explanation explanation(sentence(), extract, ontology);
    std::istringstream lines(explanation.sentence(0, cli::Explanation::Facts::for_graph));
    for (std::string line; std::getline(lines, line);) CHECK(utf8::code_points(line) <= 80);
}

TEST_CASE("a row for judging has a column for each thing and no formula", "[cli][judging]") {
    AnalysedDocument analysed = sentence();
    analysed.document.source = "=a.txt";
    extract(analysed, std::nullopt);
    CHECK(
        cli::judging_row(analysed, analysed.facts[0]) ==
        "\tTolm plans to buy Rhea.\tTolm Shipping (Tolm)\tbuy\tRhea\tplanned\t\t\t\t0.50\topen.buy\t'=a.txt");
    const std::string header = cli::judging_header();
    CHECK(std::count(header.begin(), header.end(), '\t') == 11);
}
