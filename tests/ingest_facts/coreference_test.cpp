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
