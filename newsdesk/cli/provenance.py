"""The verbs of provenance: the gate, a claim's file, reviews, drift, contradictions, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from newsdesk.cli.options import AsJson, Author, ClaimId, DeskPlace, desk_at
from newsdesk.cli.telling import line, tell, tell_list, tell_object, tell_table
from newsdesk.model import (
    Annotation,
    Claim,
    ClaimState,
    Evidence,
    Source,
    Verdict,
)

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.desk.tracing import Trace
    from newsdesk.provenance.gate import Missing
    from newsdesk.provenance.ladder import Ladder

class ClaimVerb(StrEnum):
    """What `newsdesk claim` does."""

    SHOW = "show"


def gate(
    desk: DeskPlace,
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="ID", help="One claim's id.")
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", metavar="ID", help="The article's id.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is missing before publication.

    For a claim, for an article with its claims, or for every claim of the desk. Ends with 1
    where something is missing.
    """
    if claim is not None and article is not None:
        raise typer.BadParameter("--claim and --article exclude each other.")
    with desk_at(desk) as opened:
        missing = _missing(opened, claim, article)
        if as_json:
            tell_object({"passes": not missing, "missing": [_missing_form(one) for one in missing]})
        elif not missing:
            tell("Nothing is missing.")
        else:
            rows = ((one.item, one.claim or "", one.record, one.what) for one in missing)
            tell_table(("missing", "claim", "record", "what"), rows)
    if missing:
        raise typer.Exit(1)


def _missing(desk: Desk, claim: str | None, article: str | None) -> list[Missing]:
    from newsdesk.desk.gating import article_gate, claim_gate, desk_gate

    if article is not None:
        return article_gate(desk, article)
    if claim is not None:
        return claim_gate(desk, claim)
    return desk_gate(desk)


