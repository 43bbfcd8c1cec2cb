"""Reads the forms of headlines: "Klopp: we will win" and "Bridge unsafe, says engineer"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdesk.model import Manner
from newsdesk.suggest.direct import Reported
from newsdesk.suggest.frames import Range
from newsdesk.suggest.sentences import paragraphs

_COLON = re.compile(r"(?P<who>[^:.!?“”\"]{2,60}): +(?P<what>[^\n]{8,})$")
_SAYS = re.compile(
    r"(?P<what>[^\n:]{8,}), (?P<verb>says?|said|claims?|warns?|insists?|admits?) "
    r"(?P<who>[^,.!?\n]{2,60})$"
)
_NO_SPEAKER = frozenset(
    "analysis opinion live video watch listen exclusive breaking review revealed explained update "
    "updated live: comment editorial profile interview obituary factbox timeline photos".split()
)


def headline_quotes(
    text: str, entities: Sequence[Range], known: Sequence[Reported]
) -> list[Reported]:
    """The first line read as a headline; nothing if it ends as a sentence or is already taken."""
    lines = paragraphs(text)
    if not lines:
        return []
    start, end = lines[0]
    line = text[start:end]
    if line.endswith((".", "!", "”", '"')) or len(line) > 160 or "\n" not in text:
        return []
    if any(start <= report.start < end for report in known):
        return []
    match = _COLON.match(line)
    if match and match["who"].lower() not in _NO_SPEAKER:
        who = (start + match.start("who"), start + match.end("who"))
        if not any(who[0] <= s and e == who[1] for s, e in entities):
            return []
        what = (start + match.start("what"), start + match.end("what"))
        return [Reported((what,), Manner.INDIRECT, 0.7, "headline: name and colon", None, who)]
    match = _SAYS.match(line)
    if match:
        what = (start + match.start("what"), start + match.end("what"))
        cue = (start + match.start("verb"), start + match.end("verb"))
        who = (start + match.start("who"), start + match.end("who"))
        return [
            Reported(
                (what,), Manner.INDIRECT, 0.8, "headline: verb of speech", cue, who, match["verb"]
            )
        ]
    return []
