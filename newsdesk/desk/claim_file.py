"""Gathers what one claim's pane shows: appearances, ladders, evidence, drift, reviews, history."""

from collections.abc import Sequence

import msgspec

from newsdesk.desk.as_of import AsOf, record_at
from newsdesk.desk.claim_queue import sentences
from newsdesk.desk.desk import Desk
from newsdesk.desk.gating import contents, quoted
from newsdesk.desk.reviewing import reviews_of
from newsdesk.desk.tracing import Trace, labels_of, printed, trace
from newsdesk.model import (
    Annotation,
    Attribution,
    Claim,
    Evidence,
    Layer,
    Link,
    LinkKind,
    Review,
    Revision,
    Source,
)
from newsdesk.model.register import MentionLine
from newsdesk.provenance.appearance import Appearance
from newsdesk.provenance.circles import Circle, circular_reporting
from newsdesk.provenance.firmness import LostHedge, lost_hedges, unowned_hedges
from newsdesk.provenance.independence import Independence, independence
from newsdesk.provenance.ladder import Ladder, ladder_of
from newsdesk.provenance.quoting import Drift, quote_drift

_BETWEEN = (LinkKind.CONTRADICTS, LinkKind.CORRECTS, LinkKind.SUPPORTS, LinkKind.DERIVED_FROM,
            LinkKind.REPEATS, LinkKind.REFUTES, LinkKind.SAME_CLAIM)  # fmt: skip


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one claim that is seen at once; a value, as of when it was gathered.

    `sentences` gives appearances, variants of quotes, source mentions and cues with the sentence
    that they stand in; `others` are the claims that `links` join to this one.
    """

    claim: Claim
    appearances: Sequence[Appearance]
    ladders: Sequence[Ladder]
    hops: dict[str, Attribution]
    sources: dict[str, Source]
    sentences: dict[str, MentionLine]
    titles: dict[str, str]
    independence: Independence
    circles: Sequence[Circle]
    lost_hedges: Sequence[LostHedge]
    unowned: Sequence[str]
    drifts: Sequence[Drift]
    evidence: Sequence[Evidence]
    reviews: Sequence[Review]
    links: Sequence[Link]
    others: dict[str, Claim]

    def name(self, source: str) -> str:
        """A source as it was printed."""
        found = self.sources.get(source)
        return found.description if found else source


def claim_view(desk: Desk, claim: str) -> ClaimView:
    """Gather a claim's records. Raises NewsdeskError where there is no such claim."""
    found = trace(desk, [claim])
    evidence, reviews = desk.find(Evidence, claim=claim), reviews_of(desk, claim)
    view = _view(desk, found, claim, evidence, reviews)
    ends = [_other(one, claim) for one in view.links]
    return msgspec.structs.replace(view, others=desk.get_all(Claim, ends))


def past_view(desk: Desk, known: AsOf) -> ClaimView:
    """What was known of a claim at a moment, as its pane shows it."""
    view = _view(desk, known.trace, known.claim.id, list(known.evidence), list(known.reviews))
    ends = [_other(one, known.claim.id) for one in view.links]
    past = (record_at(desk, Claim, id, known.moment.seq) for id in ends)
    return msgspec.structs.replace(view, others={one.id: one for one in past if one is not None})


def _view(
    desk: Desk,
    found: Trace,
    claim: str,
    evidence: Sequence[Evidence],
    reviews: Sequence[Review],
) -> ClaimView:
    those = found.of(claim)
    ladders = [ladder_of(one, those, found.who) for one in those]
    hops = {tie.id: tie for one in those for tie in one.hops}
    drifts = _drifts(desk, found, those)
    seen = [one.id for one in those]
    seen += [id for tie in hops.values() for id in (tie.source_mention, tie.cue) if id]
    seen += [id for one in drifts for id in (one.first, one.variant)]
    seen += [one.annotation for one in evidence if one.annotation]
    links = [one for one in found.links if claim in (one.from_id, one.to_id)]
    links = [one for one in links if one.kind in _BETWEEN]
    cited = printed(desk, [one.article for one in evidence if one.article])
    titles = {one.article: one.title for one in those}
    return ClaimView(
        claim=found.claims[claim],
        appearances=those,
        ladders=ladders,
        hops=hops,
        sources=dict(found.sources),
        sentences=sentences(desk, list(dict.fromkeys(seen))),
        titles=titles | {one.id: one.title for one in cited.values()},
        independence=independence(those, found.who),
        circles=circular_reporting(those, found.who),
        lost_hedges=lost_hedges(found.claims[claim], those),
        unowned=unowned_hedges(those),
        drifts=drifts,
        evidence=evidence,
        reviews=reviews,
        links=links,
        others={},
    )


def _other(link: Link, claim: str) -> str:
    return link.to_id if link.from_id == claim else link.from_id


def claim_history(desk: Desk, view: ClaimView) -> list[Revision]:
    """What was done to a claim, its appearances, hops, evidence and reviews, newest first."""
    records = [view.claim.id, *(one.id for one in view.appearances), *view.hops]
    records += [one.id for one in (*view.evidence, *view.reviews, *view.links)]
    found = {revision.seq: revision for id in records for revision, _entry in desk.history(id)}
    return [found[seq] for seq in sorted(found, reverse=True)]


def _drifts(desk: Desk, found: Trace, those: Sequence[Appearance]) -> list[Drift]:
    """How the quotes that an appearance stands in, or holds, differ between its articles."""
    places = {one.article: one.published for one in those}
    if len(places) < 2:
        return []
    quotes = set(labels_of(desk, Layer.QUOTE))
    spoken: dict[str, Annotation] = {}
    told = []
    for said in contents(desk, list(places)).values():
        for mark, ties in said:
            if mark.label in quotes and ties:
                spoken[mark.id] = mark
                told.append(quoted(mark, ties, places[mark.article]))
    ranges = [(one.article, one.start, one.start + len(one.quote)) for one in those]

    def concerns(id: str) -> bool:
        mark = spoken[id]
        return any(
            where == mark.article and start < mark.end and mark.start < end
            for where, start, end in ranges
        )

    drifts = quote_drift(told, found.who)
    return [one for one in drifts if concerns(one.first) or concerns(one.variant)]
