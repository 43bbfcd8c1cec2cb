"""A process of its own for parsers of documents: with limits of time and memory, and no network.

A document from outside may be made to crash or to stall whatever reads it. So its bytes go to a
spawned process, and drafts come back; where that process takes too long, grows too large or
dies, it is replaced, and the file has a problem. One process serves many files.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

import msgspec

from newsdesk.formats.drafts import Found, Parser, Told
from newsdesk.formats.format import Input
from newsdesk.formats.inputs import seekable
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

SECONDS = 20.0
"""How long a parser may think about one article."""
MEMORY = 1 << 30
"""Bytes of addresses that the process may have, where the platform can limit them."""
FILES = 200
"""Files after which a process is replaced: parsers leak."""

_START = 60.0
_STARTING = threading.Lock()
_IDLE = 2
_CHUNK = 1 << 18
_MOST = 1 << 29

# What goes over the line: one letter, then what belongs to it.
_WORK, _BYTES, _NEXT, _STOP = b"W", b"B", b"N", b"S"
_READY, _WANTS, _FOUND, _END, _SAID, _LINE, _BROKE, _FULL, _LACKS = (
    *(b"r", b"w", b"f", b"e", b"s", b"l", b"b", b"m", b"x"),
)
_SAVE = "Open it in the program that it comes from, save its text as .txt, and import that."


class _Work(msgspec.Struct):
    module: str
    function: str
    told: Told
    size: int = -1  # of the file, where it is read back and forth


class _Late(Exception):
    """The process has not answered in time."""


class BrokenAt(NewsdeskError):
    """What a parser refuses in a certain `line`, which counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Room:
    """Processes that parse, as many as are needed at once; idle ones wait for the next file."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY, files: int = FILES) -> None:
        self._seconds, self._memory, self._files = seconds, memory, files
        self._idle: list[_Process] = []
        self._lock = threading.Lock()

    def parsed(
        self,
        parser: Parser,
        source: Input,
        told: Told,
        advance: Callable[[int], None] = lambda _: None,
        *,
        back_and_forth: bool = False,
    ) -> Iterator[Found]:
        """What a parser (a function of a module) finds in a file, as it finds it.

        `advance` hears numbers of bytes read. A file is read forwards, unless the parser has to go
        `back_and_forth`. Raises NewsdeskError where the parser refuses, broke
        down, was stopped at a limit, or lacks a library.
        """
        process = self._taken()
        size = source.size if back_and_forth else -1
        work = _Work(parser.__module__, parser.__qualname__, told, size)
        reusable = False
        try:
            with seekable(source) if back_and_forth else source.open() as file:
                yield from process.answers(work, file, self._seconds, advance)
            reusable = True
        except _Late:
            raise NewsdeskError(
                f"reading it took more than {self._seconds:.0f} seconds, and was stopped. {_SAVE}"
            ) from None
        except (EOFError, ConnectionError, msgspec.MsgspecError):
            raise NewsdeskError(
                f"the program that reads such files crashed over it: it may be damaged. {_SAVE}"
            ) from None
        except GeneratorExit:
            reusable = process.stopped
            raise
        except _Refused as refusal:
            reusable = not refusal.full
            raise refusal.error from None
        finally:
            self._back(process, reusable)

    def close(self) -> None:
        """End the processes that are idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _taken(self) -> _Process:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return _Process(self._memory)

    def _back(self, process: _Process, reusable: bool) -> None:
        process.files += 1
        if reusable and process.files < self._files:
            with self._lock:
                if len(self._idle) < _IDLE:
                    self._idle.append(process)
                    return
        process.end()


class _Refused(Exception):
    """The parser gave no more: for `error`; `full` where its memory was."""

    def __init__(self, error: NewsdeskError, *, full: bool = False) -> None:
        self.error, self.full = error, full


