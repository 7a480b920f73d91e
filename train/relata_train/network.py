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


class Network(nn.Module):
    """config: label lists under upos, xpos, feats, lemma, ner, predicate, deprel, roles, and the casing classes."""

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
