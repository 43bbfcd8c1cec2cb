"""The same claim elsewhere: candidates by words, figures and meaning, which a person decides on."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from newsdesk.desk.annotating import annotate, shown
from newsdesk.desk.claim_merging import check_whole, merge_claims
from newsdesk.desk.claim_vectors import ClaimVectors
from newsdesk.desk.desk import Desk
from newsdesk.desk.tracing import labels_of, many
from newsdesk.model import (
    Annotation,
    Article,
    Claim,
    Layer,
    NewsdeskError,
    Setting,
    Span,
    Status,
    quote_of,
    replace,
)
from newsdesk.provenance.figures import figures
from newsdesk.provenance.wording import content, names, words

DISMISSED = "dismissed same claim "
"""Begins the name of the setting that keeps a person's “this is another claim”."""

ARTICLES = 40
"""Articles that share words with a claim and are looked through."""

READ = 8
"""Of these, the ones whose untagged sentences are looked at too."""

NEAR = 60
"""Claims that are taken up for their meaning alone."""

FLOOR = 0.3
"""Below this nothing is listed."""

_READ_NOW = 10  # sentences and claims that are read by the network in one question
_ASKED = 14  # words of a claim that articles are looked up by
_LONGEST = 200_000  # code points of a text whose sentences are looked at


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Words that may make the same claim: an annotation, or a sentence that nobody tagged.

    `span` is in code points of the article; `claim` the claim that the annotation is an appearance
    of now; `why` says in words what the score (0 to 1) goes by. The score only orders the list.
    """

    article: str
    span: Span
    words: str
    score: float
    why: str
    annotation: str | None = None
    claim: str | None = None


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """Words taken apart once, to be compared."""

    text: str
    stems: frozenset[str]
    names: frozenset[str]
    values: dict[tuple[str, ...], frozenset[float]]


def candidates(
    desk: Desk, claim_id: str, limit: int = 20, *, vectors: ClaimVectors | None = None
) -> list[Candidate]:
    """Where else a claim may be made, the likeliest first.

    Without `vectors` words, names and figures are compared; with them (see `claim_vectors`) the
    meaning too, which finds a claim that is told in other words. Raises NewsdeskError where there
    is no such claim.
    """
    claim = desk.get(Claim, claim_id)
    own = [one for one in desk.find(Annotation, claim=claim_id) if _counts(one)]
    asked = [_taken_apart(one) for one in dict.fromkeys((claim.statement, *(x.quote for x in own)))]
    hits = [hit.article for hit in desk.search(_query(asked), ARTICLES)]
    labels = set(labels_of(desk, Layer.CLAIM))
    marks = {
        one.id: one for one in many(desk, Annotation, "article", hits) if one.label in labels
    }
    told = vectors.read([one.text for one in asked]) if vectors else None
    if vectors:
        near = [id for id in vectors.nearest(told, NEAR) if id not in marks]
        marks.update(desk.get_all(Annotation, near))
    there = {one.article for one in own}
    loose = _sentences(desk, [id for id in hits if id not in there][:READ], list(marks.values()))
    found = [_of(one) for one in marks.values() if _counts(one) and one.claim != claim_id] + loose
    known = _dismissed(desk, claim_id)
    found = [one for one in found if _key(one) not in known]
    return _scored(asked, found, told, vectors)[:limit]


def confirm(desk: Desk, claim_id: str, candidate: Candidate) -> Annotation:
    """Make a candidate an appearance of the claim, as one step that can be undone.

    A sentence is tagged; a suggestion is accepted. Where the candidate is the only appearance of
    another claim, that claim is merged into this one. Raises NewsdeskError, naming the record,
    where it is gone, where this claim was itself merged into another, or where that merging is
    refused.
    """
    claim = desk.get(Claim, claim_id)
    check_whole(desk, claim_id)
    with desk.change(f"The same claim: {shown(claim.statement)}"):
        if candidate.annotation is None:
            mark = _tagged(desk, candidate)
        else:
            mark = desk.get(Annotation, candidate.annotation)
        other = mark.claim
        if other not in (None, claim_id) and desk.count(Annotation, claim=other) == 1:
            merge_claims(desk, claim, [desk.get(Claim, other)])
        return desk.put(replace(mark, claim=claim_id, status=Status.ACCEPTED))


def dismiss(desk: Desk, claim_id: str, candidate: Candidate) -> Setting:
    """Say that a candidate makes another claim: it is not listed again. One step; it is kept as a
    setting, and travels with the desk."""
    claim = desk.get(Claim, claim_id)
    with desk.change(f"Another claim than {shown(claim.statement)}"):
        name = f"{DISMISSED}{claim_id} {_key(candidate)}"
        known = desk.find(Setting, name=name)
        return known[0] if known else desk.put(Setting(name=name))


# Gathering


def _counts(mark: Annotation) -> bool:
    return mark.status is not Status.REJECTED


def _of(mark: Annotation) -> Candidate:
    return Candidate(
        article=mark.article,
        span=mark.outer,
        words=mark.quote,
        score=0.0,
        why="",
        annotation=mark.id,
        claim=mark.claim,
    )


def _query(asked: Sequence[_Told]) -> str:
    """The claim's words as a search for any of them: those of the statement first, names before
    others, the longer before the shorter."""
    statement = asked[0]
    known = dict.fromkeys(word for one in asked for word in words(one.text))
    stems = {word: content(word)[0] for word in known if content(word)}
    chosen = sorted(
        stems,
        key=lambda one: (
            stems[one] not in statement.stems,
            stems[one] not in statement.names,
            -len(one),
            one,
        ),
    )
    return " OR ".join(f'"{one}"' for one in chosen[:_ASKED])


def _sentences(
    desk: Desk, articles: Sequence[str], marks: Iterable[Annotation]
) -> list[Candidate]:
    """The sentences of articles in which no claim is tagged, or was and is rejected."""
    from newsdesk.suggest.sentences import sentences

    tagged: dict[str, list[Span]] = {}
    for mark in marks:
        tagged.setdefault(mark.article, []).append(mark.outer)
    found = []
    for article in desk.get_all(Article, articles).values():
        taken = tagged.get(article.id, [])
        spans = (Span(*one) for one in sentences(article.text[:_LONGEST]))
        found += [
            Candidate(
                article=article.id,
                span=span,
                words=quote_of(article.text, (span,)),
                score=0.0,
                why="",
            )
            for span in spans
            if not any(span.overlaps(one) for one in taken)
        ]
    return found


def _tagged(desk: Desk, candidate: Candidate) -> Annotation:
    labels = [one for one in desk.codebook() if one.layer is Layer.CLAIM]
    if not labels:
        raise NewsdeskError(
            "The codebook has no label for a claim. Nothing was changed; add one first."
        )
    article = desk.article(candidate.article)
    if article.text[candidate.span.start : candidate.span.end] != candidate.words:
        raise NewsdeskError(
            f"Article {article.id} does not hold these words there. Nothing was changed; look for "
            "candidates again."
        )
    # Not as accepted: that would make a claim of its own first.
    return annotate(desk, article, labels[0], [candidate.span], status=Status.PROPOSED)


def _key(candidate: Candidate) -> str:
    if candidate.annotation is not None:
        return candidate.annotation
    return f"{candidate.article} {candidate.span.start}-{candidate.span.end}"


def _dismissed(desk: Desk, claim: str) -> set[str]:
    start = f"{DISMISSED}{claim} "
    found = (one.name for one in desk.find(Setting))
    return {name.removeprefix(start) for name in found if name.startswith(start)}


# Comparing


def _taken_apart(text: str) -> _Told:
    values: dict[tuple[str, ...], set[float]] = {}
    for one in figures(text):
        values.setdefault(one.unit, set()).add(one.value)
    return _Told(
        text=text,
        stems=frozenset(content(text)),
        names=frozenset(names(text)),
        values={unit: frozenset(some) for unit, some in values.items()},
    )


def _scored(
    asked: Sequence[_Told],
    found: Sequence[Candidate],
    told: Any,
    vectors: ClaimVectors | None,
) -> list[Candidate]:
    apart = [_taken_apart(one.words) for one in found]
    held = Counter(stem for one in (*asked, *apart) for stem in one.stems)
    weight = {stem: math.log(1 + len(apart) / count) for stem, count in held.items()}
    alike = [max(_alike(one, other, weight) for one in asked) for other in apart]
    near = _near(found, alike, told, vectors) if vectors else {}
    out = []
    for at, one in enumerate(found):
        score = alike[at] if vectors is None else 0.3 * alike[at] + 0.7 * near.get(at, alike[at])
        figured, why = _figures(asked, apart[at])
        score = min(max(score * 0.8 if figured < 0 else score + 0.1 * figured, 0.0), 1.0)
        if score >= FLOOR:
            said = _why(asked, apart[at], alike[at], near.get(at), why)
            out.append(msgspec.structs.replace(one, score=round(score, 3), why=said))
    return sorted(out, key=lambda one: (-one.score, one.article, one.span))


def _alike(one: _Told, other: _Told, weight: dict[str, float]) -> float:
    """The weight of the words in common against the mean of both (cosine of sets); rare weigh
    more. The weights are those among the candidates: what all share tells none apart."""
    shared = sum(weight[stem] for stem in one.stems & other.stems)
    sizes = [sum(weight[stem] for stem in each.stems) for each in (one, other)]
    return shared / math.sqrt(sizes[0] * sizes[1]) if all(sizes) else 0.0


def _near(
    found: Sequence[Candidate],
    alike: Sequence[float],
    told: Any,
    vectors: ClaimVectors,
) -> dict[int, float]:
    """The cosine of each candidate to the claim, by place. Of those that are not kept, the likest
    in words are read."""
    kept = vectors.of(one.annotation for one in found if one.annotation)
    unread = [at for at, one in enumerate(found) if one.annotation not in kept]
    unread = sorted(unread, key=lambda at: -alike[at])[:_READ_NOW]
    rows = dict(zip(unread, vectors.read([found[at].words for at in unread]), strict=True))
    rows |= {at: kept[one.annotation] for at, one in enumerate(found) if one.annotation in kept}
    return {at: max(float((told @ row).max()), 0.0) for at, row in rows.items()}


def _figures(asked: Sequence[_Told], other: _Told) -> tuple[int, str]:
    """1 where a figure is the same, -1 where a measure has another value, else 0; and in words."""
    same = {
        value
        for one in asked
        for mine in one.values.values()
        for theirs in other.values.values()
        for value in mine & theirs
    }
    if same:
        return 1, "the same figure: " + ", ".join(f"{one:,.10g}" for one in sorted(same))
    for one in asked:
        for unit in one.values.keys() & other.values.keys():
            here, there = (
                ", ".join(f"{x:,.10g}" for x in sorted(v[unit])) for v in (one.values, other.values)
            )
            return -1, f"another figure: {there} instead of {here}"
    return 0, ""


def _why(
    asked: Sequence[_Told], other: _Told, alike: float, near: float | None, figured: str
) -> str:
    mine = frozenset().union(*(one.stems for one in asked))
    shared = [
        word
        for word in dict.fromkeys(words(other.text))
        if content(word) and content(word)[0] in mine
    ]
    parts = [figured] if figured else []
    if shared:
        parts.append("words in common: " + ", ".join(shared[:6]))
    if near is not None and near >= 0.5 and near > alike:
        parts.append("near in meaning")
    return " · ".join(parts)
