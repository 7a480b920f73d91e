#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Dev scores of exported 8-bit weights, computed in f32.

    python train/score.py --model model --data ../shared/data
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from relata_train import corpora, data, export, scoring, text  # noqa: E402
from relata_train.network import Network  # noqa: E402
from train import read_dev  # noqa: E402


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    options = p.parse_args()
    network = export.load(Network, options.model / "relata-en.safetensors")
    vocabulary = (options.model / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    news = [s for s in corpora.read_news(options.data / "ner/news") if corpora.is_dev_group(s.id)]
    dev = read_dev(options.data, news, data.Encoder(network.config, text.WordPieces(vocabulary)))
    print(scoring.in_words(scoring.score_all(network, dev)).replace("; ", "\n"))


if __name__ == "__main__":
    main()
