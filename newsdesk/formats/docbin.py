"""spaCy's DocBin: shards of documents, with entities and a span group for each layer.

spaCy is imported within the functions that need its own class (docs/adr/0010).
"""

import sys
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from newsdesk.formats.carried import (
    KEY,
    NOT_HELD,
    Block,
    Carrier,
    foreign_keys,
    lose_codebook,
    shown_marks,
    tell_flattened,
)
from newsdesk.formats.docbin_reading import LONGEST, Envelope, Unreadable
from newsdesk.formats.foreign import Foreign, Task
from newsdesk.formats.format import (
    Bundle,
    Dataset,
    FileFormat,
    Input,
    Item,
    Losses,
    Part,
    Reading,
    Target,
)
from newsdesk.formats.mark_tokens import cut_tokens
from newsdesk.model import Layer, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

NAME = "docbin"
SHARD = 500
"""Documents that one file holds: DocBin keeps all of a file's tokens in memory."""

_WORDS = 100_000
_ATTRS = ("ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")


def read_docbin(source: Input, reading: Reading) -> Iterator[Item]:
    """The documents of a `.spacy` file, or of all those in a folder."""
    foreign = Foreign(source, reading, NAME)
    for file in [*source.members()] or [source]:
        foreign.objects.file = file.name
        yield from _file(foreign, file)
        reading.advance(file.size)


def _file(foreign: Foreign, file: Input) -> Iterator[Item]:
    try:
        with file.open() as opened:
            envelope = Envelope(_inflated(opened))
    except Unreadable as error:
        yield foreign.problem(str(error))
        return
    if envelope.lost:
        what = f"{', '.join(envelope.lost)} of the tokens are not kept"
        yield foreign.problem(what, blocks=False)
    for number in range(len(envelope)):
        try:
            found = envelope.document(number)
        except Unreadable as error:
            yield foreign.problem(str(error), record=f"document {number + 1}")
            continue
        yield from foreign.items(
            Task(
                text=found.text,
                marks=found.marks,
                pieces=found.pieces,
                block=found.block,
                extra=found.extra,
                name=f"document {number + 1}",
            )
        )


def _inflated(file: BinaryIO) -> bytes:
    """The bytes within, never more than fit: a small file may be made to swell without end."""
    inflater, out, size = zlib.decompressobj(), [], 0
    try:
        while chunk := inflater.unconsumed_tail or file.read(1 << 18):
            out.append(inflater.decompress(chunk, 1 << 20))
            size += len(out[-1])
            if size > LONGEST:
                raise Unreadable(f"it holds more than {LONGEST >> 20} MiB: write smaller shards")
    except zlib.error as error:
        raise Unreadable("it is no DocBin, or is damaged: it can't be inflated") from error
    if not inflater.eof:
        raise Unreadable("the file is empty." if not out else "the file breaks off")
    return b"".join(out)


def write_docbin(dataset: Dataset, target: Target) -> Losses:
    """Files of 500 documents, `00001.spacy` and so on, as `spacy train` takes a folder of them."""
    carrier = Carrier(dataset)
    lose_codebook(dataset.labels, carrier.losses)
    bundles = carrier.bundles()
    number = 0
    while shard := list(islice(bundles, SHARD)):
        number += 1
        content = _bin(shard, carrier).to_bytes()
        with target.file(f"{number:05}.spacy") as file:
            file.write(content)
    return carrier.losses


def _bin(shard: list[tuple[Bundle, Block]], carrier: Carrier) -> "DocBin":
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    made, vocab = DocBin(attrs=_ATTRS, store_user_data=True), Vocab()
    for bundle, block in shard:
        nlp = _language(bundle.article.language)
        made.add(_document(bundle, block, carrier, nlp, vocab))
        if len(nlp.vocab) > _WORDS:  # it would grow for ever
            _language.cache_clear()
    return made


def _document(
    bundle: Bundle, block: Block, carrier: Carrier, nlp: "Language", vocab: "Vocab"
) -> "Doc":
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    text, marks = bundle.article.text, shown_marks(bundle)
    own = [Span(token.idx, token.idx + len(token)) for token in nlp.make_doc(text)]
    tokens = cut_tokens(own, (span for mark in marks for span in mark.spans))
    ends = [*(token.start for token in tokens[1:]), len(text)]
    spaces = [end > token.end for token, end in zip(tokens, ends, strict=True)]
    doc = Doc(vocab, words=[token.of(text) for token in tokens], spaces=spaces)
    kb_ids = {one["id"]: one.get("kb_id") for one in block.get("entities", ())}
    groups: dict[Layer, list[Any]] = {}
    for mark in marks:
        tell_flattened(mark, carrier.losses, fragments=False, status=True)
        label = carrier.labels[mark.label]
        name, kb_id = label.name, kb_ids.get(mark.entity) or ""
        for start, end in mark.spans:
            span = doc.char_span(start, end, label=name, kb_id=kb_id, span_id=mark.id)
            assert span is not None, "the tokens were cut at every mark"
            groups.setdefault(label.layer, []).append(span)
    for layer in Layer:
        if layer in groups:
            doc.spans[layer.value] = groups[layer]
    # No two of spaCy's `ents` may overlap: of two, the longer one. The group has them all.
    doc.set_ents(filter_spans(groups.get(Layer.ENTITY, [])))
    doc.cats = foreign_keys(bundle, NAME).get("cats", {})
    doc.user_data[KEY] = msgspec.json.encode(block).decode()
    return doc


@cache
def _language(code: str) -> "Language":
    """spaCy's tokeniser of a language, or the one for any."""
    import spacy

    try:
        made = spacy.blank(code.split("-")[0])
    except ImportError:  # it is unknown, or needs more than is installed
        made = spacy.blank("xx")
    made.max_length = sys.maxsize
    return made


def looks_like(head: bytes) -> bool:
    """Whether a file begins as zlib, and inflates to MessagePack with a version first."""
    if head[:1] != b"\x78":
        return False
    try:
        start = zlib.decompressobj().decompress(head, 64)
    except zlib.error:
        return False
    return b"\xa7version" in start and b"\xa5attrs" in start


FORMAT = FileFormat(
    name=NAME,
    title="spaCy DocBin",
    suffixes=(".spacy",),
    looks_like=looks_like,
    losses=NOT_HELD | {Part.CODEBOOK, Part.STATUS},
    read=read_docbin,
    write=write_docbin,
    folder=True,
)
