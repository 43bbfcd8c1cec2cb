"""The current annotation's relations: curves to their spans, arrows where those are off screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF

from newsdesk.model import Annotation, Edit, Status, replace
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.relations import Tie, arrow, course_of, curve
from newsdesk.ui.theme import LIGHT
from tests.ui.reader.story import Story, colours_in, near, picture

FILLER = "\n\nNothing of note was said by anybody in this paragraph, which is only here to be long."
TEXT = (
    "Maud Ellery told the Courier that the engineer said the wall would fail."
    + FILLER * 40
    + "\n\nShe said so again."
)
VIEW = QRectF(0, 0, 600, 400)


@pytest.fixture
def story() -> Story:
    return Story(TEXT)


def quoted(story: Story) -> tuple[Annotation, Annotation, Annotation, Annotation]:
    """A quote with a speaker, a cue and someone it came through."""
    quote = story.mark("QUOTE", "the wall would fail")
    speaker = story.mark("SOURCE", "the engineer")
    cue = story.mark("CUE", "said")
    via = story.mark("SOURCE", "Maud Ellery")
    story.attribute(quote, source_mention=speaker.id, cue=cue.id)
    story.attribute(quote, source_mention=via.id, hop=1)
    return quote, speaker, cue, via


def test_a_quote_is_tied_to_speaker_cue_and_via(reader: Reader, story: Story) -> None:
    quote, speaker, cue, via = quoted(story)
    story.show_in(reader)
    assert reader.ties() == []
    plain = picture(reader)
    reader.set_current(quote.id)
    ties = reader.ties()
    assert [tie.role for tie in ties] == ["speaker", "cue", "via"]
    for tie, one in zip(ties, (speaker, cue, via), strict=True):
        assert tie.far == reader.box_of(one.spans[0])
    drawn = picture(reader)
    box = reader.box_of(via.spans[0]).adjusted(-3, -3, 3, 3)
    assert any(near(c, LIGHT.accent) for c in colours_in(drawn, box))
    reader.set_current(None)
    assert picture(reader) == plain


def test_a_source_is_tied_to_what_it_said(reader: Reader, story: Story) -> None:
    quote, speaker, _, _ = quoted(story)
    story.show_in(reader)
    reader.set_current(speaker.id)
    (tie,) = reader.ties()
    assert tie.role == "said"
    assert tie.far == reader.box_of(quote.spans[0])


def test_the_other_end_off_screen_gets_an_arrow_at_the_edge(reader: Reader, story: Story) -> None:
    quote = story.mark("QUOTE", "the wall would fail")
    far = story.mark("SOURCE", "She")
    story.attribute(quote, source_mention=far.id)
    story.show_in(reader)
    bare = picture(reader)
    reader.set_current(quote.id)
    (tie,) = reader.ties()
    view = QRectF(reader.viewport().rect())
    assert tie.far.top() > view.bottom()
    assert course_of(tie, view).gone
    edge = QRectF(0, view.bottom() - 16, view.width(), 15)
    assert not any(near(c, LIGHT.accent) for c in colours_in(bare, edge))
    assert any(near(c, LIGHT.accent) for c in colours_in(picture(reader), edge))
    reader.set_current(far.id)
    (tie,) = reader.ties()
    assert tie.far.bottom() < 0
    edge = QRectF(0, 0, view.width(), 15)
    assert any(near(c, LIGHT.accent) for c in colours_in(picture(reader), edge))


def test_rejected_and_hidden_ends_are_not_drawn(reader: Reader, story: Story) -> None:
    quote, speaker, *_ = quoted(story)
    story.show_in(reader)
    reader.set_current(quote.id)
    reader.follow([story.change(speaker, status=Status.REJECTED)])
    assert [tie.role for tie in reader.ties()] == ["cue", "via"]
    hop = story.attributions[1]
    reader.follow([Edit(hop, replace(hop, status=Status.REJECTED))])
    assert [tie.role for tie in reader.ties()] == ["cue"]


def test_relations_follow_the_desk(reader: Reader, story: Story) -> None:
    quote, speaker, _, via = quoted(story)
    first, second = story.attributions
    story.show_in(reader)
    reader.set_current(quote.id)
    reader.follow([Edit(first, None)])
    assert [tie.role for tie in reader.ties()] == ["via"]
    reader.follow([Edit(second, replace(second, hop=0))])
    assert [tie.role for tie in reader.ties()] == ["speaker"]
    reader.follow([Edit(None, first)])
    assert [tie.role for tie in reader.ties()].count("speaker") == 2
    reader.follow([Edit(via, None), Edit(second, None)])
    assert [tie.role for tie in reader.ties()] == ["speaker", "cue"]
    reader.set_current(speaker.id)
    assert [tie.role for tie in reader.ties()] == ["said"]


BOX = QRectF(100, 200, 80, 20)


@pytest.mark.parametrize(
    ("far", "gone"),
    [
        (QRectF(300, 200, 50, 20), False),
        (QRectF(10, 200, 50, 20), False),
        (QRectF(300, 60, 50, 20), False),
        (QRectF(300, 360, 50, 20), False),
        (QRectF(300, -90, 50, 20), True),
        (QRectF(300, 4_000, 50, 20), True),
    ],
)
def test_curves_begin_at_the_mark_and_stay_in_the_view(far: QRectF, gone: bool) -> None:
    course = course_of(Tie("speaker", BOX, far), VIEW)
    assert course.gone is gone
    assert BOX.adjusted(-1, -1, 1, 2).contains(course.start)
    assert VIEW.contains(course.end)
    if not gone:
        assert far.adjusted(-1, -1, 1, 2).contains(course.end)
    path = curve(course.start, course.end)
    assert path.pointAtPercent(0) == course.start
    assert VIEW.adjusted(0, -1, 0, 1).contains(path.boundingRect())


def test_arrows_point_to_where_the_end_is() -> None:
    down = arrow(QPointF(50, 390), down=True, size=8)
    up = arrow(QPointF(50, 10), down=False, size=8)
    assert down.boundingRect().bottom() > 390
    assert up.boundingRect().top() < 10
