// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "helper.hpp"

using namespace relata;
using namespace relata::ingest::testing;

TEST_CASE("a thing without a name is called by its description", "[ingest_facts][nameless]") {
    // "The collision of two ferries delayed Halden Motor."
    const AnalysedDocument analysed = extract(
        "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n"
        "2\tcollision\tcollision\tNOUN\tNN\tNumber=Sing\t6\tnsubj\t_\t_\n"
        "3\tof\tof\tADP\tIN\t_\t5\tcase\t_\t_\n"
        "4\ttwo\ttwo\tNUM\tCD\t_\t5\tnummod\t_\t_\n"
        "5\tferries\tferry\tNOUN\tNNS\tNumber=Plur\t2\tnmod\t_\t_\n"
        "6\tdelayed\tdelay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
        "7\tHalden\tHalden\tPROPN\tNNP\t_\t8\tcompound\t_\tNER=B-ORG\n"
        "8\tMotor\tMotor\tPROPN\tNNP\t_\t6\tobj\t_\tNER=I-ORG|SpaceAfter=No\n"
        "9\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_\n\n");
    CHECK(std::any_of(analysed.chains.begin(), analysed.chains.end(), [](const Chain& chain) {
        return !chain.named && chain.name == "collision of two ferries";
    }));
}
