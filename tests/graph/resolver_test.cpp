// SPDX-License-Identifier: Apache-2.0
#include "graph/resolver.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

using namespace relata;
using graph::LocalEntity;
using graph::Merge;
using graph::MergeReason;
using graph::Resolver;

namespace {

struct Said {
    std::uint64_t document;
    EntityType type;
    std::vector<std::string> forms;  // the first is the fullest
};

class World {
  public:
    explicit World(const std::vector<Said>& said) {
        for (const Said& one : said) {
            LocalEntity local{one.forms.front(), one.type, one.forms, one.forms.size()};
            handles_.push_back(resolver_.add(DocumentId{one.document}, local));
        }
        resolution_ = resolver_.resolve();
    }
    bool same(std::size_t a, std::size_t b) const { return of(a) == of(b); }
    EntityId of(std::size_t i) const { return resolution_.of[handles_[i]]; }
    const graph::Entity& entity(std::size_t i) const {
        return *std::find_if(resolution_.entities.begin(), resolution_.entities.end(),
                             [&](const auto& entity) { return entity.id == of(i); });
    }
    const Merge* merge(const std::string& form) const {
        for (const Merge& merge : resolution_.merges) {
            if (merge.form == form) return &merge;
        }
        return nullptr;
    }
    std::size_t count() const { return resolution_.entities.size(); }

  private:
    Resolver resolver_;
    std::vector<Resolver::Handle> handles_;
    Resolver::Resolution resolution_;
};

}  // namespace

TEST_CASE("spellings of one name are one entity, and the log says why", "[graph][unit]") {
    const World world({{1, EntityType::ORG, {"Halden Motor"}},
                       {2, EntityType::ORG, {"Halden Motor AG"}},
                       {3, EntityType::ORG, {"HALDEN MOTOR"}},
                       {4, EntityType::ORG, {"the Halden-Motor"}},
                       {5, EntityType::ORG, {"Halden Motor"}}});
    CHECK(world.count() == 1);
    CHECK(world.entity(0).name == "Halden Motor");
    CHECK(world.entity(0).documents == 5);
    CHECK(world.entity(0).mentions == 5);
    REQUIRE(world.merge("Halden Motor AG") != nullptr);
    CHECK(world.merge("Halden Motor AG")->reason == MergeReason::legal_suffix);
    CHECK(world.merge("HALDEN MOTOR")->reason == MergeReason::spelling);
    CHECK(world.merge("Halden-Motor")->into == "Halden Motor");
}

TEST_CASE("names of incompatible types stay apart, places of any kind do not", "[graph][unit]") {
    const World world({{1, EntityType::ORG, {"Pelagio"}},
                       {1, EntityType::PERSON, {"Pelagio Ruiz"}},
                       {2, EntityType::PRODUCT, {"Pelagio"}},
                       {3, EntityType::WORK, {"Pelagio"}},
                       {4, EntityType::GPE, {"Ormana"}},
                       {5, EntityType::LOC, {"Ormana"}},
                       {6, EntityType::NORP, {"Chinese"}},
                       {6, EntityType::GPE, {"China"}}});
    CHECK_FALSE(world.same(0, 2));
    CHECK_FALSE(world.same(0, 3));
    CHECK_FALSE(world.same(2, 3));
    CHECK(world.same(4, 5));
    CHECK_FALSE(world.same(6, 7));
    CHECK(world.entity(6).type == EntityType::NORP);
}

TEST_CASE("a surname alone is known inside its document only", "[graph][unit]") {
    const World world({{1, EntityType::PERSON, {"Mei Tanaka", "Tanaka"}},
                       {2, EntityType::PERSON, {"Tanaka"}},
                       {3, EntityType::PERSON, {"Tanaka"}},
                       {4, EntityType::PERSON, {"Dr. Mei Tanaka"}}});
    CHECK(world.same(0, 3));
    CHECK_FALSE(world.same(0, 1));
    CHECK_FALSE(world.same(1, 2));
    CHECK(world.entity(0).name == "Mei Tanaka");
    CHECK(world.merge("Tanaka")->reason == MergeReason::surname);
    CHECK(world.merge("Dr. Mei Tanaka")->reason == MergeReason::title);
}

TEST_CASE("a middle initial joins when no other middle name fits", "[graph][unit]") {
    const World joined({{1, EntityType::PERSON, {"Mei L. Tanaka"}},
                        {2, EntityType::PERSON, {"Mei Tanaka"}},
                        {3, EntityType::PERSON, {"Mei Lin Tanaka"}}});
    CHECK(joined.same(0, 1));
    CHECK(joined.same(0, 2));
    CHECK(joined.merge("Mei L. Tanaka")->reason == MergeReason::middle_name);
    const World apart({{1, EntityType::PERSON, {"Mei L. Tanaka"}},
                       {2, EntityType::PERSON, {"Mei R. Tanaka"}},
                       {3, EntityType::PERSON, {"Mei Tanaka"}}});
    CHECK(apart.count() == 3);
    const World family(
        {{1, EntityType::PERSON, {"Ivo Kestrel"}}, {2, EntityType::PERSON, {"Ivo Kestrel Jr."}}});
    CHECK(family.count() == 2);
}

