// SPDX-License-Identifier: Apache-2.0
#include "graph/resolver.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace relata::graph {
namespace {

constexpr double k_sure = 1.0;
constexpr double k_suffix_score = 0.98;
constexpr double k_chain_score = 0.95;
constexpr double k_middle_score = 0.85;
constexpr double k_alias_score = 0.8;
constexpr double k_retyped_score = 0.75;
constexpr double k_acronym_score = 0.7;

std::vector<std::string_view> words_of_key(std::string_view key) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at <= key.size();) {
        const std::size_t space = std::min(key.find(' ', at), key.size());
        words.push_back(key.substr(at, space - at));
        at = space + 1;
    }
    return words;
}

// "Mei L. Tanaka" -> first "mei", middle {"l"}, last "tanaka". "Jr." and numerals belong to the last name:
// father and son stay apart.
struct PersonName {
    std::string base;
    std::vector<std::string_view> middle;
    bool initials_only = true;
};
std::optional<PersonName> person_name(std::string_view key) {
    const auto words = words_of_key(key);
    std::size_t last = words.size() - 1;
    while (last > 1 && (words[last] == "jr" || words[last] == "sr" || words[last] == "ii" ||
                        words[last] == "iii" || words[last] == "iv")) {
        --last;
    }
    if (last < 1) return std::nullopt;
    PersonName name;
    name.base = std::string(words[0]);
    for (std::size_t i = last; i < words.size(); ++i) (name.base += ' ') += words[i];
    for (std::size_t i = 1; i < last; ++i) {
        name.middle.push_back(words[i]);
        name.initials_only = name.initials_only && utf8::code_points(words[i]) == 1;
    }
    return name;
}

std::string initials(const std::vector<std::string_view>& words) {
    std::string result;
    for (const auto word : words) result += word.substr(0, utf8::decode(word, 0).length);
    return result;
}

void add_document(std::vector<DocumentId>& documents, DocumentId document) {
    if (documents.empty() || documents.back() != document) documents.push_back(document);
}

void sort_unique(std::vector<DocumentId>& documents) {
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
}

bool share_one(const std::vector<DocumentId>& left, const std::vector<DocumentId>& right) {
    auto a = left.begin();
    auto b = right.begin();
    while (a != left.end() && b != right.end()) {
        if (*a == *b) return true;
        *a < *b ? static_cast<void>(++a) : static_cast<void>(++b);
    }
    return false;
}

// All words of `part` stand in `whole` in that order.
bool is_part(std::string_view part, std::string_view whole) {
    const auto words = words_of_key(whole);
    auto at = words.begin();
    for (const auto word : words_of_key(part)) {
        at = std::find(at, words.end(), word);
        if (at == words.end()) return false;
        ++at;
    }
    return true;
}

}  // namespace

std::string_view to_string(MergeReason reason) {
    constexpr std::array<std::string_view, 10> names = {
        "spelling", "legal suffix", "title",       "surname",    "document chain",
        "alias",    "acronym",      "middle name", "known name", "retyped"};
    return names[static_cast<std::size_t>(reason)];
}

Resolver::Handle Resolver::cluster_of(TypeGroup group, std::string key, DocumentId scope) {
    std::string look_up(to_string(group));
    ((look_up += '\n') += key) += '\n';
    if (scope != DocumentId{}) look_up += scope.text();
    const auto [entry, is_new] =
        handles_.try_emplace(std::move(look_up), static_cast<Handle>(clusters_.size()));
    if (is_new) {
        Cluster cluster;
        cluster.group = group;
        cluster.key = std::move(key);
        cluster.scope = scope;
        clusters_.push_back(std::move(cluster));
    }
    return entry->second;
}

void Resolver::count(Cluster& cluster, DocumentId document, const LocalEntity& local) {
    cluster.types[static_cast<std::size_t>(local.type)] += std::max<std::size_t>(local.mentions, 1);
    cluster.mentions += local.mentions;
    add_document(cluster.documents, document);
}

