"""Reads attributions off gold syntax trees: content, cue and source of reporting verbs (CoNLL-U).

A clause that complements a verb of saying is its content, the verb group its cue, the subject's
subtree its source: what PARC3 (Pareti 2016) annotates by hand, derived by rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsdesk.suggest.training.examples import Labelled

_LEMMAS = frozenset(
    """say tell claim report announce warn insist argue admit deny confirm reveal state explain
    suggest add note stress allege assert contend declare acknowledge concede complain predict
    maintain observe recall reply respond remark comment mention indicate disclose emphasize
    emphasise conclude estimate find show write ask demand urge vow pledge promise boast joke quip
    testify repeat reiterate shout exclaim propose recommend inform assure remind cite hint imply
    caution advise proclaim tweet agree believe rule demonstrate speculate posit hypothesize swear
    pronounce counter answer inquire enquire question""".split()
)
_INTERRUPTING = frozenset(
    "say tell claim add report write ask explain argue warn insist note reply announce".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a tree with its place in the text (code points)."""

    number: int
    form: str
    lemma: str
    kind: str
    head: int
    relation: str
    start: int
    end: int


def read_trees(path: Path) -> Iterator[tuple[str, str, list[list[str]]]]:
    """Sentence id, text and token rows of a CoNLL-U file."""
    name = text = ""
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# sent_id"):
                name = line.split("= ", 1)[1]
            elif line.startswith("# text ="):
                text = line.split("= ", 1)[1]
            elif not line:
                if rows:
                    yield name, text, rows
                rows = []
            elif not line.startswith("#"):
                rows.append(line.split("\t"))


def aligned(text: str, rows: Sequence[Sequence[str]]) -> list[Word] | None:
    """The tree's words with their places in ``text``; None if they don't meet."""
    at, covered, inner = 0, 0, 0
    whole = (0, 0)
    words: list[Word] = []
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            _, last = row[0].split("-")
            start = text.find(row[1], at)
            if start < 0:
                return None
            whole, covered = (start, start + len(row[1])), int(last)
            at, inner = whole[1], start
            continue
        number = int(row[0])
        if number <= covered:
            found = text.lower().find(row[1].lower(), inner, whole[1])
            start, end = (found, found + len(row[1])) if found >= 0 else (inner, whole[1])
            inner = end
        else:
            start = text.find(row[1], at)
            if start < 0 or start > at + 3:
                return None
            end = at = start + len(row[1])
        head = int(row[6]) if row[6].isdigit() else 0
        words.append(Word(number, row[1], row[2].lower(), row[3], head, row[7], start, end))
    return words


