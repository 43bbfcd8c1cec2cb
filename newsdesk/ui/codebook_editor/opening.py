"""The acts that lead to the codebook's editor, and the one editor that a window has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsdesk.ui.codebook_editor.editor import CodebookEditor
    from newsdesk.ui.window import Window


def edit_codebook(window: Window) -> CodebookEditor:
    """Show the labels, that of the annotation or the panel at hand first."""
    editor = _editor(window)
    # What is half typed belongs to the label that it is typed under.
    editor.labels.form.commit()
    chosen, current = window.annotate.codebook.current, window.reader.current
    if chosen is not None:
        editor.labels.current = chosen.id
    elif current is not None:
        editor.labels.current = current.label
    editor.come("labels")
    return editor


def check_house(window: Window) -> CodebookEditor:
    """Show the house's rules, and what breaks them."""
    editor = _editor(window)
    editor.come("house")
    return editor


def _editor(window: Window) -> CodebookEditor:
    from newsdesk.ui.codebook_editor.editor import CodebookEditor

    found = window.findChild(CodebookEditor)
    return found if found is not None else CodebookEditor(window)
