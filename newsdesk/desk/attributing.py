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
