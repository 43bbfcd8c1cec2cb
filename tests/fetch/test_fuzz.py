"""Answers of servers and archives of pages, damaged in every way: taken or refused, never worse."""

from __future__ import annotations

import gzip
import random
import socket

import pytest

from newsdesk.desk.capturing import captured, kind_of
from newsdesk.fetch import fetch
from newsdesk.formats.inputs import BytesInput
from newsdesk.formats.warc_captures import read_captures
from newsdesk.model import NewsdeskError
from tests.fetch.server import Answer, serving
from tests.formats.documents import OK, page, warc
from tests.formats.test_fuzz import mutated

PAGE = page()
ANSWERS = (
    f"{OK}\r\nContent-Length: {len(PAGE)}\r\n\r\n".encode() + PAGE,
    f"{OK}\r\nTransfer-Encoding: chunked\r\n\r\n{len(PAGE):x}\r\n".encode()
    + PAGE
    + b"\r\n0\r\n\r\n",
    f"{OK}\r\nContent-Encoding: gzip\r\n\r\n".encode() + gzip.compress(PAGE),
    b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n",
)
ARCHIVE = warc(("https://harbour.example/1", OK, PAGE), ("https://harbour.example/2", OK, PAGE))


def answer(data: bytes) -> Answer:
    def send(line: socket.socket) -> None:
        line.sendall(data)

    return send


def survive_answers(examples: int, seed: int) -> int:
    """Fetch that many damaged answers; give how many were refused."""
    chance, refused = random.Random(seed), 0
    with serving() as server:
        guard = server.guard()
        for at in range(examples):
            server.answers = dict.fromkeys((f"/{at}", "/a"), answer(damaged(chance)))
            try:
                found = fetch(server.url(f"/{at}"), guard=guard, seconds=20.0, most=100_000)
            except NewsdeskError:
                refused += 1
            else:
                assert 0 < len(found.bytes) <= 100_000
                assert "\n" not in found.media_type and found.reason.isprintable()
                kind_of(found.bytes, found.media_type)
    return refused


def damaged(chance: random.Random) -> bytes:
    whole = chance.choice(ANSWERS)
    head, end, body = whole.partition(b"\r\n\r\n")
    return mutated(head, chance) + end + body if chance.random() < 0.7 else mutated(whole, chance)


def survive_archives(examples: int, seed: int) -> int:
    """Read that many damaged archives; give how many were refused."""
    chance, refusals = random.Random(seed), []
    for _ in range(examples):
        raw = gzip.compress(ARCHIVE) if chance.random() < 0.3 else ARCHIVE
        try:
            for found in read_captures(BytesInput(mutated(raw, chance), "a.warc")):
                assert found.raw
                made = captured(found.raw, kind_of(found.raw, found.extra["media_type"]))
                assert made.snapshot.bytes == found.raw
        except NewsdeskError as error:
            refusals.append(str(error))
    assert not [one for one in refusals if "crashed" in one or "and was stopped" in one]
    return len(refusals)


@pytest.mark.parametrize("examples", [40])
def test_damaged_answers_are_taken_or_refused(examples: int) -> None:
    assert survive_answers(examples, seed=7) > 0


@pytest.mark.parametrize("examples", [60])
def test_damaged_archives_are_read_or_refused(examples: int) -> None:
    assert survive_archives(examples, seed=7) > 0


@pytest.mark.soak
def test_many_damaged_answers_and_archives() -> None:
    assert survive_answers(3_000, seed=8) > 0
    assert survive_archives(10_000, seed=8) > 0
