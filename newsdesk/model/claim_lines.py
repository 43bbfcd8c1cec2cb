"""Light values of the Claims workspace: claims and sources as lists show them, and filters."""

import msgspec

LACKS = ("appearance", "source", "evidence", "review")
"""Items of the publish gate by which the queue can be narrowed: those that one query finds."""

SORTS = ("due", "newest", "state", "statement", "topic", "assignee", "appearances")
"""The orders in which the queue can stand."""


class ClaimFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims are wanted, and in what order; what is empty does not narrow.

    `outlet` is a Source's description, `lacks` one of `LACKS`, `due_by` an ISO date: claims that
    are due by then. `assignee` of None means anybody, an empty one nobody.
    """

    words: str = ""
    state: str = ""
    topic: str = ""
    assignee: str | None = None
    outlet: str = ""
    lacks: str = ""
    due_by: str = ""
    sort: str = "due"

    @property
    def narrows(self) -> bool:
        """Whether some claims may be left out."""
        return self != ClaimFilter(sort=self.sort)


class ClaimLine(msgspec.Struct, frozen=True, gc=False):
    """One claim of the queue. Only accepted appearances count; `outlets` counts their papers."""

    id: str
    statement: str
    topic: str
    state: str
    verdict: str
    due: str
    assignee: str
    checkworthy: str
    appearances: int
    outlets: int


class SourceLine(msgspec.Struct, frozen=True, gc=False):
    """One source of the register; `articles` rely on it. `missing` is what its anonymity lacks.

    `same` counts the sources that are the same one as it.
    """

    id: str
    description: str
    kind: str
    role: str
    status: str
    entity: str
    uses: int
    articles: int
    same: int
    missing: tuple[str, ...] = ()
