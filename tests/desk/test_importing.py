"""Importing: all or nothing, nothing twice, nothing written over, and everything said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.desk import Desk, create_desk, import_filing
from newsdesk.desk.codebooks import use_codebook
from newsdesk.desk.exporting import export
from newsdesk.desk.importing import ImportRefused, import_files, import_text, preview
from newsdesk.formats.format import Bundle
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Link,
    NewsdeskError,
    Record,
    Review,
    Snapshot,
    Source,
    new_id,
    replace,
)
from newsdesk.provenance.redaction import Redaction
from newsdesk.settings import shipped
from tests.formats.samples import LABELS, Given, bundles, given_records, small, written

KINDS: tuple[type[Record], ...] = (
    *(Label, Entity, Source, Claim, Article, Annotation),
    *(Attribution, Snapshot, Evidence, Review, Link),
)
SEEDS = sorted(shipped("seeds").glob("[0-9]*.json"))


@pytest.fixture
def empty(tmp_path: Path) -> Any:
    made = create_desk(tmp_path / "empty.desk", "Ann")
    yield made
    made.close()


def everything(desk: Desk) -> dict[str, Record]:
    return {record.id: record for kind in KINDS for record in desk.each(kind)}


def put(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def changed(content: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """A JSONL file with one thing changed in its objects."""
    lines = [json.loads(line) for line in content.splitlines()]
    for line in lines:
        change(line)
    return b"\n".join(json.dumps(line).encode() for line in lines if line)


# What comes in


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_every_record_comes_in_as_it_was(empty: Desk, tmp_path: Path, name: str) -> None:
    dataset = small()
    report = import_files(empty, [put(tmp_path / f"a.{name}", written(dataset, name))])
    assert everything(empty) == {record.id: record for record in given_records(dataset)}
    assert (report.articles, report.annotations, report.problem_count) == (2, 4, 0)
    assert report.article_ids == [bundle.article.id for bundle in dataset.bundles]
    assert [one.title for one in empty.log()] == [f"Import a.{name}"]
    assert list(empty.check()) == []


def test_an_import_is_one_step_to_undo(empty: Desk, tmp_path: Path) -> None:
    import_files(empty, [put(tmp_path / "a.jsonl", written(small(), "jsonl"))])
    before = everything(empty)
    empty.undo()
    assert everything(empty) == {}
    empty.redo()
    assert everything(empty) == before


@pytest.mark.parametrize("name", ["json", "jsonl"])
@settings(max_examples=max(15, settings().max_examples // 4))
@given(found=st.lists(bundles(), max_size=2))
def test_random_articles_come_in_code_point_for_code_point(
    tmp_path_factory: pytest.TempPathFactory, name: str, found: list[Bundle]
) -> None:
    folder = tmp_path_factory.mktemp("random")
    dataset = Given(labels=LABELS, bundles=found)
    desk = create_desk(folder / "a.desk", "Ann")
    try:
        import_files(desk, [put(folder / f"a.{name}", written(dataset, name))], duplicates="add")
        assert everything(desk) == {record.id: record for record in given_records(dataset)}
    finally:
        desk.close()


def test_the_seeds_come_in_together_and_once(empty: Desk) -> None:
    use_codebook(empty)
    report = import_files(empty, SEEDS)
    assert report.articles == len(SEEDS)
    assert report.conflict_count == 0
    appearances = empty.appearances()
    for path in SEEDS:
        for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]:
            assert set(claim["appearances"]) <= set(appearances[claim["id"]])
    assert list(empty.check()) == []
    before = everything(empty)
    again = import_files(empty, SEEDS)
    assert (again.articles, again.annotations, again.records) == (0, 0, 0)
    assert again.present >= len(before) - empty.count(Label)
    assert again.conflict_count == 0
    assert everything(empty) == before
    assert len(empty.log()) == 2


def test_lines_in_reverse_come_in_all_the_same(empty: Desk, tmp_path: Path) -> None:
    dataset = small()
    header, *lines = written(dataset, "jsonl").splitlines()
    put(tmp_path / "a.jsonl", b"\n".join([header, *reversed(lines)]))
    report = import_files(empty, [tmp_path / "a.jsonl"])
    assert report.problem_count == 0
    assert everything(empty).keys() == {record.id for record in given_records(dataset)}


def test_references_across_files_hold_in_any_order(empty: Desk, tmp_path: Path) -> None:
    header, *lines = written(small(), "jsonl").splitlines()
    paths = [
        put(tmp_path / f"{at:02}.jsonl", b"\n".join([header, line]))
        for at, line in enumerate(reversed(lines))
        if not line.startswith(b'{"type":"label"')
    ]
    labels = [line for line in lines if line.startswith(b'{"type":"label"')]
    put(tmp_path / "labels.jsonl", b"\n".join([header, *labels]))
    report = import_files(empty, [tmp_path / "labels.jsonl", *paths])
    assert report.problem_count == 0
    assert list(empty.check()) == []
    assert empty.count(Evidence) == empty.count(Snapshot) == empty.count(Review) == 1


def test_appearances_are_enough_to_tie_claims(empty: Desk, tmp_path: Path) -> None:
    """A file whose annotations don't name their claim, as the seeds are."""
    dataset = small()

    def unname(line: dict[str, Any]) -> None:
        for mark in line.get("annotations", ()):
            del mark["claim"]

    put(tmp_path / "a.jsonl", changed(written(dataset, "jsonl"), unname))
    import_files(empty, [tmp_path / "a.jsonl"])
    claim, appearances = dataset.stated[0]
    assert empty.appearances() == {claim.id: list(appearances)}


