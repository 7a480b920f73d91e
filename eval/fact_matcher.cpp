// SPDX-License-Identifier: Apache-2.0
#include "eval/fact_matcher.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "eval/text_files.hpp"

namespace relata::eval {
namespace {

std::string last_word(std::string_view name) {
    const auto words = words_of(name);
    return words.empty() ? std::string() : words.back();
}

bool ends_with_preposition(std::string_view relation, std::initializer_list<std::string_view> prepositions) {
    const std::string word = last_word(relation);
    return std::find(prepositions.begin(), prepositions.end(), word) != prepositions.end();
}

bool any_same(const std::vector<std::string>& a, const std::vector<std::string>& b, ObjectSort object) {
    for (const std::string& x : a)
        for (const std::string& y : b)
            if (same_relation(x, y, object)) return true;
    return false;
}

// "former_party_of" and "formerly_member_of" are "party of" and "member of" of a past state.
std::string without_former(const std::string& relation) {
    for (const std::string_view prefix : {"former_", "formerly_"})
        if (relation.starts_with(prefix)) return relation.substr(prefix.size());
    return relation;
}

std::vector<std::string> accepted(const GoldFact& fact) {
    std::vector<std::string> names{without_former(fact.relation)};
    for (const std::string& name : fact.accept) names.push_back(without_former(name));
    return names;
}

std::vector<std::string> accepted_inverse(const GoldFact& fact) {
    std::vector<std::string> names;
    for (const std::string& name : fact.accept_inverse) names.push_back(without_former(name));
    return names;
}

// "acquired by" without its preposition: what is said of the thing alone, "acquired for $2m", "founded in
// 1998".
std::string participle(std::string_view inverse_label) {
    return std::string(inverse_label.ends_with(" by") ? inverse_label.substr(0, inverse_label.size() - 3)
                                                      : std::string_view());
}

bool is_affiliation(std::string_view relation) {
    static constexpr std::array<std::string_view, 12> names = {
        "works_for",  "leads", "member_of",    "director_of", "manager_of", "appointed_to",
        "elected_to", "joins", "president_of", "chairman_of", "ceo_of",     "minister_of"};
    return std::find(names.begin(), names.end(), relation) != names.end();
}

// All of `wanted` stands in `text`, in order.
bool holds_words(const std::vector<std::string>& text, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return false;
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end()) != text.end();
}

bool inside(ByteSpan sentence, ByteSpan place) {
    return sentence.begin < place.end && place.begin < sentence.end;
}

}  // namespace

std::string_view to_string(Cause cause) {
    static constexpr std::array<std::string_view, 12> names = {"none",
                                                               "subject not found",
                                                               "object not found",
                                                               "coreference",
                                                               "no edge",
                                                               "not kept for the graph",
                                                               "other relation",
                                                               "direction",
                                                               "polarity",
                                                               "modality",
                                                               "past",
                                                               "too general"};
    return names.at(static_cast<std::size_t>(cause));
}

bool names_office(const FactMention& edge) {
    return edge.relation.name == "title" || edge.relation.name == "occupation";
}

FactMatcher::FactMatcher(const GoldArticle& gold, const AnalysedDocument& analysed,
                         const RelationTable& relations)
    : gold_(gold), analysed_(analysed), relations_(relations) {
    std::map<std::string, std::size_t> surnames;
    for (const auto& [id, entity] : gold.entities)
        if (entity.type == EntityType::PERSON) ++surnames[last_word(entity.name)];
    for (const auto& [id, entity] : gold.entities) {
        std::set<std::string>& keys = entity_keys_[id];
        keys = name_keys(entity.name, entity.type);
        for (const std::string& alias : entity.aliases) keys.merge(name_keys(alias, entity.type));
        // "Lind" is Ana Lind where no other Lind is about.
        if (entity.type == EntityType::PERSON && surnames[last_word(entity.name)] == 1)
            keys.insert(last_word(entity.name));
        all_keys_.insert(keys.begin(), keys.end());
    }
    for (const Chain& chain : analysed.chains) {
        // The name under which the graph shows the chain decides; other forms only where that one is unknown
        // to the reader, so that a chain made of two things does not match both.
        std::set<std::string> keys = name_keys(chain.name, chain.type);
        const bool known = std::any_of(keys.begin(), keys.end(),
                                       [this](const std::string& key) { return all_keys_.contains(key); });
        if (!known)
            for (const std::size_t m : chain.mentions)
                if (analysed.mentions[m].kind != MentionKind::pronoun)
                    keys.merge(name_keys(analysed.mentions[m].span.of(analysed.document.text), chain.type));
        chain_keys_.push_back(std::move(keys));
    }
}

