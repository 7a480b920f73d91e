// SPDX-License-Identifier: Apache-2.0
// The files that people have and that no reader may stumble over. Each is refused with its name and reason,
// or read; never a crash, never a hang, never a silent cut.
#include <unistd.h>

#include <chrono>

#include "ingest/read/language_guess.hpp"
#include "reading.hpp"

using namespace relata;
using namespace relata::ingest;
using namespace std::string_literals;

TEST_CASE("an empty file is reported", "[read][bad-input]") {
    const TemporaryFolder folder;
    const ReadResult result = read_file(folder.write("a.txt", ""));
    CHECK(result.documents.empty());
    CHECK(result.skipped.at(0).what() == folder.path("a.txt") + ": is empty");
    CHECK(refusal(" \n\t\n", FileFormat::plain_text) == "test: holds no text");
}

TEST_CASE("a missing file and an unreadable file are reported", "[read][bad-input]") {
    const TemporaryFolder folder;
    CHECK(read_file(folder.path("no.txt")).skipped.at(0).what() ==
          folder.path("no.txt") + ": does not exist");
    CHECK(read_file(folder.path()).skipped.at(0).what() == folder.path() + ": is a folder");
    const std::string file = folder.write("a.txt", "Tolm bought Rhea.");
    std::filesystem::permissions(file, std::filesystem::perms::none);
    const bool root = geteuid() == 0;
    if (root) REQUIRE(seteuid(65534) == 0);
    const ReadResult result = read_file(file);
    if (root) REQUIRE(seteuid(0) == 0);
    CHECK(result.documents.empty());
    CHECK(result.skipped.at(0).what() == file + ": may not be read (permission denied)");
}

TEST_CASE("binary data named .txt is refused", "[read][bad-input]") {
    const TemporaryFolder folder;
    std::string bytes;
    for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 37);
    CHECK(read_file(folder.write("a.txt", bytes)).skipped.at(0).what() ==
          folder.path("a.txt") + ": is binary data, not text");
    CHECK(read_file(folder.write("b.html", "PK\x03\x04 and so on")).skipped.at(0).what() ==
          folder.path("b.html") + ": is a ZIP archive or an office document, not text");
}

TEST_CASE("invalid UTF-8 is read and the damage is told", "[read][bad-input]") {
    const ReadResult result =
        read_bytes("Åse Ørn sold the yård to J\xC3 Lind.", FileFormat::plain_text, "a.txt");
    REQUIRE(result.documents.size() == 1);
    CHECK(result.documents.front().text == "Åse Ørn sold the yård to J\xEF\xBF\xBD Lind.");
    REQUIRE(result.warnings.size() == 1);
    CHECK(result.warnings.front().what() ==
          "a.txt: holds 1 bytes that are not UTF-8; each is read as U+FFFD"s);
}

TEST_CASE("a line of 10 MB is read whole in seconds in every format", "[read][bad-input]") {
    std::string line;
    while (line.size() < 10 * 1024 * 1024) line += "Tolm bought the yard from Rhea and sold it to Lind. ";
    for (const FileFormat format : {FileFormat::plain_text, FileFormat::markdown, FileFormat::html}) {
        const auto start = std::chrono::steady_clock::now();
        const Document document = read_one(line, format);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
        REQUIRE(document.blocks.size() == 1);
        CHECK(document.blocks.front().span.size() == line.size() - 1);
    }
}

TEST_CASE("a file of numbers is reported", "[read][bad-input]") {
    CHECK(refusal("1 2 3\n4.5 6,7 8%\n\n2026-01-01\n", FileFormat::plain_text) == "test: holds no words");
}

TEST_CASE("another language is reported by its name", "[read][bad-input]") {
    const auto [text, reason] = GENERATE(table<std::string, std::string>({
        {"Die Werft in Bergen ist am Montag von der Reederei Tolm gekauft worden, und der Preis ist nicht "
         "bekannt. "
         "Die Arbeiter haben sich gefreut, aber auch geweint.",
         "looks like German, not English"},
        {"Le chantier naval de Bergen a été acheté lundi par la compagnie Tolm, et le prix n'est pas connu. "
         "Les "
         "ouvriers sont contents, mais ils ont pleuré avec leur patron.",
         "looks like French, not English"},
        {"El astillero de Bergen fue comprado el lunes por la empresa Tolm, pero el precio no se conoce. Los "
         "obreros "
         "son muchos y lloraron con su jefe en la calle.",
         "looks like Spanish, not English"},
        {"De werf in Bergen is maandag door de rederij Tolm gekocht, maar de prijs is niet bekend. De "
         "arbeiders "
         "hebben het met een lach en een traan van hun baas gehoord.",
         "looks like Dutch, not English"},
        {"Верфь в Бергене купила компания Толм.", "is in Cyrillic script, not English"},
        {"托尔姆公司收购了卑尔根的造船厂。", "is in Chinese or Japanese script, not English"},
    }));
    CHECK(reason_not_english(text) == reason);
}

TEST_CASE("English with foreign names and short lines is not refused", "[read][bad-input]") {
    CHECK_FALSE(reason_not_english("Die Zeit sues Der Spiegel"));
    CHECK_FALSE(reason_not_english("Tolm compra Rhea"));
    CHECK_FALSE(reason_not_english(
        "La Voz de Galicia, El País and Le Monde de l'éducation have sued Die Welt, the "
        "papers said in a joint statement, for using photographs of El Niño de la Mancha."));
    CHECK_FALSE(
        reason_not_english("Tolm Shipping AS Q1 revenue NOK 4m vs NOK 3m, profit up 3%, shares jump 4%, "
                           "dividend doubled, Oslo Børs index rises 1%"));
}

TEST_CASE("a title with control characters and a script stays text", "[read][bad-input]") {
    const Document document =
        read_one("Tolm\x07 <script>alert(1)</script>\x1B[31m \xE2\x80\xAEyard\n\nTolm bought the yard.\n",
                 FileFormat::plain_text);
    CHECK(document.title == "Tolm <script>alert(1)</script> [31m yard");
    const Document page =
        read_one("<title>Tolm &lt;script&gt;alert(1)&lt;/script&gt;&#7;</title><p>Tolm bought a yard.</p>",
                 FileFormat::html);
    CHECK(page.title == "Tolm <script>alert(1)</script>");
}

TEST_CASE("files of unknown ending are judged by their content", "[read][unit]") {
    const TemporaryFolder folder;
    const ReadResult page = read_file(folder.write("page", " <!DOCTYPE html><p>Tolm bought the yard.</p>"));
    REQUIRE(page.documents.size() == 1);
    CHECK(page.documents.front().text == "Tolm bought the yard.");
    CHECK(read_file(folder.write("note.2026", "Tolm bought the yard.")).documents.size() == 1);
    CHECK(format_of_name("a/B.HTM") == FileFormat::html);
    CHECK_FALSE(format_of_name("a.txt/b"));
}
