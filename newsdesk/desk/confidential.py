"""Finds what belongs to confidential sources: their marks, identities, notes and papers."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.desk.tracing import labels_of, many
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Entity,
    Evidence,
    Layer,
    Link,
    LinkKind,
    Snapshot,
    Source,
    Span,
    Status,
)
from newsdesk.provenance.redaction import Scrub, as_printed, is_confidential

_SAME = (LinkKind.COREFERENCE.value, LinkKind.SAME_AS.value)


class Confidential(msgspec.Struct, kw_only=True):
    """What must not be told of some sources, by ids.

    `printed` gives the words by which the articles call each. `mentions` are annotations of a
    source itself, `about` all those that stand in an attribution with one. `shadows` are the spans
    of the mentions by article: a mark over the whole of one names the same person. `entities` are
    identities that nothing else in the dataset tells; `papers` evidence and snapshots that a link
    ties to a source.
    """

    sources: dict[str, Source] = {}
    printed: dict[str, str] = {}
    mentions: set[str] = set()
    about: set[str] = set()
    shadows: dict[str, list[Span]] = {}
    entities: set[str] = set()
    papers: set[str] = set()
    scrub: Scrub = msgspec.field(default_factory=lambda: Scrub((), ()))

    def shadowed(self, mark: Annotation) -> bool:
        """Whether an annotation marks a confidential source itself, under whatever label."""
        return mark.id in self.mentions or any(
            mark.start <= span.start and span.end <= mark.end
            for span in self.shadows.get(mark.article, ())
        )


def confidential(
    desk: Desk, sources: Collection[Source], articles: Collection[str] | None = None
) -> Confidential:
    """Gather what belongs to those of the sources that are confidential.

    Of several forms that a source has had the last is what it is; its other names are kept back
    with it. `articles` are those that go out with them, None for all: who is named elsewhere only,
    is not named in these.
    """
    forms = [one for one in sources if is_confidential(one)]
    hidden = {one.id: one for one in forms}
    if not hidden:
        return Confidential()
    found = Confidential(sources=hidden)
    ties = list(many(desk, Attribution, "source", hidden))
    found.about = {id for one in ties for id in (one.content, one.cue) if id}
    found.mentions = _with_coreferents(
        desk, {one.source_mention for one in ties if one.source_mention}
    )
    found.about |= found.mentions
    marks = desk.get_all(Annotation, sorted(found.mentions))
    for mark in marks.values():
        found.shadows.setdefault(mark.article, []).append(mark.outer)
    _read_printed(desk, found, ties, marks)
    named = {one.entity for one in sources if one.entity and one.id not in hidden}
    theirs = _identities(desk, found, forms, marks.values())
    found.entities = _only_theirs(desk, found, theirs, named, articles)
    found.papers = _papers(desk, hidden)
    found.scrub = _scrub(desk, found, forms)
    return found


def _with_coreferents(desk: Desk, mentions: set[str]) -> set[str]:
    """The marks, and those that links join to them as the same person."""
    if not mentions:
        return mentions
    joined: dict[str, set[str]] = {}
    for one in desk.find(Link, kind=list(_SAME)):
        joined.setdefault(one.from_id, set()).add(one.to_id)
        joined.setdefault(one.to_id, set()).add(one.from_id)
    return _reached(mentions, joined)


def _read_printed(
    desk: Desk, found: Confidential, ties: list[Attribution], marks: dict[str, Annotation]
) -> None:
    contents = desk.get_all(Annotation, sorted({one.content for one in ties}))
    words: dict[str, list[str]] = {}
    places: dict[str, set[str]] = {}
    for tie in sorted(ties, key=lambda one: one.id):
        if tie.source is None:
            continue
        if tie.source_mention in marks:
            words.setdefault(tie.source, []).append(marks[tie.source_mention].quote)
        if tie.content in contents:
            places.setdefault(tie.source, set()).add(contents[tie.content].article)
    for id, source in found.sources.items():
        # A text is read only where the mentions do not tell: that is seldom.
        texts = (desk.get(Article, place).text for place in sorted(places.get(id, ())))
        found.printed[id] = as_printed(source, words.get(id, ()), texts)


def _identities(
    desk: Desk, found: Confidential, forms: Iterable[Source], mentions: Iterable[Annotation]
) -> set[str]:
    """The entities that confidential sources, or marks over them, lead to."""
    naming = set(labels_of(desk, Layer.ENTITY, Layer.SOURCE))
    over = (
        one
        for one in many(desk, Annotation, "article", found.shadows)
        if one.entity and one.label in naming and found.shadowed(one)
    )
    ids = {one.entity for one in forms if one.entity}
    return ids | {one.entity for one in (*mentions, *over) if one.entity}


def _only_theirs(
    desk: Desk,
    found: Confidential,
    waiting: set[str],
    named: set[str],
    articles: Collection[str] | None,
) -> set[str]:
    """Those of the entities that nothing names openly; merged ones stand or fall together."""
    merged: dict[str, set[str]] = {}
    for one in desk.each(Entity) if waiting else ():
        if one.merged_into:
            merged.setdefault(one.id, set()).add(one.merged_into)
            merged.setdefault(one.merged_into, set()).add(one.id)
    theirs: set[str] = set()
    while waiting:
        group = _reached({waiting.pop()}, merged)
        waiting -= group
        openly = (
            one.status is not Status.REJECTED
            and (articles is None or one.article in articles)
            and not found.shadowed(one)
            for one in desk.find(Annotation, entity=sorted(group))
        )
        if named.isdisjoint(group) and not any(openly):
            theirs |= group
    return theirs


def _reached(start: set[str], joined: Mapping[str, set[str]]) -> set[str]:
    waiting, seen = list(start), set(start)
    while waiting:
        more = joined.get(waiting.pop(), set()) - seen
        seen |= more
        waiting += more
    return seen


def _papers(desk: Desk, sources: Iterable[str]) -> set[str]:
    ids = sorted(sources)
    ends = {one.to_id for one in many(desk, Link, "from_id", ids)}
    ends |= {one.from_id for one in many(desk, Link, "to_id", ids)}
    evidence = desk.get_all(Evidence, sorted(ends))
    kept = {one.snapshot for one in evidence.values() if one.snapshot}
    return set(evidence) | kept | set(desk.get_all(Snapshot, sorted(ends)))


def _scrub(desk: Desk, found: Confidential, forms: Iterable[Source]) -> Scrub:
    known = desk.get_all(Entity, sorted(found.entities)).values()
    names = [name for one in known for name in (one.name, *one.aliases)]
    remarks = []
    for source in forms:
        printed, now = found.printed[source.id], found.sources[source.id]
        if source.anonymity is not None:
            remarks += [source.anonymity.reason, source.anonymity.position_to_know]
        if not source.kind.unnamed and (source is not now or not printed):
            names.append(source.description)
        elif printed != source.description:
            remarks.append(source.description)
    return Scrub(names, remarks)
