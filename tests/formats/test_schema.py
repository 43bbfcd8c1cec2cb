"""The published schemas say what the reader reads, and hold for all that Newsdesk writes."""

import json
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from newsdesk.formats.format import Bundle
from newsdesk.formats.objects import choices, keys
from newsdesk.formats.shape import KINDS
from newsdesk.model import Anonymity, Attribute
from newsdesk.settings import shipped
from tests.formats.samples import LABELS, Given, bundles, small, written


def schema(name: str) -> Any:
    path = shipped("resources", "schemas", f"newsdesk.{name}-1.schema.json")
    found = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return found


DATASET = schema("dataset")
LINE = {**DATASET["$defs"]["line"], "$defs": DATASET["$defs"]}
HEADER = {**DATASET["$defs"]["header"], "$defs": DATASET["$defs"]}


def faults(found: Any, against: Any) -> list[str]:
    validator = Draft202012Validator(against)
    return [f"{list(fault.path)}: {fault.message}" for fault in validator.iter_errors(found)]


def test_every_kind_of_record_that_is_written_is_valid() -> None:
    assert faults(json.loads(written(small(), "json")), DATASET) == []
    header, *lines = written(small(), "jsonl").splitlines()
    assert faults(json.loads(header), HEADER) == []
    assert [fault for line in lines for fault in faults(json.loads(line), LINE)] == []
    assert {json.loads(line)["type"] for line in lines} == set(KINDS) - {
        "annotation",
        "attribution",
    }


@given(bundle=bundles())
def test_random_articles_are_valid(bundle: Bundle) -> None:
    content = written(Given(labels=LABELS, bundles=[bundle]), "json")
    assert faults(json.loads(content), DATASET) == []


def test_the_schema_can_refuse() -> None:
    found = json.loads(written(small(), "json"))
    found["articles"][1]["annotations"][0]["spans"] = [[0.5, 2]]
    found["sources"][0]["kind"] = "spy"
    found["version"] = 2
    assert len(faults(found, DATASET)) == 3
    assert faults({"type": "poem"}, LINE)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_schema_has_the_very_keys_and_words_of_the_reader(name: str) -> None:
    kind, defined = KINDS[name], DATASET["$defs"][name]
    assert list(defined["properties"]) == [
        field.encode_name for field in msgspec.structs.fields(kind.shape)
    ]
    assert set(defined["properties"]) == keys(kind.shape)
    assert set(defined.get("required", ())) == set(kind.needs)
    for key, words in choices(kind.shape).items():
        assert [word for word in defined["properties"][key]["enum"] if word] == list(words)


@pytest.mark.parametrize(("name", "struct"), [("attribute", Attribute), ("anonymity", Anonymity)])
def test_objects_within_objects_too(name: str, struct: type[msgspec.Struct]) -> None:
    assert list(DATASET["$defs"][name]["properties"]) == list(struct.__struct_fields__)


def test_every_list_of_words_is_checked() -> None:
    """So that `choices` can't overlook a field whose type is written in another way."""

    def words(declared: Any) -> bool:
        options = get_args(declared) if get_origin(declared) in (Union, UnionType) else (declared,)
        return any(isinstance(each, type) and issubclass(each, StrEnum) for each in options)

    for kind in KINDS.values():
        listed = {f.encode_name for f in msgspec.structs.fields(kind.shape) if words(f.type)}
        assert listed == set(choices(kind.shape))


@pytest.mark.parametrize("path", sorted(shipped("seeds").glob("[0-9]*.json")), ids=lambda p: p.stem)
def test_the_seeds_are_valid(path: Any) -> None:
    assert faults(json.loads(path.read_text(encoding="utf-8")), DATASET) == []


def test_the_codebooks_that_are_shipped_are_valid() -> None:
    books = sorted(shipped("resources", "codebooks").glob("*.json"))
    assert books
    for path in books:
        assert faults(json.loads(path.read_text(encoding="utf-8")), schema("codebook")) == []
