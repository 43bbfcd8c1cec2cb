"""Looks at altered desks as the window would, and says of each whether it was honest about it."""

import json
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsdesk.desk import Desk, open_desk
from newsdesk.model import NewsdeskError
from newsdesk.store.rows import KINDS
from tests.soak.wear import digest


def examined(place: Path, records: dict[str, str], texts: dict[str, str]) -> str:
    """How a desk behaved, in a word or two; FAILED and why where it was not honest."""
    before = place.read_bytes()
    try:
        desk = open_desk(place, "Examiner")
    except NewsdeskError:
        outcome = "refused to open"
    else:
        try:
            outcome = looked_at(desk, records, texts)
        finally:
            desk.close()
    if place.read_bytes() != before:
        return "FAILED: the file was changed"
    return outcome


def looked_at(desk: Desk, records: dict[str, str], texts: dict[str, str]) -> str:
    refused = False
    for id, text in texts.items():
        try:
            if desk.article(id).text != text:
                return "FAILED: a wrong text was shown"
        except NewsdeskError:
            refused = True
    for view in (desk.library, desk.codebook, lambda: desk.search("harbour"), desk.log):
        try:
            view()
        except NewsdeskError:
            refused = True
    differs = False
    for name, kind in KINDS.items():
        try:
            now = {f"{name} {one.id}": digest(one) for one in desk.each(kind)}
            differs |= now != {k: v for k, v in records.items() if k.split()[0] == name}
        except NewsdeskError:
            refused = True
    try:
        found = bool(list(desk.check()))
    except NewsdeskError:
        found = True
    if (differs or refused) and not found:
        return f"FAILED: the check found nothing ({differs=} {refused=})"
    if refused:
        return "refused in part"
    return "found by the check" if found else "no harm"


def main() -> None:
    truth = json.loads(Path(sys.argv[1]).read_text())
    for name in sys.argv[2:]:
        try:
            outcome = examined(Path(name), truth["records"], truth["texts"])
        except Exception as error:  # noqa: BLE001 - whatever comes is the finding
            last = traceback.extract_tb(error.__traceback__)[-1]
            inside = [
                f for f in traceback.extract_tb(error.__traceback__) if "newsdesk" in f.filename
            ]
            where = inside[-1] if inside else last
            outcome = (
                f"FAILED: {type(error).__name__}: {str(error)[:200]!r} at "
                f"{Path(where.filename).name}:{where.lineno} {where.name}"
            )
        print(" ".join(outcome.split()), flush=True)


main()
