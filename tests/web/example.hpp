// SPDX-License-Identifier: Apache-2.0
// Graphs made by hand for the tests of the page: a small story, hostile names, nothing at all. The text is
// our own invention.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/knowledge_graph.hpp"

namespace relata::web::example {

// Collects documents, entities and facts. Spans are found by their words, so that a sentence stays readable.
class Story {
  public:
    EntityId entity(std::string name, EntityType type, std::vector<std::string> aliases = {});
    // Sentences are joined to one paragraph; an empty one begins a new paragraph. Mentions are all whole
    // occurrences of names and aliases of the entities known so far.
    DocumentId article(std::string title, std::string published, std::string publisher,
                       const std::vector<std::string>& sentences);

    struct Said {
        DocumentId document;
        std::size_t sentence = 0;
        std::string subject;  // words of the sentence
        std::string words;    // of the relation
        std::string object;
        Polarity polarity = Polarity::positive;
        Modality modality = Modality::asserted;
        std::string time = {};  // ISO 8601
        std::optional<EntityId> by = std::nullopt;
        double confidence = 0.9;
    };
    // `relation` canonical or, when `open`, a phrase. Saying the same again adds evidence.
    FactId fact(EntityId subject, std::string_view relation, EntityId object, const Said& said);
    FactId fact(EntityId subject, std::string_view relation, const Value& object, const Said& said);
    FactId open_fact(EntityId subject, std::string_view phrase, EntityId object, const Said& said);

    graph::KnowledgeGraph finish();

  private:
    FactId add(EntityId subject, std::string_view relation, std::string_view phrase,
               std::variant<EntityId, Value> object, const Said& said);
    graph::GraphParts parts_;
};

// Four articles, about twenty facts of every kind.
graph::KnowledgeGraph ferries();
// Names, titles, addresses and sentences that attack the page.
graph::KnowledgeGraph hostile();
// One entity with `neighbours` partners.
graph::KnowledgeGraph hub(std::size_t neighbours);
// One article without facts.
graph::KnowledgeGraph silent();

}  // namespace relata::web::example
