// SPDX-License-Identifier: Apache-2.0
// What the words for a time stand for, as TempEval asks of normalisation. Published on 2025-06-04, a
// Wednesday.
#include "ingest/facts/dates.hpp"

#include <catch2/catch.hpp>

#include "core/conllu.hpp"
#include "ingest/facts/values.hpp"

using namespace relata;
using namespace relata::ingest;

namespace {

// The values of the dates in words parted by blanks, joined by a blank; "?" for one that nothing resolves.
// Names are written with a capital; "=" before a word makes it a past tense verb, "+" the modal of the next
// one.
std::string dates(const std::string& text, const char* published = "2025-06-04") {
    std::string plain;
    std::vector<std::pair<std::size_t, char>> marks;
    std::size_t word = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ' ') ++word;
        if ((text[i] == '=' || text[i] == '+') && (i == 0 || text[i - 1] == ' '))
            marks.emplace_back(word, text[i]);
        else
            plain += text[i];
    }
    AnalysedDocument document = read_tokens(plain, "test");
    Sentence& sentence = document.sentences.front();
    for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
        Token& token = sentence.tokens[i];
        token.lemma = std::string(token.span.of(document.document.text));
        token.upos = token.lemma[0] >= '0' && token.lemma[0] <= '9'   ? Upos::NUM
                     : token.lemma[0] >= 'A' && token.lemma[0] <= 'Z' ? Upos::PROPN
                                                                      : Upos::NOUN;
    }
    for (const auto& [at, mark] : marks) {
        // The rest of the sentence hangs on the verb.
        const std::size_t verb = mark == '=' ? at : at + 1;
        sentence.tokens[verb].upos = Upos::VERB;
        sentence.tokens[verb].xpos = mark == '=' ? "VBD" : "VB";
        for (std::size_t i = 0; i < sentence.tokens.size(); ++i)
            if (i != verb) sentence.tokens[i].head = verb;
        if (mark == '+') {
            sentence.tokens[at].deprel = "aux";
            sentence.tokens[at].upos = Upos::AUX;
            sentence.tokens[at].xpos = "MD";
        }
    }
    std::string result;
    for (const FoundValue& found : find_values(SentenceTree(sentence, document.document.text), published)) {
        if (found.value.kind != ValueKind::date) continue;
        result +=
            (result.empty() ? "" : " ") + (found.value.normalised.empty() ? "?" : found.value.normalised);
    }
    return result;
}

}  // namespace

TEST_CASE("dates of the calendar", "[ingest_facts][dates]") {
    CHECK(dates("3 March 2021") == "2021-03-03");
    CHECK(dates("March 3 , 2021") == "2021-03-03");
    CHECK(dates("the 3rd of March 2021") == "2021-03-03");
    CHECK(dates("Tuesday , 3 June 2025") == "2025-06-03");
    CHECK(dates("Sept. 11 , 2019") == "2019-09-11");
    CHECK(dates("March 2021") == "2021-03");
    CHECK(dates("2024-09-03") == "2024-09-03");
    CHECK(dates("in 1998") == "1998");
    CHECK(dates("March of last year") == "2024-03");
    CHECK(dates("August this year") == "2025-08");
    CHECK(dates("2000 euros").empty());
    CHECK(dates("may march").empty());
}

TEST_CASE("parts of years, decades and centuries", "[ingest_facts][dates]") {
    CHECK(dates("the third quarter of 2024") == "2024-Q3");
    CHECK(dates("Q3 2024") == "2024-Q3");
    CHECK(dates("the first half of last year") == "2024-H1");
    CHECK(dates("the first quarter") == "2025-Q1");
    CHECK(dates("the fourth quarter") == "2024-Q4");
    CHECK(dates("the second quarter of fiscal 2026") == "FY2026-Q2");
    CHECK(dates("fiscal 2025") == "FY2025");
    CHECK(dates("the fiscal year ended March 31 , 2023") == "2022-04-01/2023-03-31");
    CHECK(dates("the 2019 / 20 season") == "2019/2020");
    CHECK(dates("2019 - 20") == "2019/2020");
    CHECK(dates("spring 2019") == "2019-SP");
    CHECK(dates("last summer") == "2024-SU");
    CHECK(dates("this autumn") == "2025-FA");
    CHECK(dates("next spring") == "2026-SP");
    CHECK(dates("the fall of the house").empty());
    CHECK(dates("the 1990s") == "199X");
    CHECK(dates("the nineties") == "199X");
    CHECK(dates("the 19th century") == "18XX");
}

