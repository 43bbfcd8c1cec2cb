"""What a correction reopens."""

from newsdesk.model import Link, LinkKind
from newsdesk.provenance.ripple import reopened
from tests.provenance.samples import DENIED, appearance, tie


def link(kind, from_id, to_id):
    return Link(kind=kind, from_id=from_id, to_id=to_id)


OLD = [appearance(id, "Wire", tie("log"), claim=id) for id in ("log", "toll", "name")]


def test_what_the_new_version_corrects_or_denies_is_reopened():
    new = [appearance("n", "Wire", tie("firm"), claim="other weir")]
    assert reopened(OLD, new, [link(LinkKind.CORRECTS, "other weir", "log")]) == ["log"]
    assert reopened(OLD, new, [link(LinkKind.CORRECTS, "elsewhere", "log")]) == []
    assert reopened(OLD, [appearance("n", "Wire", tie("Wire", **DENIED), claim="toll")], []) == [
        "toll"
    ]
    assert reopened(OLD, OLD, []) == []


def test_dependent_claims_follow_and_a_circle_of_them_ends():
    new = [appearance("n", "Wire", tie("Wire", **DENIED), claim="log")]
    links = [
        link(LinkKind.DERIVED_FROM, "guess", "log"),
        link(LinkKind.SUPPORTS, "guess", "verdict"),
        link(LinkKind.DERIVED_FROM, "log", "verdict"),
    ]
    assert reopened(OLD, new, links) == ["guess", "log", "verdict"]


def test_words_that_changed_reopen_their_claim_and_what_it_supports():
    links = [link(LinkKind.SUPPORTS, "toll", "verdict")]
    assert reopened(OLD, OLD, links, ["toll"]) == ["toll", "verdict"]
