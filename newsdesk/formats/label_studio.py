"""Label Studio's JSON: a list of tasks, with annotations that people made and predictions.

Its offsets were UTF-16 units up to version 1.4, as JavaScript counts, and are code points since
(pull request 308 of its front end). Each region quotes its words: these tell which. Newsdesk
writes code points.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from newsdesk.formats.carried import (
    KEY,
    NOT_HELD,
    UNSHOWN,
    Block,
    Carrier,
    foreign_keys,
    give_details,
    hop_word,
    lose_codebook,
    not_given,
    shown_marks,
    tell_flattened,
    ties_of,
)
from newsdesk.formats.encoding import wide_mark
from newsdesk.formats.foreign import Foreign, Mark, Task, Tie, detail_fields, span_of
from newsdesk.formats.foreign_marks import FRAGMENT
from newsdesk.formats.format import (
    Bundle,
    Dataset,
    FileFormat,
    Input,
    Item,
    Losses,
    Part,
    Reading,
    Target,
)
from newsdesk.formats.json_stream import BOM, pieces
from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.model import HUMAN, Annotation, Span, Status

NAME = "label-studio"
FIELD = "field"
"""The reading's option for the key of a task's data that holds its text; “text” by default."""

encode = msgspec.json.Encoder().encode
_TYPES = ("labels", "hypertextlabels")


def read_label_studio(source: Input, reading: Reading) -> Iterator[Item]:
    """The tasks of an export (not JSON-MIN), or of a file made for import, one by one."""
    foreign = Foreign(source, reading, NAME)
    with source.open() as file:
        head = file.read(4)
        if not head or wide_mark(head):
            what = f"it is in {wide_mark(head)}; save it as UTF-8 first." if head else ""
            yield foreign.problem(what or "the file is empty.")
            return
        file.seek(0)
        try:
            for piece in pieces(file):
                reading.advance(len(piece.raw))
                yield from _one(foreign, piece.raw, piece.line, reading)
        except BrokenJSON as error:
            yield foreign.problem(f"{error.message} (byte {error.at + 1:,})")


def _one(foreign: Foreign, raw: bytes, line: int, reading: Reading) -> Iterator[Item]:
    try:
        found = any_json(raw)
    except BrokenJSON as error:
        line += raw.count(b"\n", 0, error.at)
        yield foreign.problem(error.message, line=line)
        return
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(data, dict):
        message = "a task with “data” was expected: export as JSON, not as JSON-MIN or CSV"
        yield foreign.problem(message, line=line)
        return
    task = _Task(found, data, line, reading.options.get(FIELD, ""))
    made = task.made()
    for message, blocks in task.wrong.items():
        yield foreign.problem(message, line=line, record=made.name, blocks=blocks)
    yield from foreign.items(made)


class _Task:
    """One task on its way to an article."""

    def __init__(self, found: Block, data: Block, line: int, field: str) -> None:
        self._found, self._data, self._line, self._field = found, data, line, field
        self.wrong: dict[str, bool] = {}
        self.marks: list[Mark] = []
        self.ties: list[Tie] = []
        self._kept: list[Any] = []

    def made(self) -> Task:
        """The task; what is wrong with it is left in `wrong`."""
        people = _dicts(self._found, "annotations", "completions")
        people = [one for one in people if not one.get("was_cancelled")]
        for number, one in enumerate(people, 1):
            self._results(one, f"a{number}", Status.ACCEPTED, HUMAN)
        if self._predicted(people):
            self._carried()
        elif not people:
            for number, one in enumerate(_dicts(self._found, "predictions"), 1):
                self._results(one, f"p{number}", Status.PROPOSED, self._origin(one))
        else:
            self._beside_people()
        extra = {key: value for key, value in self._found.items() if key not in _OWN}
        extra["data"] = not_given(self._data, self._data.get(KEY))
        text_key = self._text_key()
        extra["data"].pop(text_key, None)
        if self._kept:
            extra["results"] = self._kept
        id = self._found.get("id")
        return Task(
            text=self._data.get(text_key),
            marks=self.marks,
            ties=self.ties,
            block=self._data.get(KEY),
            details=detail_fields(extra["data"]),
            extra={key: value for key, value in extra.items() if value},
            name=str(id) if isinstance(id, int | str) else "",
            line=self._line,
        )

    def _origin(self, one: Block) -> str:
        """Which pipeline predicted: nothing where Newsdesk wrote it, for then the block knows."""
        version = one.get("model_version")
        if version == KEY and isinstance(self._data.get(KEY), dict):
            return ""
        return version if isinstance(version, str) and version else NAME

    def _beside_people(self) -> None:
        """Predictions count beside annotations only where Newsdesk wrote both."""
        for one in _dicts(self._found, "predictions"):
            if one.get("model_version") == KEY:
                self._results(one, "p", Status.PROPOSED, self._origin(one))
        # Otherwise they are what the people had before them: to add them would double the marks.

    def _predicted(self, people: list[Block]) -> bool:
        """Whether an export names predictions by number only, and nobody has begun from them."""
        named = self._found.get("predictions")
        numbers = isinstance(named, list) and any(isinstance(one, int) for one in named)
        return numbers and not any(one.get("parent_prediction") for one in people)

    def _carried(self) -> None:
        """Newsdesk's own proposals, as it wrote them beside the task."""
        block = self._data.get(KEY)
        block = block if isinstance(block, dict) else {}
        kept: set[str] = set()
        for mark in _dicts(block, "annotations"):
            if mark.get("status") == Status.PROPOSED:
                try:
                    spans = msgspec.convert(mark.get("spans"), tuple[Span, ...])
                except msgspec.ValidationError:
                    continue
                id, label = str(mark.get("id")), mark.get("label")
                kept.add(id)
                self.marks += [Mark(label=label, span=span, name=f"p{id}", id=id) for span in spans]
        for tie in _dicts(block, "attributions"):
            for word, role in (("source", "source_mention"), ("cue", "cue")):
                start, end = str(tie.get("content")), str(tie.get(role))
                if kept >= {start, end}:
                    self.ties.append(Tie(f"p{start}", f"p{end}", hop_word(word, tie.get("hop"))))
        for link in _dicts(block, "links"):
            start, end = str(link.get("from")), str(link.get("to"))
            if kept >= {start, end}:
                self.ties.append(Tie(f"p{start}", f"p{end}", str(link.get("kind"))))

    def _text_key(self) -> str:
        if self._field:
            return self._field
        if isinstance(self._data.get("text"), str):
            return "text"
        texts = [key for key, value in self._data.items() if isinstance(value, str)]
        return max(texts, key=lambda key: len(self._data[key]), default="text")

    def _results(self, one: Block, prefix: str, status: Status, origin: str) -> None:
        score = one.get("score")
        for region in _dicts(one, "result"):
            if region.get("type") == "relation":
                self._relation(region, prefix)
            elif region.get("type") in _TYPES:
                self._region(region, prefix, status, origin, score)
            else:
                self._kept.append(region)
                what = f"“{region.get('type')}” is no mark in a text: it is kept aside"
                self.wrong.setdefault(what, False)

    def _region(self, region: Block, prefix: str, status: Status, origin: str, score: Any) -> None:
        value = region.get("value")
        value = value if isinstance(value, dict) else {}
        span = span_of(value.get("start"), value.get("end"))
        offsets = value.get("globalOffsets")
        if span is None and isinstance(offsets, dict):
            span = span_of(offsets.get("start"), offsets.get("end"))
        names = value.get(str(region.get("type"))) or value.get("labels")
        if span is None or not isinstance(names, list) or not names:
            known_as = region.get("id")
            self.wrong[f"the region {known_as} has no offsets or no label"] = True
            return
        said = value.get("text")
        fields = self._fields(region, status, origin, score)
        for name in names:
            self.marks.append(
                Mark(
                    label=name,
                    span=span,
                    said=said if isinstance(said, str) else None,
                    name=f"{prefix}{region.get('id')}",
                    id=str(region.get("id")),
                    fields=dict(fields),
                )
            )

    def _fields(self, region: Block, status: Status, origin: str, score: Any) -> Block:
        fields: Block = {"status": status}
        own = region.get("score", score)
        if isinstance(own, int | float) and not isinstance(own, bool) and 0 <= own <= 1:
            fields["confidence"] = own
        meta = region.get("meta")
        notes = meta.get("text") if isinstance(meta, dict) else None
        if isinstance(notes, list) and notes:
            fields["note"] = "\n".join(str(note) for note in notes)
        if origin != HUMAN and origin:
            fields["origin"] = origin
        return fields

    def _relation(self, found: Block, prefix: str) -> None:
        start, end = f"{prefix}{found.get('from_id')}", f"{prefix}{found.get('to_id')}"
        if found.get("direction") == "left":
            start, end = end, start
        labels = found.get("labels")
        words = [w for w in labels if isinstance(w, str)] if isinstance(labels, list) else []
        self.ties += [Tie(start, end, word) for word in words or ["related"]]


