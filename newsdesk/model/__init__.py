"""What a newsroom talks about, as frozen values: no Qt, no SQL, no spaCy, no files."""

from msgspec.structs import replace

from newsdesk.model.annotation import HUMAN, Annotation, Entity
from newsdesk.model.article import Article, new_article
from newsdesk.model.attribution import Anonymity, Attribution, Source
from newsdesk.model.claim import Claim, Evidence, Link, Review, Setting, Snapshot
from newsdesk.model.codebook import Attribute, Label
from newsdesk.model.errors import NewsdeskError
from newsdesk.model.filters import (
    AnnotationFilter,
    AnnotationLine,
    ArticleCounts,
    ArticleFilter,
    SavedSearch,
)
from newsdesk.model.ids import is_id, new_id
from newsdesk.model.journal import (
    GENESIS,
    ChainHash,
    Edit,
    Revision,
    birth_digests,
    check_edit,
    edit_digest,
    edit_digests,
    encoded,
    in_full,
    short_form,
)
from newsdesk.model.listing import ArticleLine, Finding, Hit
from newsdesk.model.offsets import Offsets
from newsdesk.model.record import Record, now
from newsdesk.model.span import GAP, Span, Spans, check_spans, joined, quote_of
from newsdesk.model.text import CANONISER, canonise, sha256_of
from newsdesk.model.values import (
    ArticleStatus,
    Assertion,
    Attitude,
    AttributeType,
    Channel,
    Checkworthy,
    ClaimState,
    Layer,
    LinkKind,
    Manner,
    Pattern,
    SourceKind,
    SourceRole,
    SourceStatus,
    Stance,
    Status,
    Verdict,
)

__all__ = [
    "CANONISER",
    "GAP",
    "GENESIS",
    "HUMAN",
    "Annotation",
    "AnnotationFilter",
    "AnnotationLine",
    "Anonymity",
    "Article",
    "ArticleCounts",
    "ArticleFilter",
    "ArticleLine",
    "ArticleStatus",
    "Assertion",
    "Attitude",
    "Attribute",
    "AttributeType",
    "Attribution",
    "ChainHash",
    "Channel",
    "Checkworthy",
    "Claim",
    "ClaimState",
    "Edit",
    "Entity",
    "Evidence",
    "Finding",
    "Hit",
    "Label",
    "Layer",
    "Link",
    "LinkKind",
    "Manner",
    "NewsdeskError",
    "Offsets",
    "Pattern",
    "Record",
    "Review",
    "Revision",
    "SavedSearch",
    "Setting",
    "Snapshot",
    "Source",
    "SourceKind",
    "SourceRole",
    "SourceStatus",
    "Span",
    "Spans",
    "Stance",
    "Status",
    "Verdict",
    "birth_digests",
    "canonise",
    "check_edit",
    "check_spans",
    "edit_digest",
    "edit_digests",
    "encoded",
    "in_full",
    "is_id",
    "joined",
    "new_article",
    "new_id",
    "now",
    "quote_of",
    "replace",
    "sha256_of",
    "short_form",
]
