"""What is measured, against which limit, and the budgets that are to be held."""

from __future__ import annotations

from functools import partial

from bench import bare
from bench.sides import Case, Figure, Measured, Room, Side


def late(module: str, function: str, *given: str) -> Side:
    """A side imported only in its own process: the limit's must stay bare."""

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
        corpora=(name,),
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
        corpora=(name,),
    )


_DESK = (
    _imports("1k", large=False),
    _imports("10k", large=True),
    _exports("1k", large=False),
    _exports("10k", large=True),
    Case(
        "save",
        partial(bare.save_one, name="1k"),
        late("desks", "save_one", "1k"),
        (Figure("save one annotation", ratio=5.0),),
        corpora=("1k",),
    ),
    Case(
        "accept",
        bare.decide_many,
        late("desks", "decide_many"),
        (
            Figure("accept 5,000 suggestions in one step", key="accept", ratio=5.0),
            Figure("undo it", key="undo", ratio=5.0),
        ),
        corpora=("proposed",),
    ),
    Case(
        "search-1k",
        partial(bare.search, name="1k"),
        late("desks", "search", "1k"),
        (Figure("search 1k articles", ratio=1.5),),
        corpora=("1k",),
    ),
    Case(
        "search-10k",
        partial(bare.search, name="10k"),
        late("desks", "search", "10k"),
        (Figure("search 10k articles", ratio=1.5),),
        large=True,
        corpora=("10k",),
    ),
)


def _late(name: str, what: str) -> Case:
    parts = {"open": "opened", "scroll": "scrolled", "tag": "tagged"}
    return Case(
        f"late-{name}",
        late("lateness", "bare_late", name),
        late("lateness", "late", name),
        tuple(
            Figure(f"event loop late at most, {what} {done}", key=key, seconds=0.05)
            for key, done in parts.items()
        ),
        large=name != "long",
        corpora=("long",),
    )


_WINDOW = (
    Case(
        "open",
        late("bareqt", "open_article", "1k"),
        late("windows", "open_article", "1k"),
        (Figure("open an article, database to pixels", ratio=2.0),),
        corpora=("1k",),
    ),
    Case(
        "long",
        late("bareqt", "open_long"),
        late("windows", "open_long"),
        (
            Figure("open a million characters with 20,000 annotations", ratio=5.0),
            Figure("the window with them, memory", key="peak", mebibytes=250),
        ),
        corpora=("long",),
    ),
    Case(
        "press",
        late("bareqt", "repaint"),
        late("windows", "press", "long"),
        (Figure("key press, committed, painted there", ratio=2.5, seconds=0.05),),
        corpora=("long",),
    ),
    Case(
        "scroll",
        late("bareqt", "scroll"),
        late("windows", "scroll", "long"),
        (
            Figure("scroll there, p50", ratio=1.7),
            Figure("scroll there, p95", ratio=2.0, p=0.95),
        ),
        corpora=("long",),
    ),
    Case(
        "growth-press",
        late("windows", "press", "sparse"),
        late("windows", "press", "long"),
        (Figure("key press, 20,000 annotations over 100", ratio=1.5),),
        corpora=("long", "sparse"),
    ),
    Case(
        "growth-scroll",
        late("windows", "scroll", "sparse"),
        late("windows", "scroll", "long"),
        (Figure("scroll, 20,000 annotations over 100", ratio=1.5),),
        corpora=("long", "sparse"),
    ),
    Case(
        "hits",
        None,
        late("windows", "search", "10k"),
        (Figure("first hits of a search in 10k articles painted", seconds=0.05),),
        large=True,
        corpora=("10k",),
    ),
    Case(
        "start-1k",
        late("bareqt", "start"),
        late("windows", "start", "1k"),
        (Figure("window visible on 1k articles", ratio=2.5),),
        corpora=("1k",),
    ),
    Case(
        "start-10k",
        late("bareqt", "start"),
        late("windows", "start", "10k"),
        (Figure("window visible on 10k articles", ratio=2.5),),
        large=True,
        corpora=("10k",),
    ),
)
_CLAIMS = (
    Case(
        "claims",
        None,
        late("claims", "workspace"),
        (
            Figure("the queue of 50,000 claims, narrowed and painted", key="queue", seconds=0.2),
            Figure("a claim's pane painted there", key="pane", seconds=0.1),
        ),
        large=True,
        corpora=("claims",),
    ),
    Case(
        "claims-compared",
        None,
        late("claims", "compare"),
        (
            Figure("the same claim elsewhere, by words", key="candidates", seconds=0.3),
            Figure("independence and circles of 50,000 claims", key="independence", seconds=10.0),
        ),
        large=True,
        corpora=("claims",),
    ),
)


def _there_and_back(format: str) -> Case:
    way = format if format == "html" else f"{format} and back"
    return Case(
        f"file-{format}",
        None,
        late("formats", "there_and_back", "10k", format),
        (Figure(f"10k articles to {way}, memory", key="peak", mebibytes=300),),
        large=True,
        corpora=("10k",),
    )


_FILES = (
    Case(
        "cas-convert",
        late("barecas", "convert", "1k"),
        late("formats", "convert_cas", "1k"),
        (Figure("convert 1k articles from doccano to UIMA CAS", ratio=0.33),),
        corpora=("1k",),
    ),
    Case(
        "cas-export",
        late("barecas", "export", "1k"),
        late("formats", "export_cas", "1k"),
        (Figure("export 1k articles as UIMA CAS", ratio=0.33),),
        corpora=("1k",),
    ),
    *map(
        _there_and_back,
        (
            *("brat", "cas-json", "cas-xmi", "conll", "conllu", "csv", "docbin", "doccano", "html"),
            *("json", "label-studio", "parquet", "prodigy", "refi-qda", "tei", "web-annotation"),
        ),
    ),
)


_LATE = (
    _late("long", "the long document"),
    _late("giant", "a text of 50 MB"),
    _late("paragraph", "a paragraph of a million characters"),
)
_ASKED = {
    "loads": "while a pipeline loads and reads an article",
    "long": "while 40,000 suggestions come in",
    "library": "while it reads 200 articles",
}
_SUGGESTIONS = (
    Case(
        "suggest-batch",
        late("suggestions", "bare_batch"),
        late("suggestions", "batch"),
        (Figure("suggestions for 60 articles", ratio=1.43),),
    ),
    Case(
        "suggest-late",
        None,
        late("suggestions", "late"),
        tuple(
            Figure(f"event loop late {most}, {done}", key=key, seconds=seconds, p=p)
            for key, done in _ASKED.items()
            for most, seconds, p in (("at most", 0.05, 1.0), ("in 99 of 100 beats", 0.016, 0.99))
        ),
        large=True,
    ),
)
CASES = {case.name: case for case in (*_DESK, *_WINDOW, *_FILES, *_CLAIMS, *_LATE, *_SUGGESTIONS)}
