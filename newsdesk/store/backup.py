"""A complete copy of a desk's file: copying the file alone would leave the log behind."""

import sqlite3
from pathlib import Path

from newsdesk.model import NewsdeskError


def backup(desk: Path, to: Path) -> Path:
    """Copy a desk, its write-ahead log included, into a new file; open the copy and check it.

    Raises NewsdeskError where the copy exists already, can't be written, or is not sound.
    """
    if to.exists():
        raise NewsdeskError(f"{to} exists already. Nothing was changed; choose another name.")
    try:
        source = sqlite3.connect(f"{desk.absolute().as_uri()}?mode=ro", uri=True)
        try:
            source.execute("VACUUM INTO ?", (str(to),))
        finally:
            source.close()
        copy = sqlite3.connect(f"{to.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            copy.close()
    except sqlite3.Error as error:
        raise NewsdeskError(
            f"No copy of {desk.name} could be made at {to}: {error}. The desk is as it was."
        ) from error
    if verdict != "ok":
        raise NewsdeskError(f"The copy at {to} is not sound: {verdict}. The desk may be damaged.")
    return to
