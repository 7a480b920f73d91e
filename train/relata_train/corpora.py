# SPDX-License-Identifier: Apache-2.0
"""Readers of the training corpora: files of the data folder in, `Sentence` values out.

Entity labels of every corpus become sets of allowed tags over Relata's ten types ("partial labels"): where a corpus
does not draw a distinction, every tag that agrees with its label is allowed, and the loss asks only for one of them.
"""
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

TYPES = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK", "EVENT", "LAW"]
NER_TAGS = ["O"] + [f"{p}-{t}" for t in TYPES for p in "BI"]
PLACE = ("GPE", "LOC", "FAC")
OTHER = ("NORP", "PRODUCT", "WORK", "EVENT", "LAW")


@dataclass
class Sentence:
    words: list
    source: str
    id: str = ""
    # One entry a word each; empty where the corpus does not have them.
    lemmas: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    xpos: list = field(default_factory=list)
    feats: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deprels: list = field(default_factory=list)
    misc: list = field(default_factory=list)
    # (predicate, {argument head: role}), 0-based; None where the corpus has no roles.
    roles: list = None
    # Allowed tags of every word (a frozenset of NER_TAGS), or None for "anything".
    ner: list = field(default_factory=list)


def fnv1a(text):
    """FNV-1a, 32 bits, of the UTF-8 bytes."""
    h = 0x811C9DC5
    for byte in text.encode("utf-8"):
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def is_dev_group(identifier):
    """The held-out tenth of ner/news: whole articles where ids name an article before a colon."""
    return fnv1a(identifier.split(":")[0]) % 10 == 0


def read_lines(path):
    """The file's lines without their ends; a byte that is no UTF-8 becomes U+FFFD."""
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            yield line.rstrip("\n")


# --- allowed tags --------------------------------------------------------------------------------------------------

def allow(*labels):
    return frozenset(labels)


OUTSIDE = allow("O")


def span_tags(length, types, outside=False):
    """Allowed tags of a span that has one of `types`; `outside` says that it may also be no name at all."""
    extra = {"O"} if outside else set()
    return [frozenset({("I-" if i else "B-") + t for t in types} | extra) for i in range(length)]


def o_or(*types):
    """A word outside of all annotated spans in a corpus that does not annotate `types`."""
    return frozenset({"O"} | {f"{p}-{t}" for t in types for p in "BI"})


# --- Universal Dependencies ----------------------------------------------------------------------------------------

def read_conllu(path, source):
    """Words only: multiword tokens and empty nodes are left out, as in the CoNLL 2018 evaluation."""
    sentences, current = [], None
    for line in read_lines(path):
        if line.startswith("# sent_id"):
            current = Sentence([], source, line.split("=", 1)[1].strip())
        elif not line:
            if current is not None and current.words:
                sentences.append(current)
            current = None
        elif not line.startswith("#"):
            f = line.split("\t")
            if not f[0].isdigit():
                continue
            current.words.append(f[1])
            current.lemmas.append(f[2])
            current.upos.append(f[3])
            current.xpos.append(f[4])
            current.feats.append(f[5])
            current.heads.append(int(f[6]))
            current.deprels.append(f[7])
            current.misc.append(f[9])
    return sentences


def argument_head(first, last, heads):
    """The first word of the span whose head lies outside of it (heads 1-based with 0 as the root, span 0-based)."""
    for i in range(first, last + 1):
        if not first <= heads[i] - 1 <= last:
            return i
    return first


def read_roles(path):
    """sentence id -> (forms, [(predicate, {argument head: role})]) from the PropBank columns."""
    table, rows, identifier = {}, [], None
    for line in [*read_lines(path), ""]:
        if line.startswith("# sent_id"):
            identifier = line.split("=", 1)[1].strip()
        elif line.startswith("#"):
            continue
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            table[identifier] = ([r[1] for r in rows], roles_of(rows))
            rows = []
    return table


