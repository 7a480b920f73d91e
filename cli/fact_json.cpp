// SPDX-License-Identifier: Apache-2.0
#include "cli/fact_json.hpp"

#include <cmath>
#include <cstdint>

namespace relata::cli {
namespace {

class FactWriter {
  public:
    FactWriter(json::Writer& writer, const AnalysedDocument& analysed)
        : writer_(writer), analysed_(analysed) {}

    void write(const FactMention& fact, std::string_view document) {
        begin(fact.sentence, document);
        writer_.key("subject");
        argument(fact.subject);
        relation(fact.relation);
        writer_.key("object");
        if (fact.object) {
            argument(*fact.object);
        } else {
            writer_.null();
        }
        writer_.key("arguments").begin_array();
        for (const Argument& further : fact.arguments) {
            writer_.begin_object();
            writer_.member("role", further.role);
            text_and_span(further.span);
            writer_.end_object();
        }
        writer_.end_array();
        qualifiers(fact);
        end(fact.confidence, fact.by);
    }

    void write(const Proposition& proposition, std::string_view document) {
        begin(proposition.sentence, document);
        writer_.key("subject");
        phrase(proposition.subject);
        writer_.key("relation").begin_object();
        string_or_null(
            "name", proposition.fact ? analysed_.facts.at(*proposition.fact).relation.name : std::string());
        writer_.member("text", proposition.relation.text);
        span(proposition.relation.span);
        writer_.end_object();
        writer_.key("object");
        if (proposition.object) {
            phrase(*proposition.object);
        } else {
            writer_.null();
        }
        writer_.key("arguments").begin_array();
        for (const PropositionArgument& further : proposition.arguments) {
            writer_.begin_object();
            writer_.member("role", further.role);
            writer_.member("text", further.phrase.text);
            span(further.phrase.span);
            writer_.end_object();
        }
        writer_.end_array();
        qualifiers(proposition);
        end(proposition.confidence, proposition.by);
    }

  private:
    void begin(std::size_t index, std::string_view document) {
        const Sentence& sentence = analysed_.sentences.at(index);
        writer_.begin_object();
        writer_.member("document", document);
        writer_.member("sentence", std::uint64_t{index});
        text_and_span(sentence.span);
    }

    // Members that facts and propositions have in common.
    template <class Statement>
    void qualifiers(const Statement& statement) {
        writer_.key("time");
        if (statement.time) {
            writer_.begin_object();
            writer_.member("text", statement.time->text);
            string_or_null("value", statement.time->value);
            writer_.end_object();
        } else {
            writer_.null();
        }
        writer_.member("polarity", to_string(statement.polarity));
        writer_.member("modality", to_string(statement.modality));
        if (statement.past) writer_.member("past", true);
        writer_.key("attribution");
        if (statement.attribution) {
            writer_.begin_object();
            text_and_span(statement.attribution->span);
            entity(statement.attribution->mention);
            writer_.end_object();
        } else {
            writer_.null();
        }
    }

    void end(float confidence, std::string_view by) {
        // Two digits: a third would promise a precision that no classifier has.
        writer_.member("confidence", std::round(static_cast<double>(confidence) * 100) / 100);
        writer_.member("by", by);
        writer_.end_object();
    }

    void phrase(const Phrase& phrase) {
        writer_.begin_object();
        writer_.member("text", phrase.text);
        span(phrase.span);
        mention(phrase.mention);
        writer_.end_object();
    }

    void mention(std::optional<std::size_t> index) {
        const Mention* mention = index ? &analysed_.mentions.at(*index) : nullptr;
        string_or_null("type", mention ? to_string(mention->type) : std::string_view());
        string_or_null("kind", mention ? to_string(mention->kind) : std::string_view());
        entity(index);
    }

    void span(ByteSpan span) {
        writer_.key("span").begin_array();
        writer_.value(std::uint64_t{span.begin});
        writer_.value(std::uint64_t{span.end});
        writer_.end_array();
    }

    void text_and_span(ByteSpan place) {
        writer_.member("text", place.of(analysed_.document.text));
        span(place);
    }

    void string_or_null(std::string_view name, std::string_view text) {
        writer_.key(name);
        if (text.empty()) {
            writer_.null();
        } else {
            writer_.value(text);
        }
    }

    // The name of the thing that a mention refers to, as far as its document tells.
    void entity(std::optional<std::size_t> index) {
        std::string_view name;
        if (index) {
            const Mention& mention = analysed_.mentions.at(*index);
            if (mention.chain) {
                name = analysed_.chains.at(*mention.chain).name;
            } else if (mention.kind == MentionKind::name) {
                name = mention.span.of(analysed_.document.text);
            }
        }
        string_or_null("entity", name);
    }

    // Whole amounts without a fraction: 1400000, not 1400000.0.
    void amount(double amount) {
        constexpr double exact = 9007199254740992.0;  // 2^53: every integer up to here is a double
        if (std::floor(amount) == amount && std::abs(amount) <= exact) {
            writer_.member("amount", static_cast<std::int64_t>(amount));
        } else if (std::isfinite(amount)) {
            writer_.member("amount", amount);
        }
    }

    void value(const Value& value) {
        writer_.key("value").begin_object();
        writer_.member("kind", to_string(value.kind));
        writer_.member("text", value.text);
        if (value.amount) amount(*value.amount);
        if (!value.unit.empty()) writer_.member("unit", value.unit);
        if (!value.normalised.empty()) writer_.member("normalised", value.normalised);
        writer_.end_object();
    }

    void argument(const Argument& argument) {
        writer_.begin_object();
        if (argument.value) {
            value(*argument.value);
            span(argument.span);
        } else {
            text_and_span(argument.span);
            mention(argument.mention);
        }
        writer_.end_object();
    }

    // The words of the sentence; where position alone expresses the relation, its phrase.
    void relation(const Relation& relation) {
        writer_.key("relation").begin_object();
        string_or_null("name", relation.name);
        if (relation.span.empty()) {
            writer_.member("text", relation.text);
            span(relation.span);
        } else {
            text_and_span(relation.span);
        }
        writer_.end_object();
    }

    json::Writer& writer_;
    const AnalysedDocument& analysed_;
};

}  // namespace

void write_fact(json::Writer& writer, const AnalysedDocument& analysed, const FactMention& fact,
                std::string_view document) {
    FactWriter(writer, analysed).write(fact, document);
}

void write_fact(json::Writer& writer, const AnalysedDocument& analysed, const Proposition& proposition,
                std::string_view document) {
    FactWriter(writer, analysed).write(proposition, document);
}

}  // namespace relata::cli
