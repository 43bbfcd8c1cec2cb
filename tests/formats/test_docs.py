"""The programs in docs/formats.md run, and do what the page says of them."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from newsdesk import formats
from newsdesk.desk import create_desk
from newsdesk.desk.exporting import export
from newsdesk.desk.importing import import_files
from newsdesk.formats.format import Part
from newsdesk.model import Annotation, Article
from tests.formats.samples import small, written

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
READER, PLUG_IN = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def test_the_reader_reads_what_is_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dataset = small()
    (tmp_path / "set.jsonl").write_bytes(written(dataset, "jsonl"))
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(READER, {})
    article, marks = dataset.bundles[1].article, dataset.bundles[1].annotations
    names = {label.id: label.name for label in dataset.labels}
    assert printed.getvalue().splitlines() == [
        f"{article.id}\t{names[mark.label]}\t{mark.quote}" for mark in marks
    ]
    assert len(READER.strip().splitlines()) <= 12


def test_the_plug_in_works_as_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room: dict[str, Any] = {}
    exec(PLUG_IN, room)
    monkeypatch.setattr(formats, "_plug_ins", lambda: ((room["FORMAT"],), ()))
    (tmp_path / "in.jsonl").write_bytes(written(small(), "jsonl"))
    desk = create_desk(tmp_path / "a.desk", "Ann")
    import_files(desk, [tmp_path / "in.jsonl"])
    report = export(desk, tmp_path / "out.tsv", "tabs")
    assert [loss.part for loss in report.losses] == [Part.ANNOTATIONS] * 2
    other = create_desk(tmp_path / "b.desk", "Bea")
    assert import_files(other, [tmp_path / "out.tsv"]).problem_count == 0
    assert {one.text for one in other.each(Article)} == {one.text for one in desk.each(Article)}
    (mark,) = other.find(Annotation)
    assert mark.quote == "Ada"
    (tmp_path / "out.tsv").write_bytes(b'text\t"Ada."\nPERSON\t0\n')
    report = import_files(other, [tmp_path / "out.tsv"], partial=True)
    assert [(one.file, one.line) for one in report.problems] == [("out.tsv", 2)]
    desk.close()
    other.close()
