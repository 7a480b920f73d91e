# SPDX-License-Identifier: Apache-2.0
"""Facts of sentences for the fact heads: reading, alignment to mentions, batches, decoding and scores.

Mentions are those of `relata analyse --mentions` over the sentences of ner/news, so that training sees what the program
sees. model/FORMAT.md tells what the heads compute.
"""
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import corpora, data

FLAGS = ["neg", "planned", "possible", "hypothetical", "denied", "alleged", "past"]
VALUE_KINDS = ["DATE", "MONEY", "PERCENT", "QUANTITY"]
MENTION_CLASSES = ([f"name:{t}" for t in corpora.TYPES]
                   + [f"nominal:{t}" for t in ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK", "EVENT", "LAW", "OTHER")]
                   + ["pronoun:PERSON", "pronoun:OTHER"] + [f"value:{k}" for k in VALUE_KINDS])
OTHER_RELATION = "_other"
# A relation is a label of its own from so many facts on: one of the ontology's, another one.
LEAST_RELATION = (4, 10)
# Which mark a word takes where mentions overlap.
KIND_ORDER = {"name": 0, "value": 1, "pronoun": 2, "nominal": 3}
PHRASES = ("TEXT", "TITLE")
PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "hers", "theirs", "we", "us", "our",
            "i", "me", "my", "you", "your", "who", "whose", "whom", "himself", "herself", "itself", "themselves"}
PERSON_PRONOUNS = {"he", "she", "him", "her", "his", "hers", "himself", "herself", "i", "me", "my", "mine", "myself", "you",
                   "your", "yours", "yourself", "yourselves"}


@dataclass(frozen=True)
class Mention:
    """Words [first, last) of a sentence; `label` is one of MENTION_CLASSES."""
    first: int
    last: int
    head: int
    label: str
    predicted: bool = True  # proposed by the program; else only annotated

    @property
    def marked(self):
        """Names and values are marked as a whole, nominals and pronouns at their head."""
        whole = self.label.startswith(("name", "value"))
        return (self.first, self.last) if whole else (self.head, self.head + 1)


def stands_for(mentions):
    """Number of the mention that each one is counted as: a nominal at whose head a value stands is that value (*five
    girls* is both)."""
    result = []
    for i, m in enumerate(mentions):
        value = next((j for j, v in enumerate(mentions) if v.label.startswith("value") and v.first <= m.head < v.last), i)
        result.append(value if m.label.startswith("nominal") else i)
    return result


@dataclass
class Fact:
    subject: int
    object: int
    relation: str
    trigger: tuple  # word numbers
    flags: tuple


@dataclass
class FactSentence:
    sentence: corpora.Sentence
    mentions: list
    given: set  # numbers of the annotated names and arguments
    facts: list = field(default_factory=list)
    # Pairs about which the annotation says nothing that could be learned.
    masked: set = field(default_factory=set)
    same: list = field(default_factory=list)
    encoded: object = None

    def __post_init__(self):
        self.same = stands_for(self.mentions)
        gold = {(f.subject, f.object) for f in self.facts}
        counted = {self.counted(f) for f in self.facts}
        n = len(self.mentions)
        self.masked |= {(a, b) for a in range(n) for b in range(n)
                        if (self.same[a], self.same[b]) in counted and (a, b) not in gold}

    def counted(self, f):
        """Subject and object of a gold or found fact as they are counted."""
        return self.same[f.subject], self.same[f.object]


def is_dev_group(identifier):
    """The held-out eighth of facts/train, by article."""
    return corpora.fnv1a(identifier.split(":")[0]) % 8 == 0


def mention_class(kind, kind_type):
    label = f"{kind}:{kind_type}"
    if label in MENTION_CLASSES:
        return label
    return "name:ORG" if kind == "name" else "value:QUANTITY" if kind == "value" else f"{kind}:OTHER"


