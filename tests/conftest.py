"""What every test stands on: a home of its own, no screen, no network, no unexpected warning."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

# Before Qt is loaded by anything.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import pytest
from hypothesis import HealthCheck, settings

# A shared machine stalls at times, so no example has a deadline: no test asserts a time.
settings.register_profile(
    "ci",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "dev",
    parent=settings.get_profile("ci"),
    derandomize=False,
)
settings.register_profile(
    "soak",
    parent=settings.get_profile("dev"),
    max_examples=10_000,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


class NetworkTouched(AssertionError):
    """A test reached for an address that is not this machine's own."""


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[_ENDED] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End here where Qt was in use, with all results written and the exit code that they give.

    After some hundreds of windows in one process, destructors of PySide's that run after the
    interpreter has ended call into it (`PyErr_Fetch` without a thread state) and crash it. How the
    program itself ends is tested in processes of its own.
    """
    ended = config.stash.get(_ENDED, None)
    if ended is None or "PySide6.QtWidgets" not in sys.modules:
        return
    if config.getoption("numprocesses", None):
        return  # it only told others what to test, and opened no window itself
    if "coverage" in sys.modules and (measured := sys.modules["coverage"].Coverage.current()):
        measured.stop()
        measured.save()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended)


_ENDED = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "allow_warnings: the test provokes warnings in the log of newsdesk on purpose"
    )


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of Newsdesk for this test alone: no test sees the real preferences."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("NEWSDESK_HOME", str(home))
    # QSettings (the window's geometry) goes by these on Linux.
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    return home


def is_local(family: int, address: object) -> bool:
    """Whether a socket's address can only lead to this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0] if isinstance(address, tuple) else ""
    return host in ("localhost", "::1", "") or str(host).startswith("127.")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Refuse every connection beyond loopback, and fail the test even if it swallowed the refusal.

    Gives the list of the addresses that were refused; a test of the guard itself empties it.
    """
    refused: list[object] = []

    def guarded(name: str) -> None:
        original = getattr(socket.socket, name)

        def reach(self: socket.socket, *arguments: object) -> object:
            if not is_local(self.family, arguments[-1]):
                refused.append(arguments[-1])
                raise NetworkTouched(f"{name} to {arguments[-1]!r}")
            return original(self, *arguments)

        monkeypatch.setattr(socket.socket, name, reach)

    for name in ("connect", "connect_ex", "sendto"):
        guarded(name)
    resolve = socket.getaddrinfo

    def look_up(host: object, *arguments: object, **options: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not is_local(socket.AF_INET, (name,)):
            refused.append(name)
            raise NetworkTouched(f"look-up of {name!r}")
        return resolve(host, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield refused
    assert not refused, f"the test reached for the network: {refused}"


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest) -> Iterator[list[logging.LogRecord]]:
    """Fail a test in whose course `newsdesk` logged a warning that nobody expected.

    A test that provokes one marks itself with `allow_warnings`, or takes what it expected out of
    the list that this fixture gives.
    """
    heard: list[logging.LogRecord] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = heard.append  # type: ignore[method-assign]
    logger = logging.getLogger("newsdesk")
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
    if request.node.get_closest_marker("allow_warnings") is None:
        assert not heard, "unexpected in the log: " + "; ".join(
            f"{each.name} {each.levelname}: {each.getMessage()}" for each in heard
        )
