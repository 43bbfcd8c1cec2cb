"""Web Annotations read: pages, collections, lists and single ones, with the texts they are about.

An annotation needs its text: a describing annotation whose body is the whole of it, anywhere in
the file. Up to a thousand texts are held at once, so that their annotations may follow later.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from newsdesk.formats.carried import Block
from newsdesk.formats.derived import derived_id
from newsdesk.formats.encoding import wide_mark
from newsdesk.formats.foreign import Foreign, Task
from newsdesk.formats.format import Input, Item, Problem, Reading
from newsdesk.formats.json_stream import pieces
from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.formats.shape import KINDS
from newsdesk.formats.web_annotation_marks import Seen, in_text
from newsdesk.formats.web_annotation_words import (
    AFTER,
    ANNOTATION,
    ARTICLE,
    ATTRIBUTION,
    BEFORE,
    NAME,
)
from newsdesk.model import quote_of

HELD = 1_000
"""Texts whose annotations are waited for."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LISTS = ("", "items", "@graph")
_WAITING = 100_000


def iri_of(id: str) -> str:
    """An id as an IRI."""
    if _UUID.fullmatch(id):
        return f"urn:uuid:{id}"
    return f"urn:newsdesk:{quote(id, safe='')}"


def id_of(iri: str) -> str:
    """The id that an IRI of Newsdesk's says, or one derived from another's."""
    if iri.startswith("urn:uuid:") and _UUID.fullmatch(iri[9:]):
        return iri[9:]
    if iri.startswith("urn:newsdesk:"):
        return unquote(iri[13:])
    return derived_id(NAME, iri)


