// SPDX-License-Identifier: Apache-2.0
#include "core/conllu.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace relata {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const auto end = text.find(separator, begin);
        if (end == std::string_view::npos) {
            parts.push_back(text.substr(begin));
            return parts;
        }
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

std::optional<std::size_t> number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view misc_value(std::string_view misc, std::string_view key) {
    for (const auto part : split(misc, '|'))
        if (part.size() > key.size() && part.starts_with(key) && part[key.size()] == '=')
            return part.substr(key.size() + 1);
    return {};
}

std::string kept(std::string_view field) {
    return field == "_" ? std::string() : std::string(field);
}

// Collects documents line by line.
class Reader {
  public:
    Reader(std::string_view text, const std::string& source) : text_(text), source_(source) {
        const std::size_t invalid = utf8::first_invalid(text);
        if (invalid < text.size()) {
            line_ = static_cast<std::size_t>(
                        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(invalid), '\n')) +
                    1;
            fail("not valid UTF-8");
        }
    }

    std::vector<AnalysedDocument> run() {
        for (std::size_t begin = 0; begin < text_.size();) {
            const auto end = std::min(text_.find('\n', begin), text_.size());
            ++line_;
            auto line = text_.substr(begin, end - begin);
            if (line.ends_with('\r')) line.remove_suffix(1);
            read_line(line);
            begin = end + 1;
        }
        finish_sentence();
        finish_document();
        return std::move(documents_);
    }

  private:
    [[noreturn]] void fail(std::string_view reason) const { throw InputError(source_, reason, line_); }

    void read_line(std::string_view line) {
        if (line.find_first_not_of(" \t") == std::string_view::npos) {
            finish_sentence();
        } else if (line[0] == '#') {
            const auto words = line.substr(std::min(line.find_first_not_of("# "), line.size()));
            if (words.starts_with("newdoc")) {
                finish_sentence();
                finish_document();
                new_block_ = true;
                const auto equals = words.find("id = ");
                if (equals != std::string_view::npos) id_ = words.substr(equals + 5);
            } else if (words.starts_with("newpar")) {
                finish_sentence();
                new_block_ = true;
            }
        } else {
            read_token(split(line, '\t'));
        }
    }

    void read_token(const std::vector<std::string_view>& fields) {
        if (fields.size() != 10) fail("expected 10 columns parted by tabs");
        if (fields[0].find('.') != std::string_view::npos) return;
        const bool space_after = misc_value(fields[9], "SpaceAfter") != "No";
        if (const auto dash = fields[0].find('-'); dash != std::string_view::npos) {
            const auto last = number(fields[0].substr(dash + 1));
            if (!last || !number(fields[0].substr(0, dash))) fail("odd range of a multiword token");
            range_last_ = *last;
            range_space_ = space_after;
            return;
        }
        const auto id = number(fields[0]);
        if (!id || *id != tokens_.size() + 1) fail("token ids must count from 1");
        if (fields[1].empty()) fail("empty form");
        if (tokens_.empty() && analysed_.document.text.empty()) new_block_ = true;
        std::string& text = analysed_.document.text;
        if (tokens_.empty() && new_block_) {
            while (text.ends_with(' ')) text.pop_back();
            if (!text.empty()) text += "\n\n";
            analysed_.document.blocks.push_back({{text.size(), text.size()}, BlockKind::paragraph});
            new_block_ = false;
        }
        Token token;
        token.span = {text.size(), text.size() + fields[1].size()};
        text += fields[1];
        analysed_.document.blocks.back().span.end = text.size();
        // Inside a multiword token there is no space; behind it, as the token's own line says.
        if (*id < range_last_ ? false : *id == range_last_ ? range_space_ : space_after) text += ' ';
        token.lemma = fields[2] == "_" && fields[1] != "_" ? std::string() : std::string(fields[2]);
        if (fields[3] != "_") {
            const auto upos = parse_upos(fields[3]);
            if (!upos) fail("unknown part of speech");
            token.upos = *upos;
        }
        token.xpos = kept(fields[4]);
        token.feats = kept(fields[5]);
        if (fields[6] != "_") {
            const auto head = number(fields[6]);
            if (!head) fail("the head is no number");
            token.head = *head == 0 ? k_root : *head - 1;
        }
        token.deprel = kept(fields[7]);
        tokens_.push_back(std::move(token));
        names_.emplace_back(misc_value(fields[9], "NER"));
        const auto arguments = misc_value(fields[9], "Args");
        if (misc_value(fields[9], "Pred") == "Yes" || !arguments.empty()) {
            Predicate predicate;
            predicate.token = *id - 1;
            predicate.score = 1;
            if (!arguments.empty()) {
                for (const auto argument : split(arguments, ',')) {
                    const auto colon = argument.find(':');
                    const auto word = number(argument.substr(0, std::min(colon, argument.size())));
                    if (colon == std::string_view::npos || !word || *word == 0) fail("odd argument in Args");
                    predicate.roles.push_back({*word - 1, std::string(argument.substr(colon + 1)), 1});
                }
            }
            predicates_.push_back(std::move(predicate));
        }
    }

    void finish_sentence() {
        range_last_ = 0;
        if (tokens_.empty()) return;
        for (const Token& token : tokens_)
            if (token.head != k_root && token.head >= tokens_.size())
                fail("a head lies outside the sentence");
        for (const Predicate& predicate : predicates_)
            for (const Role& role : predicate.roles)
                if (role.token >= tokens_.size()) fail("an argument lies outside the sentence");
        Sentence sentence;
        sentence.span = {tokens_.front().span.begin, tokens_.back().span.end};
        sentence.block_index = analysed_.document.blocks.size() - 1;
        sentence.tokens = std::move(tokens_);
        sentence.predicates = std::move(predicates_);
        add_names(sentence);
        analysed_.sentences.push_back(std::move(sentence));
        tokens_.clear();
        predicates_.clear();
        names_.clear();
    }

    void add_names(const Sentence& sentence) {
        const auto& tokens = sentence.tokens;
        for (std::size_t i = 0; i < tokens.size();) {
            if (!names_[i].starts_with("B-")) {
                ++i;
                continue;
            }
            const std::string type = names_[i].substr(2);
            std::size_t end = i + 1;
            while (end < tokens.size() && names_[end] == "I-" + type) ++end;
            Mention mention;
            mention.sentence = analysed_.sentences.size();
            mention.first = mention.head = i;
            mention.last = end;
            mention.span = {tokens[i].span.begin, tokens[end - 1].span.end};
            mention.type = parse_entity_type(type).value_or(EntityType::OTHER);
            mention.score = 1;
            for (std::size_t j = end; j-- > i;)
                if (tokens[j].head == k_root || tokens[j].head < i || tokens[j].head >= end) mention.head = j;
            analysed_.mentions.push_back(mention);
            i = end;
        }
    }

    void finish_document() {
        std::string& text = analysed_.document.text;
        while (text.ends_with(' ')) text.pop_back();
        if (!analysed_.sentences.empty()) {
            Document& document = analysed_.document;
            document.source = id_.empty() ? source_ : std::string(id_);
            document.id = make_document_id(document.source, text);
            documents_.push_back(std::move(analysed_));
        }
        analysed_ = {};
        id_ = {};
    }

    std::string_view text_;
    std::string_view id_;  // of the `# newdoc` that is being read
    const std::string& source_;
    std::size_t line_ = 0;
    std::vector<AnalysedDocument> documents_;
    AnalysedDocument analysed_;
    std::vector<Token> tokens_;
    std::vector<Predicate> predicates_;
    std::vector<std::string> names_;
    bool new_block_ = true;
    std::size_t range_last_ = 0;
    bool range_space_ = true;
};

