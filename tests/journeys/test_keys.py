"""How many keys an article takes by the keyboard alone, counted key by key; docs/keys.md tells it.

The article, its entities, its quote and its claims are those of a seed. What other tools would
need is counted over the same text, laid out alike, with the keys that a browser has for its caret:
those tools themselves have none, so this is less than they need.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from PySide6.QtGui import QTextCursor

from newsdesk.desk.articles import add_article
from newsdesk.model import Annotation, Article, Layer, Span, Status, new_article
from newsdesk.settings import shipped
from newsdesk.ui.reader.landmarks import names_after, quotation_after
from newsdesk.ui.reader.selection import sentence_around
from tests.ui.robot import Robot
from tests.window_fixtures import Opener

SEED = "Minister orders review"
ENTITIES, CLAIMS = 20, 5
SHARE = 0.6
DOCS = shipped("resources").parent / "docs" / "keys.md"
Move, Mode = QTextCursor.MoveOperation, QTextCursor.MoveMode
ARROWS = {
    "Ctrl+Right": Move.NextWord, "Ctrl+Left": Move.PreviousWord,
    "Down": Move.Down, "Up": Move.Up, "Home": Move.StartOfLine, "End": Move.EndOfLine,
}  # fmt: skip


class Wanted(NamedTuple):
    """One mark to be made: its label's key and its words."""

    key: str
    span: Span


class Job(NamedTuple):
    """What is to be marked in the article."""

    entities: list[Wanted]
    quote: Wanted
    speaker: Wanted
    cue: Wanted
    claims: list[Wanted]

    @property
    def every(self) -> list[Wanted]:
        return [*self.entities, self.quote, self.speaker, self.cue, *self.claims]


@pytest.fixture
def robot(open_window: Opener) -> Robot:
    """A person at an unmarked copy of the seed."""
    found = open_window()
    desk = found.window.desk
    seed = next(one for one in desk.find(Article) if SEED in one.title)
    add_article(desk, new_article(seed.text, title="Unmarked"))
    found.rest()
    found.press("Ctrl+P")
    found.type("Unmarked")
    found.press("Enter")
    assert found.window.annotate.open.article.title == "Unmarked"
    found.window.reader.setFocus()
    return found


def job_of(robot: Robot) -> Job:
    """The seed's first entities, first quote with speaker and cue, and first claims."""
    desk = robot.window.desk
    seed = next(one for one in desk.find(Article) if SEED in one.title)
    gold = desk.find(Annotation, article=seed.id)
    labels = robot.window.annotate.open.labels

    def wanted(one: Annotation) -> Wanted:
        return Wanted(labels[one.label].shortcut, one.outer)

    def of(layer: Layer) -> list[Wanted]:
        found = [
            one for one in gold
            if labels[one.label].layer is layer and one.status is Status.ACCEPTED
        ]  # fmt: skip
        return [wanted(one) for one in sorted(found, key=lambda one: one.start)]

    by_id = {one.id: one for one in gold}
    hop = next(
        hop for hop in desk.attributions_of(seed.id)
        if hop.hop == 0 and hop.source_mention and hop.cue
        and labels[by_id[hop.content].label].layer is Layer.QUOTE
    )  # fmt: skip
    parts = (by_id[id] for id in (hop.content, hop.source_mention, hop.cue))
    return Job(of(Layer.ENTITY)[:ENTITIES], *map(wanted, parts), of(Layer.CLAIM)[:CLAIMS])


class Keyboard:
    """Counts keys over the text as it is laid out, and finds the fewest for a way."""

    def __init__(self, robot: Robot) -> None:
        self.robot, self.reader = robot, robot.window.reader
        self.pressed = 0

    def press(self, *keys: str) -> None:
        self.pressed += len(keys)
        self.robot.press(*keys)

    def way(self, start: int, low: int, high: int, keep: str = "") -> list[str]:
        """The fewest arrows from one place into [low, high]: lines first, then words."""
        best: list[str] | None = None
        to_qt, from_qt = self.reader._positions.to_qt, self.reader._positions.from_qt
        for lines in range(-40, 41):
            cursor = self.reader.textCursor()
            cursor.setPosition(to_qt(start))
            upright = "Down" if lines > 0 else "Up"
            if not cursor.movePosition(ARROWS[upright], Mode.MoveAnchor, abs(lines)) and lines:
                continue
            for first in ("", "Home", "End"):
                there = QTextCursor(cursor)
                if first:
                    there.movePosition(ARROWS[first])
                keys = [upright] * abs(lines) + ([first] if first else [])
                while not low <= from_qt(there.position()) <= high:
                    ahead = from_qt(there.position()) < low
                    step = "Ctrl+Right" if ahead else "Ctrl+Left"
                    there.movePosition(ARROWS[step])
                    keys.append(step)
                    back = from_qt(there.position())
                    if len(keys) > 60 or (back > high if ahead else back < low):
                        keys = []
                        break
                else:
                    if best is None or len(keys) < len(best):
                        best = keys
        assert best is not None, "no way leads there"
        return [keep + key if "Ctrl" not in key else key.replace("Ctrl+", "Ctrl+" + keep)
                for key in best]  # fmt: skip

    @property
    def caret(self) -> int:
        return self.reader._caret()[1]

    def presses_of_names(self, span: Span) -> int:
        """How often the key for the next name leads to a span; 0 where it does not."""
        ahead = names_after(self.reader.words, max(self.reader._caret()))
        untagged = (name for name in ahead if not self.reader._is_named(name))
        for presses, name in enumerate(untagged, 1):
            if name.start >= span.start:
                return presses if name == span else 0
        return 0

    def go(self, low: int, high: int) -> None:
        self.press(*self.way(self.caret, low, high))


