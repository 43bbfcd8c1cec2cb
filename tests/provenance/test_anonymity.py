"""The anonymity ledger and the plurals."""

import pytest

from newsdesk.model import Anonymity, SourceKind
from newsdesk.provenance.anonymity import anonymity_ledger, plural_sources
from tests.provenance.samples import source

ONE, SEVERAL = SourceKind.UNNAMED_INDIVIDUAL, SourceKind.UNNAMED_GROUP


def test_only_unnamed_sources_stand_in_the_ledger_with_what_is_missing():
    full = Anonymity(reason="afraid", position_to_know="was there", approved_by="Editor")
    lines = anonymity_ledger(
        [
            source("named"),
            source("full", ONE, anonymity=full),
            source("half", ONE, anonymity=Anonymity(reason="afraid", approved_by="  ")),
            source("bare", SEVERAL),
        ],
        {"half": ["article", "article", "other"]},
    )
    assert {line.source: line.missing for line in lines} == {
        "full": (),
        "half": ("position_to_know", "approved_by"),
        "bare": ("reason", "position_to_know", "approved_by"),
    }
    assert lines[1].articles == ("article", "other")


def group(description):
    return source("group", SEVERAL, description=description)


@pytest.mark.parametrize("description", ["officials", "Council officers", "people close to him"])
def test_a_plural_with_nobody_on_record_is_flagged(description):
    (found,) = plural_sources("article", [group(description)])
    assert (found.source, found.on_record) == ("group", 0)


@pytest.mark.parametrize(
    "description",
    ["Two officials", "an official", "the maker", "the benches opposite", "3 officials"],
)
def test_what_is_counted_or_no_plural_of_persons_is_not(description):
    assert plural_sources("article", [group(description)]) == []


def test_those_on_record_are_counted():
    first = source("1", ONE, description="The official, who was briefed")
    second = source("2", ONE, description="a second official")
    stranger = source("3", ONE, description="a friend of officials")
    (found,) = plural_sources("article", [group("officials"), first, first, stranger])
    assert (found.on_record, found.individuals) == (1, ("1",))
    assert plural_sources("article", [group("officials"), first, second]) == []


def test_named_sources_are_no_anonymous_plural():
    named = source("group", SourceKind.NAMED_GROUP, description="officials")
    assert plural_sources("article", [named]) == []
