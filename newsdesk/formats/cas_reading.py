"""From the feature structures of a UIMA CAS to items, whoever wrote them."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

import msgspec

from newsdesk.formats.annotators import Copy, copies
from newsdesk.formats.archives import DATASET_ENTRIES, DATASET_LIMIT, members
from newsdesk.formats.cas_types import (
    CONFIDENCE,
    DKPRO,
    ENTITY,
    FEATURES,
    LAYERS,
    METADATA,
    TIE,
    TIES,
    VIEW,
    feature_name,
    kb_id,
)
from newsdesk.formats.cas_writing import attribute_text
from newsdesk.formats.companion import AFTER, BEFORE, FILE, Kept
from newsdesk.formats.derived import derived_id, layer_of
from newsdesk.formats.format import Filed, Input, Item, Problem, Reading
from newsdesk.formats.standoff import (
    Found,
    Standoff,
    restored,
    surviving,
    told_ties,
)
from newsdesk.formats.text import propose_title
from newsdesk.formats.xml_reading import BrokenXML, storable
from newsdesk.model import Entity, Layer, NewsdeskError, Offsets, Span, Status, sha256_of

_SILENT = tuple(DKPRO + part for part in ("segmentation.", "metadata."))
_OURS = {type: layer for layer, type in LAYERS.items()}
_TELLING = frozenset({LAYERS[Layer.QUOTE], LAYERS[Layer.CLAIM]})
_PLACE = frozenset({"sofa", "begin", "end", "id"})
_NAMES = ("label", "value", "Value", "class", "category")
_RELATION = frozenset({"governor", "dependent"})


class Fs(msgspec.Struct):
    """A feature structure as it was read; all values are texts, references are ids."""

    id: str
    type: str
    features: dict[str, str]
    line: int = 0


class Cas(msgspec.Struct):
    """What one file holds: texts by id (with the name of the view), and structures by id."""

    sofas: dict[str, tuple[str, str | None]] = {}
    structures: dict[str, Fs] = {}


Load = Callable[[Input], Cas]


def read_cas(
    source: Input, reading: Reading, format: str, suffix: str, load: Load
) -> Iterator[Item]:
    """The articles of one file, of a folder or of a zip archive."""
    objects = Standoff(source.name, reading.labels, format)
    files = list(members(source, limit_bytes=DATASET_LIMIT, max_entries=DATASET_ENTRIES))
    aside = next((file for file in files if PurePosixPath(file.name).name == FILE), None)
    documents = (
        [file for file in files if file.name.lower().endswith(suffix)] if files else [source]
    )
    if not documents:
        yield objects.problem(
            f"there is no {suffix} in it. Choose the folder or file that has one."
        )
        return
    kept = Kept(aside, objects)
    yield from kept.wrong
    yield from kept.records(BEFORE)
    made: set[str] = set()
    by_name = {document.name: document for document in documents}
    people = copies(by_name, lambda name: _text_of(by_name[name], load))
    try:
        for document in documents:
            objects.file = document.name
            try:
                cas = load(document)
            except BrokenXML as error:
                yield objects.problem(str(error), line=error.line)
            except (NewsdeskError, OSError) as error:
                yield objects.problem(str(error))
            else:
                stem = PurePosixPath(document.name).name
                stem = stem[: -len(suffix)] if stem.lower().endswith(suffix) else stem
                copy = people.get(document.name, Copy(stem, ""))
                bag = kept.bag(copy.article)
                yield from _Document(objects, cas, copy, bag, made).items()
            reading.advance(document.size)
    finally:
        kept.close()
    yield from kept.records(AFTER)


def _text_of(document: Input, load: Load) -> str:
    """What a file is over; its own name where that can't be read."""
    try:
        sofas = load(document).sofas.values()
    except (BrokenXML, NewsdeskError, OSError):
        return document.name
    return sha256_of("\0".join(text or "" for _, text in sofas))