def object_parts(obj):
    """(kind of value or phrase, or None; surface) of the object column."""
    kind, colon, rest = obj.partition(":")
    return (kind, rest) if colon and kind in VALUE_KINDS + list(PHRASES) else (None, obj)


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


# --- reading -------------------------------------------------------------------------------------------------------

def read_texts(folder):
    """(id, text, marked names) of every sentence of ner/news, in the order of the files."""
    result = []
    for path in sorted(Path(folder).glob("*.tsv")):
        for line in corpora.read_lines(path):
            identifier, text, mentions = (line.split("\t") + ["", ""])[:3]
            result.append((identifier, text, mentions))
    return result


class RelationNames:
    """Names of the training facts under the names they are learned as; `~` swaps subject and object."""

    def __init__(self, path, symmetric=()):
        self.symmetric = set(symmetric)
        self.table = {}
        for line in corpora.read_lines(path):
            if line and not line.startswith("#"):
                name, _, target = line.partition("\t")
                self.table[name] = target

    def __call__(self, name):
        """(learned name, whether subject and object change places)"""
        target = self.table.get(name, name)
        return (target[1:], True) if target.startswith("~") else (target, False)


class Analysed:
    """A sentence of the program's dump with positions in characters of the line it came from."""

    def __init__(self, row, line_text, search_from):
        text = row["text"]
        self.begin = line_text.find(text, search_from)
        if self.begin < 0:
            raise ValueError(f"sentence not in its line: {text!r}")
        self.end = self.begin + len(text)
        to_character, position = {}, 0
        for i, c in enumerate(text):
            to_character[position] = i
            position += len(c.encode("utf-8"))
        to_character[position] = len(text)
        tokens = row["tokens"]
        self.words = [t[0] for t in tokens]
        self.spans = [(self.begin + to_character[t[1]], self.begin + to_character[t[2]]) for t in tokens]
        self.heads = [t[6] for t in tokens]
        self.upos = [t[4] for t in tokens]
        self.mentions = [Mention(m["first"], m["last"], m["head"], mention_class(m["kind"], m["type"]))
                         for m in row["mentions"]]

    def words_of(self, begin, end):
        """[first, last) of the words that overlap the characters, or None."""
        at = [i for i, s in enumerate(self.spans) if overlap(s, (begin, end))]
        return (at[0], at[-1] + 1) if at else None

    def head_of(self, first, last):
        return next((i for i in range(first, last) if not first <= self.heads[i] < last), last - 1)


def occurrence(surface, text):
    """Characters of `surface` or `surface#2` in the text, as whole words; None where it does not occur."""
    m = re.fullmatch(r"(.*)#(\d+)", surface)
    surface, nth = (m[1], int(m[2])) if m else (surface, 1)
    left = r"(?<!\w)" if surface[:1].isalnum() else ""
    right = r"(?!\w)" if surface[-1:].isalnum() else ""
    found = [x.span() for x in re.finditer(left + re.escape(surface) + right, text)]
    return found[nth - 1] if len(found) >= nth else None


def trigger_words(trigger, analysed, text, near):
    """Numbers of the trigger's words: of several occurrences the ones that stand close to each other and to `near`."""
    columns = []
    for word in re.findall(r"\w+|[^\w\s]", trigger):
        pattern = r"(?<!\w)" + re.escape(word) + r"(?!\w)" if word[0].isalnum() else re.escape(word)
        at = sorted({w[0] for m in re.finditer(pattern, text) if (w := analysed.words_of(*m.span()))})
        if at:
            columns.append(at)
    if not columns:
        return ()
    best = {p: (0.1 * abs(p - near), (p,)) for p in columns[0]}
    for column in columns[1:]:
        best = {p: min((cost + (p - q if p >= q else 3 + q - p) + 0.02 * abs(p - near), path + (p,))
                       for q, (cost, path) in best.items()) for p in column}
    return tuple(sorted(set(min(best.values())[1])))


