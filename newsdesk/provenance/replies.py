"""The right of reply: who is accused, and what answer of theirs is on record."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from newsdesk.model import Assertion, Channel, Checkworthy, Claim, Source, SourceKind
from newsdesk.provenance.appearance import Appearance

_PAPERS = (
    SourceKind.DOCUMENT,
    SourceKind.MEDIA_OUTLET,
    SourceKind.DATABASE,
    SourceKind.POLL,
    SourceKind.OWN_OBSERVATION,
)


class Answer(StrEnum):
    """What the accused said."""

    DENIED = "denied"
    DECLINED = "declined to comment"
    RESPONDED = "responded"


class Reply(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An allegation in one article and the answer to it; `answer` is None where none is on record.

    `by` are the sources that answered. `second_hand` says that no charge is made, but that
    somebody's private words are told by another person.
    """

    claim: str
    appearance: str
    article: str
    answer: Answer | None = None
    by: tuple[str, ...] = ()
    second_hand: bool = False


class Voices(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who speaks for themselves in an article, and by what names the sources are known.

    `speaking` are source ids; `known_as` gives the names of each source's entity.
    """

    speaking: tuple[str, ...] = ()
    known_as: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


def replies(
    appearances: Sequence[Appearance],
    claims: Mapping[str, Claim],
    sources: Mapping[str, Source],
    voices: Voices,
) -> list[Reply]:
    """The allegations of one article with their answers (SCHEME, provenance 11).

    An allegation is a claim that a source *alleges*, or that somebody was asked about; the
    private words of a person that another person tells are listed too, since nobody heard that
    person. An answer counts for every allegation of the article that names who gave it. Claims
    that are marked as not worth a check are left out.
    """
    found = []
    for one in appearances:
        claim = claims[one.claim]
        if claim.checkworthy is Checkworthy.NO or one.only_denied:
            continue
        heard = _second_hand(one, sources)
        alleged = any(tie.assertion is Assertion.ALLEGED for tie in one.said)
        if not (heard or alleged or one.answers):
            continue
        answer, by = _own_answer(one)
        if answer is None and heard and not alleged:
            by = tuple(id for id in one.sources[:1] if id in voices.speaking)
            answer = Answer.RESPONDED if by else None
        elif answer is None:
            answer, by = _answer_elsewhere(one, claim, appearances, voices)
        found.append(
            Reply(
                claim=one.claim,
                appearance=one.id,
                article=one.article,
                answer=answer,
                by=by,
                second_hand=heard and not alleged,
            )
        )
    return found


def _own_answer(one: Appearance) -> tuple[Answer | None, tuple[str, ...]]:
    denied = [tie for tie in one.answers if tie.assertion is Assertion.DENIED]
    answers = denied or list(one.answers)
    if not answers:
        return None, ()
    by = tuple(tie.source for tie in answers if tie.source)
    return (Answer.DENIED if denied else Answer.DECLINED), by


def _answer_elsewhere(
    one: Appearance, claim: Claim, appearances: Sequence[Appearance], voices: Voices
) -> tuple[Answer | None, tuple[str, ...]]:
    """The answer that somebody whom the claim names gives elsewhere in the article."""
    told = _plain(claim.statement)

    def named(source: str | None) -> bool:
        known = voices.known_as.get(source or "", ())
        return source not in one.sources and any(_plain(name) in told for name in known)

    for other in appearances:
        answer, by = _own_answer(other)
        by = tuple(id for id in by if named(id))
        if answer is not None and by:
            return answer, by
    by = tuple(id for id in voices.speaking if named(id))
    return (Answer.RESPONDED, by) if by else (None, ())


def _second_hand(one: Appearance, sources: Mapping[str, Source]) -> bool:
    said = one.said
    lowest = [tie for tie in said if tie.hop == 0 and tie.source]
    above = [tie for tie in said if tie.hop == 1 and tie.source]
    if not lowest or not above or lowest[0].channel is not Channel.PRIVATE_COMMUNICATION:
        return False
    both = [sources.get(tie.source or "") for tie in (lowest[0], above[0])]
    return all(one is not None and one.kind not in _PAPERS for one in both)


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")
