"""Puts entities, quotes, claims and hedges together into proposals with ties and hops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from newsdesk.model import Assertion, Channel, Layer, Manner, Span, Spans
from newsdesk.suggest.claims import Claimed
from newsdesk.suggest.coreference import Mention, chains
from newsdesk.suggest.direct import Reported
from newsdesk.suggest.frames import Range
from newsdesk.suggest.names import Name
from newsdesk.suggest.proposals import (
    CLAIM,
    CUE,
    HEDGE,
    QUOTE,
    SOURCE,
    Chain,
    Proposal,
    Proposals,
    Tie,
    one,
)
from newsdesk.suggest.speakers import Cast, assertion_of, attitude_of, channel_of, kind_of

_VIA = re.compile(
    r"(?P<cue>\bas (?:first )?(?:reported|revealed) (?:by|in)|\breported by|\baccording to|\bas "
    r"told to|\btold)\s+"
)
_UNSAID = re.compile(
    r"\b[Ii]t(?:['’]s| is| was| has been| had been) (?:now |also |widely )?"
    r"(?P<verb>claimed|alleged|reported|believed|thought|understood|said|rumoured|rumored|"
    r"suggested|feared)\b"
)


@dataclass(slots=True)
class _Desk:
    """The proposals as they are gathered, each span and layer once."""

    items: list[Proposal] = field(default_factory=list)
    places: dict[tuple[Spans, str], int] = field(default_factory=dict)

    def put(self, item: Proposal) -> int:
        """Add a proposal, or find the one already there; returns its place."""
        key = (item.spans, item.label)
        if key not in self.places:
            self.places[key] = len(self.items)
            self.items.append(item)
        return self.places[key]


def assemble(
    text: str,
    names: Sequence[Name],
    reports: Sequence[Reported],
    found_claims: Sequence[Claimed],
    found_hedges: Sequence[Range],
) -> Proposals:
    """Make proposals of everything found, in text order, with ties between them."""
    desk = _Desk()
    entity_places = [desk.put(_entity(name)) for name in names]
    groups = _chains(text, names, entity_places)
    ties: list[Tie] = []
    told: list[list[Tie]] = []
    direct = [span for q in reports if q.manner == Manner.DIRECT for span in q.content]
    cast = Cast(text, names, direct)
    speakers: list[int | None] = []
    for number in range(len(reports)):
        hop = _attribute(text, desk, names, entity_places, cast, reports, number, speakers)
        told.append(hop)
    for number, own in enumerate(told):
        chain = own + _outer_hops(reports, told, number)
        ties.extend(_renumbered(chain))
    for claim in found_claims:
        ties.extend(_claim(text, desk, names, entity_places, told, claim, reports))
    for start, end in found_hedges:
        desk.put(
            Proposal(one(start, end), Layer.HEDGE, HEDGE, 0.8, "hedges", "a word that weakens")
        )
    return _ordered(Proposals(tuple(desk.items), tuple(ties), tuple(groups)))


def _entity(name: Name) -> Proposal:
    return Proposal(
        one(name.start, name.end),
        Layer.ENTITY,
        name.label,
        round(name.confidence, 4),
        "names" if not name.why.startswith("rule") else "measures",
        name.why,
        dict(name.value),
    )


def _chains(text: str, names: Sequence[Name], places: Sequence[int]) -> list[Chain]:
    wanted = [i for i, n in enumerate(names) if n.label in _TIED]
    mentions = [
        Mention(names[i].start, names[i].end, names[i].label, text[names[i].start : names[i].end])
        for i in wanted
    ]
    return [
        Chain(name, label, tuple(places[wanted[m]] for m in members))
        for name, label, members in chains(mentions)
        if len(members) > 1
    ]


_TIED = frozenset("PERSON ORG OUTLET GPE LOC FAC EVENT WORK PRODUCT".split())


def _attribute(
    text: str,
    desk: _Desk,
    names: Sequence[Name],
    places: Sequence[int],
    cast: Cast,
    reports: Sequence[Reported],
    number: int,
    speakers: list[int | None],
) -> list[Tie]:
    """Propose one report's content, cue and source; return its innermost tie."""
    report = reports[number]
    speaker = _speaker(cast, reports, number, speakers)
    speakers.append(speaker)
    named = names[speaker] if speaker is not None else None
    said_by = report.source
    if said_by is None and report.follows and named is not None:
        said_by = (named.start, named.end)
    content, source, cue = _put_parts(desk, report, said_by)
    return [
        Tie(
            content,
            source,
            cue,
            places[speaker] if speaker is not None else None,
            0,
            report.manner,
            attitude_of(report),
            assertion_of(report) if source is not None else Assertion.ALLEGED,
            channel_of(text, report, named),
            kind_of(text, said_by, named),
            source is None,
            round(report.confidence, 4),
        )
    ]


