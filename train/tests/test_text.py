# SPDX-License-Identifier: Apache-2.0
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from relata_train import text  # noqa: E402


def casing(word, first=False):
    return text.CASING_CLASSES[text.casing_class(word, first)]


class Casing(unittest.TestCase):
    def test_shapes(self):
        for word, name in (("ferry", "lower"), ("A", "single-capital"), ("NATO", "upper"), ("Bodø", "title"),
                           ("iPhone", "mixed-starting-lower"), ("McKinsey", "mixed-starting-upper"),
                           ("G7", "digits-with-letters"), ("1,400", "digits"), ("--", "punctuation")):
            self.assertEqual(casing(word), name, word)

    def test_first_word_has_classes_of_its_own_for_letters_only(self):
        self.assertEqual(casing("Ferries", True), "first-title")
        self.assertEqual(casing("ferries", True), "first-lower")
        self.assertEqual(casing("1912", True), "digits")
        self.assertEqual(casing("“", True), "punctuation")

    def test_points_inside_do_not_count(self):
        self.assertEqual(casing("U.S."), "upper")
        self.assertEqual(casing("X."), "single-capital")

    def test_letters_beyond_latin(self):
        self.assertEqual(casing("Осло"), "title")
        self.assertEqual(casing("北京"), "lower")
        self.assertEqual(casing(""), "punctuation")


class Pieces(unittest.TestCase):
    def setUp(self):
        self.pieces = text.WordPieces(["[UNK]", "[CLS]", "[SEP]", "fer", "##ry", "ferr", "-", "naive", "京", "北"])

    def test_longest_match_wins_and_rests_must_match(self):
        self.assertEqual(self.pieces.word("Ferry"), [0])  # "ferr" leaves "##y", which is not there
        self.assertEqual(self.pieces.word("fer"), [3])

    def test_accents_and_case_go(self):
        self.assertEqual(self.pieces.word("NAÏVE"), [7])

    def test_punctuation_and_ideographs_stand_alone(self):
        self.assertEqual(self.pieces.word("fer-fer"), [3, 6, 3])
        self.assertEqual(self.pieces.word("北京"), [9, 8])

    def test_every_word_has_a_piece_and_none_too_many(self):
        self.assertEqual(self.pieces.word("\u200b"), [0])
        self.assertEqual(self.pieces.word(""), [0])
        self.assertEqual(len(self.pieces.word("-" * 50)), text.MAX_PIECES_PER_WORD)
        self.assertEqual(self.pieces.word("f" * 101), [0])

    def test_simple_lower_case_never_grows(self):
        self.assertEqual(text.simple_lower("İx"), "İx")
        self.assertEqual(text.simple_lower("ÆØ"), "æø")


class LemmaScripts(unittest.TestCase):
    def test_examples_of_the_format_page(self):
        for form, lemma, script in (("studies", "study", "l:0::3:y"), ("Fridays", "Friday", "k:0::1:"),
                                    ("WASHINGTON", "Washington", "t:0::0:"), ("is", "be", "=be"), ("Cats", "cat", "l:0::1:")):
            self.assertEqual(text.lemma_script(form, lemma), script)
            self.assertEqual(text.apply_lemma_script(form, script), lemma)

    def test_a_script_carries_over_to_other_words(self):
        self.assertEqual(text.apply_lemma_script("Ferries", text.lemma_script("studies", "study")), "ferry")

    def test_every_pair_comes_back(self):
        for form, lemma in (("n't", "not"), ("'ll", "will"), (":", ":"), ("a:b", "x:b"), ("USA", "USA"), ("men", "man"),
                            ("went", "go"), ("EU", "Eu"), ("u.s.", "U.S."), ("ß", "ss")):
            self.assertEqual(text.apply_lemma_script(form, text.lemma_script(form, lemma)), lemma, (form, lemma))

    def test_a_script_that_cuts_too_much_leaves_the_word(self):
        self.assertEqual(text.apply_lemma_script("As", "l:0::3:y"), "as")


if __name__ == "__main__":
    unittest.main()
