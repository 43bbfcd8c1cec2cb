"""What the reader knows besides the marks: labels, claims and who said what, kept edit by edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsdesk.model import Annotation, Attribution, Claim, Label, Layer, Status
from newsdesk.ui.reader.styles import UNKNOWN

_LONGEST_WORDS = 160

STATUS_WORDS = {
    Status.PROPOSED: "suggested",
    Status.ACCEPTED: "accepted",
    Status.REJECTED: "rejected",
}


class Relation(NamedTuple):
    """One end of an attribution, seen from the current annotation."""

    role: str
    annotation: str


class Context:
    """Labels by id, claims by id, attributions by the annotations that they tie together."""

    def __init__(self) -> None:
        self.labels: dict[str, Label] = {}
        self.claims: dict[str, Claim] = {}
        self._attributions: dict[str, Attribution] = {}
        self._touching: dict[str, dict[str, Attribution]] = {}
        self._unread: Iterable[Attribution] = ()

    def load(
        self,
        attributions: Iterable[Attribution],
        labels: Mapping[str, Label],
        claims: Mapping[str, Claim],
    ) -> None:
        """Take what belongs to an article; the attributions are read when one is asked for."""
        self.labels = dict(labels)
        self.claims = dict(claims)
        self._attributions.clear()
        self._touching.clear()
        self._unread = attributions

    def _read(self) -> None:
        unread, self._unread = self._unread, ()
        for attribution in unread:
            self._put(attribution)

    def put_attribution(self, attribution: Attribution) -> None:
        """Take one that is new or changed."""
        self.drop_attribution(attribution.id)
        self._put(attribution)

    def _put(self, attribution: Attribution) -> None:
        self._attributions[attribution.id] = attribution
        for annotation in _ends(attribution):
            self._touching.setdefault(annotation, {})[attribution.id] = attribution

    def drop_attribution(self, attribution_id: str) -> None:
        """Forget one."""
        self._read()
        old = self._attributions.pop(attribution_id, None)
        if old is not None:
            for annotation in _ends(old):
                self._touching[annotation].pop(attribution_id, None)

    def label_of(self, annotation: Annotation) -> Label:
        """Its label, or a grey stand-in where the codebook has none."""
        return self.labels.get(annotation.label, UNKNOWN)

    def layer_of(self, annotation: Annotation) -> Layer:
        """The layer of its label."""
        return self.labels.get(annotation.label, UNKNOWN).layer

    def claim_of(self, annotation: Annotation) -> Claim | None:
        """The claim that it is an appearance of."""
        return self.claims.get(annotation.claim) if annotation.claim is not None else None

    def relations_of(self, annotation: Annotation) -> list[Relation]:
        """Speaker, cue and via of a quote or claim; for a source or cue, what it belongs to."""
        self._read()
        found: dict[Relation, None] = {}
        hops = self._touching.get(annotation.id, {})
        for hop in sorted(hops.values(), key=lambda a: (a.hop, a.id)):
            if hop.status is Status.REJECTED:
                continue
            if hop.content != annotation.id:
                found[Relation("said", hop.content)] = None
                continue
            if hop.source_mention is not None:
                found[Relation("via" if hop.hop else "speaker", hop.source_mention)] = None
            if hop.cue is not None:
                found[Relation("cue", hop.cue)] = None
        return list(found)

    def spoken(self, annotation: Annotation) -> str:
        """Label, status and words, as they are read out: "PERSON, suggested, Virgil van Dijk"."""
        words = _cut(annotation.quote)
        return f"{self.label_of(annotation).name}, {STATUS_WORDS[annotation.status]}, {words}"


def _ends(attribution: Attribution) -> list[str]:
    ends = (attribution.content, attribution.source_mention, attribution.cue)
    return [end for end in ends if end is not None]


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_WORDS else line[: _LONGEST_WORDS - 1].rstrip() + "…"


def card_rows(
    context: Context, annotation: Annotation, quote_of: Mapping[str, str]
) -> list[tuple[str, str]]:
    """What the hover card says, row by row; `quote_of` gives the words of other annotations."""
    rows = [("", _cut(annotation.quote))]
    entity = quote_of.get(annotation.entity or "")
    if entity:
        rows.append(("Entity", entity))
    for relation in context.relations_of(annotation):
        words = quote_of.get(relation.annotation)
        if words:
            rows.append((relation.role.capitalize(), _cut(words)))
    claim = context.claim_of(annotation)
    if claim is not None:
        rows.append(("Claim", f"{claim.state.value} · {_cut(claim.statement)}"))
    rows.append(("Status", STATUS_WORDS[annotation.status]))
    by = annotation.author if annotation.origin == "human" else annotation.origin
    if by:
        rows.append(("By", by))
    if annotation.confidence is not None:
        rows.append(("Confidence", f"{annotation.confidence:.0%}"))
    rows += [(name, _cut(str(value))) for name, value in annotation.attributes.items() if value]
    if annotation.note:
        rows.append(("Note", _cut(annotation.note)))
    return rows
