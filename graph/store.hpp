// SPDX-License-Identifier: Apache-2.0
// The durable record of a graph: one SQLite file (*.relata; docs/store.md describes it). save() writes a
// temporary file beside the target, flushes it to the disk and renames it, so there is never half a file
// under the final name. The same graph gives the same bytes. A foreign or newer file is refused in words.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "graph/knowledge_graph.hpp"

namespace relata::graph {

enum class IfExists { refuse, replace };

// Throws IoError, also when the target exists and `if_exists` refuses.
void save(const KnowledgeGraph& graph, const std::filesystem::path& path,
          IfExists if_exists = IfExists::replace);
// Throws IoError when the file cannot be read, FormatError when it is not a graph of this version.
KnowledgeGraph load(const std::filesystem::path& path);

struct SentenceHit {
    DocumentId document;
    std::size_t sentence = 0;  // index in SourceDocument::sentences
    std::string text;
};

// Full-text search in a saved graph. Not thread-safe: one object a thread.
class Search {
  public:
    // Throws as load().
    explicit Search(const std::filesystem::path& path);
    ~Search();
    Search(Search&&) noexcept;
    Search& operator=(Search&&) noexcept;

    // Sentences that hold all the words (the last one as a prefix), best first. Any text is a valid query.
    std::vector<SentenceHit> sentences(std::string_view words, std::size_t limit,
                                       std::size_t offset = 0) const;
    // Entities whose name or aliases hold all the words, best first.
    std::vector<EntityId> entities(std::string_view words, std::size_t limit, std::size_t offset = 0) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace relata::graph
