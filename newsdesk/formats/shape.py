"""The shape of the dataset's JSON: a struct for each object, its fields in the file's order.

`resources/schemas/newsdesk.dataset-1.schema.json` says the same to other programs. Every field has
a default, so that a file written by hand may leave out what it does not know.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from newsdesk.model import (
    CANONISER,
    HUMAN,
    Annotation,
    Anonymity,
    Article,
    ArticleStatus,
    Assertion,
    Attitude,
    Attribute,
    Attribution,
    Channel,
    Checkworthy,
    Claim,
    ClaimState,
    Entity,
    Evidence,
    Label,
    Layer,
    Link,
    LinkKind,
    Manner,
    Pattern,
    Record,
    Review,
    Snapshot,
    Source,
    SourceKind,
    SourceRole,
    SourceStatus,
    Span,
    Stance,
    Status,
    Verdict,
)

NAME = "newsdesk.dataset"
VERSION = 1
OFFSET_UNIT = "unicode code point"

Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Id = Annotated[str, Meta(max_length=200)]
Bytes = bytes  # a field of that name would hide the type


class Shape(Struct, forbid_unknown_fields=True, gc=False):
    """An object of the file. Unknown keys are refused here: the reader then keeps them aside."""

    id: Id = ""


class LabelShape(Shape):
    """One entry of the codebook; its place in the list is its position."""

    name: str = ""
    layer: Layer = Layer.ENTITY
    colour: str = "#999999"
    pattern: Pattern = Pattern.SOLID
    shortcut: str = ""
    guideline: str = ""
    attributes: tuple[Attribute, ...] = ()
    version: Count = 1
    retired: bool = False


class AnnotationShape(Shape):
    """Marked words: `spans` in code points, `text` the exact words of each span.

    `claim` and `label_version` None mean that the file does not say.
    """

    label: str = ""
    layer: Layer | None = None
    spans: tuple[Span, ...] = ()
    text: tuple[str, ...] | None = None
    status: Status = Status.ACCEPTED
    origin: str = HUMAN
    confidence: Share | None = None
    author: str = ""
    note: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    entity: Id | None = None
    claim: Id | None = None
    label_version: Count | None = None


class AttributionShape(Shape):
    """One hop: who said the content, by what words."""

    content: Id = ""
    source: Id | None = None
    source_mention: Id | None = None
    cue: Id | None = None
    hop: Count = 0
    status: Status = Status.ACCEPTED
    origin: str = HUMAN
    confidence: Share | None = None
    manner: Manner | None = None
    attitude: Attitude | None = None
    assertion: Assertion | None = None
    channel: Channel | None = None
    orphan: bool = False


class ArticleShape(Shape):
    """A text with what is marked in it. `outlet` is a name, `outlet_source` a source's id.

    `raw` holds the bytes that came in, where they are not the text's UTF-8 (base64). A file that
    knows no title, or nothing of how the article came in, says None.
    """

    title: str | None = None
    text: str = ""
    sha256: str | None = None
    language: str = "en"
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    status: ArticleStatus = ArticleStatus.NEW
    supersedes: Id | None = None
    outlet_source: Id | None = None
    section: str | None = None
    embargo_until: str | None = None
    imported_at: str | None = None
    format: str | None = None
    encoding: str = "utf-8"
    canoniser: Count = CANONISER
    raw: bytes | None = None
    # Lists of anything on the way out: an object with unknown keys goes as a dict.
    annotations: list[AnnotationShape] = []
    attributions: list[AttributionShape] = []


class EntityShape(Shape):
    """One entry of the register."""

    name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    kb_id: str | None = None
    description: str = ""
    merged_into: Id | None = None


class SourceShape(Shape):
    """Who or what speaks."""

    description: str = ""
    kind: SourceKind = SourceKind.NAMED_INDIVIDUAL
    entity: Id | None = None
    role: SourceRole | None = None
    status: SourceStatus = SourceStatus.CURRENT
    anonymity: Anonymity | None = None


class ClaimShape(Shape):
    """A statement to be checked; `appearances` are ids of annotations."""

    statement: str = ""
    appearances: tuple[Id, ...] = ()
    checkworthy: Checkworthy = Checkworthy.UNSURE
    state: ClaimState = ClaimState.UNREVIEWED
    verdict: Verdict | None = None
    topic: str = ""
    reason: str = ""
    rating: str = ""
    due: str | None = None
    assignee: str = ""


class EvidenceShape(Shape):
    """What supports or refutes a claim."""

    claim: Id = ""
    stance: Stance = Stance.CONTEXT
    title: str = ""
    publisher: str = ""
    url: str | None = None
    article: Id | None = None
    annotation: Id | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    snapshot: Id | None = None
    question: str = ""


class SnapshotShape(Shape):
    """Captured bytes (base64)."""

    sha256: str = ""
    media_type: str = ""
    url: str | None = None
    captured_at: str = ""
    bytes: Bytes = b""


class ReviewShape(Shape):
    """One step of a claim's state."""

    claim: Id = ""
    from_state: ClaimState = ClaimState.UNREVIEWED
    to_state: ClaimState = ClaimState.UNREVIEWED
    verdict: Verdict | None = None
    reviewer: str = ""
    at: str = ""
    comment: str = ""


class LinkShape(Shape, rename={"from_id": "from", "to_id": "to"}):
    """A relation between two records of any kind."""

    kind: LinkKind = LinkKind.SAME_AS
    from_id: Id = ""
    to_id: Id = ""
    note: str = ""


class Kind(Struct, frozen=True):
    """How one kind of record is written: its shape, what it needs, and the list it stands in."""

    shape: type[Shape]
    record: type[Record]
    key: str
    needs: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "label": Kind(LabelShape, Label, "codebook", ("name", "layer")),
    "article": Kind(ArticleShape, Article, "articles", ("text",)),
    "annotation": Kind(AnnotationShape, Annotation, "annotations", ("label", "spans")),
    "attribution": Kind(AttributionShape, Attribution, "attributions", ("content",)),
    "entity": Kind(EntityShape, Entity, "entities", ("name", "kind")),
    "source": Kind(SourceShape, Source, "sources", ("description", "kind")),
    "claim": Kind(ClaimShape, Claim, "claims", ("statement",)),
    "evidence": Kind(EvidenceShape, Evidence, "evidence", ("claim", "stance")),
    "snapshot": Kind(SnapshotShape, Snapshot, "snapshots", ("sha256", "bytes")),
    "review": Kind(ReviewShape, Review, "reviews", ("claim", "to_state", "reviewer", "comment")),
    "link": Kind(LinkShape, Link, "links", ("kind", "from", "to")),
}
"""Each kind by its `type` in JSONL."""
