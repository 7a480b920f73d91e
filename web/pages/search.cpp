// SPDX-License-Identifier: Apache-2.0
#include "web/search.hpp"

#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {
namespace {

constexpr std::size_t k_longest_query = 200;
constexpr std::size_t k_most_entities = 20;
constexpr std::size_t k_most_relations = 8;

Html marked(std::string_view text, const std::vector<std::string>& words) {
    Html out;
    std::size_t at = 0;
    for (const ByteSpan span : matches(text, words)) {
        out.text(text.substr(at, span.begin - at)).add("<mark class=\"found\">{}</mark>", span.of(text));
        at = span.end;
    }
    return out.text(text.substr(at));
}

}  // namespace

Answer search_page(const Site& site, const Request& request) {
    const Query query(request, {"q", "page"});
    const std::string& text = query.text("q");
    if (text.size() > k_longest_query)
        throw RequestError(422, "q", "must not be longer than " + std::to_string(k_longest_query) + " bytes");
    const std::size_t number = query.number("page", 1, 1, 100000);
    const std::vector<std::string> words = search_words(text);
    Page page;
    page.title = text.empty() ? "Search" : text;
    page.search = text;
    if (words.empty()) {
        page.body.add(
            "<h1>Search</h1><p>Type a name, a relation or words of a sentence into the box above. "
            "<kbd>/</kbd> takes you there.</p>");
        return render(site, page);
    }
    page.body.add("<h1>Search: <bdi>{}</bdi></h1>", text);

    const std::vector<EntityId> entities = site.graph.search_names(text, k_most_entities);
    const std::vector<const RelationGroup*> relations = find_relations(site, words, k_most_relations);
    const SentenceMatches sentences =
        find_sentences(site, words, k_rows_per_page, (number - 1) * k_rows_per_page);

    if (number == 1 && !entities.empty()) {
        Html rows;
        for (const EntityId id : entities) {
            const graph::Entity& entity = *site.graph.find_entity(id);
            Html aliases;
            for (std::size_t at = 0; at < entity.aliases.size() && at < 3; ++at)
                aliases.add("{}<bdi>{}</bdi>", at == 0 ? " · also " : ", ", entity.aliases[at].text);
            rows.add("<li>{}<span class=\"quiet\">{} · {}{}</span></li>", entity_link(site, id),
                     type_name(entity.type), counted(site.degrees[site.graph.index_of(id)], "fact"), aliases);
        }
        page.body.add(
            "<section><h2>Entities</h2><ul class=\"rows\">{}</ul>{}</section>", rows,
            entities.size() == k_most_entities
                ? html("<p class=\"quiet\">The first {}; more letters narrow it down.</p>", k_most_entities)
                : Html());
    }
    if (number == 1 && !relations.empty()) {
        Html rows;
        for (const RelationGroup* group : relations)
            rows.add("<li><a class=\"relation{}\" href=\"{}\">{}</a><span class=\"quiet\">{}</span></li>",
                     group->open ? " open" : "", relation_path(group->name, group->open), group->label,
                     counted(group->facts.size(), "fact"));
        page.body.add("<section><h2>Relations</h2><ul class=\"rows\">{}</ul></section>", rows);
    }
    if (!sentences.places.empty()) {
        Html rows;
        for (const SentencePlace& place : sentences.places) {
            const graph::SourceDocument& document = site.graph.documents()[place.document];
            const std::string_view sentence = document.sentences[place.sentence].span.of(document.text);
            rows.add(
                "<li><figure class=\"evidence\"><blockquote lang=\"{}\" "
                "dir=\"auto\">{}</blockquote><figcaption>"
                "<a href=\"{}\"><bdi>{}</bdi></a> {}</figcaption></figure></li>",
                document.language, marked(sentence, words), sentence_path(document, place.sentence),
                article_title(document), date_in_words(document.published));
        }
        page.body.add("<section><h2>{}{}</h2><ul class=\"facts\">{}</ul>{}</section>",
                      sentences.complete ? "" : "At least ", counted(sentences.total, "sentence"), rows,
                      pager("/search?q=" + url_encode(text), number, sentences.total));
    }
    if (entities.empty() && relations.empty() && sentences.total == 0)
        page.body.add(
            "<p>Nothing here has that name or says that. Fewer letters find more; every word must begin "
            "a word of the sentence.</p>");
    return render(site, page);
}

}  // namespace relata::web
