"""How one annotation is drawn in the inspector's list: colour, code, words, what waits."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from newsdesk.model import Annotation, Label, Status
from newsdesk.model.codebook import lacking
from newsdesk.ui.choices import Index
from newsdesk.ui.plain import scaled_font, shortened

_LONGEST = 200  # code points of a quotation that are laid out: more is never seen on one line


class AnnotationRow(QStyledItemDelegate):
    """Draws an annotation on one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(height * 10, int(height * 1.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        annotation: Annotation | None = index.data(Qt.ItemDataRole.UserRole)
        label: Label | None = index.data(Qt.ItemDataRole.UserRole + 1)
        if annotation is None:
            return
        painter.save()
        palette, metrics = option.palette, option.fontMetrics
        self._ground(painter, option)
        pad = metrics.height() // 2
        area = option.rect.adjusted(pad, 0, -pad, 0)
        pale = palette.color(QPalette.ColorRole.PlaceholderText)
        area = self._code(painter, area, annotation, label, option)
        sides = Qt.AlignmentFlag
        if annotation.confidence is not None and annotation.status == Status.PROPOSED:
            said = f"{annotation.confidence:.0%}"
            painter.setPen(pale)
            painter.drawText(area, sides.AlignRight | sides.AlignVCenter, said)
            area = area.adjusted(0, 0, -metrics.horizontalAdvance(said) - pad, 0)
        names = lacking(label, annotation.attributes) if label else []
        if names and annotation.status != Status.REJECTED:
            said = "? " + shortened(", ".join(names), 20)
            painter.setPen(pale)
            painter.drawText(area, sides.AlignRight | sides.AlignVCenter, said)
            area = area.adjusted(0, 0, -metrics.horizontalAdvance(said) - pad, 0)
        font = QFont(option.font)
        font.setStrikeOut(annotation.status == Status.REJECTED)
        painter.setFont(font)
        accepted = annotation.status == Status.ACCEPTED
        painter.setPen(palette.color(QPalette.ColorRole.Text) if accepted else pale)
        words = shortened(annotation.quote, _LONGEST)
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, sides.AlignLeft | sides.AlignVCenter, elided)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            ground = QApplication.palette().color(QPalette.ColorRole.Highlight)
            ground.setAlphaF(0.22)
            painter.fillRect(option.rect, ground)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ground = palette.color(QPalette.ColorRole.Text)
            ground.setAlphaF(0.05)
            painter.fillRect(option.rect, ground)

    @staticmethod
    def _code(
        painter: QPainter,
        area: QRect,
        annotation: Annotation,
        label: Label | None,
        option: QStyleOptionViewItem,
    ) -> QRect:
        """A square in the label's colour, hollow and dashed for a suggestion, and its code."""
        metrics = option.fontMetrics
        size = int(metrics.height() * 0.62)
        colour = QColor(label.colour if label else "#888888")
        top = area.top() + (area.height() - size) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if annotation.status == Status.ACCEPTED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        else:
            painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.left(), top, size, size, size * 0.3, size * 0.3)
        left = area.left() + size + metrics.height() // 3
        font = scaled_font(option.font, 0.88)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        width = metrics.averageCharWidth() * 6
        place = QRect(left, area.top(), width, area.height())
        sides = Qt.AlignmentFlag
        painter.drawText(place, sides.AlignLeft | sides.AlignVCenter, label.code if label else "?")
        return area.adjusted(left + width - area.left(), 0, 0, 0)
