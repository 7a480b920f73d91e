// SPDX-License-Identifier: Apache-2.0
// FactBuilder: makes FactMentions out of argument tokens. It resolves a token to a mention or value, attaches
// qualifiers, time, place and amounts, decides whether a fact belongs into the graph, and keeps one fact per
// distinct statement of a sentence.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/facts/document_view.hpp"
#include "ingest/facts/ontology.hpp"
#include "ingest/facts/qualifiers.hpp"
#include "ingest/facts/quotes.hpp"

namespace relata::ingest {

// An argument as the rules see it.
struct Resolved {
    std::size_t token = k_none;
    std::size_t mention = k_none;
    const FoundValue* value = nullptr;
    std::optional<Value> text;  // a phrase or title taken as a value
    ByteSpan text_span;
    EntityType type = EntityType::OTHER;
    std::size_t chain = k_none;
    bool named = false;   // its chain has a name
    bool event = false;   // a definite thing without a name that facts can be about: "the strike"
    float certainty = 1;  // of the mention and of its coreference link
    bool is_thing() const { return mention != k_none; }
};

// What a rule proposes.
struct Proposal {
    std::size_t relation = k_none;   // index in the ontology, or k_none for an open one
    std::string phrase;              // normalised words of the relation
    std::size_t trigger = k_none;    // token that qualifiers, time and place hang on
    std::vector<std::size_t> words;  // tokens that express the relation; may be empty
    Qualifiers qualifiers;
    float confidence = 0;
    std::string by;
    bool graph = true;  // the rule is good enough for the graph
};

class FactBuilder {
  public:
    FactBuilder(DocumentView& view, const Ontology& ontology)
        : view_(view), ontology_(ontology), quotations_(view) {}

    Resolved resolve(std::size_t sentence, std::size_t token) const;
    // The phrase below `token` as a value.
    Resolved phrase(std::size_t sentence, std::size_t token, ValueKind kind) const;

    // True when relation `index` admits these arguments.
    bool admits(std::size_t index, const Resolved& a, const Resolved& b) const;
    // The same for two names when one of them has a type that the recogniser of names easily takes for an
    // admitted one, or no known type.
    bool admits_loosely(std::size_t index, const Resolved& a, const Resolved& b) const;
    bool admits_subject(std::size_t index, const Resolved& a) const;
    bool admits_object(std::size_t index, const Resolved& b) const;

    // Adds the fact unless the sentence already states it with more confidence. False when it was dropped.
    bool add(std::size_t sentence, const Proposal& proposal, const Resolved& subject,
             const std::optional<Resolved>& object);

    // Adds a fact of the relation with that name when its types admit the arguments. The phrase defaults to
    // the relation's label. False when it was dropped.
    bool state(std::size_t sentence, std::string_view relation, const Resolved& subject,
               const Resolved& object, float confidence, std::string by, const Qualifiers& qualifiers,
               std::vector<std::size_t> words, std::string phrase = {});

    // A fact of this sentence links the two already (in either direction).
    bool linked(std::size_t sentence, const Resolved& a, const Resolved& b) const;
    void finish();

  private:
    Argument argument(const char* role, const Resolved& resolved) const;
    void add_circumstances(std::size_t sentence, const Proposal& proposal, FactMention& fact) const;
    bool hangs_on(const SentenceTree& tree, std::size_t token, std::size_t trigger) const;
    void add_time(std::size_t sentence, const Proposal& proposal, FactMention& fact) const;
    void add_attribution(std::size_t sentence, const Proposal& proposal, const Resolved& subject,
                         FactMention& fact) const;
    void add_meaning_of_trigger(const SentenceTree& tree, const Proposal& proposal, FactMention& fact) const;
    void add_negation_of_argument(const SentenceTree& tree, const Resolved& argument,
                                  FactMention& fact) const;

    DocumentView& view_;
    const Ontology& ontology_;
    Quotations quotations_;
};

}  // namespace relata::ingest
