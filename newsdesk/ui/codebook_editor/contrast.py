"""Whether a label's colour can be told from the page and read on, and the nearest that can."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from newsdesk.ui.theme import (
    DARK,
    LIGHT,
    MARK_CONTRAST,
    TEXT_CONTRAST,
    TINT_OPACITY,
    Theme,
    at_lightness,
    blend,
    contrast,
    lightness,
)


class Contrast(NamedTuple):
    """Contrast ratios (WCAG 2.2) of a colour on one page: of the text on its tint, which covers
    `TINT_OPACITY` of the page, and of a mark beside the page."""

    text: float
    mark: float

    @property
    def passes(self) -> bool:
        """Whether text is 4.5:1 at least and a mark 3:1."""
        return self.text >= TEXT_CONTRAST and self.mark >= MARK_CONTRAST


def on_page(colour: str, theme: Theme) -> Contrast:
    """The contrasts of #RRGGBB on a theme's page, as the colour is, before anything is mended."""
    tint = blend(colour, theme.page, TINT_OPACITY)
    return Contrast(contrast(tint, theme.text), contrast(colour, theme.page))


def passes(colour: str) -> bool:
    """Whether a colour passes on the light page and on the dark one."""
    return on_page(colour, LIGHT).passes and on_page(colour, DARK).passes


@lru_cache(maxsize=512)
def nearest(colour: str) -> str:
    """The colour of the same hue, nearest in lightness, that passes on both pages."""
    if passes(colour):
        return colour
    start = lightness(colour)
    for step in range(1, 201):
        for light in (start - step / 200, start + step / 200):
            if 0 <= light <= 1:
                found = at_lightness(colour, light)
                if passes(found):
                    return found
    raise AssertionError("some grey passes, whatever the hue")
