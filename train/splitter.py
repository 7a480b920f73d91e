# SPDX-License-Identifier: Apache-2.0
"""Trains the sentence boundary classifier: logistic regression over the tokens around each gap.

    python train/splitter.py --data ../shared/data --out model/splitter.tsv

Boundaries come from UD English-EWT and GUM (paragraph marks are given, so only gaps inside paragraphs are learned).
The table holds one feature and its weight a line; ingest/language/sentence_splitter.cpp computes the same features.
Prints the sentence F1 on the dev parts for gold tokens.
"""
import argparse
import collections
import pathlib

import numpy as np

TEMPLATES = 15
VOCABULARY = 600


def shape(token):
    """Runs of the same kind of character, at most six: Xx, XX, X., 0:0, x; punctuation is its first character."""
    if not any(c.isalnum() for c in token):
        return token[0] + ("+" if len(token) > 1 else "")
    out = []
    for c in token:
        if c.isalpha():
            kind = "X" if c.isupper() else "x"
        elif c.isdigit():
            kind = "0"
        else:
            kind = c
        if kind == "X" and out == ["X"]:
            out.append("X")  # a single capital is not the same as many
        elif not out or out[-1] != kind:
            out.append(kind)
        if len(out) == 6:
            break
    return "".join(out)


def bucket(n):
    for at, limit in enumerate((1, 2, 3, 5, 8, 12, 18, 25, 40)):
        if n <= limit:
            return str(at)
    return "9"


class Paragraph:
    def __init__(self):
        self.tokens, self.spaces, self.ends = [], [], []

    def finish(self, vocabulary):
        edge = "<>"
        self.shapes = [edge] * 2 + [shape(t) for t in self.tokens] + [edge] * 2
        self.words = [edge] * 2 + [t.lower() if t.lower() in vocabulary else "" for t in self.tokens] + [edge] * 2
        self.stops = sum(t[-1] in ".?!" for t in self.tokens[:-1])


def features(p, i, length, quotes, brackets):
    """Features of the gap behind token i; `length` tokens since the last boundary, token i included."""
    s, w, j = p.shapes, p.words, i + 2
    blank = "_" if p.spaces[i] else "^"
    kind = s[j] if not any(c in "Xx0" for c in s[j]) else "w"
    return ("a" + s[j], "b" + s[j + 1], "c" + s[j] + blank + s[j + 1], "d" + s[j - 1] + " " + s[j],
            "e" + s[j - 1] + " " + s[j] + blank + s[j + 1], "f" + w[j], "g" + w[j + 1], "h" + w[j] + " " + s[j + 1],
            "i" + s[j] + blank + w[j + 1], "j" + s[j] + " " + s[j + 1] + " " + s[j + 2],
            "k" + str(quotes % 2) + str(min(brackets, 1)) + kind, "l" + bucket(length) + kind,
            "m" + bucket(len(p.tokens) - 1 - i) + kind,
            "n" + bucket(p.stops) + kind, "o" + w[j] + " " + w[j + 1])


def walk(p, decide):
    """Calls decide(features, i) from left to right; it returns whether a sentence ends behind token i."""
    length = quotes = brackets = 0
    for i in range(len(p.tokens) - 1):
        token = p.tokens[i]
        length += 1
        quotes += token == '"'
        brackets = max(0, brackets + (token in "([{") - (token in ")]}"))
        if decide(features(p, i, length, quotes, brackets), i):
            length = quotes = brackets = 0


def read(path):
    paragraphs, skip, spaced = [], 0, True
    for line in path.open(encoding="utf-8"):
        if line.startswith("# newpar") or line.startswith("# newdoc") or not paragraphs:
            if not paragraphs or paragraphs[-1].tokens:
                paragraphs.append(Paragraph())
        if line.startswith("#"):
            continue
        if not line.strip():
            if paragraphs[-1].tokens:
                paragraphs[-1].ends.append(len(paragraphs[-1].tokens) - 1)
            skip = 0
            continue
        fields = line.rstrip("\n").split("\t")
        space = "SpaceAfter=No" not in fields[9]
        if "." in fields[0]:
            continue
        if "-" in fields[0]:
            skip, spaced = int(fields[0].split("-")[1]), space
            continue
        number = int(fields[0])
        paragraphs[-1].tokens.append(fields[1])
        paragraphs[-1].spaces.append(space if number > skip else number == skip and spaced)
    return paragraphs


