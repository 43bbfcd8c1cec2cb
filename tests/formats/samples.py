"""Datasets for the tests of the formats: random ones, small ones by hand, and where they go."""

import io
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec
from hypothesis import strategies as st

from newsdesk.formats.dataset_json import read_json
from newsdesk.formats.dataset_jsonl import read_jsonl
from newsdesk.formats.dataset_writing import write_json, write_jsonl
from newsdesk.formats.format import Bundle, Filed, Item, Problem, Reading
from newsdesk.formats.inputs import BytesInput
from newsdesk.model import (
    Annotation,
    Anonymity,
    Article,
    Attribute,
    AttributeType,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Label,
    Layer,
    Link,
    LinkKind,
    Manner,
    Review,
    Snapshot,
    Source,
    SourceKind,
    Span,
    Stance,
    Status,
    canonise,
    joined,
    new_article,
    quote_of,
)

READ = {"json": read_json, "jsonl": read_jsonl}
WRITE = {"json": write_json, "jsonl": write_jsonl}

# What has broken offsets in other programs: astral characters, joiners, marks that combine or
# turn the direction, every kind of line break, and what can't be stored at all.
PIECES = [
    *("a", "Z", " ", "\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\x00", "\ufeff", "\ufdd0"),
    *("😀", "👩‍👩‍👧", "🇮🇸", "👍🏽", "\u200d", "é", "e\u0301", "ﬁ", "ß", "İ"),
    *("שלום", "مرحبا", "\u202e", "\u2066", "\ud800", "\udc00", "\U0010ffff", "“", "…", "\\", '"'),
]
texts = (
    st.lists(
        st.sampled_from(PIECES) | st.characters(exclude_categories=()) | st.text(max_size=8),
        min_size=1,
        max_size=40,
    )
    .map("".join)
    .filter(canonise)
)
storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
unknown_keys = st.dictionaries(
    storable.map(lambda key: f"x-{key}"), st.none() | st.integers(0, 9) | storable, max_size=2
)


class Kept(io.BytesIO):
    """A file in memory that can be looked at after it was closed."""

    def close(self) -> None:
        self.kept = self.getvalue()
        super().close()


class Memory:
    """A target in memory."""

    def __init__(self) -> None:
        self.files: dict[str, Kept] = {}

    def file(self, name: str = "") -> Kept:
        self.files[name] = Kept()
        return self.files[name]

    @property
    def content(self) -> bytes:
        return self.files[""].kept


class Given(msgspec.Struct, kw_only=True):
    """A dataset out of lists."""

    labels: tuple[Label, ...] = ()
    bundles: list[Bundle] = []
    register: list[Entity] = []
    speakers: list[Source] = []
    stated: list[tuple[Claim, tuple[str, ...]]] = []
    found: list[Evidence] = []
    captured: list[Snapshot] = []
    checked: list[Review] = []
    tied: list[Link] = []
    changes: list[Any] = []

    def articles(self) -> Iterable[Bundle]:
        return self.bundles

    def entities(self) -> Iterable[Entity]:
        return self.register

    def sources(self) -> Iterable[Source]:
        return self.speakers

    def claims(self) -> Iterable[tuple[Claim, tuple[str, ...]]]:
        return self.stated

    def evidence(self) -> Iterable[Evidence]:
        return self.found

    def snapshots(self) -> Iterable[Snapshot]:
        return self.captured

    def reviews(self) -> Iterable[Review]:
        return self.checked

    def links(self) -> Iterable[Link]:
        return self.tied

    def journal(self) -> Iterable[Any]:
        return self.changes


LABELS = tuple(
    Label(name=name, layer=layer, position=at)
    for at, (name, layer) in enumerate(
        {
            "PERSON": Layer.ENTITY,
            "ORG": Layer.ENTITY,
            "QUOTE": Layer.QUOTE,
            "CLAIM": Layer.CLAIM,
            "SOURCE": Layer.SOURCE,
            "CUE": Layer.CUE,
        }.items()
    )
)
BY_NAME = {label.name: label for label in LABELS}


def mark(article: Article, name: str, *spans: tuple[int, int], **fields: Any) -> Annotation:
    """An annotation of these spans."""
    places = joined(Span(*span) for span in spans)
    quote = quote_of(article.text, places)
    return Annotation(
        article=article.id, spans=places, label=BY_NAME[name].id, quote=quote, **fields
    )


