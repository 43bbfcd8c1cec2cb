"""Writing brat standoff: a folder with a .txt and an .ann for each article, and brat's settings."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newsdesk.formats.companion import FILE, Companion, plain_names
from newsdesk.formats.format import Bundle, Dataset, Losses, Part, Target
from newsdesk.formats.naming import file_stem
from newsdesk.model import Annotation, AttributeType, Entity, Label, Layer, Link, Span, Status

UNFIT = r"[^\w-]"
"""What brat does not take in the name of a type."""

SOURCE, CUE = "Source", "Cue"
"""The relations from a content to who says it, and to the words that say so."""

# brat reads .ann files line by line, in Python's sense of a line, and parts fields by tabs.
_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\t]+")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[\w.:+-]+")
_QID = re.compile(r"Q[1-9]\d*")


def shown(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans as brat can hold them: none covers a line break or a tab."""
    if not any(_BREAKS.search(text, start, end) for start, end in spans):
        return tuple(spans)
    out: list[Span] = []
    for start, end in spans:
        at = start
        for gap in _BREAKS.finditer(text, start, end):
            if gap.start() > at:
                out.append(Span(at, gap.start()))
            at = gap.end()
        if end > at:
            out.append(Span(at, end))
    return tuple(out)


def one_line(note: str) -> str:
    """A note as one line, as brat has them."""
    return _SPACES.sub(" ", note).strip()


def reference(kb_id: str) -> str | None:
    """An entity's id in a knowledge base as brat's resource and id; None where it has blanks."""
    if not kb_id or _SPACES.search(kb_id):
        return None
    if _QID.fullmatch(kb_id):
        return f"Wikidata:{kb_id}"
    return kb_id if ":" in kb_id else f"kb:{kb_id}"


def attribute_value(value: object) -> str | None:
    """An attribute's value as brat's: empty for a flag; None where brat can't hold it."""
    if value is True:
        return ""
    if isinstance(value, str) and _WORD.fullmatch(value):
        return value
    return None


def attribute_name(name: str) -> str:
    """An attribute's name as brat's."""
    return re.sub(UNFIT, "_", name)


def link_name(kind: str) -> str:
    """The name of a relation for a kind of link between two annotations."""
    return kind.capitalize()


def write_brat(dataset: Dataset, target: Target) -> Losses:
    """Write the folder; what brat has no place for goes to the companion `newsdesk.jsonl`."""
    losses = Losses()
    companion = Companion(dataset, "brat", losses)
    names = plain_names(dataset.labels, UNFIT)
    entities = {entity.id: entity for entity in dataset.entities() if entity.kb_id}
    links: dict[str, list[Link]] = {}
    for link in dataset.links():
        links.setdefault(link.from_id, []).append(link)
    with target.file("annotation.conf") as file:
        file.write(_settings(dataset.labels, names).encode())
    with target.file("visual.conf") as file:
        file.write(_looks(dataset.labels, names).encode())
    with target.file(FILE) as aside:
        companion.begin(aside, names)
        for number, bundle in enumerate(dataset.articles(), 1):
            stem = file_stem(number, bundle.article)
            with target.file(f"{stem}.txt") as file:
                file.write(bundle.article.text.encode())
            lines = _Lines(bundle, names, entities, links, losses)
            with target.file(f"{stem}.ann") as file:
                file.write("".join(f"{line}\n" for line in lines.all()).encode())
            companion.article(aside, stem, bundle)
        companion.end(aside)
    return losses


