// SPDX-License-Identifier: Apache-2.0
#include "graph/fact.hpp"

#include <algorithm>
#include <map>

namespace relata::graph {

Validity validity(const Fact& fact) {
    struct Dated {
        std::size_t count = 0;
        std::size_t past = 0;
    };
    std::map<std::string_view, Dated> dates;
    for (const Evidence& evidence : fact.evidences) {
        if (!evidence.time || evidence.time->value.empty()) continue;
        Dated& dated = dates[evidence.time->value];
        ++dated.count;
        if (evidence.past) ++dated.past;
    }
    if (dates.empty()) return {};
    const auto best = std::max_element(dates.begin(), dates.end(), [](const auto& a, const auto& b) {
        return a.second.count < b.second.count;  // the first of equals, that is the earliest
    });
    const std::string value(best->first);
    if (const std::size_t slash = value.find('/'); slash != std::string::npos) {
        const std::string from = value.substr(0, slash);
        const std::string to = value.substr(slash + 1);
        return {from == ".." ? "" : from, to == ".." ? "" : to};
    }
    return 2 * best->second.past > best->second.count ? Validity{"", value} : Validity{value, ""};
}

std::string certainty_label(std::string_view relation, Polarity polarity, Modality modality) {
    std::string label = polarity == Polarity::negative ? "not " : "";
    label += relation;
    if (modality != Modality::asserted) ((label += " (") += to_string(modality)) += ')';
    return label;
}

}  // namespace relata::graph
