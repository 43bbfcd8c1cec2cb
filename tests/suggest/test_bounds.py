"""Names that the network read as one are parted, and what it cut in two is joined."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.suggest.bounds import mended, without_stray_groups
from newsdesk.suggest.encoder import Reading
from newsdesk.suggest.names import names


def parts(text: str, *found: tuple[str, str]) -> list[tuple[str, str]]:
    """Words and labels after mending, of names given by their words and labels."""
    at, spans = 0, []
    for words, label in found:
        start = text.index(words, at)
        at = start + len(words)
        spans.append((start, at, label, 0.9))
    return [(text[start:end], label) for start, end, label, _ in mended(text, spans)]


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("Harbour Workers Party (HWP)", "ORG", ["Harbour Workers Party", "HWP"]),
        ("HWP)", "ORG", ["HWP"]),
        ("Free Union, the Green Party and Ports First", "ORG", None),
        ("Cato Group and the Blue Water Trust", "ORG", ["Cato Group", "Blue Water Trust"]),
        ("Norling / Azumi", "ORG", ["Norling", "Azumi"]),
        ("Leeds, Yorkshire", "LOC", ["Leeds", "Yorkshire"]),
        ("Mina Perret, Halden Executive", "PERSON", ["Mina Perret"]),
        ("Republican Ida Berg", "PERSON", ["Ida Berg"]),
        ("Italian Sergio Conti", "PERSON", ["Sergio Conti"]),
        ("conservative Harbour Party", "ORG", ["Harbour Party"]),
        ("Harbour Party MPP", "ORG", ["Harbour Party"]),
    ],
)
def test_parted(words: str, label: str, expected: list[str] | None) -> None:
    found = [part for part, _ in parts(f"It was {words} then.", (words, label))]
    assert found == (expected or ["Free Union", "Green Party", "Ports First"])


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Department of Health, Education and Welfare", "ORG"),
        ("University of California, Davis", "ORG"),
        ("Adam and the Ants", "ORG"),
        ("American Academy of Arts and Sciences", "ORG"),
        ("AC/DC", "ORG"),
        ("Norling Shipping, Inc.", "ORG"),
        ("Washington, D.C.", "LOC"),
        ("northern Norway", "LOC"),
        ("van der Berg", "PERSON"),
        ("Berg, Ida M.", "PERSON"),
        ("Ole Berg, Jr.", "PERSON"),
        ("Mercy (Steele) Webster", "PERSON"),
        ("Christian Berg", "PERSON"),
        ("Treaty of Rome, Paris and Bonn (1957)", "EVENT"),
    ],
)
def test_left_alone(words: str, label: str) -> None:
    assert parts(f"It was {words} then.", (words, label)) == [(words, label)]


def test_joined() -> None:
    text = "the Alliance of Ports for Europe Party in the Crown Colony of Natal"
    found = parts(
        text, ("Alliance of Ports", "ORG"), ("Europe Party", "LOC"), ("Crown Colony", "LOC"),
        ("Natal", "LOC"),
    )  # fmt: skip
    assert [words for words, _ in found] == [
        "Alliance of Ports for Europe Party",
        "Crown Colony of Natal",
    ]
    text = "he left Racing Mosan for Danilo Mertz"
    plain = [("Racing Mosan", "ORG"), ("Danilo Mertz", "ORG")]
    assert parts(text, *plain) == plain


def test_firms_are_completed() -> None:
    text = "He joined Norling Shipping, Inc. and left Azumi Ltd. in May"
    found = parts(text, ("Norling Shipping", "ORG"), ("Azumi Ltd", "ORG"))
    assert found == [("Norling Shipping, Inc.", "ORG"), ("Azumi Ltd.", "ORG")]


def test_people_in_a_list() -> None:
    text = "with Ida Berg, Walter Okafor, Prem Sahni, and Ole Krog"
    found = parts(text, ("Ida Berg", "PERSON"), ("Ole Krog", "PERSON"))
    assert [words for words, _ in found] == ["Ida Berg", "Walter Okafor", "Prem Sahni", "Ole Krog"]
    text = "with Ida Berg, chair of Blue Water, and Ole Krog"
    assert len(parts(text, ("Ida Berg", "PERSON"), ("Ole Krog", "PERSON"))) == 2


def test_only_groups_are_read_as_groups() -> None:
    np = pytest.importorskip("numpy")
    text, tags = "Norling Danish", ("O", "B-ORG", "I-ORG", "B-NORP", "I-NORP")
    rows = np.log(np.array([[0.1, 0.3, 0.0001, 0.5, 0.0999]] * 2))
    reading = Reading(0, 14, ((0, 7), (8, 14)), rows, rows, 0.0)
    mend = without_stray_groups(text, reading, tags)
    assert mend[0].argmax() == 1 and np.exp(mend[0]).sum() == pytest.approx(1)
    assert mend[1].argmax() == 3
    assert rows[0].argmax() == 3


def test_a_name_that_is_likelier_none_is_not_proposed() -> None:
    np = pytest.importorskip("numpy")
    tags = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")
    cases = (([0.3, 0.36, 0.0, 0.34, 0.0], []), ([0.3, 0.5, 0.1, 0.1, 0], ["PERSON"]))
    for chances, labels in cases:
        rows = np.log(np.array([chances]) + 1e-9)
        found = names("Norling", [Reading(0, 7, ((0, 7),), rows, rows, 0.0)], tags, {})
        assert [name.label for name in found] == labels


def test_elections_are_events() -> None:
    text = "She won the 2014 Norland State special election in Mora by two votes."
    found = [(text[n.start : n.end], n.label) for n in names(text, (), ("O",), {})]
    assert ("2014 Norland State special election in Mora", "EVENT") in found


@given(st.data())
def test_ranges_stay_apart_and_inside(data: st.DataObject) -> None:
    words = data.draw(
        st.lists(
            st.sampled_from("Ida Berg the of and for , ( ) / Party MP Inc. Colony D.C.".split()),
            min_size=1,
            max_size=14,
        )
    )
    text = " ".join(words)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    found = [
        (start, end, data.draw(st.sampled_from(["PERSON", "ORG", "LOC"])), 0.5)
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    mend = mended(text, found)
    assert all(0 <= start < end <= len(text) for start, end, _, _ in mend)
    assert all(a[1] <= b[0] for a, b in pairwise(mend))
