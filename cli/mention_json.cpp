// SPDX-License-Identifier: Apache-2.0
#include "cli/mention_json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "ingest/facts/coreference.hpp"
#include "ingest/facts/learned_scores.hpp"
#include "ingest/facts/sentence_tree.hpp"
#include "ingest/facts/values.hpp"

namespace relata::cli {
namespace {

void write_token(json::Writer& writer, const AnalysedDocument& analysed, const Sentence& sentence,
                 const Token& token) {
    writer.begin_array().value(form(analysed, token));
    writer.value(std::uint64_t{token.span.begin - sentence.span.begin});
    writer.value(std::uint64_t{token.span.end - sentence.span.begin});
    writer.value(token.lemma).value(to_string(token.upos)).value(token.xpos);
    writer.value(token.head == k_root ? std::int64_t{-1} : static_cast<std::int64_t>(token.head));
    writer.value(token.deprel).end_array();
}

void begin_mention(json::Writer& writer, std::size_t first, std::size_t last, std::size_t head) {
    writer.begin_object();
    writer.member("first", std::uint64_t{first});
    writer.member("last", std::uint64_t{last});
    writer.member("head", std::uint64_t{head});
}

void write_mention(json::Writer& writer, const AnalysedDocument& analysed, const Mention& mention) {
    begin_mention(writer, mention.first, mention.last, mention.head);
    writer.member("kind", to_string(mention.kind));
    writer.member("type", to_string(mention.type));
    writer.key("chain");
    if (mention.chain) {
        writer.value(std::uint64_t{*mention.chain});
    } else {
        writer.null();
    }
    writer.key("entity");
    if (mention.chain && analysed.chains[*mention.chain].named) {
        writer.value(analysed.chains[*mention.chain].name);
    } else {
        writer.null();
    }
    writer.end_object();
}

void write_value(json::Writer& writer, const ingest::SentenceTree& tree, const ingest::FoundValue& value) {
    begin_mention(writer, value.first, value.last, tree.head_of(value.first, value.last));
    writer.member("kind", "value");
    writer.member("type", to_string(value.value.kind));
    writer.key("chain").null();
    writer.key("entity").null();
    writer.end_object();
}

// A row as bytes in hexadecimal, in 127ths of its largest number, which stands before: "3.25:7f00…".
std::string hexadecimal(const float* row) {
    constexpr std::size_t columns = ingest::FactHeads::k_coreference_columns;
    float largest = 1e-6F;
    for (std::size_t i = 0; i < columns; ++i) largest = std::max(largest, std::abs(row[i]));
    std::string text = std::to_string(largest) + ":";
    for (std::size_t i = 0; i < columns; ++i) {
        const auto byte = static_cast<unsigned>(std::lround(row[i] / largest * 127) + 128);
        text += "0123456789abcdef"[byte / 16];
        text += "0123456789abcdef"[byte % 16];
    }
    return text;
}

}  // namespace

void write_mentions(json::Writer& writer, const AnalysedDocument& analysed, std::size_t index,
                    std::string_view document) {
    const std::string_view text = analysed.document.text;
    const Sentence& sentence = analysed.sentences.at(index);
    writer.begin_object();
    writer.member("document", document);
    writer.member("sentence", std::uint64_t{index});
    writer.member("text", sentence.span.of(text));
    writer.key("tokens").begin_array();
    for (const Token& token : sentence.tokens) write_token(writer, analysed, sentence, token);
    writer.end_array();
    writer.key("mentions").begin_array();
    auto mention = std::partition_point(analysed.mentions.begin(), analysed.mentions.end(),
                                        [&](const Mention& m) { return m.sentence < index; });
    for (; mention != analysed.mentions.end() && mention->sentence == index; ++mention)
        write_mention(writer, analysed, *mention);
    const ingest::SentenceTree tree(sentence, text);
    for (const ingest::FoundValue& value : ingest::find_values(tree, analysed.document.published))
        write_value(writer, tree, value);
    writer.end_array();
    writer.end_object();
}

void write_candidates(json::Writer& writer, AnalysedDocument& analysed, const ingest::FactHeads& heads,
                      const ingest::WordVectors& vectors) {
    const ingest::DocumentView view(analysed);
    const ingest::CoreferenceQuestions questions = ingest::coreference_questions(view);
    writer.begin_object();
    writer.member("document", analysed.document.source);
    writer.member("features", std::uint64_t{ingest::coreference_feature_rows()});
    writer.key("sentences").begin_array();
    for (const Sentence& sentence : analysed.sentences) {
        writer.begin_object();
        writer.member("begin", std::uint64_t{sentence.span.begin});
        writer.key("tokens").begin_array();
        for (const Token& token : sentence.tokens) write_token(writer, analysed, sentence, token);
        writer.end_array().end_object();
    }
    writer.end_array();
    writer.key("mentions").begin_array();
    for (std::size_t m = 0; m < analysed.mentions.size(); ++m) {
        const Mention& mention = analysed.mentions[m];
        writer.begin_array();
        for (const std::size_t number : {mention.sentence, mention.first, mention.last, mention.head})
            writer.value(std::uint64_t{number});
        writer.value(to_string(mention.kind)).value(to_string(mention.type));
        const std::size_t cluster = questions.cluster_of[m];
        writer.value(cluster == ingest::k_none ? std::int64_t{-1} : static_cast<std::int64_t>(cluster));
        writer.end_array();
    }
    writer.end_array();
    const ingest::LearnedScores scores(view, heads, vectors);
    writer.key("rows").begin_array();
    for (const float* row : scores.coreference_rows()) writer.value(hexadecimal(row));
    writer.end_array();
    writer.key("names").begin_array();
    for (const std::string& name : questions.cluster_names) writer.value(name);
    writer.end_array();
    writer.key("anaphors").begin_array();
    for (const auto& anaphor : questions.anaphors) {
        writer.begin_array().value(std::uint64_t{anaphor.mention});
        for (const ingest::CoreferencePair& candidate : anaphor.candidates) {
            writer.begin_array().value(std::uint64_t{candidate.candidate});
            for (const std::uint16_t row : candidate.features) writer.value(std::uint64_t{row});
            writer.end_array();
        }
        writer.end_array();
    }
    writer.end_array().end_object();
}

}  // namespace relata::cli
