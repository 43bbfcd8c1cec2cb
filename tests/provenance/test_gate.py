"""The publish gate: a fixed list, each item from its cause."""

import pytest

from newsdesk.model import (
    Annotation,
    Anonymity,
    ClaimState,
    Evidence,
    Review,
    SourceKind,
    Span,
    Stance,
    Verdict,
    replace,
)
from newsdesk.provenance.anonymity import Plural, anonymity_ledger
from newsdesk.provenance.circles import circular_reporting
from newsdesk.provenance.contradictions import Contradiction, Kind
from newsdesk.provenance.firmness import LostHedge
from newsdesk.provenance.gate import (
    WHAT,
    ArticleFile,
    ClaimFile,
    Item,
    missing_for_article,
    missing_for_claim,
    seen_not_kept,
)
from newsdesk.provenance.independence import independence
from newsdesk.provenance.replies import Reply
from tests.provenance.samples import appearance, chain, claim, own_voice, source, tie

SIGNED = replace(claim("The wall will fall."), state=ClaimState.VERIFIED, verdict=Verdict.SUPPORTED)
REVIEW = Review(
    claim="claim",
    from_state=ClaimState.IN_REVIEW,
    to_state=ClaimState.VERIFIED,
    reviewer="Ben",
    comment="Read it.",
)
PROOF = Evidence(claim="claim", stance=Stance.SUPPORTS, exact="fall", snapshot="s")
HERE = appearance("a", "Lantern", tie("adviser"))
GOOD = ClaimFile(
    claim=SIGNED,
    appearances=[HERE],
    sources={"adviser": source("adviser")},
    evidence=[PROOF],
    reviews=[REVIEW],
    authors=["Ann"],
)


def items(file, article=None):
    return [one.item for one in missing_for_claim(file, article)]


def changed(**fields):
    return type(GOOD)(**{**{f: getattr(GOOD, f) for f in GOOD.__struct_fields__}, **fields})


def test_a_claim_that_lacks_nothing_passes():
    assert items(GOOD) == []
    assert items(GOOD, HERE.article) == []


def test_a_bare_claim_lacks_source_evidence_and_review():
    bare = changed(
        claim=claim("It rains."),
        appearances=[appearance("a", "Argus", *own_voice())],
        evidence=[],
        reviews=[],
    )
    assert items(bare) == [Item.SOURCE, Item.EVIDENCE, Item.REVIEW]


LEDGER = anonymity_ledger(
    [source("adviser", SourceKind.UNNAMED_INDIVIDUAL, anonymity=Anonymity(reason="afraid"))]
)
CIRCLE = [
    appearance("a", "A", *chain(None, "B")),
    appearance("b", "B", *chain(None, "A")),
]
CROWD = [appearance(name, name, tie("adviser")) for name in ("a", "b", "c")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"appearances": []}, [Item.APPEARANCE]),
        ({"appearances": [appearance("a", "A", *chain(None, "x"))]}, [Item.ORIGINATOR]),
        ({"appearances": [appearance("a", "A", tie("x"), tie("y", 2))]}, [Item.HOP]),
        ({"appearances": CROWD, "independence": independence(CROWD)}, [Item.INDEPENDENCE]),
        (
            {"appearances": CIRCLE, "circles": circular_reporting(CIRCLE)},
            [Item.ORIGINATOR, Item.ORIGINATOR, Item.CIRCLE],
        ),
        ({"evidence": []}, [Item.EVIDENCE]),
        (
            {
                "sources": {"adviser": source("adviser", SourceKind.DOCUMENT)},
                "evidence": [replace(PROOF, snapshot=None)],
            },
            [Item.COPY],
        ),
        ({"ledger": LEDGER}, [Item.POSITION, Item.APPROVER]),
        ({"lost_hedges": [LostHedge(claim="claim", hedged="b", flat="a")]}, [Item.HEDGE]),
        (
            {"contradictions": [Contradiction(kind=Kind.CONFLICT, claims=("claim", "other"))]},
            [Item.CONTRADICTION],
        ),
        ({"contradictions": [Contradiction(kind=Kind.DEVELOPMENT, claims=("claim", "o"))]}, []),
        ({"replies": [Reply(claim="claim", appearance="a", article="x")]}, [Item.REPLY]),
        ({"claim": replace(SIGNED, state=ClaimState.NEEDS_EVIDENCE)}, [Item.REVIEW]),
        ({"claim": replace(SIGNED, verdict=None)}, [Item.VERDICT]),
        ({"authors": ["ben "]}, [Item.FOUR_EYES]),
        ({"reviews": []}, [Item.FOUR_EYES]),
        (
            {
                "claim": replace(SIGNED, state=ClaimState.RETRACTED),
                "reviews": [replace(REVIEW, to_state=ClaimState.RETRACTED)],
            },
            [Item.RETRACTED],
        ),
    ],
)
def test_each_cause_has_its_item(fields, expected):
    assert items(changed(**fields)) == expected


