// SPDX-License-Identifier: Apache-2.0
// These run on the shipped weights; what they say is so plain that any sensible weights say it.
#include "ingest/language/analyser.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/conllu.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

const std::filesystem::path k_model = std::filesystem::path(RELATA_SOURCE_DIR) / "model";

const Analyser& analyser() {
    static const Analyser loaded = Analyser::load({k_model, Precision::automatic});
    return loaded;
}

AnalysedDocument document(const std::string& text) {
    AnalysedDocument analysed;
    analysed.document.source = "test";
    analysed.document.text = text;
    if (!text.empty()) analysed.document.blocks.push_back({{0, text.size()}, BlockKind::paragraph});
    return analysed;
}

AnalysedDocument analysed(const std::string& text) {
    auto one = document(text);
    analyser().analyse({&one, 1});
    return one;
}

const Token& token(const AnalysedDocument& a, std::string_view wanted) {
    for (const Sentence& sentence : a.sentences)
        for (const Token& one : sentence.tokens)
            if (form(a, one) == wanted) return one;
    FAIL("no token " << wanted);
    throw 0;
}

// What must hold for every analysed document.
void check_sound(const AnalysedDocument& a) {
    std::size_t at = 0;
    for (const Sentence& sentence : a.sentences) {
        REQUIRE_FALSE(sentence.tokens.empty());
        CHECK(a.document.blocks[sentence.block_index].span.contains(sentence.span));
        std::size_t roots = 0;
        for (const Token& one : sentence.tokens) {
            REQUIRE(one.span.begin >= at);
            REQUIRE(one.span.end > one.span.begin);
            REQUIRE(utf8::is_boundary(a.document.text, one.span.begin));
            REQUIRE(utf8::is_boundary(a.document.text, one.span.end));
            REQUIRE((one.head == k_root || one.head < sentence.tokens.size()));
            REQUIRE_FALSE(one.deprel.empty());
            roots += one.head == k_root;
            at = one.span.end;
        }
        CHECK(roots == 1);
        for (const Predicate& predicate : sentence.predicates) {
            REQUIRE(predicate.token < sentence.tokens.size());
            for (const Role& role : predicate.roles) REQUIRE(role.token < sentence.tokens.size());
        }
    }
    std::size_t sentence = 0, last = 0;
    for (const Mention& mention : a.mentions) {
        if (mention.sentence != sentence) last = 0;
        sentence = mention.sentence;
        REQUIRE(mention.first >= last);
        REQUIRE(mention.first < mention.last);
        REQUIRE(mention.last <= a.sentences[sentence].tokens.size());
        REQUIRE((mention.head >= mention.first && mention.head < mention.last));
        last = mention.last;
    }
}

}  // namespace

TEST_CASE("a sentence gets tags, lemmas, a tree, names and roles", "[language][analyser]") {
    const auto a = analysed("Anna Keller bought two ferries from Nordlys Shipping in Oslo last week.");
    check_sound(a);
    REQUIRE(a.sentences.size() == 1);
    const auto& tokens = a.sentences[0].tokens;
    const Token& bought = token(a, "bought");
    CHECK(bought.head == k_root);
    CHECK(bought.lemma == "buy");
    CHECK(bought.upos == Upos::VERB);
    CHECK(bought.xpos == "VBD");
    const Token& ferries = token(a, "ferries");
    CHECK(ferries.lemma == "ferry");
    CHECK(ferries.deprel == "obj");
    CHECK(form(a, tokens[ferries.head]) == "bought");
    REQUIRE_FALSE(a.mentions.empty());
    CHECK(a.mentions[0].span.of(a.document.text) == "Anna Keller");
    CHECK(a.mentions[0].type == EntityType::PERSON);
    CHECK(a.mentions[0].kind == MentionKind::name);
    REQUIRE_FALSE(a.sentences[0].predicates.empty());
    const Predicate& predicate = a.sentences[0].predicates[0];
    CHECK(form(a, tokens[predicate.token]) == "bought");
    const auto object = std::find_if(predicate.roles.begin(), predicate.roles.end(),
                                     [](const Role& role) { return role.label == "ARG1"; });
    REQUIRE(object != predicate.roles.end());
    CHECK(form(a, tokens[object->token]) == "ferries");
}

