"""The verbs of the annotation loop: tag, relabel, resize, note, accept, reject, delete."""

from collections.abc import Iterable, Mapping
from typing import Any

from newsdesk.desk.desk import Desk
from newsdesk.model import (
    HUMAN,
    Annotation,
    Article,
    ArticleStatus,
    Attribution,
    Claim,
    Evidence,
    Label,
    Layer,
    NewsdeskError,
    Record,
    Source,
    SourceKind,
    Span,
    Spans,
    Status,
    joined,
    quote_of,
    replace,
)

SHOWN = 40
"""Code points of a quotation that a step's title shows."""


def annotate(
    desk: Desk,
    article: Article,
    label: Label,
    spans: Iterable[tuple[int, int]],
    *,
    status: Status = Status.ACCEPTED,
    origin: str = HUMAN,
    confidence: float | None = None,
    note: str = "",
    attributes: Mapping[str, Any] | None = None,
) -> Annotation:
    """Mark words of an article under a label; spans in code points, joined where they touch.

    A CLAIM that is marked as accepted becomes the first appearance of a claim. Raises
    NewsdeskError where a span lies outside the text or marks nothing but white space.
    """
    marked = _spans_in(article, spans)
    quote = quote_of(article.text, marked)
    with desk.change(f"Tag {shown(quote)} as {label.name}"):
        made = desk.put(
            Annotation(
                article=article.id,
                spans=marked,
                label=label.id,
                label_version=label.version,
                quote=quote,
                status=status,
                origin=origin,
                confidence=confidence,
                author=desk.author,
                note=note,
                attributes=dict(attributes or {}),
            )
        )
        _work_begins(desk, article)
        if label.layer is Layer.CLAIM and status is Status.ACCEPTED:
            made = make_claim(desk, made)
    return made


def relabel(desk: Desk, annotation: Annotation, label: Label) -> Annotation:
    """Put an annotation under another label; what the new one does not ask for is dropped."""
    with desk.change(f"Relabel {shown(annotation.quote)} as {label.name}"):
        now = desk.get(Annotation, annotation.id)
        asked = {attribute.name for attribute in label.attributes}
        kept = {name: value for name, value in now.attributes.items() if name in asked}
        changed = replace(now, label=label.id, label_version=label.version, attributes=kept)
        if label.layer is Layer.CLAIM and changed.status is Status.ACCEPTED:
            return make_claim(desk, desk.put(changed))
        if changed.claim is not None:
            changed = desk.put(replace(changed, claim=None))
            _drop_orphaned_claims(desk, [now])
        return desk.put(changed)


def resize(desk: Desk, annotation: Annotation, spans: Iterable[tuple[int, int]]) -> Annotation:
    """Give an annotation other spans. Raises NewsdeskError where they lie outside the text."""
    article = desk.get(Article, annotation.article)
    marked = _spans_in(article, spans)
    quote = quote_of(article.text, marked)
    with desk.change(f"Resize to {shown(quote)}"):
        now = desk.get(Annotation, annotation.id)
        return desk.put(replace(now, spans=marked, quote=quote))


def add_fragment(desk: Desk, annotation: Annotation, span: tuple[int, int]) -> Annotation:
    """Add words elsewhere in the article to an annotation: it becomes discontinuous."""
    with desk.change(f"Add a fragment to {shown(annotation.quote)}"):
        now = desk.get(Annotation, annotation.id)
        return resize(desk, now, [*now.spans, span])


def write_note(desk: Desk, annotation: Annotation, note: str) -> Annotation:
    """Write an annotation's note; an empty one takes it away."""
    with desk.change(f"Note on {shown(annotation.quote)}"):
        return desk.put(replace(desk.get(Annotation, annotation.id), note=note.strip()))


def set_attributes(desk: Desk, annotation: Annotation, attributes: Mapping[str, Any]) -> Annotation:
    """Set what the codebook asks about an annotation; the value None takes one away."""
    with desk.change(f"Attributes of {shown(annotation.quote)}"):
        now = desk.get(Annotation, annotation.id)
        merged = {**now.attributes, **attributes}
        kept = {name: value for name, value in merged.items() if value is not None}
        return desk.put(replace(now, attributes=kept))


def accept(desk: Desk, annotations: Iterable[Annotation]) -> int:
    """Accept suggestions, with the attributions that hang on them; give how many changed."""
    return _decide(desk, annotations, Status.ACCEPTED, "Accept")


def reject(desk: Desk, annotations: Iterable[Annotation]) -> int:
    """Reject suggestions, with the attributions that hang on them; give how many changed."""
    return _decide(desk, annotations, Status.REJECTED, "Reject")


def delete(desk: Desk, annotations: Iterable[Annotation]) -> int:
    """Delete annotations, with the attributions that say who spoke them; give how many.

    A claim goes with its last appearance, unless somebody has reviewed it or found evidence.
    """
    wanted = list(annotations)
    with desk.change(_title("Delete", wanted)):
        found = list(desk.get_all(Annotation, [one.id for one in wanted]).values())
        ids = [one.id for one in found]
        desk.drop_all(desk.find(Attribution, content=ids))
        # A mention or cue that goes leaves its attribution standing, without it.
        for column in ("source_mention", "cue"):
            ties = desk.find(Attribution, **{column: ids})
            if ties:
                desk.put_all([replace(tie, **{column: None}) for tie in ties])
        desk.drop_all(found)
        _drop_orphaned_claims(desk, found)
    return len(found)


