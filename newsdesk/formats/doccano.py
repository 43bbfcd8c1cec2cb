"""doccano's JSONL: a text a line, with its spans, or with its entities and their relations."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from newsdesk.formats.carried import (
    KEY,
    NOT_HELD,
    Block,
    Carrier,
    foreign_keys,
    lose_codebook,
    shown_marks,
    tell_flattened,
    ties_of,
)
from newsdesk.formats.foreign import Foreign, Mark, Task, Tie, detail_fields, span_of
from newsdesk.formats.foreign_marks import FRAGMENT
from newsdesk.formats.foreign_plain import Plain
from newsdesk.formats.format import (
    Bundle,
    Dataset,
    FileFormat,
    Input,
    Item,
    Losses,
    Part,
    Problem,
    Reading,
    Target,
)
from newsdesk.formats.json_stream import BOM, json_lines
from newsdesk.formats.objects import any_json
from newsdesk.model import Annotation, Offsets, Span

NAME = "doccano"
UNIT = "offsets"
"""The reading's option for what offsets count: `code points` (the default) or `utf-16`."""

encode = msgspec.json.Encoder().encode
_TEXT = ("text", "data")
_SPANS = ("label", "labels")
_OWN = {*_TEXT, *_SPANS, "entities", "relations", KEY}


def read_doccano(source: Input, reading: Reading) -> Iterator[Item]:
    """The lines of an export, or of a file made for import, in either flavour."""
    foreign = Foreign(source, reading, NAME)
    plain = Plain(foreign, NAME)
    for number, found in json_lines(source, reading, _decoded):
        if isinstance(found, _Line):
            items = _plainly(plain, found, number, reading.options.get(UNIT))
            if items is not None:
                yield from items
                continue
            found = found.whole()
        if isinstance(found, Problem):
            yield found
            continue
        if not isinstance(found, dict):
            yield foreign.problem("an object with a “text” was expected", line=number)
            continue
        wrong: list[str] = []
        task = _task(found, number, wrong)
        for message in wrong:
            yield foreign.problem(message, line=number, record=task.name)
        yield from _unit_remarks(foreign, task, reading.options.get(UNIT))
        yield from foreign.items(task)


class _Entity(Struct, forbid_unknown_fields=True, gc=False):
    label: str
    start_offset: int
    end_offset: int
    id: int | str = 0


