# SPDX-License-Identifier: Apache-2.0
"""The coreference head: questions as the program asks them, answers of the corpora, the network, its tensors.

`relata analyse --candidates` prints, for each document, the anaphors with their possible antecedents, the features of
each pair, and what the fact layer says of each mention. The head is trained on that with the encoder frozen, so it sees
in training exactly what it reads in the program.
"""
import csv
import json
import re
from collections import Counter, defaultdict

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


COLUMNS, HIDDEN = 384, 128
LARGEST = 63  # of 7-bit weights


class Head(nn.Module):
    """score(i, j) = w relu(A_i + N_j + features) + (P W_i) W_j + b; no antecedent scores 0."""

    def __init__(self, features, dropout=0.2):
        super().__init__()
        self.words = nn.Linear(COLUMNS, 3 * HIDDEN)
        self.features = nn.EmbeddingBag(features, HIDDEN, mode="sum")
        self.output = nn.Linear(HIDDEN, 1)
        self.product = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.features.weight, std=0.02)
        nn.init.normal_(self.output.weight, std=0.1)
        nn.init.normal_(self.product.weight, std=0.02)

    def forward(self, rows, anaphors, candidates, features):
        a, n, w = self.words(self.drop(rows)).split(HIDDEN, -1)
        hidden = self.drop(F.relu(a[anaphors] + n[candidates] + self.features(features)))
        return self.output(hidden)[:, 0] + (self.product(w)[anaphors] * w[candidates]).sum(-1)


def identity(tensors):
    """The tensors of a model with a head that hands the rows of the fact layer through."""
    tensors = {name: tensor for name, tensor in tensors.items() if not name.startswith("coref.")}
    tensors["coref.words.weight"] = (torch.eye(COLUMNS) * LARGEST).to(torch.int8)
    tensors["coref.words.scale"] = torch.full((COLUMNS,), 1 / LARGEST)
    tensors["coref.words.bias"] = torch.zeros(COLUMNS)
    return tensors


def tensors_of(head):
    """Name -> tensor, as model/FORMAT.md has them."""
    weight = head.words.weight.detach()
    scale = (weight.abs().amax(1) / LARGEST).clamp(min=1e-8)
    return {
        "coref.words.weight": (weight / scale[:, None]).round().clamp(-LARGEST, LARGEST).to(torch.int8),
        "coref.words.scale": scale, "coref.words.bias": head.words.bias.detach(),
        "coref.features.weight": head.features.weight.detach(),
        "coref.output.weight": head.output.weight.detach(), "coref.output.bias": head.output.bias.detach(),
        "coref.product.weight": head.product.weight.detach(),
    }


# --- questions ----------------------------------------------------------------------------------------------------

class Document:
    """One line of `analyse --candidates`."""

    def __init__(self, line):
        stored = json.loads(line)
        self.id = stored["document"].split("#", 1)[-1]
        self.features = stored["features"]
        self.sentences, self.mentions, self.names = stored["sentences"], stored["mentions"], stored["names"]
        self.chain = np.array([m[6] for m in self.mentions], np.int64)  # of names, -1 for all others
        self.rows = np.zeros((len(self.mentions), COLUMNS), np.float32)
        for i, row in enumerate(stored["rows"]):
            largest, digits = row.split(":")
            self.rows[i] = np.frombuffer(bytes.fromhex(digits), np.uint8).astype(np.float32) - 128
            self.rows[i] *= float(largest) / 127
        self.anaphors = [(a[0], np.array([c[0] for c in a[1:]]), np.array([c[1:] for c in a[1:]]))
                         for a in stored["anaphors"] if len(a) > 1]
        self.answers = []

    def heads_in(self, begin, end):
        """Mentions whose head lies in these bytes of the document."""
        found = []
        for i, mention in enumerate(self.mentions):
            sentence = self.sentences[mention[0]]
            token = sentence["tokens"][mention[3]]
            if sentence["begin"] + token[1] >= begin and sentence["begin"] + token[2] <= end:
                found.append(i)
        return found

    def answer(self, anaphor, candidates, features, right, known, none):
        """right: candidates that are right; known: those of which we know; none: no antecedent is right too."""
        self.answers.append((anaphor, candidates, features, right, known, none))


def read_questions(path):
    with open(path, encoding="utf-8") as lines:
        return [Document(line) for line in lines]


# --- answers ------------------------------------------------------------------------------------------------------