class _Document:
    """One CAS: the text of its first view, and what is marked in it."""

    def __init__(
        self, objects: Standoff, cas: Cas, copy: Copy, bag: dict[str, Any] | None, made: set[str]
    ) -> None:
        self._objects, self._cas, self._copy = objects, cas, copy
        self._bag, self._made = bag, made
        self._passed: dict[str, int] = {}
        self._problems: list[Problem] = []
        self._entities: list[Item] = []
        self._found: dict[str, Found] = {}
        self._keys: dict[str, str] = {}  # of each structure, the mark that it is a fragment of
        self._fields: dict[str, Any] = {}

    def items(self) -> Iterator[Item]:
        """The items of this document."""
        view = next((id for id, sofa in self._cas.sofas.items() if sofa[0] == VIEW), None)
        if view is None:
            view = next((id for id, sofa in self._cas.sofas.items() if sofa[1]), None)
        text = self._cas.sofas[view][1] if view is not None else None
        if not text or (self._bag is None and not text.strip()):
            yield self._objects.problem("there is no text in it (no Sofa with a sofaString).")
            return
        text = restored(text, self._bag)
        offsets = Offsets(text)
        for fs in self._cas.structures.values():
            if fs.features.get("sofa", view) == view:
                self._take(fs, text, offsets)
            elif "begin" in fs.features:
                self._pass("annotations of other views")
        yield from self._entities
        self._fields.setdefault("title", propose_title(text))
        yield from self._objects.bundle(
            text,
            list(self._found.values()),
            name=self._copy.article,
            person=self._copy.person,
            bag=self._bag,
            fields=self._fields,
            ties=self._ties,
            blend=blended,
        )
        yield from self._problems
        for what, count in sorted(self._passed.items()):
            yield self._objects.problem(f"{count} {what} were not kept", blocks=False)

    def _take(self, fs: Fs, text: str, offsets: Offsets) -> None:
        if fs.type == METADATA:
            title = fs.features.get("documentTitle")
            if title:
                self._fields["title"] = title
            language = fs.features.get("language", "")
            if language and language != "x-unspecified":
                self._fields["language"] = language
            return
        if fs.type.startswith(_SILENT) or "begin" not in fs.features or fs.type == TIE:
            return
        name = fs.type.rpartition(".")[2]
        if name == "DocumentAnnotation":
            return
        if fs.type.startswith(DKPRO) and ".ner." not in fs.type:
            self._pass(f"annotations of the type {name}")
            return
        if {key.lower() for key in fs.features} >= _RELATION:
            self._pass(f"relations of the type {name}")
            return
        span = self._span(fs, offsets)
        if span is not None:
            self._mark(fs, name, span)

    def _span(self, fs: Fs, offsets: Offsets) -> Span | None:
        said = fs.features.get("begin", ""), fs.features.get("end", "")
        where = {"line": fs.line, "record": f"annotation {fs.id}"}
        if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in said):
            message = f"begin and end should be numbers, not “{said[0][:20]}” and “{said[1][:20]}”"
            self._problems.append(self._objects.problem(message, **where))
            return None
        begin, end = int(said[0]), int(said[1])
        if begin == end:
            self._pass("annotations without a single sign")
            return None
        span = Span(offsets.from_utf16(begin), offsets.from_utf16(end))
        if begin > end or end > offsets.units:
            message = (
                f"{begin}–{end} lies outside the text, which has {offsets.units:,} UTF-16 units"
            )
        elif offsets.to_utf16(span.start) != begin or offsets.to_utf16(span.end) != end:
            message = (
                f"{begin}–{end} parts a character in two: UIMA counts UTF-16 units, and this file "
                "seems to count others"
            )
        else:
            return span
        self._problems.append(self._objects.problem(message, field="begin", **where))
        return None

    def _mark(self, fs: Fs, name: str, span: Span) -> None:
        features = fs.features
        fallback = "Entity" if fs.type == ENTITY else name
        label = next((features[key] for key in _NAMES if features.get(key)), fallback)
        layer = _OURS.get(fs.type) or (Layer.ENTITY if ".ner." in fs.type else None)
        known: dict[str, Any] = {}
        if fs.type in _OURS:
            known = _known(features)
        else:
            kept = {k: v for k, v in features.items() if k not in _NAMES and _is_text(k, v)}
            if kept:
                known["attributes"] = kept
            if layer is None and layer_of(name) is not Layer.ENTITY:
                layer = layer_of(name)
        if features.get("identifier") and self._bag is None:
            known["entity"] = self._entity(features["identifier"], label)
        key = features.get("mark") if fs.type in _OURS else None
        key = f"{fs.type} {key}" if key else fs.id
        self._keys[fs.id] = key
        before = self._found.get(key)
        if before is not None:
            before.spans = tuple(sorted((*before.spans, span)))
            return
        self._found[key] = Found(
            label=label, layer=layer, spans=(span,), known=known, key=key, line=fs.line
        )

    def _entity(self, said: str, kind: str) -> str:
        known = kb_id(said)
        id = derived_id("entity", known)
        if id not in self._made:
            self._made.add(id)
            self._entities.append(Filed(record=Entity(id=id, name=known, kind=kind, kb_id=known)))
        return id

    def _ties(self, ids: dict[str, str], bagged: list[dict[str, Any]]) -> list[dict[str, Any]]:
        now: dict[str, dict[str, list[str]]] = {}
        for fs in self._cas.structures.values():
            content = ids.get(self._keys.get(fs.id, ""))
            for id in fs.features.get(TIES, "").split() if content else ():
                tie = self._cas.structures.get(id)
                end = ids.get(self._keys.get(tie.features.get("target", ""), "")) if tie else None
                if tie is not None and end is not None and content is not None:
                    role = "cue" if tie.features.get("role") == "cue" else "source_mention"
                    now.setdefault(content, {}).setdefault(role, []).append(end)
        telling = {
            ids.get(self._keys.get(fs.id, ""))
            for fs in self._cas.structures.values()
            if fs.type in _TELLING
        }
        return told_ties(now, surviving(set(ids.values()), bagged), telling)

    def _pass(self, what: str) -> None:
        self._passed[what] = self._passed.get(what, 0) + 1


