// SPDX-License-Identifier: Apache-2.0
#include "eval/typed_facts.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/utf8.hpp"
#include "eval/text_files.hpp"

namespace relata::eval {
namespace {

// Byte offsets of code points; KnowledgeNet counts those.
class CodePoints {
  public:
    explicit CodePoints(std::string_view text) {
        for (std::size_t at = 0; at < text.size(); at += utf8::decode(text, at).length) starts_.push_back(at);
        starts_.push_back(text.size());
    }
    std::size_t byte(std::size_t code_point) const {
        return starts_[std::min(code_point, starts_.size() - 1)];
    }

  private:
    std::vector<std::size_t> starts_;
};

std::size_t offset(const json::Value& value, std::string_view key) {
    return static_cast<std::size_t>(std::max(0.0, value.number_at(key)));
}

ByteSpan span_of(const json::Value& value, const CodePoints& places, std::string_view begin,
                 std::string_view end) {
    const std::size_t from = places.byte(offset(value, begin));
    return {from, std::max(from, places.byte(offset(value, end)))};
}

// Early documents write the fold as a number, others as text.
std::optional<std::size_t> fold_of(const json::Value& document) {
    const json::Value* fold = document.find("fold");
    if (!fold) return std::nullopt;
    if (const auto number = fold->integer()) return static_cast<std::size_t>(*number);
    if (const std::string* text = fold->string(); text && text->size() == 1)
        return static_cast<std::size_t>((*text)[0] - '0');
    return std::nullopt;
}

TypedPassage read_passage(const json::Value& value, const CodePoints& places) {
    TypedPassage passage;
    passage.span = span_of(value, places, "passageStart", "passageEnd");
    std::map<std::string, std::string> names;
    for (const json::Value& property : value.array_at("exhaustivelyAnnotatedProperties")) {
        names.emplace(property.string_at("propertyId"), property.string_at("propertyName"));
        passage.annotated.insert(property.string_at("propertyName"));
    }
    for (const json::Value& fact : value.array_at("facts")) {
        const auto name = names.find(fact.string_at("propertyId"));
        if (name == names.end()) continue;
        passage.facts.push_back({name->second, span_of(fact, places, "subjectStart", "subjectEnd"),
                                 span_of(fact, places, "objectStart", "objectEnd")});
    }
    return passage;
}

// One of our relations as a property; `swap` where KnowledgeNet has subject and object the other way round.
struct Mapping {
    std::string_view relation;
    std::string_view property;
    bool swap = false;
    bool value = false;  // the object is a date
};

constexpr std::array<Mapping, 34> k_mappings = {{
    {"subsidiary_of", "SUBSIDIARY_OF"},
    {"owns", "SUBSIDIARY_OF", true},
    {"acquires", "SUBSIDIARY_OF", true},
    {"founder_of", "FOUNDED_BY", true},
    {"ceo_of", "CEO", true},
    {"ceo_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"chairman_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"cfo_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"cto_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"coo_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"president_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"vice_president_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"director_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"manager_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"editor_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"leads", "EMPLOYEE_OR_MEMBER_OF"},
    {"board_member_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"spokesperson_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"member_of", "EMPLOYEE_OR_MEMBER_OF"},
    {"works_for", "EMPLOYEE_OR_MEMBER_OF"},
    {"professor_at", "EMPLOYEE_OR_MEMBER_OF"},
    {"plays_for", "EMPLOYEE_OR_MEMBER_OF"},
    {"joins", "EMPLOYEE_OR_MEMBER_OF"},
    {"founded_in", "DATE_FOUNDED", false, true},
    {"headquartered_in", "HEADQUARTERS"},
    {"based_in", "HEADQUARTERS"},
    {"educated_at", "EDUCATED_AT"},
    {"nationality", "NATIONALITY"},
    {"lives_in", "PLACE_OF_RESIDENCE"},
    {"born_in", "PLACE_OF_BIRTH"},
    {"born_on", "DATE_OF_BIRTH", false, true},
    {"died_on", "DATE_OF_DEATH", false, true},
    {"spouse_of", "SPOUSE"},
    {"parent_of", "CHILD_OF", true},
}};

// Facts whose time is a property of one of their ends: "founded by Lind in 1998", "born in Oslo in 1950".
struct TimeMapping {
    std::string_view relation;
    std::string_view property;
    bool of_object = false;
};
constexpr std::array<TimeMapping, 4> k_time_mappings = {{
    {"founder_of", "DATE_FOUNDED", true},
    {"born_in", "DATE_OF_BIRTH"},
    {"dies_in", "DATE_OF_DEATH"},
    {"dies_of", "DATE_OF_DEATH"},
}};

// A party is told by its name; being one's member is a property of its own.
bool is_party(std::string_view name) {
    for (const std::string_view word :
         {"Party", "party", "Democrat", "Republican", "Labour", "Conservative", "Liberal", "Socialist",
          "Communist", "Green", "Congress", "Union", "Front", "Alliance", "Movement"})
        if (name.find(word) != std::string_view::npos) return true;
    return false;
}

class TypedReader {
  public:
    TypedReader(const AnalysedDocument& analysed, ByteSpan passage)
        : analysed_(analysed), passage_(passage) {}

