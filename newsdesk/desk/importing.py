"""The verbs that bring articles and datasets in: look first, then import all as one step."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from newsdesk.desk.annotating import shown
from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.dataset_chunks import made_whole
from newsdesk.desk.desk import Desk
from newsdesk.desk.import_amending import amended
from newsdesk.desk.import_appearances import Appearances, settle
from newsdesk.desk.import_filing import Filing
from newsdesk.desk.import_items import items_of
from newsdesk.desk.import_places import Place
from newsdesk.desk.import_preview import Preview, Previewed, preview
from newsdesk.desk.import_report import ImportRefused, ImportReport
from newsdesk.desk.import_sources import files_in
from newsdesk.formats import choose
from newsdesk.formats.format import Bundle, Format, Input, Problem
from newsdesk.formats.format import Reading as Told
from newsdesk.formats.inputs import FileInput
from newsdesk.formats.text import propose_title, split_date
from newsdesk.model import Label, NewsdeskError, canonise, new_article

__all__ = [
    "Duplicates",
    "ImportRefused",
    "ImportReport",
    "Preview",
    "Previewed",
    "import_files",
    "import_text",
    "preview",
]

Duplicates = Literal["skip", "add"]
Progress = Callable[[int, int], None]


def import_files(
    desk: Desk,
    paths: Iterable[str | Path],
    *,
    format: str | None = None,
    partial: bool = False,
    duplicates: Duplicates = "skip",
    encoding: str | None = None,
    options: dict[str, str] | None = None,
    fields: Mapping[Path, Mapping[str, str]] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files, and those of folders and zip archives, as one step: all of them or nothing.

    `partial` imports what is right and reports the rest. `duplicates` says what to do with an
    article whose text the desk has under another id. `format`, `encoding` and the format's
    `options` override what the files look like; `fields` says, by path, what the articles in it
    have for title, date, outlet and the like (see `import_amending`). `progress` hears bytes done
    and bytes in all; what it raises cancels the import, and nothing of it is kept.

    Raises ImportRefused, with the report, where something is wrong and `partial` is not asked for.
    """
    report = ImportReport()
    told = Told(encoding=encoding, options=options or {})
    run = _Run(desk, report, told, rest=partial, add=duplicates == "add", progress=progress)
    sources = _sources([Path(path) for path in paths], run.filing, format)
    title = sources[0][1].name if len(sources) == 1 else f"{len(sources):,} files"
    run.total = sum(source.size for _, source in sources)
    with seldom_collected(), desk.change(f"Import {title}"):
        for number, (path, source) in enumerate(sources):
            run.read(number, source, format, (fields or {}).get(path, {}))
        run.finish()
        if run.filing.refused:
            raise ImportRefused(report)
    return report


def import_text(
    desk: Desk, text: str, *, duplicates: Duplicates = "skip", **fields: Any
) -> ImportReport:
    """Import a text that was pasted; `fields` are the article's, with `outlet` as a name.

    Title and date are proposed as for a file of plain text. The report says if the desk has this
    very text already. Raises NewsdeskError where there is no text.
    """
    body, published = split_date(canonise(text))
    if not body.strip():
        raise NewsdeskError("There is no text to import. Nothing was changed; paste an article.")
    outlet = fields.pop("outlet", None) or ""
    values = {"title": propose_title(body), "published": published, "format": "paste", **fields}
    report = ImportReport()
    article = new_article(body, **values)
    with desk.change(f"Import {shown(article.title)}"):
        filing = Filing(desk, report, rest=False, add=duplicates == "add")
        filing.bundle(Bundle(article=article, outlet=outlet), Place(0, "", 0))
        filing.finish()
    return report


class _Run:
    """One import: files read one after the other into one Filing."""

    def __init__(
        self,
        desk: Desk,
        report: ImportReport,
        told: Told,
        *,
        rest: bool,
        add: bool,
        progress: Progress | None,
    ) -> None:
        self._desk, self._report, self._told = desk, report, told
        self.filing = Filing(desk, report, rest=rest, add=add)
        self._progress, self.total = progress, 0
        self._done = self._announced = 0
        self._to_settle: list[tuple[Input, Format, tuple[Label, ...]]] = []

    def read(
        self, number: int, source: Input, name: str | None, fields: Mapping[str, str]
    ) -> None:
        """Read one file into the filing, its articles with these fields."""
        before = self._done
        try:
            format = choose(source, name)
        except NewsdeskError as error:
            self.filing.problem(Problem(file=source.name, message=str(error)))
            return
        labels, appearances = self.filing.codebook, Appearances()
        for item in items_of(source, format, self._reading(labels)):
            if isinstance(item, Problem):
                self.filing.problem(item)
            elif isinstance(item, Bundle):
                item = amended(made_whole(self._desk, item), fields)
                appearances.bundle(item)
                self._remark(item, source)
                self.filing.bundle(item, Place(number, source.name, item.line))
            elif isinstance(item.record, Label):
                self.filing.label(item.record)
            else:
                appearances.claim(item)
                self.filing.record(item, Place(number, source.name, item.line))
            self._announce()
        if not appearances.agree:
            self._to_settle.append((source, format, labels))
        self._done = before + source.size
        self._announce()

    def finish(self) -> None:
        """Write what is left, and settle which annotations are whose appearances."""
        self.filing.finish()
        for source, format, labels in self._to_settle:
            if not self.filing.refused:
                items = items_of(source, format, self._reading(labels))
                settle(self._desk, self.filing, source.name, items)
        if self._progress:
            self._progress(self.total, self.total)

    def _reading(self, labels: tuple[Label, ...]) -> Told:
        return Told(
            labels=labels,
            encoding=self._told.encoding,
            options=self._told.options,
            advance=self._advance,
        )

    def _advance(self, count: int) -> None:
        # Only counted: a reader must not meet what the progress raises to cancel.
        self._done += count

    def _announce(self) -> None:
        if self._progress and self._done - self._announced >= self.total // 200:
            self._announced = self._done
            self._progress(min(self._done, self.total), self.total)

    def _remark(self, bundle: Bundle, source: Input) -> None:
        if "encoding" in bundle.guessed:
            self._report.add(
                Problem(
                    file=source.name,
                    field="encoding",
                    message=f"taken for {bundle.article.encoding}, a guess: look at the accents",
                    blocks=False,
                )
            )


def _sources(
    paths: list[Path], filing: Filing, format: str | None
) -> list[tuple[Path, Input]]:
    """The files of an import, each with the path that it is of; folders and archives are opened,
    what is no file is a problem."""
    if not paths:
        raise NewsdeskError("There is no file to import. Nothing was changed; name one.")
    found: list[tuple[Path, Input]] = []
    for path in paths:
        try:
            found += [(path, one) for one in files_in(FileInput(path), format)]
        except NewsdeskError as error:
            filing.problem(Problem(file=path.name, message=str(error)))
    return found
