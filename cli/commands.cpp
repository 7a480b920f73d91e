// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "cli/command.hpp"

namespace relata::cli {

std::span<const CommandEntry> commands() {
    static constexpr std::array<CommandEntry, 9> entries{{
        {"build", "Make a graph out of articles",
         "A file that cannot be read is listed with its reason and skipped; exit code 1 when nothing can be "
         "read.\n"
         "Example: relata build articles/ -o news.relata",
         make_build_command},
        {"export", "Write a graph in another format",
         "Example: relata export news.relata -f graphml -o news.graphml", make_export_command},
        {"serve", "Show a graph as a local web page",
         "Prints the address. Only this machine can see the page unless --allow-remote is given.\n"
         "Example: relata serve news.relata",
         make_serve_command},
        {"stats", "Count what is in a graph", "Example: relata stats news.relata --json", make_stats_command},
        {"extract", "Print the facts of texts as JSON lines",
         "The format is documented in docs/extract.md.\nExample: echo \"Tolm bought Rhea.\" | relata extract",
         make_extract_command},
        {"analyse", "Print the grammar of texts as CoNLL-U",
         "The format is documented in docs/analyse.md.\nExample: relata analyse article.txt",
         make_analyse_command},
        {"ontology", "List the relations that Relata knows",
         "ontology/README.md says what each field of a relation does.\nExample: relata ontology --ontology "
         "mine.json",
         make_ontology_command},
        {"explain", "Tell why a sentence gives its facts",
         "Prints words, clauses and facts with their rules; docs/extract.md explains the parts.\n"
         "Example: relata explain \"Tolm plans to buy Rhea, it said.\"\n"
         "         relata explain news.relata 0123456789abcdef",
         make_explain_command},
        {"eval", "Score Relata against gold data",
         "Prints a table. Example: relata eval samples/gold --remarks", make_eval_command},
    }};
    return entries;
}

}  // namespace relata::cli
