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
from relata_train import corpora, data, export, scoring, text  # noqa: E402
from relata_train.network import Network  # noqa: E402

SENTENCES = [
    "Mei Tanaka left Halden Motor AG last March .",
    "The company , based in Oslo , agreed to buy Nørby & Søn Inc. for $ 1.4 billion , but has n't signed .",
    "HEADLINE : U.S. COURT REJECTS APPEAL",
    "he 's an iPhone-owner ; “ naïve ” 北京 x2 ﬁne antidisestablishmentarianismfloccinaucinihilipilification",
    "No .",
]


def rounded(tensor):
    return [[round(float(x), 5) for x in row] for row in tensor]


@torch.no_grad()
def describe(network, pieces, words):
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
    return {
        "words": words, "pieces": encoded.ids, "pieces_per_word": encoded.counts,
        "casing": batch["casing"][0].tolist(), "vectors": rounded(vectors[0]),
        "tags": rounded(torch.cat(network.tag_logits(vectors[:, 1:]), -1)[0]),
        "arcs": rounded(network.arc_scores(arc_dep[:, 1:], arc_head)[0]), "heads": heads.tolist(),
        "labels": rounded(network.biaffine(network.label, label_dep[0, 1:], label_head[0][heads.tolist()])),
        "roles": [rounded(roles[p]) for p in range(n)],
        "decoded": {k: decoded[k] for k in ("upos", "xpos", "feats", "lemma", "deprels", "ner", "roles")},
    }


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    options = p.parse_args()
    network = export.load(Network, options.model / "relata-en.safetensors")
    vocabulary = (options.model / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    pieces = text.WordPieces(vocabulary)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps([describe(network, pieces, s.split()) for s in SENTENCES], ensure_ascii=False))


if __name__ == "__main__":
    main()