class Aligner:
    """Finds or adds the mentions that the annotation speaks of."""

    def __init__(self, analysed, names):
        self.analysed, self.mentions = analysed, list(analysed.mentions)
        self.given = set()
        self.name_types = {}
        for begin, end, kind in names:
            words = analysed.words_of(begin, end)
            if words:
                self.name_types[words] = kind
                self.given.add(self.named(words, kind))

    def add(self, words, label):
        self.mentions.append(Mention(*words, self.analysed.head_of(*words), label, False))
        return len(self.mentions) - 1

    def named(self, words, kind):
        head = self.analysed.head_of(*words)
        for i, m in enumerate(self.mentions):
            if m.label.startswith("name") and ((m.first, m.last) == words or m.head == head
                                               or overlap((m.first, m.last), words)):
                return i
        return self.add(words, f"name:{kind}")

    def best(self, words, wanted):
        """The candidate among `wanted` kinds: same words, then same head, then a name or value around the words' head."""
        head = self.analysed.head_of(*words)
        ranked = []
        for i, m in enumerate(self.mentions):
            kind = m.label.split(":")[0]
            if kind not in wanted:
                continue
            if (m.first, m.last) == words:
                rank = 0
            elif m.head == head:
                rank = 1
            elif kind in ("name", "value") and m.first <= head < m.last:
                rank = 2
            elif kind in ("name", "value") and overlap((m.first, m.last), words) and words[1] - words[0] <= 3 + m.last - m.first:
                rank = 3
            else:
                continue
            ranked.append((rank, KIND_ORDER[kind], i))
        return min(ranked)[2] if ranked else None

    def argument(self, words):
        """A subject or an object that is no value; added where no candidate stands for it."""
        found = self.best(words, ("name", "pronoun", "nominal"))
        if found is None:
            found = self.best(words, ("value",))
        if found is None:
            surface = self.analysed.words[words[0]].lower()
            if words in self.name_types:
                label = f"name:{self.name_types[words]}"
            elif words[1] - words[0] == 1 and surface in PRONOUNS:
                label = "pronoun:PERSON" if surface in PERSON_PRONOUNS else "pronoun:OTHER"
            else:
                label = "nominal:OTHER"
            found = self.add(words, label)
        self.given.add(found)
        return found

    def value(self, words, kind):
        found = self.best(words, ("value",))
        if found is None:
            found = self.best(words, ("nominal", "name"))
        if found is None:
            found = self.add(words, f"value:{kind}")
        self.given.add(found)
        return found

    def phrase(self, words):
        """A described object: only where a candidate heads it."""
        head = self.analysed.head_of(*words)
        found = next((i for i, m in enumerate(self.mentions) if m.head == head), None)
        if found is not None:
            self.given.add(found)
        return found


def ner_labels(analysed, names):
    """Allowed tags of the words after the annotated names; a word cut by a name's end may be anything."""
    tags = [corpora.OUTSIDE] * len(analysed.words)
    for begin, end, kind in names:
        words = analysed.words_of(begin, end)
        if words is None:
            continue
        first, last = words
        clean = analysed.spans[first][0] == begin and analysed.spans[last - 1][1] == end
        tags[first:last] = corpora.span_tags(last - first, (kind,)) if clean else [None] * (last - first)
    return tags


