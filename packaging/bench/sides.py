"""What both sides of a measurement are given, what they give back, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench import corpus

Measured = Mapping[str, float | list[float]]
"""Seconds by what was measured; of a list the median is taken."""


@dataclass(frozen=True)
class Room:
    """`cache` is kept between runs; `scratch` is empty at the start of each."""

    cache: Path
    scratch: Path

    def corpus(self, name: str) -> Path:
        """A corpus that was made already."""
        return corpus.path_of(self.cache, name)


Side = Callable[[Room], Measured]


@dataclass(frozen=True)
class Figure:
    """One line of the table: `key` of what was measured, and its budgets.

    `ratio` is Newsdesk over the limit, `seconds` and `mebibytes` are Newsdesk's own; with `p` the
    share of samples below the value, 0.5 being the median.
    """

    name: str
    key: str = "seconds"
    ratio: float | None = None
    seconds: float | None = None
    mebibytes: float | None = None
    p: float = 0.5


@dataclass(frozen=True)
class Case:
    """One measurement: the bare limit and Newsdesk doing the same work, in fresh processes.

    `large` cases are left out of a quick run; `corpora` are made ready before the first.
    """

    name: str
    limit: Side | None
    newsdesk: Side
    figures: tuple[Figure, ...]
    large: bool = field(default=False, kw_only=True)
    corpora: tuple[str, ...] = field(default=(), kw_only=True)
