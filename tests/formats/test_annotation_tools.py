"""doccano, Prodigy, Label Studio and spaCy's DocBin as those tools write and read them."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.formats import choose, format_named
from newsdesk.formats.doccano import UNIT
from newsdesk.formats.format import Bundle, Part
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.formats.label_studio import FIELD
from newsdesk.formats.targets import target_at
from newsdesk.model import Layer, Link, LinkKind, Status, new_article, replace
from tests.formats.foreign_samples import FORMATS, bundles_in, labels_in, read, written
from tests.formats.returning import export
from tests.formats.samples import LABELS, Given, mark, problems, records, small

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "interop"
official = pytest.mark.skipif(not SHARED.exists(), reason="the official samples are not here")
FIREMEN = "👨🏻\u200d🚒 firemen drive firetrucks"


def line(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def quotes(items: list[Any]) -> list[tuple[str, str]]:
    names = {label.id: label.name for label in (*LABELS, *labels_in(items))}
    return [(names[m.label], m.quote) for b in bundles_in(items) for m in b.annotations]


@official
@pytest.mark.parametrize(
    ("path", "name", "articles", "marks", "faults"),
    [
        ("doccano/relation_extraction.jsonl", "doccano", 1, 4, 0),
        ("doccano/sequence_labeling.jsonl", "doccano", 2, 1, 1),
        ("doccano/sequence_labeling_overlapping.jsonl", "doccano", 1, 2, 0),
        ("doccano/text_classification.jsonl", "doccano", 3, 0, 0),
        ("label-studio/predictions_relations.json", "label-studio", 1, 4, 1),
        ("label-studio/export_choices.json", "label-studio", 1, 0, 0),
        ("prodigy/ner_manual.jsonl", "prodigy", 5, 7, 0),
    ],
)
def test_the_tools_own_files_are_known_and_read(
    path: str, name: str, articles: int, marks: int, faults: int
) -> None:
    source = FileInput(SHARED / path)
    assert choose(source).name == name
    items = read((SHARED / path).read_bytes(), name, path)
    assert len(bundles_in(items)) == articles
    assert len(quotes(items)) == marks
    assert len([one for one in problems(items) if one.blocks]) == faults


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_newsdesk_writes_is_known_by_its_first_bytes(name: str) -> None:
    text = "A long text. " * 1_000
    article = new_article(text, title="Long")
    dataset = Given(
        labels=LABELS,
        bundles=[Bundle(article=article, annotations=(mark(article, "PERSON", (0, 1)),))],
    )
    content, _ = written(dataset, name)
    suffix = FORMATS[name].suffixes[0]
    assert choose(BytesInput(content, f"x{suffix}")).name == name
    assert format_named(name) is FORMATS[name]


# doccano


def test_doccano_relations_become_attributions_links_or_are_kept_aside() -> None:
    text = "Ada said it works. She left."
    entities = [
        {"id": 7, "label": "QUOTE", "start_offset": 9, "end_offset": 17},
        {"id": 8, "label": "PERSON", "start_offset": 0, "end_offset": 3},
        {"id": 9, "label": "CUE", "start_offset": 4, "end_offset": 8},
        {"id": 10, "label": "PERSON", "start_offset": 19, "end_offset": 22},
    ]
    pairs = [(7, 8, "speaker"), (7, 9, "cue"), (10, 8, "coref"), (8, 10, "knows")]
    relations = [{"from_id": a, "to_id": b, "type": word} for a, b, word in pairs]
    content = line(id=1, text=text, entities=entities, relations=relations, Comments=[])
    items = read(content, "doccano", labels=LABELS)
    assert [str(one) for one in problems(items)] == [
        "f, line 1, 1: the relation “knows” is no kind that Newsdesk knows: it is kept aside"
    ]
    (bundle,) = bundles_in(items)
    (tie,) = bundle.attributions
    by_id = {one.id: one.quote for one in bundle.annotations}
    assert [by_id[tie.content], by_id[tie.source_mention or ""], by_id[tie.cue or ""]] == [
        "it works",
        "Ada",
        "said",
    ]
    (link,) = [one for one in records(items) if isinstance(one, Link)]
    assert (link.kind, by_id[link.from_id]) == (LinkKind.COREFERENCE, "She")
    dataset = Given(labels=LABELS, bundles=[bundle], tied=[link])
    words = [one["type"] for one in json.loads(written(dataset, "doccano")[0])["relations"]]
    assert sorted(words) == ["coreference", "cue", "knows", "source"]


def test_what_was_done_in_doccano_counts() -> None:
    """A mark deleted, a relation taken away, a mark added: not what Newsdesk had written."""
    dataset = small()
    first, second = written(dataset, "doccano")[0].splitlines()
    found = json.loads(second)
    found["entities"] = [one for one in found["entities"] if one["label"] != "CLAIM"]
    found["entities"].append({"id": 99, "label": "ORG", "start_offset": 42, "end_offset": 51})
    found["relations"] = [one for one in found["relations"] if one["type"] != "cue"]
    items = read(first + b"\n" + line(**found), "doccano", labels=dataset.labels)
    assert problems(items) == []
    bundle = bundles_in(items)[1]
    was = dataset.bundles[1]
    assert bundle.annotations[:3] == was.annotations[:3]
    assert [one.quote for one in bundle.annotations[3:]] == ["The Times"]
    assert bundle.attributions[0].cue is None
    assert bundle.attributions[0].source_mention == was.attributions[0].source_mention


def test_a_text_that_was_changed_elsewhere_is_a_new_article() -> None:
    content = written(small(), "doccano")[0].replace(b"The Times had", b"The Tomes had")
    items = read(content, "doccano", labels=small().labels)
    (problem,) = problems(items)
    assert "the text was changed elsewhere" in problem.message
    assert not problem.blocks
    assert [len(one.annotations) for one in bundles_in(items)] == [0, 4]


def test_doccano_without_relations_is_written_as_plain_spans() -> None:
    article = new_article("Ada left.")
    bundle = Bundle(article=article, annotations=(mark(article, "PERSON", (0, 3)),))
    content, _ = written(Given(labels=LABELS, bundles=[bundle]), "doccano")
    assert json.loads(content)["label"] == [[0, 3, "PERSON"]]


@pytest.mark.parametrize(
    ("span", "options", "quote", "said"),
    [
        ((19, 29), {}, "firetrucks", ""),
        ((22, 32), {}, "firetrucks", "they count UTF-16 units, and were converted"),
        ((8, 15), {}, "emen dr", "look like UTF-16 units"),
        ((8, 15), {UNIT: "utf-16"}, "firemen", ""),
    ],
)
def test_doccano_offsets_in_utf16_are_noticed(
    span: tuple[int, int], options: dict[str, str], quote: str, said: str
) -> None:
    items = read(line(text=FIREMEN, label=[[*span, "X"]]), "doccano", options=options)
    assert quotes(items) == [("X", quote)]
    assert [said in one.message and not one.blocks for one in problems(items)] == [True] * bool(
        said
    )


def test_what_doccano_keeps_comes_out_again() -> None:
    content = line(id=5, text="Ada left.", label=[[0, 3, "P"], "news"], meta={"title": "T", "a": 1})
    (bundle,) = bundles_in(read(content, "doccano"))
    assert bundle.article.title == "T"
    assert "title" in bundle.guessed
    labels = tuple(labels_in(read(content, "doccano")))
    again = json.loads(written(Given(labels=labels, bundles=[bundle]), "doccano")[0])
    assert (again["id"], again["meta"]) == (5, {"title": "T", "a": 1})
    assert again["label"] == [[0, 3, "P"], "news"]


# Prodigy


@pytest.mark.parametrize(
    ("answer", "status"),
    [("accept", "accepted"), ("reject", "rejected"), ("ignore", "proposed"), (None, "proposed")],
)
def test_prodigys_answer_decides_about_the_spans(answer: str | None, status: str) -> None:
    span = {"start": 0, "end": 3, "label": "PERSON", "score": 0.5, "source": "en_core"}
    items = read(line(text="Ada left.", spans=[span], answer=answer), "prodigy", labels=LABELS)
    assert problems(items) == []
    (found,) = bundles_in(items)[0].annotations
    assert (found.status, found.confidence, found.origin) == (status, 0.5, "en_core")


def test_prodigys_relations_lead_to_tokens_or_spans() -> None:
    tokens = [
        {"text": t, "start": s, "end": s + len(t), "id": n}
        for n, (t, s) in enumerate([("Ada", 0), ("said", 4), ("it", 9), ("works", 12)])
    ]
    spans = [{"start": 0, "end": 3, "label": "SOURCE"}, {"start": 9, "end": 17, "label": "QUOTE"}]
    for ends in (
        {"head": 3, "child": 0},
        {"head": 0, "head_span": spans[1], "child_span": spans[0]},
    ):
        task = line(
            text="Ada said it works",
            tokens=tokens,
            spans=spans,
            answer="accept",
            relations=[{**ends, "label": "source"}],
        )
        items = read(task, "prodigy", labels=LABELS)
        assert problems(items) == []
        assert len(bundles_in(items)[0].attributions) == 1
    broken = line(text="Ada", spans=[], relations=[{"head": 1, "child": 9, "label": "x"}])
    assert "leads to no span" in problems(read(broken, "prodigy"))[0].message


def test_tokens_are_cut_where_a_mark_cuts_a_word() -> None:
    article = new_article("Adas engine  works")
    marks = (mark(article, "PERSON", (0, 3)), mark(article, "ORG", (11, 14)))
    dataset = Given(labels=LABELS, bundles=[Bundle(article=article, annotations=marks)])
    task = json.loads(written(dataset, "prodigy")[0])
    words = [token["text"] for token in task["tokens"]]
    assert words == ["Ada", "s", "engine", " ", "w", "orks"]
    assert "".join(t["text"] + " " * t["ws"] for t in task["tokens"][:3]) == "Adas engine "[:-1]
    for span in task["spans"]:
        first, last = (task["tokens"][span[key]] for key in ("token_start", "token_end"))
        assert (first["start"], last["end"]) == (span["start"], span["end"])


# Label Studio


def region(start: Any, end: Any, words: str | None, label: str = "X", **more: Any) -> Any:
    value = {"start": start, "end": end, "labels": [label]}
    if words is not None:
        value["text"] = words
    return {
        "id": f"r{start}",
        "type": "labels",
        "from_name": "l",
        "to_name": "t",
        "value": value,
        **more,
    }


def task(*regions: Any, text: str = FIREMEN, **more: Any) -> bytes:
    done = {"result": list(regions), "was_cancelled": False}
    return json.dumps([{"id": 4, "data": {"text": text}, "annotations": [done], **more}]).encode()


@pytest.mark.parametrize(("start", "end"), [(19, 29), (22, 32), ("22", "32")])
def test_label_studios_unit_is_known_by_the_quoted_words(start: Any, end: Any) -> None:
    items = read(task(region(start, end, "firetrucks")), "label-studio")
    assert quotes(items) == [("X", "firetrucks")]
    told = [one.message for one in problems(items)]
    assert told == (
        []
        if start == 19
        else ["the offsets count UTF-16 units, as the quoted words show; they were converted"]
    )


def test_words_that_stand_nowhere_are_a_fault() -> None:
    (problem,) = problems(read(task(region(3, 10, "nothing")), "label-studio"))
    assert problem.blocks
    assert "the file quotes “nothing”" in problem.message
    assert problem.record == "mark a1r3 (X 3–10)"


def test_predictions_are_proposed_unless_people_have_decided() -> None:
    predicted = {"model_version": "v7", "score": 0.25, "result": [region(5, 12, "firemen")]}
    found = json.loads(task())[0] | {"annotations": [], "predictions": [predicted]}
    (one,) = bundles_in(read(json.dumps([found]).encode(), "label-studio"))[0].annotations
    assert (one.status, one.origin, one.confidence) == (Status.PROPOSED, "v7", 0.25)
    decided = task(region(19, 29, "firetrucks"), predictions=[predicted])
    assert quotes(read(decided, "label-studio")) == [("X", "firetrucks")]


def test_a_tasks_text_may_stand_under_another_key() -> None:
    found = json.loads(task(region(0, 3, "Ada")))
    found[0]["data"] = {"url": "https://example.org/a", "body": "Ada left."}
    content = json.dumps(found).encode()
    assert quotes(read(content, "label-studio", options={FIELD: "body"})) == [("X", "Ada")]


def test_label_studios_interface_names_every_label() -> None:
    files, losses = export(format_named("label-studio-setup"), small())
    found = ElementTree.fromstring(files[""])
    assert [one.get("value") for one in found.iter("Label")] == [label.name for label in LABELS]
    assert [one.get("value") for one in found.iter("Relation")] == ["source", "cue", "fragment"]
    assert losses.counts[Part.ANNOTATIONS] == 2


@pytest.mark.parametrize("begun", [False, True])
def test_proposals_outlive_an_export_that_names_them_by_number(begun: bool) -> None:
    """Label Studio 1.23 exports no predictions, only their numbers."""
    dataset = small()
    bundle = dataset.bundles[1]
    tied = replace(bundle.annotations[1], status=Status.PROPOSED)
    marks = (bundle.annotations[0], tied, *bundle.annotations[2:])
    given = Bundle(article=bundle.article, annotations=marks, attributions=bundle.attributions)
    dataset.bundles = [given]
    (task,) = json.loads(written(dataset, "label-studio")[0])
    task["predictions"] = [7]
    task["annotations"][0]["parent_prediction"] = 7 if begun else None
    items = read(json.dumps([task]).encode(), "label-studio", labels=dataset.labels)
    assert problems(items) == []
    (back,) = bundles_in(items)
    kept = [one for one in marks if not begun or one.status is Status.ACCEPTED]
    assert back.annotations == tuple(kept)
    assert back.attributions == (() if begun else bundle.attributions)


# DocBin


def test_spacy_reads_what_newsdesk_writes(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    dataset = small()
    form = format_named("docbin")
    assert form.write is not None
    with target_at(tmp_path / "set", folder=True) as target:
        form.write(dataset, target)
    nlp = spacy.blank("en")
    docs = list(DocBin().from_disk(tmp_path / "set" / "00001.spacy").get_docs(nlp.vocab))
    article, marks = dataset.bundles[1].article, dataset.bundles[1].annotations
    assert docs[1].text == article.text
    assert [(one.text, one.label_, one.kb_id_) for one in docs[1].ents] == [
        ("Ada", "PERSON", "Q7259")
    ]
    assert set(docs[1].spans) == {"entity", "cue", "quote", "claim"}
    pieces = [(one.text, one.label_, one.id_) for one in docs[1].spans["quote"]]
    assert pieces == [
        ("It can do", "QUOTE", marks[2].id),
        ("atever we know.", "QUOTE", marks[2].id),
    ]


def test_newsdesk_reads_what_spacy_writes() -> None:
    import spacy
    from spacy.tokens import DocBin, Span

    nlp = spacy.blank("en")
    doc = nlp("Ada 😀 Lovelace  said so in London.")
    doc.set_ents([Span(doc, 0, 3, label="PERSON", kb_id="Q7259"), Span(doc, 7, 8, label="GPE")])
    doc.spans["sc"] = [Span(doc, 4, 5, label="CUE"), Span(doc, 0, 1, label="FIRST", span_id="rule")]
    doc.cats = {"politics": 0.5}
    doc[4].lemma_ = "say"
    content = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "LEMMA"], docs=[doc]).to_bytes()
    items = read(content, "docbin", labels=LABELS)
    assert [str(one) for one in problems(items)] == ["f: LEMMA of the tokens are not kept"]
    (bundle,) = bundles_in(items)
    assert bundle.article.text == doc.text
    assert set(quotes(items)) == {
        *(("PERSON", "Ada 😀 Lovelace"), ("GPE", "London"), ("CUE", "said"), ("FIRST", "Ada"))
    }
    assert bundle.article.extra == {"docbin": {"cats": {"politics": 0.5}}}
    person = next(one for one in records(items) if getattr(one, "kb_id", None))
    assert (person.name, person.kb_id) == ("Ada 😀 Lovelace", "Q7259")
    assert {label.layer for label in labels_in(items)} == {Layer.ENTITY}


@given(
    text=st.text(max_size=30),
    marks=st.lists(st.tuples(st.integers(-1, 31), st.integers(-1, 31), st.sampled_from("ABQ "))),
    related=st.booleans(),
    named=st.booleans(),
)
def test_doccanos_plain_lines_say_the_same_on_the_short_and_the_long_way(
    text: str, marks: list[tuple[int, int, str]], related: bool, named: bool
) -> None:
    said: dict[str, Any] = {"id": 7} if named else {}
    said |= {"text": text, "label": marks}
    if related:
        said |= {"label": [], "relations": [], "Comments": []}
        said["entities"] = [
            {"id": n, "start_offset": start, "end_offset": end, "label": label}
            for n, (start, end, label) in enumerate(marks)
        ]
    # A key that Newsdesk passes over takes the long way.
    short, long = (read(line(**one), "doccano") for one in (said, {**said, "newsdesk": None}))
    assert [timeless(item) for item in short] == [timeless(item) for item in long]


def timeless(item: Any) -> Any:
    """An item without the moment of its import."""
    if not isinstance(item, Bundle):
        return item
    return msgspec.structs.replace(item, article=replace(item.article, imported_at=""))