def read_web_annotation(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a file with what is marked in them."""
    page = _Page(Foreign(source, reading, NAME))
    with source.open() as file:
        head = file.read(4)
        if not head or wide_mark(head):
            what = f"it is in {wide_mark(head)}; save it as UTF-8 first." if head else ""
            yield page.problem(what or "the file is empty.")
            return
        file.seek(0)
        try:
            for piece in pieces(file):
                reading.advance(len(piece.raw))
                try:
                    found = any_json(piece.raw)
                except BrokenJSON as error:
                    line = piece.line + piece.raw.count(b"\n", 0, error.at)
                    yield page.problem(error.message, line=line)
                else:
                    yield from page.take(piece.key, found, piece.line)
        except BrokenJSON as error:
            yield page.problem(f"{error.message} (byte {error.at + 1:,})")
    yield from page.end()


class _Text:
    """A text, and what was found about it so far."""

    def __init__(self, text: Any, block: Block, iri: str, line: int) -> None:
        self.task = Task(text=text, block=block, name=iri, line=line)


class _Page:
    """One file at work."""

    def __init__(self, foreign: Foreign) -> None:
        self._foreign = foreign
        self.problem = foreign.problem
        self._texts: dict[str, _Text] = {}
        self._waiting: dict[str, list[tuple[Block, int]]] = {}
        self._count = 0
        self._of: dict[str, _Text] = {}
        self._late: list[tuple[Block, int]] = []
        self._records: list[tuple[Block, int]] = []
        self._single: Block = {}

    def take(self, key: str, found: Any, line: int) -> Iterator[Item]:
        """One value of the file: an annotation, a record of Newsdesk's, or a key of the page."""
        if key in _LISTS:
            yield from self._annotation(found, line)
        elif key == BEFORE:
            yield from self._record(found, line)
        elif key == AFTER:
            self._records.append((found, line))
        elif key == "first" and isinstance(found, dict):
            inner = found.get("items")
            for one in inner if isinstance(inner, list) else []:
                yield from self._annotation(one, line)
        else:
            self._single[key] = found

    def _record(self, found: Any, line: int) -> Iterator[Item]:
        name = found.get("type") if isinstance(found, dict) else None
        if name not in KINDS or name in ("article", "annotation", "attribution"):
            yield self.problem("it is no record that Newsdesk knows", line=line, record="record")
            return
        known = {key: value for key, value in found.items() if key != "type"}
        yield from self._foreign.record(str(name), known, line)

    def _annotation(self, found: Any, line: int) -> Iterator[Item]:
        if not isinstance(found, dict):
            yield self.problem("an annotation was expected, an object", line=line)
        elif isinstance(found.get(ATTRIBUTION), dict):
            yield from self._attribution(found, line)
        elif (text := _described(found)) is not None:
            yield from self._begin(found, text, line)
        else:
            yield from self._about(found, line)

    def _begin(self, found: Block, text: Any, line: int) -> Iterator[Item]:
        iri = str(found["target"])
        if iri in self._texts:
            if self._texts[iri].task.text != text:
                message = "it is described twice, with different texts"
                yield self.problem(message, line=line, record=iri)
            return
        carried = found.get(ARTICLE)
        block: Block = {"article": carried} if isinstance(carried, dict) else {}
        body = found["body"]
        self._texts[iri] = new = _Text(text, block, iri, line)
        if not block and isinstance(body, dict) and isinstance(body.get("language"), str):
            new.task.details["language"] = body["language"][:20]
        for one, at in self._waiting.pop(iri, ()):
            self._count -= 1
            yield from self._mark(new, one, at)
        if len(self._texts) > HELD:
            yield from self._done(next(iter(self._texts)))

    def _about(self, found: Block, line: int) -> Iterator[Item]:
        source = Seen(found).source
        if not source:
            yield self._wrong(found, "it says no “source” that it is about", line)
        elif source in self._texts:
            yield from self._mark(self._texts[source], found, line)
        elif self._count >= _WAITING:
            yield self._wrong(found, f"the text of {source} does not come before it", line)
        else:
            self._count += 1
            self._waiting.setdefault(source, []).append((found, line))

    def _wrong(self, found: Block, message: str, line: int, *, blocks: bool = True) -> Problem:
        id = found.get("id")
        record = f"annotation {id}" if isinstance(id, str) else "annotation"
        return self.problem(message, line=line, record=record, blocks=blocks)

    def _mark(self, text: _Text, found: Block, line: int) -> Iterator[Item]:
        seen = Seen(found)
        if not isinstance(text.task.text, str):
            return
        spans, said, wrong = in_text(text.task.text, seen.selectors)
        if wrong:
            yield self._wrong(found, wrong, line)
            return
        if not spans:
            yield self._wrong(found, "it is about the whole text, not a mark", line, blocks=False)
            return
        iri = found.get("id")
        carried = found.get(ANNOTATION)
        for number, label in enumerate(seen.labels):
            if isinstance(carried, dict):
                made = {**carried, "label": label}
            else:
                seed = iri if isinstance(iri, str) else repr((text.task.name, spans, said))
                id = id_of(seed) if number == 0 else derived_id(seed, str(number))
                made = {"id": id, "label": label, **seen.fields()}
                self._identify(text, made, seen, quote_of(text.task.text, spans))
                if seen.others:
                    made[NAME] = seen.others
            made |= {"spans": spans, "text": said}
            if seen.note:
                made["note"] = seen.note
            text.task.annotations.append(made)
            self._of[str(made.get("id"))] = text

    def _identify(self, text: _Text, made: Block, seen: Seen, name: str) -> None:
        if seen.identified and name.strip():
            id = derived_id("knowledge base", seen.identified)
            entity = {"id": id, "name": name, "kind": made["label"], "kb_id": seen.identified}
            text.task.block.setdefault("entities", []).append(entity)
            made["entity"] = id

    def _attribution(self, found: Block, line: int) -> Iterator[Item]:
        tie = found[ATTRIBUTION]
        text = self._of.get(str(tie.get("content")))
        if text:
            text.task.block.setdefault("attributions", []).append(tie)
        elif len(self._late) < _WAITING:
            self._late.append((found, line))
        else:
            yield self._wrong(found, "its content does not come before it", line)

    def _done(self, iri: str) -> Iterator[Item]:
        text = self._texts.pop(iri)
        late, self._late = self._late, []
        for found, line in late:
            yield from self._attribution(found, line)
        for one in text.task.annotations:
            self._of.pop(str(one.get("id")), None)
        text.task.name = ""
        yield from self._foreign.items(text.task)

    def end(self) -> Iterator[Item]:
        """What is left when the file was read."""
        if "target" in self._single:
            yield from self._annotation(self._single, 1)
        for iri in list(self._texts):
            yield from self._done(iri)
        for found, line in self._late:
            message = "its content is not in the file, or was left out"
            yield self._wrong(found, message, line)
        for source, waiting in self._waiting.items():
            yield self.problem(
                f"the text that {len(waiting):,} annotations are about is not in the file: add an "
                "annotation with motivation “describing”, the text as its body, this as its target",
                line=waiting[0][1],
                record=source[:200],
            )
        for record, line in self._records:
            yield from self._record(record, line)


def _described(found: Block) -> Any:
    """The text of an annotation that describes a whole resource by it; None for any other."""
    body, target = found.get("body"), found.get("target")
    describes = isinstance(found.get(ARTICLE), dict) or found.get("motivation") == "describing"
    if describes and isinstance(target, str) and isinstance(body, dict) and "value" in body:
        return "" if body["value"] is None else body["value"]
    return None