Resolver::Handle Resolver::add(DocumentId document, const LocalEntity& local) {
    const TypeGroup group = group_of(local.type);
    const auto key_of = [group](std::string_view form) {
        NameKey key = name_key(form, group);
        if (const auto known = known_name(key.text, group); !known.empty()) {
            key.text = known;
            key.single_word = false;
        }
        return key;
    };
    const std::string name = clean_name(local.name);
    RELATA_EXPECTS(!name.empty());
    NameKey key = key_of(name);
    const bool scoped = group == TypeGroup::person && key.single_word;
    const Handle handle = cluster_of(group, std::move(key.text), scoped ? document : DocumentId{});
    Cluster& cluster = clusters_[handle];
    count(cluster, document, local);
    const auto take_form = [&](const std::string& form, std::size_t mentions) {
        if (form.empty()) return;
        Form& known = cluster.forms[form];
        known.mentions += mentions;
        add_document(known.documents, document);
        cluster.acronym = cluster.acronym || (is_acronym(form) && key_of(form).text == cluster.key);
        if (std::string other = key_of(form).text; other != cluster.key) {
            add_document(cluster.aliases[std::move(other)], document);
        }
    };
    take_form(name, 0);
    for (const std::string& form : local.forms) take_form(clean_name(form), 1);
    return handle;
}

Resolver::Handle Resolver::add_nameless(DocumentId document, const LocalEntity& local, std::size_t ordinal) {
    const std::string name = clean_name(local.name);
    RELATA_EXPECTS(!name.empty());
    const Handle handle =
        cluster_of(group_of(local.type), fold(name) + "#" + std::to_string(ordinal), document);
    Cluster& cluster = clusters_[handle];
    cluster.named = false;
    count(cluster, document, local);
    Form& form = cluster.forms[name];
    form.mentions = local.mentions;
    add_document(form.documents, document);
    return handle;
}

Resolver::Handle Resolver::root(Handle handle) const {
    while (joins_[handle].into != handle) handle = joins_[handle].into;
    return handle;
}

bool Resolver::is_apart(Handle left, Handle right) const {
    return share_one(documents_[left], documents_[right]);
}

void Resolver::join(Handle short_name, Handle into, MergeReason reason, double score) {
    joins_[short_name] = {into, reason, score};
    auto& documents = documents_[into];
    documents.insert(documents.end(), documents_[short_name].begin(), documents_[short_name].end());
    sort_unique(documents);
}

// "Mei L. Tanaka" is "Mei Tanaka" when no other middle name fits between the two; a middle name in full ("Mei
// Lin Tanaka") joins only where its initial stands as well.
void Resolver::join_middle_names() {
    std::map<std::string, std::vector<std::pair<Handle, PersonName>>> blocks;
    for (Handle handle = 0; handle < clusters_.size(); ++handle) {
        const Cluster& cluster = clusters_[handle];
        if (cluster.group != TypeGroup::person || !cluster.named || cluster.scope != DocumentId{}) continue;
        if (auto name = person_name(cluster.key)) {
            std::string base = name->base;
            blocks[std::move(base)].emplace_back(handle, std::move(*name));
        }
    }
    for (auto& [base, block] : blocks) {
        if (block.size() < 2) continue;
        std::sort(block.begin(), block.end(), [this](const auto& a, const auto& b) {
            return clusters_[a.first].key < clusters_[b.first].key;
        });
        std::set<std::string> abbreviated;
        std::size_t in_full = 0;
        for (const auto& [handle, name] : block) {
            if (name.middle.empty()) continue;
            if (name.initials_only) {
                abbreviated.insert(initials(name.middle));
            } else {
                ++in_full;
            }
        }
        if (abbreviated.size() != 1) continue;
        std::vector<Handle> same;
        for (const auto& [handle, name] : block) {
            const bool fits = name.middle.empty() || name.initials_only ||
                              (in_full == 1 && initials(name.middle) == *abbreviated.begin());
            if (fits) same.push_back(handle);
        }
        // The block is sorted by key: "mei tanaka" need not come first, but is the root when it is there.
        const auto plain =
            std::find_if(same.begin(), same.end(), [&](Handle h) { return clusters_[h].key == base; });
        const Handle into = plain != same.end() ? *plain : same.front();
        for (const Handle handle : same) {
            if (handle != into) join(handle, into, MergeReason::middle_name, k_middle_score);
        }
    }
}

