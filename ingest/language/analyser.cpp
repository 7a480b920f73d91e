// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/analyser.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "ingest/language/decoder.hpp"
#include "ingest/language/model.hpp"
#include "ingest/language/names.hpp"
#include "ingest/language/network.hpp"
#include "ingest/language/sentence_splitter.hpp"
#include "ingest/language/tokeniser.hpp"
#include "ingest/language/wordpieces.hpp"

namespace relata::ingest {
namespace {

// Pieces computed together. More gains nothing, and the working set leaves the caches.
constexpr std::size_t k_batch_rows = 192;

// Longer sentences are read in segments: each is encoded with its neighbours around it and parsed on its own,
// and the roots of the later segments hang on the root of the first as parataxis. Memory stays linear in the
// sentence.
constexpr std::size_t k_segment_words = 256;
constexpr std::size_t k_segment_pieces = 384;
// Names are sought over whole sentences, and over stretches of at least this many words in yet longer ones.
constexpr std::size_t k_name_words = 2048;
constexpr std::size_t k_context_pieces = 60;  // on each side; 384 + 2 · 60 + 2 < 512
static_assert(k_segment_pieces + 2 * k_context_pieces + 2 <= k_longest_sequence);

// A stretch of one sentence that goes through the network at once.
struct Segment {
    std::size_t document = 0, sentence = 0;
    std::size_t context = 0;          // first word that the network sees
    std::size_t first = 0, last = 0;  // words that are decided here
    bool completes_sentence = false;
};

// Probabilities are kept in steps of 1/200, so that last bits of arithmetic do not show.
float rounded(float probability) {
    return std::round(probability * 200) / 200;
}

std::size_t best_of(const float* logits, std::size_t n) {
    return static_cast<std::size_t>(std::max_element(logits, logits + n) - logits);
}

// Softmax probability of `chosen`.
float probability(const float* logits, std::size_t n, std::size_t chosen) {
    float total = 0;
    for (std::size_t i = 0; i < n; ++i) total += std::exp(logits[i] - logits[chosen]);
    return 1 / total;
}

bool is_break(std::string_view form) {
    return form == ";" || form == "." || form == "," || form == ":" || form == "!" || form == "?" ||
           form == "-" || form == "--" || form == "|";
}

}  // namespace

struct AnalyserState {
    WeightFile weights;
    Labels labels;
    Processor processor;
    Arithmetic arithmetic;
    Network network;
    FactHeads fact_heads;
    WordPieces pieces;
    SentenceSplitter splitter;
    std::vector<Upos> upos;
    std::vector<LemmaScript> lemmas;
    TagPairs tags;
    BioLabels names;
    std::vector<EntityType> types;

    explicit AnalyserState(const AnalyserOptions& options)
        : weights(options.model / "relata-en.safetensors"),
          labels(read_labels(weights)),
          processor(effective_processor()),
          arithmetic(choose(options.precision, processor)),
          network(weights, labels, arithmetic, processor.vectors),
          fact_heads(weights, arithmetic, processor.vectors),
          pieces(WordPieces::load(options.model / "vocab.txt")),
          splitter(SentenceSplitter::load(options.model / "splitter.tsv")),
          tags(labels.upos, labels.xpos),
          names(labels.ner) {
        const auto fail = [&](const std::string& reason) { throw FormatError(weights.path(), reason); };
        for (const auto& name : labels.upos) {
            const auto tag = parse_upos(name);
            if (!tag) fail("unknown part of speech " + name);
            upos.push_back(*tag);
        }
        for (const auto& script : labels.lemma) lemmas.emplace_back(script);
        for (const auto& name : names.types()) {
            const auto type = parse_entity_type(name);
            if (!type) fail("unknown entity type " + name);
            types.push_back(*type);
        }
        if (pieces.size() != weights.rows("embeddings.word.weight"))
            fail("the vocabulary has another size than the embeddings");
        for (std::string& feats : labels.feats)
            if (feats == "_") feats.clear();
    }

    static Arithmetic choose(Precision precision, const Processor& processor) {
        if (precision == Precision::int8) return Arithmetic::int8;
        if (precision == Precision::f32) return Arithmetic::f32;
        return processor.vectors == VectorSet::baseline ? Arithmetic::f32 : Arithmetic::int8;
    }

