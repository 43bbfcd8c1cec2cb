"""A look at a file before it is imported: what would be stored, and what is wrong with it."""

import re
from pathlib import Path

import msgspec

from newsdesk.desk.import_items import items_of
from newsdesk.desk.reading import Reading as DeskReading
from newsdesk.formats import choose
from newsdesk.formats.format import LISTED, Bundle, Filed, Input, Problem, Reading
from newsdesk.formats.inputs import BytesInput, FileInput
from newsdesk.model import Article, Label, NewsdeskError

ARTICLES = 50
"""Articles that a preview shows; a file with more of them is not read to its end."""

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


def preview(
    file: str | Path | bytes,
    format: str | None = None,
    *,
    encoding: str | None = None,
    desk: DeskReading | None = None,
    articles: int = ARTICLES,
) -> Preview:
    """Look at a file, or at bytes that were pasted, without storing anything.

    `desk` lends its codebook, and tells which texts it has already. What is wrong with the file
    stands in the preview's `problems`; nothing is raised.
    """
    name = "" if isinstance(file, bytes) else Path(file).name
    found = Preview(name=name)
    try:
        source: Input = BytesInput(file) if isinstance(file, bytes) else FileInput(Path(file))
        chosen = choose(source, format)
    except NewsdeskError as error:
        _note(found, Problem(file=name, message=str(error)))
        return found
    found.format, found.size = chosen.name, source.size
    labels = tuple(desk.codebook(retired=True)) if desk else ()
    for item in items_of(source, chosen, Reading(labels=labels, encoding=encoding)):
        if isinstance(item, Problem):
            _note(found, item)
        elif isinstance(item, Filed):
            if isinstance(item.record, Label):
                found.labels.append(item.record)
            found.records += 1
        elif len(found.articles) == articles:
            found.complete = False
            break
        else:
            _show(found, item, desk)
    return found


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