// A short name that stands alone in one document ("Tarnholm", "ECB") is the longer name for which other
// documents use it, if there is exactly one, or the one name whose initials it is. Refused:
// - when a document speaks of both ("Siemens sold Siemens Energy"),
// - when the short name is better attested than the long one: then it is a name of its own,
// - for places, products and works, whose short names often mean something else ("York", "Gemma 2").
void Resolver::join_short_names() {
    std::map<std::pair<TypeGroup, std::string_view>, std::vector<Handle>> by_alias;
    std::unordered_map<std::string, std::vector<Handle>> by_initials;
    std::vector<Handle> order;
    for (Handle handle = 0; handle < clusters_.size(); ++handle) {
        const Cluster& cluster = clusters_[handle];
        const bool person = cluster.group == TypeGroup::person;
        if (!cluster.named || cluster.scope != DocumentId{} ||
            (!person && cluster.group != TypeGroup::organisation)) {
            continue;
        }
        order.push_back(handle);
        for (const auto& [alias, documents] : cluster.aliases)
            by_alias[{cluster.group, alias}].push_back(handle);
        if (!person) {
            for (std::string& letters : acronyms(cluster.key)) {
                if (letters.size() >= 3) by_initials[std::move(letters)].push_back(handle);
            }
        }
    }
    std::vector<std::size_t> length(clusters_.size());
    for (const Handle handle : order) length[handle] = words_of_key(clusters_[handle].key).size();
    // Longer names first, so that a short one sees where they went.
    std::sort(order.begin(), order.end(), [&](Handle a, Handle b) {
        return std::tuple(length[b], clusters_[a].group, clusters_[a].key) <
               std::tuple(length[a], clusters_[b].group, clusters_[b].key);
    });
    for (const Handle handle : order) {
        if (joins_[handle].into != handle) continue;
        const Cluster& cluster = clusters_[handle];
        std::set<Handle> targets;
        if (const auto entry = by_alias.find({cluster.group, cluster.key}); entry != by_alias.end()) {
            for (const Handle longer : entry->second) {
                const Handle target = root(longer);
                if (target == handle) continue;
                // Where the longer name itself went elsewhere, the short one follows only with a reason of
                // its own.
                const Cluster& reached = clusters_[target];
                if (target == longer || reached.aliases.contains(cluster.key) ||
                    is_part(cluster.key, reached.key)) {
                    targets.insert(target);
                }
            }
        }
        const bool by_document = !targets.empty();
        if (!by_document && cluster.acronym && cluster.group == TypeGroup::organisation) {
            if (const auto entry = by_initials.find(cluster.key); entry != by_initials.end()) {
                for (const Handle longer : entry->second) targets.insert(root(longer));
                targets.erase(handle);
            }
        }
        if (targets.size() != 1) continue;
        const Handle target = *targets.begin();
        if (is_apart(handle, target)) continue;
        if (!cluster.acronym && documents_[handle].size() > documents_[target].size()) continue;
        if (by_document) {
            join(handle, target, cluster.acronym ? MergeReason::acronym : MergeReason::alias,
                 cluster.acronym ? k_chain_score : k_alias_score);
        } else {
            join(handle, target, MergeReason::acronym, k_acronym_score);
        }
    }
}

