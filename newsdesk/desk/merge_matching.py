"""What two desks have under different ids: labels, outlets, settings, texts; and names alike."""

from collections.abc import Iterator
from typing import Any, TypeVar

from newsdesk.desk.import_known import REFERENCES
from newsdesk.desk.merge_report import Offer
from newsdesk.desk.reading import Reading
from newsdesk.model import (
    Annotation,
    Article,
    Entity,
    Label,
    Record,
    Setting,
    Source,
    SourceKind,
    replace,
)
from newsdesk.model.naming import name_key

R = TypeVar("R", bound=Record)

FIELDS: dict[type[Record], tuple[tuple[str, type[Record]], ...]] = {
    **REFERENCES,
    Annotation: (*REFERENCES[Annotation], ("label", Label), ("article", Article)),
    Setting: (),
}
"""The fields of each kind that hold another record's id; Record stands for any kind."""


class Matching:
    """The other desk's ids as this desk's, where both have the same thing under two ids."""

    def __init__(self, mine: Reading, theirs: Reading) -> None:
        self.to_mine: dict[str, str] = {}
        self.count: dict[str, int] = {}
        self._versions = {label.id: label.version for label in mine.find(Label)}
        for kind, pairs in (
            (Label, _labels(mine, theirs)),
            (Source, _outlets(mine, theirs)),
            (Setting, _settings(mine, theirs)),
            (Article, _texts(mine, theirs)),
        ):
            found = dict(pairs)
            self.to_mine |= found
            self.count |= {kind.__name__.lower(): len(found)} if found else {}
        self._to_theirs = {mine: theirs for theirs, mine in self.to_mine.items()}

    def remember(self, mine: Reading, matched: dict[str, str]) -> None:
        """What was matched at an earlier merge stays so, whatever either was called since."""
        there = {
            id
            for kind in (Label, Source, Setting, Article)
            for id in mine.get_all(kind, matched.values())
        }
        self.to_mine |= {id: to for id, to in matched.items() if to in there}
        self._to_theirs = {to: id for id, to in self.to_mine.items()}

    def mapped(self, record: R) -> R:
        """A record of the other desk as it would stand here."""
        return self._with(record, self.to_mine)

    def unmapped(self, record: R) -> R:
        """A record of this desk as it would stand on the other."""
        return self._with(record, self._to_theirs)

    def _with(self, record: R, ids: dict[str, str]) -> R:
        changes: dict[str, Any] = {}
        for name, _ in FIELDS[type(record)]:
            id = getattr(record, name)
            if id in ids:
                changes[name] = ids[id]
        if isinstance(record, Annotation) and "label" in changes:
            changes["label_version"] = self._versions.get(changes["label"], record.label_version)
        return replace(record, **changes) if changes else record


def _labels(mine: Reading, theirs: Reading) -> Iterator[tuple[str, str]]:
    ours = mine.find(Label)
    known = theirs.find(Label)
    both = {one.id for one in known}
    ids = {one.id for one in ours}
    names = {(one.layer, one.name): one.id for one in ours if one.id not in both}
    for one in known:
        if one.id not in ids and (one.layer, one.name) in names:
            yield one.id, names[one.layer, one.name]


def _outlets(mine: Reading, theirs: Reading) -> Iterator[tuple[str, str]]:
    ours = mine.find(Source, kind=SourceKind.MEDIA_OUTLET)
    known = theirs.find(Source, kind=SourceKind.MEDIA_OUTLET)
    both = {one.id for one in known}
    ids = {one.id for one in ours}
    names = {one.description: one.id for one in reversed(ours) if one.id not in both}
    for one in known:
        if one.id not in ids and one.description in names:
            yield one.id, names[one.description]


def _settings(mine: Reading, theirs: Reading) -> Iterator[tuple[str, str]]:
    ours = {one.name: one.id for one in mine.find(Setting)}
    for one in theirs.find(Setting):
        if ours.get(one.name, one.id) != one.id:
            yield one.id, ours[one.name]


def _texts(mine: Reading, theirs: Reading) -> Iterator[tuple[str, str]]:
    """Articles of the very same text, which both desks have taken in by themselves."""
    lines: list[tuple[str, str]] = []
    for one in theirs.each(Article):
        lines.append((one.id, one.sha256))
        if len(lines) == _BATCH:
            yield from _same_texts(mine, lines)
            lines = []
    yield from _same_texts(mine, lines)


def _same_texts(mine: Reading, lines: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    there = mine.get_all(Article, [id for id, _ in lines])
    rest = [(id, sha256) for id, sha256 in lines if id not in there]
    known = mine.known_texts([sha256 for _, sha256 in rest]) if rest else {}
    for id, sha256 in rest:
        if sha256 in known:
            yield id, known[sha256]


_BATCH = 500


def offers(mine: Reading, theirs: Reading) -> list[Offer]:
    """Entities of the other desk that this one seems to have: of one id in a knowledge base, or of
    one kind with the same name, case and accents aside. Never those that either has merged."""
    ours = [one for one in mine.find(Entity) if one.merged_into is None]
    ids = {one.id for one in mine.find(Entity)}
    by_base = {one.kb_id: one for one in reversed(ours) if one.kb_id}
    by_name = {(one.kind, name_key(one.name)): one for one in reversed(ours)}
    found = []
    for one in theirs.find(Entity):
        if one.id in ids or one.merged_into is not None:
            continue
        same, why = by_base.get(one.kb_id or ""), "the same id in a knowledge base"
        if same is None:
            same, why = by_name.get((one.kind, name_key(one.name))), "the same kind and name"
            if same is not None and same.kb_id and one.kb_id:
                continue  # two entries of a knowledge base are two things
        if same is not None:
            made = Offer(mine=same.id, theirs=one.id, name=one.name, kind=one.kind, why=why)
            found.append(made)
    return found
