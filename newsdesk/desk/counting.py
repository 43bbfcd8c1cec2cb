"""What there is on a desk, counted under a filter."""

from newsdesk.desk.reading import Reading
from newsdesk.model import ArticleFilter
from newsdesk.model.tallies import Tallies
from newsdesk.store import dataset_queries


def tallies(desk: Reading, wanted: ArticleFilter | None = None) -> Tallies:
    """Articles and annotations of a filter, by label, status, outlet, month and author."""
    return dataset_queries.tallies(desk._store, wanted or ArticleFilter())
