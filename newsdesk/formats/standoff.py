"""What the readers of other tools' formats share: marks over a text, with what Newsdesk noted.

A format that Newsdesk writes for other tools carries a *bag* for each article: the article's
object of the dataset's JSON, without its text. When the file comes back, what the other tool
holds decides which marks there are, and the bag gives back the rest (ids, status, notes, …) to
each mark that still has its label and its spans.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from newsdesk.formats.dataset_reading import Objects, Unknown
from newsdesk.formats.derived import PALETTE, derived_id, label_id, layer_of
from newsdesk.formats.format import Filed, Item, Problem
from newsdesk.formats.objects import Misfit, converted, split
from newsdesk.formats.shape import KINDS, ArticleShape
from newsdesk.formats.spans import canonical_with_spans, why_not
from newsdesk.model import Label, Layer, Span, canonise, joined, sha256_of

View = Callable[[str, Sequence[Span]], tuple[Span, ...]]
Blend = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]
Ties = Callable[[dict[str, str], list[dict[str, Any]]], list[dict[str, Any]]]


class Found(msgspec.Struct, kw_only=True):
    """A mark as a file gives it: `spans` in code points of the file's own text.

    `words` are those that the file quotes for each span, None where it quotes none; `known` what
    it says besides, by the keys of the dataset's JSON; `key` is the file's name for it.
    """

    label: str
    spans: tuple[Span, ...]
    layer: Layer | None = None
    words: tuple[str, ...] | None = None
    known: dict[str, Any] = {}
    key: str = ""
    line: int = 0


class Standoff(Objects):
    """Turns the marks that a file gives into items; `names` are its names for known labels."""

    def __init__(self, file: str, labels: Iterable[Label], format: str) -> None:
        super().__init__(file, labels, format)
        self.names: dict[str, tuple[str, Layer]] = {}
        self.colours: dict[str, str] = {}
        self._places: dict[str, tuple[str, int]] = {}

    def take_names(self, names: object) -> None:
        """Learn the file's own names of labels: each with the label's name and layer."""
        try:
            self.names = msgspec.convert(names or {}, dict[str, tuple[str, Layer]])
        except msgspec.ValidationError:
            self.names = {}

    def bring(self, name: str, layer: Layer | None, **fields: Any) -> Iterator[Item]:
        """Make sure that the codebook has a label of this name; a new one is an item."""
        try:
            self.codebook.find(name, layer)
        except Misfit:
            layer = layer or layer_of(name)
            colour = PALETTE[self._positions % len(PALETTE)]
            id = label_id(name, layer)
            try:
                values = {"colour": colour, **fields, "position": self._positions}
                label = Label(id=id, name=name, layer=layer, **values)
                self.codebook.bring(label)
            except (ValueError, Misfit) as error:
                yield self.problem(str(error), record=f"label {name}")
                return
            self._positions += 1
            yield Filed(record=label)

    def bundle(
        self,
        text: str,
        found: Sequence[Found],
        *,
        name: str,
        bag: dict[str, Any] | None = None,
        fields: dict[str, Any] | None = None,
        view: View | None = None,
        ties: Ties | None = None,
        blend: Blend | None = None,
        person: str = "",
        line: int = 0,
    ) -> Iterator[Item]:
        """The items of one article: new labels, the bundle, and what is wrong.

        `name` is what the file calls the article, `fields` what it says of it, `view` how it shows
        the spans of a mark, `ties` makes the attributions out of the marks' ids and the bag's,
        `blend` puts what the file says of a mark over what the bag noted, `person` made the marks
        that nobody is named for.
        """
        raw, (text, spans_of) = text, _canonical(text, found)
        bag, changed = _fitting(text, bag)
        if changed:
            yield self._changed(name, line)
        for label, layer in {(one.label, one.layer): None for one in found}:
            yield from self.bring(label, layer)
        known = {**(fields or {}), **{k: v for k, v in bag.items() if k not in _INNER}}
        known.setdefault("id", derived_id(self.format, name, sha256_of(text)))
        self._places = {str(known["id"]): (name, line)}
        matched = _Matched(text, bag.get("annotations"), view, blend or _told, person)
        marks, ids, problems = self._marks(raw, text, found, spans_of, matched, str(known["id"]))
        tied = _dicts(bag.get("attributions"))
        said = ties(ids, tied) if ties else surviving(set(ids.values()), tied)
        yield from self._whole({**known, "text": text}, marks, said, line)
        yield from problems

    def _marks(
        self,
        raw: str,
        text: str,
        found: Sequence[Found],
        spans_of: Callable[[Found], tuple[Span, ...]],
        matched: "_Matched",
        article: str,
    ) -> tuple[list[dict[str, Any]], dict[str, str], list[Item]]:
        marks: list[dict[str, Any]] = []
        ids: dict[str, str] = {}
        problems: list[Item] = []
        used: set[str] = set()
        for one in found:
            spans = spans_of(one)
            words = None if one.words is None else tuple(canonise(word) for word in one.words)
            if not _fits(text, spans, words):
                where = {"line": one.line, "record": one.key and f"annotation {one.key}"}
                problems.append(
                    self.problem(why_not(raw, one.spans, one.words), field="spans", **where)
                )
                continue
            noted = matched.take(one.label, one.layer, spans)
            mark = {**noted, **matched.blend(one.known, noted), "label": one.label}
            mark["layer"] = (one.layer or self.codebook.find(one.label, None).layer).value
            mark["spans"] = noted.get("spans") or list(joined(spans))
            if not mark.get("id"):
                parts = (article, one.label, str(mark["spans"]), *filter(None, [matched.person]))
                mark["id"] = _fresh_id(used, *parts)
                mark["author"] = mark.get("author") or matched.person
            used.add(str(mark["id"]))
            self._places[str(mark["id"])] = (one.key, one.line)
            ids[one.key or str(mark["id"])] = str(mark["id"])
            marks.append(mark)
        return marks, ids, problems

    def _whole(
        self, known: Unknown, marks: list[Any], ties: list[Any], line: int
    ) -> Iterator[Item]:
        problems: list[Item] = []
        try:
            kept, extra = split(KINDS["article"], known)
            shape = converted(KINDS["article"], kept)
        except Misfit as error:
            yield self._misfit(error, "article", known.get("id"), line)
            return
        assert isinstance(shape, ArticleShape)
        annotations = self._each("annotation", marks, b"", line, problems)
        attributions = self._each("attribution", ties, b"", line, problems)
        yield from self._bundle(shape, extra, annotations, attributions, b"", line)
        yield from problems

    def _misfit(self, error: Misfit, name: str, id: object, line: int) -> Problem:
        key, at = self._places.get(str(id), ("", 0))
        return super()._misfit(error, name, key or id, at or line)

    def _changed(self, name: str, line: int) -> Problem:
        said = (
            "the text is no longer the one that Newsdesk wrote, so what it had noted beside it "
            "(ids, status, attributions) was left out"
        )
        return self.problem(said, line=line, record=f"article {name}", blocks=False)


_INNER = frozenset({"annotations", "attributions", "type", "of", "sha256", "text"})


def surviving(ids: set[str], ties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The attributions whose content is still there, without mentions and cues that are not."""
    kept = []
    for tie in ties:
        if tie.get("content") in ids:
            gone = [key for key in ("source_mention", "cue") if tie.get(key) not in ids]
            kept.append({key: value for key, value in tie.items() if key not in gone})
    return kept


