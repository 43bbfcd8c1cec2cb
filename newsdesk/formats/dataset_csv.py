"""CSV for spreadsheets: a row for each annotation, with its article's fields, and no formulas."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from newsdesk.formats.carried import KEY, NOT_HELD, Block, Carrier, lose_codebook
from newsdesk.formats.encoding import wide_mark
from newsdesk.formats.foreign import Foreign, Task, span_of
from newsdesk.formats.format import (
    Dataset,
    FileFormat,
    Input,
    Item,
    Losses,
    Part,
    Reading,
    Target,
)
from newsdesk.formats.objects import BrokenJSON, any_json
from newsdesk.formats.rows import (
    ARTICLE,
    Row,
    annotation_of,
    annotation_rows,
    article_row,
    changed_article,
)
from newsdesk.model import GAP

NAME = "csv"
LONGEST = 1 << 28
"""Code points that one cell may have."""

_OF_ARTICLE = ("article_id", *ARTICLE[:-1], "article_status", "text")
_OF_MARK = (
    *("annotation_id", "label", "layer", "start", "end", "spans", "quote", "status"),
    *("confidence", "origin", "author", "note", "attributes", "entity_id", "entity", "kb_id"),
    *("claim_id", "claim", "annotation_more"),
)
COLUMNS = (*_OF_ARTICLE, *_OF_MARK, "article_more")

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins with = + - @, a tab or a
    carriage return, after any apostrophes, gets an apostrophe before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def fused(cell: str) -> str:
    """A cell as it was before `defused`: without the one apostrophe that this put before it."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def write_csv(dataset: Dataset, target: Target) -> Losses:
    """A row for each annotation, or one for an article without any; the text stands in the
    article's first row only."""
    carrier = Carrier(dataset)
    lose_codebook(dataset.labels, carrier.losses)
    with target.file() as raw:
        # The mark lets Excel read the file as UTF-8.
        file = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="", write_through=False)
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for bundle, block in carrier.bundles():
            first = _article_cells(article_row(bundle, block))
            marks = annotation_rows(bundle, block, carrier)
            for number, cells in enumerate([_mark_cells(mark) for mark in marks] or [{}]):
                if number == 1:
                    first |= {"text": "", "article_more": ""}
                found = {**first, **cells}
                rows.writerow([defused(found.get(name, "")) for name in COLUMNS])
        file.flush()
        file.detach()
    return carrier.losses


def _article_cells(row: Row) -> dict[str, str]:
    cells = {name: row[name] or "" for name in ARTICLE if name != "status"}
    cells |= {"article_id": row["id"], "article_status": row["status"], "text": row["text"]}
    return cells | {"article_more": _json(row[KEY])}


def _mark_cells(row: Row) -> dict[str, str]:
    spans = row["spans"]
    several = ";".join(f"{start}-{end}" for start, end in spans) if len(spans) > 1 else ""
    return {
        "annotation_id": row["id"],
        "start": str(spans[0][0]),
        "end": str(spans[-1][1]),
        "spans": several,
        "quote": GAP.join(row["text"]),
        "confidence": "" if row["confidence"] is None else repr(row["confidence"]),
        "attributes": _json(row["attributes"]),
        "entity_id": row["entity"] or "",
        "entity": row["entity_name"] or "",
        "kb_id": row["kb_id"] or "",
        "claim_id": row["claim"] or "",
        "claim": row["statement"] or "",
        "annotation_more": _json(row["more"]),
        **{name: row[name] for name in ("label", "layer", "status", "origin", "author", "note")},
    }


def _json(found: Any) -> str:
    return msgspec.json.encode(found).decode() if found else ""


