"""Conversion of offsets between code points and the units that other programs count in."""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Code points ↔ UTF-16 units for one text.

    Keeps only the positions of characters above U+FFFF: nothing for most texts, and O(log n) for
    each conversion in the others.
    """

    __slots__ = ("_astral", "_astral_units", "length", "units")

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [m.start() for m in _ASTRAL.finditer(text)]
        self._astral_units = [position + k for k, position in enumerate(self._astral)]
        self.length = len(text)
        self.units = self.length + len(self._astral)

    def to_utf16(self, code_point: int) -> int:
        """UTF-16 units before a code point offset."""
        if not self._astral:
            return code_point
        return code_point + bisect_left(self._astral, code_point)

    def from_utf16(self, unit: int) -> int:
        """Code points before a UTF-16 offset; one inside a surrogate pair rounds down."""
        if not self._astral:
            return unit
        return unit - bisect_left(self._astral_units, unit)
