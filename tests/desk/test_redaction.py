"""Canaries: nothing that would name a confidential source gets out by any way there is."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsdesk import formats
from newsdesk.cli.crash import _report
from newsdesk.desk import Desk, create_desk
from newsdesk.desk.correction_notes import correction_note
from newsdesk.desk.corrections import supersede
from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.datasets import write_dataset
from newsdesk.desk.dossier import write_dossier
from newsdesk.desk.dossier_checking import verify_dossier
from newsdesk.desk.evidencing import archive
from newsdesk.desk.export_dataset import DeskDataset
from newsdesk.desk.exporting import export
from newsdesk.desk.importing import import_files
from newsdesk.desk.picturing import article_graph, claim_graph, claim_timeline, source_graph
from newsdesk.desk.redaction import Redacted
from newsdesk.formats import known_formats
from newsdesk.formats.format import Dataset, FileFormat, Losses, Part, Target
from newsdesk.model import (
    Annotation,
    Anonymity,
    Article,
    Assertion,
    Attribution,
    Claim,
    ClaimState,
    Entity,
    Evidence,
    Link,
    LinkKind,
    NewsdeskError,
    Source,
    SourceKind,
    Span,
    Status,
    new_article,
    replace,
)
from newsdesk.provenance.redaction import NOBODY, Redaction
from tests.desk.canaries import TEXT, WORD, all_bytes, canary_desk, unpacked
from tests.formats.samples import small, written

WRITERS = sorted(one.name for one in known_formats() if one.write is not None)
HIDING = (Redaction.STANDARD, Redaction.FULL)

HOLDING = {
    *("json", "jsonl", "html", "prov", "prov-o", "csv", "parquet", "docbin", "refi-qda", "brat"),
    *("cas-xmi", "cas-json", "conllu", "tei", "doccano", "prodigy", "label-studio"),
    "web-annotation",
}
"""Formats in which the canaries stand where nothing is redacted: so the search can find them."""


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = canary_desk(tmp_path_factory.mktemp("desk") / "canary.desk")
    yield desk
    desk.close()


def taken_out(desk: Desk, folder: Path, name: str, level: Redaction, **asked: object) -> bytes:
    export(desk, folder / "out", name, redact=level, with_proposed=True, **asked)  # type: ignore[arg-type]
    return all_bytes(folder / "out")


@pytest.mark.parametrize("level", HIDING)
@pytest.mark.parametrize("name", WRITERS)
def test_no_writer_names_a_confidential_source(
    canaries: Desk, tmp_path: Path, name: str, level: Redaction, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    report = export(canaries, tmp_path / "out", name, redact=level, with_journal=True)
    found = all_bytes(tmp_path / "out")
    assert WORD not in found.upper().replace(b" ", b"")
    assert WORD.decode() not in caplog.text
    assert WORD.decode() not in str(report.losses) + str(report.withheld)
    assert report.withheld_count > 0
    if name in HOLDING and level is Redaction.STANDARD:
        assert TEXT[:24].encode() in found, "the printed words stand"


@pytest.mark.parametrize("name", sorted(HOLDING & set(WRITERS)))
def test_the_search_would_find_them(canaries: Desk, tmp_path: Path, name: str) -> None:
    assert WORD in taken_out(canaries, tmp_path, name, Redaction.NONE)


def test_every_writer_is_looked_at() -> None:
    assert set(WRITERS) >= HOLDING
    assert {"claimreview", "prov", "prov-o", "html", "csv"} <= set(WRITERS)


@pytest.mark.parametrize("place", ["dossier", "dossier.zip"])
@pytest.mark.parametrize("level", HIDING)
def test_no_dossier_names_one(
    canaries: Desk, tmp_path: Path, place: str, level: Redaction, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (claim,) = canaries.find(Claim)
    write_dossier(canaries, claim.id, tmp_path / place, redact=level)
    assert WORD not in all_bytes(tmp_path / place).upper()
    assert verify_dossier(tmp_path / place).faults == []
    assert WORD.decode() not in caplog.text


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_no_web_archive_holds_the_papers_of_one(
    canaries: Desk, tmp_path: Path, packed: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (claim,) = canaries.find(Claim)
    out = tmp_path / f"out.warc{packed}"
    for level in HIDING:
        for asked in (None, claim.id):
            made = archive(canaries, out, asked, redact=level)
            assert (made.copies, made.withheld) == (1, 1)
            found = unpacked(out.read_bytes())
            assert WORD not in found.upper() and b"The minutes" in found
    assert archive(canaries, out, redact=Redaction.NONE).copies == 2
    assert WORD in unpacked(out.read_bytes())
    assert WORD.decode() not in caplog.text


def test_papers_that_may_not_go_out_leave_no_archive(tmp_path: Path) -> None:
    desk = canary_desk(tmp_path / "a.desk")
    proofs = desk.find(Evidence)
    with desk.change("Drop"):
        desk.drop_all(one for one in proofs if one.title != "CANARY memo")
    with pytest.raises(NewsdeskError, match="confidential") as refused:
        archive(desk, tmp_path / "out.warc")
    assert WORD.decode() not in str(refused.value) and not (tmp_path / "out.warc").exists()
    desk.close()


def test_a_dossier_for_the_house_names_them(canaries: Desk, tmp_path: Path) -> None:
    (claim,) = canaries.find(Claim)
    write_dossier(canaries, claim.id, tmp_path / "d", redact=Redaction.NONE)
    for name in ("index.html", "dataset.json", "prov.json", "prov.ttl"):
        assert WORD in unpacked((tmp_path / "d" / name).read_bytes()), name
    assert "keep it in house" in (tmp_path / "d" / "index.html").read_text("utf-8")


def test_the_levels_differ_as_they_say(canaries: Desk, tmp_path: Path) -> None:
    found = {}
    for level in Redaction:
        export(canaries, tmp_path / "out.json", "json", redact=level)
        form = json.loads((tmp_path / "out.json").read_bytes())
        found[level] = {one["kind"]: one for one in form["sources"] if "anonymity" in one}
    kind = "unnamed individual"
    assert found[Redaction.NONE][kind]["description"].startswith("CANARY")
    # As printed: the words marked as the source, since the description stands in no article.
    assert found[Redaction.STANDARD][kind]["role"] in ("witness", None)
    assert found[Redaction.FULL][kind]["description"] == NOBODY
    assert found[Redaction.FULL][kind]["role"] is None
    empty = {"reason": "", "position_to_know": "", "approved_by": ""}
    assert found[Redaction.STANDARD][kind]["anonymity"] == empty
    assert found[Redaction.STANDARD]["named individual"]["description"] == "Ada Open"


def test_what_is_redacted_is_whole_in_itself_and_stays_so(canaries: Desk, tmp_path: Path) -> None:
    export(canaries, tmp_path / "a.jsonl", "jsonl")
    other = create_desk(tmp_path / "b.desk", "Cy")
    assert import_files(other, [tmp_path / "a.jsonl"]).problem_count == 0
    # Still confidential there: what comes out again is the same, at the same level.
    export(other, tmp_path / "b.jsonl", "jsonl")
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()
    assert {one.name for one in other.find(Entity)} == {"Ada Open"}
    (friend,) = (one for one in other.find(Source) if one.description == TEXT[:24])
    assert friend.anonymity == Anonymity()
    other.close()


def test_the_same_desk_gives_the_same_bytes(canaries: Desk, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(canaries, tmp_path / name, "jsonl", with_journal=True)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_is_withheld_is_told_by_record(canaries: Desk, tmp_path: Path) -> None:
    report = export(canaries, tmp_path / "out", "json", with_journal=True)
    told = {(one.part, one.record) for one in report.withheld}
    for source in canaries.find(Source):
        hidden = source.anonymity is not None
        assert ((Part.ATTRIBUTIONS, source.id) in told) == hidden
    for entity in canaries.find(Entity):
        assert ((Part.ENTITIES, entity.id) in told) == (entity.name != "Ada Open")
    parts = {part for part, _ in told}
    assert {Part.NOTES, Part.LINKS, Part.EVIDENCE, Part.REVIEWS, Part.JOURNAL} <= parts


def test_where_no_source_is_confidential_nothing_is_withheld(tmp_path: Path) -> None:
    dataset = small()
    dataset.speakers = [one for one in dataset.speakers if one.anonymity is None]
    (tmp_path / "in.jsonl").write_bytes(written(dataset, "jsonl"))
    desk = create_desk(tmp_path / "a.desk", "Ann")
    import_files(desk, [tmp_path / "in.jsonl"])
    report = export(desk, tmp_path / "out.jsonl", "jsonl", with_proposed=True)
    assert (report.loss_count, report.withheld_count) == (0, 0)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "in.jsonl").read_bytes()
    desk.close()


# Who is told elsewhere


def test_somebody_who_is_named_elsewhere_is_not_led_to(canaries: Desk, tmp_path: Path) -> None:
    """John stays in the register where an article names him, but nothing leads from the source."""
    desk = canary_desk(tmp_path / "a.desk")
    (john,) = desk.find(Entity, kb_id="Q99")
    with desk.change("He is in the news"):
        other = desk.put(new_article("John opened a fair.", title="Fair"))
        (person,) = (one for one in desk.codebook() if one.name == "PERSON")
        desk.put(
            Annotation(
                article=other.id,
                spans=(Span(0, 4),),
                label=person.id,
                quote="John",
                entity=john.id,
            )
        )
    export(desk, tmp_path / "out.json", "json")
    form = json.loads((tmp_path / "out.json").read_bytes())
    assert john.id in {one["id"] for one in form["entities"]}
    assert john.id not in {one["entity"] for one in form["sources"]}
    by_title = {one["title"]: one["annotations"] for one in form["articles"]}
    assert john.id not in {one["entity"] for one in by_title["The wall"]}
    # Where only the article with the source goes out, he is named in nothing that does.
    (wall,) = desk.find(Article, title="The wall")
    export(desk, tmp_path / "out.json", "json", articles=[wall.id])
    assert b"CANARY" not in (tmp_path / "out.json").read_bytes()
    desk.close()


def test_marks_that_are_said_to_be_the_same_lead_to_nobody(tmp_path: Path) -> None:
    desk = canary_desk(tmp_path / "a.desk")
    (ada,) = desk.find(Entity, name="Ada Open")
    (person,) = desk.find(Annotation, entity=ada.id)
    mentions = {one.source_mention for one in desk.find(Attribution) if one.source_mention}
    with desk.change("It was her"):
        ends = {"from_id": person.id, "to_id": mentions.pop() or ""}
        desk.put(Link(kind=LinkKind.COREFERENCE, **ends))
    dataset = Redacted(DeskDataset(desk, (Status.ACCEPTED,)), desk, Redaction.STANDARD)
    marks = {mark.id: mark for bundle in dataset.articles() for mark in bundle.annotations}
    assert marks[person.id].entity is None
    assert all(one.kind is not LinkKind.COREFERENCE for one in dataset.links())
    desk.close()


def test_a_source_that_was_named_since_keeps_what_the_journal_withholds(tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "a.desk", "Ann")
    shy = Source(
        description="a clerk",
        kind=SourceKind.NAMED_INDIVIDUAL,
        anonymity=Anonymity(reason="CANARY feared for his post"),
    )
    with desk.change("New"):
        desk.put(shy)
    with desk.change("He agreed to be named"):
        desk.put(replace(shy, anonymity=None))
    assert WORD not in taken_out(desk, tmp_path, "jsonl", Redaction.STANDARD, with_journal=True)
    assert WORD in taken_out(desk, tmp_path, "jsonl", Redaction.NONE, with_journal=True)
    assert b"a clerk" in (tmp_path / "out").read_bytes()
    desk.close()


@pytest.mark.parametrize("gone", [False, True])
def test_the_earlier_name_of_a_confidential_source_is_withheld(gone: bool, tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "a.desk", "Ann")
    promised = Anonymity(reason="fears for a post")
    named = Entity(name="Canary Bird", kind="PERSON")
    shy = Source(
        description="Canary Bird",
        kind=SourceKind.NAMED_INDIVIDUAL,
        entity=named.id,
        anonymity=promised,
    )
    with desk.change("New"):
        desk.put(named)
        desk.put(shy)
        desk.put(Claim(statement="Canary Bird says the dyke leaks."))
    for words in ("a clerk", "an official", "a man in the port"):
        unnamed = SourceKind.UNNAMED_INDIVIDUAL
        with desk.change("Less"):
            shy = desk.put(replace(shy, description=words, kind=unnamed, entity=None))
    if gone:
        with desk.change("Gone"):
            desk.drop(shy)
    assert WORD not in taken_out(desk, tmp_path, "jsonl", Redaction.STANDARD).upper()
    assert b"Canary" in taken_out(desk, tmp_path, "jsonl", Redaction.NONE)
    desk.close()


# Other ways out


def test_no_picture_names_one(canaries: Desk) -> None:
    (claim,) = canaries.find(Claim)
    (article,) = canaries.find(Article)
    graphs = [claim_graph(canaries, claim.id), article_graph(canaries, article.id)]
    graphs += [
        source_graph(canaries, one.id)
        for one in canaries.find(Source)
        if one.kind is not SourceKind.MEDIA_OUTLET
    ]
    names = {node.text for graph in graphs for node in graph.nodes}
    names |= {node.detail for graph in graphs for node in graph.nodes}
    for event in claim_timeline(canaries, claim.id):
        names |= {event.text, event.detail}
    assert not any(WORD.decode() in name for name in names)
    assert TEXT[:24] in names


def test_no_correction_note_names_one(tmp_path: Path) -> None:
    desk = canary_desk(tmp_path / "a.desk")
    (claim,) = desk.find(Claim)
    (old,) = desk.find(Article)
    with desk.change("Stated with a name"):
        desk.put(replace(claim, statement="The wall will fall, says CANARY John.",
                         state=ClaimState.UNREVIEWED, verdict=None))  # fmt: skip
    made = supersede(desk, old, new_article(TEXT + " It has not.", title="The wall"))
    (said,) = desk.find(Annotation, article=made.new.id, claim=claim.id)
    with desk.change("It was denied"):
        desk.put(replace(said, status=Status.ACCEPTED))
        for tie in desk.find(Attribution, content=said.id):
            desk.put(replace(tie, hop=0, assertion=Assertion.DENIED, status=Status.ACCEPTED))
    note = correction_note(desk, made.new.id)
    assert "The wall will fall" in note and WORD.decode() not in note
    desk.close()


@pytest.mark.parametrize("level", HIDING)
def test_no_dataset_folder_names_one(
    canaries: Desk, tmp_path: Path, level: Redaction, caplog: pytest.LogCaptureFixture
) -> None:
    """The datasheet, the manifest and the report of what was left out, too."""
    caplog.set_level(logging.DEBUG)
    options = DatasetOptions(redact=level, with_proposed=True)
    report = write_dataset(canaries, tmp_path / "out", "jsonl", options)
    assert WORD not in all_bytes(tmp_path / "out").upper()
    assert WORD.decode() not in str(report) + caplog.text


def test_a_crash_report_holds_nothing(
    canaries: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(dataset: Dataset, target: Target) -> Losses:
        raise RuntimeError(" ".join(one.description for one in dataset.sources()))

    broken = FileFormat(
        name="broken", title="B", suffixes=(), looks_like=lambda head: False, write=write
    )
    monkeypatch.setattr(formats, "_plug_ins", lambda: ((broken,), ()))
    with pytest.raises(RuntimeError, match="CANARY") as failure:
        export(canaries, tmp_path / "out", "broken", redact=Redaction.NONE)
    report = _report(failure.type, failure.value, failure.tb)
    assert "exporting.py" in report
    assert WORD.decode() not in report
