"""An editor who does anything at random, beside a plain Python model of what must come of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import msgspec
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from newsdesk.desk import open_desk
from newsdesk.desk.annotating import annotate, relabel, write_note
from newsdesk.model import Annotation, Attribution, Claim, Layer, Source, Span, Status
from newsdesk.settings import Preferences
from newsdesk.ui.window import Window
from newsdesk.ui.words import moved_edge
from tests.ui.robot import Answers, Robot
from tests.ui.small_desk import LABELS, TEXT, first, make_desk
from tests.window_fixtures import Look, close

WORDS = [Span(*found.span()) for found in re.finditer(r"\w+", TEXT)]
KEYS = {name: key for name, _, key, _ in LABELS if name not in ("SOURCE", "CUE")}
LAYERS = {name: layer for name, layer, _, _ in LABELS}
NUMBERS = st.integers(0, len(WORDS) - 1)


class Known(NamedTuple):
    """What the model knows of an annotation."""

    label: str
    spans: tuple[Span, ...]
    status: str = "accepted"
    note: str = ""

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


State = dict[str, Known]


class Editor(RuleBasedStateMachine):
    """Verbs, clicks and keys at a small desk; after each step everything must agree."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        make_desk(self.folder / "small.desk", articles=2).close()
        desk = open_desk(self.folder / "small.desk", "Ada")
        self.window = Window(
            desk, "small", Preferences(author="Ada", checklist_done=("hidden",)),
            system=Look(), ask=Answers(),  # type: ignore[arg-type]
        )  # fmt: skip
        self.desk, self.reader = desk, self.window.reader
        self.robot = Robot(self.window)
        self.robot.open("Title 000")
        self.article = first(desk)
        self.born = records(desk)
        self.now: State = {}
        self.past: list[State] = []
        self.future: list[State] = []
        self.hidden: set[Layer] = set()
        self.rejected_too = False
        self.listed: tuple[str, str] = ("", "open")

    def teardown(self) -> None:
        try:
            while self.past:
                self.undo()
                self.agree()
            assert self.desk.undoable is None
            assert records(self.desk) == self.born
        finally:
            close(self.window)
            shutil.rmtree(self.folder)

    # The model

    def became(self, after: State) -> None:
        """A step was done; one that alters nothing is none."""
        if after != self.now:
            self.past.append(self.now)
            self.now, self.future = after, []

    def made(self, known: Known) -> None:
        """One annotation more, whose id is only now heard of."""
        new = {one.id for one in self.desk.find(Annotation)} - set(self.now)
        assert len(new) == 1
        self.became({**self.now, new.pop(): known})

    def seen(self, known: Known) -> bool:
        layer_seen = LAYERS[known.label] not in self.hidden
        return layer_seen and (self.rejected_too or known.status != "rejected")

    def in_order(self) -> list[str]:
        return sorted(self.now, key=lambda id: (self.now[id].start, -self.now[id].end, id))

    # Steps

    @initialize()
    def settle(self) -> None:
        self.robot.rest()

    @rule(a=NUMBERS, length=st.integers(0, 4), label=st.sampled_from(sorted(KEYS)))
    def tag(self, a: int, length: int, label: str) -> None:
        """Select words with the mouse and press the label's key."""
        b = min(a + length, len(WORDS) - 1)
        assume(TEXT.find("\n", WORDS[a].start, WORDS[b].end) < 0)
        spans = (Span(WORDS[a].start, WORDS[b].end),)
        self.reader.select_span(spans[0])
        self.robot.press(KEYS[label])
        same = [
            id for id, one in self.now.items()
            if one.label == label and one.spans == spans and one.status != "rejected"
        ]  # fmt: skip
        if same:
            assert self.reader.current.id in same
            one = self.reader.current.id
            self.became({**self.now, one: self.now[one]._replace(status="accepted")})
        else:
            self.made(Known(label, spans))

    @rule(a=NUMBERS, label=st.sampled_from(sorted(KEYS)))
    def propose(self, a: int, label: str) -> None:
        """A suggestion comes in, as from a pipeline."""
        one = annotate(
            self.desk, self.article, self.desk.label(label), [WORDS[a]],
            status=Status.PROPOSED, origin="test:1", confidence=0.5,
        )  # fmt: skip
        assert one.id not in self.now
        self.made(Known(label, (WORDS[a],), "proposed"))

    @rule(a=NUMBERS)
    def click(self, a: int) -> None:
        """Click on a word: the shortest that is shown there becomes current, or none."""
        self.reader.clear_selection()
        place = Span(WORDS[a].start, WORDS[a].start + 1)
        self.reader.scroll_to(place)
        self.robot.point_at(TEXT[WORDS[a].start : WORDS[a].end], TEXT.count(
            TEXT[WORDS[a].start : WORDS[a].end], 0, WORDS[a].start))
        at = self.reader.textCursor().position()
        offset = self.reader._positions.from_qt(at)
        here = [
            id for id, one in self.now.items()
            if self.seen(one) and any(start <= offset <= end for start, end in one.spans)
        ]  # fmt: skip
        here.sort(key=lambda id: (self.now[id].end - self.now[id].start, self.now[id].start, id))
        current = self.reader.current
        assert (current.id if current else None) == (here[0] if here else None)

    @rule(backwards=st.booleans())
    def step(self, backwards: bool) -> None:
        """Tab to the next annotation that is shown, round the end."""
        before = self.reader.current
        self.reader.setFocus()
        self.robot.press("Shift+Tab" if backwards else "Tab")
        order = [id for id in self.in_order() if self.seen(self.now[id])]
        if before is not None and before.id in order:
            at = order.index(before.id) + (-1 if backwards else 1)
            assert self.reader.current.id == order[at % len(order)]
        elif not order:
            assert self.reader.current == before

    @precondition(lambda self: self.reader.current is not None)
    @rule(key=st.sampled_from("axdo"))
    def decide(self, key: str) -> None:
        """Accept, reject, delete, or look at what lies under it."""
        current = self.reader.current
        self.reader.setFocus()
        self.robot.press(key)
        known = self.now[current.id]
        if key == "d":
            after = {id: one for id, one in self.now.items() if id != current.id}
            self.became(after)
            assert self.reader.current is None
        elif key in "ax" and known.status == "proposed":
            status = "accepted" if key == "a" else "rejected"
            self.became({**self.now, current.id: known._replace(status=status)})

    @precondition(lambda self: self.reader.current is not None)
    @rule(edge=st.sampled_from(["Right", "Left", "Up", "Down"]))
    def resize(self, edge: str) -> None:
        """Grow or shrink the current annotation by a word."""
        current = self.reader.current
        side, by = {"Right": ("end", 1), "Left": ("end", -1), "Up": ("start", 1),
                    "Down": ("start", -1)}[edge]  # fmt: skip
        spans = moved_edge(TEXT, current.spans, side, by)
        self.reader.setFocus()
        self.robot.press(f"Shift+Alt+{edge}")
        self.became({**self.now, current.id: self.now[current.id]._replace(spans=spans)})

    @precondition(lambda self: self.now)
    @rule(data=st.data(), note=st.sampled_from(["", "who?", "zwölf 😀"]))
    def write(self, data: st.DataObject, note: str) -> None:
        """A note is written, by whatever panel."""
        id = data.draw(st.sampled_from(self.in_order()))
        write_note(self.desk, self.desk.get(Annotation, id), note)
        self.became({**self.now, id: self.now[id]._replace(note=note)})

    @precondition(lambda self: self.now)
    @rule(data=st.data(), label=st.sampled_from(["PERSON", "PLACE", "HEDGE"]))
    def change_label(self, data: st.DataObject, label: str) -> None:
        """An annotation comes under another label."""
        id = data.draw(st.sampled_from(self.in_order()))
        relabel(self.desk, self.desk.get(Annotation, id), self.desk.label(label))
        self.became({**self.now, id: self.now[id]._replace(label=label)})

    @precondition(lambda self: any(one.status == "proposed" for one in self.now.values()))
    @rule()
    def accept_shown(self) -> None:
        """Accept all that the list shows."""
        shown = [id for id in self.rows() if self.now[id].status == "proposed"]
        self.reader.setFocus()
        self.robot.press("Shift+A")
        after = dict(self.now)
        for id in shown:
            after[id] = after[id]._replace(status="accepted")
        self.became(after)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.reader.setFocus()
        self.robot.press("Ctrl+Z")
        self.future.append(self.now)
        self.now = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.reader.setFocus()
        self.robot.press("Ctrl+Shift+Z")
        self.past.append(self.now)
        self.now = self.future.pop()

    @rule(layer=st.sampled_from([Layer.ENTITY, Layer.QUOTE, Layer.CLAIM]))
    def switch_layer(self, layer: Layer) -> None:
        self.window.viewing.toggle_layer(layer.value)
        self.hidden ^= {layer}

    @rule()
    def switch_rejected(self) -> None:
        self.window.viewing.toggle_rejected()
        self.rejected_too = not self.rejected_too

    @rule(layer=st.sampled_from(["", "entity", "claim"]), status=st.sampled_from(
        ["open", "proposed", "rejected", ""]))
    def filter_list(self, layer: str, status: str) -> None:
        self.window.annotate.inspector.list.set_filters(layer, status)
        self.listed = (layer, status)

    @rule()
    def go_away_and_come_back(self) -> None:
        self.robot.open("Title 001")
        self.robot.open("Title 000")

    # What must agree

    def rows(self) -> list[str]:
        """What the list of annotations must show."""
        layer, status = self.listed
        shown = [
            id for id, one in self.now.items()
            if (not layer or LAYERS[one.label].value == layer)
            and (one.status != "rejected" if status == "open" else status in ("", one.status))
        ]  # fmt: skip
        return sorted(shown, key=lambda id: (self.now[id].start, self.now[id].end, id))

    @invariant()
    def agree(self) -> None:
        """Desk, open article, list, index and pixels say what the model says."""
        self.robot.rest()
        labels = self.window.annotate.open.labels
        for held in (self.desk.find(Annotation), self.window.annotate.open.annotations.values()):
            found = {
                one.id: Known(labels[one.label].name, one.spans, one.status.value, one.note)
                for one in held
            }
            assert found == self.now
        listed = self.window.annotate.inspector.list.rows
        assert [one.id for one in listed] == self.rows()
        assert [one.id for one in self.reader.annotations] == self.in_order()
        self._index_agrees()
        waiting = sum(one.status == "proposed" for one in self.now.values())
        assert self.window.annotate.open.waiting == waiting
        self._pixels_agree()

    def _index_agrees(self) -> None:
        marks = self.reader._marks()
        for start, end in (*WORDS, Span(0, len(TEXT))):
            over = [mark.annotation.id for mark in marks.over(start, end)]
            wanted = [
                id for id in self.in_order()
                if self.now[id].start < end and self.now[id].end > start
            ]  # fmt: skip
            assert over == wanted
        shown = {mark.annotation.id for mark in marks.unordered() if self.reader._is_shown(mark)}
        assert shown == {id for id, one in self.now.items() if self.seen(one)}

    def _pixels_agree(self) -> None:
        """What was repainted step by step is what is painted from nothing."""
        patched = self.reader.viewport().grab().toImage()
        self.reader._show_again()
        assert self.reader.viewport().grab().toImage() == patched


def records(desk) -> dict[str, bytes]:
    """Every record that an editor of a text can touch, as bytes."""
    kinds = (Annotation, Attribution, Claim, Source)
    found = {one.id: msgspec.json.encode(one) for kind in kinds for one in desk.find(kind)}
    article = first(desk)
    return {**found, article.id: msgspec.json.encode(article)}