def roles_of(rows):
    heads = [int(r[5]) for r in rows]
    predicates = [i for i, r in enumerate(rows) if r[8] != "-"]
    columns = len(rows[0]) - 9
    if columns != len(predicates):
        raise ValueError(f"{columns} argument columns for {len(predicates)} predicates")
    result = []
    for column, predicate in enumerate(predicates):
        arguments, stack = {}, []
        for i, row in enumerate(rows):
            cell = row[9 + column]
            stack.extend((label, i) for label in re.findall(r"\(([^()*]+)", cell))
            for _ in range(cell.count(")")):
                label, first = stack.pop()
                if label not in ("V", "C-V"):
                    arguments[argument_head(first, i, heads)] = label
        result.append((predicate, arguments))
    return result


def attach_roles(sentences, path):
    table = read_roles(path)
    for s in sentences:
        found = table.get(s.id)
        if found is not None and found[0] == s.words:
            s.roles = found[1]


# --- entities over trees -------------------------------------------------------------------------------------------

TITLES = {
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "prof", "prof.", "professor", "sir", "lord", "lady",
    "president", "vice", "prime", "minister", "chancellor", "secretary", "general", "gen", "gen.", "senator", "sen.",
    "rep.", "representative", "governor", "gov.", "king", "queen", "prince", "princess", "pope", "judge", "justice",
    "captain", "capt.", "colonel", "col.", "lieutenant", "lt.", "major", "sergeant", "sgt.", "admiral", "ambassador",
    "chairman", "chairwoman", "chief", "director", "foreign", "defense", "defence", "finance", "interior", "attorney",
    "mayor", "deputy", "former", "commander", "sheikh", "ayatollah", "emperor", "emir", "rev.", "reverend", "father",
    "brother", "sister", "saint", "st.", "congressman", "congresswoman", "lawmaker", "leader", "spokesman",
    "spokeswoman", "premier", "state", "envoy", "lt", "-", "cardinal", "archbishop", "bishop", "sultan", "crown",
    "of", "the", "executive", "officer", "treasury", "health", "justice", "security", "national", "adviser", "advisor",
}
JOINERS = {"of", "the", "and", "&", "-", "'s", "’s", "for", "de", "la", "du", "del", "von", "van", "'", ".", "on"}

GUM_TYPES = {
    "person": (("PERSON",), False), "organization": (("ORG",), False), "place": (PLACE, False),
    "event": (("EVENT",), True), "object": (("PRODUCT", "WORK", "FAC"), True),
    "abstract": (("WORK", "LAW", "PRODUCT", "NORP", "ORG", "EVENT"), True),
}


def is_name_word(s, i):
    return s.xpos[i] in ("NNP", "NNPS")


def gum_entities(s):
    """(first, last, type) spans of the MISC column's bracket notation, inside one sentence."""
    spans, open_by_id = [], {}
    for i, misc in enumerate(s.misc):
        value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        for opened, closed in re.findall(r"\(([^()]+)|([^()]*)\)", value):
            if opened:
                parts = opened.split("-")
                open_by_id.setdefault(parts[0], []).append((i, parts[1] if len(parts) > 1 else ""))
                last_opened = parts[0]
            else:
                identifier = closed if closed else last_opened
                if open_by_id.get(identifier):
                    first, kind = open_by_id[identifier].pop()
                    spans.append((first, i, kind))
    return spans


def cut_to_name(s, first, last):
    """The name inside a noun phrase: the stretch of proper nouns around its head, joiners inside it included."""
    head = argument_head(first, last, s.heads)
    if not is_name_word(s, head):
        return None
    begin = end = head
    while begin > first:
        if is_name_word(s, begin - 1) and s.words[begin - 1] != ",":
            begin -= 1
        elif begin - 1 > first and s.words[begin - 1].lower() in ("of", "&", "-") and is_name_word(s, begin - 2):
            begin -= 2
        else:
            break
    while end < last:
        if is_name_word(s, end + 1):
            end += 1
        else:
            step = end + 1
            while step < last and s.words[step].lower() in JOINERS - {"'s", "’s", "on"}:
                step += 1
            if step > end + 1 and step <= last and is_name_word(s, step) and s.words[step - 1] != "and":
                end = step
            else:
                break
    return begin, end


