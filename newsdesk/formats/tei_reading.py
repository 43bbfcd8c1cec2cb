"""Reading TEI P5: texts with inline names and speech, and standoff annotations over them."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from newsdesk.formats.cas_reading import blended
from newsdesk.formats.companion import AFTER, BEFORE, bag_of
from newsdesk.formats.derived import derived_id
from newsdesk.formats.format import Filed, Input, Item, Reading
from newsdesk.formats.standoff import Found, Standoff, restored, surviving, told_ties
from newsdesk.formats.tei_writing import DATA, LISTS, TEI, XML_ID
from newsdesk.formats.text import propose_title
from newsdesk.formats.xml_reading import BrokenXML, elements
from newsdesk.model import Entity, Layer, Span, Status

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_T = f"{{{TEI}}}"
_JSON = f"{{{DATA}}}json"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_RANGE = re.compile(r"#string-range\(([^,()#]+),((?:\d{1,15},\d{1,15},?)+)\)")
_TYPE = re.compile(rb'\{"type":"([a-z]+)",')
_BLOCKS = frozenset(
    f"{_T}{name}"
    for name in (
        "p",
        "ab",
        "head",
        "div",
        "l",
        "lg",
        "item",
        "row",
        "sp",
        "trailer",
        "byline",
        "lb",
        "pb",
    )
)
_UNREAD = frozenset(f"{_T}{name}" for name in ("note", "sic", "orig", "del", "fw", "figDesc"))
_NAMES = [f"{_T}name", *sorted({f"{_T}{one[2]}" for one in LISTS.values()})]
_INLINE = {
    **dict.fromkeys(("said", "q", "quote"), ("QUOTE", Layer.QUOTE)),
    "persName": ("PERSON", Layer.ENTITY),
    "orgName": ("ORG", Layer.ENTITY),
    "placeName": ("GPE", Layer.ENTITY),
    "geogName": ("LOC", Layer.ENTITY),
    "date": ("DATE", Layer.ENTITY),
    "time": ("TIME", Layer.ENTITY),
    "measure": ("QUANTITY", Layer.ENTITY),
}


def read_tei(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a `TEI` or `teiCorpus`, one after the other."""
    objects = Standoff(source.name, reading.labels, "tei")
    corpus = _Corpus(objects)
    count = 0
    try:
        named = {f"{_T}{one[1]}" for one in LISTS.values()}
        kept = (_JSON, f"{_T}item", f"{_T}category", *sorted(named))
        for element in elements(source, (f"{_T}TEI",), reading.advance, kept=kept):
            if element.tag == f"{_T}TEI":
                count += 1
                name = element.get(XML_ID) or f"{PurePosixPath(source.name).name}#{count}"
                yield from _Article(objects, corpus, element, name).items()
                corpus.bag = None
            else:
                yield from corpus.take(element)
    except BrokenXML as error:
        yield objects.problem(str(error), line=error.line)
        return
    if not count:
        yield objects.problem("it is no TEI P5: there is no TEI element in it.")


class _Corpus:
    """What stands before the articles, or in the header of the one at hand."""

    def __init__(self, objects: Standoff) -> None:
        self._objects = objects
        self.bag: dict[str, Any] | None = None
        self.ours = False
        self.entities: dict[str, tuple[str, str, str]] = {}
        self.labels: dict[str, str] = {}

    def take(self, element: "Element") -> Iterator[Item]:
        """Take in an element that was read before the article that it belongs to ended."""
        key = element.get(XML_ID)
        if element.tag == _JSON:
            yield from self._json(element)
        elif element.tag == f"{_T}category" and key:
            self.labels[key] = element.get("n") or key
        elif key:
            name = next(
                iter(element.iter(*(f"{_T}{one[2]}" for one in LISTS.values()), f"{_T}name")), None
            )
            if name is not None and "".join(name.itertext()).strip():
                words = " ".join("".join(name.itertext()).split())
                kind = next((k for k, one in LISTS.items() if element.tag == f"{_T}{one[1]}"), "")
                self.entities[key] = (words, kind or name.get("type", ""), name.get("key") or "")

    def _json(self, element: "Element") -> Iterator[Item]:
        line = (element.text or "").encode()
        element.text = None  # it may be long, and is not needed again
        if element.get("kind") == "bag":
            self.bag = bag_of(line)
            return
        found = _TYPE.match(line)
        if found is None:
            self.ours = True
            self._objects.take_names((bag_of(line) or {}).get("names"))
            return
        number = element.sourceline or 0
        if found[1].decode() not in (*BEFORE, *AFTER):
            yield self._objects.problem("this aside of Newsdesk's holds no record", line=number)
            return
        yield from self._objects.record(found[1].decode(), b"{" + line[found.end() :], number)