    void find_sentences(AnalysedDocument& analysed) const;
    std::vector<WordVectors> read(std::span<AnalysedDocument> documents) const;
};

// What one call carries from batch to batch.
class Reading {
  public:
    Reading(const AnalyserState& state, std::span<AnalysedDocument> documents)
        : state_(state), documents_(documents), vectors_(documents.size()), names_(documents.size()) {}

    void add_sentence(std::size_t document, std::size_t sentence);
    std::vector<WordVectors> finish();

  private:
    void add_segment(const Segment& segment, const std::vector<std::int32_t>& ids,
                     const std::vector<std::uint32_t>& offsets, std::size_t context_last);
    void run_batch();
    void decide(const Segment& segment, Outputs outputs);
    void decide_tree(const Segment& segment, const Outputs& outputs, std::vector<Token>& tokens);
    void decide_roles(const Segment& segment, const Outputs& outputs, Sentence& sentence);
    void find_names(const Segment& segment);

    const AnalyserState& state_;
    std::span<AnalysedDocument> documents_;
    std::vector<Segment> segments_;
    std::vector<Sequence> sequences_;
    std::size_t rows_ = 0;
    std::vector<WordVectors> vectors_;               // of each document
    std::vector<std::vector<NameCandidate>> names_;  // of each document
    std::vector<float> entity_logits_;               // of the words of the sentence so far
    std::vector<float> arcs_, labels_, roles_, own_;
    Workspace& workspace_ = thread_workspace();

