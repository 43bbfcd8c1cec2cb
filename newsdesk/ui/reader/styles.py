"""How a mark looks, by its layer, status and claim's state: the grammar, as fills and lines."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from PySide6.QtGui import QColor

from newsdesk.model import Annotation, Claim, ClaimState, Label, Layer, Pattern, Status
from newsdesk.ui.reader.tiles import dashed, dotted, upright, wavy
from newsdesk.ui.theme import MARK_CONTRAST, PALE_OPACITY, TINT_OPACITY, WASH_OPACITY, Theme

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


class Look(NamedTuple):
    """What lines are measured by: the width of a thin one, and the screen's device pixel ratio."""

    unit: float = 1.0
    ratio: float = 1.0


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

# Dashes and gaps in thicknesses of the line. An empty one is a solid line.
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


class Style:
    """The colours and patterns of one kind of mark; shared by all marks that look alike."""

    __slots__ = (
        "code",
        "code_ink",
        "column",
        "fills",
        "form",
        "ink",
        "line",
        "order",
        "proposed",
        "rgb",
        "thickness",
        "upright",
    )

    def __init__(
        self, label: Label, status: Status, state: ClaimState | None, theme: Theme, look: Look
    ) -> None:
        self.form = FORMS[label.layer]
        if label.layer in (Layer.SOURCE, Layer.CUE, Layer.HEDGE):
            self.form = _BY_PATTERN.get(label.pattern, self.form)
        base = theme.state(state) if state is not None else label.colour
        proposed = self.proposed = status is Status.PROPOSED
        self.code = label.code
        self.code_ink = QColor(theme.mark(base))
        # Less than full pixels of a wave are covered by its line: it needs a stronger ink.
        extra = 1.2 if self.form is Form.WAVY else 0.0
        accepted = theme.mark(base, MARK_CONTRAST + 0.6 + extra)
        self.ink = QColor(theme.pale_mark(base, extra) if proposed else accepted)
        self.fills = self._filled(base, theme)
        if status is Status.REJECTED:
            self.form, self.fills = Form.STRUCK, ()
            self.ink = self.code_ink = QColor(theme.mark(theme.muted))
        self._draw_line(state, look)
        self.order = self.form.value
        self.column = SUGGESTED if proposed else _COLUMNS[label.layer]
        self.rgb = self.ink.rgb()

    def _filled(self, base: str, theme: Theme) -> tuple[QColor, ...]:
        """What is laid behind the words; for quotes a little more of it at each level."""
        if self.form is Form.TINT:
            opacity = PALE_OPACITY if self.proposed else TINT_OPACITY
            return (QColor(theme.tint(base, opacity)),)
        if self.form is Form.WASH:
            share = WASH_OPACITY * (0.5 if self.proposed else 1) * (1.5 if theme.dark else 1)
            shares = [share * (1 + 0.55 * level) for level in range(WASHES)]
            return tuple(QColor(theme.tint(theme.mark(base), part)) for part in shares)
        return ()

    def _draw_line(self, state: ClaimState | None, look: Look) -> None:
        """The tiles of the line under the words, or around them, or beside them."""
        unit, ratio = look
        thick = self.form in (Form.UNDERLINE, Form.DOTTED)
        self.thickness = max(1, round((2 if thick else 1) * unit))
        dashes: tuple[float, ...] = PROPOSED_DASHES if self.proposed else ()
        if self.form is Form.UNDERLINE and not self.proposed:
            dashes = STATE_DASHES[state or ClaimState.UNREVIEWED]
        if self.form is Form.WAVY:
            self.line = wavy(self.ink, unit, dashes, ratio)
        elif self.form is Form.DOTTED and not self.proposed:
            self.line = dotted(self.ink, self.thickness, ratio)
        else:
            self.line = dashed(self.ink, dashes, self.thickness, ratio)
        bar = round(3 * unit) if self.form is Form.WASH else self.thickness
        self.upright = upright(self.ink, dashes, bar, ratio)


class Styles:
    """The style of each annotation, made once for each way to look."""

    def __init__(self, theme: Theme, look: Look) -> None:
        self._theme, self._look = theme, look
        self._made: dict[tuple[str, int, int], Style] = {}

    def of(self, annotation: Annotation, label: Label, claim: Claim | None) -> Style:
        """The style of an annotation with this label and, if it is an appearance, this claim."""
        state = None
        if label.layer is Layer.CLAIM:
            state = claim.state if claim is not None else ClaimState.UNREVIEWED
        # The members' own ids: an Enum's hash is computed in Python each time.
        key = (label.id, id(annotation.status), id(state))
        style = self._made.get(key)
        if style is None:
            style = Style(label, annotation.status, state, self._theme, self._look)
            self._made[key] = style
        return style
