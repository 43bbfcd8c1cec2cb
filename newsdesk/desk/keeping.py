"""Keeping a desk safe: complete copies of its file."""

from pathlib import Path

from newsdesk.store import backup


def back_up(desk: Path, to: Path) -> Path:
    """Copy a desk's file, its write-ahead log included, and check the copy (see store.backup)."""
    return backup.backup(desk, to)
