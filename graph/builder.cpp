// SPDX-License-Identifier: Apache-2.0
#include "graph/builder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/error.hpp"
#include "graph/resolver.hpp"

namespace relata::graph {
namespace {

using Handle = Resolver::Handle;

// Certainty is never complete: every reader, human or not, errs.
constexpr double k_highest_confidence = 0.99;

// Until the resolver has decided, ids inside a pending fact hold a handle instead of an entity's id.
EntityId pending(Handle handle) {
    return EntityId{handle};
}

struct PendingFact {
    Handle subject = 0;
    std::variant<Handle, Value> object;
    std::string relation;
    Polarity polarity = Polarity::positive;
    Modality modality = Modality::asserted;
    Evidence evidence;
};

ValueKind value_kind(EntityType type) {
    switch (type) {
        case EntityType::DATE:
        case EntityType::TIME:
            return ValueKind::date;
        case EntityType::MONEY:
            return ValueKind::money;
        case EntityType::PERCENT:
            return ValueKind::percent;
        case EntityType::QUANTITY:
        case EntityType::ORDINAL:
        case EntityType::CARDINAL:
            return ValueKind::quantity;
        default:
            return ValueKind::text;
    }
}

std::string number_text(double number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

// Two values with one key are the same value: "CHF 1.4 million", "1.4 million Swiss francs".
std::string value_key(const Value& value) {
    std::string key(to_string(value.kind));
    key += '\n';
    if (!value.normalised.empty()) {
        key += value.normalised;
    } else if (value.amount) {
        ((key += number_text(*value.amount)) += '\n') += value.unit;
    } else {
        key += fold(value.text);
    }
    return key;
}

// Takes in one document: what its chains are called and which of its things the facts speak of.
class DocumentReader {
  public:
    DocumentReader(const AnalysedDocument& analysed, Resolver& resolver)
        : analysed_(analysed), resolver_(resolver), of_mention_(analysed.mentions.size()) {}

    // All named things, whether or not a fact speaks of them.
    void read_names() {
        std::vector<Local> locals;
        for (const Chain& chain : analysed_.chains) {
            if (!chain.named || is_value(chain.type)) continue;
            Local local;
            local.entity.name = chain.name;
            local.entity.type = chain.type;
            for (const std::size_t index : chain.mentions) take(local, index);
            locals.push_back(std::move(local));
        }
        for (std::size_t i = 0; i < analysed_.mentions.size(); ++i) {
            const Mention& mention = analysed_.mentions[i];
            if (mention.chain || mention.kind != MentionKind::name || is_value(mention.type)) continue;
            Local local;
            local.entity.name = text_of(mention);
            local.entity.type = mention.type;
            take(local, i);
            locals.push_back(std::move(local));
        }
        std::erase_if(locals, [](const Local& local) { return clean_name(local.entity.name).empty(); });
        give_one_type(locals);
        give_surnames_a_person(locals);
        for (const Local& local : locals) {
            const Handle handle = resolver_.add(analysed_.document.id, local.entity);
            for (const std::size_t index : local.mentions) of_mention_[index] = handle;
        }
    }

    // The thing of a mention that a fact speaks of. Nothing for values and for pronouns that nobody resolved.
    std::optional<Handle> resolve(std::size_t mention_index) {
        RELATA_EXPECTS(mention_index < analysed_.mentions.size());
        if (of_mention_[mention_index]) return of_mention_[mention_index];
        const Mention& mention = analysed_.mentions[mention_index];
        Local local;
        if (mention.chain && analysed_.chains[*mention.chain].named) return std::nullopt;
        if (mention.chain) {
            const Chain& chain = analysed_.chains[*mention.chain];
            local.entity.name = chain.name;
            local.entity.type = chain.type;
            for (const std::size_t index : chain.mentions) take(local, index);
        } else if (mention.kind == MentionKind::nominal) {
            local.entity.name = text_of(mention);
            local.entity.type = mention.type;
            take(local, mention_index);
        }
        if (is_value(local.entity.type)) return std::nullopt;
        local.entity.name = without_determiners(clean_name(local.entity.name));
        if (local.entity.name.empty()) return std::nullopt;
        const std::string phrase =
            std::string(to_string(group_of(local.entity.type))) + fold(local.entity.name);
        const Handle handle = resolver_.add_nameless(analysed_.document.id, local.entity, phrases_[phrase]++);
        for (const std::size_t index : local.mentions) of_mention_[index] = handle;
        return handle;
    }

    // As resolve(), but makes no new thing.
    std::optional<Handle> known(std::optional<std::size_t> mention_index) const {
        return mention_index ? of_mention_.at(*mention_index) : std::nullopt;
    }

    std::string text_of(const Mention& mention) const {
        return std::string(mention.span.of(analysed_.document.text));
    }

    const std::vector<std::optional<Handle>>& of_mentions() const { return of_mention_; }

  private:
    struct Local {
        LocalEntity entity;
        std::vector<std::size_t> mentions;
    };

    void take(Local& local, std::size_t index) const {
        RELATA_EXPECTS(index < analysed_.mentions.size());
        const Mention& mention = analysed_.mentions[index];
        if (mention.kind == MentionKind::name) local.entity.forms.push_back(text_of(mention));
        ++local.entity.mentions;
        local.mentions.push_back(index);
    }

    // One sense per discourse (Gale, Church and Yarowsky 1992): when one document holds the same name as
    // person, organisation or place, the tagger wavered; the type of most mentions wins, of equals the first.
    // Titles of works, products and laws are left out: "Glass Tide" the film may well be made by Glass Tide
    // the studio.
    static void give_one_type(std::vector<Local>& locals) {
        std::map<std::string, std::vector<std::size_t>> by_name;
        for (std::size_t i = 0; i < locals.size(); ++i) {
            const TypeGroup group = group_of(locals[i].entity.type);
            if (group == TypeGroup::person || group == TypeGroup::organisation || group == TypeGroup::place) {
                by_name[fold(clean_name(locals[i].entity.name))].push_back(i);
            }
        }
        for (const auto& [name, same] : by_name) {
            if (same.size() < 2) continue;
            std::array<std::size_t, 18> votes{};
            for (const std::size_t i : same) {
                votes[static_cast<std::size_t>(locals[i].entity.type)] += locals[i].entity.mentions;
            }
            const auto votes_of = [&](std::size_t i) {
                return votes[static_cast<std::size_t>(locals[i].entity.type)];
            };
            const std::size_t winner =
                *std::max_element(same.begin(), same.end(),
                                  [&](std::size_t a, std::size_t b) { return votes_of(a) < votes_of(b); });
            const EntityType type = locals[winner].entity.type;
            for (const std::size_t i : same) locals[i].entity.type = type;
        }
    }

    // "Tanaka" alone belongs to "Mei Tanaka" when the document knows exactly one person of that surname.
    static void give_surnames_a_person(std::vector<Local>& locals) {
        std::map<std::string, std::vector<std::size_t>> by_surname;
        std::vector<std::pair<std::size_t, std::string>> alone;
        for (std::size_t i = 0; i < locals.size(); ++i) {
            if (locals[i].entity.type != EntityType::PERSON) continue;
            const NameKey key = name_key(clean_name(locals[i].entity.name), TypeGroup::person);
            if (key.single_word) {
                alone.emplace_back(i, key.text);
            } else {
                auto& people = by_surname[key.text.substr(key.text.rfind(' ') + 1)];
                const bool is_new = std::none_of(people.begin(), people.end(), [&](std::size_t other) {
                    return name_key(clean_name(locals[other].entity.name), TypeGroup::person).text ==
                           key.text;
                });
                if (is_new) people.push_back(i);
            }
        }
        for (const auto& [index, surname] : alone) {
            const auto entry = by_surname.find(surname);
            if (entry == by_surname.end() || entry->second.size() != 1) continue;
            Local& person = locals[entry->second.front()];
            Local& part = locals[index];
            std::move(part.entity.forms.begin(), part.entity.forms.end(),
                      std::back_inserter(person.entity.forms));
            person.entity.mentions += part.entity.mentions;
            person.mentions.insert(person.mentions.end(), part.mentions.begin(), part.mentions.end());
            part.entity.name.clear();
        }
        std::erase_if(locals, [](const Local& local) { return local.entity.name.empty(); });
    }

    const AnalysedDocument& analysed_;
    Resolver& resolver_;
    std::vector<std::optional<Handle>> of_mention_;
    std::map<std::string, std::size_t> phrases_;
};

// The value of an argument, also where the extractor left only a mention of a value.
std::optional<Value> value_of(const AnalysedDocument& analysed, const Argument& argument) {
    if (argument.value) return argument.value;
    if (!argument.mention) return std::nullopt;
    const Mention& mention = analysed.mentions.at(*argument.mention);
    if (!is_value(mention.type)) return std::nullopt;
    Value value;
    value.kind = value_kind(mention.type);
    value.text = std::string(mention.span.of(analysed.document.text));
    return value;
}

std::string fact_key(const Fact& fact) {
    std::string key = fact.subject.text();
    // An open phrase never equals a canonical name.
    ((key += fact.open() ? "\n~" : "\n=") += fact.relation_name()) += '\n';
    key += fact.object_entity() != nullptr ? fact.object_entity()->text() : value_key(*fact.object_value());
    key += '\n';
    ((key += to_string(fact.polarity)) += '\n') += to_string(fact.modality);
    return key;
}

// Sentences of one article are not independent of one another, articles are: per document the best evidence,
// over documents noisy-or (Pearl 1988). Rounded, so that the last bits of a sum do not show.
double joint_confidence(const std::vector<Evidence>& evidences) {
    std::map<DocumentId, double> best;
    for (const Evidence& evidence : evidences) {
        double& value = best[evidence.document];
        value = std::max(value, std::clamp(evidence.confidence, 0.0, 1.0));
    }
    double doubt = 1;
    for (const auto& [document, value] : best) doubt *= 1 - value;
    return std::min(std::round((1 - doubt) * 1e4) / 1e4, k_highest_confidence);
}

const std::string& most_frequent_phrase(const std::vector<Evidence>& evidences) {
    std::map<std::string_view, std::size_t> counts;
    for (const Evidence& evidence : evidences) ++counts[evidence.relation_text];
    const Evidence* best = &evidences.front();
    for (const Evidence& evidence : evidences) {
        const auto rank = [&](const Evidence& e) { return counts[e.relation_text]; };
        if (rank(evidence) > rank(*best) ||
            (rank(evidence) == rank(*best) && evidence.relation_text < best->relation_text)) {
            best = &evidence;
        }
    }
    return best->relation_text;
}

}  // namespace

struct GraphBuilder::State {
    std::vector<RelationInfo> relations;
    Resolver resolver;
    std::unordered_set<DocumentId> known;
    std::vector<SourceDocument> documents;
    std::vector<PendingFact> facts;
    std::size_t facts_without_entity = 0;

