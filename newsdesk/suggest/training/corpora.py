"""Reads the open corpora into examples, and says what each of them leaves unlabelled."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsdesk.suggest.lexicon import COUNTRIES, THOUGHT_VERBS
from newsdesk.suggest.training.examples import (
    NAME_LABELS,
    NOT_FACTUAL,
    OPEN,
    UNIMPORTANT,
    WORTHY,
    Example,
    Labelled,
    split,
)
from newsdesk.suggest.training.trees import aligned, attributions, read_trees

# Names that a corpus doesn't label: its unmarked words may still be these.
HIDDEN: Mapping[str, tuple[str, ...]] = {
    "uner": ("EVENT", "WORK", "PRODUCT", "NORP"),
    "wnut": ("EVENT", "NORP"),
    "btc": ("EVENT", "WORK", "PRODUCT", "NORP", "MISC"),
    "gum": ("NORP",),
    "re3d": ("EVENT", "WORK"),
}
# What a corpus lumps together as MISC.
LUMPED: Mapping[str, tuple[str, ...]] = {
    "uner": ("EVENT", "WORK", "PRODUCT", "NORP"),
    "wikigold": ("EVENT", "WORK", "PRODUCT", "NORP"),
    "crossner": ("NORP", "WORK", "PRODUCT"),
    "gum": ("WORK", "PRODUCT", "NORP"),
    "re3d": ("PRODUCT", "WORK", "EVENT"),
    "grobid": ("WORK", "PRODUCT"),
}
WEIGHT: Mapping[str, float] = {"btc": 0.5, "re3d": 0.5, "wnut": 0.7, "own": 0.7}
"""Corpora that are noisy, or not like news, count less in the loss."""

NAMES_FILES = (
    ("wikigold_train", "wikigold"),
    ("crossner_other_train", "crossner"),
    ("crossner_other_dev", "crossner"),
    ("crossner_politics_train", "crossner"),
    ("wnut17_train", "wnut"),
    ("btc_train", "btc"),
    ("re3d_train", "re3d"),
    ("grobid_wikipedia_train", "grobid"),
)
LONGEST_QUOTE = 500  # code points: what GUM's discourse units give beyond is no quote
_HELD_OUT = "2012"  # the debates of this year are the dev set of claims


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def label_of(span: Mapping[str, Any]) -> str | None:
    """A corpus's label in ours; places are one label, dates and sums are left to the rules."""
    if str(span.get("orig", "")).lower() == "product":
        return "PRODUCT"
    label = {"GPE": "LOC", "FAC": "LOC"}.get(span["label"], span["label"])
    return label if label in NAME_LABELS else None


def _names(record: Mapping[str, Any]) -> list[Labelled]:
    return [(s["start"], s["end"], label) for s in record["spans"] if (label := label_of(s))]


# Corpora that mark more than the name: titles, whole lists, descriptions, countries as bodies.
_WIDE = frozenset("grobid re3d".split())
_NOT_ONE = re.compile(
    r"[,;()]|\b(?:and|or|to|in|by|at|from|director|head|government|army)\b|['’] s "
)
_PLAIN_WORD = re.compile(
    r"(?:[A-Z\d][\w.'’&-]*|of|the|for|de|del|la|al|von|van|der|bin|d'\w+|al-\w+)$"
)


def _narrow(text: str, names: Iterable[Labelled]) -> Iterator[Labelled]:
    """Names of a corpus that marks widely, as narrow as ours; what can't be told is left open."""
    for start, end, label in names:
        words = text[start:end]
        plain = all(_PLAIN_WORD.match(word) for word in words.split())
        titled = label == "PERSON" and any(
            word.strip(".,’'s").lower() in _TITLED for word in words.split()
        )
        country = label == "ORG" and re.sub(r"^the ", "", words, flags=re.IGNORECASE) in COUNTRIES
        odd = _NOT_ONE.search(words) or not plain or titled or country
        yield start, end, OPEN if odd and label != "EVENT" else label


_TITLED = frozenset(
    "president minister secretary chancellor senator ambassador commodore admiral general major "
    "captain colonel chief officer spokesman representative envoy commissioner prime foreign "
    "king queen emperor archduke prince princess sir lord lady gauleiter sheikh mr mrs ms dr brig "
    "gen capt col sgt spc lt maj high bishop pope judge professor marshal kaiser tsar german "
    "command mp".split()
)


def names_examples(path: Path, source: str) -> Iterator[Example]:
    """Sentences of a names file."""
    for record in _lines(path):
        names = _names(record)
        if source in _WIDE:
            names = list(_narrow(record["text"], names))
        yield from split(record["text"], source, names)