def align(identifier, text, analysed, rows, names, relation_names):
    """The annotation of one sentence (rows of the .tsv) on the program's words."""
    inside = [n for n in names if analysed.begin <= n[0] and n[1] <= analysed.end]
    aligner = Aligner(analysed, inside)
    facts, masked = [], set()

    def words(surface):
        at = occurrence(surface.split(" => ")[0], text)
        return analysed.words_of(*at) if at else None

    for subject, relation, obj, trigger, flags in rows:
        kind, surface = object_parts(obj)
        a_words, b_words = words(subject), words(surface)
        if a_words is None or b_words is None:
            continue
        a = aligner.argument(a_words)
        b = aligner.phrase(b_words) if kind in PHRASES else aligner.value(b_words, kind) if kind else aligner.argument(b_words)
        if b is None:
            masked.update((a, i) for i, m in enumerate(aligner.mentions) if b_words[0] <= m.head < b_words[1])
            continue
        if a == b or overlap(aligner.mentions[a].marked, aligner.mentions[b].marked):
            continue
        name, swapped = relation_names(relation)
        if swapped:
            a, b = b, a
        if name in relation_names.symmetric and aligner.mentions[a].first > aligner.mentions[b].first:
            a, b = b, a
        near = (aligner.mentions[a].head + aligner.mentions[b].head) // 2
        facts.append(Fact(a, b, name, trigger_words(trigger, analysed, text, near), tuple(flags.split())))
    # No names are learned from the sentences that measure names.
    ner = [None] * len(analysed.words) if corpora.is_dev_group(identifier) else ner_labels(analysed, inside)
    sentence = corpora.Sentence(analysed.words, "facts", identifier, ner=ner)
    return FactSentence(sentence, aligner.mentions, aligner.given, facts, masked)


def read_rows(folder):
    """sentence id -> [(subject, relation, object, trigger, flags)]"""
    table = {}
    for path in sorted(Path(folder).glob("*.tsv")):
        for line in corpora.read_lines(path):
            f = line.split("\t")
            table.setdefault(f[0], []).append((f[1], f[2], f[3], f[4], f[6]))
    return table


def read(root, dump, relation_names):
    """Every sentence of ner/news with its facts; `dump` is the program's over the texts, one a line (README.md)."""
    texts, rows = read_texts(root / "ner/news"), read_rows(root / "facts/train")
    result, searched = [], Counter()
    for line in corpora.read_lines(dump):
        row = json.loads(line)
        number = int(row["document"])
        identifier, text, mentions = texts[number]
        analysed = Analysed(row, text, searched[number])
        searched[number] = analysed.end
        here = []
        for item in rows.get(identifier, []):
            at = [occurrence(surface.split(" => ")[0], text) for surface in (item[0], object_parts(item[2])[1])]
            if all(a and analysed.begin <= a[0] < analysed.end for a in at):
                here.append(item)
        result.append(align(identifier, text, analysed, here, corpora.news_spans(text, mentions), relation_names))
    return result


def relation_inventory(sentences, ontology):
    """Labels of the relation head: `_other`, then what is frequent enough, most frequent first."""
    counts = Counter(f.relation for s in sentences for f in s.facts)
    return [OTHER_RELATION] + [k for k, v in sorted(counts.items(), key=lambda x: (-x[1], x[0]))
                               if v >= LEAST_RELATION[0 if k in ontology else 1]]


def read_ontology(path):
    """(names of the ontology's relations, those that are symmetric)"""
    relations = json.loads(Path(path).read_text(encoding="utf-8"))["relations"]
    return {r["name"] for r in relations}, {r["name"] for r in relations if r.get("symmetric")}


# --- batches -------------------------------------------------------------------------------------------------------

def distance_bucket(a, b):
    """Row of facts.distance for marked stretches a (subject) and b (object)."""
    gap = b[0] - a[1] if a[0] < b[0] else a[0] - b[1]
    row = gap if gap <= 2 else 3 if gap <= 4 else 4 if gap <= 8 else 5 if gap <= 16 else 6
    return row + (7 if b[0] < a[0] else 0)


def marks_of(mentions, words):
    """Row of facts.marks for every word, 0 for unmarked ones."""
    marks = [0] * words
    for m in sorted(reversed(mentions), key=lambda m: -KIND_ORDER[m.label.split(":")[0]]):
        c = MENTION_CLASSES.index(m.label)
        first, last = m.marked
        for i in range(first, last):
            marks[i] = 1 + 2 * c if i == first else 2 + 2 * c
    return marks


