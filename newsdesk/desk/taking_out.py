"""Taking out what an order asks for: a file, a folder, or either packed as a zip archive.

The same order can be looked at before: what would be withheld, and what the format can't hold.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from newsdesk.desk.dataset_options import DatasetOptions
from newsdesk.desk.datasets import export_chosen, write_dataset
from newsdesk.desk.desk import Desk
from newsdesk.desk.exporting import ExportReport, export
from newsdesk.formats import format_named
from newsdesk.formats.targets import target_at
from newsdesk.model import AnnotationFilter, ArticleFilter, NewsdeskError

ZIP = ".zip"
_DAWN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can name

Progress = Callable[[int, int], None]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written where; `whole` asks for a dataset's folder with datasheet and manifest.

    A `path` that ends in `.zip` is an archive of what would be there otherwise.
    """

    path: Path
    format: str
    options: DatasetOptions = DatasetOptions(with_unmarked=True)
    whole: bool = False
    with_journal: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is the desk, or some of its articles, just as they are."""
        options = self.options
        bare = msgspec.structs.replace(options.articles, ids=None) == ArticleFilter()
        picks = isinstance(options.wanted, AnnotationFilter)
        return not (self.whole or options.chunk or picks) and bare and options.with_unmarked


def take_out(desk: Desk, order: Order, progress: Progress | None = None) -> ExportReport:
    """Write what an order asks for; it is there when it is whole, or not at all.

    `progress` hears steps done and steps in all; what it raises cancels the work. Raises
    NewsdeskError as `export` and `write_dataset` do, and where the journal is asked for with a
    choice of articles.
    """
    if order.with_journal and not order.plain:
        raise NewsdeskError(
            "The journal tells of all articles, so it can't go with a choice of them or a "
            "dataset's folder. Nothing was written; leave the journal (--with-journal) out."
        )
    if order.path.suffix.lower() != ZIP:
        return _written(desk, order, progress)
    with _packed(order) as inner:
        report = _written(desk, inner, progress)
    report.path = str(order.path)
    return report


def look_ahead(desk: Desk, order: Order, progress: Progress | None = None) -> ExportReport:
    """What `take_out` would report, without anything at the order's place.

    All is written to a folder that is thrown away: what a format can't hold, its writer knows.
    """
    with tempfile.TemporaryDirectory(prefix="newsdesk-look-") as folder:
        aside = msgspec.structs.replace(order, path=Path(folder) / _inner_name(order))
        report = take_out(desk, aside, progress)
    report.path = str(order.path)
    return report


def _written(desk: Desk, order: Order, progress: Progress | None) -> ExportReport:
    options = order.options
    if not order.plain:
        write = write_dataset if order.whole else export_chosen
        return write(desk, order.path, order.format, options, progress)
    ids = options.articles.ids
    return export(
        desk,
        order.path,
        order.format,
        with_proposed=options.with_proposed,
        with_journal=order.with_journal,
        articles=None if ids is None else list(ids),
        redact=options.redact,
        progress=progress,
    )


def _inner_name(order: Order) -> str:
    format = format_named(order.format)
    folder = order.whole or format.folder or not format.suffixes
    return (order.path.stem or "data") + ("" if folder else format.suffixes[0])


@contextmanager
def _packed(order: Order) -> Iterator[Order]:
    """The order at a place aside; what is there in the end is packed to the order's own place.

    Nothing in the archive tells when it was made.
    """
    with (
        target_at(order.path) as target,
        tempfile.TemporaryDirectory(prefix=".newsdesk-", dir=order.path.parent) as folder,
    ):
        made = Path(folder) / _inner_name(order)
        try:
            yield msgspec.structs.replace(order, path=made)
        except NewsdeskError as error:
            if isinstance(error.__cause__, OSError):
                raise error.__cause__ from None  # said of the archive: nobody knows the file inside
            raise
        files = sorted(one for one in made.rglob("*") if one.is_file()) or [made]
        top = made if made.is_dir() else made.parent
        with target.file() as file, zipfile.ZipFile(file, "w") as archive:
            for one in files:
                _pack(archive, one, one.relative_to(top).as_posix())


def _pack(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    info = zipfile.ZipInfo(name, _DAWN)
    info.create_system, info.external_attr = 3, 0o100644 << 16
    info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, path.stat().st_size
    with path.open("rb") as read, archive.open(info, "w") as write:
        while part := read.read(1 << 20):
            write.write(part)