TEST_CASE("relative dates count from the day of publication", "[ingest_facts][dates]") {
    CHECK(dates("today") == "2025-06-04");
    CHECK(dates("yesterday") == "2025-06-03");
    CHECK(dates("tomorrow") == "2025-06-05");
    CHECK(dates("last night") == "2025-06-03");
    CHECK(dates("this morning") == "2025-06-04");
    CHECK(dates("on Tuesday") == "2025-06-03");
    CHECK(dates("on Wednesday") == "2025-06-04");
    CHECK(dates("late on Monday evening") == "2025-06-02");
    CHECK(dates("last Wednesday") == "2025-05-28");
    CHECK(dates("next Friday") == "2025-06-06");
    CHECK(dates("this past Friday") == "2025-05-30");
    CHECK(dates("on Friday of last week") == "2025-05-30");
    CHECK(dates("last week") == "2025-W22");
    CHECK(dates("this weekend") == "2025-06-07/2025-06-08");
    CHECK(dates("last weekend") == "2025-05-31/2025-06-01");
    CHECK(dates("last month") == "2025-05");
    CHECK(dates("next year") == "2026");
    CHECK(dates("last quarter") == "2025-Q1");
    CHECK(dates("last March") == "2025-03");
    CHECK(dates("last October") == "2024-10");
    CHECK(dates("August") == "2024-08");
    CHECK(dates("early April") == "2025-04");
    CHECK(dates("the end of next year") == "2026");
    CHECK(dates("three years ago") == "2022");
    CHECK(dates("two weeks ago") == "2025-05-21");
    CHECK(dates("half a year ago") == "2024-12");
    CHECK(dates("a decade ago") == "2015");
    CHECK(dates("several years ago") == "?");
    CHECK(dates("the past eighteen months") == "2023-12/2025-06");
    CHECK(dates("the next three years") == "2025/2028");
    CHECK(dates("the past year") == "2024/2025");
    CHECK(dates("today at 14:29 UTC") == "2025-06-04");
    CHECK(dates("yesterday", "") == "?");
    CHECK(dates("last week", "2025-06") == "?");
}

TEST_CASE("the tense of the verb tells whether a date is behind or ahead", "[ingest_facts][dates]") {
    CHECK(dates("Halden +will =open it on Friday") == "2025-06-06");
    CHECK(dates("Halden =opened it on Friday") == "2025-05-30");
    CHECK(dates("Halden +will =open it in March") == "2026-03");
    CHECK(dates("Halden =opened it in March") == "2025-03");
    CHECK(dates("Halden =opened it on 10 August") == "2024-08-10");
    CHECK(dates("Halden +will =report the fourth quarter") == "2025-Q4");
}

TEST_CASE("other dates count from the one told last", "[ingest_facts][dates]") {
    CHECK(dates("In 2016 he left ; two years later he returned") == "2016 2018");
    CHECK(dates("On 3 May 2019 it opened and the next day it closed") == "2019-05-03 2019-05-04");
    CHECK(dates("On 3 May 2019 it opened ; the same day it closed") == "2019-05-03 2019-05-03");
    CHECK(dates("On 3 May 2019 it opened , a week later it closed") == "2019-05-03 2019-05-10");
    CHECK(dates("In 2016 he left ; the following year he returned") == "2016 2017");
    CHECK(dates("In May 2016 he left ; a month earlier he paid") == "2016-05 2016-04");
    CHECK(dates("the day before") == "2025-06-03");
    CHECK(dates("two days after the quake") == "?");
}

TEST_CASE("intervals have both ends", "[ingest_facts][dates]") {
    CHECK(dates("from 2009 to 2017") == "2009/2017");
    CHECK(dates("between 1990 and 1995") == "1990/1995");
    CHECK(dates("2009 - 2017") == "2009/2017");
    CHECK(dates("from March to August 2019") == "2019-03/2019-08");
    CHECK(dates("from March 3 to 7") == "2025-03-03/2025-03-07");
}

TEST_CASE("what is told carries from sentence to sentence", "[ingest_facts][dates]") {
    DateFrame frame{Date{2025, 6, 4}, std::nullopt};
    const AnalysedDocument first = read_tokens("On 3 May 2019 it opened", "a");
    const AnalysedDocument second = read_tokens("A day later it closed", "b");
    find_values(SentenceTree(first.sentences.front(), first.document.text), frame);
    const auto found = find_values(SentenceTree(second.sentences.front(), second.document.text), frame);
    REQUIRE(found.size() == 1);
    CHECK(found[0].value.normalised == "2019-05-04");
}
