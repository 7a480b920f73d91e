// SPDX-License-Identifier: Apache-2.0
// FactMatcher: says of an extracted fact and a gold fact of the same article what a fair reader would say.
//   full    subject and object are the same things by name or alias (values by number and unit), the relation
//   has
//           an accepted name, direction and negation are right, and nothing said with reserve is asserted
//           plainly; an office may be read off the words of the edge, a value may be an attribute of it
//   vague   arguments and direction are right, but the relation is a more general one, a plan or claim is
//           asserted plainly, a past state shown as present, or a value is known by its head noun only
//   pair    an edge links the two under another name
//   missed  the rest, with the cause
// It is stricter than a reader: a paraphrase that the gold does not list is no match. Take the numbers as
// lower bounds. Refers to the article and the document; both must outlive it.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysed_document.hpp"
#include "eval/gold_facts.hpp"
#include "eval/normal_forms.hpp"

namespace relata::eval {

// What the ontology calls a relation.
struct RelationNames {
    std::string label, inverse_label;
    bool symmetric = false;
};
using RelationTable = std::map<std::string, RelationNames, std::less<>>;  // by name

enum class FactLevel { missed, pair, vague, full };

// Why a gold fact is not matched in full, from far to near.
enum class Cause {
    none,         // it is
    subject,      // no mention in the article has the subject's name
    object,       // no mention or value has the object's
    coreference,  // a sentence of the evidence has no mention that is resolved to the subject or to the
                  // object
    no_edge,      // both stand there, nothing links them
    not_kept,     // linked, but the fact does not go into the graph
    relation,     // linked under another name
    direction,    // the right name, backwards
    polarity,     // negation lost or made up
    modality,     // something said with reserve asserted plainly, or the reverse
    past,         // a past state shown as present
    generic,      // a more general relation, or only the head noun of a value
};
std::string_view to_string(Cause cause);

struct Judgement {
    FactLevel level = FactLevel::missed;
    Cause cause = Cause::none;
    auto operator<=>(const Judgement&) const = default;
};

// The edge gives somebody an office or profession as a value.
bool names_office(const FactMention& edge);

class FactMatcher {
  public:
    FactMatcher(const GoldArticle& gold, const AnalysedDocument& analysed, const RelationTable& relations);

    // Level missed and cause none when the edge does not link the two at all.
    Judgement judge(const FactMention& edge, const GoldFact& fact) const;
    // For a fact that no edge links.
    Cause cause_without_edge(const GoldFact& fact) const;
    // The edge gives the gold fact's time: ISO 8601 at least as exact, else the same words.
    static bool time_right(const FactMention& edge, const GoldFact& fact);

    bool is_entity(const Argument& argument, const std::string& entity) const;
    // The name under which a graph shows an argument.
    std::string shown(const Argument& argument) const;

  private:
    // One way to read an edge: what it says of (first, second).
    struct Reading {
        const Argument* first = nullptr;
        const Argument* second = nullptr;
        std::vector<std::string> names;    // first NAME second
        std::vector<std::string> inverse;  // second NAME first
        bool attribute = false;
    };
    std::vector<Reading> readings(const FactMention& edge) const;
    void add_attribute(const FactMention& edge, const Argument& attribute, std::vector<Reading>& into) const;
    const RelationNames* names_of(const FactMention& edge) const;

    Judgement judge_reading(const FactMention& edge, const Reading& reading, const GoldFact& fact) const;
    bool same_relation_straight(const Reading& reading, const GoldFact& fact) const;
    bool same_relation_swapped(const Reading& reading, const GoldFact& fact) const;
    bool office_on_edge(const FactMention& edge, const GoldFact& fact) const;
    bool more_general(const FactMention& edge, const GoldFact& fact) const;
    Judgement qualify(const FactMention& edge, const GoldFact& fact, bool exact_value) const;

    bool matches_entity(const Mention& mention, const std::string& entity) const;
    TextMatch match_object(const Argument& argument, const GoldFact& fact) const;
    TextMatch match_value(const Argument& argument, const GoldFact& fact) const;
    ObjectSort object_sort(const GoldFact& fact) const;
    std::vector<std::size_t> evidence_sentences(const GoldFact& fact) const;
    bool mentioned(const std::string& entity) const;
    bool mentioned_in(const std::string& entity, const std::vector<std::size_t>& sentences) const;

    const GoldArticle& gold_;
    const AnalysedDocument& analysed_;
    const RelationTable& relations_;
    std::map<std::string, std::set<std::string>> entity_keys_;  // by id
    std::set<std::string> all_keys_;                            // of all entities
    std::vector<std::set<std::string>> chain_keys_;
};

}  // namespace relata::eval
