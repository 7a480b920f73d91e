// SPDX-License-Identifier: Apache-2.0
#include "web/filter.hpp"

#include <catch2/catch.hpp>

#include "example.hpp"
#include "web/search.hpp"
#include "web/segments.hpp"
#include "web/site.hpp"

using namespace relata;
using namespace relata::web;

namespace {

FactFilter filter(std::vector<std::pair<std::string, std::string>> parameters) {
    return parse_filter(
        Query({"/", std::move(parameters)}, {"rel", "type", "from", "to", "conf", "said", "src"}));
}

std::size_t admitted(const graph::KnowledgeGraph& graph, const FactFilter& chosen) {
    std::size_t count = 0;
    for (const graph::Fact& fact : graph.facts()) count += chosen.admits(graph, fact) ? 1U : 0U;
    return count;
}

int status(const std::vector<std::pair<std::string, std::string>>& parameters) {
    try {
        filter(parameters);
        return 200;
    } catch (const RequestError& error) {
        return error.status();
    }
}

}  // namespace

TEST_CASE("a filter admits what its parameters say", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    CHECK(admitted(graph, filter({})) == graph.facts().size());
    CHECK(admitted(graph, filter({{"rel", "acquires"}})) == 2);
    CHECK(admitted(graph, filter({{"rel", "win"}})) == 1);
    CHECK(admitted(graph, filter({{"type", "GPE"}})) == 2);
    CHECK(admitted(graph, filter({{"type", "VALUE"}})) == 1);
    CHECK(admitted(graph, filter({{"conf", "0.75"}})) == graph.facts().size() - 2);
    CHECK(admitted(graph, filter({{"said", "qualified"}})) == 5);
    CHECK(admitted(graph, filter({{"said", "asserted"}})) == graph.facts().size() - 5);
    CHECK(admitted(graph, filter({{"src", graph.documents()[0].id.text()}})) ==
          graph.facts_in(graph.documents()[0].id).size());
}

TEST_CASE("times of unequal precision meet, and facts without a time are left out", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    CHECK(admitted(graph, filter({{"from", "2017"}})) == 3);
    CHECK(admitted(graph, filter({{"from", "2025"}, {"to", "2025"}})) == 1);
    CHECK(admitted(graph, filter({{"from", "2025-03"}, {"to", "2025-03-11"}})) == 1);
    CHECK(admitted(graph, filter({{"from", "2025-03-12"}, {"to", "2025-12"}})) == 0);
    CHECK(admitted(graph, filter({{"to", "2020"}})) == 1);
}

TEST_CASE("values that no filter can have are errors", "[web][unit]") {
    CHECK(status({{"conf", "1.5"}}) == 422);
    CHECK(status({{"conf", "nan"}}) == 422);
    CHECK(status({{"conf", "0.5x"}}) == 422);
    CHECK(status({{"from", "March"}}) == 422);
    CHECK(status({{"to", "2025-3"}}) == 422);
    CHECK(status({{"type", "ROBOT"}}) == 422);
    CHECK(status({{"said", "maybe"}}) == 422);
    CHECK(status({{"src", "1"}}) == 422);
    CHECK(status({{"confidence", "0.5"}}) == 400);
    CHECK(status({{"conf", "0.5"}, {"conf", "0.6"}}) == 400);
    CHECK(status({{"rel", "\xFF"}}) == 400);
}

TEST_CASE("a filter written as parameters reads back equal", "[web][unit]") {
    const FactFilter chosen =
        filter({{"rel", "win & lose"}, {"type", "ORG"}, {"conf", "0.5"}, {"said", "asserted"}});
    CHECK(chosen.parameters() == "&rel=win%20%26%20lose&type=ORG&conf=0.50&said=asserted");
    CHECK(filter({}).parameters().empty());
}

TEST_CASE("segments joined are the sentence, and each role stands where its words are", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    for (const graph::Fact& fact : graph.facts()) {
        for (const graph::Evidence& evidence : fact.evidences) {
            std::string joined;
            std::string subject;
            for (const Segment& segment : segments(graph, evidence)) {
                joined += segment.text;
                if (segment.role == SegmentRole::subject) subject += segment.text;
            }
            CHECK(joined == graph.sentence_text(evidence));
            CHECK(subject == evidence.subject.of(graph.find_document(evidence.document)->text));
        }
    }
}

TEST_CASE("of overlapping spans the shorter one shows", "[web][unit]") {
    // "Norrvik's chief": the name inside the phrase of the relation.
    graph::GraphParts parts;
    graph::SourceDocument document;
    document.id = DocumentId{1};
    document.text = "Norrvik's chief left.";
    document.sentences = {{{0, 21}, BlockKind::paragraph}};
    parts.documents.push_back(document);
    graph::Entity entity;
    entity.id = EntityId{1};
    entity.name = "Norrvik";
    parts.entities.push_back(entity);
    const graph::KnowledgeGraph graph(std::move(parts));
    graph::Evidence evidence;
    evidence.document = DocumentId{1};
    evidence.subject = {0, 7};
    evidence.relation = {0, 15};
    const std::vector<Segment> pieces = segments(graph, evidence);
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0].text == "Norrvik");
    CHECK(pieces[0].role == SegmentRole::subject);
    CHECK(pieces[1].text == "'s chief");
    CHECK(pieces[1].role == SegmentRole::relation);
}

TEST_CASE("sentences are found by the beginnings of their words", "[web][unit]") {
    const graph::KnowledgeGraph graph = example::ferries();
    const Site site(graph, "ferries", "test");
    CHECK(find_sentences(site, search_words("PARTNERSHIP battery"), 10, 0).total == 1);
    CHECK(find_sentences(site, search_words("artnership"), 10, 0).total == 0);
    const SentenceMatches all = find_sentences(site, search_words("celdra"), 2, 0);
    CHECK(all.places.size() == 2);
    CHECK(all.total > 2);
    const SentenceMatches next = find_sentences(site, search_words("celdra"), 2, 2);
    CHECK(next.total == all.total);
    CHECK(std::pair(next.places[0].document, next.places[0].sentence) !=
          std::pair(all.places[0].document, all.places[0].sentence));
    CHECK(find_sentences(site, search_words(""), 10, 0).total == 0);
    REQUIRE(matches("Celdra, celdra", search_words("celdra cel")).size() == 2);
    CHECK(find_relations(site, search_words("acq"), 5).size() == 1);
}
