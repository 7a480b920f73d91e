// SPDX-License-Identifier: Apache-2.0
// KnowledgeGraph: entities, facts, evidence and documents in memory, ready for reading. It is made once (by
// GraphBuilder::finish or load) and never changes, so any number of threads may read it. Vertices are
// entities, edges are facts between two entities; a fact with a value hangs on its subject. Order is by
// content: entities by name, then id; facts by subject, relation, certainty, object; documents by source.
// Indices are positions in these lists.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "graph/entity.hpp"
#include "graph/fact.hpp"

namespace relata::graph {

// What a graph is made of, in any order.
struct GraphParts {
    std::vector<SourceDocument> documents;
    std::vector<Entity> entities;
    std::vector<Fact> facts;
    std::vector<RelationInfo> relations;
    std::vector<Merge> merges;
    // Facts that the documents state but that could not enter: an end without an entity, or both ends the
    // same.
    std::size_t facts_without_entity = 0;
    std::size_t facts_about_itself = 0;
};

class KnowledgeGraph {
  public:
    KnowledgeGraph();
    // Sorts the parts. Throws Error when a fact, evidence or mention points to nothing, or an id stands
    // twice.
    explicit KnowledgeGraph(GraphParts parts);
    ~KnowledgeGraph();
    KnowledgeGraph(KnowledgeGraph&&) noexcept;
    KnowledgeGraph& operator=(KnowledgeGraph&&) noexcept;

    const std::vector<Entity>& entities() const;
    const std::vector<Fact>& facts() const;
    const std::vector<SourceDocument>& documents() const;
    const std::vector<RelationInfo>& relations() const;  // by name
    const std::vector<Merge>& merges() const;            // by entity's place, then form
    const GraphParts& parts() const;

    // nullptr when there is none.
    const Entity* find_entity(EntityId id) const;
    const Fact* find_fact(FactId id) const;
    const SourceDocument* find_document(DocumentId id) const;
    const RelationInfo* find_relation(std::string_view name) const;
    // Positions in entities() and documents(). Precondition: the id is in the graph.
    std::size_t index_of(EntityId id) const;
    std::size_t index_of(DocumentId id) const;

    // Indices in facts() of the facts that have the entity as subject, or as object; ascending.
    std::span<const std::size_t> facts_from(EntityId id) const;
    std::span<const std::size_t> facts_to(EntityId id) const;
    // Both, ascending, each once.
    std::vector<std::size_t> facts_of(EntityId id) const;
    // Indices in facts() of the facts with evidence in the document, ascending.
    std::span<const std::size_t> facts_in(DocumentId id) const;

    // The sentence of an evidence, and where it stands in its document's text.
    std::string_view sentence_text(const Evidence& evidence) const;
    ByteSpan sentence_span(const Evidence& evidence) const;

    // Name for people: the ontology's label, else the name with spaces for underscores, else the open phrase.
    std::string relation_label(const Fact& fact) const;
    bool is_symmetric(const Fact& fact) const;
    // The object's canonical name, or the value's text.
    const std::string& object_text(const Fact& fact) const;

    // Entities whose name or alias is `name` but for case, accents, punctuation and legal suffixes.
    std::vector<EntityId> find_by_name(std::string_view name) const;
    // Entities for a search box, best first: equal names, then names that begin so, then words that begin so,
    // then names that hold it; inside each group the more often mentioned first.
    std::vector<EntityId> search_names(std::string_view text, std::size_t limit) const;

  private:
    struct State;
    std::unique_ptr<const State> state_;
};

}  // namespace relata::graph
