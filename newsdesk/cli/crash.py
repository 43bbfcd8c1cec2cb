"""What the command line does with an error that nobody expected: a report, and a plain message."""

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import newsdesk
from newsdesk.cli.telling import say
from newsdesk.settings import log_folder

DEBUG_VARIABLE = "NEWSDESK_DEBUG"


def report_unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """An excepthook: leave a report in the log folder and say so; the exit code is 1 then.

    With $NEWSDESK_DEBUG set, the whole traceback is shown as well.
    """
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(kind, error, trace)
    where = _written(_report(kind, error, trace))
    say(
        f"Newsdesk met an error that it did not expect ({kind.__name__}). What was saved before "
        f"is safe, and nothing of this command was kept. {where}"
    )


def _written(report: str) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    path = log_folder() / f"crash-{stamp}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8")
    except OSError:
        return f"Set {DEBUG_VARIABLE}=1 and do it again to see where."
    return f"A report, which holds none of your texts, is at {path}: please send it to us."


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Where it happened, without messages or values: those may hold words of an article."""
    package = Path(newsdesk.__file__).parent.parent
    lines = [
        f"Newsdesk {newsdesk.__version__}, Python {platform.python_version()}, {sys.platform}",
        f"{kind.__module__}.{kind.__name__}",
    ]
    for frame in traceback.extract_tb(trace):
        file = Path(frame.filename)
        inside = file.is_relative_to(package)
        shown = file.relative_to(package).as_posix() if inside else file.name
        lines.append(f"  {shown}:{frame.lineno} in {frame.name}")
    cause = error.__cause__ or error.__context__
    if cause is not None:
        lines.append("after " + _report(type(cause), cause, cause.__traceback__).split("\n", 1)[1])
    return "\n".join(lines) + "\n"
