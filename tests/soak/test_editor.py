"""The long run of the random editor at the window."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from PySide6.QtWidgets import QApplication

from tests.journeys.machine import Editor

pytestmark = pytest.mark.soak


def test_whatever_the_editor_does_for_hours_everything_agrees(qapp: QApplication) -> None:
    many = settings(
        max_examples=400,
        stateful_step_count=60,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Editor, settings=many)