def read_csv(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a table of annotations; the rows of one article stand together."""
    foreign = Foreign(source, reading, NAME)
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    with source.open() as raw:
        wide = wide_mark(raw.read(4))
        raw.seek(0)
        encoding = reading.encoding or wide or "utf-8-sig"
        try:
            file = io.TextIOWrapper(raw, encoding=encoding, newline="")
        except LookupError:
            yield foreign.problem(f"there is no encoding “{encoding}”. Choose one such as utf-8.")
            return
        try:
            yield from _tasks(foreign, file, reading)
        except UnicodeError:
            what = f"it is not in {encoding.removesuffix('-sig')}. Save it as UTF-8, or name its"
            yield foreign.problem(f"{what} encoding (--encoding)")
        finally:
            file.detach()


def _tasks(foreign: Foreign, file: io.TextIOWrapper, reading: Reading) -> Iterator[Item]:
    header = file.readline(1 << 16).rstrip("\r\n")
    if not header.strip():
        yield foreign.problem("the file is empty.")
        return
    delimiter = max(",;\t", key=header.count)
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter))]
    if missing := [name for name in ("text", "label", "start", "end") if name not in names]:
        what = f"there is no column {' and none '.join(missing)}"
        yield foreign.problem(f"{what}: a table of annotations needs them", line=1)
        return
    rows = csv.reader(file, delimiter=delimiter, strict=True)
    article: _Article | None = None
    try:
        for found in rows:
            line = rows.line_num + 1
            if not any(found):
                continue
            reading.advance(sum(map(len, found)))
            if len(found) != len(names):
                what = f"the row has {len(found)} cells, where the first row names {len(names)}"
                yield foreign.problem(f"{what}: the file may break off here", line=line)
                continue
            cells = {name: fused(cell) for name, cell in zip(names, found, strict=False)}
            if article is None or not article.goes_on(cells):
                if article:
                    yield from article.items(foreign)
                article = _Article(cells, line)
            article.add(cells, line)
    except csv.Error as error:
        what = f"the table can't be read further: {error}. A quotation mark may be missing"
        yield foreign.problem(what, line=rows.line_num + 1)
    if article:
        yield from article.items(foreign)


class _Article:
    """The rows of one article."""

    def __init__(self, cells: dict[str, str], line: int) -> None:
        self._first, self._line = cells, line
        self._wrong: list[tuple[str, int, str]] = []
        self._block: Block = self._object(cells.get("article_more", ""), line, "article_more")
        self._marks: list[Row] = []

    def goes_on(self, cells: dict[str, str]) -> bool:
        """Whether a row is of this article too."""
        if id := cells.get("article_id"):
            return id == self._first.get("article_id")
        return cells["text"] in ("", self._first["text"])

    def _object(self, cell: str, line: int, field: str) -> Block:
        if not cell:
            return {}
        try:
            found = any_json(cell.encode("utf-8", "replace"))
        except BrokenJSON as error:
            self._wrong.append((error.message, line, field))
            return {}
        return found if isinstance(found, dict) else {}

    def add(self, cells: dict[str, str], line: int) -> None:
        """One row, which may be the article's alone."""
        if not cells.get("label") and not cells.get("start"):
            return
        spans = _spans(cells)
        if spans is None:
            message = "“start” and “end” should be whole numbers, “spans” as 13-22;25-40"
            self._wrong.append((message, line, "start"))
            return
        confidence = cells.get("confidence") or None
        try:
            share = float(confidence) if confidence else None
        except ValueError:
            self._wrong.append((f"“{confidence}” is no number", line, "confidence"))
            share = None
        row: Row = {
            "id": cells.get("annotation_id") or None,
            "label": cells.get("label"),
            "layer": cells.get("layer") or None,
            "spans": spans,
            "text": _words(cells.get("quote", ""), len(spans)),
            "confidence": share,
            "attributes": self._object(cells.get("attributes", ""), line, "attributes") or None,
            "more": self._object(cells.get("annotation_more", ""), line, "annotation_more"),
            "entity": cells.get("entity_id") or None,
            "entity_name": cells.get("entity") or None,
            "kb_id": cells.get("kb_id") or None,
            "claim": cells.get("claim_id") or None,
            "statement": cells.get("claim") or None,
        }
        row |= {name: cells.get(name) or None for name in ("status", "origin", "author", "note")}
        others = {k: v for k, v in cells.items() if k and k not in COLUMNS and v}
        if others:
            row["more"] = {**row["more"], NAME: others}
        self._marks.append(row)

    def items(self, foreign: Foreign) -> Iterator[Item]:
        """What the rows say, and what is wrong with them."""
        for message, line, field in self._wrong:
            yield foreign.problem(message, line=line, field=field)
        cells = {**self._first, "status": self._first.get("article_status")}
        details = changed_article(cells, self._block)
        if id := self._first.get("article_id"):
            details.setdefault("id", id)
        marks = [annotation_of(row, self._block) for row in self._marks]
        if self._block or self._first.get("article_id"):
            self._block["article"] = details
        yield from foreign.items(
            Task(
                text=self._first["text"],
                annotations=marks,
                block=self._block,
                details=details,
                name=self._first.get("article_id", ""),
                line=self._line,
            )
        )


def _spans(cells: dict[str, str]) -> list[Any] | None:
    several = cells.get("spans", "")
    listed = [tuple(one.split("-")) for one in several.split(";")] if several else []
    listed = listed or [(cells["start"], cells["end"])]
    spans = [span_of(*ends) if len(ends) == 2 else None for ends in listed]
    ends = span_of(cells["start"], cells["end"])
    if None in spans or (several and ends != (spans[0][0], spans[-1][1])):  # type: ignore[index]
        return None
    return spans


def _words(quote: str, spans: int) -> list[str] | None:
    if not quote:
        return None
    words = [quote] if spans == 1 else quote.split(GAP)
    return words if len(words) == spans else None


_HEADER = re.compile(
    rb"(?:\xef\xbb\xbf)?[^\r\n]*\b(?:label)\b[^\r\n]*\bstart\b[^\r\n]*\bend\b", re.I
)


def looks_like(head: bytes) -> bool:
    """Whether the first line names columns for a text, and for labels with a start and an end."""
    first = head.splitlines()[0] if head else b""
    named = b"text" in first.lower() and b"{" not in first
    return named and bool(_HEADER.match(first))


FORMAT = FileFormat(
    name=NAME,
    title="Table of annotations (CSV)",
    suffixes=(".csv",),
    looks_like=looks_like,
    losses=NOT_HELD | {Part.CODEBOOK},
    read=read_csv,
    write=write_csv,
)
