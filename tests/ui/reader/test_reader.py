"""The reader from outside: what it shows, what it tells, what it follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from newsdesk.model import ClaimState, Edit, Layer, Span, Status, replace
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.marks import Mark
from tests.ui.reader.story import BY_ID, LABELS, Story, background_of, picture

TEXT = "\n\n".join(
    f"Paragraph {n}: Henk Wolderink told the Courier that his captain wants to go. It is so."
    for n in range(60)
)


@pytest.fixture
def story() -> Story:
    return Story(TEXT)


def collected(signal: object) -> list[object]:
    found: list[object] = []
    signal.connect(found.append)  # type: ignore[attr-defined]
    return found


def test_an_article_is_shown_from_its_beginning(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "Henk Wolderink")
    story.show_in(reader)
    assert reader.article is story.article
    assert reader.annotations == list(story.annotations.values())
    assert reader.current is None
    assert reader.selection() == ()
    assert reader.verticalScrollBar().value() == 0
    reader.scroll_to(Span(4_000, 4_010))
    other = Story("Another story.")
    other.show_in(reader)
    assert reader.verticalScrollBar().value() == 0
    assert reader.annotations == []
    reader.clear_article()
    assert reader.article is None
    assert reader.annotations == []
    assert reader.selection() == ()


def test_it_is_a_read_only_text_edit(reader: Reader, story: Story) -> None:
    assert isinstance(reader, QTextEdit)
    story.show_in(reader)
    QTest.keyClicks(reader, "typed")
    QTest.keyClick(reader, Qt.Key.Key_Delete)
    assert reader.document().characterCount() - 1 == len(TEXT)
    assert reader.document().isUndoAvailable() is False


# ---------------------------------------------------------------------- following the desk


def test_a_new_annotation_is_painted_at_once(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    made = story.mark("PERSON", "captain")
    reader.follow([Edit(None, made)])
    assert reader.annotations == [made]
    tint = reader.theme.tint(LABELS["PERSON"].colour).lower()
    assert background_of(picture(reader), reader.box_of(made.spans[0])) == tint


def test_only_the_block_of_a_change_is_drawn_anew(
    reader: Reader, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(20):
        story.mark("PERSON", story.span("Henk Wolderink", n))
    story.show_in(reader)
    picture(reader)
    under = reader._under
    assert under is not None
    before = dict(under._pictures)
    asked = []
    monkeypatch.setattr(reader.viewport(), "update", lambda *area: asked.append(area))
    made = story.mark("ORG", story.span("Courier", 2))
    reader.follow([Edit(None, made)])
    gone = set(before) - set(under._pictures)
    assert gone == {reader.document().findBlock(made.start).blockNumber()}
    (areas,) = asked
    assert areas[0].height() < reader.viewport().height() / 3
    asked.clear()
    far = story.mark("ORG", story.span("Courier", 50))
    reader.follow([Edit(None, far)])
    assert asked == []


def test_edits_of_other_articles_and_records_are_passed_over(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    other = Story("Elsewhere Henk spoke.")
    stranger = other.mark("PERSON", "Henk")
    reader.follow([Edit(None, stranger), Edit(None, other.article)])
    assert reader.annotations == []
    reader.clear_article()
    reader.follow([Edit(None, stranger)])


def test_a_change_of_everything_about_an_annotation(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "captain", status=Status.PROPOSED)
    story.show_in(reader)
    reader.set_current(made.id)
    told = collected(reader.current_changed)
    for fields in (
        {"status": Status.ACCEPTED},
        {"label": LABELS["ORG"].id},
        {"spans": (story.span("his captain"),)},
        {"label": LABELS["CLAIM"].id},
    ):
        edit = story.change(reader.current or made, **fields)
        reader.follow([edit])
        assert reader.current == edit.after
        assert told.pop() == edit.after
    reader.follow([Edit(reader.current, None)])
    assert reader.current is None
    assert told == [None]
    assert reader.annotations == []


def test_a_claim_changes_colour_with_its_state(reader: Reader, story: Story) -> None:
    made = story.claim("his captain wants to go")
    story.show_in(reader)
    before = picture(reader)
    claim = next(iter(story.claims.values()))
    verified = replace(claim, state=ClaimState.VERIFIED)
    reader.follow([Edit(claim, verified)])
    after = picture(reader)
    assert after != before
    assert reader.strip.colours_at(reader.strip.row_of(made.start))
    reader.follow([Edit(verified, claim)])
    assert picture(reader) == before


def test_a_claim_may_come_before_its_appearance(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    made = story.claim("his captain wants to go", state=ClaimState.DISPUTED)
    claim = next(iter(story.claims.values()))
    reader.follow([Edit(None, claim), Edit(None, made)])
    stepwise = picture(reader)
    story.show_in(reader)
    assert picture(reader) == stepwise


def test_a_label_changes_its_colour_and_layer(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "captain")
    story.show_in(reader)
    person = LABELS["PERSON"]
    pink = replace(person, colour="#CC79A7")
    reader.follow([Edit(person, pink)])
    box = reader.box_of(made.spans[0])
    assert background_of(picture(reader), box) == reader.theme.tint("#CC79A7").lower()
    reader.follow([Edit(pink, replace(pink, layer=Layer.CUE))])
    assert background_of(picture(reader), box) == reader.theme.page.lower()
    reader.follow([Edit(pink, None)])
    assert reader.annotations == [made]
    assert background_of(picture(reader), box) == reader.theme.tint("#999999").lower()
    reader.set_labels(BY_ID)
    assert background_of(picture(reader), box) == reader.theme.tint(person.colour).lower()


def test_very_many_edits_are_followed_as_one(reader: Reader, story: Story) -> None:
    made = [story.mark("PERSON", story.span("Henk", n), status=Status.PROPOSED) for n in range(60)]
    story.show_in(reader)
    reader.follow([story.change(one, status=Status.ACCEPTED) for one in made])
    stepwise = picture(reader)
    story.show_in(reader)
    assert picture(reader) == stepwise


def test_a_new_title_is_taken(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    renamed = replace(story.article, title="Another title")
    reader.follow([Edit(story.article, renamed)])
    assert reader.article == renamed
    assert reader.accessibleName() == "Article: Another title"


# ---------------------------------------------------------------------- the current annotation


def test_turns_visit_the_annotations_in_order_and_go_round(reader: Reader, story: Story) -> None:
    last = story.mark("PERSON", story.span("Henk", 40))
    first = story.mark("PERSON", story.span("Henk", 3))
    outer = story.mark("QUOTE", story.span("Henk Wolderink", 3))
    story.show_in(reader)
    said = collected(reader.message)
    assert [reader.next_annotation() for _ in range(3)] == [outer, first, last]
    assert said == []
    assert reader.box_of(last.spans[0]).top() >= 0
    assert reader.box_of(last.spans[0]).bottom() <= reader.viewport().height()
    assert reader.next_annotation() == outer
    assert len(said) == 1
    assert reader.next_annotation(backwards=True) == last
    assert len(said) == 2
    assert reader.current == last


def test_turns_pass_over_what_is_hidden_or_decided(reader: Reader, story: Story) -> None:
    story.mark("PERSON", story.span("Henk", 0), status=Status.REJECTED)
    done = story.mark("PERSON", story.span("Henk", 1))
    waiting = story.mark("ORG", story.span("Courier", 1), status=Status.PROPOSED)
    story.show_in(reader)
    assert reader.next_annotation() == done
    assert reader.next_annotation(only_proposed=True) == waiting
    assert reader.next_annotation(only_proposed=True) == waiting
    reader.set_layer_visible(Layer.ENTITY, False)
    assert reader.next_annotation() is None


def test_a_turn_begins_at_the_caret(reader: Reader, story: Story) -> None:
    marks = [story.mark("PERSON", story.span("Henk", n)) for n in (2, 9, 20)]
    story.show_in(reader)
    reader.move_caret(story.span("Henk", 5).start)
    assert reader.next_annotation() == marks[1]
    reader.set_current(None)
    reader.move_caret(story.span("Henk", 5).start)
    assert reader.next_annotation(backwards=True) == marks[0]


def test_setting_the_current_one_keeps_the_selection(reader: Reader, story: Story) -> None:
    made = story.mark("PERSON", "Wolderink")
    story.show_in(reader)
    reader.select_span(story.span("captain"))
    told = collected(reader.current_changed)
    reader.set_current(made.id)
    assert reader.selection() == (story.span("captain"),)
    assert told == [made]
    reader.set_current(made.id)
    assert told == [made]
    reader.set_current("no such annotation")
    assert told == [made, None]


def test_what_lies_at_a_place_shortest_first(reader: Reader, story: Story) -> None:
    inner = story.mark("PERSON", "Wolderink")
    outer = story.mark("QUOTE", "Henk Wolderink told")
    story.mark("ORG", "Wolderink", status=Status.REJECTED)
    parted = story.mark("PERSON", "Paragraph 0", "Courier")
    story.show_in(reader)
    place = story.span("Wolderink")
    assert reader.annotations_at(place.start) == [inner, outer]
    assert reader.annotations_at(place.end) == [inner, outer]
    assert reader.annotations_at(place.end + 1) == [outer]
    assert parted not in reader.annotations_at(place.start)
    assert reader.annotations_at(story.span("Courier").start) == [parted]
    reader.set_show_rejected(True)
    assert len(reader.annotations_at(place.start)) == 3


def test_overlaps_are_cycled_from_the_inside_out(reader: Reader, story: Story) -> None:
    inner = story.mark("PERSON", "Wolderink")
    middle = story.mark("SOURCE", "Henk Wolderink")
    outer = story.mark("QUOTE", "Henk Wolderink told")
    story.show_in(reader)
    reader.move_caret(story.span("Wolderink").start + 2)
    found = [reader.cycle_overlaps() for _ in range(4)]
    assert found == [inner, middle, outer, inner]
    reader.move_caret(story.span("wants").start + 2)
    assert reader.cycle_overlaps() is None


# ---------------------------------------------------------------------- caret and selection


def test_the_caret_is_seen_and_moved_by_keys(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    reader.setFocus()
    QTest.keyClick(reader, Qt.Key.Key_Right)
    QTest.keyClick(reader, Qt.Key.Key_Right)
    assert reader.word_at_cursor() == Span(0, 9)
    assert reader._caret() == (2, 2)
    assert reader.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_keys_select_letters_and_the_release_of_shift_snaps(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    told = collected(reader.selection_changed)
    reader.move_caret(14)
    QTest.keyPress(reader, Qt.Key.Key_Shift)
    for _ in range(6):
        QTest.keyPress(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert reader._caret() == (14, 20)
    # Seen are the letters "enk Wo"; what they stand for is known before it is seen.
    assert reader.selection()[0].of(TEXT) == "Henk Wolderink"
    QTest.keyRelease(reader, Qt.Key.Key_Shift)
    span = reader.selection()[0]
    assert span.of(TEXT) == "Henk Wolderink"
    assert reader._caret() == tuple(span)
    assert told[-1] == (span,)


def test_single_presses_go_on_word_by_word_and_back(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    reader.move_caret(story.span("Henk").start)

    def press(key: Qt.Key) -> str:
        QTest.keyClick(reader, key, Qt.KeyboardModifier.ShiftModifier)
        return "".join(span.of(TEXT) for span in reader.selection())

    there = ["Henk", "Henk Wolderink", "Henk Wolderink told"]
    assert [press(Qt.Key.Key_Right) for _ in range(3)] == there
    assert [press(Qt.Key.Key_Left) for _ in range(3)] == [there[1], there[0], ""]
    reader.move_caret(story.span("told").end)
    back = ["told", "Wolderink told", "Henk Wolderink told"]
    assert [press(Qt.Key.Key_Left) for _ in range(3)] == back
    assert [press(Qt.Key.Key_Right) for _ in range(3)] == [back[1], back[0], ""]


def test_alt_keeps_the_letters(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    word = story.span("Wolderink")
    reader.move_caret(word.start + 2)
    reader.move_caret(word.start + 5, extend=True)
    QTest.keyRelease(reader, Qt.Key.Key_Shift, Qt.KeyboardModifier.AltModifier)
    assert reader.selection() == (Span(word.start + 2, word.start + 5),)


def test_a_backward_selection_stays_backward(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    word = story.span("Wolderink")
    reader.move_caret(word.end - 1)
    reader.move_caret(word.start + 3, extend=True)
    reader.snap_selection()
    assert reader._caret() == (word.end, word.start)
    assert reader.selection() == (word,)


def test_trimming_quotation_marks_is_said(reader: Reader) -> None:
    story = Story("He said: “Not for sale.” Then he left.")
    story.show_in(reader)
    said = collected(reader.message)
    reader.move_caret(9)
    reader.move_caret(24, extend=True)
    reader.snap_selection()
    assert reader.selection()[0].of(story.text) == "Not for sale."
    assert said == ["Trimmed the quotation marks"]
    reader.snap_selection()
    assert len(said) == 1


def test_a_span_is_selected_exactly(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    told = collected(reader.selection_changed)
    odd = Span(story.span("Wolderink").start + 1, story.span("told").end - 1)
    reader.select_span(odd)
    assert reader.selection() == (odd,)
    assert told[-1] == (odd,)
    reader.clear_selection()
    assert reader.selection() == ()
    assert told[-1] == ()


def test_steps_by_word_and_sentence(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    reader.move_caret(0)
    reader.move_word()
    assert reader._caret() == (9, 9)
    reader.move_word(extend=True)
    assert reader.selection()[0].of(TEXT) == "0"
    reader.move_sentence()
    start = TEXT.index("It is so.")
    assert reader._caret() == (start, start)
    reader.move_sentence(extend=True)
    assert reader.selection()[0].of(TEXT) == "It is so."
    reader.move_sentence(backwards=True)
    assert reader._caret() == (start, start)


def test_copied_text_is_the_article_s(reader: Reader, qtbot: QtBot) -> None:
    story = Story("No\u00a0break, 😀 and\n\n" + "x" * 6_000)
    story.show_in(reader)
    reader.select_span(Span(0, len(story.text)))
    reader.copy()
    assert QGuiApplication.clipboard().text() == story.text


# ---------------------------------------------------------------------- going places


def test_scrolling_to_a_span_shows_it_and_leaves_what_is_seen(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    bar = reader.verticalScrollBar()
    reader.scroll_to(story.span("Henk", 1))
    assert bar.value() == 0
    for n in (55, 3, 30):
        span = story.span("captain", n)
        reader.scroll_to(span)
        box = reader.box_of(span)
        assert box.top() >= 0
        assert box.bottom() <= reader.viewport().height()
        assert reader.offset_at(box.center().toPoint()) in range(*span)


def test_a_new_size_of_text_keeps_place_and_selection(reader: Reader, story: Story) -> None:
    story.show_in(reader)
    span = story.span("captain", 30)
    reader.select_span(span)
    reader.scroll_to(span)
    seen = []
    reader.zoomed.connect(seen.append)
    for percent in (150, 60, 100):
        reader.set_zoom(percent)
        assert reader.selection() == (span,)
        box = reader.box_of(span)
        assert -30 <= box.top() <= reader.viewport().height()
    assert seen == [150, 60, 100]


def test_marks_stay_on_their_words_when_the_window_is_resized(
    reader: Reader, story: Story, qtbot: QtBot
) -> None:
    made = story.mark("PERSON", "captain wants")
    story.show_in(reader)
    picture(reader)
    tint = reader.theme.tint(LABELS["PERSON"].colour).lower()
    for width in (300, 1_200, 420, 900):
        reader.resize(width, 500)
        qtbot.wait(1)
        boxes = reader.boxes_of(made.spans[0])
        for box in boxes:
            assert background_of(picture(reader), box) == tint


def test_a_mark_s_drawing_is_kept_while_it_holds(reader: Reader, story: Story) -> None:
    story.mark("PERSON", "captain")
    story.show_in(reader)
    picture(reader)
    under = reader._under
    assert under is not None
    drawn = dict(under._pictures)
    picture(reader)
    assert under._pictures == drawn
    mark = reader._marks().get(next(iter(story.annotations)))
    assert isinstance(mark, Mark)
