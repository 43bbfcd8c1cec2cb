"""Whatever the desk is changed to, step by step, the reader shows what it would show afresh."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication

from newsdesk.model import (
    Annotation,
    Attribution,
    Claim,
    ClaimState,
    Edit,
    Layer,
    Span,
    Status,
    joined,
    quote_of,
    replace,
)
from newsdesk.ui.reader import Reader
from tests.ui.reader.story import LABELS, Story, picture

TEXT = (
    "Henk Wolderink (يقول الهولندي) said on Tuesday that “his captain wants to leave” 👨‍👩‍👧‍👦.\n\n"
    "The Courier: nobody had told him why, שלום עולם, before the end of last week. He left.\n"
    "A third paragraph, reportedly written in a hurry, says that the wall would not hold."
)
SPANS = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 90)).map(
    lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1]))
)


def strip_of(reader: Reader) -> list[dict[int, str]]:
    return [reader.strip.colours_at(row) for row in range(reader.strip.height())]


class FollowingMachine(RuleBasedStateMachine):
    """Edits in any order; at the end of each step a fresh reader must look the same."""

    def __init__(self) -> None:
        super().__init__()
        assert QApplication.instance() is not None
        font = QFont("DejaVu Sans")
        font.setPointSizeF(10)
        QApplication.setFont(font)
        self.story = Story(TEXT)
        self.readers: list[Reader] = []

    @initialize(claims=st.integers(0, 3))
    def begin(self, claims: int) -> None:
        for n in range(claims):
            self.story.claim(Span(n * 20, n * 20 + 60))
        self.reader = self._open()
        self.story.show_in(self.reader)
        picture(self.reader)

    def _open(self) -> Reader:
        made = Reader()
        made.resize(760, 330)
        made.show()
        QApplication.processEvents()
        self.readers.append(made)
        return made

    def _follow(self, *edits: Edit) -> None:
        self.reader.follow(edits)
        self._compare()

    def _compare(self) -> None:
        known = self.story.annotations
        shown = self.reader.annotations
        assert sorted(shown, key=lambda a: a.id) == sorted(known.values(), key=lambda a: a.id)
        assert shown == sorted(known.values(), key=lambda a: (a.start, -a.end, a.id))
        current = self.reader.current
        assert current is None or known[current.id] == current

    def _one(self, data: st.DataObject) -> Annotation:
        return self.story.annotations[data.draw(st.sampled_from(sorted(self.story.annotations)))]

    def any_annotation(self) -> bool:
        return bool(self.story.annotations)

    @rule(
        label=st.sampled_from(sorted(LABELS)),
        spans=st.lists(SPANS, min_size=1, max_size=3),
        status=st.sampled_from(list(Status)),
    )
    def annotate(self, label: str, spans: list[Span], status: Status) -> None:
        made = self.story.mark(label, *spans, status=status)
        self._follow(Edit(None, made))

    @rule(spans=st.lists(SPANS, min_size=1, max_size=2), state=st.sampled_from(list(ClaimState)))
    def claim(self, spans: list[Span], state: ClaimState) -> None:
        made = self.story.claim(*spans, state=state)
        assert made.claim is not None
        self._follow(Edit(None, self.story.claims[made.claim]), Edit(None, made))

    @precondition(any_annotation)
    @rule(data=st.data(), status=st.sampled_from(list(Status)))
    def decide(self, data: st.DataObject, status: Status) -> None:
        self._follow(self.story.change(self._one(data), status=status))

    @precondition(any_annotation)
    @rule(data=st.data(), span=SPANS)
    def resize(self, data: st.DataObject, span: Span) -> None:
        spans = joined([span])
        quote = quote_of(self.story.text, spans)
        self._follow(self.story.change(self._one(data), spans=spans, quote=quote))

    @precondition(any_annotation)
    @rule(data=st.data(), label=st.sampled_from(sorted(LABELS)))
    def relabel(self, data: st.DataObject, label: str) -> None:
        self._follow(self.story.change(self._one(data), label=LABELS[label].id))

    @precondition(any_annotation)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        gone = self.story.annotations.pop(self._one(data).id)
        self._follow(Edit(gone, None))

    @precondition(lambda self: bool(self.story.claims))
    @rule(data=st.data(), state=st.sampled_from(list(ClaimState)))
    def review(self, data: st.DataObject, state: ClaimState) -> None:
        before = self.story.claims[data.draw(st.sampled_from(sorted(self.story.claims)))]
        after: Claim = replace(before, state=state)
        self.story.claims[after.id] = after
        self._follow(Edit(before, after))

    @precondition(lambda self: len(self.story.annotations) > 1)
    @rule(data=st.data(), hop=st.integers(0, 1))
    def attribute(self, data: st.DataObject, hop: int) -> None:
        content, source = self._one(data), self._one(data)
        if content is not source:
            made = Attribution(content=content.id, source_mention=source.id, hop=hop)
            self.story.attributions.append(made)
            self._follow(Edit(None, made))

    @rule(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        names = sorted(self.story.annotations)
        self.reader.set_current(data.draw(st.sampled_from([None, *names])), scroll=False)

    @rule(backwards=st.booleans(), only_proposed=st.booleans())
    def turn(self, backwards: bool, only_proposed: bool) -> None:
        found = self.reader.next_annotation(backwards, only_proposed)
        assert found is None or not only_proposed or found.status is Status.PROPOSED

    @rule(layer=st.sampled_from(list(Layer)), visible=st.booleans())
    def switch(self, layer: Layer, visible: bool) -> None:
        self.reader.set_layer_visible(layer, visible)

    @rule(shown=st.booleans())
    def show_rejected(self, shown: bool) -> None:
        self.reader.set_show_rejected(shown)

    def teardown(self) -> None:
        if not self.readers:
            return
        seen, strip = self._seen(self.reader), strip_of(self.reader)
        fresh = self._open()
        for layer in self.reader._hidden:
            fresh.set_layer_visible(layer, False)
        fresh.set_show_rejected(self.reader._rejected_too)
        self.story.show_in(fresh)
        current = self.reader.current
        fresh.set_current(current.id if current is not None else None, scroll=False)
        anchor, caret = self.reader._caret()
        fresh._set_caret(anchor, caret)
        fresh.verticalScrollBar().setValue(self.reader.verticalScrollBar().value())
        try:
            assert self._seen(fresh) == seen
            assert strip_of(fresh) == strip
        finally:
            for reader in self.readers:
                reader.close()
                reader.deleteLater()
            QApplication.processEvents()

    def _seen(self, reader: Reader) -> QImage:
        reader.clearFocus()
        return picture(reader)


def test_following_is_the_same_as_showing_afresh(qapp: QApplication) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        FollowingMachine,
        settings=settings(
            max_examples=max(15, settings().max_examples // 4),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
