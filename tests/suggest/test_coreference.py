"""Short names join the one full name that fits, and none if two do."""

from __future__ import annotations

from newsdesk.suggest.coreference import Mention, chains


def grouped(*names: tuple[str, str]) -> list[list[str]]:
    mentions = [Mention(i * 10, i * 10 + 5, label, name) for i, (name, label) in enumerate(names)]
    return [[names[place][0] for place in places] for _, _, places in chains(mentions)]


def test_surname_and_particle() -> None:
    names = [("Ida van Dorn", "PERSON"), ("Van Dorn", "PERSON"), ("Ida van Dorn", "PERSON")]
    assert grouped(*names) == [["Ida van Dorn", "Van Dorn", "Ida van Dorn"]]


def test_two_brothers_stay_apart() -> None:
    names = [("Jan Berg", "PERSON"), ("Ole Berg", "PERSON"), ("Berg", "PERSON")]
    assert grouped(*names) == [["Jan Berg"], ["Ole Berg"], ["Berg"]]


def test_first_name() -> None:
    assert grouped(("Jan Berg", "PERSON"), ("Jan", "PERSON")) == [["Jan Berg", "Jan"]]


def test_acronym() -> None:
    names = [("Food Standards Agency", "ORG"), ("FSA", "ORG"), ("FBI", "ORG")]
    assert grouped(*names) == [["Food Standards Agency", "FSA"], ["FBI"]]


def test_kinds_do_not_mix() -> None:
    assert grouped(("Jan Berg", "PERSON"), ("Berg", "GPE")) == [["Jan Berg"], ["Berg"]]