def _speaker(
    cast: Cast, reports: Sequence[Reported], number: int, speakers: Sequence[int | None]
) -> int | None:
    """Who says a report, and from then on spoke last, unless it stands inside another."""
    report, outer = reports[number], _around(reports, number)
    around = speakers[outer] if outer is not None and outer < len(speakers) else cast.speaker
    if report.follows:
        speaker = cast.speaker
    else:
        at = report.cue[0] if report.cue else report.start
        speaker = cast.resolve(report.source, at, around)
    if report.depth == 0 and outer is None and speaker is not None:
        cast.speaker, cast.spoke_at = speaker, report.end
    return speaker


def _put_parts(
    desk: _Desk, report: Reported, said_by: Range | None
) -> tuple[int, int | None, int | None]:
    """Propose content, source and cue; returns their places."""
    sure = round(report.confidence, 4)
    spans = tuple(Span(start, end) for start, end in report.content)
    manner: dict[str, Any] = {"manner": str(report.manner)}
    content = desk.put(Proposal(spans, Layer.QUOTE, QUOTE, sure, "quotes", report.why, manner))
    source = cue = None
    if report.cue:
        cue = desk.put(Proposal(one(*report.cue), Layer.CUE, CUE, sure, "quotes", "verb of speech"))
    if said_by:
        why = "who speaks" if report.source else "the speaker of the quote before"
        source = desk.put(Proposal(one(*said_by), Layer.SOURCE, SOURCE, sure, "quotes", why))
    return content, source, cue


_NEAR = 60
"""Reports stand in text order: the one around another is among so many before it."""


def _around(reports: Sequence[Reported], number: int) -> int | None:
    """The report whose content holds this one's content."""
    report = reports[number]
    best, size = None, 0
    for other in range(max(0, number - _NEAR), number):
        for start, end in reports[other].content:
            inside = start <= report.start and report.end <= end
            if (
                inside
                and (start, end) != report.content[0]
                and (best is None or end - start < size)
            ):
                best, size = other, end - start
    return best


def _outer_hops(
    reports: Sequence[Reported], told: Sequence[Sequence[Tie]], number: int
) -> list[Tie]:
    """The ties of the reports around one: second-hand words have a hop for each mouth."""
    hops: list[Tie] = []
    seen = {number}
    outer = _around(reports, number)
    while outer is not None and outer not in seen:
        seen.add(outer)
        hops.extend(told[outer])
        outer = _around(reports, outer)
    return hops


def _renumbered(chain: Sequence[Tie]) -> list[Tie]:
    """The same ties, all with the first one's content, counted from the originator."""
    return [
        replace(tie, content=chain[0].content, hop=hop)
        for hop, tie in enumerate(chain)
        if hop == 0 or not tie.orphan
    ]


