"""Files that are damaged in every way: read without a crash or a hang, and never silently wrong."""

import random

import pytest

from newsdesk.formats.format import Bundle, Filed, Problem
from newsdesk.model import quote_of, sha256_of
from tests.formats.samples import READ, problems, read, small, written

SIGNS = [b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u0000", b"\\ud800", b"\n", b"\0"]
SIGNS += [b"\xff", b"\xf0\x9f", b"9" * 40, b"-1", b"null", b"1e999", b"NaN", b"[" * 2_000, b"true"]


def mutated(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content))
        end = min(len(content), at + chance.choice((0, 1, 1, 3, 40, 4_000)))
        kind = chance.randrange(5)
        if kind == 0:
            content = content[:at] + chance.choice(SIGNS) + content[end:]
        elif kind == 1:
            content = (
                content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
            )
        elif kind == 2:
            content = content[: at + 1]
        elif kind == 3:
            content = content[:at] + content[at:end] * 2 + content[end:]
        else:
            other = chance.randrange(len(content))
            content = content[:at] + content[other : other + 60] + content[end:]
    return content


def survive(name: str, examples: int, seed: int) -> int:
    """Read that many mutated files; give in how many something was found wrong."""
    chance = random.Random(seed)
    content = written(small(), name)
    found = 0
    for _ in range(examples):
        items = read(mutated(content, chance), name, "f")
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


@pytest.mark.parametrize("name", sorted(READ))
def test_damaged_files_do_no_harm(name: str) -> None:
    assert survive(name, 300, seed=1) > 200


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(READ))
def test_ten_thousand_damaged_files_do_no_harm(name: str) -> None:
    assert survive(name, 10_000, seed=2) > 6_000
