# SPDX-License-Identifier: Apache-2.0
import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from relata_train import corpora, data, export, facts, network, text  # noqa: E402
from relata_train.facts import Mention  # noqa: E402
from relata_train.network import Network  # noqa: E402
from average import average  # noqa: E402

torch.set_num_threads(1)

RELATIONS = ["_other", "acquires", "merges_with"]
CONFIG = {"upos": ["NOUN"], "xpos": ["NN"], "feats": ["_"], "lemma": ["l:0::0:"], "ner": corpora.NER_TAGS,
          "predicate": ["no", "yes"], "deprel": ["root"], "roles": ["_"], "casing": text.CASING_CLASSES,
          "mention_classes": facts.MENTION_CLASSES, "fact_flags": facts.FLAGS, "fact_relations": RELATIONS}
VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "veltra", "to", "buy", "the", "orrin", "unit", "for", "$", "2m", "."]

# "Veltra to buy the Orrin unit for $ 2m ." as the program prints it.
ROW = {"document": "0", "sentence": 0, "text": "Veltra to buy the Orrin unit for $2m.",
       "tokens": [["Veltra", 0, 6, "Veltra", "PROPN", "NNP", 2, "nsubj"], ["to", 7, 9, "to", "PART", "TO", 2, "mark"],
                  ["buy", 10, 13, "buy", "VERB", "VB", -1, "root"], ["the", 14, 17, "the", "DET", "DT", 5, "det"],
                  ["Orrin", 18, 23, "Orrin", "PROPN", "NNP", 5, "compound"], ["unit", 24, 28, "unit", "NOUN", "NN", 2, "obj"],
                  ["for", 29, 32, "for", "ADP", "IN", 7, "case"], ["$", 33, 34, "$", "SYM", "$", 2, "obl"],
                  ["2m", 34, 36, "2m", "NUM", "CD", 7, "nummod"], [".", 36, 37, ".", "PUNCT", ".", 2, "punct"]],
       "mentions": [{"first": 0, "last": 1, "head": 0, "kind": "name", "type": "ORG"},
                    {"first": 3, "last": 6, "head": 5, "kind": "nominal", "type": "ORG"},
                    {"first": 7, "last": 9, "head": 7, "kind": "value", "type": "MONEY"}]}


def aligned(rows, table=None):
    names = facts.RelationNames.__new__(facts.RelationNames)
    names.table, names.symmetric = table or {}, {"merges_with"}
    analysed = facts.Analysed(ROW, ROW["text"], 0)
    return facts.align("x", ROW["text"], analysed, rows, [(0, 6, "ORG"), (18, 23, "ORG")], names)


def encoded(s):
    s.encoded = data.Encoder(CONFIG, text.WordPieces(VOCABULARY))(s.sentence)
    return s


class Alignment(unittest.TestCase):
    def test_arguments_find_the_mention_that_shares_their_words_or_head(self):
        s = aligned([("Veltra", "acquires", "Orrin unit", "buy", "planned"),
                     ("Orrin unit", "purchase_price", "MONEY:$2m", "for", "")])
        self.assertEqual([(f.subject, f.object, f.trigger, f.flags) for f in s.facts],
                         [(0, 1, (2,), ("planned",)), (1, 2, (6,), ())])

    def test_an_argument_without_a_candidate_is_added(self):
        s = aligned([("Orrin", "part_of", "Veltra", "", "")])
        added = s.mentions[s.facts[0].subject]
        self.assertEqual((added.label, added.first, added.predicted), ("name:ORG", 4, False))

    def test_a_phrase_without_a_candidate_is_masked_and_no_negative(self):
        s = aligned([("Veltra", "plans", "TEXT:to buy the Orrin unit", "", "")])
        self.assertEqual(s.facts, [])
        self.assertIn((0, 1), s.masked)

    def test_inverse_names_change_places_and_symmetric_ones_stand_in_text_order(self):
        s = aligned([("Orrin unit", "bought_by", "Veltra", "", ""), ("Orrin unit", "merges_with", "Veltra", "", "")],
                    {"bought_by": "~acquires"})
        self.assertEqual([(f.subject, f.relation, f.object) for f in s.facts], [(0, "acquires", 1), (0, "merges_with", 1)])

    def test_of_several_occurrences_the_trigger_takes_those_that_stand_together(self):
        row = dict(ROW, text="to to buy for to", tokens=[
            [w, b, b + len(w), w, "X", "X", -1, "dep"] for w, b in (("to", 0), ("to", 3), ("buy", 6), ("for", 10), ("to", 14))],
            mentions=[])
        self.assertEqual(facts.trigger_words("to buy", facts.Analysed(row, row["text"], 0), row["text"], 2), (1, 2))

    def test_names_label_the_words_unless_they_cut_one(self):
        analysed = facts.Analysed(ROW, ROW["text"], 0)
        self.assertEqual(facts.ner_labels(analysed, [(0, 6, "ORG")])[0], frozenset({"B-ORG"}))
        self.assertIsNone(facts.ner_labels(analysed, [(0, 3, "ORG")])[0])


