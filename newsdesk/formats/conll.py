"""CoNLL-2003: a token a line with its tag in the last column, and nothing besides."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from newsdesk.formats.companion import plain_names
from newsdesk.formats.flat import flat_marks, lose_bundle, lose_records, tagged_layers
from newsdesk.formats.format import Dataset, FileFormat, Input, Item, Losses, Part, Reading, Target
from newsdesk.formats.standoff import Found, Standoff
from newsdesk.formats.text import propose_title
from newsdesk.formats.tokens import marked, sentences, tagged
from newsdesk.model import Span

LONGEST_LINE = 100_000
TOKENS = 200_000
"""Tokens of one article: a file without `-DOCSTART-` is parted where it has more."""

_PATIENCE = 1_000
_START = "-DOCSTART-"
_UNFIT = r"[\s|]"
_TAG = re.compile(r"O|[BILUESMW]-\S+")
_LINE = re.compile(rb"[^\s#]\S*[ \t](?:[^\n]*[ \t])?(?:O|[BILUESMW]-\S+)[ \t]*")


def write_conll(dataset: Dataset, target: Target) -> Losses:
    """Write all articles to one file, in UTF-8: `token _ _ tag`, tags as BIO (IOB2)."""
    losses = Losses()
    names = plain_names(dataset.labels, _UNFIT)
    layers = {label.id: label.layer for label in dataset.labels}
    wanted = tagged_layers(dataset.labels)
    lose_records(dataset, losses, codebook="of the label, only the name is written")
    with target.file() as file:
        for bundle in dataset.articles():
            text = bundle.article.text
            marks = flat_marks(bundle, names, layers, wanted, losses.add)
            named = [(mark.span, mark.name) for mark in marks]
            lose_bundle(bundle, losses)
            lines = [f"{_START} -X- O O", ""]
            rebuilt: list[str] = []
            for sentence in sentences(text, [mark.span for mark in marks]):
                words = [text[start:end] for start, end in sentence.tokens]
                for word, tag in zip(words, tagged(sentence.tokens, named), strict=True):
                    lines.append(f"{word} _ _ {tag}")
                lines.append("")
                rebuilt.append(" ".join(words))
            if "\n".join(rebuilt) != text:
                what = "the white space between tokens is not written: offsets will be others"
                losses.add(Part.DETAILS, bundle.article.id, what)
            file.write("\n".join(lines).encode() + b"\n")
    return losses


def looks_like_conll(head: bytes) -> bool:
    """Whether the first lines are tokens with tags."""
    if head.startswith(_START.encode()):
        return True
    lines = [line for line in head.split(b"\n")[:-1] if line.strip()][:20]
    return len(lines) > 2 and all(_LINE.fullmatch(line.rstrip(b"\r")) for line in lines)


def read_conll(source: Input, reading: Reading) -> Iterator[Item]:
    """The articles of a file: its tokens parted by spaces, its sentences by line breaks.

    Columns are parted by blanks or tabs: the first is the token, the last its tag (IOB1, BIO,
    BILOU or BIOES). A sentence on one line, as `token|POS|tag token|tag …`, is understood too.
    """
    objects = Standoff(source.name, reading.labels, "conll")
    document = _Document(objects, PurePosixPath(source.name).name)
    tokens = 0
    with source.open() as file:
        for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            reading.advance(len(raw))
            if len(raw) >= LONGEST_LINE:
                yield objects.problem(f"a line is longer than {LONGEST_LINE:,} bytes", line=number)
                return
            try:
                line = raw.decode(reading.encoding or "utf-8").removeprefix("\ufeff")
            except (UnicodeDecodeError, LookupError):
                said = "it is not in UTF-8, or not in the encoding that was chosen."
                yield objects.problem(said, line=number)
                return
            if line.startswith(_START) or (document.tokens >= TOKENS and not line.strip()):
                yield from document.items()
                document = _Document(objects, document.name, document.number + 1, number)
            if line.startswith(_START):
                continue
            before = document.tokens
            wrong = document.take(line.rstrip("\r\n"), number)
            if wrong:
                yield objects.problem(wrong, line=number)
            tokens += document.tokens - before
            if not tokens and number > _PATIENCE:
                break
    if not tokens:
        yield objects.problem("there is no line of a token with a tag (O, B-…, I-…) in it.")
    yield from document.items()


class _Document:
    """The lines of one article, gathered until it ends."""

    def __init__(self, objects: Standoff, name: str, number: int = 1, line: int = 1) -> None:
        self._objects, self.name, self.number, self._line = objects, name, number, line
        self._sentences: list[list[tuple[str, str, int]]] = [[]]
        self.tokens = 0

    def take(self, line: str, number: int) -> str:
        """Take in a line; give what is wrong with it."""
        if not line.strip():
            if self._sentences[-1]:
                self._sentences.append([])
            return ""
        cells = line.split("\t") if "\t" in line else line.split()
        piped = [cell.split("|") for cell in line.split()]
        if all(len(parts) > 1 and _TAG.fullmatch(parts[-1]) for parts in piped):
            self._sentences.append([("|".join(p[:1]), p[-1], number) for p in piped if p[0]])
            self._sentences.append([])
        elif len(cells) > 1 and cells[0].strip() and _TAG.fullmatch(cells[-1].strip()):
            self._sentences[-1].append((" ".join(cells[0].split()), cells[-1].strip(), number))
        elif line.startswith("#"):
            return ""
        else:
            return f"its last column is no tag (O, B-…, I-…): “{line[:60]}”"
        self.tokens += len(piped) if len(piped) > len(cells) else 1
        return ""

    def items(self) -> Iterator[Item]:
        """The article that the lines make."""
        rows = [sentence for sentence in self._sentences if sentence]
        if not rows:
            return
        text, found = "", []
        for sentence in rows:
            text += "\n" if text else ""
            starts = []
            for word, _, _ in sentence:
                text += "" if not text or text.endswith("\n") else " "
                starts.append(len(text))
                text += word
            tags = [tag for _, tag, _ in sentence]
            for first, last, label in marked(tags):
                end = starts[last - 1] + len(sentence[last - 1][0])
                span = Span(starts[first], end)
                found.append(Found(label=label, spans=(span,), line=sentence[first][2]))
        yield from self._objects.bundle(
            text,
            found,
            name=f"{self.name}#{self.number}",
            fields={"title": propose_title(text)},
            line=self._line,
        )


FORMAT = FileFormat(
    name="conll",
    title="CoNLL-2003 (tokens with BIO tags)",
    suffixes=(".conll", ".iob", ".iob2", ".bio", ".conll2003"),
    looks_like=looks_like_conll,
    losses=frozenset(Part) - {Part.ANNOTATIONS},
    read=read_conll,
    write=write_conll,
)
