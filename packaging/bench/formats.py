"""Newsdesk's own side of the cases about files: from one format to another, and memory."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench import desks
from bench.barecas import doccano, fast_place
from bench.measuring import peak
from bench.sides import Measured, Room
from newsdesk.desk import open_desk
from newsdesk.desk.exporting import export
from newsdesk.formats import format_named
from newsdesk.formats.converting import convert
from newsdesk.formats.inputs import FileInput


def convert_cas(room: Room, name: str) -> Measured:
    """doccano's lines to a folder of XMI, with its type system and companion."""
    source = FileInput(doccano(room, name))
    with fast_place() as folder:
        start = time.perf_counter()
        convert(source, format_named("doccano"), format_named("cas-xmi"), folder / "cas")
        return {"seconds": time.perf_counter() - start}


def export_cas(room: Room, name: str) -> Measured:
    """A desk to a folder of XMI."""
    desk = open_desk(desks.ready(room, name), desks.AUTHOR)
    with fast_place() as folder:
        start = time.perf_counter()
        export(desk, folder / "cas", "cas-xmi")
        return {"seconds": time.perf_counter() - start}


def there_and_back(room: Room, name: str, format: str) -> Measured:
    """A dataset into a format and, where it holds one, home again."""
    form, lines = format_named(format), format_named("jsonl")
    start = time.perf_counter()
    away = room.scratch / "away"
    convert(FileInput(room.corpus(name)), lines, form, away)
    if form.read is not None and format != "html":  # a page is read as one article
        convert(FileInput(away), form, lines, room.scratch / "home.jsonl")
    return {"seconds": time.perf_counter() - start, "peak": max(peak(), _children())}


def _children() -> float:
    """The most memory that a process of ours held, in MiB; 0 where the platform does not tell."""
    if sys.platform != "linux":
        return 0.0
    import multiprocessing

    held = 0.0
    for child in multiprocessing.active_children():
        status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
        words = next(line for line in status.splitlines() if line.startswith("VmHWM")).split()
        held = max(held, int(words[1]) / 1024)
    return held