def label_gum_names(s):
    """Names of GUM's typed noun phrases; proper nouns outside of them may be anything, all other words are outside."""
    s.ner = [None if is_name_word(s, i) else
             (o_or("NORP") if i and s.words[i][:1].isupper() and s.upos[i] in ("ADJ", "NOUN") else OUTSIDE)
             for i in range(len(s.words))]
    taken = [False] * len(s.words)
    for first, last, kind in sorted(gum_entities(s), key=lambda x: (x[0] - x[1], x)):
        name = cut_to_name(s, first, last)
        if name is None or kind not in GUM_TYPES or any(taken[name[0]:name[1] + 1]):
            continue
        begin, end = name
        types, outside = GUM_TYPES[kind]
        if kind == "person":
            while begin < end and s.words[begin].lower() in TITLES:
                s.ner[begin] = OUTSIDE
                begin += 1
        s.ner[begin:end + 1] = span_tags(end - begin + 1, types, outside)
        taken[begin:end + 1] = [True] * (end - begin + 1)


def label_certain_outsiders(s):
    """Words of a tree without entity annotation that cannot be (part of) a name: lower-cased words of the open classes."""
    s.ner = [OUTSIDE if s.upos[i] in ("VERB", "AUX", "PRON", "SCONJ", "INTJ", "NOUN", "ADV", "ADJ")
             and not is_name_word(s, i) and s.words[i] == s.words[i].lower() and s.words[i].isalpha() else None
             for i in range(len(s.words))]


def read_own_annotation(folder, sentences):
    """Entity spans over trees: `sent_id TAB TYPE:first-last …` with 1-based word ids, in every .tsv of the folder."""
    table = {}
    for path in sorted(Path(folder).glob("*.tsv")):
        for line in read_lines(path):
            identifier, _, spans = line.partition("\t")
            table[identifier] = spans.split()
    found = []
    for s in sentences:
        if s.id not in table:
            continue
        tags = [OUTSIDE] * len(s.words)
        for item in table[s.id]:
            kind, _, place = item.partition(":")
            first, _, last = place.partition("-")
            first, last = int(first) - 1, int(last or first) - 1
            if kind not in TYPES or not 0 <= first <= last < len(s.words):
                raise ValueError(f"{s.id}: {item}")
            tags[first:last + 1] = span_tags(last - first + 1, (kind,))
        found.append(Sentence(s.words, "own", s.id, ner=tags))
    return found


# --- entity corpora ------------------------------------------------------------------------------------------------

def read_columns(path, word, label, separator="\t"):
    """(words, labels) of one-token-a-line files with blank lines between sentences."""
    words, labels = [], []
    for line in read_lines(path):
        if not line.strip():
            if words:
                yield words, labels
            words, labels = [], []
            continue
        f = line.split(separator)
        if len(f) > max(word, label) and f[word].strip():
            words.append(f[word])
            labels.append(f[label])
    if words:
        yield words, labels


def bio_spans(labels):
    """(first, last, kind) of BIO or IO labels."""
    spans, begin, kind = [], None, None
    for i, label in enumerate(list(labels) + ["O"]):
        prefix, _, name = label.partition("-")
        if begin is not None and (prefix != "I" or name != kind):
            spans.append((begin, i - 1, kind))
            begin = None
        if prefix in ("B", "I") and begin is None:
            begin, kind = i, name
    return spans


