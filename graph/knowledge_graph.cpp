// SPDX-License-Identifier: Apache-2.0
#include "graph/knowledge_graph.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "core/error.hpp"
#include "graph/names.hpp"

namespace relata::graph {
namespace {

// Lists of indices by a dense key, in two flat arrays.
class IndexLists {
  public:
    IndexLists() = default;
    IndexLists(std::size_t keys, std::vector<std::pair<std::size_t, std::size_t>> entries) {
        std::sort(entries.begin(), entries.end());
        entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
        begin_.assign(keys + 1, 0);
        for (const auto& [key, index] : entries) {
            ++begin_[key + 1];
            items_.push_back(index);
        }
        for (std::size_t i = 0; i < keys; ++i) begin_[i + 1] += begin_[i];
    }
    std::span<const std::size_t> operator[](std::size_t key) const {
        return std::span(items_).subspan(begin_[key], begin_[key + 1] - begin_[key]);
    }

  private:
    std::vector<std::size_t> begin_;
    std::vector<std::size_t> items_;
};

template <class Items>
auto indices_by_id(const Items& items, std::string_view what) {
    std::unordered_map<decltype(items.front().id), std::size_t> indices;
    indices.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!indices.try_emplace(items[i].id, i).second) {
            throw Error("two " + std::string(what) + " have the id " + items[i].id.text());
        }
    }
    return indices;
}

template <class Id>
std::size_t at(const std::unordered_map<Id, std::size_t>& indices, Id id, std::string_view what) {
    const auto entry = indices.find(id);
    if (entry == indices.end()) throw Error("there is no " + std::string(what) + " with the id " + id.text());
    return entry->second;
}

}  // namespace

struct KnowledgeGraph::State {
    GraphParts parts;
    std::unordered_map<EntityId, std::size_t> entity_index;
    std::unordered_map<FactId, std::size_t> fact_index;
    std::unordered_map<DocumentId, std::size_t> document_index;
    IndexLists from;
    IndexLists to;
    IndexLists in;
    struct SearchName {
        std::string text;
        std::size_t entity = 0;
    };
    std::vector<SearchName> names;  // folded names and aliases, sorted
};

KnowledgeGraph::KnowledgeGraph() : KnowledgeGraph(GraphParts{}) {}
KnowledgeGraph::~KnowledgeGraph() = default;
KnowledgeGraph::KnowledgeGraph(KnowledgeGraph&&) noexcept = default;
KnowledgeGraph& KnowledgeGraph::operator=(KnowledgeGraph&&) noexcept = default;

