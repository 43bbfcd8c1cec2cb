"""From desk to desk through another tool's format: one import, nothing doubled, nothing refused."""

from pathlib import Path

import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.exporting import export
from newsdesk.desk.importing import import_files
from newsdesk.formats import format_named
from newsdesk.formats.converting import convert
from newsdesk.formats.inputs import FileInput
from newsdesk.model import Annotation, Article, Attribution, Claim, Entity, Label, Source
from newsdesk.provenance.redaction import Redaction
from tests.formats.foreign_samples import FORMATS
from tests.formats.samples import given_records, records, small
from tests.formats.samples import read as read_own
from tests.formats.samples import written as written_own

every = pytest.mark.parametrize("name", sorted(FORMATS))


@every
def test_a_desk_goes_through_the_format_into_another_desk(name: str, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(written_own(small(), "jsonl"))
    one = create_desk(tmp_path / "one.desk", "Ann")
    import_files(one, [tmp_path / "in.jsonl"])
    out = tmp_path / f"out{FORMATS[name].suffixes[0]}"
    report = export(one, out, name, with_proposed=True, redact=Redaction.NONE)
    assert report.articles == 2
    assert {loss.part for loss in report.losses} <= FORMATS[name].losses
    other = create_desk(tmp_path / "other.desk", "Bea")
    assert import_files(other, [out]).problem_count == 0
    for kind in (Annotation, Attribution, Entity, Source, Claim):
        assert {each.id for each in other.each(kind)} == {each.id for each in one.each(kind)}, kind
    names = {label.id: label.name for label in one.each(Label)}
    theirs = {label.id: label.name for label in other.each(Label)}
    for mark in one.each(Annotation):
        same = other.get(Annotation, mark.id)
        assert (same.spans, theirs[same.label]) == (mark.spans, names[mark.label])
        assert (same.note, same.status, same.claim) == (mark.note, mark.status, mark.claim)
    again = import_files(other, [out])
    assert (again.articles, again.annotations, again.problem_count) == (0, 0, 0)
    assert other.count(Article) == 2
    one.close()
    other.close()


@every
def test_files_are_converted_without_a_desk(name: str, tmp_path: Path) -> None:
    """There and back: the same annotations of the same articles."""
    dataset = small()
    (tmp_path / "in.jsonl").write_bytes(written_own(dataset, "jsonl"))
    own, form = format_named("jsonl"), FORMATS[name]
    convert(FileInput(tmp_path / "in.jsonl"), own, form, tmp_path / "middle")
    _, found, *_ = convert(FileInput(tmp_path / "middle"), form, own, tmp_path / "back.jsonl")
    assert found == []
    back = records(read_own((tmp_path / "back.jsonl").read_bytes(), "jsonl"))
    was = given_records(dataset)
    for kind in (Article, Annotation, Attribution, Entity, Source, Claim):
        assert {one.id for one in back if isinstance(one, kind)} == {
            one.id for one in was if isinstance(one, kind)
        }