class _Line(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A line without relations and without keys of its project: as doccano exports most."""

    text: str
    id: int | str | UnsetType = UNSET
    label: list[tuple[int, int, str]] | UnsetType = UNSET
    entities: list[_Entity] | UnsetType = UNSET
    relations: Annotated[list[None], Meta(max_length=0)] | UnsetType = UNSET
    comments: Annotated[list[None], Meta(max_length=0)] | UnsetType = field(
        name="Comments", default=UNSET
    )

    def whole(self) -> Block:
        """The line as an object of any shape."""
        return dict(msgspec.json.decode(encode(self)))


_lines = msgspec.json.Decoder(_Line)


def _decoded(line: bytes) -> Any:
    if b"\\u0000" not in line:
        try:
            return _lines.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # it has more, or is broken
    return any_json(line)


def _plainly(plain: Plain, found: _Line, number: int, unit: str | None) -> list[Item] | None:
    text, name = found.text, str(found.id) if found.id is not UNSET else ""
    marks = [(one.start_offset, one.end_offset, one.label) for one in found.entities or ()]
    marks += found.label or ()
    astral = not text.isascii() and _ASTRAL.search(text)
    if astral and (unit or any(_cuts_word(text, start, end) for start, end, _ in marks)):
        return None  # what the offsets count is to be looked into
    extra = {"id": found.id} if found.id is not UNSET else {}
    return plain.items(text, marks, name, extra, number)


def _task(found: Block, line: int, wrong: list[str]) -> Task:
    text = next((found[key] for key in _TEXT if key in found), None)
    marks = [
        *_each(found, "entities", _entity, wrong),
        *(mark for key in _SPANS for mark in _each(found, key, _span, wrong)),
    ]
    ties = None
    if "relations" in found:
        ties = [tie for tie in _each(found, "relations", _relation, wrong) if tie]
    meta = found.get("meta")
    block = found.get(KEY, meta.get(KEY) if isinstance(meta, dict) else None)
    extra = {key: value for key, value in found.items() if key not in _OWN}
    for key in _SPANS:
        # Categories of a whole text, of doccano's other kinds of project.
        if isinstance(found.get(key), list) and (words := _words(found[key])):
            extra[key] = words
    if isinstance(meta, dict) and KEY in meta:
        extra["meta"] = {key: value for key, value in meta.items() if key != KEY}
    if extra.get("Comments") == []:
        del extra["Comments"]
    name = str(found["id"]) if isinstance(found.get("id"), int | str) else ""
    details = detail_fields({**(meta if isinstance(meta, dict) else {}), **found})
    return Task(
        text=text,
        marks=[mark for mark in marks if mark],
        ties=ties,
        block=block,
        details=details,
        extra=extra,
        name=name,
        line=line,
    )


def _each(found: Block, key: str, way: Any, wrong: list[str]) -> Iterator[Any]:
    listed = found.get(key) or []
    if not isinstance(listed, list):
        wrong.append(f"“{key}” should be a list")
        return
    for number, one in enumerate(listed, 1):
        if key in _SPANS and isinstance(one, str):
            continue
        made = way(one)
        if made is None:
            wrong.append(f"{key}, number {number}: it is not as doccano writes it")
        yield made


def _words(listed: list[Any]) -> list[str]:
    return [one for one in listed if isinstance(one, str)]


def _span(one: Any) -> Mark | None:
    if isinstance(one, list) and len(one) == 3:
        span = span_of(one[0], one[1])
        return Mark(label=one[2], span=span) if span else None
    return _entity(one)


def _entity(one: Any) -> Mark | None:
    if not isinstance(one, dict):
        return None
    span = span_of(one.get("start_offset"), one.get("end_offset"))
    if span is None:
        return None
    return Mark(label=one.get("label"), span=span, name=str(one.get("id", "")))


def _relation(one: Any) -> Tie | None:
    if not isinstance(one, dict) or "from_id" not in one or "to_id" not in one:
        return None
    return Tie(str(one["from_id"]), str(one["to_id"]), str(one.get("type") or "related"))


def _unit_remarks(foreign: Foreign, task: Task, unit: str | None) -> Iterator[Problem]:
    """Turn UTF-16 offsets into code points where that is asked for, or certain; say where it is
    likely. doccano quotes no words that would show it."""
    if not isinstance(task.text, str) or task.text.isascii():
        return
    offsets = Offsets(task.text)
    if offsets.units == offsets.length or not task.marks or (task.block and unit is None):
        return
    beyond = any(mark.span.end > offsets.length for mark in task.marks)
    moved = [
        Span(offsets.from_utf16(mark.span.start), offsets.from_utf16(mark.span.end))
        if mark.span.start >= 0
        else mark.span
        for mark in task.marks
    ]
    if unit == "utf-16" or (unit is None and beyond and _inside(task, offsets)):
        for mark, span in zip(task.marks, moved, strict=True):
            mark.span = span
        if unit is None:
            message = "an offset lies beyond the text: they count UTF-16 units, and were converted"
            yield foreign.problem(message, line=task.line, record=task.name, blocks=False)
    elif unit is None:
        now = sum(_cuts_word(task.text, *mark.span) for mark in task.marks)
        then = sum(_cuts_word(task.text, *span) for span in moved)
        if then < now:
            yield foreign.problem(
                "the text has emoji, and its offsets look like UTF-16 units, as some versions of "
                f"doccano count. If the marks are shifted, read it with the option {UNIT}=utf-16",
                line=task.line,
                record=task.name,
                blocks=False,
            )


def _inside(task: Task, offsets: Offsets) -> bool:
    return all(0 <= mark.span.start < mark.span.end <= offsets.units for mark in task.marks)


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends in the middle of a word, or with a space."""
    for at in (start, end):
        if 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
            return True
    words = text[max(start, 0) : max(end, 0)]
    return words != words.strip()


def write_doccano(dataset: Dataset, target: Target) -> Losses:
    """A line an article: with entities and relations if the dataset has any relation, or else
    with plain spans, which doccano takes in every project of sequence labelling."""
    carrier = Carrier(dataset)
    lose_codebook(dataset.labels, carrier.losses)
    related = _has_ties(dataset)
    with target.file() as file:
        for bundle, block in carrier.bundles():
            # The marks stand first: by them the file is known, however long the text is.
            line = {**_marks(bundle, block, carrier, related), "text": bundle.article.text}
            extra = foreign_keys(bundle, NAME)
            for key in _SPANS:
                categories = extra.pop(key, None)
                if categories and not related and key == _SPANS[0]:
                    line[key] = [*line[key], *categories]
            line |= {key: value for key, value in extra.items() if key not in line}
            line[KEY] = block
            file.write(encode(line) + b"\n")
    return carrier.losses


def _has_ties(dataset: Dataset) -> bool:
    within = {link.from_id for link in dataset.links()} | {link.to_id for link in dataset.links()}
    return any(
        bundle.attributions
        or bundle.article.extra.get("relations")
        or any(mark.id in within or len(mark.spans) > 1 for mark in bundle.annotations)
        for bundle in dataset.articles()
    )


def _marks(bundle: Bundle, block: Block, carrier: Carrier, related: bool) -> Block:
    shown = shown_marks(bundle)
    names = carrier.labels
    for mark in shown:
        tell_flattened(mark, carrier.losses, fragments=True, status=True)
    if not related:
        spans = [[mark.start, mark.end, names[mark.label].name] for mark in shown]
        return {"label": spans}
    numbers: dict[str, int] = {}
    entities: list[Block] = []
    relations: list[Block] = []
    for mark in shown:
        first = numbers[mark.id] = len(entities)
        for span in mark.spans:
            entities.append(_written(len(entities), span, names[mark.label].name, mark))
        for number in range(first + 1, len(entities)):
            relations.append(_tied(len(relations), first, number, FRAGMENT))
    for start, end, word in ties_of(bundle, block):
        relations.append(_tied(len(relations), numbers[start], numbers[end], word))
    return {"entities": entities, "relations": relations}


def _written(number: int, span: Span, label: str, mark: Annotation) -> Block:
    return {"id": number, "start_offset": span.start, "end_offset": span.end, "label": label}


def _tied(number: int, start: int, end: int, word: str) -> Block:
    return {"id": number, "from_id": start, "to_id": end, "type": word}


def looks_like(head: bytes) -> bool:
    """Whether the first line has a text, and marks as doccano lists them."""
    first = head.removeprefix(BOM).lstrip().partition(b"\n")[0]
    if not first.startswith(b"{"):
        return False
    if b'"start_offset"' in first or first.startswith(b'{"entities":['):
        return True
    return bool(_LISTED.search(first)) and any(b'"%s"' % key.encode() in first for key in _TEXT)


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LISTED = re.compile(rb'"labels?"\s*:\s*\[')


FORMAT = FileFormat(
    name=NAME,
    title="doccano (JSON lines)",
    suffixes=(".jsonl",),
    looks_like=looks_like,
    losses=NOT_HELD | {Part.CODEBOOK, Part.FRAGMENTS, Part.STATUS},
    read=read_doccano,
    write=write_doccano,
)