class _Process:
    """One spawned process, and the line to it."""

    def __init__(self, memory: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._line, theirs = spawn.Pipe()
        self._process: BaseProcess = spawn.Process(target=serve, args=(theirs, memory), daemon=True)
        with _without_main():
            self._process.start()
        theirs.close()
        self._ready = False
        self.files = 0
        self.stopped = False

    def answers(
        self, work: _Work, file: IO[bytes], seconds: float, advance: Callable[[int], None]
    ) -> Iterator[Found]:
        """Ask for the work to be done on a file, and give what is found."""
        if not self._ready:
            self._heard(time.monotonic() + _START)
            self._ready = True
        self.stopped = False
        self._line.send_bytes(_WORK + msgspec.msgpack.encode(work))
        decode = msgspec.msgpack.Decoder(Found).decode
        until = time.monotonic() + seconds
        while True:
            heard = self._heard(until)
            sign, rest = heard[:1], heard[1:]
            if sign == _WANTS:
                if rest:
                    file.seek(int(rest))
                chunk = file.read(_CHUNK)
                advance(len(chunk))
                self._line.send_bytes(_BYTES + chunk)
            elif sign == _FOUND:
                try:
                    yield decode(rest)
                except GeneratorExit:
                    self._line.send_bytes(_STOP)
                    self.stopped = True
                    raise
                self._line.send_bytes(_NEXT)
                until = time.monotonic() + seconds
            elif sign == _END:
                return
            else:
                raise _refusal(sign, rest.decode(errors="replace"))

    def end(self) -> None:
        """End the process at once."""
        self._line.close()
        self._process.kill()
        self._process.join(5)
        with contextlib.suppress(ValueError):
            self._process.close()

    def _heard(self, until: float) -> bytes:
        if not self._line.poll(max(0.0, until - time.monotonic())):
            raise _Late
        try:
            return self._line.recv_bytes(_MOST)
        except OSError as error:
            raise EOFError from error


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """While a process is spawned: it must not run again the program that we are a part of.

    It would import the window, or all of a script that has no guard around its work.
    """
    with _STARTING:
        ours = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = ours


def _refusal(sign: bytes, said: str) -> _Refused:
    if sign == _SAID:
        return _Refused(NewsdeskError(said))
    if sign == _LINE:
        line, _, message = said.partition(" ")
        return _Refused(BrokenAt(message, int(line)))
    if sign == _LACKS:
        return _Refused(
            NewsdeskError(
                f"reading it needs the extra “documents” ({said} is missing): "
                "pip install newsdesk[documents]"
            )
        )
    if sign == _FULL:
        message = f"reading it would take more memory than a document may have. {_SAVE}"
        return _Refused(NewsdeskError(message), full=True)
    message = f"it is damaged, or not what its name says ({said}). Ask for it again. {_SAVE}"
    return _Refused(NewsdeskError(message))


ROOM = Room()
"""Where the readers of this program parse."""


# Below: what runs in the process.


def serve(line: Connection, memory: int) -> None:
    """The process: parses what it is sent, until the line ends."""
    _confine(memory)
    with contextlib.suppress(EOFError, OSError):
        line.send_bytes(_READY)
        while True:
            heard = line.recv_bytes()
            if heard[:1] == _WORK:
                _answer(line, msgspec.msgpack.decode(heard[1:], type=_Work))


def _answer(line: Connection, work: _Work) -> None:
    try:
        parser: Parser = getattr(import_module(work.module), work.function)
        file = io.BufferedReader(_Fetched(line, work.size), _CHUNK)
        for found in parser(file, work.told):
            line.send_bytes(_FOUND + msgspec.msgpack.encode(found))
            if line.recv_bytes() != _NEXT:
                return
        last = _END
    except NewsdeskError as error:
        at = getattr(error, "line", 0)
        last = _LINE + f"{at} {error}".encode() if at else _SAID + str(error).encode()
    except ModuleNotFoundError as error:
        last = _LACKS + (error.name or "a library").encode()
    except MemoryError:
        last = _FULL
    except Exception as error:  # noqa: BLE001 - the boundary of the job: parsers raise anything
        last = _BROKE + type(error).__name__.encode()
    line.send_bytes(last)


class _Fetched(io.RawIOBase):
    """The file, whose bytes are asked for over the line; `size` is -1 where it goes forwards."""

    def __init__(self, line: Connection, size: int) -> None:
        self._line, self._size = line, size
        self._rest, self._at, self._moved = b"", 0, False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._size >= 0

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if not self.seekable():
            raise io.UnsupportedOperation("it is read forwards")
        at = offset + (0, self._at, self._size)[whence]
        if at != self._at:
            self._rest, self._at, self._moved = b"", max(at, 0), True
        return self._at

    def readinto(self, into: Any, /) -> int:
        if not self._rest:
            place = str(self._at).encode() if self._moved else b""
            self._line.send_bytes(_WANTS + place)
            self._rest, self._moved = self._line.recv_bytes()[1:], False
        chunk, self._rest = self._rest[: len(into)], self._rest[len(into) :]
        into[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system")
_WRITING = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.fork")


def _confine(memory: int) -> None:
    """Give up what a parser has no need of: the network, other programs, writing, more memory."""
    import logging
    import os
    import signal

    logging.disable()  # parsers quote what they read
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if sys.platform != "win32":
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def allowed(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith((*_FORBIDDEN, *_WRITING)):
            raise PermissionError(f"a parser may not do this: {event}")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & writes:
            raise PermissionError("a parser may not write")

    sys.addaudithook(allowed)
