"""ClaimReview: one for each verdict, with who claimed it and where; those of others come in."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsdesk.desk import create_desk
from newsdesk.desk.importing import import_files
from newsdesk.formats import choose, format_named
from newsdesk.formats.claimreview_rating import rating_of, verdict_of
from newsdesk.formats.format import Filed, Losses, Part, Problem, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import (
    Attribution,
    Channel,
    Claim,
    ClaimState,
    Evidence,
    Review,
    Source,
    SourceKind,
    Stance,
    Verdict,
    replace,
)
from tests.formats.samples import Given, Memory, mark, small


def written(dataset: Any) -> tuple[dict[str, Any], Losses]:
    target, write = Memory(), format_named("claimreview").write
    assert write is not None
    losses = write(dataset, target)
    return json.loads(target.content), losses


def read(form: Any, name: str = "a.json") -> list[Any]:
    raw = form if isinstance(form, bytes) else json.dumps(form).encode()
    reader = format_named("claimreview").read
    assert reader is not None
    return list(reader(BytesInput(raw, name), Reading()))


@pytest.fixture
def dataset() -> Given:
    """A claim with a verdict that appears in two articles, and one that nobody reviewed."""
    found = small()
    (claim, (seen,)) = found.stated[0]
    old, new = found.bundles
    ada = found.speakers[0]
    earlier = mark(old.article, "CLAIM", (13, 29), claim=claim.id)
    paper = Source(description="the notes", kind=SourceKind.DOCUMENT)
    firm = Source(description="the firm", kind=SourceKind.NAMED_GROUP)
    found.speakers += [paper, firm]
    found.bundles = [
        msgspec.structs.replace(old, annotations=(earlier,)),
        msgspec.structs.replace(new, attributions=(
            Attribution(content=seen, source=ada.id),
            Attribution(content=seen, source=paper.id),
            Attribution(content=seen, source=firm.id, channel=Channel.DECLINED_TO_COMMENT),
        )),
    ]  # fmt: skip
    reviewed = replace(
        claim, verdict=Verdict.REFUTED, state=ClaimState.DISPUTED, rating="Pants on fire"
    )
    found.stated = [(reviewed, (earlier.id, seen)), (Claim(statement="Unseen."), ())]
    found.checked.append(
        Review(claim=claim.id, from_state=ClaimState.IN_REVIEW, to_state=ClaimState.DISPUTED,
               verdict=Verdict.REFUTED, reviewer="Cy", comment="Secret.",
               at="2024-02-03T10:00:00.000Z")
    )  # fmt: skip
    return found


def test_a_verdict_becomes_a_claim_review(dataset: Given) -> None:
    form, losses = written(dataset)
    assert form["@context"] == "https://schema.org"
    (one,) = form["@graph"]
    assert one["@type"] == "ClaimReview"
    assert one["claimReviewed"] == "It can do whatever we know."
    assert (one["datePublished"], one["author"]["name"]) == ("2024-02-03", "Cy")
    assert one["reviewRating"] == {
        "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
        "alternateName": "Pants on fire",
    }  # fmt: skip
    item = one["itemReviewed"]
    assert item["author"] == {
        "@type": "Person", "name": "Ada Lovelace", "description": "Ada",
        "sameAs": "https://www.wikidata.org/wiki/Q7259",
    }  # fmt: skip
    assert item["isBasedOn"]["name"] == "the notes"
    # The one that has a day is the first that is known to have printed it.
    assert item["firstAppearance"]["headline"] == "Ada"
    assert item["datePublished"] == "1843-09-01"
    assert [each["headline"] for each in item["appearance"]] == ["Ada", "Older"]
    assert item["appearance"][0]["publisher"]["name"] == "The Times"
    assert item["appearance"][0]["hasPart"]["text"] == "It can do whatever we know."
    # Comments of reviews are the house's own.
    assert "Secret" not in json.dumps(form)
    told = {(loss.part, loss.record) for loss in losses.listed}
    assert (Part.CLAIMS, dataset.stated[1][0].id) in told
    assert losses.counts.keys() - {Part.CLAIMS} <= format_named("claimreview").losses


def test_without_verdicts_the_graph_is_empty() -> None:
    form, losses = written(small())
    assert form["@graph"] == []
    assert losses.counts[Part.CLAIMS] == 1


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_comes_back_from_its_rating(verdict: Verdict) -> None:
    assert verdict_of(rating_of(verdict, "")) is verdict


@pytest.mark.parametrize(
    ("rating", "verdict"),
    [
        ({"alternateName": "Mostly true."}, Verdict.SUPPORTED),
        ({"ratingValue": "1", "bestRating": "7"}, Verdict.REFUTED),
        ({"ratingValue": 4, "bestRating": 6}, Verdict.CONFLICTING_EVIDENCE),
        ({"ratingValue": 3, "alternateName": "Unproven"}, Verdict.NOT_ENOUGH_EVIDENCE),
        ({"ratingValue": 1, "bestRating": 6, "alternateName": "True"}, None),
        ({"ratingValue": 9, "bestRating": 5}, None),
        ({"ratingValue": "nan"}, None),
        ({"ratingValue": 1, "bestRating": 1}, None),
        ({"alternateName": "Three tomatoes"}, None),
        ({"alternateName": 7}, None),
        ("True", None),
    ],
)
def test_ratings_of_others_are_understood_or_left(rating: Any, verdict: Verdict | None) -> None:
    assert verdict_of(rating) is verdict


def theirs(**fields: Any) -> dict[str, Any]:
    return {
        "@context": "http://schema.org",
        "@type": ["ClaimReview"],
        "claimReviewed": "The moon is a cheese.",
        "url": "https://facts.example/moon",
        "author": {"@type": "Organization", "name": "Facts"},
        "reviewRating": {"alternateName": "False", "ratingValue": 1, "bestRating": 5},
        **fields,
    }


def test_the_review_of_another_house_is_evidence_about_a_claim() -> None:
    claim, evidence = (one.record for one in read(theirs()))
    assert (claim.statement, claim.state, claim.verdict) == (
        "The moon is a cheese.", ClaimState.UNREVIEWED, None,
    )  # fmt: skip
    assert (evidence.claim, evidence.stance) == (claim.id, Stance.REFUTES)
    assert (evidence.publisher, evidence.url) == ("Facts", "https://facts.example/moon")
    assert evidence.title == "Rated “False”"
    # The same file gives the same ids.
    assert read(theirs()) == read(theirs())


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda *these: list(these),
        lambda *these: {"@graph": list(these)},
        lambda *these: {
            "@type": "DataFeed",
            "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]} for one in these],
        },
    ],
)
def test_feeds_and_graphs_are_looked_through(wrapped: Any) -> None:
    second = theirs(url="https://other.example/", author=[{"name": "Others"}, "B"])
    found = [one.record for one in read(wrapped(theirs(), second)) if isinstance(one, Filed)]
    assert [type(one) for one in found] == [Claim, Evidence, Evidence]
    assert found[2].publisher == "Others, B"
    assert len({one.id for one in found}) == 3


def test_what_can_t_be_understood_is_said() -> None:
    (problem,) = read({"@type": "ClaimReview", "itemReviewed": 3})
    assert (problem.record, problem.field) == ("review 1", "claimReviewed")
    (problem,) = read({"@type": "Recipe"})
    assert "no ClaimReview" in problem.message
    (problem,) = read(b'{"@type":\n "ClaimReview",,}')
    assert problem.line == 2
    found = read(theirs(reviewRating={"alternateName": "Three tomatoes"}))
    assert [one.blocks for one in found if isinstance(one, Problem)] == [False]
    assert found[-1].record.stance is Stance.CONTEXT


def test_our_own_come_back_as_the_claim_alone(dataset: Given) -> None:
    form, _ = written(dataset)
    claim, remark = read(form)
    assert claim.record.id == dataset.stated[0][0].id
    assert claim.record.verdict is None
    assert not remark.blocks
    assert "review the claim here" in remark.message


def test_a_file_is_known_by_what_is_in_it_and_comes_onto_a_desk(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(theirs()), "utf-8")
    assert choose(BytesInput(path.read_bytes(), "facts.json")).name == "claimreview"
    desk = create_desk(tmp_path / "a.desk", "Ann")
    assert import_files(desk, [path]).problem_count == 0
    (claim,) = desk.find(Claim)
    (evidence,) = desk.find(Evidence, claim=claim.id)
    assert evidence.extra["claimreview"]["author"]["name"] == "Facts"
    desk.close()
