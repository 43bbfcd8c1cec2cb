"""The codebook: the labels that a desk tags with, and what may be said of each."""

import re

import msgspec

from newsdesk.model.record import Record
from newsdesk.model.values import AttributeType, Layer, Pattern

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Attribute(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that a label asks about each annotation, such as the polarity of a cue."""

    name: str
    type: AttributeType = AttributeType.TEXT
    values: tuple[str, ...] = ()
    required: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an attribute needs a name")
        if self.type is AttributeType.CHOICE and not self.values:
            raise ValueError(f"the choice {self.name!r} needs values to choose from")


class Label(Record, frozen=True, kw_only=True, gc=False):
    """One entry of the codebook. `position` orders the codebook; `version` grows with each edit."""

    name: str
    layer: Layer
    colour: str = "#999999"
    pattern: Pattern = Pattern.SOLID
    shortcut: str = ""
    guideline: str = ""
    attributes: tuple[Attribute, ...] = ()
    position: int = 0
    version: int = 1
    retired: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a label needs a name")
        if not _COLOUR.fullmatch(self.colour):
            raise ValueError(f"label {self.name}: {self.colour!r} is no colour; write #RRGGBB")

    @property
    def code(self) -> str:
        """Two to four letters that stand for the label where colour alone would not do."""
        return self.name if len(self.name) <= 4 else self.name[:3]
