"""The publish gate: a fixed list of what is missing, for a claim and for an article."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from newsdesk.model import (
    Annotation,
    Claim,
    ClaimState,
    Evidence,
    Review,
    Source,
    SourceKind,
)
from newsdesk.model.reviewing import is_second_pair, needs_four_eyes
from newsdesk.provenance.anonymity import LedgerLine, Plural
from newsdesk.provenance.appearance import Appearance, Who
from newsdesk.provenance.circles import Circle
from newsdesk.provenance.contradictions import Contradiction, Kind
from newsdesk.provenance.firmness import LostHedge
from newsdesk.provenance.independence import Independence
from newsdesk.provenance.ladder import ladder_of
from newsdesk.provenance.replies import Reply


class Item(StrEnum):
    """Everything that the gate can find missing, in the order in which it tells it."""

    APPEARANCE = "appearance"
    SOURCE = "source"
    ORIGINATOR = "originator"
    HOP = "hop"
    INDEPENDENCE = "independence"
    CIRCLE = "circle"
    EVIDENCE = "evidence"
    COPY = "copy"
    REASON = "reason"
    POSITION = "position_to_know"
    APPROVER = "approved_by"
    PLURAL = "plural"
    HEDGE = "hedge"
    CONTRADICTION = "contradiction"
    REPLY = "reply"
    REVIEW = "review"
    VERDICT = "verdict"
    FOUR_EYES = "four eyes"
    RETRACTED = "retracted"
    SUGGESTIONS = "suggestions"
    ATTRIBUTION = "attribution"
    EMBARGO = "embargo"
    SUPERSEDED = "superseded"


WHAT = {
    Item.APPEARANCE: "no article prints it",
    Item.SOURCE: "nobody is named who says so",
    Item.ORIGINATOR: "a relay is named, but not who said so first",
    Item.HOP: "a hop on the way is not named",
    Item.INDEPENDENCE: "three or more outlets have it from one source",
    Item.CIRCLE: "the outlets have it from one another",
    Item.EVIDENCE: "no evidence is on record",
    Item.COPY: "no copy of the document is on record",
    Item.REASON: "no reason is given why the source is not named",
    Item.POSITION: "it is not said how the source knows",
    Item.APPROVER: "nobody approved that the source is not named",
    Item.PLURAL: "a plural stands for fewer than two sources on record",
    Item.HEDGE: "a hedge was lost",
    Item.CONTRADICTION: "another claim contradicts it; confirm or dismiss that",
    Item.REPLY: "no reply of the accused is on record",
    Item.REVIEW: "nobody has reviewed it to the end",
    Item.VERDICT: "the review came to no verdict",
    Item.FOUR_EYES: "no second pair of eyes signed it",
    Item.RETRACTED: "the claim was retracted and still stands here",
    Item.SUGGESTIONS: "suggestions wait for a decision",
    Item.ATTRIBUTION: "a quote has no attribution, not even an orphan one",
    Item.EMBARGO: "the embargo has not passed",
    Item.SUPERSEDED: "a newer version replaces it",
}
"""Each item in words for an editor."""

OPEN_STATES = (ClaimState.UNREVIEWED, ClaimState.IN_REVIEW, ClaimState.NEEDS_EVIDENCE)


class Missing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that is missing, and the record where it is: an appearance, a source, a claim …

    `claim` is None for what concerns an article as a whole.
    """

    item: Item
    record: str
    claim: str | None = None

    @property
    def what(self) -> str:
        """What is missing, in words."""
        return WHAT[self.item]


class ClaimFile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Everything on record about one claim.

    `authors` are those who made or accepted its appearances; `reviews` stand in the order of the
    journal. `contradictions` are the ones that nobody confirmed or dismissed. `who` says which
    sources are one.
    """

    claim: Claim
    appearances: Sequence[Appearance]
    sources: Mapping[str, Source]
    who: Who = {}
    evidence: Sequence[Evidence] = ()
    reviews: Sequence[Review] = ()
    authors: Sequence[str] = ()
    independence: Independence | None = None
    circles: Sequence[Circle] = ()
    ledger: Sequence[LedgerLine] = ()
    lost_hedges: Sequence[LostHedge] = ()
    contradictions: Sequence[Contradiction] = ()
    replies: Sequence[Reply] = ()


class ArticleFile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Everything on record about one article, besides its claims.

    `waiting` are suggestions, `unattributed` quotes that nobody ascribed; `embargo_until` and
    `now` are ISO moments.
    """

    article: str
    waiting: Sequence[Annotation] = ()
    unattributed: Sequence[Annotation] = ()
    plurals: Sequence[Plural] = ()
    embargo_until: str | None = None
    now: str = ""
    superseded_by: str | None = None


