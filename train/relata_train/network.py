# SPDX-License-Identifier: Apache-2.0
"""The network: a BERT encoder of six layers and the heads that share it (model/FORMAT.md has the same in numbers).

Weights are kept in f32; products run in `Network.dtype` (bf16 where the processor has it), losses in f32.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

HIDDEN, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
ARC, LABEL = 256, 128
# Widths of the fact heads: a word as subject, as object, as one between them, and as trigger.
FACT, TRIGGER = 256, 128
DISTANCES = 14
FACT_HEADS_FROM = "fact_relations"
EPS = 1e-12


class MaskPool:
    """Dropout masks cut out of one long random strip: drawing fresh ones takes a fifth of a CPU step."""

    def __init__(self, rate, seed, dtype, size=1 << 23):
        self.generator = torch.Generator().manual_seed(seed)
        self.rate, self.dtype, self.size, self.strip = rate, dtype, size, None

    def __call__(self, x):
        n = x.numel()
        if n > self.size // 2:
            return F.dropout(x, self.rate, True)
        if self.strip is None:
            keep = torch.rand(self.size, generator=self.generator) >= self.rate
            self.strip = (keep.float() / (1.0 - self.rate)).to(self.dtype)
        at = int(torch.randint(self.size - n, (1,), generator=self.generator))
        return x * self.strip[at:at + n].view(x.shape).to(x.dtype)


class Linear(nn.Linear):
    """A linear layer with f32 master weights that computes in the dtype of its input."""

    def forward(self, x):
        return F.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))


class Norm(nn.LayerNorm):
    def forward(self, x):
        return F.layer_norm(x, self.normalized_shape, self.weight.to(x.dtype), self.bias.to(x.dtype), EPS)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = Linear(HIDDEN, 3 * HIDDEN)
        self.attention_output = Linear(HIDDEN, HIDDEN)
        self.attention_norm = Norm(HIDDEN)
        self.inner = Linear(HIDDEN, INNER)
        self.outer = Linear(INNER, HIDDEN)
        self.ffn_norm = Norm(HIDDEN)

    def forward(self, x, mask, drop):
        b, p, _ = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * (1.0 / math.sqrt(HIDDEN // ATTENTION_HEADS)), k.transpose(-1, -2)) + mask
        mixed = torch.matmul(drop(scores.softmax(-1)), v).transpose(1, 2).reshape(b, p, HIDDEN)
        x = self.attention_norm(x + drop(self.attention_output(mixed)))
        return self.ffn_norm(x + drop(self.outer(F.gelu(self.inner(x)))))


class FactHeads(nn.Module):
    """Facts between mentions: a layer over marked words, then scores of ordered pairs (model/FORMAT.md)."""

    def __init__(self, config):
        super().__init__()
        self.flags, self.relations = len(config["fact_flags"]), len(config["fact_relations"])
        self.marks = nn.Embedding(1 + 2 * len(config["mention_classes"]), HIDDEN)
        self.layer = Layer()
        self.words = Linear(HIDDEN, 3 * FACT + TRIGGER)
        self.distance = nn.Embedding(DISTANCES, FACT)
        self.pair = Linear(FACT, FACT)
        self.output = Linear(FACT, 1 + self.flags + self.relations + TRIGGER)
        self.trigger_bias = nn.Parameter(torch.full((1,), -2.0))
        nn.init.normal_(self.marks.weight, std=0.05)
        nn.init.normal_(self.distance.weight, std=0.05)
        for module in self.layer.modules():
            if isinstance(module, Linear):
                nn.init.normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)
        with torch.no_grad():
            self.output.bias[0] = -3.0

    def pair_hidden(self, rows, stretches, pairs, drop):
        """Hidden vectors of pairs (sentence, subject, object, distance row), subject and object being numbers of
        marked stretches (sentence, first word, last word + 1); and all words as triggers."""
        subject, obj, between, trigger = self.words(drop(rows[:, 1:])).split([FACT, FACT, FACT, TRIGGER], -1)
        k, first, last = stretches.unbind(1)
        s, o = (stretch_means(x, k, first, last) for x in (subject, obj))
        _, a, b, bucket = pairs.unbind(1)
        low = torch.minimum(last[a], last[b])
        high = torch.maximum(first[a], first[b])
        c = stretch_maxima(between, k[a], low, high)
        z = drop(F.gelu(s[a] + o[b] + s[a] * o[b] + c + self.distance(bucket).to(c.dtype)))
        return drop(F.gelu(self.pair(z))), trigger

    def fact_logits(self, hidden):
        weight = self.output.weight[:1].to(hidden.dtype)
        return F.linear(hidden, weight, self.output.bias[:1].to(hidden.dtype)).float()[:, 0]

    def details(self, hidden):
        """(flag logits, relation logits, trigger query)"""
        out = F.linear(hidden, self.output.weight[1:].to(hidden.dtype), self.output.bias[1:].to(hidden.dtype)).float()
        return out.split([self.flags, self.relations, TRIGGER], -1)

    def trigger_logits(self, query, words, sentence):
        """[pairs, words]"""
        return torch.matmul(words[sentence].float(), query[:, :, None])[:, :, 0] + self.trigger_bias


def stretch_means(words, sentence, first, last):
    """Mean over words [first, last) of the sentence, one row a stretch."""
    sums = F.pad(words.float().cumsum(1), (0, 0, 1, 0))
    mean = (sums[sentence, last] - sums[sentence, first]) / (last - first)[:, None]
    return mean.to(words.dtype)


def stretch_maxima(words, sentence, first, last):
    """Element-wise maximum over words [first, last), zero where there are none: of two powers of two that overlap."""
    tables, length = [words], 1
    while 2 * length <= words.shape[1]:
        previous = tables[-1]
        tables.append(torch.maximum(previous[:, :-length], previous[:, length:]))
        length *= 2
    result = words.new_zeros(len(sentence), words.shape[2])
    span = last - first
    for level, table in enumerate(tables):
        at = ((span >> level) == 1).nonzero()[:, 0]
        if len(at):
            k = sentence[at]
            result = result.index_copy(0, at, torch.maximum(table[k, first[at]], table[k, last[at] - (1 << level)]))
    return result


class Network(nn.Module):
    """config: label lists under upos, xpos, feats, lemma, ner, predicate, deprel, roles, and the casing classes; with
    mention_classes, fact_flags and fact_relations it has the fact heads, too."""

    def __init__(self, config, vocabulary_size=30522, dtype=torch.float32, seed=1):
        super().__init__()
        self.config, self.dtype = config, dtype
        self.word = nn.Embedding(vocabulary_size, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.casing = nn.Embedding(len(config["casing"]), HIDDEN)
        nn.init.zeros_(self.casing.weight)
        self.norm = Norm(HIDDEN)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.tag_sizes = [len(config[k]) for k in ("upos", "xpos", "feats", "lemma", "ner", "predicate")]
        self.tags = Linear(HIDDEN, sum(self.tag_sizes))
        self.mlp = Linear(HIDDEN, 2 * ARC + 4 * LABEL)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label = nn.Parameter(torch.randn(len(config["deprel"]), LABEL + 1, LABEL + 1) * 0.02)
        self.role = nn.Parameter(torch.randn(len(config["roles"]), LABEL + 1, LABEL + 1) * 0.02)
        self.facts = FactHeads(config) if FACT_HEADS_FROM in config else None
        self.encoder_drop = MaskPool(0.1, seed, dtype)
        self.head_drop = MaskPool(0.25, seed + 1, dtype)

    def load_base(self, tensors):
        """Weights of a BERT checkpoint (safetensors names of Hugging Face's BertModel)."""
        with torch.no_grad():
            self.word.weight.copy_(tensors["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(tensors["embeddings.position_embeddings.weight"]
                                       + tensors["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(tensors["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(tensors["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    parts = [tensors[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                    for module, name in ((layer.attention_output, "attention.output.dense"),
                                         (layer.attention_norm, "attention.output.LayerNorm"),
                                         (layer.inner, "intermediate.dense"), (layer.outer, "output.dense"),
                                         (layer.ffn_norm, "output.LayerNorm")):
                        getattr(module, kind).copy_(tensors[f"{at}{name}.{kind}"])

    def encode(self, batch):
        """Word vectors [sentences, 1 + words, HIDDEN]: row 0 is [CLS], the root."""
        drop = self.encoder_drop if self.training else lambda x: x
        pieces = batch["pieces"]
        x = self.word(pieces) + self.position.weight[:pieces.shape[1]] + self.casing(batch["casing"])
        x = drop(self.norm(x.to(self.dtype)))
        mask = torch.zeros(batch["piece_mask"].shape, dtype=self.dtype)
        mask = mask.masked_fill_(~batch["piece_mask"], -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, drop)
        return torch.bmm(batch["average"].to(x.dtype), x)

    def fact_rows(self, words, marks, real):
        """The words and the root after the fact layer; `marks` are rows of facts.marks, `real` tells padding."""
        drop = self.encoder_drop if self.training else lambda x: x
        mask = torch.zeros(real.shape, dtype=self.dtype).masked_fill_(~real, -1e4)[:, None, None, :]
        return self.facts.layer(words + self.facts.marks(marks).to(words.dtype), mask, drop)

    def row_dropout(self):
        return self.encoder_drop if self.training else lambda x: x

    def tag_logits(self, words):
        """Logits of the tag heads in the order upos, xpos, feats, lemma, ner, predicate."""
        drop = self.head_drop if self.training else lambda x: x
        return self.tags(drop(words)).float().split(self.tag_sizes, -1)

    def mlps(self, words):
        """arc_dep, arc_head, label_dep, label_head, role_pred, role_arg after GELU."""
        drop = self.head_drop if self.training else lambda x: x
        hidden = drop(F.gelu(self.mlp(drop(words))))
        return hidden.split([ARC, ARC, LABEL, LABEL, LABEL, LABEL], -1)

    def arc_scores(self, dep, head):
        """[sentences, dependents, heads]; dep without the root row, head with it."""
        u = self.arc.to(dep.dtype)
        return torch.matmul(torch.matmul(dep, u[:-1]) + u[-1], head.transpose(-1, -2)).float()

    @staticmethod
    def biaffine(u, left, right):
        """Scores [n, labels] of n pairs."""
        left, right = with_one(left), with_one(right)
        labels, a, b = u.shape
        inner = torch.matmul(left, u.to(left.dtype).permute(1, 0, 2).reshape(a, labels * b)).view(-1, labels, b)
        return torch.matmul(inner, right[:, :, None])[:, :, 0].float()

    def role_scores(self, predicates, arguments):
        """[n, roles, words] of n predicates (vectors [n, LABEL]) over the words of their sentences [n, words, LABEL]."""
        predicates, arguments = with_one(predicates), with_one(arguments)
        labels, a, b = self.role.shape
        u = self.role.to(predicates.dtype).permute(1, 0, 2).reshape(a, labels * b)
        inner = torch.matmul(predicates, u).view(-1, labels, b)
        return torch.matmul(inner, arguments.transpose(1, 2)).float()


def with_one(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
