"""Work in a process of its own: answers, refuses, dies, and is ended."""

import os
import time

import pytest

from newsdesk.model import NewsdeskError
from newsdesk.suggest.apart import apart

HERE = "tests.suggest.test_apart"


def doubled(number, told):
    told("Doubling", 0.5)
    return number * 2


def refused():
    raise NewsdeskError("Too little.")


def broken():
    raise ValueError("no such thing")


def dies():
    os._exit(3)


def sleeps():
    time.sleep(60)


def test_it_answers_and_says_how_far_it_is():
    told = []
    done = apart(f"{HERE}:doubled", (21,), lambda *far: told.append(far), progress=True)
    assert done == 42
    assert ("Doubling", 0.5) in told


@pytest.mark.parametrize(
    ("function", "kind", "said"),
    [
        ("refused", NewsdeskError, "Too little"),
        ("broken", RuntimeError, "no such thing"),
        ("dies", NewsdeskError, "stopped without an answer"),
    ],
)
def test_what_goes_wrong_is_said(function, kind, said):
    with pytest.raises(kind, match=said):
        apart(f"{HERE}:{function}", (), lambda *far: None)


def test_it_is_ended_at_once():
    def enough(what, done):
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        apart(f"{HERE}:sleeps", (), enough)
    assert time.monotonic() - began < 30
