// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "core/error.hpp"
#include "core/json.hpp"
#include "export/exporter.hpp"
#include "export/output.hpp"
#include "graph/store.hpp"
#include "tests/graph/sample_graph.hpp"

using namespace relata;
namespace fs = std::filesystem;
using exporters::Options;
using graph::KnowledgeGraph;

namespace {

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "relata-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    fs::path operator/(const std::string& name) const { return path_ / name; }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::string text_of(const KnowledgeGraph& graph, std::string_view format, const Options& options = {}) {
    std::ostringstream stream;
    exporters::find(format)->write(graph, stream, options);
    return stream.str();
}

std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

// Standard output of a command that must succeed.
std::string run(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> block{};
    while (const std::size_t size = std::fread(block.data(), 1, block.size(), pipe))
        output.append(block.data(), size);
    INFO(command);
    REQUIRE(::pclose(pipe) == 0);
    return output;
}

// What Python's XML parser finds in the file, after xmllint has called it well formed.
json::Value foreign_reader(const KnowledgeGraph& graph, const Options& options = {}) {
    const Folder folder;
    const fs::path path = folder / "graph.graphml";
    exporters::write_file(*exporters::find("graphml"), graph, path, options);
    run("xmllint --noout --nonet '" + path.string() + "'");
    return json::parse(
        run("python3 '" RELATA_SOURCE_DIR "/tests/export/read_graphml.py' '" + path.string() + "'"),
        "reader");
}

// One entity a name, each joined to the next by a fact that carries `relation`.
KnowledgeGraph ring_of(const std::vector<std::string>& names, const std::string& relation) {
    graph::GraphParts parts;
    graph::SourceDocument document;
    document.source = "ring.txt";
    document.title = names.front();
    for (const std::string& name : names) document.text += name + "\n";
    document.sentences.push_back({{0, document.text.size()}, BlockKind::paragraph});
    for (std::size_t i = 0; i < names.size(); ++i) {
        graph::Entity entity;
        entity.id = EntityId{i + 1};
        entity.name = names[i];
        entity.type = EntityType::ORG;
        entity.aliases.push_back({names[i] + "!", 1});
        parts.entities.push_back(entity);
        graph::Fact fact;
        fact.id = FactId{i + 1};
        fact.subject = entity.id;
        fact.object = EntityId{(i + 1) % names.size() + 1};
        fact.phrase = relation;
        fact.confidence = 0.5;
        graph::Evidence& evidence = fact.evidences.emplace_back();
        evidence.relation_text = relation;
        evidence.attribution = graph::EvidenceAttribution{names[i], {}, std::nullopt};
        parts.facts.push_back(fact);
        graph::Fact value = fact;
        value.id = FactId{i + 1000};
        value.object = Value{ValueKind::text, names[i], std::nullopt, "", ""};
        parts.facts.push_back(value);
    }
    parts.documents.push_back(document);
    return KnowledgeGraph(std::move(parts));
}

const std::vector<std::string> k_hostile = {
    "quotes \" ' and & < >",      "]]> end <![CDATA[", "&#x1; &amp;lt;",
    "emoji 🚀 and 👩‍🔬", "שלום עולם",         "line\nbreak\tand tab",
    std::string(10240, 'x'),      "INFOSYS",           "null",
    "=cmd|' /C calc'!A0",         "carriage\rreturn",  "& & &"};

}  // namespace

TEST_CASE("GraphML of the sample graph is this, byte for byte", "[export][golden]") {
    const fs::path golden = fs::path(RELATA_SOURCE_DIR) / "tests/export/sample.graphml";
    const std::string text = text_of(tests::sample_graph(), "graphml");
    if (std::getenv("RELATA_UPDATE_GOLDEN") != nullptr && std::getenv("CI") == nullptr) {
        std::ofstream(golden, std::ios::binary) << text;
    }
    CHECK(text == read(golden));
}

