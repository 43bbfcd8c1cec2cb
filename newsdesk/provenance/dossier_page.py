"""The page of a dossier: one claim's file as plain HTML, to read, to print and to keep.

It stands alone: no script, no picture, nothing that is fetched, and it tells the browser so.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

import msgspec

from newsdesk.provenance.dossier_style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Words with what stands before and after them in their sentence."""

    words: str
    before: str = ""
    after: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One rung of a ladder; without a name, nobody is named. `how` says by what manner and way,
    `shown` are the words that show it."""

    name: str = ""
    how: str = ""
    shown: str = ""


class Printing(msgspec.Struct, frozen=True, kw_only=True):
    """One appearance: where it was printed, the words, and by whom they came, the originator first.

    `remarks` say how firmly, and what is odd about it; `answers` who denied it or would not say.
    """

    where: str
    url: str = ""
    told: Told
    steps: Sequence[Step] = ()
    answers: Sequence[Step] = ()
    remarks: Sequence[str] = ()


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence; `file` is its copy within the dossier, `sha256` that file's hash."""

    stance: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    passage: Told
    question: str = ""
    place: str = ""
    file: str = ""
    sha256: str = ""
    captured: str = ""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One review: who, when, from which state to which, on what; `hash` is the journal's."""

    reviewer: str
    at: str
    step: str
    verdict: str = ""
    comment: str
    on: str = ""
    seq: int = 0
    hash: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the history."""

    seq: int
    at: str
    author: str
    title: str


class Contrast(msgspec.Struct, frozen=True, kw_only=True):
    """Two wordings, or statements, that differ, and in what; each with where it was printed."""

    kind: str
    one: tuple[str, str]
    other: tuple[str, str]
    note: str = ""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page tells. `facts` are pairs of a name and a value, `withheld` says
    what was left out and why, `files` names the other files of the dossier and what each is."""

    statement: str
    state: str
    language: str = "en"
    facts: Sequence[tuple[str, str]] = ()
    standing: Sequence[str] = ()
    printings: Sequence[Printing] = ()
    proofs: Sequence[Proof] = ()
    contrasts: Sequence[Contrast] = ()
    signatures: Sequence[Signature] = ()
    missing: Sequence[tuple[str, str]] = ()
    history: Sequence[Entry] = ()
    withheld: Sequence[str] = ()
    files: Sequence[tuple[str, str]] = ()


def page_of(page: Page) -> Iterator[str]:
    """The HTML, in parts."""
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(page.statement)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        '<header>\n<p class="kind">Dossier of a claim</p>\n'
        f'<h1 dir="auto">{escape(page.statement)}</h1>\n'
    )
    yield '<dl class="facts">\n'
    for name, value in (("State", page.state), *page.facts):
        if value:
            yield f'<div><dt>{escape(name)}</dt><dd dir="auto">{escape(value)}</dd></div>\n'
    yield "</dl>\n</header>\n<main>\n"
    yield from _section("Who says so", _printings(page))
    yield from _section("Evidence", _proofs(page.proofs))
    yield from _section("Contradictions and drift", _contrasts(page.contrasts))
    yield from _section("Reviews", _signatures(page.signatures))
    yield from _section("What is missing", _missing(page.missing))
    yield from _section("History", _history(page.history))
    yield from _section("Withheld", map(_paragraph, page.withheld))
    yield from _section("Files", _files(page.files))
    yield "</main>\n</body>\n</html>\n"


def _section(title: str, inside: Iterable[str]) -> Iterator[str]:
    yield f"<section>\n<h2>{title}</h2>\n"
    empty = True
    for part in inside:
        empty = False
        yield part
    yield '<p class="none">Nothing on record.</p>\n</section>\n' if empty else "</section>\n"


def _paragraph(text: str) -> str:
    return f'<p dir="auto">{escape(text)}</p>\n'


def _told(told: Told) -> str:
    before, after = escape(told.before), escape(told.after)
    return f'<blockquote dir="auto">{before}<mark>{escape(told.words)}</mark>{after}</blockquote>\n'