def told_ties(
    now: dict[str, dict[str, list[str]]],
    ties: list[dict[str, Any]],
    telling: Collection[str | None],
) -> list[dict[str, Any]]:
    """The attributions that were noted, as far as the file still shows them, and its new ones.

    `now` has for each content what the file shows under `source_mention` and `cue`; `telling` are
    the contents of which the file could show it.
    """
    held: set[tuple[str, str]] = set()
    for tie in ties:
        shown = now.get(tie["content"], {})
        for field in ("source_mention", "cue"):
            end = tie.get(field)
            if end is None:
                continue
            silent = tie["content"] not in telling or end == tie["content"]
            if silent or end in shown.get(field, ()):
                held.add((tie["content"], end))
            else:
                del tie[field]
    for content, shown in now.items():
        new = {
            field: [end for end in dict.fromkeys(ends) if (content, end) not in held]
            for field, ends in shown.items()
        }
        for at in range(max(map(len, new.values()), default=0)):
            tie = {"content": content}
            tie |= {field: ends[at] for field, ends in new.items() if at < len(ends)}
            ties.append({"id": derived_id("attribution", *tie.values()), **tie})
    return ties


def restored(text: str, bag: dict[str, Any] | None) -> str:
    """The text with the control characters that XML could not hold, as the bag noted them."""
    if not bag or not isinstance(bag.get("controls"), list):
        return text
    signs = list(text)
    for pair in bag.pop("controls"):
        match pair:
            case [int(at), int(code)] if 0 <= at < len(signs) and signs[at] == "\ufffd":
                signs[at] = chr(code) if 0 < code < 0xD800 or code in (0xFFFE, 0xFFFF) else "\ufffd"
            case _:
                pass
    return "".join(signs)


