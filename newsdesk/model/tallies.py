"""What there is on a desk, counted: light values for charts and tables."""

import msgspec

from newsdesk.model.values import ArticleStatus, Layer, Status


class LabelTally(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One label's annotations by status, and by the version of the label they were made under.

    `version` is the one in force; rejected annotations count for no version.
    """

    id: str
    name: str
    layer: Layer
    colour: str
    version: int
    statuses: dict[Status, int]
    versions: dict[int, int]


class Tally(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Articles and annotations of one outlet, month or author; rejected annotations don't count.

    An author has no articles of their own: `articles` are those with an annotation of theirs.
    """

    name: str
    articles: int = 0
    accepted: int = 0
    proposed: int = 0


class Tallies(msgspec.Struct, frozen=True, kw_only=True):
    """All counts of the articles that a filter means.

    `months` are YYYY-MM in order, "" for articles without a date; `outlets` and `authors` are in
    order of their size; a pipeline is an author under its own name, in `pipelines`.
    """

    articles: int
    statuses: dict[ArticleStatus, int]
    labels: tuple[LabelTally, ...]
    outlets: tuple[Tally, ...]
    months: tuple[Tally, ...]
    authors: tuple[Tally, ...]
    pipelines: tuple[Tally, ...]

    @property
    def annotations(self) -> dict[Status, int]:
        """How many annotations there are of each status."""
        return {
            status: sum(one.statuses.get(status, 0) for one in self.labels) for status in Status
        }
