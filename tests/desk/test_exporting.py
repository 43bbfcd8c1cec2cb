"""Exporting: the same bytes always, whole in itself, never over what it must not touch."""

import json
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from jsonschema import Draft202012Validator

from newsdesk import formats
from newsdesk.desk import Desk, create_desk, exporting
from newsdesk.desk.importing import import_files
from newsdesk.desk.sample import build_sample_desk
from newsdesk.formats.format import Dataset, FileFormat, Losses, Part, Target
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Label,
    Link,
    LinkKind,
    NewsdeskError,
    Setting,
    Source,
    Status,
    new_article,
    new_id,
    replace,
)
from newsdesk.provenance.redaction import Redaction
from newsdesk.settings import shipped
from tests.formats.samples import Given, small, written

# Whole, as for another desk of the same house: tests/desk/test_redaction.py has the rest.
export = partial(exporting.export, redact=Redaction.NONE)


@pytest.fixture
def dataset() -> Given:
    return small()


@pytest.fixture
def full(tmp_path: Path, dataset: Given) -> Any:
    """A desk with a record of every kind."""
    (tmp_path / "in.jsonl").write_bytes(written(dataset, "jsonl"))
    desk = create_desk(tmp_path / "full.desk", "Ann")
    import_files(desk, [tmp_path / "in.jsonl"])
    (tmp_path / "in.jsonl").unlink()
    yield desk
    desk.close()


def out(desk: Desk, folder: Path, name: str = "json", **asked: Any) -> Any:
    export(desk, folder / "out", name, **asked)
    return json.loads((folder / "out").read_bytes())


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith("full.desk")}


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_the_same_desk_gives_the_same_bytes(
    full: Desk, dataset: Given, tmp_path: Path, name: str
) -> None:
    for path in ("a", "b"):
        report = export(full, tmp_path / path, name, with_proposed=True)
        assert (report.articles, report.annotations, report.loss_count) == (2, 4, 0)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    # The desk keeps what the file said, so the file comes back byte for byte.
    assert (tmp_path / "a").read_bytes() == written(dataset, name)
    assert files(tmp_path) == {"a", "b"}


def test_proposed_annotations_are_left_out_unless_asked_for(full: Desk, tmp_path: Path) -> None:
    report = export(full, tmp_path / "out", "json")
    found = json.loads((tmp_path / "out").read_bytes())
    (_, article) = found["articles"]
    assert {mark["status"] for mark in article["annotations"]} == {"accepted"}
    assert article["attributions"] == []
    assert report.left_out == {"proposed annotations": 1}
    assert report.annotations == 3
    # The evidence pointed at the proposed quote: that reference is cut, and said so.
    assert found["evidence"][0]["annotation"] is None
    assert [(loss.part, loss.record) for loss in report.losses] == [
        (Part.EVIDENCE, found["evidence"][0]["id"])
    ]


def test_rejected_ones_and_settings_are_counted(full: Desk, tmp_path: Path) -> None:
    with full.change("Reject"):
        for mark in full.find(Annotation, status="accepted"):
            full.put(replace(mark, status=Status.REJECTED))
        full.put(Setting(name="house", value="x"))
    report = export(full, tmp_path / "out", "json", with_proposed=True)
    assert report.annotations == 1
    assert report.left_out == {"rejected annotations": 3, "settings of the desk": 1}
    # Mention and cue of the attribution are gone, and so is the claim's appearance.
    assert {loss.part for loss in report.losses} == {Part.ATTRIBUTIONS}
    found = json.loads((tmp_path / "out").read_bytes())
    assert found["claims"][0]["appearances"] == []
    again = create_desk(tmp_path / "again.desk", "Bea")
    assert import_files(again, [tmp_path / "out"]).problem_count == 0
    again.close()


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_chosen_articles_come_with_all_that_they_need(
    full: Desk, dataset: Given, tmp_path: Path, name: str
) -> None:
    with full.change("More"):
        other = full.put(new_article("Another text.", title="Other"))
        stranger = full.put(Entity(name="Nobody", kind="PERSON"))
        full.put(Claim(statement="Elsewhere."))
        full.put(Link(kind=LinkKind.REPEATS, from_id=stranger.id, to_id=other.id))
    chosen = dataset.bundles[1].article.id
    report = export(full, tmp_path / "out", name, with_proposed=True, articles=[chosen])
    assert (report.articles, report.annotations) == (1, 4)
    assert [loss.what.split()[1] for loss in report.losses] == ["supersedes"]
    desk = create_desk(tmp_path / "b.desk", "Bea")
    assert import_files(desk, [tmp_path / "out"]).problem_count == 0
    assert [one.name for one in desk.find(Entity)] == ["Ada Lovelace"]
    assert {one.description for one in desk.find(Source)} == {"Ada", "The Times"}
    assert [one.statement for one in desk.find(Claim)] == ["It can do whatever we know."]
    assert desk.count(Link) == 1
    assert desk.count(Label) == full.count(Label)
    desk.close()


