"""Articles by their address: one page is fetched, and imported as the file that it then is."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from newsdesk.desk.capturing import DOCUMENTS, kind_of
from newsdesk.desk.desk import Desk
from newsdesk.desk.import_report import ImportReport
from newsdesk.desk.importing import import_files
from newsdesk.model import Article, replace

Report = Callable[[int, int], None]

_SUFFIXES = {
    **{kind: f".{format}" for kind, format in DOCUMENTS.items()},
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/warc": ".warc",
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 60


class FetchedPage:
    """A page on the disk, for as long as the block lasts or until `close`.

    `path` is the file; `url` is where the page was in the end; `options` are what a reader of web
    pages is told of it.
    """

    def __init__(self, path: Path, url: str, options: dict[str, str]) -> None:
        self.path, self.url, self.options = path, url, options

    def close(self) -> None:
        """Delete the file."""
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def __enter__(self) -> FetchedPage:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def fetched_page(url: str, *, report: Report | None = None) -> FetchedPage:
    """Fetch a page into a file. It needs no desk, so it can run on another thread.

    `report` hears bytes done and in all; what it raises stops the work. Raises NewsdeskError where
    the page is refused, or can't be had (see `newsdesk.fetch`).
    """
    from newsdesk import fetch

    page = fetch.fetch(url, report=report) if report else fetch.fetch(url)
    kind = kind_of(page.bytes, page.media_type)
    plain = kind.partition(";")[0].strip().lower()
    options = {}
    if plain in ("text/html", "application/xhtml+xml"):
        options["url"] = page.final_url
        if declared := _CHARSET.search(kind):
            options["charset"] = declared[1]
    folder = Path(tempfile.mkdtemp(prefix="newsdesk-"))
    path = folder / _name(page.final_url, plain)
    path.write_bytes(page.bytes)
    return FetchedPage(path, page.final_url, options)


def _name(url: str, kind: str) -> str:
    """What the file is called: the server, and how the address ends."""
    parts = urlsplit(url)
    last = PurePosixPath(parts.path)
    suffix = _SUFFIXES.get(kind) or _UNSAFE.sub("", last.suffix)[:10]
    said = _UNSAFE.sub("-", f"{parts.hostname} {last.stem}").strip("-.")[:_LONGEST]
    return (said or "page") + suffix


def import_page(desk: Desk, page: FetchedPage, **told: Any) -> ImportReport:
    """Import a fetched page as one step; `told` is what `import_files` takes besides.

    An article that comes alone is given the page's address where it has none of its own.
    """
    options = {**page.options, **(told.pop("options", None) or {})}
    with desk.change(f"Import {page.path.name}"):
        report = import_files(desk, [page.path], options=options, **told)
        give_address(desk, report, page.url)
    return report


def give_address(desk: Desk, report: ImportReport, url: str) -> None:
    """Note where an article that was imported alone came from, if it does not say so itself."""
    if len(report.article_ids) != 1:
        return
    article = desk.get(Article, report.article_ids[0])
    if article.url is None:
        with desk.change("Note the address"):
            desk.put(replace(article, url=url))
