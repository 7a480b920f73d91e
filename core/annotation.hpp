// SPDX-License-Identifier: Apache-2.0
// What the language analyser says about a document: tokens after CoNLL-U, mentions after ACE, predicates
// after PropBank. Plain values without behaviour; indices are positions in the vectors of the owning Sentence
// or AnalysedDocument.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "core/span.hpp"

namespace relata {

// Universal part-of-speech tags (https://universaldependencies.org/u/pos/), in CoNLL-U spelling.
enum class Upos {
    ADJ,
    ADP,
    ADV,
    AUX,
    CCONJ,
    DET,
    INTJ,
    NOUN,
    NUM,
    PART,
    PRON,
    PROPN,
    PUNCT,
    SCONJ,
    SYM,
    VERB,
    X
};
std::string_view to_string(Upos upos);
std::optional<Upos> parse_upos(std::string_view name);

// Head index of the root token of a sentence.
inline constexpr std::size_t k_root = static_cast<std::size_t>(-1);

// document.text under `span` is the form. Fields are named and ordered as in CoNLL-U.
struct Token {
    ByteSpan span;
    std::string lemma;
    Upos upos = Upos::X;
    std::string xpos;           // Penn Treebank tag
    std::string feats;          // "Case=Nom|Number=Sing", sorted, or empty
    std::size_t head = k_root;  // index of the head in the sentence (0-based), or k_root
    std::string deprel;         // UD relation with subtype: "nsubj:pass"
};

// One argument of a predicate: the head word of its phrase.
struct Role {
    std::size_t token = 0;  // index in the sentence
    std::string label;      // PropBank: ARG0..ARG5, ARGM-TMP, ARGM-NEG, …
    float score = 0;        // probability, 0..1
};

struct Predicate {
    std::size_t token = 0;
    std::vector<Role> roles;  // by token index
    float score = 0;
};

struct Sentence {
    ByteSpan span;  // from the first to behind the last token
    BlockKind block = BlockKind::paragraph;
    std::size_t block_index = 0;  // position in Document::blocks
    std::vector<Token> tokens;
    std::vector<Predicate> predicates;  // by token index
};

// OntoNotes' names; the second group are values; OTHER is a thing that no type fits (nominal events, animals,
// …).
enum class EntityType {
    PERSON,
    ORG,
    GPE,
    LOC,
    FAC,
    NORP,
    PRODUCT,
    WORK,
    EVENT,
    LAW,
    DATE,
    TIME,
    MONEY,
    PERCENT,
    QUANTITY,
    ORDINAL,
    CARDINAL,
    OTHER
};
std::string_view to_string(EntityType type);
std::optional<EntityType> parse_entity_type(std::string_view name);
// True for DATE … CARDINAL.
bool is_value(EntityType type);

enum class MentionKind { name, nominal, pronoun };
std::string_view to_string(MentionKind kind);

// A stretch of tokens [first, last) of one sentence that refers to something.
struct Mention {
    std::size_t sentence = 0;
    std::size_t first = 0;  // token indices, half open
    std::size_t last = 0;
    std::size_t head = 0;  // token whose own head lies outside the mention
    ByteSpan span;         // from the first token's begin to the last token's end
    EntityType type = EntityType::OTHER;
    MentionKind kind = MentionKind::name;
    std::optional<std::size_t> chain;  // index in AnalysedDocument::chains
    float score = 0;                   // probability, 0..1
};

// Mentions of one document that refer to the same thing.
struct Chain {
    std::string name;  // its fullest name in the document; for a nameless thing its phrase
    EntityType type = EntityType::OTHER;
    bool named = true;  // false: no mention is a name, the thing is known inside its document only
    std::vector<std::size_t> mentions;  // indices in AnalysedDocument::mentions, in text order
};

}  // namespace relata
