"""Damaged files of other tools' formats: no crash, no hang, and never silently wrong."""

import random
import zlib

import pytest

from newsdesk.formats.format import Bundle, Filed, Problem
from newsdesk.model import quote_of, sha256_of
from tests.formats.foreign_samples import FORMATS, read, written
from tests.formats.samples import problems, small
from tests.formats.test_fuzz import mutated

every = pytest.mark.parametrize("name", sorted(FORMATS))


def survive(name: str, examples: int, seed: int) -> int:
    """Read that many mutated files; give in how many something was found wrong."""
    chance = random.Random(seed)
    content, _ = written(small(), name)
    inner = zlib.decompress(content) if name == "docbin" else b""
    found = 0
    for number in range(examples):
        # A damaged DocBin would hardly ever inflate: most are damaged before they are packed.
        if inner and number % 4:
            damaged = zlib.compress(mutated(inner, chance), 1)
        else:
            damaged = mutated(content, chance)
        items = read(damaged, name)
        found += bool(problems(items))
        for item in items:
            assert isinstance(item, Bundle | Filed | Problem)
            if isinstance(item, Problem):
                assert item.message
                assert item.file == "f"
            if isinstance(item, Bundle):
                text = item.article.text
                assert sha256_of(text) == item.article.sha256
                assert all(one.quote == quote_of(text, one.spans) for one in item.annotations)
                assert all(one.end <= len(text) for one in item.annotations)
    return found


@every
def test_damaged_files_do_no_harm(name: str) -> None:
    assert survive(name, 150, seed=1) > 40


@pytest.mark.soak
@every
def test_ten_thousand_damaged_files_do_no_harm(name: str) -> None:
    assert survive(name, 10_000, seed=2) > 2_500


WRONG = {
    "empty": b"",
    "blank": b" \n\n ",
    "text": b"Once upon a time.",
    "utf-16": '{"text": "a"}'.encode("utf-16"),
    "latin-1": b'{"text": "caf\xe9", "label": [[0, 1, "A"]]}',
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "deep within": b'[{"data":{"text":"a"},"annotations":' + b"[" * 5_000 + b"]" * 5_000 + b"}]",
    "number": b"17",
    "zeros": b"\0" * 5_000,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x01\x02" * 500,
    "zlib bomb": zlib.compress(b"\0" * (1 << 22)),
    "parquet in name": b"PAR1" + b"\xff" * 100 + b"PAR1",
}


@every
@pytest.mark.parametrize("kind", sorted(WRONG))
def test_what_is_no_such_file_is_said_to_be_none(name: str, kind: str) -> None:
    found = read(WRONG[kind], name, "wrong.file")
    assert not any(isinstance(item, Bundle) for item in found)
    assert problems(found)
    assert all(str(problem).startswith("wrong.file") for problem in problems(found))


@every
def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(name: str) -> None:
    content, _ = written(small(), name)
    found = read(content[: len(content) - 40], name)
    assert any(problem.blocks for problem in problems(found))