def test_the_originator_may_stand_in_another_article_of_the_desk():
    """The Argus has it from the Lantern, whose own article says who said so first."""
    relay = appearance("b", "Argus", *chain(None, "Lantern"), published="2026-01-02")
    assert items(changed(appearances=[relay])) == [Item.ORIGINATOR]
    file = changed(appearances=[HERE, relay])
    assert items(file) == [] and items(file, relay.article) == []
    unsaid = appearance("a", "Lantern", *chain(None, "wire"))
    assert items(changed(appearances=[unsaid, relay]), relay.article) == [Item.ORIGINATOR]
    # Another record of the same outlet serves, where it is known to be one.
    relay = appearance("b", "Argus", *chain(None, "the Lantern"), published="2026-01-02")
    file = changed(appearances=[HERE, relay])
    assert items(file) == [Item.ORIGINATOR]
    assert items(changed(appearances=[HERE, relay], who={"the Lantern": "Lantern"})) == []


def test_an_article_is_told_only_what_concerns_it():
    other = appearance("b", "Argus", *own_voice())
    file = changed(appearances=[HERE, other])
    assert items(file, HERE.article) == []
    assert items(file, other.article) == [Item.SOURCE]
    assert items(file, "elsewhere") == [Item.APPEARANCE]


def test_an_article_s_own_items_come_first():
    mark = Annotation(article="x", spans=(Span(0, 1),), label="l", quote="w")
    plural = Plural(article="x", source="officials", description="officials", on_record=1)
    file = ArticleFile(
        article="x",
        waiting=[mark],
        unattributed=[mark],
        plurals=[plural],
        embargo_until="2026-01-02",
        now="2026-01-01T10:00:00.000Z",
        superseded_by="newer",
    )
    found = missing_for_article(file, [])
    assert [one.item for one in found] == [
        Item.SUGGESTIONS,
        Item.ATTRIBUTION,
        Item.PLURAL,
        Item.EMBARGO,
        Item.SUPERSEDED,
    ]
    assert {one.record for one in found} == {mark.id, "officials", "x", "newer"}
    assert all(one.claim is None and one.what for one in found)
    assert missing_for_article(ArticleFile(article="x", embargo_until="2025", now="2026"), []) == []


def test_a_document_that_was_seen_and_not_kept():
    log = source("log", SourceKind.DOCUMENT, description="a log seen by Albion Wire")
    file = changed(appearances=[appearance("a", "Wire", tie("log"))], sources={"log": log})
    assert seen_not_kept(file) == []
    assert seen_not_kept(changed(**{**as_fields(file), "evidence": []})) == ["log"]


def as_fields(file):
    return {name: getattr(file, name) for name in file.__struct_fields__}


def test_every_item_is_told_in_words():
    assert set(WHAT) == set(Item)
