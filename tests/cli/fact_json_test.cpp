// SPDX-License-Identifier: Apache-2.0
// The format of `relata extract`, byte by byte (docs/extract.md).
#include "cli/fact_json.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace relata;

namespace {

// "Yesterday he left “Åre Motor” for 1.4 million." with he = Mei Tanaka, without a model.
AnalysedDocument example() {
    AnalysedDocument analysed;
    analysed.document.text = "Mei Tanaka spoke. Then she left \"Åre Motor\" for $1.4 million.";
    analysed.sentences.resize(2);
    analysed.sentences[0].span = {0, 17};
    analysed.sentences[1].span = {18, 63};
    Mention tanaka{0, 0, 2, 1, {0, 10}, EntityType::PERSON, MentionKind::name, 0, 1.0F};
    Mention she{1, 1, 2, 1, {23, 26}, EntityType::PERSON, MentionKind::pronoun, 0, 1.0F};
    Mention motor{1, 4, 6, 5, {33, 43}, EntityType::ORG, MentionKind::name, std::nullopt, 1.0F};
    analysed.mentions = {tanaka, she, motor};
    analysed.chains.push_back({"Mei Tanaka", EntityType::PERSON, true, {0, 1}});
    return analysed;
}

FactMention leaving() {
    FactMention fact;
    fact.sentence = 1;
    fact.subject = {"subject", {23, 26}, 1, std::nullopt};
    fact.relation = {"leaves", "leave", {27, 31}};
    fact.object = Argument{"object", {33, 43}, 2, std::nullopt};
    fact.confidence = 0.9349F;
    fact.by = "verb.leave";
    return fact;
}

std::string written(const FactMention& fact) {
    json::Writer writer;
    cli::write_fact(writer, example(), fact, "a \"b\".txt");
    return std::string(writer.text());
}

}  // namespace

TEST_CASE("a fact is one JSON object with spans of its document", "[cli][extract][unit]") {
    FactMention fact = leaving();
    fact.arguments.push_back(
        {"price", {49, 61}, std::nullopt, Value{ValueKind::money, "$1.4 million", 1.4e6, "USD", ""}});
    fact.time = FactTime{"Then", "", {18, 22}};
    fact.polarity = Polarity::negative;
    fact.modality = Modality::planned;
    CHECK(
        written(fact) ==
        R"({"document":"a \"b\".txt","sentence":1,"text":"Then she left \"Åre Motor\" for $1.4 million.",)"
        R"("span":[18,63],"subject":{"text":"she","span":[23,26],"type":"PERSON","kind":"pronoun",)"
        R"("entity":"Mei Tanaka"},"relation":{"name":"leaves","text":"left","span":[27,31]},)"
        R"("object":{"text":"Åre Motor","span":[33,43],"type":"ORG","kind":"name","entity":"Åre Motor"},)"
        R"("arguments":[{"role":"price","text":"$1.4 million","span":[49,61]}],)"
        R"("time":{"text":"Then","value":null},"polarity":"negative","modality":"planned","attribution":null,)"
        R"("confidence":0.93,"by":"verb.leave"})");
}

TEST_CASE("open relations, values, attribution and past states have their places", "[cli][extract][unit]") {
    FactMention fact = leaving();
    fact.relation = {"", "has title", {23, 23}};
    fact.object =
        Argument{"object", {49, 61}, std::nullopt, Value{ValueKind::money, "$1.4 million", 1.4e6, "USD", ""}};
    fact.attribution = Attribution{"Mei Tanaka", {0, 10}, 0};
    fact.past = true;
    fact.confidence = 0.5F;
    CHECK_THAT(
        written(fact),
        Catch::EndsWith(
            R"("relation":{"name":null,"text":"has title","span":[23,23]},"object":{"value":{"kind":"MONEY",)"
            R"("text":"$1.4 million","amount":1400000,"unit":"USD"},"span":[49,61]},"arguments":[],)"
            R"("time":null,"polarity":"positive","modality":"asserted","past":true,)"
            R"("attribution":{"text":"Mei Tanaka","span":[0,10],"entity":"Mei Tanaka"},)"
            R"("confidence":0.5,"by":"verb.leave"})"));
    fact.object = Argument{
        "object", {58, 61}, std::nullopt, Value{ValueKind::date, "lion", std::nullopt, "", "2026-03"}};
    CHECK_THAT(
        written(fact),
        Catch::Contains(R"({"value":{"kind":"DATE","text":"lion","normalised":"2026-03"},"span":[58,61]})"));
    fact.object->value->amount = 0.5;
    CHECK_THAT(written(fact), Catch::Contains(R"("amount":0.5,)"));
}

TEST_CASE("a proposition without object or known subject has nulls", "[cli][extract][unit]") {
    FactMention fact = leaving();
    fact.object.reset();
    fact.subject.mention.reset();
    CHECK_THAT(
        written(fact),
        Catch::Contains(R"("subject":{"text":"she","span":[23,26],"type":null,"kind":null,"entity":null})"));
    CHECK_THAT(written(fact), Catch::Contains(R"("object":null,)"));
}
