// SPDX-License-Identifier: Apache-2.0
#include "graph/store.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/json.hpp"

namespace relata::graph {
namespace {

namespace fs = std::filesystem;

constexpr int k_application_id = 0x52454C41;  // "RELA"
constexpr int k_version = 1;

// docs/store.md describes it; keep both together.
constexpr const char* k_schema = R"(
CREATE TABLE info(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, uri TEXT NOT NULL,
  title TEXT NOT NULL, author TEXT NOT NULL, published TEXT NOT NULL, publisher TEXT NOT NULL, language TEXT NOT NULL,
  text TEXT NOT NULL);
CREATE TABLE sentences(key INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, position INTEGER NOT NULL,
  "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL, block INTEGER NOT NULL, UNIQUE(document, position));
CREATE TABLE entities(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL,
  named INTEGER NOT NULL, mentions INTEGER NOT NULL, documents INTEGER NOT NULL);
CREATE TABLE aliases(key INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entities, text TEXT NOT NULL,
  mentions INTEGER NOT NULL);
CREATE TABLE mentions(key INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents,
  sentence INTEGER NOT NULL, "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities, kind TEXT NOT NULL);
CREATE TABLE relations(name TEXT PRIMARY KEY, label TEXT NOT NULL, inverse_label TEXT NOT NULL,
  symmetric INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facts(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject INTEGER NOT NULL REFERENCES entities,
  relation TEXT, phrase TEXT NOT NULL, object INTEGER REFERENCES entities, value_kind TEXT, value_text TEXT,
  value_amount REAL, value_unit TEXT, value_normalised TEXT, polarity TEXT NOT NULL, modality TEXT NOT NULL,
  confidence REAL NOT NULL);
CREATE TABLE evidence(key INTEGER PRIMARY KEY, fact INTEGER NOT NULL REFERENCES facts,
  document INTEGER NOT NULL REFERENCES documents, sentence INTEGER NOT NULL,
  subject_begin INTEGER NOT NULL, subject_end INTEGER NOT NULL, relation_begin INTEGER NOT NULL,
  relation_end INTEGER NOT NULL, object_begin INTEGER NOT NULL, object_end INTEGER NOT NULL,
  relation_text TEXT NOT NULL, attribution_text TEXT, attribution_begin INTEGER, attribution_end INTEGER,
  attribution_entity INTEGER REFERENCES entities, time_text TEXT, time_value TEXT, time_begin INTEGER,
  time_end INTEGER, past INTEGER NOT NULL, confidence REAL NOT NULL, "by" TEXT NOT NULL, arguments TEXT);
CREATE TABLE merges(key INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entities, form TEXT NOT NULL,
  "into" TEXT NOT NULL, reason TEXT NOT NULL, score REAL NOT NULL, documents INTEGER NOT NULL);
CREATE VIRTUAL TABLE names_text USING fts5(name, aliases, content='', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE sentences_text USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');
)";

constexpr const char* k_indices = R"(
CREATE INDEX aliases_entity ON aliases(entity);
CREATE INDEX mentions_entity ON mentions(entity);
CREATE INDEX facts_subject ON facts(subject);
CREATE INDEX facts_object ON facts(object);
CREATE INDEX evidence_fact ON evidence(fact);
CREATE INDEX evidence_document ON evidence(document);
INSERT INTO names_text(names_text) VALUES('optimize');
INSERT INTO sentences_text(sentences_text) VALUES('optimize');
)";

// SQLite's refusals as ours. Precondition: no success code.
[[noreturn]] void refuse(sqlite3* database, const fs::path& path, std::string_view action) {
    const int code = database == nullptr ? SQLITE_NOMEM : sqlite3_errcode(database);
    switch (code & 0xFF) {
        case SQLITE_FULL:
            throw IoError(path.string(), action, ENOSPC);
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_PERM:
        case SQLITE_READONLY: {
            const int number = sqlite3_system_errno(database);
            throw IoError(path.string(), action, number != 0 ? number : EIO);
        }
        case SQLITE_NOTADB:
            throw FormatError(path.string(), "this is not a Relata graph");
        case SQLITE_CORRUPT:
            throw FormatError(path.string(), "the file is damaged");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw FormatError(path.string(), "another program holds the file");
        default:
            throw FormatError(path.string(), sqlite3_errmsg(database));
    }
}

class Database {
  public:
    Database(const fs::path& path, int flags, std::string_view action) : path_(path) {
        // An absolute path is never taken for ":memory:" or a URI.
        const int code =
            sqlite3_open_v2(fs::absolute(path).c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
        if (code != SQLITE_OK) {
            try {
                refuse(handle_, path_, action);
            } catch (...) {
                sqlite3_close(handle_);
                throw;
            }
        }
        // A file from elsewhere may not run code of its own through views and triggers.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    }
    ~Database() { sqlite3_close(handle_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void run(const char* sql) {
        if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            refuse(handle_, path_, "write");
    }
    void close() {
        if (sqlite3_close(handle_) != SQLITE_OK) refuse(handle_, path_, "close");
        handle_ = nullptr;
    }
    sqlite3* handle() const { return handle_; }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
    sqlite3* handle_ = nullptr;
};

// One prepared statement. Parameters are bound in order by add(); columns are read in order by the take
// functions.
class Statement {
  public:
    Statement(Database& database, const char* sql) : database_(database) {
        if (sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr) !=
            SQLITE_OK) {
            refuse(database.handle(), database.path(), "read");
        }
    }
    ~Statement() { sqlite3_finalize(handle_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // SQLITE_STATIC: the text must live until run() or the last step().
    Statement& add(std::string_view text) {
        check(sqlite3_bind_text64(handle_, ++parameter_, text.data() == nullptr ? "" : text.data(),
                                  text.size(), SQLITE_STATIC, SQLITE_UTF8));
        return *this;
    }
    Statement& add(std::size_t number) {
        check(sqlite3_bind_int64(handle_, ++parameter_, static_cast<sqlite3_int64>(number)));
        return *this;
    }
    Statement& add(double number) {
        check(sqlite3_bind_double(handle_, ++parameter_, number));
        return *this;
    }
    Statement& add(ByteSpan span) { return add(span.begin).add(span.end); }
    Statement& add_null() {
        check(sqlite3_bind_null(handle_, ++parameter_));
        return *this;
    }

    void run() {
        if (sqlite3_step(handle_) != SQLITE_DONE) refuse(database_.handle(), database_.path(), "write");
        reset();
    }
    bool step() {
        column_ = 0;
        const int code = sqlite3_step(handle_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) refuse(database_.handle(), database_.path(), "read");
        reset();
        return false;
    }
    void reset() {
        sqlite3_reset(handle_);
        parameter_ = 0;
    }

    bool next_is_null() const { return sqlite3_column_type(handle_, column_) == SQLITE_NULL; }
    void skip(int columns) { column_ += columns; }
    std::string text() {
        const int column = column_++;
        const void* bytes = sqlite3_column_blob(handle_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
        return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
    }
    std::size_t number() {
        const sqlite3_int64 value = sqlite3_column_int64(handle_, column_++);
        if (value < 0)
            throw FormatError(database_.path().string(), "the file is damaged: a number is negative");
        return static_cast<std::size_t>(value);
    }
    double real() { return sqlite3_column_double(handle_, column_++); }
    ByteSpan span() {
        const std::size_t begin = number();
        return {begin, number()};
    }
    // A number below `size`: an index.
    std::size_t index(std::size_t size) {
        const std::size_t value = number();
        if (value >= size)
            throw FormatError(database_.path().string(), "the file is damaged: a reference leads nowhere");
        return value;
    }
    template <class Id>
    Id id() {
        const auto parsed = Id::parse(text());
        if (!parsed) throw FormatError(database_.path().string(), "the file is damaged: an id is ill-formed");
        return *parsed;
    }

  private:
    void check(int code) {
        if (code != SQLITE_OK) refuse(database_.handle(), database_.path(), "write");
    }
    Database& database_;
    sqlite3_stmt* handle_ = nullptr;
    int parameter_ = 0;
    int column_ = 0;
};

std::optional<MentionKind> parse_mention_kind(std::string_view name) {
    for (const MentionKind kind : {MentionKind::name, MentionKind::nominal, MentionKind::pronoun}) {
        if (to_string(kind) == name) return kind;
    }
    return std::nullopt;
}

std::optional<MergeReason> parse_merge_reason(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(MergeReason::retyped); ++i) {
        if (to_string(static_cast<MergeReason>(i)) == name) return static_cast<MergeReason>(i);
    }
    return std::nullopt;
}

void write_value(json::Writer& writer, const Value& value) {
    writer.begin_object().member("kind", to_string(value.kind)).member("text", value.text);
    if (value.amount && std::isfinite(*value.amount)) writer.member("amount", *value.amount);
    if (!value.unit.empty()) writer.member("unit", value.unit);
    if (!value.normalised.empty()) writer.member("normalised", value.normalised);
    writer.end_object();
}

std::string_view arguments_text(json::Writer& writer, const std::vector<EvidenceArgument>& arguments) {
    writer.clear();
    writer.begin_array();
    for (const EvidenceArgument& argument : arguments) {
        writer.begin_object().member("role", argument.role).member("text", argument.text);
        writer.member("begin", static_cast<std::uint64_t>(argument.span.begin));
        writer.member("end", static_cast<std::uint64_t>(argument.span.end));
        if (argument.entity) writer.member("entity", argument.entity->text());
        if (argument.value) {
            writer.key("value");
            write_value(writer, *argument.value);
        }
        writer.end_object();
    }
    writer.end_array();
    return writer.text();
}

std::vector<EvidenceArgument> parse_arguments(const std::string& text, const std::string& path) {
    std::vector<EvidenceArgument> arguments;
    const json::Value parsed = json::parse(text, path);
    if (parsed.array() == nullptr) throw FormatError(path, "the file is damaged: arguments are no list");
    const auto number = [&](double value) {
        // Exactly representable, and below what any text is long.
        if (!(value >= 0) || value > 9007199254740992.0)
            throw FormatError(path, "the file is damaged: a span is no span");
        return static_cast<std::size_t>(value);
    };
    for (const json::Value& item : *parsed.array()) {
        EvidenceArgument argument;
        argument.role = item.string_at("role");
        argument.text = item.string_at("text");
        argument.span = {number(item.number_at("begin")), number(item.number_at("end"))};
        if (item.find("entity") != nullptr) {
            argument.entity = EntityId::parse(item.string_at("entity"));
            if (!argument.entity) throw FormatError(path, "the file is damaged: an id is ill-formed");
        }
        if (const json::Value* from = item.find("value")) {
            Value value;
            const auto kind = parse_value_kind(from->string_at("kind"));
            if (!kind) throw FormatError(path, "the file is damaged: a kind of value is unknown");
            value.kind = *kind;
            value.text = from->string_at("text");
            if (const json::Value* amount = from->find("amount")) value.amount = amount->number();
            value.unit = from->string_or("unit", "");
            value.normalised = from->string_or("normalised", "");
            argument.value = std::move(value);
        }
        arguments.push_back(std::move(argument));
    }
    return arguments;
}

void write_documents(Database& database, const KnowledgeGraph& graph) {
    Statement document(database, "INSERT INTO documents VALUES(?,?,?,?,?,?,?,?,?,?)");
    Statement sentence(database, "INSERT INTO sentences VALUES(?,?,?,?,?,?)");
    Statement sentence_text(database, "INSERT INTO sentences_text(rowid, text) VALUES(?,?)");
    Statement mention(database, "INSERT INTO mentions VALUES(?,?,?,?,?,?,?)");
    std::size_t sentence_key = 0;
    std::size_t mention_key = 0;
    for (std::size_t key = 0; key < graph.documents().size(); ++key) {
        const SourceDocument& source = graph.documents()[key];
        const std::string id = source.id.text();
        document.add(key).add(id).add(source.source).add(source.uri).add(source.title).add(source.author);
        document.add(source.published).add(source.publisher).add(source.language).add(source.text).run();
        for (std::size_t i = 0; i < source.sentences.size(); ++i) {
            const auto& [span, block] = source.sentences[i];
            sentence.add(sentence_key).add(key).add(i).add(span).add(static_cast<std::size_t>(block)).run();
            sentence_text.add(sentence_key).add(span.of(source.text)).run();
            ++sentence_key;
        }
        for (const SourceMention& from : source.mentions) {
            mention.add(mention_key++).add(key).add(from.sentence).add(from.span);
            mention.add(graph.index_of(from.entity)).add(to_string(from.kind)).run();
        }
    }
}

void write_entities(Database& database, const KnowledgeGraph& graph) {
    Statement entity(database, "INSERT INTO entities VALUES(?,?,?,?,?,?,?)");
    Statement alias(database, "INSERT INTO aliases VALUES(?,?,?,?)");
    Statement names(database, "INSERT INTO names_text(rowid, name, aliases) VALUES(?,?,?)");
    std::size_t alias_key = 0;
    for (std::size_t key = 0; key < graph.entities().size(); ++key) {
        const Entity& from = graph.entities()[key];
        const std::string id = from.id.text();
        entity.add(key)
            .add(id)
            .add(from.name)
            .add(to_string(from.type))
            .add(std::size_t{from.named ? 1U : 0U});
        entity.add(from.mentions).add(from.documents).run();
        std::string all;
        for (const Alias& other : from.aliases) {
            alias.add(alias_key++).add(key).add(other.text).add(other.mentions).run();
            (all += other.text) += '\n';
        }
        names.add(key).add(from.name).add(all).run();
    }
    Statement relation(database, "INSERT INTO relations VALUES(?,?,?,?)");
    for (const RelationInfo& from : graph.relations()) {
        relation.add(from.name)
            .add(from.label)
            .add(from.inverse_label)
            .add(std::size_t{from.symmetric ? 1U : 0U})
            .run();
    }
    Statement merge(database, "INSERT INTO merges VALUES(?,?,?,?,?,?,?)");
    for (std::size_t key = 0; key < graph.merges().size(); ++key) {
        const Merge& from = graph.merges()[key];
        merge.add(key)
            .add(graph.index_of(from.entity))
            .add(from.form)
            .add(from.into)
            .add(to_string(from.reason));
        merge.add(from.score).add(from.documents).run();
    }
}

void write_facts(Database& database, const KnowledgeGraph& graph) {
    Statement fact(database, "INSERT INTO facts VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    Statement evidence(database,
                       "INSERT INTO evidence VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    json::Writer writer;
    std::size_t evidence_key = 0;
    for (std::size_t key = 0; key < graph.facts().size(); ++key) {
        const Fact& from = graph.facts()[key];
        const std::string id = from.id.text();
        fact.add(key).add(id).add(graph.index_of(from.subject));
        from.open() ? fact.add_null() : fact.add(from.relation);
        fact.add(from.phrase);
        if (const EntityId* object = from.object_entity()) {
            fact.add(graph.index_of(*object)).add_null().add_null().add_null().add_null().add_null();
        } else {
            const Value& value = *from.object_value();
            fact.add_null().add(to_string(value.kind)).add(value.text);
            value.amount&& std::isfinite(*value.amount) ? fact.add(*value.amount) : fact.add_null();
            fact.add(value.unit).add(value.normalised);
        }
        fact.add(to_string(from.polarity)).add(to_string(from.modality)).add(from.confidence).run();
        for (const Evidence& one : from.evidences) {
            evidence.add(evidence_key++).add(key).add(graph.index_of(one.document)).add(one.sentence);
            evidence.add(one.subject).add(one.relation).add(one.object).add(one.relation_text);
            if (one.attribution) {
                evidence.add(one.attribution->text).add(one.attribution->span);
                one.attribution->entity ? evidence.add(graph.index_of(*one.attribution->entity))
                                        : evidence.add_null();
            } else {
                evidence.add_null().add_null().add_null().add_null();
            }
            if (one.time) {
                evidence.add(one.time->text).add(one.time->value).add(one.time->span);
            } else {
                evidence.add_null().add_null().add_null().add_null();
            }
            evidence.add(std::size_t{one.past ? 1U : 0U}).add(one.confidence).add(one.by);
            one.arguments.empty() ? evidence.add_null() : evidence.add(arguments_text(writer, one.arguments));
            evidence.run();
        }
    }
    Statement info(database, "INSERT INTO info VALUES(?,?)");
    const std::string without = std::to_string(graph.parts().facts_without_entity);
    const std::string itself = std::to_string(graph.parts().facts_about_itself);
    info.add("facts_about_itself").add(itself).run();
    info.add("facts_without_entity").add(without).run();
}

// Precondition: the file is open for reading. Throws unless it is a graph of this version.
void check_kind(Database& database) {
    const auto number = [&](const char* pragma) {
        Statement statement(database, pragma);
        statement.step();
        return statement.number();
    };
    if (number("PRAGMA application_id") != k_application_id) {
        throw FormatError(database.path().string(), "this is not a Relata graph");
    }
    const std::size_t version = number("PRAGMA user_version");
    if (version > k_version) {
        throw FormatError(database.path().string(),
                          "written by a newer Relata (format " + std::to_string(version) +
                              "; this program reads up to " + std::to_string(k_version) + ")");
    }
    if (version < 1)
        throw FormatError(database.path().string(), "the file is damaged: it has no format version");
}

void check_readable(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) throw IoError(path.string(), "open", ENOENT);
    if (error) throw IoError(path.string(), "open", error.value());
    if (fs::is_directory(status)) throw IoError(path.string(), "open", EISDIR);
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw IoError(path.string(), "open", errno);
    ::close(file);
    // SQLite takes an empty file for an empty database.
    if (fs::is_regular_file(status) && fs::file_size(path) == 0) {
        throw FormatError(path.string(), "this is not a Relata graph: the file is empty");
    }
}

template <class Enum>
Enum known(std::optional<Enum> parsed, const std::string& path) {
    if (!parsed) throw FormatError(path, "the file is damaged: a name is unknown");
    return *parsed;
}

GraphParts read_parts(Database& database) {
    const std::string path = database.path().string();
    GraphParts parts;
    {
        Statement rows(database,
                       "SELECT key,id,source,uri,title,author,published,publisher,language,text FROM "
                       "documents ORDER BY key");
        while (rows.step()) {
            rows.skip(1);
            SourceDocument& source = parts.documents.emplace_back();
            source.id = rows.id<DocumentId>();
            source.source = rows.text();
            source.uri = rows.text();
            source.title = rows.text();
            source.author = rows.text();
            source.published = rows.text();
            source.publisher = rows.text();
            source.language = rows.text();
            source.text = rows.text();
        }
    }
    {
        Statement rows(database, "SELECT document,\"begin\",\"end\",block FROM sentences ORDER BY key");
        while (rows.step()) {
            SourceDocument& source = parts.documents[rows.index(parts.documents.size())];
            const ByteSpan span = rows.span();
            source.sentences.push_back({span, static_cast<BlockKind>(rows.index(
                                                  static_cast<std::size_t>(BlockKind::sentence) + 1))});
        }
    }
    {
        Statement rows(database, "SELECT id,name,type,named,mentions,documents FROM entities ORDER BY key");
        while (rows.step()) {
            Entity& entity = parts.entities.emplace_back();
            entity.id = rows.id<EntityId>();
            entity.name = rows.text();
            entity.type = known(parse_entity_type(rows.text()), path);
            entity.named = rows.number() != 0;
            entity.mentions = rows.number();
            entity.documents = rows.number();
        }
    }
    {
        Statement rows(database, "SELECT entity,text,mentions FROM aliases ORDER BY key");
        while (rows.step()) {
            Entity& entity = parts.entities[rows.index(parts.entities.size())];
            std::string text = rows.text();
            entity.aliases.push_back({std::move(text), rows.number()});
        }
    }
    const auto entity_at = [&](Statement& rows) {
        return parts.entities[rows.index(parts.entities.size())].id;
    };
    {
        Statement rows(database,
                       "SELECT document,sentence,\"begin\",\"end\",entity,kind FROM mentions ORDER BY key");
        while (rows.step()) {
            SourceDocument& source = parts.documents[rows.index(parts.documents.size())];
            SourceMention mention;
            mention.sentence = rows.number();
            mention.span = rows.span();
            mention.entity = entity_at(rows);
            mention.kind = known(parse_mention_kind(rows.text()), path);
            source.mentions.push_back(mention);
        }
    }
    {
        Statement rows(database, "SELECT name,label,inverse_label,symmetric FROM relations ORDER BY name");
        while (rows.step()) {
            RelationInfo& relation = parts.relations.emplace_back();
            relation.name = rows.text();
            relation.label = rows.text();
            relation.inverse_label = rows.text();
            relation.symmetric = rows.number() != 0;
        }
    }
    {
        Statement rows(
            database,
            "SELECT id,subject,relation,phrase,polarity,modality,confidence,object,value_kind,value_text,"
            "value_unit,value_normalised,value_amount FROM facts ORDER BY key");
        while (rows.step()) {
            Fact& fact = parts.facts.emplace_back();
            fact.id = rows.id<FactId>();
            fact.subject = entity_at(rows);
            fact.relation = rows.text();
            fact.phrase = rows.text();
            fact.polarity = known(parse_polarity(rows.text()), path);
            fact.modality = known(parse_modality(rows.text()), path);
            fact.confidence = rows.real();
            if (!rows.next_is_null()) {
                fact.object = entity_at(rows);
                continue;
            }
            rows.skip(1);
            Value value;
            value.kind = known(parse_value_kind(rows.text()), path);
            value.text = rows.text();
            value.unit = rows.text();
            value.normalised = rows.text();
            if (!rows.next_is_null()) value.amount = rows.real();
            fact.object = std::move(value);
        }
    }
    {
        Statement rows(
            database,
            "SELECT "
            "fact,document,sentence,subject_begin,subject_end,relation_begin,relation_end,object_begin,"
            "object_end,relation_text,past,confidence,\"by\",attribution_text,attribution_begin,attribution_"
            "end,"
            "attribution_entity,time_text,time_value,time_begin,time_end,arguments FROM evidence ORDER BY "
            "key");
        while (rows.step()) {
            Fact& fact = parts.facts[rows.index(parts.facts.size())];
            Evidence& evidence = fact.evidences.emplace_back();
            evidence.document = parts.documents[rows.index(parts.documents.size())].id;
            evidence.sentence = rows.number();
            evidence.subject = rows.span();
            evidence.relation = rows.span();
            evidence.object = rows.span();
            evidence.relation_text = rows.text();
            evidence.past = rows.number() != 0;
            evidence.confidence = rows.real();
            evidence.by = rows.text();
            if (rows.next_is_null()) {
                rows.skip(4);
            } else {
                EvidenceAttribution& attribution = evidence.attribution.emplace();
                attribution.text = rows.text();
                attribution.span = rows.span();
                if (rows.next_is_null()) {
                    rows.skip(1);
                } else {
                    attribution.entity = entity_at(rows);
                }
            }
            if (rows.next_is_null()) {
                rows.skip(4);
            } else {
                FactTime& time = evidence.time.emplace();
                time.text = rows.text();
                time.value = rows.text();
                time.span = rows.span();
            }
            if (!rows.next_is_null()) evidence.arguments = parse_arguments(rows.text(), path);
        }
    }
    {
        Statement rows(database,
                       "SELECT entity,form,\"into\",reason,score,documents FROM merges ORDER BY key");
        while (rows.step()) {
            Merge& merge = parts.merges.emplace_back();
            merge.entity = entity_at(rows);
            merge.form = rows.text();
            merge.into = rows.text();
            merge.reason = known(parse_merge_reason(rows.text()), path);
            merge.score = rows.real();
            merge.documents = rows.number();
        }
    }
    {
        Statement rows(database, "SELECT name,value+0 FROM info ORDER BY name");
        while (rows.step()) {
            const std::string name = rows.text();
            const std::size_t value = rows.number();
            if (name == "facts_about_itself") parts.facts_about_itself = value;
            if (name == "facts_without_entity") parts.facts_without_entity = value;
        }
    }
    return parts;
}

}  // namespace

void save(const KnowledgeGraph& graph, const fs::path& path, IfExists if_exists) {
    std::error_code error;
    if (if_exists == IfExists::refuse && fs::exists(fs::symlink_status(path, error))) {
        throw IoError(path.string(), "write", EEXIST);
    }
    AtomicFile file(path);
    {
        Database database(file.path(), SQLITE_OPEN_READWRITE, "write");
        // No journal: until it is renamed nobody sees the file, and after a crash it is written anew.
        database.run(
            "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA "
            "cache_size=-16000;");
        database.run(("PRAGMA application_id=" + std::to_string(k_application_id) +
                      "; PRAGMA user_version=" + std::to_string(k_version))
                         .c_str());
        database.run("BEGIN");
        database.run(k_schema);
        write_documents(database, graph);
        write_entities(database, graph);
        write_facts(database, graph);
        database.run(k_indices);
        database.run("COMMIT");
        database.close();
    }
    file.commit();
}

KnowledgeGraph load(const fs::path& path) {
    check_readable(path);
    Database database(path, SQLITE_OPEN_READONLY, "open");
    check_kind(database);
    try {
        return KnowledgeGraph(read_parts(database));
    } catch (const FormatError&) {
        throw;
    } catch (const IoError&) {
        throw;
    } catch (const Error& failure) {
        throw FormatError(path.string(), std::string("the file is damaged: ") + failure.what());
    }
}

struct Search::State {
    explicit State(const fs::path& path) : database(path, SQLITE_OPEN_READONLY, "open") {}
    mutable Database database;
};

namespace {

// Each word in quotes, so that no character of the user's is an operator; the last one may go on.
std::string match_expression(std::string_view words) {
    constexpr std::size_t k_most_bytes = 1000;
    std::string expression;
    bool inside = false;
    for (const char c : words.substr(0, k_most_bytes)) {
        const bool space = static_cast<unsigned char>(c) <= ' ';
        if (!space && !inside) expression += expression.empty() ? "\"" : " \"";
        if (space && inside) expression += '"';
        inside = !space;
        if (inside) expression += c;
        if (c == '"') expression += c;
    }
    if (inside) expression += '"';
    return expression.empty() ? expression : expression + "*";
}

}  // namespace

Search::Search(const fs::path& path) {
    check_readable(path);
    state_ = std::make_unique<State>(path);
    check_kind(state_->database);
}
Search::~Search() = default;
Search::Search(Search&&) noexcept = default;
Search& Search::operator=(Search&&) noexcept = default;

std::vector<SentenceHit> Search::sentences(std::string_view words, std::size_t limit,
                                           std::size_t offset) const {
    std::vector<SentenceHit> hits;
    const std::string expression = match_expression(words);
    if (expression.empty()) return hits;
    Statement rows(state_->database,
                   "SELECT d.id, s.position, s.\"begin\", s.\"end\", d.text FROM sentences_text t JOIN "
                   "sentences s ON s.key = "
                   "t.rowid JOIN documents d ON d.key = s.document WHERE sentences_text MATCH ? ORDER BY "
                   "t.rank, t.rowid "
                   "LIMIT ? OFFSET ?");
    rows.add(expression).add(limit).add(offset);
    while (rows.step()) {
        SentenceHit& hit = hits.emplace_back();
        hit.document = rows.id<DocumentId>();
        hit.sentence = rows.number();
        const ByteSpan span = rows.span();
        const std::string text = rows.text();
        if (span.begin <= span.end && span.end <= text.size()) hit.text = span.of(text);
    }
    return hits;
}

std::vector<EntityId> Search::entities(std::string_view words, std::size_t limit, std::size_t offset) const {
    std::vector<EntityId> hits;
    const std::string expression = match_expression(words);
    if (expression.empty()) return hits;
    Statement rows(
        state_->database,
        "SELECT e.id FROM names_text t JOIN entities e ON e.key = t.rowid WHERE names_text MATCH ? "
        "ORDER BY t.rank, e.mentions DESC, t.rowid LIMIT ? OFFSET ?");
    rows.add(expression).add(limit).add(offset);
    while (rows.step()) hits.push_back(rows.id<EntityId>());
    return hits;
}

}  // namespace relata::graph
