// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

using namespace relata;
using namespace relata::ingest;

TEST_CASE("each record is a document and a bad one costs only itself", "[read][jsonl][unit]") {
    const ReadResult result = read_bytes(
        "\xEF\xBB\xBF{\"id\":\"a\",\"title\":\"Yard burns\",\"date\":\"3 May 2026\",\"source\":\"Bergen "
        "Post\","
        "\"text\":\"The yard burnt.\\n\\nLind wept.\"}\r\n"
        "{\"id\":\"b\",\"text\":\"oops\n"
        "\n"
        "[1]\n"
        "{\"id\":7,\"text\":\"Tolm bought Rhea.\"}\n"
        "{\"id\":\"c\"}\n"
        "{\"text\":\"  \"}\n"
        "{\"text\":\"Rhea sued Tolm.\"}",
        FileFormat::json_lines, "n.jsonl");
    REQUIRE(result.documents.size() == 3);
    const Document& first = result.documents[0];
    CHECK(first.source == "n.jsonl#a");
    CHECK(first.published == "2026-05-03");
    CHECK(first.publisher == "Bergen Post");
    CHECK(first.title == "Yard burns");
    CHECK(first.text == "Yard burns\n\nThe yard burnt.\n\nLind wept.");
    CHECK(blocks(first) == std::vector<std::string>{"T Yard burns", "P The yard burnt.", "P Lind wept."});
    CHECK(result.documents[1].source == "n.jsonl#7");
    CHECK(result.documents[2].source == "n.jsonl#8");
    REQUIRE(result.skipped.size() == 4);
    CHECK_THAT(result.skipped[0].what(), Catch::StartsWith("n.jsonl:2:"));
    CHECK(result.skipped[1].what() == std::string("n.jsonl:4: record must be a JSON object"));
    CHECK_THAT(result.skipped[2].what(), Catch::StartsWith("n.jsonl:6: ") && Catch::Contains("\"text\""));
    CHECK(result.skipped[3].what() == std::string("n.jsonl:7: record holds no text"));
}

TEST_CASE("a record without title keeps its text byte for byte", "[read][jsonl][unit]") {
    const Document document = read_json_record("{\"text\":\"By Monday\\nTolm had\\nbought Rhea. \"}", "s", 1);
    CHECK(document.text == "By Monday\nTolm had\nbought Rhea. ");
    CHECK(document.title.empty());
}

TEST_CASE("an empty file of records is reported", "[read][jsonl][bad-input][unit]") {
    CHECK(refusal("", FileFormat::json_lines) == "test: is empty");
    CHECK(refusal("\n \n", FileFormat::json_lines) == "test: holds no records");
}

TEST_CASE("a file of records is read in pieces", "[read][jsonl][unit]") {
    const TemporaryFolder folder;
    std::string bytes;
    for (int i = 0; i < 30000; ++i)
        bytes += "{\"id\":" + std::to_string(i) + ",\"text\":\"Tolm bought a very small yard.\"}\n";
    REQUIRE(bytes.size() > 1024 * 1024);
    const ReadResult result = read_file(folder.write("n.jsonl", bytes));
    CHECK(result.skipped.empty());
    REQUIRE(result.documents.size() == 30000);
    CHECK_THAT(result.documents.back().source, Catch::EndsWith("#29999"));
}
