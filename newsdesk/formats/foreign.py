"""Articles from other tools' files: marks by name and offsets, made into records and checked.

What Newsdesk itself wrote beside them (see `carried`) is put back wherever the marks that it tells
of still stand; what was marked, moved or deleted in the other tool counts.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct, field

from newsdesk.formats.carried import UNSHOWN
from newsdesk.formats.dataset_reading import Objects
from newsdesk.formats.derived import PALETTE, derived_id, label_id, layer_of
from newsdesk.formats.foreign_marks import (
    Mark,
    Object,
    Reunion,
    Tie,
    in_code_points,
    merged_fragments,
    moved_object,
    span_of,
)
from newsdesk.formats.foreign_ties import Shown, Ties
from newsdesk.formats.format import Bundle, Input, Item, Problem, Reading
from newsdesk.formats.objects import Misfit
from newsdesk.formats.spans import canonical_with_spans
from newsdesk.model import Layer, sha256_of

__all__ = ["Foreign", "Mark", "Object", "Task", "Tie", "detail_fields", "span_of"]


class Task(Struct, kw_only=True):
    """An article of another tool's file, as it stands there.

    `annotations` are marks whose every field the file has: objects of Newsdesk's already.
    `ties` None says that the file has no place for relations; `pieces` are then those that tell
    which marks are fragments of one annotation. `block` is what Newsdesk wrote
    beside it. `details` are fields of the article that the file names or lets one guess. `extra`
    are keys without a meaning here. `name` is how the file tells it from others, for its id.
    """

    text: Any
    marks: list[Mark] = []
    annotations: list[dict[str, Any]] = []
    ties: list[Tie] | None = None
    pieces: list[Tie] = []
    block: Any = None
    details: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    line: int = 0


class Foreign:
    """Turns the tasks of one file into items; each name that it meets it understands as a label."""

    def __init__(self, source: Input, reading: Reading, format: str) -> None:
        self.objects = Objects(source.name, reading.labels, format)
        self._format = format
        self._given: set[str] = set()
        self._texts: dict[str, int] = {}
        self._colours = len(reading.labels)

    def problem(self, message: str, **where: Any) -> Problem:
        """A problem of this file."""
        return self.objects.problem(message, **where)

    def items(self, task: Task) -> Iterator[Item]:
        """An article with all that goes with it, and what is wrong."""
        if not isinstance(task.text, str) or not task.text:
            message = "there is no text" if task.text in (None, "") else "the text is no text"
            yield self.problem(message, line=task.line, record=task.name, field="text")
            return
        yield from self._remark(in_code_points(task.text, task.marks), task)
        text, moved = canonical_with_spans(task.text)
        if moved:
            for mark in task.marks:
                (mark.span,) = moved((mark.span,))
            task.annotations = [moved_object(one, moved) for one in task.annotations]
        block = task.block if isinstance(task.block, dict) else {}
        for key, name in _BROUGHT:
            for found in _list(block, key):
                yield from self.record(name, found, task.line)
        yield from self._article(task, text, block)

    def record(self, name: str, found: Any, line: int) -> Iterator[Item]:
        """A record that stands in the file as Newsdesk's object; each id once."""
        id = found.get("id") if isinstance(found, dict) else None
        if isinstance(id, str) and id:
            if id in self._given:
                return
            self._given.add(id)
        yield from self.objects.record(name, msgspec.json.encode(found), line)

    def _article(self, task: Task, text: str, block: dict[str, Any]) -> Iterator[Item]:
        found = block.get("article")
        known = dict(found) if isinstance(found, dict) else {}
        reunion = Reunion(task.marks)
        if known.get("sha256") not in (None, sha256_of(text)):
            message = "the text was changed elsewhere: it comes in as a new article"
            yield self.problem(message, line=task.line, record=task.name, blocks=False)
            known, block = {}, {}
        id = known.get("id")
        if not isinstance(id, str) or not id:
            known["id"] = id = self.id_of(task, text)
        known = {**task.details, **known, "text": text}
        marks = reunion.with_block(_list(block, "annotations"))
        marks += [{"id": derived_id(id, repr(one)), **one} for one in task.annotations]
        marks += merged_fragments(id, reunion, task.ties or task.pieces)
        for mark in marks:
            yield from self._known_label(mark, task)
        ties = Ties(self.objects.codebook, marks, _list(block, "attributions"))
        shown: list[Shown] | None = None
        if task.ties is not None:
            shown = [(*reunion.ends(tie), tie.word) for tie in task.ties]
            shown += _unshown(block, {str(mark.get("id")) for mark in marks})
        yield from self._remarks(ties.read(shown, id, _list(block, "links")), task)
        if ties.others:
            known["relations"] = ties.others
        if task.extra:
            known[self._format] = task.extra
        whole = {**known, "annotations": marks, "attributions": ties.attributions}
        yield from self._checked(whole, task, reunion.names, "article" not in block)
        for link in ties.links:
            yield from self.record("link", link, task.line)

    def _checked(
        self, whole: dict[str, Any], task: Task, names: dict[str, str], proposed: bool
    ) -> Iterator[Item]:
        for item in self.objects.article(msgspec.json.encode(whole), task.line):
            if isinstance(item, Bundle) and proposed:
                guessed = item.guessed | (task.details.keys() & _GUESSED)
                yield msgspec.structs.replace(item, guessed=guessed)
            elif isinstance(item, Problem) and item.record.startswith("annotation "):
                known_as = names.get(item.record.removeprefix("annotation "))
                yield msgspec.structs.replace(item, record=known_as) if known_as else item
            else:
                yield item

    def id_of(self, task: Task, text: str) -> str:
        """The same text of the same name is the same article in every file and at every reading;
        the second of a file is another."""
        seed = derived_id(self._format, task.name, text)
        nth = self._texts[seed] = self._texts.get(seed, 0) + 1
        return seed if nth == 1 else derived_id(seed, str(nth))

    def _known_label(self, mark: dict[str, Any], task: Task) -> Iterator[Item]:
        name, layer = mark.get("label"), mark.get("layer")
        if not isinstance(name, str) or not name.strip():
            return  # the check of the annotation says so
        yield from self.label(name, task, Layer(layer) if layer in _LAYERS else None)

    def label(self, name: str, task: Task, wanted: Layer | None = None) -> Iterator[Item]:
        """The label of a name that no codebook has yet: of the layer that it speaks of."""
        try:
            self.objects.codebook.find(name, wanted)
        except Misfit:
            wanted = wanted or layer_of(name)
            colour = PALETTE[self._colours % len(PALETTE)]
            self._colours += 1
            found = {"id": label_id(name, wanted), "name": name, "layer": wanted, "colour": colour}
            yield from self.record("label", found, task.line)

    def _remark(self, message: str, task: Task) -> Iterator[Item]:
        if message:
            yield self.problem(message, line=task.line, record=task.name, blocks=False)

    def _remarks(self, found: Sequence[tuple[str, bool]], task: Task) -> Iterator[Item]:
        for message, blocks in found:
            yield self.problem(message, line=task.line, record=task.name, blocks=blocks)


