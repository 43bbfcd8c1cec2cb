"""Reading REFI-QDA: the plain texts of a project with their codings, or a codebook."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from newsdesk.formats.archives import DATASET_ENTRIES, DATASET_LIMIT, is_archive, members
from newsdesk.formats.cas_reading import blended
from newsdesk.formats.companion import AFTER, BEFORE, FILE, Kept
from newsdesk.formats.format import Input, Item, Problem, Reading
from newsdesk.formats.refi_writing import CODEBOOK, NOBODY, PROJECT, selection_guid
from newsdesk.formats.standoff import Found, Standoff
from newsdesk.formats.text import propose_title
from newsdesk.formats.xml_reading import BrokenXML, elements, parse
from newsdesk.model import Layer, Offsets, Span, canonise

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST = 50_000_000
"""Bytes that one text may have."""

_P = f"{{{PROJECT}}}"
_TEXTS = (f"{_P}TextSource", f"{_P}Representation", f"{_P}TextDescription")
_OTHERS = tuple(f"{_P}{kind}Source" for kind in ("Picture", "Audio", "Video"))
_LAYERS = {layer.value: layer for layer in Layer}


def read_project(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a .qdpx (or of its unpacked folder)."""
    objects = Standoff(source.name, reading.labels, "refi-qda")
    files = list(members(source, limit_bytes=DATASET_LIMIT, max_entries=DATASET_ENTRIES))
    project = next((file for file in files if file.name.lower().endswith(".qde")), None)
    if project is None:
        yield objects.problem("it is no REFI-QDA project: there is no project.qde in it.")
        return
    aside = next((file for file in files if PurePosixPath(file.name).name == FILE), None)
    kept = Kept(aside, objects)
    yield from kept.wrong
    yield from kept.records(BEFORE)
    texts = {PurePosixPath(file.name).name.lower(): file for file in files}
    try:
        yield from _Project(objects, kept, texts, reading).items(project)
    finally:
        kept.close()
    yield from kept.records(AFTER)


def read_codebook(source: Input, reading: Reading) -> Iterator[Item]:
    """The labels of a .qdc."""
    objects = Standoff(source.name, reading.labels, "refi-qdc")
    if is_archive(source):
        yield objects.problem("it is an archive, no codebook. A project's name ends in .qdpx.")
        return
    try:
        root = parse(source)
    except BrokenXML as error:
        yield objects.problem(str(error), line=error.line)
        return
    if root.tag != f"{{{CODEBOOK}}}CodeBook":
        yield objects.problem("it is no REFI-QDA codebook: its first element is another.")
        return
    reading.advance(source.size)
    yield from Codes(objects).take(root)


class Codes:
    """The codes of a project by their GUID, as labels."""

    def __init__(self, objects: Standoff) -> None:
        self._objects = objects
        self.known: dict[str, tuple[str, Layer | None]] = {}
        self._taken: set[str] = set()

    def take(self, book: "Element") -> Iterator[Item]:
        """Take in a codebook; new labels are items."""
        space = str(book.tag).partition("}")[0] + "}"
        for code in book.iter(f"{space}Code"):
            key, name = code.get("guid", "").strip("{}").lower(), code.get("name", "").strip()
            if not key or not name or code.get("isCodable") == "false":
                continue
            named = self._objects.names.get(key)
            if named is not None:
                self.known[key] = named
                continue
            layer = self._layer(name)
            if layer is not None:
                name = name.rpartition(" (")[0]
            above = code.getparent()
            if name in self._taken and above is not None and above.get("name"):
                name = f"{above.get('name')} / {name}"
            self._taken.add(name)
            self.known[key] = (name, layer)
            fields: dict[str, Any] = {}
            if len(code.get("color", "")) == 7:
                fields["colour"] = code.get("color")
            guideline = code.findtext(f"{space}Description")
            if guideline:
                fields["guideline"] = guideline
            yield from self._objects.bring(name, layer, **fields)

    def _layer(self, name: str) -> Layer | None:
        """The layer that the name of one of our own codes ends with."""
        said = name.rpartition(" (")[2]
        return _LAYERS.get(said.removesuffix(")")) if said.endswith(")") else None


