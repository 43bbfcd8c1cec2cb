"""Reading brat standoff: the .txt and .ann files of a folder or a zip archive."""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from newsdesk.formats.annotators import copies
from newsdesk.formats.archives import DATASET_ENTRIES, DATASET_LIMIT, members
from newsdesk.formats.brat_writing import (
    CUE,
    SOURCE,
    attribute_name,
    link_name,
    one_line,
    shown,
)
from newsdesk.formats.companion import AFTER, BEFORE, FILE, Kept
from newsdesk.formats.derived import derived_id
from newsdesk.formats.format import Filed, Input, Item, Problem, Reading
from newsdesk.formats.standoff import Found, Standoff, surviving, told_ties
from newsdesk.formats.text import propose_title
from newsdesk.model import Entity, Link, LinkKind, Span, Status

LONGEST = 50_000_000
"""Bytes that one .txt or .ann may have: it is held in memory."""

_MARK = re.compile(r"(T\d+)\t(\S+) (\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)(?:\t(.*))?")
_RELATION = re.compile(r"(R\d+)\t(\S+) (\S+?):([TE]\d+) (\S+?):([TE]\d+)\s*")
_ALIKE = re.compile(r"\*\t(\S+)((?: [TE]\d+)+)\s*")
_ATTRIBUTE = re.compile(r"([AM]\d+)\t(\S+) (\S+)(?: (.*))?")
_REFERENCE = re.compile(r"(N\d+)\t(\S+) (\S+) ([^\s:]+):(\S+)(?:\t(.*))?")
_NOTE = re.compile(r"(#\d+)\t(\S+) (\S+)(?:\t(.*))?")
_EVENT = re.compile(r"(E\d+)\t(\S+):(T\d+)(.*)")
_FIELDS = {SOURCE: "source_mention", CUE: "cue"}
_KINDS = {link_name(kind): kind for kind in LinkKind}


