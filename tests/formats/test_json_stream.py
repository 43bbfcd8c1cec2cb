"""Large JSON in pieces: the same as if it were decoded whole, wherever the reading pauses."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.formats import json_stream
from newsdesk.formats.json_stream import pieces
from newsdesk.formats.objects import BrokenJSON

texts = st.text(st.sampled_from('ab"\\[]{},: \n😀é'), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


def whole(found: list[json_stream.Piece]) -> list[tuple[str, Any]]:
    return [(piece.key, json.loads(piece.raw)) for piece in found]


@given(value=st.lists(values, max_size=5), indent=st.none() | st.just(2), step=st.integers(1, 40))
def test_a_list_comes_element_by_element(value: list[Any], indent: int | None, step: int) -> None:
    raw = json.dumps(value, indent=indent, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHUNK", step)
        found = list(pieces(io.BytesIO(raw)))
    assert whole(found) == [("", one) for one in value]
    for piece in found:
        assert piece.raw.split(b"\n")[0] in raw.split(b"\n")[piece.line - 1]


@given(value=st.dictionaries(texts, values, max_size=4), step=st.integers(1, 40))
def test_an_object_comes_value_by_value_and_its_lists_element_by_element(
    value: dict[str, Any], step: int
) -> None:
    raw = b"\xef\xbb\xbf" + json.dumps(value).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHUNK", step)
        found = list(pieces(io.BytesIO(raw)))
    expected: list[tuple[str, Any]] = []
    for key, one in value.items():
        expected += [(key, each) for each in one] if isinstance(one, list) else [(key, one)]
    assert whole(found) == expected


@pytest.mark.parametrize("raw", [b"", b"7", b'"a"', b"[1", b'{"a": [1', b"[1]]", b"] [", b'["a'])
def test_what_is_no_list_and_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(BrokenJSON):
        list(pieces(io.BytesIO(raw)))


def test_a_record_may_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LONGEST", 1_000)
    monkeypatch.setattr(json_stream, "_CHUNK", 100)
    with pytest.raises(BrokenJSON, match="longer than"):
        list(pieces(io.BytesIO(b'["' + b"a" * 5_000 + b'"]')))
