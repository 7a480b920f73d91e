# SPDX-License-Identifier: Apache-2.0
import itertools
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from relata_train import corpora, data, export, scoring, text  # noqa: E402
from relata_train.network import Network  # noqa: E402
from train import entity_loss, rate_at  # noqa: E402

torch.set_num_threads(1)

CONFIG = {"upos": ["NOUN"], "xpos": ["NN"], "feats": ["_"], "lemma": ["l:0::0:"], "ner": corpora.NER_TAGS,
          "predicate": ["no", "yes"], "deprel": ["root", "dep", "punct"], "roles": ["_", "ARG0"],
          "casing": text.CASING_CLASSES}
VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "."]


def sentence(words):
    return corpora.Sentence(list(words), "x", ner=[corpora.OUTSIDE] * len(words))


class Trees(unittest.TestCase):
    def test_the_best_tree_is_the_best_of_all_trees_with_one_root_child(self):
        rng = np.random.default_rng(5)
        for n in (1, 2, 3, 4):
            for _ in range(25):
                scores = rng.normal(size=(n, n + 1))
                best = max((h for h in itertools.product(range(n + 1), repeat=n) if is_tree(h)),
                           key=lambda h: sum(scores[i, x] for i, x in enumerate(h)))
                self.assertEqual(scoring.best_tree(scores).tolist(), list(best))


def is_tree(heads):
    if list(heads).count(0) != 1:
        return False
    for i in range(1, len(heads) + 1):
        seen = set()
        while i:
            if i in seen:
                return False
            seen.add(i)
            i = heads[i - 1]
    return True


class Entities(unittest.TestCase):
    def test_decoding_never_starts_inside_a_name(self):
        scores = np.full((2, len(corpora.NER_TAGS)), -9.0)
        scores[0, corpora.NER_TAGS.index("I-ORG")] = 0.0
        scores[0, corpora.NER_TAGS.index("B-ORG")] = -1.0
        scores[1, corpora.NER_TAGS.index("I-ORG")] = 0.0
        self.assertEqual(scoring.best_tags(scores), ["B-ORG", "I-ORG"])

    def test_the_loss_asks_for_any_allowed_tag(self):
        logits = torch.zeros(1, 2, 21)
        allowed = torch.zeros(2, 21, dtype=torch.bool)
        allowed[0, :7] = True
        allowed[1, :] = True
        self.assertAlmostEqual(float(entity_loss(logits, torch.tensor([[0, -1]]), allowed)), np.log(3.0), places=5)
        self.assertAlmostEqual(float(entity_loss(logits, torch.tensor([[1, 1]]), allowed)), 0.0, places=5)

    def test_rate_warms_up_and_ends_at_nothing(self):
        self.assertAlmostEqual(rate_at(0.02, 0.0), 0.5)
        self.assertAlmostEqual(rate_at(0.04, 0.6), 1.0)
        self.assertEqual(rate_at(1.0, 0.0), 0.0)
        self.assertAlmostEqual(rate_at(1.0, 0.6), 0.6)


class Batches(unittest.TestCase):
    def setUp(self):
        self.encode = data.Encoder(CONFIG, text.WordPieces(VOCABULARY))

    def test_words_are_means_of_their_pieces(self):
        batch = data.collate([self.encode(sentence(["a.b", "c"])), self.encode(sentence(["c"]))])
        self.assertEqual(batch["pieces"][0].tolist(), [1, 3, 6, 4, 5, 2])
        third = 1.0 / 3.0
        torch.testing.assert_close(batch["average"][0, 1], torch.tensor([0, third, third, third, 0, 0]))
        self.assertEqual(batch["piece_mask"][1].sum().item(), 3)

    def test_a_dropped_stop_shortens_the_sentence(self):
        e = self.encode(sentence(["a", "b", "c", "."]))
        self.assertTrue(e.drop_stop)
        batch = data.collate([e], np.random.default_rng(1), drop_stop=1.0)
        self.assertEqual(batch["pieces"][0].tolist(), [1, 3, 4, 5, 2])
        self.assertEqual(batch["ner"].shape, (1, 3))

    def test_batches_hold_every_sentence_once_and_keep_the_limit(self):
        items = [self.encode(sentence("a" * n)) for n in (3, 9, 5, 1, 7, 7)]
        batches = data.bucketed(items, 20)
        self.assertEqual(sorted(id(e) for b in batches for e in b), sorted(id(e) for e in items))
        for b in batches:
            self.assertLessEqual(len(b) * max(e.pieces for e in b), 20)


class Export(unittest.TestCase):
    def test_rows_are_rounded_to_half_a_step(self):
        weight = torch.randn(7, 33)
        small, scale = export.quantise(weight)
        self.assertLessEqual(((small * scale[:, None] - weight).abs() / scale[:, None]).max().item(), 0.5001)
        self.assertEqual(export.quantise(torch.zeros(2, 3))[0].abs().max().item(), 0)

    def test_a_saved_network_says_the_same_when_loaded_twice(self):
        torch.manual_seed(3)
        network = Network(CONFIG, len(VOCABULARY))
        with tempfile.TemporaryDirectory() as folder:
            export.save(network, Path(folder, "m.safetensors"))
            once = export.load(Network, Path(folder, "m.safetensors"))
            export.save(once, Path(folder, "n.safetensors"))
            again = export.load(Network, Path(folder, "n.safetensors"))
        encode = data.Encoder(CONFIG, text.WordPieces(VOCABULARY))
        batch = data.collate([encode(sentence(["a", "b", "c"]))])
        with torch.no_grad():
            network.eval()
            self.assertGreater(network.encode(batch).abs().max().item(), 0.1)
            torch.testing.assert_close(once.encode(batch), network.encode(batch), atol=0.1, rtol=0.1)
            torch.testing.assert_close(again.encode(batch), once.encode(batch), atol=0.05, rtol=0.05)
            torch.testing.assert_close(again.role, once.role, atol=1e-3, rtol=1e-2)
            self.assertEqual(once.role.shape, network.role.shape)
            torch.testing.assert_close(once.role, network.role, atol=1e-3, rtol=1e-2)


if __name__ == "__main__":
    unittest.main()
