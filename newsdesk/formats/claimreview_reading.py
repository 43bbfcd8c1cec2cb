"""ClaimReviews of other fact-checkers in: each is a claim, and their finding evidence about it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from newsdesk.formats.claimreview_rating import verdict_of
from newsdesk.formats.claimreview_writing import CLAIM_IRI
from newsdesk.formats.derived import derived_id
from newsdesk.formats.format import Filed, Input, Item, Problem, Reading
from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.model import Claim, Evidence, Stance, Verdict

LONGEST = 1 << 26
"""Bytes of a file that are read: it is decoded in memory."""

_WITHIN = ("@graph", "dataFeedElement", "item", "itemListElement")
_STANCES = {Verdict.SUPPORTED: Stance.SUPPORTS, Verdict.REFUTED: Stance.REFUTES}


def read_claimreview(source: Input, reading: Reading) -> Iterator[Item]:
    """The items of JSON-LD: one object, a list, a graph, or a feed of ClaimReviews."""
    with source.open() as file:
        raw = file.read(LONGEST + 1)
    reading.advance(len(raw))
    if len(raw) > LONGEST:
        yield Problem(file=source.name, message=f"it is longer than {LONGEST >> 20} MiB; split it")
        return
    try:
        whole = any_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except BrokenJSON as error:
        line = 1 + raw.count(b"\n", 0, error.at)
        yield Problem(file=source.name, line=line, message=error.message)
        return
    claims: set[str] = set()
    number = 0
    for number, review in enumerate(_reviews(whole), 1):
        yield from _items(source.name, f"review {number}", review, claims)
    if not number:
        yield Problem(file=source.name, message="there is no ClaimReview in it.")


def _reviews(whole: Any) -> Iterator[dict[str, Any]]:
    """The ClaimReviews, wherever they stand."""
    waiting = [whole]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            if "ClaimReview" in _listed(value.get("@type")):
                yield value
            else:
                waiting += [value[key] for key in reversed(_WITHIN) if key in value]


def _items(file: str, where: str, review: dict[str, Any], claims: set[str]) -> Iterator[Item]:
    item = review.get("itemReviewed")
    item = item if isinstance(item, dict) else {}
    statement = _text(review.get("claimReviewed")) or _text(item.get("text"))
    if not statement:
        message = "it does not say which claim was reviewed"
        yield Problem(file=file, record=where, field="claimReviewed", message=message)
        return
    iri = _text(item.get("@id"))
    own = iri.startswith(CLAIM_IRI)
    id = unquote(iri.removeprefix(CLAIM_IRI)) if own else derived_id("claimreview", statement)
    if id not in claims:
        claims.add(id)
        yield Filed(record=Claim(id=id, statement=statement, topic=_text(review.get("about"))))
    if own:
        message = "verdicts of another desk are not taken over: review the claim here"
        yield Problem(file=file, record=where, message=message, blocks=False)
        return
    rating = review.get("reviewRating")
    verdict = verdict_of(rating)
    if verdict is None:
        message = "what its rating means is not known, or contradicts itself: it is context"
        yield Problem(
            file=file, record=where, field="reviewRating", message=message, blocks=False
        )
    url, publisher = _text(review.get("url")), _name(review.get("author"))
    words = _text(rating.get("alternateName")) if isinstance(rating, dict) else ""
    titles = [_text(review.get(key)) for key in ("name", "headline")]
    yield Filed(
        record=Evidence(
            id=derived_id("claimreview", id, url, publisher, _text(review.get("datePublished"))),
            claim=id,
            stance=_STANCES.get(verdict, Stance.CONTEXT) if verdict else Stance.CONTEXT,
            title=next(filter(None, titles), "") or f"Rated “{words}”" * bool(words),
            publisher=publisher,
            url=url or None,
            extra={"claimreview": review},
        )
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """The names of a person, an organisation, or several."""
    found = []
    for one in _listed(value):
        if isinstance(one, dict):
            one = _text(one.get("name")) or _text(one.get("url"))
        found.append(_text(one))
    return ", ".join(filter(None, found))
