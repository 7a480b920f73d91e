# SPDX-License-Identifier: Apache-2.0
"""Words as the network sees them: wordpieces, casing classes and lemma scripts.

model/FORMAT.md defines all three; the C++ analyser implements the same definitions. Everything here works on code
points and uses only simple (one to one) case mappings, so that both sides agree on every input.
"""
import unicodedata

MAX_PIECES_PER_WORD = 12
MAX_PIECES = 510
MAX_CHARACTERS_PER_PART = 100

CASING_CLASSES = [
    "special", "lower", "single-capital", "upper", "title", "mixed-starting-lower", "mixed-starting-upper",
    "digits-with-letters", "digits", "punctuation",
    "first-lower", "first-single-capital", "first-upper", "first-title", "first-mixed-starting-lower",
    "first-mixed-starting-upper",
]


def simple_lower(text):
    """Lower case by one-to-one mappings only: a character whose lower case is longer stays as it is."""
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def simple_upper(text):
    if text.isascii():
        return text.upper()
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def casing_class(word, first):
    """Index into CASING_CLASSES; `first` tells the first word of a sentence, which is capitalised for no reason."""
    letters = capitals = digits = 0
    first_is_capital = False
    for c in word:
        category = unicodedata.category(c)
        if category[0] == "L":
            if category in ("Lu", "Lt"):
                capitals += 1
                if letters == 0:
                    first_is_capital = True
            letters += 1
        elif category == "Nd":
            digits += 1
    if letters == 0:
        return 8 if digits else 9
    if digits:
        return 7
    if capitals == 0:
        shape = 1
    elif letters == 1:
        shape = 2
    elif capitals == letters:
        shape = 3
    elif capitals == 1 and first_is_capital:
        shape = 4
    else:
        shape = 6 if first_is_capital else 5
    return shape + 9 if first else shape


def is_cjk(c):
    """The ideographs that BERT's basic tokeniser parts from their neighbours."""
    o = ord(c)
    return (0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2A6DF or 0x2A700 <= o <= 0x2B73F
            or 0x2B740 <= o <= 0x2B81F or 0x2B820 <= o <= 0x2CEAF or 0xF900 <= o <= 0xFAFF or 0x2F800 <= o <= 0x2FA1F)


def is_punctuation(c):
    """ASCII that is neither letter, digit, blank nor control, and every Unicode P* category."""
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    return unicodedata.category(c)[0] == "P"


class WordPieces:
    """Greedy longest-match wordpieces of one UD word at a time (BERT uncased)."""

    def __init__(self, vocabulary):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self.ids["[UNK]"]
        self.cls = self.ids["[CLS]"]
        self.sep = self.ids["[SEP]"]
        self.cache_ = {}

    def word(self, word):
        """At least one and at most MAX_PIECES_PER_WORD ids; the surplus of very long words is dropped."""
        found = self.cache_.get(word)
        if found is None:
            found = []
            for part in self.parts(word):
                found.extend(self.part_(part))
            found = found[:MAX_PIECES_PER_WORD] or [self.unknown]
            self.cache_[word] = found
        return found

    @staticmethod
    def parts(word):
        """Normalised parts of a word: NFD, no Mn, lower case; blanks and controls part, punctuation and CJK stand alone."""
        parts, current = [], []
        for c in unicodedata.normalize("NFD", word):
            category = unicodedata.category(c)
            if category == "Mn":
                continue
            if category[0] == "Z" or category[0] == "C":
                if current:
                    parts.append("".join(current))
                    current = []
            elif is_punctuation(c) or is_cjk(c):
                if current:
                    parts.append("".join(current))
                    current = []
                parts.append(c)
            else:
                current.append(simple_lower(c))
        if current:
            parts.append("".join(current))
        return parts

    def part_(self, part):
        if len(part) > MAX_CHARACTERS_PER_PART:
            return [self.unknown]
        pieces, begin = [], 0
        while begin < len(part):
            end = len(part)
            while end > begin:
                piece = ("##" if begin else "") + part[begin:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == begin:
                return [self.unknown]
            pieces.append(self.ids[piece])
            begin = end
        return pieces


# --- lemma scripts -------------------------------------------------------------------------------------------------
# After Straka & Strakova's UDPipe: a casing of the form, then letters cut and put at both ends; or the whole lemma.

def base_form(form, case):
    return form if case == "k" else simple_lower(form)


def finish_case(text, case):
    if case == "t":
        return simple_upper(text[:1]) + text[1:]
    if case == "u":
        return simple_upper(text)
    return text


def longest_common(a, b):
    """Begin in a, begin in b and length of the longest common substring; the first one found in a wins."""
    best = (0, 0, 0)
    row = [0] * (len(b) + 1)
    for i, x in enumerate(a):
        previous = 0
        for j, y in enumerate(b):
            kept = row[j + 1]
            row[j + 1] = previous + 1 if x == y else 0
            previous = kept
            if row[j + 1] > best[2]:
                best = (i - row[j + 1] + 1, j - row[j + 1] + 1, row[j + 1])
    return best


def edit_script(source, target, case):
    """(cost, script) that turns `source` into `target`; None where they share nothing or a separator gets in."""
    i, j, n = longest_common(source, target)
    if n == 0:
        return None
    front, back = target[:j], target[j + n:]
    if ":" in front or ":" in back:
        return None
    cut_front, cut_back = i, len(source) - i - n
    return (cut_front + cut_back + len(front) + len(back), f"{case}:{cut_front}:{front}:{cut_back}:{back}")


def lemma_script(form, lemma):
    """The script that makes `lemma` out of `form`: `case:cut-front:put-front:cut-back:put-back`, or `=lemma`."""
    candidates = []
    if lemma == simple_lower(lemma):
        candidates.append(edit_script(simple_lower(form), lemma, "l"))
    else:
        candidates.append(edit_script(form, lemma, "k"))
        rest = simple_lower(lemma)
        if finish_case(rest, "t") == lemma:
            candidates.append(edit_script(simple_lower(form), rest, "t"))
        if finish_case(rest, "u") == lemma:
            candidates.append(edit_script(simple_lower(form), rest, "u"))
    candidates = [c for c in candidates if c is not None]
    return min(candidates, key=lambda c: c[0])[1] if candidates else "=" + lemma


def apply_lemma_script(form, script):
    """The lemma; a script that would cut more than there is leaves the base form uncut."""
    if script.startswith("="):
        return script[1:]
    case, cut_front, front, cut_back, back = script.split(":")
    base = base_form(form, case)
    a, b = int(cut_front), int(cut_back)
    if a + b > len(base):
        return finish_case(base, case)
    return finish_case(front + base[a:len(base) - b] + back, case)
