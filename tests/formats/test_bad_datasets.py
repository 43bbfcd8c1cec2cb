"""Every fault of a dataset: named with file, line, record and field, and nothing else is lost."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from newsdesk.formats.format import Bundle, Problem
from newsdesk.model import Article, Claim
from tests.formats.samples import problems, read, records, small, written

HEADER = '{"format":"newsdesk.dataset","version":1,"offset_unit":"unicode code point"}'
TEXT = "😀 Ada left. Eve stayed."
LABEL = '{"type":"label","name":"PERSON","layer":"entity"}'


def article(*marks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": "a1", "title": "T", "text": TEXT, "annotations": list(marks), **fields}


def person(**fields: Any) -> dict[str, Any]:
    return {"id": "m1", "label": "PERSON", "spans": [[2, 5]], "text": ["Ada"], **fields}


GOOD = person(id="m0", spans=[[12, 15]], text=["Eve"])


def lines(*objects: dict[str, Any] | str) -> bytes:
    out = [each if isinstance(each, str) else json.dumps(each) for each in objects]
    return "\n".join([HEADER, *out, ""]).encode()


def as_jsonl(found: dict[str, Any]) -> list[Any]:
    return read(lines(LABEL, {"type": "article", **found}), "jsonl", "f.jsonl")


def as_json(found: dict[str, Any]) -> list[Any]:
    top = {
        **json.loads(HEADER),
        "codebook": [{"name": "PERSON", "layer": "entity"}],
        "articles": [found],
    }
    return read(json.dumps(top, indent=1).encode(), "json", "f.json")


ways = pytest.mark.parametrize("way", [as_jsonl, as_json])
Way = Callable[[dict[str, Any]], list[Any]]


@ways
@pytest.mark.parametrize(
    ("mark", "field", "message"),
    [
        (person(spans=[[20, 40]], text=["x"]), "spans", "lies outside the text, which has 23"),
        (person(spans=[[20, 40]], text=None), "spans", "lies outside the text"),
        (person(spans=[[-3, 5]], text=None), "spans", "negative"),
        (person(spans=[[5, 2]], text=None), "spans", "inverted"),
        (person(spans=[[2, 5], [4, 8]], text=None), "spans", "out of order"),
        (person(spans=[[10**30, 10**31]], text=None), "spans", "lies outside"),
        (person(spans=[], text=[]), "spans", "missing"),
        (person(text=["Eve"]), "spans", "the text reads “Ada”, the file quotes “Eve”"),
        (person(text=["A", "da"]), "spans", "1 spans but 2 quoted words"),
        (person(spans=[[3, 6]]), "spans", "the offsets count UTF-16 units"),
        (person(spans=[[5, 8]]), "spans", "the offsets count bytes"),
        (person(label="PRESON"), "label", "“PRESON” is in no codebook"),
        (person(label=""), "label", "missing"),
        (person(layer="quote"), "layer", "PERSON is of the layer entity, not quote"),
        (person(layer="thing"), "layer", "'thing' is none of: entity, quote, claim"),
        (person(status="maybe"), "status", "'maybe' is none of: proposed, accepted, rejected"),
        (person(confidence=1.5), "confidence", "<= 1"),
        (person(confidence="high"), "confidence", "expected float | null, got str"),
        (person(spans=[[2.0, 5]]), "spans[0][0]", "expected int, got float"),
        (person(spans=[[2]]), "spans[0]", "length 2"),
        (person(id=7), "id", "expected str, got int"),
        ({"id": "m1", "spans": [[2, 5]]}, "label", "missing"),
        ({"id": "m1", "label": "PERSON"}, "spans", "missing"),
    ],
)
def test_a_wrong_annotation_is_named_and_left_out_alone(
    way: Way, mark: dict[str, Any], field: str, message: str
) -> None:
    items = way(article(mark, GOOD))
    (problem,) = problems(items)
    assert message in problem.message
    assert problem.field == field
    assert problem.file.startswith("f.json")
    assert problem.record == ("annotation m1" if mark["id"] == "m1" else "annotation #1")
    assert problem.line > 2
    (bundle,) = [item for item in items if isinstance(item, Bundle)]
    assert [mark.id for mark in bundle.annotations] == ["m0"]


def test_in_json_the_line_is_that_of_the_annotation_itself() -> None:
    (problem,) = problems(as_json(article(GOOD, person(text=["Eve"]))))
    top = {
        **json.loads(HEADER),
        "codebook": [{"name": "PERSON", "layer": "entity"}],
        "articles": [article(GOOD, person(text=["Eve"]))],
    }
    shown = json.dumps(top, indent=1).splitlines()
    assert shown[problem.line - 1].strip() == '"id": "m1",'


@ways
@pytest.mark.parametrize(
    ("found", "field", "message"),
    [
        (article(text=""), "text", "there is no text"),
        (article(sha256="0" * 64), "sha256", "differs from its SHA-256"),
        (article(status="done"), "status", "'done' is none of: new, in progress"),
        (article(published="yesterday"), "", "no date: 'yesterday'"),
        (article(supersedes="a1"), "", "can't supersede itself"),
        (article(annotations={}), "annotations", "a list was expected"),
        (article(text=["a"]), "text", "expected str, got array"),
        (article(raw="%%%"), "raw", "base64"),
    ],
)
def test_a_wrong_article_is_named_and_left_out(
    way: Way, found: dict[str, Any], field: str, message: str
) -> None:
    items = way(found)
    (problem,) = problems(items)
    assert (problem.record, problem.field) == ("article a1", field)
    assert message in problem.message
    assert not [record for record in records(items) if isinstance(record, Article)]


@ways
def test_what_hangs_on_an_annotation_that_is_left_out_is_left_out_too(way: Way) -> None:
    tie = {"id": "t1", "content": "m1"}
    found = problems(way(article(person(label="NO"), GOOD, attributions=[tie])))
    assert [problem.record for problem in found] == ["annotation m1", "attribution t1"]
    assert "or was left out" in found[1].message


@ways
def test_an_id_that_stands_twice_in_an_article_is_named(way: Way) -> None:
    (problem,) = problems(way(article(GOOD, {**GOOD, "note": "another"})))
    assert (problem.record, problem.field) == ("annotation m0", "id")
    assert problems(way(article(GOOD, GOOD))) == []


@ways
def test_unknown_keys_are_kept_wherever_they_stand(way: Way) -> None:
    items = way(article(person(hue="red"), x=1, attributions=[{"content": "m1", "y": None}]))
    assert problems(items) == []
    (bundle,) = [item for item in items if isinstance(item, Bundle)]
    assert bundle.article.extra == {"x": 1}
    assert bundle.annotations[0].extra == {"hue": "red"}
    assert bundle.attributions[0].extra == {"y": None}


@ways
def test_a_text_in_another_form_is_made_canonical_and_its_offsets_moved(way: Way) -> None:
    text = "\ufeffOne\r\n😀 Ada\u2028left\x00"
    mark = person(spans=[[8, 11], [12, 16]], text=["Ada", "left"])
    assert (text[8:11], text[12:16]) == ("Ada", "left")
    items = way(article(mark, text=text))
    assert problems(items) == []
    (bundle,) = [item for item in items if isinstance(item, Bundle)]
    assert bundle.article.text == "One\n😀 Ada\nleft\ufffd"
    assert bundle.annotations[0].spans == ((6, 9), (10, 14))
    assert bundle.annotations[0].quote == "Ada … left"


def test_halves_of_surrogate_pairs_are_read_and_replaced() -> None:
    raw = lines(LABEL, '{"type":"article","id":"a","text":"\\ud83d\\ude00 \\ud800!"}')
    items = read(raw, "jsonl")
    assert problems(items) == []
    assert [r.text for r in records(items) if isinstance(r, Article)] == ["😀 \ufffd!"]


def test_a_missing_title_is_proposed_and_missing_ids_are_given() -> None:
    found = {"text": TEXT, "annotations": [{"label": "PERSON", "spans": [[2, 5]]}]}
    (bundle,) = [item for item in as_jsonl(found) if isinstance(item, Bundle)]
    assert bundle.article.title == "😀 Ada left"
    assert bundle.guessed == {"title"}
    assert bundle.annotations[0].quote == "Ada"
    assert bundle.annotations[0].article == bundle.article.id


RECORDS = {
    "entity": {"id": "r", "name": "Ada", "kind": "PERSON"},
    "source": {"id": "r", "description": "Ada", "kind": "named individual"},
    "claim": {"id": "r", "statement": "It works.", "appearances": []},
    "evidence": {"id": "r", "claim": "c", "stance": "supports"},
    "snapshot": {"id": "r", "sha256": "0" * 64, "bytes": ""},
    "review": {"id": "r", "claim": "c", "to_state": "verified", "reviewer": "B", "comment": "ok"},
    "link": {"id": "r", "kind": "repeats", "from": "a", "to": "b"},
    "label": {"id": "r", "name": "X", "layer": "cue"},
}


@pytest.mark.parametrize(
    ("kind", "changed", "field", "message"),
    [
        ("entity", {"name": " "}, "", "needs a name"),
        ("entity", {"aliases": "Ada"}, "aliases", "expected array, got str"),
        ("entity", {"merged_into": "r"}, "", "merged into itself"),
        ("source", {"kind": "spy"}, "kind", "'spy' is none of: named individual"),
        ("source", {"kind": "unnamed group", "entity": "e"}, "", "never linked to an entity"),
        ("source", {"anonymity": 3}, "anonymity", "got int"),
        ("claim", {"statement": ""}, "", "needs a statement"),
        ("claim", {"verdict": "true"}, "verdict", "'true' is none of: supported"),
        ("claim", {"appearances": [1]}, "appearances[0]", "expected str, got int"),
        ("claim", {"id": "", "appearances": ["m"]}, "id", "needs one"),
        ("evidence", {"stance": "for"}, "stance", "'for' is none of"),
        ("snapshot", {}, "", "differ from their SHA-256"),
        ("review", {"comment": " "}, "", "needs a comment"),
        ("link", {"kind": "likes"}, "kind", "'likes' is none of: same_claim"),
        ("link", {"to": "a"}, "", "two different ends"),
        ("label", {"layer": "mood"}, "layer", "'mood' is none of: entity"),
        ("label", {"colour": "red"}, "", "'red' is no colour"),
        ("label", {"attributes": [{"name": "n", "type": "choice"}]}, "attributes[0]", "values"),
    ],
)
def test_a_wrong_record_of_any_kind_is_named(
    kind: str, changed: dict[str, Any], field: str, message: str
) -> None:
    made = {"type": kind, **RECORDS[kind], **changed}
    (problem,) = problems(read(lines(made), "jsonl", "f.jsonl"))
    assert message in problem.message
    assert (problem.file, problem.line, problem.field) == ("f.jsonl", 2, field)
    assert problem.record == (f"{kind} r" if made["id"] else kind)


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_each_key_that_a_record_needs_is_missed(kind: str) -> None:
    from newsdesk.formats.shape import KINDS

    assert KINDS[kind].needs
    for key in KINDS[kind].needs:
        made = {"type": kind, **RECORDS[kind]}
        del made[key]
        (problem,) = problems(read(lines(made), "jsonl"))
        assert (problem.field, problem.message) == (key, "it is missing")


def test_keys_inside_an_object_that_have_no_place_are_told() -> None:
    made = {"type": "source", **RECORDS["source"], "anonymity": {"reason": "fear", "mood": "bad"}}
    (problem,) = problems(read(lines(made), "jsonl"))
    assert not problem.blocks
    assert "anonymity.mood" in problem.message


def test_a_label_with_the_id_of_another_layer_is_refused() -> None:
    twice = [LABEL.replace('"name"', '"id":"L","name"'), '{"type":"label","id":"L",']
    raw = lines(twice[0], twice[1] + '"name":"SAID","layer":"cue"}')
    (problem,) = problems(read(raw, "jsonl"))
    assert (problem.record, problem.field) == ("label L", "layer")
    assert "that of PERSON, of the layer entity" in problem.message


# What is wrong with the file itself


@pytest.mark.parametrize("name", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n \n", "the file is empty"),
        ("{}".encode("utf-16"), "in utf-16-le; save it as UTF-8"),
        (b"[1, 2]", "no Newsdesk dataset"),
        (b'{"tokens": []}', "no Newsdesk dataset: “format” should be"),
        (b'{"format":"brat","version":1}', "not “brat”"),
        (b'{"format":"newsdesk.codebook","version":1}', "it is a codebook"),
        (b'{"format":"newsdesk.dataset","version":2}', "newer Newsdesk (version 2"),
        (b'{"format":"newsdesk.dataset","version":"1"}', "should be 1, not '1'"),
        (b'{"format":"newsdesk.dataset"}', "should be 1, not None"),
        (
            b'{"format":"newsdesk.dataset","version":1,"offset_unit":"utf-16"}',
            "it is 'utf-16'; Newsdesk reads offsets in “unicode code point” only",
        ),
        (b'{"format":"newsdesk.dataset","version":1', "invalid JSON"),
        (b'{"format":' + b"[" * 100_000, "nested too deeply"),
        (b'{"format":"\xff"}', "not in UTF-8"),
    ],
)
def test_what_is_no_dataset_is_said(name: str, content: bytes, message: str) -> None:
    (problem,) = problems(read(content, name, "f"))
    assert message in problem.message
    assert problem.file == "f"


def test_invalid_json_at_line_4711_is_found_there_and_the_rest_goes_on() -> None:
    count = 5_000
    entity = '{"type":"entity","id":"%d","name":"N","kind":"K"}'
    raw = lines(*(entity % n for n in range(2, count + 2)))
    broken = raw.replace(b'"4711","name":"N"', b'"4711","name":"N')
    found = read(broken, "jsonl", "f.jsonl")
    (problem,) = problems(found)
    assert (problem.line, problem.file) == (4711, "f.jsonl")
    assert "invalid JSON" in problem.message
    assert len(records(found)) == count - 1


def test_invalid_json_in_one_object_is_found_on_its_line() -> None:
    content = written(small(), "json")
    cut = content.replace(b'"name":"Ada Lovelace",', b'"name":"Ada Lovelace"', 1)
    (problem,) = problems(read(cut, "json"))
    assert "invalid JSON" in problem.message
    assert b'"Ada Lovelace"' in cut.splitlines()[problem.line - 1]
    (problem,) = problems(read(content[:-40], "json"))
    assert "truncated" in problem.message


def test_one_object_s_lists_and_strange_keys() -> None:
    top = json.loads(HEADER) | {"entities": {}, "mood": 1, "journal": [{"seq": 1}]}
    found = problems(read(json.dumps(top).encode(), "json"))
    assert {(p.field, p.blocks) for p in found} == {
        ("entities", True),
        ("mood", False),
        ("journal", False),
    }


@pytest.mark.parametrize(
    ("line", "message", "blocks"),
    [
        ('{"type":"poem","id":"x"}', "“poem” is no kind of record", True),
        ('{"type":"annotation","id":"x"}', "“annotation” is no kind of record", True),
        ('{"id":"x"}', "no “type” of record", True),
        ('{"type":3}', "no “type” of record", True),
        ("nonsense", "invalid JSON", True),
        ('{"type":"revision","seq":1}', "journal of another desk is not imported", False),
    ],
)
def test_lines_of_no_known_kind_are_told(line: str, message: str, blocks: bool) -> None:
    (problem,) = problems(read(lines(line), "jsonl"))
    assert message in problem.message
    assert (problem.line, problem.blocks) == (2, blocks)


def test_a_line_that_is_far_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsdesk.formats import dataset_jsonl

    monkeypatch.setattr(dataset_jsonl, "LONGEST_LINE", 200)
    claim = '{"type":"claim","id":"c","statement":"%s"}'
    items = read(lines(claim % ("x" * 900), claim % "y"), "jsonl")
    (problem,) = problems(items)
    assert "longer than" in problem.message
    assert problem.line == 2
    assert [r.statement for r in records(items) if isinstance(r, Claim)] == ["y"]


def test_a_problem_reads_as_a_sentence() -> None:
    problem = Problem(
        file="f.jsonl", line=4711, record="annotation m1", field="spans", message="it is missing"
    )
    assert str(problem) == "f.jsonl, line 4,711, annotation m1, spans: it is missing"
    assert str(Problem(message="there is no text")) == "there is no text"
