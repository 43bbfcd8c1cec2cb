"""A corrected article replaces the old one: what is carried over, what changed, what reopens."""

from collections.abc import Sequence

import msgspec

from newsdesk.desk.annotating import shown
from newsdesk.desk.desk import Desk
from newsdesk.desk.reviewing import review
from newsdesk.desk.tracing import labels_of, trace
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    ClaimState,
    Evidence,
    Layer,
    Link,
    LinkKind,
    NewsdeskError,
    Status,
    new_id,
    quote_of,
    replace,
)
from newsdesk.provenance.passages import stands
from newsdesk.provenance.ripple import reopened
from newsdesk.provenance.versions import (
    Carried,
    Changed,
    Comparison,
    Outcome,
    carried,
    compare,
    likeness,
    now_reads,
    touched,
)

SURE_OF_MOVED = 0.5
"""The confidence of an annotation that moved: low enough that accepting in bulk passes it over."""

ALIKE = 0.5
"""Share of words in order that a new wording has in common with the old one (of the longer)."""

CARRIED_FROM = "carried_from"
"""The key, among a record's unknown ones, of the annotation of the old version."""

_CLOSED = (ClaimState.VERIFIED, ClaimState.DISPUTED, ClaimState.UNVERIFIABLE)


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one annotation of the old version in the new one."""

    annotation: Annotation
    carried: Carried

    @property
    def outcome(self) -> Outcome:
        """Exact, moved or orphan."""
        return self.carried.outcome


class Superseding(msgspec.Struct, frozen=True, kw_only=True):
    """A correction: the two versions, what becomes of each annotation, what is reopened.

    `reopened` are claims that are closed and depend on words that changed.
    """

    old: Article
    new: Article
    fates: Sequence[Fate]
    reopened: Sequence[str] = ()

    def of(self, outcome: Outcome) -> list[Fate]:
        """Those of one outcome, in order of the old text."""
        return [one for one in self.fates if one.outcome is outcome]


class ChangedMark(msgspec.Struct, frozen=True, kw_only=True):
    """A quote or claim of the old version whose words changed.

    `now` is empty where they went, or where what stands in their place says something else.
    """

    annotation: str
    layer: Layer
    claim: str | None
    was: str
    now: str


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions compared: the stretches that differ, and which quotes and claims changed."""

    old: str
    new: str
    changes: Sequence[Changed]
    marks: Sequence[ChangedMark]


# Carrying over


def carry_over(desk: Desk, old: Article, new: Article) -> list[Fate]:
    """What would become of the annotations of an article in its new version; changes nothing.

    Each is exact, moved or an orphan (see `provenance.versions.carried`). What was rejected, and
    suggestions that nobody decided on, come along only where they are exact, and are not listed
    otherwise.
    """
    compared = compare(old.text, new.text)
    marks = sorted(desk.find(Annotation, article=old.id), key=lambda one: (one.spans, one.id))
    fates = [Fate(annotation=one, carried=carried(one.spans, compared)) for one in marks]
    return [
        one
        for one in fates
        if one.outcome is Outcome.EXACT or one.annotation.status is Status.ACCEPTED
    ]


def supersede(desk: Desk, old: Article, new: Article) -> Superseding:
    """Replace an article by its new version, as one step that can be undone.

    The old version stays, with all that is marked in it. What stands in the new one word for word
    is marked there; what moved is marked as proposed, to be confirmed; orphans are only listed.
    Closed claims that depend on words that changed are reopened, with a review by the desk's
    author. Raises NewsdeskError, naming the records, where the new version is the old one, has
    the same text, or is an older version of it (a circle), and where there is a newer one already.
    """
    with desk.change(f"Correct {shown(old.title)}"):
        was = desk.article(old.id)
        _check(desk, was, new)
        fresh = desk.count(Article, id=new.id) == 0
        made = desk.put(_filled(was, new, fresh))
        fates = carry_over(desk, was, made)
        _write(desk, was, made, fates)
        reopening = _reopening(desk, was, made, fates)
        for claim in desk.get_all(Claim, reopening).values():
            comment = f"Reopened: article {was.id} was replaced by article {made.id}."
            review(desk, claim, ClaimState.IN_REVIEW, comment)
    return Superseding(old=was, new=made, fates=fates, reopened=reopening)


def _check(desk: Desk, old: Article, new: Article) -> None:
    if new.id == old.id:
        raise NewsdeskError(f"Article {old.id} can't replace itself. Nothing was changed.")
    seen, at = [old.id], old.supersedes
    while at is not None and at not in seen:
        seen.append(at)
        at = next((one.supersedes for one in desk.find(Article, id=at)), None)
    if new.id in seen:
        raise NewsdeskError(
            f"Article {new.id} is an older version of article {old.id}: corrections can't run in a "
            f"circle ({' → '.join(reversed([*seen[: seen.index(new.id) + 1]]))} → {new.id}). "
            "Nothing was changed."
        )
    newer = [one for one in desk.find(Article, supersedes=old.id) if one.id != new.id]
    if newer:
        raise NewsdeskError(
            f"Article {old.id} was replaced by article {newer[-1].id} already. Nothing was "
            "changed; correct that one."
        )
    if new.supersedes not in (None, old.id):
        raise NewsdeskError(
            f"Article {new.id} replaces article {new.supersedes} already. Nothing was changed."
        )
    if new.text == old.text:
        raise NewsdeskError(
            f"The new version has the very text of article {old.id}. Nothing was changed; choose "
            "the corrected one."
        )


