"""What one Web Annotation says: what it is about, where, under which tags, and by whom."""

from collections.abc import Iterator
from typing import Any

from newsdesk.formats.carried import Block
from newsdesk.formats.foreign_marks import span_of
from newsdesk.formats.web_annotation_words import ANNOTATION
from newsdesk.model import Offsets, Span, joined

_KNOWN = {"id", "type", "@context", "motivation", "body", "bodyValue", "target"}
_KNOWN |= {"creator", "generator", ANNOTATION}
_TAGS = ("tagging", "classifying")
_DEEP = 8


class Selector:
    """A place in a text: by position, by quotation, or by both."""

    def __init__(self) -> None:
        self.span: Span | None = None
        self.exact: str | None = None
        self.prefix = self.suffix = ""
        self.other = ""

    def take(self, found: Any, depth: int = 0) -> None:
        """Add what a selector, a list of alternatives or a refinement says."""
        if depth > _DEEP:
            return
        if isinstance(found, list):
            for one in found:
                self.take(one, depth + 1)
        if not isinstance(found, dict):
            return
        kind = found.get("type")
        if kind == "TextPositionSelector":
            self.span = span_of(found.get("start"), found.get("end"))
        elif kind == "TextQuoteSelector" and isinstance(found.get("exact"), str):
            self.exact = found["exact"]
            self.prefix, self.suffix = (
                words if isinstance(words := found.get(key), str) else ""
                for key in ("prefix", "suffix")
            )
        else:
            self.other = str(kind)
        self.take(found.get("refinedBy"), depth + 1)


class Seen:
    """One annotation, looked at."""

    def __init__(self, found: Block) -> None:
        self._found = found
        self.source = ""
        self.selectors: list[Selector] = []
        for target in _each(found.get("target")):
            self._target(target)
        self.labels: list[str] = []
        self.note = ""
        self.identified = ""
        for body in _each(found.get("body")):
            self._body(body)
        if isinstance(value := found.get("bodyValue"), str):
            self.note = value
        if not self.labels:
            motivation = found.get("motivation")
            self.labels = [motivation.upper() if isinstance(motivation, str) else "NOTE"]
        self.others = {key: value for key, value in found.items() if key not in _KNOWN}

    def _target(self, target: Any) -> None:
        source = target
        if isinstance(target, dict):
            source = target.get("source", target.get("id"))
            if isinstance(source, dict):
                source = source.get("id")
        if not isinstance(source, str) or (self.source and source != self.source):
            return
        self.source = source
        if isinstance(target, dict) and target.get("selector") is not None:
            selector = Selector()
            selector.take(target["selector"])
            self.selectors.append(selector)

    def _body(self, body: Any) -> None:
        if not isinstance(body, dict):
            return
        value, purpose = body.get("value"), body.get("purpose", self._found.get("motivation"))
        if isinstance(value, str) and value:
            if purpose in _TAGS:
                self.labels.append(value)
            else:
                self.note = f"{self.note}\n{value}" if self.note else value
        elif purpose == "identifying" and isinstance(body.get("source"), str):
            self.identified = body["source"].removeprefix("http://www.wikidata.org/entity/")

    def fields(self) -> Block:
        """Who marked it."""
        fields: Block = {}
        if name := _name(self._found.get("creator")):
            fields["author"] = name
        elif name := _name(self._found.get("generator")):
            fields["origin"] = name
        return fields


def _each(found: Any) -> Iterator[Any]:
    yield from found if isinstance(found, list) else [] if found is None else [found]


def _name(found: Any) -> str:
    if isinstance(found, dict):
        found = found.get("name") or found.get("nickname") or found.get("id")
    return found if isinstance(found, str) else ""


def in_text(
    text: str, selectors: list[Selector]
) -> tuple[tuple[Span, ...], list[str | None] | None, str]:
    """The spans that selectors mean, the words that they quote, or what is wrong with them.

    A position whose words are not the quoted ones gives way to the quotation, if that is found
    once; otherwise both are left as they are, for the check to say what is wrong.
    """
    spans: list[Span] = []
    said: dict[Span, str | None] = {}
    for selector in selectors:
        span, exact = selector.span, selector.exact
        if exact and (span is None or span.of(text) != exact):
            span = _by_quote(text, selector) or span
        if span is None:
            if exact is not None:
                return (), None, "its words stand nowhere in the text, or in several places"
            return (), None, f"a {selector.other or 'selector'} can't be followed in a text"
        spans.append(span)
        said[span] = exact
    found = joined(spans) if all(0 <= span.start < span.end for span in spans) else tuple(spans)
    words = [said.get(span) for span in found]
    return found, (words if all(one is not None for one in words) and words else None), ""


def _by_quote(text: str, selector: Selector) -> Span | None:
    """The one place where the quoted words stand between what is quoted around them."""
    exact = selector.exact or ""
    if selector.span is not None:
        start, end = selector.span
        if 0 <= start < end:
            offsets = Offsets(text)
            span = Span(offsets.from_utf16(start), offsets.from_utf16(end))
            if span.of(text) == exact:
                return span
    found = None
    at = text.find(exact)
    while at >= 0:
        end, before = at + len(exact), at - len(selector.prefix)
        fits = before >= 0 and text.startswith(selector.prefix, before)
        if fits and text.startswith(selector.suffix, end):
            if found is not None:
                return None
            found = Span(at, end)
        at = text.find(exact, at + 1)
    return found
