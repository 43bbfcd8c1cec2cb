"""Datasets of a desk: what is chosen, cut and written; that it is the same, and comes back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.desk import create_desk
from newsdesk.desk.annotating import annotate
from newsdesk.desk.articles import add_article
from newsdesk.desk.attributing import mark_quote
from newsdesk.desk.dataset_checking import Fault, verify_dataset
from newsdesk.desk.dataset_chunks import chunked, pieces
from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.datasets import export_chosen, write_dataset
from newsdesk.desk.finding import save_search, saved_search
from newsdesk.desk.importing import import_files
from newsdesk.desk.sample import build_sample_desk
from newsdesk.formats.format import Bundle, Losses
from newsdesk.model import (
    Annotation,
    AnnotationFilter,
    Article,
    ArticleFilter,
    Attribution,
    NewsdeskError,
    Span,
    Status,
    new_article,
    quote_of,
)
from newsdesk.model.splitting import Chunk, SplitBy
from newsdesk.provenance.redaction import Redaction
from tests.formats.samples import small, written


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("desk") / "s.desk"


@pytest.fixture(scope="module")
def sample(place):
    desk = build_sample_desk(place, "Ann")
    yield desk
    desk.close()


def lines(path: Path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]


def articles_in(path: Path):
    return [line for line in lines(path) if line["type"] == "article"]


def test_a_dataset_is_a_folder_with_sides_datasheet_and_manifest(sample, tmp_path):
    out, steps = tmp_path / "set", []
    options = DatasetOptions(split=(60, 20, 20), seed=7)
    report = write_dataset(sample, out, "jsonl", options, lambda *step: steps.append(step))
    names = {"train.jsonl", "dev.jsonl", "test.jsonl", "articles.csv", "datasheet.md"}
    assert {path.name for path in out.iterdir()} == names | {"manifest.json"}
    assert report.files == sorted(names | {"manifest.json"})
    assert report.articles == 12 and report.annotations == sample.count(Annotation)
    sides = {name: articles_in(out / f"{name}.jsonl") for name in ("train", "dev", "test")}
    ids = [one["id"] for each in sides.values() for one in each]
    assert sorted(ids) == sorted(one.id for one in sample.find(Article))
    rows = (out / "articles.csv").read_text().splitlines()[1:]
    assert {row.split(",")[0]: row.split(",")[1] for row in rows} == {
        one["id"]: name for name, each in sides.items() for one in each
    }
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["options"]["seed"] == 7 and manifest["query"] == {"type": "articles"}
    assert manifest["desk"]["sha256"] == sample.log(limit=1)[0].hash
    assert manifest["sides"]["train"]["articles"] == len(sides["train"])
    sheet = (out / "datasheet.md").read_text("utf-8")
    assert "| PERSON | entity | 82 |" in sheet and "| Albion Wire | 2 |" in sheet
    assert "annotator 1 | 895" in sheet and "seed 7" in sheet
    assert verify_dataset(out) == (5, [])


def test_the_same_desk_and_options_give_the_same_bytes_in_any_process(sample, place, tmp_path):
    code = (
        "import sys\n"
        "from newsdesk.desk import open_desk\n"
        "from newsdesk.desk.datasets import write_dataset\n"
        "from newsdesk.desk.dataset_options import DatasetOptions\n"
        "from newsdesk.model.splitting import Chunk\n"
        "desk = open_desk(sys.argv[1], 'Ann')\n"
        "options = DatasetOptions(split=(7, 3), chunk=Chunk.PARAGRAPH, seed=2)\n"
        "write_dataset(desk, sys.argv[2], 'conllu', options)\n"
        "desk.close()\n"
    )
    for number, seed in (("1", "1"), ("2", "77")):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        arguments = [sys.executable, "-c", code, str(place), str(tmp_path / number)]
        subprocess.run(arguments, check=True, env=environment, timeout=60)
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / number).iterdir()}
        for number in ("1", "2")
    )
    assert one == other and len(one) == 5


def test_a_choice_of_annotations_says_what_it_leaves_out(desk, article, tmp_path):
    accepted = annotate(desk, article, desk.label("PERSON"), [(0, 12)])
    annotate(desk, article, desk.label("ORG"), [(54, 59)])
    annotate(desk, article, desk.label("PERSON"), [(76, 79)], status=Status.PROPOSED)
    bare = add_article(desk, new_article("Nothing here.", title="Bare"))
    wanted = AnnotationFilter(labels=("PERSON",))
    report = write_dataset(desk, tmp_path / "a", "jsonl", DatasetOptions(wanted=wanted))
    (only,) = articles_in(tmp_path / "a" / "data.jsonl")
    assert [one["id"] for one in only["annotations"]] == [accepted.id]
    assert report.left_out == {
        "articles in which nothing is marked": 1,
        "proposed annotations": 1,
    }
    more = DatasetOptions(wanted=wanted, with_proposed=True, with_unmarked=True)
    report = write_dataset(desk, tmp_path / "b", "jsonl", more)
    found = articles_in(tmp_path / "b" / "data.jsonl")
    assert {one["id"] for one in found} == {article.id, bare.id}
    assert report.annotations == 2 and report.left_out == {}
    reviewed = DatasetOptions(wanted=ArticleFilter(words="zebra"))
    with pytest.raises(NewsdeskError, match="nothing was written"):
        write_dataset(desk, tmp_path / "c", "jsonl", reviewed)
    assert not (tmp_path / "c").exists()


def test_what_refers_to_a_mark_that_was_not_chosen_is_cut_and_told(desk, article, tmp_path):
    quote = mark_quote(desk, article, [(20, 50)], speaker=Span(0, 12), cue=Span(13, 17))
    wanted = AnnotationFilter(labels=("QUOTE", "CUE"))
    save_search(desk, "said", wanted)
    options = DatasetOptions(wanted=saved_search(desk, "said").filter, saved="said")
    report = export_chosen(desk, tmp_path / "a.jsonl", "jsonl", options)
    (only,) = articles_in(tmp_path / "a.jsonl")
    assert {one["label"] for one in only["annotations"]} == {"QUOTE", "CUE"}
    (tie,) = only["attributions"]
    assert tie["content"] == quote.id and tie["source_mention"] is None and tie["cue"]
    assert [one.what.split()[1] for one in report.losses] == ["source_mention"]
    with pytest.raises(NewsdeskError, match="folder"):
        export_chosen(desk, tmp_path / "b", "jsonl", DatasetOptions(split=(1, 1)))


def test_a_datasheet_holds_no_markup_of_the_desk_and_no_name_of_who_annotated(desk, tmp_path):
    article = add_article(desk, new_article("Ada left."), "The <b>|*Times*")
    annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    write_dataset(desk, tmp_path / "a", "csv")
    sheet = (tmp_path / "a" / "datasheet.md").read_text("utf-8")
    assert "| The \\<b\\>\\|\\*Times\\* | 1 |" in sheet
    assert "Ann " not in sheet and "annotator 1 | 1" in sheet


def test_a_cancelled_dataset_leaves_nothing(sample, tmp_path):
    class Stop(Exception):
        pass

    def stop(done, total):
        raise Stop

    sides = DatasetOptions(split=(1, 1))
    with pytest.MonkeyPatch.context() as patched, pytest.raises(Stop):
        patched.setattr("newsdesk.desk.datasets.datasheet", lambda *_: stop(1, 1))
        write_dataset(sample, tmp_path / "a", "jsonl", sides, stop)
    assert list(tmp_path.iterdir()) == []


def test_every_format_that_writes_makes_a_dataset(sample, tmp_path):
    from newsdesk.formats import known_formats

    for each in known_formats():
        if each.write is not None:
            out = tmp_path / each.name
            options = DatasetOptions(split=(1, 1), split_by=SplitBy.DATE)
            write_dataset(sample, out, each.name, options)
            assert verify_dataset(out)[1] == [], each.name
            assert {path.name.split(".")[0] for path in out.iterdir()} == {
                *("train", "test"),
                *("articles", "datasheet", "manifest"),
            }


def test_a_desk_that_changes_meanwhile_is_written_anew(desk, article, tmp_path):
    annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    changes = iter([5])

    def sheet(*_):
        for start in changes:
            annotate(desk, article, desk.label("ORG"), [(start, start + 3)])
        return "x"

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("newsdesk.desk.datasets.datasheet", sheet)
        assert write_dataset(desk, tmp_path / "a", "csv").annotations == 2
        changes = iter(range(20, 40))
        patched.setattr("newsdesk.desk.datasets.datasheet", lambda *_: _one_more(desk, article))
        with pytest.raises(NewsdeskError, match="changed while"):
            write_dataset(desk, tmp_path / "b", "csv")
    assert not (tmp_path / "b").exists()


def _one_more(desk, article):
    with desk.change("One more"):
        desk.put(new_article("More."))
    return "x"


def test_ids_from_outside_are_no_formulas(desk, tmp_path):
    article = add_article(desk, new_article("Ada left.", id='=1+"2",3'))
    annotate(desk, article, desk.label("PERSON"), [(0, 3)])
    write_dataset(desk, tmp_path / "a", "csv")
    rows = (tmp_path / "a" / "articles.csv").read_text().splitlines()
    assert rows[1] == """\"'=1+""2"",3\",data,"""


