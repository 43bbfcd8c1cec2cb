"""From file to file without a desk."""

from contextlib import closing
from pathlib import Path

import pytest

from newsdesk.formats import format_named
from newsdesk.formats.converting import FileDataset, convert, convert_all
from newsdesk.formats.format import Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import NewsdeskError
from tests.formats.samples import LABELS, Memory, problems, read, small, written

JSONL = format_named("jsonl")


@pytest.mark.parametrize(("start", "end"), [("json", "jsonl"), ("jsonl", "json")])
def test_json_and_jsonl_say_the_same(tmp_path: Path, start: str, end: str) -> None:
    dataset = small()
    losses, found, *_ = convert(
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
    target = Memory()
    write = format_named("json").write
    assert write is not None
    with closing(FileDataset([(BytesInput(content, "a"), JSONL)], Reading())) as file:
        write(file, target)
    assert b'"label":"PERSON"' in target.content


def test_what_is_wrong_keeps_the_file_from_being_written(tmp_path: Path) -> None:
    broken = written(small(), "jsonl").replace(b'"label":"CUE"', b'"label":"CLUE"')
    source, way = BytesInput(broken, "a"), (format_named("jsonl"), format_named("json"))
    with pytest.raises(NewsdeskError, match=r"“CLUE” is in no codebook.* Nothing was written"):
        convert(source, *way, tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == []
    _, found, *_ = convert(source, *way, tmp_path / "out.json", partial=True)
    assert [problem.record.split()[0] for problem in found] == ["annotation"]
    assert problems(read((tmp_path / "out.json").read_bytes(), "json")) == []


def test_there_is_no_way_to_plain_text(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="no way from json to text"):
        convert(BytesInput(b""), format_named("json"), format_named("text"), tmp_path / "a")


def test_streams_can_be_asked_for_side_by_side_and_again() -> None:
    given = small()
    file = BytesInput(written(given, "jsonl"), "a")
    with closing(FileDataset([(file, JSONL)], Reading())) as dataset:
        first, second = iter(dataset.articles()), iter(dataset.articles())
        assert next(first).article == next(second).article
        assert len(list(first)) == len(list(second)) == len(given.bundles) - 1
        assert [len(list(dataset.articles())) for _ in "ab"] == [len(given.bundles)] * 2
        assert dataset.article_count == len(given.bundles)


def test_a_fault_beyond_those_that_are_listed_keeps_the_file_from_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsdesk.formats.converting.LISTED", 1)
    broken = b'{"text": "\xf0\x9f\x98\x80 Ada", "label": [[0, 9, "X"]]}\n{'
    way = (format_named("doccano"), format_named("json"))
    with pytest.raises(NewsdeskError, match="Nothing was written"):
        convert(BytesInput(broken, "a"), *way, tmp_path / "out.json")


def test_several_files_become_one_dataset(tmp_path: Path) -> None:
    lines = [b'{"text": "Ada left.", "label": [[0, 3, "X"]]}', b'{"text": "Bo.", "label": []}']
    doccano = format_named("doccano")
    files = [(BytesInput(b"\n".join(lines[n:]), f"{n}"), doccano) for n in (0, 1)]
    done = convert_all(files, JSONL, tmp_path / "out.jsonl", Reading())
    assert (done.articles, done.annotations, done.problem_count) == (2, 1, 0)
    assert "stood in an earlier file" in str(done.problems[0])
    items = read((tmp_path / "out.jsonl").read_bytes(), "jsonl")
    assert (problems(items), len(items)) == ([], 3)
