// SPDX-License-Identifier: Apache-2.0
#include "core/ids.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

#include "core/document.hpp"
#include "core/error.hpp"
#include "core/fact.hpp"

using namespace relata;

TEST_CASE("ids of different things do not convert into one another", "[core][ids]") {
    STATIC_REQUIRE_FALSE(std::is_convertible_v<EntityId, FactId>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::uint64_t, EntityId>);
}

TEST_CASE("an id's text reads back equal and anything else is refused", "[core][ids]") {
    const EntityId id{0x00ab12cd00ef3456ULL};
    CHECK(id.text() == "00ab12cd00ef3456");
    CHECK(EntityId::parse(id.text()) == id);
    CHECK_FALSE(EntityId::parse("00ab12cd00ef345"));
    CHECK_FALSE(EntityId::parse("00ab12cd00ef345g"));
    CHECK_FALSE(EntityId::parse("-0ab12cd00ef3456"));
}

TEST_CASE("document ids come from source and text and from nothing else", "[core][ids]") {
    CHECK(make_document_id("a.txt", "Rhea buys Tolm.") == make_document_id("a.txt", "Rhea buys Tolm."));
    CHECK(make_document_id("a.txt", "Rhea buys Tolm.") != make_document_id("b.txt", "Rhea buys Tolm."));
    CHECK(make_document_id("a.txt", "Rhea buys Tolm.") != make_document_id("a.txt", "Rhea buys Tolm"));
    // Pinned: a change here breaks every link that users have kept.
    CHECK(content_hash("relata") == 0x1ced06198a885aabULL);
}

TEST_CASE("names of enumerations read back equal", "[core][names]") {
    for (int i = 0; i <= static_cast<int>(EntityType::OTHER); ++i) {
        const auto type = static_cast<EntityType>(i);
        CHECK(parse_entity_type(to_string(type)) == type);
    }
    for (int i = 0; i <= static_cast<int>(Upos::X); ++i) {
        CHECK(parse_upos(to_string(static_cast<Upos>(i))) == static_cast<Upos>(i));
    }
    for (int i = 0; i <= static_cast<int>(Modality::alleged); ++i) {
        CHECK(parse_modality(to_string(static_cast<Modality>(i))) == static_cast<Modality>(i));
    }
    CHECK_FALSE(parse_entity_type("COMPANY"));
    CHECK(is_value(EntityType::MONEY));
    CHECK_FALSE(is_value(EntityType::LAW));
}

TEST_CASE("an input error names source, line and column", "[core][error]") {
    CHECK(std::string(InputError("a.jsonl", "expected string", 3, 17).what()) ==
          "a.jsonl:3:17: expected string");
    CHECK(std::string(InputError("a.txt", "is empty").what()) == "a.txt: is empty");
}
