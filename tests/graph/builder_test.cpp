// SPDX-License-Identifier: Apache-2.0
#include "graph/builder.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "tests/graph/article.hpp"
#include "tests/graph/sample_graph.hpp"

using namespace relata;
using graph::Fact;
using graph::GraphBuilder;
using graph::KnowledgeGraph;
using tests::Article;

namespace {

const Fact* find_fact(const KnowledgeGraph& graph, std::string_view subject, std::string_view relation,
                      std::string_view object) {
    for (const Fact& fact : graph.facts()) {
        if (graph.find_entity(fact.subject)->name == subject && fact.relation_name() == relation &&
            graph.object_text(fact) == object) {
            return &fact;
        }
    }
    return nullptr;
}

}  // namespace

TEST_CASE("two articles that say the same add evidence to one fact", "[graph][unit]") {
    const KnowledgeGraph graph = tests::sample_graph();
    const Fact* fact = find_fact(graph, "Halden Motor", "acquires", "Orsava");
    REQUIRE(fact != nullptr);
    REQUIRE(fact->evidences.size() == 2);
    CHECK(graph.sentence_text(fact->evidences[0]).starts_with("Halden Motor AG acquires Orsava, a maker"));
    CHECK(graph.sentence_text(fact->evidences[1]).starts_with("Halden Motor acquires Orsava, according"));
    // Two independent articles at 0.8: 1 - 0.2 * 0.2.
    CHECK(fact->confidence == Approx(0.96));
    const graph::Evidence& evidence = fact->evidences[0];
    const std::string& text = graph.find_document(evidence.document)->text;
    CHECK(evidence.subject.of(text) == "Halden Motor AG");
    CHECK(evidence.relation.of(text) == "acquires");
    CHECK(evidence.object.of(text) == "Orsava");
    REQUIRE(evidence.arguments.size() == 1);
    CHECK(evidence.arguments[0].role == "price");
    CHECK(evidence.arguments[0].value->amount == 1400000.0);
    REQUIRE(fact->evidences[1].attribution);
    CHECK(graph.find_entity(*fact->evidences[1].attribution->entity)->name == "Mei Tanaka");
    CHECK(graph::validity(*fact).from == "2026-03");
}

TEST_CASE("polarity and modality part facts, symmetric relations have one direction", "[graph][unit]") {
    const KnowledgeGraph graph = tests::sample_graph();
    std::vector<const Fact*> partners;
    for (const Fact& fact : graph.facts()) {
        if (fact.relation == "partners_with") partners.push_back(&fact);
    }
    REQUIRE(partners.size() == 2);
    CHECK(partners[0]->subject == partners[1]->subject);
    CHECK(*partners[0]->object_entity() == *partners[1]->object_entity());
    CHECK(partners[0]->polarity != partners[1]->polarity);
    for (const Fact* fact : partners) {
        const graph::Evidence& evidence = fact->evidences.front();
        const std::string& text = graph.find_document(evidence.document)->text;
        CHECK(graph.find_entity(fact->subject)->name == evidence.subject.of(text));
        CHECK(graph.object_text(*fact) == evidence.object.of(text));
        CHECK(graph.is_symmetric(*fact));
    }
}

TEST_CASE("a fact with a value hangs on its subject", "[graph][unit]") {
    const KnowledgeGraph graph = tests::sample_graph();
    const Fact* fact = find_fact(graph, "Halden Motor", "employs", "4,200 people");
    REQUIRE(fact != nullptr);
    CHECK(fact->object_entity() == nullptr);
    CHECK(fact->object_value()->amount == 4200.0);
    const auto from = graph.facts_from(fact->subject);
    CHECK(std::any_of(from.begin(), from.end(), [&](std::size_t i) { return &graph.facts()[i] == fact; }));
}

TEST_CASE("a nameless thing enters only with a fact and stays in its document", "[graph][unit]") {
    const KnowledgeGraph graph = tests::sample_graph();
    const Fact* fact = find_fact(graph, "crash", "hurt", "Pelagio");
    REQUIRE(fact != nullptr);
    CHECK(fact->open());
    CHECK_FALSE(graph.find_entity(fact->subject)->named);
    // "team" takes part in no fact.
    CHECK(graph.find_by_name("team").empty());

    GraphBuilder builder;
    for (const char* source : {"x.txt", "y.txt"}) {
        Article article(source, {"The crash hurt Pelagio."});
        const auto crash = article.nameless(EntityType::EVENT, {"The crash"});
        article.fact(crash, "", "hurt", article.named(EntityType::ORG, {"Pelagio"}));
        builder.add(article);
    }
    const KnowledgeGraph two = builder.finish();
    CHECK(two.entities().size() == 3);
    CHECK(two.facts().size() == 2);
}

