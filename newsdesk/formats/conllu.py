"""CoNLL-U: sentences of tokens with exact white space, entities as BIO tags in the last column.

What the columns have no place for stands in comments that begin with `# newsdesk`: records before
the first article, its bag before each. The text is exact; marks other than the flat layer of
entities are in the bag, and count as long as the text is unchanged.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import msgspec

from newsdesk.formats.companion import AFTER, BEFORE, Companion, bag_of, plain_names
from newsdesk.formats.conllu_reading import Document, Lines
from newsdesk.formats.flat import Flat, flat_marks, tagged_layers
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
from newsdesk.formats.naming import file_stem
from newsdesk.formats.standoff import Standoff
from newsdesk.formats.tokens import sentences, tagged

UNFIT = r"[^A-Za-z0-9_]"
"""What does not go into the name of a tag: spaCy takes capitals and underscores only."""

RECORD, BAG, NAMES = "# newsdesk.record = ", "# newsdesk.bag = ", "# newsdesk = "

_ESCAPES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}


def write_conllu(dataset: Dataset, target: Target) -> Losses:
    """Write all articles to one file, in UTF-8."""
    losses = Losses()
    companion = Companion(dataset, "conllu", losses)
    names = plain_names(dataset.labels, UNFIT)
    layers = {label.id: label.layer for label in dataset.labels}
    wanted = tagged_layers(dataset.labels)
    with target.file() as file:
        file.write(NAMES.encode() + companion.header(names) + b"\n")
        for line in companion.records((*BEFORE, *AFTER)):
            file.write(RECORD.encode() + line + b"\n")
        for number, bundle in enumerate(dataset.articles(), 1):
            marks = flat_marks(bundle, names, layers, wanted)
            tags = msgspec.json.encode([mark.id for mark in marks]).decode()
            bag = '{"tagged":' + tags + "," + companion.bag(bundle).decode()[1:]
            lines = _lines(bundle, file_stem(number, bundle.article), bag, marks)
            file.write("".join(f"{line}\n" for line in lines).encode())
    return losses


def _lines(bundle: Bundle, name: str, bag: str, marks: list[Flat]) -> Iterator[str]:
    text = bundle.article.text
    yield f"# newdoc id = {name}"
    yield f"{BAG}{bag}"
    found = list(sentences(text, [mark.span for mark in marks]))
    if not found:
        # A text of white space alone: a sentence of one token holds it.
        yield f"# sent_id = {name}-1"
        yield "# text = _"
        yield f"1\t_\t_\t_\t_\t_\t_\t_\t_\tNewsdesk=Empty|SpacesAfter={escaped(text)}"
        yield ""
        return
    named = [(mark.span, mark.name) for mark in marks]
    for number, sentence in enumerate(found, 1):
        if sentence.begins:
            yield "# newpar"
        first, last = sentence.tokens[0].start, sentence.tokens[-1].end
        nearest = found[number].tokens[0].start if number < len(found) else len(text)
        yield f"# sent_id = {name}-{number}"
        yield f"# text = {' '.join(text[first:last].split())}"
        tags = tagged(sentence.tokens, named)
        for at, (token, tag) in enumerate(zip(sentence.tokens, tags, strict=True), 1):
            after = sentence.tokens[at].start if at < len(sentence.tokens) else nearest
            misc = [f"NE={tag}"] if tag != "O" else []
            misc += _space(text[token.end : after])
            if number == 1 and at == 1 and first:
                misc.append(f"SpacesBefore={escaped(text[:first])}")
            word = text[token.start : token.end]
            yield f"{at}\t{word}" + "\t_" * 7 + "\t" + ("|".join(misc) or "_")
        yield ""


def _space(white: str) -> list[str]:
    if not white:
        return ["SpaceAfter=No"]
    return [] if white == " " else [f"SpacesAfter={escaped(white)}"]


def escaped(white: str) -> str:
    """White space, and whatever no token holds, as UDPipe writes it."""
    return "".join(
        _ESCAPES.get(sign) or (sign if sign.isprintable() else f"\\u{ord(sign):06x}")
        for sign in white
    )


def read_conllu(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a file; a file without `# newdoc` is one article."""
    objects = Standoff(source.name, reading.labels, "conllu")
    lines = Lines(source, reading)
    document = Document(objects, PurePosixPath(source.name).name, 1)
    tokens = 0
    for number, line in lines:
        if line.startswith("# newdoc") or document.full:
            yield from document.items()
            tokens += document.tokens
            name = line.partition("=")[2].strip() if line.startswith("# newdoc") else ""
            document = Document(objects, name or f"{document.name}#{number}", number)
        if line.startswith(NAMES):
            header: dict[str, Any] = bag_of(line[len(NAMES) :].encode()) or {}
            objects.take_names(header.get("names"))
        elif line.startswith(RECORD):
            yield from _record(objects, line[len(RECORD) :].encode(), number)
        elif line.startswith(BAG):
            document.bag = bag_of(line[len(BAG) :].encode())
        else:
            document.take(line, number)
    yield from lines.wrong(objects)
    yield from document.items()
    if not tokens + document.tokens and not lines.failed:
        yield objects.problem("there is no line of ten columns in it, as CoNLL-U has them.")


_TYPE = re.compile(rb'\{"type":"([a-z]+)",')


def _record(objects: Standoff, line: bytes, number: int) -> Iterator[Item]:
    found = _TYPE.match(line)
    if found and found[1].decode() in (*BEFORE, *AFTER):
        yield from objects.record(found[1].decode(), b"{" + line[found.end() :], number)
    else:
        yield objects.problem("this comment of Newsdesk's holds no record", line=number)


_HEAD = re.compile(rb"^(?:# newsdesk = \{|\d+(?:-\d+)?\t[^\t\n]+(?:\t[^\t\n]*){8}\r?$)", re.M)

FORMAT = FileFormat(
    name="conllu",
    title="CoNLL-U",
    suffixes=(".conllu",),
    looks_like=lambda head: bool(_HEAD.search(head)),
    losses=frozenset({Part.JOURNAL}),
    read=read_conllu,
    write=write_conllu,
)