def read_chains(text):
    """(first, last, chain) of a CoNLL coreference column; tokens are counted over the document."""
    spans, open_at, token = [], defaultdict(list), 0
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        for opens, chain, closes in re.findall(r"(\(?)([^()_|\s]+)(\)?)", line.split("\t")[-1]):
            if opens:
                open_at[chain].append(token)
            if closes:
                spans.append((open_at[chain].pop(), token + 1, chain))
        token += 1
    sizes = Counter(chain for _, _, chain in spans)
    return [span for span in spans if sizes[span[2]] > 1]


def answer_chains(document, spans):
    """All chains are known: a mention is right when it is in the anaphor's chain."""
    starts = np.cumsum([0] + [len(s["tokens"]) for s in document.sentences])
    at = {}
    for i, (sentence, first, last, head, kind, *_) in enumerate(document.mentions):
        for token in range(first, last) if kind == "name" else ():
            at.setdefault((sentence, token), i)
    at.update({(m[0], m[3]): i for i, m in enumerate(document.mentions)})
    chain, numbers = np.full(len(document.mentions), -1), {}
    for first, last, name in sorted(spans, key=lambda span: span[0] - span[1]):
        sentence = int(np.searchsorted(starts, first, "right")) - 1
        tokens = document.sentences[sentence]["tokens"]
        first, last = first - starts[sentence], min(last - starts[sentence], len(tokens))
        head = next((t for t in range(first, last) if not first <= tokens[t][6] < last and tokens[t][4] != "PUNCT"), first)
        if (sentence, head) in at:
            chain[at[sentence, head]] = numbers.setdefault(name, len(numbers))
    for anaphor, candidates, features in document.anaphors:
        right = (chain[candidates] == chain[anaphor]) & (chain[anaphor] >= 0)
        document.answer(anaphor, candidates, features, right, np.ones(len(candidates), bool), not right.any())


def answer_gap(documents, path):
    """Only A and B are known; with neither all the rest is right."""
    by_id = {d.id: d for d in documents}
    with open(path, encoding="utf-8") as lines:
        for record in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            document, text = by_id[record["ID"]], record["Text"]

            def mentions(form, offset):
                begin = len(text[:int(offset)].encode())
                return document.heads_in(begin, begin + len(form.encode()))
            pronouns = [i for i in mentions(record["Pronoun"], record["Pronoun-offset"])
                        if document.mentions[i][4] == "pronoun"]
            sides = []
            for side in "AB":
                own = mentions(record[side], record[side + "-offset"])
                chains = {document.chain[i] for i in own} - {-1}
                sides.append((set(own) | {i for i, c in enumerate(document.chain) if c in chains},
                              record[side + "-coref"] == "TRUE"))
            for anaphor, candidates, features in document.anaphors:
                if anaphor not in pronouns:
                    continue
                inside = [np.array([c in own for c in candidates]) for own, _ in sides]
                right = np.logical_or(*[is_in & truth for is_in, (_, truth) in zip(inside, sides)])
                if not any(truth for _, truth in sides):
                    document.answer(anaphor, candidates, features, ~(inside[0] | inside[1]),
                                    np.ones(len(candidates), bool), True)
                elif right.any():
                    names = document.chain[candidates] >= 0
                    document.answer(anaphor, candidates, features, right, names | inside[0] | inside[1], False)


def same_name(a, b):
    """One is the other or a part of it at either end."""
    a, b = sorted((re.sub(r"('s|’s)$", "", x.lower().strip()).removeprefix("the ").split() for x in (a, b)), key=len)
    return bool(a) and (b[:len(a)] == a or b[-len(a):] == a or (len(a) > 1 and (a[0], a[-1]) == (b[0], b[-1])))


def answer_facts(document, labels):
    """labels: mention -> the name that it means, or "?" when the text has none. Unlabelled nominals are unknown."""
    names = {a: {k for k, name in enumerate(document.names) if name_of != "?" and same_name(name, name_of)}
             for a, name_of in labels.items()}
    for anaphor, candidates, features in document.anaphors:
        if anaphor not in labels:
            continue
        right, wrong = np.zeros(len(candidates), bool), np.zeros(len(candidates), bool)
        for i, c in enumerate(candidates):
            if document.chain[c] >= 0:
                right[i] = document.chain[c] in names[anaphor]
                wrong[i] = not right[i]
            elif labels.get(c, "?") != "?":
                right[i] = labels[anaphor] != "?" and same_name(labels[c], labels[anaphor])
                wrong[i] = not right[i]
        if labels[anaphor] == "?":
            document.answer(anaphor, candidates, features, right, wrong, True)
        elif right.any():
            document.answer(anaphor, candidates, features, right, right | wrong, False)


