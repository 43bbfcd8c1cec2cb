"""What of a confidential source leaves the desk: the one rule that every way out obeys.

A source is confidential where it is unnamed, or where it was promised anonymity. Article texts and
the words marked in them are as printed, and never touched.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from newsdesk.model import (
    Annotation,
    Anonymity,
    Attribute,
    AttributeType,
    Source,
    SourceKind,
    replace,
)


class Redaction(StrEnum):
    """How much of a confidential source is withheld.

    `none`: nothing, for the house's own use. `standard`: who it is, why it is not named, how it
    knows, who approved that, and every note about it; its description stays as far as it was
    printed. `full`: the description, role and standing too.
    """

    NONE = "none"
    STANDARD = "standard"
    FULL = "full"


NOBODY = "a source that is not named"
"""Stands for the description of a source where that is withheld."""

WITHHELD = "(withheld)"
"""Stands for a name or a remark that is withheld within other words."""

_ANONYMOUS = {
    SourceKind.NAMED_INDIVIDUAL: SourceKind.UNNAMED_INDIVIDUAL,
    SourceKind.NAMED_GROUP: SourceKind.UNNAMED_GROUP,
}
_SPACE = re.compile(r"\s+")
_TELLING = 3
"""Words that a description or reason has before it is looked for in other texts: “officials” or
“fear” alone may stand anywhere."""


def is_confidential(source: Source) -> bool:
    """Whether a source must not be named: it is unnamed, or was promised anonymity."""
    return source.kind.unnamed or source.anonymity is not None


def redacted_source(source: Source, level: Redaction, printed: str = "") -> Source:
    """A source as it may leave the desk; the same one where nothing is withheld.

    `printed` are words by which the articles call it: they stand in where its description is
    nowhere printed. Without them that becomes `NOBODY`.
    """
    if level is Redaction.NONE or not is_confidential(source):
        return source
    kept = replace(
        source,
        kind=_ANONYMOUS.get(source.kind, source.kind),
        entity=None,
        anonymity=Anonymity() if source.anonymity is not None else None,
        description=printed or NOBODY,
        extra={},
    )
    if level is Redaction.FULL:
        kept = replace(kept, description=NOBODY, role=None, status=type(source.status).CURRENT)
    return kept


def as_printed(source: Source, mentions: Iterable[str], texts: Iterable[str]) -> str:
    """The description of a source where an article prints it, else its first mention; else "".

    `mentions` are the words marked as the source, `texts` those of the articles where it speaks;
    case and white space don't count. A named kind that was promised anonymity has no words that
    may stand for it: those would be its name.
    """
    if source.kind in _ANONYMOUS:
        return ""
    words = list(mentions)
    wanted = _folded(source.description)
    if any(wanted in _folded(one) for one in words) or any(wanted in _folded(one) for one in texts):
        return source.description
    return words[0] if words else ""


def redacted_mark(mark: Annotation, declared: Mapping[str, Attribute]) -> Annotation:
    """An annotation of a confidential source's words without what anybody wrote about it.

    Answers from closed lists, numbers, dates and flags stay; `declared` are the attributes of the
    mark's label by name.
    """
    closed = {
        name: answer
        for name, answer in mark.attributes.items()
        if name in declared and declared[name].type is not AttributeType.TEXT
    }
    return replace(mark, note="", attributes=closed, extra={})


class Scrub:
    """Takes withheld words out of what editors wrote: comments, notes, reasons, titles."""

    def __init__(self, names: Iterable[str], remarks: Iterable[str]) -> None:
        wanted = {_SPACE.sub(" ", name).strip() for name in names}
        wanted |= {_SPACE.sub(" ", one).strip() for one in remarks if len(one.split()) >= _TELLING}
        parts = sorted((one for one in wanted if len(one) > 2), key=lambda one: (-len(one), one))
        found = "|".join(r"\s+".join(map(_spelt, one.split())) for one in parts)
        self._found = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.I) if parts else None

    def text(self, text: str) -> str:
        """The text with every withheld name or remark replaced."""
        return self._found.sub(WITHHELD, text) if self._found else text

    def value(self, value: Any) -> Any:
        """The same for all texts within lists and objects."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list | tuple):
            return type(value)([self.value(one) for one in value])
        if isinstance(value, dict):
            return {self.text(key): self.value(one) for key, one in value.items()}
        return value


def _spelt(word: str) -> str:
    """A pattern for a word, with either kind of apostrophe."""
    return re.sub("['’]", "['’]", re.escape(word))


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()
