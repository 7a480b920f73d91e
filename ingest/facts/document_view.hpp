// SPDX-License-Identifier: Apache-2.0
// DocumentView: a document while its facts are read: trees, values, and which mention stands at which token.
// Adds the nominal and pronoun mentions to the document ("the company", "its chief executive", "she").
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/analysed_document.hpp"
#include "ingest/facts/sentence_tree.hpp"
#include "ingest/facts/values.hpp"

namespace relata::ingest {

class DocumentView {
  public:
    // Sorts the mentions, adds nominals and pronouns, finds the values. The document must outlive the view.
    explicit DocumentView(AnalysedDocument& analysed);

    AnalysedDocument& analysed() { return *analysed_; }
    const AnalysedDocument& analysed() const { return *analysed_; }
    std::size_t sentences() const { return trees_.size(); }
    const SentenceTree& tree(std::size_t sentence) const { return trees_[sentence]; }
    const Mention& mention(std::size_t index) const { return analysed_->mentions[index]; }

    // Mention whose head is that token, or k_none.
    std::size_t mention_at(std::size_t sentence, std::size_t token) const {
        return at_head_[sentence][token];
    }
    // Name mention that covers the token, or k_none.
    std::size_t name_over(std::size_t sentence, std::size_t token) const {
        return name_over_[sentence][token];
    }
    // Value that covers the token, or nullptr.
    const FoundValue* value_over(std::size_t sentence, std::size_t token) const;
    const std::vector<FoundValue>& values(std::size_t sentence) const { return values_[sentence]; }

    bool is_name(std::size_t sentence, std::size_t token) const;
    // The words of a mention.
    std::string_view text(const Mention& mention) const { return mention.span.of(analysed_->document.text); }

  private:
    void retype_described(Mention& mention) const;
    void add_unknown_names(std::size_t sentence, std::vector<Mention>& mentions) const;
    void add_nominals(std::size_t sentence, std::vector<Mention>& mentions) const;
    void index_mentions();

    AnalysedDocument* analysed_;
    std::vector<SentenceTree> trees_;
    std::vector<std::vector<std::size_t>> at_head_, name_over_, value_over_;
    std::vector<std::vector<FoundValue>> values_;
};

}  // namespace relata::ingest
