"""What the Claims workspace asks of the desk: the queue with its counts, and the sources."""

from collections.abc import Iterable, Sequence

from newsdesk.desk.desk import Desk
from newsdesk.model.claim_lines import ClaimFilter, ClaimLine, SourceLine
from newsdesk.model.register import MentionLine
from newsdesk.store import claim_queries, register_queries


def queue(desk: Desk, wanted: ClaimFilter, *, offset: int = 0, limit: int = 200) -> list[ClaimLine]:
    """A page of the claims that a filter finds, in its order."""
    return claim_queries.claim_page(desk._store, wanted, offset=offset, limit=limit)


def queued(desk: Desk, ids: Iterable[str]) -> list[ClaimLine]:
    """Some claims as the queue shows them, in no order."""
    return claim_queries.claim_lines(desk._store, ids)


def queue_length(desk: Desk, wanted: ClaimFilter) -> int:
    """How many claims a filter finds."""
    return claim_queries.count_claims(desk._store, wanted)


def queue_counts(desk: Desk) -> dict[str, dict[str, int]]:
    """How many claims there are of each `state`, `topic` and `assignee`."""
    return claim_queries.claim_counts(desk._store)


def ratings(desk: Desk) -> list[str]:
    """The house's own ratings that are in use."""
    return claim_queries.ratings(desk._store)


def sentences(desk: Desk, annotations: Sequence[str]) -> dict[str, MentionLine]:
    """Annotations with the sentence that each stands in, by id."""
    found = register_queries.mentions_by_id(desk._store, annotations) if annotations else []
    return {one.annotation: one for one in found}


def source_register(desk: Desk, ids: Sequence[str] | None = None) -> list[SourceLine]:
    """The desk's sources with what relies on each, by description as printed."""
    return claim_queries.source_lines(desk._store, ids)


def relying_on(desk: Desk, sources: Sequence[str]) -> list[MentionLine]:
    """What some sources are quoted for: the quotes and claims with their sentence, newest first."""
    ids = [row[0] for row in claim_queries.articles_relying_on(desk._store, sources)]
    found = sentences(desk, list(dict.fromkeys(ids)))
    return [found[id] for id in dict.fromkeys(ids) if id in found]


def source_names(desk: Desk) -> list[tuple[str, str, str]]:
    """The id, description as printed and kind of every source, by description."""
    return claim_queries.source_names(desk._store)
