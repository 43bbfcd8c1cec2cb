"""The provenance graph: who said it, through whom, in which articles, and what speaks for it."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from newsdesk.model import Assertion, Claim, Evidence, Source, SourceKind, Stance
from newsdesk.provenance.appearance import Appearance, Who
from newsdesk.provenance.ladder import Rung, own_rungs, printed_by


class NodeKind(StrEnum):
    """What stands at a node; shape and colour go by it."""

    PERSON = "person or group"
    UNNAMED = "unnamed source"
    DOCUMENT = "document"
    OUTLET = "media outlet"
    GAP = "nobody named"
    ARTICLE = "article"
    CLAIM = "claim"
    EVIDENCE = "evidence"


_KINDS = {
    SourceKind.UNNAMED_INDIVIDUAL: NodeKind.UNNAMED,
    SourceKind.UNNAMED_GROUP: NodeKind.UNNAMED,
    SourceKind.DOCUMENT: NodeKind.DOCUMENT,
    SourceKind.POLL: NodeKind.DOCUMENT,
    SourceKind.DATABASE: NodeKind.DOCUMENT,
    SourceKind.MEDIA_OUTLET: NodeKind.OUTLET,
}


class Node(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing in the picture. `record` is the id of what it shows (empty for a gap), and
    `annotation` the words of an article to go to."""

    id: str
    kind: NodeKind
    text: str
    detail: str = ""
    record: str = ""
    annotation: str = ""


class Tie(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What passes from one node to another: `text` says how; `back` that the arrow points at the
    start (evidence points at its claim, and stands beyond it)."""

    start: str
    end: str
    text: str = ""
    hedged: bool = False
    against: bool = False
    back: bool = False


class Graph(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Nodes, each once, in a fixed order, and the ties between them."""

    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()


def graph_of(
    appearances: Iterable[Appearance],
    claims: Mapping[str, Claim],
    sources: Mapping[str, Source],
    who: Who,
    evidence: Iterable[Evidence] = (),
) -> Graph:
    """The graph of appearances, from the originators (left) to the claims (right).

    A hop that leads to another article of the desk is that article's node, so that the ladders
    join; reporting in a circle is a circle here.
    """
    shown = sorted(appearances, key=lambda one: one.order)
    made = _Drawing(shown, claims, sources, who)
    for one in shown:
        made.add_appearance(one)
    for piece in sorted(evidence, key=lambda each: each.id):
        made.add_evidence(piece)
    return Graph(nodes=tuple(made.nodes.values()), ties=tuple(made.ties.values()))


class _Drawing:
    def __init__(
        self,
        shown: Sequence[Appearance],
        claims: Mapping[str, Claim],
        sources: Mapping[str, Source],
        who: Who,
    ) -> None:
        self._shown, self._claims, self._sources, self._who = tuple(shown), claims, sources, who
        self._by_claim: dict[str, tuple[Appearance, ...]] = {}
        for one in self._shown:
            self._by_claim[one.claim] = (*self._by_claim.get(one.claim, ()), one)
        self.nodes: dict[str, Node] = {}
        self.ties: dict[tuple[str, str, str], Tie] = {}

    def add_appearance(self, one: Appearance) -> None:
        """The rungs of one appearance, its article and its claim."""
        article = self._article(one)
        before: list[str] = []
        rungs = own_rungs(one)
        for rung in rungs:
            here = self._places(one, rung)
            for start in before:
                for end in here:
                    self._tie(start, end, _how(rung), hedged=_soft(rung))
            before = here
        for start in before:
            self._tie(start, article, _how(rungs[-1]), hedged=_soft(rungs[-1]) or bool(one.hedges))
        claim = self._claims[one.claim]
        self._node(claim.id, NodeKind.CLAIM, claim.statement, claim.state.value, claim.id)
        self._tie(article, claim.id)

    def add_evidence(self, one: Evidence) -> None:
        """A piece of evidence beyond its claim."""
        if one.claim not in self.nodes:
            return
        text = one.title or one.publisher or one.exact or one.stance.value
        self._node(one.id, NodeKind.EVIDENCE, text, one.stance.value, one.id)
        against = one.stance is Stance.REFUTES
        self._tie(one.claim, one.id, one.stance.value, against=against, back=True)

    def _article(self, one: Appearance) -> str:
        source = self._sources.get(one.outlet or "")
        outlet = source.description if source else ""
        detail = " · ".join(part for part in (outlet, one.published or "") if part)
        title = one.title or one.quote
        self._node(one.article, NodeKind.ARTICLE, title, detail, one.article, one.id)
        return one.article

    def _places(self, one: Appearance, rung: Rung) -> list[str]:
        """The nodes of one rung: another article, sources, or a gap."""
        leads = printed_by(rung, one, self._by_claim[one.claim], self._who)
        if leads is not None:
            return [self._article(next(each for each in self._shown if each.id == leads))]
        if rung.is_gap:
            id = f"gap {one.id} {rung.hop}"
            self._node(id, NodeKind.GAP, "?", "nobody is named", "", one.id)
            return [id]
        return [self._source(self._who.get(id, id)) for id in rung.sources]

    def _source(self, id: str) -> str:
        source = self._sources.get(id)
        if source is None:
            return self._node(id, NodeKind.GAP, "?", "unknown source")
        kind = _KINDS.get(source.kind, NodeKind.PERSON)
        return self._node(id, kind, source.description, source.kind.value, id)

    def _node(
        self, id: str, kind: NodeKind, text: str, detail: str, record: str = "", words: str = ""
    ) -> str:
        if id not in self.nodes:
            node = Node(
                id=id, kind=kind, text=text, detail=detail, record=record, annotation=words
            )
            self.nodes[id] = node
        return id

    def _tie(
        self,
        start: str,
        end: str,
        text: str = "",
        *,
        hedged: bool = False,
        against: bool = False,
        back: bool = False,
    ) -> None:
        if start != end:
            tie = Tie(start=start, end=end, text=text, hedged=hedged, against=against, back=back)
            self.ties.setdefault((start, end, text), tie)


def _how(rung: Rung) -> str:
    if rung.channel is not None:
        return rung.channel.value
    return rung.manner.value if rung.manner is not None else ""


def _soft(rung: Rung) -> bool:
    return rung.assertion in (Assertion.ALLEGED, Assertion.SPECULATIVE, Assertion.DENIED)
