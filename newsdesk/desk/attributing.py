"""The verbs that say who said what: quotes with speakers, cues, hops, and claims from spans."""

from collections.abc import Iterable
from typing import Any

from newsdesk.desk.annotating import annotate, make_claim, shown
from newsdesk.desk.desk import Desk
from newsdesk.model import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Label,
    Layer,
    NewsdeskError,
    Source,
    SourceKind,
    Span,
    replace,
)
from newsdesk.provenance.appearance import is_answer


def claim_from(desk: Desk, annotation: Annotation, statement: str | None = None) -> Claim:
    """The claim of which a CLAIM annotation is an appearance, made where it has none."""
    with desk.change(f"Claim from {shown(annotation.quote)}"):
        made = make_claim(desk, desk.get(Annotation, annotation.id), statement)
        assert made.claim is not None
        return desk.get(Claim, made.claim)


def state_claim(desk: Desk, claim: Claim, **fields: Any) -> Claim:
    """Change what a claim says of itself: statement, topic, checkworthiness and its reason.

    Raises NewsdeskError for an empty statement. Its state changes by review only.
    """
    if not fields.get("statement", claim.statement).strip():
        raise NewsdeskError("A claim needs a statement. The old one was kept; write one.")
    with desk.change(f"Claim {shown(claim.statement)}"):
        return desk.put(replace(desk.get(Claim, claim.id), **fields))


def mark_quote(
    desk: Desk,
    article: Article,
    spans: Iterable[tuple[int, int]],
    *,
    speaker: Span | None = None,
    cue: Span | None = None,
    **hop: Any,
) -> Annotation:
    """Tag a quote with its speaker and cue, as one step; `hop` sets fields of the attribution."""
    label = _first_label(desk, Layer.QUOTE)
    spans = list(spans)
    with desk.change("Quote with speaker"):
        quote = annotate(desk, article, label, spans)
        if speaker is not None:
            set_speaker(desk, quote, speaker)
        if cue is not None:
            set_cue(desk, quote, cue)
        if hop:
            first = _origin_of(desk, quote)
            desk.put(replace(first, **hop))
    return quote


def set_speaker(desk: Desk, content: Annotation, span: tuple[int, int]) -> Attribution:
    """Mark words as the source of a quote or claim: the originator, hop 0.

    The words become a SOURCE annotation, and a Source of the desk described as printed. Raises
    NewsdeskError where `content` is neither quote nor claim.
    """
    _check_content(desk, content)
    with desk.change(f"Speaker of {shown(content.quote)}"):
        mention = _mark(desk, content, Layer.SOURCE, span)
        source = source_described(desk, mention.quote, entity=_entity_under(desk, mention))
        first = _origin_of(desk, content)
        changed = replace(first, source=source.id, source_mention=mention.id, orphan=False)
        return desk.put(changed)


def set_cue(desk: Desk, content: Annotation, span: tuple[int, int]) -> Attribution:
    """Mark words as the cue by which a quote or claim is attributed."""
    _check_content(desk, content)
    with desk.change(f"Cue of {shown(content.quote)}"):
        mark = _mark(desk, content, Layer.CUE, span)
        return desk.put(replace(_origin_of(desk, content), cue=mark.id))


def add_via(desk: Desk, content: Annotation, span: tuple[int, int]) -> Attribution:
    """Mark words as the next hop by which a quote or claim came here, such as an outlet."""
    _check_content(desk, content)
    with desk.change(f"Via for {shown(content.quote)}"):
        mention = _mark(desk, content, Layer.SOURCE, span)
        hops = [one.hop for one in desk.find(Attribution, content=content.id)]
        source = source_described(desk, mention.quote, entity=_entity_under(desk, mention))
        return desk.put(
            Attribution(
                content=content.id,
                source=source.id,
                source_mention=mention.id,
                # Hop 0 stays free for the originator, who may not be known yet.
                hop=max(hops, default=0) + 1,
            )
        )


def unattribute(desk: Desk, attribution: Attribution) -> None:
    """Take a hop away, with the marks that only it used."""
    with desk.change("Remove an attribution"):
        desk.drop(attribution)
        marks = [id for id in (attribution.source_mention, attribution.cue) if id]
        for mark in desk.get_all(Annotation, marks).values():
            if not desk.tied_to(mark.id):
                desk.drop(mark)