def chosen_mentions(s, rng, given_share=0.2, added=0.5):
    """Numbers of the mentions a training step works with: given ones only, or the program's and some that it misses."""
    if rng.random() < given_share:
        return sorted(s.given)
    arguments = {i for f in s.facts for i in (f.subject, f.object)}
    return [i for i, m in enumerate(s.mentions) if m.predicted or (i in arguments and rng.random() < added)]


def collate(items, chosen, relations):
    """Tensors of the mentions and ordered pairs of a batch, beside data.collate's of the same sentences."""
    index = {r: i for i, r in enumerate(relations)}
    width = max(s.encoded.words for s in items)
    marks = np.zeros((len(items), width + 1), np.int64)
    stretches, pairs, fact_at = [], [], []
    fact, known, relation, flags, trigger = [], [], [], [], []
    for k, (s, numbers) in enumerate(zip(items, chosen)):
        mentions = [s.mentions[i] for i in numbers]
        marks[k, 1:s.encoded.words + 1] = marks_of(mentions, s.encoded.words)
        gold = {}
        for f in s.facts:
            gold.setdefault((f.subject, f.object), []).append(f)
        base = len(stretches)
        stretches.extend((k, *m.marked) for m in mentions)
        for x, a in enumerate(numbers):
            for y, b in enumerate(numbers):
                if x == y or overlap(mentions[x].marked, mentions[y].marked):
                    continue
                pairs.append((k, base + x, base + y, distance_bucket(mentions[x].marked, mentions[y].marked)))
                found = gold.get((a, b))
                fact.append(1.0 if found else 0.0)
                known.append(found is not None or (a, b) not in s.masked)
                if not found:
                    continue
                fact_at.append(len(pairs) - 1)
                target = np.zeros(len(relations), np.float32)
                for f in found:
                    target[index.get(f.relation, 0)] += 1.0 / len(found)
                relation.append(target)
                flags.append([float(np.mean([name in f.flags for f in found])) for name in FLAGS])
                words = np.zeros(width, np.float32)
                for f in found:
                    words[list(f.trigger)] = 1.0
                trigger.append(words)
    return {
        "marks": torch.from_numpy(marks), "stretches": torch.tensor(stretches, dtype=torch.long).view(-1, 3),
        "pairs": torch.tensor(pairs, dtype=torch.long).view(-1, 4), "fact": torch.tensor(fact), "known": torch.tensor(known),
        "fact_at": torch.tensor(fact_at, dtype=torch.long),
        "relation": torch.from_numpy(np.stack(relation)) if relation else torch.zeros(0, len(relations)),
        "flags": torch.tensor(flags).view(-1, len(FLAGS)),
        "trigger": torch.from_numpy(np.stack(trigger)) if trigger else torch.zeros(0, width),
    }


def loss(network, words, batch, real, part):
    """Losses of the fact heads, per fact of the batch; `part` weighs relation, flags and trigger."""
    heads = network.facts
    rows = network.fact_rows(words, batch["marks"], real)
    hidden, trigger_rows = heads.pair_hidden(rows, batch["stretches"], batch["pairs"], network.row_dropout())
    facts = max(1, len(batch["fact_at"]))
    logits = heads.fact_logits(hidden)
    each = F.binary_cross_entropy_with_logits(logits, batch["fact"], reduction="none")
    total = (each * batch["known"]).sum() / facts
    if len(batch["fact_at"]) == 0:
        return total
    flags, relation, query = heads.details(hidden[batch["fact_at"]])
    total = total - part["relation"] * (batch["relation"] * relation.log_softmax(-1)).sum() / facts
    total = total + part["flags"] * F.binary_cross_entropy_with_logits(flags, batch["flags"], reduction="sum") / facts
    sentence = batch["pairs"][batch["fact_at"], 0]
    trigger = heads.trigger_logits(query, trigger_rows, sentence)
    each = F.binary_cross_entropy_with_logits(trigger, batch["trigger"], reduction="none")
    return total + part["trigger"] * (each * real[sentence, 1:]).sum() / facts