// A field of CoNLL-U: no tabs, no line breaks, never empty.
void append_field(std::string& out, std::string_view field) {
    if (field.empty()) {
        out += '_';
        return;
    }
    for (const char c : field) out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

}  // namespace

std::vector<AnalysedDocument> read_conllu(std::string_view text, const std::string& source) {
    return Reader(text, source).run();
}

AnalysedDocument read_tokens(std::string_view text, const std::string& source) {
    if (!utf8::is_valid(text)) throw InputError(source, "not valid UTF-8");
    AnalysedDocument analysed;
    std::string& out = analysed.document.text;
    for (const auto line : split(text, '\n')) {
        Sentence sentence;
        const std::size_t begin = out.empty() ? 0 : out.size() + 1;
        for (std::size_t at = 0; at < line.size();) {
            const auto end = std::min(line.find_first_of(" \t\r", at), line.size());
            if (end > at) {
                if (!out.empty()) out += sentence.tokens.empty() ? '\n' : ' ';
                Token token;
                token.span = {out.size(), out.size() + end - at};
                out += line.substr(at, end - at);
                sentence.tokens.push_back(std::move(token));
            }
            at = end + 1;
        }
        if (sentence.tokens.empty()) continue;
        sentence.span = {begin, out.size()};
        sentence.block_index = analysed.document.blocks.size();
        analysed.document.blocks.push_back({sentence.span, BlockKind::paragraph});
        analysed.sentences.push_back(std::move(sentence));
    }
    analysed.document.source = source;
    analysed.document.id = make_document_id(source, out);
    return analysed;
}