def test_what_can_not_be_written_is_said(desk, tmp_path):
    with pytest.raises(NewsdeskError, match="can be read, not written"):
        write_dataset(desk, tmp_path / "a", "pdf")


# Pieces


def test_a_record_of_every_kind_goes_with_pieces_or_is_told_as_lost(tmp_path):
    (tmp_path / "in.jsonl").write_bytes(written(small(), "jsonl"))
    desk = create_desk(tmp_path / "a.desk", "Ann")
    import_files(desk, [tmp_path / "in.jsonl"])
    options = DatasetOptions(chunk=Chunk.SENTENCE, with_unmarked=True, redact=Redaction.NONE)
    report = export_chosen(desk, tmp_path / "out.jsonl", "jsonl", options)
    found = lines(tmp_path / "out.jsonl")
    whole = {one.id for one in desk.find(Article)}
    assert not whole & {one["id"] for one in found}
    assert all(one.get("article") is None for one in found if one["type"] == "evidence")
    ids = {one["id"] for one in found} | {
        each["id"] for one in articles_in(tmp_path / "out.jsonl") for each in one["annotations"]
    }
    for one in found:
        if one["type"] == "link":
            assert {one["from"], one["to"]} <= ids
    assert any("cut into pieces" in one.what for one in report.losses)
    desk.close()


