// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/names.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/conllu.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

const std::vector<EntityType> k_types = {EntityType::PERSON, EntityType::ORG, EntityType::GPE};

AnalysedDocument document(const std::string& tokens) {
    auto analysed = read_tokens(tokens, "test");
    for (Sentence& sentence : analysed.sentences)
        for (Token& token : sentence.tokens) {
            const char first = form(analysed, token)[0];
            token.upos = first >= 'A' && first <= 'Z' ? Upos::PROPN : Upos::NOUN;
        }
    return analysed;
}

// log probabilities of PERSON, ORG, GPE
const std::vector<float> k_person = {-0.1F, -3, -4}, k_organisation = {-3, -0.1F, -4},
                         k_place = {-2.0F, -4, -0.2F}, k_perhaps_person = {-0.5F, -1, -4};

std::string shown(const AnalysedDocument& analysed, const std::vector<NameCandidate>& names) {
    std::string out;
    for (const auto& name : names) {
        const auto& tokens = analysed.sentences[name.sentence].tokens;
        if (!out.empty()) out += "; ";
        out += ByteSpan{tokens[name.first].span.begin, tokens[name.last - 1].span.end}.of(
            analysed.document.text);
        out += "=" + std::string(to_string(k_types[best_type(name)]));
    }
    return out;
}

}  // namespace

TEST_CASE("titles are no part of a person's name", "[language][names]") {
    const auto analysed = document("President Keller met Mr. Ruiz");
    const auto names = mend_names(analysed, {{0, 0, 2, k_person, 0.9F}, {0, 3, 5, k_person, 0.9F}}, k_types);
    CHECK(shown(analysed, names) == "Keller=PERSON; Ruiz=PERSON");
}

TEST_CASE("a currency written onto its number is no name", "[language][names]") {
    auto analysed = document("at SKr 131.20 and Rhea 5");
    auto& tokens = analysed.sentences[0].tokens;
    tokens[1].span.end = tokens[2].span.begin;  // no gap, as in "SKr131.20"
    const auto names =
        mend_names(analysed, {{0, 1, 2, k_organisation, 0.9F}, {0, 4, 5, k_organisation, 0.9F}}, k_types);
    CHECK(shown(analysed, names) == "Rhea=ORG");
}

TEST_CASE("a part of a company's full name is the company", "[language][names]") {
    const auto analysed = document("Brandt Motors Inc. opened\nBrandt Motors hired\nBrandt fell");
    const auto names = mend_names(analysed,
                                  {{0, 0, 3, k_organisation, 0.9F},
                                   {1, 0, 2, k_perhaps_person, 0.9F},
                                   {2, 0, 1, k_perhaps_person, 0.9F}},
                                  k_types);
    CHECK(shown(analysed, names) == "Brandt Motors Inc.=ORG; Brandt Motors=ORG; Brandt=ORG");
}

TEST_CASE("a surname alone is the person that the document names in full", "[language][names]") {
    const auto analysed = document("Anna Keller spoke\nthen Keller left");
    const auto names = mend_names(analysed, {{0, 0, 2, k_person, 0.9F}, {1, 1, 2, k_place, 0.8F}}, k_types);
    CHECK(shown(analysed, names) == "Anna Keller=PERSON; Keller=PERSON");
}

TEST_CASE("all occurrences of a name have the type that most speaks for", "[language][names]") {
    const auto analysed = document("Ormana grew\nin Ormana\nOrmana again");
    const auto names = mend_names(
        analysed, {{0, 0, 1, k_perhaps_person, 0.8F}, {1, 1, 2, k_place, 0.9F}, {2, 0, 1, k_place, 0.9F}},
        k_types);
    CHECK(shown(analysed, names) == "Ormana=GPE; Ormana=GPE; Ormana=GPE");
}

TEST_CASE("a name that is sure in one sentence is found in the others", "[language][names]") {
    const auto analysed = document("storms over Tallow Bay\nTallow Bay is calm ; tallow bay is not");
    const auto names = mend_names(analysed, {{1, 0, 2, k_place, 0.95F}}, k_types);
    CHECK(shown(analysed, names) == "Tallow Bay=GPE; Tallow Bay=GPE");
    CHECK(names[0].sentence == 0);
}

TEST_CASE("organisations and persons that are hardly probable are dropped", "[language][names]") {
    const auto analysed = document("the Loft and the Attic");
    const auto names =
        mend_names(analysed, {{0, 1, 2, k_organisation, 0.45F}, {0, 4, 5, k_place, 0.45F}}, k_types);
    CHECK(shown(analysed, names) == "Attic=GPE");
    CHECK(mend_names(analysed, {}, k_types).empty());
}