def set_hop(desk: Desk, attribution: Attribution, **fields: Any) -> Attribution:
    """Say how the words came: source, manner, attitude, assertion, channel, or that none is named.

    Another source than before is no longer the one that was marked in the text. Raises
    NewsdeskError for a source that is not on the desk.
    """
    now = desk.get(Attribution, attribution.id)
    if fields.get("source") is not None:
        desk.get(Source, fields["source"])
        fields = {"orphan": False, **fields}
    if fields.get("orphan"):
        fields = {**fields, "source": None}
    if "source" in fields and fields["source"] != now.source:
        fields = {**fields, "source_mention": None}
    with desk.change("How it was said"):
        return desk.put(replace(now, **fields))


def add_hop(desk: Desk, content: Annotation, source: Source, hop: int) -> Attribution:
    """Put a source into a ladder at a hop: into the gap there, or before whoever stands there,
    who moves one on with all that follow."""
    _check_content(desk, content)
    with desk.change(f"Hop for {shown(content.quote)}"):
        known = desk.find(Attribution, content=content.id)
        if any(one.hop == hop and not is_answer(one) for one in known):
            after = [one for one in known if one.hop >= hop and not is_answer(one)]
            desk.put_all([replace(one, hop=one.hop + 1) for one in after])
        return desk.put(Attribution(content=content.id, source=source.id, hop=hop))


def reorder_hops(desk: Desk, attribution: Attribution, by: int) -> Attribution:
    """Move a hop one towards the article (1) or towards the originator (-1): it changes places
    with whoever stands there, or goes into the gap.

    Raises NewsdeskError at the originator's end. Answers (a denial, “declined to comment”) are no
    rungs, and stay.
    """
    now = desk.get(Attribution, attribution.id)
    there = now.hop + by
    if there < 0:
        raise NewsdeskError(
            f"Attribution {now.id} is the originator's already: nobody stands before hop 0. "
            "Nothing was changed."
        )
    with desk.change("Order of hops"):
        rungs = [one for one in desk.find(Attribution, content=now.content) if not is_answer(one)]
        moved = [replace(one, hop=there) for one in rungs if one.hop == now.hop]
        back = [replace(one, hop=now.hop) for one in rungs if one.hop == there]
        desk.put_all([*moved, *back] or [replace(now, hop=there)])
        return desk.get(Attribution, now.id)


def source_described(
    desk: Desk,
    description: str,
    *,
    kind: SourceKind = SourceKind.NAMED_INDIVIDUAL,
    entity: str | None = None,
) -> Source:
    """The Source with this description, found or made."""
    known = desk.find(Source, description=description)
    if known:
        return known[0]
    return desk.put(Source(description=description, kind=kind, entity=entity))


def _origin_of(desk: Desk, content: Annotation) -> Attribution:
    known = [one for one in desk.find(Attribution, content=content.id) if one.hop == 0]
    return known[0] if known else Attribution(content=content.id)


def _mark(desk: Desk, content: Annotation, layer: Layer, span: tuple[int, int]) -> Annotation:
    label = _first_label(desk, layer)
    same = [
        one
        for one in desk.find(Annotation, article=content.article, label=label.id)
        if one.spans == (Span(*span),)
    ]
    if same:
        return same[0]
    return annotate(desk, desk.get(Article, content.article), label, [span])


def _first_label(desk: Desk, layer: Layer) -> Label:
    found = [one for one in desk.codebook() if one.layer is layer]
    if not found:
        raise NewsdeskError(
            f"The codebook has no label for a {layer.value}. Nothing was changed; add one first."
        )
    return found[0]


def _check_content(desk: Desk, content: Annotation) -> None:
    if desk.get(Label, content.label).layer not in (Layer.QUOTE, Layer.CLAIM):
        raise NewsdeskError(
            "Only a quote or a claim has a speaker, a cue or a hop. Nothing was changed; "
            "choose a quote or claim first, then mark the words."
        )


def _entity_under(desk: Desk, mention: Annotation) -> str | None:
    """The entity of a mention that lies within the source's words, if there is just one."""
    inside = {
        one.entity
        for one in desk.find(Annotation, article=mention.article)
        if one.entity and one.outer.overlaps(mention.outer)
    }
    return inside.pop() if len(inside) == 1 else None
