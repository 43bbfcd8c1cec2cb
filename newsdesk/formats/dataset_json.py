"""Newsdesk dataset JSON: one object with the header's keys and a list for each kind of record.

It is read as a whole: memory is the file's size and a little more. JSONL is for what is larger.
"""

from collections.abc import Iterator

import msgspec

from newsdesk.formats.dataset_reading import Objects, problem_with_header
from newsdesk.formats.dataset_writing import write_json
from newsdesk.formats.encoding import wide_mark
from newsdesk.formats.format import FileFormat, Input, Item, Reading
from newsdesk.formats.objects import BrokenJSON, any_json, broken
from newsdesk.formats.shape import KINDS, NAME

BOM = b"\xef\xbb\xbf"
# References lead backwards in this order, so that few records have to wait for others.
_ORDER = (
    *("label", "entity", "source", "claim", "article"),
    *("snapshot", "evidence", "review", "link"),
)
_HEADER = ("format", "version", "offset_unit")


def read_json(source: Input, reading: Reading) -> Iterator[Item]:
    """The items of a dataset in one JSON object."""
    objects = Objects(source.name, reading.labels, "json")
    with source.open() as file:
        raw = file.read()
    raw = raw.removeprefix(BOM)
    if wide_mark(raw):
        yield objects.problem(f"it is in {wide_mark(raw)}; save it as UTF-8 first.")
        return
    if not raw or raw.isspace():
        yield objects.problem("the file is empty.")
        return
    try:
        top = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        # Raw values are not looked into above, so errors inside them show one by one below.
        header = {key: any_json(bytes(top[key])) for key in _HEADER if key in top}
    except msgspec.ValidationError:
        header = {}  # a list, say, as other tools write it
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, BrokenJSON) as error:
        why = error if isinstance(error, BrokenJSON) else broken(raw, error)
        yield objects.problem(why.message, line=1 + raw.count(b"\n", 0, why.at))
        return
    wrong = problem_with_header(header)
    if wrong:
        yield objects.problem(wrong[1], field=wrong[0])
        return
    yield from _records(objects, raw, top, reading)


def _records(
    objects: Objects, raw: bytes, top: dict[str, msgspec.Raw], reading: Reading
) -> Iterator[Item]:
    places = _places(raw, top)
    for name in _ORDER:
        key = KINDS[name].key
        if key not in top:
            continue
        try:
            found = msgspec.json.decode(top[key], type=list[msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError):
            yield objects.problem("a list was expected", line=places[key][1], field=key)
            continue
        at, line = places[key]
        for each in found:
            own = bytes(each)
            then, at = at, raw.find(own[:64], at)
            line += raw.count(b"\n", then, at)
            reading.advance(at - then)
            yield from (
                objects.article(own, line) if name == "article" else objects.record(name, own, line)
            )
    if memoryview(top.get("journal", b"[]")).nbytes > len(b"[]"):
        yield objects.problem(JOURNAL_STAYS, field="journal", blocks=False)
    known = {*_HEADER, "journal", *(kind.key for kind in KINDS.values())}
    for key in top.keys() - known:
        yield objects.problem(f"the unknown key “{key}” is not kept", field=key, blocks=False)


JOURNAL_STAYS = "the journal of another desk is not imported: this desk keeps its own"


def _places(raw: bytes, top: dict[str, msgspec.Raw]) -> dict[str, tuple[int, int]]:
    """The byte at which each value begins, and the line that this is on."""
    found, at, line = {}, 0, 1
    for key, value in top.items():
        then, at = at, max(raw.find(bytes(memoryview(value)[:64]), at), at)
        line += raw.count(b"\n", then, at)
        found[key] = (at, line)
        at += 1 if memoryview(value).nbytes else 0
    return found


def _looks_like(head: bytes) -> bool:
    bare = head.removeprefix(BOM).lstrip()
    return bare.startswith(b"{") and NAME.encode() in bare and not starts_with_header(bare)


def starts_with_header(bare: bytes) -> bool:
    """Whether the first line is the whole header of a JSONL file."""
    first, _, _ = bare.partition(b"\n")
    try:
        found = msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == NAME and "articles" not in found


FORMAT = FileFormat(
    name="json",
    title="Newsdesk dataset (JSON)",
    suffixes=(".json",),
    looks_like=_looks_like,
    read=read_json,
    write=write_json,
)
