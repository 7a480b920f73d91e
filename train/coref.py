#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the coreference head of a model whose other weights are final, and writes it into the model.

    python train/coref.py --model model --data ../shared/data --relata build/release/relata --work build/train
"""
import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

sys.path.insert(0, str(Path(__file__).resolve().parent))
from relata_train import coref  # noqa: E402

WEIGHT_FACTS, WEIGHT_GAP = 3.0, 1.5  # an answer of OntoGUM counts 1


def is_dev(article):
    """The held-out eighth of the articles of facts/train."""
    value = 0x811C9DC5
    for byte in article.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value % 8 == 0


def load(path):
    with safe_open(path, framework="pt") as f:
        return {name: f.get_tensor(name) for name in f.keys()}, f.metadata()


def save(tensors, metadata, path):
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path, metadata=metadata)


def news_articles(data):
    """Articles of ner/news put together: id -> text, and of their sentences: text and first byte."""
    articles, sentences, offsets = {}, {}, {}
    for path in sorted((data / "ner" / "news").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sentence, text = line.split("\t")[:2]
            article, colon, _ = sentence.partition(":")
            if not colon:
                continue
            before = articles.setdefault(article, [])
            gap = "" if not before else "\n\n" if len(before) < 6 else " "
            before += [gap, text]
            sentences[sentence] = text
            offsets[sentence] = len("".join(before[:-1]).encode())
    return {article: "".join(parts) for article, parts in articles.items()}, sentences, offsets


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--relata", type=Path, required=True, help="the program, which asks the questions")
    p.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
    p.add_argument("--epochs", type=int, default=7)
    options = p.parse_args()
    data, work = options.data, options.work / "coref"
    shutil.rmtree(work, ignore_errors=True)
    (work / "model").mkdir(parents=True)
    weights = options.model / "relata-en.safetensors"
    tensors, metadata = load(weights)
    save(coref.identity(tensors), metadata, work / "model" / weights.name)
    for name in ("vocab.txt", "splitter.tsv"):
        shutil.copy(options.model / name, work / "model")

    def ask(form, path):
        out = work / (path.stem + ".json")
        with open(out, "wb") as file:
            subprocess.run([options.relata, "analyse", "--model", work / "model", "--candidates", "--from", form, path],
                           stdout=file, check=True)
        return coref.read_questions(out)

    def ask_texts(name, texts):
        path = work / (name + ".jsonl")
        path.write_text("".join(json.dumps({"id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in texts.items()),
                        encoding="utf-8")
        return ask("jsonl", path)

    gum = ask("conllu", data / "ud" / "en_gum-ud-train.conllu")
    for document in gum:
        chains = (data / "coref" / "ontogum" / "train" / (document.id + ".conll")).read_text(encoding="utf-8")
        coref.answer_chains(document, coref.read_chains(chains))
    gap_path = data / "coref" / "gap" / "gap-development.tsv"
    rows = [line.split("\t") for line in gap_path.read_text(encoding="utf-8").splitlines()[1:]]
    gap = ask_texts("gap", {row[0]: row[1] for row in rows})
    coref.answer_gap(gap, gap_path)
    articles, sentences, offsets = news_articles(data)
    news = [d for d in ask_texts("news", articles) if not is_dev(d.id)]
    facts = [line for path in sorted((data / "facts" / "train").glob("*.tsv"))
             for line in path.read_text(encoding="utf-8").splitlines()]
    labels = coref.fact_labels(news, sentences, offsets, facts)
    for document in news:
        coref.answer_facts(document, labels[document.id])
    torch.set_num_threads(2)
    head = coref.train([(d, 1.0) for d in gum] + [(d, WEIGHT_GAP) for d in gap] + [(d, WEIGHT_FACTS) for d in news],
                       options.epochs)
    tensors.update(coref.tensors_of(head))
    save(tensors, metadata, weights)


if __name__ == "__main__":
    main()
