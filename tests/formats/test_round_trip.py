"""What goes out as JSON or JSONL comes back as it was: every span, every key, every byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.formats.format import Bundle, Filed
from newsdesk.model import Claim, Label, Layer
from tests.formats.samples import (
    LABELS,
    Given,
    bundles,
    given_records,
    problems,
    read,
    records,
    small,
    written,
)

both = pytest.mark.parametrize("name", ["json", "jsonl"])


@both
@given(found=st.lists(bundles(), max_size=3))
def test_random_articles_come_back_code_point_for_code_point(
    name: str, found: list[Bundle]
) -> None:
    dataset = Given(labels=LABELS, bundles=found)
    content = written(dataset, name)
    items = read(content, name)
    assert problems(items) == []
    assert records(items) == given_records(dataset)
    assert written(dataset, name) == content


@both
def test_every_kind_of_record_comes_back(name: str) -> None:
    dataset = small()
    items = read(written(dataset, name), name)
    assert problems(items) == []
    order = {record.id: at for at, record in enumerate(given_records(dataset))}
    assert sorted(records(items), key=lambda one: order[one.id]) == given_records(dataset)
    claims = {i.record: i.appearances for i in items if isinstance(i, Filed) and i.appearances}
    assert claims == dict(dataset.stated)
    assert [type(record) for record in claims] == [Claim]


@both
def test_the_outlet_is_a_name_and_a_source(name: str) -> None:
    content = written(small(), name)
    assert b'"outlet":"The Times"' in content
    bundle = next(item for item in read(content, name) if isinstance(item, Bundle))
    assert bundle.outlet == ""
    apart = content.replace(b'"outlet_source":"', b'"x-source":"')
    found = [item for item in read(apart, name) if isinstance(item, Bundle)]
    assert [bundle.outlet for bundle in found] == ["", "The Times"]


@both
def test_labels_that_the_desk_has_are_not_brought_again(name: str) -> None:
    """The same id or the same name and layer; the annotations then carry the desk's."""
    dataset = small()
    own = Label(name="PERSON", layer=Layer.ENTITY, colour="#123456")
    renamed = next(msg for msg in LABELS if msg.name == "QUOTE")
    told = (own, Label(id=renamed.id, name="CITATION", layer=Layer.QUOTE))
    items = read(written(dataset, name), name, labels=told)
    assert problems(items) == []
    brought = {i.record.name for i in items if isinstance(i, Filed) and isinstance(i.record, Label)}
    assert brought == {"ORG", "CLAIM", "SOURCE", "CUE", "HEDGE"}
    marks = [i for i in items if isinstance(i, Bundle)][1].annotations
    assert [marks[0].label, marks[2].label] == [own.id, renamed.id]


def test_a_key_of_a_stranger_never_takes_the_place_of_ours() -> None:
    from tests.formats.samples import WRITE, Memory

    dataset = small()
    entity = dataset.register[0]
    dataset.register[0] = type(entity)(
        id=entity.id, name="Ada", kind="PERSON", extra={"name": "Eve", "type": "x", "y": 1}
    )
    target = Memory()
    losses = WRITE["jsonl"](dataset, target)
    assert [loss.record for loss in losses.listed] == [entity.id, entity.id]
    assert read(target.content, "jsonl")[7].record.extra == {"y": 1}


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@both
def test_a_byte_order_mark_and_blank_lines_are_no_matter(name: str, mark: bytes) -> None:
    content = mark + written(small(), name)
    if name == "jsonl":
        content = content.replace(b"\n", b"\r\n\n")
    assert problems(read(content, name)) == []


def test_lines_in_any_order_are_understood() -> None:
    """Labels last, articles first: the file is gone through several times."""
    header, *lines = written(small(), "jsonl").splitlines(keepends=True)
    straight = read(header + b"".join(lines), "jsonl")
    turned = read(header + b"".join(reversed(lines)), "jsonl")
    assert problems(turned) == []
    assert {r.id: r for r in records(turned) if not isinstance(r, Label)} == {
        r.id: r for r in records(straight) if not isinstance(r, Label)
    }


def test_a_type_that_stands_last_in_its_line_is_found() -> None:
    header, *lines = written(small(), "jsonl").splitlines()
    moved = [
        b"{" + rest[:-1] + b"," + kind + b"}"
        for kind, _, rest in (line[1:].partition(b",") for line in lines)
    ]
    items = read(b"\n".join([header, *moved]), "jsonl")
    assert problems(items) == []
    assert len(records(items)) == len(given_records(small()))
