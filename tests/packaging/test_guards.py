"""The guards around every test can themselves fail: each is given what it must catch."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path

import pytest

from newsdesk.settings import config_folder, data_folder, log_folder

pytest_plugins = ["pytester"]

TRIES = {
    "connect": "socket.socket().connect(('192.0.2.1', 80))",
    "connect_ex": "socket.socket().connect_ex(('192.0.2.1', 80))",
    "sendto": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
    "ipv6": "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    "look-up": "socket.getaddrinfo('example.org', 80)",
}


def run_with_our_conftest(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    conftest = Path(__file__).parent.parent / "conftest.py"
    pytester.makeconftest(conftest.read_text(encoding="utf-8"))
    pytester.makepyfile(body)
    return pytester.runpytest_subprocess("-p", "no:xvfb", "-p", "no:cacheprovider")


def test_a_test_that_reaches_for_the_network_fails(pytester: pytest.Pytester) -> None:
    bodies = [
        f"""
def test_{number}_outright():
    {statement}

def test_{number}_swallowed():
    try:
        {statement}
    except BaseException:
        pass
"""
        for number, statement in enumerate(TRIES.values())
    ]
    result = run_with_our_conftest(pytester, "import socket\n" + "\n".join(bodies))
    # Each outright try fails in the test and in the guard; each swallowed one in the guard only.
    result.assert_outcomes(failed=len(TRIES), passed=len(TRIES), errors=2 * len(TRIES))


def test_a_warning_in_the_log_fails_the_test_unless_expected(pytester: pytest.Pytester) -> None:
    result = run_with_our_conftest(
        pytester,
        """
import logging, pytest

def test_unexpected():
    logging.getLogger("newsdesk.store").warning("slow disk")

@pytest.mark.allow_warnings
def test_marked():
    logging.getLogger("newsdesk.store").warning("slow disk")

def test_expected(no_unexpected_warning):
    logging.getLogger("newsdesk").error("what was provoked")
    assert no_unexpected_warning.pop().getMessage() == "what was provoked"

def test_information_is_no_warning():
    logging.getLogger("newsdesk").info("fine")
""",
    )
    result.assert_outcomes(passed=4, errors=1)


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            assert client.getpeername() == server.getsockname()


def test_own_files_stay_in_the_home_of_the_test(own_home: Path) -> None:
    assert os.environ["NEWSDESK_HOME"] == str(own_home)
    assert {each.parent for each in (config_folder(), data_folder(), log_folder())} == {own_home}


def test_the_logger_is_left_as_it_was(no_unexpected_warning: list[logging.LogRecord]) -> None:
    assert no_unexpected_warning == []
    assert len(logging.getLogger("newsdesk").handlers) >= 1
