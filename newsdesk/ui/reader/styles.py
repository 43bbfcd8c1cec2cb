"""How a mark looks, by its layer, status and claim's state: the grammar, as pens and fills."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from newsdesk.model import Annotation, Claim, ClaimState, Label, Layer, Pattern, Status
from newsdesk.ui.theme import MARK_CONTRAST, PALE_OPACITY, WASH_OPACITY, Theme

UNKNOWN = Label(name="?", layer=Layer.ENTITY, colour="#999999")
"""Stands for a label that the codebook does not have."""


WASHES = 4
"""Levels of nested quotes that are told apart by their wash."""


# The strip's columns, from the left.
_COLUMNS = {
    Layer.ENTITY: 0,
    Layer.SOURCE: 0,
    Layer.CUE: 0,
    Layer.HEDGE: 0,
    Layer.QUOTE: 1,
    Layer.CLAIM: 2,
}
SUGGESTED = 3


class Form(Enum):
    """The shape of a mark; in the order in which they are painted, from below."""

    WASH = 0
    TINT = 1
    BRACKET = 2
    DOTTED = 3
    WAVY = 4
    UNDERLINE = 5
    STRUCK = 6


FORMS = {
    Layer.ENTITY: Form.TINT,
    Layer.QUOTE: Form.WASH,
    Layer.CLAIM: Form.UNDERLINE,
    Layer.SOURCE: Form.BRACKET,
    Layer.CUE: Form.DOTTED,
    Layer.HEDGE: Form.WAVY,
}
_BY_PATTERN = {
    Pattern.BRACKET: Form.BRACKET,
    Pattern.DOTTED: Form.DOTTED,
    Pattern.WAVY: Form.WAVY,
}

# Dashes and gaps in widths of the pen. An empty one is a solid line.
STATE_DASHES: dict[ClaimState, tuple[float, ...]] = {
    ClaimState.UNREVIEWED: (2, 1.25),
    ClaimState.IN_REVIEW: (9, 2),
    ClaimState.NEEDS_EVIDENCE: (5, 2, 1, 2, 1, 2),
    ClaimState.VERIFIED: (),
    ClaimState.DISPUTED: (6, 2, 1, 2),
    ClaimState.UNVERIFIABLE: (1, 4),
    ClaimState.CORRECTED: (12, 2, 4, 2),
    ClaimState.RETRACTED: (2, 1, 2, 4),
}
PROPOSED_DASHES: tuple[float, ...] = (4, 3.5)
DOTS: tuple[float, ...] = (0.01, 2.2)


class Style:
    """The colours and pens of one kind of mark; shared by all marks that look alike."""

    __slots__ = (
        "code",
        "code_ink",
        "column",
        "dashes",
        "fills",
        "form",
        "ink",
        "layer",
        "order",
        "outline",
        "pen",
        "rgb",
    )

    def __init__(
        self, label: Label, status: Status, state: ClaimState | None, theme: Theme, unit: float
    ) -> None:
        self.layer = label.layer
        self.form = FORMS[label.layer]
        if label.layer in (Layer.SOURCE, Layer.CUE, Layer.HEDGE):
            self.form = _BY_PATTERN.get(label.pattern, self.form)
        base = theme.state(state) if state is not None else label.colour
        proposed = status is Status.PROPOSED
        ink = theme.pale_mark(base) if proposed else theme.mark(base, MARK_CONTRAST + 0.6)
        self.code = label.code
        self.code_ink = QColor(theme.mark(base))
        self.ink = QColor(ink)
        self.fills = self._filled(base, theme, proposed)
        self.dashes = self._dashed(state, proposed)
        self.pen = self._penned(unit)
        self.outline = QPen(self.ink, unit)
        if status is Status.REJECTED:
            self.form, self.fills, self.dashes = Form.STRUCK, (), ()
            self.ink = self.code_ink = QColor(theme.mark(theme.muted))
            self.pen = QPen(self.ink, unit)
        elif proposed:
            self.outline.setDashPattern([3, 2.5])
            self.outline.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.order = self.form.value
        self.column = SUGGESTED if proposed else _COLUMNS[label.layer]
        self.rgb = self.ink.rgb()

    def _filled(self, base: str, theme: Theme, proposed: bool) -> tuple[QColor, ...]:
        """What is laid behind the words; for quotes a little more of it at each level."""
        if self.form is Form.TINT:
            return (QColor(theme.tint(base, PALE_OPACITY) if proposed else theme.tint(base)),)
        if self.form is Form.WASH:
            share = WASH_OPACITY * (0.5 if proposed else 1) * (1.5 if theme.dark else 1)
            shares = [share * (1 + 0.55 * level) for level in range(WASHES)]
            return tuple(QColor(theme.tint(theme.mark(base), part)) for part in shares)
        return ()

    def _dashed(self, state: ClaimState | None, proposed: bool) -> tuple[float, ...]:
        if proposed:
            return PROPOSED_DASHES
        if self.form is Form.UNDERLINE:
            return STATE_DASHES[state or ClaimState.UNREVIEWED]
        return DOTS if self.form is Form.DOTTED else ()

    def _penned(self, unit: float) -> QPen:
        width = {Form.UNDERLINE: 2.0, Form.DOTTED: 1.9, Form.WASH: 3.0}.get(self.form, 1.3)
        if self.dashes == PROPOSED_DASHES and self.form is not Form.WASH:
            width = 1.4
        pen = QPen(self.ink, width * unit)
        dots = self.dashes == DOTS
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if dots else Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self.dashes:
            pen.setDashPattern(list(self.dashes))
        return pen


class Styles:
    """The style of each annotation, made once for each way to look."""

    def __init__(self, theme: Theme, unit: float = 1.0) -> None:
        self._theme, self._unit = theme, unit
        self._made: dict[tuple[str, int, int], Style] = {}

    def of(self, annotation: Annotation, label: Label, claim: Claim | None) -> Style:
        state = None
        if label.layer is Layer.CLAIM:
            state = claim.state if claim is not None else ClaimState.UNREVIEWED
        # The members' own ids: an Enum's hash is computed in Python each time.
        key = (label.id, id(annotation.status), id(state))
        style = self._made.get(key)
        if style is None:
            style = self._made[key] = Style(
                label, annotation.status, state, self._theme, self._unit
            )
        return style
