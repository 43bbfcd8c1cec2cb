"""The index of marks agrees with a plain list, after every step and in any order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from newsdesk.model import Annotation, Layer, Span, Status, joined, new_id, replace
from newsdesk.ui.reader.marks import Mark, Marks

LAYERS = {layer.value: layer for layer in Layer}
LENGTH = 3_000


def annotation(spans: list[tuple[int, int]], layer: Layer, status: Status) -> Annotation:
    return Annotation(
        article="a",
        spans=joined(Span(*span) for span in spans),
        label=layer.value,
        quote="words",
        status=status,
    )


def marks_of(annotations: list[Annotation]) -> Marks:
    made = Marks(lambda one: LAYERS[one.label])
    made.load(annotations)
    return made


PARTS = st.tuples(st.integers(0, LENGTH - 1), st.sampled_from([1, 2, 7, 60, 500, 1_500])).map(
    lambda part: (part[0], min(LENGTH, part[0] + part[1]))
)
ANNOTATIONS = st.builds(
    annotation,
    st.lists(PARTS, min_size=1, max_size=3),
    st.sampled_from([Layer.ENTITY, Layer.CLAIM, Layer.CLAIM, Layer.QUOTE]),
    st.sampled_from(list(Status)),
)


def order(one: Annotation) -> tuple[int, int, str]:
    return (one.start, -one.end, one.id)


def assert_same(marks: Marks, known: list[Annotation]) -> None:
    assert marks.annotations == sorted(known, key=order)
    assert len(marks) == len(known)
    fresh = marks_of(known)
    for one in known:
        mark, again = marks.get(one.id), fresh.get(one.id)
        assert mark is not None
        assert again is not None
        assert (mark.parts, mark.start, mark.end) == (one.spans, one.start, one.end)
        assert mark.lane == again.lane
    for start in range(0, LENGTH, 701):
        end = start + 333
        found = [mark.annotation for mark in marks.over(start, end)]
        touching = [one for one in known if one.start < end and one.end > start]
        assert found == sorted(touching, key=order)


class MarksMachine(RuleBasedStateMachine):
    """Puts, changes and drops annotations, and compares with a list each time."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = marks_of([])
        self.known: dict[str, Annotation] = {}

    @rule(one=ANNOTATIONS)
    def put(self, one: Annotation) -> None:
        self.known[one.id] = one
        self.marks.put(one)

    @rule(data=st.data(), other=ANNOTATIONS)
    def change(self, data: st.DataObject, other: Annotation) -> None:
        if self.known:
            old = self.known[data.draw(st.sampled_from(sorted(self.known)))]
            new = replace(other, id=old.id)
            self.known[old.id] = new
            changed = self.marks.put(new)
            assert old.id in {mark.annotation.id for mark in changed}

    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        if self.known:
            key = data.draw(st.sampled_from(sorted(self.known)))
            del self.known[key]
            assert key in {mark.annotation.id for mark in self.marks.drop(key)}
        assert self.marks.drop("nobody") == []

    @invariant()
    def agrees(self) -> None:
        assert_same(self.marks, list(self.known.values()))


TestMarksMachine = MarksMachine.TestCase
TestMarksMachine.settings = settings(stateful_step_count=20)


@given(st.lists(ANNOTATIONS, max_size=25))
def test_claims_over_the_same_words_have_lanes_of_their_own(known: list[Annotation]) -> None:
    marks = marks_of(known)
    claims = [
        mark
        for one in known
        if one.status is not Status.REJECTED
        and one.label == Layer.CLAIM.value
        and (mark := marks.get(one.id)) is not None
    ]
    for one in claims:
        for other in claims:
            if one is not other and one.start < other.end and other.start < one.end:
                assert one.lane != other.lane


def test_a_lane_that_becomes_free_is_taken() -> None:
    first, second, third = (
        annotation([(n, n + 50)], Layer.CLAIM, Status.ACCEPTED) for n in (0, 10, 20)
    )
    marks = marks_of([first, second, third])

    def lane(one: Annotation) -> int:
        mark = marks.get(one.id)
        assert mark is not None
        return mark.lane

    assert [lane(one) for one in (first, second, third)] == [0, 1, 2]
    moved = marks.drop(first.id)
    assert [lane(one) for one in (second, third)] == [0, 1]
    assert {mark.annotation.id for mark in moved} == {first.id, second.id, third.id}


def test_what_is_put_outside_the_claims_moves_no_lane() -> None:
    claim = annotation([(0, 50)], Layer.CLAIM, Status.ACCEPTED)
    marks = marks_of([claim])
    person = annotation([(0, 50)], Layer.ENTITY, Status.ACCEPTED)
    assert [mark.annotation for mark in marks.put(person)] == [person]


def ids(found: list[Mark]) -> list[str]:
    return [mark.annotation.id for mark in found]


@given(st.lists(ANNOTATIONS, min_size=1, max_size=12), st.booleans(), st.data())
def test_a_turn_gives_each_mark_once(
    known: list[Annotation], backwards: bool, data: st.DataObject
) -> None:
    marks = marks_of(known)
    ordered = [one.id for one in sorted(known, key=order)]
    here = data.draw(st.sampled_from(ordered))
    mark = marks.get(here)
    assert mark is not None
    turn = ids(list(marks.after(mark.key, backwards)))
    place = ordered.index(here)
    if backwards:
        assert turn == ordered[:place][::-1] + ordered[place:][::-1]
    else:
        assert turn == ordered[place + 1 :] + ordered[: place + 1]


def test_a_turn_from_a_place_between_marks() -> None:
    known = [annotation([(n, n + 3)], Layer.ENTITY, Status.ACCEPTED) for n in (10, 20, 30)]
    marks = marks_of(known)
    between = (15, -LENGTH, "")
    assert ids(list(marks.after(between))) == [known[n].id for n in (1, 2, 0)]
    assert ids(list(marks.after(between, backwards=True))) == [known[n].id for n in (0, 2, 1)]


def test_appearances_follow_their_claim() -> None:
    claim, other = new_id(), new_id()
    one = replace(annotation([(5, 9)], Layer.CLAIM, Status.ACCEPTED), claim=claim)
    marks = marks_of([one])
    assert ids(marks.appearances(claim)) == [one.id]
    marks.put(replace(one, claim=other))
    assert marks.appearances(claim) == []
    assert ids(marks.appearances(other)) == [one.id]
    marks.drop(one.id)
    assert marks.appearances(other) == []


@pytest.mark.parametrize("count", [500])
def test_many_marks_on_one_word(count: int) -> None:
    known = [annotation([(100, 105)], Layer.CLAIM, Status.ACCEPTED) for _ in range(count)]
    random.Random(1).shuffle(known)
    marks = marks_of(known[:-1])
    marks.put(known[-1])
    lanes = sorted(mark.lane for mark in marks.over(100, 105))
    assert lanes == list(range(count))
