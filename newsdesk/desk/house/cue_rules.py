"""The rules about cues: how much of the verb group belongs to them."""

import re

from newsdesk.desk.house.marked import Finding, Found, Marked
from newsdesk.model import Layer
from newsdesk.suggest.lexicon import ADVERBS

AUXILIARIES = frozenset(
    "has have had is are was were be been being will would could should may might must can cannot "
    "did does do not never hasn’t haven’t hadn’t isn’t aren’t wasn’t weren’t won’t wouldn’t "
    "couldn’t shouldn’t can’t didn’t doesn’t don’t".split()
)
_PHRASES = frozenset("according as in by per from under for".split())
_WORDS_BEFORE = re.compile(r"([^\W\d_]+(?:[’'][^\W\d_]+)?)\s+$")

_PARTICLES = {
    "out": "blurt point spell lay set rule call cry speak lash read burst hit make fall let carry",
    "up": "sum own open back speak bring talk play follow",
    "back": "hit fire shoot write snap push hark",
    "on": "go carry look expand",
    "down": "play turn talk lay",
    "off": "brush sound fire reel rattle",
    "away": "explain give",
    "forward": "put",
    "aside": "brush",
}
_IRREGULAR = {
    "laid": "lay", "spoke": "speak", "spoken": "speak", "hit": "hit", "made": "make",
    "brought": "bring", "shot": "shoot", "wrote": "write", "written": "write", "went": "go",
    "gone": "go", "gave": "give", "given": "give", "fell": "fall", "ruling": "rule",
    "making": "make", "writing": "write", "giving": "give", "cried": "cry", "cries": "cry",
    "carried": "carry", "carries": "carry", "setting": "set", "hitting": "hit",
    "putting": "put", "snapped": "snap", "snapping": "snap", "summed": "sum", "summing": "sum",
}  # fmt: skip


def cue_whole_verb_group(article: Marked) -> Finding:
    """A cue with an auxiliary or *not* standing outside right before it."""
    for cue in article.cues:
        if cue.quote.split()[0].lower() in _PHRASES:
            continue  # no verb: “that is according to the log”
        outside = _word_before(article.text, cue.start)
        if outside in AUXILIARIES:  # Will and May are names
            yield Found(cue, f"“{outside}” belongs to its verb group; take it in.")


def _word_before(text: str, at: int) -> str:
    """The word before `at`, one adverb passed over."""
    for _ in range(2):
        found = _WORDS_BEFORE.search(text[max(0, at - 30) : at])
        if found is None:
            return ""
        word = found[1].replace("'", "’")
        if not (word.lower() in ADVERBS or word.lower().endswith("ly")):
            return word
        at = max(0, at - 30) + found.start(1)
    return ""


def cue_without_auxiliaries(article: Marked) -> Finding:
    """A cue that begins with an auxiliary."""
    for cue in article.cues:
        words = cue.quote.replace("'", "’").split()
        if len(words) > 1 and words[0].lower() in AUXILIARIES:
            yield Found(cue, f"“{words[0]}” is an auxiliary; mark the verb alone.")


def cue_phrasal_verb_whole(article: Marked) -> Finding:
    """A cue whose particle stands outside right after it."""
    for cue in article.cues:
        follows = re.match(r"\s+([a-z]+)\b", article.text[cue.end : cue.end + 12])
        verb = cue.quote.split()[-1].lower()
        if follows and _stem(verb) in _PARTICLES.get(follows[1], "").split():
            yield Found(cue, f"“{follows[1]}” belongs to the verb; take it in.")


def _stem(verb: str) -> str:
    """The bare form of a verb that may take a particle; the word itself for any other."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    known = {one for verbs in _PARTICLES.values() for one in verbs.split()}
    stems = (verb.removesuffix(ending) for ending in ("", "s", "es", "ed", "d", "ing"))
    return next((stem for stem in stems if stem in known), verb)


def cue_in_one_piece(article: Marked) -> Finding:
    """A cue with more than one span."""
    for cue in article.cues:
        if len(cue.spans) > 1:
            yield Found(cue, "It is in pieces; mark the verb that reports in one.")


def cue_polarity_given(article: Marked) -> Finding:
    """A cue without a polarity."""
    for cue in article.cues:
        if cue.attributes.get("polarity") in (None, ""):
            yield Found(cue, "Say whether it affirms or denies: set its polarity.")


def orphan_has_no_source(article: Marked) -> Finding:
    """An orphan attribution of a quote that has a source mention in its own sentence."""
    for quote in article.by_layer.get(Layer.QUOTE, []):
        ties = article.ties(quote)
        if not any(tie.orphan for tie in ties):
            continue
        voices = {tie.source for tie in ties if tie.source}
        accounted = {
            tie.source_mention
            for tie in article.attributions
            if tie.content == quote.id or tie.source in voices
        }
        sentence = article.sentence(quote.start)
        for mention in article.sources:
            free = mention.id not in accounted and not mention.outer.overlaps(quote.outer)
            if free and sentence.overlaps(mention.outer):
                yield Found(quote, f"Its sentence names “{mention.quote}”; is that the speaker?")
                break
