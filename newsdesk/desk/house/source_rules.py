"""The rules about sources: how much of a description belongs to them, and which mention."""

import re

from newsdesk.desk.house.marked import Finding, Found, Marked
from newsdesk.model import Annotation, Attribution, Layer, Span
from newsdesk.suggest.lexicon import PRONOUNS

_RELATIVE = r"(?:who|which|whose|whom)\b"
_DESCRIBES = (
    r"(?:the|an?|his|her|its|their|our|my|one|once|former|formerly|then|now|head|chief|aged?|"
    r"\d+)\b"
)
_CLAUSE = re.compile(rf"(?i:{_RELATIVE}|{_DESCRIBES})|[^\W\d_a-z]")
# A clause that says why somebody has no name, or what somebody has not done, tells nobody apart.
_TELLS_NOTHING = re.compile(
    r"\b(?:name[ds]?|naming|identif\w+|anonym\w+|not|never)\b|n[’']t\b", re.IGNORECASE
)
_TAKEN_IN = re.compile(rf",\s+(?:{_RELATIVE}|{_DESCRIBES})|\s(?:who|whose)\s", re.IGNORECASE)
_NAME_AFTER = re.compile(r"(?:the|an?|his|her|its|their|our|my)\s[^,]+,\s+[^\W\d_]", re.IGNORECASE)


def source_not_cut_short(article: Marked) -> Finding:
    """A source followed at once by an apposition or relative clause that ends before the cue,
    left outside its span."""
    for mention in article.sources:
        for _, cue in article.cues_of(mention):
            clause = _between(article, mention, cue)
            if clause and _CLAUSE.match(clause) and not _TELLS_NOTHING.search(clause):
                yield Found(mention, f"What identifies it stands outside: “{clause}”.")
                break


def _between(article: Marked, mention: Annotation, cue: Annotation) -> str:
    """The clause in commas that fills the gap from a source to its cue; empty for none."""
    gap = article.text[mention.end : cue.start] if mention.end < cue.start else ""
    inside = gap.strip()
    if "\n" in gap or len(inside) < 3 or inside[0] != "," or inside[-1] != ",":
        return ""
    return inside[1:-1].strip()


def source_without_description(article: Marked) -> Finding:
    """A source that takes in an apposition or relative clause."""
    for mention in article.sources:
        words = mention.quote
        named_after = _NAME_AFTER.match(words) and " and " not in words
        if _TAKEN_IN.search(words) or named_after:
            yield Found(mention, "It takes in a description; mark the name with its title only.")


def source_nearest_mention(article: Marked) -> Finding:
    """A source mention that is not the mention nearest to the cue."""
    for mention in article.sources:
        for tie, cue in article.cues_of(mention):
            nearer = _nearer(article, mention, cue, tie)
            if nearer:
                yield Found(mention, f"“{nearer}” stands nearer to the cue; mark that.")
                break


def _nearer(article: Marked, mention: Annotation, cue: Annotation, tie: Attribution) -> str:
    """Words that name the same source nearer to the cue, outside what is quoted."""
    far = _gap(mention.outer, cue.outer)
    content = article.by_id[tie.content]
    for one in _mentions(article, tie):
        apart = not (one.outer.overlaps(mention.outer) or one.outer.overlaps(content.outer))
        if apart and _gap(one.outer, cue.outer) < far:
            return one.quote
    beside = _pronoun_before(article.text, cue.start)
    taken = [mention, content, *_others_at(article, cue, mention)]
    if beside and not any(beside.overlaps(one.outer) for one in taken):
        return beside.of(article.text)
    return ""


def _others_at(article: Marked, cue: Annotation, mention: Annotation) -> list[Annotation]:
    """The mentions of other hops that have the same cue: “she told the radio”."""
    ids = {tie.source_mention for tie in article.attributions if tie.cue == cue.id}
    return [article.by_id[id] for id in ids - {mention.id} if id]


def _mentions(article: Marked, tie: Attribution) -> list[Annotation]:
    """The marks that name the same source elsewhere."""
    if tie.source is None:
        return []
    same = {one.source_mention for one in article.attributions if one.source == tie.source}
    found = [one for one in article.sources if one.id in same and one.id != tie.source_mention]
    entity = article.voices.get(tie.source)
    names = article.by_layer.get(Layer.ENTITY, []) if entity else []
    return found + [one for one in names if one.entity == entity]


def _gap(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def _pronoun_before(text: str, at: int) -> Span | None:
    found = re.search(r"(\w+)\s+$", text[max(0, at - 12) : at])
    if found is None or found[1].lower() not in PRONOUNS:
        return None
    start = max(0, at - 12) + found.start(1)
    return Span(start, start + len(found[1]))
