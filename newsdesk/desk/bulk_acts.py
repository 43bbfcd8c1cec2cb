"""The verbs that act on all that a filter found: each takes ids, and is one step."""

from collections.abc import Callable, Iterable, Sequence

from newsdesk.desk import annotating, register
from newsdesk.desk.bulk import seldom_collected
from newsdesk.desk.desk import Desk
from newsdesk.model import Annotation, Claim, Entity, Evidence, Label, Layer, Status, replace
from newsdesk.store.store import batches

PART = 1_000
"""Annotations that are worked on at a time, between two reports of progress."""

Progress = Callable[[int, int], object]
Verb = Callable[[Desk, list[Annotation]], int]


def accept_all(desk: Desk, ids: Sequence[str], progress: Progress | None = None) -> int:
    """Accept suggestions, with what hangs on them; give how many changed."""
    return _each(desk, f"Accept {len(ids):,} annotations", annotating.accept, ids, progress)


def reject_all(desk: Desk, ids: Sequence[str], progress: Progress | None = None) -> int:
    """Reject suggestions, with what hangs on them; give how many changed."""
    return _each(desk, f"Reject {len(ids):,} annotations", annotating.reject, ids, progress)


def delete_all(desk: Desk, ids: Sequence[str], progress: Progress | None = None) -> int:
    """Delete annotations, with what hangs on them; give how many."""
    return _each(desk, f"Delete {len(ids):,} annotations", annotating.delete, ids, progress)


def link_all(
    desk: Desk, ids: Sequence[str], entity: Entity | None, progress: Progress | None = None
) -> int:
    """Link annotations to an entity, or to none; give how many changed."""
    where = f"to {entity.name}" if entity else "to no entity"

    def link(desk: Desk, found: list[Annotation]) -> int:
        return register.link_entity(desk, found, entity)

    return _each(desk, f"Link {len(ids):,} annotations {where}", link, ids, progress)


def relabel_all(
    desk: Desk, ids: Sequence[str], label: Label, progress: Progress | None = None
) -> int:
    """Put annotations under another label; give how many changed.

    Answers that the new label does not ask for are dropped. Accepted ones that become claims are
    made appearances of claims; those that are claims no longer leave theirs, and a claim without
    appearances goes, unless somebody has reviewed it or found evidence.
    """

    def relabel(desk: Desk, found: list[Annotation]) -> int:
        return _relabel(desk, found, label)

    title = f"Relabel {len(ids):,} annotations as {label.name}"
    return _each(desk, title, relabel, ids, progress)


def _each(
    desk: Desk, title: str, verb: Verb, ids: Sequence[str], progress: Progress | None
) -> int:
    """Do a verb for all of them as one step, some at a time, so that progress can be seen.

    What `progress` raises ends it, and nothing is kept.
    """
    changed = done = 0
    with seldom_collected(), desk.change(title):
        for part in batches(ids, PART):
            changed += verb(desk, list(desk.get_all(Annotation, part).values()))
            done += len(part)
            if progress is not None:
                progress(done, len(ids))
    return changed


def _relabel(desk: Desk, found: Iterable[Annotation], label: Label) -> int:
    asked = {attribute.name for attribute in label.attributes}
    claims: list[Claim] = []
    changed, left = [], set()
    for one in found:
        if one.label == label.id:
            continue
        kept = {name: value for name, value in one.attributes.items() if name in asked}
        claim = one.claim
        if label.layer is not Layer.CLAIM and claim is not None:
            left.add(claim)
            claim = None
        elif label.layer is Layer.CLAIM and claim is None and one.status is Status.ACCEPTED:
            claims.append(Claim(statement=one.quote))
            claim = claims[-1].id
        changed.append(
            replace(
                one, label=label.id, label_version=label.version, attributes=kept, claim=claim
            )
        )
    desk.put_all(claims)
    desk.put_all(changed)
    _drop_deserted(desk, left)
    return len(changed)


def _drop_deserted(desk: Desk, claims: set[str]) -> None:
    if not claims:
        return
    wanted = list(claims)
    needed = {one.claim for one in desk.find(Annotation, claim=wanted)}
    needed |= {one.claim for one in desk.find(Evidence, claim=wanted)}
    gone = desk.get_all(Claim, [id for id in wanted if id not in needed]).values()
    desk.drop_all([one for one in gone if one.state == "unreviewed"])
