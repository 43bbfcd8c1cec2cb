"""What the command line says: results on stdout, messages on stderr, never mixed."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

Progress = Callable[[int, int], None]

# A text from outside could move the cursor, retitle or recolour the terminal of who reads it.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ANY_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def harmless(text: str) -> str:
    """A text of several lines without what a terminal would obey."""
    return _CONTROL.sub("�", text)


def line(text: object) -> str:
    """Any value as one harmless line."""
    return _ANY_CONTROL.sub(" ", "" if text is None else str(text)).strip()


def counted(number: int, what: str) -> str:
    """A number with its noun, in the plural where it takes one."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def tell(text: str) -> None:
    """Write a result to stdout."""
    sys.stdout.write(text + "\n")


def say(message: str) -> None:
    """Write a message for a person to stderr."""
    sys.stdout.flush()
    sys.stderr.write(harmless(message) + "\n")


def tell_object(value: object) -> None:
    """Write one JSON object, indented."""
    tell(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def tell_list(values: Iterable[object]) -> None:
    """Write a JSON list, one item a line, as the items come."""
    opened = "["
    for value in values:
        sys.stdout.write(opened + "\n" + msgspec.json.encode(value).decode())
        opened = ","
    tell("[]" if opened == "[" else "\n]")


def tell_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows in columns under their heads; numbers stand to the right."""
    body = [list(row) for row in rows]
    cells = [list(heads), *([line(cell) for cell in row] for row in body)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    right = [
        bool(body) and all(isinstance(row[at], int) for row in body) for at in range(len(heads))
    ]
    for row in cells:
        padded = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        )
        tell("  ".join(padded).rstrip())


def asked(question: str) -> bool | None:
    """The answer of whoever sits at the terminal to a yes-or-no question; None without one."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@contextmanager
def progress(title: str) -> Iterator[Progress | None]:
    """A bar on stderr that is moved by (done, total); None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()]
    console = Console(stderr=True)
    with Bar(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
