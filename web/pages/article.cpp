// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "web/pages/pages.hpp"
#include "web/parts.hpp"

namespace relata::web {
namespace {

// One sentence with its mentions as links. Of nested mentions the outer one is shown.
Html sentence_html(const Site& site, const graph::SourceDocument& document, std::size_t sentence,
                   std::vector<graph::SourceMention>::const_iterator& mention) {
    const std::string_view text = document.text;
    const ByteSpan span = document.sentences[sentence].span;
    while (mention != document.mentions.end() && mention->span.begin < span.begin) ++mention;
    Html out;
    std::size_t at = span.begin;
    while (mention != document.mentions.end() && mention->span.begin < span.end) {
        auto widest = mention;
        for (; mention != document.mentions.end() && mention->span.begin == widest->span.begin; ++mention)
            if (mention->span.end > widest->span.end) widest = mention;
        if (widest->span.begin < at || widest->span.end > span.end || widest->span.empty()) continue;
        const graph::Entity& entity = *site.graph.find_entity(widest->entity);
        out.text(text.substr(at, widest->span.begin - at));
        out.add("<a class=\"mention t-{}{}\" href=\"{}\" title=\"{} – {}\">{}</a>", to_string(entity.type),
                widest->kind == MentionKind::name ? "" : " indirect", entity_path(entity), entity.name,
                type_name(entity.type), widest->span.of(text));
        at = widest->span.end;
    }
    out.text(text.substr(at, span.end - at));
    return html("<span class=\"sentence\" id=\"s{}\">{}</span>", sentence + 1, out);
}

bool is_space(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool breaks_paragraph(std::string_view gap) {
    const std::size_t line = gap.find('\n');
    return line != std::string_view::npos && gap.find('\n', line + 1) != std::string_view::npos;
}

Html facts_of_sentences(const Site& site, const std::multimap<std::size_t, std::size_t>& facts,
                        std::size_t first, std::size_t last) {
    Html items;
    for (auto at = facts.lower_bound(first); at != facts.end() && at->first < last; ++at) {
        const graph::Fact& fact = site.graph.facts()[at->second];
        items.add("<li>{} <a class=\"why\" href=\"{}\" title=\"evidence and confidence\">{}</a></li>",
                  statement(site, fact), fact_path(fact), decimal(fact.confidence));
    }
    return items.empty() ? Html()
                         : html("<ul class=\"margin\" aria-label=\"Facts of this paragraph\">{}</ul>", items);
}

}  // namespace

Answer article_page(const Site& site, const Request& request, DocumentId id) {
    const Query query(request, {"part"});
    const graph::SourceDocument* found = site.graph.find_document(id);
    if (!found)
        throw RequestError(404, "",
                           "No article has this id. Its text may have changed since the link was made.");
    const graph::SourceDocument& document = *found;
    const std::size_t parts = std::max<std::size_t>(
        1, (document.sentences.size() + k_sentences_per_part - 1) / k_sentences_per_part);
    const std::size_t part = query.number("part", 1, 1, parts);
    const std::size_t first = (part - 1) * k_sentences_per_part;
    const std::size_t last = std::min(document.sentences.size(), first + k_sentences_per_part);

    std::multimap<std::size_t, std::size_t> facts;  // sentence -> fact
    for (const std::size_t at : site.graph.facts_in(id)) {
        std::vector<std::size_t> seen;
        for (const graph::Evidence& evidence : site.graph.facts()[at].evidences) {
            if (evidence.document != id ||
                std::find(seen.begin(), seen.end(), evidence.sentence) != seen.end())
                continue;
            seen.push_back(evidence.sentence);
            facts.emplace(evidence.sentence, at);
        }
    }

    Page page;
    page.title = article_title(document);
    Html about;
    const auto note = [&](const Html& words) { about.add("{}{}", about.empty() ? "" : " · ", words); };
    if (!document.publisher.empty()) note(html("<bdi>{}</bdi>", document.publisher));
    if (!document.author.empty()) note(html("<bdi>{}</bdi>", document.author));
    if (!document.published.empty())
        note(html("<time datetime=\"{}\">{}</time>", document.published, date_in_words(document.published)));
    note(html("{}", counted(site.graph.facts_in(id).size(), "fact")));
    if (!document.uri.empty()) note(external_link(document.uri, document.uri));
    note(html("<bdi>{}</bdi>", document.source));
    // The headline is part of the text and has mentions and facts of its own.
    auto mention = document.mentions.begin();
    Html headline;
    std::size_t headline_end = 0;
    while (first == 0 && headline_end < last && document.sentences[headline_end].block == BlockKind::title) {
        const std::size_t begin = document.sentences[headline_end].span.begin;
        if (headline_end > 0) {
            const std::size_t before = document.sentences[headline_end - 1].span.end;
            if (!is_space(std::string_view(document.text).substr(before, begin - before))) break;
            headline.add(" ");
        }
        headline.add(sentence_html(site, document, headline_end++, mention));
    }
    if (headline.empty()) headline = html("<bdi>{}</bdi>", article_title(document));
    page.body.add(
        "<article class=\"article-page\"><header><p class=\"kind\">article</p><h1 "
        "lang=\"{}\">{}</h1><p class=\"quiet\">{}</p>{}</header>",
        document.language, headline, about,
        facts_of_sentences(site, facts, first, std::max(first, headline_end)));

    // Paragraph by paragraph: the text on the left, its facts in the margin. What lies between sentences and
    // is no white space was not analysed; it is shown too, quietly.
    Html rows;
    Html paragraph;
    const std::size_t body_first = std::max(first, headline_end);
    std::size_t paragraph_first = body_first;
    std::size_t at = body_first == 0 ? 0 : document.sentences[body_first - 1].span.end;
    BlockKind kind = BlockKind::paragraph;
    const auto finish = [&](std::size_t next) {
        if (!paragraph.empty()) {
            const Html text = kind == BlockKind::title || kind == BlockKind::heading
                                  ? html("<p class=\"heading\">{}</p>", paragraph)
                              : kind == BlockKind::list_item ? html("<p class=\"item\">{}</p>", paragraph)
                                                             : html("<p>{}</p>", paragraph);
            rows.add("<div class=\"paragraph\"><div lang=\"{}\" dir=\"auto\">{}</div>{}</div>",
                     document.language, text, facts_of_sentences(site, facts, paragraph_first, next));
        }
        paragraph = Html();
        paragraph_first = next;
    };
    const auto unread = [&](std::string_view text) {
        if (is_space(text)) return;
        const std::size_t begin = text.find_first_not_of(" \t\r\n");
        const std::size_t end = text.find_last_not_of(" \t\r\n") + 1;
        rows.add("<div class=\"paragraph\"><div class=\"unread\" dir=\"auto\">{}</div></div>",
                 text.substr(begin, end - begin));
    };
    if (headline_end > 0) unread(std::string_view(document.text).substr(0, document.sentences[0].span.begin));
    for (std::size_t sentence = body_first; sentence < last; ++sentence) {
        const graph::SourceSentence& source = document.sentences[sentence];
        const std::string_view gap = std::string_view(document.text).substr(at, source.span.begin - at);
        if (!is_space(gap) || breaks_paragraph(gap) || source.block != kind ||
            source.block == BlockKind::list_item) {
            finish(sentence);
            unread(gap);
        } else if (!paragraph.empty()) {
            paragraph.add(" ");
        }
        kind = source.block;
        paragraph.add(sentence_html(site, document, sentence, mention));
        at = source.span.end;
    }
    finish(last);
    if (last == document.sentences.size()) unread(std::string_view(document.text).substr(at));
    page.body.add("<div class=\"reading\">{}</div>", rows);
    if (parts > 1) {
        page.body.add("<nav class=\"pager\" aria-label=\"Parts\">");
        if (part > 1)
            page.body.add("<a rel=\"prev\" href=\"{}?part={}\">← previous part</a>", article_path(document),
                          part - 1);
        page.body.add("<span>part {} of {}</span>", part, parts);
        if (part < parts)
            page.body.add("<a rel=\"next\" href=\"{}?part={}\">next part →</a>", article_path(document),
                          part + 1);
        page.body.add("</nav>");
    }
    page.body.add("</article>");
    return render(site, page);
}

Answer articles_page(const Site& site, const Request& request) {
    const Query query(request, {"page"});
    const std::size_t number = query.number("page", 1, 1, 1000000);
    Html rows;
    for (std::size_t at = (number - 1) * k_rows_per_page;
         at < site.by_publication.size() && at < number * k_rows_per_page; ++at) {
        const graph::SourceDocument& document = site.graph.documents()[site.by_publication[at]];
        rows.add(
            "<tr><td class=\"title\"><a href=\"{}\"><bdi>{}</bdi></a></td><td>{}</td><td><bdi>{}</bdi></td>"
            "<td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            article_path(document), article_title(document), date_in_words(document.published),
            document.publisher, document.sentences.size(), site.graph.facts_in(document.id).size());
    }
    Page page;
    page.title = "Articles";
    page.section = Section::articles;
    page.body.add(
        "<h1>Articles</h1><div class=\"scroll\"><table class=\"list\"><thead><tr><th>title</th><th>date</th>"
        "<th>published by</th><th class=\"number\">sentences</th><th class=\"number\">facts</th></tr></thead>"
        "<tbody>{}</tbody></table></div>{}",
        rows, pager("/articles", number, site.by_publication.size()));
    if (site.by_publication.empty()) page.body.add("<p>No article has been read.</p>");
    return render(site, page);
}

}  // namespace relata::web
