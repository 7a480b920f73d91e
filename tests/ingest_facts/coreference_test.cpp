// SPDX-License-Identifier: Apache-2.0
// Who is meant, beyond what the example sentences show through their facts.
#include <catch2/catch.hpp>
#include <string>

#include "helper.hpp"

using namespace relata;
using namespace relata::ingest::testing;

namespace {

// The name of the chain of the `index`-th mention that is a name.
std::string chain_of_name(const AnalysedDocument& analysed, std::size_t index) {
    for (const Mention& mention : analysed.mentions) {
        if (mention.kind != MentionKind::name || index-- > 0) continue;
        return mention.chain ? analysed.chains[*mention.chain].name : std::string();
    }
    return {};
}

}  // namespace

TEST_CASE("a name of two people is nobody's full name", "[ingest_facts][coreference]") {
    // "The Arden-Voss debate ended. Voss left." The analyser may mark "Arden-Voss" as one person.
    for (const std::string dash : {"-", "–"}) {
        const AnalysedDocument analysed = extract(
            "1\tThe\tthe\tDET\tDT\t_\t5\tdet\t_\t_\n"
            "2\tArden\tArden\tPROPN\tNNP\t_\t4\tcompound\t_\tNER=B-PERSON|SpaceAfter=No\n"
            "3\t" +
            dash + "\t" + dash +
            "\tPUNCT\tHYPH\t_\t4\tpunct\t_\tNER=I-PERSON|SpaceAfter=No\n"
            "4\tVoss\tVoss\tPROPN\tNNP\t_\t5\tcompound\t_\tNER=I-PERSON\n"
            "5\tdebate\tdebate\tNOUN\tNN\t_\t6\tnsubj\t_\t_\n"
            "6\tended\tend\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"
            "7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_\n"
            "\n"
            "1\tVoss\tVoss\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-PERSON\n"
            "2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"
            "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n");
        CHECK(chain_of_name(analysed, 0) == "Arden" + dash + "Voss");
        CHECK(chain_of_name(analysed, 1) == "Voss");
    }
}

namespace {

// The name of the chain of the first mention with that text, or "".
std::string chain_of(const AnalysedDocument& analysed, std::string_view text) {
    for (const Mention& mention : analysed.mentions)
        if (mention.span.of(analysed.document.text) == text)
            return mention.chain ? analysed.chains[*mention.chain].name : std::string();
    return {};
}

}  // namespace

TEST_CASE("who speaks is I, and the speaker's organisation is we", "[ingest_facts][coreference]") {
    const AnalysedDocument analysed = extract(
        "1\t“\t“\tPUNCT\t``\t_\t3\tpunct\t_\tSpaceAfter=No\n"
        "2\tWe\twe\tPRON\tPRP\t_\t3\tnsubj\t_\t_\n"
        "3\tsold\tsell\tVERB\tVBD\t_\t0\troot\t_\t_\n"
        "4\tmy\tmy\tPRON\tPRP$\t_\t5\tnmod:poss\t_\t_\n"
        "5\tboat\tboat\tNOUN\tNN\tNumber=Sing\t3\tobj\t_\tSpaceAfter=No\n"
        "6\t,\t,\tPUNCT\t,\t_\t8\tpunct\t_\tSpaceAfter=No\n"
        "7\t”\t”\tPUNCT\t''\t_\t3\tpunct\t_\t_\n"
        "8\tsaid\tsay\tVERB\tVBD\t_\t3\tparataxis\t_\t_\n"
        "9\tAna\tAna\tPROPN\tNNP\t_\t8\tnsubj\t_\tNER=B-PERSON\n"
        "10\tLind\tLind\tPROPN\tNNP\t_\t9\tflat\t_\tNER=I-PERSON|SpaceAfter=No\n"
        "11\t,\t,\tPUNCT\t,\t_\t12\tpunct\t_\t_\n"
        "12\tdirector\tdirector\tNOUN\tNN\tNumber=Sing\t9\tappos\t_\t_\n"
        "13\tof\tof\tADP\tIN\t_\t14\tcase\t_\t_\n"
        "14\tHalden\tHalden\tPROPN\tNNP\t_\t12\tnmod\t_\tNER=B-ORG|SpaceAfter=No\n"
        "15\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n"
        "\n"
        "1\tWe\twe\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
        "2\treport\treport\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No\n"
        "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n");
    CHECK(chain_of(analysed, "We") == "Halden");
    CHECK(chain_of(analysed, "my") == "Ana Lind");
    // outside of quotation marks nobody knows who "we" are
    const Mention& author = analysed.mentions.back();
    REQUIRE(author.chain);
    CHECK_FALSE(analysed.chains[*author.chain].named);
}

TEST_CASE("a quotation without its closing mark ends with its block", "[ingest_facts][coreference]") {
    const AnalysedDocument analysed = extract(
        "1\t“\t“\tPUNCT\t``\t_\t3\tpunct\t_\tSpaceAfter=No\n"
        "2\tI\tI\tPRON\tPRP\t_\t3\tnsubj\t_\t_\n"
        "3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"
        "4\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\t_\n"
        "5\tand\tand\tCCONJ\tCC\t_\t6\tcc\t_\t_\n"
        "6\tslept\tsleep\tVERB\tVBD\t_\t3\tconj\t_\tSpaceAfter=No\n"
        "7\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n"
        "\n"
        "# newpar\n"
        "1\tLind\tLind\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-PERSON\n"
        "2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
        "3\tI\tI\tPRON\tPRP\t_\t4\tnsubj\t_\t_\n"
        "4\tslept\tsleep\tVERB\tVBD\t_\t2\tccomp\t_\tSpaceAfter=No\n"
        "5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n");
    CHECK(analysed.chains.size() == 3);  // Lind, the quoted I, the writing I
}
