# SPDX-License-Identifier: Apache-2.0
"""Sentences as numbers: label inventories, encoded sentences, augmentation and batches."""
from collections import Counter

import numpy as np
import torch

from . import corpora, text

IGNORE = -100
MAX_TRAINING_PIECES = 200


def inventory(sentences, least):
    """Label lists of the heads, most frequent first (ties in alphabetical order)."""

    def frequent(labels, at_least):
        counts = Counter(labels)
        return [k for k, v in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if v >= at_least]

    trees = [s for s in sentences if s.heads]
    return {
        "upos": frequent((x for s in trees for x in s.upos), 1),
        "xpos": frequent((x for s in trees for x in s.xpos), 1),
        "feats": frequent((x for s in trees for x in s.feats), least["feats"]),
        "lemma": frequent((text.lemma_script(f, l) for s in trees for f, l in zip(s.words, s.lemmas)), least["lemma"]),
        "ner": corpora.NER_TAGS,
        "predicate": ["no", "yes"],
        "deprel": frequent((x for s in trees for x in s.deprels), 1),
        "roles": ["_"] + frequent((r for s in trees for _, a in s.roles or [] for r in a.values()), least["roles"]),
        "casing": text.CASING_CLASSES,
    }


class Encoder:
    """Turns `Sentence` values into `Encoded` ones under one label inventory."""

    def __init__(self, config, pieces):
        self.config, self.pieces = config, pieces
        self.index = {k: {x: i for i, x in enumerate(config[k])}
                      for k in ("upos", "xpos", "feats", "lemma", "ner", "deprel", "roles")}
        self.sets, self.set_index = [], {}

    def allowed(self, tags):
        """Row of the table of allowed tag sets; None allows everything."""
        key = frozenset(corpora.NER_TAGS) if tags is None else tags
        if key not in self.set_index:
            self.set_index[key] = len(self.sets)
            self.sets.append([tag in key for tag in corpora.NER_TAGS])
        return self.set_index[key]

    def allowed_table(self):
        return torch.tensor(self.sets, dtype=torch.bool)

    def __call__(self, s):
        return Encoded(s, self)


class Encoded:
    __slots__ = ("sentence", "ids", "counts", "casing", "words", "pieces", "upos", "xpos", "feats", "lemma", "heads",
                 "deprel", "ner", "predicate", "roles", "tree", "drop_stop")

    def __init__(self, s, encoder):
        p, index = encoder.pieces, encoder.index
        per_word = [p.word(w) for w in s.words]
        self.sentence = s
        self.words = len(s.words)
        self.counts = [len(x) for x in per_word]
        self.ids = [p.cls] + [i for x in per_word for i in x] + [p.sep]
        self.pieces = len(self.ids)
        self.casing = [text.casing_class(w, i == 0) for i, w in enumerate(s.words)]
        self.tree = bool(s.heads)
        self.upos = self.xpos = self.feats = self.lemma = self.heads = self.deprel = None
        if self.tree:
            self.upos = [index["upos"].get(x, IGNORE) for x in s.upos]
            self.xpos = [index["xpos"].get(x, IGNORE) for x in s.xpos]
            self.feats = [index["feats"].get(x, IGNORE) for x in s.feats]
            self.lemma = [index["lemma"].get(text.lemma_script(f, l), IGNORE) for f, l in zip(s.words, s.lemmas)]
            self.heads = s.heads
            self.deprel = [index["deprel"].get(x, IGNORE) for x in s.deprels]
        self.ner = [encoder.allowed(t) for t in s.ner] if s.ner else None
        self.predicate, self.roles = None, None
        if s.roles is not None:
            self.predicate = [0] * self.words
            self.roles = []
            for at, arguments in s.roles:
                self.predicate[at] = 1
                row = [0] * self.words
                for argument, role in arguments.items():
                    row[argument] = index["roles"].get(role, 0)
                self.roles.append((at, row))
        # A final stop that may be dropped: headlines and captions have none.
        last = self.words - 1
        self.drop_stop = (self.words > 2 and s.words[-1] == "." and self.counts[-1] == 1
                          and not (self.tree and self.words in s.heads)
                          and not any(row[last] for _, row in self.roles or []))


