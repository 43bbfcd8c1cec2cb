"""The objects of a Newsdesk dataset as records: every label, offset, quote and hash is checked."""

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

import msgspec

from newsdesk.formats.codebook import Codebook
from newsdesk.formats.format import Bundle, Filed, Item, Problem
from newsdesk.formats.objects import BrokenJSON, Misfit, any_json, converted, lost_inside, split
from newsdesk.formats.shape import (
    KINDS,
    NAME,
    OFFSET_UNIT,
    VERSION,
    AnnotationShape,
    ArticleShape,
    AttributionShape,
    ClaimShape,
    Kind,
    Shape,
)
from newsdesk.formats.spans import Moved, canonical_with_spans, why_not, words_of
from newsdesk.formats.text import propose_title
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Label,
    Record,
    canonise,
    new_id,
    now,
    quote_of,
    sha256_of,
)

Unknown = dict[str, Any]

_NONE: Unknown = {}
_articles = msgspec.json.Decoder(ArticleShape)


def problem_with_header(found: Any) -> tuple[str, str] | None:
    """Why a file with this header can't be read (the field, and what is wrong), or None."""
    if not isinstance(found, dict) or found.get("format") != NAME:
        said = found.get("format") if isinstance(found, dict) else None
        if said == "newsdesk.codebook":
            return "format", "it is a codebook, not a dataset. Load it in the codebook instead."
        return "format", (
            f"it is no Newsdesk dataset: “format” should be “{NAME}”"
            + (f", not “{said}”." if isinstance(said, str) else ".")
        )
    version = found.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return "version", f"it should be {VERSION}, not {version!r}."
    if version > VERSION:
        return "version", (
            f"it was written by a newer Newsdesk (version {version} of the format; this one reads "
            f"up to {VERSION}). Install the newer Newsdesk to read it."
        )
    unit = found.get("offset_unit", OFFSET_UNIT)
    if unit != OFFSET_UNIT:
        return "offset_unit", f"it is {unit!r}; Newsdesk reads offsets in “{OFFSET_UNIT}” only."
    return None


