// SPDX-License-Identifier: Apache-2.0
#include "export/exporter.hpp"
#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {

Answer export_page(const Site& site, const Request& request) {
    const Query query(request, {});
    Html rows;
    for (const exporters::Exporter& exporter : exporters::all())
        rows.add("<li><a href=\"/export/{}\" download>{}</a><span class=\"quiet\">{}</span></li>",
                 exporter.name, exporter.name, exporter.description);
    Page page;
    page.title = "Take it along";
    page.body.add(
        "<h1>Take it along</h1><p>The whole graph: {}, {}. The same files come from <code>relata "
        "export</code>.</p>"
        "<ul class=\"rows\">{}</ul>",
        counted(site.graph.entities().size(), "entity", "entities"),
        counted(site.graph.facts().size(), "fact"), rows);
    return render(site, page);
}

Answer export_download(const Site& site, const Request& request, std::string_view format) {
    const Query query(request, {});
    const exporters::Exporter* exporter = exporters::find(format);
    if (!exporter) throw RequestError(404, "", "There is no such format.");
    Answer answer;
    answer.type = exporter->media_type;
    std::string_view stem = site.name;
    if (stem.ends_with(".relata")) stem.remove_suffix(7);
    answer.filename = slug(stem) == "-" ? "graph" : slug(stem);
    answer.filename += exporter->suffix;
    answer.stream = [&site, exporter](std::ostream& out) { exporter->write(site.graph, out, {}); };
    return answer;
}

Answer about_page(const Site& site, const Request& request) {
    const Query query(request, {});
    const graph::Statistics& numbers = site.statistics;
    Page page;
    page.title = "About";
    page.section = Section::about;
    Html types;
    for (const auto& [name, count] : numbers.entities_by_type)
        types.add("<div><dt>{}</dt><dd>{}</dd></div>", name, grouped(count));
    Html modalities;
    for (const auto& [name, count] : numbers.facts_by_modality)
        modalities.add("<div><dt>{}</dt><dd>{}</dd></div>", name, grouped(count));
    page.body.add(
        "<h1>About this page</h1><div class=\"prose\">"
        "<p>Relata {} reads articles and keeps what their sentences state as facts between named things. It "
        "runs on this "
        "computer alone: the page asks nothing of any other machine, and nobody else can open it.</p>"
        "<p>A fact is what a sentence <em>says</em>, not what is so. Each one shows its sentence, with the "
        "words for its "
        "<mark class=\"subject\">subject</mark>, its <mark class=\"relation\">relation</mark> and its "
        "<mark class=\"object\">object</mark> marked. Where the sentence plans, denies, doubts or only "
        "reports, the fact "
        "carries a note: <span class=\"chip planned\">planned</span> <span class=\"chip "
        "denied\">denied</span> "
        "<span class=\"chip alleged\">alleged</span> <span class=\"chip no\">not so</span>.</p>"
        "<p>The number behind a fact is how sure the program is that it read the sentence rightly, not how "
        "sure anyone "
        "can be that the sentence is true. Relations in <span class=\"relation open\">slanted letters</span> "
        "are the "
        "article’s own words; the others come from the ontology.</p>"
        "<h2>Keys</h2><p><kbd>/</kbd> search · in a picture: arrow keys move, <kbd>+</kbd> and <kbd>−</kbd> "
        "zoom, "
        "<kbd>0</kbd> shows everything.</p>"
        "<h2>For programs</h2><p>The same data as JSON: <a href=\"/api/v1/meta\">/api/v1/meta</a>, described "
        "in "
        "docs/web.md.</p></div>"
        "<div class=\"columns\"><section><h2>Entities</h2><dl class=\"details\">{}</dl></section>"
        "<section><h2>What is said of facts</h2><dl class=\"details\">{}</dl></section>"
        "<section><h2>Graph</h2><dl class=\"details\"><div><dt>revision</dt><dd><code>{}</code></dd></div>"
        "<div><dt>sentences</dt><dd>{}</dd></div><div><dt>mentions</dt><dd>{}</dd></div>"
        "<div><dt>merged "
        "names</dt><dd>{}</dd></div><div><dt>communities</dt><dd>{}</dd></div></dl></section></div>",
        site.version, types, modalities, site.revision, grouped(numbers.sentences), grouped(numbers.mentions),
        grouped(numbers.merges), grouped(numbers.communities));
    return render(site, page);
}

Answer error_page(const Site& site, int status, std::string_view explanation) {
    Page page;
    page.status = status;
    page.title = status == 404 ? "Not here" : "That did not work";
    page.body.add("<section class=\"empty\"><h1>{}</h1><p>{}</p><p><a href=\"/\">Overview</a></p></section>",
                  page.title, explanation);
    return render(site, page);
}

}  // namespace relata::web