bool FactMatcher::matches_entity(const Mention& mention, const std::string& entity) const {
    const auto found = entity_keys_.find(entity);
    if (found == entity_keys_.end()) return false;
    const std::set<std::string> alone =
        mention.chain ? std::set<std::string>()
                      : name_keys(mention.span.of(analysed_.document.text), mention.type);
    const std::set<std::string>& keys = mention.chain ? chain_keys_[*mention.chain] : alone;
    return std::any_of(keys.begin(), keys.end(),
                       [&](const std::string& key) { return found->second.contains(key); });
}

bool FactMatcher::is_entity(const Argument& argument, const std::string& entity) const {
    if (argument.mention) return matches_entity(analysed_.mentions[*argument.mention], entity);
    const auto found = entity_keys_.find(entity);
    return argument.value && found != entity_keys_.end() &&
           found->second.contains(name_key(argument.value->text));
}

std::string FactMatcher::shown(const Argument& argument) const {
    if (argument.value) return argument.value->text;
    if (argument.mention)
        if (const Mention& mention = analysed_.mentions[*argument.mention]; mention.chain)
            return analysed_.chains[*mention.chain].name;
    return std::string(argument.span.of(analysed_.document.text));
}

// --- arguments ---------------------------------------------------------------------------------------------

TextMatch FactMatcher::match_value(const Argument& argument, const GoldFact& fact) const {
    const std::string& gold = *fact.value;
    if (argument.value) {
        const Value& value = *argument.value;
        if (value.kind == ValueKind::date && fact.value_kind == ValueKind::date &&
            !value.normalised.empty() && (value.normalised == fact.time || value.normalised == gold))
            return TextMatch::most;
        // "Compared as number and unit": where both have one, nothing else counts.
        const bool figure = fact.value_kind == ValueKind::quantity || fact.value_kind == ValueKind::money ||
                            fact.value_kind == ValueKind::percent;
        if (const auto amount = amount_in(gold); figure && amount && value.amount)
            return same_amount(*amount, value) ? TextMatch::most : TextMatch::none;
    }
    TextMatch best = match_text(gold, argument.value ? std::string_view(argument.value->text)
                                                     : argument.span.of(analysed_.document.text));
    if (argument.mention) best = std::max(best, match_text(gold, shown(argument)));
    return best;
}

TextMatch FactMatcher::match_object(const Argument& argument, const GoldFact& fact) const {
    if (fact.value) return match_value(argument, fact);
    return is_entity(argument, fact.object) ? TextMatch::most : TextMatch::none;
}

ObjectSort FactMatcher::object_sort(const GoldFact& fact) const {
    if (fact.value) return fact.value_kind == ValueKind::date ? ObjectSort::time_or_place : ObjectSort::thing;
    const auto found = gold_.entities.find(fact.object);
    const bool place = found != gold_.entities.end() &&
                       (found->second.type == EntityType::GPE || found->second.type == EntityType::LOC ||
                        found->second.type == EntityType::FAC);
    return place ? ObjectSort::time_or_place : ObjectSort::thing;
}

// --- readings of an edge -----------------------------------------------------------------------------------

const RelationNames* FactMatcher::names_of(const FactMention& edge) const {
    const auto found = relations_.find(edge.relation.name);
    return found == relations_.end() ? nullptr : &found->second;
}