class _Article:
    """One `TEI` element."""

    def __init__(self, objects: Standoff, corpus: _Corpus, root: "Element", name: str) -> None:
        self._objects, self._corpus, self._root, self._name = objects, corpus, root, name
        self._parts: list[str] = []
        self._length = 0
        self._places: dict[str, Span] = {}
        self._inline: list[Found] = []
        self._found: dict[str, Found] = {}
        self._ties: list[tuple[str, str, str]] = []
        self._passed: dict[str, int] = {}
        self._entities: dict[str, str] = {}
        self._new: list[Item] = []

    def items(self) -> Iterator[Item]:
        """The items of this article."""
        body = self._root.find(f"{_T}text")
        if body is not None:
            self._walk(body, preserve=False)
        bag = self._corpus.bag
        text = restored("".join(self._parts), bag)
        line = self._root.sourceline or 0
        if not text or (bag is None and not text.strip()):
            if self._root.get(XML_ID) != "none":
                yield self._objects.problem("there is no text in it.", line=line)
            return
        if self._length > len(text.rstrip()) and bag is None:
            text = text.rstrip()
        for element in self._root.iterfind(f"{_T}standOff//*"):
            self._standoff(element)
        yield from self._new
        yield from self._objects.bundle(
            text,
            [*self._found.values(), *([] if bag else self._inline)],
            name=self._name,
            bag=bag,
            fields={"title": propose_title(text), **self._header()},
            ties=self._tied,
            blend=blended,
            line=line,
        )
        for what, count in sorted(self._passed.items()):
            yield self._objects.problem(f"{count} {what} were not kept", line=line, blocks=False)

    # The text

    def _walk(self, element: "Element", preserve: bool) -> None:
        preserve = {"preserve": True, "default": False}.get(element.get(_SPACE, ""), preserve)
        if element.tag in _UNREAD:
            return
        block = element.tag in _BLOCKS
        if block and not preserve:
            self._break()
        first = len(self._parts)
        self._add(element.text, preserve)
        for child in element:
            self._walk(child, preserve)
            self._add(child.tail, preserve)
        name = str(element.tag).removeprefix(_T)
        self._place(element, name, first)
        if block and not preserve:
            self._break()

    def _add(self, text: str | None, preserve: bool) -> None:
        if not text:
            return
        if not preserve:
            text = re.sub(r"\s+", " ", text)
            if not self._parts or self._parts[-1][-1:].isspace():
                text = text.lstrip()
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _break(self) -> None:
        while self._parts and self._parts[-1].endswith(" "):
            last = self._parts.pop()
            self._length -= len(last)
            self._add(last.rstrip(), preserve=True)
        if self._parts and not self._parts[-1].endswith("\n"):
            self._add("\n", preserve=True)

    def _place(self, element: "Element", name: str, first: int) -> None:
        key = element.get(XML_ID)
        words = "".join(self._parts[first:]) if name in _INLINE or key else ""
        start = self._length - len(words)
        if not words or (name != "ab" and not words.strip()):
            return
        begin = start + len(words) - len(words.lstrip())
        span = Span(begin, start + len(words.rstrip()))
        if key:
            self._places[key] = Span(start, self._length) if name == "ab" else span
        if name in _INLINE:
            label, layer = _INLINE[name]
            line = element.sourceline or 0
            found = Found(label=label, layer=layer, spans=(span,), line=line, known={})
            entity = self._entity(element.get("ref", "").removeprefix("#"))
            if entity:
                found.known["entity"] = entity
            self._inline.append(found)

    # What stands off it

    def _standoff(self, element: "Element") -> None:
        name = str(element.tag).removeprefix(_T)
        if name == "link":
            ends = [end.removeprefix("#") for end in (element.get("target") or "").split()]
            if element.get("type") in ("source", "cue") and len(ends) == 2:
                self._ties.append((element.get("type") or "", *ends))  # type: ignore[arg-type]
            else:
                self._pass("links")
        elif name in ("annotation", "span"):
            self._annotation(element)

    def _annotation(self, element: "Element") -> None:
        spans = self._spans(element.get("target") or "", element.get("from"), element.get("to"))
        label = (element.get("ana") or "").split(" ")[0].removeprefix("#")
        if not spans or not label:
            self._pass("annotations whose target or label is not understood")
            return
        key = element.get(XML_ID) or f"{len(self._found) + 1}"
        name, layer = self._objects.names.get(label, (self._corpus.labels.get(label, label), None))
        known: dict[str, Any] = {}
        note = element.findtext(f"{_T}note")
        if self._corpus.ours or note:
            known["note"] = note or ""
        author = element.findtext(f"{_T}respStmt/{_T}name")
        if author:
            known["author"] = author
        if element.get("n") in set(Status):
            known["status"] = element.get("n")
        entity = self._entity((element.get("corresp") or "").removeprefix("#"))
        if entity:
            known["entity"] = entity
        line = element.sourceline or 0
        self._found[key] = Found(
            label=name, layer=layer, spans=spans, known=known, key=key, line=line
        )

    def _spans(self, target: str, start: str | None, end: str | None) -> tuple[Span, ...]:
        found = _RANGE.fullmatch(target)
        if found:
            place = self._places.get(found[1])
            if place is None:
                return ()
            numbers = [int(one) for one in found[2].strip(",").split(",")]
            pairs = zip(numbers[::2], numbers[1::2], strict=False)
            return tuple(Span(place.start + at, place.start + at + length) for at, length in pairs)
        keys = [
            key.removeprefix("#") for key in (target.split() or [start or "", end or start or ""])
        ]
        places = [self._places[key] for key in keys if key in self._places]
        if len(places) != len(keys) or not places:
            return ()
        if target:
            return _joined(places)
        return (Span(min(places).start, max(place.end for place in places)),)

    def _entity(self, key: str) -> str | None:
        """The id of the entity that a pointer means; with a bag, the bag knows."""
        known = self._corpus.entities.get(key)
        if known is None or self._corpus.ours:
            return None
        words, kind, kb_id = known
        if key not in self._entities:
            id = self._entities[key] = derived_id("entity", words, kind, kb_id)
            entity = Entity(id=id, name=words, kind=kind or "PERSON", kb_id=kb_id or None)
            self._new.append(Filed(record=entity))
        return self._entities[key]

    def _tied(self, ids: dict[str, str], bagged: list[dict[str, Any]]) -> list[dict[str, Any]]:
        now: dict[str, dict[str, list[str]]] = {}
        for kind, start, end in self._ties:
            if start in ids and end in ids:
                field = "cue" if kind == "cue" else "source_mention"
                now.setdefault(ids[start], {}).setdefault(field, []).append(ids[end])
        kept = set(ids.values())
        return told_ties(now, surviving(kept, bagged), kept)

    def _header(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        header = self._root.find(f"{_T}teiHeader")
        if header is None:
            return fields
        title = header.find(f"{_T}fileDesc/{_T}titleStmt/{_T}title")
        if title is not None and "".join(title.itertext()).strip():
            fields["title"] = " ".join("".join(title.itertext()).split())
        author = header.findtext(f"{_T}fileDesc/{_T}titleStmt/{_T}author")
        if author and author.strip():
            fields["byline"] = author.strip()
        when = header.find(f"{_T}fileDesc/{_T}sourceDesc//{_T}date[@when]")
        if when is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", when.get("when", "")):
            fields["published"] = when.get("when")
        language = (self._root.get(_LANGUAGE) or "").partition("-")[0]
        return {**fields, "language": language} if language else fields

    def _pass(self, what: str) -> None:
        self._passed[what] = self._passed.get(what, 0) + 1


def _joined(places: list[Span]) -> tuple[Span, ...]:
    """Words in a row as one span, where only a space parts them; others as fragments."""
    spans: list[Span] = []
    for start, end in sorted(places):
        if spans and start <= spans[-1].end + 1:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)
