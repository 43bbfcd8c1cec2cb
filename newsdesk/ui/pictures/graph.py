"""The provenance graph of a claim, an article or a source."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from newsdesk.desk import picturing
from newsdesk.provenance.graph import Graph, Node, NodeKind, Tie
from newsdesk.provenance.layering import Layering, layered
from newsdesk.ui.pictures.card import HIGH, WIDE, Card, Kind, Shape
from newsdesk.ui.pictures.lines import Stroke, add_line
from newsdesk.ui.pictures.panel import PicturePanel
from newsdesk.ui.theme import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, YELLOW
from newsdesk.ui.workspaces import Shared

KINDS = {
    NodeKind.PERSON: Kind(Shape.ROUND, BLUE),
    NodeKind.UNNAMED: Kind(Shape.ROUND, ORANGE, dashed=True),
    NodeKind.DOCUMENT: Kind(Shape.SHEET, YELLOW),
    NodeKind.OUTLET: Kind(Shape.SLANTED, PURPLE),
    NodeKind.GAP: Kind(Shape.ROUND, VERMILION, dashed=True),
    NodeKind.ARTICLE: Kind(Shape.BOX, SKY),
    NodeKind.CLAIM: Kind(Shape.HEXAGON, GREEN),
    NodeKind.EVIDENCE: Kind(Shape.SHEET, GREEN),
}
"""How each kind of node is drawn."""
_ACROSS, _DOWN = 6.5, 1.2  # room between cards, in heights of a line
_RECORDS = {
    NodeKind.CLAIM: "claim",
    NodeKind.EVIDENCE: "evidence",
    NodeKind.PERSON: "source",
    NodeKind.UNNAMED: "source",
    NodeKind.DOCUMENT: "source",
    NodeKind.OUTLET: "source",
}


class ProvenanceGraph(PicturePanel):
    """Layers from the originators to the claims; Enter or a double click opens what is chosen."""

    _gather: Callable[[], Graph] | None = None

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(
            shared,
            parent,
            _tr("Provenance graph"),
            _tr("No claim with an appearance here yet. Tag one with C, then mark who says it."),
        )

    def show_claim(self, id: str) -> None:
        """Draw one claim with all that stands behind it."""
        self._show(lambda: picturing.claim_graph(self.shared.desk, id))

    def show_article(self, id: str) -> None:
        """Draw the claims of one article."""
        self._show(lambda: picturing.article_graph(self.shared.desk, id))

    def show_source(self, id: str) -> None:
        """Draw the claims that one source is behind."""
        self._show(lambda: picturing.source_graph(self.shared.desk, id))

    def _show(self, gather: Callable[[], Graph]) -> None:
        self._gather = gather
        self.redraw()

    def draw(self) -> None:
        if self._gather is None:
            return
        graph = self._gather()
        if not graph.nodes:
            return
        ids = [node.id for node in graph.nodes]
        places = layered(ids, [(tie.start, tie.end) for tie in graph.ties])
        em = QFontMetricsF(self.font()).height()
        cards: dict[str, Card] = {}
        for node in graph.nodes:
            card = Card(node, node.text, node.detail, KINDS[node.kind], self.theme, self.font())
            card.setPos(_point(em, places.columns[node.id], places.rows[node.id]))
            self.canvas.scene().addItem(card)
            cards[node.id] = card
        for at, tie in enumerate(graph.ties):
            self._draw_tie(at, tie, places, cards, em)
        order = sorted(cards.values(), key=lambda card: (card.pos().x(), card.pos().y()))
        self.canvas.show_cards(order, self.theme)
        self.canvas.setAccessibleDescription(
            _tr("{0} nodes, {1} ties").format(len(graph.nodes), len(graph.ties))
        )

    def _draw_tie(
        self, at: int, tie: Tie, places: Layering, cards: dict[str, Card], em: float
    ) -> None:
        forth = places.columns[tie.start] <= places.columns[tie.end]
        bends = [_point(em, *bend) for bend in places.bends.get(at, ())]
        start = cards[tie.start].edge(towards_right=forth)
        end = cards[tie.end].edge(towards_right=not forth)
        points = [start, *(bends if forth else reversed(bends)), end]
        text = tie.text
        if not forth:
            # It would lie on the tie that it answers: it goes a little lower, and says what it is.
            points = [point + QPointF(0, em) for point in points]
            text = " · ".join(part for part in (tie.text, _tr("in a circle")) if part)
        style = Stroke(text, tie.hedged, tie.against, tie.back, closes=not forth)
        add_line(self.canvas.scene(), points, style, self.theme, self.font())

    def open_value(self, value: object) -> None:
        if not isinstance(value, Node):
            return
        if value.kind is NodeKind.ARTICLE:
            self.article_wanted.emit(value.record, value.annotation)
        elif value.kind in _RECORDS:
            self.record_wanted.emit(_RECORDS[value.kind], value.record)


def _point(em: float, column: float, row: float) -> QPointF:
    return QPointF(column * (WIDE + _ACROSS) * em, row * (HIGH + _DOWN) * em)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProvenanceGraph", text)
