"""brat: there and back, its official samples, and files that are wrong."""

import io
import zipfile

import pytest
from hypothesis import given

from newsdesk.formats import choose
from newsdesk.formats.brat import FORMAT
from newsdesk.formats.brat_writing import shown
from newsdesk.formats.format import Bundle, Filed, Item, Part, Reading
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.model import Entity, Label, Layer, Link, Span, Status, new_article
from tests.formats.returning import INTEROP, check_return, datasets, export, reread
from tests.formats.samples import LABELS, Given, mark, problems, records, small


def read(**files: str) -> list[Item]:
    return reread(FORMAT, {name.replace("_", "."): text.encode() for name, text in files.items()})


def only(items: list[Item]) -> Bundle:
    [bundle] = [item for item in items if isinstance(item, Bundle)]
    return bundle


@given(datasets())
def test_everything_returns(dataset: Given) -> None:
    losses = check_return(FORMAT, dataset)
    assert {loss.part for loss in losses.listed} <= {Part.ANNOTATIONS, Part.ATTRIBUTIONS}


def test_every_kind_of_record_returns() -> None:
    assert check_return(FORMAT, small()).count == 0


def test_brat_sees_marks_relations_attributes_notes_and_references() -> None:
    files, _ = export(FORMAT, small())
    [name] = [name for name in files if name.endswith("ada.ann")]
    lines = files[name].decode().split("\n")
    assert "T1\tPERSON 0 3\tAda" in lines
    assert "T3\tQUOTE 13 22;25 40\tIt can do" + " " + "ever we know.”" not in lines
    assert any(line.startswith("T3\tQUOTE 13 22;25 40\t") for line in lines)
    assert "R1\tCue Arg1:T3 Arg2:T2" in lines
    assert "R2\tSource Arg1:T3 Arg2:T1" in lines
    assert "A1\tpolarity T2 affirmed" in lines
    assert "A2\tStatus T3 proposed" in lines
    assert "N1\tReference T1 Wikidata:Q7259\tAda Lovelace" in lines
    assert "#1\tAnnotatorNotes T4\tsee the engine" in lines
    assert b"Status\tArg:<ENTITY>, Value:proposed|rejected" in files["annotation.conf"]
    assert b"PERSON\tbgColor:#" in files["visual.conf"]


def test_the_quoted_words_are_what_brat_checks() -> None:
    files, _ = export(FORMAT, small())
    for name, content in files.items():
        if not name.endswith(".ann"):
            continue
        text = files[name.replace(".ann", ".txt")].decode()
        for line in content.decode().split("\n"):
            if line.startswith("T"):
                _, places, words = line.split("\t")
                spans = [place.split() for place in places.split(" ", 1)[1].split(";")]
                assert words == " ".join(text[int(start) : int(end)] for start, end in spans)


def test_no_fragment_covers_a_line_break_or_a_tab() -> None:
    text = "one\n\n two\tthree\x85"
    assert shown(text, [Span(0, 15)]) == ((0, 3), (5, 9), (10, 15))
    assert shown(text, [Span(3, 5)]) == ()
    article = new_article(text)
    whole, gap = mark(article, "QUOTE", (0, 15)), mark(article, "ORG", (3, 5))
    dataset = Given(labels=LABELS, bundles=[Bundle(article=article, annotations=(whole, gap))])
    losses = check_return(FORMAT, dataset)
    assert [(loss.part, loss.record) for loss in losses.listed] == [(Part.ANNOTATIONS, gap.id)]


