// SPDX-License-Identifier: Apache-2.0
#include "core/document.hpp"

namespace relata {

DocumentId make_document_id(const std::string& source, const std::string& text) {
    return DocumentId{content_hash(text, content_hash(source))};
}

}  // namespace relata