def _claim(
    text: str,
    desk: _Desk,
    names: Sequence[Name],
    places: Sequence[int],
    told: Sequence[Sequence[Tie]],
    claim: Claimed,
    reports: Sequence[Reported],
) -> list[Tie]:
    """Propose a claim, with its claimant and the outlet it came through as hops."""
    confidence = round(claim.confidence, 4)
    place = desk.put(
        Proposal(
            one(claim.start, claim.end), Layer.CLAIM, CLAIM, confidence, "claims",
            f"worth a check: {claim.reason}", {"reason": claim.reason},
        )
    )  # fmt: skip
    chain: list[Tie] = []
    if claim.report is not None:
        chain = [*told[claim.report], *_outer_hops(reports, told, claim.report)]
    via = _via(text, desk, names, places, claim, chain)
    chain = [*chain, *via]
    if not chain:
        unsaid = _unsaid(text, claim)
        if unsaid:
            cue = desk.put(
                Proposal(one(*unsaid), Layer.CUE, CUE, 0.85, "claims", "nobody is named")
            )
            return [
                Tie(
                    place, None, cue, None, 0, None, None, Assertion.ALLEGED, None, None, True, 0.85
                )
            ]
        return []
    first = chain[0]
    moved = replace(first, content=place, hop=0)
    return _renumbered([moved, *chain[1:]])


def _sentence(text: str, claim: Claimed) -> Range:
    lo = max(text.rfind(mark, 0, claim.start) for mark in ("\n", ". ", "? ", "! "))
    ends = [p for mark in ("\n", ". ", "? ", "! ") if (p := text.find(mark, claim.end)) >= 0]
    return max(0, lo), min(ends, default=len(text))


def _via(
    text: str,
    desk: _Desk,
    names: Sequence[Name],
    places: Sequence[int],
    claim: Claimed,
    chain: Sequence[Tie],
) -> list[Tie]:
    """The outlet that a sentence names as its way: "as reported by The Guardian"."""
    lo, hi = _sentence(text, claim)
    ties = []
    for match in _VIA.finditer(text, lo, hi):
        for place, name in enumerate(names):
            gap = text[match.end() : name.start] if match.end() <= name.start else "x"
            if name.label != "OUTLET" or gap not in ("", "the ", "The "):
                continue
            source = desk.put(
                Proposal(
                    one(name.start, name.end), Layer.SOURCE, SOURCE, 0.85, "claims", "the outlet"
                )
            )
            if any(tie.source == source or tie.speaker == places[place] for tie in chain):
                continue
            cue = desk.put(
                Proposal(
                    one(match.start("cue"), match.end("cue")), Layer.CUE, CUE, 0.85, "claims", "via"
                )
            )
            kind = kind_of(text, (name.start, name.end), name)
            channel = Channel.INTERVIEW if match["cue"] == "told" else Channel.PRESS_REPORT
            tie = Tie(0, source, cue, places[place], 1, channel=channel, kind=kind, confidence=0.85)
            ties.append(replace(tie, assertion=Assertion.ATTRIBUTED))
    return ties[:1]


def _unsaid(text: str, claim: Claimed) -> Range | None:
    """The words of a claim that nobody is named for: "it's claimed that"."""
    lo, hi = _sentence(text, claim)
    match = _UNSAID.search(text, lo, hi)
    return (match.start(), match.end()) if match else None


def _ordered(proposals: Proposals) -> Proposals:
    """Sort the items by place in the text and renumber what points at them."""
    order = sorted(range(len(proposals.items)), key=lambda i: _place(proposals.items[i]))
    fresh = {old: new for new, old in enumerate(order)}

    def moved(place: int | None) -> int | None:
        return None if place is None else fresh[place]

    ties = tuple(
        replace(
            tie,
            content=fresh[tie.content],
            source=moved(tie.source),
            cue=moved(tie.cue),
            speaker=moved(tie.speaker),
        )
        for tie in proposals.ties
    )
    groups = tuple(
        Chain(c.name, c.kind, tuple(sorted(fresh[m] for m in c.mentions))) for c in proposals.chains
    )
    return Proposals(tuple(proposals.items[i] for i in order), ties, groups, proposals.origin)


def _place(item: Proposal) -> tuple[int, int, str]:
    return item.start, -item.end, item.label
