// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "helper.hpp"

using namespace relata;
using namespace relata::ingest::testing;

TEST_CASE("a nationality is that of a country, not of a state or a town", "[ingest_facts][nominal]") {
    const auto says_nationality = [](const std::string& place) {
        // "Ana Lind of PLACE won."
        const AnalysedDocument analysed = extract(
            "1\tAna\tAna\tPROPN\tNNP\t_\t5\tnsubj\t_\tNER=B-PERSON\n"
            "2\tLind\tLind\tPROPN\tNNP\t_\t1\tflat\t_\tNER=I-PERSON\n"
            "3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_\n"
            "4\t" +
            place + "\t" + place +
            "\tPROPN\tNNP\t_\t1\tnmod\t_\tNER=B-GPE\n"
            "5\twon\twin\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"
            "6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n\n");
        return std::any_of(analysed.facts.begin(), analysed.facts.end(),
                           [](const FactMention& fact) { return fact.relation.name == "nationality"; });
    };
    CHECK(says_nationality("Norway"));
    CHECK_FALSE(says_nationality("Minnesota"));
}
