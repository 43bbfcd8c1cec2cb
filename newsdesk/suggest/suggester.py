"""Suggesters: our own pipeline or any checked spaCy folder, asked for plain proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsdesk.model import Layer, Span
from newsdesk.settings import shipped
from newsdesk.suggest import pipeline
from newsdesk.suggest.attribution import assemble
from newsdesk.suggest.encoder import enough_memory
from newsdesk.suggest.gazetteer import KnownName, with_known
from newsdesk.suggest.loading import open_folder
from newsdesk.suggest.names import Name
from newsdesk.suggest.proposals import Chain, Proposal, Proposals, Tie, one
from newsdesk.suggest.sentences import paragraphs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST = 100_000
"""Code points given to a pipeline in one call; longer texts go by whole paragraphs."""

# What other English pipelines call the labels of the codebook (OntoNotes, CoNLL and WikiNER names).
_LABELS = {
    "PER": "PERSON",
    "WORK_OF_ART": "WORK",
    "LAW": "WORK",
    "FACILITY": "FAC",
    "LOCATION": "LOC",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
}
_DROPPED = frozenset("CARDINAL ORDINAL LANGUAGE MISC".split())


def codebook_label(label: str) -> str:
    """The codebook's name for a label of other pipelines and corpora, else the label itself."""
    return _LABELS.get(label, label)


class PipelineSuggester:
    """Asks a loaded spaCy pipeline; `name` is what an annotation's origin will say."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        meta = nlp.meta
        lang, name = meta.get("lang", "en"), meta.get("name", "pipeline")
        self._name = f"{lang}_{name} {meta.get('version', '')}".strip()

    @property
    def name(self) -> str:
        """Pipeline and version."""
        return self._name

    def suggest(
        self,
        text: str,
        *,
        known: Sequence[KnownName] = (),
        told: Callable[[int, int], object] | None = None,
    ) -> Proposals:
        """Propose annotations for ``text``; a long one is read by paragraphs. ``known`` are names
        that the desk knows and that occur in the text. ``told`` hears after each piece how many
        code points are read, and of how many.

        Raises NewsdeskError if the pipeline has no network, or there is not enough memory.
        """
        if not text.strip():
            return Proposals(origin=self._name)
        pieces = []
        for start, end in _blocks(text, LONGEST):
            with enough_memory():
                pieces.append(_shifted(self._read(text[start:end], known), start))
            if told is not None:
                told(end, len(text))
        return pieces[0] if len(pieces) == 1 else _together(pieces)

    def _read(self, text: str, known: Sequence[KnownName]) -> Proposals:
        doc = self._nlp.make_doc(text)
        if known:
            doc.user_data[pipeline.KNOWN] = tuple(known)
        doc = self._nlp(doc)
        own: Proposals | None = doc._.newsdesk
        return own if own is not None else _from_spans(doc, self._name, known)


def own_suggester() -> PipelineSuggester:
    """The pipeline that Newsdesk ships with. Raises NewsdeskError if it is broken."""
    return folder_suggester(shipped("resources", "models", pipeline.NAME))


def folder_suggester(folder: Path, pinned: str | None = None) -> PipelineSuggester:
    """A pipeline of the editor's choice, checked before it is loaded.

    ``pinned`` is the folder's SHA-256 as it was when it was chosen. Raises NewsdeskError.
    """
    return PipelineSuggester(open_folder(folder, pinned))


def _from_spans(doc: Doc, origin: str, known: Sequence[KnownName] = ()) -> Proposals:
    """Proposals from another pipeline's `doc.ents`; quotation marks are read by our own rules."""
    found = []
    for ent in doc.ents:
        label = codebook_label(ent.label_)
        if label not in _DROPPED:
            found.append(Name(ent.start_char, ent.end_char, label, 0.7, f"read by {origin}"))
    found = with_known(doc.text, found, known)
    reports = pipeline.quotes_by_rule(doc.text, found)
    result = assemble(doc.text, found, reports, (), ())
    extra = [
        Proposal(
            one(s.start_char, s.end_char),
            Layer(key.removesuffix("s")),
            s.label_ or key,
            0.5,
            origin,
        )
        for key in ("claims", "hedges")
        for s in doc.spans.get(key, ())
    ]
    return Proposals((*result.items, *extra), result.ties, result.chains, origin)


def _blocks(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Cut at paragraph ends into ranges of at most ``longest``; a longer paragraph at a space."""
    begin = 0
    if len(text) <= longest:
        yield 0, len(text)
        return
    last = 0
    for _, end in paragraphs(text):
        while end - begin > longest:
            if last > begin:
                cut = last
            else:
                space = text.rfind(" ", begin, begin + longest)
                cut = space if space > begin else begin + longest
            yield begin, cut
            begin = cut
        last = end
    if begin < len(text):
        yield begin, len(text)


def _shifted(result: Proposals, by: int) -> Proposals:
    """The same proposals, ``by`` code points further on."""
    if by == 0:
        return result
    items = tuple(
        replace(item, spans=tuple(Span(s + by, e + by) for s, e in item.spans))
        for item in result.items
    )
    worth = tuple((start + by, end + by, chance) for start, end, chance in result.worth)
    return replace(result, items=items, worth=worth)


def _together(pieces: Sequence[Proposals]) -> Proposals:
    """Join the proposals of a long text's blocks; chains of one name and kind become one."""
    items: list[Proposal] = []
    ties: list[Tie] = []
    chains: dict[tuple[str, str], list[int]] = {}
    for piece in pieces:
        base = len(items)
        items.extend(piece.items)
        ties.extend(_moved(tie, base) for tie in piece.ties)
        for chain in piece.chains:
            chains.setdefault((chain.name, chain.kind), []).extend(m + base for m in chain.mentions)
    joined = tuple(Chain(name, kind, tuple(m)) for (name, kind), m in chains.items())
    worth = tuple(one for piece in pieces for one in piece.worth)
    first = pieces[0]
    return Proposals(tuple(items), tuple(ties), joined, first.origin, first.notice, worth)


def _moved(tie: Tie, by: int) -> Tie:
    def on(place: int | None) -> int | None:
        return None if place is None else place + by

    return replace(
        tie,
        content=tie.content + by,
        source=on(tie.source),
        cue=on(tie.cue),
        speaker=on(tie.speaker),
    )
