# SPDX-License-Identifier: Apache-2.0
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from relata_train import corpora  # noqa: E402


def tags(allowed):
    return ["?" if t is None else "|".join(sorted(t)) for t in allowed]


class Spans(unittest.TestCase):
    def test_bio_io_and_touching_names(self):
        self.assertEqual(corpora.bio_spans(["B-X", "I-X", "B-X", "O", "I-Y", "I-Z"]),
                         [(0, 1, "X"), (2, 2, "X"), (4, 4, "Y"), (5, 5, "Z")])

    def test_partial_labels_allow_what_the_corpus_does_not_tell_apart(self):
        s = corpora.from_spans(["to", "Mount", "Skarfjell"], [(1, 2, "LOC")], {"LOC": (corpora.PLACE, False)},
                               corpora.OUTSIDE, "x")
        self.assertEqual(tags(s.ner), ["O", "B-FAC|B-GPE|B-LOC", "I-FAC|I-GPE|I-LOC"])

    def test_unknown_labels_are_outside(self):
        s = corpora.from_spans(["jazz"], [(0, 0, "musicgenre")], corpora.CROSSNER, corpora.o_or("LAW"), "x")
        self.assertEqual(tags(s.ner), ["O"])


class News(unittest.TestCase):
    def test_surfaces_are_found_as_whole_words_and_by_number(self):
        text = "Gap saw a gap; Gap Inc. did not."
        self.assertEqual(corpora.news_spans(text, "ORG=Gap Inc. | ORG=Gap#1"), [(0, 3, "ORG"), (15, 23, "ORG")])

    def test_a_mention_that_does_not_occur_is_an_error(self):
        with self.assertRaises(ValueError):
            corpora.news_spans("Nothing here.", "ORG=Halden Motor")

    def test_sentences_are_split_like_ud_words(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a.tsv").write_text("b1\tOslo-listed Halden Inc. hasn't paid $1.4bn.\tGPE=Oslo | ORG=Halden Inc.\n")
            s, = corpora.read_news(folder)
        self.assertEqual(s.words, ["Oslo", "-", "listed", "Halden", "Inc.", "has", "n't", "paid", "$", "1.4", "bn", "."])
        self.assertEqual(tags(s.ner)[:6], ["B-GPE", "O", "O", "B-ORG", "I-ORG", "O"])

    def test_articles_are_held_out_as_a_whole(self):
        self.assertEqual(corpora.fnv1a("a"), 0xE40C292C)
        self.assertEqual(corpora.is_dev_group("2019_001:0"), corpora.is_dev_group("2019_001:17"))


class Trees(unittest.TestCase):
    def test_the_head_of_an_argument_is_its_word_with_an_outer_head(self):
        # "the old ferry sank": ferry hangs on sank.
        self.assertEqual(corpora.argument_head(0, 2, [3, 3, 4, 0]), 2)

    def test_roles_come_from_bracketed_columns(self):
        rows = [line.split("\t") for line in ("1\tShe\tshe\tPRON\tPRP\t2\tnsubj\t-\t-\t(ARG0*)",
                                              "2\tsold\tsell\tVERB\tVBD\t0\troot\tsell\tsell.01\t(V*)",
                                              "3\tthe\tthe\tDET\tDT\t4\tdet\t-\t-\t(ARG1*",
                                              "4\tferry\tferry\tNOUN\tNN\t2\tobj\t-\t-\t*)")]
        self.assertEqual(corpora.roles_of(rows), [(1, {0: "ARG0", 3: "ARG1"})])

    def test_a_missing_argument_column_is_an_error(self):
        rows = [line.split("\t") for line in ("1\tGo\tgo\tVERB\tVB\t0\troot\tgo\tgo.02",)]
        with self.assertRaises(ValueError):
            corpora.roles_of(rows)

    def test_names_are_cut_out_of_noun_phrases_and_lose_titles(self):
        # "former President Tuva Strand of Norway": the person's phrase covers all of it, the place's the last word.
        s = corpora.Sentence(
            "former President Tuva Strand of Norway".split(), "x", upos="ADJ PROPN PROPN PROPN ADP PROPN".split(),
            xpos="JJ NNP NNP NNP IN NNP".split(), heads=[3, 3, 0, 3, 6, 3],
            misc=["Entity=(1-person-new-a", "_", "_", "_", "_", "Entity=(2-place-new-b)1)"])
        self.assertEqual(corpora.gum_entities(s), [(5, 5, "place"), (0, 5, "person")])
        corpora.label_gum_names(s)
        self.assertEqual(tags(s.ner)[:4], ["O", "O", "B-PERSON", "I-PERSON"])

    def test_multiword_tokens_and_empty_nodes_are_left_out(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "t.conllu")
            rows = ["# sent_id = 1", "1-2\tcan't" + "\t_" * 8, "1\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_",
                    "1.1\tx" + "\t_" * 8, "2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_", ""]
            path.write_text("\n".join(rows) + "\n")
            s, = corpora.read_conllu(path, "x")
        self.assertEqual((s.words, s.heads), (["ca", "n't"], [0, 1]))

    def test_own_annotation_is_exhaustive(self):
        s = corpora.Sentence(["Ask", "Mei", "Tanaka"], "ewt", "e-1")
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a.tsv").write_text("e-1\tPERSON:2-3\n")
            found, = corpora.read_own_annotation(folder, [s])
            self.assertEqual(tags(found.ner), ["O", "B-PERSON", "I-PERSON"])
            Path(folder, "a.tsv").write_text("e-1\tPERSON:2-4\n")
            with self.assertRaises(ValueError):
                corpora.read_own_annotation(folder, [s])


class Variants(unittest.TestCase):
    def test_places_lose_the_comma_between_them_and_stay_two(self):
        words = "She lives in Riga , Latvia , with Tuva Strand , 40 .".split()
        s = corpora.from_spans(words, [(3, 3, "GPE"), (5, 5, "GPE"), (8, 9, "PERSON")],
                               {t: ((t,), False) for t in corpora.TYPES}, corpora.OUTSIDE, "x")
        found, = corpora.without_place_commas([s])
        self.assertEqual(found.words, "She lives in Riga Latvia , with Tuva Strand , 40 .".split())
        self.assertEqual(corpora.exact_spans(found), [(3, 3, "GPE"), (4, 4, "GPE"), (7, 8, "PERSON")])

    def test_names_are_turned_round_as_in_mail_headers(self):
        s = corpora.from_spans(["Tuva", "Strand"], [(0, 1, "PERSON")], {"PERSON": (("PERSON",), False)},
                               corpora.OUTSIDE, "x")
        found, = corpora.address_lines([s])
        self.assertEqual(found.words, ['"', "Strand", ",", "Tuva", '"'])
        self.assertEqual(corpora.exact_spans(found), [(1, 3, "PERSON")])

    def test_partial_labels_have_no_exact_spans(self):
        self.assertIsNone(corpora.exact_spans(corpora.Sentence(["Riga"], "x", ner=[None])))


if __name__ == "__main__":
    unittest.main()
