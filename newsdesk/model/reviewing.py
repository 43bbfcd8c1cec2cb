"""The states of a claim as a machine: which steps there are, and what each of them asks for."""

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from newsdesk.model.values import ClaimState, Verdict

_S = ClaimState

STEPS: Mapping[ClaimState, tuple[ClaimState, ...]] = MappingProxyType(
    {
        _S.UNREVIEWED: (_S.IN_REVIEW,),
        _S.IN_REVIEW: (_S.NEEDS_EVIDENCE, _S.VERIFIED, _S.DISPUTED, _S.UNVERIFIABLE),
        _S.NEEDS_EVIDENCE: (_S.IN_REVIEW, _S.VERIFIED, _S.DISPUTED, _S.UNVERIFIABLE),
        _S.VERIFIED: (_S.IN_REVIEW, _S.CORRECTED, _S.RETRACTED),
        _S.DISPUTED: (_S.IN_REVIEW, _S.CORRECTED, _S.RETRACTED),
        _S.UNVERIFIABLE: (_S.IN_REVIEW, _S.CORRECTED, _S.RETRACTED),
        _S.CORRECTED: (_S.IN_REVIEW, _S.RETRACTED),
        _S.RETRACTED: (_S.IN_REVIEW,),
    }
)
"""The states that may follow each state. A closed claim is reopened into *in review*."""

SIGNED = frozenset((_S.VERIFIED, _S.DISPUTED, _S.CORRECTED, _S.RETRACTED))
"""States that need a second pair of eyes and evidence on record."""

VERDICTS: Mapping[ClaimState, tuple[Verdict, ...]] = MappingProxyType(
    {
        _S.VERIFIED: (Verdict.SUPPORTED,),
        _S.DISPUTED: (Verdict.REFUTED, Verdict.CONFLICTING_EVIDENCE),
        _S.UNVERIFIABLE: (Verdict.NOT_ENOUGH_EVIDENCE,),
        _S.CORRECTED: tuple(Verdict),
        _S.RETRACTED: tuple(Verdict),
    }
)
"""The verdicts that a closing state can have. A state that is not here has none."""


def steps_from(state: ClaimState) -> tuple[ClaimState, ...]:
    """The states that may follow a state."""
    return STEPS[state]


def needs_four_eyes(state: ClaimState) -> bool:
    """Whether a step into this state needs a reviewer who is no author of the appearances."""
    return state in SIGNED


def needs_evidence(state: ClaimState) -> bool:
    """Whether a step into this state needs evidence on record."""
    return state in SIGNED


def verdict_for(state: ClaimState, given: Verdict | None, before: Verdict | None) -> Verdict | None:
    """The verdict of a claim in this state; None while it is open.

    Where none is given, the only one possible is taken, or the one that stood before. Raises
    ValueError for one that the state can't have, and where there is a choice and none was made.
    """
    possible = VERDICTS.get(state, ())
    if given is not None and given not in possible:
        raise ValueError(f"a claim that is {state} can't have the verdict “{given}”")
    if given is not None or not possible:
        return given
    if len(possible) == 1:
        return possible[0]
    if before is None or before not in possible:
        choice = " or ".join(f"“{one}”" for one in possible)
        raise ValueError(f"a claim that is {state} needs a verdict: {choice}")
    return before


def is_second_pair(reviewer: str, authors: Iterable[str]) -> bool:
    """Whether a reviewer is none of the authors; case, spaces and Unicode forms don't count."""
    return _same(reviewer) not in {_same(one) for one in authors}


def _same(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