std::string write_conllu(const AnalysedDocument& analysed) {
    const std::string& text = analysed.document.text;
    std::string out;
    out += "# newdoc id = ";
    append_field(out, analysed.document.source);
    out += '\n';
    auto mention = analysed.mentions.begin();
    for (std::size_t s = 0; s < analysed.sentences.size(); ++s) {
        const Sentence& sentence = analysed.sentences[s];
        const auto& tokens = sentence.tokens;
        std::vector<std::string> names(tokens.size());
        while (mention != analysed.mentions.end() && mention->sentence < s) ++mention;
        for (; mention != analysed.mentions.end() && mention->sentence == s; ++mention) {
            if (mention->kind != MentionKind::name) continue;
            for (std::size_t i = mention->first; i < mention->last; ++i)
                names[i] = (i == mention->first ? "B-" : "I-") + std::string(to_string(mention->type));
        }
        if (s == 0 || sentence.block_index != analysed.sentences[s - 1].block_index) out += "# newpar\n";
        out += "# sent_id = " + std::to_string(s + 1) + "\n# text = ";
        append_field(out, sentence.span.of(text));
        out += '\n';
        auto predicate = sentence.predicates.begin();
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const Token& token = tokens[i];
            const std::array<std::string_view, 5> fields = {token.span.of(text), token.lemma,
                                                            to_string(token.upos), token.xpos, token.feats};
            out += std::to_string(i + 1);
            for (const auto field : fields) {
                out += '\t';
                append_field(out, field);
            }
            out += '\t';
            out += token.head == k_root ? "0" : std::to_string(token.head + 1);
            out += '\t';
            append_field(out, token.deprel);
            out += "\t_\t";
            while (predicate != sentence.predicates.end() && predicate->token < i) ++predicate;
            if (predicate != sentence.predicates.end() && predicate->token == i) {
                for (std::size_t r = 0; r < predicate->roles.size(); ++r) {
                    const Role& role = predicate->roles[r];
                    out += r == 0 ? "Args=" : ",";
                    out += std::to_string(role.token + 1) + ":" + role.label;
                }
                if (!predicate->roles.empty()) out += '|';
            }
            if (!names[i].empty()) out += "NER=" + names[i] + "|";
            if (predicate != sentence.predicates.end() && predicate->token == i) out += "Pred=Yes|";
            const bool more = i + 1 < tokens.size() || s + 1 < analysed.sentences.size();
            if (more) {
                const bool last = i + 1 == tokens.size();
                const auto& following = last ? analysed.sentences[s + 1].tokens : tokens;
                if (!following.empty() && following[last ? 0 : i + 1].span.begin == token.span.end)
                    out += "SpaceAfter=No|";
            }
            out += "Span=" + std::to_string(token.span.begin) + ":" + std::to_string(token.span.end) + "\n";
        }
        out += '\n';
    }
    return out;
}

}  // namespace relata