    static Workspace& thread_workspace() {
        thread_local Workspace workspace;
        return workspace;
    }
};

void Reading::add_sentence(std::size_t document, std::size_t sentence) {
    const AnalysedDocument& analysed = documents_[document];
    const auto& tokens = analysed.sentences[sentence].tokens;
    if (tokens.empty()) return;
    std::vector<std::int32_t> ids;
    std::vector<std::uint32_t> offsets = {0};
    for (const Token& token : tokens) {
        state_.pieces.append(form(analysed, token), ids);
        offsets.push_back(static_cast<std::uint32_t>(ids.size()));
    }
    const std::size_t n = tokens.size();
    if (n <= k_segment_words && ids.size() + 2 <= k_longest_sequence) {
        add_segment({document, sentence, 0, 0, n, true}, ids, offsets, n);
        return;
    }
    for (std::size_t first = 0; first < n;) {
        std::size_t last = first + 1;
        while (last < n && last - first < k_segment_words &&
               offsets[last + 1] - offsets[first] <= k_segment_pieces)
            ++last;
        if (last < n) {
            // A comma or the like in the last third is a better place to part.
            for (std::size_t i = last; i > first + (last - first) * 2 / 3; --i) {
                if (!is_break(form(analysed, tokens[i - 1]))) continue;
                last = i;
                break;
            }
        }
        std::size_t context = first, context_last = last;
        while (context > 0 && offsets[first] - offsets[context - 1] <= k_context_pieces) --context;
        while (context_last < n && offsets[context_last + 1] - offsets[last] <= k_context_pieces)
            ++context_last;
        add_segment({document, sentence, context, first, last, last == n}, ids, offsets, context_last);
        first = last;
    }
}

void Reading::add_segment(const Segment& segment, const std::vector<std::int32_t>& ids,
                          const std::vector<std::uint32_t>& offsets, std::size_t context_last) {
    const AnalysedDocument& analysed = documents_[segment.document];
    const auto& tokens = analysed.sentences[segment.sentence].tokens;
    Sequence sequence;
    sequence.pieces.push_back(state_.pieces.start());
    sequence.casing.push_back(0);
    for (std::size_t i = segment.context; i < context_last; ++i) {
        sequence.offsets.push_back(static_cast<std::uint32_t>(sequence.pieces.size()));
        const std::uint8_t casing = casing_class(form(analysed, tokens[i]), i == 0);
        for (std::uint32_t p = offsets[i]; p < offsets[i + 1]; ++p) {
            sequence.pieces.push_back(ids[p]);
            sequence.casing.push_back(casing);
        }
    }
    sequence.offsets.push_back(static_cast<std::uint32_t>(sequence.pieces.size()));
    sequence.pieces.push_back(state_.pieces.end());
    sequence.casing.push_back(0);
    if (rows_ > 0 && rows_ + sequence.pieces.size() > k_batch_rows) run_batch();
    rows_ += sequence.pieces.size();
    sequences_.push_back(std::move(sequence));
    segments_.push_back(segment);
}

void Reading::run_batch() {
    if (segments_.empty()) return;
    state_.network.run(sequences_, workspace_);
    for (std::size_t i = 0; i < segments_.size(); ++i) decide(segments_[i], workspace_.outputs[i]);
    segments_.clear();
    sequences_.clear();
    rows_ = 0;
}

void Reading::decide(const Segment& segment, Outputs outputs) {
    Sentence& sentence = documents_[segment.document].sentences[segment.sentence];
    const std::string& text = documents_[segment.document].document.text;
    const Labels& labels = state_.labels;
    // Leave the words that were only there as context.
    const std::size_t columns = state_.network.tag_columns(), skipped = segment.first - segment.context;
    state_.network.keep(outputs, skipped, {segment.sentence, segment.first, segment.last, 0},
                        vectors_[segment.document]);
    outputs.tags += skipped * columns;
    outputs.words = segment.last - segment.first;
    if (skipped > 0) {
        constexpr std::size_t hidden = Network::k_hidden_columns;
        own_.assign(outputs.hidden, outputs.hidden + hidden);
        const float* first = outputs.hidden + (1 + skipped) * hidden;
        own_.insert(own_.end(), first, first + outputs.words * hidden);
        outputs.hidden = own_.data();
    }

    for (std::size_t i = 0; i < outputs.words; ++i) {
        const float* logits = outputs.tags + i * columns;
        Token& token = sentence.tokens[segment.first + i];
        const TagPairs::Pair tags = state_.tags.best(logits, logits + labels.upos.size());
        token.upos = state_.upos[tags.upos];
        token.xpos = labels.xpos[tags.xpos];
        logits += labels.upos.size() + labels.xpos.size();
        token.feats = labels.feats[best_of(logits, labels.feats.size())];
        logits += labels.feats.size();
        token.lemma = state_.lemmas[best_of(logits, labels.lemma.size())].apply(token.span.of(text));
        logits += labels.lemma.size();
        entity_logits_.insert(entity_logits_.end(), logits, logits + labels.ner.size());
        logits += labels.ner.size();
        if (logits[1] > logits[0]) {
            Predicate predicate;
            predicate.token = segment.first + i;
            predicate.score = rounded(probability(logits, 2, 1));
            sentence.predicates.push_back(std::move(predicate));
        }
    }
    decide_tree(segment, outputs, sentence.tokens);
    decide_roles(segment, outputs, sentence);
    if (segment.completes_sentence || entity_logits_.size() >= k_name_words * labels.ner.size())
        find_names(segment);
}

void Reading::decide_tree(const Segment& segment, const Outputs& outputs, std::vector<Token>& tokens) {
    const std::size_t n = outputs.words;
    state_.network.arc_scores(outputs, workspace_, arcs_);
    const auto heads = best_tree(arcs_, n);
    std::vector<Network::Pair> pairs;
    for (std::size_t i = 0; i < n; ++i) pairs.push_back({i, heads[i]});
    state_.network.label_scores(outputs, pairs, workspace_, labels_);
    const std::size_t count = state_.labels.deprel.size();
    for (std::size_t i = 0; i < n; ++i) {
        Token& token = tokens[segment.first + i];
        token.deprel = state_.labels.deprel[best_of(labels_.data() + i * count, count)];
        if (heads[i] > 0) {
            token.head = segment.first + heads[i] - 1;
            continue;
        }
        token.head = k_root;
        if (segment.first > 0) {
            const auto root =
                std::find_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.head == k_root; });
            token.head = static_cast<std::size_t>(root - tokens.begin());
            token.deprel = "parataxis";
        }
    }
}

void Reading::decide_roles(const Segment& segment, const Outputs& outputs, Sentence& sentence) {
    std::vector<std::size_t> predicates;
    std::size_t first = sentence.predicates.size();
    while (first > 0 && sentence.predicates[first - 1].token >= segment.first) --first;
    for (std::size_t i = first; i < sentence.predicates.size(); ++i)
        predicates.push_back(sentence.predicates[i].token - segment.first);
    state_.network.role_scores(outputs, predicates, workspace_, roles_);
    const std::size_t count = state_.labels.roles.size();
    for (std::size_t i = 0; i < predicates.size(); ++i) {
        for (std::size_t word = 0; word < outputs.words; ++word) {
            const float* scores = roles_.data() + (i * outputs.words + word) * count;
            const std::size_t best = best_of(scores, count);
            if (best == 0) continue;
            sentence.predicates[first + i].roles.push_back(
                {segment.first + word, state_.labels.roles[best], rounded(probability(scores, count, best))});
        }
    }
}