def words_of(text: str, span: Span) -> list[Span]:
    return [
        Span(span.start + found.start(), span.start + found.end())
        for found in re.finditer(r"\S+", span.of(text))
    ]


def mark(keyboard: Keyboard, wanted: Wanted, key: str = "") -> None:
    """Go to the words, select them, press the key: one word needs no selecting."""
    text, span = keyboard.reader.words, wanted.span
    words = words_of(text, span)
    sentence = sentence_around(text, span.start)
    names = keyboard.presses_of_names(span)
    arrows = len(keyboard.way(keyboard.caret, span.start, words[0].end - 1)) + len(words) - 1
    bare = Span(words[min(1, len(words) - 1)].start, span.end)
    if words[0].of(text) == "The" and (presses := keyboard.presses_of_names(bare)):
        keyboard.press(*[";"] * presses, key or wanted.key.upper(), "Shift+Alt+Up")
        return
    if 0 < names <= arrows + (len(words) > 1):
        keyboard.press(*[";"] * names)
        assert keyboard.reader.selection() == (span,)
    elif (key or wanted.key) in "qQ" and quotation_after(text, keyboard.caret) == span:
        keyboard.press("'")
    elif len(words) == 1:
        keyboard.go(span.start, span.end)
    elif sentence is not None and sentence.start == span.start and span.end >= sentence.end - 2:
        keyboard.go(sentence.start, span.end - 1)
        keyboard.press(".")
    elif sentence is not None and sentence.end - 2 <= span.end <= sentence.end:
        keyboard.go(span.start, words[0].end - 1)
        keyboard.press("Ctrl+Shift+Down")
    else:
        keyboard.go(span.start, words[0].end - 1)
        low, high = words[-1].start + 1, span.end + 1
        keyboard.press(*keyboard.way(keyboard.caret, low, high, keep="Shift+"))
    keyboard.press(key or wanted.key.upper())


def do_job(keyboard: Keyboard, job: Job) -> None:
    """Tag everything in the order of the text; what stands again is tagged along by P."""
    text = keyboard.reader.words
    done: set[Span] = set()
    todo = [*job.entities, job.quote, *job.claims]
    for one in sorted(todo, key=lambda one: one.span.start):
        if one is job.quote:
            for part, key in ((job.quote, "Q"), (job.speaker, "S"), (job.cue, "U")):
                mark(keyboard, part, key)
            continue
        if one.span in done and one in job.entities:
            continue
        mark(keyboard, one)
        if one not in job.entities:
            continue
        again = {
            other.span for other in job.entities
            if other.key == one.key and other.span.of(text) == one.span.of(text)
        }  # fmt: skip
        done |= {one.span}
        if len(again - done) >= 1:
            keyboard.press("P")
            keyboard.press("Enter")
            keyboard.reader.setFocus()
            done |= again


def others(keyboard: Keyboard, job: Job, relate: int) -> int:
    """Keys of a tool in which each mark is selected whole and each relation costs `relate`."""
    caret = keys = 0
    for one in sorted(job.every, key=lambda one: one.span.start):
        words = words_of(keyboard.reader.words, one.span)
        keys += len(keyboard.way(caret, one.span.start, one.span.start))
        keys += len(keyboard.way(one.span.start, words[-1].start + 1, one.span.end + 1))
        keys += 1
        caret = one.span.end
    return keys + 2 * relate


def test_the_keyboard_alone_takes_few_keys(robot: Robot) -> None:
    job = job_of(robot)
    assert (len(job.entities), len(job.claims)) == (ENTITIES, CLAIMS)
    keyboard = Keyboard(robot)
    label_studio = others(keyboard, job, relate=3)
    doccano = others(keyboard, job, relate=0)
    do_job(keyboard, job)
    missing = [one for one in job.every if not covered(robot, one)]
    assert not missing
    told = (DOCS).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:Newsdesk|doccano|Label Studio) .*\| (\d+) \|$", told, re.MULTILINE)
    # Where lines break, and so how often Up and Down help, depends a little on the fonts at hand.
    for count, row in zip((keyboard.pressed, doccano, label_studio), rows, strict=True):
        assert abs(count - int(row)) <= count // 12, f"docs/keys.md does not tell {count}"
    assert keyboard.pressed <= SHARE * min(doccano, label_studio)


def covered(robot: Robot, wanted: Wanted) -> bool:
    """Whether these words are marked with that label, give or take marks at their edges."""
    labels = robot.window.annotate.open.labels
    return any(
        labels[one.label].shortcut == wanted.key
        and abs(one.start - wanted.span.start) <= 2
        and abs(one.end - wanted.span.end) <= 2
        for one in robot.annotations
    )
