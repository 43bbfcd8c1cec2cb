"""`python packaging/bench`: measure Newsdesk beside the bare limits, and print a table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:1] = [str(ROOT), str(ROOT / "packaging")]

from bench import corpus
from bench.cases import CASES
from bench.measuring import Result, SideFailed, do_side, measured
from bench.sides import Room
from bench.table import markdown, table


def main() -> int:
    """Measure what the arguments ask for; gives the exit code."""
    asked = arguments()
    cache = Path(asked.cache)
    if asked.side:
        do_side(CASES[asked.case], asked.side, Room(cache, Path(asked.scratch)))
        return 0
    chosen = [
        case
        for case in CASES.values()
        if (not asked.only or any(one in case.name for one in asked.only))
        and not (asked.quick and case.large)
    ]
    if not chosen:
        print(f"There is no such case. There are: {', '.join(CASES)}.", file=sys.stderr)
        return 2
    say("making the corpora, unless they are there")
    corpus.write_all(cache)
    rounds = asked.rounds or (1 if asked.quick else 3)
    results: list[Result] = []
    failed = 0
    for case in chosen:
        try:
            results += measured(case, cache, rounds, say)
        except SideFailed as failure:
            failed += 1
            print(failure, file=sys.stderr)
    print(f"{machine()}; medians of {rounds} rounds")
    print((markdown if asked.markdown else table)(results))
    if asked.json:
        found = {"machine": machine(), "rounds": rounds, "results": [r.as_json() for r in results]}
        Path(asked.json).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, no large corpora")
    parser.add_argument("--only", action="append", metavar="NAME", help="cases with this name")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds of each case")
    parser.add_argument("--json", metavar="PATH", help="also write the results there")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--cache", default=str(ROOT / "build" / "bench"), help="for the corpora")
    parser.add_argument("--side", choices=("limit", "newsdesk", "ready"), help=argparse.SUPPRESS)
    parser.add_argument("--scratch", help=argparse.SUPPRESS)
    parser.add_argument("case", nargs="?", help=argparse.SUPPRESS)
    return parser.parse_args()


def machine() -> str:
    """The machine in words, without its name."""
    kind = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    return f"{kind}, Python {platform.python_version()}"


def say(what: str) -> None:
    """Show how far the bench is."""
    end = "\r" if sys.stderr.isatty() else "\n"
    print(f"{what:<60}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
