"""From file to file without a desk."""

from pathlib import Path

import pytest

from newsdesk.formats import format_named
from newsdesk.formats.converting import FileDataset, convert
from newsdesk.formats.format import Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import NewsdeskError
from tests.formats.samples import LABELS, Memory, problems, read, small, written


@pytest.mark.parametrize(("start", "end"), [("json", "jsonl"), ("jsonl", "json")])
def test_json_and_jsonl_say_the_same(tmp_path: Path, start: str, end: str) -> None:
    dataset = small()
    losses, found = convert(
        BytesInput(written(dataset, start), "a"),
        format_named(start),
        format_named(end),
        tmp_path / "out",
    )
    assert (losses.count, found) == (0, [])
    assert (tmp_path / "out").read_bytes() == written(dataset, end)


def test_plain_text_becomes_a_dataset(tmp_path: Path) -> None:
    source = BytesInput("date 2024-01-02 Só begins it.".encode("cp1252"), "a.txt")
    text, jsonl = format_named("text"), format_named("jsonl")
    convert(source, text, jsonl, tmp_path / "a.jsonl", labels=LABELS)
    items = read((tmp_path / "a.jsonl").read_bytes(), "jsonl")
    assert problems(items) == []
    assert items[-1].article.text == "Só begins it."
    assert len(items) == len(LABELS) + 1


def test_labels_without_an_id_are_the_same_in_every_pass() -> None:
    content = (
        b'{"format":"newsdesk.dataset","version":1}\n'
        b'{"type":"label","name":"PERSON","layer":"entity"}\n'
        b'{"type":"article","text":"Ada left.","annotations":[{"label":"PERSON","spans":[[0,3]]}]}'
    )
    dataset = FileDataset(BytesInput(content, "a"), format_named("jsonl"), Reading())
    target = Memory()
    write = format_named("json").write
    assert write is not None
    write(dataset, target)
    assert b'"label":"PERSON"' in target.content


def test_what_is_wrong_keeps_the_file_from_being_written(tmp_path: Path) -> None:
    broken = written(small(), "jsonl").replace(b'"label":"CUE"', b'"label":"CLUE"')
    source, way = BytesInput(broken, "a"), (format_named("jsonl"), format_named("json"))
    with pytest.raises(NewsdeskError, match=r"“CLUE” is in no codebook.* Nothing was written"):
        convert(source, *way, tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == []
    _, found = convert(source, *way, tmp_path / "out.json", partial=True)
    assert [problem.record.split()[0] for problem in found] == ["annotation"]
    assert problems(read((tmp_path / "out.json").read_bytes(), "json")) == []


def test_there_is_no_way_to_plain_text(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="no way from json to text"):
        convert(BytesInput(b""), format_named("json"), format_named("text"), tmp_path / "a")
