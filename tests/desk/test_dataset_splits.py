"""Splits: near the shares, the same each time, and nothing alike on two sides."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.desk.dataset_options import DatasetOptions, read_split
from newsdesk.desk.dataset_splits import NEAR_DUPLICATE, UNDATED, Member, split_members
from newsdesk.desk.near_duplicates import near_duplicates
from newsdesk.model import NewsdeskError
from newsdesk.model.splitting import SplitBy

SHARES = {"train": 0.8, "dev": 0.1, "test": 0.1}


@st.composite
def libraries(draw):
    count = draw(st.integers(1, 60))
    return [
        Member(
            id=f"a{number:02}",
            group=f"g{draw(st.integers(0, 25))}",
            outlet=draw(st.sampled_from(["Argus", "Wire", "Post", ""])),
            published=draw(st.sampled_from(["", "2024-01-01", "2024-01-02T10:00", "2025-03"])),
            labels=draw(st.dictionaries(st.sampled_from("PQR"), st.integers(1, 9))),
        )
        for number in range(count)
    ]


@given(libraries(), st.sampled_from(SplitBy), st.booleans(), st.integers(0, 9))
def test_nothing_alike_is_on_two_sides_and_nothing_gets_lost(members, by, stratified, seed):
    split = split_members(members, SHARES, by, stratified=stratified, seed=seed)
    backwards = split_members(members[::-1], SHARES, by, stratified=stratified, seed=seed)
    assert (split.sides, split.left) == (backwards.sides, backwards.left)
    assert split.sides.keys() | split.left.keys() == {one.id for one in members}
    assert not split.sides.keys() & split.left.keys()

    def sides(key):
        found = {}
        for one in members:
            if one.id in split.sides:
                found.setdefault(key(one), set()).add(split.sides[one.id])
        return found.values()

    assert all(len(each) == 1 for each in sides(lambda one: one.group))
    if by is SplitBy.ARTICLE:
        assert not split.left
    if by is SplitBy.OUTLET:
        assert all(len(each) == 1 for each in sides(lambda one: one.outlet))
    if by is SplitBy.DATE:
        assert all(len(each) == 1 for each in sides(lambda one: one.published[:10]))
        undated = {one.id for one in members if not one.published}
        assert {id for id, why in split.left.items() if why == UNDATED} == undated


def test_each_side_gets_its_share_of_articles_and_of_rare_labels():
    members = [
        Member(id=f"{n:04}", group=f"{n}", labels={"A": 3, "B": 1} if n % 20 == 0 else {"A": 2})
        for n in range(1000)
    ]
    split = split_members(members, SHARES, seed=3)
    count = Counter(split.sides.values())
    assert abs(count["train"] - 800) <= 10
    assert abs(count["dev"] - 100) <= 10
    rare = Counter(split.sides[one.id] for one in members if "B" in one.labels)
    assert rare == {"train": 40, "dev": 5, "test": 5}
    assert split_members(members, SHARES, seed=4).sides != split.sides
    plain = split_members(members, SHARES, stratified=False)
    assert Counter(plain.sides.values()) == {"train": 800, "dev": 100, "test": 100}


def test_articles_with_many_annotations_are_not_all_on_one_side():
    members = [
        Member(id=f"{n:04}", group=f"{n}", labels={"A": 1 + n % 9, "B": 1 + n % 7, "C": n % 2})
        for n in range(1000)
    ]
    split = split_members(members, SHARES, seed=1)
    count = Counter(split.sides.values())
    assert abs(count["train"] - 800) <= 20 and abs(count["dev"] - count["test"]) <= 20
    for label in "ABC":
        total = sum(one.labels[label] for one in members)
        tested = sum(one.labels[label] for one in members if split.sides[one.id] == "test")
        assert abs(tested / total - 0.1) < 0.02


def test_by_date_the_newest_are_tested_on_and_a_copy_across_sides_is_left_out():
    members = [
        Member(id=f"{day:02}", group=f"{day}", published=f"2024-01-{day:02}")
        for day in range(1, 21)
    ]
    members[19] = Member(id="20", group="1", published="2024-01-20")
    split = split_members(members, {"train": 0.5, "test": 0.5}, SplitBy.DATE)
    assert split.sides["02"] == "train" and split.sides["19"] == "test"
    assert split.left == {"01": NEAR_DUPLICATE}, "of two, the one that is tested on stays"


@pytest.mark.parametrize("wrong", ["80", "0/0/0", "100/0", "a/b", "80/-10", "1/1/1/1", "", "²/1"])
def test_what_is_no_split_is_said(wrong):
    with pytest.raises(NewsdeskError, match="80/10/10"):
        read_split(wrong)


def test_shares_are_read_in_any_unit():
    assert DatasetOptions(split=read_split(" 80% / 10 /10")).shares == SHARES
    assert DatasetOptions(split=read_split("4,1")).shares == {"train": 0.8, "test": 0.2}
    assert DatasetOptions(split=read_split("9/0/1")).shares == {"train": 0.9, "test": 0.1}


def test_near_duplicates_are_found_and_others_are_not():
    story = " ".join(f"word{n} said" for n in range(120))
    shorter = story.replace("word7 ", "Word8 ").upper()
    other = " ".join(f"thing{n} did" for n in range(120))
    half = story[: len(story) // 2] + other[: len(other) // 2]
    texts = [("a", story), ("b", other), ("c", shorter), ("d", story), ("e", "Hi"), ("f", "hi!")]
    assert near_duplicates([*texts, ("g", half), ("h", "")]) == [["a", "c", "d"], ["e", "f"]]