TEST_CASE("every format gives the same bytes whatever the order of documents", "[export][property]") {
    const auto articles = tests::sample_articles();
    std::array<std::size_t, 3> order = {0, 1, 2};
    const KnowledgeGraph first = tests::sample_graph();
    do {
        graph::GraphBuilder builder(tests::sample_relations());
        for (const std::size_t i : order) builder.add(articles[i]);
        const KnowledgeGraph other = builder.finish();
        for (const exporters::Exporter& exporter : exporters::all()) {
            INFO(exporter.name);
            REQUIRE(text_of(other, exporter.name) == text_of(first, exporter.name));
        }
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("every format is the same after saving and loading", "[export][property]") {
    const Folder folder;
    const KnowledgeGraph first = tests::sample_graph();
    graph::save(first, folder / "a.relata");
    const KnowledgeGraph again = graph::load(folder / "a.relata");
    for (const exporters::Exporter& exporter : exporters::all()) {
        INFO(exporter.name);
        CHECK(text_of(again, exporter.name) == text_of(first, exporter.name));
    }
}

TEST_CASE("a foreign reader finds every node, edge, kind and evidence of GraphML", "[export][foreign]") {
    const KnowledgeGraph graph = tests::sample_graph();
    Options options;
    options.isolated = exporters::Isolated::leave_out;
    const json::Value arrived = foreign_reader(graph, options);
    CHECK(arrived.object_at("nodes").size() == 5);  // "Nordvik" has no fact
    const json::Array& edges = arrived.array_at("edges");
    CHECK(edges.size() == 5);
    std::multiset<std::string> kinds;
    for (const json::Value& edge : edges) {
        kinds.insert(edge.string_at("kind"));
        const json::Value& data = *edge.find("data");
        CHECK(data.number_at("weight") >= 1);
        CHECK_FALSE(data.string_at("evidence").empty());
        if (edge.string_at("kind") == "acquires") {
            CHECK(data.number_at("weight") == 2);
            CHECK(data.number_at("documents") == 2);
            CHECK(data.string_at("valid_from") == "2026-03");
            CHECK(data.string_at("article") == "Halden & Orsava");
            CHECK(data.number_at("confidence") == 0.96);
        }
    }
    CHECK(kinds == std::multiset<std::string>{"acquires", "hurt", "is chief executive of",
                                              "not partners with (planned)", "partners with (possible)"});
    for (const auto& [id, node] : arrived.object_at("nodes")) {
        CHECK(node.string_at("color").size() == 7);
        CHECK(node.number_at("size") >= 10);
        if (node.string_at("label") == "Halden Motor") {
            CHECK(node.string_at("values") == "employs: 4,200 people");
            CHECK(node.string_at("aliases") == "Halden Motor AG");
        }
    }
}

TEST_CASE("values become nodes when asked", "[export][foreign]") {
    const KnowledgeGraph graph = tests::sample_graph();
    Options options;
    options.values = exporters::ValueNodes::include;
    const json::Value arrived = foreign_reader(graph, options);
    CHECK(arrived.object_at("nodes").size() == 7);
    CHECK(arrived.array_at("edges").size() == 6);
}

TEST_CASE("hostile names arrive in GraphML as they are", "[export][foreign][hostile]") {
    for (const std::string& relation :
         {std::string("knows"), k_hostile[0], k_hostile[1], k_hostile[5], k_hostile[10]}) {
        Options options;
        options.values = exporters::ValueNodes::include;
        const KnowledgeGraph graph = ring_of(k_hostile, relation);
        const json::Value arrived = foreign_reader(graph, options);
        CHECK(arrived.array_at("edges").size() == 2 * k_hostile.size());
        std::set<std::string> labels;
        for (const auto& [id, node] : arrived.object_at("nodes")) labels.insert(node.string_at("label"));
        for (const std::string& name : k_hostile) CHECK(labels.count(name) == 1);
        for (const json::Value& edge : arrived.array_at("edges")) {
            CHECK(edge.string_at("kind") == relation);
            CHECK(edge.find("data")->string_at("relation") == relation);
        }
    }
}

TEST_CASE("characters that XML cannot hold are left out and ill-formed bytes are replaced",
          "[export][foreign][hostile]") {
    std::string illegal = "a";
    for (char c = 1; c < 0x20; ++c) {
        if (c != '\n' && c != '\t' && c != '\r') illegal += c;
    }
    illegal += std::string(
        "\0b\xEF\xBF\xBF\xEF\xBF\xBE"
        "c\xFF"
        "d",
        11);
    const json::Value arrived = foreign_reader(ring_of({illegal, "other"}, illegal));
    std::set<std::string> labels;
    for (const auto& [id, node] : arrived.object_at("nodes")) labels.insert(node.string_at("label"));
    CHECK(labels == std::set<std::string>{"abc\xEF\xBF\xBD"
                                          "d",
                                          "other"});
}

TEST_CASE("relations with one label stay apart between two nodes", "[export][foreign]") {
    graph::GraphBuilder builder({{"acquires", "acquires", "", false}, {"buys", "acquires", "", false}});
    tests::Article article("x.txt", {"Halden acquires Orsava."});
    const auto halden = article.named(EntityType::ORG, {"Halden"});
    const auto orsava = article.named(EntityType::ORG, {"Orsava"});
    for (const char* relation : {"acquires", "buys", ""}) article.fact(halden, relation, "acquires", orsava);
    article.fact(halden, "acquires", "acquires", orsava).polarity = Polarity::negative;
    article.fact(halden, "acquires", "acquires", orsava).modality = Modality::denied;
    builder.add(article);
    const json::Value arrived = foreign_reader(builder.finish());
    std::set<std::string> kinds;
    for (const json::Value& edge : arrived.array_at("edges")) kinds.insert(edge.string_at("kind"));
    CHECK(kinds == std::set<std::string>{"acquires", "acquires [buys]", "acquires [open]", "not acquires",
                                         "acquires (denied)"});
}

TEST_CASE("an empty graph is a valid file in every format", "[export][unit]") {
    const json::Value arrived = foreign_reader(KnowledgeGraph());
    CHECK(arrived.object_at("nodes").empty());
    CHECK(text_of(KnowledgeGraph(), "jsonl").find("\"facts\":0") != std::string::npos);
    CHECK(text_of(KnowledgeGraph(), "csv").ends_with("object_id\r\n"));
}

TEST_CASE("Python's csv module reads every row and no cell starts a formula", "[export][foreign][hostile]") {
    const Folder folder;
    std::vector<std::string> names = k_hostile;
    for (const char* start : {"+1", "-1", "@SUM(A1)", "\tx", "＝1"}) names.emplace_back(start);
    exporters::write_file(*exporters::find("csv"), ring_of(names, "=1+1"), folder / "a.csv");
    const json::Value rows =
        json::parse(run("python3 -c \"import csv,json,sys; "
                        "print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='', "
                        "encoding='utf-8'), strict=True))))\" '" +
                        (folder / "a.csv").string() + "'"),
                    "reader");
    CHECK(rows.array()->size() == 2 * names.size());
    std::set<std::string> subjects;
    for (const json::Value& row : *rows.array()) {
        subjects.insert(row.string_at("subject"));
        CHECK(row.string_at("relation") == "'=1+1");
        CHECK(row.string_at("confidence") == "0.5");
        for (const auto& [name, cell] : *row.object()) {
            CHECK(std::string("=+-@\t\r")
                      .find(cell.string()->substr(0, 1).empty() ? 'x' : (*cell.string())[0]) ==
                  std::string::npos);
        }
    }
    for (const std::string& name : k_hostile) CHECK(subjects.count(name[0] == '=' ? "'" + name : name) == 1);
    CHECK(subjects.count("'＝1") == 1);
}

TEST_CASE("each line of JSON lines is an object and nothing of a fact is missing", "[export][unit]") {
    const std::string text = text_of(tests::sample_graph(), "jsonl");
    std::istringstream lines(text);
    std::map<std::string, std::size_t> kinds;
    for (std::string line; std::getline(lines, line);) {
        const json::Value value = json::parse(line, "jsonl");
        ++kinds[value.string_at("kind")];
        if (value.string_at("kind") == "fact" && value.object_at("relation")[0].second.string() != nullptr &&
            *value.object_at("relation")[0].second.string() == "acquires") {
            const json::Array& evidence = value.array_at("evidence");
            REQUIRE(evidence.size() == 2);
            CHECK(evidence[0].array_at("arguments")[0].string_at("role") == "price");
            CHECK(evidence[0].find("time")->string_at("value") == "2026-03");
            CHECK(evidence[1].find("attribution")->string_at("text") == "Mei Tanaka");
        }
    }
    CHECK(kinds["document"] == 3);
    CHECK(kinds["entity"] == 6);
    CHECK(kinds["fact"] == 6);
    CHECK(kinds["relation"] == 4);
    CHECK(kinds["meta"] == 1);
    CHECK_NOTHROW(text_of(ring_of(k_hostile, "x"), "jsonl"));
}

TEST_CASE("a failing stream ends the export, and no half file stays", "[export][unit]") {
    std::ofstream full("/dev/full");
    CHECK_THROWS_AS(exporters::find("graphml")->write(tests::sample_graph(), full, {}), IoError);
    const Folder folder;
    CHECK_THROWS_AS(
        exporters::write_file(*exporters::find("csv"), tests::sample_graph(), folder / "no" / "a.csv"),
        IoError);
    exporters::write_file(*exporters::find("csv"), tests::sample_graph(), folder / "a.csv");
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("formats are listed by name and unknown ones are not found", "[export][unit]") {
    const auto all = exporters::all();
    CHECK(
        std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
    CHECK(exporters::find("graphml") != nullptr);
    CHECK(exporters::find("xls") == nullptr);
}

TEST_CASE("numbers are written without locale, minus zero or noise", "[export][unit]") {
    CHECK(exporters::fixed(-0.001, 2) == "0.00");
    CHECK(exporters::fixed(-1.5, 2) == "-1.50");
    CHECK(exporters::shortest(0.1) == "0.1");
    CHECK(exporters::on_one_line("  a\r\n  b\t c ") == "a b c");
}
