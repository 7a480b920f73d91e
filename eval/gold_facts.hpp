// SPDX-License-Identifier: Apache-2.0
// The facts that a careful reader draws from one article: one JSON file with entities (names, aliases), facts
// (subject, relation, accepted paraphrases, object, time, polarity, modality, key, difficulty, evidence) and
// traps (words of the article that must not become a plain assertion).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/annotation.hpp"
#include "core/fact.hpp"

namespace relata::eval {

struct GoldEntity {
    std::string name;
    EntityType type = EntityType::OTHER;
    std::vector<std::string> aliases;
};

struct GoldFact {
    std::string id, subject, relation;
    std::vector<std::string> accept;          // paraphrases of the relation
    std::vector<std::string> accept_inverse;  // names that say the same with the arguments swapped
    std::string object;                       // an entity's id; empty when the object is a value
    std::optional<std::string> value;
    ValueKind value_kind = ValueKind::text;
    std::string time, time_text;  // ISO 8601 where known, else words; empty when there is none
    Polarity polarity = Polarity::positive;
    Modality modality = Modality::asserted;
    bool symmetric = false, key = false;
    bool past = false;  // a state that no longer holds
    std::string difficulty;
    std::vector<std::string> evidence;  // sentences
};

struct GoldArticle {
    std::string id, source_file;
    std::map<std::string, GoldEntity> entities;
    std::vector<GoldFact> facts;
    std::vector<std::string> traps;
};

// Throws IoError, InputError.
GoldArticle read_gold_article(const std::filesystem::path& path);

}  // namespace relata::eval
