// SPDX-License-Identifier: Apache-2.0
// Which names of a document are the same thing (full name, surname, acronym, name without legal suffix,
// apposed acronym), and what the text says about each: its kind ("the carmaker Halden"), its place ("Halden
// of Bodø"), the gender of a person. The first part of coreference; nominals and pronouns look for their
// antecedents among these clusters.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/facts/document_view.hpp"
#include "ingest/facts/lexicon.hpp"

namespace relata::ingest {

enum class Number { unknown, singular, plural };

// All mentions of one thing, while they are found.
struct Cluster {
    std::string name;
    EntityType type = EntityType::OTHER;
    bool named = true;
    lexicon::Gender gender = lexicon::Gender::unknown;
    Number number = Number::unknown;
    std::vector<std::string> descriptors;  // lemmas: "carmaker", "minister"
    std::vector<std::size_t> mentions;     // by position
    std::vector<std::size_t> places;       // clusters of the places that the text ties it to
    bool has_descriptor(std::string_view lemma) const;
    void describe(std::string_view lemma);
};

struct NameChains {
    std::vector<Cluster> clusters;                 // Cluster::mentions are still empty
    std::vector<std::size_t> cluster_of;           // by mention; k_none for all that are no names
    std::set<std::string, std::less<>> countries;  // lower case; chains that demonyms and short forms share
};
NameChains find_name_chains(const DocumentView& view);

// The words of a name without a possessive ending.
std::string_view name_text(const DocumentView& view, std::size_t mention);
// Cluster of the place that modifies a nominal ("the [Dutch] firm"), or k_none.
std::size_t place_modifier(const DocumentView& view, const NameChains& chains, std::size_t mention);

}  // namespace relata::ingest
