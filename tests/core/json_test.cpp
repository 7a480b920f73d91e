// SPDX-License-Identifier: Apache-2.0
#include "core/json.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "core/error.hpp"

using namespace relata;

TEST_CASE("json parse keeps members in order and types apart", "[core][json]") {
    const json::Value value = json::parse(R"({"b":1,"a":[true,null,2.5,"Zoë"]})", "test");
    REQUIRE(value.object() != nullptr);
    CHECK(value.object()->front().first == "b");
    CHECK(value.number_at("b") == 1);
    const json::Array& array = value.array_at("a");
    CHECK(array[0].boolean() == true);
    CHECK(array[1].is_null());
    CHECK(array[2].number() == 2.5);
    CHECK_FALSE(array[2].integer());
    CHECK(*array[3].string() == "Zoë");
}

TEST_CASE("json errors name line and column", "[core][json]") {
    CHECK_THROWS_WITH(json::parse("{\n  \"a\": tru }", "x.json"), Catch::StartsWith("x.json:2:"));
    CHECK_THROWS_WITH(json::parse("{\"a\":1,\"a\":2}", "x.json"), Catch::Contains("duplicate key \"a\""));
    CHECK_THROWS_WITH(json::parse("[\"\xFF\"]", "x.json"), Catch::Contains("UTF-8"));
    CHECK_THROWS_AS(json::parse("", "x.json"), InputError);
    CHECK_THROWS_AS(json::parse("{} x", "x.json"), InputError);
}

TEST_CASE("json nesting of a million levels is refused, not a crash", "[core][json]") {
    CHECK_THROWS_WITH(json::parse(std::string(1'000'000, '['), "deep"), Catch::Contains("nested too deeply"));
}

TEST_CASE("json accessors say which member is wrong", "[core][json]") {
    const json::Value value = json::parse(R"({"name":3})", "test");
    CHECK_THROWS_WITH(value.string_at("name"), Catch::Contains("\"name\""));
    CHECK_THROWS_AS(value.string_or("name", "x"), Error);
    CHECK(value.string_or("missing", "x") == "x");
}

TEST_CASE("json writer escapes control characters, quotes and repairs bytes", "[core][json]") {
    json::Writer writer;
    writer.begin_object()
        .member("k\"", "a\x01\n\xFF")
        .member("n", 0.1)
        .member("f", false)
        .key("l")
        .begin_array();
    writer.value(std::int64_t{-3}).null().end_array().end_object();
    CHECK(writer.text() == "{\"k\\\"\":\"a\\u0001\\n\xEF\xBF\xBD\",\"n\":0.1,\"f\":false,\"l\":[-3,null]}");
    CHECK_NOTHROW(json::parse(writer.text(), "written"));
    writer.clear();
    writer.value(true);
    CHECK(writer.text() == "true");
}

TEST_CASE("json writer refuses what JSON cannot say", "[core][json]") {
    json::Writer writer;
    CHECK_THROWS_AS(writer.value(std::numeric_limits<double>::quiet_NaN()), ContractViolation);
}
