// SPDX-License-Identifier: Apache-2.0
// Direct speech: which tokens stand inside quotation marks, and who speaks. A quotation may run over several
// sentences of a block; it ends with the block at the latest, since its closing mark may be missing. A block
// that opens its marks again while the one before had not closed them goes on with the same speaker.
#pragma once

#include <cstddef>
#include <vector>

#include "ingest/facts/document_view.hpp"

namespace relata::ingest {

struct Quotation {
    std::size_t sentence = 0;       // where it opens
    std::size_t first = 0;          // token of its opening mark
    std::size_t last_sentence = 0;  // where it closes
    std::size_t last = 0;           // its last token before the closing mark
    std::size_t block = 0;
    std::size_t speaker = k_none;  // mention, or k_none when nobody is named near
    bool closed = false;           // by a mark
    bool clause = false;           // holds a verb: more than a word in inverted commas
};

class Quotations {
  public:
    explicit Quotations(const DocumentView& view);

    // Index of the quotation around a token, or k_none.
    std::size_t around(std::size_t sentence, std::size_t token) const { return around_[sentence][token]; }
    const Quotation& operator[](std::size_t index) const { return quotations_[index]; }
    // The mention that says what stands at the token, or k_none.
    std::size_t speaker(std::size_t sentence, std::size_t token) const {
        const std::size_t index = around(sentence, token);
        return index == k_none ? k_none : quotations_[index].speaker;
    }

  private:
    void find(const DocumentView& view);
    std::size_t speaker_near(const DocumentView& view, const Quotation& quotation) const;
    std::size_t speaker_in(const DocumentView& view, std::size_t sentence, std::size_t near) const;
    std::size_t speaker_before(const DocumentView& view, std::size_t index) const;

    std::vector<Quotation> quotations_;
    std::vector<std::vector<std::size_t>> around_;
};

}  // namespace relata::ingest
