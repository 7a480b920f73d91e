// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {
Document text(std::string_view bytes) {
    return read_one(bytes, FileFormat::plain_text);
}
using Lines = std::vector<std::string>;
}  // namespace

TEST_CASE("title, byline and date above the text are told apart from it", "[read][text][unit]") {
    const Document document = text(
        "Tolm Shipping buys a yard\nBy Ana Lind\n12 March 2026\nhttps://ledger.example/tolm\n\n"
        "OSLO, 12 March - Tolm bought the yard.\n\nLind wept.\n");
    CHECK(document.title == "Tolm Shipping buys a yard");
    CHECK(document.author == "Ana Lind");
    CHECK(document.published == "2026-03-12");
    CHECK(document.uri == "https://ledger.example/tolm");
    CHECK(blocks(document) ==
          Lines{"T Tolm Shipping buys a yard", "P OSLO, 12 March - Tolm bought the yard.", "P Lind wept."});
    CHECK(document.text.substr(0, 26) == "Tolm Shipping buys a yard\n");
}

TEST_CASE("a date line that follows the address after a blank line is metadata too", "[read][text][unit]") {
    const Document document = text(
        "Yard burns\n2019-01-04\nhttps://w.example/1\n\nFriday, January 4, 2019\xC2\xA0\n\nThe yard "
        "burnt.\n");
    CHECK(document.published == "2019-01-04");
    CHECK(blocks(document) == Lines{"T Yard burns", "P The yard burnt."});
}

TEST_CASE("one line is a paragraph and a title stands alone above a text", "[read][text][unit]") {
    CHECK(blocks(text("Tolm buys Rhea")) == Lines{"P Tolm buys Rhea"});
    CHECK(blocks(text("Tolm bought Rhea.\n\nLind wept.")) == Lines{"P Tolm bought Rhea.", "P Lind wept."});
    CHECK(blocks(text("Tolm buys Rhea\n\nLind wept.")) == Lines{"T Tolm buys Rhea", "P Lind wept."});
    // A full stop is no hindrance where a byline follows.
    CHECK(blocks(text("Lind leaves Rhea Inc.\nBy Jo Aas\n\nShe wept.")) ==
          Lines{"T Lind leaves Rhea Inc.", "P She wept."});
}

TEST_CASE("hard-wrapped lines are one paragraph", "[read][text][unit]") {
    const Document document = text(
        "The shipbuilder Tolm, which has its yard in Bergen, said on Monday that\n"
        "Ana Lind would leave the company at the end of the year. She has been its\n"
        "chief executive since 2019.\n\nNobody wept.\n");
    CHECK(blocks(document) ==
          Lines{"P The shipbuilder Tolm, which has its yard in Bergen, said on Monday that / Ana Lind would "
                "leave the "
                "company at the end of the year. She has been its / chief executive since 2019.",
                "P Nobody wept."});
}

TEST_CASE("without blank lines each long line is a paragraph", "[read][text][unit]") {
    const std::string first =
        "The shipbuilder Tolm, which has its yard in Bergen, said on Monday that Ana Lind would leave the "
        "company at "
        "the end of the year.";
    CHECK(blocks(text(first + "\nLind, who is 51, will join Rhea.\nNobody wept.")) ==
          Lines{"P " + first, "P Lind, who is 51, will join Rhea.", "P Nobody wept."});
}

TEST_CASE("headings and lists are told from prose", "[read][text][unit]") {
    const Document document = text(
        "Tolm bought Rhea.\n\nWhat we know\n\n- Lind leaves the company after\n  nine years.\n- Aas "
        "stays.\n\n"
        "1. The yard is sold.\n2) The ships are not.\n\nNobody wept.\n");
    CHECK(blocks(document) == Lines{"P Tolm bought Rhea.", "H What we know",
                                    "L Lind leaves the company after /   nine years.", "L Aas stays.",
                                    "L The yard is sold.", "L The ships are not.", "P Nobody wept."});
}

TEST_CASE("what stands behind a list of sources is not prose", "[read][text][unit]") {
    const Document document = text(
        "Yard burns\n\nThe yard burnt.\n\nImage: Jo Lind.\n\nHave an opinion on this story? Share it!\n\n"
        "Sources\n\nJo Aas. \"Yard burns\" Bergen Post, 3 May 2026\n");
    CHECK(blocks(document) == Lines{"T Yard burns", "P The yard burnt."});
}

TEST_CASE("blocks lie in order inside the text and the id follows the text", "[read][text][property]") {
    const Document document =
        text("Åse leaves\n\nÅse Ørn left.\n\n- one item of the list\n\n“Yes,” she said.\n");
    std::size_t end = 0;
    for (const Block& block : document.blocks) {
        CHECK(block.span.begin >= end);
        CHECK_FALSE(block.span.empty());
        end = block.span.end;
    }
    CHECK(end <= document.text.size());
    CHECK(document.id == make_document_id(document.source, document.text));
}
