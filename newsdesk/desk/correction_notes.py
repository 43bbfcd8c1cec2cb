"""Drafts the note that a corrected article ends with, from what the desk has on record."""

from collections.abc import Sequence
from datetime import date

from newsdesk.desk.corrections import ChangedMark, compare_versions
from newsdesk.desk.desk import Desk
from newsdesk.desk.redaction import tellable
from newsdesk.desk.tracing import trace
from newsdesk.model import Annotation, Article, Layer, LinkKind, NewsdeskError

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def correction_note(desk: Desk, article: str) -> str:
    """A note for the foot of a corrected article, drafted from the records: what was wrong, what
    is right, when. Plain text, to be edited.

    Raises NewsdeskError where the article replaces none.
    """
    new = desk.article(article)
    if new.supersedes is None:
        raise NewsdeskError(
            f"Article {new.id} replaces no older version, so there is nothing to correct. Choose "
            "the corrected article."
        )
    old = desk.article(new.supersedes)
    when = (new.published or new.imported_at)[:10]
    printed = f", published on {long_date(old.published)}," if old.published else ""
    opening = f"An earlier version of this article{printed}"
    wrong, told = _corrected_claims(desk, old, new)
    gone: list[str] = []
    still = {one.claim for one in desk.find(Annotation, article=new.id) if one.claim}
    for mark in _apart(compare_versions(desk, old, new).marks):
        if mark.claim not in told and mark.now:
            wrong.append(f"said “{mark.was}”. It should have said “{mark.now}”.")
        elif mark.claim not in told | still:
            gone.append(f"“{mark.was}”")
    lines = [f"{'It also' if at else opening} {one}" for at, one in enumerate(wrong)]
    if gone:
        lines.append(f"No longer printed: {'; '.join(gone)}.")
    if not lines:
        return f"Updated on {long_date(when)}. No quotation and no claim was changed.\n"
    return "\n".join([f"Correction, {long_date(when)}", "", *lines, ""])


def _apart(marks: Sequence[ChangedMark]) -> list[ChangedMark]:
    """Claims before quotes; a quote whose change a claim in it tells already is left out."""
    found: list[ChangedMark] = []
    for mark in sorted(marks, key=lambda one: one.layer is not Layer.CLAIM):
        if not any(mark.was in one.was or one.was in mark.was for one in found):
            found.append(mark)
    return found


def _corrected_claims(desk: Desk, old: Article, new: Article) -> tuple[list[str], set[str | None]]:
    """What the desk's links and denials say was wrong, in words; and the claims told of so."""
    marks = [one for one in desk.find(Annotation, article=[old.id, new.id]) if one.claim]
    found = trace(desk, sorted({one.claim for one in marks if one.claim}))
    printed = {one.claim for one in found.within(old.id)}
    replacing = {one.claim for one in found.within(new.id)}
    right: dict[str, list[str]] = {
        one.claim: [] for one in found.within(new.id) if one.only_denied and one.claim in printed
    }
    for link in found.links:
        if link.kind is LinkKind.CORRECTS and link.to_id in printed and link.from_id in replacing:
            right.setdefault(link.to_id, []).append(link.from_id)
    told = {id for pair in right.items() for id in (pair[0], *pair[1])}
    _, hidden = tellable(desk, found)  # a statement is an editor's words, and this is for readers

    def said(id: str) -> str:
        return _sentence(hidden.scrub.text(found.claims[id].statement))

    wrong = [
        " ".join([f"said: {said(id)} That was wrong.", *map(said, by)]) for id, by in right.items()
    ]
    return wrong, set(told)


def _sentence(statement: str) -> str:
    words = statement.strip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def long_date(day: str | None) -> str:
    """A day as a newspaper prints it: 15 November 2025; what is no full date stays as it is."""
    try:
        found = date.fromisoformat((day or "")[:10])
    except ValueError:
        return day or "an unknown day"
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
