"""Runs each side of a case in fresh processes of its own, in turn, and takes medians."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.sides import Case, Figure, Measured, Room

ROOT = Path(__file__).resolve().parents[2]
TIME_LIMIT = 900
"""Seconds after which a side is given up."""


class SideFailed(Exception):
    """A side ended without a measurement; the message holds what it said."""


@dataclass(frozen=True)
class Result:
    """One figure as measured: seconds or MiB, medians over the rounds."""

    case: str
    figure: str
    unit: str
    limit: float | None
    newsdesk: float
    ratio: float | None
    budget: str
    held: bool

    def as_json(self) -> dict[str, object]:
        """The result for a file."""
        return asdict(self)


Round = dict[str, list[float]]


def measured(case: Case, cache: Path, rounds: int, say: Callable[[str], None]) -> list[Result]:
    """Measure one case: limit and Newsdesk in turn, so that a busy machine strikes both."""
    say(f"{case.name}: making ready")
    in_fresh_process(case.name, "ready", cache)
    limits: list[Round] = []
    ours: list[Round] = []
    for number in range(rounds):
        say(f"{case.name}: round {number + 1} of {rounds}")
        if case.limit is not None:
            limits.append(in_fresh_process(case.name, "limit", cache))
        ours.append(in_fresh_process(case.name, "newsdesk", cache))
    return [_result(case.name, figure, limits, ours) for figure in case.figures]


def in_fresh_process(case: str, side: str, cache: Path) -> Round:
    """What one side measured; raises SideFailed with what it said where it measured nothing."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as scratch:
        surroundings = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "NEWSDESK_HOME": f"{scratch}/home",
            "NEWSDESK_AUTHOR": "Bench",
        }
        done = subprocess.run(
            [
                *(sys.executable, str(ROOT / "packaging" / "bench"), "--side", side, case),
                *("--cache", str(cache), "--scratch", scratch),
            ],
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
            check=False,
        )
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        raise SideFailed(
            f"{case}, {side}: ended with {done.returncode}\n{done.stderr.strip()[-600:]}"
        )
    found: Round = json.loads(lines[-1])
    return found


def do_side(case: Case, side: str, room: Room) -> None:
    """In the fresh process: do the work, then write what was measured as the last line."""
    work = {"limit": case.limit, "newsdesk": case.newsdesk, "ready": partial(_ready, case)}[side]
    assert work is not None, f"{case.name} has no {side}"
    found = {
        key: values if isinstance(values, list) else [values] for key, values in work(room).items()
    }
    found.setdefault("peak", [peak()])
    print("\n" + json.dumps(found), flush=True)
    os._exit(0)  # what a window or a database does on leaving is not measured


def _ready(case: Case, room: Room) -> Measured:
    from bench import bare, desks

    if "claims" in case.corpora:
        from bench import claims

        claims.ready(room)
    for name in (name for name in case.corpora if name != "claims"):
        bare.ready(room, name)
        desks.ready(room, name)
    return {}


def peak() -> float:
    """The most memory that this process held, in MiB."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        import resource

        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    # Not ru_maxrss, which begins at the parent's own peak.
    return next(
        int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")
    )


def _result(case: str, figure: Figure, limits: Sequence[Round], ours: Sequence[Round]) -> Result:
    ours_value = _value(figure, ours)
    has_limit = bool(limits) and figure.key in limits[0]
    limit = _value(figure, limits) if has_limit else None
    ratio = ours_value / limit if limit else None
    in_memory = figure.key == "peak"
    budgets = {
        f"≤ {figure.ratio} ×": (ratio, figure.ratio),
        f"≤ {1e3 * (figure.seconds or 0):.0f} ms": (ours_value, figure.seconds),
        f"≤ {figure.mebibytes} MiB": (ours_value, figure.mebibytes),
    }
    asked = {text: pair for text, pair in budgets.items() if pair[1] is not None}
    held = all(
        value is not None and most is not None and value <= most for value, most in asked.values()
    )
    return Result(
        case=case,
        figure=figure.name,
        unit="MiB" if in_memory else "s",
        limit=limit,
        newsdesk=ours_value,
        ratio=ratio,
        budget=", ".join(asked),
        held=held,
    )


def _value(figure: Figure, rounds: Sequence[Round]) -> float:
    return statistics.median(_share(found[figure.key], figure.p) for found in rounds)


def _share(samples: Sequence[float], p: float) -> float:
    if p == 0.5:
        return statistics.median(samples)
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, round(p * (len(ordered) - 1)))]