class _Lines:
    """The lines of one article's .ann file."""

    def __init__(
        self,
        bundle: Bundle,
        names: dict[str, str],
        entities: dict[str, Entity],
        links: dict[str, list[Link]],
        losses: Losses,
    ) -> None:
        self._bundle, self._names, self._losses = bundle, names, losses
        self._entities, self._links = entities, links
        self._keys: dict[str, str] = {}

    def all(self) -> Iterator[str]:
        """Marks first, then what refers to them."""
        text = self._bundle.article.text
        for mark in self._bundle.annotations:
            spans = shown(text, mark.spans)
            if not spans:
                what = "brat can't hold a mark on line breaks alone"
                self._losses.add(Part.ANNOTATIONS, mark.id, what)
                continue
            key = self._keys[mark.id] = f"T{len(self._keys) + 1}"
            places = ";".join(f"{start} {end}" for start, end in spans)
            words = " ".join(text[start:end] for start, end in spans)
            yield f"{key}\t{self._names[mark.label]} {places}\t{words}"
        yield from self._numbered("R", self._relations())
        yield from self._numbered("A", self._attributes())
        yield from self._numbered("N", self._references())
        yield from self._numbered("#", self._notes())

    def _numbered(self, sign: str, bodies: Iterable[str]) -> Iterator[str]:
        for number, body in enumerate(bodies, 1):
            yield f"{sign}{number}\t{body}"

    def _marks(self) -> Iterator[tuple[str, Annotation]]:
        for mark in self._bundle.annotations:
            if mark.id in self._keys:
                yield self._keys[mark.id], mark

    def _relations(self) -> Iterator[str]:
        said: set[tuple[str, str, str]] = set()
        for tie in self._bundle.attributions:
            if {tie.content, tie.source_mention, tie.cue} - {None} - self._keys.keys():
                self._losses.add(
                    Part.ATTRIBUTIONS, tie.id, "it refers to a mark that is not written"
                )
            for name, end in ((SOURCE, tie.source_mention), (CUE, tie.cue)):
                if end is not None and end != tie.content:
                    said.add((name, tie.content, end))
        for mark in self._bundle.annotations:
            for link in self._links.get(mark.id, ()):
                said.add((link_name(link.kind), link.from_id, link.to_id))
        keys = self._keys
        for name, start, end in sorted(said):
            if start in keys and end in keys:
                yield f"{name} Arg1:{keys[start]} Arg2:{keys[end]}"

    def _attributes(self) -> Iterator[str]:
        for key, mark in self._marks():
            if mark.status is not Status.ACCEPTED:
                yield f"Status {key} {mark.status.value}"
            plain = [attribute_name(name) for name in mark.attributes]
            for name, value in mark.attributes.items():
                held = attribute_value(value)
                if held is not None and name and plain.count(attribute_name(name)) == 1:
                    yield f"{attribute_name(name)} {key} {held}".rstrip()

    def _references(self) -> Iterator[str]:
        for key, mark in self._marks():
            entity = self._entities.get(mark.entity or "")
            found = reference(entity.kb_id or "") if entity else None
            if entity and found:
                yield f"Reference {key} {found}\t{one_line(entity.name)}"

    def _notes(self) -> Iterator[str]:
        for key, mark in self._marks():
            if one_line(mark.note):
                yield f"AnnotatorNotes {key}\t{one_line(mark.note)}"


def _settings(labels: Sequence[Label], names: dict[str, str]) -> str:
    """`annotation.conf`: the types, relations and attributes that brat is to offer."""
    contents = [names[one.id] for one in labels if one.layer in (Layer.QUOTE, Layer.CLAIM)]
    lines = ["[entities]", "", *(names[label.id] for label in labels), "", "[relations]", ""]
    if contents:
        which = "|".join(contents)
        lines += [f"{name}\tArg1:{which}, Arg2:<ENTITY>" for name in (SOURCE, CUE)]
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    lines += ["", "[events]", "", "[attributes]", ""]
    lines.append(f"Status\tArg:<ENTITY>, Value:{Status.PROPOSED}|{Status.REJECTED}")
    seen = {"Status"}
    for label in labels:
        for one in label.attributes:
            name = attribute_name(one.name)
            if name in seen or not name.strip("_"):
                continue
            seen.add(name)
            values = [value for value in one.values if attribute_value(value)]
            choice = one.type is AttributeType.CHOICE and values
            lines.append(
                f"{name}\tArg:<ENTITY>" + (f", Value:{'|'.join(values)}" if choice else "")
            )
    return "\n".join(lines) + "\n"


def _looks(labels: Sequence[Label], names: dict[str, str]) -> str:
    """`visual.conf`: the labels' own names and colours."""
    lines = ["[labels]", ""]
    lines += [f"{names[label.id]} | {one_line(label.name)}" for label in labels]
    lines += ["", "[drawing]", "", "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen"]
    lines += [f"{names[label.id]}\tbgColor:{label.colour}" for label in labels]
    return "\n".join(lines) + "\n"