def read_brat(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a folder or archive; each .txt with the .ann of its name."""
    objects = Standoff(source.name, reading.labels, "brat")
    files = list(members(source, limit_bytes=DATASET_LIMIT, max_entries=DATASET_ENTRIES))
    texts = {_stem(file.name, ".txt"): file for file in files if file.name.endswith(".txt")}
    notes = {_stem(file.name, ".ann"): file for file in files if file.name.endswith(".ann")}
    if not files or not texts:
        said = (
            "there is no .txt in it. Choose the folder, or a zip of it, with .txt and .ann files."
        )
        yield objects.problem(said)
        return
    aside = next((file for file in files if PurePosixPath(file.name).name == FILE), None)
    kept = Kept(aside, objects)
    yield from kept.wrong
    yield from kept.records(BEFORE)
    made: set[str] = set()
    people = copies(texts, lambda stem: _hashed(texts[stem]))
    try:
        for stem in sorted(texts):
            person = people[stem].person if stem in people else ""
            article = _Article(objects, kept, made, person)
            yield from article.read(texts[stem], notes.get(stem), stem)
            reading.advance(texts[stem].size + (notes[stem].size if stem in notes else 0))
    finally:
        kept.close()
    for stem in sorted(notes.keys() - texts.keys()):
        said = "there is no .txt of this name beside it, so there is no text to mark."
        yield Problem(file=notes[stem].name, message=said)
    yield from kept.records(AFTER)


def _stem(name: str, suffix: str) -> str:
    return name.removesuffix(suffix)


def _hashed(text: Input) -> bytes:
    with text.open() as file:
        return hashlib.sha256(file.read(LONGEST + 1)).digest()


class _Article:
    """One .txt and its .ann."""

    def __init__(self, objects: Standoff, kept: Kept, made: set[str], person: str) -> None:
        self._objects, self._kept, self._made, self._person = objects, kept, made, person
        self._found: dict[str, Found] = {}
        self._relations: list[tuple[str, str, str]] = []
        self._passed: dict[str, int] = {}
        self._problems: list[Item] = []
        self._entities: list[Item] = []
        self._links: list[tuple[str, str, str]] = []
        self._ids: dict[str, str] = {}

    def read(self, text: Input, notes: Input | None, stem: str) -> Iterator[Item]:
        """The items of this article."""
        body = self._content(text)
        said = self._content(notes) if notes is not None else ""
        if body is None or said is None:
            yield from self._problems
            return
        name = PurePosixPath(stem).name
        bag = self._kept.bag(name)
        self._objects.file = notes.name if notes is not None else text.name
        if not body or (bag is None and not body.strip()):
            yield self._objects.problem("there is no text in it.")
            return
        # Only \n ends a line of brat's: splitlines() would part it at other signs as well.
        for number, line in enumerate(said.split("\n"), 1):
            self._line(line.rstrip("\r"), number)
        self._settle(bag)
        yield from self._entities
        yield from self._objects.bundle(
            body,
            list(self._found.values()),
            name=name,
            bag=bag,
            fields={"title": propose_title(body)},
            view=shown,
            ties=self._ties,
            blend=_blended,
            person=self._person,
        )
        yield from self._links_between(bag)
        yield from self._problems
        for what, count in sorted(self._passed.items()):
            yield self._objects.problem(f"{count} {what} were not kept", blocks=False)

    def _content(self, source: Input) -> str | None:
        with source.open() as file:
            raw = file.read(LONGEST + 1)
        if len(raw) > LONGEST:
            said = f"it is longer than {LONGEST:,} bytes."
        else:
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError as error:
                said = (
                    f"byte {error.start + 1:,} is not UTF-8, which brat's files are in. Save it as "
                    "UTF-8, so that the offsets can be counted."
                )
        self._problems.append(Problem(file=source.name, message=said))
        return None

    # Lines

    def _line(self, line: str, number: int) -> None:
        if not line.strip():
            return
        read = {"T": self._mark, "R": self._relation, "*": self._alike, "A": self._attribute}
        read |= {"M": self._attribute, "N": self._reference, "#": self._note, "E": self._event}
        if not read.get(line[0], _nothing)(line, number):
            what = f"this is no line of brat's: “{line[:60]}”"
            self._problems.append(self._objects.problem(what, line=number))

    def _mark(self, line: str, number: int) -> bool:
        found = _MARK.fullmatch(line)
        if found is None:
            return False
        key, name, places, words = found.groups()
        if key in self._found:
            self._wrong("this id is used twice", key, number)
            return True
        pairs = [place.split(" ") for place in places.split(";")]
        spans = tuple(Span(int(start), int(end)) for start, end in pairs)
        label, layer = self._kept.names.get(name, (name, None))
        quoted = _parted(words, spans) if words is not None else None
        self._found[key] = Found(
            label=label, layer=layer, spans=spans, words=quoted, key=key, line=number, known={}
        )
        return True

    def _relation(self, line: str, number: int) -> bool:
        found = _RELATION.fullmatch(line)
        if found is None:
            return False
        _, name, role, start, other, end = found.groups()
        if (role, other) == ("Arg2", "Arg1"):
            start, end = end, start
        for key in (start, end):
            if key.startswith("T") and key not in self._found:
                self._wrong(f"it leads to {key}, which is not there", found[1], number)
                return True
        self._relations.append((name, start, end))
        return True

    def _alike(self, line: str, number: int) -> bool:
        found = _ALIKE.fullmatch(line)
        if found is None:
            return False
        keys = found[2].split()
        kind = _KINDS.get(found[1], LinkKind.COREFERENCE)
        self._links += [(link_name(kind), one, two) for one, two in pairwise(keys)]
        return True

    def _attribute(self, line: str, number: int) -> bool:
        found = _ATTRIBUTE.fullmatch(line)
        if found is None:
            return False
        key, name, of, value = found.groups()
        mark = self._found.get(of)
        if mark is None:
            if of.startswith("T"):
                self._wrong(f"it is about {of}, which is not there", key, number)
            else:
                self._pass("attributes of events and relations")
        elif name == "Status" and value in set(Status):
            mark.known["status"] = value
        else:
            mark.known.setdefault("attributes", {})[name] = value or True
        return True

    def _reference(self, line: str, number: int) -> bool:
        found = _REFERENCE.fullmatch(line)
        if found is None:
            return False
        mark = self._found.get(found[3])
        if mark is None:
            self._wrong(f"it is about {found[3]}, which is not there", found[1], number)
            return True
        kb_id = found[5] if found[4] in ("Wikidata", "kb") else f"{found[4]}:{found[5]}"
        mark.known["entity"] = (kb_id, found[6] or "")
        return True

    def _note(self, line: str, number: int) -> bool:
        found = _NOTE.fullmatch(line)
        if found is None:
            return False
        mark = self._found.get(found[3])
        if mark is None:
            self._pass("notes on events, relations or the article")
        elif found[4]:
            before = mark.known.get("note")
            mark.known["note"] = f"{before}\n{found[4]}" if before else found[4]
        return True

    def _event(self, line: str, number: int) -> bool:
        found = _EVENT.fullmatch(line)
        if found is None:
            return False
        for role in found[4].split():
            name, _, key = role.partition(":")
            if name.rstrip("0123456789") in (SOURCE, CUE) and key in self._found:
                self._relations.append((name.rstrip("0123456789"), found[3], key))
            else:
                self._pass("roles of events")
        return True

    # What the lines say together

    def _settle(self, bag: dict[str, Any] | None) -> None:
        """Make entities of the references, where no bag knows better."""
        for found in self._found.values():
            known = found.known
            if "entity" in known:
                kb_id, name = known.pop("entity")
                entity = self._entity(kb_id, name, found.label, bag)
                if entity is not None:
                    known["entity"] = entity

    def _entity(self, kb_id: str, name: str, kind: str, bag: dict[str, Any] | None) -> str | None:
        """The id of the entity that a reference means; with a bag, the bag knows."""
        if bag is not None:
            return None
        id = derived_id("entity", kb_id)
        if id not in self._made:
            self._made.add(id)
            entity = Entity(id=id, name=name.strip() or kb_id, kind=kind, kb_id=kb_id)
            self._entities.append(Filed(record=entity))
        return id

    def _ties(self, ids: dict[str, str], bagged: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The attributions: the bag's, as far as brat still has them, and brat's own."""
        now: dict[str, dict[str, list[str]]] = {}
        for name, start, end in self._relations:
            if name in _FIELDS and start in ids and end in ids:
                now.setdefault(ids[start], {}).setdefault(_FIELDS[name], []).append(ids[end])
        kept = set(ids.values())
        self._ids = ids
        return told_ties(now, surviving(kept, bagged), kept)

    def _links_between(self, bag: dict[str, Any] | None) -> Iterator[Item]:
        for name, start, end in (*self._relations, *self._links):
            if name in (SOURCE, CUE):
                continue
            kind = _KINDS.get(name)
            if kind is None:
                self._pass(f"relations of the kind {name[:60]}")
            elif bag is None and start in self._ids and end in self._ids:
                ends = self._ids[start], self._ids[end]
                if ends[0] != ends[1]:
                    id = derived_id("link", kind, *ends)
                    yield Filed(record=Link(id=id, kind=kind, from_id=ends[0], to_id=ends[1]))

    def _wrong(self, message: str, key: str, line: int) -> None:
        record = f"annotation {key}"
        self._problems.append(self._objects.problem(message, line=line, record=record))

    def _pass(self, what: str) -> None:
        self._passed[what] = self._passed.get(what, 0) + 1


def _blended(known: dict[str, Any], noted: dict[str, Any]) -> dict[str, Any]:
    """What brat says of a mark, its attributes under the names that they were noted by."""
    told = dict(known)
    if noted and told.get("note") == one_line(str(noted.get("note", ""))):
        del told["note"]  # brat has it on one line, and just so
    before = noted.get("attributes")
    if isinstance(before, dict) and "attributes" in told:
        names = {attribute_name(name): name for name in before}
        now = {names.get(name, name): value for name, value in told["attributes"].items()}
        told["attributes"] = {**before, **now}
    return told


def _nothing(line: str, number: int) -> bool:
    return False


def _parted(words: str, spans: tuple[Span, ...]) -> tuple[str, ...]:
    """What a line quotes, for each fragment: they are joined by single spaces."""
    if len(spans) == 1:
        return (words,)
    parts, at = [], 0
    for start, end in spans:
        parts.append(words[at : at + end - start])
        at += end - start + 1
    return tuple(parts) if " ".join(parts) == words else (words,)
