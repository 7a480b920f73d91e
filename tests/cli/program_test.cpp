// SPDX-License-Identifier: Apache-2.0
// The program as users meet it: exit codes, messages, and what must never happen to their files.
#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <vector>

#include "cli/command.hpp"
#include "core/json.hpp"
#include "running.hpp"

using namespace relata;
using namespace relata::cli;

namespace {

constexpr const char* k_article =
    "Tolm buys Rhea\nBy Jo Aas\n3 May 2026\n\nTolm Shipping has bought Rhea Marine for $20 million, the "
    "company said on "
    "Monday.\n\nAna Lind, the chief executive of Tolm Shipping, lives in Bergen.\n";

}  // namespace

TEST_CASE("every command explains itself", "[cli]") {
    const Workplace workplace;
    for (const CommandEntry& entry : commands()) {
        const std::string name(entry.name);
        const Outcome help = workplace.run("relata " + name + " --help");
        CHECK(help.code == 0);
        CHECK(help.err.empty());
        CHECK_THAT(help.out, Catch::Contains(std::string(entry.description)));
        CHECK_THAT(workplace.run("relata help").out, Catch::Contains("\n  " + name + " "));
        CHECK_THAT(workplace.run("relata help " + name).out, Catch::Contains("relata " + name + " ["));
    }
}

TEST_CASE("a wrong command line is exit code 2 with a message and no output", "[cli]") {
    const Workplace workplace;
    for (const char* command :
         {"relata", "relata biuld", "relata build", "relata build x", "relata build x -o y --threads many",
          "relata extract --from pdf", "relata export", "relata export x", "relata export x -f gexf9",
          "relata help nothing", "relata stats", "relata --nothing"}) {
        CAPTURE(command);
        const Outcome outcome = workplace.run(command);
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK_FALSE(outcome.err.empty());
    }
}

TEST_CASE("missing data is exit code 1 and names the file", "[cli][bad-input]") {
    const Workplace workplace;
    for (const char* command : {"relata stats no.relata", "relata export no.relata -f graphml",
                                "relata serve no.relata", "relata extract no.txt", "relata analyse no.txt",
                                "relata build no.d -o g.relata", "relata eval no.d"}) {
        CAPTURE(command);
        const Outcome outcome = workplace.run(command);
        CHECK(outcome.code == 1);
        CHECK(outcome.out.empty());
        CHECK_THAT(outcome.err, Catch::Contains("no."));
    }
    workplace.write("fake.relata", "no graph at all");
    CHECK(workplace.run("relata stats fake.relata").code == 1);
}

TEST_CASE("one bad file never stops a build and is listed with its reason", "[cli][bad-input]") {
    const Workplace workplace;
    workplace.write("in/a.txt", k_article);
    workplace.write("in/empty.txt", "");
    workplace.write("in/picture.txt", "\x89PNG\r\n\x1A\n");
    workplace.write("in/numbers.txt", "1 2 3\n4 5 6\n");
    workplace.write("in/\x1B[31mevil\n.txt", "");
    workplace.write("in/.hidden", "");
    workplace.write(
        "in/werft.txt",
        "Die Werft in Bergen ist am Montag von der Reederei Tolm gekauft worden, und der Preis ist nicht "
        "bekannt. Die Arbeiter haben sich gefreut, aber auch geweint.");
    const Outcome outcome = workplace.run("relata build in missing -o g.relata");
    CHECK(outcome.code == 0);
    CHECK_THAT(outcome.out, Catch::StartsWith("documents  1\n"));
    CHECK_THAT(outcome.err, Catch::StartsWith("relata: skipped 6:\n"));
    for (const char* line :
         {"  missing: does not exist\n", "  in/empty.txt: is empty\n", "  in/numbers.txt: holds no words\n",
          "  in/picture.txt: is a PNG picture, not text\n", "  in/\\x1b[31mevil\\x0a.txt: is empty\n",
          "  in/werft.txt: looks like German, not English\n"}) {
        CHECK_THAT(outcome.err, Catch::Contains(line));
    }
    CHECK(workplace.run("relata stats g.relata --json").code == 0);
}

TEST_CASE("when nothing can be read there is no graph and exit code 1", "[cli][bad-input]") {
    const Workplace workplace;
    std::filesystem::create_directory(workplace.path("empty"));
    const Outcome outcome = workplace.run("relata build empty -o g.relata");
    CHECK(outcome.code == 1);
    CHECK_THAT(outcome.err,
               Catch::Contains("empty: holds no files") && Catch::EndsWith("nothing could be read\n"));
    CHECK_FALSE(std::filesystem::exists(workplace.path("g.relata")));
}