def evaluate(paragraphs, ids, weights):
    right = gold = predicted = 0
    for p in paragraphs:
        ends = set()

        def decide(names, i):
            score = sum(weights[ids[n]] for n in names if n in ids)
            if score > 0:
                ends.add(i)
            return score > 0

        walk(p, decide)
        ends.add(len(p.tokens) - 1)
        mine = spans(sorted(ends))
        theirs = spans(p.ends)
        right += len(mine & theirs)
        gold += len(theirs)
        predicted += len(mine)
    return 200.0 * right / (gold + predicted)


def spans(ends):
    return set(zip([-1] + ends[:-1], ends))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    arguments = parser.parse_args()
    corpora = {}
    for name in ("ewt", "gum"):
        for part in ("train", "dev"):
            corpora[name, part] = read(arguments.data / "ud" / f"en_{name}-ud-{part}.conllu")
    training = corpora["ewt", "train"] + corpora["gum", "train"]
    counts = collections.Counter(t.lower() for p in training for t in p.tokens)
    vocabulary = {t for t, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:VOCABULARY]}
    for part in corpora.values():
        for p in part:
            p.finish(vocabulary)

    rows, labels = [], []
    for p in training:
        gold = set(p.ends)

        def decide(names, i):
            rows.append(names)
            labels.append(i in gold)
            return i in gold

        walk(p, decide)
    counts = collections.Counter(n for row in rows for n in row)
    ids = {n: i for i, n in enumerate(sorted(n for n, c in counts.items() if c >= 4))}
    unknown = len(ids)
    x = np.array([[ids.get(n, unknown) for n in row] for row in rows])
    y = np.array(labels, dtype=np.float64)
    weights, squares = np.zeros(unknown + 1), np.full(unknown + 1, 1e-2)
    order = np.random.default_rng(1)
    for epoch in range(arguments.epochs):
        shuffled = order.permutation(len(y))
        for at in range(0, len(y), 256):
            batch = shuffled[at:at + 256]
            error = 1.0 / (1.0 + np.exp(-weights[x[batch]].sum(1))) - y[batch]
            gradient = np.bincount(x[batch].ravel(), np.repeat(error, TEMPLATES), unknown + 1)
            touched = gradient != 0
            squares[touched] += gradient[touched] ** 2
            rate = 0.25 / np.sqrt(squares[touched])
            stepped = weights[touched] - rate * gradient[touched]
            # L1: what does not earn its keep goes to zero
            weights[touched] = np.sign(stepped) * np.maximum(0, np.abs(stepped) - rate * 0.02)
        weights[unknown] = 0
    kept = {n: round(float(weights[i]), 2) for n, i in ids.items() if abs(weights[i]) >= 0.05}
    final = np.zeros(unknown + 1)
    for n, weight in kept.items():
        final[ids[n]] = weight
    for name in ("ewt", "gum"):
        print(f"{name} dev sentences F1 (gold tokens): {evaluate(corpora[name, 'dev'], ids, final):.2f}")
    with arguments.out.open("w", encoding="utf-8", newline="\n") as out:
        out.write("# Sentence boundary classifier; made by train/splitter.py. w = known word; others = feature, weight.\n")
        for word in sorted(vocabulary):
            out.write(f"w\t{word}\n")
        for n in sorted(kept):
            out.write(f"{n}\t{kept[n]}\n")
    print(f"{len(vocabulary)} words, {len(kept)} features, {arguments.out}")


if __name__ == "__main__":
    main()
