// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/names.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace relata::ingest {
namespace {

using Words = std::unordered_set<std::string_view>;

// Forms of companies that end a name: "Brandt Motors Inc.", "Nordlys AS".
const Words k_legal_forms = {
    "Inc", "Inc.",   "Corp", "Corp.",       "Ltd",          "Ltd.",    "LLC",  "L.L.C.", "LLP",
    "PLC", "plc",    "Plc",  "AG",          "GmbH",         "SA",      "S.A.", "NV",     "N.V.",
    "AB",  "ASA",    "AS",   "Oyj",         "SE",           "KGaA",    "BV",   "B.V.",   "SpA",
    "Co.", "S.p.A.", "Pty",  "Corporation", "Incorporated", "Limited",
};

// Before a person's name and no part of it: "Mr. Keller", "President Keller".
const Words k_titles = {
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "Miss",
    "Dr",
    "Dr.",
    "Prof",
    "Prof.",
    "Professor",
    "Sir",
    "Lord",
    "Lady",
    "Dame",
    "President",
    "Chancellor",
    "Senator",
    "Sen.",
    "Rep.",
    "Governor",
    "Gov.",
    "Congressman",
    "Congresswoman",
    "Representative",
    "King",
    "Queen",
    "Prince",
    "Princess",
    "Pope",
    "Judge",
    "Justice",
    "Captain",
    "Capt.",
    "Colonel",
    "Col.",
    "Lieutenant",
    "Lt.",
    "Major",
    "Maj.",
    "Sergeant",
    "Sgt.",
    "General",
    "Gen.",
    "Admiral",
    "Adm.",
    "Mayor",
    "Ambassador",
    "Chairman",
    "Chairwoman",
    "Minister",
    "Secretary",
    "Rev.",
    "Reverend",
    "Commander",
    "Cmdr.",
    "Premier",
    "Archbishop",
    "Bishop",
    "Cardinal",
};

// How far one occurrence can speak against a type: a log probability.
constexpr float k_strongest_no = -6;
// What a legal form, or a longer name in the same document, adds to the log probability of a type.
constexpr float k_legal_form_weight = 4;
constexpr float k_longer_name_weight = 3;
// Spans less probable than this are no names. Organisations are the type that is proposed too often; the
// values are tuned on UNER EWT dev and on the dev tenth of news, which agree.
constexpr float k_least_organisation = 0.6F;
constexpr float k_least_person = 0.5F;
// So sure must a name be that its other occurrences are names too.
constexpr float k_sure = 0.9F;

class Mender {
  public:
    Mender(const AnalysedDocument& analysed, std::vector<NameCandidate> names,
           std::span<const EntityType> types)
        : analysed_(analysed),
          names_(std::move(names)),
          types_(types),
          person_(index_of(EntityType::PERSON)),
          organisation_(index_of(EntityType::ORG)) {}

    std::vector<NameCandidate> run() {
        std::erase_if(names_, [this](const NameCandidate& name) { return is_unit_of_number(name); });
        strip_titles();
        add_missed();
        vote();
        std::erase_if(names_, [this](const NameCandidate& name) {
            const std::size_t type = best_type(name);
            return (type == organisation_ && name.score < k_least_organisation) ||
                   (type == person_ && name.score < k_least_person);
        });
        return std::move(names_);
    }

  private:
    std::size_t index_of(EntityType type) const {
        return static_cast<std::size_t>(std::find(types_.begin(), types_.end(), type) - types_.begin());
    }
    std::string_view word(const NameCandidate& name, std::size_t i) const {
        return form(analysed_, analysed_.sentences[name.sentence].tokens[i]);
    }
    // "SKr" of "SKr131.20": written onto the number behind it, so a currency and no name.
    bool is_unit_of_number(const NameCandidate& name) const {
        const auto& tokens = analysed_.sentences[name.sentence].tokens;
        if (name.last - name.first != 1 || name.last >= tokens.size()) return false;
        const std::string_view next = word(name, name.last);
        return tokens[name.last].span.begin == tokens[name.first].span.end && next[0] >= '0' &&
               next[0] <= '9';
    }
    // Words [first, last) with single blanks.
    std::string words(const NameCandidate& name, std::size_t first, std::size_t last) const {
        std::string text;
        for (std::size_t i = first; i < last; ++i) {
            if (i > first) text += ' ';
            text += word(name, i);
        }
        return text;
    }
    std::string text_of(const NameCandidate& name) const { return words(name, name.first, name.last); }

    // "President Keller" -> Keller
    void strip_titles() {
        for (NameCandidate& name : names_) {
            if (best_type(name) != person_) continue;
            while (name.last - name.first > 1 && k_titles.contains(word(name, name.first))) ++name.first;
        }
    }

