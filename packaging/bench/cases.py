"""What is measured, against which limit, and the budgets that are to be held."""

from __future__ import annotations

from functools import partial

from bench import bare
from bench.sides import Case, Figure, Measured, Room, Side


def late(module: str, function: str, *given: str) -> Side:
    """Newsdesk's side, imported only in its own process: the limit's must stay bare."""

    def side(room: Room) -> Measured:
        from importlib import import_module

        found: Measured = getattr(import_module(f"bench.{module}"), function)(room, *given)
        return found

    return side


def _imports(name: str, *, large: bool) -> Case:
    return Case(
        f"import-{name}",
        partial(bare.import_corpus, name=name),
        late("desks", "import_corpus", name),
        (
            Figure(f"import {name} articles", ratio=2.0),
            Figure(f"import {name} articles, memory", key="peak", mebibytes=150),
        ),
        large=large,
    )


def _exports(name: str, *, large: bool) -> Case:
    return Case(
        f"export-{name}",
        partial(bare.export_corpus, name=name),
        late("desks", "export_corpus", name),
        (
            Figure(f"export {name} articles as JSONL", ratio=3.0),
            Figure(f"export {name} articles, memory", key="peak", mebibytes=120),
        ),
        large=large,
    )


_ALL = (
    _imports("1k", large=False),
    _imports("10k", large=True),
    _exports("1k", large=False),
    _exports("10k", large=True),
    Case(
        "save",
        partial(bare.save_one, name="1k"),
        late("desks", "save_one", "1k"),
        (Figure("save one annotation", ratio=5.0),),
    ),
    Case(
        "accept",
        bare.decide_many,
        late("desks", "decide_many"),
        (
            Figure("accept 5,000 suggestions in one step", key="accept", ratio=5.0),
            Figure("undo it", key="undo", ratio=5.0),
        ),
    ),
    Case(
        "search-1k",
        partial(bare.search, name="1k"),
        late("desks", "search", "1k"),
        (Figure("search 1k articles", ratio=1.5),),
    ),
    Case(
        "search-10k",
        partial(bare.search, name="10k"),
        late("desks", "search", "10k"),
        (Figure("search 10k articles", ratio=1.5),),
        large=True,
    ),
)
CASES = {case.name: case for case in _ALL}
