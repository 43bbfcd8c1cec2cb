"""Marks as another tool writes them, brought together with what Newsdesk knew of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct, field

from newsdesk.formats.derived import derived_id
from newsdesk.formats.spans import Moved
from newsdesk.model import Offsets, Span, Status, canonise, joined

FRAGMENT = "fragment"
"""The relation by which the pieces of one discontinuous annotation hang together."""

Object = dict[str, Any]


class Mark(Struct, kw_only=True):
    """A mark as a file has it: a label's name, a span, and what else is known of it.

    `said` are the words that the file quotes. `name` is what relations call it, `id` what the
    file does, if that may be an annotation's id. `fields` are keys of Newsdesk's annotation; what
    is given here counts more than what the file carried.
    """

    label: Any
    span: Span
    said: str | None = None
    name: str = ""
    id: str = ""
    fields: Object = field(default_factory=dict)


class Tie(NamedTuple):
    """A relation between two marks, by the names that the file gives them."""

    start: str
    end: str
    word: str


def span_of(start: Any, end: Any) -> Span | None:
    """Two offsets as a span, where they are whole numbers; some files write them as text."""
    for each in (start, end):
        if isinstance(each, bool) or not isinstance(each, int | str) or len(str(each)) > 15:
            return None
    try:
        return Span(int(start), int(end))
    except ValueError:
        return None


class Reunion:
    """The marks of a file, each handed out once: to what Newsdesk wrote of it, or as a new one."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self._at: dict[tuple[str, Span], list[int]] = {}
        for number, mark in enumerate(marks):
            if isinstance(mark.label, str):
                self._at.setdefault((mark.label, mark.span), []).append(number)
        for places in self._at.values():
            places.reverse()
        self._free = set(range(len(marks)))
        self._ids: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def with_block(self, found: Iterable[Any]) -> list[Object]:
        """The annotations that the file carried and whose marks still stand, as objects.

        Rejected ones are not shown to other tools, so they stand in any case.
        """
        kept = []
        for one in found:
            if not isinstance(one, dict):
                continue
            if one.get("status") == Status.REJECTED:
                kept.append(one)
                continue
            taken = self._taken(one)
            if taken:
                for number in taken:
                    self._name(number, str(one.get("id")))
                kept.append({**one, **self._marks[taken[0]].fields})
        return kept

    def _taken(self, one: Object) -> list[int]:
        """The marks of an annotation's fragments; none unless all are there."""
        try:
            spans = msgspec.convert(one.get("spans"), tuple[Span, ...])
        except (msgspec.ValidationError, RecursionError):
            return []
        id = str(one.get("id"))
        taken: list[int] = []
        for span in spans:
            places = self._at.get((str(one.get("label")), span))
            if not places:
                for number in reversed(taken):
                    mark = self._marks[number]
                    self._at[mark.label, mark.span].append(number)
                return []
            own = (at for at, n in enumerate(places) if self._marks[n].id.startswith(id))
            taken.append(places.pop(next(own, -1)))
        self._free -= set(taken)
        return taken

    def _name(self, number: int, id: str) -> None:
        mark = self._marks[number]
        if mark.name:
            self._ids.setdefault(mark.name, id)
        start, end = mark.span
        known_as = f" {mark.name}" if mark.name else ""
        self.names[id] = f"mark{known_as} ({mark.label} {start}–{end})"

    def rest(self) -> list[tuple[int, Mark]]:
        """The marks that no annotation has claimed, with their numbers."""
        return [(number, self._marks[number]) for number in sorted(self._free)]

    def new(self, article: str, numbers: Sequence[int]) -> Object:
        """One new annotation out of marks that none has claimed."""
        first = self._marks[numbers[0]]
        spans = joined(self._marks[number].span for number in numbers)
        key = (article, str(first.label), repr([tuple(span) for span in spans]))
        id = derived_id(*key)
        nth = 1
        while id in self.names:
            nth += 1
            id = derived_id(*key, str(nth))
        self._free -= set(numbers)
        for number in numbers:
            self._name(number, id)
        made: Object = {"id": id, "label": first.label, "spans": spans, **first.fields}
        said = [self._marks[number].said for number in sorted(numbers, key=self._place)]
        if len(spans) == len(said) and all(words is not None for words in said):
            made["text"] = said
        return made

    def _place(self, number: int) -> Span:
        return self._marks[number].span

    def ends(self, tie: Tie) -> tuple[str, str]:
        """The ids of the annotations that a relation ties; empty where there is none."""
        return self._ids.get(tie.start, ""), self._ids.get(tie.end, "")


