"""The spaCy components of `en_newsdesk`: encoder, names, quotes and claims.

spaCy is imported inside functions only: it costs a second at start.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from newsdesk.model import Layer, NewsdeskError
from newsdesk.suggest.attribution import assemble
from newsdesk.suggest.claims import claims, hedges, sentence_worth
from newsdesk.suggest.direct import Reported, direct_quotes
from newsdesk.suggest.encoder import FILES, Encoder, Reading
from newsdesk.suggest.frames import Range
from newsdesk.suggest.gazetteer import with_known
from newsdesk.suggest.headlines import headline_quotes
from newsdesk.suggest.indirect import indirect_quotes, nested_reports, tagged_parts
from newsdesk.suggest.language import NOTICE, is_english
from newsdesk.suggest.learning.corrections import corrected, tags_of
from newsdesk.suggest.learning.layers import LEARNT, LEARNT_NAMES, register_layers
from newsdesk.suggest.names import Name, names, rule_names
from newsdesk.suggest.proposals import Proposal, Proposals
from newsdesk.suggest.sentences import sentences
from newsdesk.suggest.tokens import WordTokenizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAME = "en_newsdesk"
ENCODER, NAMES, QUOTES, CLAIMS = (
    "newsdesk_encoder",
    "newsdesk_names",
    "newsdesk_quotes",
    "newsdesk_claims",
)
TOKENIZER = "newsdesk.words.v1"
KNOWN = "newsdesk_known"
"""Where a document keeps the names that the desk knows, until the names are found."""
_PROPOSALS = "newsdesk_proposals"
_READINGS, _REPORTS, _NAMES = "newsdesk_readings", "newsdesk_reports", "newsdesk_found"
_GROUPS = {
    Layer.QUOTE: "quotes",
    Layer.CUE: "cues",
    Layer.SOURCE: "sources",
    Layer.CLAIM: "claims",
    Layer.HEDGE: "hedges",
}


def register() -> None:
    """Make the components known to spaCy; doing it again changes nothing."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    if not Doc.has_extension("newsdesk"):
        Doc.set_extension("newsdesk", getter=_proposals, setter=_keep_proposals)
        Span.set_extension("confidence", default=None)
        Span.set_extension("value", default=None)
    if Language.has_factory(ENCODER):
        return
    spacy.registry.tokenizers(TOKENIZER, func=_tokenizer_factory)
    register_layers()
    Language.factory(ENCODER, func=_make_encoder)
    for name, maker in ((NAMES, _NamesPart), (QUOTES, _QuotesPart), (CLAIMS, _ClaimsPart)):
        Language.factory(name, func=_factory(maker))


def _proposals(doc: Doc) -> Proposals | None:
    """What was proposed for a document; None where another pipeline read it."""
    kept = doc.user_data.get(_PROPOSALS)
    return None if kept is None else msgspec.convert(kept, Proposals, strict=False)


def _keep_proposals(doc: Doc, result: Proposals) -> None:
    """Keep proposals as plain values, so that the document can still be written to bytes."""
    doc.user_data[_PROPOSALS] = msgspec.to_builtins(result)


def _tokenizer_factory() -> Any:
    return lambda nlp: WordTokenizer(nlp.vocab)


def _make_encoder(nlp: Language, name: str) -> EncoderPart:
    return EncoderPart(nlp)


def _factory(maker: Any) -> Any:
    def make(nlp: Language, name: str) -> Any:
        return maker(nlp)

    return make


class EncoderPart:
    """Marks sentences and reads each with the network; the parts after it use what it read."""

    def __init__(self, nlp: Language) -> None:
        self.encoder: Encoder | None = None
        self._nlp = nlp
        self._folder: Path | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self.encoder is None:
            raise NewsdeskError(
                "The suggestions can't start: the pipeline has no network. Nothing was changed. "
                "Install Newsdesk again, or choose another pipeline."
            )
        spans = sentences(doc.text)
        _mark_sentences(doc, spans)
        if not is_english(doc.text):
            doc.user_data[_READINGS] = None
        elif any(name in self._nlp.component_names for name in LEARNT):
            read = self.encoder.read(doc.text, spans, vectors=True)
            doc.user_data[_READINGS] = corrected(self._nlp, doc, read)
        else:
            doc.user_data[_READINGS] = self.encoder.read(doc.text, spans)
        return doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the network's files into ``path``."""
        if self._folder is not None:
            Path(path).mkdir(parents=True, exist_ok=True)
            for name in FILES:
                shutil.copyfile(self._folder / name, Path(path) / name)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> EncoderPart:
        """Open the network in ``path``."""
        self._folder = Path(path)
        self.encoder = Encoder(self._folder)
        return self


def _mark_sentences(doc: Doc, spans: Sequence[Range]) -> None:
    starts = {start for start, _ in spans}
    for token in doc:
        if token.i == 0 or token.idx in starts:
            token.is_sent_start = True


def encoder_of(nlp: Language) -> Encoder:
    """The network of a pipeline. Raises NewsdeskError where it has none."""
    part = nlp.get_pipe(ENCODER)
    encoder = getattr(part, "encoder", None)
    if not isinstance(encoder, Encoder):
        raise NewsdeskError("The pipeline is incomplete: its network is missing. Choose another.")
    return encoder


class _Part:
    """A component that needs nothing on disk but the encoder before it."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to keep."""

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> _Part:
        """Nothing to read."""
        return self


