// SPDX-License-Identifier: Apache-2.0
// Breaks the rules on purpose: the layer check must name both lines. Never compiled.
#include <httplib.h>

#include "core/span.hpp"
#include "web/page.hpp"