def ewt_examples(folder: Path, part: str) -> Iterator[Example]:
    """UNER's names on EWT, with attributions from EWT's trees where both have the same text."""
    trees = {
        name: (text, rows) for name, text, rows in read_trees(folder / f"ud_ewt-{part}.conllu")
    }
    for record in _lines(folder / f"ner_uner_ewt_{part}.jsonl"):
        text, quotes = record["text"], None
        if record["id"] in trees and trees[record["id"]][0] == text:
            words = aligned(text, trees[record["id"]][1])
            quotes = tuple(attributions(words)) if words else None
        yield Example(text, "uner", tuple(_names(record)), quotes)


def gum_examples(folder: Path, part: str) -> Iterator[Example]:
    """GUM's documents: names, attributions from its trees, and what its discourse units add."""
    trees: dict[str, list[tuple[str, list[list[str]]]]] = defaultdict(list)
    for name, text, rows in read_trees(folder / f"ud_gum-open-{part}.conllu"):
        trees[name.rsplit("-", 1)[0]].append((text, rows))
    paragraphs: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in _lines(folder / f"ner_gum_open_{part}.jsonl"):
        paragraphs[record["id"].rsplit("-p", 1)[0]].append(record)
    for document in _lines(folder / f"quotes_gum_open_{part}.jsonl"):
        text, name = document["text"], document["id"]
        names: list[Labelled] = []
        for record, at in _placed(text, paragraphs[name], lambda r: str(r["text"])):
            names += [(a + at, b + at, label) for a, b, label in _names(record)]
        quotes: list[Labelled] = []
        blind: list[tuple[int, int]] = []
        for (sentence, rows), at in _placed(text, trees[name], lambda pair: str(pair[0])):
            words = aligned(sentence, rows)
            if words is None:
                blind.append((at, at + len(sentence)))
            else:
                quotes += [(a + at, b + at, label) for a, b, label in attributions(words)]
        _add_discourse(document, quotes, blind)
        yield from split(text, "gum", names, sorted(quotes), blind)


def _placed(text: str, parts: Iterable[Any], words: Any) -> Iterator[tuple[Any, int]]:
    """Each part with its place in ``text``; parts that don't stand there are left out."""
    at = 0
    for part in parts:
        found = text.find(words(part), at)
        if found >= 0:
            at = found + len(words(part))
            yield part, found


def _add_discourse(
    document: Mapping[str, Any], quotes: list[Labelled], blind: list[tuple[int, int]]
) -> None:
    """Add speech from GUM's discourse relations; thought is left out, the rest made blind."""
    text = document["text"]
    for quote in document["quotes"]:
        contents = [(a, b) for a, b in quote["content"] if b - a < LONGEST_QUOTE]
        if not quote["cue"]:
            blind.extend(contents)
            continue
        cue = text[slice(*quote["cue"])].lower()
        if set(re.findall(r"[a-z']+", cue)) & THOUGHT_VERBS:
            continue
        added: list[Labelled] = []
        if len(cue.split()) <= 4:
            added.append((*quote["cue"], "CUE"))
        speaker = quote["speaker"]
        if speaker and speaker[1] - speaker[0] < 120:
            added.append((*speaker, "SOURCE"))
        added += [(a, b, "CONTENT") for a, b in contents]
        for start, end, label in added:
            if not any(start < last and first < end for first, last, _ in quotes):
                quotes.append((start, end, label))


def claim_examples(path: Path, held_out: bool = False) -> Iterator[Example]:
    """ClaimBuster's sentences; ``held_out`` gives the debates of 2012, otherwise all the others."""
    classes = {"CFS": WORTHY, "UFS": UNIMPORTANT, "NFS": NOT_FACTUAL}
    for record in _lines(path):
        if record["file"].startswith(_HELD_OUT) == held_out:
            yield Example(record["text"], "claimbuster", claim=classes[record["verdict"]])


def training_examples(folder: Path) -> list[Example]:
    """Everything that the shipped pipeline is trained on, but the invented sentences."""
    found = [*ewt_examples(folder, "train"), *gum_examples(folder, "train")]
    for name, source in NAMES_FILES:
        found += names_examples(folder / f"ner_{name}.jsonl", source)
    found += claim_examples(folder / "claims_claimbuster_crowd_1960-2012.jsonl")
    return found


def dev_examples(folder: Path) -> dict[str, list[Example]]:
    """What training is watched on; the shipped pipeline saw none of it."""
    return {
        "uner": list(ewt_examples(folder, "dev")),
        "gum": list(gum_examples(folder, "dev")),
        "crossner": list(names_examples(folder / "ner_crossner_politics_dev.jsonl", "crossner")),
        "claims": list(
            claim_examples(folder / "claims_claimbuster_crowd_1960-2012.jsonl", held_out=True)
        ),
    }
