"""The same tag for every place where the same words stand: looked for first, then one step."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from newsdesk.desk.annotating import shown
from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.desk import Desk
from newsdesk.desk.reading import Reading
from newsdesk.model import (
    HUMAN,
    Annotation,
    Article,
    ArticleFilter,
    ArticleLine,
    ArticleStatus,
    Label,
    NewsdeskError,
    Span,
    Status,
    replace,
)
from newsdesk.store import finding
from newsdesk.store.store import batches

PART = 50
"""Articles that are looked through at a time, between two reports of progress."""

Progress = Callable[[int, int], object]


class Mention(msgspec.Struct, frozen=True):
    """A place where the same words stand, not tagged yet.

    `span` is in code points of the article, `mark` in those of the `context`.
    """

    article: str
    title: str
    span: Span
    quote: str
    context: str
    mark: Span


def mentions_like(
    desk: Reading,
    annotation: Annotation,
    *,
    everywhere: bool = False,
    match_case: bool = True,
    whole_words: bool = True,
    progress: Progress | None = None,
) -> list[Mention]:
    """Where else an annotation's words stand, in its article or in all of them, its own first.

    What carries a label of the same layer there already is left out. Raises NewsdeskError for a
    discontinuous annotation, whose words stand nowhere else in the same way; and whatever
    `progress` raises, which is told how many articles were looked through, and of how many.
    """
    if len(annotation.spans) > 1:
        raise NewsdeskError(
            "A tag with several fragments has no identical mentions. Nothing was changed."
        )
    pattern = _pattern(annotation.quote, match_case, whole_words)
    articles = [annotation.article]
    if everywhere:
        others = _candidates(desk, annotation.quote, whole_words)
        articles += [id for id in others if id != annotation.article]
    layer = desk.get(Label, annotation.label).layer
    labels = [one.id for one in desk.codebook(retired=True) if one.layer is layer]
    found: list[Mention] = []
    for done, part in enumerate(batches(articles, PART)):
        found += _mentions_in(desk, part, labels, pattern)
        if progress is not None:
            progress(min(len(articles), (done + 1) * PART), len(articles))
    return found


def _pattern(words: str, match_case: bool, whole_words: bool) -> re.Pattern[str]:
    edge = r"(?<!\w){}(?!\w)" if whole_words else "{}"
    return re.compile(edge.format(re.escape(words)), 0 if match_case else re.IGNORECASE)


def _candidates(desk: Reading, words: str, whole_words: bool) -> list[str]:
    """The articles that may hold the words: those that the index names, where it knows words."""
    indexed = whole_words and any(c.isalnum() for c in words)
    phrase = f'"{words.replace(chr(34), " ")}"' if indexed else ""
    return finding.find_article_ids(desk._store, ArticleFilter(words=phrase))


def _mentions_in(
    desk: Reading, ids: Sequence[str], labels: list[str], pattern: re.Pattern[str]
) -> Iterator[Mention]:
    tagged: dict[str, list[Span]] | None = None
    for id, title, text in finding.texts(desk._store, ids):
        for match in pattern.finditer(text):
            if tagged is None:  # asked only where there is something to be compared with
                tagged = _tagged(desk, ids, labels)
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in tagged.get(id, ())):
                yield _mention(id, title, text, span)


def _tagged(desk: Reading, ids: Sequence[str], labels: list[str]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for one in desk.find(Annotation, article=list(ids), label=labels):
        if one.status is not Status.REJECTED:
            found.setdefault(one.article, []).extend(one.spans)
    return found


def _mention(article: str, title: str, text: str, span: Span) -> Mention:
    context, mark = finding.around(text, span.start, span.end)
    return Mention(article, title, span, span.of(text), context, mark)


def tag_mentions(
    desk: Desk, like: Annotation, mentions: Iterable[Mention], progress: Progress | None = None
) -> int:
    """Tag mentions as one annotation is tagged: label, entity, claim, answers; give how many.

    One step; articles whose work had not begun are in progress then.
    """
    wanted = list(mentions)
    label = desk.get(Label, like.label)
    made = 0
    with (
        seldom_collected(),
        desk.change(f"Tag {len(wanted):,} mentions of {shown(like.quote)} as {label.name}"),
    ):
        for part in batches(wanted, 1_000):
            ids = {one.article for one in part}
            there = {one.id: one for one in _heads(desk, ids)}
            made += desk.put_all(
                _tag(desk, like, label, one) for one in part if one.article in there
            )
            new = [id for id, one in there.items() if one.status == ArticleStatus.NEW]
            _begin(desk, new)
            if progress is not None:
                progress(made, len(wanted))
    return made


def _heads(desk: Desk, ids: set[str]) -> list[ArticleLine]:
    return finding.article_lines(desk._store, list(ids))


def _begin(desk: Desk, ids: list[str]) -> None:
    for part in batches(ids, PART):
        found = desk.get_all(Article, part).values()
        desk.put_all([replace(one, status=ArticleStatus.IN_PROGRESS) for one in found])


def _tag(desk: Desk, like: Annotation, label: Label, mention: Mention) -> Annotation:
    return Annotation(
        article=mention.article,
        spans=(mention.span,),
        label=label.id,
        label_version=label.version,
        quote=mention.quote,
        origin=HUMAN,
        author=desk.author,
        attributes=like.attributes,
        entity=like.entity,
        claim=like.claim,
    )
