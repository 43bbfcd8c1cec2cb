"""Sources, and who said what through whom: the attribution relation of PARC3 (Pareti 2016)."""

import msgspec

from newsdesk.model.annotation import HUMAN
from newsdesk.model.record import Record
from newsdesk.model.values import (
    Assertion,
    Attitude,
    Channel,
    Manner,
    SourceKind,
    SourceRole,
    SourceStatus,
    Status,
)


class Anonymity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Why a source is not named: the reason, its position to know, and who approved it."""

    reason: str = ""
    position_to_know: str = ""
    approved_by: str = ""


class Source(Record, frozen=True, kw_only=True, gc=False):
    """Who or what speaks, described as printed; never the identity of a confidential source."""

    description: str
    kind: SourceKind
    entity: str | None = None
    role: SourceRole | None = None
    status: SourceStatus = SourceStatus.CURRENT
    anonymity: Anonymity | None = None

    def __post_init__(self) -> None:
        if not self.description.strip():
            raise ValueError("a source needs a description as printed")
        if self.kind.unnamed and self.entity is not None:
            raise ValueError("an unnamed source is never linked to an entity")


class Attribution(Record, frozen=True, kw_only=True, gc=False):
    """One hop: `content` (a quote or claim annotation) is ascribed to `source`.

    Hop 0 is the originator. `source_mention` and `cue` are annotations of the same article;
    `orphan` says that the text names no source.
    """

    content: str
    source: str | None = None
    source_mention: str | None = None
    cue: str | None = None
    hop: int = 0
    manner: Manner | None = None
    attitude: Attitude | None = None
    assertion: Assertion | None = None
    channel: Channel | None = None
    orphan: bool = False
    status: Status = Status.ACCEPTED
    origin: str = HUMAN
    confidence: float | None = None

    def __post_init__(self) -> None:
        if self.hop < 0:
            raise ValueError("a hop is counted from 0, the originator")
        if self.orphan and (self.source or self.source_mention):
            raise ValueError("an orphan attribution has no source")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")

    @property
    def is_answer(self) -> bool:
        """Whether this hop answers its content instead of making it (docs/seeds.md, “Answers”).

        “Declined to comment” at any hop, and a denial at hop 0, are no rungs of a ladder.
        """
        if self.channel is Channel.DECLINED_TO_COMMENT:
            return True
        return self.hop == 0 and self.assertion is Assertion.DENIED