def test_what_was_changed_in_brat_counts() -> None:
    dataset = small()
    files, _ = export(FORMAT, dataset)
    [name] = [name for name in files if name.endswith("ada.ann")]
    text = files[name].decode()
    text = text.replace("T1\tPERSON 0 3\tAda", "T9\tORG 4 5\t😀")
    text = text.replace("A2\tStatus T3 proposed\n", "A2\tStatus T3 rejected\n")
    text = text.replace("R1\tCue Arg1:T3 Arg2:T2\n", "").replace("Arg2:T1", "Arg2:T9")
    text = text.replace("N1\tReference T1 Wikidata:Q7259\tAda Lovelace\n", "")
    text = text.replace("AnnotatorNotes T4\tsee the engine", "AnnotatorNotes T4\tseen")
    items = reread(FORMAT, {**files, name: text.encode()})
    [_, bundle] = [item for item in items if isinstance(item, Bundle)]
    assert not problems(items)
    by_label = {one.quote: one for one in bundle.annotations}
    quote = dataset.bundles[1].annotations[2]
    assert by_label["😀"].id not in {one.id for one in dataset.bundles[1].annotations}
    assert by_label[quote.quote].id == quote.id
    assert by_label[quote.quote].status is Status.REJECTED
    assert [one.note for one in bundle.annotations if one.note] == ["seen"]
    kept, new = bundle.attributions
    assert (kept.id, kept.cue, kept.source_mention) == (
        dataset.bundles[1].attributions[0].id,
        None,
        None,
    )
    assert (new.content, new.source_mention) == (quote.id, by_label["😀"].id)


def test_a_text_that_was_changed_outside_loses_its_bag_and_says_so() -> None:
    files, _ = export(FORMAT, small())
    [name] = [name for name in files if name.endswith("ada.txt")]
    items = reread(FORMAT, {**files, name: files[name] + b" More."})
    assert [problem.blocks for problem in problems(items)] == [False]
    assert "no longer the one" in problems(items)[0].message


def test_windows_line_breaks_that_came_later_do_no_harm() -> None:
    article = new_article("one\ntwo\nthree")
    dataset = Given(
        labels=LABELS,
        bundles=[Bundle(article=article, annotations=(mark(article, "ORG", (8, 13)),))],
    )
    files, _ = export(FORMAT, dataset)
    files = {name: content.replace(b"\n", b"\r\n") for name, content in files.items()}
    assert [one.quote for one in only(reread(FORMAT, files)).annotations] == ["three"]
    files["00001.ann"] = b"T1\tORG 10 15\tthree\n"
    assert [one.spans for one in only(reread(FORMAT, files)).annotations] == [((8, 13),)]


def test_a_foreign_folder_brings_labels_entities_links_and_attributions() -> None:
    items = read(
        a_txt="“It works”, said Ada Lovelace of London. She smiled.",
        a_ann="T1\tQuote 1 9\tIt works\nT2\tPerson 17 29\tAda Lovelace\nT3\tCue 12 16\tsaid\n"
        "T4\tPerson 41 44\tShe\nR1\tSource Arg1:T1 Arg2:T2\nR2\tCue Arg1:T1 Arg2:T3\n"
        "*\tAlias T2 T4\nR3\tKnows Arg1:T2 Arg2:T4\nA1\tSure T2\nA2\tTense T3 past\n"
        "N1\tReference T2 Wikidata:Q7259\tAda Lovelace\n#1\tAnnotatorNotes T2\tthe first\n"
        "#2\tAnnotatorNotes T2\tthe second\nE1\tSay:T3 Source:T2 Theme:T1\nA3\tLevel E1 Low\n",
    )
    bundle = only(items)
    labels = {one.name: one.layer for one in records(items) if isinstance(one, Label)}
    assert labels == {"Quote": Layer.QUOTE, "Person": Layer.ENTITY, "Cue": Layer.CUE}
    quote, ada, cue, she = bundle.annotations
    assert (ada.note, ada.attributes) == ("the first\nthe second", {"Sure": True})
    assert cue.attributes == {"Tense": "past"}
    [entity] = [one for one in records(items) if isinstance(one, Entity)]
    assert (entity.id, entity.name, entity.kb_id) == (ada.entity, "Ada Lovelace", "Q7259")
    [link] = [one for one in records(items) if isinstance(one, Link)]
    assert (link.kind, link.from_id, link.to_id) == ("coreference", ada.id, she.id)
    said = {(tie.content, tie.source_mention, tie.cue) for tie in bundle.attributions}
    assert said == {(quote.id, ada.id, cue.id), (cue.id, ada.id, None)}
    assert all(not problem.blocks for problem in problems(items))
    assert len(problems(items)) == 3
    assert records(reread(FORMAT, {"a.txt": b"x"}))[0].text == "x"