def _canonical(
    text: str, found: Sequence[Found]
) -> tuple[str, Callable[[Found], tuple[Span, ...]]]:
    """The stored form of a text, and how the spans of its marks stand in it.

    Windows or a version control may have made CRLF of the line breaks after the offsets were
    counted: the quoted words tell.
    """
    stored, moved = canonical_with_spans(text)
    if moved is None:
        return stored, lambda one: one.spans
    quoting = [one for one in found if one.words]
    counted = sum(_quotes(stored, one, moved(one.spans)) for one in quoting)
    if sum(_quotes(stored, one, one.spans) for one in quoting) > counted:
        return stored, lambda one: one.spans
    return stored, lambda one: moved(one.spans)


def _quotes(text: str, one: Found, spans: Sequence[Span]) -> bool:
    return _fits(text, spans, tuple(canonise(word) for word in one.words or ()))


def _fits(text: str, spans: Sequence[Span], words: tuple[str, ...] | None) -> bool:
    if not spans or any(not 0 <= start < end <= len(text) for start, end in spans):
        return False
    return words is None or words == tuple(text[start:end] for start, end in spans)


def _fitting(text: str, bag: dict[str, Any] | None) -> tuple[dict[str, Any], bool]:
    """The bag where it is this text's, and whether there was another."""
    if not bag:
        return {}, False
    fits = bag.get("sha256") in (None, sha256_of(text))
    return (bag, False) if fits else ({}, True)


def _dicts(found: object) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _told(known: dict[str, Any], noted: dict[str, Any]) -> dict[str, Any]:
    """What a file says of a mark, over what was noted; attributes are joined one by one."""
    told = {key: value for key, value in known.items() if value is not None}
    before = noted.get("attributes")
    if isinstance(before, dict) and isinstance(told.get("attributes"), dict):
        told["attributes"] = {**before, **told["attributes"]}
    return told


def _fresh_id(used: set[str], *parts: str) -> str:
    id = derived_id(*parts)
    count = 1
    while id in used:
        count += 1
        id = derived_id(*parts, str(count))
    return id


class _Matched:
    """The marks of a bag by label and by the spans that the file shows, each taken once."""

    def __init__(
        self, text: str, marks: object, view: View | None, blend: Blend, person: str
    ) -> None:
        self.blend, self.person = blend, person
        self._by: dict[tuple[object, ...], list[dict[str, Any]]] = {}
        for mark in _dicts(marks):
            try:
                spans = msgspec.convert(mark.get("spans"), tuple[Span, ...])
            except msgspec.ValidationError:
                continue
            shown = view(text, spans) if view else spans
            self._by.setdefault((mark.get("label"), mark.get("layer"), shown), []).append(mark)

    def take(self, label: str, layer: Layer | None, spans: tuple[Span, ...]) -> dict[str, Any]:
        waiting = self._by.get((label, layer.value if layer else None, tuple(spans)))
        return waiting.pop(0) if waiting else {}
