// SPDX-License-Identifier: Apache-2.0
#include "ingest/facts/ontology.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "core/error.hpp"
#include "core/json.hpp"

namespace relata::ingest {

namespace {

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        if (end > begin) parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

constexpr std::array<std::string_view, 40> k_prepositions = {
    "aboard", "outside", "inside",  "alongside", "with",  "from",   "to",      "of",    "in",     "on",
    "at",     "for",     "against", "into",      "by",    "as",     "over",    "about", "near",   "after",
    "before", "between", "off",     "under",     "among", "upon",   "through", "onto",  "out",    "behind",
    "around", "via",     "towards", "than",      "until", "within", "per",     "since", "during", "toward"};

bool is_preposition(std::string_view word) {
    return std::find(k_prepositions.begin(), k_prepositions.end(), word) != k_prepositions.end();
}

bool is_slot(std::string_view word) {
    return word == "A" || word == "B" || word == "_" || word == "A+B";
}

// Every choice of one alternative each out of "buy|acquire" "stake|share" …, in order.
std::vector<std::vector<std::string>> expand_alternatives(const std::vector<std::string>& words) {
    std::vector<std::vector<std::string>> result{{}};
    for (const std::string& word : words) {
        std::vector<std::vector<std::string>> longer;
        for (const auto& prefix : result) {
            for (const std::string& choice : split(word, '|')) {
                longer.push_back(prefix);
                longer.back().push_back(choice);
            }
        }
        result = std::move(longer);
    }
    return result;
}

std::string join(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
        if (!text.empty()) text += ' ';
        text += words[i];
    }
    return text;
}

}  // namespace

// Reads one file into an Ontology; knows the place for messages.
class OntologyReader {
  public:
    OntologyReader(Ontology& ontology, const std::filesystem::path& path)
        : ontology_(ontology), source_(path.string()) {
        std::ifstream stream(path, std::ios::binary);
        if (!stream) throw IoError(source_, "open", errno);
        std::ostringstream buffer;
        buffer << stream.rdbuf();
        text_ = buffer.str();
    }

    void read() {
        const json::Value root = json::parse(text_, source_);
        const json::Value* format = root.find("format");
        if (!format || !format->string() || *format->string() != "relata-ontology")
            throw InputError(source_, "expected an object with \"format\": \"relata-ontology\"", 1);
        const json::Value* relations = root.find("relations");
        if (!relations || !relations->array())
            throw InputError(source_, "expected an array \"relations\"", 1);
        std::vector<std::pair<std::size_t, const json::Value*>> read;
        for (const json::Value& relation : *relations->array())
            read.emplace_back(read_relation(relation), &relation);
        // Only now all names are known.
        for (const auto& [index, relation] : read) link_states(index, *relation);
    }

  private:
    // Where the relation named `name_` stands: behind its member "name".
    std::size_t place_of_name() const {
        const std::string quoted = '"' + name_ + '"';
        for (std::size_t at = text_.find(quoted); at != std::string::npos; at = text_.find(quoted, at + 1)) {
            const std::size_t colon = text_.find_last_not_of(" \t\r\n", at - 1);
            if (colon == std::string::npos || text_[colon] != ':') continue;
            const std::size_t key = text_.find_last_not_of(" \t\r\n", colon - 1);
            if (key != std::string::npos && key >= 5 && text_.compare(key - 5, 6, "\"name\"") == 0) return at;
        }
        return std::string::npos;
    }

