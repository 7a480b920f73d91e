// SPDX-License-Identifier: Apache-2.0
// Resolver: what documents call things -> entities, each decision with its reason. Two steps. add() gives a
// local entity the cluster of its key (names.hpp), which needs to know nothing else. resolve() then joins
// clusters: middle initials of persons, short names and acronyms of organisations. A join needs evidence
// between the two clusters (one document that uses both for one thing, or initials that fit exactly one
// name), never a path of weak links, and is refused when a document speaks of both as different things. Work
// grows with the number of names, not its square; the result does not depend on the order of add().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ids.hpp"
#include "graph/entity.hpp"
#include "graph/names.hpp"

namespace relata::graph {

// What one document calls one thing: a chain, or a name that is in none.
struct LocalEntity {
    std::string name;  // fullest in the document
    EntityType type = EntityType::OTHER;
    std::vector<std::string> forms;  // one for each mention that is a name
    std::size_t mentions = 0;        // names, nominals and pronouns
};

class Resolver {
  public:
    // Stands for a cluster until resolve() says which entity it became.
    using Handle = std::uint32_t;

    // Documents come one at a time. A person known by one word only is known inside the document only.
    // Precondition: clean_name(local.name) is not empty and its type no value.
    Handle add(DocumentId document, const LocalEntity& local);
    // A thing without a name; `ordinal` tells equal phrases of one document apart, 0 for the first.
    Handle add_nameless(DocumentId document, const LocalEntity& local, std::size_t ordinal);

    struct Resolution {
        std::vector<Entity> entities;
        std::vector<Merge> merges;
        std::vector<EntityId> of;  // by handle
    };
    Resolution resolve();

  private:
    struct Form {
        std::size_t mentions = 0;
        std::vector<DocumentId> documents;
    };
    struct Cluster {
        TypeGroup group = TypeGroup::other;
        std::string key;
        DocumentId scope;  // {} for a name that is known everywhere
        bool named = true;
        bool acronym = false;  // some form is written as one
        std::array<std::size_t, 18> types{};
        std::map<std::string, Form> forms;
        std::map<std::string, std::vector<DocumentId>> aliases;  // other keys that its documents use for it
        std::vector<DocumentId> documents;
        std::size_t mentions = 0;
    };
    struct Join {
        Handle into = 0;
        MergeReason reason = MergeReason::spelling;
        double score = 1;
    };

    Handle cluster_of(TypeGroup group, std::string key, DocumentId scope);
    void count(Cluster& cluster, DocumentId document, const LocalEntity& local);
    void join_middle_names();
    void join_short_names();
    void join_mistaken_persons();
    bool is_apart(Handle left, Handle right) const;
    void join(Handle short_name, Handle into, MergeReason reason, double score);
    Handle root(Handle handle) const;
    Entity describe(const std::vector<Handle>& members, std::vector<Merge>& merges) const;

    std::vector<Cluster> clusters_;
    std::unordered_map<std::string, Handle> handles_;
    std::vector<Join> joins_;                         // by handle
    std::vector<std::vector<DocumentId>> documents_;  // of the joined cluster, by root, sorted
};

}  // namespace relata::graph
