// SPDX-License-Identifier: Apache-2.0
// A guard before the HTML parser: the parser's work grows with the square of the nesting depth, and 100,000
// nested elements would keep it busy for minutes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relata::ingest {

// Browsers stop nesting at 512 elements (Blink: kMaximumHTMLParserDOMTreeDepth); articles need a few dozen.
inline constexpr std::size_t k_deepest_html = 200;

// The same bytes with every tag that would open an element deeper than k_deepest_html replaced by blanks,
// together with as many end tags. The text between tags stays.
std::string limit_depth(std::string_view html);

}  // namespace relata::ingest
