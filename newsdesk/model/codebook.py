"""The codebook: the labels that a desk tags with, and what may be said of each."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from newsdesk.model.record import Record, check_date
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

    def fits(self, answer: object) -> bool:
        """Whether an answer is of the attribute's type; none given is no misfit."""
        if answer in (None, ""):
            return True
        if self.type is AttributeType.CHOICE:
            return answer in self.values
        if self.type is AttributeType.FLAG:
            return isinstance(answer, bool)
        if self.type is AttributeType.NUMBER:
            return isinstance(answer, int | float) and not isinstance(answer, bool)
        if self.type is AttributeType.DATE:
            return isinstance(answer, str) and _is_day(answer)
        return isinstance(answer, str)


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


def lacking(label: Label, answers: Mapping[str, Any]) -> list[str]:
    """The attributes that a label requires and these answers don't give, in its order."""
    return [
        asked.name
        for asked in label.attributes
        if asked.required and answers.get(asked.name) in (None, "")
    ]


def unfit(label: Label, answers: Mapping[str, Any]) -> list[str]:
    """The attributes whose answer is not of the type that a label asks for, in its order."""
    return [asked.name for asked in label.attributes if not asked.fits(answers.get(asked.name))]


def _is_day(text: str) -> bool:
    try:
        check_date(text, "answer")
    except ValueError:
        return False
    return len(text) == 10
