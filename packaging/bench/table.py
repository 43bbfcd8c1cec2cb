"""The bench's results as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from bench.measuring import Result

HEADS = ("work", "limit", "Newsdesk", "ratio", "budget", "")


def table(results: Sequence[Result]) -> str:
    """The results in columns."""
    rows = [HEADS, *(_row(one) for one in results)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    lines = []
    for row in rows:
        first, *others, last = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others), last[0]]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)


def markdown(results: Sequence[Result]) -> str:
    """The results as a Markdown table, for docs/measurements.md."""
    rows = [HEADS, ("---", "---:", "---:", "---:", "---", "---"), *(_row(one) for one in results)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(one: Result) -> tuple[str, str, str, str, str, str]:
    return (
        one.figure,
        "–" if one.limit is None else _shown(one.limit, one.unit),
        _shown(one.newsdesk, one.unit),
        "–" if one.ratio is None or one.unit == "MiB" else f"{one.ratio:.2f} ×",
        one.budget,
        "" if not one.budget else "ok" if one.held else "OVER",
    )


def _shown(value: float, unit: str) -> str:
    if unit == "MiB":
        return f"{value:.0f} MiB"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{1e3 * value:.2f} ms" if value < 0.1 else f"{1e3 * value:.0f} ms"