def claim(
    verb: Annotated[ClaimVerb, typer.Argument(metavar="show", help="Show it.")],
    id: Annotated[str, typer.Argument(metavar="ID", help="The claim's id, as `claims` shows it.")],
    desk: DeskPlace,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="TIME", help="As the desk knew it then (UTC)."),
    ] = None,
    as_of_seq: Annotated[
        int | None,
        typer.Option("--as-of-seq", metavar="N", help="As it was after a revision of the log."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show where a claim comes from, and who checked it.

    Its hop ladders, evidence and reviews, and what is missing; or what was known at a time.
    """
    if as_of is not None and as_of_seq is not None:
        raise typer.BadParameter("--as-of and --as-of-seq exclude each other.")
    if as_of is not None or as_of_seq is not None:
        _show_as_of(desk, id, as_of, as_of_seq, as_json)
        return
    from newsdesk.desk.claim_merging import merged_into
    from newsdesk.desk.gating import claim_gate
    from newsdesk.desk.reviewing import reviews_of
    from newsdesk.desk.tracing import ladders, trace

    with desk_at(desk) as opened:
        found = trace(opened, [id])
        about = found.claims[id]
        form: dict[str, Any] = {
            **msgspec.to_builtins(about),
            "ladders": [_ladder_form(one, found) for one in ladders(opened, id)],
            "evidence": opened.find(Evidence, claim=id),
            "reviews": reviews_of(opened, id),
            "missing": [_missing_form(one) for one in claim_gate(opened, id)],
            "merged_into": merged_into(opened, id),
        }
        if as_json:
            tell_object(form)
        else:
            _tell_claim(opened, about, form, found)


def _show_as_of(place: str, id: str, time: str | None, seq: int | None, as_json: bool) -> None:
    from newsdesk.desk.as_of import claim_as_of, moment_at, moment_of
    from newsdesk.provenance.ladder import ladder_of

    with desk_at(place) as opened:
        moment = moment_at(opened, seq) if seq is not None else moment_of(opened, time or "")
        known = claim_as_of(opened, id, moment)
        those = known.trace.of(id)
        form: dict[str, Any] = {
            **msgspec.to_builtins(known.claim),
            "as_of": msgspec.to_builtins(moment),
            "ladders": [
                _ladder_form(ladder_of(one, those, known.trace.who), known.trace) for one in those
            ],
            "evidence": known.evidence,
            "reviews": known.reviews,
        }
        if as_json:
            tell_object(form)
            return
        tell(f"After revision {moment.seq} ({moment.at}).")
        if moment.note:
            tell(moment.note)
        form = {**form, "missing": (), "merged_into": None}
        _tell_claim(opened, known.claim, form, known.trace)


def _tell_claim(desk: Desk, about: Claim, form: dict[str, Any], found: Trace) -> None:
    tell(line(about.statement))
    tell(line(" · ".join(filter(None, (about.state, about.verdict, about.topic, about.rating)))))
    places = {one.id: one for one in found.of(about.id)}
    for ladder in form["ladders"]:
        place = places[ladder["appearance"]]
        tell(f"\n{line(place.title)} ({line(place.published)})\n    {line(place.quote)}")
        names = [" and ".join(rung["names"]) or "(nobody is named)" for rung in ladder["rungs"]]
        tell("    " + line(" → ".join([*names, "this article"])))
    for one in form["evidence"]:
        tell(f"\n{one.stance}: {line(one.exact)} {one.id}")
    for one in form["reviews"]:
        tell(f"\n{line(one.reviewer)}, {one.at}: {one.to_state}. {line(one.comment)}")
    tell("")
    if form["merged_into"]:
        tell(f"It was merged into claim {form['merged_into']}; look there.")
        return
    for one in form["missing"]:
        tell(f"missing: {one['what']} ({one['record']})")


def review(
    desk: DeskPlace,
    claim: ClaimId,
    to: Annotated[ClaimState, typer.Option("--to", help="The state that it takes.")],
    comment: Annotated[str, typer.Option("--comment", metavar="TEXT", help="Why: required.")],
    verdict: Annotated[
        Verdict | None, typer.Option("--verdict", help="What the evidence says.")
    ] = None,
    rating: Annotated[
        str | None, typer.Option("--rating", metavar="TEXT", help="The house's own rating.")
    ] = None,
    author: Author = None,
    as_json: AsJson = False,
) -> None:
    """Take a claim one step on, with a comment.

    Verified, disputed, corrected and retracted need a reviewer who did not mark the claim, and
    evidence on record.
    """
    from newsdesk.desk.reviewing import review as step

    with desk_at(desk, author) as opened:
        about = opened.get(Claim, claim)
        made = step(opened, about, to, comment, verdict=verdict, rating=rating)
    if as_json:
        tell_object(made)
    else:
        tell(f"Claim {made.claim} was {made.from_state} and is {made.to_state}.")


def drift(desk: DeskPlace, as_json: AsJson = False) -> None:
    """List changed quotes and lost hedges."""
    from newsdesk.desk.gating import desk_hedges, desk_quotes
    from newsdesk.desk.tracing import trace

    with desk_at(desk) as opened:
        found = trace(opened)
        quotes = desk_quotes(opened, found)
        lost, firmed, unowned = desk_hedges(found)
        if as_json:
            lists = {"quotes": quotes, "hedges": lost, "figures": firmed, "unowned": unowned}
            tell_object(lists)
            return
        ids = [id for one in quotes for id in (one.first, one.variant)]
        ids += [id for one in lost for id in (one.hedged, one.flat) if id] + unowned
        marks = opened.get_all(Annotation, ids)
    for drifted in quotes:
        tell(f"{', '.join(drifted.changes)}: {drifted.first} → {drifted.variant}")
        for id in (drifted.first, drifted.variant):
            tell(f"    {line(marks[id].quote)}")
    for one in lost:
        where = one.flat or f"the headline of {one.headline}"
        words = line(", ".join(one.words)) or "not firmly said"
        tell(f"hedge lost ({words}): {one.hedged} → {where}")
        tell(f"    {line(marks[one.hedged].quote)}")
        if one.flat:
            tell(f"    {line(marks[one.flat].quote)}")
    for sum_named in firmed:
        tell(
            f"{sum_named.figure}: from an offer to a fact: {sum_named.earlier} → {sum_named.later}"
        )
    for id in unowned:
        tell(f"hedged by nobody: {id}\n    {line(marks[id].quote)}")


def contradictions(desk: DeskPlace, as_json: AsJson = False) -> None:
    """List claims that differ: in a value, or in yes and no."""
    from newsdesk.desk.gating import desk_contradictions
    from newsdesk.desk.tracing import trace

    with desk_at(desk) as opened:
        found = trace(opened)
        made = desk_contradictions(opened, found)
    if as_json:
        tell_list(made)
        return
    for one in made:
        tell(f"{one.kind}{' (confirmed)' if one.confirmed else ''}")
        for id in one.claims:
            tell(f"    {id}  {line(found.claims[id].statement)}")


def replies(
    desk: DeskPlace,
    missing: Annotated[
        bool, typer.Option("--missing", help="Only where no answer is on record; ends with 1 then.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the allegations, and what the accused answered.

    The right of reply: denied, declined to comment, responded, or none on record.
    """
    from newsdesk.desk.gating import desk_replies
    from newsdesk.desk.tracing import trace

    with desk_at(desk) as opened:
        found = trace(opened)
        made = [one for one in desk_replies(opened, found) if not (missing and one.answer)]
    if as_json:
        tell_list(made)
    else:
        rows = (
            (one.answer or "none", one.claim, one.article, found.claims[one.claim].statement)
            for one in made
        )
        tell_table(("answer", "claim", "article", "statement"), rows)
    if missing and made:
        raise typer.Exit(1)


def sources(
    desk: DeskPlace,
    unnamed: Annotated[
        bool, typer.Option("--unnamed", help="Only the ledger of unnamed sources.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the sources, and what the unnamed ones lack."""
    from newsdesk.desk.gating import desk_ledger, desk_plurals

    with desk_at(desk) as opened:
        ledger = {one.source: one for one in desk_ledger(opened)}
        plurals = {one.source for one in desk_plurals(opened)}
        found = [one for one in opened.find(Source) if not unnamed or one.id in ledger]
    missing = {
        id: [*one.missing, *(["plural"] if id in plurals else [])] for id, one in ledger.items()
    }
    if as_json:
        tell_list({**msgspec.to_builtins(one), "missing": missing.get(one.id, [])} for one in found)
        return
    rows = (
        (one.id, one.kind, ", ".join(missing.get(one.id, [])), one.description) for one in found
    )
    tell_table(("id", "kind", "missing", "as printed"), rows)


def _missing_form(one: Missing) -> dict[str, Any]:
    return {"item": one.item, "claim": one.claim, "record": one.record, "what": one.what}


def _ladder_form(ladder: Ladder, found: Trace) -> dict[str, Any]:
    form: dict[str, Any] = msgspec.to_builtins(ladder)
    form["distance"], form["gaps"] = ladder.distance, ladder.gaps
    for rung in form["rungs"]:
        rung["names"] = _names(rung["sources"], found)
    return form


def _names(sources: Iterable[str], found: Trace) -> Sequence[str]:
    return [found.sources[id].description for id in sources if id in found.sources]


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "gate": (gate, "newsdesk gate --desk sample.desk --article ID"),
    "claim": (claim, "newsdesk claim show ID --desk sample.desk"),
    "review": (
        review,
        'newsdesk review --desk sample.desk --claim ID --to "in review" --comment "Mine."',
    ),
    "drift": (drift, "newsdesk drift --desk sample.desk --json"),
    "contradictions": (contradictions, "newsdesk contradictions --desk sample.desk"),
    "replies": (replies, "newsdesk replies --desk sample.desk --missing"),
    "sources": (sources, "newsdesk sources --desk sample.desk --unnamed"),
}
"""Each verb, and an example for its help."""
