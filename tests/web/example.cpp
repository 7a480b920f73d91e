// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <algorithm>
#include <stdexcept>

namespace relata::web::example {
namespace {

ByteSpan find(std::string_view text, ByteSpan inside, std::string_view words) {
    if (words.empty()) return {inside.begin, inside.begin};
    const std::size_t at = inside.of(text).find(words);
    if (at == std::string_view::npos)
        throw std::logic_error("the sentence does not hold: " + std::string(words));
    return {inside.begin + at, inside.begin + at + words.size()};
}

bool letter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

}  // namespace

EntityId Story::entity(std::string name, EntityType type, std::vector<std::string> aliases) {
    graph::Entity entity;
    entity.id = EntityId{content_hash(name)};
    entity.name = std::move(name);
    entity.type = type;
    for (std::string& alias : aliases) {
        parts_.merges.push_back({entity.id, alias, entity.name, graph::MergeReason::document_chain, 0.9, 1});
        entity.aliases.push_back({std::move(alias), 1});
    }
    parts_.entities.push_back(entity);
    return entity.id;
}

DocumentId Story::article(std::string title, std::string published, std::string publisher,
                          const std::vector<std::string>& sentences) {
    graph::SourceDocument document;
    document.title = std::move(title);
    document.published = std::move(published);
    document.publisher = std::move(publisher);
    document.source = "articles/" + std::to_string(parts_.documents.size() + 1) + ".txt";
    document.language = "en";
    for (const std::string& sentence : sentences) {
        if (sentence.empty()) {
            document.text += "\n\n";
            continue;
        }
        if (!document.text.empty() && document.text.back() != '\n') document.text += ' ';
        const std::size_t begin = document.text.size();
        document.text += sentence;
        document.sentences.push_back({{begin, document.text.size()}, BlockKind::paragraph});
    }
    document.id = make_document_id(document.source, document.text);
    for (std::size_t at = 0; at < document.sentences.size(); ++at) {
        const ByteSpan span = document.sentences[at].span;
        for (graph::Entity& entity : parts_.entities) {
            std::vector<std::string> names{entity.name};
            for (const graph::Alias& alias : entity.aliases) names.push_back(alias.text);
            bool mentioned = false;
            std::vector<ByteSpan> seen;
            for (const std::string& name : names) {
                for (std::size_t place = span.of(document.text).find(name); place != std::string_view::npos;
                     place = span.of(document.text).find(name, place + name.size())) {
                    const ByteSpan found{span.begin + place, span.begin + place + name.size()};
                    const bool whole =
                        (found.begin == 0 || !letter(document.text[found.begin - 1])) &&
                        (found.end == document.text.size() || !letter(document.text[found.end]));
                    const bool inside = std::any_of(seen.begin(), seen.end(),
                                                    [&](ByteSpan other) { return other.overlaps(found); });
                    if (!whole || inside) continue;
                    seen.push_back(found);
                    document.mentions.push_back({at, found, entity.id, MentionKind::name});
                    ++entity.mentions;
                    mentioned = true;
                }
            }
            if (mentioned && at == 0) ++entity.documents;
        }
    }
    std::sort(document.mentions.begin(), document.mentions.end(),
              [](const auto& a, const auto& b) { return a.span < b.span; });
    for (graph::Entity& entity : parts_.entities)
        entity.documents = std::max<std::size_t>(entity.documents, 1);
    parts_.documents.push_back(document);
    return document.id;
}

FactId Story::fact(EntityId subject, std::string_view relation, EntityId object, const Said& said) {
    return add(subject, relation, said.words, object, said);
}
FactId Story::fact(EntityId subject, std::string_view relation, const Value& object, const Said& said) {
    return add(subject, relation, said.words, object, said);
}
FactId Story::open_fact(EntityId subject, std::string_view phrase, EntityId object, const Said& said) {
    return add(subject, "", phrase, object, said);
}

FactId Story::add(EntityId subject, std::string_view relation, std::string_view phrase,
                  std::variant<EntityId, Value> object, const Said& said) {
    const auto document = std::find_if(parts_.documents.begin(), parts_.documents.end(),
                                       [&](const auto& candidate) { return candidate.id == said.document; });
    const ByteSpan span = document->sentences.at(said.sentence).span;
    graph::Evidence evidence;
    evidence.document = said.document;
    evidence.sentence = said.sentence;
    evidence.subject = find(document->text, span, said.subject);
    evidence.relation = find(document->text, span, said.words);
    evidence.object = find(document->text, span, said.object);
    evidence.relation_text = said.words;
    evidence.confidence = said.confidence;
    evidence.by = "verb.example";
    if (!said.time.empty()) evidence.time = FactTime{said.time, said.time, {}};
    if (said.by) {
        const auto sayer = std::find_if(parts_.entities.begin(), parts_.entities.end(),
                                        [&](const auto& entity) { return entity.id == *said.by; });
        evidence.attribution = graph::EvidenceAttribution{sayer->name, {}, said.by};
    }
    const EntityId* other = std::get_if<EntityId>(&object);
    const std::string key = subject.text() + std::string(relation) + "/" +
                            std::string(relation.empty() ? phrase : "") +
                            (other ? other->text() : std::get<Value>(object).text) +
                            std::string(to_string(said.polarity)) + std::string(to_string(said.modality));
    const FactId id{content_hash(key)};
    for (graph::Fact& fact : parts_.facts) {
        if (fact.id != id) continue;
        fact.confidence = std::min(0.99, 1 - (1 - fact.confidence) * (1 - said.confidence));
        fact.evidences.push_back(std::move(evidence));
        return id;
    }
    graph::Fact fact;
    fact.id = id;
    fact.subject = subject;
    fact.relation = relation;
    fact.phrase = phrase;
    fact.object = std::move(object);
    fact.polarity = said.polarity;
    fact.modality = said.modality;
    fact.confidence = said.confidence;
    fact.evidences.push_back(std::move(evidence));
    parts_.facts.push_back(std::move(fact));
    return id;
}

graph::KnowledgeGraph Story::finish() {
    parts_.relations = {{"acquires", "acquires", "is acquired by", false},
                        {"partners_with", "partners with", "", true},
                        {"founded_by", "founded by", "founder of", false},
                        {"ceo_of", "chief executive of", "has chief executive", false},
                        {"employs_count", "number of employees", "", false},
                        {"sues", "sues", "is sued by", false},
                        {"headquartered_in", "headquartered in", "seat of", false},
                        {"invests_in", "invests in", "", false}};
    return graph::KnowledgeGraph(std::move(parts_));
}

graph::KnowledgeGraph ferries() {
    Story story;
    const EntityId norrvik =
        story.entity("Norrvik Marine", EntityType::ORG, {"Norrvik", "Norrvik Marine AB"});
    const EntityId celdra = story.entity("Celdra Power", EntityType::ORG, {"Celdra"});
    const EntityId ines = story.entity("Inês Barreto", EntityType::PERSON, {"Barreto"});
    const EntityId sten = story.entity("Sten Odelius", EntityType::PERSON, {"Odelius"});
    const EntityId aveiro = story.entity("Aveiro", EntityType::GPE);
    const EntityId uddevalla = story.entity("Uddevalla", EntityType::GPE);
    const EntityId paltra = story.entity("Paltra Systems", EntityType::ORG, {"Paltra"});
    const EntityId morsk = story.entity("Morsk Ferries", EntityType::ORG, {"Morsk"});
    const EntityId commission = story.entity("European Commission", EntityType::ORG, {"Commission"});
    const EntityId prize = story.entity("Blue Keel Prize", EntityType::EVENT);

    const DocumentId first = story.article(
        "Norrvik and Celdra join forces on batteries for fast ferries", "2025-03-11", "Harbour Gazette",
        {"Swedish shipbuilder Norrvik Marine has formed a partnership with the Portuguese battery maker "
         "Celdra Power.",
         "Celdra, which was founded by the engineer Inês Barreto in 2017, employs 380 people in Aveiro.", "",
         "Sten Odelius, chief executive of Norrvik, denied that the company plans to buy Morsk Ferries.",
         "Norrvik will invest in Celdra over three years."});
    const DocumentId second =
        story.article("Norrvik swallows its battery partner", "2026-05-20", "The Tide",
                      {"Norrvik Marine has agreed to acquire Celdra Power for €540 million.",
                       "Inês Barreto, who founded Celdra nine years ago, will remain its chief executive.",
                       "", "The European Commission has not yet approved the purchase of Celdra by Norrvik.",
                       "Celdra is suing Paltra Systems, a former partner, over a cooling design."});
    const DocumentId third = story.article(
        "A prize for quiet ships", "2026-06", "Harbour Gazette",
        {"Norrvik, based in Uddevalla, won the Blue Keel Prize on Friday together with its partner Celdra.",
         "Odelius, the chief executive of Norrvik, said that Paltra had copied the design of Celdra."});
    story.article("Timetable for the summer", "", "", {"Ferries leave every hour."});

    story.fact(norrvik, "partners_with", celdra,
               {first, 0, "Norrvik Marine", "partnership with", "Celdra Power", Polarity::positive,
                Modality::asserted, "2025-03-11"});
    story.fact(norrvik, "partners_with", celdra, {third, 0, "Norrvik", "its partner", "Celdra"});
    story.fact(
        celdra, "founded_by", ines,
        {first, 1, "Celdra", "founded by", "Inês Barreto", Polarity::positive, Modality::asserted, "2017"});
    story.fact(celdra, "founded_by", ines, {second, 1, "Celdra", "founded", "Inês Barreto"});
    story.fact(celdra, "employs_count", Value{ValueKind::quantity, "380 people", 380, "person", ""},
               {first, 1, "Celdra", "employs", "380 people"});
    story.fact(
        celdra, "headquartered_in", aveiro,
        {first, 1, "Celdra", "", "Aveiro", Polarity::positive, Modality::asserted, "", std::nullopt, 0.55});
    story.fact(sten, "ceo_of", norrvik, {first, 2, "Sten Odelius", "chief executive", "Norrvik"});
    story.fact(sten, "ceo_of", norrvik, {third, 1, "Odelius", "chief executive", "Norrvik"});
    story.fact(norrvik, "acquires", morsk,
               {first, 2, "the company", "buy", "Morsk Ferries", Polarity::positive, Modality::denied, "",
                sten, 0.8});
    story.fact(norrvik, "invests_in", celdra,
               {first, 3, "Norrvik", "invest", "Celdra", Polarity::positive, Modality::planned});
    story.fact(norrvik, "acquires", celdra,
               {second, 0, "Norrvik Marine", "acquire", "Celdra Power", Polarity::positive, Modality::planned,
                "2026-05"});
    story.fact(ines, "ceo_of", celdra, {second, 1, "Inês Barreto", "chief executive", "its"});
    story.open_fact(
        commission, "approve purchase of", celdra,
        {second, 2, "European Commission", "approved the purchase of", "Celdra", Polarity::negative});
    story.fact(celdra, "sues", paltra, {second, 3, "Celdra", "suing", "Paltra Systems"});
    story.fact(norrvik, "headquartered_in", uddevalla, {third, 0, "Norrvik", "based in", "Uddevalla"});
    story.open_fact(norrvik, "win", prize, {third, 0, "Norrvik", "won", "Blue Keel Prize"});
    story.open_fact(paltra, "copy design of", celdra,
                    {third, 1, "Paltra", "copied the design of", "Celdra", Polarity::positive,
                     Modality::alleged, "", sten, 0.7});
    return story.finish();
}

graph::KnowledgeGraph hostile() {
    Story story;
    const EntityId markup =
        story.entity("<img src=x onerror=window.xss=1>", EntityType::ORG, {"\"><svg/onload=xss()>"});
    const EntityId closing = story.entity("</script><script>window.xss=2</script>", EntityType::PERSON);
    const EntityId bidi = story.entity("abc\u202Efed\u2066", EntityType::GPE);
    const EntityId control = story.entity(std::string("a\x01") + "b\x7F" + "c\u0085", EntityType::WORK);
    const EntityId huge = story.entity(std::string(10'000, 'W'), EntityType::PRODUCT);
    const EntityId braces = story.entity("{} {0} ${x} %s", EntityType::LAW);
    std::string title = "</title><script>window.xss=3</script>";
    const DocumentId document = story.article(
        title, "\"><script>window.xss=4</script>", "'\"><b>",
        {"<img src=x onerror=window.xss=1> owns </script><script>window.xss=2</script> & <b>more</b>.",
         "abc\u202Efed\u2066 met " + std::string(10'000, 'W') + " and {} {0} ${x} %s.",
         std::string("a\x01") + "b\x7F" + "c\u0085 saw abc\u202Efed\u2066 in " + std::string(5'000, 'x') +
             "."});
    story.fact(
        markup, "acquires", closing,
        {document, 0, "<img src=x onerror=window.xss=1>", "owns", "</script><script>window.xss=2</script>"});
    story.open_fact(bidi, "<i>meet</i> & /greet?x=1#y", huge,
                    {document, 1, "abc\u202Efed\u2066", "met", "WWWW"});
    story.open_fact(bidi, "meet", braces, {document, 1, "abc\u202Efed\u2066", "met", "{} {0} ${x} %s"});
    story.open_fact(control, "see", bidi, {document, 2, "b\x7F", "saw", "abc\u202Efed\u2066"});
    return story.finish();
}

graph::KnowledgeGraph hub(std::size_t neighbours) {
    Story story;
    const EntityId centre = story.entity("Union of Harbours", EntityType::ORG);
    std::vector<EntityId> others;
    std::vector<std::string> sentences;
    for (std::size_t at = 0; at < neighbours; ++at) {
        others.push_back(story.entity("Harbour " + std::to_string(at + 1), EntityType::FAC));
        sentences.push_back("Union of Harbours works with Harbour " + std::to_string(at + 1) + ".");
    }
    const DocumentId document = story.article("All harbours", "2026-01-02", "Harbour Gazette", sentences);
    for (std::size_t at = 0; at < neighbours; ++at)
        story.fact(centre, "partners_with", others[at],
                   {document, at, "Union of Harbours", "works with", "Harbour " + std::to_string(at + 1)});
    return story.finish();
}

graph::KnowledgeGraph silent() {
    Story story;
    story.entity("Norrvik", EntityType::ORG);
    story.article("Nothing happened", "2026-01-01", "", {"Norrvik."});
    return story.finish();
}

}  // namespace relata::web::example