class _Project:
    """One project.qde, source by source."""

    def __init__(
        self, objects: Standoff, kept: Kept, texts: dict[str, Input], reading: Reading
    ) -> None:
        self._objects, self._kept, self._texts, self._reading = objects, kept, texts, reading
        self._users: dict[str, str] = {}
        self._passed: dict[str, int] = {}
        self._one_for_two = False
        objects.names = {key.lower(): meant for key, meant in kept.names.items()}
        self._codes = Codes(objects)

    def items(self, project: Input) -> Iterator[Item]:
        """The items of the project."""
        self._objects.file = project.name
        with project.open() as file:
            # ATLAS.ti counts a line break of two signs as one.
            self._one_for_two = b"ATLAS" in file.read(1_000)
        tags = (f"{_P}Users", f"{_P}CodeBook", *_TEXTS, *_OTHERS)
        count = 0
        try:
            for element in elements(project, tags, self._reading.advance):
                if element.tag == f"{_P}Users":
                    for user in element.iter(f"{_P}User"):
                        self._users[user.get("guid", "").lower()] = user.get("name") or ""
                elif element.tag == f"{_P}CodeBook":
                    yield from self._codes.take(element)
                elif element.tag in _TEXTS:
                    count += 1
                    yield from self._article(element)
                else:
                    self._pass("pictures, sounds and films")
        except BrokenXML as error:
            yield self._objects.problem(str(error), line=error.line)
            return
        if not count and not self._codes.known and not self._kept.present:
            yield self._objects.problem("there are no texts and no codes in the project.")
        for what, number in sorted(self._passed.items()):
            yield self._objects.problem(f"{number} {what} were not kept", blocks=False)

    def _article(self, element: "Element") -> Iterator[Item]:
        key, line = element.get("guid", "").strip("{}"), element.sourceline or 0
        text = self._text(element)
        if isinstance(text, Problem):
            yield text
            return
        bag = self._kept.bag(key)
        if not text or (bag is None and not text.strip()):
            yield self._objects.problem(
                "there is no text in it.", line=line, record=f"article {key}"
            )
            return
        if self._one_for_two:
            text = canonise(text)
        found: dict[str, Found] = {}
        problems: list[Problem] = []
        fragments = _fragments(bag)
        for selection in element.iterfind(f"{_P}PlainTextSelection"):
            problem = self._selection(selection, text, found, fragments)
            if problem is not None:
                problems.append(problem)
        title = (element.get("name") or "").strip()
        yield from self._objects.bundle(
            text,
            list(found.values()),
            name=key,
            bag=bag,
            fields={"title": title or propose_title(text)},
            blend=blended,
            line=line,
        )
        yield from problems

    def _text(self, element: "Element") -> str | Problem:
        inside = element.findtext(f"{_P}PlainTextContent")
        if inside:
            return inside
        path = element.get("plainTextPath") or ""
        where = {"line": element.sourceline or 0, "record": f"article {element.get('guid', '')}"}
        name = path.removeprefix("internal://").rpartition("/")[2].lower()
        source = self._texts.get(name) if path.startswith("internal://") else None
        if source is None:
            said = (
                f"its text “{path[:80]}” is not in the project. Export it with its sources inside."
            )
            return self._objects.problem(said, **where)
        with source.open() as file:
            raw = file.read(LONGEST + 1)
        if len(raw) > LONGEST:
            return self._objects.problem(f"its text is longer than {LONGEST:,} bytes.", **where)
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            said = f"byte {error.start + 1:,} of its text is not UTF-8, which projects are in."
            return self._objects.problem(said, **where)

    def _selection(
        self,
        selection: "Element",
        text: str,
        found: dict[str, Found],
        fragments: dict[str, str],
    ) -> Problem | None:
        key, line = selection.get("guid", "").strip("{}").lower(), selection.sourceline or 0
        said = selection.get("startPosition", ""), selection.get("endPosition", "")
        if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in said):
            message = f"its positions should be numbers, not “{said[0][:20]}” and “{said[1][:20]}”"
            return self._objects.problem(message, line=line, record=f"annotation {key}")
        span = Span(int(said[0]), int(said[1]))
        codings = selection.findall(f"{_P}Coding/{_P}CodeRef")
        if not codings:
            self._pass("notes on passages without a code")
            return None
        if span.start == span.end:
            self._pass("codings without a single sign")
            return None
        known: dict[str, Any] = {"note": selection.findtext(f"{_P}Description") or ""}
        author = self._users.get(selection.get("creatingUser", "").lower(), "")
        if author and author != NOBODY:
            known["author"] = author
        for number, code in enumerate(codings):
            label = self._codes.known.get(code.get("targetGUID", "").strip("{}").lower())
            if label is None:
                self._pass("codings with an unknown code")
                continue
            mark = fragments.get(key, f"{key}/{number}" if number else key)
            before = found.get(mark)
            if before is not None and before.label == label[0]:
                before.spans = tuple(sorted((*before.spans, span)))
                continue
            found[mark] = Found(
                label=label[0],
                layer=label[1] or None,
                spans=(span,),
                words=_words(text, span, selection.get("name")),
                known=known,
                key=mark,
                line=line,
            )
        return None

    def _pass(self, what: str) -> None:
        self._passed[what] = self._passed.get(what, 0) + 1


def _fragments(bag: dict[str, Any] | None) -> dict[str, str]:
    """For each selection's GUID the discontinuous mark that it is a fragment of."""
    found = {}
    for mark in (bag or {}).get("annotations", []):
        spans = mark.get("spans", [])
        if len(spans) > 1:
            for number in range(len(spans)):
                found[selection_guid(str(mark.get("id")), number)] = str(mark.get("id"))
    return found


def _words(text: str, span: Span, name: str | None) -> tuple[str, ...] | None:
    """The words that a selection's name quotes, where they show that it counts other units."""
    if not name or text.isascii() or text[span.start : span.end] == name:
        return None
    offsets = Offsets(text)
    if span.end > offsets.units:
        return None
    start, end = offsets.from_utf16(span.start), offsets.from_utf16(span.end)
    return (name,) if text[start:end] == name else None
