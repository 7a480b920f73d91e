// SPDX-License-Identifier: Apache-2.0
#include "core/conllu.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/error.hpp"

using namespace relata;

namespace {

const std::string k_text =
    "# newdoc id = harbour\n"
    "# newpar\n"
    "# sent_id = 1\n"
    "1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n"
    "2\tn't\tnot\tPART\tRB\tPolarity=Neg\t3\tadvmod\t_\t_\n"
    "3\tsail\tsail\tVERB\tVB\t_\t0\troot\t_\tArgs=2:ARGM-NEG,5:ARG1|Pred=Yes\n"
    "3.1\tempty\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "4\tMara\tMara\tPROPN\tNNP\t_\t5\tcompound\t_\tNER=B-PRODUCT\n"
    "5\tII\tII\tPROPN\tNNP\t_\t3\tobj\t_\tNER=I-PRODUCT|SpaceAfter=No\n"
    "6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n"
    "\n"
    "1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_\n"
    "\n"
    "# newpar\n"
    "1\tNow\tnow\tADV\tRB\t_\t0\troot\t_\t_\n";

}  // namespace

TEST_CASE("CoNLL-U becomes documents whose text is the tokens'", "[core][conllu]") {
    const auto documents = read_conllu(k_text, "a.conllu");
    REQUIRE(documents.size() == 1);
    const AnalysedDocument& a = documents[0];
    CHECK(a.document.source == "harbour");
    CHECK(a.document.text == "Don't sail Mara II. Stop\n\nNow");
    REQUIRE(a.document.blocks.size() == 2);
    CHECK(a.document.blocks[0].span.of(a.document.text) == "Don't sail Mara II. Stop");
    REQUIRE(a.sentences.size() == 3);
    CHECK(a.sentences[2].block_index == 1);
    const auto& tokens = a.sentences[0].tokens;
    REQUIRE(tokens.size() == 6);
    CHECK(form(a, tokens[1]) == "n't");
    CHECK(tokens[1].head == 2);
    CHECK(tokens[2].head == k_root);
    CHECK(tokens[1].feats == "Polarity=Neg");
    REQUIRE(a.mentions.size() == 1);
    CHECK(a.mentions[0].span.of(a.document.text) == "Mara II");
    CHECK(a.mentions[0].head == 4);
    CHECK(a.mentions[0].type == EntityType::PRODUCT);
    REQUIRE(a.sentences[0].predicates.size() == 1);
    CHECK(a.sentences[0].predicates[0].roles[1].token == 4);
    CHECK(a.sentences[0].predicates[0].roles[1].label == "ARG1");
}

TEST_CASE("what is written is read back the same", "[core][conllu]") {
    const auto documents = read_conllu(k_text, "a.conllu");
    const std::string written = write_conllu(documents[0]);
    CHECK(written.find("# text = Don't sail Mara II.\n") != std::string::npos);
    CHECK(written.find("1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\tSpaceAfter=No|Span=0:2\n") != std::string::npos);
    CHECK(written.find("Args=2:ARGM-NEG,5:ARG1|Pred=Yes|Span=6:10\n") != std::string::npos);
    const auto again = read_conllu(written, "a.conllu");
    REQUIRE(again.size() == 1);
    CHECK(again[0].document.text == documents[0].document.text);
    CHECK(write_conllu(again[0]) == written);
}

TEST_CASE("broken CoNLL-U is reported with its line", "[core][conllu]") {
    const auto refused = [](const std::string& text, const std::string& what) {
        CHECK_THROWS_WITH(read_conllu(text, "b.conllu"), Catch::Contains(what));
        CHECK_THROWS_AS(read_conllu(text, "b.conllu"), InputError);
    };
    refused("1\tonly\tfour\tfields\n", "b.conllu:1: expected 10 columns");
    refused("\n2\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", "b.conllu:2: token ids");
    refused("1\tb\t_\tNOUNS\t_\t_\t_\t_\t_\t_\n", "unknown part of speech");
    refused("1\tb\t_\t_\t_\t_\t7\tdep\t_\t_\n", "head lies outside");
    refused("1\tb\t_\t_\t_\t_\tx\tdep\t_\t_\n", "head is no number");
    refused("1\tb\t_\t_\t_\t_\t0\tdep\t_\tArgs=9:ARG0\n", "argument lies outside");
    refused("1\t\xff\t_\t_\t_\t_\t_\t_\t_\t_\n", "UTF-8");
    CHECK(read_conllu("", "b.conllu").empty());
    CHECK(read_conllu("# only a comment\n", "b.conllu").empty());
}

TEST_CASE("tokens are parted by blanks and kept, one sentence a line", "[core][conllu]") {
    const auto a = read_tokens("well-known ca n't .\r\n\n  Stop !\n", "t");
    CHECK(a.document.text == "well-known ca n't .\nStop !");
    REQUIRE(a.sentences.size() == 2);
    CHECK(a.sentences[0].tokens.size() == 4);
    CHECK(form(a, a.sentences[1].tokens[1]) == "!");
    CHECK(a.sentences[1].span.of(a.document.text) == "Stop !");
    CHECK(a.document.blocks.size() == 2);
    CHECK(read_tokens("", "t").sentences.empty());
    CHECK_THROWS_AS(read_tokens("\xff", "t"), InputError);
}