TEST_CASE("equal phrases of different nameless things are told apart", "[graph][unit]") {
    GraphBuilder builder;
    Article article("x.txt", {"A fire hurt Pelagio.", "Later A fire hurt Orsava."});
    const auto pelagio = article.named(EntityType::ORG, {"Pelagio"});
    const auto orsava = article.named(EntityType::ORG, {"Orsava"});
    article.fact(article.nameless(EntityType::EVENT, {"A fire"}), "", "hurt", pelagio);
    article.fact(article.nameless(EntityType::EVENT, {"A fire"}), "", "hurt", orsava);
    builder.add(article);
    CHECK(builder.finish().entities().size() == 4);
}

TEST_CASE("what cannot enter is counted", "[graph][unit]") {
    GraphBuilder builder;
    Article article("x.txt", {"Pelagio praised itself before Orsava bought it."});
    const auto pelagio = article.named(EntityType::ORG, {"Pelagio"});
    const auto same = article.named(EntityType::ORG, {"Pelagio"});
    const auto orsava = article.named(EntityType::ORG, {"Orsava"});
    article.fact(pelagio, "praises", "praised", same);
    FactMention& lost = article.fact(orsava, "acquires", "bought", pelagio);
    lost.object = Argument{"object", article.place("it"), std::nullopt, std::nullopt};
    article.fact(orsava, "acquires", "bought", pelagio).for_graph = false;
    builder.add(article);
    const KnowledgeGraph graph = builder.finish();
    CHECK(graph.facts().empty());
    CHECK(graph.parts().facts_about_itself == 1);
    CHECK(graph.parts().facts_without_entity == 1);
}

TEST_CASE("a document counts once however often it is added", "[graph][unit]") {
    GraphBuilder builder(tests::sample_relations());
    for (int round = 0; round < 2; ++round) {
        for (const Article& article : tests::sample_articles()) builder.add(article);
    }
    const KnowledgeGraph graph = builder.finish();
    CHECK(graph.documents().size() == 3);
    CHECK(find_fact(graph, "Halden Motor", "acquires", "Orsava")->evidences.size() == 2);
}

TEST_CASE("pronouns count as mentions and surnames find their person", "[graph][unit]") {
    const KnowledgeGraph graph = tests::sample_graph();
    const auto tanaka = graph.find_by_name("mei tanaka");
    REQUIRE(tanaka.size() == 1);
    CHECK(graph.find_entity(tanaka[0])->mentions == 3);
    CHECK(graph.find_entity(tanaka[0])->documents == 2);

    GraphBuilder builder;
    Article article("x.txt", {"Mei Tanaka left.", "Tanaka was tired of Kestrel."});
    article.named(EntityType::PERSON, {"Mei Tanaka"});
    article.named(EntityType::PERSON, {"Kestrel"});
    const auto alone = article.named(EntityType::PERSON, {"Tanaka was"});
    article.analysed().chains[alone].name = "Tanaka";
    article.analysed().mentions.back().span.end -= 4;
    builder.add(article);
    const KnowledgeGraph two = builder.finish();
    CHECK(two.entities().size() == 2);
    CHECK(two.find_entity(two.find_by_name("Tanaka").front())->name == "Mei Tanaka");
}

TEST_CASE("in one document a name has one type", "[graph][unit]") {
    GraphBuilder builder;
    Article article("x.txt", {"Lisbon voted.", "Later Lisbon rested.", "In Lisbon it rained."});
    article.named(EntityType::ORG, {"Lisbon voted"});
    article.named(EntityType::GPE, {"Lisbon rested", "Lisbon it"});
    article.named(EntityType::WORK, {"Lisbon"});
    for (Mention& mention : article.analysed().mentions) mention.span.end = mention.span.begin + 6;
    for (Chain& chain : article.analysed().chains) chain.name = "Lisbon";
    builder.add(article);
    const KnowledgeGraph graph = builder.finish();
    REQUIRE(graph.entities().size() == 2);
    const auto place = std::find_if(graph.entities().begin(), graph.entities().end(),
                                    [](const auto& entity) { return entity.type == EntityType::GPE; });
    REQUIRE(place != graph.entities().end());
    CHECK(place->mentions == 3);
}