def small() -> Given:
    """A dataset with at least one record of every kind, and every kind of reference."""
    said = "Ada 😀 said: “It can do whatever we know.” The Times had it first."
    old = new_article(said[:30], title="Older", format="text")
    article = new_article(
        said,
        title="Ada",
        supersedes=old.id,
        published="1843-09-01",
        section="Science",
        raw=said.encode("utf-16"),
        encoding="utf-16",
        extra={"x-desk": "science"},
    )
    ada = Entity(name="Ada Lovelace", kind="PERSON", aliases=("Ada",), kb_id="Q7259")
    double = Entity(name="A. Lovelace", kind="PERSON", merged_into=ada.id)
    speaker = Source(description="Ada", kind=SourceKind.NAMED_INDIVIDUAL, entity=ada.id)
    shy = Source(
        description="a friend",
        kind=SourceKind.UNNAMED_INDIVIDUAL,
        anonymity=Anonymity(reason="fear", position_to_know="was there", approved_by="Ed"),
    )
    outlet = Source(description="The Times", kind=SourceKind.MEDIA_OUTLET)
    claim = Claim(statement="It can do whatever we know.", topic="engines")
    name = mark(article, "PERSON", (0, 3), entity=ada.id, extra={"x-key": [1, {"a": None}]})
    cue = mark(article, "CUE", (6, 10), attributes={"polarity": "affirmed"})
    quote = mark(article, "QUOTE", (13, 22), (25, 40), confidence=0.5, status=Status.PROPOSED)
    stated = mark(article, "CLAIM", (13, 40), claim=claim.id, note="see\nthe engine")
    tie = Attribution(
        content=quote.id,
        source=speaker.id,
        source_mention=name.id,
        cue=cue.id,
        manner=Manner.DIRECT,
        status=Status.PROPOSED,
    )
    page = b"\x00\xffcaptured"
    shot = Snapshot(
        sha256=sha256(page).hexdigest(),
        media_type="text/html",
        bytes=page,
        captured_at="2024-01-01T00:00:00.000Z",
    )
    proof = Evidence(
        claim=claim.id,
        stance=Stance.SUPPORTS,
        article=article.id,
        annotation=quote.id,
        snapshot=shot.id,
    )
    return Given(
        labels=(
            *LABELS,
            Label(
                name="HEDGE",
                layer=Layer.HEDGE,
                position=len(LABELS),
                retired=True,
                attributes=(Attribute(name="kind", type=AttributeType.CHOICE, values=("a", "b")),),
            ),
        ),
        bundles=[
            Bundle(article=old),
            Bundle(
                article=msgspec.structs.replace(article, outlet=outlet.id),
                annotations=(name, cue, quote, stated),
                attributions=(tie,),
                outlet="The Times",
            ),
        ],
        register=[ada, double],
        speakers=[speaker, shy, outlet],
        stated=[(claim, (stated.id,))],
        found=[proof],
        captured=[shot],
        checked=[
            Review(
                claim=claim.id,
                from_state="unreviewed",
                to_state="in review",
                reviewer="Bea",
                comment="Looking.",
                at="2024-01-01T00:00:00.000Z",
            )
        ],
        tied=[Link(kind=LinkKind.DERIVED_FROM, from_id=claim.id, to_id=article.id)],
    )


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """An article of any text, with any annotations and an attribution or two."""
    text = draw(texts)
    article = new_article(text, title=draw(storable), extra=draw(unknown_keys))
    length = len(article.text)
    marks = []
    for _ in range(draw(st.integers(0, 5)) if length else 0):
        ends = st.tuples(st.integers(0, length - 1), st.integers(1, length))
        spans = draw(st.lists(ends.filter(lambda span: span[0] < span[1]), min_size=1, max_size=3))
        marks.append(
            mark(
                article,
                draw(st.sampled_from(sorted(BY_NAME))),
                *spans,
                note=draw(storable),
                status=draw(st.sampled_from(Status)),
                confidence=draw(st.none() | st.floats(0, 1)),
                attributes=draw(unknown_keys),
                extra=draw(unknown_keys),
            )
        )
    ties = [
        Attribution(content=draw(st.sampled_from(marks)).id, cue=draw(st.sampled_from(marks)).id)
        for _ in range(draw(st.integers(0, 2)) if marks else 0)
    ]
    return Bundle(article=article, annotations=tuple(marks), attributions=tuple(ties))


def written(dataset: Any, name: str) -> bytes:
    """A dataset's bytes in a format."""
    target = Memory()
    losses = WRITE[name](dataset, target)
    assert losses.count == 0, losses.listed
    return target.content


def read(content: bytes, name: str, file: str = "x.file", **told: Any) -> list[Item]:
    """What the reader of a format gives of these bytes."""
    return list(READ[name](BytesInput(content, file), Reading(**told)))


def problems(items: Iterable[Item]) -> list[Problem]:
    """What is wrong among the items."""
    return [item for item in items if isinstance(item, Problem)]


def records(items: Iterable[Item]) -> list[Any]:
    """The records among the items, those inside the bundles too, in order."""
    found: list[Any] = []
    for item in items:
        if isinstance(item, Bundle):
            found += [item.article, *item.annotations, *item.attributions]
        elif isinstance(item, Filed):
            found.append(item.record)
    return found


def given_records(dataset: Given) -> list[Any]:
    """The records of a dataset in the order of JSONL."""
    within = [
        one
        for bundle in dataset.bundles
        for one in (bundle.article, *bundle.annotations, *bundle.attributions)
    ]
    claims = [claim for claim, _ in dataset.stated]
    before = [*dataset.labels, *dataset.register, *dataset.speakers, *claims]
    after = [*dataset.found, *dataset.captured, *dataset.checked, *dataset.tied]
    return [*before, *within, *after]
