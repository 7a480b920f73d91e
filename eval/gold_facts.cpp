// SPDX-License-Identifier: Apache-2.0
#include "eval/gold_facts.hpp"

#include <string_view>

#include "core/json.hpp"
#include "eval/text_files.hpp"

namespace relata::eval {
namespace {

std::vector<std::string> strings(const json::Value& object, const char* key) {
    std::vector<std::string> result;
    if (const json::Value* list = object.find(key); list && list->array())
        for (const json::Value& element : *list->array())
            if (element.string()) result.push_back(*element.string());
    return result;
}

// "former" in the time or in the relation's name; "worked_for" is the past of "works_for".
bool is_past(const GoldFact& fact) {
    return fact.time == "former" || fact.time == "past" || fact.relation.starts_with("former") ||
           fact.relation.starts_with("worked_");
}

GoldFact read_fact(const json::Value& value) {
    GoldFact fact;
    fact.id = value.string_at("id");
    fact.subject = value.string_at("subject");
    fact.relation = value.string_at("relation");
    fact.accept = strings(value, "accept");
    fact.accept_inverse = strings(value, "accept_inverse");
    fact.symmetric = value.boolean_or("symmetric", false);
    fact.key = value.boolean_or("key", false);
    fact.polarity = parse_polarity(value.string_or("polarity", "positive")).value_or(Polarity::positive);
    fact.modality = parse_modality(value.string_or("modality", "asserted")).value_or(Modality::asserted);
    fact.difficulty = value.string_or("difficulty", "local");
    fact.time = value.string_or("time", "");
    fact.time_text = value.string_or("time_text", "");
    fact.past = is_past(fact);
    if (const std::string evidence = value.string_or("evidence", ""); !evidence.empty())
        fact.evidence.push_back(evidence);
    for (std::string& more : strings(value, "evidence_more")) fact.evidence.push_back(std::move(more));
    if (const json::Value* object = value.find("object"); object && object->string()) {
        fact.object = *object->string();
    } else if (object && object->object()) {
        fact.value = object->string_at("value");
        fact.value_kind = parse_value_kind(object->string_or("kind", "TEXT")).value_or(ValueKind::text);
    }
    return fact;
}

}  // namespace

GoldArticle read_gold_article(const std::filesystem::path& path) {
    const json::Value root = json::parse(read_text(path), path.string());
    GoldArticle gold;
    gold.id = root.string_or("id", path.stem().string());
    gold.source_file = root.string_or("source_file", path.stem().string() + ".txt");
    for (const json::Value& value : root.array_at("entities")) {
        GoldEntity entity;
        entity.name = value.string_at("name");
        entity.type = parse_entity_type(value.string_or("type", "OTHER")).value_or(EntityType::OTHER);
        entity.aliases = strings(value, "aliases");
        gold.entities.emplace(value.string_at("id"), std::move(entity));
    }
    for (const json::Value& value : root.array_at("facts")) gold.facts.push_back(read_fact(value));
    if (const json::Value* traps = root.find("traps"); traps && traps->array())
        for (const json::Value& trap : *traps->array()) gold.traps.push_back(trap.string_or("text", ""));
    return gold;
}

}  // namespace relata::eval