def from_spans(words, spans, mapping, outside, source, identifier=""):
    """mapping: corpus label -> (types, may also be no name), or None for plain outside."""
    tags = [outside] * len(words)
    for first, last, kind in spans:
        target = mapping.get(kind)
        if target is None:
            tags[first:last + 1] = [OUTSIDE] * (last - first + 1)
        else:
            tags[first:last + 1] = span_tags(last - first + 1, *target)
    return Sentence(words, source, identifier, ner=tags)


def read_gmb(path):
    """Silver labels. gpe is GPE as a noun and NORP as an adjective or plural; times are no names; titles leave PER."""
    mapping = {"geo": (PLACE, False), "gpe-noun": (("GPE",), False), "gpe-adjective": (("NORP",), False),
               "gpe-plural": (("NORP", "GPE"), False), "org": (("ORG",), False), "per": (("PERSON",), False),
               "art": (("PRODUCT", "WORK", "LAW"), True), "eve": (("EVENT",), True), "nat": (("EVENT",), True)}
    outside = o_or("FAC", "PRODUCT", "WORK", "LAW", "EVENT")
    result = []
    for triples in gmb_sentences(path):
        words = [t[0] for t in triples]
        spans = []
        for first, last, kind in bio_spans([t[2] for t in triples]):
            if kind == "gpe":
                tag = triples[last][1]
                kind = "gpe-adjective" if tag.startswith("J") else "gpe-plural" if tag.endswith("S") else "gpe-noun"
            elif kind == "per":
                while first < last and words[first].lower() in TITLES:
                    first += 1
                if words[first].lower() in TITLES:
                    continue
            spans.append((first, last, kind))
        result.append(from_spans(words, spans, mapping, outside, "gmb"))
    return result


def gmb_sentences(path):
    rows = []
    for line in read_lines(path):
        f = line.split("\t")
        if len(f) < 3:
            if rows:
                yield rows
            rows = []
        else:
            rows.append(f)
    if rows:
        yield rows


def read_wikigold(path):
    mapping = {"PER": (("PERSON",), False), "ORG": (("ORG",), False), "LOC": (PLACE, False), "MISC": (OTHER, False)}
    return [from_spans(w, bio_spans(t), mapping, OUTSIDE, "wikigold") for w, t in read_columns(path, 0, 1, " ")]


def read_wnut(path):
    mapping = {"person": (("PERSON",), False), "location": (PLACE, False), "corporation": (("ORG",), False),
               "group": (("ORG", "NORP"), False), "product": (("PRODUCT",), False), "creative-work": (("WORK",), False)}
    return [from_spans(w, bio_spans(t), mapping, o_or("NORP", "EVENT", "LAW"), "wnut")
            for w, t in read_columns(path, 0, 1)]


def read_btc(folder):
    """Tweets; nationalities are LOC there, and the sign of a user name is a name of its own, which we leave open."""
    mapping = {"PER": (("PERSON",), False), "ORG": (("ORG",), False), "LOC": (PLACE + ("NORP",), False)}
    result = []
    for path in sorted(Path(folder).glob("*.conll")):
        for words, tags in read_columns(path, 0, 1):
            s = from_spans(words, bio_spans(tags), mapping, o_or(*OTHER), "btc")
            s.ner = [None if w.startswith(("@", "#")) or (i and words[i - 1] == "@") else t
                     for i, (w, t) in enumerate(zip(words, s.ner))]
            result.append(s)
    return result


CROSSNER = {
    **{k: (("PERSON",), False) for k in ("person", "politician", "writer", "researcher", "scientist", "musicalartist")},
    **{k: (("ORG",), False) for k in ("organisation", "university", "politicalparty", "band")},
    "country": (("GPE", "NORP"), False), "location": (PLACE, False), "astronomicalobject": (("LOC",), True),
    "magazine": (("ORG", "WORK"), False), "academicjournal": (("ORG", "WORK"), False),
    **{k: (("WORK",), False) for k in ("book", "poem", "album", "song")},
    "product": (("PRODUCT",), True), "programlang": (("PRODUCT",), True), "event": (("EVENT",), False),
    "election": (("EVENT",), False), "conference": (("EVENT", "ORG"), False), "award": (("EVENT", "WORK"), True),
    "misc": (OTHER, True),
}


