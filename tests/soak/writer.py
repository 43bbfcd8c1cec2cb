"""Saves changes to a desk, one after another, and acknowledges each on stdout once it is saved."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsdesk.desk import open_desk
from newsdesk.model import Revision
from newsdesk.store.rows import KINDS
from tests.soak.wear import digest, quote_nth


def main() -> None:
    place, article_id, author, first, count = sys.argv[1:]
    desk = open_desk(place, author)
    article = desk.article(article_id)
    saved: list[Revision] = []
    desk.listeners.append(saved.append)
    for n in range(int(first), int(first) + int(count)):
        quote_nth(desk, article, n % 1_200)
        (change,) = (one for one in saved if one.author == author)
        saved.clear()
        # Announced without edits where another writer came in between: the journal has them.
        after = {
            f"{entry.kind} {entry.record}": digest(desk.get(KINDS[entry.kind], entry.record))
            for batch in desk.journalled(change.seq)
            for entry in batch
        }
        # One write: a line is acknowledged whole or not at all.
        os.write(1, (json.dumps(after) + "\n").encode())


main()