    void add_fact(const AnalysedDocument& analysed, const FactMention& mention, DocumentReader& reader);
};

void GraphBuilder::State::add_fact(const AnalysedDocument& analysed, const FactMention& mention,
                                   DocumentReader& reader) {
    PendingFact fact;
    const auto subject = mention.subject.mention ? reader.resolve(*mention.subject.mention) : std::nullopt;
    if (!subject) {
        ++facts_without_entity;
        return;
    }
    fact.subject = *subject;
    const Argument& object = *mention.object;
    const auto thing = object.mention ? reader.resolve(*object.mention) : std::nullopt;
    if (thing) {
        fact.object = *thing;
    } else if (auto value = value_of(analysed, object)) {
        fact.object = std::move(*value);
    } else {
        ++facts_without_entity;
        return;
    }
    fact.relation = mention.relation.name;
    fact.polarity = mention.polarity;
    fact.modality = mention.modality;
    Evidence& evidence = fact.evidence;
    evidence.document = analysed.document.id;
    evidence.sentence = mention.sentence;
    evidence.subject = mention.subject.span;
    evidence.relation = mention.relation.span;
    evidence.object = object.span;
    evidence.relation_text = mention.relation.text;
    evidence.time = mention.time;
    evidence.past = mention.past;
    // Rounded: a float's digits behind the fourth say nothing, and 0.9f would be written as
    // 0.8999999761581421.
    evidence.confidence = std::round(static_cast<double>(mention.confidence) * 1e4) / 1e4;
    evidence.by = mention.by;
    const auto entity = [&](std::optional<std::size_t> index) -> std::optional<EntityId> {
        const auto handle = reader.known(index);
        return handle ? std::optional(pending(*handle)) : std::nullopt;
    };
    if (mention.attribution) {
        evidence.attribution = EvidenceAttribution{mention.attribution->text, mention.attribution->span,
                                                   entity(mention.attribution->mention)};
    }
    for (const Argument& argument : mention.arguments) {
        evidence.arguments.push_back({argument.role, std::string(argument.span.of(analysed.document.text)),
                                      argument.span, entity(argument.mention), value_of(analysed, argument)});
    }
    facts.push_back(std::move(fact));
}

GraphBuilder::GraphBuilder(std::vector<RelationInfo> relations) : state_(std::make_unique<State>()) {
    state_->relations = std::move(relations);
}
GraphBuilder::~GraphBuilder() = default;
GraphBuilder::GraphBuilder(GraphBuilder&&) noexcept = default;
GraphBuilder& GraphBuilder::operator=(GraphBuilder&&) noexcept = default;

void GraphBuilder::add(const AnalysedDocument& analysed) {
    RELATA_EXPECTS(state_ != nullptr);
    const Document& document = analysed.document;
    if (!state_->known.insert(document.id).second) return;

    DocumentReader reader(analysed, state_->resolver);
    reader.read_names();
    for (const FactMention& fact : analysed.facts) {
        if (fact.for_graph && fact.object) state_->add_fact(analysed, fact, reader);
    }

    SourceDocument source;
    source.id = document.id;
    source.source = document.source;
    source.uri = document.uri;
    source.title = document.title;
    source.author = document.author;
    source.published = document.published;
    source.publisher = document.publisher;
    source.language = document.language;
    source.text = document.text;
    source.sentences.reserve(analysed.sentences.size());
    for (const Sentence& sentence : analysed.sentences)
        source.sentences.push_back({sentence.span, sentence.block});
    for (std::size_t i = 0; i < analysed.mentions.size(); ++i) {
        if (const auto handle = reader.of_mentions()[i]) {
            const Mention& mention = analysed.mentions[i];
            source.mentions.push_back({mention.sentence, mention.span, pending(*handle), mention.kind});
        }
    }
    state_->documents.push_back(std::move(source));
}

KnowledgeGraph GraphBuilder::finish() {
    RELATA_EXPECTS(state_ != nullptr);
    GraphParts parts;
    Resolver::Resolution resolution = state_->resolver.resolve();
    state_->resolver = {};
    parts.entities = std::move(resolution.entities);
    parts.merges = std::move(resolution.merges);
    const auto decided = [&](EntityId id) { return resolution.of[id.value]; };

    std::sort(state_->documents.begin(), state_->documents.end(), [](const auto& a, const auto& b) {
        return std::tie(a.source, a.id) < std::tie(b.source, b.id);
    });
    std::unordered_map<DocumentId, std::size_t> place;
    for (std::size_t i = 0; i < state_->documents.size(); ++i) {
        place[state_->documents[i].id] = i;
        for (SourceMention& mention : state_->documents[i].mentions) mention.entity = decided(mention.entity);
    }
    std::map<std::string_view, bool> symmetric;
    for (const RelationInfo& relation : state_->relations) symmetric[relation.name] = relation.symmetric;

    std::unordered_map<FactId, std::size_t> index;
    for (PendingFact& from : state_->facts) {
        Fact fact;
        Evidence& evidence = from.evidence;
        fact.subject = decided(pending(from.subject));
        if (const Handle* handle = std::get_if<Handle>(&from.object)) {
            EntityId object = decided(pending(*handle));
            if (object == fact.subject) {
                ++parts.facts_about_itself;
                continue;
            }
            const auto entry = symmetric.find(from.relation);
            if (entry != symmetric.end() && entry->second && object < fact.subject) {
                std::swap(object, fact.subject);
                std::swap(evidence.subject, evidence.object);
            }
            fact.object = object;
        } else {
            fact.object = std::move(std::get<Value>(from.object));
        }
        if (evidence.attribution && evidence.attribution->entity) {
            evidence.attribution->entity = decided(*evidence.attribution->entity);
        }
        for (EvidenceArgument& argument : evidence.arguments) {
            if (argument.entity) argument.entity = decided(*argument.entity);
        }
        fact.relation = std::move(from.relation);
        fact.phrase = fact.open() ? evidence.relation_text : std::string();
        fact.polarity = from.polarity;
        fact.modality = from.modality;
        fact.id = FactId{content_hash(fact_key(fact))};
        const auto [entry, is_new] = index.try_emplace(fact.id, parts.facts.size());
        if (is_new) parts.facts.push_back(std::move(fact));
        Fact& into = parts.facts[entry->second];
        // Of a value that is written in several ways, the shortest is shown; ties by bytes.
        if (!is_new && into.object_value() != nullptr) {
            Value& shown = std::get<Value>(into.object);
            const Value& other = *fact.object_value();
            if (std::tuple(other.text.size(), other.text) < std::tuple(shown.text.size(), shown.text))
                shown = other;
        }
        into.evidences.push_back(std::move(evidence));
    }
    state_->facts.clear();

    for (Fact& fact : parts.facts) {
        const auto where = [&](const Evidence& e) {
            return std::tuple(place[e.document], e.sentence, e.subject, e.relation, e.object);
        };
        std::sort(fact.evidences.begin(), fact.evidences.end(), [&](const Evidence& a, const Evidence& b) {
            return std::tuple(where(a), -a.confidence, std::string_view(a.by)) <
                   std::tuple(where(b), -b.confidence, std::string_view(b.by));
        });
        // Two rules that found one and the same words are one evidence, that of the surer rule.
        const auto same = [&](const Evidence& a, const Evidence& b) { return where(a) == where(b); };
        fact.evidences.erase(std::unique(fact.evidences.begin(), fact.evidences.end(), same),
                             fact.evidences.end());
        fact.confidence = joint_confidence(fact.evidences);
        if (!fact.open()) fact.phrase = most_frequent_phrase(fact.evidences);
    }
    parts.documents = std::move(state_->documents);
    parts.relations = std::move(state_->relations);
    parts.facts_without_entity = state_->facts_without_entity;
    state_ = std::make_unique<State>();
    return KnowledgeGraph(std::move(parts));
}

}  // namespace relata::graph