TEST_CASE("sentences never cross a block", "[language][analyser]") {
    auto a = document("Brandt wins harbour bid\nThe yard will open soon");
    a.document.blocks = {{{0, 23}, BlockKind::title}, {{24, a.document.text.size()}, BlockKind::paragraph}};
    analyser().analyse({&a, 1});
    check_sound(a);
    REQUIRE(a.sentences.size() == 2);
    CHECK(a.sentences[0].block == BlockKind::title);
    CHECK(a.sentences[1].block_index == 1);
}

TEST_CASE("what is said of a document does not depend on company or threads", "[language][analyser]") {
    const std::vector<std::string> texts = {
        "The ferry sank off Ormana. Nobody was hurt, the coast guard said.",
        "Mr. Ruiz, chairman of Brandt Motors Inc., left the board on Friday to join Nordlys AS.",
        "Short.",
        "In the long run, ministers who had promised to publish the report before the election did not do so "
        "because, "
        "they said, the auditors wanted more time, which the opposition called a poor excuse.",
    };
    std::vector<std::string> alone;
    for (const auto& text : texts) alone.push_back(write_conllu(analysed(text)));
    const auto together = [&] {
        std::vector<AnalysedDocument> documents;
        for (int copy = 0; copy < 3; ++copy)
            for (const auto& text : texts) documents.push_back(document(text));
        analyser().analyse(documents);
        for (std::size_t i = 0; i < documents.size(); ++i)
            if (write_conllu(documents[i]) != alone[i % texts.size()]) return false;
        return true;
    };
    CHECK(together());
    std::vector<int> same(3, 0);
    {
        std::vector<std::jthread> threads;
        for (int& one : same) threads.emplace_back([&] { one = together(); });
    }
    CHECK(same == std::vector<int>{1, 1, 1});
}

TEST_CASE("both precisions agree on plain sentences", "[language][analyser]") {
    const Analyser exact = Analyser::load({k_model, Precision::f32});
    const Analyser quick = Analyser::load({k_model, Precision::int8});
    CHECK(exact.description().starts_with("f32 "));
    CHECK(quick.description().starts_with("int8 "));
    auto a = document("The committee approved the budget. Ana Ruiz lives in Oslo."), b = a;
    exact.analyse({&a, 1});
    quick.analyse({&b, 1});
    REQUIRE(a.sentences.size() == b.sentences.size());
    for (std::size_t s = 0; s < a.sentences.size(); ++s)
        for (std::size_t i = 0; i < a.sentences[s].tokens.size(); ++i) {
            CHECK(a.sentences[s].tokens[i].head == b.sentences[s].tokens[i].head);
            CHECK(a.sentences[s].tokens[i].upos == b.sentences[s].tokens[i].upos);
        }
}

TEST_CASE("given tokens are kept", "[language][analyser]") {
    auto a = read_tokens("Do n't move the well-known ferry .\n\nStop .\n", "test");
    analyser().analyse_tokens({&a, 1});
    check_sound(a);
    REQUIRE(a.sentences.size() == 2);
    CHECK(a.sentences[0].tokens.size() == 7);
    CHECK(form(a, a.sentences[0].tokens[4]) == "well-known");
    CHECK(token(a, "move").head == k_root);
}

TEST_CASE("a sentence of five thousand words is read whole", "[language][analyser]") {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += i % 9 == 8 ? "and " : i % 3 == 0 ? "ferries " : "sail ";
    const auto a = analysed(text);
    check_sound(a);
    std::size_t words = 0;
    for (const auto& sentence : a.sentences) words += sentence.tokens.size();
    CHECK(words == 5000);
    std::string tokens;
    for (int i = 0; i < 5000; ++i) tokens += "boat ";
    auto kept = read_tokens(tokens, "test");
    analyser().analyse_tokens({&kept, 1});
    check_sound(kept);
    REQUIRE(kept.sentences.size() == 1);
    CHECK(kept.sentences[0].tokens.size() == 5000);
}

TEST_CASE("hostile and empty text is read without complaint", "[language][analyser]") {
    check_sound(analysed(""));
    check_sound(analysed(" \n\t "));
    check_sound(analysed(
        std::string("<script>\x01\x02 alert(1)</script> \u202e\u2066 12345 \u0301\u0301 \U0001F600")));
    check_sound(analysed("12 34 56.78 90%"));
    check_sound(analysed("Всё это по-русски. 北京是中国的首都。"));
    check_sound(analysed(std::string(300'000, 'x')));
    analyser().analyse({});
}

TEST_CASE("a missing model is reported with its path", "[language][analyser]") {
    CHECK_THROWS_AS(Analyser::load({"/nonexistent", Precision::automatic}), IoError);
}
