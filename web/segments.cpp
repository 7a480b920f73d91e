// SPDX-License-Identifier: Apache-2.0
#include "web/segments.hpp"

#include <algorithm>
#include <array>

#include "core/utf8.hpp"

namespace relata::web {

std::string_view to_string(SegmentRole role) {
    switch (role) {
        case SegmentRole::none:
            return "";
        case SegmentRole::subject:
            return "subject";
        case SegmentRole::relation:
            return "relation";
        case SegmentRole::object:
            return "object";
    }
    return "";
}

std::vector<Segment> segments(const graph::KnowledgeGraph& graph, const graph::Evidence& evidence) {
    const graph::SourceDocument& document = *graph.find_document(evidence.document);
    const std::string_view text = document.text;
    const ByteSpan sentence = graph.sentence_span(evidence);

    struct Marked {
        ByteSpan span;
        SegmentRole role;
    };
    // Of equal spans the thing goes before the relation: "Portuguese" in "Portuguese maker" names the object.
    std::array<Marked, 3> marked{{{evidence.subject, SegmentRole::subject},
                                  {evidence.object, SegmentRole::object},
                                  {evidence.relation, SegmentRole::relation}}};
    std::stable_sort(marked.begin(), marked.end(),
                     [](const Marked& a, const Marked& b) { return a.span.size() < b.span.size(); });

    std::vector<std::size_t> cuts{sentence.begin, sentence.end};
    for (const Marked& mark : marked) {
        for (const std::size_t cut : {mark.span.begin, mark.span.end})
            if (cut > sentence.begin && cut < sentence.end && utf8::is_boundary(text, cut))
                cuts.push_back(cut);
    }
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());

    std::vector<Segment> result;
    for (std::size_t at = 0; at + 1 < cuts.size(); ++at) {
        const ByteSpan piece{cuts[at], cuts[at + 1]};
        Segment segment{piece.of(text), SegmentRole::none};
        for (const Marked& mark : marked) {
            if (!mark.span.contains(piece) || mark.span.empty()) continue;
            segment.role = mark.role;
            break;
        }
        result.push_back(segment);
    }
    return result;
}

}  // namespace relata::web
