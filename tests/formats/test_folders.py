"""Folders that are one dataset, on their way onto a desk and off it."""

from pathlib import Path

import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.exporting import export
from newsdesk.desk.import_sources import files_in
from newsdesk.desk.importing import import_files
from newsdesk.desk.sample import build_sample_desk
from newsdesk.formats import choose
from newsdesk.formats.folders import dataset_in
from newsdesk.formats.inputs import FileInput
from newsdesk.model import Annotation, Article, Attribution, NewsdeskError, Source
from newsdesk.provenance.redaction import Redaction


def test_a_folder_is_one_dataset_or_many_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    source = FileInput(tmp_path, "set")
    assert dataset_in(source) == ""
    assert [each.name for each in files_in(source)] == ["set/a.txt"]
    with pytest.raises(NewsdeskError, match="can't be read"):
        choose(source)
    (tmp_path / "a.ann").write_text("T1\tWord 0 3\tone\n")
    assert choose(source).name == "brat"
    assert list(files_in(source)) == [source]
    (tmp_path / "newsdesk.jsonl").write_text("{}")
    assert dataset_in(source) == ""
    said = '{"format":"newsdesk.companion","version":1,"of":"cas-json","names":{}}\n'
    (tmp_path / "newsdesk.jsonl").write_text(said)
    assert choose(source).name == "cas-json"


@pytest.mark.parametrize("name", ["brat", "cas-xmi", "cas-json", "conllu", "tei", "refi-qda"])
def test_a_desk_goes_out_and_comes_into_another(name: str, tmp_path: Path) -> None:
    one = build_sample_desk(tmp_path / "one.desk", "Bea")
    two = create_desk(tmp_path / "two.desk", "Al")
    try:
        report = export(one, tmp_path / "set", name, with_proposed=True, redact=Redaction.NONE)
        assert report.loss_count == 0
        came = import_files(two, [tmp_path / "set"])
        assert not came.problems
        for kind in (Article, Annotation, Attribution, Source):
            ours = {each.id: each for each in one.each(kind)}
            assert ours
            assert {each.id: each for each in two.each(kind)} == ours
    finally:
        one.close()
        two.close()
