// SPDX-License-Identifier: Apache-2.0
#include "web/filter.hpp"

#include <algorithm>
#include <charconv>

#include "web/html.hpp"

namespace relata::web {
namespace {

// "2025", "2025-03" or "2025-03-12".
bool is_date(std::string_view text) {
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool dash = at == 4 || at == 7;
        if (dash ? text[at] != '-' : (text[at] < '0' || text[at] > '9')) return false;
    }
    return true;
}

// ISO dates of unequal precision compare by their common prefix: "2025" meets "2025-03".
int compare_dates(std::string_view a, std::string_view b) {
    const std::size_t length = std::min(a.size(), b.size());
    return a.substr(0, length).compare(b.substr(0, length));
}

}  // namespace

bool FactFilter::active() const {
    return !parameters().empty();
}

bool FactFilter::admits(const graph::KnowledgeGraph& graph, const graph::Fact& fact,
                        std::optional<EntityId> seen_from) const {
    if (!relation.empty() && fact.relation_name() != relation) return false;
    if (fact.confidence < confidence) return false;
    const bool asserted = fact.polarity == Polarity::positive && fact.modality == Modality::asserted;
    if (said == Said::asserted && !asserted) return false;
    if (said == Said::qualified && asserted) return false;
    if (values_only && !fact.object_value()) return false;
    if (type) {
        const EntityId* object = fact.object_entity();
        const EntityId other = seen_from && object && *object == *seen_from ? fact.subject
                               : object                                     ? *object
                                                                            : EntityId{};
        const graph::Entity* entity = object ? graph.find_entity(other) : nullptr;
        if (!entity || entity->type != *type) return false;
    }
    if (source && std::none_of(fact.evidences.begin(), fact.evidences.end(),
                               [&](const graph::Evidence& evidence) { return evidence.document == *source; }))
        return false;
    if (!from.empty() || !to.empty()) {
        const graph::Validity when = graph::validity(fact);
        const std::string& begin = when.from.empty() ? when.to : when.from;
        const std::string& end = when.to.empty() ? when.from : when.to;
        if (begin.empty()) return false;
        if (!from.empty() && compare_dates(end, from) < 0) return false;
        if (!to.empty() && compare_dates(begin, to) > 0) return false;
    }
    return true;
}

std::string FactFilter::parameters() const {
    std::string out;
    if (!relation.empty()) out += "&rel=" + url_encode(relation);
    if (values_only)
        out += "&type=VALUE";
    else if (type)
        out += "&type=" + std::string(to_string(*type));
    if (!from.empty()) out += "&from=" + from;
    if (!to.empty()) out += "&to=" + to;
    if (confidence > 0) out += "&conf=" + decimal(confidence);
    if (said == Said::asserted) out += "&said=asserted";
    if (said == Said::qualified) out += "&said=qualified";
    if (source) out += "&src=" + source->text();
    return out;
}

FactFilter parse_filter(const Query& query) {
    FactFilter filter;
    filter.relation = query.text("rel");
    if (const std::string& name = query.text("type"); name == "VALUE") {
        filter.values_only = true;
    } else if (!name.empty()) {
        filter.type = parse_entity_type(name);
        if (!filter.type) throw RequestError(422, "type", "is no entity type");
    }
    filter.from = query.text("from");
    filter.to = query.text("to");
    if (!filter.from.empty() && !is_date(filter.from))
        throw RequestError(422, "from", "must be a date such as 2025, 2025-03 or 2025-03-12");
    if (!filter.to.empty() && !is_date(filter.to))
        throw RequestError(422, "to", "must be a date such as 2025, 2025-03 or 2025-03-12");
    if (const std::string& digits = query.text("conf"); !digits.empty()) {
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), filter.confidence);
        if (error != std::errc{} || end != digits.data() + digits.size() ||
            !(filter.confidence >= 0 && filter.confidence <= 1))
            throw RequestError(422, "conf", "must be a number from 0 to 1");
    }
    if (const std::string& word = query.text("said"); word == "asserted")
        filter.said = Said::asserted;
    else if (word == "qualified")
        filter.said = Said::qualified;
    else if (!word.empty())
        throw RequestError(422, "said", "must be asserted or qualified");
    if (const std::string& id = query.text("src"); !id.empty()) {
        filter.source = DocumentId::parse(id);
        if (!filter.source) throw RequestError(422, "src", "is no article id");
    }
    return filter;
}

}  // namespace relata::web
