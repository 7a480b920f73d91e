// SPDX-License-Identifier: Apache-2.0
#include "eval/fact_matcher.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace relata;
using namespace relata::eval;

namespace {

// "Judge Ana Lind leads Tolm Shipping. She sold Rhea to Orsa in May." with the chains that a test asks for.
struct Article {
    GoldArticle gold;
    AnalysedDocument analysed;

    Article() {
        analysed.document.text = "Judge Ana Lind leads Tolm Shipping. She sold Rhea to Orsa in May.";
        for (const ByteSpan span : {ByteSpan{0, 35}, ByteSpan{36, 65}}) {
            Sentence sentence;
            sentence.span = span;
            analysed.sentences.push_back(sentence);
        }
        mention({6, 14}, "Ana Lind", EntityType::PERSON, 0);
        mention({21, 34}, "Tolm Shipping", EntityType::ORG, 0);
        mention({45, 49}, "Rhea", EntityType::ORG, 1);
        mention({53, 57}, "Orsa", EntityType::GPE, 1);
        gold.entities["lind"] = {"Ana Lind", EntityType::PERSON, {"Lind"}};
        gold.entities["tolm"] = {"Tolm Shipping AG", EntityType::ORG, {"Tolm"}};
        gold.entities["rhea"] = {"Rhea", EntityType::ORG, {}};
        gold.entities["orsa"] = {"Orsa", EntityType::GPE, {}};
    }

    std::size_t mention(ByteSpan span, const std::string& name, EntityType type, std::size_t sentence) {
        Mention mention;
        mention.span = span;
        mention.type = type;
        mention.sentence = sentence;
        mention.chain = analysed.chains.size();
        analysed.chains.push_back({name, type, true, {analysed.mentions.size()}});
        analysed.mentions.push_back(mention);
        return analysed.mentions.size() - 1;
    }

    FactMention edge(std::size_t subject, const std::string& name, std::size_t object,
                     const std::string& text = "") const {
        FactMention fact;
        fact.subject.mention = subject;
        fact.subject.span = analysed.mentions[subject].span;
        fact.relation.name = name;
        fact.relation.text = text.empty() ? name : text;
        fact.object.emplace();
        fact.object->mention = object;
        fact.object->span = analysed.mentions[object].span;
        fact.for_graph = true;
        return fact;
    }

    static GoldFact fact(const std::string& subject, const std::string& relation, const std::string& object) {
        GoldFact fact;
        fact.subject = subject;
        fact.relation = relation;
        fact.object = object;
        return fact;
    }

    Judgement judge(const FactMention& edge, const GoldFact& fact,
                    const RelationTable& relations = {}) const {
        return FactMatcher(gold, analysed, relations).judge(edge, fact);
    }
};

enum : std::size_t { k_lind, k_tolm, k_rhea, k_orsa };

}  // namespace

TEST_CASE("an entity is known by name, alias, surname and without its title", "[eval][matcher]") {
    Article article;
    const GoldFact fact = Article::fact("lind", "leads", "tolm");
    for (const char* name : {"Ana Lind", "Lind", "Judge Ana Lind", "Ms Lind"}) {
        article.analysed.chains[k_lind].name = name;
        CHECK(article.judge(article.edge(k_lind, "leads", k_tolm), fact).level == FactLevel::full);
    }
    article.analysed.chains[k_lind].name = "Per Lind";
    CHECK(article.judge(article.edge(k_lind, "leads", k_tolm), fact).level == FactLevel::full);
    // with a second Lind in the article the surname alone says nothing, and a chain that is shown as Per is
    // Per
    article.gold.entities["per"] = {"Per Lind", EntityType::PERSON, {}};
    CHECK(article.judge(article.edge(k_lind, "leads", k_tolm), fact).level == FactLevel::missed);
}

