"""A reader on the screen for each test."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from newsdesk.ui.reader import Reader


@pytest.fixture
def reader(qtbot: QtBot, qapp: QApplication) -> Reader:
    """An empty reader of 900 × 600 pixels, in a font that every test machine has."""
    font = QFont("DejaVu Sans")
    font.setPointSizeF(10)
    QApplication.setFont(font)
    # A window that another test had open may have left its looks behind.
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())
    made = Reader()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    return made
