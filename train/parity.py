#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what the exported model says to a few sentences, in f32: the C++ analyser is checked against it.

    python train/parity.py --model model --out parity.json
"""
import argparse
import json
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))
from relata_train import corpora, data, export, facts, scoring, text  # noqa: E402
from relata_train.network import Network  # noqa: E402

SENTENCES = [
    "Mei Tanaka left Halden Motor AG last March .",
    "The company , based in Oslo , agreed to buy Nørby & Søn Inc. for $ 1.4 billion , but has n't signed .",
    "HEADLINE : U.S. COURT REJECTS APPEAL",
    "he 's an iPhone-owner ; “ naïve ” 北京 x2 ﬁne antidisestablishmentarianismfloccinaucinihilipilification",
    "No .",
]
# (first word, last word + 1, head, class) of some mentions of the second sentence.
MENTIONS = {1: [(0, 2, 1, "nominal:ORG"), (5, 6, 5, "name:GPE"), (9, 13, 9, "name:ORG"), (14, 17, 14, "value:MONEY")]}


def rounded(tensor):
    return [[round(float(x), 5) for x in row] for row in tensor]


def describe_facts(network, encoded, batch, vectors, mentions):
    """Marks, rows of the fact layer, and what the heads say of every ordered pair (subject, object)."""
    s = facts.FactSentence(encoded.sentence, [facts.Mention(*m) for m in mentions], set(), encoded=encoded)
    part = facts.collate([s], [range(len(mentions))], network.config["fact_relations"])
    rows = network.fact_rows(vectors, part["marks"], torch.ones_like(part["marks"], dtype=torch.bool))
    hidden, triggers = network.facts.pair_hidden(rows, part["stretches"], part["pairs"], lambda x: x)
    flags, relation, query = network.facts.details(hidden)
    return {"mentions": mentions, "marks": part["marks"][0].tolist(), "rows": rounded(rows[0]),
            "pairs": part["pairs"][:, 1:3].tolist(), "fact": rounded(network.facts.fact_logits(hidden)[:, None]),
            "flags": rounded(flags), "relations": rounded(relation),
            "trigger": rounded(network.facts.trigger_logits(query, triggers, part["pairs"][:, 0]))}


@torch.no_grad()
def describe(network, pieces, words, mentions):
    sentence = corpora.Sentence(words, "parity", heads=[0] * len(words), deprels=["root"] * len(words),
                                upos=["X"] * len(words), xpos=["FW"] * len(words), feats=["_"] * len(words),
                                lemmas=list(words))
    encoded = data.Encoded(sentence, data.Encoder(network.config, pieces))
    batch = data.collate([encoded])
    vectors = network.encode(batch)
    arc_dep, arc_head, label_dep, label_head, role_pred, role_arg = network.mlps(vectors)
    heads = scoring.best_tree(network.arc_scores(arc_dep[:, 1:], arc_head)[0].numpy())
    (_, decoded), = scoring.analyse(network, [encoded])
    n = len(words)
    roles = network.role_scores(role_pred[0, 1:], role_arg[0, None, 1:].expand(n, -1, -1)).transpose(1, 2)
    described = {
        "words": words, "pieces": encoded.ids, "pieces_per_word": encoded.counts,
        "casing": batch["casing"][0].tolist(), "vectors": rounded(vectors[0]),
        "tags": rounded(torch.cat(network.tag_logits(vectors[:, 1:]), -1)[0]),
        "arcs": rounded(network.arc_scores(arc_dep[:, 1:], arc_head)[0]), "heads": heads.tolist(),
        "labels": rounded(network.biaffine(network.label, label_dep[0, 1:], label_head[0][heads.tolist()])),
        "roles": [rounded(roles[p]) for p in range(n)],
        "decoded": {k: decoded[k] for k in ("upos", "xpos", "feats", "lemma", "deprels", "ner", "roles")},
    }
    if network.facts is not None and mentions:
        described["facts"] = describe_facts(network, encoded, batch, vectors, mentions)
    return described


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    options = p.parse_args()
    network = export.load(Network, options.model / "relata-en.safetensors")
    vocabulary = (options.model / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    pieces = text.WordPieces(vocabulary)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps([describe(network, pieces, s.split(), MENTIONS.get(i)) for i, s in enumerate(SENTENCES)],
                                      ensure_ascii=False))


if __name__ == "__main__":
    main()
