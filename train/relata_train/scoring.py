# SPDX-License-Identifier: Apache-2.0
"""Decoding and scores on the dev sets: what the C++ analyser does, in numpy, so that a training can be judged."""
import numpy as np
import torch

from . import corpora, data, text


def chu_liu_edmonds(scores):
    """Heads of the best arborescence: scores[d][h] for d, h in 0..n, node 0 the root; returns heads (heads[0] = 0)."""
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    scores[0, :] = -np.inf
    heads = np.zeros(n, int)
    if n > 1:
        heads[1:] = scores[1:].argmax(1)
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    m = len(outside)
    # The cycle becomes node m of a smaller graph.
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    cycle = np.asarray(cycle)
    kept = scores[cycle, heads[cycle]]
    leaving = scores[np.ix_(outside, cycle)]
    small[:m, m] = leaving.max(1)
    leaving_from = cycle[leaving.argmax(1)]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]
    small[m, :m] = entering.max(0) + kept.sum()
    entering_at = cycle[entering.argmax(0)]
    small[0, :] = -np.inf
    solved = chu_liu_edmonds(small)
    result = heads.copy()
    for i, node in enumerate(outside):
        if node:
            result[node] = leaving_from[i] if solved[i] == m else outside[solved[i]]
    result[entering_at[solved[m]]] = outside[solved[m]]
    return result


def find_cycle(heads):
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node):]
        for node in path:
            state[node] = 2
    return None


