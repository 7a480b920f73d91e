// SPDX-License-Identifier: Apache-2.0
// The files that go to the browser beside the pages, as embedded by EmbedAssets.cmake from web/assets/.
#pragma once

#include <string_view>

namespace relata::web {

extern const std::string_view k_style_sheet;
extern const std::string_view k_script;
extern const std::string_view k_icon;

}  // namespace relata::web
