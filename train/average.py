#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Exports a weighted average of checkpoints of one line of training (README.md tells of which, and why).

    python train/average.py --out model 0.45:end.pt 0.40:early.pt 0.15:start.safetensors

Heads that a start lacks are averaged over the others. An exported model is taken without the shifts it carries (--shift).
"""
import argparse
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))
from relata_train import export  # noqa: E402
from relata_train.network import Network  # noqa: E402
from train import export_model, shift_tags  # noqa: E402


def average(states):
    """states: (weight, tensors by name); the weights of those that have a tensor are scaled to a sum of 1."""
    names = dict.fromkeys(name for _, tensors in states for name in tensors)
    result = {}
    for name in names:
        parts = [(w, tensors[name]) for w, tensors in states if name in tensors]
        result[name] = sum(w * x for w, x in parts) / sum(w for w, _ in parts)
    return result


def read(path, no_name):
    """Tensors and config of a checkpoint or an exported model; `no_name`: the shift of "no name" in the latter."""
    if path.suffix == ".pt":
        checkpoint = torch.load(path, weights_only=False)
        return checkpoint["network"], checkpoint["config"]
    network = export.load(Network, path)
    shift_tags(network, -1.0, {"O": no_name})
    return network.state_dict(), network.config


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--threshold", type=float, default=0.45, help="fact_threshold of the export")
    p.add_argument("--shift", type=float, default=0.5, help='what an exported model\'s "no name" was shifted by')
    p.add_argument("parts", nargs="+", help="WEIGHT:FILE, first a checkpoint with all heads")
    options = p.parse_args()
    states, configs = [], []
    for part in options.parts:
        weight, _, path = part.partition(":")
        tensors, config = read(Path(path), options.shift)
        states.append((float(weight), tensors))
        configs.append(config)
    config = {**configs[0], "fact_threshold": options.threshold}
    network = Network(config, states[0][1]["word.weight"].shape[0])
    network.load_state_dict(average(states))
    export_model(network, options.out / "relata-en.safetensors")


if __name__ == "__main__":
    main()
