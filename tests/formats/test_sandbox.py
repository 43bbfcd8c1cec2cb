"""The process that parses: its limits hold, it is used again, and replaced where it must be."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from newsdesk.formats.drafts import Draft, Found, Told, Trouble
from newsdesk.formats.format import Problem
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.sandbox import ROOM, Room
from newsdesk.model import NewsdeskError
from tests.formats import documents
from tests.formats.article_readers import read

CHECKOUT = Path(__file__).parents[2]

# What is asked of the process: functions of this module, which it imports.


def who(file: BinaryIO, told: Told) -> Iterator[Found]:
    import os

    yield Draft(text=f"{os.getpid()} {len(file.read())}")


def stall(file: BinaryIO, told: Told) -> Iterator[Found]:
    yield Draft(text="first")
    time.sleep(60)


def swell(file: BinaryIO, told: Told) -> Iterator[Found]:
    yield Draft(text=str(len(bytearray(3 << 30))))


def crash(file: BinaryIO, told: Told) -> Iterator[Found]:
    import os

    os._exit(3)


def break_down(file: BinaryIO, told: Told) -> Iterator[Found]:
    yield from ()
    raise ZeroDivisionError


def lack(file: BinaryIO, told: Told) -> Iterator[Found]:
    yield from ()
    raise ModuleNotFoundError(name="docx")


def escape(file: BinaryIO, told: Told) -> Iterator[Found]:
    """Try what a parser may not do; each attempt that succeeds is told."""
    import os
    import socket
    import urllib.request

    home = Path(told.options["folder"])
    for what, attempt in {
        "network": lambda: socket.create_connection(("127.0.0.1", 9), timeout=0.1),
        "names": lambda: socket.getaddrinfo("example.org", 80),
        "web": lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=0.1),
        "program": lambda: subprocess.run([sys.executable, "-c", ""], check=False),
        "shell": lambda: os.system("true"),
        "write": lambda: (home / "new.txt").write_text("x"),
        "remove": (home / "old.txt").unlink,
    }.items():
        try:
            attempt()
        except PermissionError:
            continue
        except OSError as error:
            if isinstance(error.__context__ or getattr(error, "reason", None), PermissionError):
                continue
        yield Trouble(message=what)


def endless(file: BinaryIO, told: Told) -> Iterator[Found]:
    while True:
        yield Draft(text="again")


def modules(file: BinaryIO, told: Told) -> Iterator[Found]:
    yield Draft(text=" ".join(sys.modules))


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    made.close()


def texts(room: Room, parser: object, content: bytes = b"x", **options: str) -> list[str]:
    found = room.parsed(parser, BytesInput(content, "a"), Told(options=options))  # type: ignore[arg-type]
    return [one.text if isinstance(one, Draft) else one.message for one in found]


def test_one_process_serves_many_files(room: Room) -> None:
    heard = {texts(room, who, bytes(size))[0].split()[0] for size in (0, 1, 1_000_000)}
    assert len(heard) == 1
    assert texts(room, who, bytes(3_000_000))[0].endswith(" 3000000")


def test_a_process_is_replaced_before_it_has_leaked_too_much() -> None:
    room = Room(files=2)
    heard = [texts(room, who)[0] for _ in range(4)]
    assert heard[0] == heard[1] != heard[2] == heard[3]
    room.close()


def test_whoever_takes_too_long_is_stopped() -> None:
    room = Room(seconds=2.0)
    with pytest.raises(NewsdeskError, match=r"took more than 2 seconds, and was stopped. Open it"):
        texts(room, stall)
    assert texts(room, who)
    room.close()


def test_whoever_takes_too_much_memory_is_refused(room: Room) -> None:
    if sys.platform != "linux":
        pytest.skip("memory can't be limited here")
    with pytest.raises(NewsdeskError, match="more memory than a document may have"):
        texts(room, swell)
    assert texts(room, who)


def test_a_crash_is_the_file_s_and_not_ours(room: Room) -> None:
    with pytest.raises(NewsdeskError, match="crashed over it"):
        texts(room, crash)
    with pytest.raises(NewsdeskError, match=r"damaged, or not what its name says .ZeroDivision"):
        texts(room, break_down)
    with pytest.raises(NewsdeskError, match=r"needs the extra “documents” .docx is missing"):
        texts(room, lack)
    assert texts(room, who)


def test_a_parser_reaches_no_network_and_writes_nothing(room: Room, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("kept")
    assert texts(room, escape, folder=str(tmp_path)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


def test_whoever_has_seen_enough_may_stop(room: Room) -> None:
    for _ in range(2):
        found = room.parsed(endless, BytesInput(b""), Told())
        assert isinstance(next(found), Draft)
        found.close()
    before = texts(room, who)
    assert before == texts(room, who)


def test_two_files_are_read_at_once(room: Room) -> None:
    one, other = (room.parsed(endless, BytesInput(b""), Told()) for _ in range(2))
    assert next(one) == next(other) == next(one)
    one.close()
    other.close()


def test_the_process_is_small() -> None:
    # Asked from a process of its own: those that run tests bring modules of their own along.
    code = "import tests.formats.test_sandbox as t; print(*t.texts(t.ROOM, t.modules))"
    asked = [sys.executable, "-c", code]
    said = subprocess.run(asked, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    loaded = {name.partition(".")[0] for name in said.split()}
    assert "newsdesk" in loaded
    assert not loaded & {"PySide6", "spacy", "sqlalchemy", "torch"}


def test_a_file_that_is_too_long_is_refused_unread() -> None:
    class Huge(BytesInput):
        def __init__(self) -> None:
            super().__init__(b"", "huge.docx")
            self.size = 100_000_001

    from newsdesk.formats.docx import FORMAT
    from newsdesk.formats.format import Reading

    assert FORMAT.read is not None
    (problem,) = FORMAT.read(Huge(), Reading())
    assert isinstance(problem, Problem)
    assert "documents of up to 100,000,000 are read" in problem.message


def test_many_files_pay_for_one_start() -> None:
    raw = documents.docx()
    read("docx", raw)
    made = {process._process.pid for process in ROOM._idle}
    for _ in range(20):
        read("docx", raw)
    assert {process._process.pid for process in ROOM._idle} == made


def test_a_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from tests.formats import documents\n"
        "from tests.formats.article_readers import read\n"
        "print('once', len(read('rtf', documents.rtf())))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout == "once 1\n"
