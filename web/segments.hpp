// SPDX-License-Identifier: Apache-2.0
// Segments: a sentence cut where the subject, relation and object of a fact begin and end, so that neither a
// page nor a client of the API ever counts offsets. Joined, the segments are the sentence, byte for byte.
#pragma once

#include <string_view>
#include <vector>

#include "graph/fact.hpp"
#include "graph/knowledge_graph.hpp"

namespace relata::web {

enum class SegmentRole { none, subject, relation, object };
std::string_view to_string(SegmentRole role);  // "none" is empty

struct Segment {
    std::string_view text;  // into the document's text
    SegmentRole role = SegmentRole::none;
};

// Where spans overlap, the shorter one wins: in "Norne's chief" the name shows inside the phrase.
std::vector<Segment> segments(const graph::KnowledgeGraph& graph, const graph::Evidence& evidence);

}  // namespace relata::web
