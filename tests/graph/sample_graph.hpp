// SPDX-License-Identifier: Apache-2.0
// Three invented articles that share people and companies; used by the tests of graph and export.
#pragma once

#include <vector>

#include "graph/builder.hpp"
#include "tests/graph/article.hpp"

namespace relata::tests {

inline std::vector<graph::RelationInfo> sample_relations() {
    return {{"acquires", "acquires", "is acquired by", false},
            {"employs", "employs", "", false},
            {"ceo_of", "is chief executive of", "is led by", false},
            {"partners_with", "partners with", "partners with", true}};
}

inline std::vector<Article> sample_articles() {
    Article first("a.txt", {"Halden Motor AG acquires Orsava, a maker of batteries, for CHF 1.4 million.",
                            "Dr. Mei Tanaka, chief executive of Halden Motor, said she was glad.",
                            "Halden employs 4,200 people."});
    {
        Document& document = first.analysed().document;
        document.title = "Halden & Orsava";
        document.published = "2026-03-12";
        const auto halden = first.named(EntityType::ORG, {"Halden Motor AG", "Halden Motor"});
        const auto orsava = first.named(EntityType::ORG, {"Orsava"});
        const auto tanaka = first.named(EntityType::PERSON, {"Dr. Mei Tanaka"});
        first.also(tanaka, "she", MentionKind::pronoun);
        FactMention& buys = first.fact(halden, "acquires", "acquires", orsava);
        Value price{ValueKind::money, "CHF 1.4 million", 1400000.0, "CHF", ""};
        buys.arguments.push_back({"price", first.place("CHF 1.4 million"), std::nullopt, price});
        buys.time = FactTime{"March", "2026-03", {0, 0}};
        first.fact(tanaka, "ceo_of", "chief executive of", halden);
        first.value(halden, "employs", "employs",
                    {ValueKind::quantity, "4,200 people", 4200.0, "person", ""});
    }
    Article second("b.txt", {"Halden Motor acquires Orsava, according to Mei Tanaka.",
                             "Orsava does not plan to team up with Pelagio.", "The crash hurt Pelagio."});
    {
        const auto halden = second.named(EntityType::ORG, {"Halden Motor"});
        const auto orsava = second.named(EntityType::ORG, {"Orsava"});
        const auto tanaka = second.named(EntityType::PERSON, {"Mei Tanaka"});
        const auto pelagio = second.named(EntityType::ORG, {"Pelagio"});
        const auto crash = second.nameless(EntityType::EVENT, {"The crash"});
        second.nameless(EntityType::OTHER, {"team"});
        FactMention& buys = second.fact(halden, "acquires", "acquires", orsava);
        buys.attribution =
            Attribution{"Mei Tanaka", second.place("Mei Tanaka"), second.argument("", tanaka).mention};
        FactMention& partners = second.fact(orsava, "partners_with", "team up with", pelagio);
        partners.polarity = Polarity::negative;
        partners.modality = Modality::planned;
        second.fact(crash, "", "hurt", pelagio);
    }
    Article third("c.txt", {"Pelagio may team up with Orsava.", "Nordvik is a port."});
    {
        const auto pelagio = third.named(EntityType::ORG, {"Pelagio"});
        const auto orsava = third.named(EntityType::ORG, {"Orsava"});
        third.named(EntityType::GPE, {"Nordvik"});
        FactMention& partners = third.fact(pelagio, "partners_with", "team up with", orsava);
        partners.modality = Modality::possible;
    }
    return {std::move(first), std::move(second), std::move(third)};
}

inline graph::KnowledgeGraph sample_graph() {
    graph::GraphBuilder builder(sample_relations());
    for (const Article& article : sample_articles()) builder.add(article);
    return builder.finish();
}

}  // namespace relata::tests