TEST_CASE("the ontology's labels say what a relation and its inverse mean", "[eval][matcher]") {
    const Article article;
    const RelationTable table = {{"parent_of", {"parent of", "child of", false}},
                                 {"borders", {"borders", "borders", true}}};
    CHECK(article
              .judge(article.edge(k_lind, "parent_of", k_rhea), Article::fact("rhea", "child_of", "lind"),
                     table)
              .level == FactLevel::full);
    CHECK(article
              .judge(article.edge(k_lind, "parent_of", k_rhea), Article::fact("lind", "child_of", "rhea"),
                     table)
              .level != FactLevel::full);
    CHECK(article
              .judge(article.edge(k_tolm, "borders", k_orsa), Article::fact("orsa", "borders", "tolm"), table)
              .level == FactLevel::full);
}

TEST_CASE("the right name backwards is no match, and its cause is the direction", "[eval][matcher]") {
    const Article article;
    const Judgement judgement =
        article.judge(article.edge(k_rhea, "acquires", k_tolm), Article::fact("tolm", "acquires", "rhea"));
    CHECK(judgement.level == FactLevel::missed);
    CHECK(judgement.cause == Cause::direction);
}

TEST_CASE("an office may be read off the words, an attribute or a title beside the edge", "[eval][matcher]") {
    Article article;
    const GoldFact fact = Article::fact("lind", "digital_chief_of", "tolm");
    CHECK(article.judge(article.edge(k_lind, "works_for", k_tolm, "digital chief of"), fact).level ==
          FactLevel::full);
    // employment alone is less
    const FactMention bare = article.edge(k_lind, "works_for", k_tolm);
    CHECK(article.judge(bare, fact) == Judgement{FactLevel::vague, Cause::generic});
    FactMention with_title = bare;
    Argument title;
    title.role = "title";
    title.value = Value{ValueKind::title, "digital chief", {}, "", ""};
    with_title.arguments.push_back(title);
    CHECK(article.judge(with_title, fact).level == FactLevel::full);
    FactMention beside = article.edge(k_lind, "title", k_tolm);
    beside.object->mention.reset();
    beside.object->value = title.value;
    article.analysed.facts = {bare, beside};
    CHECK(article.judge(bare, fact).level == FactLevel::full);
    article.analysed.facts[1].sentence = 1;
    CHECK(article.judge(bare, fact).level == FactLevel::vague);
    // a head is not a deputy head
    CHECK(article.judge(article.edge(k_lind, "works_for", k_tolm, "deputy of"), fact).level ==
          FactLevel::vague);
}

TEST_CASE("a value may be an attribute, of the subject or of the object", "[eval][matcher]") {
    const Article article;
    FactMention edge = article.edge(k_tolm, "acquires", k_rhea, "buy");
    Argument price;
    price.role = "price";
    price.value = Value{ValueKind::money, "$3 million", 3e6, "USD", ""};
    edge.arguments.push_back(price);
    GoldFact fact = Article::fact("tolm", "purchase_price", "");
    fact.value = "$3m";
    fact.value_kind = ValueKind::money;
    CHECK(article.judge(edge, fact).level == FactLevel::missed);
    fact.accept = {"price"};
    CHECK(article.judge(edge, fact).level == FactLevel::full);
    fact.subject = "rhea";
    CHECK(article.judge(edge, fact).level == FactLevel::full);
    fact.value = "$4m";
    CHECK(article.judge(edge, fact).level == FactLevel::missed);
    // but not of anything else
    fact.value = "$3m";
    fact.subject = "lind";
    CHECK(article.judge(edge, fact).level == FactLevel::missed);
}

TEST_CASE("the time of an edge is an attribute, too", "[eval][matcher]") {
    const Article article;
    FactMention edge = article.edge(k_lind, "founder_of", k_tolm, "found");
    edge.time = FactTime{"in May 1998", "1998-05", {}};
    GoldFact fact = Article::fact("tolm", "founded_in", "");
    fact.value = "May 1998";
    fact.value_kind = ValueKind::date;
    const RelationTable table = {{"founder_of", {"founder of", "founded by", false}}};
    CHECK(article.judge(edge, fact, table).level == FactLevel::full);
    fact.relation = "renamed_in";
    CHECK(article.judge(edge, fact, table).level == FactLevel::missed);
}