# --- facts of a few relations only ---------------------------------------------------------------------------------

# KnowledgeNet's properties as relations, subject and object as ours (`swap`: theirs the other way round).
OFFICES = ("ceo_of", "chairman_of", "cfo_of", "cto_of", "coo_of", "president_of", "vice_president_of", "director_of", "manager_of",
           "editor_of", "leads", "board_member_of", "spokesperson_of", "founder_of", "member_of", "works_for", "advises",
           "professor_at", "plays_for", "coach_of", "joins", "leaves", "lawyer_of", "judge_at")
KNOWLEDGENET = {
    "DATE_OF_BIRTH": (("born_on",), False), "DATE_OF_DEATH": (("died_on",), False), "PLACE_OF_BIRTH": (("born_in",), False),
    "PLACE_OF_RESIDENCE": (("lives_in",), False), "NATIONALITY": (("nationality",), False),
    "EMPLOYEE_OR_MEMBER_OF": (OFFICES, False), "EDUCATED_AT": (("educated_at",), False),
    "POLITICAL_AFFILIATION": (("member_of",), False), "CHILD_OF": (("parent_of",), True), "SPOUSE": (("spouse_of",), False),
    "DATE_FOUNDED": (("founded_in",), False), "HEADQUARTERS": (("headquartered_in", "based_in"), False),
    "SUBSIDIARY_OF": (("subsidiary_of",), False), "FOUNDED_BY": (("founder_of",), True), "CEO": (("ceo_of",), True),
}


@dataclass
class Partial:
    """A text whose facts of some relations are annotated: those facts, each with the relations it may have, and the
    relations of which there is no other fact."""
    sentence: corpora.Sentence
    mentions: list
    facts: dict  # (subject, object) -> relation names
    annotated: tuple
    encoded: object = None


KNOWLEDGENET_FILE = "relations/knowledgenet-folds1-3.jsonl"


def line_of(passage):
    """The passage's text on one line, position by position."""
    return re.sub(r"[\r\n]", " ", passage["passageText"])


def knowledgenet_passages(path, folds=(1, 2)):
    for line in corpora.read_lines(path):
        document = json.loads(line)
        if document["fold"] in folds:
            yield from document["passages"]


def read_knowledgenet(path, dump):
    """Folds 1 and 2; the third measures. `dump` is the program's over the passages, one a line."""
    passages = list(knowledgenet_passages(path))
    result, searched = [], Counter()
    for line in corpora.read_lines(dump):
        row = json.loads(line)
        number = int(row["document"])
        passage = passages[number]
        text = line_of(passage)
        analysed = Analysed(row, text, searched[number])
        searched[number] = analysed.end
        aligner, found = Aligner(analysed, []), {}
        for fact in passage["facts"]:
            names = {p["propertyId"]: p["propertyName"] for p in passage["exhaustivelyAnnotatedProperties"]}
            relations, swap = KNOWLEDGENET[names[fact["propertyId"]]]
            ends = [(fact[f"{side}Start"] - passage["passageStart"], fact[f"{side}End"] - passage["passageStart"])
                    for side in ("subject", "object")]
            if not all(analysed.begin <= b and e <= analysed.end for b, e in ends):
                continue
            words = [analysed.words_of(*x) for x in ends]
            if None in words:
                continue
            a = aligner.argument(words[0])
            b = aligner.value(words[1], "DATE") if relations[0].endswith(("_on", "founded_in")) else aligner.argument(words[1])
            if a != b and not overlap(aligner.mentions[a].marked, aligner.mentions[b].marked):
                found[(b, a) if swap else (a, b)] = relations
        annotated = {r for p in passage["exhaustivelyAnnotatedProperties"] for r in KNOWLEDGENET[p["propertyName"]][0]}
        sentence = corpora.Sentence(analysed.words, "knowledgenet", passage["passageId"], ner=[None] * len(analysed.words))
        result.append(Partial(sentence, aligner.mentions, found, tuple(sorted(annotated))))
    return result