// "Lumenaut" alone, taken for a person in one document, is the company "Lumenaut" of others (or "Lumenaut
// Systems", for which others use it): the press gives a person's full name once, and no person of any
// document bears the word. The type was the mistake, so this is no join of a person with a company.
void Resolver::join_mistaken_persons() {
    std::map<std::string_view, std::vector<Handle>> by_key;
    std::map<std::string_view, std::vector<Handle>> by_alias;
    std::set<std::string_view> words_of_persons;
    for (Handle handle = 0; handle < clusters_.size(); ++handle) {
        const Cluster& cluster = clusters_[handle];
        if (!cluster.named || cluster.scope != DocumentId{}) continue;
        if (cluster.group == TypeGroup::person) {
            for (const auto word : words_of_key(cluster.key)) words_of_persons.insert(word);
        } else if (cluster.group == TypeGroup::organisation || cluster.group == TypeGroup::place) {
            by_key[cluster.key].push_back(handle);
            for (const auto& [alias, documents] : cluster.aliases) by_alias[alias].push_back(handle);
        }
    }
    for (Handle handle = 0; handle < clusters_.size(); ++handle) {
        const Cluster& cluster = clusters_[handle];
        const bool lone_word =
            cluster.group == TypeGroup::person && cluster.named && cluster.scope != DocumentId{};
        if (!lone_word || words_of_persons.contains(cluster.key)) continue;
        std::set<Handle> targets;
        for (const auto* table : {&by_key, &by_alias}) {
            if (const auto entry = table->find(cluster.key); targets.empty() && entry != table->end()) {
                for (const Handle other : entry->second) targets.insert(root(other));
            }
        }
        if (targets.size() == 1) join(handle, *targets.begin(), MergeReason::retyped, k_retyped_score);
    }
}

