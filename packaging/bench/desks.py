"""Newsdesk's own side of the cases without a window, through the desk's verbs."""

from __future__ import annotations

import hashlib
import random
import shutil
import time
from pathlib import Path

import newsdesk
from bench.bare import SEARCHES
from bench.corpus import PROPOSED
from bench.sides import Measured, Room
from newsdesk.desk import Desk, create_desk, open_desk
from newsdesk.desk.annotating import accept, annotate
from newsdesk.desk.importing import import_files

AUTHOR = "Bench"


def made(place: Path, file: Path) -> Desk:
    """A new desk with a corpus in it."""
    desk = create_desk(place, AUTHOR)
    report = import_files(desk, [file])
    assert not report.problems, report.problems[:3]
    return desk


def ready(room: Room, name: str) -> Path:
    """A desk of a corpus, made once for each state of the code that makes desks."""
    place = room.cache / f"desk-{name}-{code_mark()}.desk"
    if not place.exists():
        for old in room.cache.glob(f"desk-{name}-*"):
            old.unlink()
        draft = room.cache / f"draft-{name}.desk"
        for end in ("", "-wal", "-shm"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)
        made(draft, room.corpus(name)).close()
        draft.rename(place)
    return place


def code_mark() -> str:
    """A short hash of the code that decides what is in a desk's file."""
    running = hashlib.sha256()
    for floor in ("model", "store"):
        for file in sorted((Path(newsdesk.__file__).parent / floor).rglob("*.py")):
            running.update(file.read_bytes())
    return running.hexdigest()[:12]


def own_copy(room: Room, name: str) -> Path:
    """A copy of a ready desk that a run may write to."""
    return Path(shutil.copy(ready(room, name), room.scratch / "own.desk"))


def import_corpus(room: Room, name: str) -> Measured:
    """Import a corpus: validated, indexed, searchable, journalled."""
    desk = create_desk(room.scratch / "new.desk", AUTHOR)
    start = time.perf_counter()
    report = import_files(desk, [room.corpus(name)])
    taken = time.perf_counter() - start
    assert not report.problems, report.problems[:3]
    return {"seconds": taken}


def export_corpus(room: Room, name: str) -> Measured:
    """Export a desk as JSON lines."""
    from newsdesk.desk.exporting import export

    desk = open_desk(ready(room, name), AUTHOR)
    start = time.perf_counter()
    export(desk, room.scratch / "out.jsonl", "jsonl")
    return {"seconds": time.perf_counter() - start}


def save_one(room: Room, name: str) -> Measured:
    """Tag words: one change, journalled and synced."""
    desk = open_desk(own_copy(room, name), AUTHOR)
    lines = desk.library(limit=200)
    articles = [desk.article(one.id) for one in lines]
    label = desk.label("PERSON")
    chance = random.Random(1)
    samples = []
    for _ in range(300):
        article = chance.choice(articles)
        start = time.perf_counter()
        annotate(desk, article, label, [(5, 25)])
        samples.append(time.perf_counter() - start)
    return {"seconds": samples}


def decide_many(room: Room) -> Measured:
    """Accept 5,000 suggestions as one step, and undo it."""
    desk = open_desk(own_copy(room, "proposed"), AUTHOR)
    waiting = desk.proposed()[:PROPOSED]
    assert len(waiting) == PROPOSED
    start = time.perf_counter()
    assert accept(desk, waiting) == PROPOSED
    accepted = time.perf_counter()
    assert desk.undo() is not None
    return {"accept": accepted - start, "undo": time.perf_counter() - accepted}


def search(room: Room, name: str) -> Measured:
    """Ranked hits with snippets."""
    desk = open_desk(ready(room, name), AUTHOR)
    samples = []
    for _ in range(8):
        for asked in SEARCHES:
            start = time.perf_counter()
            assert desk.search(asked, 50)
            samples.append(time.perf_counter() - start)
    return {"seconds": samples}