_OWN = {"data", "annotations", "completions", "predictions", "drafts", "id"}


def _dicts(found: Block, *keys: str) -> list[Block]:
    listed: list[Any] = next((found[key] for key in keys if isinstance(found.get(key), list)), [])
    return [one for one in listed if isinstance(one, dict)]


def write_label_studio(dataset: Dataset, target: Target) -> Losses:
    """A task a line: accepted marks as one annotation, proposed ones as one prediction."""
    carrier = Carrier(dataset)
    lose_codebook(dataset.labels, carrier.losses)
    with target.file() as file:
        before = b"[\n"
        for bundle, block in carrier.bundles():
            file.write(before + encode(_written(bundle, block, carrier)))
            before = b",\n"
        file.write(b"\n]\n" if before != b"[\n" else b"[]\n")
    return carrier.losses


def _written(bundle: Bundle, block: Block, carrier: Carrier) -> Block:
    article = bundle.article
    kept = foreign_keys(bundle, NAME)
    own = kept.pop("data", None)
    given = {"title": article.title, "published": article.published, "outlet": bundle.outlet}
    data: Block = {"text": article.text}
    data |= own if isinstance(own, dict) else give_details(given, block)
    data[KEY] = block
    results: dict[Status, list[Block]] = {Status.ACCEPTED: [], Status.PROPOSED: []}
    where = {}
    for mark in shown_marks(bundle):
        tell_flattened(mark, carrier.losses, fragments=True, status=False)
        where[mark.id] = results[mark.status]
        results[mark.status] += _regions(mark, article.text, carrier.labels[mark.label].name)
    for start, end, word in ties_of(bundle, block):
        # Label Studio ties only what stands in one result.
        if where[start] is where[end]:
            where[start].append(_tied(start, end, word))
        else:
            block.setdefault(UNSHOWN, []).append([start, end, word])
    accepted, proposed = results[Status.ACCEPTED], results[Status.PROPOSED]
    results_kept = kept.pop("results", None)
    if isinstance(results_kept, list):
        accepted += results_kept
    task: Block = {**kept, "data": data}
    task["annotations"] = [{"result": accepted, "was_cancelled": False}] if accepted else []
    task["predictions"] = [{"model_version": KEY, "result": proposed}] if proposed else []
    return task


