"""All strings go through translation, and longer words still fit."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu

from newsdesk.ui.actions import ACTS
from newsdesk.ui.plain import ElidedLabel
from tests.ui.robot import Robot
from tests.window_fixtures import Opener

LONGER = 1.4


class Pseudo(QTranslator):
    """Every text 40 % longer and with marks around it, so that a text without them shows."""

    def translate(self, context, source, disambiguation=None, n=-1) -> str:
        if not source.strip():
            return source
        return "[" + source + "é" * max(1, round(len(source) * (LONGER - 1))) + "]"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def pseudo(qapp):
    translator = Pseudo()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


FROM_THE_DESK = re.compile(r"[\W\d_]*")  # no words at all


def test_every_text_of_the_window_is_translated(pseudo, open_window: Opener) -> None:
    robot = open_window(checklist_done=())
    robot.open("Adviser warned")
    robot.press("Tab", "Ctrl+F")
    desk = robot.window.desk
    ours = {label.name for label in desk.codebook()}
    untranslated = [
        text
        for widget in robot._visible(robot.window)
        if isinstance(widget, QLabel | QAbstractButton)
        for text in [widget.whole if isinstance(widget, ElidedLabel) else widget.text()]
        if text and "[" not in text and not FROM_THE_DESK.fullmatch(text)
        and not from_the_desk(robot, text, ours)
    ]  # fmt: skip
    assert untranslated == []


def from_the_desk(robot: Robot, text: str, labels: set[str]) -> bool:
    """Words of the article or the codebook, which nobody translates."""
    article = robot.window.annotate.open.article
    bare = text.strip("“”…").rstrip()
    known = [article.title, article.text] if article else []
    return text.replace("&&", "&") in labels or any(bare in one for one in known)


def test_every_act_is_translated(pseudo, open_window: Opener) -> None:
    robot = open_window()
    for act in ACTS:
        assert "[" in robot.window.bindings.action(act.name).text(), act.name
    for menu in robot.window.menuBar().findChildren(QMenu):
        assert "[" in menu.title() or not menu.title()


def test_longer_words_fit_on_buttons(pseudo, open_window: Opener) -> None:
    robot = open_window(checklist_done=())
    robot.open("Adviser warned")
    robot.press("Tab")
    cut = [
        widget.text()
        for widget in robot._visible(robot.window)
        if isinstance(widget, QAbstractButton)
        and widget.text()
        and widget.objectName() != "link"
        and widget.sizeHint().width() > widget.width() + 1
    ]
    assert cut == []


def test_longer_words_push_no_panel_out(pseudo, open_window: Opener) -> None:
    robot = open_window()
    robot.window.resize(1100, 720)
    robot.open("Adviser warned")
    robot.rest()
    assert robot.window.width() <= 1110
    assert robot.window.reader.width() > 300
