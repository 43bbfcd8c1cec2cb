"""What the window does with an error that nobody expected: a report to copy, and on with the work.

The report says where it happened and nothing else: messages and values may hold words of an
article.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QThread, qVersion
from PySide6.QtWidgets import QApplication

import newsdesk

log = logging.getLogger("newsdesk.crash")

SHOWN_AT_MOST = 3
"""Dialogs in one run: a fault that comes with every repaint must not bury the window."""


def report_of(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> str:
    """Versions, the kind of error, and the places in the program that led to it."""
    lines = [
        f"Newsdesk {newsdesk.__version__}, Python {platform.python_version()}, "
        f"Qt {qVersion()}, {sys.platform}",
        f"{kind.__module__}.{kind.__name__}",
    ]
    package = Path(newsdesk.__file__).parent.parent
    for frame in traceback.extract_tb(trace):
        file = Path(frame.filename)
        inside = file.is_relative_to(package)
        shown = file.relative_to(package).as_posix() if inside else file.name
        lines.append(f"  {shown}:{frame.lineno} in {frame.name}")
    cause = error.__cause__ or error.__context__ if error is not None else None
    if cause is not None:
        inner = report_of(type(cause), cause, cause.__traceback__)
        lines.append("after " + inner.split("\n", 1)[1])
    return "\n".join(lines)


class Crashes:
    """An excepthook that logs, and shows a dialog with the report.

    What is no crash, but the desk's refusal in a place where nobody waited for its answer, goes
    to `say`: the message bar.
    """

    def __init__(self) -> None:
        self.say: Callable[[str], object] | None = None
        self._shown = 0
        self._showing = False

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        from newsdesk.model import NewsdeskError

        if isinstance(error, NewsdeskError) and self.say is not None and _on_window_thread():
            self.say(str(error))
            return
        try:
            report = report_of(kind, error, trace)
            log.error("unexpected: %s", report)
            self._show(report)
        except Exception:  # noqa: BLE001 - the excepthook itself must never raise
            sys.__stderr__ and sys.__stderr__.write("Newsdesk failed while reporting an error.\n")

    def _show(self, report: str) -> None:
        if not _on_window_thread() or self._showing or self._shown >= SHOWN_AT_MOST:
            return
        from newsdesk.ui.report_dialog import ReportDialog

        self._shown += 1
        self._showing = True
        try:
            dialog = ReportDialog(
                QApplication.translate("Crashes", "Something went wrong"),
                QApplication.translate(
                    "Crashes",
                    "Newsdesk met an error that it did not expect. Everything you did before is "
                    "saved, and you can go on. The report below holds none of your texts: please "
                    "copy it and send it to us.",
                ),
                report,
                QApplication.activeWindow(),
            )
            dialog.exec()
        finally:
            self._showing = False


def _on_window_thread() -> bool:
    app = QApplication.instance()
    return isinstance(app, QApplication) and QThread.currentThread() is app.thread()