TEST_CASE("values that say the same are one fact", "[graph][unit]") {
    GraphBuilder builder;
    for (const auto& [source, text] :
         {std::pair("x.txt", "4,200 people"), std::pair("y.txt", "4200 people")}) {
        Article article(source, {std::string("Halden employs ") + text + "."});
        const auto halden = article.named(EntityType::ORG, {"Halden"});
        article.value(halden, "employs", "employs", {ValueKind::quantity, text, 4200.0, "person", ""});
        builder.add(article);
    }
    const KnowledgeGraph graph = builder.finish();
    REQUIRE(graph.facts().size() == 1);
    CHECK(graph.facts()[0].evidences.size() == 2);
    CHECK(graph.object_text(graph.facts()[0]) == "4200 people");
}

TEST_CASE("two rules with the same words are one evidence, that of the surer rule", "[graph][unit]") {
    GraphBuilder builder;
    Article article("x.txt", {"Halden acquires Orsava."});
    const auto halden = article.named(EntityType::ORG, {"Halden"});
    const auto orsava = article.named(EntityType::ORG, {"Orsava"});
    article.fact(halden, "acquires", "acquires", orsava).confidence = 0.5F;
    FactMention& surer = article.fact(halden, "acquires", "acquires", orsava);
    surer.confidence = 0.9F;
    surer.by = "surer";
    builder.add(article);
    const KnowledgeGraph graph = builder.finish();
    REQUIRE(graph.facts()[0].evidences.size() == 1);
    CHECK(graph.facts()[0].evidences[0].by == "surer");
    CHECK(graph.facts()[0].confidence == 0.9);
}

TEST_CASE("an article without words, facts or names is kept", "[graph][unit]") {
    GraphBuilder builder;
    builder.add(Article("empty.txt", {}));
    const KnowledgeGraph graph = builder.finish();
    CHECK(graph.documents().size() == 1);
    CHECK(graph.entities().empty());
}

TEST_CASE("names of control characters alone are no entities", "[graph][hostile]") {
    GraphBuilder builder;
    Article article("x.txt", {"\x01\x02 acquires Orsava."});
    const auto nothing = article.named(EntityType::ORG, {"\x01\x02"});
    article.fact(nothing, "acquires", "acquires", article.named(EntityType::ORG, {"Orsava"}));
    builder.add(article);
    const KnowledgeGraph graph = builder.finish();
    CHECK(graph.entities().size() == 1);
    CHECK(graph.parts().facts_without_entity == 1);
}

TEST_CASE("a graph whose parts point to nothing is refused", "[graph][unit]") {
    const KnowledgeGraph whole = tests::sample_graph();
    graph::GraphParts parts = whole.parts();
    parts.facts[0].subject = EntityId{42};
    CHECK_THROWS_AS(KnowledgeGraph(parts), Error);
    parts = whole.parts();
    parts.facts[0].evidences[0].sentence = 99;
    CHECK_THROWS_AS(KnowledgeGraph(parts), Error);
    parts = whole.parts();
    parts.facts[0].evidences[0].object = {0, 1000000};
    CHECK_THROWS_AS(KnowledgeGraph(parts), Error);
    parts = whole.parts();
    parts.entities.push_back(parts.entities.front());
    CHECK_THROWS_AS(KnowledgeGraph(parts), Error);
}

TEST_CASE("a search finds equal names first, then beginnings, then words, then parts", "[graph][unit]") {
    GraphBuilder builder;
    Article article("x.txt", {"Halden", "Halden Motor", "New Halden", "Underhalden", "Pelagio"});
    for (const char* name : {"Underhalden", "New Halden", "Halden Motor", "Halden", "Pelagio"}) {
        article.named(EntityType::ORG, {name});
    }
    builder.add(article);
    const KnowledgeGraph graph = builder.finish();
    std::vector<std::string> names;
    for (const EntityId id : graph.search_names("HÁLDEN", 10)) names.push_back(graph.find_entity(id)->name);
    CHECK(names == std::vector<std::string>{"Halden", "Halden Motor", "New Halden", "Underhalden"});
    CHECK(graph.search_names("halden", 2).size() == 2);
    CHECK(graph.search_names("", 10).empty());
    CHECK(graph.find_by_name("Halden Motor GmbH").size() == 1);
}
