"""Texts of any size open, and every place of them can be reached and marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from newsdesk.model import Edit, Span
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.page import TALLEST, WHOLE, WINDOW
from newsdesk.ui.theme import LIGHT
from tests.ui.reader.story import LABELS, Story, background_of, picture

TINT = LIGHT.tint(LABELS["PERSON"].colour).lower()


@pytest.mark.parametrize(
    "text",
    ["x" * 300_000, "word and more " * 20_000, "كلمة " * 50_000, "中文字符" * 40_000],
    ids=["one word", "words", "arabic", "chinese"],
)
def test_one_line_of_very_many_characters(reader: Reader, text: str) -> None:
    story = Story(text)
    length = len(story.text)
    marks = [story.mark("PERSON", Span(at, at + 8)) for at in (0, length // 2, length - 9)]
    story.show_in(reader)
    assert reader._page.whole
    for mark in marks:
        reader.scroll_to(mark.spans[0])
        for box in reader.boxes_of(mark.spans[0])[:1]:
            assert background_of(picture(reader), box) == TINT
            assert reader.offset_at(box.center().toPoint()) in range(mark.start, mark.end + 1)
    reader.select_span(Span(0, length))
    assert reader.selection() == (Span(0, length),)


def paragraphs(count: int) -> str:
    return "\n\n".join(f"{n}: nobody had told him why the wall would fail." for n in range(count))


@pytest.fixture(scope="module")
def giant() -> Story:
    story = Story(paragraphs(70_000))
    assert len(story.text) > WHOLE
    return story


def test_a_giant_opens_by_windows_and_says_so(reader: Reader, giant: Story) -> None:
    said: list[str] = []
    reader.message.connect(said.append)
    giant.show_in(reader)
    assert len(said) == 1
    assert "very long" in said[0]
    assert not reader._page.whole
    assert reader.document().characterCount() <= WINDOW + 1


def test_every_place_of_a_giant_can_be_reached_and_marked(reader: Reader, giant: Story) -> None:
    giant.show_in(reader)
    length = len(giant.text)
    for share in (0.999, 0.5, 0.2, 0.0, 0.8):
        place = giant.text.index("nobody", round(share * (length - 100)))
        span = Span(place, place + 6)
        made = giant.mark("PERSON", span)
        reader.follow([Edit(None, made)])
        reader.set_current(made.id)
        box = reader.box_of(span)
        assert box.top() >= 0
        assert box.bottom() <= reader.viewport().height()
        assert background_of(picture(reader), box) == TINT
        assert reader.offset_at(box.center().toPoint()) in range(*span)
        reader.select_span(span)
        assert reader.selection() == (span,)
        assert reader.word_at_cursor() == span
    assert reader.next_annotation() is not None
    giant.annotations.clear()


def test_reading_on_at_the_end_of_a_window(reader: Reader, giant: Story, qtbot: QtBot) -> None:
    giant.show_in(reader)
    bar = reader.verticalScrollBar()
    place = QPoint(reader._metrics.gutter + 4, 4)
    seen = [reader.offset_at(place)]
    first = reader._page
    for _ in range(3):
        reader._page.document.documentLayout().documentSize()
        qtbot.wait(30)
        page = reader._page
        bar.setValue(bar.maximum())
        at = reader.offset_at(place)
        assert at > seen[-1]
        qtbot.waitUntil(lambda page=page: reader._page is not page, timeout=10_000)
        assert abs(reader.offset_at(place) - at) < 200
        seen.append(at)
    assert reader._page.start > first.stop
    page = reader._page
    bar.setValue(0)
    qtbot.waitUntil(lambda: reader._page is not page, timeout=10_000)
    assert reader._page.start < page.start


def test_the_strip_leads_through_a_giant(reader: Reader, giant: Story) -> None:
    giant.show_in(reader)
    for share in (0.9, 0.1, 0.5):
        reader.strip.jumped.emit(share)
        at = reader.offset_at(QPoint(100, reader.viewport().height() // 2))
        assert abs(at - share * len(giant.text)) < 500


def test_very_many_short_lines_are_no_taller_than_qt_can_count(reader: Reader) -> None:
    story = Story("ab\n" * 150_000)
    story.show_in(reader)
    assert reader.document().documentLayout().documentSize().height() < TALLEST * 2
    end = len(story.text)
    reader.scroll_to(Span(end - 3, end - 1))
    box = reader.box_of(Span(end - 3, end - 1))
    assert 0 <= box.top() <= reader.viewport().height()
