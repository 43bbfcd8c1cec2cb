"""There and back: a dataset through another tool's format, and what must come home unharmed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from hypothesis import strategies as st

from newsdesk.formats.format import Format, Item, Losses, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import Annotation, Label
from tests.formats.samples import LABELS, Given, Memory, bundles, given_records, problems, records

INTEROP = next(
    (
        up / "shared" / "interop"
        for up in Path(__file__).resolve().parents
        if (up / "shared").is_dir()
    ),
    Path("no-such-folder"),
)
"""The official schemas and samples, where a checkout has them beside it."""


class MemoryFolder:
    """A folder of files in memory, as an input."""

    def __init__(self, files: dict[str, bytes], name: str = "set") -> None:
        self.files, self.name = files, name
        self.size = 0

    def open(self) -> BinaryIO:
        raise IsADirectoryError(21, "Is a directory")

    def members(self) -> Iterator[BytesInput]:
        for name in sorted(self.files):
            yield BytesInput(self.files[name], f"{self.name}/{name}")


def export(format: Format, dataset: Any) -> tuple[dict[str, bytes], Losses]:
    """The files that a format makes of a dataset (one called "" where it is no folder)."""
    assert format.write is not None
    target = Memory()
    losses = format.write(dataset, target)
    return {name: file.kept for name, file in target.files.items()}, losses


def reread(format: Format, files: dict[str, bytes], labels: tuple[Label, ...] = ()) -> list[Item]:
    """What the format's reader makes of these files."""
    assert format.read is not None
    source = MemoryFolder(files) if format.folder else BytesInput(files[""], "set.file")
    return list(format.read(source, Reading(labels=labels)))


def check_return(format: Format, dataset: Given) -> Losses:
    """Write and read a dataset; every record that no loss names comes back as it was.

    Gives the losses. What a loss does name comes back with its spans, if it comes back.
    """
    files, losses = export(format, dataset)
    items = reread(format, files)
    assert not problems(items), problems(items)
    back = {record.id: record for record in records(items)}
    lost = {loss.record for loss in losses.listed}
    for record in given_records(dataset):
        if record.id in lost:
            if isinstance(record, Annotation) and record.id in back:
                assert back[record.id].spans == record.spans
            continue
        if isinstance(record, Label) and record.id not in back:
            continue
        assert plain(back[record.id]) == plain(record)
    return losses


def plain(record: Any) -> Any:
    """A record to compare: a claim named by its annotation, unknown keys without those taken."""
    return msgspec.structs.asdict(record)


@st.composite
def datasets(draw: st.DrawFn) -> Given:
    """Up to three articles of any text with any annotations."""
    return Given(labels=LABELS, bundles=draw(st.lists(bundles(), min_size=1, max_size=3)))