std::vector<FactMatcher::Reading> FactMatcher::readings(const FactMention& edge) const {
    std::vector<Reading> result;
    if (!edge.object) return result;
    Reading main;
    main.first = &edge.subject;
    main.second = &*edge.object;
    for (const std::string& name : {edge.relation.name, edge.relation.text})
        if (!name.empty()) main.names.push_back(name);
    if (const RelationNames* names = names_of(edge)) {
        main.names.push_back(names->label);
        if (!names->inverse_label.empty()) main.inverse.push_back(names->inverse_label);
        if (names->symmetric) main.inverse.insert(main.inverse.end(), main.names.begin(), main.names.end());
    }
    result.push_back(main);
    for (const Argument& attribute : edge.arguments) add_attribute(edge, attribute, result);
    return result;
}

// A value or place may be an attribute: (Halden, acquires, Klinova; price: $2m) says (Halden, pays, $2m),
// (Halden, acquisition price, $2m) and (Klinova, price, $2m), if the reader accepts such a name.
void FactMatcher::add_attribute(const FactMention& edge, const Argument& attribute,
                                std::vector<Reading>& into) const {
    const Reading main = into.front();
    const bool figure = attribute.value && attribute.value->kind != ValueKind::date;
    Reading of_subject;
    of_subject.attribute = true;
    of_subject.first = &edge.subject;
    of_subject.second = &attribute;
    of_subject.names.push_back(attribute.role);
    Reading of_object = of_subject;
    of_object.first = &*edge.object;
    const bool time = attribute.role == "time", place = attribute.role == "place";
    const std::string link = time || place ? " in" : " " + attribute.role;
    for (const std::string& name : main.names) {
        of_subject.names.push_back(name + link);
        if (time || figure) of_subject.names.push_back(name);
    }
    if (const RelationNames* names = names_of(edge); names && !participle(names->inverse_label).empty()) {
        of_object.names.push_back(participle(names->inverse_label) + link);
        if (time) of_object.names.push_back(participle(names->inverse_label));
    }
    into.push_back(std::move(of_subject));
    into.push_back(std::move(of_object));
}

// --- relations ---------------------------------------------------------------------------------------------

// The edge's first argument is the gold subject.
bool FactMatcher::same_relation_straight(const Reading& reading, const GoldFact& fact) const {
    const ObjectSort sort = object_sort(fact);
    return any_same(reading.names, accepted(fact), sort) ||
           any_same(reading.inverse, accepted_inverse(fact), sort);
}

// The edge's first argument is the gold object.
bool FactMatcher::same_relation_swapped(const Reading& reading, const GoldFact& fact) const {
    const ObjectSort sort = object_sort(fact);
    if (any_same(reading.names, accepted_inverse(fact), sort) ||
        any_same(reading.inverse, accepted(fact), sort))
        return true;
    return fact.symmetric && any_same(reading.names, accepted(fact), sort);
}

// "An office is full if it can be read off the edge": (Ana Lind, works for, Tolm) whose words are "digital
// chief of", that has the attribute "title: digital chief", or beside which the sentence gives her that
// title.
bool FactMatcher::office_on_edge(const FactMention& edge, const GoldFact& fact) const {
    const auto subject = gold_.entities.find(fact.subject);
    if (subject == gold_.entities.end() || subject->second.type != EntityType::PERSON) return false;
    if (!ends_with_preposition(fact.relation, {"of", "at", "for", "in"}) ||
        !is_affiliation(edge.relation.name))
        return false;
    std::vector<std::string> texts{edge.relation.text};
    for (const Argument& argument : edge.arguments)
        if (argument.role == "title" || argument.role == "as" || argument.role == "role")
            texts.push_back(shown(argument));
    for (const FactMention& other : analysed_.facts)
        if (other.for_graph && other.sentence == edge.sentence && names_office(other) && other.object &&
            is_entity(other.subject, fact.subject))
            texts.push_back(shown(*other.object));
    for (const std::string& name : accepted(fact)) {
        if (!ends_with_preposition(name, {"of", "at", "for", "in"})) continue;
        std::vector<std::string> office = relation_stems(name);
        office.pop_back();
        for (const std::string& text : texts)
            if (holds_words(relation_stems(text), office)) return true;
    }
    return false;
}

