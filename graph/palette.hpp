// SPDX-License-Identifier: Apache-2.0
// One colour an entity type, the same in every export and on the page. Paul Tol's "muted" scheme with two
// neighbours: told apart with any common colour blindness and on white and dark ground.
#pragma once

#include <string_view>

#include "core/annotation.hpp"

namespace relata::graph {

// "#rrggbb". Value types (DATE, MONEY, …) share one grey.
std::string_view color_of(EntityType type);

}  // namespace relata::graph