def read_crossner(folder):
    """Fine types of five fields; genres, substances, methods and the like are no names for us."""
    result = []
    for path in sorted(Path(folder).glob("*.txt")):
        for words, tags in read_columns(path, 0, 1):
            result.append(from_spans(words, bio_spans(tags), CROSSNER, o_or("LAW", "NORP"), "crossner"))
    return result


def read_redocred(path):
    """Wikipedia abstracts with every mention; nationalities are LOC there, and labels of one span may differ."""
    mapping = {"PER": (("PERSON",), False), "ORG": (("ORG",), False), "LOC": (PLACE + ("NORP",), False),
               "MISC": (OTHER, False)}
    result = []
    for document in json.loads(Path(path).read_text(encoding="utf-8")):
        spans = [set() for _ in document["sents"]]
        for entity in document["vertexSet"]:
            for mention in entity:
                first, last = mention["pos"]
                spans[mention["sent_id"]].add((first, last - 1, mention["type"]))
        for words, found in zip(document["sents"], spans):
            chosen, taken = [], set()
            for first, last, kind in sorted(found, key=lambda x: (x[0] - x[1], x)):
                if not taken & set(range(first, last + 1)):
                    chosen.append((first, last, kind))
                    taken |= set(range(first, last + 1))
            result.append(from_spans(words, chosen, mapping, o_or("LAW", "NORP"), "redocred"))
    return result


def read_core(path):
    """Two marked companies a sentence; other capitalised words are unknown, lower-cased ones outside."""
    result = []
    for item in json.loads(Path(path).read_text(encoding="utf-8")):
        words = item["context"]
        tags = [OUTSIDE if w == w.lower() and w.isalpha() else None for w in words]
        good = True
        for e in ("e1", "e2"):
            first, last = item[f"{e}_start"], item[f"{e}_end"]
            good = good and 0 <= first <= last < len(words) and words[first][:1].isupper()
            good = good and words[first].lower() != "the"
            # Names that the corpus cuts before a legal form or another capitalised word would teach wrong borders.
            good = good and (last + 1 == len(words) or not words[last + 1][:1].isupper())
            good = good and (first <= 1 or not words[first - 1][:1].isupper())
            if good:
                # Brands and products stand among the companies.
                brand = item["relation"] in ("brand_of", "product_or_service_of")
                tags[first:last + 1] = span_tags(last - first + 1, ("ORG", "PRODUCT") if brand else ("ORG",))
        if good and words:
            result.append(Sentence(words, "core", item["id"], ner=tags))
    return result


ABBREVIATIONS = ("Inc|Corp|Co|Ltd|Cos|Bros|Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Gen|Gov|Sen|Rep|Lt|Col|Sgt|Capt|Rev|Jan|Feb|Mar|Apr|"
                 "Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|etc|Ave|Mt|Ft")
NEWS_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\b(?:" + ABBREVIATIONS + r")\.(?=\s|,|$)|\b[A-Z]\.(?=\s)|\d+(?:[.,:]\d+)+|n['’]t\b|\w+?(?=n['’]t\b)"
    r"|['’](?:s|re|ve|ll|d|m)\b|\w+|\.\.+|--+|[^\w\s]")