def test_entities_that_were_merged_bring_the_one_that_they_became(
    full: Desk, dataset: Given, tmp_path: Path
) -> None:
    double = dataset.register[1]
    chosen = dataset.bundles[1].article.id
    with full.change("Link"):
        mark = full.find(Annotation, entity=dataset.register[0].id)[0]
        full.put(replace(mark, entity=double.id))
        speaker = full.find(Source, description="Ada")[0]
        full.put(replace(speaker, entity=None))
    found = out(full, tmp_path, articles=[chosen])
    assert {one["name"] for one in found["entities"]} == {"A. Lovelace", "Ada Lovelace"}


def test_an_article_that_is_not_there_is_named(full: Desk, tmp_path: Path) -> None:
    missing = new_id()
    with pytest.raises(NewsdeskError, match=f"no article {missing}"):
        export(full, tmp_path / "out", "json", articles=[missing])
    assert files(tmp_path) == set()


def test_a_mention_in_another_article_holds_if_that_is_there(
    full: Desk, dataset: Given, tmp_path: Path
) -> None:
    old, new = (bundle.article for bundle in dataset.bundles)
    with full.change("Mention"):
        mention = full.put(
            replace(full.find(Annotation, article=new.id)[0], id=new_id(), article=old.id)
        )
        tie = full.find(Attribution)[0]
        full.put(replace(tie, source_mention=mention.id))
    found = out(full, tmp_path, with_proposed=True)
    assert found["articles"][1]["attributions"][0]["source_mention"] == mention.id
    found = out(full, tmp_path, with_proposed=True, articles=[new.id])
    assert found["articles"][0]["attributions"][0]["source_mention"] is None


def test_the_journal_comes_on_request_and_is_valid(full: Desk, tmp_path: Path) -> None:
    with full.change("Rename"):
        entity = full.find(Entity)[0]
        full.put(replace(entity, name="New name"))
    full.undo()
    schema = json.loads(
        shipped("resources", "schemas", "newsdesk.dataset-1.schema.json").read_text("utf-8")
    )
    found = out(full, tmp_path, with_journal=True)
    assert list(Draft202012Validator(schema).iter_errors(found)) == []
    journal = found["journal"]
    assert [one["title"] for one in journal] == ["Import in.jsonl", "Rename", "Undo: Rename"]
    assert [one["count"] for one in journal] == [len(one["edits"]) for one in journal]
    (edit,) = journal[1]["edits"]
    assert (edit["before"]["name"], edit["after"]["name"]) == (entity.name, "New name")
    assert journal[1]["prev_hash"] == journal[0]["hash"]
    assert (journal[2]["undoes"], journal[0]["undoes"]) == (2, None)
    assert out(full, tmp_path)["journal"] == []
    export(full, tmp_path / "out", "jsonl", with_journal=True)
    lines = [json.loads(line) for line in (tmp_path / "out").read_bytes().splitlines()]
    assert [line for line in lines if line.get("type") == "revision"] == [
        {"type": "revision", **one} for one in journal
    ]


def test_nothing_is_lost_on_the_way_through_an_empty_desk(tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "a.desk", "Ann")
    assert out(desk, tmp_path)["articles"] == []
    export(desk, tmp_path / "out", "jsonl", with_journal=True)
    assert len((tmp_path / "out").read_bytes().splitlines()) == 1
    desk.close()


# Where it goes