def _filled(old: Article, new: Article, fresh: bool) -> Article:
    """The new version; what a file did not say of it is as the old version had it."""
    known = {
        name: getattr(old, name)
        for name in ("outlet", "byline", "url", "section", "language")
        if fresh and (name == "language" or not getattr(new, name))
    }
    return replace(new, supersedes=old.id, title=new.title or old.title, **known)


def _write(desk: Desk, old: Article, new: Article, fates: Sequence[Fate]) -> None:
    known = {
        (one.label, one.spans, one.claim): one.id for one in desk.find(Annotation, article=new.id)
    }
    ids: dict[str, str] = {}
    made: list[Annotation] = []
    moved: set[str] = set()
    for fate in fates:
        if fate.outcome is Outcome.ORPHAN:
            continue
        mark = _carried_mark(fate, new)
        there = known.setdefault((mark.label, mark.spans, mark.claim), mark.id)
        ids[fate.annotation.id] = there
        if there == mark.id:
            made.append(mark)
            if fate.outcome is Outcome.MOVED:
                moved.add(mark.id)
    desk.put_all(made)
    new_ids = {one.id for one in made}
    ties = []
    for tie in desk.find(Attribution, content=list(ids)):
        content = ids[tie.content]
        if content in new_ids:
            ties.append(
                replace(
                    tie,
                    id=new_id(),
                    content=content,
                    source_mention=ids.get(tie.source_mention or ""),
                    cue=ids.get(tie.cue or ""),
                    status=Status.PROPOSED if content in moved else tie.status,
                )
            )
    desk.put_all(ties)


def _carried_mark(fate: Fate, new: Article) -> Annotation:
    was, spans = fate.annotation, fate.carried.spans
    made = replace(
        was,
        id=new_id(),
        article=new.id,
        spans=spans,
        quote=quote_of(new.text, spans),
        extra={**was.extra, CARRIED_FROM: was.id},
    )
    if fate.outcome is Outcome.EXACT:
        return made
    why = "stands elsewhere, or in other words, in the corrected text"
    extra = {**made.extra, "why": why}
    return replace(made, status=Status.PROPOSED, confidence=SURE_OF_MOVED, extra=extra)


def _reopening(desk: Desk, old: Article, new: Article, fates: Sequence[Fate]) -> list[str]:
    """The closed claims that rely on words of the old version which are not in the new one."""
    changed = {one.annotation.claim for one in fates if one.outcome is not Outcome.EXACT}
    changed |= _cited(desk, old, new, fates)
    here = {
        one.claim
        for one in desk.find(Annotation, article=[old.id, new.id])
        if one.claim and one.status is Status.ACCEPTED
    }
    found = trace(desk, sorted(here))
    hit = reopened(
        found.within(old.id),
        found.within(new.id),
        [*desk.find(Link, kind=[LinkKind.CORRECTS, LinkKind.DERIVED_FROM, LinkKind.SUPPORTS])],
        [id for id in changed if id],
    )
    return [one.id for one in desk.find(Claim, id=hit) if one.state in _CLOSED]


def _cited(desk: Desk, old: Article, new: Article, fates: Sequence[Fate]) -> set[str | None]:
    """Claims whose evidence is a passage of the old version that the new one does not print."""
    gone = {one.annotation.id for one in fates if one.outcome is Outcome.ORPHAN}
    evidence = desk.find(Evidence, article=old.id)
    fallen = [one for one in evidence if not stands(new.text, one.exact)]
    return {one.claim for one in (*fallen, *desk.find(Evidence, annotation=sorted(gone)))}


# Comparing


def versions(desk: Desk, article: str) -> list[Article]:
    """An article with all its versions, the oldest first. Raises NewsdeskError where it is not
    there."""
    found = [desk.get(Article, article)]
    while found[0].supersedes and found[0].supersedes not in {one.id for one in found}:
        older = desk.find(Article, id=found[0].supersedes)
        if not older:
            break
        found.insert(0, older[0])
    while newer := desk.find(Article, supersedes=found[-1].id):
        if newer[-1].id in {one.id for one in found}:
            break
        found.append(newer[-1])
    return found


def compare_versions(desk: Desk, old: Article, new: Article) -> Versions:
    """Compare two versions word by word, and tell which accepted quotes and claims changed."""
    compared = compare(old.text, new.text)
    layers = {id: layer for layer in (Layer.QUOTE, Layer.CLAIM) for id in labels_of(desk, layer)}
    marks = [
        _changed_mark(one, layers[one.label], compared)
        for one in desk.find(Annotation, article=old.id, label=list(layers))
        if one.status is Status.ACCEPTED and any(touched(span, compared) for span in one.spans)
    ]
    order = {one.id: one.spans for one in desk.find(Annotation, article=old.id)}
    marks.sort(key=lambda one: (order[one.annotation], one.annotation))
    return Versions(old=old.id, new=new.id, changes=compared.changes, marks=marks)


def _changed_mark(mark: Annotation, layer: Layer, compared: Comparison) -> ChangedMark:
    pieces = (now_reads(span, compared) for span in mark.spans)
    now = " … ".join(compared.new[one.start : one.end] for one in pieces if one)
    if likeness(mark.quote, now) < ALIKE:
        now = ""
    return ChangedMark(annotation=mark.id, layer=layer, claim=mark.claim, was=mark.quote, now=now)