def augmented_casing(e, rng, probability):
    """Casing classes of the sentence, now and then as if it were written in capitals, title case or lower case."""
    if rng.random() >= probability:
        return e.casing
    how = rng.integers(3)
    result = []
    for i, (c, w) in enumerate(zip(e.casing, e.sentence.words)):
        if c in (7, 8, 9):
            result.append(c)
            continue
        word = w.upper() if how == 0 else w.lower() if how == 2 else (
            w if len(w) <= 3 and w.lower() == w and i else w[:1].upper() + w[1:])
        result.append(text.casing_class(word, i == 0))
    return result


def collate(items, rng=None, recase=0.0, drop_stop=0.0):
    """One batch of tensors; `rng` switches augmentation on."""
    b = len(items)
    cut = [1 if rng is not None and e.drop_stop and rng.random() < drop_stop else 0 for e in items]
    n = [e.words - c for e, c in zip(items, cut)]
    p = [e.pieces - c for e, c in zip(items, cut)]
    width, length = max(n), max(p)
    pieces = np.zeros((b, length), np.int64)
    casing = np.zeros((b, length), np.int64)
    mask = np.zeros((b, length), bool)
    average = np.zeros((b, width + 1, length), np.float32)
    label = {k: np.full((b, width), IGNORE, np.int64) for k in ("upos", "xpos", "feats", "lemma", "deprel", "predicate")}
    heads = np.full((b, width), IGNORE, np.int64)
    ner = np.full((b, width), -1, np.int64)
    role_at, role_rows = [], []
    for k, e in enumerate(items):
        w = n[k]
        mask[k, :p[k]] = True
        pieces[k, :p[k]] = e.ids[:p[k]]
        pieces[k, p[k] - 1] = e.ids[-1]
        cases = e.casing if rng is None else augmented_casing(e, rng, recase)
        counts = np.asarray(e.counts[:w])
        rows = np.repeat(np.arange(w), counts)
        columns = np.arange(1, p[k] - 1)
        casing[k, columns] = np.asarray(cases[:w])[rows]
        average[k, rows + 1, columns] = (1.0 / counts)[rows]
        average[k, 0, 0] = 1.0
        if e.tree:
            for name in ("upos", "xpos", "feats", "lemma", "deprel"):
                label[name][k, :w] = getattr(e, name)[:w]
            heads[k, :w] = e.heads[:w]
        if e.ner is not None:
            ner[k, :w] = e.ner[:w]
        if e.roles is not None:
            label["predicate"][k, :w] = e.predicate[:w]
            for at, row in e.roles:
                role_at.append((k, at))
                filled = np.full(width, IGNORE, np.int64)
                filled[:w] = row[:w]
                role_rows.append(filled)
    batch = {"pieces": torch.from_numpy(pieces), "casing": torch.from_numpy(casing), "piece_mask": torch.from_numpy(mask),
             "average": torch.from_numpy(average), "heads": torch.from_numpy(heads), "ner": torch.from_numpy(ner),
             "tree": items[0].tree, "lengths": n}
    batch.update({k: torch.from_numpy(v) for k, v in label.items()})
    if role_at:
        batch["role_at"] = torch.tensor(role_at)
        batch["roles"] = torch.from_numpy(np.stack(role_rows))
    return batch


def bucketed(items, limit, rng=None):
    """Lists of sentences of like length, at most `limit` padded pieces each (one sentence may be longer)."""
    key = [e.pieces + (rng.random() * 3 if rng is not None else 0) for e in items]
    order = sorted(range(len(items)), key=lambda i: key[i])
    batches, current, longest = [], [], 0
    for i in order:
        e = items[i]
        widest = max(longest, e.pieces)
        if current and widest * (len(current) + 1) > limit:
            batches.append(current)
            current, widest = [], e.pieces
        current.append(e)
        longest = widest
    if current:
        batches.append(current)
    return batches


class Stream:
    """An endless, shuffled, weighted supply of sentences: weight 1.5 is one full copy and half of another a round."""

    def __init__(self, pools, rng):
        self.pools, self.rng, self.waiting = pools, rng, []

    def take(self, pieces):
        """Sentences of `pieces` wordpieces in all."""
        result, total = [], 0
        while total < pieces:
            if not self.waiting:
                for items, weight in self.pools:
                    whole, rest = int(weight), weight - int(weight)
                    self.waiting.extend(items * whole)
                    self.waiting.extend(e for e in items if self.rng.random() < rest)
                self.rng.shuffle(self.waiting)
            e = self.waiting.pop()
            result.append(e)
            total += e.pieces
        return result