class Tree:
    """A sentence's words by number and by head."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.by_number = {word.number: word for word in words}
        self.children: dict[int, list[Word]] = defaultdict(list)
        for word in words:
            self.children[word.head].append(word)

    def below(self, word: Word, without: Collection[int] = ()) -> list[Word]:
        """The subtree of ``word`` in text order, some branches left out."""
        found, waiting = [], [word]
        while waiting:
            here = waiting.pop()
            if here.number not in without:
                found.append(here)
                waiting += self.children[here.number]
        return sorted(found, key=lambda w: w.number)


def attributions(words: Sequence[Word]) -> list[Labelled]:
    """Contents, cues and sources of one sentence; what comes first keeps its words."""
    tree = Tree(words)
    found: list[Labelled] = []
    for word in words:
        if word.lemma == "according":
            found += _according(tree, word)
        elif word.kind == "VERB" and word.lemma in _LEMMAS:
            found += _reported(tree, word)
    kept: list[Labelled] = []
    for start, end, label in sorted(found, key=lambda f: (f[0], -f[1])):
        if not any(start < last and first < end for first, last, _ in kept):
            kept.append((start, end, label))
    return kept


def _according(tree: Tree, word: Word) -> list[Labelled]:
    phrase = tree.by_number.get(word.head)
    to = tree.by_number.get(word.number + 1)
    if phrase is None or word.relation != "case" or to is None or to.form.lower() != "to":
        return []
    head = tree.by_number.get(phrase.head)
    if head is None:
        return []
    contents = [run for run in _runs(tree.below(head, {phrase.number})) if run[2] > 1]
    if not contents:
        return []
    sources = _runs(tree.below(phrase, {word.number, to.number}))[:1]
    return (
        [(word.start, to.end, "CUE")]
        + [(start, end, "CONTENT") for start, end, _ in contents]
        + [(start, end, "SOURCE") for start, end, _ in sources]
    )


def _reported(tree: Tree, verb: Word) -> list[Labelled]:
    contents = _contents(tree, verb)
    if not contents or (verb.lemma == "order" and contents):
        return []
    found: list[Labelled] = [
        (start, end, "CONTENT") for start, end, size in contents if size > 1 or len(contents) == 1
    ]
    found.append((*_verb_group(tree, verb), "CUE"))
    source = _subject(tree, verb)
    return [*found, (*source, "SOURCE")] if source else found


def _contents(tree: Tree, verb: Word) -> list[tuple[int, int, int]]:
    children = tree.children[verb.number]
    clauses = [c for c in children if c.relation.split(":")[0] == "ccomp"]
    if clauses:
        return _runs(tree.below(clauses[0]))
    head = tree.by_number.get(verb.head)
    subject = any(c.relation.startswith("nsubj") for c in children)
    if verb.relation.startswith("parataxis") and head and subject and verb.lemma in _INTERRUPTING:
        return [run for run in _runs(tree.below(head, {verb.number})) if run[2] > 1]
    beside = [c for c in children if c.relation.startswith("parataxis") and c.number > verb.number]
    colon = beside and any(
        w.form == ":" for w in tree.words if verb.number < w.number < beside[0].number
    )
    return _runs(tree.below(beside[0])) if colon else []


def _verb_group(tree: Tree, verb: Word) -> tuple[int, int]:
    """The verb with its particle, and the auxiliaries and the *not* right before it."""
    end, start, number = verb.end, verb.start, verb.number - 1
    particle = tree.by_number.get(verb.number + 1)
    if particle and particle.relation == "compound:prt" and particle.head == verb.number:
        end = particle.end
    while number in tree.by_number:
        word = tree.by_number[number]
        helper = word.relation.startswith("aux") or word.form.lower() in ("not", "n't")
        if not helper or word.head != verb.number:
            break
        start, number = word.start, number - 1
    return start, end


def _subject(tree: Tree, verb: Word) -> tuple[int, int] | None:
    children = tree.children[verb.number]
    subjects = [c for c in children if c.relation in ("nsubj", "nsubj:outer")]
    agents = [c for c in children if c.relation == "obl:agent"]
    head = tree.by_number.get(verb.head)
    if not subjects and not agents and head and verb.relation in ("conj", "xcomp", "advcl"):
        subjects = [c for c in tree.children[head.number] if c.relation == "nsubj"]
    if subjects:
        left_out = {
            c.number for c in tree.children[subjects[0].number] if c.relation == "acl:relcl"
        }
        runs = _runs(tree.below(subjects[0], left_out))
    elif agents:
        left_out = {c.number for c in tree.children[agents[0].number] if c.relation == "case"}
        runs = _runs(tree.below(agents[0], left_out))
    else:
        return None
    return (runs[0][0], runs[0][1]) if runs else None


def _runs(words: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Start, end and number of words of each unbroken run; marks at the ends are left out."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and word.number == groups[-1][-1].number + 1:
            groups[-1].append(word)
        else:
            groups.append([word])
    found = []
    for group in groups:
        while group and group[0].kind == "PUNCT":
            group = group[1:]
        while group and group[-1].kind == "PUNCT":
            group = group[:-1]
        if group:
            found.append((group[0].start, group[-1].end, len(group)))
    return found
