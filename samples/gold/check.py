#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the gold facts of samples/: every evidence sentence stands in the visible text of its article, every id
resolves, every enumeration is valid, every checksum is right. Standard library only.

    python3 samples/gold/check.py [--table]

Prints one line a problem and exits with 1 if there is one; --table prints the counts of samples/README.md.
"""
import hashlib
import html.parser
import json
import pathlib
import re
import sys

GOLD = pathlib.Path(__file__).resolve().parent
ARTICLES = GOLD.parent / "articles"

ENTITY_TYPES = set("PERSON ORG GPE LOC FAC NORP PRODUCT WORK EVENT LAW OTHER".split())
VALUE_KINDS = set("QUANTITY MONEY PERCENT DATE TITLE TEXT".split())
ENUMERATIONS = {
    "polarity": set("positive negative".split()),
    "modality": set("asserted planned possible hypothetical denied alleged".split()),
    "difficulty": set("local implicit coref cross".split()),
    "key": {True, False},
}
REQUIRED = set("id subject relation accept object time polarity modality attribution evidence key difficulty".split())
OPTIONAL = set("accept_inverse symmetric time_text evidence_more note".split())
PREDICATE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
ENTITY_ID = re.compile(r"e[1-9]\d*")


class VisibleHtml(html.parser.HTMLParser):
    """Text of a page as a reader sees it: block elements end a paragraph, inline elements do not."""

    HIDDEN = {"head", "script", "style", "template", "noscript"}
    INLINE = {"a", "em", "strong", "b", "i", "span", "time", "abbr", "cite", "q", "mark", "small", "sub", "sup"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in self.HIDDEN
        self.parts.append("" if tag in self.INLINE else "\n\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in self.HIDDEN
        self.parts.append("" if tag in self.INLINE else "\n\n")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data.replace("\n", " "))


def from_html(source):
    parser = VisibleHtml()
    parser.feed(source)
    parser.close()
    return "".join(parser.parts)


def from_markdown(source):
    """Enough Markdown for the samples: front matter, headings, quotes, lists, links, emphasis, wrapped lines."""
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)
    source = re.sub(r"(?m)^(#+|>|-) ", "\n\n", source)
    source = re.sub(r"(?m)^(\S.*)\n(?=[ \S])", r"\1 ", re.sub(r"(?m)^  (?=\S)", "", source))
    source = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", source)
    return re.sub(r"\*+", "", source)


def visible_text(source_file):
    """The paragraphs of `NAME` or, in JSON lines, `NAME#ID`; parted by a blank line, spaces made single."""
    name, _, part = source_file.partition("#")
    source = (ARTICLES / name).read_text(encoding="utf-8")
    if name.endswith(".jsonl"):
        rows = [json.loads(line) for line in source.splitlines() if line]
        row = next(r for r in rows if r["id"] == part)
        source = row["title"] + "\n\n" + row["text"]
    elif name.endswith(".html"):
        source = from_html(source)
    elif name.endswith(".md"):
        source = from_markdown(source)
    else:
        source = source.replace("\n", "\n\n")
    paragraphs = (re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n\s*\n", source))
    return "\n\n".join(p for p in paragraphs if p)


def body_words(source_file):
    """Words of the article, without the frame of a web page."""
    text = visible_text(source_file)
    if source_file.endswith(".html"):
        name = source_file.partition("#")[0]
        paragraphs = re.findall(r"(?s)<p>(.*?)</p>", (ARTICLES / name).read_text(encoding="utf-8").split("<h1>")[1])
        text = " ".join(from_html(p) for p in paragraphs)
    return len(text.split())


def entity_problems(entities, text):
    seen, owner = set(), {}
    for e in entities:
        if set(e) != {"id", "name", "type", "aliases"}:
            yield "entity %s: fields %s" % (e.get("id"), sorted(e))
            continue
        if not ENTITY_ID.fullmatch(e["id"]) or e["id"] in seen:
            yield "entity id %s is malformed or repeated" % e["id"]
        seen.add(e["id"])
        if e["type"] not in ENTITY_TYPES:
            yield "entity %s: type %s" % (e["id"], e["type"])
        if not e["name"] or not e["aliases"]:
            yield "entity %s has no name or no alias" % e["id"]
        for alias in e["aliases"]:
            if not re.search(r"(?<!\w)" + re.escape(alias) + r"(?!\w)", text):
                yield "entity %s: alias '%s' is not in the article" % (e["id"], alias)
            if owner.setdefault(alias, e["id"]) != e["id"]:
                yield "alias '%s' belongs to %s and %s" % (alias, owner[alias], e["id"])


def fact_problems(fact, ids, text):
    if not REQUIRED <= set(fact) <= REQUIRED | OPTIONAL:
        yield "fields %s" % sorted(set(fact) ^ REQUIRED)
        return
    for field, allowed in ENUMERATIONS.items():
        if fact[field] not in allowed:
            yield "%s is %r" % (field, fact[field])
    predicates = [fact["relation"]] + fact["accept"]
    for p in predicates + fact.get("accept_inverse", []):
        if not PREDICATE.fullmatch(p):
            yield "predicate %r" % p
    if len(set(predicates)) != len(predicates):
        yield "a predicate is listed twice"
    evidence = [fact["evidence"]] + fact.get("evidence_more", [])
    for sentence in evidence:
        if not any(sentence in p for p in text.split("\n\n")):
            yield "evidence '%.50s' is not in the article" % sentence
    if fact["subject"] not in ids:
        yield "subject %s" % fact["subject"]
    obj = fact["object"]
    if isinstance(obj, dict):
        if set(obj) != {"value", "kind"} or obj["kind"] not in VALUE_KINDS:
            yield "value %r" % obj
        elif not any(obj["value"] in sentence for sentence in evidence):
            yield "value '%s' is not in the evidence" % obj["value"]
    elif obj not in ids or obj == fact["subject"]:
        yield "object %s" % obj
    by = fact["attribution"]
    if by is not None and by not in ids and by not in text:
        yield "attribution %s" % by
    if "time_text" in fact and fact["time_text"] not in text:
        yield "time_text '%s' is not in the article" % fact["time_text"]


def problems(path):
    doc = json.loads(path.read_text(encoding="utf-8"))
    name, _, part = doc["source_file"].partition("#")
    if doc["id"] != path.stem or doc["id"] not in (part, pathlib.Path(name).stem):
        yield "id %s, source_file %s" % (doc["id"], doc["source_file"])
    if hashlib.sha256((ARTICLES / name).read_bytes()).hexdigest() != doc["sha256"]:
        yield "sha256 is not that of %s" % name
    text = visible_text(doc["source_file"])
    yield from entity_problems(doc["entities"], text)
    ids, used, seen = {e["id"] for e in doc["entities"]}, set(), {}
    for n, fact in enumerate(doc["facts"], 1):
        if fact.get("id") != "f%d" % n:
            yield "fact %d has the id %s" % (n, fact.get("id"))
        for message in fact_problems(fact, ids, text):
            yield "fact f%d: %s" % (n, message)
        used |= {x for x in (fact["subject"], fact["object"], fact["attribution"]) if isinstance(x, str)}
        mark = json.dumps([fact[k] for k in ("subject", "relation", "object", "polarity", "modality", "time")])
        if seen.setdefault(mark, n) != n:
            yield "fact f%d repeats f%d" % (n, seen[mark])
    for entity in sorted(ids - used):
        yield "entity %s takes part in no fact" % entity
    for trap in doc["traps"]:
        if set(trap) != {"text", "why"} or trap["text"] not in text:
            yield "trap '%.50s'" % trap.get("text")


def main():
    paths = sorted(GOLD.glob("*.json"))
    wrong, covered, totals = 0, set(), [0, 0, 0]
    for path in paths:
        for message in problems(path):
            print("%s: %s" % (path.name, message))
            wrong += 1
        doc = json.loads(path.read_text(encoding="utf-8"))
        covered.add(doc["source_file"])
        keys = sum(f["key"] for f in doc["facts"])
        counts = [body_words(doc["source_file"]), len(doc["facts"]), keys]
        totals = [a + b for a, b in zip(totals, counts)]
        if "--table" in sys.argv[1:]:
            print("| %s | %d | %d | %d |" % (doc["source_file"], *counts))
    for article in sorted(ARTICLES.iterdir()):
        rows = [article.name]
        if article.suffix == ".jsonl":
            rows = [article.name + "#" + json.loads(x)["id"] for x in article.read_text("utf-8").splitlines() if x]
        for row in rows:
            if row not in covered:
                print("%s has no gold file" % row)
                wrong += 1
    print("%d articles, %d words, %d facts, %d of them key, %d problems" % (len(paths), *totals, wrong))
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
