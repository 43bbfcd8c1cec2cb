"""What is missing before a claim or an article is published, and the desk's other alarms."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from newsdesk.desk.desk import Desk
from newsdesk.desk.reviewing import all_reviews, authors_of, dismissed, reviews_of
from newsdesk.desk.tracing import Trace, labels_of, many, recorded, trace
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Entity,
    Evidence,
    Layer,
    LinkKind,
    Review,
    Source,
    Status,
    now,
)
from newsdesk.model.reviewing import needs_four_eyes
from newsdesk.provenance.anonymity import LedgerLine, Plural, anonymity_ledger, plural_sources
from newsdesk.provenance.appearance import Appearance, is_answer
from newsdesk.provenance.circles import circular_reporting
from newsdesk.provenance.contradictions import Contradiction, Stated, contradictions
from newsdesk.provenance.firmness import (
    FirmedFigure,
    LostHedge,
    firmed_figures,
    lost_hedges,
    unowned_hedges,
)
from newsdesk.provenance.gate import (
    ArticleFile,
    ClaimFile,
    Missing,
    missing_for_article,
    missing_for_claim,
)
from newsdesk.provenance.independence import independence
from newsdesk.provenance.quoting import Drift, Quoted, quote_drift
from newsdesk.provenance.replies import Reply, Voices, replies

T = TypeVar("T")

Contents = Mapping[str, Sequence[tuple[Annotation, Sequence[Attribution]]]]
"""By article: its accepted quotes and claims, each with who said it."""


# The gate


def claim_gate(
    desk: Desk, claim: str, differing: Sequence[Contradiction] | None = None
) -> list[Missing]:
    """What a claim lacks before it can be published; nothing where it may be.

    `differing` are the contradictions of the desk, where they are known already: finding them
    reads every claim. Raises NewsdeskError where there is no such claim.
    """
    places = {one.article for one in trace(desk, [claim]).of(claim)}
    found, answers = _around(desk, places, claim)
    known = desk_contradictions(desk) if differing is None else differing
    return missing_for_claim(_claim_file(desk, found, claim, answers, known))


def article_gate(
    desk: Desk, article: str, differing: Sequence[Contradiction] | None = None
) -> list[Missing]:
    """What an article lacks before it can be published, and what its claims lack in it.

    Raises NewsdeskError where there is no such article.
    """
    about = desk.get(Article, article)
    found, answers = _around(desk, {article})
    known = desk_contradictions(desk) if differing is None else differing
    here = dict.fromkeys(one.claim for one in found.within(article))
    files = [_claim_file(desk, found, id, answers, known) for id in here]
    newer = desk.find(Article, supersedes=article)
    quotes = set(labels_of(desk, Layer.QUOTE))
    said = contents(desk, [article]).get(article, ())
    file = ArticleFile(
        article=article,
        waiting=desk.proposed(article=article),
        unattributed=[mark for mark, ties in said if mark.label in quotes and not ties],
        plurals=_plurals({article: said}, _all_sources(desk, said)),
        embargo_until=about.embargo_until,
        now=now(),
        superseded_by=newer[-1].id if newer else None,
    )
    return missing_for_article(file, files)


def desk_gate(desk: Desk) -> list[Missing]:
    """What every claim of the desk lacks before it can be published, claim by claim."""
    found = trace(desk)
    answers = _by_claim(desk_replies(desk, found), lambda one: [one.claim])
    differing = _by_claim(desk_contradictions(desk, found), lambda one: one.claims)
    evidence = _by_claim(desk.each(Evidence), lambda one: [one.claim])
    reviews = all_reviews(desk)
    files = (
        _claim_file(
            desk,
            found,
            id,
            answers.get(id, ()),
            differing.get(id, ()),
            evidence.get(id, ()),
            reviews.get(id, ()),
        )
        for id in found.claims
    )
    return [missing for file in files for missing in missing_for_claim(file)]


def _by_claim(records: Iterable[T], claims: Callable[[T], Iterable[str]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for one in records:
        for id in claims(one):
            found.setdefault(id, []).append(one)
    return found


def _around(
    desk: Desk, articles: Iterable[str], claim: str | None = None
) -> tuple[Trace, list[Reply]]:
    """The claims that appear in some articles, and the replies printed there."""
    marks = many(desk, Annotation, "article", articles)
    claims = {one.claim for one in marks if one.claim and one.status is Status.ACCEPTED}
    found = trace(desk, sorted(claims | ({claim} if claim else set())))
    return found, desk_replies(desk, found, list(articles))


def _claim_file(
    desk: Desk,
    found: Trace,
    claim: str,
    answers: Sequence[Reply],
    differing: Sequence[Contradiction],
    evidence: Sequence[Evidence] | None = None,
    reviews: Sequence[Review] | None = None,
) -> ClaimFile:
    those = found.of(claim)
    about = found.claims[claim]
    signed = needs_four_eyes(about.state)
    if signed and reviews is None:
        reviews = reviews_of(desk, claim)
    relied = {id: found.sources[id] for one in those for id in one.sources if id in found.sources}
    return ClaimFile(
        claim=about,
        appearances=those,
        sources=found.sources,
        who=found.who,
        evidence=desk.find(Evidence, claim=claim) if evidence is None else evidence,
        reviews=reviews or (),
        authors=authors_of(desk, claim) if signed else (),
        independence=independence(those, found.who),
        circles=circular_reporting(those, found.who),
        ledger=anonymity_ledger(relied.values()),
        lost_hedges=lost_hedges(about, those),
        contradictions=[one for one in differing if claim in one.claims and not one.confirmed],
        replies=[one for one in answers if one.claim == claim],
    )


# The alarms of the whole desk


def desk_contradictions(desk: Desk, found: Trace | None = None) -> list[Contradiction]:
    """Claims that differ, without those that a person dismissed. Reads every claim."""
    found = found or trace(desk)
    stated = [
        Stated(claim=one, published=next((each.published for each in found.of(one.id)), None))
        for one in found.claims.values()
    ]
    confirmed = recorded(found, LinkKind.CONTRADICTS)
    return contradictions(stated, confirmed=confirmed, dismissed=dismissed(desk))


def desk_hedges(found: Trace) -> tuple[list[LostHedge], list[FirmedFigure], list[str]]:
    """Hedges that were lost, offers that became facts, and hedges that are nobody's."""
    pairs = [(found.claims[id], those) for id, those in found.appearances.items()]
    lost = [one for claim, those in pairs for one in lost_hedges(claim, those)]
    return lost, firmed_figures(pairs), [id for _, those in pairs for id in unowned_hedges(those)]


