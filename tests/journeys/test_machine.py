"""Random verbs, clicks and keys: desk, list, reader and pixels agree with a plain Python model."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from PySide6.QtWidgets import QApplication

from tests.journeys.machine import Editor


def test_whatever_the_editor_does_everything_agrees(qapp: QApplication) -> None:
    few = settings(max_examples=6, stateful_step_count=22)
    run_state_machine_as_test(Editor, settings=few)