def test_outlets_are_found_by_name_or_made(empty: Desk, tmp_path: Path) -> None:
    head = {"format": "newsdesk.dataset", "version": 1}
    found = [{"text": f"Text {n}.", "outlet": " The Times "} for n in range(3)]
    put(tmp_path / "a.json", json.dumps({**head, "articles": found}))
    import_files(empty, [tmp_path / "a.json"])
    (outlet,) = empty.find(Source)
    assert (outlet.description, outlet.kind.value) == ("The Times", "media outlet")
    assert {article.outlet for article in empty.each(Article)} == {outlet.id}


# Labels


def test_new_labels_join_the_codebook_and_known_ones_stay(
    desk: Desk, article: Article, tmp_path: Path
) -> None:
    """By name and layer: the desk's own label is meant, whatever its id in the file."""
    with desk.change("Key"):
        desk.put(replace(desk.label("CUE"), shortcut="h", position=7))
    before = {label.id: label for label in desk.codebook(retired=True)}
    dataset = small()
    labels = [replace(one, shortcut="h" if one.name == "HEDGE" else "") for one in dataset.labels]
    dataset.labels = tuple(labels)
    import_files(desk, [put(tmp_path / "a.json", written(dataset, "json"))])
    after = {label.id: label for label in desk.codebook(retired=True)}
    assert {id: after[id] for id in before} == before
    (new,) = (label for id, label in after.items() if id not in before)
    assert (new.name, new.position, new.shortcut, new.retired) == ("HEDGE", 8, "", True)
    names = {before[mark.label].name for mark in desk.each(Annotation)}
    assert names == {"PERSON", "CUE", "QUOTE", "CLAIM"}


# What is there already


