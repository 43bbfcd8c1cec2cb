"""Articles in the scripts of the world: words, marks, curves and exports are right in each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from newsdesk.desk import open_desk
from newsdesk.desk.articles import add_article
from newsdesk.desk.exporting import export
from newsdesk.model import Span, new_article
from newsdesk.ui.reader.lines import runs_right_to_left
from newsdesk.ui.utf16 import cluster_at
from tests.ui.robot import Robot
from tests.ui.small_desk import make_desk
from tests.window_fixtures import Opener

# text, a person of several words, one word of it, a quote, its speaker, its cue
SAMPLES = {
    "Arabic": (
        "وافق المجلس على الميزانية في بيروت. قال علي حسن: «سنبدأ العمل غدًا».",
        "علي حسن", "بيروت", "سنبدأ العمل غدًا", "علي حسن", "قال",
    ),
    "Hebrew": (
        "המועצה אישרה את התקציב בחיפה. דנה כהן אמרה: „נתחיל מחר בבוקר”.",
        "דנה כהן", "התקציב", "נתחיל מחר בבוקר", "דנה כהן", "אמרה",
    ),
    "Hindi": (
        "नगर परिषद ने मंगलवार को बजट पारित किया। “हम तुरंत शुरू करेंगे,” राधा शर्मा ने कहा।",
        "राधा शर्मा", "मंगलवार", "हम तुरंत शुरू करेंगे", "राधा शर्मा", "कहा",
    ),
    "Thai": (
        "สภาเมืองอนุมัติงบประมาณเมื่อวันอังคาร มานี กล่าวว่า “เราจะเริ่มทันที”",
        "มานี", "งบประมาณ", "เราจะเริ่มทันที", "มานี", "กล่าว",
    ),
    "Chinese": (
        "市议会星期二批准了预算。王小明说：“我们马上开始。”",
        "王小明", "说", "我们马上开始", "王小明", "说",
    ),
    "combining marks": (
        "Zoe\u0308 Ha\u030as met Nguye\u0302\u0303n. “We go,” said Zoe\u0308 Ha\u030as.",
        "Zoe\u0308 Ha\u030as", "Nguye\u0302\u0303n", "We go", "Zoe\u0308 Ha\u030as", "said",
    ),
    "emoji families": (
        "👩‍👩‍👧‍👦 came. Ana 👩🏽‍🚒 Lima waved 🇳🇴. “Fine 👨‍👩‍👧,” said Ana 👩🏽‍🚒 Lima.",
        "Ana 👩🏽‍🚒 Lima", "👩‍👩‍👧‍👦", "Fine 👨‍👩‍👧", "Ana 👩🏽‍🚒 Lima", "said",
    ),
}  # fmt: skip


@pytest.fixture(params=SAMPLES, ids=list(SAMPLES))
def sample(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return SAMPLES[request.param]


@pytest.fixture
def robot(open_window: Opener, tmp_path: Path, sample: tuple[str, ...]) -> Robot:
    """A person at an article in one of the scripts, with Latin words before and behind."""
    place = tmp_path / "scripts.desk"
    make_desk(place).close()
    desk = open_desk(place, "Ada")
    text = f"Bergen, 12 May 😀\n\n{sample[0]}\n\nThe end."
    add_article(desk, new_article(text, title="Sample"))
    desk.close()
    found = open_window(place)
    found.open("Sample")
    return found


def where(robot: Robot, words: str, last: bool = False) -> Span:
    text = robot.window.reader.words
    start = text.rindex(words) if last else text.index(words)
    return Span(start, start + len(words))


def drag_over(robot: Robot, span: Span) -> None:
    """Drag with the mouse from the first letter to the last, whatever the direction."""
    reader, left = robot.window.reader, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    reader.scroll_to(span)
    robot.rest()
    edges = [reader.edge_box(span, at_end).center() for at_end in (False, True)]
    inward = -1 if runs_right_to_left(span.of(reader.words)) else 1
    start, end = edges[0] + QPointF(inward, 0), edges[1] - QPointF(inward, 0)
    start, middle, end = (one.toPoint() for one in (start, (start + end) / 2, end))
    QTest.mousePress(reader.viewport(), left, plain, start)
    QTest.mouseMove(reader.viewport(), middle)
    QTest.mouseMove(reader.viewport(), end)
    QTest.mouseRelease(reader.viewport(), left, plain, end)
    robot.rest()


def test_a_drag_takes_whole_words(robot: Robot, sample: tuple[str, ...]) -> None:
    span = where(robot, sample[1], last=True)
    drag_over(robot, span)
    assert robot.window.reader.selection() == (span,)
    robot.press("1")
    assert robot.current.spans == (span,)
    assert robot.current.quote == sample[1]


def test_a_key_takes_the_word_at_the_cursor(robot: Robot, sample: tuple[str, ...]) -> None:
    span = where(robot, sample[2])
    robot.window.reader.setFocus()
    robot.window.reader.move_caret(span.start)
    robot.press("2")
    assert robot.current.spans == (span,)


def test_every_letter_lies_within_the_mark_and_no_other(
    robot: Robot, sample: tuple[str, ...]
) -> None:
    reader = robot.window.reader
    span = where(robot, sample[1], last=True)
    reader.select_span(span)
    robot.press("1")
    lines: dict[int, QRectF] = {}  # by their height: a mark may be broken into two
    for box in reader.visible_boxes([span]):
        lines[round(box.top())] = lines.get(round(box.top()), QRectF()) | box
    assert any(line.width() > 0 for line in lines.values())
    for offset in range(len(reader.words)):
        letter = reader.words[offset]
        if letter.isspace() or not letter.isalnum():
            continue
        for box in reader.visible_boxes([Span(offset, offset + 1)]):
            inside = any(
                line.adjusted(-1.5, -1, 1.5, 1).contains(box) for line in lines.values()
            )
            assert inside == (span.start <= offset < span.end)


def test_a_quote_gets_its_curves_and_leaves_exact(
    robot: Robot, sample: tuple[str, ...], tmp_path: Path
) -> None:
    reader, (_, _, _, quote, speaker, cue) = robot.window.reader, sample
    for words, key in ((quote, "q"), (speaker, "s"), (cue, "u")):
        reader.select_span(where(robot, words, last=True))
        robot.press(key)
    content = next(one for one in robot.annotations if one.quote == quote)
    reader.set_current(content.id)
    robot.rest()
    ties = {tie.role: tie for tie in reader.ties()}
    assert set(ties) == {"speaker", "cue"}
    for role, words in (("speaker", speaker), ("cue", cue)):
        assert ties[role].far in reader.boxes_of(where(robot, words, last=True))
    out = tmp_path / "out.json"
    export(robot.window.desk, out, "json")
    dataset = json.loads(out.read_text(encoding="utf-8"))
    article = next(one for one in dataset["articles"] if one["title"] == "Sample")
    assert article["text"] == reader.words
    found = {
        article["text"][start:end]
        for one in article["annotations"]
        for start, end in one["spans"]
    }
    assert found == {quote, speaker, cue}


def test_growing_by_a_word_never_cuts_a_cluster(robot: Robot, sample: tuple[str, ...]) -> None:
    reader = robot.window.reader
    reader.select_span(where(robot, sample[2]))
    robot.press("2")
    for key in ("Shift+Alt+Right", "Shift+Alt+Up", "Shift+Alt+Right", "Shift+Alt+Left"):
        robot.press(key)
        start, end = robot.current.spans[0]
        assert cluster_at(reader.words, start).start == start
        assert end == len(reader.words) or cluster_at(reader.words, end).start == end