def _printings(page: Page) -> Iterator[str]:
    yield from map(_paragraph, page.standing)
    for one in page.printings:
        yield f'<article>\n<h3 dir="auto">{escape(one.where)}</h3>\n'
        yield _told(one.told)
        yield '<ol class="ladder">\n'
        for step in one.steps:
            yield f'<li dir="auto">{_step(step)}</li>\n'
        yield '<li class="here">this article</li>\n</ol>\n'
        for step in one.answers:
            yield f'<p class="answer" dir="auto">Answer: {_step(step)}</p>\n'
        for remark in one.remarks:
            yield f'<p class="remark" dir="auto">{escape(remark)}</p>\n'
        if one.url:
            yield f'<p class="url">{escape(one.url)}</p>\n'
        yield "</article>\n"


def _step(step: Step) -> str:
    if not step.name:
        return '<em class="gap">nobody is named</em>'
    how = f' <span class="how">{escape(step.how)}</span>' if step.how else ""
    shown = f' <q class="shown">{escape(step.shown)}</q>' if step.shown else ""
    return f"<strong>{escape(step.name)}</strong>{how}{shown}"


def _proofs(proofs: Sequence[Proof]) -> Iterator[str]:
    for one in proofs:
        told = " · ".join(filter(None, (one.title, one.publisher, one.place)))
        yield f'<article>\n<h3 dir="auto">{escape(one.stance)}</h3>\n'
        if told:
            yield _paragraph(told)
        if one.passage.words:
            yield _told(one.passage)
        if one.question:
            yield _paragraph(f"Asked: {one.question}")
        if one.url:
            yield f'<p class="url">{escape(one.url)}</p>\n'
        if one.file:
            captured = f", captured {escape(one.captured)}" if one.captured else ""
            yield (
                f'<p class="copy">Copy: <a href="{escape(one.file)}">{escape(one.file)}</a>'
                f'{captured}<br><span class="hash">{escape(one.sha256)}</span></p>\n'
            )
        yield "</article>\n"


def _contrasts(contrasts: Sequence[Contrast]) -> Iterator[str]:
    for one in contrasts:
        note = _paragraph(one.note) if one.note else ""
        yield f'<article>\n<h3 dir="auto">{escape(one.kind)}</h3>\n'
        for words, where in (one.one, one.other):
            place = f'<br><span class="how">{escape(where)}</span>' if where else ""
            yield f'<blockquote dir="auto">{escape(words)}{place}</blockquote>\n'
        yield f"{note}</article>\n"


def _signatures(signatures: Sequence[Signature]) -> Iterator[str]:
    for one in signatures:
        said = " · ".join(filter(None, (one.step, one.verdict)))
        yield (
            f'<article>\n<h3 dir="auto">{escape(said)}</h3>\n'
            f'<p dir="auto"><strong>{escape(one.reviewer)}</strong>, <time>{escape(one.at)}</time>'
            f"{', on ' + escape(one.on) if one.on else ''}</p>\n"
            f'<p class="comment" dir="auto">{escape(one.comment)}</p>\n'
            f'<p class="copy">No. {one.seq:,} of the journal<br>'
            f'<span class="hash">{escape(one.hash)}</span></p>\n</article>\n'
        )


def _missing(missing: Sequence[tuple[str, str]]) -> Iterator[str]:
    if not missing:
        return
    yield '<ul class="missing">\n'
    for what, where in missing:
        place = f' <span class="how">{escape(where)}</span>' if where else ""
        yield f'<li dir="auto">{escape(what)}{place}</li>\n'
    yield "</ul>\n"


def _history(entries: Sequence[Entry]) -> Iterator[str]:
    if not entries:
        return
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("No.", "When", "Who", "What"))
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for one in entries:
        cells = (f"{one.seq:,}", one.at, one.author, one.title)
        yield "<tr>" + "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in cells) + "</tr>\n"
    yield "</tbody>\n</table>\n"


def _files(files: Sequence[tuple[str, str]]) -> Iterator[str]:
    if not files:
        return
    yield '<ul class="files">\n'
    for name, what in files:
        yield f'<li><a href="{escape(name)}">{escape(name)}</a> {escape(what)}</li>\n'
    yield "</ul>\n"
    yield _paragraph(
        "manifest.json has the SHA-256 of every file. “newsdesk verify-dossier” followed by the "
        "place of this dossier checks them, and that each passage stands in its copy."
    )
