"""The timeline of a claim: appearances with their hops, evidence and reviews, down the days."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QWidget

from newsdesk.desk import picturing
from newsdesk.provenance.timeline import Event, EventKind
from newsdesk.ui.pictures.card import HIGH, WIDE, Card, Kind, Shape
from newsdesk.ui.pictures.panel import PicturePanel
from newsdesk.ui.theme import BLUE, GREEN, SKY
from newsdesk.ui.workspaces import Shared

KINDS = {
    EventKind.APPEARANCE: Kind(Shape.BOX, SKY),
    EventKind.EVIDENCE: Kind(Shape.SHEET, GREEN),
    EventKind.REVIEW: Kind(Shape.ROUND, BLUE),
}
"""How each kind of event is drawn."""
_DAYS = 8.0  # width of the column of days, in heights of a line
_ACROSS, _DOWN = 1.5, 0.8


class Timeline(PicturePanel):
    """A lane for each kind of event, a line for each day that something happened on."""

    _claim = ""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(
            shared,
            parent,
            _tr("Timeline"),
            _tr("Nothing has happened to this claim: no appearance, no evidence, no review."),
        )

    def show_claim(self, id: str) -> None:
        """Draw what happened to a claim."""
        self._claim = id
        self.redraw()

    def draw(self) -> None:
        if not self._claim:
            return
        events = picturing.claim_timeline(self.shared.desk, self._claim)
        if not events:
            return
        em = QFontMetricsF(self.font()).height()
        cards: list[Card] = []
        self._draw_heads(em)
        y = 2 * em
        for day, those in groupby(events, key=lambda one: one.at[:10]):
            y = self._draw_day(day, list(those), y, em, cards)
        self.canvas.show_cards(cards, self.theme)

    def _draw_heads(self, em: float) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        names = (_tr("Appearances"), _tr("Evidence"), _tr("Reviews"))
        for lane, name in enumerate(names):
            self._words(name, QPointF(_lane(em, lane) - WIDE * em / 2, 0), bold, self.theme.text)

    def _draw_day(
        self, day: str, events: list[Event], y: float, em: float, cards: list[Card]
    ) -> float:
        """Draw one day from `y` on; gives where the next begins."""
        pen = QPen(QColor(self.theme.rule), 1)
        self.canvas.scene().addLine(0, y, _lane(em, 2) + WIDE * em / 2, y, pen)
        self._words(day or _tr("no date"), QPointF(0, y + em * 0.4), self.font(), self.theme.muted)
        filled = [0, 0, 0]
        for event in events:
            lane = list(EventKind).index(event.kind)
            kind = KINDS[event.kind]
            time = event.at[11:16]
            detail = " · ".join(part for part in (time, event.detail) if part)
            card = Card(event, event.text, detail, kind, self.theme, self.font())
            top = y + _DOWN / 2 * em + filled[lane] * (HIGH + _DOWN) * em
            card.setPos(_lane(em, lane), top + HIGH * em / 2)
            self.canvas.scene().addItem(card)
            cards.append(card)
            filled[lane] += 1
        return y + max(filled) * (HIGH + _DOWN) * em

    def _words(self, text: str, at: QPointF, font: QFont, colour: str) -> None:
        item = QGraphicsSimpleTextItem(text)
        item.setFont(font)
        item.setBrush(QColor(colour))
        item.setPos(at)
        self.canvas.scene().addItem(item)

    def open_value(self, value: object) -> None:
        if not isinstance(value, Event):
            return
        if value.kind is EventKind.APPEARANCE:
            self.article_wanted.emit(value.record, value.annotation)
        else:
            self.record_wanted.emit(value.kind.value, value.record)


def _lane(em: float, lane: int) -> float:
    """The middle of a lane."""
    return (_DAYS + WIDE / 2 + lane * (WIDE + _ACROSS)) * em


def _tr(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