def _known(features: dict[str, str]) -> dict[str, Any]:
    """What one of our own structures says of its mark, in words of the dataset's JSON."""
    known: dict[str, Any] = {key: features.get(key, "") for key in ("author", "note")}
    if features.get("status") in set(Status):
        known["status"] = features["status"]
    try:
        confidence = float(features.get(CONFIDENCE, ""))
        known["confidence"] = confidence if 0 <= confidence <= 1 else None
    except ValueError:
        pass
    own = (*FEATURES, CONFIDENCE, TIES, *_PLACE)
    attributes = {key: value for key, value in features.items() if key not in own}
    if attributes:
        known["attributes"] = attributes
    return known


def blended(known: dict[str, Any], noted: dict[str, Any]) -> dict[str, Any]:
    """What a file says of a mark where that differs from what was noted and flattened into it."""
    if not noted:
        return {key: value for key, value in known.items() if value is not None}
    told: dict[str, Any] = {}
    for key, value in known.items():
        before = noted.get(key)
        if key == "attributes":
            names = {feature_name(name): name for name in before or {}}
            given = {names.get(name, name): text for name, text in value.items()}
            new = {k: v for k, v in given.items() if _flat((before or {}).get(k)) != v}
            told[key] = {**(before or {}), **new}
        elif key == CONFIDENCE:
            if value is not None and (before is None or abs(value - before) > 1e-6):
                told[key] = value
        elif value is not None and value != storable(str(before or ""))[0]:
            told[key] = value
    if told.get("status") == Status.ACCEPTED and "status" not in noted:
        del told["status"]
    return told


def _flat(value: object) -> str:
    return storable(attribute_text(value))[0]


def _is_text(key: str, value: str) -> bool:
    """Whether a feature of somebody else's type is a value, not a reference to a structure."""
    plain = value.replace(" ", "")
    return key not in _PLACE and key != "identifier" and bool(plain) and not plain.isdigit()