def missing_for_claim(file: ClaimFile, article: str | None = None) -> list[Missing]:
    """What a claim lacks before it can be published (SCHEME, provenance 12). No score, no model.

    With `article`, only what concerns its appearances there, and the claim as a whole.
    """
    here = [one for one in file.appearances if article in (None, one.article)]
    found: list[tuple[Item, str]] = []
    if not here:
        found.append((Item.APPEARANCE, file.claim.id))
    for one in here:
        found += _on_the_way(one, file)
    found += _behind(file, here)
    found += _on_record(file, here)
    found += [(Item(name), line.source) for line in file.ledger for name in line.missing
              if any(line.source in one.sources for one in here)]  # fmt: skip
    flat = {one.id for one in here}
    where = {one.article for one in here}
    found += [(Item.HEDGE, one.flat or one.headline or one.hedged) for one in file.lost_hedges
              if one.flat in flat or one.headline in where]  # fmt: skip
    found += [(Item.REPLY, one.appearance) for one in file.replies
              if one.answer is None and one.appearance in flat]  # fmt: skip
    found += _reviewed(file)
    order = list(Item)
    told = sorted(dict.fromkeys(found), key=lambda one: order.index(one[0]))
    return [Missing(item=item, record=record, claim=file.claim.id) for item, record in told]


def missing_for_article(file: ArticleFile, claims: Iterable[ClaimFile]) -> list[Missing]:
    """What an article lacks before it can be published: its own items, then each claim's."""
    found = [(Item.SUGGESTIONS, one.id) for one in file.waiting]
    found += [(Item.ATTRIBUTION, one.id) for one in file.unattributed]
    found += [(Item.PLURAL, one.source) for one in file.plurals]
    if file.embargo_until and file.now < file.embargo_until:
        found.append((Item.EMBARGO, file.article))
    if file.superseded_by:
        found.append((Item.SUPERSEDED, file.superseded_by))
    own = [Missing(item=item, record=record) for item, record in found]
    return own + [one for each in claims for one in missing_for_claim(each, file.article)]


def _on_the_way(one: Appearance, file: ClaimFile) -> list[tuple[Item, str]]:
    """What the ladder lacks; where another article of the desk stands below, its rungs count."""
    if one.only_denied:
        return []
    if not one.sources:
        return [(Item.SOURCE, one.id)]
    ladder = ladder_of(one, file.appearances, file.who)
    found = []
    if 0 in ladder.gaps:
        found.append((Item.ORIGINATOR, one.id))
    if any(at > 0 for at in ladder.gaps):
        found.append((Item.HOP, one.id))
    return found


def _behind(file: ClaimFile, here: Sequence[Appearance]) -> list[tuple[Item, str]]:
    found = []
    if file.independence is not None and file.independence.alarm:
        found.append((Item.INDEPENDENCE, file.independence.origins[0].origin))
    for circle in file.circles:
        if any(one.id in circle.appearances for one in here):
            found.append((Item.CIRCLE, circle.appearances[0]))
    return found


def _on_record(file: ClaimFile, here: Sequence[Appearance]) -> list[tuple[Item, str]]:
    found = [] if file.evidence else [(Item.EVIDENCE, file.claim.id)]
    kept = any(one.snapshot for one in file.evidence)
    papers = (SourceKind.DOCUMENT, SourceKind.DATABASE, SourceKind.POLL)
    for one in here:
        for id in one.sources:
            if not kept and id in file.sources and file.sources[id].kind in papers:
                found.append((Item.COPY, id))
    for other in file.contradictions:
        if other.kind is Kind.CONFLICT:
            rivals = [id for id in other.claims if id != file.claim.id]
            found += [(Item.CONTRADICTION, id) for id in rivals[:1]]
    return found


def _reviewed(file: ClaimFile) -> list[tuple[Item, str]]:
    claim = file.claim
    if claim.state in OPEN_STATES:
        return [(Item.REVIEW, claim.id)]
    found = []
    if claim.verdict is None:
        found.append((Item.VERDICT, claim.id))
    if claim.state is ClaimState.RETRACTED:
        found.append((Item.RETRACTED, claim.id))
    if needs_four_eyes(claim.state):
        last = file.reviews[-1] if file.reviews else None
        signed = last is not None and last.to_state is claim.state
        if not signed or last is None or not is_second_pair(last.reviewer, file.authors):
            found.append((Item.FOUR_EYES, claim.id))
    return found


def seen_not_kept(file: ClaimFile) -> list[str]:
    """Documents that an article says it saw, of which no copy is on record (provenance 5)."""
    if any(one.snapshot for one in file.evidence):
        return []
    shown = ("seen by", "obtained by", "shown to", "leaked to", "shared with", "reviewed by")
    return [
        id
        for id in dict.fromkeys(id for one in file.appearances for id in one.sources)
        if id in file.sources
        and file.sources[id].kind in (SourceKind.DOCUMENT, SourceKind.DATABASE)
        and any(words in file.sources[id].description.lower() for words in shown)
    ]
