"""A complete copy of a desk's file: copying the file alone would leave the log behind."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from newsdesk.model import NewsdeskError


def backup(desk: Path, to: Path) -> Path:
    """Copy a desk, its write-ahead log included, into a new file; open the copy and check it.

    Raises NewsdeskError where the copy exists already, can't be written, or is not sound.
    """
    if to.exists():
        raise NewsdeskError(f"{to} exists already. Nothing was changed; choose another name.")
    try:
        # Where a write-ahead log can't be, as in a read-only folder, there is none to miss.
        effective = os.access in os.supports_effective_ids
        places = (desk, desk.parent)
        writable = all(os.access(one, os.W_OK, effective_ids=effective) for one in places)
        still = "" if writable else "&immutable=1"
        source = sqlite3.connect(f"{desk.absolute().as_uri()}?mode=ro{still}", uri=True)
        try:
            if writable:
                source.execute("VACUUM INTO ?", (str(to),))
            else:  # VACUUM wants to write beside what it reads
                with closing(sqlite3.connect(to)) as target:
                    source.backup(target)
        finally:
            source.close()
        copy = sqlite3.connect(f"{to.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            copy.close()
    except sqlite3.Error as error:
        with suppress(OSError):  # there may be no such folder at all
            to.unlink()
        raise NewsdeskError(
            f"No copy of {desk.name} could be made at {to}: {error}. The desk is as it was."
        ) from error
    if verdict != "ok":
        raise NewsdeskError(f"The copy at {to} is not sound: {verdict}. The desk may be damaged.")
    return to
