"""The verbs that act on many annotations at once: previewed first, then done as one step."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from newsdesk.desk.annotating import shown
from newsdesk.desk.desk import Desk
from newsdesk.model import HUMAN, Annotation, Article, Label, NewsdeskError, Span, Status

_SEARCHED = 10_000
"""Articles that a search for mentions looks through at most."""


class Mention(msgspec.Struct, frozen=True):
    """A place where the same words stand, not tagged with the same label yet."""

    article: str
    title: str
    span: Span
    context: str


def mentions_like(
    desk: Desk,
    annotation: Annotation,
    *,
    everywhere: bool = False,
    match_case: bool = True,
    whole_words: bool = True,
) -> list[Mention]:
    """Where else an annotation's words stand, in its article or in all of them.

    What carries the same label there already is left out. Raises NewsdeskError for a
    discontinuous annotation, whose words stand nowhere else in the same way.
    """
    if len(annotation.spans) > 1:
        raise NewsdeskError(
            "A tag with several fragments has no identical mentions. Nothing was changed."
        )
    words = annotation.quote
    edge = r"(?<!\w){}(?!\w)" if whole_words else "{}"
    pattern = re.compile(edge.format(re.escape(words)), 0 if match_case else re.IGNORECASE)
    articles = [annotation.article]
    if everywhere:
        found = desk.search(f'"{words.replace(chr(34), " ")}"', _SEARCHED)
        articles += [hit.article for hit in found if hit.article != annotation.article]
    return [one for id in articles for one in _mentions_in(desk, id, annotation.label, pattern)]


def _mentions_in(desk: Desk, id: str, label: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    article = desk.get(Article, id)
    tagged = [
        span
        for one in desk.find(Annotation, article=id, label=label)
        if one.status is not Status.REJECTED
        for span in one.spans
    ]
    for match in pattern.finditer(article.text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in tagged):
            around = article.text[max(0, span.start - 30) : span.end + 30]
            yield Mention(id, article.title, span, " ".join(around.split()))


def tag_mentions(desk: Desk, like: Annotation, mentions: Iterable[Mention]) -> int:
    """Tag mentions as one annotation is tagged: label, entity and attributes; give how many."""
    wanted = list(mentions)
    texts = desk.get_all(Article, {one.article for one in wanted})
    label = desk.get(Label, like.label)
    with desk.change(f"Tag {len(wanted):,} mentions of {shown(like.quote)} as {label.name}"):
        return desk.put_all(
            Annotation(
                article=one.article,
                spans=(one.span,),
                label=label.id,
                label_version=label.version,
                quote=one.span.of(texts[one.article].text),
                origin=HUMAN,
                author=desk.author,
                attributes=like.attributes,
                entity=like.entity,
            )
            for one in wanted
            if one.article in texts
        )