TEST_CASE("nothing is overwritten without --force", "[cli]") {
    const Workplace workplace;
    workplace.write("in/a.txt", k_article);
    workplace.write("g.relata", "precious");
    const Outcome refused = workplace.run("relata build in -o g.relata");
    CHECK(refused.code == 1);
    CHECK_THAT(refused.err, Catch::Contains("g.relata: exists already; --force replaces it"));
    CHECK(read_whole(workplace.path("g.relata")) == "precious");
    CHECK(workplace.run("relata build in -o g.relata --force").code == 0);
    CHECK(workplace.run("relata export g.relata -f graphml -o g.relata").code == 1);
    CHECK(workplace.run("relata export g.relata -o g.graphml").code == 0);
    CHECK(workplace.run("relata export g.relata -o g.graphml").code == 1);
    CHECK(workplace.run("relata build in -o no/g.relata").code == 1);
}

TEST_CASE("threads, order of the files and repetition change no byte", "[cli][determinism]") {
    const Workplace workplace;
    std::filesystem::copy(std::filesystem::path(RELATA_SOURCE_DIR) / "samples/articles",
                          workplace.path("in"));
    REQUIRE(workplace.run("relata build in -o a.relata --threads 1").code == 0);
    REQUIRE(workplace.run("relata build in -o b.relata --threads 3").code == 0);
    REQUIRE(workplace.run("relata build $(ls -r in/*) -o c.relata --threads 2").code == 0);
    const std::string graph = read_whole(workplace.path("a.relata"));
    CHECK(graph.size() > 10000);
    CHECK(graph == read_whole(workplace.path("b.relata")));
    CHECK(graph == read_whole(workplace.path("c.relata")));
    for (const char* format : {"graphml", "jsonl", "csv"}) {
        const std::string command = std::string(".relata -f ") + format;
        const Outcome first = workplace.run("relata export a" + command);
        CHECK(first.code == 0);
        CHECK(first.out.size() > 1000);
        CHECK(first.out == workplace.run("relata export c" + command).out);
    }
    CHECK(workplace.run("relata extract --threads 1 in").out ==
          workplace.run("relata extract --threads 3 in").out);
}

TEST_CASE("the graph hardly depends on the instruction set", "[cli][determinism]") {
    // 8-bit products saturate a little differently without VNNI; that may move a fact now and then, not more.
    const Workplace workplace;
    std::filesystem::copy(std::filesystem::path(RELATA_SOURCE_DIR) / "samples/articles",
                          workplace.path("in"));
    const auto fact_ids = [&](const std::string& environment) {
        REQUIRE(workplace.run(environment + " relata build in -o g.relata --force").code == 0);
        std::istringstream lines(workplace.run("relata export g.relata -f jsonl").out);
        std::set<std::string> ids;
        for (std::string line; std::getline(lines, line);) {
            const json::Value record = json::parse(line, "export");
            if (record.string_at("kind") == "fact") ids.insert(record.string_at("id"));
        }
        return ids;
    };
    const std::set<std::string> best = fact_ids("");
    const std::set<std::string> avx2 = fact_ids("DNNL_MAX_CPU_ISA=AVX2");
    std::vector<std::string> both;
    std::set_intersection(best.begin(), best.end(), avx2.begin(), avx2.end(), std::back_inserter(both));
    CHECK(best.size() > 150);
    CHECK(static_cast<double>(both.size()) >= 0.95 * static_cast<double>(std::max(best.size(), avx2.size())));
}

TEST_CASE("an installed program finds its model and its ontology from anywhere", "[cli][install]") {
    const Workplace workplace;
    const std::string build = std::filesystem::path(RELATA_PROGRAM).parent_path().string();
    REQUIRE(workplace.run("cmake --install '" + build + "' --prefix place").code == 0);
    workplace.write("a.txt", k_article);
    const Outcome outcome =
        workplace.run("here=$PWD && cd / && unset RELATA_HOME && $here/place/bin/relata extract $here/a.txt");
    CHECK(outcome.code == 0);
    CHECK_THAT(outcome.out, Catch::Contains("\"acquires\""));
    // The installed tree is enough: moved elsewhere it still works.
    const Outcome moved = workplace.run(
        "mv place elsewhere && cd / && \"$OLDPWD/elsewhere/bin/relata\" analyse \"$OLDPWD/a.txt\"");
    CHECK(moved.code == 0);
    CHECK_THAT(moved.out, Catch::Contains("NER=B-ORG"));
}

TEST_CASE("serve prints its address and ends with a signal", "[cli][serve]") {
    const Workplace workplace;
    workplace.write("in/a.txt", k_article);
    REQUIRE(workplace.run("relata build in -o g.relata").code == 0);
    for (const char* what : {"g.relata", "in"}) {
        // `wait` gives the code of the server, 143 had the signal killed it.
        const Outcome outcome =
            workplace.run(std::string("relata serve ") + what +
                          " --port 0 > address & server=$!\n"
                          "for i in $(seq 300); do [ -s address ] && break; sleep 0.1; done\n"
                          "kill -TERM $server; wait $server; code=$?; cat address; exit $code");
        CHECK(outcome.code == 0);
        CHECK_THAT(outcome.out, Catch::StartsWith("http://127.0.0.1:"));
    }
}

