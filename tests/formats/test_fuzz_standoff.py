"""Files of other tools' formats that are damaged in every way: no crash, no hang, a message."""

import random
from collections.abc import Callable

import pytest

from newsdesk.formats import (
    brat,
    cas_json,
    cas_xmi,
    conll,
    conllu,
    refi_codebook,
    refi_qda,
    tei,
)
from newsdesk.formats.format import Bundle, Filed, Format, Item, Problem
from newsdesk.model import NewsdeskError, quote_of, sha256_of
from tests.formats.returning import export, reread
from tests.formats.samples import problems, small
from tests.formats.test_fuzz import mutated

FORMATS: dict[str, Format] = {
    module.FORMAT.name: module.FORMAT
    for module in (brat, cas_json, cas_xmi, conll, conllu, refi_codebook, refi_qda, tei)
}

Damage = Callable[[bytes, random.Random], bytes]


def read(format: Format, files: dict[str, bytes]) -> list[Item]:
    """What a reader gives; the desk turns a NewsdeskError into a problem of the file."""
    try:
        return reread(format, files)
    except NewsdeskError as error:
        return [Problem(file="set", message=str(error))]


def survive(name: str, examples: int, seed: int, damage: Damage = mutated) -> int:
    """Read that many damaged exports; give in how many something was found wrong."""
    chance, format = random.Random(seed), FORMATS[name]
    whole, _ = export(format, small())
    found = 0
    for _ in range(examples):
        files = dict(whole)
        # The documents are damaged more often than what stands beside them.
        names = [one for one in sorted(files) if files[one]]
        names += [one for one in names if one[:1].isdigit()] * 3
        hit = chance.choice(names)
        files[hit] = damage(files[hit], chance)
        items = read(format, files)
        found += bool(problems(items))
        for item in items:
            assert isinstance(item, Bundle | Filed | Problem)
            if isinstance(item, Problem):
                assert item.message
                assert item.file
            if isinstance(item, Bundle):
                text = item.article.text
                assert sha256_of(text) == item.article.sha256
                assert all(one.quote == quote_of(text, one.spans) for one in item.annotations)
                assert all(one.end <= len(text) for one in item.annotations)
    return found


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_damaged_files_do_no_harm(name: str) -> None:
    assert survive(name, 120, seed=1) > 15


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_truncation_is_survived(name: str) -> None:
    def cut(content: bytes, chance: random.Random) -> bytes:
        return content[: chance.randrange(len(content) + 1)]

    assert survive(name, 60, seed=3, damage=cut) > 5


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\xff\xfe", b"[" * 99_999, b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18]
)
def test_files_that_are_something_else_are_refused(name: str, content: bytes) -> None:
    format = FORMATS[name]
    whole, _ = export(format, small())
    files = dict.fromkeys(whole, content)
    assert any(problem.blocks for problem in problems(read(format, files)))
