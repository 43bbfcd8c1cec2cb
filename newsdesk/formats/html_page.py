"""A page to read and to print: articles with their marks, quotes with speakers, claims with state.

It stands alone: no script, no picture, nothing that is fetched, and it tells the browser so.
"""

from collections.abc import Iterable, Iterator
from html import escape

from newsdesk.formats.format import Bundle, Dataset, Losses, Part, Target
from newsdesk.formats.html_marks import class_of, marked_up
from newsdesk.formats.html_style import style_sheet
from newsdesk.model import (
    Annotation,
    Attribution,
    Claim,
    Entity,
    Label,
    Source,
    Status,
    replace,
)

LOST = frozenset(
    {Part.RAW, Part.CODEBOOK, Part.EVIDENCE, Part.REVIEWS, Part.LINKS, Part.UNKNOWN, Part.JOURNAL}
)
"""What a page does not show."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_html(dataset: Dataset, target: Target) -> Losses:
    """One page; of several articles with a list of them at its beginning."""
    page = _Page(dataset)
    with target.file() as file:
        for part in page.parts():
            file.write(part.encode())
    return page.losses


class _Page:
    """What a page needs to know while it is written."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.losses = Losses()
        # Labels that came without a place all have the first: each needs its own class.
        self._labels = {
            label.id: replace(label, position=at) for at, label in enumerate(dataset.labels)
        }
        self._entities: dict[str, Entity] = {one.id: one for one in dataset.entities()}
        self._sources: dict[str, Source] = {one.id: one for one in dataset.sources()}
        self._claims: dict[str, Claim] = {}
        self._claim_of: dict[str, str] = {}
        for claim, appearances in dataset.claims():
            self._claims[claim.id] = claim
            self._claim_of |= dict.fromkeys(appearances, claim.id)
        self._tell_lost()

    def _tell_lost(self) -> None:
        for part, records in (
            (Part.EVIDENCE, self._dataset.evidence()),
            (Part.EVIDENCE, self._dataset.snapshots()),
            (Part.REVIEWS, self._dataset.reviews()),
            (Part.LINKS, self._dataset.links()),
        ):
            for record in records:
                self.losses.add(part, record.id, "a page does not show it")
        for label in self._dataset.labels:
            if label.guideline or label.attributes:
                what = "of the label, the page has no guideline and no attributes"
                self.losses.add(Part.CODEBOOK, label.id, what)

    def parts(self) -> Iterator[str]:
        """The page from its beginning to its end."""
        titles = [bundle.article.title for bundle in self._dataset.articles()]
        named = titles[0] if len(titles) == 1 else f"{len(titles):,} articles"
        used = self._used()
        yield (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(named)}</title>\n<style>{style_sheet(used)}</style>\n</head>\n<body>\n"
        )
        if used:
            yield _legend(used)
        if len(titles) > 1:
            yield from _contents(titles)
        for number, bundle in enumerate(self._dataset.articles(), 1):
            yield from self._article(bundle, number)
        yield "</body>\n</html>\n"

    def _used(self) -> list[Label]:
        found: set[str] = set()
        for bundle in self._dataset.articles():
            found |= {mark.label for mark in bundle.annotations}
        return [label for id, label in self._labels.items() if id in found]

    def _article(self, bundle: Bundle, number: int) -> Iterator[str]:
        article = bundle.article
        if article.raw is not None:
            self.losses.add(Part.RAW, article.id, "the bytes that came in are not in the page")
        if article.extra:
            self.losses.add(Part.UNKNOWN, article.id, "its unknown keys are not in the page")
        language = escape(article.language)
        title = escape(article.title) or "Untitled"
        yield f'<article id="a{number}" lang="{language}">\n<header>\n<h1 dir="auto">{title}</h1>\n'
        facts = [bundle.outlet, article.byline, article.published, article.section, article.url]
        shown = [escape(one) for one in [*facts, article.status.value] if one]
        yield f'<p class="facts" dir="auto">{" · ".join(shown)}</p>\n</header>\n'
        marks = [mark for mark in bundle.annotations if mark.status is not Status.REJECTED]
        for mark in marks:
            if mark.extra:
                self.losses.add(Part.UNKNOWN, mark.id, "its unknown keys are not in the page")
        titles = [self._title(mark) for mark in marks]
        yield '<div class="text" dir="auto">'
        yield from marked_up(article.text, marks, self._labels, titles)
        yield "</div>\n"
        by_id = {mark.id: mark for mark in marks}
        yield from _table("Who says what", _SAID, self._said(bundle.attributions, by_id))
        yield from _table("Claims", _CLAIMED, self._claimed(marks))
        yield from _table("Notes", _NOTED, self._noted(marks))
        yield "</article>\n"

    def _title(self, mark: Annotation) -> str:
        """What a pointer on the mark tells."""
        label, entity = self._labels[mark.label], self._entities.get(mark.entity or "")
        words = [f"{label.name} ({label.layer.value})"]
        if entity:
            words.append(entity.name + (f" {entity.kb_id}" if entity.kb_id else ""))
        if mark.status is Status.PROPOSED:
            sure = "" if mark.confidence is None else f", {mark.confidence:.0%}"
            words.append(f"proposed by {mark.origin}{sure}")
        words += [f"{name}: {value}" for name, value in mark.attributes.items()]
        return " · ".join(words + ([mark.note] if mark.note else []))

    def _said(
        self, ties: Iterable[Attribution], marks: dict[str, Annotation]
    ) -> Iterator[tuple[str, ...]]:
        for tie in ties:
            content = marks.get(tie.content)
            if content is None:
                continue
            source = self._sources.get(tie.source or "")
            mention, cue = marks.get(tie.source_mention or ""), marks.get(tie.cue or "")
            speaker = source.description if source else mention.quote if mention else ""
            if tie.orphan:
                speaker = "(no source in the text)"
            how = (tie.manner, tie.assertion, tie.channel)
            said = [one.value for one in how if one] + ([f"hop {tie.hop}"] if tie.hop else [])
            if tie.status is Status.PROPOSED:
                said.append("proposed")
            yield content.quote, speaker, cue.quote if cue else "", ", ".join(said)

    def _claimed(self, marks: Iterable[Annotation]) -> Iterator[tuple[str, ...]]:
        for id in dict.fromkeys(mark.claim or self._claim_of.get(mark.id) for mark in marks):
            claim = self._claims.get(id or "")
            if claim:
                verdict = claim.verdict.value if claim.verdict else ""
                yield claim.statement, claim.state.value, verdict, claim.rating

    def _noted(self, marks: Iterable[Annotation]) -> Iterator[tuple[str, ...]]:
        for mark in marks:
            if mark.note or mark.attributes:
                values = "; ".join(f"{name}: {value}" for name, value in mark.attributes.items())
                yield mark.quote, self._labels[mark.label].name, mark.note, values


_SAID = ("Words", "Speaker", "Cue", "How")
_CLAIMED = ("Claim", "State", "Verdict", "Rating")
_NOTED = ("Words", "Label", "Note", "Attributes")


def _legend(labels: Iterable[Label]) -> str:
    entries = "".join(
        f'<li><mark class="{class_of(label)} start end">{escape(label.code)}</mark> '
        f"{escape(label.name)}</li>\n"
        for label in labels
    )
    return f'<ul class="legend" aria-label="Labels">\n{entries}</ul>\n'


def _contents(titles: Iterable[str]) -> Iterator[str]:
    yield '<nav aria-label="Articles">\n<ol>\n'
    for number, title in enumerate(titles, 1):
        yield f'<li><a href="#a{number}" dir="auto">{escape(title) or "Untitled"}</a></li>\n'
    yield "</ol>\n</nav>\n"


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table; nothing where it has no rows."""
    begun = False
    for row in rows:
        if not begun:
            begun = True
            cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
            yield f"<h2>{title}</h2>\n<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n"
        cells = "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in row)
        yield f"<tr>{cells}</tr>\n"
    if begun:
        yield "</tbody>\n</table>\n"
