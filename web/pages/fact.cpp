// SPDX-License-Identifier: Apache-2.0
#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {
namespace {

// The neighbouring sentence of the same article, set quietly: "it" and "the company" need their context.
Html context(const graph::SourceDocument& document, std::size_t sentence) {
    constexpr std::size_t longest = 600;
    const std::string_view text = document.sentences[sentence].span.of(document.text);
    if (text.size() > longest) return {};
    return html("<p class=\"context\" lang=\"{}\" dir=\"auto\">{}</p>", document.language, text);
}

Html details(const Site& site, const graph::Evidence& evidence) {
    Html rows;
    const auto row = [&](std::string_view name, const Html& value) {
        rows.add("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
    };
    if (evidence.time)
        row("time", evidence.time->value.empty() ? html("{}", evidence.time->text)
                                                 : html("{} <span class=\"quiet\">({})</span>",
                                                        evidence.time->text, evidence.time->value));
    if (evidence.past) row("state", html("no longer so when this was written"));
    if (evidence.attribution)
        row("said by", evidence.attribution->entity ? entity_link(site, *evidence.attribution->entity)
                                                    : html("<bdi>{}</bdi>", evidence.attribution->text));
    for (const graph::EvidenceArgument& argument : evidence.arguments)
        row(argument.role,
            argument.entity ? entity_link(site, *argument.entity) : html("<bdi>{}</bdi>", argument.text));
    row("words", html("“{}”", evidence.relation_text));
    row("found by", html("<code>{}</code>", evidence.by));
    row("confidence", html("{}", decimal(evidence.confidence)));
    return html("<dl class=\"details\">{}</dl>", rows);
}

std::string_view meaning(const graph::Fact& fact) {
    switch (fact.modality) {
        case Modality::asserted:
            return fact.polarity == Polarity::positive ? "The articles say that it is or was so."
                                                       : "The articles say that it is not so.";
        case Modality::planned:
            return "Announced, agreed or intended; not said to have happened.";
        case Modality::possible:
            return "Held possible; not said to be so.";
        case Modality::hypothetical:
            return "Said under a condition; not said to be so.";
        case Modality::denied:
            return "Somebody says that it is not so.";
        case Modality::alleged:
            return "A claim or an accusation; the article does not vouch for it.";
    }
    return "";
}

}  // namespace

Answer fact_page(const Site& site, const Request& request, FactId id) {
    const Query query(request, {"page"});
    const graph::Fact* found = site.graph.find_fact(id);
    if (!found)
        throw RequestError(404, "", "No fact has this id. A rebuild may have changed what the articles say.");
    const graph::Fact& fact = *found;
    const std::size_t number = query.number("page", 1, 1, 1000000);
    const std::string subject = site.graph.find_entity(fact.subject)->name;
    const std::string label = site.graph.relation_label(fact);

    Page page;
    page.title = subject + " " + label + " " + site.graph.object_text(fact);
    page.body.add(
        "<article class=\"fact-page\"><header><p class=\"kind\">{}</p><h1>{}</h1><p>{}</p>"
        "<p class=\"quiet\">{} in {} · confidence {}</p></header>",
        fact.open() ? "fact, relation in the article’s own words" : "fact", statement(site, fact),
        meaning(fact), counted(fact.evidences.size(), "sentence"),
        counted(Site::articles_of(fact), "article"), decimal(fact.confidence));
    if (const Value* value = fact.object_value()) {
        Html rows;
        rows.add("<div><dt>kind</dt><dd>{}</dd></div>", to_string(value->kind));
        if (!value->normalised.empty()) rows.add("<div><dt>date</dt><dd>{}</dd></div>", value->normalised);
        if (value->amount)
            rows.add("<div><dt>amount</dt><dd>{} {}</dd></div>", decimal(*value->amount), value->unit);
        page.body.add("<dl class=\"details\">{}</dl>", rows);
    }
    Html items;
    const std::size_t begin = (number - 1) * k_rows_per_page;
    for (std::size_t at = begin; at < fact.evidences.size() && at < begin + k_rows_per_page; ++at) {
        const graph::Evidence& evidence = fact.evidences[at];
        const graph::SourceDocument& document = *site.graph.find_document(evidence.document);
        items.add("<li>{}{}{}{}</li>",
                  evidence.sentence > 0 ? context(document, evidence.sentence - 1) : Html(),
                  quotation(site, fact, evidence, Length::whole),
                  evidence.sentence + 1 < document.sentences.size() ? context(document, evidence.sentence + 1)
                                                                    : Html(),
                  details(site, evidence));
    }
    page.body.add(
        "<section><h2>Evidence</h2><p class=\"legend quiet\"><mark class=\"subject\">subject</mark> "
        "<mark class=\"relation\">relation</mark> <mark class=\"object\">object</mark></p>"
        "<ul class=\"facts full\">{}</ul>{}</section>",
        items, pager(fact_path(fact), number, fact.evidences.size()));
    page.body.add(
        "<section class=\"prose\"><h2>Why it is here</h2><p>A rule or model reads one sentence at a time and "
        "gives "
        "each finding a confidence; its name stands beside each sentence above. Sentences of different "
        "articles count as independent witnesses: the confidence of the fact is the chance that at least "
        "one of them is read correctly, at most 0.99.{}</p></section></article>",
        fact.open() ? " The ontology has no name for this relation, so the words of the sentence were kept."
                    : "");
    return render(site, page);
}

}  // namespace relata::web