class Pairs(unittest.TestCase):
    def test_buckets_count_the_words_between_and_tell_the_order(self):
        self.assertEqual([facts.distance_bucket((0, 1), (1 + g, 2 + g)) for g in (0, 1, 2, 3, 4, 5, 8, 9, 16, 17, 60)],
                         [0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6])
        self.assertEqual(facts.distance_bucket((4, 5), (1, 2)), 2 + 7)

    def test_a_name_marks_all_its_words_a_nominal_its_head(self):
        org, unit = facts.MENTION_CLASSES.index("name:ORG"), facts.MENTION_CLASSES.index("nominal:ORG")
        marks = facts.marks_of([Mention(0, 3, 2, "nominal:ORG"), Mention(0, 2, 1, "name:ORG")], 4)
        self.assertEqual(marks, [1 + 2 * org, 2 + 2 * org, 1 + 2 * unit, 0])

    def test_means_and_maxima_of_stretches(self):
        words = torch.tensor(np.random.default_rng(1).normal(size=(2, 9, 3)).astype(np.float32))
        cases = [(k, a, b) for k in range(2) for a in range(9) for b in range(a, 10)]
        k, a, b = torch.tensor(cases).unbind(1)
        maxima = network.stretch_maxima(words, k, a, b)
        for row, (i, x, y) in zip(maxima, cases):
            expected = words[i, x:y].max(0).values if y > x else torch.zeros(3)
            torch.testing.assert_close(row, expected)
        whole = b > a
        means = network.stretch_means(words, k[whole], a[whole], b[whole])
        for row, (i, x, y) in zip(means, [c for c in cases if c[2] > c[1]]):
            torch.testing.assert_close(row, words[i, x:y].mean(0))

    def test_overlapping_mentions_make_no_pair_and_masked_ones_are_unknown(self):
        s = encoded(aligned([("Veltra", "acquires", "Orrin unit", "buy", ""), ("Veltra", "wants", "TEXT:to", "", "")]))
        s.masked.add((1, 2))
        batch = facts.collate([s], [[0, 1, 2]], RELATIONS)
        self.assertEqual(len(batch["pairs"]), 6)
        self.assertEqual(batch["fact"].sum(), 1.0)
        self.assertEqual(int((~batch["known"]).sum()), 1)
        self.assertEqual(batch["trigger"][0].tolist().index(1.0), 2)


