"""Work that takes long or much memory, done in a process of its own that can be ended at once."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from newsdesk.model import NewsdeskError

Told = Callable[[str, float], object]
"""Told what is being done and how far (0 to 1)."""


def apart(
    function: str,
    arguments: tuple[Any, ...],
    told: Told,
    *,
    named: Mapping[str, Any] | None = None,
    progress: bool = False,
) -> Any:
    """Call a function, given as `module:function`, in a spawned process; give what it gives.

    ``told`` is called ten times a second: what it raises ends the process. With ``progress`` the
    function gets one more argument by place, a `Told` of its own, and what it says is passed on.

    Raises NewsdeskError where the function does, or where its process dies.
    """
    spawn = multiprocessing.get_context("spawn")
    line, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(
        target=_serve, args=(theirs, function, arguments, dict(named or {}), progress)
    )
    process.daemon = True
    process.start()
    theirs.close()
    try:
        kind, value = _answer(line, told)
    except (EOFError, OSError):
        raise NewsdeskError(
            "The work stopped without an answer: it may need more memory than there is. Nothing "
            "was changed; close other programs and try again."
        ) from None
    finally:
        line.close()
        process.terminate()
        process.join(2)
    if kind == "refused":
        raise NewsdeskError(value)
    if kind == "broke":
        raise RuntimeError(value)
    return value


def _answer(line: Connection, told: Told) -> tuple[str, Any]:
    what, done = "", 0.0
    while True:
        if not line.poll(0.1):
            told(what, done)
            continue
        kind, value = line.recv()
        if kind != "far":
            return kind, value
        what, done = value
        told(what, done)


def _serve(
    line: Connection,
    function: str,
    arguments: tuple[Any, ...],
    named: dict[str, Any],
    progress: bool,
) -> None:
    module, _, name = function.partition(":")

    def told(what: str, done: float) -> None:
        line.send(("far", (what, done)))

    try:
        work = getattr(import_module(module), name)
        more = (told,) if progress else ()
        answer = ("done", work(*arguments, *more, **named))
    except NewsdeskError as error:
        answer = ("refused", str(error))
    except MemoryError:
        answer = ("refused", "There is not enough memory for this. Nothing was changed.")
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        answer = ("broke", traceback.format_exc())
    line.send(answer)