TEST_CASE("what is said with reserve must not be asserted plainly", "[eval][matcher]") {
    const Article article;
    FactMention edge = article.edge(k_tolm, "acquires", k_rhea);
    GoldFact fact = Article::fact("tolm", "acquires", "rhea");
    const auto level = [&](Modality gold, Modality found, bool attributed) {
        fact.modality = gold;
        edge.modality = found;
        edge.attribution.reset();
        if (attributed) edge.attribution.emplace();
        return article.judge(edge, fact).level;
    };
    CHECK(level(Modality::alleged, Modality::asserted, true) == FactLevel::full);
    CHECK(level(Modality::alleged, Modality::asserted, false) == FactLevel::vague);
    CHECK(level(Modality::planned, Modality::asserted, false) == FactLevel::vague);
    CHECK(level(Modality::planned, Modality::possible, false) == FactLevel::full);
    CHECK(level(Modality::possible, Modality::asserted, false) == FactLevel::missed);
    CHECK(level(Modality::possible, Modality::asserted, true) == FactLevel::vague);
    CHECK(level(Modality::denied, Modality::asserted, true) == FactLevel::missed);
    CHECK(level(Modality::denied, Modality::denied, false) == FactLevel::full);
    CHECK(level(Modality::asserted, Modality::planned, false) == FactLevel::vague);
    // "she denies that it bought" and "she says that it did not buy"
    edge.polarity = Polarity::negative;
    CHECK(level(Modality::denied, Modality::asserted, true) == FactLevel::full);
    CHECK(level(Modality::asserted, Modality::asserted, false) == FactLevel::missed);
}

TEST_CASE("a past state shown as present is vague", "[eval][matcher]") {
    const Article article;
    FactMention edge = article.edge(k_lind, "ceo_of", k_tolm);
    GoldFact fact = Article::fact("lind", "former_ceo_of", "tolm");
    fact.past = true;
    CHECK(article.judge(edge, fact) == Judgement{FactLevel::vague, Cause::past});
    edge.past = true;
    CHECK(article.judge(edge, fact).level == FactLevel::full);
}

TEST_CASE("a time is right in ISO 8601 and at least as exact", "[eval][matcher]") {
    const Article article;
    FactMention edge = article.edge(k_lind, "ceo_of", k_tolm);
    GoldFact fact = Article::fact("lind", "ceo_of", "tolm");
    const auto right = [&](const char* gold, const char* value, const char* text = "") {
        fact.time = gold;
        edge.time = FactTime{text, value, {}};
        return FactMatcher::time_right(edge, fact);
    };
    CHECK(right("2024-04", "2024-04"));
    CHECK(right("2024-04", "2024-04-11"));
    CHECK_FALSE(right("2024-04-11", "2024-04"));
    CHECK(right("2016 (then)", "2016"));
    CHECK(right("since 2024-06-15", "2024-06-15"));
    CHECK(right("since 2024-06-15", "2024-06-15/.."));
    CHECK(right("until 2024-06", "../2024-06-15"));
    CHECK(right("shortly before midnight", "", "shortly before midnight"));
    CHECK_FALSE(right("2024-04", "", "April"));
    edge.time.reset();
    CHECK_FALSE(FactMatcher::time_right(edge, fact));
}

TEST_CASE("the cause of a miss is the first thing that is not there", "[eval][matcher]") {
    Article article;
    const auto cause = [&](GoldFact fact) {
        return FactMatcher(article.gold, article.analysed, {}).cause_without_edge(fact);
    };
    GoldFact fact = Article::fact("tolm", "sells", "rhea");
    fact.evidence = {"She sold Rhea to Orsa in May."};
    // Tolm is not in that sentence
    CHECK(cause(fact) == Cause::coreference);
    fact.evidence = {"Judge Ana Lind leads Tolm Shipping. She sold Rhea to Orsa in May."};
    CHECK(cause(fact) == Cause::no_edge);
    article.analysed.facts.push_back(article.edge(k_tolm, "sells", k_rhea));
    article.analysed.facts[0].for_graph = false;
    CHECK(cause(fact) == Cause::not_kept);
    article.gold.entities["gone"] = {"Gone", EntityType::ORG, {}};
    CHECK(cause(Article::fact("gone", "sells", "rhea")) == Cause::subject);
    CHECK(cause(Article::fact("rhea", "sells", "gone")) == Cause::object);
}