TEST_CASE("every line of extract is a JSON object whose spans hold its texts", "[cli][extract][property]") {
    const Workplace workplace;
    workplace.write("a.txt", k_article);
    const std::string text = k_article;
    const Outcome outcome = workplace.run("relata extract --all a.txt");
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    std::istringstream lines(outcome.out);
    std::string line;
    std::size_t count = 0;
    while (std::getline(lines, line)) {
        ++count;
        const json::Value fact = json::parse(line, "extract");
        CHECK(fact.string_at("document") == "a.txt");
        const auto check = [&](const json::Value& part) {
            const json::Array& span = part.array_at("span");
            const auto begin = static_cast<std::size_t>(*span.at(0).integer());
            const auto end = static_cast<std::size_t>(*span.at(1).integer());
            // A phrase in several pieces has its words in the order of the text.
            const std::string place = text.substr(begin, end - begin);
            std::istringstream words(std::string(part.string_at("text")));
            std::size_t at = 0;
            for (std::string word; words >> word;) {
                at = place.find(word, at);
                REQUIRE(at != std::string::npos);
                at += word.size();
            }
        };
        check(fact);
        check(*fact.find("subject"));
        if (const json::Value* object = fact.find("object"); object->find("text")) check(*object);
        for (const json::Value& argument : fact.array_at("arguments")) check(argument);
    }
    CHECK(count >= 3);
}

TEST_CASE("a sentence of 5,000 words is analysed whole", "[cli][bad-input]") {
    const Workplace workplace;
    std::string sentence = "Tolm Shipping bought";
    for (int i = 1; i < 1250; ++i) sentence += " ship" + std::to_string(i) + " and the yard,";
    workplace.write("a.txt", sentence + " and Rhea Marine.");
    const Outcome outcome = workplace.run("relata analyse a.txt");
    CHECK(outcome.code == 0);
    CHECK_THAT(outcome.out, Catch::Contains("\tship1\t") && Catch::Contains("\tship1249\t") &&
                                Catch::Contains("\tMarine\t"));
    CHECK(workplace.run("relata extract a.txt").code == 0);
}

TEST_CASE("standard input may be a page", "[cli][extract]") {
    const Workplace workplace;
    const Outcome outcome = workplace.run(
        "echo '<!doctype html><nav>Rhea bought Tolm.</nav><p>Tolm Shipping bought Rhea Marine.</p>' | relata "
        "extract "
        "--all");
    CHECK_THAT(outcome.out,
               Catch::StartsWith("{\"document\":\"-\",\"sentence\":0,\"text\":\"Tolm Shipping bought"));
}

TEST_CASE("sentences and records keep their names", "[cli][extract]") {
    const Workplace workplace;
    workplace.write("s.txt",
                    "Tolm Shipping bought Rhea Marine.\n\nAna Lind is the chief executive of Rhea Marine.\n");
    const Outcome sentences = workplace.run("relata extract --from sentences --all < s.txt");
    CHECK_THAT(sentences.out, Catch::Contains("{\"document\":\"0\",\"sentence\":0,") &&
                                  Catch::Contains("{\"document\":\"2\",\"sentence\":0,"));
    workplace.write("r.jsonl", "{\"id\":\"x#7\",\"text\":\"Tolm Shipping bought Rhea Marine.\"}\nbroken\n");
    const Outcome records = workplace.run("relata extract --from jsonl --all r.jsonl");
    CHECK(records.code == 0);
    CHECK_THAT(records.out, Catch::StartsWith("{\"document\":\"x#7\",\"sentence\":0,"));
    CHECK_THAT(records.err, Catch::StartsWith("relata: r.jsonl:2:"));
}

TEST_CASE("analyse writes ten columns and keeps given tokens", "[cli][analyse]") {
    const Workplace workplace;
    const Outcome outcome =
        workplace.run("echo 'Tolm bought e-mail - lists .' | relata analyse --from tokens");
    CHECK(outcome.code == 0);
    std::istringstream lines(outcome.out);
    std::string line;
    std::string forms;
    while (std::getline(lines, line)) {
        if (line.empty() || line.front() == '#') continue;
        CHECK(std::count(line.begin(), line.end(), '\t') == 9);
        forms +=
            line.substr(line.find('\t') + 1, line.find('\t', line.find('\t') + 1) - line.find('\t') - 1) +
            " ";
    }
    CHECK(forms == "Tolm bought e-mail - lists . ");
    CHECK_THAT(workplace.run("echo 'Tolm bought Rhea.' | relata analyse").out, Catch::Contains("4\t.\t"));
}