// A relation that holds wherever the gold one does: the office as employment, the site as a place, the
// takeover as a connection.
bool FactMatcher::more_general(const FactMention& edge, const GoldFact& fact) const {
    const std::string& name = edge.relation.name;
    const auto type_of = [this](const std::string& id) {
        const auto found = gold_.entities.find(id);
        return found == gold_.entities.end() ? EntityType::OTHER : found->second.type;
    };
    const auto about = [&fact](std::initializer_list<std::string_view> parts) {
        return std::any_of(parts.begin(), parts.end(), [&fact](std::string_view part) {
            return fact.relation.find(part) != std::string::npos;
        });
    };
    const bool person = type_of(fact.subject) == EntityType::PERSON;
    if (name == "works_for" || name == "leads" || name == "member_of")
        return person && ends_with_preposition(fact.relation, {"of", "at", "for"});
    if (name == "located_in" || name == "based_in" || name == "operates_in")
        return object_sort(fact) == ObjectSort::time_or_place &&
               ends_with_preposition(fact.relation, {"in", "at", "near", "on"});
    if (name == "partners_with" || name == "agrees_with")
        return about(
            {"merge", "joint_venture", "contract", "suppl", "deal", "cooperat", "collaborat", "alliance"});
    if (name == "part_of" || name == "owns" || name == "subsidiary_of")
        return about({"subsidiary", "part_of", "unit_of", "division", "own", "belong", "joint_venture"});
    return false;
}

// --- qualifiers --------------------------------------------------------------------------------------------

// Arguments and relation are right: does the edge also keep what the text reserves?
Judgement FactMatcher::qualify(const FactMention& edge, const GoldFact& fact, bool exact_value) const {
    // "X denies that A bought B" may also stand as a negated fact that X tells.
    const bool denied = fact.modality == Modality::denied && fact.polarity == Polarity::positive;
    const bool says_no = denied && edge.polarity == Polarity::negative &&
                         (edge.attribution || edge.modality == Modality::denied);
    if (!says_no && edge.polarity != fact.polarity) return {FactLevel::missed, Cause::polarity};
    const bool plain = edge.modality == Modality::asserted;
    if (fact.modality == Modality::asserted) {
        // A hedge that the text does not have makes the fact weaker, not false.
        if (!plain && edge.modality != Modality::alleged) return {FactLevel::vague, Cause::modality};
    } else if (plain && !says_no) {
        // "For alleged the attribution alone suffices."
        if (fact.modality == Modality::planned) return {FactLevel::vague, Cause::modality};
        if (fact.modality == Modality::alleged) {
            if (!edge.attribution) return {FactLevel::vague, Cause::modality};
        } else {
            // With a source it is at least no plain assertion, except that the source denies it.
            const bool claim = edge.attribution && fact.modality != Modality::denied;
            return {claim ? FactLevel::vague : FactLevel::missed, Cause::modality};
        }
    } else if ((fact.modality == Modality::denied) != (edge.modality == Modality::denied) && !says_no) {
        return {FactLevel::vague, Cause::modality};
    }
    if (fact.past && !edge.past && !edge.time) return {FactLevel::vague, Cause::past};
    if (!exact_value) return {FactLevel::vague, Cause::generic};
    return {FactLevel::full, Cause::none};
}

