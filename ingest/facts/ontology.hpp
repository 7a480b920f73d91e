// SPDX-License-Identifier: Apache-2.0
// Ontology: the relation inventory, read from JSON files (format: ontology/README.md). It answers one
// question fast: which canonical relations does this trigger word stand for, and where do their arguments
// stand? Immutable after loading, safe to share between threads. A mistake in a file is reported as
// InputError with file, line and reason.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/annotation.hpp"
#include "core/fact.hpp"

namespace relata::ingest {

// A sentence of our own that states the relation; a test runs it through the real analyser.
struct RelationExample {
    std::string text;
    std::string subject, object;  // names or values as the sentence gives them
};

// One canonical relation.
struct RelationType {
    std::string name;           // "subsidiary_of"
    std::string label;          // "subsidiary of"
    std::string inverse_label;  // "has subsidiary"
    bool symmetric = false;
    bool functional = false;                   // a subject has one object at a time
    bool event = false;                        // happens at a time; otherwise a state that lasts
    std::vector<EntityType> domain;            // empty: anything
    std::vector<EntityType> range;             // empty: anything, unless range_values is filled
    std::vector<ValueKind> range_values;       // kinds of value that the object may be
    std::string wikidata;                      // "P127" or empty
    std::string schema_org;                    // "parentOrganization" or empty
    std::string family;                        // "companies": the chapter of the inventory that it stands in
    std::vector<std::string> aliases;          // other names of the same relation: "lists_on"
    std::vector<std::string> inverse_aliases;  // names of it with subject and object swapped: "arrested_by"
    std::vector<std::size_t> starts, ends;  // of an event: the states that begin and stop with it, as indices
    std::optional<RelationExample> example;
    std::size_t triggers = 0;  // words and patterns that state it
};

// Where an argument stands next to its trigger.
enum class Slot {
    none,
    subject,      // subject of the active voice
    object,       // direct object of the active voice
    iobject,      // indirect object
    preposition,  // behind PatternArgument::preposition
    possessive,   // genitive before the noun: "its", "X's"
    compound,     // name before the noun: "the X takeover"
    clause,       // the clause or infinitive that depends on the trigger
};

struct PatternArgument {
    Slot slot = Slot::none;
    std::string preposition;  // "of" for Slot::preposition
};

// "A take stake in B": trigger verb "take", required object noun "stake", A the subject, B behind "in".
// "A take B to court": required phrase "to court".
struct VerbPattern {
    std::size_t relation = 0;  // index in Ontology::relations()
    std::string particle;      // "up" of "team up", or empty
    std::string object_noun;   // lemma that must be the object or complement, or empty
    std::string preposition;   // required prepositional phrase, or empty
    std::string prepositional_noun;
    PatternArgument a, b;      // a: subject of the relation, b: its object
    bool some_object = false;  // "_" stands as the direct object: "A invest _ in B"
    bool together = false;     // "A and B merge": both stand coordinated in the subject's slot
};

struct NounPattern {
    std::size_t relation = 0;
    std::string modifier;  // blank-separated lemmas before the noun: "joint" of "joint venture", or empty
    std::vector<PatternArgument> a, b;
};

// "chief executive": who holds the role is A (or B when inverse), whose role it is the other argument.
struct RolePattern {
    std::size_t relation = 0;
    std::string modifier;    // blank-separated lemmas before the noun: "chief", or empty
    std::string complement;  // lemma behind "of" or "in" that belongs to the role: "state", or empty
    bool inverse = false;
};

// "Oslo-based Klinova": a name and the adjective before a hyphen describe the noun behind them.
struct AdjectivePattern {
    std::size_t relation = 0;
    bool inverse = false;  // the name before the hyphen is the subject: "Halden-owned Klinova"
};

class Ontology {
  public:
    // Reads `path`, then `extra` in order; a relation of a later file replaces one of the same name.
    // Throws IoError, InputError.
    static Ontology load(const std::filesystem::path& path,
                         const std::vector<std::filesystem::path>& extra = {});

    const std::vector<RelationType>& relations() const { return relations_; }
    // Index of the relation with that name, or npos.
    std::size_t find(std::string_view name) const;
    // The same, by name or alias.
    std::size_t find_alias(std::string_view name) const;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    // Patterns of a trigger lemma in order of the files; empty when it triggers nothing. "be guilty" is the
    // key of adjectives and nouns with a copula.
    const std::vector<VerbPattern>& verbs(std::string_view lemma) const;
    const std::vector<NounPattern>& nouns(std::string_view lemma) const;
    // Roles whose last word is `lemma`, longest first.
    const std::vector<RolePattern>& roles(std::string_view lemma) const;
    // Adjectives behind a name and a hyphen: "based", "owned".
    const std::vector<AdjectivePattern>& adjectives(std::string_view word) const;

    bool allows_subject(const RelationType& relation, EntityType type) const;
    bool allows_object(const RelationType& relation, EntityType type) const;
    bool allows_object(const RelationType& relation, ValueKind kind) const;

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    template <class T>
    using Index = std::unordered_map<std::string, std::vector<T>, Hash, std::equal_to<>>;
    friend class OntologyReader;

    std::vector<RelationType> relations_;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> by_name_;
    Index<VerbPattern> verbs_;
    Index<NounPattern> nouns_;
    Index<RolePattern> roles_;
    Index<AdjectivePattern> adjectives_;
};

}  // namespace relata::ingest