    // A name that is sure in one sentence is a name wherever it stands as a proper noun: "Tallow Bay" found
    // in the second sentence is found in the first, where the network overlooked it.
    void add_missed() {
        std::unordered_map<std::string, std::vector<std::size_t>> sure;  // by first word
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const NameCandidate& name = names_[i];
            const auto first = word(name, name.first);
            const bool too_short = name.last - name.first == 1 && first.size() < 3;
            if (name.score >= k_sure && !too_short && first[0] >= 'A' && first[0] <= 'Z')
                sure[std::string(first)].push_back(i);
        }
        if (sure.empty()) return;
        std::vector<NameCandidate> all;
        auto next = names_.begin();
        for (std::size_t s = 0; s < analysed_.sentences.size(); ++s) {
            const auto& tokens = analysed_.sentences[s].tokens;
            for (std::size_t i = 0; i < tokens.size();) {
                while (next != names_.end() && next->sentence == s && next->last <= i) ++next;
                if (next != names_.end() && next->sentence == s && next->first <= i) {
                    i = next->last;
                    all.push_back(*next);
                    continue;
                }
                const auto found = sure.find(std::string(form(analysed_, tokens[i])));
                const NameCandidate* known =
                    found == sure.end() ? nullptr : longest_at(found->second, s, i, next);
                if (known == nullptr) {
                    ++i;
                    continue;
                }
                NameCandidate copy = *known;
                copy.sentence = s;
                copy.first = i;
                copy.last = i + (known->last - known->first);
                i = copy.last;
                all.push_back(std::move(copy));
            }
            while (next != names_.end() && next->sentence == s) ++next;
        }
        names_ = std::move(all);
    }

    // The longest of the names `which` that stands at token i of sentence s, before the next name there.
    const NameCandidate* longest_at(const std::vector<std::size_t>& which, std::size_t s, std::size_t i,
                                    std::vector<NameCandidate>::const_iterator next) const {
        const auto& tokens = analysed_.sentences[s].tokens;
        const std::size_t end = next != names_.end() && next->sentence == s ? next->first : tokens.size();
        const NameCandidate* best = nullptr;
        for (const std::size_t c : which) {
            const NameCandidate& name = names_[c];
            const std::size_t n = name.last - name.first;
            if (i + n > end || (best != nullptr && n <= best->last - best->first)) continue;
            bool same = n > 1 || tokens[i].upos == Upos::PROPN;
            for (std::size_t k = 0; k < n && same; ++k)
                same = form(analysed_, tokens[i + k]) == word(name, name.first + k);
            if (same) best = &name;
        }
        return best;
    }

    // All occurrences of a name have one type, the one with the highest sum of log probabilities. "Brandt"
    // alone may look like a person; beside "Brandt Motors Inc." it is the company. "Keller" alone may look
    // like a town; beside "Anna Keller" it is the person.
    void vote() {
        std::map<std::string, std::vector<float>> votes;
        for (NameCandidate& name : names_) {
            if (name.last - name.first > 1 && organisation_ < types_.size() &&
                k_legal_forms.contains(word(name, name.last - 1)))
                name.types[organisation_] += k_legal_form_weight;
            auto& sum = votes[text_of(name)];
            sum.resize(types_.size());
            for (std::size_t t = 0; t < types_.size(); ++t) sum[t] += std::max(name.types[t], k_strongest_no);
        }
        std::map<std::string, std::size_t> shorter;  // a part of a longer name, and the type that this says
        for (const NameCandidate& name : names_) {
            if (name.last - name.first < 2) continue;
            if (best_type(name) == person_) shorter[std::string(word(name, name.last - 1))] = person_;
        }
        for (const NameCandidate& name : names_) {
            if (name.last - name.first < 2 || !k_legal_forms.contains(word(name, name.last - 1))) continue;
            for (std::size_t last = name.first + 1; last < name.last; ++last)
                shorter[words(name, name.first, last)] = organisation_;
        }
        for (const auto& [text, type] : shorter) {
            const auto found = votes.find(text);
            if (found != votes.end() && type < types_.size()) found->second[type] += k_longer_name_weight;
        }
        for (NameCandidate& name : names_) name.types = votes[text_of(name)];
    }

    const AnalysedDocument& analysed_;
    std::vector<NameCandidate> names_;
    std::span<const EntityType> types_;
    std::size_t person_, organisation_;  // indices of types_, its size where the model lacks one
};

}  // namespace

std::size_t best_type(const NameCandidate& candidate) {
    return static_cast<std::size_t>(std::max_element(candidate.types.begin(), candidate.types.end()) -
                                    candidate.types.begin());
}

std::vector<NameCandidate> mend_names(const AnalysedDocument& analysed, std::vector<NameCandidate> candidates,
                                      std::span<const EntityType> types) {
    return Mender(analysed, std::move(candidates), types).run();
}

}  // namespace relata::ingest