KnowledgeGraph::KnowledgeGraph(GraphParts parts) {
    auto state = std::make_unique<State>();
    std::sort(parts.documents.begin(), parts.documents.end(), [](const auto& a, const auto& b) {
        return std::tie(a.source, a.id) < std::tie(b.source, b.id);
    });
    std::sort(parts.entities.begin(), parts.entities.end(),
              [](const auto& a, const auto& b) { return std::tie(a.name, a.id) < std::tie(b.name, b.id); });
    std::sort(parts.relations.begin(), parts.relations.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    state->document_index = indices_by_id(parts.documents, "documents");
    state->entity_index = indices_by_id(parts.entities, "entities");
    const auto entity = [&](EntityId id) { return at(state->entity_index, id, "entity"); };
    const auto document = [&](DocumentId id) { return at(state->document_index, id, "document"); };

    for (SourceDocument& source : parts.documents) {
        std::stable_sort(source.mentions.begin(), source.mentions.end(), [](const auto& a, const auto& b) {
            return std::tie(a.span, a.entity) < std::tie(b.span, b.entity);
        });
        for (const SourceSentence& sentence : source.sentences) {
            if (sentence.span.begin > sentence.span.end || sentence.span.end > source.text.size()) {
                throw Error("a sentence of \"" + source.source + "\" lies outside its text");
            }
        }
        for (const SourceMention& mention : source.mentions) {
            entity(mention.entity);
            if (mention.span.begin > mention.span.end || mention.span.end > source.text.size() ||
                mention.sentence >= source.sentences.size()) {
                throw Error("a mention of \"" + source.source + "\" lies outside its text");
            }
        }
    }
    // Places are made once, not in every comparison.
    std::vector<std::pair<std::tuple<std::size_t, std::size_t>, std::size_t>> order;
    order.reserve(parts.facts.size());
    for (std::size_t i = 0; i < parts.facts.size(); ++i) {
        const Fact& fact = parts.facts[i];
        const EntityId* object = fact.object_entity();
        order.push_back(
            {{entity(fact.subject), object != nullptr ? entity(*object) : parts.entities.size()}, i});
    }
    std::sort(order.begin(), order.end(), [&](const auto& left, const auto& right) {
        const Fact& a = parts.facts[left.second];
        const Fact& b = parts.facts[right.second];
        const auto key = [](const Fact& fact, std::size_t object) {
            // Not `value ? value->text : ""`: that makes a temporary string, and the view outlives it.
            const auto* value = fact.object_value();
            return std::tuple(fact.open(), std::string_view(fact.relation_name()), fact.polarity,
                              fact.modality, object,
                              value != nullptr ? std::string_view(value->text) : std::string_view(), fact.id);
        };
        if (std::get<0>(left.first) != std::get<0>(right.first)) return left.first < right.first;
        return key(a, std::get<1>(left.first)) < key(b, std::get<1>(right.first));
    });
    std::vector<Fact> facts;
    facts.reserve(parts.facts.size());
    for (const auto& [key, index] : order) facts.push_back(std::move(parts.facts[index]));
    parts.facts = std::move(facts);
    state->fact_index = indices_by_id(parts.facts, "facts");

    std::vector<std::pair<std::size_t, std::size_t>> from;
    std::vector<std::pair<std::size_t, std::size_t>> to;
    std::vector<std::pair<std::size_t, std::size_t>> in;
    for (std::size_t i = 0; i < parts.facts.size(); ++i) {
        const Fact& fact = parts.facts[i];
        from.emplace_back(entity(fact.subject), i);
        if (const EntityId* object = fact.object_entity()) to.emplace_back(entity(*object), i);
        if (fact.evidences.empty()) throw Error("the fact " + fact.id.text() + " has no evidence");
        for (const Evidence& evidence : fact.evidences) {
            const SourceDocument& source = parts.documents[document(evidence.document)];
            in.emplace_back(document(evidence.document), i);
            if (evidence.sentence >= source.sentences.size()) {
                throw Error("the fact " + fact.id.text() + " points to a sentence that is not there");
            }
            for (const ByteSpan span : {evidence.subject, evidence.relation, evidence.object}) {
                if (span.begin > span.end || span.end > source.text.size()) {
                    throw Error("the fact " + fact.id.text() + " points outside its document");
                }
            }
            if (evidence.attribution && evidence.attribution->entity) entity(*evidence.attribution->entity);
            for (const EvidenceArgument& argument : evidence.arguments) {
                if (argument.entity) entity(*argument.entity);
            }
        }
    }
    state->from = IndexLists(parts.entities.size(), std::move(from));
    state->to = IndexLists(parts.entities.size(), std::move(to));
    state->in = IndexLists(parts.documents.size(), std::move(in));

    std::stable_sort(parts.merges.begin(), parts.merges.end(), [&](const Merge& a, const Merge& b) {
        return std::tuple(entity(a.entity), std::string_view(a.form)) <
               std::tuple(entity(b.entity), std::string_view(b.form));
    });
    for (std::size_t i = 0; i < parts.entities.size(); ++i) {
        const Entity& known = parts.entities[i];
        state->names.push_back({fold(known.name), i});
        for (const Alias& alias : known.aliases) state->names.push_back({fold(alias.text), i});
    }
    std::sort(state->names.begin(), state->names.end(), [](const auto& a, const auto& b) {
        return std::tie(a.text, a.entity) < std::tie(b.text, b.entity);
    });
    state->parts = std::move(parts);
    state_ = std::move(state);
}

const GraphParts& KnowledgeGraph::parts() const {
    return state_->parts;
}
const std::vector<Entity>& KnowledgeGraph::entities() const {
    return state_->parts.entities;
}
const std::vector<Fact>& KnowledgeGraph::facts() const {
    return state_->parts.facts;
}
const std::vector<SourceDocument>& KnowledgeGraph::documents() const {
    return state_->parts.documents;
}
const std::vector<RelationInfo>& KnowledgeGraph::relations() const {
    return state_->parts.relations;
}
const std::vector<Merge>& KnowledgeGraph::merges() const {
    return state_->parts.merges;
}

const Entity* KnowledgeGraph::find_entity(EntityId id) const {
    const auto entry = state_->entity_index.find(id);
    return entry == state_->entity_index.end() ? nullptr : &entities()[entry->second];
}
const Fact* KnowledgeGraph::find_fact(FactId id) const {
    const auto entry = state_->fact_index.find(id);
    return entry == state_->fact_index.end() ? nullptr : &facts()[entry->second];
}
const SourceDocument* KnowledgeGraph::find_document(DocumentId id) const {
    const auto entry = state_->document_index.find(id);
    return entry == state_->document_index.end() ? nullptr : &documents()[entry->second];
}
const RelationInfo* KnowledgeGraph::find_relation(std::string_view name) const {
    const auto& all = relations();
    const auto found =
        std::lower_bound(all.begin(), all.end(), name,
                         [](const RelationInfo& info, std::string_view n) { return info.name < n; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

std::size_t KnowledgeGraph::index_of(EntityId id) const {
    const auto entry = state_->entity_index.find(id);
    RELATA_EXPECTS(entry != state_->entity_index.end());
    return entry->second;
}
std::size_t KnowledgeGraph::index_of(DocumentId id) const {
    const auto entry = state_->document_index.find(id);
    RELATA_EXPECTS(entry != state_->document_index.end());
    return entry->second;
}

std::span<const std::size_t> KnowledgeGraph::facts_from(EntityId id) const {
    return state_->from[index_of(id)];
}
std::span<const std::size_t> KnowledgeGraph::facts_to(EntityId id) const {
    return state_->to[index_of(id)];
}
std::vector<std::size_t> KnowledgeGraph::facts_of(EntityId id) const {
    const auto from = facts_from(id);
    const auto to = facts_to(id);
    std::vector<std::size_t> both;
    std::set_union(from.begin(), from.end(), to.begin(), to.end(), std::back_inserter(both));
    return both;
}
std::span<const std::size_t> KnowledgeGraph::facts_in(DocumentId id) const {
    return state_->in[index_of(id)];
}

ByteSpan KnowledgeGraph::sentence_span(const Evidence& evidence) const {
    return documents()[index_of(evidence.document)].sentences.at(evidence.sentence).span;
}
std::string_view KnowledgeGraph::sentence_text(const Evidence& evidence) const {
    return sentence_span(evidence).of(documents()[index_of(evidence.document)].text);
}

std::string KnowledgeGraph::relation_label(const Fact& fact) const {
    if (fact.open()) return fact.phrase;
    if (const RelationInfo* info = find_relation(fact.relation); info != nullptr && !info->label.empty()) {
        return info->label;
    }
    std::string label = fact.relation;
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}
bool KnowledgeGraph::is_symmetric(const Fact& fact) const {
    const RelationInfo* info = find_relation(fact.relation);
    return info != nullptr && info->symmetric;
}
const std::string& KnowledgeGraph::object_text(const Fact& fact) const {
    if (const EntityId* object = fact.object_entity()) return entities()[index_of(*object)].name;
    return fact.object_value()->text;
}

std::vector<EntityId> KnowledgeGraph::find_by_name(std::string_view name) const {
    std::vector<std::size_t> found;
    const std::string folded = fold(name);
    if (folded.empty()) return {};
    const auto take = [&](std::string_view text) {
        const auto begin = std::lower_bound(
            state_->names.begin(), state_->names.end(), text,
            [](const State::SearchName& entry, std::string_view t) { return entry.text < t; });
        for (auto i = begin; i != state_->names.end() && i->text == text; ++i) found.push_back(i->entity);
    };
    take(folded);
    if (found.empty()) {
        // "Halden Motor GmbH" asked for, "Halden Motor" known.
        take(name_key(name, TypeGroup::organisation).text);
        take(name_key(name, TypeGroup::person).text);
    }
    std::sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
        const std::size_t left = entities()[a].mentions;
        const std::size_t right = entities()[b].mentions;
        return left != right ? left > right : a < b;
    });
    std::vector<EntityId> ids;
    for (const std::size_t index : found) {
        const EntityId id = entities()[index].id;
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return ids;
}

std::vector<EntityId> KnowledgeGraph::search_names(std::string_view text, std::size_t limit) const {
    const std::string folded = fold(text);
    if (folded.empty() || limit == 0) return {};
    constexpr int k_no_match = 4;
    std::unordered_map<std::size_t, int> group;
    for (const auto& [name, entity] : state_->names) {
        const std::size_t place = name.find(folded);
        if (place == std::string::npos) continue;
        const int match = name.size() == folded.size()                   ? 0
                          : place == 0                                   ? 1
                          : name.find(" " + folded) != std::string::npos ? 2
                                                                         : 3;
        const auto [entry, is_new] = group.try_emplace(entity, k_no_match);
        entry->second = std::min(entry->second, match);
    }
    std::vector<std::tuple<int, std::size_t, std::size_t>> hits;  // group, rarity, place
    const std::size_t most = static_cast<std::size_t>(-1);
    for (const auto& [entity, match] : group)
        hits.emplace_back(match, most - entities()[entity].mentions, entity);
    std::sort(hits.begin(), hits.end());
    if (hits.size() > limit) hits.resize(limit);
    std::vector<EntityId> ids;
    for (const auto& [match, rarity, entity] : hits) ids.push_back(entities()[entity].id);
    return ids;
}

}  // namespace relata::graph