def news_spans(text, mentions):
    """[(begin, end, type)] in code points, from `TYPE=surface | TYPE=surface#2` (ner/news/README.md)."""
    found, taken = [], [False] * len(text)
    items = [m.strip() for m in mentions.split(" | ") if m.strip()]
    for item in sorted(items, key=lambda m: -len(m.split("=", 1)[-1])):
        kind, _, surface = item.partition("=")
        which = None
        if m := re.fullmatch(r"(.*)#(\d+)", surface):
            surface, which = m[1], int(m[2])
        left = r"(?<!\w)" if surface[:1].isalnum() else ""
        right = r"(?!\w)" if surface[-1:].isalnum() else ""
        hits = list(re.finditer(left + re.escape(surface) + right, text))
        if which is not None:
            hits = hits[which - 1:which]
        if kind not in TYPES or not hits:
            raise ValueError(f"{item!r} does not occur")
        for h in hits:
            if not any(taken[h.start():h.end()]):
                taken[h.start():h.end()] = [True] * (h.end() - h.start())
                found.append((h.start(), h.end(), kind))
    return sorted(found)


def read_news(folder):
    result = []
    for path in sorted(Path(folder).glob("*.tsv")):
        for line in read_lines(path):
            identifier, text, mentions = line.split("\t")
            marked = news_spans(text, mentions)
            cuts = sorted({p for b, e, _ in marked for p in (b, e)})
            words, tags = [], []
            for t in NEWS_TOKEN.finditer(text):
                points = [t.start(), *[c for c in cuts if t.start() < c < t.end()], t.end()]
                for b, e in zip(points, points[1:]):
                    tag = next((("B-" if b == s else "I-") + k for s, x, k in marked if s <= b and e <= x), "O")
                    words.append(text[b:e])
                    tags.append(allow(tag))
            if words:
                result.append(Sentence(words, "news", identifier, ner=tags))
    return result


# --- variants of annotated sentences -------------------------------------------------------------------------------

def exact_spans(s):
    """Spans of a sentence whose allowed sets hold one tag each; None where one does not."""
    if any(t is None or len(t) != 1 for t in s.ner):
        return None
    return bio_spans([next(iter(t)) for t in s.ner])


def without_place_commas(sentences):
    """*in Riga , Latvia* as *in Riga Latvia*, the way mails and reviews write it: still two places."""
    result = []
    for s in sentences:
        spans = exact_spans(s) or []
        drop = {x + 1 for (_, x, t), (b, _, u) in zip(spans, spans[1:])
                if b == x + 2 and s.words[x + 1] == "," and t in PLACE and u in PLACE}
        if drop:
            kept = [i for i in range(len(s.words)) if i not in drop]
            result.append(Sentence([s.words[i] for i in kept], s.source, s.id, ner=[s.ner[i] for i in kept]))
    return result


def address_lines(sentences, most=400):
    """*" Strand , Tuva " < tuva.strand@mail.example >*: names as mail headers turn them round, one span each."""
    names = []
    for s in sentences:
        for b, x, t in exact_spans(s) or []:
            name = tuple(s.words[b:x + 1])
            if t == "PERSON" and len(name) == 2 and all(w.isalpha() and w[0].isupper() for w in name):
                names.append(name)
    result = []
    for i, (first, last) in enumerate(sorted(set(names))[:most]):
        address = f"{first}.{last}@mail.example".lower()
        before, after = [(['"'], ['"']), (['"'], ['"', "<", address, ">"]), ([], []),
                         (["From", ":", '"'], ['"', "<", address, ">"]), (["To", ":"], [";"])][i % 5]
        tags = [OUTSIDE] * len(before) + span_tags(3, ("PERSON",)) + [OUTSIDE] * len(after)
        result.append(Sentence([*before, last, ",", first, *after], "address", ner=tags))
    return result


def read_uner(path):
    """sentence id -> PER, ORG and LOC spans, for scoring only."""
    table, identifier, labels = {}, None, []
    for line in [*read_lines(path), ""]:
        if line.startswith("# sent_id"):
            identifier = line.split("=", 1)[1].strip()
        elif line.startswith("#"):
            continue
        elif line.strip():
            labels.append(line.split("\t")[2])
        elif labels:
            table[identifier] = bio_spans(labels)
            labels = []
    return table
