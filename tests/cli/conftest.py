"""The command line as the tests call it, and a small desk to call it on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from newsdesk.cli.program import build
from newsdesk.desk import create_desk, open_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.articles import add_article
from newsdesk.model import Label, Layer, Status, new_article
from newsdesk.store.rows import KINDS

TEXT = "“We 😀 agreed,” said Zoë Ångström.\n\nOslo was 3 °C colder than Wien."
LABELS = {
    "PERSON": Layer.ENTITY,
    "GPE": Layer.ENTITY,
    "QUOTE": Layer.QUOTE,
    "CLAIM": Layer.CLAIM,
    "SOURCE": Layer.SOURCE,
    "CUE": Layer.CUE,
}

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a verb in this process; the exit code and both streams are in the result."""
    monkeypatch.setenv("NEWSDESK_AUTHOR", "Ann")
    monkeypatch.setenv("COLUMNS", "100")
    program = build()

    def run(*arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(program, [str(one) for one in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def call_json(call: Call) -> Callable[..., Any]:
    """Run a verb with --json; what it wrote to stdout, which must be JSON and nothing else."""

    def run(*arguments: object, code: int = 0) -> Any:
        return json.loads(call(*arguments, "--json", code=code).stdout)

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A desk with a codebook, one article and two suggestions."""
    place = tmp_path / "a.desk"
    desk = create_desk(place, "Ann")
    with desk.change("Codebook"):
        for at, (name, layer) in enumerate(LABELS.items()):
            desk.put(Label(name=name, layer=layer, position=at))
    article = new_article(TEXT, title="Colder than Wien", published="2024-02-03", format="text")
    article = add_article(desk, article, outlet="The Berth")
    with desk.change("Suggest"):
        for name, words, confidence in (("PERSON", "Zoë Ångström", 0.9), ("GPE", "Oslo", 0.4)):
            start = TEXT.index(words)
            annotate(
                desk,
                article,
                desk.label(name),
                [(start, start + len(words))],
                status=Status.PROPOSED,
                origin="test 1.0",
                confidence=confidence,
            )
    desk.close()
    return place


@pytest.fixture
def article(place: Path) -> str:
    """The id of the desk's article."""
    desk = open_desk(place, "Ann")
    try:
        return desk.library()[0].id
    finally:
        desk.close()


def state(place: Path) -> dict[str, object]:
    """Every record of a desk, and its number of revisions."""
    desk = open_desk(place, "Looker")
    try:
        records: dict[str, object] = {
            f"{name} {one.id}": one for name, kind in KINDS.items() for one in desk.each(kind)
        }
        return {**records, "revisions": len(desk.log())}
    finally:
        desk.close()