def test_no_half_file_and_nothing_else_is_touched(
    full: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    for place, words in {"folder": "is a folder", "full.desk": "is a desk"}.items():
        with pytest.raises(NewsdeskError, match=words):
            export(full, tmp_path / place, "json")
    with pytest.raises(NewsdeskError, match="no folder"):
        export(full, tmp_path / "none" / "a.json", "json")
    with pytest.raises(NewsdeskError, match="no format “poem”"):
        export(full, tmp_path / "a", "poem")
    with pytest.raises(NewsdeskError, match="text can be read, not written"):
        export(full, tmp_path / "a", "text")
    assert files(tmp_path) == {"folder"}
    assert list(full.check()) == []


def test_a_disk_that_fills_up_leaves_no_half_file(full: Desk, tmp_path: Path) -> None:
    """The limit on a file's size stands for the disk's end: the kernel refuses the write."""
    import signal

    resource = pytest.importorskip("resource")
    (tmp_path / "out").write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(NewsdeskError, match="out can't be written"):
            export(full, tmp_path / "out", "json")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert (tmp_path / "out").read_bytes() == b"old"
    assert files(tmp_path) == {"out"}


def test_progress_is_told_and_cancels(full: Desk, tmp_path: Path) -> None:
    with full.change("Many"):
        full.put_all([new_article(f"Text {n}.") for n in range(248)])
    heard: list[tuple[int, int]] = []
    export(full, tmp_path / "out", "jsonl", progress=lambda *told: heard.append(told))
    assert heard == [(100, 250), (200, 250)]
    (tmp_path / "out").unlink()

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(full, tmp_path / "out", "jsonl", progress=cancel)
    assert files(tmp_path) == set()


# A desk that changes meanwhile


def test_an_export_starts_anew_when_the_desk_was_changed_meanwhile(
    full: Desk, tmp_path: Path
) -> None:
    """So that no annotation of a moment later refers to an entity of which nothing was written."""
    with full.change("Many"):
        full.put_all([new_article(f"Text {n}.") for n in range(98)])
    changes = []

    def edit_once(done: int, total: int) -> None:
        if not changes:
            changes.append(done)
            with full.change("Meanwhile"):
                full.put(Entity(name="Late", kind="PERSON"))

    found = out(full, tmp_path, progress=edit_once)
    assert "Late" in {one["name"] for one in found["entities"]}

    def edit_always(done: int, total: int) -> None:
        with full.change("Meanwhile"):
            full.put(Entity(name="Later", kind="PERSON"))

    (tmp_path / "out").unlink()
    with pytest.raises(NewsdeskError, match="was changed while out was being written"):
        export(full, tmp_path / "out", "json", progress=edit_always)
    assert files(tmp_path) == set()


# A format of many files, as a plug-in might bring it


def write_notes(dataset: Dataset, target: Target) -> Losses:
    losses = Losses()
    for bundle in dataset.articles():
        with _opened(target, f"{bundle.article.id}.txt") as file:
            file.write(bundle.article.text.encode())
        for mark in bundle.annotations:
            if len(mark.spans) > 1:
                losses.add(Part.FRAGMENTS, mark.id, "only its first span is written")
    return losses


def _opened(target: Target, name: str) -> BinaryIO:
    return target.file(name)


def test_a_folder_format_writes_a_folder_and_reports_its_losses(
    full: Desk, dataset: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = FileFormat(
        name="notes",
        title="Notes",
        suffixes=(),
        looks_like=lambda head: False,
        losses=frozenset({Part.FRAGMENTS}),
        write=write_notes,
        folder=True,
    )
    monkeypatch.setattr(formats, "_plug_ins", lambda: ((notes,), ()))
    report = export(full, tmp_path / "out", "notes", with_proposed=True)
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {
        article.id for article in full.find(Article)
    }
    assert [(loss.part, loss.record) for loss in report.losses] == [
        (Part.FRAGMENTS, dataset.bundles[1].annotations[2].id)
    ]
    with pytest.raises(NewsdeskError, match="empty or new"):
        export(full, tmp_path / "out", "notes")


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_the_sample_desk_goes_out_and_comes_back(tmp_path: Path, name: str) -> None:
    desk = build_sample_desk(tmp_path / "a.desk", "Ann")
    export(desk, tmp_path / "a", name)
    other = create_desk(tmp_path / "b.desk", "Bea")
    assert import_files(other, [tmp_path / "a"]).problem_count == 0
    for kind in (Label, Entity, Source, Claim, Article, Annotation, Attribution, Link):
        assert other.find(kind) == desk.find(kind)
        assert other.count(kind) > 0
    export(other, tmp_path / "b", name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    desk.close()
    other.close()