def test_the_same_again_changes_nothing(empty: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", written(small(), "jsonl"))
    import_files(empty, [path])
    report = import_files(empty, [path])
    labels = len(small().labels)
    assert report.present == len(given_records(small())) - labels
    assert (report.articles, report.annotations, report.records, report.skipped) == (0, 0, 0, 0)
    assert len(empty.log()) == 1


def test_what_the_desk_has_otherwise_stays_and_is_reported(empty: Desk, tmp_path: Path) -> None:
    dataset = small()
    content = written(dataset, "jsonl")
    import_files(empty, [put(tmp_path / "a.jsonl", content)])
    mark = dataset.bundles[1].annotations[0]
    with empty.change("Edit"):
        edited = empty.put(replace(mark, note="mine"))
        renamed = empty.put(replace(dataset.register[0], name="A. L."))
    report = import_files(empty, [tmp_path / "a.jsonl"])
    said = {one.record: (one.file, one.line, one.message) for one in report.conflicts}
    assert report.conflict_count == 2
    assert said[f"entity {renamed.id}"][:2] == ("a.jsonl", 9)
    assert "another name; the desk's was kept" in said[f"entity {renamed.id}"][2]
    assert "another note" in said[f"annotation {mark.id}"][2]
    assert empty.get(Annotation, mark.id) == edited
    assert report.problem_count == 0


def test_an_article_of_known_id_with_another_text_is_kept_out_with_its_marks(
    empty: Desk, tmp_path: Path
) -> None:
    dataset = small()
    import_files(empty, [put(tmp_path / "a.jsonl", written(dataset, "jsonl"))])
    before = everything(empty)

    def retype(line: dict[str, Any]) -> None:
        if line.get("title") == "Ada":
            line.update(text=line["text"] + "!", sha256=None)
            line["annotations"][0]["id"] = new_id()

    report = import_files(
        empty, [put(tmp_path / "b.jsonl", changed(written(dataset, "jsonl"), retype))]
    )
    (conflict,) = report.conflicts
    assert conflict.record == f"article {dataset.bundles[1].article.id}"
    assert "text and sha256" in conflict.message
    assert everything(empty) == before


def test_new_marks_in_a_known_article_come_in(empty: Desk, tmp_path: Path) -> None:
    dataset = small()
    import_files(empty, [put(tmp_path / "a.jsonl", written(dataset, "jsonl"))])
    bundle = dataset.bundles[1]
    mark = replace(bundle.annotations[0], id=new_id(), author="Bea")
    dataset.bundles[1] = Bundle(article=bundle.article, annotations=(mark,), outlet="The Times")
    dataset.stated = []
    report = import_files(empty, [put(tmp_path / "b.jsonl", written(dataset, "jsonl"))])
    assert (report.articles, report.annotations, report.conflict_count) == (0, 1, 0)
    assert empty.get(Annotation, mark.id) == mark


def test_an_id_that_stands_twice_with_different_contents_is_a_problem(
    empty: Desk, tmp_path: Path
) -> None:
    for first, second in (('"A"', '"B"'), ('"A"', '"A"')):
        line = '{"type":"entity","id":"e1","name":%s,"kind":"PERSON"}'
        head = '{"format":"newsdesk.dataset","version":1}'
        path = put(tmp_path / "a.jsonl", "\n".join([head, line % first, line % second]))
        if first == second:
            assert import_files(empty, [path]).present == 1
            continue
        with pytest.raises(ImportRefused) as refusal:
            import_files(empty, [path])
        (problem,) = refusal.value.report.problems
        assert (problem.line, problem.record) == (3, "entity e1")
        assert "used twice" in problem.message


def test_ids_that_come_again_after_many_others_are_noticed(
    empty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Across batches."""
    monkeypatch.setattr(import_filing, "RECORDS", 3)
    head = '{"format":"newsdesk.dataset","version":1}'
    names = [*(str(n) for n in range(20)), "4", "5"]
    line = '{"type":"entity","id":"e%s","name":"N%s","kind":"PERSON"}'
    path = put(tmp_path / "a.jsonl", "\n".join([head, *(line % (n, n) for n in names)]))
    report = import_files(empty, [path])
    assert (report.records, report.present) == (20, 2)


def test_ids_of_any_letters_are_journalled_and_undone(empty: Desk, tmp_path: Path) -> None:
    ids = ["a\nb", "a", "b", "%_", "é 😀", "A"]
    head = {"format": "newsdesk.dataset", "version": 1}
    found = [{"id": id, "text": f"Text {n}."} for n, id in enumerate(ids)]
    path = put(tmp_path / "a.json", json.dumps({**head, "articles": found}))
    assert import_files(empty, [path]).articles == len(ids)
    assert list(empty.check()) == []
    assert [len(empty.history(id)) for id in ids] == [1] * len(ids)
    assert import_files(empty, [path]).present == len(ids)
    empty.undo()
    assert empty.count(Article) == 0
    empty.redo()
    assert list(empty.check()) == []


def test_a_text_that_the_desk_has_is_skipped_or_added(empty: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "One text.")
    twin = put(tmp_path / "b.txt", b"\xef\xbb\xbfOne text.")
    report = import_files(empty, [path, twin])
    assert (report.articles, report.skipped) == (1, 1)
    (article,) = empty.find(Article)
    (found,) = report.duplicates
    assert (found.file, found.known, found.known_title) == ("b.txt", article.id, "One text")
    assert import_files(empty, [twin]).skipped == 1
    assert empty.count(Article) == 1
    report = import_files(empty, [path, twin], duplicates="add")
    assert (report.articles, report.skipped, empty.count(Article)) == (2, 0, 3)


def test_the_very_article_of_two_files_is_one_with_the_marks_of_both(
    empty: Desk, tmp_path: Path
) -> None:
    # Two annotators' exports: what is one article in them has one id.
    line = {"text": "Ada met Bo.", "label": [[0, 3, "PERSON"]], "meta": {"by": 1}}
    put(tmp_path / "a.jsonl", json.dumps(line))
    put(tmp_path / "b.jsonl", json.dumps({**line, "label": [[8, 10, "PERSON"]]}))
    put(tmp_path / "c.jsonl", json.dumps({**line, "label": [], "meta": {"by": 2}}))
    files = [put(tmp_path / "o.txt", "Else."), *sorted(tmp_path.glob("*.jsonl"))]
    report = import_files(empty, files)
    assert (report.articles, report.annotations, report.skipped, report.problem_count) == (
        (2, 2, 0, 0)
    )
    assert [one.file for one in report.conflicts] == ["c.jsonl"]
    assert {one.quote for one in empty.find(Annotation)} == {"Ada", "Bo"}
    assert list(empty.check()) == []


def test_two_articles_of_one_text_in_one_dataset_are_meant(empty: Desk, tmp_path: Path) -> None:
    head = {"format": "newsdesk.dataset", "version": 1}
    found = [{"id": f"a{n}", "text": "One text."} for n in range(2)]
    put(tmp_path / "a.json", json.dumps({**head, "articles": found}))
    assert import_files(empty, [tmp_path / "a.json"]).articles == 2


def test_what_hangs_on_a_skipped_article_is_left_out_without_a_problem(
    empty: Desk, tmp_path: Path
) -> None:
    dataset = small()
    import_files(empty, [put(tmp_path / "a.txt", dataset.bundles[1].article.text)])
    report = import_files(empty, [put(tmp_path / "a.jsonl", written(dataset, "jsonl"))])
    assert (report.articles, report.skipped, report.annotations) == (1, 1, 0)
    assert report.problem_count == 0
    left = {one.record.split()[0] for one in report.remarks}
    assert left == {"evidence", "link"}
    assert all("which was left out" in one.message for one in report.remarks)
    assert list(empty.check()) == []


# What is wrong: all or nothing, or the rest


def broken_dataset() -> bytes:
    """One annotation with an unknown label, and one article with a wrong hash."""

    def spoil(line: dict[str, Any]) -> None:
        if line.get("title") == "Older":
            line["sha256"] = "0" * 64
        for mark in line.get("annotations", ())[:1]:
            mark["label"] = "PRESON"

    return changed(written(small(), "jsonl"), spoil)


def test_nothing_half_is_written(desk: Desk, article: Article, tmp_path: Path) -> None:
    before, steps = everything(desk), len(desk.log())
    path = put(tmp_path / "a.jsonl", broken_dataset())
    good = put(tmp_path / "b.txt", "A good text.")
    with pytest.raises(ImportRefused) as refusal:
        import_files(desk, [good, path])
    message = str(refusal.value)
    assert message.startswith("Nothing was imported. a.jsonl, line 15, article ")
    assert "sha256: the text differs from its SHA-256" in message
    assert "“PRESON” is in no codebook" in message
    assert message.endswith("or choose to import the rest.")
    assert refusal.value.report.problem_count == 2
    assert (everything(desk), len(desk.log())) == (before, steps)
    assert desk.search("good") == []


def test_the_rest_is_imported_if_asked_for(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", broken_dataset())
    report = import_files(desk, [path], partial=True)
    # The newer article supersedes the one that was left out, and goes with it.
    assert (report.articles, report.annotations) == (0, 0)
    assert report.problem_count == 2
    assert any("which was left out" in one.message for one in report.remarks)
    assert list(desk.check()) == []
    assert desk.count(Entity) == 2


def test_only_a_wrong_annotation_is_left_out(empty: Desk, tmp_path: Path) -> None:
    def spoil(line: dict[str, Any]) -> None:
        for mark in line.get("annotations", ())[1:2]:
            mark["spans"] = [[900, 905]]

    path = put(tmp_path / "a.jsonl", changed(written(small(), "jsonl"), spoil))
    report = import_files(empty, [path], partial=True)
    assert (report.articles, report.annotations) == (2, 3)
    assert [one.record.split()[0] for one in report.problems] == ["annotation"]
    assert [one.record.split()[0] for one in report.remarks] == ["attribution"]
    assert list(empty.check()) == []


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("entity", "merged_into", "gone"),
        ("source", "entity", "gone"),
        ("article", "supersedes", "gone"),
        ("article", "outlet_source", "gone"),
        ("evidence", "claim", "gone"),
        ("evidence", "snapshot", "gone"),
        ("evidence", "article", "gone"),
        ("review", "claim", "gone"),
        ("link", "to", "gone"),
        ("claim", "appearances", ["gone"]),
    ],
)
def test_a_reference_to_nothing_is_named(
    empty: Desk, tmp_path: Path, kind: str, field: str, value: Any
) -> None:
    def spoil(line: dict[str, Any]) -> None:
        # (A source that is unnamed is refused for an entity of any kind.)
        if line.get("type") == kind and not line.get("anonymity"):
            line[field] = value

    content = changed(written(small(), "jsonl"), spoil)
    with pytest.raises(ImportRefused) as refusal:
        import_files(empty, [put(tmp_path / "a.jsonl", content)])
    (problem, *_) = refusal.value.report.problems
    assert problem.record.startswith(kind)
    assert problem.field == field.removesuffix("_source")
    assert "gone" in problem.message
    assert "nor on this desk" in problem.message
    assert (problem.file, problem.line > 1) == ("a.jsonl", True)
    assert everything(empty) == {}


@pytest.mark.parametrize("field", ["source", "source_mention", "cue", "entity", "claim"])
def test_a_reference_to_nothing_inside_an_article_is_named(
    empty: Desk, tmp_path: Path, field: str
) -> None:
    def spoil(line: dict[str, Any]) -> None:
        key = "annotations" if field in ("entity", "claim") else "attributions"
        for one in line.get(key, ())[:1]:
            one[field] = "gone"

    content = changed(written(small(), "jsonl"), spoil)
    path = put(tmp_path / "a.jsonl", content)
    report = import_files(empty, [path], partial=True)
    (problem,) = report.problems
    assert (problem.field, problem.line) == (field, 16)
    assert list(empty.check()) == []


def test_references_in_a_circle_do_not_hang(
    empty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = {"format": "newsdesk.dataset", "version": 1}
    found = [{"id": "a", "text": "A.", "supersedes": "c"}, {"id": "b", "text": "B."}]
    put(tmp_path / "a.json", json.dumps({**head, "articles": found}))
    with pytest.raises(ImportRefused, match="it refers to c"):
        import_files(empty, [tmp_path / "a.json"])
    for bundles_at_once in (100, 1):
        monkeypatch.setattr(import_filing, "BUNDLES", bundles_at_once)
        found[0]["supersedes"], found[1]["supersedes"] = "b", "a"
        put(tmp_path / "a.json", json.dumps({**head, "articles": found}))
        report = import_files(empty, [tmp_path / "a.json"], partial=True)
        assert {(one.record, one.field) for one in report.problems} == {
            ("article a", "supersedes"),
            ("article b", "supersedes"),
        }
        assert empty.count(Article) == 0


def test_an_appearance_of_two_claims_is_a_problem(empty: Desk, tmp_path: Path) -> None:
    dataset = small()
    other = Claim(statement="Another.")
    dataset.stated.append((other, dataset.stated[0][1]))
    with pytest.raises(ImportRefused, match=r"is an appearance of claim .* already"):
        import_files(empty, [put(tmp_path / "a.jsonl", written(dataset, "jsonl"))])


def test_problems_are_counted_beyond_those_that_are_listed(empty: Desk, tmp_path: Path) -> None:
    lines = ['{"format":"newsdesk.dataset","version":1}', *["broken"] * 2_000]
    with pytest.raises(ImportRefused, match="1,995 problems more") as refusal:
        import_files(empty, [put(tmp_path / "a.jsonl", "\n".join(lines))])
    assert refusal.value.report.problem_count == 2_000
    assert len(refusal.value.report.problems) == 1_000


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: the file is empty"),
        ("a.txt", b" \n ", "a.txt: there is no text in it"),
        ("a.pdf", b"%PDF-1.7", "a.pdf: it is damaged or cut off"),
        ("a.txt", bytes(range(256)) * 8, "a.txt: it is a binary file"),
        ("a.jsonl", b'{"format":"newsdesk.dataset","version":9}', "line 1, version: it was"),
        ("a.json", b"{", "a.json, line 1: invalid JSON"),
    ],
)
def test_files_that_are_nothing_are_refused_by_name(
    empty: Desk, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(ImportRefused, match=message):
        import_files(empty, [put(tmp_path / name, content)])
    assert len(empty.log()) == 0


def test_a_missing_file_a_desk_and_no_file_at_all(empty: Desk, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"none.txt can't be read: No such file"):
        import_files(empty, [tmp_path / "none.txt"])
    with pytest.raises(ImportRefused, match=r"empty.desk: it is a desk of Newsdesk"):
        import_files(empty, [tmp_path / "empty.desk"])
    with pytest.raises(NewsdeskError, match="no file to import"):
        import_files(empty, [])


def test_a_folder_s_files_come_in_without_hidden_ones_and_links(
    empty: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "stories"
    (folder / "old").mkdir(parents=True)
    put(folder / "b.txt", "B text.")
    put(folder / "old" / "a.txt", "A text.")
    put(folder / ".hidden.txt", "H text.")
    (folder / "loop").symlink_to(folder)
    assert import_files(empty, [folder]).articles == 2
    assert empty.log()[0].title == "Import 2 files"


@pytest.mark.allow_warnings
def test_a_reader_that_breaks_down_stops_no_other_file(
    empty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsdesk.formats import text

    def break_down(raw: bytes, encoding: str | None) -> Any:
        if raw == b"Bad.":
            raise ZeroDivisionError("secret words")
        return real(raw, encoding)

    real = text.decode
    monkeypatch.setattr(text, "decode", break_down)
    paths = [put(tmp_path / "a.txt", "Bad."), put(tmp_path / "b.txt", "Good.")]
    with pytest.raises(ImportRefused, match=r"a.txt: the reader of text broke down"):
        import_files(empty, paths)
    report = import_files(empty, paths, partial=True)
    assert (report.articles, report.problem_count) == (1, 1)


def test_the_log_says_nothing_of_what_was_read(
    empty: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import_files(empty, [put(tmp_path / "a.txt", "CANARY sings.")])
    with pytest.raises(ImportRefused):
        import_files(empty, [put(tmp_path / "a.jsonl", broken_dataset())])
    assert "CANARY" not in caplog.text
    assert "Ada" not in caplog.text


# Progress and cancelling


def test_progress_counts_bytes_to_the_end(empty: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", written(small(), "jsonl"))
    heard: list[tuple[int, int]] = []
    import_files(empty, [path], progress=lambda done, total: heard.append((done, total)))
    size = path.stat().st_size
    assert heard[-1] == (size, size)
    assert heard == sorted(heard)
    assert {total for _, total in heard} == {size}


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_what_progress_raises_cancels_all(empty: Desk, tmp_path: Path, name: str) -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        if done >= total / 2:
            raise Cancelled

    path = put(tmp_path / f"a.{name}", written(small(), name))
    with pytest.raises(Cancelled):
        import_files(empty, [path], progress=cancel)
    assert everything(empty) == {}
    assert import_files(empty, [path]).articles == 2


# Paste


def test_a_pasted_text_is_an_article(empty: Desk) -> None:
    report = import_text(empty, "date 2024-01-02 Só is here. It stays.", outlet="The Times")
    (article,) = empty.find(Article)
    assert report.article_ids == [article.id]
    assert (article.title, article.published, article.format) == (
        "Só is here",
        "2024-01-02",
        "paste",
    )
    assert article.outlet == empty.find(Source)[0].id
    assert empty.log()[0].title.startswith("Import ")


def test_a_paste_takes_what_the_editor_says(empty: Desk) -> None:
    import_text(empty, "Body.", title="Mine", published="2020-01-01", language="is")
    (article,) = empty.find(Article)
    assert (article.title, article.published, article.language) == ("Mine", "2020-01-01", "is")


def test_a_paste_of_a_known_text_is_skipped_or_added(empty: Desk) -> None:
    import_text(empty, "Body.")
    report = import_text(empty, "Body.\r\n".rstrip())
    assert (report.articles, report.skipped) == (0, 1)
    assert report.duplicates[0].known_title == "Body"
    assert import_text(empty, "Body.", duplicates="add").articles == 1


def test_an_empty_paste_is_refused(empty: Desk) -> None:
    with pytest.raises(NewsdeskError, match="no text to import"):
        import_text(empty, " \n\ufeff")


# Preview


def test_a_preview_shows_what_would_be_stored(empty: Desk, tmp_path: Path) -> None:
    raw = "date 2024-01-02 L’été à Besançon fut très chaud.\n\nLà-bas, où ?\n \nFin."
    path = put(tmp_path / "a.txt", raw.encode("cp1252"))
    found = preview(path, desk=empty)
    (shown,) = found.articles
    assert (found.name, found.format, found.encoding) == ("a.txt", "text", "cp1252")
    assert found.encoding_guessed
    assert shown.guessed == {"title", "encoding"}
    assert (shown.paragraphs, shown.known) == (3, None)
    assert shown.article.published == "2024-01-02"
    assert empty.count(Article) == 0
    report = import_files(empty, [path])
    assert [one.field for one in report.remarks] == ["encoding"]
    assert preview(path, desk=empty).articles[0].known == "L’été à Besançon fut très chaud"
    assert not preview(path, encoding="cp1252").encoding_guessed


def test_a_preview_of_a_dataset_counts_and_names(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", broken_dataset())
    found = preview(path, desk=desk)
    assert (found.format, found.complete, found.problem_count) == ("jsonl", True, 2)
    assert [label.name for label in found.labels] == ["HEDGE"]
    assert found.annotations == 3
    assert len(found.articles) == 1
    short = preview(put(tmp_path / "b.jsonl", written(small(), "jsonl")), articles=1)
    assert (len(short.articles), short.complete) == (1, False)


def test_a_preview_of_bytes_and_of_nothing(tmp_path: Path) -> None:
    assert preview("Só.".encode()).articles[0].article.text == "Só."
    for wrong in (b"", b"%PDF-1.7", tmp_path / "none.txt"):
        found = preview(wrong)
        assert (found.articles, found.problem_count) == ([], 1)


def test_what_was_exported_in_between_comes_back(empty: Desk, tmp_path: Path) -> None:
    import_files(empty, [put(tmp_path / "a.json", written(small(), "json"))])
    export(empty, tmp_path / "b.jsonl", "jsonl", with_proposed=True, redact=Redaction.NONE)
    other = create_desk(tmp_path / "other.desk", "Bea")
    import_files(other, [tmp_path / "b.jsonl"])
    assert everything(other) == everything(empty)
    other.close()


def test_what_an_editor_says_stands_for_what_a_file_proposes(desk: Desk, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.jsonl"
    one.write_text("A title\n\nA text of one.")
    two.write_text('{"text": "First of two."}\n{"text": "Second of two."}\n')
    said = {
        one: {
            "title": " Mine ",
            "published": "2024-05-06",
            "byline": "Ida",
            "outlet": "The Berth",
            "language": "nb",
            "url": "https://berth.example/1",
        },
        two: {"outlet": "The Berth", "language": "de"},
    }
    import_files(desk, [one, two], fields=said)
    (mine,) = desk.find(Article, title="Mine")
    assert (mine.published, mine.byline, mine.language) == ("2024-05-06", "Ida", "nb")
    assert mine.url == "https://berth.example/1" and mine.outlet is not None
    german = desk.find(Article, language="de")
    assert len(german) == 2 and {each.outlet for each in german} == {mine.outlet}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "needs a title"),
        ({"language": ""}, "needs a language"),
        ({"published": "soon"}, "no date"),
        ({"colour": "red"}, "colour is nothing"),
    ],
)
def test_what_can_t_be_said_is_refused(
    desk: Desk, tmp_path: Path, fields: dict[str, str], said: str
) -> None:
    path = tmp_path / "one.txt"
    path.write_text("A text.")
    with pytest.raises(NewsdeskError, match=said):
        import_files(desk, [path], fields={path: fields})
    assert desk.count(Article) == 0
