#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the passages of KnowledgeNet that are trained on, one a line, for `relata analyse --mentions --from sentences`.

    python train/passages.py ../shared/data > build/passages.txt
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from relata_train import facts  # noqa: E402


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for passage in facts.knowledgenet_passages(Path(sys.argv[1]) / facts.KNOWLEDGENET_FILE):
        print(facts.line_of(passage))


if __name__ == "__main__":
    main()