Judgement FactMatcher::judge_reading(const FactMention& edge, const Reading& reading,
                                     const GoldFact& fact) const {
    TextMatch straight = TextMatch::none;
    if (is_entity(*reading.first, fact.subject)) straight = match_object(*reading.second, fact);
    const bool swapped = !fact.value && straight == TextMatch::none && !reading.attribute &&
                         is_entity(*reading.second, fact.subject) && is_entity(*reading.first, fact.object);
    if (straight == TextMatch::none && !swapped) return {};
    if (straight != TextMatch::none ? same_relation_straight(reading, fact)
                                    : same_relation_swapped(reading, fact))
        return qualify(edge, fact, swapped || straight == TextMatch::most);
    if (reading.attribute) return {};
    if (swapped) {
        const ObjectSort sort = object_sort(fact);
        const bool backwards = any_same(reading.names, accepted(fact), sort);
        return {fact.symmetric ? FactLevel::pair : FactLevel::missed,
                backwards ? Cause::direction : Cause::relation};
    }
    if (office_on_edge(edge, fact)) return qualify(edge, fact, true);
    if (more_general(edge, fact)) {
        return qualify(edge, fact, false);
    }
    return {FactLevel::pair, Cause::relation};
}

Judgement FactMatcher::judge(const FactMention& edge, const GoldFact& fact) const {
    Judgement best;
    for (const Reading& reading : readings(edge)) best = std::max(best, judge_reading(edge, reading, fact));
    // When it happened is an attribute, too.
    if (edge.time && edge.object && best.level < FactLevel::full && fact.value_kind == ValueKind::date) {
        Argument time;
        time.role = "time";
        time.span = edge.time->span;
        time.value = Value{ValueKind::date, edge.time->text, {}, {}, edge.time->value};
        std::vector<Reading> more{readings(edge).front()};
        add_attribute(edge, time, more);
        for (std::size_t i = 1; i < more.size(); ++i)
            best = std::max(best, judge_reading(edge, more[i], fact));
    }
    return best;
}

bool FactMatcher::time_right(const FactMention& edge, const GoldFact& fact) {
    if (!edge.time) return false;
    std::string_view value = edge.time->value;
    if (value.starts_with("../")) value.remove_prefix(3);  // until
    if (value.empty() || fact.time.find_first_of("0123456789") == std::string::npos)
        return name_key(edge.time->text) == name_key(fact.time);
    // A day inside the month that the reader noted is no mistake, a month for a day is. Of "2016 (then)",
    // "since 2024-06-15" and "by 2027" the date counts.
    for (const std::string_view word : split_blanks(fact.time))
        if (word.find_first_of("0123456789") != std::string_view::npos) return value.starts_with(word);
    return false;
}

// --- causes ------------------------------------------------------------------------------------------------

std::vector<std::size_t> FactMatcher::evidence_sentences(const GoldFact& fact) const {
    std::vector<std::size_t> result;
    for (const std::string& evidence : fact.evidence) {
        const std::size_t at = analysed_.document.text.find(evidence);
        if (at == std::string::npos) continue;
        for (std::size_t s = 0; s < analysed_.sentences.size(); ++s)
            if (inside(analysed_.sentences[s].span, {at, at + evidence.size()})) result.push_back(s);
    }
    return result;
}

bool FactMatcher::mentioned(const std::string& entity) const {
    return std::any_of(analysed_.mentions.begin(), analysed_.mentions.end(),
                       [&](const Mention& mention) { return matches_entity(mention, entity); });
}

bool FactMatcher::mentioned_in(const std::string& entity, const std::vector<std::size_t>& sentences) const {
    return std::any_of(analysed_.mentions.begin(), analysed_.mentions.end(), [&](const Mention& mention) {
        return std::find(sentences.begin(), sentences.end(), mention.sentence) != sentences.end() &&
               matches_entity(mention, entity);
    });
}

Cause FactMatcher::cause_without_edge(const GoldFact& fact) const {
    if (!mentioned(fact.subject)) return Cause::subject;
    if (!fact.value && !mentioned(fact.object)) return Cause::object;
    const std::vector<std::size_t> sentences = evidence_sentences(fact);
    if (!sentences.empty() &&
        (!mentioned_in(fact.subject, sentences) || (!fact.value && !mentioned_in(fact.object, sentences))))
        return Cause::coreference;
    for (const FactMention& edge : analysed_.facts)
        if (!edge.for_graph && judge(edge, fact).level >= FactLevel::vague) return Cause::not_kept;
    return Cause::no_edge;
}

}  // namespace relata::eval
