"""Codebooks as files: what is written is read again, and what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.formats.codebook_file import CodebookFile, read_codebook_file, write_codebook_file
from newsdesk.model import Attribute, AttributeType, Label, Layer, NewsdeskError
from newsdesk.model.values import Pattern
from newsdesk.settings import shipped

SCHEMA = json.loads(
    shipped("resources", "schemas", "newsdesk.codebook-1.schema.json").read_text("utf-8")
)
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
names = words.filter(str.strip)
attributes = st.builds(
    Attribute,
    name=names,
    type=st.sampled_from(AttributeType),
    values=st.lists(names, min_size=1, max_size=3).map(tuple),
    required=st.booleans(),
)
labels = st.builds(
    Label,
    name=names,
    layer=st.sampled_from(Layer),
    pattern=st.sampled_from(Pattern),
    guideline=words,
    attributes=st.lists(attributes, max_size=3).map(tuple),
    retired=st.booleans(),
    extra=st.dictionaries(st.just("house_code"), st.integers(0, 9), max_size=1),
)
books = st.lists(labels, max_size=5, unique_by=lambda one: (one.layer, one.name))


def in_file(folder: Path, **fields: Any) -> Path:
    whole = {"format": "newsdesk.codebook", "version": 1, "labels": [], **fields}
    path = folder / "book.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


@settings(max_examples=30, deadline=None)
@given(books, words, st.lists(names, unique=True, max_size=3))
def test_what_is_written_is_read_again(tmp_path_factory, made, name, checks) -> None:
    placed = tuple(
        Label(**{f: getattr(one, f) for f in one.__struct_fields__ if f != "position"}, position=at)
        for at, one in enumerate(made)
    )
    book = CodebookFile(labels=placed, name=name, checks=tuple(checks), extra={"licence": "CC0"})
    path = tmp_path_factory.mktemp("books") / "book.json"
    write_codebook_file(path, book)
    assert read_codebook_file(path) == book
    jsonschema.validate(json.loads(path.read_text("utf-8")), SCHEMA)


def test_the_shipped_codebooks_are_written_as_they_are(tmp_path: Path) -> None:
    for path in shipped("resources", "codebooks").glob("*.json"):
        book = read_codebook_file(path)
        write_codebook_file(tmp_path / path.name, book)
        assert json.loads((tmp_path / path.name).read_text("utf-8")) == json.loads(
            path.read_text("utf-8")
        )


X = {"name": "X", "layer": "entity"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"format": "newsdesk.dataset"}, "it is no codebook but 'newsdesk.dataset'"),
        ({"version": 2}, "it is of version 2, and this reads 1"),
        ({"labels": 7}, "labels"),
        ({"labels": [X, {"name": "Y"}]}, r"labels\[1\].*layer"),
        ({"labels": [{**X, "layer": "verb"}]}, r"labels\[0\]\.layer"),
        ({"labels": [{**X, "colour": "red"}]}, r"labels\[0\].*no colour"),
        ({"labels": [{**X, "attributes": [{"name": "a", "type": "choice"}]}]}, "values"),
        ({"labels": [{**X, "id": "1"}, {"id": "1", "name": "Y", "layer": "cue"}]}, "the id 1"),
        ({"labels": [X, X]}, "2 of its labels have the name entity X"),
        ({"labels": [{**X, "retired": True}, X]}, "the name entity X"),
        (
            {"labels": [{**X, "shortcut": "x"}, {"name": "Y", "layer": "cue", "shortcut": "X"}]},
            "2 of its labels have the key x",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(NewsdeskError, match=said) as caught:
        read_codebook_file(in_file(tmp_path, **fields))
    assert str(caught.value).startswith("The codebook book.json can't be read:")
    assert str(caught.value).endswith("The labels are as they were.")


@pytest.mark.parametrize("raw", [b"", b"[1]", b"\xff\xfe{", b'{"format"', b"[" * 100_000])
def test_what_is_no_json_is_said(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "book.json"
    path.write_bytes(raw)
    with pytest.raises(NewsdeskError, match=r"book\.json can't be read"):
        read_codebook_file(path)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match=r"No such file"):
        read_codebook_file(tmp_path / "none.json")


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    with path.open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    with pytest.raises(NewsdeskError, match="larger than 32 MB"):
        read_codebook_file(path)
