// SPDX-License-Identifier: Apache-2.0
#include "graph/palette.hpp"

namespace relata::graph {

// https://personal.sron.nl/~pault/, "muted" qualitative scheme.
std::string_view color_of(EntityType type) {
    switch (type) {
        case EntityType::PERSON:
            return "#cc6677";
        case EntityType::ORG:
            return "#4477aa";
        case EntityType::GPE:
            return "#117733";
        case EntityType::LOC:
            return "#44aa99";
        case EntityType::FAC:
            return "#999933";
        case EntityType::NORP:
            return "#882255";
        case EntityType::PRODUCT:
            return "#ddcc77";
        case EntityType::WORK:
            return "#aa4499";
        case EntityType::EVENT:
            return "#ee7733";
        case EntityType::LAW:
            return "#332288";
        case EntityType::OTHER:
            return "#88ccee";
        default:
            return "#bbbbbb";
    }
}

}  // namespace relata::graph
