// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include "ingest/read/html_tags.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {
Document html(std::string_view bytes) {
    return read_one(bytes, FileFormat::html);
}
using Lines = std::vector<std::string>;
}  // namespace

TEST_CASE("the article is taken out of its page", "[read][html][unit]") {
    const Document document = html(R"(<!doctype html><html><head><title>Tolm buys yard | Bergen Post</title>
<style>p { color: red }</style><script>var p = "<p>no</p>";</script></head><body>
<div class="cookie-banner"><p>We use cookies to remember you and your 300 closest friends.</p></div>
<header><a href="/">Bergen Post</a><nav><ul><li><a href="/s">Ships and harbours of the whole north</a></li></ul></nav></header>
<main><article><h1>Tolm buys yard</h1><p class="byline">By <span>Jo Aas</span>, <time datetime="2026-05-03">3 May</time></p>
<div class="articleShare"><p>Share this with everybody you have ever met.</p></div>
<p>Tolm bought the <a href="/r">Rhea&nbsp;yard</a> on <time datetime="2026-05-01">Friday</time>.</p>
<figure><img src="x.jpg"><figcaption>The yard at dawn, seen by our photographer.</figcaption></figure>
<aside><h3>More about yards</h3><p>Ten yards that you should see this year.</p></aside>
<h2>Why</h2><ul><li>The yard is cheap.</li><li><a href="/y">Yards in pictures</a></li></ul>
<blockquote>“I am glad,” said G&ouml;ran Lind.</blockquote>
<div id="relatedStories"><ul><li><a href="/z">Other yards</a></li></ul></div>
</article><section class="newsletter"><p>Get the news of the yards every day at six.</p></section></main>
<footer><p>Bergen Post is printed on paper and kept in libraries.</p></footer></body></html>)");
    CHECK(document.title == "Tolm buys yard");
    CHECK(document.author == "Jo Aas");
    CHECK(document.published == "2026-05-03");
    CHECK(document.publisher == "Bergen Post");
    CHECK(blocks(document) == Lines{"T Tolm buys yard", "P Tolm bought the Rhea yard on Friday.", "H Why",
                                    "L The yard is cheap.", "P “I am glad,” said Göran Lind."});
}

TEST_CASE("metadata comes from meta elements, Open Graph and JSON-LD", "[read][html][unit]") {
    const std::string body = "<body><p>Tolm bought the yard from Rhea for a song.</p></body>";
    const Document graph = html(
        "<head><title>x</title><meta property=og:title content='Yard sold'><meta name=author content='By Jo "
        "Aas'>"
        "<meta property=article:published_time content=2026-05-03T10:00:00Z><meta property=og:site_name "
        "content=Post>"
        "<link rel=canonical href=https://p.example/1></head>" +
        body);
    CHECK(graph.title == "Yard sold");
    CHECK(graph.author == "Jo Aas");
    CHECK(graph.published == "2026-05-03");
    CHECK(graph.publisher == "Post");
    CHECK(graph.uri == "https://p.example/1");
    const Document linked = html(
        "<script "
        "type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"w\"},{\"headline\":\"Yard "
        "sold\",\"datePublished\":\"2026-05-03T23:00:00+02:00\",\"author\":[{\"name\":\"Jo "
        "Aas\"},{\"name\":\"Eva "
        "Tamm\"}],\"publisher\":{\"name\":\"Post\"}}]}</script><script "
        "type='application/ld+json'>{broken</script>" +
        body);
    CHECK(linked.title == "Yard sold");
    CHECK(linked.author == "Jo Aas, Eva Tamm");
    CHECK(linked.published == "2026-05-03");
    CHECK(linked.publisher == "Post");
}

TEST_CASE("a class name on the element that holds the article does not remove it", "[read][html][unit]") {
    const Document document = html(
        "<body><form><div class='layout-with-sidebar ad-free'><p>Tolm bought the yard from Rhea.</p><p>Lind "
        "wept.</p>"
        "</div></form></body>");
    CHECK(blocks(document) == Lines{"P Tolm bought the yard from Rhea.", "P Lind wept."});
}

TEST_CASE("pages without paragraphs are cut at double line breaks", "[read][html][unit]") {
    const Document document = html(
        "<body><table><tr><td>Tolm bought the yard<br>from Rhea last week.<br><br>Nobody had expected that "
        "it "
        "would.</td></tr></table></body>");
    CHECK(blocks(document) ==
          Lines{"P Tolm bought the yard from Rhea last week.", "P Nobody had expected that it would."});
}

TEST_CASE("elements that are hidden are not read", "[read][html][unit]") {
    CHECK(blocks(html(
              "<p>Tolm bought the yard.</p><p hidden>Rhea bought Tolm.</p><p style='display: none'>No.</p>"
              "<div aria-hidden=true><p>Never.</p></div>")) == Lines{"P Tolm bought the yard."});
}

TEST_CASE("a declared legacy encoding is honoured", "[read][html][unit]") {
    CHECK(blocks(html("<meta charset=windows-1250><p>Kov\xE1\xE8 left the yard.</p>")) ==
          Lines{"P Kováč left the yard."});
}

TEST_CASE("a page without article is reported", "[read][html][bad-input][unit]") {
    CHECK(refusal("<html><head><title>Yard</title></head><body><nav>Home</nav></body></html>",
                  FileFormat::html) == "test: holds no article text");
}

TEST_CASE("100,000 nested elements are read at once and keep their text", "[read][html][bad-input][unit]") {
    for (const std::string tag :
         {"<div>", "<b>", "<span class='x>y'>", "<div/>", "<svg><g>", "<p><i><font size=1>"}) {
        CAPTURE(tag);
        std::string bytes = "<body>";
        for (int i = 0; i < 100000; ++i) bytes += tag;
        const Document document = html(bytes + "<p>Tolm bought the yard from Rhea on Monday.</p>");
        CHECK(blocks(document).back() == "P Tolm bought the yard from Rhea on Monday.");
    }
}

TEST_CASE("pages of usual depth pass the depth guard unchanged", "[read][html][unit]") {
    std::string page = "<!-- <div> --><script>if (a<b) document.write('<div>');</script>";
    for (int i = 0; i < 1000; ++i) page += "<p>a<br>b<li><div><b>c</b></div><img src=x>";
    CHECK(limit_depth(page) == page);
}
