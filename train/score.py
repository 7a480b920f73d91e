#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Dev scores of exported weights, computed in f32.

    python train/score.py --model model --data ../shared/data [--mentions build/mentions.jsonl]
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from relata_train import corpora, data, export, facts, scoring, text  # noqa: E402
from relata_train.network import Network  # noqa: E402
from train import read_dev  # noqa: E402


def score_facts(network, encode, options):
    here = Path(__file__).resolve().parent
    _, symmetric = facts.read_ontology(here.parent / "ontology/news.json")
    names = facts.RelationNames(here / "data/relation-names.tsv", symmetric)
    held_out = [s for s in facts.read(options.data, options.mentions, names) if facts.is_dev_group(s.sentence.id)]
    for s in held_out:
        s.encoded = encode(s.sentence)
    return facts.score_both(network, held_out, symmetric)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--mentions", type=Path, help="scores facts, too (README.md tells how to make it)")
    options = p.parse_args()
    network = export.load(Network, options.model / "relata-en.safetensors")
    vocabulary = (options.model / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    news = [s for s in corpora.read_news(options.data / "ner/news") if corpora.is_dev_group(s.id)]
    encode = data.Encoder(network.config, text.WordPieces(vocabulary))
    scores = scoring.score_all(network, read_dev(options.data, news, encode))
    if options.mentions:
        scores.update(score_facts(network, encode, options))
    print(scoring.in_words(scores).replace("; ", "\n"))


if __name__ == "__main__":
    main()
