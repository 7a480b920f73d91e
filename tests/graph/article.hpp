// SPDX-License-Identifier: Apache-2.0
// Article: an AnalysedDocument by hand. Words are looked up in the text, so a test says what stands where by
// writing it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/analysed_document.hpp"

namespace relata::tests {

class Article {
  public:
    // One string a sentence; they are joined by line ends.
    Article(std::string source, const std::vector<std::string>& sentences) {
        Document& document = analysed_.document;
        document.source = std::move(source);
        for (const std::string& text : sentences) {
            Sentence sentence;
            sentence.span = {document.text.size(), document.text.size() + text.size()};
            document.text += text + "\n";
            analysed_.sentences.push_back(sentence);
        }
        document.blocks.push_back({{0, document.text.size()}, BlockKind::paragraph});
        document.id = make_document_id(document.source, document.text);
    }

    // A chain whose mentions are the first places of these words, one for each; the first word is its name.
    std::size_t named(EntityType type, const std::vector<std::string>& words) {
        return chain(type, words, true);
    }
    std::size_t nameless(EntityType type, const std::vector<std::string>& words) {
        return chain(type, words, false);
    }
    // A further mention of a chain: a pronoun or a description.
    void also(std::size_t chain, const std::string& words, MentionKind kind = MentionKind::nominal) {
        add_mention(chain, words, analysed_.chains[chain].type, kind);
    }

    // Subject and object are chains; the relation is words of the text.
    FactMention& fact(std::size_t subject, std::string relation, const std::string& words,
                      std::size_t object) {
        FactMention& fact = start(subject, std::move(relation), words);
        fact.object = argument("object", object);
        return fact;
    }
    FactMention& value(std::size_t subject, std::string relation, const std::string& words, Value value) {
        FactMention& fact = start(subject, std::move(relation), words);
        fact.object = Argument{"object", place(value.text), std::nullopt, std::move(value)};
        return fact;
    }
    Argument argument(std::string role, std::size_t chain) const {
        const std::size_t mention = analysed_.chains[chain].mentions.front();
        return Argument{std::move(role), analysed_.mentions[mention].span, mention, std::nullopt};
    }
    ByteSpan place(std::string_view words) const {
        const std::size_t at = analysed_.document.text.find(words);
        if (at == std::string::npos) throw std::invalid_argument("not in the text: " + std::string(words));
        return {at, at + words.size()};
    }

    AnalysedDocument& analysed() { return analysed_; }
    operator const AnalysedDocument&() const { return analysed_; }

  private:
    std::size_t sentence_of(ByteSpan span) const {
        for (std::size_t i = 0; i < analysed_.sentences.size(); ++i) {
            if (analysed_.sentences[i].span.contains(span)) return i;
        }
        throw std::invalid_argument("in no sentence");
    }
    void add_mention(std::size_t chain, const std::string& words, EntityType type, MentionKind kind) {
        Mention mention;
        mention.span = place(words);
        mention.sentence = sentence_of(mention.span);
        mention.type = type;
        mention.kind = kind;
        mention.chain = chain;
        analysed_.chains[chain].mentions.push_back(analysed_.mentions.size());
        analysed_.mentions.push_back(mention);
    }
    std::size_t chain(EntityType type, const std::vector<std::string>& words, bool has_name) {
        const std::size_t index = analysed_.chains.size();
        analysed_.chains.push_back({words.front(), type, has_name, {}});
        for (const std::string& word : words) {
            add_mention(index, word, type, has_name ? MentionKind::name : MentionKind::nominal);
        }
        return index;
    }
    FactMention& start(std::size_t subject, std::string relation, const std::string& words) {
        FactMention& fact = analysed_.facts.emplace_back();
        fact.subject = argument("subject", subject);
        fact.relation = {std::move(relation), words, place(words)};
        fact.sentence = sentence_of(fact.relation.span);
        fact.confidence = 0.8F;
        fact.by = "test.rule";
        fact.for_graph = true;
        return fact;
    }

    AnalysedDocument analysed_;
};

}  // namespace relata::tests
