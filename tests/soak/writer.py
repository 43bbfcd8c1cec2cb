"""Saves changes to a desk, one after another, and acknowledges each on stdout once it is saved."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsdesk.desk import open_desk
from newsdesk.model import Revision
from tests.soak.wear import digest, quote_nth


def main() -> None:
    place, article_id, author, first, count = sys.argv[1:]
    desk = open_desk(place, author)
    article = desk.article(article_id)
    saved: list[Revision] = []
    desk.listeners.append(saved.append)
    for n in range(int(first), int(first) + int(count)):
        quote_nth(desk, article, n % 1_200)
        own = [one for one in saved if one.author == author and one.edits]
        saved.clear()
        (change,) = own
        after = {
            f"{type(one.record).__name__} {one.record.id}": digest(one.after)
            for one in change.edits or ()
            if one.after is not None
        }
        # One write: a line is acknowledged whole or not at all.
        os.write(1, (json.dumps(after) + "\n").encode())


main()
