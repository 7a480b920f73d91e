# SPDX-License-Identifier: Apache-2.0
import json
import sys
import unittest
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from relata_train import coref  # noqa: E402


def document():
    """"Mia met Bo. She left." The pronoun has both names as candidates, the nearest first."""
    def token(form, begin, upos, head):
        return [form, begin, begin + len(form), form, upos, "X", head, "dep"]
    row = "2.0:" + "ff" * coref.COLUMNS
    return coref.Document(json.dumps({
        "document": "x.jsonl#d", "features": 3,
        "sentences": [{"begin": 0, "tokens": [token("Mia", 0, "PROPN", 1), token("met", 4, "VERB", -1),
                                              token("Bo", 8, "PROPN", 1), token(".", 10, "PUNCT", 1)]},
                      {"begin": 12, "tokens": [token("She", 0, "PRON", 1), token("left", 4, "VERB", -1)]}],
        "mentions": [[0, 0, 1, 0, "name", "PERSON", 0], [0, 2, 3, 2, "name", "PERSON", 1],
                     [1, 0, 1, 0, "pronoun", "PERSON", -1]],
        "rows": [row] * 3, "names": ["Mia", "Bo"], "anaphors": [[2, [1] + [0] * 13, [0] + [1] * 13]]}))


class Coreference(unittest.TestCase):
    def test_questions(self):
        d = document()
        self.assertEqual(d.id, "d")
        self.assertEqual(d.heads_in(12, 15), [2])
        self.assertAlmostEqual(float(d.rows[0, 0]), 2.0)

    def test_chains_answer(self):
        d = document()
        spans = coref.read_chains("# begin\n0\tMia\t(1)\n1\tmet\t_\n2\tBo\t(2)\n3\t.\t_\n4\tShe\t(1)\n5\tleft\t_\n")
        self.assertEqual(spans, [(0, 1, "1"), (4, 5, "1")])  # Bo alone is no chain
        coref.answer_chains(d, spans)
        _, candidates, _, right, known, none = d.answers[0]
        self.assertEqual(candidates[right].tolist(), [0])
        self.assertTrue(known.all())
        self.assertFalse(none)

    def test_facts_answer(self):
        d = document()
        labels = coref.fact_labels([d], {"d:1": "She left."}, {"d:1": 12}, ["d:1\tShe => Mia\tleaves\tOslo"])
        self.assertEqual(labels["d"], {2: "Mia"})
        coref.answer_facts(d, labels["d"])
        self.assertEqual(d.answers[0][1][d.answers[0][3]].tolist(), [0])

    def test_names(self):
        self.assertTrue(coref.same_name("Lind", "Ana Lind"))
        self.assertTrue(coref.same_name("the Commission", "European Commission"))
        self.assertFalse(coref.same_name("Per Lind", "Ana Lind"))

    def test_loss_falls(self):
        torch.manual_seed(1)
        d = document()
        d.rows = np.random.default_rng(1).normal(size=d.rows.shape).astype(np.float32)
        coref.answer_facts(d, {2: "Mia"})
        losses = []
        head = coref.train([(d, 1.0)], 40, rate=1e-2, log=lambda line: losses.append(float(line.split()[-1])))
        self.assertLess(losses[-1], losses[0] / 2)
        stored = coref.tensors_of(head)
        self.assertEqual(stored["coref.words.weight"].abs().max(), coref.LARGEST)
        self.assertEqual(stored["coref.features.weight"].shape, (3, coref.HIDDEN))


if __name__ == "__main__":
    unittest.main()
