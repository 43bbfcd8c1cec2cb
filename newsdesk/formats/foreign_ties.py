"""Relations of another tool's file as attributions and links, with those that it carried."""

import re
from collections.abc import Sequence
from typing import Any

from newsdesk.formats.codebook import Codebook
from newsdesk.formats.derived import derived_id
from newsdesk.formats.foreign_marks import FRAGMENT
from newsdesk.formats.objects import Misfit
from newsdesk.model import Layer, LinkKind, Status

Object = dict[str, Any]
Shown = tuple[str, str, str]
"""A relation that the file shows: the ids of both annotations ("" for none), and its word."""

_HOP = re.compile(r"(source|speaker|cue)(?:[ _-]?(\d{1,3}))?", re.I)
_KINDS = {kind.value: kind for kind in LinkKind} | {"coref": LinkKind.COREFERENCE}
_CONTENT = (Layer.QUOTE, Layer.CLAIM)
_ROLE = {"source": "source_mention", "speaker": "source_mention", "cue": "cue"}


class Ties:
    """Attributions and links of one article. `others` are relations without a place of their own:
    they are kept with the article, under `relations`."""

    def __init__(
        self, codebook: Codebook, marks: Sequence[Object], attributions: Sequence[Any]
    ) -> None:
        self._codebook = codebook
        self._marks = {str(mark.get("id")): mark for mark in marks}
        self._carried = [
            dict(tie)
            for tie in attributions
            if isinstance(tie, dict) and str(tie.get("content")) in self._marks
        ]
        self.attributions: list[Object] = []
        self.links: list[Object] = []
        self.others: list[Object] = []

    def read(
        self, shown: Sequence[Shown] | None, article: str, links: Sequence[Any]
    ) -> list[tuple[str, bool]]:
        """Take in what the file shows, or, where it shows none, what it carried.

        Gives what is to be said of it, and whether that is a fault.
        """
        self._shown = None if shown is None else set(shown)
        for tie in self._carried:
            self._keep(tie)
        known = set()
        for link in links:
            if not isinstance(link, dict):
                continue
            ends = (str(link.get("from")), str(link.get("to")), str(link.get("kind")))
            within = ends[0] in self._marks and ends[1] in self._marks
            if not within or self._shown is None or ends in self._shown:
                self.links.append(link)
                known.add(ends)
        told: dict[str, bool] = {}
        for start, end, word in shown or ():
            if word == FRAGMENT and start and end:
                continue
            if not start or not end:
                told[f"the relation “{word}” leads to a mark that is not there"] = True
            elif (start, end, word) not in known:
                self._new(start, end, word, article, told)
        return list(told.items())

    def _keep(self, tie: Object) -> None:
        """An attribution that the file carried, without the ends that were taken away since."""
        content = str(tie.get("content"))
        for word, role in (("source", "source_mention"), ("cue", "cue")):
            end = tie.get(role)
            if end is None:
                continue
            hop = tie.get("hop") or 0
            shown = (content, str(end), f"{word} {hop}" if hop else word)
            hidden = Status.REJECTED in (self._status(content), self._status(str(end)))
            if str(end) not in self._marks or not (
                self._shown is None or hidden or shown in self._shown
            ):
                tie[role] = None
        self.attributions.append(tie)

    def _status(self, id: str) -> Any:
        return self._marks.get(id, {}).get("status")

    def _new(self, start: str, end: str, word: str, article: str, told: dict[str, bool]) -> None:
        hop = _HOP.fullmatch(word)
        carried = any(tie["content"] == start for tie in self.attributions)
        if hop and (carried or self._layer(start) in _CONTENT):
            self._attribute(start, end, _ROLE[hop[1].lower()], int(hop[2] or 0))
            return
        plain = re.sub(r"[\s-]+", "_", word.strip().lower())
        kind = _KINDS.get(plain)
        if kind and start != end:
            link = {"id": derived_id(article, start, end, kind.value), "kind": kind.value}
            link |= {"from": start, "to": end}
            if link not in self.links:
                self.links.append(link)
            return
        other = {"from": start, "to": end, "type": word}
        if other not in self.others:
            self.others.append(other)
            told[f"the relation “{word}” is no kind that Newsdesk knows: it is kept aside"] = False

    def _attribute(self, content: str, end: str, role: str, hop: int) -> None:
        same = [
            tie
            for tie in self.attributions
            if tie["content"] == content and (tie.get("hop") or 0) == hop
        ]
        if any(tie.get(role) == end for tie in same):
            return
        for tie in same:
            if tie.get(role) is None and not tie.get("orphan"):
                tie[role] = end
                return
        id = derived_id(content, role, end, str(hop))
        made = {"id": id, "content": content, role: end, "hop": hop}
        if self._status(content) == Status.PROPOSED:
            made["status"] = Status.PROPOSED
        self.attributions.append(made)

    def _layer(self, id: str) -> Layer | None:
        mark = self._marks[id]
        if isinstance(said := mark.get("layer"), str):
            return next((layer for layer in Layer if layer == said), None)
        try:
            return self._codebook.find(str(mark.get("label")), None).layer
        except Misfit:
            return None
