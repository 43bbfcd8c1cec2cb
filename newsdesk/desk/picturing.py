"""What the pictures of provenance show: gathered from the desk, drawn elsewhere.

Pictures are made to be shown around, so confidential sources are told as an export tells them.
"""

from collections.abc import Iterable

from newsdesk.desk.desk import Desk
from newsdesk.desk.redaction import tellable
from newsdesk.desk.reviewing import reviews_of
from newsdesk.desk.tracing import many, trace
from newsdesk.model import (
    Annotation,
    Attribution,
    Evidence,
    NewsdeskError,
    Snapshot,
    Source,
    replace,
)
from newsdesk.provenance.graph import Graph, graph_of
from newsdesk.provenance.timeline import Event, timeline


def claim_graph(desk: Desk, claim: str) -> Graph:
    """A claim, its appearances, who is behind them, and its evidence.

    Raises NewsdeskError where there is no such claim.
    """
    return _graph(desk, [claim])


def article_graph(desk: Desk, article: str) -> Graph:
    """All claims of an article, as they stand in it. Raises NewsdeskError where there is none."""
    desk.article(article)
    marks = desk.find(Annotation, article=article, status="accepted")
    return _graph(desk, [one.claim for one in marks if one.claim], article=article)


def source_graph(desk: Desk, source: str) -> Graph:
    """All claims that a source is behind, with the ways they took. Raises NewsdeskError."""
    if source not in desk.get_all(Source, [source]):
        raise NewsdeskError(f"There is no source {source} on this desk. Nothing was changed.")
    ties = desk.find(Attribution, source=source, status="accepted")
    marks = desk.get_all(Annotation, [one.content for one in ties])
    return _graph(desk, [one.claim for one in marks.values() if one.claim], source=source)


def _graph(desk: Desk, claims: Iterable[str], *, article: str = "", source: str = "") -> Graph:
    ids = list(dict.fromkeys(claims))
    found, hidden = tellable(desk, trace(desk, ids))
    shown = [one for id in ids for one in found.of(id)]
    if article:
        shown = [one for one in shown if one.article == article]
    if source:
        shown = [one for one in shown if source in (*one.sources, one.outlet)]
    known = many(desk, Evidence, "claim", ids)
    evidence = [one for one in known if one.id not in hidden.papers]
    graph = graph_of(shown, found.claims, found.sources, found.who, evidence)
    scrub = hidden.scrub
    nodes = [replace(one, text=scrub.text(one.text)) for one in graph.nodes]
    return replace(graph, nodes=tuple(nodes))


def claim_timeline(desk: Desk, claim: str) -> list[Event]:
    """What happened to a claim. Raises NewsdeskError where there is no such claim."""
    found, hidden = tellable(desk, trace(desk, [claim]))
    known = desk.find(Evidence, claim=claim)
    evidence = [one for one in known if one.id not in hidden.papers]
    captured = {
        one.id: one.captured_at
        for one in desk.get_all(Snapshot, [x.snapshot for x in evidence if x.snapshot]).values()
    }
    dated = [(one, captured.get(one.snapshot or "", "")) for one in evidence]
    scrub = hidden.scrub
    events = timeline(found.of(claim), dated, reviews_of(desk, claim), found.sources)
    return [
        replace(one, text=scrub.text(one.text), detail=scrub.text(one.detail)) for one in events
    ]
