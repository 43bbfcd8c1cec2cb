"""The mouse: clicks, words, sentences, drags, edges, and the card over a mark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from newsdesk.model import ClaimState, Span, Status
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.pointer import Pointer
from tests.ui.reader.story import Story, click, drag, middle, picture

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = (
    "Henk Wolderink said that his captain wants to leave. He would not say why.\n\n"
    "“Not for sale,” the Courier wrote."
)


@pytest.fixture
def story() -> Story:
    return Story(TEXT)


def pointer(reader: Reader) -> Pointer:
    assert reader._pointer is not None
    return reader._pointer


def left_of(reader: Reader, span: Span) -> QPoint:
    box = reader.box_of(span)
    return QPoint(round(box.left()) + 1, round(box.center().y()))


def right_of(reader: Reader, span: Span) -> QPoint:
    box = reader.box_of(span)
    return QPoint(round(box.right()) - 1, round(box.center().y()))


def selected(reader: Reader) -> list[str]:
    return [span.of(reader.words) for span in reader.selection()]


def test_a_click_on_a_mark_makes_it_current(reader: Reader, story: Story) -> None:
    outer = story.mark("QUOTE", "Henk Wolderink said")
    inner = story.mark("PERSON", "Wolderink")
    story.show_in(reader)
    click(reader, middle(reader, inner.spans[0]))
    assert reader.current == inner
    click(reader, middle(reader, story.span("said")))
    assert reader.current == outer
    click(reader, middle(reader, story.span("captain")))
    assert reader.current is None


def test_alt_and_click_goes_through_what_lies_there(reader: Reader, story: Story) -> None:
    outer = story.mark("QUOTE", "Henk Wolderink said")
    inner = story.mark("PERSON", "Wolderink")
    story.show_in(reader)
    place = middle(reader, inner.spans[0])
    found = []
    for _ in range(3):
        click(reader, place, ALT)
        found.append(reader.current)
    assert found == [inner, outer, inner]


def test_a_drag_selects_and_snaps_to_words(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    drag(reader, middle(reader, story.span("Henk")), middle(reader, story.span("said")))
    assert selected(reader) == ["Henk Wolderink said"]
    assert reader._caret() == (0, 19)


def test_a_drag_with_alt_keeps_the_letters(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    word = story.span("Wolderink")
    start = left_of(reader, Span(word.start + 2, word.start + 3))
    end = left_of(reader, Span(word.start + 6, word.start + 7))
    drag(reader, start, end, ALT)
    assert reader.selection() == (Span(word.start + 2, word.start + 6),)


def test_a_drag_over_quotation_marks_leaves_them_out(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    said: list[str] = []
    reader.message.connect(said.append)
    mark = story.span("“Not for sale,”")
    drag(reader, left_of(reader, Span(mark.start, mark.start + 1)), right_of(reader, mark))
    assert selected(reader) == ["Not for sale,"]
    assert said == ["Trimmed the quotation marks"]


def test_a_double_click_takes_the_word_a_third_the_sentence(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    place, left = middle(reader, story.span("captain")), Qt.MouseButton.LeftButton
    QTest.mouseClick(reader.viewport(), left, pos=place)
    QTest.mouseDClick(reader.viewport(), left, pos=place)
    assert selected(reader) == ["captain"]
    QTest.mouseClick(reader.viewport(), left, pos=place)
    assert selected(reader) == ["Henk Wolderink said that his captain wants to leave."]
    far = middle(reader, story.span("Courier"))
    QTest.mouseDClick(reader.viewport(), left, pos=far)
    assert selected(reader) == ["Courier"]


def test_fragments_are_gathered_with_ctrl(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    first, second = story.span("Henk"), story.span("his captain")
    drag(reader, left_of(reader, first), right_of(reader, first))
    drag(reader, left_of(reader, second), right_of(reader, second), CTRL)
    assert selected(reader) == ["Henk", "his captain"]
    click(reader, middle(reader, story.span("wants")))
    assert selected(reader) == []


# ---------------------------------------------------------------------- edges


def resizes(reader: Reader) -> list[tuple[str, tuple[Span, ...]]]:
    found: list[tuple[str, tuple[Span, ...]]] = []
    reader.resized.connect(lambda name, spans: found.append((name, spans)))
    return found


def test_the_current_annotation_s_edges_can_be_dragged(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "Wolderink")
    story.show_in(reader)
    reader.set_current(made.id)
    told = resizes(reader)
    drag(reader, right_of(reader, made.spans[0]), middle(reader, story.span("captain")))
    assert told == [(made.id, (Span(5, story.span("captain").end),))]
    assert reader.selection() == ()
    drag(reader, left_of(reader, made.spans[0]), left_of(reader, story.span("Henk")))
    assert told[-1] == (made.id, (Span(0, 14),))
    # The reader itself changed nothing.
    assert reader.annotations == [made]


def test_with_alt_an_edge_moves_by_letters(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "Henk Wolderink")
    story.show_in(reader)
    reader.set_current(made.id)
    told = resizes(reader)
    drag(reader, right_of(reader, made.spans[0]), left_of(reader, Span(11, 12)), ALT)
    assert told == [(made.id, (Span(0, 11),))]


def test_an_edge_is_not_dragged_through_the_other(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "captain")
    story.show_in(reader)
    reader.set_current(made.id)
    told = resizes(reader)
    drag(reader, right_of(reader, made.spans[0]), left_of(reader, story.span("Henk")))
    assert told == []
    drag(reader, right_of(reader, made.spans[0]), right_of(reader, made.spans[0]))
    assert told == []


def test_one_fragment_of_several_is_dragged(reader: Reader, story: Story) -> None:
    made = story.mark("QUOTE", "Henk", "captain")
    story.show_in(reader)
    reader.set_current(made.id)
    told = resizes(reader)
    drag(reader, right_of(reader, made.spans[1]), middle(reader, story.span("wants")))
    assert told == [(made.id, (Span(0, 4), story.span("captain wants")))]


def test_the_new_extent_is_seen_while_it_is_dragged(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "Wolderink")
    story.show_in(reader)
    reader.set_current(made.id)
    before = picture(reader)
    view, left = reader.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=right_of(reader, made.spans[0]))
    QTest.mouseMove(view, middle(reader, story.span("captain")))
    assert pointer(reader).preview == (Span(5, story.span("captain").end),)
    assert picture(reader) != before
    QTest.mouseRelease(view, left, pos=right_of(reader, made.spans[0]))
    assert pointer(reader).preview == ()


def test_a_drag_beyond_the_view_scrolls(reader: Reader) -> None:
    story = Story("\n\n".join(f"{n}: his captain wants to leave." for n in range(80)))
    made = story.mark("QUOTE", "captain")
    story.show_in(reader)
    reader.set_current(made.id)
    told = resizes(reader)
    below = QPoint(200, reader.viewport().height() + 30)
    drag(reader, right_of(reader, made.spans[0]), below)
    assert reader.verticalScrollBar().value() > 0
    ((_, spans),) = told
    assert spans[0].start == made.start
    assert spans[0].end > 500


# ---------------------------------------------------------------------- the card


def rest_on(reader: Reader, place: QPoint, qtbot: QtBot) -> None:
    QTest.mouseMove(reader.viewport(), place - QPoint(1, 0))
    QTest.mouseMove(reader.viewport(), place)
    qtbot.waitUntil(lambda: not pointer(reader)._rest.isActive(), timeout=5_000)


def test_the_card_tells_what_is_under_the_mouse(reader: Reader, story: Story, qtbot: QtBot) -> None:
    quote = story.mark(
        "QUOTE", "his captain wants to leave",
        status=Status.PROPOSED, origin="newsdesk-en 1.0 quotes", confidence=0.874, note="Check.",
    )  # fmt: skip
    source = story.mark("SOURCE", "Henk Wolderink")
    cue = story.mark("CUE", "said that")
    story.attribute(quote, source_mention=source.id, cue=cue.id)
    story.claim("wants to leave", state=ClaimState.DISPUTED)
    story.show_in(reader)
    rest_on(reader, middle(reader, story.span("his")), qtbot)
    card = pointer(reader).card
    assert card.isVisible()
    for words in (
        "QUOTE", "his captain wants to leave", "Speaker: Henk Wolderink", "Cue: said that",
        "Status: suggested", "By: newsdesk-en 1.0 quotes", "Confidence: 87%", "Note: Check.",
    ):  # fmt: skip
        assert words in card.words
    QTest.mouseMove(reader.viewport(), middle(reader, story.span("captain")))
    qtbot.waitUntil(lambda: not card.isVisible(), timeout=5_000)
    rest_on(reader, middle(reader, story.span("wants")), qtbot)
    assert "CLAIM" in card.words
    assert "disputed" in card.words
    assert "Also: QUOTE" in card.words
    reader.verticalScrollBar().setMaximum(100)
    reader.verticalScrollBar().setValue(10)
    assert not card.isVisible()


def test_the_card_never_takes_text_for_mark_up(
    reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story("He wrote <img src='/dev/zero'> and <b>bold</b> & so on.")
    made = story.mark("ORG", "<img src='/dev/zero'>", author="<script>")
    story.show_in(reader)
    rest_on(reader, middle(reader, made.spans[0]), qtbot)
    card = pointer(reader).card
    assert "<img src='/dev/zero'>" in card.words
    assert "By: <script>" in card.words
    assert card.grab().width() > 100


def test_no_card_opens_where_nothing_is_marked(reader: Reader, story: Story, qtbot: QtBot) -> None:
    story.mark("PERSON", "Wolderink")
    story.show_in(reader)
    rest_on(reader, middle(reader, story.span("wants")), qtbot)
    assert not pointer(reader).card.isVisible()
    # Beside the last word of a paragraph there is no mark, though the caret would stand by one.
    story.mark("PERSON", "wrote.")
    story.show_in(reader)
    beside = right_of(reader, story.span("wrote.")) + QPoint(80, 0)
    rest_on(reader, beside, qtbot)
    assert not pointer(reader).card.isVisible()