class FewRelations(unittest.TestCase):
    def passage(self):
        start = 40
        names = {"1": "SUBSIDIARY_OF", "2": "FOUNDED_BY"}
        facts_ = [{"propertyId": "2", "subjectStart": start + 18, "subjectEnd": start + 28, "objectStart": start,
                   "objectEnd": start + 6}]
        return {"passageId": "p", "passageStart": start, "passageText": ROW["text"], "facts": facts_,
                "exhaustivelyAnnotatedProperties": [{"propertyId": k, "propertyName": v} for k, v in names.items()]}

    def read(self):
        with tempfile.TemporaryDirectory() as folder:
            corpus, dump = Path(folder) / "c.jsonl", Path(folder) / "d.jsonl"
            corpus.write_text(json.dumps({"fold": 3, "passages": []}) + "\n"
                              + json.dumps({"fold": 1, "passages": [self.passage()]}) + "\n")
            dump.write_text(json.dumps(ROW) + "\n")
            return facts.read_knowledgenet(corpus, dump)

    def test_a_property_is_read_in_our_direction(self):
        (s,) = self.read()
        self.assertEqual(s.facts, {(0, 1): ("founder_of",)})
        self.assertEqual(s.annotated, ("founder_of", "subsidiary_of"))

    def test_a_pair_whose_object_has_a_fact_is_left_open(self):
        (s,) = self.read()
        encoded(s)
        batch = facts.collate_partial([s], ["_other", "founder_of", "subsidiary_of"])
        rows = {(a, b): i for i, (_, a, b, _) in enumerate(batch["pairs"].tolist())}
        self.assertEqual(batch["allowed"][rows[0, 1]].tolist(), [False, True, False])
        self.assertFalse(bool(batch["excluded"][rows[2, 1]].any()))
        self.assertEqual(batch["excluded"][rows[1, 0]].tolist(), [False, True, True])
        net = Network(CONFIG, len(VOCABULARY)).eval()
        base = data.collate([s.encoded])
        loss = facts.partial_loss(net, net.encode(base), batch, base["average"].sum(-1) > 0)
        self.assertGreater(float(loss.detach()), 0.0)


class Heads(unittest.TestCase):
    def test_they_learn_a_sentence_by_heart_and_survive_export(self):
        s = encoded(aligned([("Veltra", "acquires", "Orrin unit", "buy", "planned")]))
        net = Network(CONFIG, len(VOCABULARY))
        optimizer = torch.optim.Adam(net.facts.parameters(), 3e-3)
        base, batch = data.collate([s.encoded]), facts.collate([s], [[0, 1, 2]], RELATIONS)
        real = base["average"].sum(-1) > 0
        net.eval()
        for _ in range(60):
            loss = facts.loss(net, net.encode(base).detach(), batch, real, {"relation": 1.0, "flags": 1.0, "trigger": 1.0})
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "m.safetensors"
            export.save(net, path)
            net = export.load(Network, path)
        (found, *_), = facts.predict(net, [s], False)
        self.assertEqual((found.subject, found.object, found.relation, found.trigger, found.flags),
                         (0, 1, "acquires", (2,), ("planned",)))
        self.assertEqual(facts.score(net, [s], False, set())["f1"], 100.0)

    def test_no_two_neighbours_sum_to_more_than_16_bits_bear(self):
        rows = torch.tensor(np.random.default_rng(3).normal(size=(40, 9)).astype(np.float32))
        rows[0] = 1.0
        values, scale = export.quantise(rows)
        pairs = values[:, :8].to(torch.int32).view(40, 4, 2).sum(2)
        self.assertLessEqual(int(pairs.abs().max()), 128)
        self.assertLess(float((values * scale[:, None] - rows).abs().max()), 1.6 * float(scale.max()))
        self.assertEqual(int(export.quantise(rows, False)[0].max()), 127)

    def test_an_average_skips_what_a_start_lacks(self):
        one, two = {"a": torch.tensor(1.0), "b": torch.tensor(1.0)}, {"a": torch.tensor(3.0)}
        mean = average([(0.75, one), (0.25, two)])
        self.assertEqual((float(mean["a"]), float(mean["b"])), (1.5, 1.0))

    def test_a_file_without_fact_heads_takes_them_up(self):
        old = Network({k: v for k, v in CONFIG.items() if not k.startswith(("fact", "mention"))}, len(VOCABULARY))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "m.safetensors"
            export.save(old, path)
            self.assertIsNone(export.load(Network, path).facts)
            added = {k: v for k, v in CONFIG.items() if k.startswith(("fact", "mention"))}
            self.assertEqual(export.load(Network, path, added).facts.relations, len(RELATIONS))


if __name__ == "__main__":
    unittest.main()
