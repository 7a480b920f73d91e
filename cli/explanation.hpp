// SPDX-License-Identifier: Apache-2.0
// Explanation: shows for people how a sentence was read, in lines of at most 80 columns: its words as a tree,
// its clauses, and for each fact which rule made it, why the relation has its name, which word makes it
// planned, denied or somebody's claim, and why a pronoun is who it is. Reasons are found by experiment, not
// by report: a word is the reason for a reserve when the same extraction without that word has no such
// reserve. What is told is therefore always true of the extractor as it is.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/analysed_document.hpp"
#include "ingest/facts/ontology.hpp"

namespace relata::cli {

// A word of a document.
struct WordPlace {
    std::size_t sentence = 0, token = 0;
};

class Explanation {
  public:
    // Fills in mentions, chains and facts; the word, if any, has been taken out of text and tree, and is to
    // be taken out of whatever else the extraction knows about the document.
    using Extraction = std::function<void(AnalysedDocument&, std::optional<WordPlace> taken)>;

    // `language`: the document with tokens, trees, roles and names, before extraction. `extract` is called
    // again for each word of an explained fact. Keeps the ontology.
    Explanation(AnalysedDocument language, Extraction extract, const ingest::Ontology& ontology);

    const AnalysedDocument& analysed() const { return analysed_; }

    // Words, clauses and facts of a sentence: those for a graph, or all propositions.
    enum class Facts { for_graph, all };
    std::string sentence(std::size_t index, Facts which) const;
    // The sentence's words and one fact of it (index in analysed().facts).
    std::string fact(std::size_t index) const;

  private:
    // What keeps a fact from being a plain statement, and the words that do.
    struct Reasons {
        std::vector<std::string> polarity, modality, attribution, past;
    };

    std::string words(std::size_t sentence) const;
    std::string clauses(std::size_t sentence) const;
    std::string fact_lines(const FactMention& fact, std::size_t number) const;
    std::string rule(const FactMention& fact) const;
    std::string entity(const Argument& argument) const;
    Reasons reasons(const FactMention& fact) const;
    // The fact after the words of one token have been taken out, or nullptr when it is gone.
    const FactMention* without(const FactMention& fact, std::size_t token, AnalysedDocument& again) const;
    std::string qualifier(const char* label, const std::string& value,
                          const std::vector<std::string>& because) const;

    AnalysedDocument language_, analysed_;
    Extraction extract_;
    const ingest::Ontology& ontology_;
};

}  // namespace relata::cli
