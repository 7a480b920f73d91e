// SPDX-License-Identifier: Apache-2.0
#include "web/html.hpp"

#include <catch2/catch.hpp>
#include <concepts>

using namespace relata::web;

TEST_CASE("run-time text cannot become markup", "[web][unit]") {
    STATIC_REQUIRE_FALSE(std::convertible_to<std::string, Html>);
    STATIC_REQUIRE_FALSE(std::convertible_to<const char*, Html>);
    STATIC_REQUIRE_FALSE(std::constructible_from<Markup<0>, std::string>);
    STATIC_REQUIRE_FALSE(std::constructible_from<Markup<0>, std::string_view>);
    const std::string name = "<b> & \"q\" 'a' {}";
    CHECK(html("<p title=\"{}\">{}</p>", name, name).bytes() ==
          "<p title=\"&lt;b&gt; &amp; &quot;q&quot; &#39;a&#39; {}\">&lt;b&gt; &amp; &quot;q&quot; "
          "&#39;a&#39; {}</p>");
    CHECK(html("<p>{}{}</p>", html("<i>{}</i>", "&"), 7).bytes() == "<p><i>&amp;</i>7</p>");
}

TEST_CASE("control characters and direction overrides become visible", "[web][unit]") {
    CHECK(escape(std::string_view("a\0b", 3)) == "a\u2400b");
    CHECK(escape("\x1B[31m\x7F") == "\u241B[31m\u2421");
    CHECK(escape("abc\u202Efed\u2066") == "abc[U+202E]fed[U+2066]");
    CHECK(escape("\u0085") == "\uFFFD");
    CHECK(escape("line\nnext\tcell") == "line\nnext\tcell");
    // Joiners and marks belong to ordinary text.
    CHECK(escape("می\u200Cخواهم \u200F") == "می\u200Cخواهم \u200F");
    CHECK(escape("\xC3(\xFF") == "\uFFFD(\uFFFD");
}

TEST_CASE("only http and https addresses become links", "[web][unit]") {
    CHECK(external_link("https://news.example/a?b=1&c=2", "there").bytes() ==
          "<a href=\"https://news.example/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener noreferrer "
          "nofollow\">there</a>");
    for (const char* address : {"javascript:alert(1)", "JAVASCRIPT:alert(1)", " https://x",
                                "file:///etc/passwd", "data:text/html,x", "//news.example", "\thttps://x"})
        CHECK(external_link(address, "there").bytes() == "there");
}

TEST_CASE("numbers are written for people", "[web][unit]") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(9999) == "9999");
    CHECK(grouped(10000) == "10\u202F000");
    CHECK(grouped(1234567) == "1\u202F234\u202F567");
    CHECK(counted(1, "fact") == "1 fact");
    CHECK(counted(2, "entity", "entities") == "2 entities");
    CHECK(decimal(0.926) == "0.93");
    CHECK(decimal(1) == "1.00");
}
