"""The bare limits without a window: raw sqlite3 with FTS5, and an orjson stream."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from bench.corpus import PROPOSED, SHORT
from bench.sides import Measured, Room

SCHEMA = """
CREATE TABLE article(id INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL,
  published TEXT);
CREATE TABLE annotation(id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article(id),
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, layer TEXT NOT NULL, label TEXT NOT NULL,
  status TEXT NOT NULL);
CREATE INDEX annotation_by_place ON annotation(article, start);
CREATE VIRTUAL TABLE words USING fts5(title, text, content='article', content_rowid='id');
"""
PUT_ARTICLE = "INSERT INTO article VALUES (?, ?, ?, ?)"
PUT_MARK = (
    'INSERT INTO annotation(article, start, "end", layer, label, status) VALUES (?, ?, ?, ?, ?, ?)'
)
PUT_WORDS = "INSERT INTO words(rowid, title, text) VALUES (?, ?, ?)"
SEARCHES = ("ferry timetable", "harbours", "Łódź", '"without so much as a footnote"', "observ*")


def connect(place: Path, synchronous: str = "NORMAL") -> sqlite3.Connection:
    """A connection as fast as a careful program may have it."""
    db = sqlite3.connect(place, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA synchronous = {synchronous}")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a Newsdesk JSONL file."""
    with path.open("rb") as file:
        for line in islice(file, 1 + len(SHORT), None):
            yield orjson.loads(line)


def import_into(db: sqlite3.Connection, path: Path) -> None:
    """File, parsed, in one transaction, indexed and searchable: what any import must do."""
    db.executescript(SCHEMA)
    db.execute("BEGIN")
    for number, one in enumerate(lines(path), start=1):
        db.execute(PUT_ARTICLE, (number, one["title"], one["text"], one["published"]))
        db.executemany(
            PUT_MARK,
            [
                (number, *mark["spans"][0], mark["layer"], mark["label"], mark["status"])
                for mark in one["annotations"]
            ],
        )
        db.execute(PUT_WORDS, (number, one["title"], one["text"]))
    db.execute("COMMIT")


def ready(room: Room, name: str) -> Path:
    """A raw database of a corpus, made once."""
    place = room.cache / f"raw-{name}.db"
    if not place.exists():
        draft = place.with_suffix(".new")
        draft.unlink(missing_ok=True)
        db = connect(draft)
        import_into(db, room.corpus(name))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        draft.rename(place)
    return place


def own_copy(room: Room, name: str) -> Path:
    """A copy of a ready raw database that a run may write to."""
    return Path(shutil.copy(ready(room, name), room.scratch / "raw.db"))


def import_corpus(room: Room, name: str) -> Measured:
    """Import a corpus into a fresh file."""
    db = connect(room.scratch / "raw.db")
    start = time.perf_counter()
    import_into(db, room.corpus(name))
    return {"seconds": time.perf_counter() - start}


def export_corpus(room: Room, name: str) -> Measured:
    """Write every article with its annotations as JSON lines, two cursors in step."""
    db = connect(ready(room, name))
    start = time.perf_counter()
    marks = db.execute(
        'SELECT article, start, "end", layer, label FROM annotation ORDER BY article, start'
    )
    following = marks.fetchone()
    articles = db.execute("SELECT id, title, text, published FROM article ORDER BY id")
    with (room.scratch / "out.jsonl").open("wb", 1 << 20) as file:
        for number, title, text, published in articles:
            found = []
            while following and following[0] == number:
                found.append(
                    dict(zip(("start", "end", "layer", "label"), following[1:], strict=True))
                )
                following = marks.fetchone()
            one = {"id": number, "title": title, "text": text, "published": published}
            file.write(orjson.dumps({**one, "annotations": found}) + b"\n")
    return {"seconds": time.perf_counter() - start}


def save_one(room: Room, name: str) -> Measured:
    """Insert one annotation in a transaction of its own, synced to the disk."""
    db = connect(own_copy(room, name), synchronous="FULL")
    (count,) = db.execute("SELECT count(*) FROM article").fetchone()
    chance = random.Random(1)
    samples = []
    for _ in range(300):
        article = chance.randint(1, count)
        start = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        db.execute(PUT_MARK, (article, 5, 25, "entity", "PERSON", "accepted"))
        db.execute("COMMIT")
        samples.append(time.perf_counter() - start)
    return {"seconds": samples}


def decide_many(room: Room) -> Measured:
    """Set the status of 5,000 annotations in one transaction, and set it back in another."""
    place = own_copy(room, "proposed")
    taken = {}
    for what, status in (("accept", "accepted"), ("undo", "proposed")):
        db = connect(place, synchronous="FULL")
        found = db.execute("SELECT id FROM annotation ORDER BY id LIMIT ?", (PROPOSED,))
        ids = [row[0] for row in found]
        start = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        db.executemany("UPDATE annotation SET status = ? WHERE id = ?", [(status, i) for i in ids])
        db.execute("COMMIT")
        taken[what] = time.perf_counter() - start
        db.close()
    return taken


def search(room: Room, name: str) -> Measured:
    """Ranked hits with snippets."""
    db = connect(ready(room, name))
    query = (
        "SELECT a.id, a.title, snippet(words, 1, char(2), char(3), '…', 12) FROM words"
        " JOIN article a ON a.id = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT 50"
    )
    samples = []
    for _ in range(8):
        for asked in SEARCHES:
            start = time.perf_counter()
            db.execute(query, (_quoted(asked),)).fetchall()
            samples.append(time.perf_counter() - start)
    return {"seconds": samples}


def _quoted(asked: str) -> str:
    if asked.startswith('"') or asked.endswith("*"):
        return asked
    return " AND ".join(f'"{word}"' for word in asked.split())


def open_article(room: Room, name: str) -> Measured:
    """Read an article and its annotations."""
    db = connect(ready(room, name))
    (count,) = db.execute("SELECT count(*) FROM article").fetchone()
    chance = random.Random(2)
    samples = []
    for _ in range(300):
        number = chance.randint(1, count)
        start = time.perf_counter()
        db.execute("SELECT * FROM article WHERE id = ?", (number,)).fetchone()
        db.execute(
            "SELECT * FROM annotation WHERE article = ? ORDER BY start", (number,)
        ).fetchall()
        samples.append(time.perf_counter() - start)
    return {"seconds": samples}