def collate_partial(items, relations):
    """Tensors of mentions and pairs as of `collate`; `allowed` are the relations of a fact, `excluded` those that another
    pair cannot have (none where its object takes part in a fact: it may be the same thing under another name)."""
    index = {r: i for i, r in enumerate(relations)}
    chosen = [range(len(s.mentions)) for s in items]
    plain = [FactSentence(s.sentence, s.mentions, set(), encoded=s.encoded) for s in items]
    batch = collate(plain, chosen, relations)
    offsets = np.cumsum([0] + [len(c) for c in chosen])
    n = len(batch["pairs"])
    allowed, excluded = np.zeros((n, len(relations)), bool), np.zeros((n, len(relations)), bool)
    for i, (k, a, b, _) in enumerate(batch["pairs"].tolist()):
        s, pair = items[k], (a - offsets[k], b - offsets[k])
        if pair in s.facts:
            allowed[i, [index[r] for r in s.facts[pair] if r in index]] = True
        elif not any(pair[1] == x[1] for x in s.facts):
            excluded[i, [index[r] for r in s.annotated if r in index]] = True
    batch["allowed"], batch["excluded"] = torch.from_numpy(allowed), torch.from_numpy(excluded)
    return batch


def partial_loss(network, words, batch, real):
    """-log of the probability that annotated pairs are facts of an allowed relation and the others none of an excluded one."""
    rows = network.fact_rows(words, batch["marks"], real)
    hidden, _ = network.facts.pair_hidden(rows, batch["stretches"], batch["pairs"], network.row_dropout())
    fact = F.logsigmoid(network.facts.fact_logits(hidden))
    relation = network.facts.details(hidden)[1].log_softmax(-1)
    positive, negative = batch["allowed"].any(1), batch["excluded"].any(1)
    total = words.new_zeros((), dtype=torch.float32)
    if positive.any():
        kept = relation[positive].masked_fill(~batch["allowed"][positive], -1e9).logsumexp(-1)
        total = total - (fact[positive] + kept).sum()
    if negative.any():
        wrong = fact[negative] + relation[negative].masked_fill(~batch["excluded"][negative], -1e9).logsumexp(-1)
        total = total - torch.log1p(-wrong.exp().clamp(max=0.9999)).sum()
    return total / max(1, int(positive.sum()))


# --- scoring -------------------------------------------------------------------------------------------------------

@dataclass
class Found:
    """What the heads say of one ordered pair."""
    subject: int
    object: int
    probability: float
    relation: str
    trigger: tuple
    flags: tuple


