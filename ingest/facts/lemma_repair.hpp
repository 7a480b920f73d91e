// SPDX-License-Identifier: Apache-2.0
// The base form of a regular English verb when the analyser has only cut its ending off: "negotiated" is
// "negotiate", not "negotiat". Triggers are looked up by lemma, so one letter decides whether a fact is
// found.
#pragma once

#include <string>
#include <string_view>

namespace relata::ingest {

// `form` in lower case, `tag` a Penn tag of verbs, `lemma` what the analyser says. Returns `lemma` unless
// the spelling rules of English inflection say that it is a bare stem.
std::string repair_verb_lemma(std::string_view form, std::string_view tag, std::string_view lemma);

}  // namespace relata::ingest
