// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {
Document markdown(std::string_view bytes) {
    return read_one(bytes, FileFormat::markdown);
}
using Lines = std::vector<std::string>;
}  // namespace

TEST_CASE("front matter gives title, author and date", "[read][markdown][unit]") {
    const Document document = markdown(
        "---\ntitle: \"Lind's \\\"last\\\" ship\"\nauthor: 'Jo O''Dell'\ndate: 2026-07-07\ntags: [a, "
        "b]\n---\n\n"
        "# Lind's \"last\" ship\n\nThe ship sank.\n");
    CHECK(document.title == "Lind's \"last\" ship");
    CHECK(document.author == "Jo O'Dell");
    CHECK(document.published == "2026-07-07");
    CHECK(blocks(document) == Lines{"T Lind's \"last\" ship", "P The ship sank."});
}

TEST_CASE("without front matter the first heading and the line below it serve", "[read][markdown][unit]") {
    const Document document =
        markdown("# The ship\n\n*By Jo Aas, 17 August 2025*\n\nIt sank.\n\n## Why\n\nNobody knows.\n");
    CHECK(document.title == "The ship");
    CHECK(document.author == "Jo Aas");
    CHECK(document.published == "2025-08-17");
    CHECK(blocks(document) == Lines{"T The ship", "P It sank.", "H Why", "P Nobody knows."});
}

TEST_CASE("markup leaves the words and takes pictures, code and HTML", "[read][markdown][unit]") {
    const Document document = markdown(
        "**Tolm** bought [Rhea *Marine*](https://r.example \"t\")\nand `its` yard.\n\n![Photo of "
        "Lind](p.jpg)\n\n"
        "<div>Share</div>\n\n```\ncode\n```\n\n> Lind wept.\n\n- One ship\n  sank.\n- Two did not.\n");
    CHECK(blocks(document) == Lines{"P Tolm bought Rhea Marine and its yard.", "P Lind wept.",
                                    "L One ship sank.", "L Two did not."});
}

TEST_CASE("a rule of dashes at the start is no front matter", "[read][markdown][unit]") {
    CHECK(blocks(markdown("---\n\nTolm bought Rhea.\n")) == Lines{"P Tolm bought Rhea."});
}
