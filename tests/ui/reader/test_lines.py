"""Marks are on the right words in Arabic, Hebrew and mixed lines, and around emoji families."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTextCharFormat, QTextCursor, QTextDocument

from newsdesk.model import Span
from newsdesk.ui.reader import Reader
from newsdesk.ui.reader.lines import Paragraph, runs_right_to_left
from newsdesk.ui.reader.page import Metrics, Page, Typography
from newsdesk.ui.utf16 import Positions
from tests.ui.reader.story import LABELS, Story, background_of, picture

FAMILY = "👨‍👩‍👧‍👦"
WIDTH = 420


def laid_out(text: str) -> tuple[Page, Positions]:
    positions = Positions(text)
    page = Page(text, positions, Metrics(Typography()))
    page.lay_out()
    page.document.setTextWidth(WIDTH)
    page.document.documentLayout().documentSize()
    return page, positions


def ink_of(document: QTextDocument, start: int, end: int) -> QRectF:
    """The box of the pixels in which Qt itself draws some letters: they alone are red."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    red = QTextCharFormat()
    red.setForeground(QColor("#FF0000"))
    cursor.mergeCharFormat(red)
    image = QImage(WIDTH, int(document.size().height()), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing, False)
    document.drawContents(painter)
    painter.end()
    box = QRectF()
    for y in range(image.height()):
        for x in range(image.width()):
            colour = image.pixelColor(x, y)
            if colour.red() > 150 and colour.green() < 120:
                box |= QRectF(x, y, 1, 1)
    return box


def boxes(page: Page, positions: Positions, text: str, span: Span) -> list[QRectF]:
    block = page.document.findBlock(positions.to_qt(span.start))
    corner = block.layout().position()
    paragraph = Paragraph(block, 0, positions, text)
    return [
        QRectF(corner.x() + left, corner.y() + line.base - 16, right - left, 22)
        for line, left, right in paragraph.segments([span])
    ]


MIXED = [
    ("The striker Virgil van Dijk left", "Virgil van Dijk"),
    ("abc שלום עולם def", "שלום"),
    ("abc שלום עולם def", "עולם"),
    ("abc שלום עולם def", "def"),
    ("abc שלום עולם def", "שלום עולם"),
    ("قال نبيل خوري حداد اليوم", "نبيل"),
    ("قال نبيل خوري حداد اليوم", "اليوم"),
    ("قال Nabil Khoury اليوم", "Nabil"),
    ("قال Nabil Khoury اليوم", "اليوم"),
    ("في 2024 قال علي", "2024"),
    ("في 2024 قال علي", "علي"),
    ("נפגש עם Yoav Lernau (יואב לרנאו) במלון", "יואב לרנאו"),
    ("נפגש עם Yoav Lernau (יואב לרנאו) במלון", "Yoav"),
    ("cafe\u0301 noir et the\u0301", "the\u0301"),
]


@pytest.mark.parametrize(("text", "words"), MIXED)
def test_the_letters_lie_within_their_mark(text: str, words: str, qapp: object) -> None:
    page, positions = laid_out(text)
    start = text.index(words)
    span = Span(start, start + len(words))
    found = boxes(page, positions, text, span)
    assert len(found) == 1
    ink = ink_of(page.document, positions.to_qt(span.start), positions.to_qt(span.end))
    assert not ink.isNull()
    # Letters may hang over their advance by a pixel or two.
    assert found[0].left() - 3 <= ink.left()
    assert ink.right() <= found[0].right() + 3
    assert found[0].width() <= ink.width() + 12


def test_a_mark_over_a_turn_of_direction_has_one_box_for_each_run(qapp: object) -> None:
    text = "abc שלום עולם def"
    page, positions = laid_out(text)
    # "c ש": the first letter of the Hebrew stands at the far right of its run.
    start = text.index("c")
    found = boxes(page, positions, text, Span(start, start + 3))
    assert len(found) == 2
    assert found[0].right() < found[1].left()


def test_a_right_to_left_paragraph_stands_at_the_right(reader: Reader) -> None:
    story = Story("قال نبيل خوري حداد اليوم.\n\nIn Wexmouth nobody knew.")
    arabic = story.mark("PERSON", "نبيل خوري حداد")
    latin = story.mark("ORG", "Wexmouth")
    story.show_in(reader)
    right, left = reader.box_of(arabic.spans[0]), reader.box_of(latin.spans[0])
    assert right.left() > reader.viewport().width() / 2
    assert left.right() < reader.viewport().width() / 2
    tint = reader.theme.tint(LABELS["PERSON"].colour).lower()
    assert background_of(picture(reader), right) == tint
    assert reader.offset_at(right.center().toPoint()) in range(*arabic.spans[0])


def test_a_mark_over_several_lines_has_a_box_on_each(qapp: object) -> None:
    text = "word " * 60
    page, positions = laid_out(text)
    found = boxes(page, positions, text, Span(0, len(text) - 1))
    assert len(found) == page.document.begin().layout().lineCount()
    for box in found:
        assert box.right() <= WIDTH
    assert len({box.top() for box in found}) == len(found)


def test_the_space_that_hangs_over_the_edge_is_not_marked(qapp: object) -> None:
    text = "word " * 60
    page, positions = laid_out(text)
    block = page.document.begin()
    line = Paragraph(block, 0, positions, text).lines[0]
    cut = Span(0, line.end)  # the space before the break included
    bare = Span(0, line.end - 1)
    assert boxes(page, positions, text, cut)[0].right() <= (
        boxes(page, positions, text, bare)[0].right() + 1
    )


def test_an_emoji_family_is_one_box(qapp: object) -> None:
    text = f"They {FAMILY} wave."
    page, positions = laid_out(text)
    span = Span(5, 5 + len(FAMILY))
    assert len(boxes(page, positions, text, span)) == 1
    after = Span(span.end + 1, span.end + 5)
    assert boxes(page, positions, text, span)[0].right() <= (
        boxes(page, positions, text, after)[0].left() + 1
    )


@given(
    pieces=st.lists(
        st.sampled_from(["one ", "שלום ", "مرحبا ", "2024 ", FAMILY, "e\u0301 ", "(", ") ", "中"]),
        min_size=1, max_size=30,
    ),
    data=st.data(),
)  # fmt: skip
def test_the_parts_of_a_paragraph_cover_what_the_whole_covers(
    pieces: list[str], data: st.DataObject, qapp: object
) -> None:
    text = "".join(pieces)
    page, positions = laid_out(text)
    cut = data.draw(st.integers(1, len(text))) if len(text) > 1 else 1
    whole = boxes(page, positions, text, Span(0, len(text)))
    parts = boxes(page, positions, text, Span(0, cut))
    if cut < len(text):
        parts += boxes(page, positions, text, Span(cut, len(text)))

    def columns(found: list[QRectF]) -> set[tuple[float, int]]:
        return {
            (box.top(), x) for box in found for x in range(int(box.left()), int(box.right()) + 1)
        }

    missed = columns(whole) ^ columns(parts)
    assert len(missed) <= 4 * len(whole) + 4  # whole pixels at the seams


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("plain", False),
        ("naïve café 😀 中文", False),
        ("שלום", True),
        ("a نبيل b", True),
        ("", False),
    ],
)
def test_only_lines_that_need_it_are_measured_run_by_run(text: str, mixed: bool) -> None:
    assert runs_right_to_left(text) is mixed
