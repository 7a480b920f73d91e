// SPDX-License-Identifier: Apache-2.0
// FactMention: one thing that one sentence says, with everything that qualifies it. "What was said is not
// what is so": polarity, modality, attribution and time belong to the fact. All spans lie inside one
// document.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.hpp"
#include "core/span.hpp"

namespace relata {

enum class Polarity { positive, negative };
// asserted: the text says it is or was so. planned: announced, agreed, intended, not yet done. possible: may,
// considers, speculation. hypothetical: if, would. denied: somebody says it is not so. alleged: a claim,
// accusation or rumour.
enum class Modality { asserted, planned, possible, hypothetical, denied, alleged };
std::string_view to_string(Polarity polarity);
std::string_view to_string(Modality modality);
std::optional<Polarity> parse_polarity(std::string_view name);
std::optional<Modality> parse_modality(std::string_view name);

enum class ValueKind { quantity, money, percent, date, title, text };
std::string_view to_string(ValueKind kind);  // "QUANTITY", "MONEY", "PERCENT", "DATE", "TITLE", "TEXT"
std::optional<ValueKind> parse_value_kind(std::string_view name);

struct Value {
    ValueKind kind = ValueKind::text;
    std::string text;              // as written
    std::optional<double> amount;  // quantity, money: in `unit`; percent: 12.5 for 12.5 %
    std::string unit;              // ISO 4217 code for money, singular noun or SI symbol for quantities
    std::string normalised;        // ISO 8601 with its precision for dates; otherwise empty
};

// One argument of a fact: a mention of a thing, or a value.
struct Argument {
    std::string role;  // "subject", "object", "time", "place", "amount", "price", "purpose", "by", …
    ByteSpan span;
    std::optional<std::size_t> mention;  // index in AnalysedDocument::mentions
    std::optional<Value> value;
};

struct Relation {
    std::string name;  // canonical name of the ontology, or empty for an open relation
    std::string text;  // normalised phrase: "collide with"; also set for canonical relations
    ByteSpan span;     // the words that express it; empty span at the subject when position alone does
};

struct Attribution {
    std::string text;  // who says so, as written
    ByteSpan span;
    std::optional<std::size_t> mention;
};

struct FactTime {
    std::string text;   // as written: "last March"
    std::string value;  // ISO 8601 with its precision ("2025-03"), an interval "2019/2024", or empty
    ByteSpan span;
};

struct FactMention {
    std::size_t sentence = 0;  // index in AnalysedDocument::sentences
    Argument subject;
    Relation relation;
    std::optional<Argument> object;
    std::vector<Argument> arguments;  // further arguments, by position
    std::optional<FactTime> time;
    Polarity polarity = Polarity::positive;
    Modality modality = Modality::asserted;
    bool past = false;  // a state that no longer holds ("former chairman")
    std::optional<Attribution> attribution;
    float confidence = 0;    // 0..1
    std::string by;          // the rule or model that made it: "verb.leave"
    bool for_graph = false;  // both arguments are resolved things or values: a build keeps it
};

// Words of a sentence. `text` leaves out what stands between its pieces: "has bought" of "has quietly
// bought".
struct Phrase {
    std::string text;
    ByteSpan span;
    std::optional<std::size_t> mention;  // that the phrase is about: index in AnalysedDocument::mentions
};

struct PropositionArgument {
    std::string role;  // "time", "place", "clause", the preposition, or "complement"
    Phrase phrase;
};

// What a clause says in the words of its sentence, whatever its arguments are: open information extraction.
struct Proposition {
    std::size_t sentence = 0;
    Phrase subject;
    Phrase relation;
    std::optional<std::size_t> fact;  // that the same words state: index in AnalysedDocument::facts
    std::optional<Phrase> object;
    std::vector<PropositionArgument> arguments;
    std::optional<FactTime> time;
    Polarity polarity = Polarity::positive;
    Modality modality = Modality::asserted;
    bool past = false;
    std::optional<Attribution> attribution;
    float confidence = 0;
    std::string by;  // "clause.verb", "nominal.apposition"
};

}  // namespace relata
