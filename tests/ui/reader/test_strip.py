"""The strip at the edge: the whole article at a glance, and a way to any place of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from newsdesk.model import ClaimState, Edit, Span, Status, replace
from newsdesk.ui.reader import Reader
from newsdesk.ui.theme import DARK, LIGHT
from tests.ui.reader.story import Story

TEXT = "\n\n".join(f"Paragraph {n}: his captain wants to go, he said." for n in range(200))


@pytest.fixture
def story() -> Story:
    return Story(TEXT)


def drawn(reader: Reader) -> QImage:
    """The strip when its marks are drawn, which is a moment after the text."""
    reader.strip.colours_at(0)
    return reader.strip.grab().toImage()


def painted(reader: Reader, row: int) -> set[str]:
    image = drawn(reader)
    return {image.pixelColor(x, row).name() for x in range(1, image.width())}


def test_it_stands_at_the_right_edge_beside_the_scroll_bar(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    strip, bar = reader.strip, reader.verticalScrollBar()
    assert strip.isVisible()
    assert strip.height() == reader.height()
    assert strip.geometry().right() + bar.width() + 1 == reader.width()
    assert not strip.geometry().intersects(reader.viewport().geometry())


def test_every_kind_has_its_column(reader: Reader, story: Story) -> None:
    place = Span(100, 106)
    person = story.mark("PERSON", place)
    quote = story.mark("QUOTE", place)
    claim = story.claim(place, state=ClaimState.DISPUTED)
    story.mark("ORG", place, status=Status.PROPOSED)
    story.show_in(reader)
    found = reader.strip.colours_at(reader.strip.row_of(100))
    assert set(found) == {0, 1, 2, 3}

    def ink(one: object) -> str:
        mark = reader._marks().get(one.id)  # type: ignore[attr-defined]
        assert mark is not None
        return reader._style_of(mark).ink.name()

    assert [found[n] for n in range(3)] == [ink(person), ink(quote), ink(claim)]
    assert set(found.values()) <= painted(reader, reader.strip.row_of(100))
    assert reader.strip.colours_at(reader.strip.row_of(5_000)) == {}


def test_a_mark_more_or_less_changes_its_own_rows(reader: Reader, story: Story) -> None:
    first = story.mark("PERSON", Span(4_000, 4_010))
    story.show_in(reader)
    row = reader.strip.row_of(4_000)
    before = drawn(reader)
    made = story.mark("QUOTE", Span(3_900, 4_400))
    reader.follow([Edit(None, made)])
    assert set(reader.strip.colours_at(row)) == {0, 1}
    rejected = story.change(made, status=Status.REJECTED)
    reader.follow([rejected])
    assert drawn(reader) == before
    reader.follow([Edit(first, None)])
    assert reader.strip.colours_at(row) == {}


def test_a_claim_s_state_shows(reader: Reader, story: Story) -> None:
    made = story.claim(Span(4_000, 4_050))
    story.show_in(reader)
    row = reader.strip.row_of(made.start)
    before = reader.strip.colours_at(row)
    claim = next(iter(story.claims.values()))
    reader.follow([Edit(claim, replace(claim, state=ClaimState.VERIFIED))])
    after = reader.strip.colours_at(row)
    assert set(before) == set(after) == {2}
    assert before != after
    assert QColor(after[2]).green() > QColor(after[2]).red()


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.99])
def test_a_click_goes_there(reader: Reader, story: Story, share: float, qtbot: QtBot) -> None:
    story.show_in(reader)
    strip = reader.strip
    place = QPoint(4, round(share * (strip.height() - 1)))
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    top = reader.offset_at(QPoint(60, 4))
    bottom = reader.offset_at(QPoint(600, reader.viewport().height() - 2))
    assert top - 80 <= share * len(TEXT) <= bottom + 80


def test_what_is_on_the_screen_is_framed(reader: Reader, story: Story, qtbot: QtBot) -> None:
    story.show_in(reader)
    reader.scroll_to(Span(len(TEXT) // 2, len(TEXT) // 2 + 4))
    strip = reader.strip
    qtbot.waitUntil(lambda: strip._seen[0] > 0.3, timeout=5_000)
    first, last = strip._seen
    assert first < 0.5 < last
    middle = round(strip.height() / 2)
    assert painted(reader, middle) != painted(reader, 4)


def test_it_follows_the_theme_and_the_layers(reader: Reader, story: Story) -> None:
    story.mark("PERSON", Span(4_000, 4_010))
    story.show_in(reader)
    row = reader.strip.row_of(4_000)
    light = reader.strip.colours_at(row)
    reader.set_theme(DARK)
    assert reader.strip.colours_at(row) != light
    assert DARK.page.lower() in painted(reader, 300)
    reader.set_theme(LIGHT)
    assert reader.strip.colours_at(row) == light


def test_many_marks_in_one_row_show_the_commonest(reader: Reader, story: Story) -> None:
    for _ in range(3):
        story.mark("PERSON", Span(4_000, 4_005))
    org = story.mark("ORG", Span(4_000, 4_005))
    story.show_in(reader)
    row = reader.strip.row_of(4_000)
    mark = reader._marks().get(org.id)
    assert mark is not None
    assert reader.strip.colours_at(row)[0] != reader._style_of(mark).ink.name()


def test_a_text_from_right_to_left_is_framed_from_its_beginning(
    reader: Reader, qtbot: QtBot
) -> None:
    Story("كلمة عربية قصيرة جدا هنا " * 12).show_in(reader)
    qtbot.waitUntil(lambda: reader.strip._seen[1] > 0.95, timeout=5_000)
    assert reader.strip._seen[0] == 0


def test_very_many_marks_are_counted_when_the_text_is_seen(reader: Reader, qtbot: QtBot) -> None:
    story = Story("word " * 4_000)
    for n in range(3_500):
        story.mark("PERSON", Span(5 * n, 5 * n + 4))
    story.show_in(reader)
    row = reader.strip.row_of(8_000)
    colour = LIGHT.mark("#56B4E9", 3.6).lower()
    qtbot.waitUntil(lambda: colour in painted(reader, row), timeout=10_000)
    assert set(reader.strip.colours_at(row)) == {0}


def test_what_changes_while_marks_are_counted_is_counted_once(
    reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsdesk.ui.reader.strip._AT_ONCE", 10)
    story = Story("word " * 4_000)
    marks = [story.mark("PERSON", Span(5 * n, 5 * n + 4)) for n in range(100)]
    last = story.mark("PERSON", Span(15_000, 15_004))
    story.show_in(reader)
    reader.strip._catch_up()  # ten of them
    reader.follow([Edit(mark, None) for mark in marks])
    qtbot.waitUntil(lambda: reader.strip._counted, timeout=5_000)
    assert reader.strip.colours_at(reader.strip.row_of(20)) == {}
    assert reader.strip.colours_at(reader.strip.row_of(last.start))
    reader.follow([Edit(last, None)])
    assert reader.strip._cells == {}
