// SPDX-License-Identifier: Apache-2.0
// Fact: one distinct (subject, relation, object, polarity, modality) with all its evidence. Several sentences
// that say the same thing are several evidences of one fact; nothing of a sentence is lost by merging. All
// spans count bytes of the evidence's own document (SourceDocument::text).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/document.hpp"
#include "core/fact.hpp"
#include "core/ids.hpp"
#include "core/span.hpp"

namespace relata::graph {

// A further argument: amount, price, place, purpose, role, …
struct EvidenceArgument {
    std::string role;
    std::string text;  // as written
    ByteSpan span;
    std::optional<EntityId> entity;
    std::optional<Value> value;
};

struct EvidenceAttribution {
    std::string text;  // who says so, as written
    ByteSpan span;
    std::optional<EntityId> entity;
};

struct Evidence {
    DocumentId document;
    std::size_t sentence = 0;  // index in SourceDocument::sentences
    ByteSpan subject;          // where the sentence speaks of the fact's subject
    ByteSpan relation;         // empty when position alone expresses it
    ByteSpan object;
    std::string relation_text;  // this sentence's normalised phrase
    std::optional<EvidenceAttribution> attribution;
    std::optional<FactTime> time;
    bool past = false;  // a state that no longer held when this was written
    std::vector<EvidenceArgument> arguments;
    double confidence = 0;  // 0..1
    std::string by;         // the rule or model that found it
};

struct Fact {
    FactId id;
    EntityId subject;
    std::string relation;  // canonical name, or empty for an open relation
    std::string phrase;    // open: the normalised phrase; canonical: the most frequent phrase of its evidence
    std::variant<EntityId, Value> object;
    Polarity polarity = Polarity::positive;
    Modality modality = Modality::asserted;
    double confidence = 0;            // noisy-or over documents, at most 0.99
    std::vector<Evidence> evidences;  // at least one; by document source, then place in the text

    bool open() const { return relation.empty(); }
    // Canonical name or open phrase.
    const std::string& relation_name() const { return relation.empty() ? phrase : relation; }
    const EntityId* object_entity() const { return std::get_if<EntityId>(&object); }
    const Value* object_value() const { return std::get_if<Value>(&object); }
};

// What the ontology says about a canonical relation, as far as the graph needs it.
struct RelationInfo {
    std::string name;           // "partners_with"
    std::string label;          // "partners with"
    std::string inverse_label;  // "is acquired by"; empty when unknown
    bool symmetric = false;     // A partners_with B says B partners_with A
};

// When a fact held or happened, from the times of its evidence: ISO 8601 with the precision known, or empty.
struct Validity {
    std::string from;
    std::string to;
};
// The most frequent dated time among the evidences, ties by the earlier; an interval "2019/2024" fills both
// ends, a single date fills `from`, or `to` when the evidence calls the state past.
Validity validity(const Fact& fact);

// The relation with its certainty, as the kind of an edge: "acquires", "not acquires", "acquires (planned)",
// "not acquires (possible)".
std::string certainty_label(std::string_view relation, Polarity polarity, Modality modality);

// A document without its blocks and tokens: what evidence points into.
struct SourceSentence {
    ByteSpan span;
    BlockKind block = BlockKind::paragraph;
};
struct SourceMention {
    std::size_t sentence = 0;
    ByteSpan span;
    EntityId entity;
    MentionKind kind = MentionKind::name;
};
struct SourceDocument {
    DocumentId id;
    std::string source;
    std::string uri;
    std::string title;
    std::string author;
    std::string published;
    std::string publisher;
    std::string language;
    std::string text;
    std::vector<SourceSentence> sentences;  // in text order
    std::vector<SourceMention> mentions;    // by place in the text; mentions of entities of the graph only
};

}  // namespace relata::graph