Entity Resolver::describe(const std::vector<Handle>& members, std::vector<Merge>& merges) const {
    const Cluster& main = clusters_[members.front()];
    Entity entity;
    std::string scope(to_string(main.group));
    if (main.scope != DocumentId{}) scope += main.scope.text();
    if (!main.named) scope += '#';
    entity.id = EntityId{content_hash(main.key, content_hash(scope))};
    entity.named = main.named;
    const bool person = main.group == TypeGroup::person;

    std::array<std::size_t, 18> types{};
    std::map<std::string, Form> forms;
    std::map<std::string, Handle> source;
    std::vector<DocumentId> documents;
    std::set<std::string_view> keys;
    for (const Handle handle : members) {
        const Cluster& cluster = clusters_[handle];
        if (person || handle == members.front()) keys.insert(cluster.key);
        for (std::size_t i = 0; i < types.size(); ++i) types[i] += cluster.types[i];
        for (const auto& [text, form] : cluster.forms) {
            Form& merged = forms[text];
            merged.mentions += form.mentions;
            merged.documents.insert(merged.documents.end(), form.documents.begin(), form.documents.end());
            source.try_emplace(text, handle);
        }
        documents.insert(documents.end(), cluster.documents.begin(), cluster.documents.end());
        entity.mentions += cluster.mentions;
    }
    sort_unique(documents);
    entity.documents = documents.size();
    for (std::size_t i = 0; i < types.size(); ++i) {
        const auto type = static_cast<EntityType>(i);
        if (is_value(type) || group_of(type) != main.group) types[i] = 0;
    }
    entity.type = static_cast<EntityType>(std::max_element(types.begin(), types.end()) - types.begin());

    // The name: among the forms that say the whole key, the most frequent; a headline's capitals only if need
    // be.
    std::map<std::string, std::pair<bool, std::size_t>> full;  // whole, mentions
    for (const auto& [text, form] : forms) {
        std::string shown = person ? without_titles(text) : text;
        std::string key = name_key(text, main.group).text;
        if (const auto known = known_name(key, main.group); !known.empty() && fold(text) != known)
            key.clear();
        auto& entry = full[std::move(shown)];
        entry.first = entry.first || !main.named || keys.contains(key);
        entry.second += form.mentions;
    }
    const bool any_calm = std::any_of(full.begin(), full.end(), [](const auto& entry) {
        return entry.second.first && !is_shouting(entry.first);
    });
    const std::pair<const std::string, std::pair<bool, std::size_t>>* best = nullptr;
    const auto rank = [&](const auto& entry) {
        return std::tuple(entry.second.first, is_whole(entry.first), !any_calm || !is_shouting(entry.first),
                          entry.second.second, entry.first.size());
    };
    for (const auto& entry : full) {
        if (best == nullptr || rank(entry) > rank(*best)) best = &entry;
    }
    entity.name = best->first;

    const std::string folded_name = fold(entity.name);
    const NameKey main_key = name_key(entity.name, main.group);
    std::set<Handle> logged{members.front()};
    for (auto& [text, form] : forms) {
        if (text == entity.name) continue;
        sort_unique(form.documents);
        entity.aliases.push_back({text, form.mentions});
        Merge merge;
        merge.entity = entity.id;
        merge.form = text;
        merge.into = entity.name;
        merge.documents = form.documents.size();
        const Handle from = source.at(text);
        logged.insert(from);
        const NameKey key = name_key(text, main.group);
        merge.score = k_sure;
        if (from != members.front() && key.text == clusters_[from].key) {
            merge.reason = joins_[from].reason;
            merge.score = joins_[from].score;
        } else if (fold(text) == folded_name) {
            merge.reason = MergeReason::spelling;
        } else if (key.text == main_key.text) {
            merge.reason = key.dropped_suffix || main_key.dropped_suffix ? MergeReason::legal_suffix
                           : key.dropped_title || main_key.dropped_title ? MergeReason::title
                                                                         : MergeReason::spelling;
            if (merge.reason != MergeReason::spelling) merge.score = k_suffix_score;
        } else if (const auto known = known_name(key.text, main.group); !known.empty() && known == main.key) {
            merge.reason = MergeReason::known_name;
        } else if (person && key.single_word && words_of_key(main.key).back() == key.text) {
            merge.reason = MergeReason::surname;
            merge.score = k_chain_score;
        } else {
            merge.reason = MergeReason::document_chain;
            merge.score = k_chain_score;
        }
        merges.push_back(std::move(merge));
    }
    // A cluster that brought no form of its own ("Lumenaut" the supposed person) was joined all the same.
    for (const Handle handle : members) {
        if (!logged.insert(handle).second) continue;
        const auto& [text, form] = *clusters_[handle].forms.begin();
        merges.push_back({entity.id, text, entity.name, joins_[handle].reason, joins_[handle].score,
                          clusters_[handle].documents.size()});
    }
    std::stable_sort(entity.aliases.begin(), entity.aliases.end(),
                     [](const Alias& a, const Alias& b) { return a.mentions > b.mentions; });
    return entity;
}

Resolver::Resolution Resolver::resolve() {
    joins_.resize(clusters_.size());
    documents_.resize(clusters_.size());
    for (Handle handle = 0; handle < clusters_.size(); ++handle) {
        joins_[handle].into = handle;
        documents_[handle] = clusters_[handle].documents;
        sort_unique(documents_[handle]);
    }
    join_middle_names();
    join_short_names();
    join_mistaken_persons();

    std::vector<std::vector<Handle>> members(clusters_.size());
    for (Handle handle = 0; handle < clusters_.size(); ++handle) {
        const Handle top = root(handle);
        if (top == handle) {
            members[top].insert(members[top].begin(), handle);
        } else {
            members[top].push_back(handle);
        }
    }
    Resolution resolution;
    resolution.of.resize(clusters_.size());
    for (Handle top = 0; top < clusters_.size(); ++top) {
        if (members[top].empty()) continue;
        std::sort(members[top].begin() + 1, members[top].end(),
                  [this](Handle a, Handle b) { return clusters_[a].key < clusters_[b].key; });
        resolution.entities.push_back(describe(members[top], resolution.merges));
        for (const Handle handle : members[top]) resolution.of[handle] = resolution.entities.back().id;
    }
    return resolution;
}

}  // namespace relata::graph
