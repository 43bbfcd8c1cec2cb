"""What suggestions cost: the pipeline behind the desk, and how late they make the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bench import bareqt, corpus, desks
from bench.lateness import BEAT, Watch
from bench.sides import Measured, Room
from bench.windows import shown
from newsdesk.desk import Desk, create_desk
from newsdesk.desk.articles import add_article
from newsdesk.desk.codebooks import use_codebook
from newsdesk.desk.library_suggesting import Tally, suggest_many
from newsdesk.model import ArticleFilter, new_article
from newsdesk.ui.suggestions.run import SuggestionRun
from newsdesk.ui.window import Window

BATCH, LIBRARY = 60, 200
PATIENCE = 600
"""Seconds after which suggestions that have not come never will."""


class Beats(Watch):
    """Keeps by how much each beat came late, not the worst alone."""

    def __init__(self) -> None:
        self.late: list[float] = []
        super().__init__()

    def _beat(self) -> None:
        before = self._last
        super()._beat()
        self.late.append(max(0.0, self._last - before - BEAT / 1000))

    def taken(self) -> list[float]:
        """The beats since this was asked before."""
        late, self.late = self.late, []
        return late


def bare_batch(room: Room) -> Measured:
    """The pipeline's folder, loaded and asked with spaCy alone."""
    import spacy

    from newsdesk.settings import shipped
    from newsdesk.suggest import pipeline

    pipeline.register()
    nlp = spacy.load(shipped("resources", "models", pipeline.NAME))
    texts = _texts(BATCH)
    start = time.perf_counter()
    docs = list(nlp.pipe(texts))
    taken = time.perf_counter() - start
    assert all(doc.spans for doc in docs)
    return {"seconds": taken}


def batch(room: Room) -> Measured:
    """The same texts as articles of a desk: asked about, compared, written, journalled."""
    from newsdesk.suggest.suggester import own_suggester

    desk, suggester, tally = _desk(room, _texts(BATCH)), own_suggester(), Tally()
    ids = [line.id for line in desk.library(limit=BATCH)]
    start = time.perf_counter()
    suggest_many(desk, ids, suggester, tally, lambda: None)
    taken = time.perf_counter() - start
    assert tally.articles == BATCH
    assert tally.found > BATCH
    return {"seconds": taken}


def late(room: Room) -> Measured:
    """By how much each beat was late while a pipeline loads for an article, while it reads the
    long text and its suggestions come in, and while it reads a library."""
    texts = [*_texts(LIBRARY), corpus.long_article(0, corpus.LONG)["text"]]
    _desk(room, texts).close()
    app, window, desk = shown(_place(room))
    ids = {line.title: line.id for line in desk.library(limit=len(texts))}
    beats, asking = Beats(), window.suggesting
    found: dict[str, float | list[float]] = {}
    for key, title in (("loads", "0"), ("long", str(LIBRARY))):
        window.annotate.open_article(ids[title])
        _until(app, partial(_is_open, window, ids[title]))
        bareqt.rest(app)
        beats.taken()
        asking.ask()
        _until(app, lambda: not asking.findChildren(SuggestionRun))
        bareqt.rest(app)
        found[key] = beats.taken()
        assert window.annotate.open.waiting, "nothing was suggested"
    run = SuggestionRun(window, asking.worker, asking)
    run.begin("Library", ArticleFilter(), leave_asked=True)
    _until(app, lambda: not asking.findChildren(SuggestionRun))
    found["library"] = beats.taken()
    assert all(line.proposed for line in desk.library(limit=len(texts)))
    asking.stop()
    return found


def _is_open(window: Window, id: str) -> bool:
    return window.annotate.open.article is not None and window.annotate.open.article.id == id


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    start = time.perf_counter()
    while not done():
        app.processEvents()
        time.sleep(BEAT / 4000)  # so that the bench's own loop takes no processor
        assert time.perf_counter() - start < PATIENCE, "it did not end"


def _texts(count: int) -> list[str]:
    return [corpus.article(number)["text"] for number in range(1, count + 1)]


def _place(room: Room) -> Path:
    return room.scratch / "suggestions.desk"


def _desk(room: Room, texts: list[str]) -> Desk:
    desk = create_desk(_place(room), desks.AUTHOR)
    use_codebook(desk)
    with desk.change("Articles"):
        for number, text in enumerate(texts):
            add_article(desk, new_article(text, title=str(number)))
    return desk
