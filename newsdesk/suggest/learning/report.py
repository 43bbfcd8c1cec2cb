"""What a training did: the scores on texts that it had not learnt from, before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from newsdesk.suggest.evaluation import Report
from newsdesk.suggest.learning.scoring import LEAST_GAIN, added
from newsdesk.suggest.learning.teaching import Taught
from newsdesk.suggest.scores import Count

_MOST_LOST = 0.02  # F1 that none of names, quotes and claims may lose


@dataclass(frozen=True, slots=True)
class Row:
    """One label: how many gold marks, and precision, recall and F1 before and after."""

    label: str
    gold: int
    before: tuple[float, float, float]
    after: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """Where the pipeline was written and what it is worth. Plain values: goes between processes.

    `learnt` and `held_out` count articles; `annotations` those learnt from. `better` says whether
    the new pipeline did better on the held-out articles; only then may it be taken into use
    unasked. `digest` is the folder's SHA-256, to be pinned with it.
    """

    folder: str
    digest: str
    learnt: int
    held_out: int
    annotations: int
    rows: tuple[Row, ...]
    better: bool
    seconds: float
    parts: tuple[Taught, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        keys = ("precision", "recall", "f1")
        return {
            "folder": self.folder,
            "sha256": self.digest,
            "articles_learnt_from": self.learnt,
            "articles_held_out": self.held_out,
            "annotations": self.annotations,
            "better": self.better,
            "seconds": round(self.seconds, 1),
            "labels": [
                {
                    "label": row.label,
                    "gold": row.gold,
                    "before": dict(zip(keys, row.before, strict=True)),
                    "after": dict(zip(keys, row.after, strict=True)),
                }
                for row in self.rows
            ],
        }

    def table(self) -> str:
        """The report as a table in plain text."""
        lines = [
            f"{'on held-out articles':24}{'':8}{'before':^24}{'after':^24}",
            f"{'':24}{'gold':>8}" + f"{'precision':>10}{'recall':>8}{'F1':>6}" * 2,
        ]
        for row in self.rows:
            (p, r, f), (p2, r2, f2) = row.before, row.after
            lines.append(
                f"{row.label:24}{row.gold:8}{p:10.3f}{r:8.3f}{f:6.3f}{p2:10.3f}{r2:8.3f}{f2:6.3f}"
            )
        return "\n".join(lines)


def rows_of(before: Report, after: Report) -> tuple[Row, ...]:
    """The rows of two evaluations of the same texts: labels, quotes, claims, and all together."""
    pairs = [
        (label, count, after.entities.get(label, Count()))
        for label, count in sorted(before.entities.items())
    ]
    for title, name in _GROUPS:
        pairs.append((title, getattr(before, name), getattr(after, name)))
    rows = [_row(*pair) for pair in pairs if pair[1].hit + pair[1].missed]
    return (*rows, _row(ALL, _sum(before), _sum(after)))


_GROUPS = (
    ("direct quotes, exact", "direct"),
    ("indirect quotes, exact", "indirect"),
    ("claims", "claims"),
)
ALL = "all together"


def is_better(before: Report, after: Report) -> bool:
    """Whether the new pipeline gains over all labels together, and loses nowhere much."""
    if _sum(after).f1 < _sum(before).f1 + LEAST_GAIN:
        return False
    pairs = [(_names(before), _names(after))]
    pairs += [(getattr(before, name), getattr(after, name)) for _, name in _GROUPS]
    return all(new.f1 >= old.f1 - _MOST_LOST for old, new in pairs)


def _names(report: Report) -> Count:
    return added(report.entities.values())


def _sum(report: Report) -> Count:
    return added([*report.entities.values(), report.direct, report.indirect, report.claims])


def _row(label: str, before: Count, after: Count) -> Row:
    return Row(label, round(before.hit + before.missed), _three(before), _three(after))


def _three(count: Count) -> tuple[float, float, float]:
    return round(count.precision, 4), round(count.recall, 4), round(count.f1, 4)