def test_the_same_folder_gives_the_same_ids_again() -> None:
    files = {"a.txt": b"Ada", "a.ann": b"T1\tPerson 0 3\tAda\nT2\tPerson 0 3\tAda\n"}
    one, two = (only(reread(FORMAT, files)) for _ in range(2))
    assert [each.id for each in one.annotations] == [each.id for each in two.annotations]
    assert len({each.id for each in one.annotations}) == 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("T1\tPerson 3 8\tLovel", "count UTF-16 units"),
        ("T1\tPerson 5 10\tLovel", "count bytes"),
        ("T1\tPerson 0 2\tAd", "the file quotes “Ad”"),
        ("T1\tPerson 4 99\tx", "lies outside"),
        ("T1\tPerson 3 3\t", "is empty"),
        ("T1 Person 0 3 Ada", "no line of brat's"),
        ("T1\tPerson 0 1\t😀\nT1\tPerson 2 3\tA", "used twice"),
        ("R1\tKnows Arg1:T1 Arg2:T2", "T1, which is not there"),
        ("N1\tReference T1 A:B\tx", "T1, which is not there"),
        ("A1\tSure T1", "T1, which is not there"),
        ("T1\tPerson 99999999999999999999 3\tx", "no line of brat's"),
    ],
)
def test_wrong_lines_are_named_with_their_place(line: str, says: str) -> None:
    items = read(a_txt="😀 Lovelace Ada", a_ann=line + "\n")
    [problem] = problems(items)
    assert says in problem.message
    assert problem.file == "set/a.ann"
    assert problem.line in (1, 2)


def test_files_without_partner_text_or_encoding_are_named() -> None:
    said = [one.message for one in problems(reread(FORMAT, {"a.ann": b"", "b.txt": b"x"}))]
    assert ["no .txt of this name" in one for one in said] == [True]
    [problem] = problems(reread(FORMAT, {"a.txt": b"caf\xe9"}))
    assert "not UTF-8" in problem.message
    [problem] = problems(reread(FORMAT, {"a.txt": b" "}))
    assert "no text" in problem.message
    [problem] = problems(reread(FORMAT, {}))
    assert "no .txt in it" in problem.message
    for companion in (b"", b"{}\n", b'{"format":"newsdesk.companion","version":2}\n', b"\xff"):
        [problem] = problems(reread(FORMAT, {"a.txt": b"x", "newsdesk.jsonl": companion}))
        assert problem.file == "set/newsdesk.jsonl"


def test_a_zip_of_the_folder_is_recognised_and_read() -> None:
    files, _ = export(FORMAT, small())
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(f"news/{name}", content)
    source = BytesInput(held.getvalue(), "set.zip")
    assert FORMAT.read is not None
    items = list(FORMAT.read(source, Reading()))
    assert not problems(items)
    assert len([item for item in items if isinstance(item, Bundle)]) == 2
    assert any(isinstance(item, Filed) for item in items)
    assert FORMAT.recognises(held.getvalue()[:4096])
    assert choose(source).name == "brat"


@pytest.mark.skipif(not INTEROP.is_dir(), reason="the official samples are not here")
def test_the_official_samples_are_read() -> None:
    assert FORMAT.read is not None
    items = list(FORMAT.read(FileInput(INTEROP / "brat"), Reading()))
    assert not [problem for problem in problems(items) if problem.blocks]
    found = {item.article.title[:30]: item for item in items if isinstance(item, Bundle)}
    assert len(found) == 7
    marks = [one for item in found.values() for one in item.annotations]
    lines = [
        line for path in (INTEROP / "brat").glob("*.ann") for line in path.read_text().split("\n")
    ]
    assert len(marks) == sum(line.startswith("T") for line in lines)
    assert any(len(one.spans) == 2 for one in marks)
