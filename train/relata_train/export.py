# SPDX-License-Identifier: Apache-2.0
"""The network as 8-bit weights in model/relata-en.safetensors, and back (model/FORMAT.md)."""
import json
import os

import torch
from safetensors import safe_open
from safetensors.torch import save_file


VERSION = "2"
# Largest sum of two neighbouring values of a row.
PAIR = 128


def quantise(weight, multiplied=True):
    """Symmetric int8 per row: (int8 values in -127..127, f32 scales). Where the rows are `multiplied` by unsigned bytes, no pair
    of columns 2k, 2k + 1 sums to more than PAIR: then 16 bits hold both products (255 * 128 < 2^15), and instruction sets
    that add pairs in 16 bits get the same sums as all others."""
    rows = weight.detach().float().contiguous()
    scale = rows.abs().amax(1) / 127.0
    if multiplied:
        even = rows[:, :rows.shape[1] // 2 * 2].unflatten(1, (-1, 2))
        # Half a step of room: rounding may push a pair up by one.
        scale = torch.maximum(scale, even.sum(2).abs().amax(1) / (PAIR - 0.5))
    scale = scale.clamp_min(1e-12)
    values = torch.round(rows / scale[:, None]).clamp(-127, 127).to(torch.int16)
    if multiplied:
        trim_pairs(values[:, :rows.shape[1] // 2 * 2])
    return values.to(torch.int8), scale


def trim_pairs(values):
    """Takes from the larger value of a pair what is too much, in place."""
    even = values.unflatten(1, (-1, 2))
    total = even.sum(2)
    for row, k in (total.abs() > PAIR).nonzero().tolist():
        at = int(even[row, k].abs().argmax())
        sign = 1 if total[row, k] > 0 else -1
        even[row, k, at] -= sign * (abs(int(total[row, k])) - PAIR)


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
    layers = [(f"encoder.{i}.", layer) for i, layer in enumerate(n.layers)]
    if n.facts is not None:
        f = n.facts
        layers.append(("facts.layer.", f.layer))
        table["facts.marks.weight"] = (f.marks.weight, False)
        table["facts.distance.weight"] = (f.distance.weight, False)
        table["facts.trigger.bias"] = (f.trigger_bias, False)
        for name, module in (("words", f.words), ("pair", f.pair), ("output", f.output)):
            table[f"facts.{name}.weight"] = (module.weight, True)
            table[f"facts.{name}.bias"] = (module.bias, False)
    for at, layer in layers:
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
            out[name], out[name[:-len("weight")] + "scale"] = quantise(tensor, not name.startswith("embeddings."))
        else:
            out[name] = tensor.detach().float().contiguous().clone()
    save_file(out, path, metadata={"format": "relata-model", "version": VERSION,
                                   "config": json.dumps(network.config, ensure_ascii=False, separators=(",", ":"))})
    os.chmod(path, 0o644)


def load(network_class, path, added=None, **options):
    """A network with the dequantised weights of the file. `added` are label lists of heads that the file may lack: those
    heads keep what they begin with."""
    with safe_open(path, framework="pt") as f:
        metadata = f.metadata()
        stored = {k: f.get_tensor(k) for k in f.keys()}
    if metadata.get("format") != "relata-model" or metadata.get("version") not in ("1", VERSION):
        raise ValueError(f"{path}: not a relata model of version 1 or {VERSION}")
    config = {**(added or {}), **json.loads(metadata["config"])}
    network = network_class(config, stored["embeddings.word.weight"].shape[0], **options)
    with torch.no_grad():
        for name, (tensor, small) in tensors_of(network).items():
            if name not in stored:
                continue
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