def merged_fragments(article: str, reunion: Reunion, ties: Iterable[Tie]) -> list[Object]:
    """The marks that none has claimed as annotations; those tied as fragments become one."""
    rest = reunion.rest()
    free = {mark.name: number for number, mark in reversed(rest) if mark.name}
    group: dict[int, list[int]] = {number: [number] for number, _ in rest}
    labels = {number: mark.label for number, mark in rest}
    for tie in ties:
        one, other = free.get(tie.start), free.get(tie.end)
        if tie.word != FRAGMENT or one is None or other is None:
            continue
        if group[one] is not group[other] and labels[one] == labels[other]:
            group[one] += group[other]
            for number in group[other]:
                group[number] = group[one]
    made = []
    for number, _ in rest:
        if group[number] and min(group[number]) == number:
            made.append(reunion.new(article, sorted(group[number])))
    return made


def in_code_points(text: str, marks: Sequence[Mark]) -> str:
    """Turn offsets that count other units into code points, where the quoted words show it.

    Gives words about that; empty where nothing was to be done. Quoted words that differ from the
    text in white space only are let go: tools that show HTML collapse it.
    """
    wrong = [mark for mark in marks if mark.said is not None and not _fits(text, mark.span, mark)]
    if not wrong:
        return ""
    quoted = [mark for mark in marks if mark.said is not None]
    for unit, way in (("UTF-16 units", _from_utf16), ("bytes of UTF-8", _from_bytes)):
        to_points = way(text)
        if _would_fit(text, wrong[0], to_points) and all(
            _would_fit(text, mark, to_points) for mark in quoted
        ):
            for mark in marks:
                mark.span = Span(to_points(mark.span.start), to_points(mark.span.end))
                _fits(text, mark.span, mark)
            return f"the offsets count {unit}, as the quoted words show; they were converted"
    return ""


def _fits(text: str, span: Span, mark: Mark) -> bool:
    found = text[span.start : span.end] if 0 <= span.start <= span.end else ""
    if mark.said == found or mark.said is None:
        return True
    if canonise(mark.said).split() == canonise(found).split() != []:
        mark.said = None
        return True
    return False


def _would_fit(text: str, mark: Mark, to_points: Callable[[int], int]) -> bool:
    start, end = mark.span
    if not 0 <= start < end:
        return False
    found = text[to_points(start) : to_points(end)]
    return mark.said is not None and mark.said.split() == found.split() != []


def _from_utf16(text: str) -> Callable[[int], int]:
    return Offsets(text).from_utf16


def _from_bytes(text: str) -> Callable[[int], int]:
    raw = text.encode("utf-8", "replace")
    return lambda at: len(raw[:at].decode(errors="ignore"))


def moved_object(found: Object, moved: Moved) -> Object:
    """An annotation's object with its offsets in the stored text, and the words it quotes too."""
    made = dict(found)
    try:
        made["spans"] = moved(msgspec.convert(found.get("spans"), tuple[Span, ...]))
    except (msgspec.ValidationError, RecursionError):
        return made  # the check of the annotation says so
    if isinstance(said := found.get("text"), list):
        made["text"] = [canonise(one) if isinstance(one, str) else one for one in said]
    return made