def desk_quotes(desk: Desk, found: Trace) -> list[Drift]:
    """The quotes that differ from their first printing."""
    quotes = set(labels_of(desk, Layer.QUOTE))
    days = {one.id: one.published for one in desk.each(Article)}
    spoken = [
        quoted(mark, ties, days.get(mark.article))
        for said in contents(desk).values()
        for mark, ties in said
        if mark.label in quotes and ties
    ]
    return quote_drift(spoken, found.who)


def quoted(mark: Annotation, ties: Sequence[Attribution], day: str | None) -> Quoted:
    """A quote as it is compared with its variants; `day` is that of its article."""
    return Quoted(
        id=mark.id,
        article=mark.article,
        pieces=tuple(mark.quote.split(" … ")) if len(mark.spans) > 1 else (mark.quote,),
        start=mark.start,
        end=mark.end,
        published=day,
        hops=tuple(ties),
    )


def desk_ledger(desk: Desk) -> list[LedgerLine]:
    """Every unnamed source of the desk, with the articles that rely on it."""
    used: dict[str, list[str]] = {}
    for article, said in contents(desk).items():
        for source in _relied_on(said):
            used.setdefault(source, []).append(article)
    return anonymity_ledger(desk.each(Source), used)


def desk_plurals(desk: Desk) -> list[Plural]:
    """“Officials say”, where fewer than two of them are on record in the article."""
    return _plurals(contents(desk), {one.id: one for one in desk.each(Source)})


def desk_replies(desk: Desk, found: Trace, articles: Sequence[str] | None = None) -> list[Reply]:
    """The allegations of some articles, or of all, with the answers that they print."""
    said = contents(desk, articles)
    entities = {one.entity for one in found.sources.values() if one.entity}
    known = desk.get_all(Entity, sorted(entities))
    known_as = {
        one.id: (known[one.entity].name, *known[one.entity].aliases)
        for one in found.sources.values()
        if one.entity in known
    }
    by_article: dict[str, list[Appearance]] = {}
    for those in found.appearances.values():
        for one in those:
            if articles is None or one.article in articles:
                by_article.setdefault(one.article, []).append(one)
    made = []
    for article, here in by_article.items():
        here.sort(key=lambda one: one.order)
        voices = Voices(speaking=_speaking(said.get(article, ())), known_as=known_as)
        made += replies(here, found.claims, found.sources, voices)
    return made


def contents(desk: Desk, articles: Sequence[str] | None = None) -> Contents:
    """The accepted quotes and claims of some articles, or of all, each with who said it."""
    wanted = labels_of(desk, Layer.QUOTE, Layer.CLAIM)
    if articles is None:
        marks = list(desk.each(Annotation, label=wanted, status=Status.ACCEPTED))
        ties: Iterable[Attribution] = desk.each(Attribution, status=Status.ACCEPTED)
    else:
        found = many(desk, Annotation, "article", articles)
        marks = [one for one in found if one.label in wanted and one.status is Status.ACCEPTED]
        ties = many(desk, Attribution, "content", [one.id for one in marks])
    hops: dict[str, list[Attribution]] = {one.id: [] for one in marks}
    for tie in ties:
        if tie.status is Status.ACCEPTED and tie.content in hops:
            hops[tie.content].append(tie)
    said: dict[str, list[tuple[Annotation, list[Attribution]]]] = {}
    for mark in marks:
        said.setdefault(mark.article, []).append((mark, hops[mark.id]))
    return said


def _relied_on(said: Sequence[tuple[Annotation, Sequence[Attribution]]]) -> list[str]:
    return list(dict.fromkeys(tie.source for _, ties in said for tie in ties if tie.source))


def _speaking(said: Sequence[tuple[Annotation, Sequence[Attribution]]]) -> tuple[str, ...]:
    """The sources that speak in an article themselves, through nobody else."""
    direct = []
    for _, ties in said:
        made = [tie for tie in ties if not is_answer(tie)]
        if len(made) == 1 and made[0].hop == 0 and made[0].source:
            direct.append(made[0].source)
    return tuple(dict.fromkeys(direct))


def _plurals(said: Contents, sources: Mapping[str, Source]) -> list[Plural]:
    return [
        plural
        for article, those in said.items()
        for plural in plural_sources(
            article, [sources[id] for id in _relied_on(those) if id in sources]
        )
    ]


def _all_sources(
    desk: Desk, said: Sequence[tuple[Annotation, Sequence[Attribution]]]
) -> dict[str, Source]:
    return desk.get_all(Source, _relied_on(said))