// Names among the words decided since the last call, which end with the segment.
void Reading::find_names(const Segment& segment) {
    const std::size_t stride = state_.labels.ner.size(), words = entity_logits_.size() / stride;
    const std::size_t first = segment.last - words;
    for (auto& name : state_.names.best_names(entity_logits_.data(), words, stride))
        names_[segment.document].push_back(
            {segment.sentence, first + name.first, first + name.last, std::move(name.types), name.score});
    entity_logits_.clear();
}

std::vector<WordVectors> Reading::finish() {
    run_batch();
    for (std::size_t d = 0; d < documents_.size(); ++d) {
        AnalysedDocument& analysed = documents_[d];
        for (const NameCandidate& name : mend_names(analysed, std::move(names_[d]), state_.types)) {
            const auto& tokens = analysed.sentences[name.sentence].tokens;
            Mention mention;
            mention.sentence = name.sentence;
            mention.first = name.first;
            mention.last = name.last;
            mention.head = name.first;
            for (std::size_t i = name.last; i-- > name.first;)
                if (tokens[i].head == k_root || tokens[i].head < name.first || tokens[i].head >= name.last)
                    mention.head = i;
            mention.span = {tokens[name.first].span.begin, tokens[name.last - 1].span.end};
            mention.type = state_.types[best_type(name)];
            mention.score = rounded(name.score);
            analysed.mentions.push_back(mention);
        }
    }
    return std::move(vectors_);
}

void AnalyserState::find_sentences(AnalysedDocument& analysed) const {
    const Document& document = analysed.document;
    analysed.sentences.clear();
    for (std::size_t b = 0; b < document.blocks.size(); ++b) {
        const auto spans = tokenise(document.text, document.blocks[b].span);
        std::size_t first = 0;
        const bool whole = document.blocks[b].kind == BlockKind::sentence;
        const std::vector<std::size_t> ends = !whole          ? splitter.split(document.text, spans)
                                              : spans.empty() ? std::vector<std::size_t>()
                                                              : std::vector<std::size_t>{spans.size()};
        for (const std::size_t last : ends) {
            Sentence sentence;
            sentence.span = {spans[first].begin, spans[last - 1].end};
            sentence.block = document.blocks[b].kind;
            sentence.block_index = b;
            sentence.tokens.resize(last - first);
            for (std::size_t i = first; i < last; ++i) sentence.tokens[i - first].span = spans[i];
            analysed.sentences.push_back(std::move(sentence));
            first = last;
        }
    }
}

std::vector<WordVectors> AnalyserState::read(std::span<AnalysedDocument> documents) const {
    Reading reading(*this, documents);
    for (std::size_t d = 0; d < documents.size(); ++d) {
        AnalysedDocument& analysed = documents[d];
        analysed.mentions.clear();
        analysed.chains.clear();
        analysed.facts.clear();
        for (std::size_t s = 0; s < analysed.sentences.size(); ++s) {
            analysed.sentences[s].predicates.clear();
            for (Token& token : analysed.sentences[s].tokens) token.head = k_root;
            reading.add_sentence(d, s);
        }
    }
    return reading.finish();
}

Analyser::Analyser(std::unique_ptr<AnalyserState> state) : state_(std::move(state)) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;

Analyser Analyser::load(const AnalyserOptions& options) {
    return Analyser(std::make_unique<AnalyserState>(options));
}

std::vector<WordVectors> Analyser::analyse(std::span<AnalysedDocument> documents) const {
    for (AnalysedDocument& analysed : documents) state_->find_sentences(analysed);
    return state_->read(documents);
}

std::vector<WordVectors> Analyser::analyse_tokens(std::span<AnalysedDocument> documents) const {
    return state_->read(documents);
}

const FactHeads& Analyser::fact_heads() const {
    return state_->fact_heads;
}

std::string Analyser::description() const {
    return std::string(state_->arithmetic == Arithmetic::int8 ? "int8 " : "f32 ") + state_->processor.name;
}

}  // namespace relata::ingest
