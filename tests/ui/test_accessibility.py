"""Every widget that takes the focus has a name, and the keyboard gets everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QMenuBar, QWidget

from newsdesk.ui.exporting import ExportDialog
from newsdesk.ui.importing.dialog import ImportDialog
from newsdesk.ui.importing.plan import Plan
from newsdesk.ui.key_editor import KeyEditor
from newsdesk.ui.report_dialog import ReportDialog
from tests.ui.robot import Robot


def nameless(top: QWidget) -> list[str]:
    """The widgets that take the focus and that a screen reader would have no name for."""
    found = []
    for one in (top, *top.findChildren(QWidget)):
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(one, QMenu | QMenuBar):
            continue
        if one.objectName().startswith("qt_") or not one.isVisibleTo(top):
            continue
        name = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
        interface = QAccessible.queryAccessibleInterface(one)
        if not name and interface is not None:
            name = interface.text(QAccessible.Text.Name)
        if not name.strip() and not _inside_a_named_one(one):
            inside = type(one.parent()).__name__
            found.append(f"{type(one).__name__} {one.objectName()} in {inside}")
    return found


def _inside_a_named_one(widget: QWidget) -> bool:
    """A part of a compound widget, such as the field of a key editor, speaks as the whole."""
    parent = widget.parentWidget()
    return parent is not None and widget is not parent and parent.focusProxy() is widget


def test_every_widget_of_the_window_has_a_name(small: Robot) -> None:
    small.select("It is 3")
    small.press("C")
    small.select("Ray", nth=1)
    small.press("S")
    small.window.messages.say("Something to read.")
    small.window.annotate.checklist.bring_back()
    small.press("Ctrl+F")
    assert nameless(small.window) == []


@pytest.mark.parametrize("key", ["Ctrl+P", "Ctrl+Shift+P", "?", "L", "E", "N"])
def test_every_pop_up_has_a_name(small: Robot, key: str) -> None:
    small.select("Oslo")
    small.press("2", key)
    assert small.focus is not small.window.reader
    assert nameless(small.window) == []


def test_every_dialog_has_names(small: Robot, tmp_path) -> None:
    window = small.window
    dialogs: list[QDialog] = [
        ExportDialog(window),
        KeyEditor(window.bindings, window),
        ImportDialog(Plan.of_text("Some text."), window),
        ReportDialog("Import", "All is well.", "Details", window),
    ]
    for dialog in dialogs:
        dialog.show()
        small.rest()
        assert nameless(dialog) == [], type(dialog).__name__
        dialog.close()


def test_the_eye_for_names_can_fail(qtbot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    child = QWidget(top)
    child.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert len(nameless(top)) == 1
    child.setAccessibleName("Something")
    assert nameless(top) == []


def test_tab_comes_round_through_library_filters_and_inspector(small: Robot) -> None:
    small.select("Oslo")
    small.press("2")
    small.press("F6")
    seen: list[str] = []
    for _ in range(60):
        name = small.focus.accessibleName() or small.focus.objectName()
        if name in seen and len(seen) > 5:
            break
        seen.append(name)
        if small.focus is small.window.reader:
            small.press("F6")  # in the text, Tab goes to the next annotation
        else:
            small.press("Tab")
    joined = " | ".join(seen)
    for wanted in ("Search all articles", "Articles", "Labels of the codebook", "Note",
                   "Filter annotations", "Annotations of the article"):  # fmt: skip
        assert wanted in joined


def test_f6_goes_round_the_panes(small: Robot) -> None:
    annotate = small.window.annotate
    small.window.reader.setFocus()
    seen = []
    for _ in range(4):
        small.press("F6")
        seen.append(small.focus)
    expected = [annotate.inspector.list.view, annotate.library.view, annotate.codebook.view]
    assert seen[:3] == expected
    assert seen[3] is small.window.reader
    small.press("Shift+F6")
    assert small.focus is annotate.codebook.view


def test_escape_leads_back_to_the_text_from_anywhere(small: Robot) -> None:
    for _ in range(3):
        small.press("F6")
        small.press("Esc")
        assert small.focus is small.window.reader


def test_the_reader_s_description_follows_the_annotation(small: Robot) -> None:
    small.select("Ada Ray")
    small.press("1", "Tab")
    assert QApplication.focusWidget() is small.window.reader
    assert small.window.reader.accessibleDescription() == "PERSON, accepted, Ada Ray"
