"""What a dataset is to be made of: which articles and marks, on which sides, in what pieces."""

import msgspec

from newsdesk.model import AnnotationFilter, ArticleFilter, NewsdeskError, Status
from newsdesk.model.filters import Filter
from newsdesk.model.splitting import Chunk, SplitBy
from newsdesk.provenance.redaction import Redaction

SIDES = ("train", "dev", "test")
"""The sides of a split, in their order; two shares make train and test."""


class DatasetOptions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a dataset is made from a desk.

    `wanted` says which articles, or which annotations in which articles; `saved` is the name of
    the saved search that this came from. Articles in which nothing is marked are left out unless
    `with_unmarked` asks for them: most of them nobody has read. `split` holds the shares of the
    sides in any unit (80, 10, 10), or nothing for one dataset. Raises NewsdeskError for shares
    that make no split.
    """

    wanted: Filter = ArticleFilter()
    saved: str = ""
    with_proposed: bool = False
    with_unmarked: bool = False
    split: tuple[int, ...] = ()
    split_by: SplitBy = SplitBy.ARTICLE
    stratified: bool = True
    seed: int = 0
    chunk: Chunk | None = None
    redact: Redaction = Redaction.STANDARD

    def __post_init__(self) -> None:
        good = len(self.split) in (2, 3) and min(self.split) >= 0
        if self.split and not (good and sum(share > 0 for share in self.split) > 1):
            raise NewsdeskError(
                "A split needs two or three shares, at least two of them above 0, such as "
                "80/10/10 for train, dev and test. Nothing was written."
            )

    @property
    def shares(self) -> dict[str, float]:
        """What share of the dataset each side is to have, from 0 to 1; empty without a split."""
        names = SIDES if len(self.split) == 3 else (SIDES[0], SIDES[2])
        total = sum(self.split)
        return {
            name: share / total for name, share in zip(names, self.split, strict=False) if share
        }

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of the annotations that are wanted; rejected ones never are."""
        allowed = (Status.ACCEPTED, Status.PROPOSED) if self.with_proposed else (Status.ACCEPTED,)
        asked = self.wanted.statuses if isinstance(self.wanted, AnnotationFilter) else ()
        return tuple(one for one in allowed if not asked or one in asked)

    @property
    def articles(self) -> ArticleFilter:
        """Which articles are meant."""
        wanted = self.wanted
        return wanted.articles if isinstance(wanted, AnnotationFilter) else wanted

    @property
    def picks(self) -> bool:
        """Whether not all annotations of an article are meant, apart from their status."""
        if not isinstance(self.wanted, AnnotationFilter):
            return False
        bare = msgspec.structs.replace(self.wanted, statuses=(), articles=ArticleFilter())
        return not bare.empty


def read_split(text: str) -> tuple[int, ...]:
    """Shares as they are typed: `80/10/10`, `80,10,10`, `4/1`. Raises NewsdeskError for others."""
    parts = [part.strip().rstrip("%") for part in text.replace(",", "/").split("/")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise NewsdeskError(
            f"“{text}” is no split. Nothing was written; write whole numbers, such as 80/10/10."
        )
    return DatasetOptions(split=tuple(int(part) for part in parts)).split
