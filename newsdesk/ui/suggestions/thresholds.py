"""How sure a pipeline must be for its suggestions to be shown, label by label."""

from __future__ import annotations

from collections.abc import Mapping

from newsdesk.model import Annotation, Status

HIGHEST = 99
"""Per cent: at a hundred nothing would be left."""


class Thresholds:
    """Per cent by label's id; what is not named is shown whatever its confidence.

    A suggestion under its label's threshold is neither drawn, listed, reached by Tab, nor accepted
    with the others; it stays on the desk and comes back when the threshold is lowered.
    """

    def __init__(self, percents: Mapping[str, int] | None = None) -> None:
        given = (percents or {}).items()
        self.percents = {label: min(HIGHEST, percent) for label, percent in given if percent > 0}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thresholds) and other.percents == self.percents

    def __hash__(self) -> int:
        return hash(frozenset(self.percents.items()))

    def of(self, label: str) -> int:
        """A label's threshold in per cent, 0 where everything is shown."""
        return self.percents.get(label, 0)

    def hides(self, annotation: Annotation) -> bool:
        """Whether a suggestion is not sure enough to be shown."""
        if annotation.status is not Status.PROPOSED or annotation.confidence is None:
            return False
        # As the percentage is written: what says 60 % is not under a threshold of 60 %.
        return round(annotation.confidence * 100) < self.percents.get(annotation.label, 0)

    def with_label(self, label: str, percent: int) -> Thresholds:
        """These, with another threshold for one label."""
        return Thresholds({**self.percents, label: percent})