def _regions(mark: Annotation, text: str, label: str) -> Iterator[Block]:
    for number, span in enumerate(mark.spans):
        region: Block = {
            "id": _name(mark, number),
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": span.start,
                "end": span.end,
                "text": span.of(text),
                "labels": [label],
            },
            "origin": "manual" if mark.origin == HUMAN else "prediction",
        }
        if mark.note:
            region["meta"] = {"text": [mark.note]}
        if mark.confidence is not None:
            region["score"] = mark.confidence
        yield region
    for number in range(1, len(mark.spans)):
        yield _tied(mark.id, _name(mark, number), FRAGMENT)


def _name(mark: Annotation, number: int) -> str:
    return f"{mark.id}_{number + 1}" if number else mark.id


def _tied(start: str, end: str, word: str) -> Block:
    tie = {"from_id": start, "to_id": end, "type": "relation", "direction": "right"}
    return {**tie, "labels": [word]}


def looks_like(head: bytes) -> bool:
    """Whether it is a list whose first task has data, and annotations or predictions."""
    bare = head.removeprefix(BOM).lstrip()
    if not bare.startswith(b"[") or not bare[1:].lstrip().startswith(b"{"):
        return False
    results = b'"result"' in bare and any(word in bare for word in _RESULTS)
    return results or bool(_DATA.search(bare))


_RESULTS = (b'"annotations"', b'"predictions"', b'"completions"')
_DATA = re.compile(rb'"data"\s*:\s*\{')


FORMAT = FileFormat(
    name=NAME,
    title="Label Studio (JSON)",
    suffixes=(".json",),
    looks_like=looks_like,
    losses=NOT_HELD | {Part.CODEBOOK, Part.FRAGMENTS},
    read=read_label_studio,
    write=write_label_studio,
)