def test_no_piece_cuts_a_mark():
    text = "One. Two is 2.\n\n  Three 😀 goes on. \nFour."
    assert [one.of(text) for one in pieces(text, Chunk.PARAGRAPH, [])] == [
        *("One. Two is 2.", "Three 😀 goes on.", "Four."),
    ]
    assert [one.of(text) for one in pieces(text, Chunk.SENTENCE, [])] == [
        *("One.", "Two is 2.", "Three 😀 goes on.", "Four."),
    ]
    across = [Span(text.index("2"), text.index("Three") + 5)]
    assert [one.of(text) for one in pieces(text, Chunk.PARAGRAPH, across)] == [
        *("One. Two is 2.\n\n  Three 😀 goes on.", "Four."),
    ]
    assert pieces(" \n ", Chunk.SENTENCE, []) == ()


@st.composite
def marked(draw):
    signs = st.sampled_from(
        [*"ab. ", "\n", "\n\n", "😀", "e\u0301", ". A", "?”", "\u2003", "\ufffd"]
    )
    article = new_article("".join(draw(st.lists(signs, min_size=2, max_size=60))) + "x")
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        at = sorted(draw(st.sets(st.integers(0, len(article.text)), min_size=2, max_size=6)))
        at = at[: len(at) // 2 * 2]
        spans = tuple(Span(*pair) for pair in zip(at[::2], at[1::2], strict=True))
        quote = quote_of(article.text, spans)
        marks.append(Annotation(article=article.id, spans=spans, label="l", quote=quote))
    marks.sort(key=lambda mark: (mark.start, mark.id))
    ties = [Attribution(content=one.id, cue=marks[0].id) for one in marks[1:]]
    return Bundle(article=article, annotations=tuple(marks), attributions=tuple(ties))


@given(marked(), st.sampled_from(Chunk))
def test_each_mark_is_in_one_piece_with_its_very_words(bundle, by):
    found = list(chunked(bundle, by, Losses()))
    ids = [mark.id for piece in found for mark in piece.annotations]
    assert sorted(ids) == sorted(mark.id for mark in bundle.annotations)
    assert sum(len(piece.attributions) for piece in found) == len(bundle.attributions)
    for piece in found:
        where = piece.article.extra["chunk"]
        assert bundle.article.text[where["start"] : where["end"]] == piece.article.text
        for mark in piece.annotations:
            assert quote_of(piece.article.text, mark.spans) == mark.quote


@pytest.mark.parametrize("name", ["jsonl", "doccano", "brat"])
@pytest.mark.parametrize("by", Chunk)
def test_pieces_come_back_onto_their_article(tmp_path, name, by):
    desk = build_sample_desk(tmp_path / "a.desk", "Ann")
    marks = {one.id: one for one in desk.find(Annotation)}
    ties = {one.id: one for one in desk.find(Attribution)}
    write_dataset(desk, tmp_path / "out", name, DatasetOptions(chunk=by, redact=Redaction.NONE))
    data = next(path for path in (tmp_path / "out").iterdir() if path.stem == "data")
    report = import_files(desk, [data])
    assert (report.articles, report.annotations, report.conflict_count) == (0, 0, 0)
    deleted = list(marks.values())[:300]
    with desk.change("Delete"):
        gone = [
            tie
            for tie in ties.values()
            if {tie.content, tie.cue, tie.source_mention} & {one.id for one in deleted}
        ]
        desk.drop_all(gone)
        desk.drop_all(deleted)
    report = import_files(desk, [data])
    assert report.articles == 0 and report.annotations == 300
    assert {one.id: one for one in desk.find(Annotation)} == marks
    assert {one.id: one for one in desk.find(Attribution)} == ties
    desk.close()


def test_a_piece_of_an_article_that_is_not_there_comes_in_as_it_is(sample, tmp_path):
    write_dataset(sample, tmp_path / "out", "jsonl", DatasetOptions(chunk=Chunk.PARAGRAPH))
    other = create_desk(tmp_path / "b.desk", "Bo")
    report = import_files(other, [tmp_path / "out" / "data.jsonl"])
    assert report.articles == 105 and report.annotations == 895
    other.close()


# Checking


def test_files_that_were_changed_lost_or_added_are_named(sample, tmp_path):
    out = tmp_path / "out"
    write_dataset(sample, out, "csv", DatasetOptions(split=(1, 1)))
    (out / "train.csv").write_bytes((out / "train.csv").read_bytes().replace(b"Ada", b"Eva", 1))
    with (out / "train.csv").open("ab") as file:
        file.write(b" ")
    (out / "test.csv").unlink()
    (out / "more.txt").write_text("x")
    assert verify_dataset(out) == (
        4,
        [
            Fault("test.csv", "it is missing"),
            Fault("train.csv", "it is not what was written"),
            Fault("more.txt", "the manifest does not list it"),
        ],
    )


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"\xff", b'{"format": "newsdesk.manifest", "version": 2, "files": []}'),
        b'{"format": "newsdesk.manifest", "version": 1, "files": [{"path": "../a", "bytes": 1, '
        b'"sha256": ""}]}',
        b'{"format": "newsdesk.manifest", "version": 1, "files": [{"path": "/etc/passwd", '
        b'"bytes": 1, "sha256": ""}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_said(tmp_path, content):
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(NewsdeskError, match="Nothing was checked"):
        verify_dataset(tmp_path)


def test_a_folder_without_a_manifest_is_said(tmp_path):
    with pytest.raises(NewsdeskError, match=r"no manifest\.json"):
        verify_dataset(tmp_path)
