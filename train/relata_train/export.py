# SPDX-License-Identifier: Apache-2.0
"""The network as 8-bit weights in model/relata-en.safetensors, and back (model/FORMAT.md)."""
import json
import os

import torch
from safetensors import safe_open
from safetensors.torch import save_file


def quantise(weight):
    """Symmetric int8 per row: (int8 values in -127..127, f32 scales)."""
    rows = weight.detach().float()
    scale = rows.abs().amax(1).clamp_min(1e-12) / 127.0
    return torch.round(rows / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def biaffine_rows(u, inner):
    """[labels, left, right] as rows of one matrix over the left (0) or right (1) side's vector."""
    return (u if inner == 1 else u.transpose(1, 2)).reshape(-1, u.shape[1 if inner == 0 else 2])


def tensors_of(network):
    """Name -> (f32 tensor, whether it goes to int8)."""
    n = network
    table = {
        "embeddings.word.weight": (n.word.weight, True), "embeddings.position.weight": (n.position.weight, False),
        "embeddings.casing.weight": (n.casing.weight, False),
        "embeddings.norm.weight": (n.norm.weight, False), "embeddings.norm.bias": (n.norm.bias, False),
        "heads.tags.weight": (n.tags.weight, True), "heads.tags.bias": (n.tags.bias, False),
        "heads.mlp.weight": (n.mlp.weight, True), "heads.mlp.bias": (n.mlp.bias, False),
        "heads.arc.weight": (n.arc, False),
        "heads.label.weight": (biaffine_rows(n.label, 1), True),
        "heads.role.weight": (biaffine_rows(n.role, 0), True),
    }
    for i, layer in enumerate(n.layers):
        at = f"encoder.{i}."
        for name, module in (("attention.qkv", layer.qkv), ("attention.output", layer.attention_output),
                             ("ffn.inner", layer.inner), ("ffn.outer", layer.outer)):
            table[f"{at}{name}.weight"] = (module.weight, True)
            table[f"{at}{name}.bias"] = (module.bias, False)
        for name, module in (("attention.norm", layer.attention_norm), ("ffn.norm", layer.ffn_norm)):
            table[f"{at}{name}.weight"] = (module.weight, False)
            table[f"{at}{name}.bias"] = (module.bias, False)
    return table


def save(network, path):
    out = {}
    for name, (tensor, small) in tensors_of(network).items():
        if small:
            out[name], out[name[:-len("weight")] + "scale"] = quantise(tensor)
        else:
            out[name] = tensor.detach().float().contiguous().clone()
    config = {k: list(network.config[k]) for k in ("upos", "xpos", "feats", "lemma", "ner", "predicate", "deprel", "roles",
                                                   "casing")}
    save_file(out, path, metadata={"format": "relata-model", "version": "1",
                                   "config": json.dumps(config, ensure_ascii=False, separators=(",", ":"))})
    os.chmod(path, 0o644)


def load(network_class, path):
    """A network in f32 with the dequantised weights of the file."""
    with safe_open(path, framework="pt") as f:
        metadata = f.metadata()
        stored = {k: f.get_tensor(k) for k in f.keys()}
    if metadata.get("format") != "relata-model" or metadata.get("version") != "1":
        raise ValueError(f"{path}: not a relata model of version 1")
    network = network_class(json.loads(metadata["config"]), stored["embeddings.word.weight"].shape[0])
    with torch.no_grad():
        for name, (tensor, small) in tensors_of(network).items():
            value = stored[name]
            if small:
                value = value.float() * stored[name[:-len("weight")] + "scale"][:, None]
            if name == "heads.label.weight":
                network.label.copy_(value.view_as(network.label))
            elif name == "heads.role.weight":
                labels, left, right = network.role.shape
                network.role.copy_(value.view(labels, right, left).transpose(1, 2))
            else:
                tensor.copy_(value)
    network.eval()
    return network
