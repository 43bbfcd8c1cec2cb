"""A look at a file before it is imported: what would be stored, and what is wrong with it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from newsdesk.desk.import_items import items_of
from newsdesk.desk.import_sources import files_in
from newsdesk.desk.reading import Reading as DeskReading
from newsdesk.formats import choose
from newsdesk.formats.format import LISTED, Bundle, Filed, Input, Problem, Reading
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.model import Article, Label, NewsdeskError

ARTICLES = 50
"""Articles that a preview shows; a file with more of them is not read to its end."""

TABLE = "table"
"""The format whose columns can be chosen."""

_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


class Previewed(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it would be stored.

    `guessed` names the fields that are proposals; `known` is the title under which the desk has
    this very text already.
    """

    article: Article
    outlet: str = ""
    paragraphs: int = 0
    annotations: int = 0
    guessed: frozenset[str] = frozenset()
    known: str | None = None


class Preview(msgspec.Struct, kw_only=True):
    """What a file holds. `complete` is false where it has more articles than are shown here.

    `encoding` is that of the first article, `encoding_guessed` whether it is only a proposal.
    `columns` are those of a table, and `mapping` says which of them is which field of an article.
    """

    name: str
    format: str = ""
    size: int = 0
    articles: list[Previewed] = []
    labels: list[Label] = []
    annotations: int = 0
    records: int = 0
    encoding: str = ""
    encoding_guessed: bool = False
    problems: list[Problem] = []
    problem_count: int = 0
    remarks: list[Problem] = []
    complete: bool = True
    columns: tuple[str, ...] = ()
    mapping: dict[str, str] = {}


def preview(
    file: str | Path | bytes,
    format: str | None = None,
    *,
    encoding: str | None = None,
    options: Mapping[str, str] | None = None,
    desk: DeskReading | None = None,
    articles: int = ARTICLES,
) -> Preview:
    """Look at a file, or at bytes that were pasted, without storing anything.

    The files of a folder or a zip archive are looked at one after the other. `options` are the
    format's own. `desk` lends its codebook, and tells which texts it has already. What is wrong
    with the file stands in the preview's `problems`; nothing is raised.
    """
    name = "" if isinstance(file, bytes) else Path(file).name
    found = Preview(name=name)
    told = Reading(
        labels=tuple(desk.codebook(retired=True)) if desk else (),
        encoding=encoding,
        options=options or {},
    )
    try:
        source: Input = BytesInput(file) if isinstance(file, bytes) else FileInput(Path(file))
        sources = [*files_in(source, format)]
        found.size = sum(one.size for one in sources)
    except NewsdeskError as error:
        _note(found, Problem(file=name, message=str(error)))
        return found
    for one in sources:
        if not _look_into(found, one, format, told, desk, articles):
            break
    return found


def _look_into(
    found: Preview,
    source: Input,
    name: str | None,
    told: Reading,
    desk: DeskReading | None,
    articles: int,
) -> bool:
    """Add what one file holds; whether there is room for another one's."""
    try:
        chosen = choose(source, name)
    except NewsdeskError as error:
        _note(found, Problem(file=source.name, message=str(error)))
        return True
    found.format = found.format or chosen.name
    if chosen.name == TABLE and not found.columns:
        _tell_columns(found, source, told)
    for item in items_of(source, chosen, told):
        if isinstance(item, Problem):
            _note(found, item)
        elif isinstance(item, Filed):
            if isinstance(item.record, Label):
                found.labels.append(item.record)
            found.records += 1
        elif len(found.articles) == articles:
            found.complete = False
            return False
        else:
            _show(found, item, desk)
    return True


def _tell_columns(found: Preview, source: Input, told: Reading) -> None:
    """Note the columns of a table; what is wrong with them the reader will say."""
    from newsdesk.formats.table import columns_of, names_of

    with suppress(NewsdeskError):
        found.columns = names_of(source, told)
        found.mapping = columns_of(source, told).mapping


def _show(found: Preview, bundle: Bundle, desk: DeskReading | None) -> None:
    article = bundle.article
    if not found.articles:
        found.encoding = article.encoding
        found.encoding_guessed = "encoding" in bundle.guessed
    same = desk.same_text(article.sha256) if desk else []
    found.annotations += len(bundle.annotations)
    found.articles.append(
        Previewed(
            article=article,
            outlet=bundle.outlet,
            paragraphs=sum(1 for each in _PARAGRAPHS.split(article.text) if each.strip()),
            annotations=len(bundle.annotations),
            guessed=bundle.guessed,
            known=same[0][1] if same else None,
        )
    )


def _note(found: Preview, problem: Problem) -> None:
    if not problem.blocks:
        found.remarks += [problem] * (len(found.remarks) < LISTED)
        return
    found.problem_count += 1
    found.problems += [problem] * (len(found.problems) < LISTED)
