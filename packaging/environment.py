"""Makes the checkout's own Python environment, `.venv`, and keeps it equal to the hash lock."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {
    "run": ROOT / "packaging" / "requirements-run.txt",
    "test": ROOT / "packaging" / "requirements-test.txt",
}
_STAMP = "newsdesk-lock.json"
_PINNED = re.compile(r"^[A-Za-z0-9._-]+==", re.MULTILINE)
_FETCHING = re.compile(r"^\s*(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9._-]+)")


class SetupFailed(Exception):
    """The environment can't be made; the message says what to do next."""


def python(venv: Path = VENV) -> Path:
    """The interpreter of the environment."""
    return script("python", venv)


def script(name: str, venv: Path = VENV) -> Path:
    """A command that was installed into the environment."""
    if os.name == "nt":
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name


def fingerprint(lock: Path) -> str:
    """The SHA-256 of a lock file, by which a changed lock is noticed."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_current(kind: str, venv: Path = VENV, locks: dict[str, Path] = LOCKS) -> bool:
    """Whether the environment holds what the lock of this kind, "run" or "test", asks for."""
    if not python(venv).exists():
        return False
    return _stamped(venv).get(kind) == fingerprint(locks[kind])


def stamp(kind: str, venv: Path = VENV, locks: dict[str, Path] = LOCKS) -> None:
    """Note what was installed. The test lock holds the run lock, so it stands for both."""
    kinds = ("run", "test") if kind == "test" else ("run",)
    stamped = {each: fingerprint(locks[each]) for each in kinds}
    (venv / _STAMP).write_text(json.dumps(stamped) + "\n", encoding="utf-8")


def _stamped(venv: Path) -> dict[str, str]:
    try:
        stamped = json.loads((venv / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamped if isinstance(stamped, dict) else {}


def ensure(kind: str) -> None:
    """Make the environment, or bring it up to the lock; returns at once when nothing changed.

    Raises SetupFailed when Python lacks a part, or the packages can't be fetched.
    """
    if is_current(kind):
        return
    started = time.monotonic()
    if not python().exists():
        print(f"Making the environment in {VENV.name} ...", flush=True)
        _make_venv()
    # Written only at the end: an install that was broken off is done again.
    (VENV / _STAMP).unlink(missing_ok=True)
    _install(LOCKS[kind])
    _point_to_checkout()
    stamp(kind)
    print(f"The environment is ready ({time.monotonic() - started:.0f} s).", flush=True)


def _make_venv() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise SetupFailed(
            f"{made.stdout}{made.stderr}\nPython could not make a virtual environment. On Debian "
            "and Ubuntu, `apt-get install python3-venv` brings the missing part."
        )


def _install(lock: Path) -> None:
    total = len(_PINNED.findall(lock.read_text(encoding="utf-8")))
    print(f"Installing up to {total} packages, pinned by hash in {lock.name} ...", flush=True)
    command = [str(python()), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    with subprocess.Popen(
        [*command, "-r", str(lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        done = threading.Event()
        unpacking = threading.Thread(target=_count_unpacked, args=(VENV, done), daemon=True)
        last = _follow(process.stdout, unpacking.start)
        done.set()
    if process.returncode:
        raise SetupFailed(
            "\n".join(last) + "\nThe packages could not be installed: the last lines above say "
            "why. Nothing else was changed; start again when it is put right."
        )


def _follow(output: IO[str], on_unpacking: Callable[[], None]) -> list[str]:
    """Show pip's progress as it fetches, call when it begins to unpack; returns its last lines."""
    last: deque[str] = deque(maxlen=25)
    seen = 0
    for line in output:
        last.append(line.rstrip())
        found = _FETCHING.match(line)
        if found:
            seen += 1
            _show(f"fetched {seen}: {found.group(1)}", in_a_log=seen % 20 == 0)
        elif line.startswith("Installing collected packages"):
            on_unpacking()
    _show("")
    return list(last)


def _count_unpacked(venv: Path, done: threading.Event) -> None:
    """Show how far pip is with unpacking, of which it says nothing itself."""
    shown = 0
    while not done.wait(0.5):
        count = sum(1 for _ in venv.glob("lib/python*/site-packages/*.dist-info"))
        _show(f"unpacked {count}", in_a_log=count >= shown + 20)
        shown = count if count >= shown + 20 else shown


def _show(progress: str, in_a_log: bool = False) -> None:
    """One line that moves in a terminal; in a log, only the lines that are worth keeping."""
    if sys.stdout.isatty():
        print(f"\r\033[K{progress and '  '}{progress}", end="", flush=True)
    elif in_a_log:
        print(f"  {progress}", flush=True)


def _point_to_checkout() -> None:
    """Let the environment import the checkout, and give it the `newsdesk` command."""
    asked = subprocess.run(
        [str(python()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(asked.stdout.strip()) / "newsdesk-checkout.pth").write_text(
        f"{ROOT}\n", encoding="utf-8"
    )
    if os.name == "nt":
        command = python().with_name("newsdesk.cmd")
        command.write_text('@"%~dp0python.exe" -m newsdesk %*\n', encoding="utf-8")
        return
    command = python().with_name("newsdesk")
    command.write_text(f'#!/bin/sh\nexec "{python()}" -m newsdesk "$@"\n', encoding="utf-8")
    command.chmod(0o755)