def fact_labels(documents, sentences, offsets, facts):
    """Mention -> meant name of each document. sentences: id -> text; offsets: id -> byte in its document; facts: lines."""
    by_id, labels = {d.id: d for d in documents}, defaultdict(dict)
    for line in facts:
        columns = line.rstrip("\n").split("\t")
        document = by_id.get(columns[0].split(":")[0])
        if document is None or columns[0] not in offsets:
            continue
        for cell in (columns[1], columns[3]):
            surface, arrow, meant = (part.strip() for part in cell.partition("=>"))
            if not arrow or re.match(r"[A-Z]+:", surface):
                continue
            which = re.fullmatch(r"(.*)#(\d+)", surface)
            surface, which = (which[1], int(which[2])) if which else (surface, 1)
            text = sentences[columns[0]]
            places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text)]
            if len(places) < which:
                continue
            begin = offsets[columns[0]] + len(text[:places[which - 1]].encode())
            found = [i for i in document.heads_in(begin, begin + len(surface.encode()))
                     if document.mentions[i][4] != "name"]
            if found:
                labels[document.id][max(found, key=lambda i: document.mentions[i][3])] = meant
    return labels


# --- training -----------------------------------------------------------------------------------------------------

class Batch:
    """The answers of some documents, their pairs one behind the other."""

    def __init__(self, documents, weights):
        parts = defaultdict(list)
        rows = answers = 0
        for document, weight in zip(documents, weights):
            for anaphor, candidates, features, right, known, none in document.answers:
                parts["anaphors"].append(np.full(len(candidates), rows + anaphor))
                parts["candidates"].append(rows + candidates)
                parts["features"].append(features)
                parts["answer"].append(np.full(len(candidates), answers))
                parts["right"].append(right & known)
                parts["known"].append(known)
                parts["none"].append([none])
                parts["weight"].append([weight])
                answers += 1
            parts["rows"].append(document.rows)
            rows += len(document.rows)
        self.answers = answers
        for name, values in parts.items():
            setattr(self, name, torch.from_numpy(np.concatenate(values)))
        self.weight = self.weight.float()


def log_sum(scores, answer, count, mask, none):
    """log of the sum of exp(score) over the masked pairs of each answer, and of 1 where `none`."""
    scores = scores.masked_fill(~mask, -1e9)
    top = torch.full((count,), -1e9).scatter_reduce(0, answer, scores, "amax").detach()
    top = torch.where(none, top.clamp(min=0), top)
    sums = torch.zeros(count).index_add(0, answer, torch.exp(scores - top[answer]) * mask)
    return top + torch.log(sums + torch.where(none, torch.exp(-top), torch.zeros(count)) + 1e-12)


def loss(head, batch):
    """Sum over the answers of -log P(a right antecedent among those known)."""
    scores = head(batch.rows, batch.anaphors, batch.candidates, batch.features)
    every = torch.ones(batch.answers, dtype=torch.bool)
    all_known = log_sum(scores, batch.answer, batch.answers, batch.known, every)
    right = log_sum(scores, batch.answer, batch.answers, batch.right, batch.none)
    return ((all_known - right) * batch.weight).sum() / batch.weight.sum()


def train(documents, epochs, rate=1e-3, seed=1, log=print):
    """documents: (Document, weight). Gives the trained head."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    documents = [(d, w) for d, w in documents if d.answers]
    order.shuffle(documents)
    batches, group, size = [], [], 0
    for document, weight in documents:
        group.append((document, weight))
        size += len(document.answers)
        if size >= 150:
            batches.append(Batch(*zip(*group)))
            group, size = [], 0
    if group:
        batches.append(Batch(*zip(*group)))
    head = Head(documents[0][0].features)
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.01)
    steps, step = epochs * len(batches), 0
    for epoch in range(epochs):
        head.train()
        total = 0.0
        for i in order.permutation(len(batches)):
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, (step + 1) / 100) * max(0.02, 1 - step / steps)
            optimiser.zero_grad()
            value = loss(head, batches[i])
            value.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            total += float(value.detach())
            step += 1
        log(f"coreference epoch {epoch + 1}: loss {total / len(batches):.3f}")
    return head.eval()