    // The parsed value knows no lines. The string `culprit` behind the relation's name is where to look, else
    // that name.
    [[noreturn]] void fail(const std::string& reason, const std::string& culprit = {}) const {
        std::size_t at = name_.empty() ? std::string::npos : place_of_name();
        if (at != std::string::npos && !culprit.empty()) {
            const std::size_t exact = text_.find('"' + culprit + '"', at);
            if (exact != std::string::npos) at = exact;
        }
        const std::size_t line =
            at == std::string::npos
                ? 0
                : 1 + static_cast<std::size_t>(
                          std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        throw InputError(source_, (name_.empty() ? "" : "relation \"" + name_ + "\": ") + reason, line);
    }

    std::size_t read_relation(const json::Value& json) {
        name_.clear();
        try {
            name_ = json.string_at("name");
            if (name_.empty()) fail("\"name\" is empty");
            check_members(json);
            const std::size_t index = place(read_properties(json));
            read_triggers(index, json);
            return index;
        } catch (const InputError&) {
            throw;
        } catch (const Error& error) {
            fail(error.what());
        }
    }

    // A member that nobody reads is a slip of the pen: "verb" for "verbs".
    void check_members(const json::Value& json) const {
        static constexpr std::array<std::string_view, 21> k_members = {
            "name",   "label",         "inverse_label", "symmetric",  "functional", "event",
            "domain", "range",         "wikidata",      "schema_org", "family",     "aliases",
            "starts", "ends",          "example",       "verbs",      "nouns",      "inverse_aliases",
            "roles",  "inverse_roles", "adjectives"};
        for (const auto& member : *json.object())
            if (std::find(k_members.begin(), k_members.end(), member.first) == k_members.end())
                fail("unknown member \"" + member.first + "\"", member.first);
    }

    RelationType read_properties(const json::Value& json) const {
        RelationType relation;
        relation.name = name_;
        std::string spaced = name_;
        std::replace(spaced.begin(), spaced.end(), '_', ' ');
        relation.label = json.string_or("label", spaced);
        relation.symmetric = json.boolean_or("symmetric", false);
        relation.inverse_label = json.string_or("inverse_label", relation.symmetric ? relation.label : "");
        if (relation.symmetric && relation.inverse_label != relation.label)
            fail("a symmetric relation has one label, not two", relation.inverse_label);
        relation.functional = json.boolean_or("functional", false);
        relation.event = json.boolean_or("event", false);
        relation.wikidata = json.string_or("wikidata", "");
        relation.schema_org = json.string_or("schema_org", "");
        relation.family = json.string_or("family", "");
        relation.aliases = strings(json, "aliases");
        relation.inverse_aliases = strings(json, "inverse_aliases");
        for (const std::string& type : strings(json, "domain")) relation.domain.push_back(entity_type(type));
        for (const std::string& type : strings(json, "range")) {
            if (const auto kind = parse_value_kind(type))
                relation.range_values.push_back(*kind);
            else
                relation.range.push_back(entity_type(type));
        }
        if (const json::Value* example = json.find("example"))
            relation.example = RelationExample{example->string_at("text"), example->string_at("subject"),
                                               example->string_at("object")};
        return relation;
    }

    void read_triggers(std::size_t index, const json::Value& json) {
        const auto each = [&](std::string_view member, auto&& read) {
            for (const std::string& text : strings(json, member)) {
                read(text);
                ++ontology_.relations_[index].triggers;
            }
        };
        each("verbs", [&](const std::string& text) { read_verb(index, text); });
        each("roles", [&](const std::string& text) { read_role(index, text, false); });
        each("inverse_roles", [&](const std::string& text) { read_role(index, text, true); });
        each("adjectives", [&](const std::string& text) { read_adjective(index, text); });
        const json::Value* nouns = json.find("nouns");
        if (!nouns) return;
        if (!nouns->array()) fail("expected an array \"nouns\"", "nouns");
        for (const json::Value& noun : *nouns->array()) {
            read_noun(index, noun);
            ++ontology_.relations_[index].triggers;
        }
    }

    // "starts" and "ends" of an event name states.
    void link_states(std::size_t index, const json::Value& json) {
        name_ = json.string_at("name");
        const auto link = [&](std::string_view member, std::vector<std::size_t>& states) {
            for (const std::string& state : strings(json, member)) {
                const std::size_t found = ontology_.find_alias(state);
                if (found == Ontology::npos) fail("unknown state \"" + state + "\"", state);
                if (ontology_.relations_[found].event)
                    fail("\"" + state + "\" is an event and no state", state);
                states.push_back(found);
            }
        };
        RelationType& relation = ontology_.relations_[index];
        link("starts", relation.starts);
        link("ends", relation.ends);
        if (!relation.event && !(relation.starts.empty() && relation.ends.empty()))
            fail("only an event starts or ends a state");
    }

    std::vector<std::string> strings(const json::Value& json, std::string_view key) const {
        std::vector<std::string> result;
        const json::Value* list = json.find(key);
        if (!list || list->is_null()) return result;
        const std::string member(key);
        if (!list->array()) fail("expected an array \"" + member + "\"", member);
        for (const json::Value& element : *list->array()) {
            if (!element.string()) fail("expected strings in \"" + member + "\"", member);
            result.push_back(*element.string());
        }
        return result;
    }

    EntityType entity_type(const std::string& name) const {
        if (const auto type = parse_entity_type(name)) return *type;
        fail("unknown type \"" + name + "\"", name);
    }

    // Adds the relation, or takes the place (and drops the triggers) of one with the same name.
    std::size_t place(const RelationType& relation) {
        if (!names_.insert(relation.name).second) fail("is defined twice in this file");
        const std::size_t old = ontology_.find(relation.name);
        if (old == Ontology::npos) {
            ontology_.relations_.push_back(relation);
            ontology_.by_name_.emplace(relation.name, ontology_.relations_.size() - 1);
            return ontology_.relations_.size() - 1;
        }
        ontology_.relations_[old] = relation;
        const auto forget = [old](auto& index) {
            for (auto& entry : index)
                std::erase_if(entry.second, [old](const auto& pattern) { return pattern.relation == old; });
        };
        forget(ontology_.verbs_);
        forget(ontology_.nouns_);
        forget(ontology_.roles_);
        forget(ontology_.adjectives_);
        return old;
    }

    void read_verb(std::size_t relation, const std::string& text) {
        const std::vector<std::string> words = split(text, ' ');
        if (words.size() < 2 || !is_slot(words[0]) || is_slot(words[1]))
            fail("pattern \"" + text + "\" must start with A, B, A+B or _ and a verb", text);
        for (const auto& choice : expand_alternatives(words)) read_verb_choice(relation, choice, text);
    }

    void read_verb_choice(std::size_t relation, const std::vector<std::string>& words,
                          const std::string& text) {
        VerbPattern pattern;
        pattern.relation = relation;
        std::string lemma = words[1];
        const std::size_t plus = lemma.find('+');
        if (plus != std::string::npos) {
            pattern.particle = lemma.substr(plus + 1);
            lemma.resize(plus);
        }
        const auto assign = [&](const std::string& slot, const PatternArgument& argument) {
            if (slot == "A")
                pattern.a = argument;
            else if (slot == "B")
                pattern.b = argument;
        };
        assign(words[0], {Slot::subject, {}});
        if (words[0] == "A+B") {
            pattern.together = true;
            pattern.a = pattern.b = {Slot::subject, {}};
        }
        std::size_t at = 2;
        if (lemma == "be" && at < words.size() && !is_slot(words[at]) && !is_preposition(words[at]))
            lemma += ' ' + words[at++];
        std::string bare;  // the slot that was read as direct object so far
        while (at < words.size()) {
            std::vector<std::string> before;
            while (at < words.size() && !is_slot(words[at])) before.push_back(words[at++]);
            const bool has_slot = at < words.size();
            if (!before.empty() && !is_preposition(before[0])) {
                if (!pattern.object_noun.empty()) fail("pattern \"" + text + "\" has two object nouns", text);
                pattern.object_noun = before[0];
                before.erase(before.begin());
            }
            if (!has_slot) {
                if (before.empty()) break;
                if (before.size() != 2)
                    fail("pattern \"" + text + "\" must end with a slot, a noun, or a preposition and a noun",
                         text);
                pattern.preposition = before[0];
                pattern.prepositional_noun = before[1];
                break;
            }
            const std::string& slot = words[at++];
            if (before.size() > 1) fail("pattern \"" + text + "\" has too many words before " + slot, text);
            if (!before.empty()) {
                assign(slot, {Slot::preposition, before[0]});
                continue;
            }
            pattern.some_object |= slot == "_";
            if (!bare.empty()) assign(bare, {Slot::iobject, {}});
            bare = slot;
            assign(slot, {Slot::object, {}});
        }
        if (pattern.a.slot == Slot::none || pattern.b.slot == Slot::none)
            fail("pattern \"" + text + "\" needs both A and B", text);
        ontology_.verbs_[lemma].push_back(std::move(pattern));
    }

    void read_noun(std::size_t relation, const json::Value& json) {
        NounPattern pattern;
        pattern.relation = relation;
        const std::string& text = json.string_at("noun");
        for (const std::string& slot : strings(json, "a")) pattern.a.push_back(noun_slot(slot, text));
        for (const std::string& slot : strings(json, "b")) pattern.b.push_back(noun_slot(slot, text));
        const std::vector<std::string> words = split(text, ' ');
        if (words.empty()) fail("\"noun\" is empty");
        pattern.modifier = join(words, 0, words.size() - 1);
        ontology_.nouns_[words.back()].push_back(pattern);
        add_hyphenless(words.back(), pattern, ontology_.nouns_);
    }

    PatternArgument noun_slot(const std::string& slot, const std::string& noun) const {
        if (slot == "'s") return {Slot::possessive, {}};
        if (slot == "compound") return {Slot::compound, {}};
        if (is_preposition(slot) || slot == "and") return {Slot::preposition, slot};
        fail("noun \"" + noun + "\": \"" + slot + "\" is no place of an argument", slot);
    }

    // "B-based", "A-owned": what stands before the hyphen. "guilty of B" is read as "A be guilty of B".
    void read_adjective(std::size_t relation, const std::string& text) {
        if (text.size() > 2 && text[1] == '-' && (text[0] == 'A' || text[0] == 'B')) {
            ontology_.adjectives_[text.substr(2)].push_back({relation, text[0] == 'A'});
            return;
        }
        if (split(text, ' ').size() < 3)
            fail("adjective \"" + text + "\" must be \"A-word\", \"B-word\" or \"word of B\"", text);
        read_verb(relation, "A be " + text);
    }

    void read_role(std::size_t relation, const std::string& text, bool inverse) {
        std::vector<std::string> words = split(text, ' ');
        RolePattern pattern;
        pattern.relation = relation;
        pattern.inverse = inverse;
        const auto of = std::find_if(words.begin(), words.end(),
                                     [](const std::string& word) { return word == "of" || word == "in"; });
        if (of != words.end()) {
            pattern.complement = words.back();
            words.erase(of, words.end());
        }
        if (words.empty()) fail("role \"" + text + "\" has no noun", text);
        pattern.modifier = join(words, 0, words.size() - 1);
        ontology_.roles_[words.back()].push_back(pattern);
        add_hyphenless(words.back(), pattern, ontology_.roles_);
    }

    // UD tokenisation splits "co-founder" into "co", "-", "founder" in some texts and not in others.
    template <class Pattern>
    static void add_hyphenless(const std::string& noun, Pattern pattern, Ontology::Index<Pattern>& index) {
        const std::size_t hyphen = noun.rfind('-');
        if (hyphen == std::string::npos) return;
        std::string modifier = noun.substr(0, hyphen);
        std::replace(modifier.begin(), modifier.end(), '-', ' ');
        pattern.modifier += (pattern.modifier.empty() ? "" : " ") + modifier;
        index[noun.substr(hyphen + 1)].push_back(std::move(pattern));
    }

    Ontology& ontology_;
    std::string source_;
    std::string text_;
    std::string name_;             // of the relation being read
    std::set<std::string> names_;  // of this file
};

Ontology Ontology::load(const std::filesystem::path& path, const std::vector<std::filesystem::path>& extra) {
    Ontology ontology;
    OntologyReader(ontology, path).read();
    for (const auto& more : extra) OntologyReader(ontology, more).read();
    // A longer role name wins over its last word: "chief executive" over "executive".
    for (auto& entry : ontology.roles_) {
        std::stable_sort(
            entry.second.begin(), entry.second.end(), [](const RolePattern& a, const RolePattern& b) {
                return a.modifier.size() + a.complement.size() > b.modifier.size() + b.complement.size();
            });
    }
    return ontology;
}

std::size_t Ontology::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? npos : found->second;
}