TEST_CASE("a short name goes to the one longer name that documents use it for", "[graph][unit]") {
    const World joined(
        {{1, EntityType::ORG, {"Tarnholm Shipping", "Tarnholm"}}, {2, EntityType::ORG, {"Tarnholm"}}});
    CHECK(joined.same(0, 1));
    CHECK(joined.entity(0).name == "Tarnholm Shipping");
    CHECK(joined.merge("Tarnholm")->documents == 2);
    const World two_names({{1, EntityType::ORG, {"Tarnholm Shipping", "Tarnholm"}},
                           {2, EntityType::ORG, {"Tarnholm Energy", "Tarnholm"}},
                           {3, EntityType::ORG, {"Tarnholm"}}});
    CHECK(two_names.count() == 3);
}

TEST_CASE("a short name that a document sets against the longer one stays apart", "[graph][unit]") {
    const World world({{1, EntityType::ORG, {"Tarnholm Energy", "Tarnholm"}},
                       {2, EntityType::ORG, {"Tarnholm"}},
                       {2, EntityType::ORG, {"Tarnholm Energy"}}});
    CHECK_FALSE(world.same(0, 1));
    CHECK(world.same(0, 2));
}

TEST_CASE("a short name that is better known than the long one stays apart", "[graph][unit]") {
    const World world({{1, EntityType::ORG, {"Tarnholm Energy", "Tarnholm"}},
                       {2, EntityType::ORG, {"Tarnholm"}},
                       {3, EntityType::ORG, {"Tarnholm"}}});
    CHECK_FALSE(world.same(0, 1));
}

TEST_CASE("a word that one document takes for a person is what the others name", "[graph][unit]") {
    const World world({{1, EntityType::ORG, {"Lumenaut"}},
                       {2, EntityType::PERSON, {"Lumenaut", "Lumenaut", "Lumenaut"}},
                       {3, EntityType::ORG, {"Pelagio Systems", "Pelagio"}},
                       {4, EntityType::PERSON, {"Pelagio"}},
                       {5, EntityType::ORG, {"Kestrel"}},
                       {6, EntityType::PERSON, {"Ivo Kestrel"}},
                       {7, EntityType::PERSON, {"Kestrel"}}});
    CHECK(world.same(0, 1));
    CHECK(world.entity(0).type == EntityType::ORG);
    CHECK(world.same(2, 3));
    REQUIRE(world.merge("Lumenaut") != nullptr);
    CHECK(world.merge("Lumenaut")->reason == MergeReason::retyped);
    // A person bears the word, so it may be a person here as well.
    CHECK_FALSE(world.same(4, 6));
}

TEST_CASE("an acronym goes to the one name with its initials", "[graph][unit]") {
    const World joined({{1, EntityType::ORG, {"Nordvik Maritime Authority"}}, {2, EntityType::ORG, {"NMA"}}});
    CHECK(joined.same(0, 1));
    CHECK(joined.merge("NMA")->reason == MergeReason::acronym);
    const World doubtful({{1, EntityType::ORG, {"Nordvik Maritime Authority"}},
                          {2, EntityType::ORG, {"National Museum of Art"}},
                          {3, EntityType::ORG, {"NMA"}}});
    CHECK(doubtful.count() == 3);
    const World word({{1, EntityType::ORG, {"Nordvik Maritime Authority"}}, {2, EntityType::ORG, {"Nma"}}});
    CHECK(word.count() == 2);
}

TEST_CASE("weak links do not chain", "[graph][unit]") {
    // "Kest" is used for "Kestria Rail"; "Kestria Rail" for "Ormana Transport"; nobody uses "Kest" for the
    // last.
    const World world({{1, EntityType::ORG, {"Ormana Transport", "Kestria Rail"}},
                       {2, EntityType::ORG, {"Kestria Rail", "Kest"}},
                       {3, EntityType::ORG, {"Kest"}}});
    CHECK(world.same(0, 1));
    CHECK_FALSE(world.same(1, 2));
}

TEST_CASE("known names of countries are one place whoever says them", "[graph][unit]") {
    const World world({{1, EntityType::GPE, {"U.S."}},
                       {2, EntityType::GPE, {"United States"}},
                       {3, EntityType::GPE, {"the United States of America"}}});
    CHECK(world.count() == 1);
    CHECK(world.entity(0).name == "United States");
    CHECK(world.merge("U.S.")->reason == MergeReason::known_name);
}

TEST_CASE("ids and names do not depend on the order of documents", "[graph][property]") {
    const std::vector<Said> said = {{1, EntityType::ORG, {"Tarnholm Shipping", "Tarnholm"}},
                                    {2, EntityType::ORG, {"Tarnholm"}},
                                    {3, EntityType::ORG, {"Tarnholm Shipping AS"}},
                                    {4, EntityType::PERSON, {"Mei L. Tanaka", "Tanaka"}},
                                    {5, EntityType::PERSON, {"Mei Tanaka"}},
                                    {6, EntityType::ORG, {"Nordvik Maritime Authority"}},
                                    {7, EntityType::ORG, {"NMA"}},
                                    {8, EntityType::GPE, {"UK"}},
                                    {9, EntityType::GPE, {"Britain"}}};
    std::vector<std::size_t> order(said.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const World first(said);
    for (int round = 0; round < 50; ++round) {
        std::next_permutation(order.rbegin(), order.rend());
        std::rotate(order.begin(), order.begin() + 4, order.end());
        std::vector<Said> shuffled;
        for (const std::size_t i : order) shuffled.push_back(said[i]);
        const World other(shuffled);
        REQUIRE(other.count() == first.count());
        for (std::size_t i = 0; i < order.size(); ++i) {
            REQUIRE(other.of(i) == first.of(order[i]));
            REQUIRE(other.entity(i).name == first.entity(order[i]).name);
        }
    }
}