def make_claim(desk: Desk, annotation: Annotation, statement: str | None = None) -> Annotation:
    """Make a CLAIM annotation an appearance of a claim, new unless it has one already."""
    if annotation.claim is not None:
        return annotation
    claim = desk.put(Claim(statement=statement or annotation.quote))
    return desk.put(replace(annotation, claim=claim.id))


def shown(quote: str) -> str:
    """Words as a step's title shows them: one line, cut at a sensible length."""
    line = " ".join(quote.split())
    return f"“{line}”" if len(line) <= SHOWN else f"“{line[: SHOWN - 1].rstrip()}…”"


def _decide(desk: Desk, annotations: Iterable[Annotation], status: Status, verb: str) -> int:
    wanted = list(annotations)
    with desk.change(_title(verb, wanted)):
        found = desk.get_all(Annotation, [one.id for one in wanted])
        changed = [replace(one, status=status) for one in found.values() if one.status != status]
        # The attributions are decided together with their content, and so are the speaker's and
        # the cue's marks, as long as nobody decided on them.
        ties = desk.find(Attribution, content=[one.id for one in changed]) if changed else []
        tied = {id for tie in ties for id in (tie.source_mention, tie.cue) if id} - found.keys()
        if status is Status.REJECTED:
            tied -= _needed_elsewhere(desk, tied, {tie.id for tie in ties})
        marks = desk.get_all(Annotation, tied)
        waiting = (one for one in marks.values() if one.status is Status.PROPOSED)
        changed += [replace(one, status=status) for one in waiting]
        decided = [replace(tie, status=status) for tie in ties if tie.status is not status]
        if status is Status.ACCEPTED:
            changed = _with_claims(desk, changed)
            decided = _with_sources(desk, decided)
        desk.put_all(changed, known=found | marks)
        desk.put_all(decided, known={tie.id: tie for tie in ties})
        if status is Status.ACCEPTED:
            articles = {one.article for one in changed}
            new = desk.find(Article, id=articles, status=ArticleStatus.NEW) if articles else []
            desk.put_all([replace(one, status=ArticleStatus.IN_PROGRESS) for one in new])
    return len(changed)


def _needed_elsewhere(desk: Desk, marks: set[str], but: set[str]) -> set[str]:
    """Those of the marks that speak for other contents too."""
    others = [
        tie
        for column in ("source_mention", "cue")
        for tie in desk.find(Attribution, **{column: marks})
        if tie.id not in but and tie.status is not Status.REJECTED
    ]
    return {id for tie in others for id in (tie.source_mention, tie.cue) if id}


def _with_sources(desk: Desk, ties: list[Attribution]) -> list[Attribution]:
    """The hops, each with the Source that its mention describes: a suggestion makes none."""
    bare = {tie.source_mention for tie in ties if tie.source is None and tie.source_mention}
    mentions = desk.get_all(Annotation, bare)
    quotes = {one.quote for one in mentions.values()}
    known = {one.description: one for one in desk.find(Source, description=quotes)}
    made: dict[str, Source] = {}
    out = []
    for tie in ties:
        extra = dict(tie.extra)
        kind = SourceKind(extra.pop("source_kind", SourceKind.NAMED_INDIVIDUAL.value))
        if mention := mentions.get(tie.source_mention or ""):
            source = known.setdefault(mention.quote, Source(description=mention.quote, kind=kind))
            made[source.id] = source
            tie = replace(tie, source=source.id, extra=extra)
        out.append(tie)
    desk.put_all(made.values())
    return out


def _with_claims(desk: Desk, accepted: list[Annotation]) -> list[Annotation]:
    """The annotations, each CLAIM among them an appearance of a claim."""
    labels = {one.id for one in desk.codebook(retired=True) if one.layer is Layer.CLAIM}
    fresh = {
        one.id: Claim(statement=one.quote)
        for one in accepted
        if one.label in labels and one.claim is None
    }
    desk.put_all(fresh.values())
    return [replace(one, claim=fresh[one.id].id) if one.id in fresh else one for one in accepted]


def _title(verb: str, annotations: list[Annotation]) -> str:
    if len(annotations) == 1:
        return f"{verb} {shown(annotations[0].quote)}"
    return f"{verb} {len(annotations):,} annotations"


def _spans_in(article: Article, spans: Iterable[tuple[int, int]]) -> Spans:
    marked = joined(Span(*span) for span in spans)
    length = len(article.text)
    for start, end in marked:
        if not 0 <= start < end <= length:
            raise NewsdeskError(
                f"The span {start}–{end} lies outside the article, which has {length:,} code "
                "points. Nothing was tagged; mark words of the text."
            )
    if not marked or not quote_of(article.text, marked).strip():
        raise NewsdeskError("Nothing is marked but white space. Nothing was tagged; mark words.")
    return marked


def _work_begins(desk: Desk, article: Article) -> None:
    if article.status is ArticleStatus.NEW:
        now = desk.latest(article)
        if now.status is ArticleStatus.NEW:
            desk.put(replace(now, status=ArticleStatus.IN_PROGRESS))


def _drop_orphaned_claims(desk: Desk, gone: list[Annotation]) -> None:
    for id in {one.claim for one in gone if one.claim is not None}:
        if desk.count(Annotation, claim=id) == 0 and desk.count(Evidence, claim=id) == 0:
            claim = desk.find(Claim, id=id)
            unseen: list[Record] = [one for one in claim if one.state == "unreviewed"]
            desk.drop_all(unseen)