class Objects:
    """Turns a file's objects into items, one by one; `format` is what its articles will say."""

    def __init__(self, file: str, labels: Iterable[Label], format: str) -> None:
        self.file, self.format = file, format
        self.codebook = Codebook(labels)
        self._positions = 0

    def problem(self, message: str, **where: Any) -> Problem:
        """A problem of this file."""
        return Problem(file=self.file, message=message, **where)

    def record(self, name: str, raw: bytes, line: int) -> Iterator[Item]:
        """The record of an object that stands alone: any kind but articles."""
        kind = KINDS[name]
        known: Unknown = {}
        try:
            known, extra = split(kind, any_json(raw))
            known.pop("type", None)
            if known.get("appearances") and not known.get("id"):
                raise Misfit("a claim with appearances needs one", "id")
            made = self._made(kind, converted(kind, known), extra)
        except BrokenJSON as error:
            yield self.problem(error.message, line=line + raw.count(b"\n", 0, error.at))
        except Misfit as error:
            yield self._misfit(error, name, known.get("id"), line)
        else:
            for lost in lost_inside(known):
                message = f"the unknown key “{lost}” is not kept"
                yield self.problem(message, line=line, record=_named(name, made.id), blocks=False)
            yield from self._filed(made, known, line)

    def _filed(self, made: Record, known: Unknown, line: int) -> Iterator[Item]:
        if isinstance(made, Label):
            self._positions += 1
            try:
                if not self.codebook.bring(made):
                    return
            except Misfit as error:
                yield self._misfit(error, "label", made.id, line)
                return
        yield Filed(record=made, appearances=tuple(known.get("appearances", ())), line=line)

    def _made(self, kind: Kind, shape: Shape, extra: Unknown) -> Record:
        values = {name: getattr(shape, name) for name in shape.__struct_fields__}
        values["id"] = shape.id or new_id()
        if isinstance(shape, ClaimShape):
            del values["appearances"]
        if kind.record is Label:
            values["position"] = self._positions
        try:
            return kind.record(**values, extra=extra)
        except ValueError as error:
            raise Misfit(str(error)) from error

    # Articles

    def article(self, raw: bytes, line: int) -> Iterator[Item]:
        """An article with its annotations and attributions, as one bundle, and what is wrong."""
        try:
            shape = None if b"\\u0000" in raw else _articles.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            shape = None  # something is unknown or wrong: look at each object alone
        if shape is None:
            yield from self._carefully(raw, line)
            return
        marks = zip(shape.annotations, repeat(_NONE))
        ties = zip(shape.attributions, repeat(_NONE))
        yield from self._bundle(shape, {}, marks, ties, raw, line)

    def _carefully(self, raw: bytes, line: int) -> Iterator[Item]:
        kind = KINDS["article"]
        known: Unknown = {}
        try:
            known, extra = split(kind, any_json(raw))
            known.pop("type", None)
            lists = [_list(known, "annotations"), _list(known, "attributions")]
            shape = converted(kind, known)
        except BrokenJSON as error:
            yield self.problem(error.message, line=line + raw.count(b"\n", 0, error.at))
            return
        except Misfit as error:
            yield self._misfit(error, "article", known.get("id"), line)
            return
        assert isinstance(shape, ArticleShape)
        problems: list[Item] = []
        marks = self._each("annotation", lists[0], raw, line, problems)
        ties = self._each("attribution", lists[1], raw, line, problems)
        yield from self._bundle(shape, extra, marks, ties, raw, line)
        yield from problems

    def _each(
        self, name: str, found: list[Any], raw: bytes, line: int, problems: list[Item]
    ) -> Iterator[tuple[Any, Unknown]]:
        for at, each in enumerate(found, 1):
            known: Unknown = {}
            try:
                known, extra = split(KINDS[name], each)
                shape = converted(KINDS[name], known)
            except Misfit as error:
                id = each.get("id") if isinstance(each, dict) else None
                known_as = id if isinstance(id, str) and id else f"#{at}"
                problems.append(self._misfit(error, name, known_as, _line(raw, line, id)))
            else:
                yield shape, extra

    def _bundle(
        self,
        shape: ArticleShape,
        extra: Unknown,
        marks: Iterable[tuple[AnnotationShape, Unknown]],
        ties: Iterable[tuple[AttributionShape, Unknown]],
        raw: bytes,
        line: int,
    ) -> Iterator[Item]:
        try:
            article, moved = self._article(shape, extra)
        except Misfit as error:
            yield self._misfit(error, "article", shape.id, line)
            return
        made: dict[str, Annotation] = {}
        said: list[Attribution] = []
        for form, unknown in marks:
            try:
                mark = self._mark(form, unknown, article, moved)
                if made.setdefault(mark.id, mark) != mark:
                    raise Misfit("this id is used twice in the article", "id")
            except Misfit as error:
                yield self._misfit(error, "annotation", form.id, _line(raw, line, form.id))
        for tie, unknown in ties:
            try:
                said.append(self._tie(tie, unknown, made))
            except Misfit as error:
                yield self._misfit(error, "attribution", tie.id, _line(raw, line, tie.id))
        yield Bundle(
            article=article,
            annotations=tuple(made.values()),
            attributions=tuple(said),
            outlet=(shape.outlet or "") if article.outlet is None else "",
            guessed=frozenset() if shape.title is not None else frozenset({"title"}),
            line=line,
        )

    def _article(self, shape: ArticleShape, extra: Unknown) -> tuple[Article, Moved | None]:
        if not shape.text:
            raise Misfit("there is no text", "text")
        text, moved = canonical_with_spans(shape.text)
        sha256 = sha256_of(text)
        # Another program may have hashed the text as it stands in the file.
        if shape.sha256 not in (None, sha256, sha256_of(shape.text) if moved else sha256):
            raise Misfit("the text differs from its SHA-256: one of them was changed", "sha256")
        values = {name: getattr(shape, name) for name in _PLAIN}
        values["id"] = shape.id or new_id()
        values["title"] = propose_title(text) if shape.title is None else shape.title
        values["imported_at"] = now() if shape.imported_at is None else shape.imported_at
        values["format"] = self.format if shape.format is None else shape.format
        outlet = shape.outlet_source
        try:
            made = Article(text=text, sha256=sha256, outlet=outlet, extra=extra, **values)
        except ValueError as error:
            raise Misfit(str(error)) from error
        return made, moved

    def _mark(
        self, shape: AnnotationShape, extra: Unknown, article: Article, moved: Moved | None
    ) -> Annotation:
        if not shape.label:
            raise Misfit("it is missing", "label")
        label = self.codebook.find(shape.label, shape.layer)
        text, said = article.text, shape.text
        spans = moved(shape.spans) if moved else shape.spans
        if moved and said is not None:
            said = tuple(canonise(words) for words in said)
        if not spans:
            raise Misfit("it is missing", "spans")
        words = words_of(text, spans)
        if said not in (None, words) or spans[-1][1] > len(text):
            raise Misfit(why_not(text, spans, said), "spans")
        try:
            return Annotation(
                id=shape.id or new_id(),
                extra=extra,
                article=article.id,
                spans=spans,
                label=label.id,
                label_version=label.version if (v := shape.label_version) is None else v,
                quote=words[0] if len(words) == 1 else quote_of(text, spans),
                status=shape.status,
                origin=shape.origin,
                confidence=shape.confidence,
                author=shape.author,
                note=shape.note,
                attributes=shape.attributes,
                entity=shape.entity,
                claim=shape.claim,
            )
        except ValueError as error:
            raise Misfit(str(error), "spans") from error

    def _tie(
        self, shape: AttributionShape, extra: Unknown, marks: dict[str, Annotation]
    ) -> Attribution:
        if shape.content not in marks:
            raise Misfit(
                f"it refers to annotation {shape.content}, which is not in this article, "
                "or was left out",
                "content",
            )
        made = self._made(KINDS["attribution"], shape, extra)
        assert isinstance(made, Attribution)
        return made

    def _misfit(self, error: Misfit, name: str, id: object, line: int) -> Problem:
        record = _named(name, id)
        return self.problem(error.message, line=line, record=record, field=error.field)


_PLAIN = (
    *("language", "published", "byline", "url", "status", "supersedes", "section"),
    *("embargo_until", "encoding", "canoniser", "raw"),
)
"""The fields of an article that stand in the file as they are kept."""


def _list(known: Unknown, key: str) -> list[Any]:
    found = known.pop(key, [])
    if not isinstance(found, list):
        raise Misfit("a list was expected", key)
    return found


def _named(name: str, id: object) -> str:
    return f"{name} {id}" if isinstance(id, str) and id else name


def _line(raw: bytes, line: int, id: object) -> int:
    """The line on which an object with this id stands within its article."""
    at = raw.find(msgspec.json.encode(id)) if isinstance(id, str) and id else 0
    return line + raw.count(b"\n", 0, max(at, 0))
