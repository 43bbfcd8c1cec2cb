"""Small articles for the rules, marked in the text itself: “{q|It is shut,}” {s|she} {c|said}."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from newsdesk.desk.house.marked import Marked, marked
from newsdesk.model import (
    Annotation,
    Attribution,
    Label,
    Layer,
    Manner,
    Span,
    new_article,
    quote_of,
)

LABELS = {
    "q": Label(name="QUOTE", layer=Layer.QUOTE),
    "s": Label(name="SOURCE", layer=Layer.SOURCE),
    "c": Label(name="CUE", layer=Layer.CUE),
    "k": Label(name="CLAIM", layer=Layer.CLAIM),
    "p": Label(name="PERSON", layer=Layer.ENTITY),
    "d": Label(name="DATE", layer=Layer.ENTITY),
}
_MARK = re.compile(r"\{(\w+)\||\}")


def mark(
    text: str,
    *ties: dict[str, Any],
    fields: dict[str, dict[str, Any]] | None = None,
    manner: Manner | None = Manner.DIRECT,
) -> Marked:
    """An article whose marks are `{key|words}`; a key is a letter of `LABELS` and any number, and
    the same key twice is one annotation in pieces. Ties name their ends by these keys; without
    any, each quote has one with `s` and `c`."""
    plain, pieces, open_, at = "", {}, [], 0
    for found in _MARK.finditer(text):
        plain += text[at : found.start()]
        at = found.end()
        if found[1]:
            open_.append((found[1], len(plain)))
        else:
            key, start = open_.pop()
            pieces.setdefault(key, []).append(Span(start, len(plain)))
    plain += text[at:]
    article = new_article(plain)
    made = {
        key: Annotation(
            article=article.id,
            label=LABELS[key[0]].id,
            spans=tuple(spans),
            quote=quote_of(plain, tuple(spans)),
            **(fields or {}).get(key, {}),
        )
        for key, spans in pieces.items()
    }
    if not ties:
        ties = tuple({"content": key, "manner": manner} for key in made if key[0] == "q")
    return marked(
        article,
        made.values(),
        [_tie(made, tie) for tie in ties],
        {label.id: label for label in LABELS.values()},
    )


def _tie(made: dict[str, Annotation], tie: dict[str, Any]) -> Attribution:
    ends = {"source_mention": "s", "cue": "c"} if not tie.get("orphan") else {"cue": "c"}
    ids = {end: made[key].id for end, key in ends.items() if key in made}
    given = {
        name: made[value].id if name in ("content", "source_mention", "cue") and value else value
        for name, value in tie.items()
    }
    return Attribution(**{**ids, **given})


def words(found: Iterable[Any]) -> list[str]:
    """The words of what was found."""
    return [one.annotation.quote for one in found]