def _unshown(block: dict[str, Any], marks: set[str]) -> list[Shown]:
    """Relations that the file carried without being able to show them, where both ends stand."""
    found = [
        (one[0], one[1], one[2])
        for one in _list(block, UNSHOWN)
        if isinstance(one, list) and len(one) == 3 and all(isinstance(word, str) for word in one)
    ]
    return [tie for tie in found if tie[0] in marks and tie[1] in marks]


def detail_fields(found: dict[str, Any]) -> dict[str, Any]:
    """Fields of an article that a file's own keys let one guess; they stay where they are too."""
    details: dict[str, Any] = {}
    for name, keys in _DETAIL_KEYS.items():
        for key in keys:
            value = found.get(key)
            if isinstance(value, str) and value.strip() and len(value) <= _LONGEST_DETAIL:
                if name == "published" and not _is_day(value[:10]):
                    continue
                if name == "language" and not _LANGUAGE.fullmatch(value):
                    continue
                details.setdefault(name, value[:10] if name == "published" else value)
    return details


def _is_day(words: str) -> bool:
    try:
        return bool(date.fromisoformat(words))
    except ValueError:
        return False


def _list(block: dict[str, Any], key: str) -> list[Any]:
    found = block.get(key)
    return found if isinstance(found, list) else []


_BROUGHT = (("entities", "entity"), ("sources", "source"), ("claims", "claim"))
_LAYERS = {layer.value for layer in Layer}
_DETAIL_KEYS = {
    "title": ("title", "headline"),
    "published": ("published", "date"),
    "url": ("url",),
    "outlet": ("outlet", "publisher", "source"),
    "byline": ("byline", "author"),
    "language": ("language", "lang"),
}
_GUESSED = frozenset(_DETAIL_KEYS)
_LONGEST_DETAIL = 500
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