class _NamesPart(_Part):
    """Fills `doc.ents`; confidence and value are extensions of the spans."""

    def __call__(self, doc: Doc) -> Doc:
        readings: list[Reading] | None = doc.user_data.get(_READINGS)
        if readings is None:
            found = rule_names(doc.text)
        else:
            encoder = encoder_of(self._nlp)
            tags = tags_of(self._nlp, LEARNT_NAMES, encoder.name_tags)
            found = names(doc.text, readings, tags, encoder.calibration)
        found = with_known(doc.text, found, doc.user_data.pop(KNOWN, ()))
        doc.user_data[_NAMES] = found
        spans: list[Any] = []
        for name in found:
            span = doc.char_span(name.start, name.end, label=name.label, alignment_mode="expand")
            if span is not None and not (spans and spans[-1].end > span.start):
                span._.confidence, span._.value = name.confidence, dict(name.value)
                spans.append(span)
        doc.set_ents(spans)
        return doc


class _QuotesPart(_Part):
    """Finds direct and indirect quotes; they are laid into `doc.spans` by the part after it."""

    def __call__(self, doc: Doc) -> Doc:
        found: list[Name] = doc.user_data.get(_NAMES, [])
        readings: list[Reading] | None = doc.user_data.get(_READINGS)
        if readings is None:
            doc.user_data[_REPORTS] = quotes_by_rule(doc.text, found, english=is_english(doc.text))
            return doc
        encoder = encoder_of(self._nlp)
        doc.user_data[_REPORTS] = all_quotes(
            doc.text, found, tagged_parts(readings, encoder.quote_tags), encoder.calibration
        )
        return doc


def _speaking(found: Sequence[Name]) -> list[Range]:
    labels = ("PERSON", "ORG", "OUTLET", "GPE", "NORP")
    return [(name.start, name.end) for name in found if name.label in labels]


def quotes_by_rule(text: str, found: Sequence[Name], *, english: bool = True) -> list[Reported]:
    """What the rules alone make of the quotation marks; in other languages any marks count."""
    direct, _ = direct_quotes(text, _speaking(found), (), any_marks=not english)
    return sorted(direct, key=lambda report: (report.start, -report.end))


def all_quotes(
    text: str,
    found: Sequence[Name],
    parts: Sequence[Sequence[Any]],
    calibration: dict[str, list[float]],
) -> list[Reported]:
    """Direct quotes by rule, indirect ones as the network tagged them, headlines; in text order."""
    entities = _speaking(found)
    sources = sorted((s, e) for part in parts for s, e, label, _ in part if label == "SOURCE")
    direct, loose = direct_quotes(text, entities, sources)
    indirect = indirect_quotes(text, parts, direct, loose, entities, calibration)
    indirect += nested_reports(text, [*direct, *indirect], entities)
    heads = headline_quotes(text, entities, [*direct, *indirect])
    return sorted([*direct, *indirect, *heads], key=lambda report: (report.start, -report.end))


class _ClaimsPart(_Part):
    """Finds claims and hedges, ties everything together, and lays it into `doc.spans`."""

    def __call__(self, doc: Doc) -> Doc:
        readings: list[Reading] | None = doc.user_data.pop(_READINGS, None)
        found: list[Name] = doc.user_data.pop(_NAMES, [])
        reports: list[Reported] = doc.user_data.pop(_REPORTS, [])
        claimed, weak = [], []
        worth: tuple[tuple[int, int, float], ...] = ()
        if readings is not None:
            encoder = encoder_of(self._nlp)
            claimed = claims(doc.text, readings, found, reports, encoder.calibration)
            weak = hedges(doc.text)
            worth = sentence_worth(readings, encoder.calibration)
        result = assemble(doc.text, found, reports, claimed, weak)
        notice = NOTICE if readings is None and not is_english(doc.text) else ""
        meta = self._nlp.meta
        origin = (
            f"{meta.get('lang', 'en')}_{meta.get('name', 'newsdesk')} {meta.get('version', '')}"
        )
        result = Proposals(result.items, result.ties, result.chains, origin.strip(), notice, worth)
        doc._.newsdesk = result
        lay_out(doc, result)
        return doc


def lay_out(doc: Doc, result: Proposals) -> None:
    """Put what is no entity into `doc.spans`, with confidences and ties as attributes."""
    for layer, key in _GROUPS.items():
        spans, confidence, item = [], [], []
        for place, proposal in _of_layer(result, layer):
            for start, end in proposal.spans:
                span = doc.char_span(start, end, label=proposal.label, alignment_mode="expand")
                if span is not None:
                    spans.append(span)
                    confidence.append(proposal.confidence)
                    item.append(place)
        doc.spans[key] = spans
        doc.spans[key].attrs.update({"confidence": confidence, "item": item})
    doc.spans["quotes"].attrs["ties"] = [
        {"content": t.content, "source": t.source, "cue": t.cue, "speaker": t.speaker, "hop": t.hop}
        for t in result.ties
    ]


def _of_layer(result: Proposals, layer: Layer) -> Iterator[tuple[int, Proposal]]:
    return ((place, item) for place, item in enumerate(result.items) if item.layer == layer)


def build() -> Language:
    """A pipeline of these components without a network yet: training puts one in and saves it."""
    import spacy

    register()
    config = {"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}}
    nlp = spacy.blank("en", config=config)
    for name in (ENCODER, NAMES, QUOTES, CLAIMS):
        nlp.add_pipe(name)
    return nlp