@torch.no_grad()
def predict(network, items, given, least=0.1, limit=4096):
    """For every sentence the pairs with at least that probability, surest first; mentions given or the program's."""
    network.eval()
    relations, results = network.config["fact_relations"], {}
    order = {id(s.encoded): s for s in items}
    for group in data.bucketed([s.encoded for s in items], limit):
        sentences = [order[id(e)] for e in group]
        chosen = [sorted(s.given) if given else [i for i, m in enumerate(s.mentions) if m.predicted] for s in sentences]
        base = data.collate(group)
        batch = collate(sentences, chosen, relations)
        real = base["average"].sum(-1) > 0
        rows = network.fact_rows(network.encode(base), batch["marks"], real)
        for s in sentences:
            results[id(s)] = []
        if len(batch["pairs"]) == 0:
            continue
        hidden, trigger_rows = network.facts.pair_hidden(rows, batch["stretches"], batch["pairs"], lambda x: x)
        probability = network.facts.fact_logits(hidden).sigmoid()
        at = (probability >= least).nonzero()[:, 0]
        if len(at) == 0:
            continue
        flags, relation, query = network.facts.details(hidden[at])
        sentence = batch["pairs"][at, 0]
        trigger = network.facts.trigger_logits(query, trigger_rows, sentence)
        offsets = np.cumsum([0] + [len(c) for c in chosen])
        for j, i in enumerate(at.tolist()):
            k, a, b, _ = batch["pairs"][i].tolist()
            s = sentences[k]
            words = np.flatnonzero(trigger[j, :s.encoded.words].numpy() > 0).tolist()
            results[id(s)].append(Found(
                chosen[k][a - offsets[k]], chosen[k][b - offsets[k]], float(probability[i]), relations[int(relation[j].argmax())],
                tuple(words), tuple(f for f, x in zip(FLAGS, flags[j].tolist()) if x > 0)))
    return [sorted(results[id(s)], key=lambda f: -f.probability) for s in items]


def one_direction(found, symmetric, s):
    """Of the two orders of a pair the surer one; symmetric relations in text order."""
    best = {}
    for f in found:
        best.setdefault(frozenset(s.counted(f)), f)
    result = []
    for f in best.values():
        if f.relation in symmetric and s.mentions[f.subject].first > s.mentions[f.object].first:
            f = Found(f.object, f.subject, f.probability, f.relation, f.trigger, f.flags)
        result.append(f)
    return result


def named_right(f, golds, known):
    """Whether the relation is named right, and whether the trigger is: a label names it, or where that is `_other` the words."""
    said = set(f.trigger)
    words_right = [not said and not g.trigger or len(said & set(g.trigger)) * 2 >= len(g.trigger) > 0 for g in golds]
    if f.relation == OTHER_RELATION:
        named = any(right and (g.trigger or g.relation not in known) for g, right in zip(golds, words_right))
    else:
        named = any(g.relation == f.relation for g in golds)
    return named, any(words_right)


def score(network, items, given, symmetric, threshold=None):
    """Directed pairs against the annotation, at the best threshold where none is told."""
    predictions = [one_direction(p, symmetric, s) for s, p in zip(items, predict(network, items, given))]
    known = set(network.config["fact_relations"])
    golds = []
    for s in items:
        table = {}
        for f in s.facts:
            table.setdefault(s.counted(f), []).append(f)
        golds.append(table)
    total = sum(len(t) for t in golds)
    # What the annotation leaves open counts neither way.
    predictions = [[f for f in p if s.counted(f) in t or (f.subject, f.object) not in s.masked]
                   for s, t, p in zip(items, golds, predictions)]
    ranked = sorted(((f.probability, s.counted(f) in t) for s, t, p in zip(items, golds, predictions) for f in p), reverse=True)
    if threshold is None:
        right, best = 0, (0.0, 0.5)
        for n, (p, hit) in enumerate(ranked, 1):
            right += hit
            best = max(best, (2.0 * right / (total + n), p))
        threshold = best[1]
    right = found = named = worded = flagged = flag_right = 0
    for s, t, p in zip(items, golds, predictions):
        for f in p:
            if f.probability < threshold:
                continue
            found += 1
            if s.counted(f) not in t:
                continue
            right += 1
            here = t[s.counted(f)]
            both, words = named_right(f, here, known)
            named, worded = named + both, worded + words
            flag_right += any(set(f.flags) == set(g.flags) for g in here)
    per = 100.0 / max(1, right)
    return {"precision": 100.0 * right / max(1, found), "recall": 100.0 * right / max(1, total),
            "f1": 200.0 * right / max(1, found + total), "threshold": threshold, "relation": named * per, "trigger": worded * per,
            "flags": flag_right * per}


def score_both(network, items, symmetric):
    return {"given": score(network, items, True, symmetric), "predicted": score(network, items, False, symmetric)}
