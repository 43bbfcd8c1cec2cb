"""The rules about names and claims, and about what the codebook asks of every annotation."""

from newsdesk.desk.house.marked import Finding, Found, Marked
from newsdesk.model import Annotation, Layer
from newsdesk.model.codebook import lacking, unfit
from newsdesk.suggest.lexicon import HONORIFICS

VALUES = frozenset("DATE TIME MONEY QUANTITY PERCENT".split())
"""Labels of values: these have no entry in the register."""
_TITLES = tuple(f"{title} " for title in (*HONORIFICS, "Chief", "Detective", "Lady", "Dame"))
_POSSESSIVE = ("’s", "'s")


def mention_linked(article: Marked) -> Finding:
    """A mention of a name (not a value) without an entity."""
    for mention in article.by_layer.get(Layer.ENTITY, []):
        if mention.entity is None and article.name(mention) not in VALUES:
            yield Found(mention, "It is linked to no entity; link it, or make one.")


def person_without_title(article: Marked) -> Finding:
    """A PERSON that begins with a title or ends in a possessive."""
    for mention in article.by_layer.get(Layer.ENTITY, []):
        if article.name(mention) != "PERSON":
            continue
        words = mention.quote.replace(". ", " ")
        if words.startswith(_TITLES):
            yield Found(mention, "It begins with a title; mark the name alone.")
        elif words.endswith(_POSSESSIVE):
            yield Found(mention, "It ends in a possessive; leave that outside.")


def claim_has_record(article: Marked) -> Finding:
    """A CLAIM annotation that belongs to no claim."""
    for claim in article.by_layer.get(Layer.CLAIM, []):
        if claim.claim is None:
            yield Found(claim, "It is the appearance of no claim; tag it anew, or join it to one.")


def claim_without_cue(article: Marked) -> Finding:
    """A CLAIM that takes in the words that say who says it."""
    for claim in article.by_layer.get(Layer.CLAIM, []):
        for tie in article.ties(claim):
            ends = (tie.cue, tie.source_mention)
            inside = [article.by_id[id] for id in ends if id and _within(article, id, claim)]
            if inside:
                yield Found(claim, f"It takes in “{inside[0].quote}”; leave out who says it.")
                break


def _within(article: Marked, id: str, claim: Annotation) -> bool:
    return any(span.start <= article.by_id[id].start < span.end for span in claim.spans)


def attribute_given(article: Marked) -> Finding:
    """An annotation without an attribute that its label requires."""
    for one in article.annotations:
        label = article.labels.get(one.label)
        names = lacking(label, one.attributes) if label else []
        if names:
            yield Found(one, f"Its label asks for {', '.join(names)}; give it.")


def attribute_fits(article: Marked) -> Finding:
    """An annotation with an attribute that its label does not allow."""
    for one in article.annotations:
        label = article.labels.get(one.label)
        names = unfit(label, one.attributes) if label else []
        if names:
            said = ", ".join(f"{name} = {one.attributes[name]!r}" for name in names)
            yield Found(one, f"The codebook does not allow {said}; change it.")


def label_in_force(article: Marked) -> Finding:
    """An annotation that was made under an earlier version of its label."""
    for one in article.annotations:
        label = article.labels.get(one.label)
        if label is not None and one.label_version < label.version:
            yield Found(
                one,
                f"Tagged under version {one.label_version} of {label.name}, which is at "
                f"{label.version}; review it.",
            )
