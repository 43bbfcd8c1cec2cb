"""The anonymity ledger: unnamed sources, what is known of them, and plurals without a crowd."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from newsdesk.model import Anonymity, Source, SourceKind
from newsdesk.provenance.wording import stem, words

PERSONS = frozenset(
    stem(one)
    for one in (
        "officials sources officers aides advisers insiders diplomats investigators executives "
        "lawyers ministers colleagues friends relatives spokespeople spokesmen spokeswomen "
        "witnesses experts analysts scientists doctors residents neighbours employees workers "
        "staff managers directors critics observers campaigners politicians lawmakers senators "
        "councillors detectives prosecutors people persons members players teammates bankers "
        "traders investors engineers activists soldiers commanders teachers nurses"
    ).split()
)
"""What newspapers call several people whom they don't name. A plain list: add to it freely."""

_COUNTED = re.compile(
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|both|another|third)\b",
    re.IGNORECASE,
)


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An unnamed source as printed, and what of its anonymity is not on record.

    `missing` holds some of “reason”, “position_to_know” and “approved_by”.
    """

    source: str
    description: str
    kind: SourceKind
    anonymity: Anonymity
    missing: tuple[str, ...]
    articles: tuple[str, ...] = ()


class Plural(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """“Officials say”, with fewer than two of them on record in that article."""

    article: str
    source: str
    description: str
    on_record: int
    individuals: tuple[str, ...] = ()


def anonymity_ledger(
    sources: Iterable[Source], articles: Mapping[str, Iterable[str]] | None = None
) -> list[LedgerLine]:
    """Every unnamed source, with what is missing (SCHEME, provenance 4).

    `articles` gives the ids of the articles that rely on each source.
    """
    used = articles or {}
    lines = []
    for source in sources:
        if not source.kind.unnamed:
            continue
        known = source.anonymity or Anonymity()
        asked = ("reason", "position_to_know", "approved_by")
        lines.append(
            LedgerLine(
                source=source.id,
                description=source.description,
                kind=source.kind,
                anonymity=known,
                missing=tuple(name for name in asked if not getattr(known, name).strip()),
                articles=tuple(dict.fromkeys(used.get(source.id, ()))),
            )
        )
    return lines


def plural_sources(article: str, sources: Iterable[Source]) -> list[Plural]:
    """The plurals of an article that no two people stand behind (SCHEME, provenance 4).

    `sources` are those that the article relies on. A group whose number is printed (“two
    officials”) speaks for itself and is left out.
    """
    present = list({one.id: one for one in sources}.values())
    single = [one for one in present if one.kind is SourceKind.UNNAMED_INDIVIDUAL]
    found = []
    for group in present:
        noun = _plural_noun(group)
        if noun is None:
            continue
        those = tuple(one.id for one in single if noun in _head(one.description))
        if len(those) < 2:
            found.append(
                Plural(
                    article=article,
                    source=group.id,
                    description=group.description,
                    on_record=len(those),
                    individuals=those,
                )
            )
    return found


def _plural_noun(source: Source) -> str | None:
    """The stem of the plural by which an unnamed group is printed, where no number is given."""
    if source.kind is not SourceKind.UNNAMED_GROUP or _COUNTED.match(source.description):
        return None
    for word in _head_words(source.description):
        if stem(word) in PERSONS and (word.endswith(("s", "men")) or word in ("people", "staff")):
            return stem(word)
    return None


def _head(description: str) -> set[str]:
    return {stem(word) for word in _head_words(description)}


def _head_words(description: str) -> list[str]:
    """The words before the first comma or “who”, “with”, “of”, “in”, “close to”, lower case."""
    head = re.split(r",|\b(?:who|with|of|in|at|from|close|familiar|briefed)\b", description)[0]
    return words(head)