std::size_t Ontology::find_alias(std::string_view name) const {
    if (const std::size_t index = find(name); index != npos) return index;
    for (std::size_t i = 0; i < relations_.size(); ++i)
        if (std::find(relations_[i].aliases.begin(), relations_[i].aliases.end(), name) !=
            relations_[i].aliases.end())
            return i;
    return npos;
}

const std::vector<VerbPattern>& Ontology::verbs(std::string_view lemma) const {
    static const std::vector<VerbPattern> nothing;
    const auto found = verbs_.find(lemma);
    return found == verbs_.end() ? nothing : found->second;
}

const std::vector<NounPattern>& Ontology::nouns(std::string_view lemma) const {
    static const std::vector<NounPattern> nothing;
    const auto found = nouns_.find(lemma);
    return found == nouns_.end() ? nothing : found->second;
}

const std::vector<RolePattern>& Ontology::roles(std::string_view lemma) const {
    static const std::vector<RolePattern> nothing;
    const auto found = roles_.find(lemma);
    return found == roles_.end() ? nothing : found->second;
}

const std::vector<AdjectivePattern>& Ontology::adjectives(std::string_view word) const {
    static const std::vector<AdjectivePattern> nothing;
    const auto found = adjectives_.find(word);
    return found == adjectives_.end() ? nothing : found->second;
}

bool Ontology::allows_subject(const RelationType& relation, EntityType type) const {
    return relation.domain.empty() ||
           std::find(relation.domain.begin(), relation.domain.end(), type) != relation.domain.end();
}

bool Ontology::allows_object(const RelationType& relation, EntityType type) const {
    if (relation.range.empty()) return relation.range_values.empty();
    return std::find(relation.range.begin(), relation.range.end(), type) != relation.range.end();
}

bool Ontology::allows_object(const RelationType& relation, ValueKind kind) const {
    return std::find(relation.range_values.begin(), relation.range_values.end(), kind) !=
           relation.range_values.end();
}

}  // namespace relata::ingest