def best_tree(scores):
    """Heads (0 = root) of n words from scores [n, n + 1]: the best tree with exactly one child of the root."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    heads = chu_liu_edmonds(full)
    if (heads[1:] == 0).sum() == 1:
        return heads[1:]
    best, best_score = None, -np.inf
    for root in range(1, n + 1):
        single = full.copy()
        single[1:, 0] = -np.inf
        single[root] = -np.inf
        single[root, 0] = full[root, 0]
        heads = chu_liu_edmonds(single)
        total = full[np.arange(1, n + 1), heads[1:]].sum()
        if total > best_score:
            best, best_score = heads[1:], total
    return best


def legal_transitions():
    tags = corpora.NER_TAGS
    return np.array([[not b.startswith("I-") or a[2:] == b[2:] and a != "O" for b in tags] for a in tags])


LEGAL = np.where(legal_transitions(), 0.0, -1e9)
STARTS = np.array([-1e9 if t.startswith("I-") else 0.0 for t in corpora.NER_TAGS])


def best_tags(log_probabilities):
    """Viterbi over legal BIO sequences."""
    score = log_probabilities[0] + STARTS
    back = []
    for row in log_probabilities[1:]:
        table = score[:, None] + LEGAL
        back.append(table.argmax(0))
        score = table.max(0) + row
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [corpora.NER_TAGS[i] for i in reversed(path)]


class Count:
    """Precision, recall and F1 of sets."""

    def __init__(self):
        self.gold = self.found = self.right = 0

    def add(self, gold, found):
        gold, found = set(gold), set(found)
        self.gold += len(gold)
        self.found += len(found)
        self.right += len(gold & found)

    def f1(self):
        return 200.0 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


@torch.no_grad()
def analyse(network, items, limit=4096):
    """(item, prediction) pairs in the order of `items`; predictions hold what the heads say, decoded."""
    network.eval()
    results = {}
    config = network.config
    for group in data.bucketed(items, limit):
        batch = data.collate(group)
        words = network.encode(batch)
        upos, xpos, feats, lemma, ner, predicate = network.tag_logits(words[:, 1:])
        arc_dep, arc_head, label_dep, label_head, role_pred, role_arg = network.mlps(words)
        arcs = network.arc_scores(arc_dep[:, 1:], arc_head).numpy()
        ner = ner.log_softmax(-1).numpy()
        top = {k: v.argmax(-1).numpy() for k, v in (("upos", upos), ("xpos", xpos), ("feats", feats), ("lemma", lemma),
                                                     ("predicate", predicate))}
        for k, e in enumerate(group):
            n = e.words
            out = {name: [config[name][i] for i in top[name][k, :n]] for name in ("upos", "xpos", "feats")}
            out["lemma"] = [text.apply_lemma_script(w, config["lemma"][i])
                            for w, i in zip(e.sentence.words, top["lemma"][k, :n])]
            out["ner"] = corpora.bio_spans(best_tags(ner[k, :n]))
            if e.tree:
                out["heads"] = best_tree(arcs[k, :n, :n + 1]).tolist()
                labels = network.biaffine(network.label, label_dep[k, 1:n + 1], label_head[k][out["heads"]])
                out["deprels"] = [config["deprel"][i] for i in labels.argmax(-1).tolist()]
                at = np.flatnonzero(top["predicate"][k, :n]).tolist()
                out["roles"] = []
                if at:
                    scores = network.role_scores(role_pred[k, 1:][at], role_arg[k, None, 1:n + 1].expand(len(at), -1, -1))
                    best = scores.argmax(1).tolist()
                    out["roles"] = [(p, {a: config["roles"][r] for a, r in enumerate(row) if r})
                                    for p, row in zip(at, best)]
            results[id(e)] = out
    return [(e, results[id(e)]) for e in items]


def tree_scores(pairs):

    right = {k: 0 for k in ("upos", "xpos", "feats", "lemma", "uas", "las")}
    n = 0
    for e, out in pairs:
        s = e.sentence
        n += e.words
        right["upos"] += sum(a == b for a, b in zip(s.upos, out["upos"]))
        right["xpos"] += sum(a == b for a, b in zip(s.xpos, out["xpos"]))
        right["feats"] += sum(a == b for a, b in zip(s.feats, out["feats"]))
        right["lemma"] += sum(a == b for a, b in zip(s.lemmas, out["lemma"]))
        for head, rel, h, r in zip(s.heads, s.deprels, out["heads"], out["deprels"]):
            right["uas"] += head == h
            right["las"] += head == h and rel == r
    return {k: 100.0 * v / n for k, v in right.items()}


def role_scores(pairs):
    predicates, arguments, core = Count(), Count(), Count()
    for e, out in pairs:
        gold = e.sentence.roles
        if gold is None:
            continue
        predicates.add([p for p, _ in gold], [p for p, _ in out["roles"]])
        triples = [[(p, a, r) for p, row in side for a, r in row.items()] for side in (gold, out["roles"])]
        arguments.add(*triples)
        core.add(*[[t for t in side if t[2][:4] == "ARG" + t[2][3:4] and t[2][3:4].isdigit()] for side in triples])
    return {"predicates": predicates.f1(), "arguments": arguments.f1(), "core-arguments": core.f1()}


COARSE = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def entity_scores(pairs, gold_of, coarse):
    """Span F1; `gold_of(item)` gives (first, last, type); `coarse` maps our types to PER, ORG and LOC first."""
    total, by_type = Count(), {}
    for e, out in pairs:
        gold, found = gold_of(e), out["ner"]
        if gold is None:
            continue
        if coarse:
            gold = [(b, x, COARSE.get(t, t)) for b, x, t in gold if COARSE.get(t, t) in ("PER", "ORG", "LOC")]
            found = [(b, x, COARSE[t]) for b, x, t in found if t in COARSE]
        total.add(gold, found)
        for t in sorted({g[2] for g in gold} | {f[2] for f in found}):
            by_type.setdefault(t, Count()).add([g for g in gold if g[2] == t], [f for f in found if f[2] == t])
    return {"all": total.f1(), **{t: c.f1() for t, c in sorted(by_type.items())}}


def gold_spans(e):
    return corpora.exact_spans(e.sentence)


def score_all(network, dev):
    """Every dev score; `dev` has encoded sentences under ewt, gum and news, and the UNER table under uner."""
    ewt, gum, news = (analyse(network, dev[k]) for k in ("ewt", "gum", "news"))
    return {
        "ewt": tree_scores(ewt), "gum": tree_scores(gum), "roles": role_scores(ewt),
        "uner": entity_scores(ewt, lambda e: dev["uner"].get(e.sentence.id), True),
        "news": entity_scores(news, gold_spans, False), "news-coarse": entity_scores(news, gold_spans, True),
    }


def in_words(scores):
    return "; ".join(f"{name}: " + " ".join(f"{k} {v:.1f}" for k, v in row.items()) for name, row in scores.items())
