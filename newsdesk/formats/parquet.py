"""Parquet for data frames: a row for each article, with its annotations as a list of structs."""

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from newsdesk.formats.carried import KEY, NOT_HELD, Block, Carrier
from newsdesk.formats.dataset_writing import Objects
from newsdesk.formats.drafts import Draft, Found, Told, Trouble
from newsdesk.formats.foreign import Foreign, Task
from newsdesk.formats.format import (
    Dataset,
    FileFormat,
    Input,
    Item,
    Losses,
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
from newsdesk.model import NewsdeskError

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

NAME = "parquet"
GROUP = 200
"""Articles of one row group: what a reader must hold at once."""
MOST_VALUES = 20_000_000
"""Values of one column in a row group: runs of nothing take no bytes, but memory when read."""
LONGEST = 1 << 30
"""Bytes, unpacked, that one row group may have."""

_OWN = frozenset({"id", *ARTICLE, "text", "annotations", "attributions", KEY})
_CODEBOOK = f"{KEY}.codebook"
_UNIT = f"{KEY}.offset_unit"
_STRINGS = ("origin", "author", "note", "entity", "entity_name", "kb_id", "claim", "statement")
_TIES = (
    *("id", "content", "source", "source_mention", "cue", "manner", "attitude", "assertion"),
    *("channel", "status", "origin"),
)


def _need_arrow() -> None:
    if find_spec("pyarrow") is None:
        raise NewsdeskError(
            "The format parquet needs the extra “interop”: pip install newsdesk[interop]. "
            "Nothing was done."
        )


def _arrow() -> tuple[Any, Any]:
    import pyarrow
    import pyarrow.parquet  # type: ignore[import-untyped]

    return pyarrow, pyarrow.parquet


def _schema(arrow: Any, metadata: dict[str, bytes]) -> "pyarrow.Schema":
    text, number = arrow.string(), arrow.float64()
    span = arrow.struct([("start", arrow.int64()), ("end", arrow.int64())])
    mark = arrow.struct(
        [
            *((name, text) for name in ("id", "label", "layer")),
            *(("spans", arrow.list_(span)), ("text", arrow.list_(text))),
            *(("status", text), ("confidence", number)),
            *((name, text) for name in _STRINGS),
            *(("attributes", text), ("more", text)),
        ]
    )
    tie = arrow.struct(
        [
            *((name, text) for name in _TIES),
            *(("hop", arrow.int64()), ("orphan", arrow.bool_()), ("confidence", number)),
        ]
    )
    fields = [(name, text) for name in ("id", *ARTICLE, "text")]
    fields += [("annotations", arrow.list_(mark)), ("attributions", arrow.list_(tie))]
    return arrow.schema([*fields, (KEY, text)], metadata=metadata)


def write_parquet(dataset: Dataset, target: Target) -> Losses:
    """Row groups of 200 articles; the codebook stands in the file's metadata."""
    _need_arrow()
    arrow, parquet = _arrow()
    carrier = Carrier(dataset)
    objects = Objects(dataset.labels)
    codebook = msgspec.json.encode([objects.record(label) for label in dataset.labels])
    schema = _schema(arrow, {_CODEBOOK: codebook, _UNIT: b"unicode code point"})
    bundles = carrier.bundles()
    with (
        target.file() as file,
        parquet.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        while group := list(islice(bundles, GROUP)):
            rows = []
            for bundle, block in group:
                row = article_row(bundle, block)
                marks = annotation_rows(bundle, block, carrier)
                row["annotations"] = [_flat(mark) for mark in marks]
                row["attributions"] = [_tie(one) for one in row[KEY].get("attributions", ())]
                row[KEY] = msgspec.json.encode(row[KEY]).decode()
                rows.append(row)
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
    return carrier.losses


def _flat(mark: Row) -> Row:
    spans = [{"start": start, "end": end} for start, end in mark["spans"]]
    nested = {name: msgspec.json.encode(mark[name]).decode() for name in ("attributes", "more")}
    return {**mark, "spans": spans, **nested}


def _tie(found: Block) -> Row:
    usual = {"status": "accepted", "origin": "human", "hop": 0, "orphan": False}
    names = (*_TIES, "hop", "orphan", "confidence")
    return {name: found.get(name, usual.get(name)) for name in names}


def read_parquet(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a file that has Newsdesk's columns; `text` and `annotations` are enough.

    The file is taken apart in the confined process: a damaged one can end pyarrow's.
    """
    from newsdesk.formats.sandbox import ROOM

    _need_arrow()
    foreign = Foreign(source, reading, NAME)
    names: list[str] = []
    number = share = 0
    try:
        for found in ROOM.parsed(parse_parquet, source, Told(), back_and_forth=True):
            if isinstance(found, Trouble):
                yield foreign.problem(found.message)
            elif not names:
                names = found.extra["names"]
                share = source.size // max(found.extra["rows"], 1)
                yield from _codebook(foreign, found.extra["codebook"])
            else:
                number += 1
                reading.advance(share)
                yield from _article(foreign, found.extra, number, names)
    except NewsdeskError as error:
        yield foreign.problem(str(error))


def parse_parquet(file: BinaryIO, told: Told) -> Iterator[Found]:
    """The parser of `read_parquet`: what the file says of itself, then its rows one by one."""
    arrow, parquet = _arrow()
    faults = (arrow.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError)
    try:
        table = parquet.ParquetFile(file)
        wrong = _wrong_with(arrow, table.schema_arrow)
        if not wrong and _swells(table.metadata):
            wrong = f"a row group holds more than {LONGEST >> 20} MiB: write smaller ones"
        if wrong:
            yield Trouble(message=wrong)
            return
        codebook = (table.schema_arrow.metadata or {}).get(_CODEBOOK.encode())
        names, rows = table.schema_arrow.names, table.metadata.num_rows
        about = {"names": names, "rows": rows, "codebook": codebook}
        yield Draft(text="", extra=about)
        for batch in table.iter_batches(batch_size=50, use_threads=False):
            for row in batch.to_pylist():
                kept = {key: row[key] for key in row if key in _OWN or _plain(row[key])}
                yield Draft(text="", extra=kept)
    except MemoryError:
        raise
    except faults as error:
        what = str(error).strip().partition("\n")[0][:200]
        yield Trouble(message=f"it is no Parquet, or is damaged: {what}")


def _swells(metadata: Any) -> bool:
    """Whether a part of the file that must be held at once is too large, or says so."""
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    return any(
        not 0 <= group.total_byte_size <= LONGEST
        or any(group.column(n).num_values > MOST_VALUES for n in range(group.num_columns))
        for group in groups
    )


def _wrong_with(arrow: Any, schema: "pyarrow.Schema") -> str:
    kinds = {field.name: field.type for field in schema}
    for name in ("text", "annotations"):
        if name not in kinds:
            return f"there is no column {name}: it has {', '.join(schema.names[:12])}"
    marks = kinds["annotations"]
    if not arrow.types.is_list(marks) or not arrow.types.is_struct(marks.value_type):
        return "the column annotations should be a list of structs with label and spans"
    return ""


def _codebook(foreign: Foreign, raw: bytes | None) -> Iterator[Item]:
    if raw is None:
        return
    try:
        found = any_json(raw)
    except BrokenJSON as error:
        yield foreign.problem(error.message, field=_CODEBOOK)
        return
    for label in found if isinstance(found, list) else []:
        yield from foreign.record("label", label, 0)


def _article(foreign: Foreign, row: Row, number: int, names: list[str]) -> Iterator[Item]:
    record = f"row {number:,}"
    block = _object(row.get(KEY))
    ties = row.get("attributions")
    if isinstance(ties, list):
        was = block.get("attributions")
        more = {one.get("id"): one for one in was or () if isinstance(one, dict)}
        block["attributions"] = [
            {**more.get(tie.get("id"), {}), **{k: v for k, v in tie.items() if v is not None}}
            for tie in ties
            if isinstance(tie, dict)
        ]
    details = changed_article(row, block)
    if isinstance(row.get("id"), str):
        details.setdefault("id", row["id"])
    marks = []
    for found in row["annotations"] or ():
        if not isinstance(found, dict):
            yield foreign.problem("an annotation is empty", record=record, field="annotations")
            continue
        marks.append(annotation_of(_deep(found), block))
    block["article"] = details
    others = [name for name in sorted(names) if name not in _OWN and name in row]
    yield from foreign.items(
        Task(
            text=row["text"],
            annotations=marks,
            block=block,
            extra={name: row[name] for name in others},
            name=record,
        )
    )


def _plain(value: Any) -> bool:
    """Whether a value is worth keeping, and JSON can hold it."""
    return isinstance(value, str | int | float | bool) and value == value


def _deep(found: Row) -> Row:
    """A struct's values as Newsdesk's objects have them."""
    spans = found.get("spans")
    made = dict(found)
    if isinstance(spans, list):
        made["spans"] = [
            [one.get("start"), one.get("end")] if isinstance(one, dict) else one for one in spans
        ]
    made["attributes"] = _object(found.get("attributes")) or None
    made["more"] = _object(found.get("more"))
    return made


def _object(cell: Any) -> Block:
    try:
        found = any_json(cell.encode("utf-8", "replace")) if isinstance(cell, str) else {}
    except BrokenJSON:
        return {}
    return found if isinstance(found, dict) else {}


FORMAT = FileFormat(
    name=NAME,
    title="Parquet",
    suffixes=(".parquet",),
    looks_like=lambda head: head.startswith(b"PAR1"),
    losses=NOT_HELD,
    read=read_parquet,
    write=write_parquet,
)