    std::vector<TypedFact> read() {
        for (const FactMention& fact : analysed_.facts) {
            if (!fact.object || fact.relation.name.empty() || fact.polarity == Polarity::negative ||
                (fact.modality != Modality::asserted && fact.modality != Modality::alleged))
                continue;
            for (const Mapping& mapping : k_mappings) add_mapped(fact, mapping);
            for (const TimeMapping& mapping : k_time_mappings) add_time(fact, mapping);
            if (fact.relation.name == "member_of" && is_party(fact.object->span.of(analysed_.document.text)))
                add("POLITICAL_AFFILIATION", places(fact.subject), places(*fact.object));
        }
        return {found_.begin(), found_.end()};
    }

  private:
    void add_mapped(const FactMention& fact, const Mapping& mapping) {
        if (mapping.relation != fact.relation.name || mapping.value != fact.object->value.has_value()) return;
        const auto subject = places(fact.subject), object = places(*fact.object);
        if (mapping.swap)
            add(mapping.property, object, subject);
        else
            add(mapping.property, subject, object);
    }

    void add_time(const FactMention& fact, const TimeMapping& mapping) {
        if (mapping.relation != fact.relation.name || !fact.time) return;
        add(mapping.property, places(mapping.of_object ? *fact.object : fact.subject), {fact.time->span});
    }

    void add(std::string_view property, const std::vector<ByteSpan>& subjects,
             const std::vector<ByteSpan>& objects) {
        for (const ByteSpan subject : subjects)
            for (const ByteSpan object : objects)
                if (passage_.contains(subject) && passage_.contains(object) && !subject.overlaps(object))
                    found_.insert({std::string(property), subject, object});
    }

    // All names and pronouns of the argument's chain, which is what the corpus annotates; a value alone.
    std::vector<ByteSpan> places(const Argument& argument) const {
        if (!argument.mention) return {argument.span};
        const Mention& mention = analysed_.mentions[*argument.mention];
        std::vector<ByteSpan> spans;
        const auto add_mention = [&spans](const Mention& m) {
            if (m.kind != MentionKind::nominal) spans.push_back(m.span);
        };
        add_mention(mention);
        if (mention.chain)
            for (const std::size_t m : analysed_.chains[*mention.chain].mentions)
                add_mention(analysed_.mentions[m]);
        return spans;
    }

    const AnalysedDocument& analysed_;
    ByteSpan passage_;
    std::set<TypedFact> found_;
};

bool same_fact(const TypedFact& a, const TypedFact& b) {
    return a.property == b.property && a.subject.overlaps(b.subject) && a.object.overlaps(b.object);
}

bool in_list(const TypedFact& fact, const std::vector<TypedFact>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&fact](const TypedFact& other) { return same_fact(fact, other); });
}

std::string shown(const char* what, const TypedFact& fact, ByteSpan passage, std::string_view text) {
    return what + fact.property + ": " + std::string(fact.subject.of(text)) + " | " +
           std::string(fact.object.of(text)) + "  :: " + std::string(passage.of(text));
}

void score_passage(const TypedPassage& passage, const AnalysedDocument& analysed, TypedScores& scores) {
    const std::vector<TypedFact> predicted = typed_facts(analysed, passage.span);
    const std::string_view text = analysed.document.text;
    std::vector<TypedFact> matched;
    for (const TypedFact& fact : predicted)
        if (in_list(fact, passage.facts)) matched.push_back(fact);
    for (const TypedFact& fact : passage.facts) {
        Tally& tally = scores.by_property[fact.property];
        ++tally.gold;
        if (in_list(fact, predicted)) {
            // the published scorer counts right facts on the gold side
            ++tally.right;
            ++tally.predicted;
        } else {
            scores.remarks.push_back(shown("missed ", fact, passage.span, text));
        }
    }
    for (const TypedFact& fact : predicted) {
        if (!passage.annotated.contains(fact.property) || in_list(fact, matched)) continue;
        ++scores.by_property[fact.property].predicted;
        scores.remarks.push_back(shown("wrong  ", fact, passage.span, text));
    }
}

}  // namespace

std::vector<TypedDocument> read_knowledgenet(std::string_view text, const std::string& source,
                                             std::size_t fold) {
    std::vector<TypedDocument> documents;
    std::size_t line_number = 0;
    each_line(text, [&](std::string_view line) {
        ++line_number;
        if (line.empty()) return;
        const json::Value value = json::parse(line, source, line_number);
        if (fold_of(value) != fold) return;
        TypedDocument typed;
        typed.document.text = value.string_at("documentText");
        typed.document.source = value.string_at("documentId");
        typed.document.id = make_document_id(typed.document.source, typed.document.text);
        const CodePoints places(typed.document.text);
        for (const json::Value& passage : value.array_at("passages"))
            typed.passages.push_back(read_passage(passage, places));
        std::sort(typed.passages.begin(), typed.passages.end(),
                  [](const TypedPassage& a, const TypedPassage& b) { return a.span < b.span; });
        for (const TypedPassage& passage : typed.passages) {
            if (passage.span.empty()) continue;
            if (!typed.document.blocks.empty() && passage.span.overlaps(typed.document.blocks.back().span))
                continue;
            typed.document.blocks.push_back({passage.span, BlockKind::paragraph});
        }
        documents.push_back(std::move(typed));
    });
    return documents;
}

std::vector<TypedFact> typed_facts(const AnalysedDocument& analysed, ByteSpan passage) {
    return TypedReader(analysed, passage).read();
}

TypedScores score_typed_facts(std::span<const TypedDocument> gold,
                              std::span<const AnalysedDocument> analysed) {
    RELATA_EXPECTS(gold.size() == analysed.size());
    TypedScores scores;
    for (std::size_t d = 0; d < gold.size(); ++d)
        for (const TypedPassage& passage : gold[d].passages) score_passage(passage, analysed[d], scores);
    for (const auto& [property, tally] : scores.by_property) scores.all += tally;
    return scores;
}

TypedScores evaluate_typed_facts(std::span<const TypedDocument> gold,
                                 const std::function<void(std::span<AnalysedDocument>)>& extract) {
    std::vector<AnalysedDocument> documents(gold.size());
    for (std::size_t d = 0; d < gold.size(); ++d) documents[d].document = gold[d].document;
    extract(documents);
    return score_typed_facts(gold, documents);
}

std::vector<Score> typed_rows(const TypedScores& scores) {
    const std::string corpus = "KnowledgeNet fold 3";
    std::vector<Score> rows = {{corpus, "F1", scores.all.f1(), 65.0},
                               {corpus, "precision", scores.all.precision()},
                               {corpus, "recall", scores.all.recall()}};
    for (const auto& [property, tally] : scores.by_property) rows.push_back({corpus, property, tally.f1()});
    return rows;
}

}  // namespace relata::eval
